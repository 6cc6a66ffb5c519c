mod beside;
mod posts;
mod signed;

use proptest::prelude::*;

use super::*;

/// Invented sentences, and what outsiders may read of them.
const MASKED: &[(&str, &str)] = &[
    ("Cô Lan lớp 3A hay la các con.", "Cô [tên] lớp [lớp] hay la các con."),
    ("cô Lan lớp 3A", "cô [tên] lớp [lớp]"),
    ("Thầy Hùng dạy Toán rất dễ hiểu", "Thầy [tên] dạy Toán rất dễ hiểu"),
    ("em Nguyễn Văn An bị bạn trêu", "em [tên] bị bạn trêu"),
    ("Bé Bi nhà tôi sợ đi học", "Bé [tên] nhà tôi sợ đi học"),
    ("Cô giáo Thu Hương chủ nhiệm 10A1", "Cô giáo [tên] chủ nhiệm [lớp]"),
    ("cô chủ nhiệm Hạnh, lớp 4/2, rất tốt", "cô chủ nhiệm [tên], lớp [lớp], rất tốt"),
    ("Thầy hiệu trưởng Phúc nên họp nhiều hơn", "Thầy hiệu trưởng [tên] nên họp nhiều hơn"),
    ("cô lan lớp 3a", "cô [tên] lớp [lớp]"),
    ("co Lan lop 3A day tot", "co [tên] lop [lớp] day tot"),
    ("cô sương dạy văn", "cô [tên] dạy văn"),
    ("em nguyễn thị hoa bị đánh", "em [tên] bị đánh"),
    ("CÔ LAN LỚP 3A LA MẮNG HỌC SINH", "CÔ [tên] LỚP [lớp] LA MẮNG HỌC SINH"),
    ("Phụ huynh Trần Thị Bích Ngọc đề nghị", "Phụ huynh [tên] đề nghị"),
    ("con tôi tên là Minh Khôi", "con tôi tên là [tên]"),
    ("Lớp lá 2 đông quá", "Lớp [lớp] đông quá"),
    ("lớp 1A ồn", "lớp [lớp] ồn"),
    ("Gọi tôi số 0912 345 678 nhé", "Gọi tôi số [số điện thoại] nhé"),
    ("đt: 0912.345.678.", "đt: [số điện thoại]."),
    ("+84 912 345 678", "+[số điện thoại]"),
    ("(+84)912345678", "(+[số điện thoại]"),
    ("sđt o912345678 gặp mẹ", "sđt [số điện thoại] gặp mẹ"),
    ("0912345678 2 lần không ai nghe", "[số điện thoại] 2 lần không ai nghe"),
    ("máy bàn 028 3822 1234", "máy bàn [số điện thoại]"),
    ("không chín một hai ba bốn năm sáu bảy tám", "[số điện thoại]"),
    ("mail lan.nguyen@example.com.vn nhé", "mail [email] nhé"),
    ("lan.nguyen a còng gmail chấm com", "[email]"),
    ("CCCD 079201001234", "CCCD [dãy số]"),
    ("căn cước 079 201 001 234 ạ", "căn cước [dãy số] ạ"),
    ("CMND: 123.456.789", "CMND: [dãy số]"),
    ("CMND 025123456", "CMND [dãy số]"),
    ("mã học sinh 7912345678", "mã học sinh [dãy số]"),
    ("Xe 59-X1 123.45 đậu chắn cổng", "Xe [biển số] đậu chắn cổng"),
    ("ô tô 51F-123.45", "ô tô [biển số]"),
    ("biển số 29a1 12345", "biển số [biển số]"),
    ("chuyển vào STK 0123456789012 của cô", "chuyển vào STK [số tài khoản] của cô"),
    ("số tài khoản: 1903 5678 9012 34", "số tài khoản: [số tài khoản]"),
    ("xem https://facebook.com/lan.nguyen.31, sẽ rõ", "xem [tài khoản mạng], sẽ rõ"),
    ("fb.com/lannguyen", "[tài khoản mạng]"),
    ("nhắn @co_lan_3a giúp tôi", "nhắn [tài khoản mạng] giúp tôi"),
    ("zalo: lannguyen nhé", "zalo: [tài khoản mạng] nhé"),
    ("facebook Lan Nguyễn nói xấu trường", "facebook [tài khoản mạng] nói xấu trường"),
    ("zalo.me/abcdef", "[tài khoản mạng]"),
    ("bé sinh ngày 12/5/2018", "bé sinh ngày [ngày sinh]"),
];

