//! Invented sentences in which people say who they are, and ordinary ones that look a little like them.

use super::mask;

/// What must be masked, and how.
const MASKED: &[(&str, &str)] = &[
    ("Tôi là Nguyễn Thị Ngọc Ánh", "Tôi là [tên]"),
    ("Phụ huynh Lê Thị Ngọc Ánh, 0987654321", "Phụ huynh [tên], [số điện thoại]"),
    ("Người góp ý Trần Thị Mỹ Duyên Phường Bến Sen", "Người góp ý [tên] Phường Bến Sen"),
    ("Ý Kiến Của Trần Thị Mỹ Duyên Rất Hay", "Ý Kiến Của [tên] Rất Hay"),
    ("PHỤ HUYNH Lê Thị Ngọc Ánh Đề Nghị Sửa", "PHỤ HUYNH [tên] Đề Nghị Sửa"),
    ("PHỤ HUYNH LÊ THỊ NGỌC ÁNH", "PHỤ HUYNH [tên]"),
    ("NGUYỄN QUÝ BÌNH", "[tên]"),
    ("mẹ em là lê thị ngọc ánh", "mẹ em là [tên]"),
    ("tôi là lê văn tám, phụ huynh lớp 3a", "tôi là [tên], phụ huynh lớp [lớp]"),
    ("tên: trần thị bích ngọc", "tên: [tên]"),
    ("hôm qua đặng thị mỹ duyên có ý kiến", "hôm qua [tên] có ý kiến"),
    ("Toi la Le Thi Lan", "Toi la [tên]"),
    ("toi la nguyen lan huong", "toi la [tên]"),
    ("chủ TK Nguyen Thi Lan", "chủ TK [tên]"),
    ("chu tk Le Thi Lan", "chu tk [tên]"),
    ("H'Hen Niê là bạn của con tôi", "[tên] là bạn của con tôi"),
    ("K’Brơi học lớp 2", "[tên] học lớp 2"),
    ("Mr. John dạy tiếng Anh", "Mr. [tên] dạy tiếng Anh"),
    ("Mrs Smith và Ms. Hoa vui tính", "Mrs [tên] và Ms. [tên] vui tính"),
    ("nhà tôi ở 12/5 đường Lê Lợi", "nhà tôi ở [địa chỉ]"),
    ("nhà em ở 12/5 Lê Lợi, phường Bến Sen", "nhà em ở [địa chỉ], phường Bến Sen"),
    ("ở 20 phố Hàng Bông", "ở [địa chỉ]"),
    ("dt 09l2345678", "dt [số điện thoại]"),
    ("sđt o9l2.345.678 nhé", "sđt [số điện thoại] nhé"),
    ("09ll345678", "[số điện thoại]"),
    ("lan.nguyen at gmail dot com", "[email]"),
    ("mail: lan nguyen (a) gmail chấm com", "mail: [email]"),
    ("Email: lan chấm nguyen a còng gmail chấm com", "Email: [email]"),
    ("lan at truong dot edu dot vn", "[email]"),
    ("ở lớp 3/2 có 40 em", "ở lớp [lớp] có 40 em"),
];

/// What must stay as it is.
const ORDINARY: &[&str] = &[
    "cái này là lê, cái kia là táo",
    "món tráng miệng là lê ngọt",
    "Đường Lê Lợi kẹt xe",
    "Trường Trung Học Cơ Sở Nguyễn Du Rất Đẹp",
    "trường trung học phổ thông Lê Quý Đôn",
    "Công Viên Lê Văn Tám Có Cây To",
    "giá 0 đồng",
    "tập 10 l nước, 20 l sữa",
    "Phụ Huynh Rất Mong Nhà Trường Sửa Nhà Vệ Sinh",
    "Phụ Huynh Văn Minh Sẽ Không Đậu Xe",
    "phụ huynh văn minh thì đậu xe đúng chỗ",
    "phu huynh thi muon truong sach",
    "Người H'Mông và M'Nông ở xã tôi",
    "lớp có nhiều em H’Mông",
    "Le Quoc Khanh nghi hai ngay",
    "Do Nhà Trường Chưa Thông Báo Rõ",
    "do van de nay ma cham",
    "Đoàn Trường Nên Tổ Chức Nhiều Hoạt Động",
    "Hồ Bơi Của Trường Rất Sạch Sẽ",
    "Mai Sau Con Sẽ Nhớ Trường",
    "Trần Nhà Lớp Học Bị Dột Nước",
    "hỏng là trần thạch cao",
    "lỗi là phạm quy chế thi",
    "nơi con thích là hồ văn hóa",
    "người lo là đoàn thanh niên",
    "ở 2 đường lớn trước cổng đều kẹt xe",
    "ở 3 phòng học phía sau",
    "tại 20/11 trường tổ chức lễ",
    "gửi mail cho cô ở gmail",
];

#[test]
fn people_who_say_who_they_are_are_masked() {
    let wrong = MASKED.iter().map(|(text, expected)| (mask(text), expected)).filter(|(found, wanted)| found != *wanted);
    let wrong: Vec<String> = wrong.map(|(found, wanted)| format!("{found}\n{wanted}\n")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ordinary_sentences_that_look_like_names_and_houses_stay() {
    let wrong: Vec<String> =
        ORDINARY.iter().map(|text| mask(text)).filter(|text| !ORDINARY.contains(&&**text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All these sentences.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    MASKED.iter().map(|(text, _)| *text).chain(ORDINARY.iter().copied())
}
