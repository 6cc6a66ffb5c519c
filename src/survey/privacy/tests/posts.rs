//! Invented sentences about people by their posts and classes, and ordinary ones about schools.

use super::mask;

/// What must be masked, and how.
const MASKED: &[(&str, &str)] = &[
    ("Hiệu trưởng Bình nhận phong bì", "Hiệu trưởng [tên] nhận phong bì"),
    ("Hiệu phó Thắng quát phụ huynh", "Hiệu phó [tên] quát phụ huynh"),
    ("giáo viên Hương mắng cháu", "giáo viên [tên] mắng cháu"),
    ("Giáo viên Nguyễn Công Thành hay đến muộn", "Giáo viên [tên] hay đến muộn"),
    ("kế toán Mai thu tiền không biên lai", "kế toán [tên] thu tiền không biên lai"),
    ("bảo vệ Tư không cho vào cổng", "bảo vệ [tên] không cho vào cổng"),
    ("Bác bảo vệ Tư rất tốt bụng", "Bác bảo vệ [tên] rất tốt bụng"),
    ("phụ huynh Hạnh xúi các cháu", "phụ huynh [tên] xúi các cháu"),
    ("Thầy Công đánh con tôi", "Thầy [tên] đánh con tôi"),
    ("cháu Nam bị bạn đánh", "cháu [tên] bị bạn đánh"),
    ("bạn Việt lớp bên hay trêu", "bạn [tên] lớp bên hay trêu"),
    ("thầy Trường dạy dễ hiểu", "thầy [tên] dạy dễ hiểu"),
    ("Cô Mỹ Hạnh rất nhiệt tình", "Cô [tên] rất nhiệt tình"),
    ("Cô Bảo Anh hiền", "Cô [tên] hiền"),
    ("em Việt Anh ngồi cuối lớp", "em [tên] ngồi cuối lớp"),
    ("thầy thể dục Nam bắt chạy nhiều", "thầy thể dục [tên] bắt chạy nhiều"),
    ("Thầy Thể dục Nam bắt chạy nhiều", "Thầy Thể dục [tên] bắt chạy nhiều"),
    ("cô tiếng Anh Hương phát âm hay", "cô tiếng Anh [tên] phát âm hay"),
    ("cô toán Hương dạy nhanh", "cô toán [tên] dạy nhanh"),
    ("mẹ của Gia Hân nói trong nhóm", "mẹ của [tên] nói trong nhóm"),
    ("mẹ của Nam nói trong nhóm", "mẹ của [tên] nói trong nhóm"),
    ("cặp của Gia Hân bị mất", "cặp của [tên] bị mất"),
    ("cô thơm quát con", "cô [tên] quát con"),
    ("cô thơm mắng cháu trước lớp", "cô [tên] mắng cháu trước lớp"),
    ("Hôm qua thầy lực đánh bạn", "Hôm qua thầy [tên] đánh bạn"),
    ("gọi 0912x345x678 gặp mẹ", "gọi [số điện thoại] gặp mẹ"),
    ("0912_345_678", "[số điện thoại]"),
    ("số 0912/345/678", "số [số điện thoại]"),
    ("0912 * 345 * 678 nhé", "[số điện thoại] nhé"),
    ("09,12,3 thì không nhưng 0912,345,678 thì có", "09,12,3 thì không nhưng [số điện thoại] thì có"),
    ("0x9x1x2x3x4x5x6x7x8", "[số điện thoại]"),
    ("GVCN 3A hay đến muộn", "GVCN [lớp] hay đến muộn"),
    ("Cô giáo 3A hay đến muộn", "Cô giáo [lớp] hay đến muộn"),
    ("cô 3a1 la mắng học sinh", "cô [lớp] la mắng học sinh"),
    ("lớp 3 A ồn ào", "lớp [lớp] ồn ào"),
    ("lớp 3 a1 ồn ào", "lớp [lớp] ồn ào"),
    ("lớp 10-A2 học chiều", "lớp [lớp] học chiều"),
    ("Cô Lan dạy 3A", "Cô [tên] dạy [lớp]"),
    ("Cô Lan dạy 3A, 3B và 4C", "Cô [tên] dạy [lớp], [lớp] và [lớp]"),
    ("lớp 3A 3B ồn", "lớp [lớp] [lớp] ồn"),
    ("cô giáo lớp 3A tên Thơm", "cô giáo lớp [lớp] tên [tên]"),
    ("chủ nhiệm 9b không nghe máy", "chủ nhiệm [lớp] không nghe máy"),
    ("phụ huynh 3A rất bức xúc", "phụ huynh [lớp] rất bức xúc"),
    ("Cô Giáo Lan ở lớp này dạy con tôi rất tốt", "Cô Giáo [tên] ở lớp này dạy con tôi rất tốt"),
    ("Cô Hiệu trưởng Phúc nên nghe phụ huynh nhiều hơn", "Cô Hiệu trưởng [tên] nên nghe phụ huynh nhiều hơn"),
    ("tổ trưởng Yến chấm điểm lệch", "tổ trưởng [tên] chấm điểm lệch"),
    ("hieu truong Binh nhan phong bi", "hieu truong [tên] nhan phong bi"),
    ("nhà tôi số 12 ngõ 34 đường Láng", "nhà tôi [địa chỉ]"),
    ("ở số 7 đường Hoa Ban, gần cổng sau", "ở [địa chỉ], gần cổng sau"),
    ("nhà 12/3 hẻm 45 ngập nước", "[địa chỉ] ngập nước"),
    ("ngõ 34 phố Hàng Lược kẹt xe", "[địa chỉ] kẹt xe"),
    ("so nha 12 duong Hoa Ban", "[địa chỉ]"),
];