/// What everybody says of a school.
const HARMLESS: &[&str] = &[
    "Cô giáo tận tình, thầy cô vui vẻ.",
    "Các cô thầy rất quan tâm đến con em chúng tôi",
    "lớp 1 học nhiều quá",
    "Năm 2026 và 2027 cần sửa nhà vệ sinh",
    "2024 2025 2026",
    "Thu 100.000 đồng mỗi tháng, cả năm 1.200.000đ",
    "quỹ 100000000 đồng, 150000000 vnđ",
    "Trường THCS Nguyễn Du và đường Trần Hưng Đạo kẹt xe",
    "Trường Tiểu học Võ Thị Sáu sạch đẹp",
    "Học tập theo tấm gương Hồ Chí Minh, năm điều Bác Hồ dạy",
    "Từ 7:30 đến 16:45 ngày 20/11",
    "cô không dạy thêm, thầy chỉ dạy trên lớp",
    "cô dạy tiếng Anh, thầy dạy Toán",
    "Cô Toán và thầy Thể dục vui tính",
    "Nhóm zalo của lớp thông báo nhiều quá",
    "Anh văn học ít, tin học cũng ít",
    "Em Rất mong có sân bóng",
    "Thầy Cô Rất Tận Tình Với Các Con Học Sinh",
    "CẢM ƠN THẦY CÔ VÀ NHÀ TRƯỜNG RẤT NHIỀU",
    "mạng 4G yếu, máy chiếu 3D hỏng",
    "Khối 10 và khối 11 học chiều",
    "Sở nên cho học sinh nghỉ thứ Bảy",
    "Con tôi học lớp 5, cháu thích thư viện",
    "Ban Giám hiệu lắng nghe phụ huynh",
    "1 2 3 4 5 6 7 8 9 10",
    "Từ 15.000 lên 20.000, 25.000, 30.000",
    "cô hiền lắm, thầy tâm huyết",
    "sĩ số 45 em, 2 cô bảo mẫu",
];

#[test]
fn what_tells_who_somebody_is_is_masked_and_the_sentence_can_be_read() {
    let wrong: Vec<String> = MASKED
        .iter()
        .map(|(text, expected)| (mask(text), expected))
        .filter(|(masked, expected)| masked != *expected)
        .map(|(masked, expected)| format!("{masked}\n{expected}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_everybody_says_of_a_school_stays() {
    let wrong: Vec<String> =
        HARMLESS.iter().map(|text| mask(text)).filter(|text| !HARMLESS.contains(&text.as_str())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_pattern_is_one() {
    assert_eq!((net::patterns(), number::patterns(), address::patterns(), sign::patterns()), (10, 11, 5, 2));
}

fn text() -> impl Strategy<Value = String> {
    let all = MASKED
        .iter()
        .map(|(text, _)| *text)
        .chain(HARMLESS.iter().copied())
        .chain(posts::all())
        .chain(signed::all())
        .chain(beside::all());
    let piece = prop_oneof![
        prop::sample::select(all.collect::<Vec<_>>()).prop_map(str::to_owned),
        "[ \\PC]{0,12}",
        "[0-9oO .+()-]{0,20}",
        "[０-９0-9＠．（） A-Za-z]{0,16}",
        "(lớp|Cô|thầy|dạy|của|tên|số|\\[tên\\]|\\[lớp\\]|3A|3 A|Công|Nam|Láng|ngõ 3|đường| |,){1,9}",
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.join(". "))
}

proptest! {
    #[test]
    fn a_masked_text_has_nothing_more_to_mask(text in text()) {
        let masked = mask(&text);
        prop_assert_eq!(mask(&masked), masked.clone(), "of {:?}", text);
    }

    #[test]
    fn a_telephone_number_is_found_however_it_is_grouped(
        digits in "0[35789][0-9]{8}",
        gaps in prop::collection::vec(prop::sample::select(vec!["", "", "", " ", ".", "-"]), 9),
        before in prop::sample::select(vec!["", "gọi ", "sđt:", "(", "ĐT "]),
    ) {
        let mut number = String::new();
        for (place, digit) in digits.chars().enumerate() {
            number.push(digit);
            number.push_str(gaps.get(place).unwrap_or(&""));
        }
        let masked = mask(&format!("{before}{number} nhé"));
        prop_assert!(!masked.chars().any(|c| c.is_ascii_digit()), "{}", masked);
    }

    #[test]
    fn a_name_behind_a_title_is_found(
        title in prop::sample::select(vec!["cô", "Thầy", "em", "bé", "cô giáo", "thầy chủ nhiệm"]),
        name in prop::sample::select(vec!["Lan", "Thu Hà", "Nguyễn Văn Bình", "Đặng Thùy Trâm", "Ý", "Y Phôn"]),
    ) {
        prop_assert_eq!(mask(&format!("Tôi thấy {title} {name} rất vui")), format!("Tôi thấy {title} [tên] rất vui"));
    }
}