/// What must stay as it is.
const ORDINARY: &[&str] = &[
    "Thầy cô tận tâm, nhà trường chu đáo.",
    "Cô giáo chủ nhiệm nhiệt tình",
    "Nhà trường cần thêm quạt",
    "Cô Giáo Chủ Nhiệm rất quan tâm đến từng em học sinh trong lớp",
    "Hiệu trưởng lắng nghe phụ huynh",
    "Hiệu trưởng Nhà trường nên họp với phụ huynh nhiều hơn",
    "Giáo viên Tiếng Anh dạy hay",
    "Giáo viên Toán dạy dễ hiểu",
    "Giáo viên Mầm non cần được trả lương cao hơn nữa",
    "Phụ huynh mong có mái che",
    "Phụ huynh Rất mong có mái che ở cổng trường",
    "Phụ huynh Đề nghị công khai các khoản thu",
    "Bảo vệ không cho vào sớm",
    "Cần bảo vệ Môi trường quanh sân trường cho các cháu",
    "Kế toán thu tiền đúng hạn",
    "Ý kiến của Sở và của Ban giám hiệu chưa thống nhất",
    "Trường đẹp nhất của Hà Nội",
    "Học sinh Việt Nam chăm ngoan",
    "Cô Mỹ thuật vẽ đẹp, thầy Công nghệ vui tính",
    "Thầy Hiệu trưởng gần gũi, cô Hiệu phó cũng vậy",
    "Thầy Giám thị nghiêm quá",
    "Con Trường THCS Hoa Ban học hai buổi",
    "Cô Toán dạy nhanh, cô Văn phòng trả lời chậm",
    "cô hay quát các con",
    "cô giáo quát con tôi",
    "cô vừa quát vừa đánh",
    "thầy thường đánh học sinh",
    "các cô nuôi quát cháu",
    "thầy cô mắng nhiều quá",
    "cô nóng tính mắng cháu",
    "Cô dạy 2h mỗi ngày, thầy dạy 45 phút",
    "Học phí 5k một tiết, con học 2h",
    "Con học 3D rất thích",
    "bé 5t, em 6 tuổi",
    "phòng máy 4G yếu, rạp 3D hỏng",
    "lớp 5 em nào cũng thích",
    "lớp 3 đông, lớp 4 thưa",
    "Học sinh khối 4 học 8 tiết",
    "từ 05/09/2025-15/10/2025 nghỉ nhiều",
    "số 12 trên bảng tin ghi sai",
    "Nhà để xe số 2 chật",
    "đường Láng kẹt xe lúc 7:30",
    "Tiết 1,2,3,4,5,6,7,8,9,10 đều ồn",
    "học sinh Nam và Nữ dùng chung nhà vệ sinh",
    "Phần mềm của Sở chậm, sách của Bộ dày",
    "con tên là gì cô cũng không nhớ",
    "Đề nghị Sở Giáo dục kiểm tra các khoản thu của Trường",
    "Cô giáo Việt Nam nên mặc áo dài",
    "Cô Thư viện cho mượn sách ít",
    "Thầy Bí thư Đoàn nhiệt tình",
    "Cô dạy Văn hay, thầy dạy Lý khó",
];

#[test]
fn people_are_masked_by_their_posts_classes_and_houses() {
    let wrong = MASKED.iter().map(|(text, expected)| (mask(text), expected)).filter(|(found, wanted)| found != *wanted);
    let wrong: Vec<String> = wrong.map(|(found, wanted)| format!("{found}\n{wanted}\n")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(MASKED.len() >= 40 && ORDINARY.len() >= 40);
}

#[test]
fn ordinary_sentences_about_schools_stay() {
    let wrong: Vec<String> =
        ORDINARY.iter().map(|text| mask(text)).filter(|text| !ORDINARY.contains(&&**text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All these sentences.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    MASKED.iter().map(|(text, _)| *text).chain(ORDINARY.iter().copied())
}
