//! Invented sentences with names beside classes and behind points, plates, accounts and full-width digits, and ordinary ones that
//! look like them.

use super::mask;

/// What must be masked, and how.
const MASKED: &[(&str, &str)] = &[
    ("xe 51f12345 đậu chắn cổng", "xe [biển số] đậu chắn cổng"),
    ("xe 51f-12345", "xe [biển số]"),
    ("xe 51f 123.45", "xe [biển số]"),
    ("biển 61b112345", "biển [biển số]"),
    ("ô tô của phụ huynh 30e-123.45 chạy nhanh", "ô tô của phụ huynh [biển số] chạy nhanh"),
    ("Xe máy 59x1 - 123.45 leo lề", "Xe máy [biển số] leo lề"),
    ("xe may 29h1 12345", "xe may [biển số]"),
    ("xe tải 51c-1234 đổ rác", "xe tải [biển số] đổ rác"),
    ("C.Lan 3A hay quát", "C.[tên] [lớp] hay quát"),
    ("T.Hùng dạy hay, C.Hoa dạy dở", "T.[tên] dạy hay, C.[tên] dạy dở"),
    ("c.lan 3a hay quát", "c.[tên] [lớp] hay quát"),
    ("t.Lực đánh con tôi", "t.[tên] đánh con tôi"),
    ("C. Lan 3A hay quát", "C. [tên] [lớp] hay quát"),
    ("Con thích học C.Thu Hà nhất", "Con thích học C.[tên] nhất"),
    ("Cô.Lan 3A quát", "Cô.[tên] [lớp] quát"),
    ("Thầy.Lực rất nghiêm", "Thầy.[tên] rất nghiêm"),
    ("gv.Hương chấm điểm lệch", "gv.[tên] chấm điểm lệch"),
    ("Thầy T.Hùng hay đến muộn", "Thầy [tên] hay đến muộn"),
    ("cô N.T.Lan dạy nhanh", "cô [tên] dạy nhanh"),
    ("thầy T. Hùng dạy nhanh", "thầy [tên] dạy nhanh"),
    ("cô H. hay quát", "cô [tên]. hay quát"),
    ("Ngọc Anh 7A1", "[tên] [lớp]"),
    ("NGỌC ANH 7A1", "[tên] [lớp]"),
    ("Kim Min-jun 4A", "[tên] [lớp]"),
    ("em Kim Min-jun 4A bị trêu", "em [tên] [lớp] bị trêu"),
    ("Lan lớp 3A", "[tên] lớp [lớp]"),
    ("Lan 3A hay trêu con", "[tên] [lớp] hay trêu con"),
    ("Thạch Sa Rươne lớp 3A", "[tên] lớp [lớp]"),
    ("Hôm qua Bi 3A đánh con tôi", "Hôm qua [tên] [lớp] đánh con tôi"),
    ("con chơi với Gia Hân (3A) và Na lớp 3B", "con chơi với [tên] ([lớp]) và [tên] lớp [lớp]"),
    ("Xin cảm ơn. Khánh Vy, lớp 10A1", "Xin cảm ơn. [tên], lớp [lớp]"),
    ("Sống A Dơ 5B", "[tên] [lớp]"),
    ("Gia Hân - 7a2", "[tên] - [lớp]"),
    ("gọi ０９１２３４５６７８ nhé", "gọi [số điện thoại] nhé"),
    ("ĐT：０９１２ ３４５ ６７８，gặp mẹ", "ĐT：[số điện thoại]，gặp mẹ"),
    ("ＣＣＣＤ ０７９２０１００１２３４", "ＣＣＣＤ [dãy số]"),
    ("lan＠example.com", "[email]"),
    ("gmail của tôi là lannguyen1990", "gmail của tôi là [email]"),
    ("gmail cua toi la lannguyen1990", "gmail cua toi la [email]"),
    ("zalo của em là lannguyen", "zalo của em là [tài khoản mạng]"),
    ("Zalo của mẹ cháu là: lan_nguyen", "Zalo của mẹ cháu là: [tài khoản mạng]"),
    ("fb của tôi là Lan Nguyễn", "fb của tôi là [tài khoản mạng]"),
    ("gmail của tôi lannguyen1990", "gmail của tôi [email]"),
    ("Đề nghị cho Minh Quân lớp 5B đổi chỗ", "Đề nghị cho [tên] lớp [lớp] đổi chỗ"),
    ("xin nghỉ cho Nguyễn Văn An", "xin nghỉ cho [tên]"),
    ("PH Thơm 3A xúi các cháu", "PH [tên] [lớp] xúi các cháu"),
    ("email: lannguyen1990", "email: [email]"),
    ("GVCN của 7B rất nhiệt tình", "GVCN của [lớp] rất nhiệt tình"),
    ("con tôi học lớp ghép, tên viết tắt N.V.T", "con tôi học lớp ghép, tên viết tắt [tên]"),
    ("Con tên Minh Quân, sinh 12/03/2014", "Con tên [tên], sinh [ngày sinh]"),
];

/// What must stay as it is.
const ORDINARY: &[&str] = &[
    "xe 45 chỗ đón con lúc 16h30",
    "gửi xe 10k 20000 đồng đều có",
    "nhà vệ sinh 12/03/2026 vẫn chưa sửa",
    "học sinh 12/03/2026 được nghỉ",
    "mạng của 4G yếu",
    "Tuyến xe 52 chạy từ 5h30 đến 19h",
    "xe buýt 29 chỗ, năm 2025 tăng giá",
    "nhà xe 20 m 2 tầng",
    "biển 12a cũ rồi",
    "T.Anh học nhiều quá, T.Việt thì ít",
    "C.Nghệ và T.Dục nên học ở sân",
    "C.Ty đưa đón hay trễ",
    "T.P. Hồ Chí Minh",
    "Bữa ăn thiếu vitamin C.Trường nên thêm rau",
    "a. Trường đẹp b. Cô hiền c. Sân rộng",
    "Con rất quý thầy cô.Trường rất đẹp",
    "cảm ơn các cô.Sân chơi rộng",
    "Cô.Rất tốt",
    "Dãy nhà C. Lan can hỏng",
    "nhóm zalo của lớp là kênh chính",
    "email của trường là nơi gửi ý kiến",
    "Zalo của lớp là lớp trưởng tạo",
    "facebook của trường là Facebook cũ",
    "gmail của tôi là bị đầy",
    "Lan can hỏng từ 11h30, con về lúc 10h45",
    "cao 1m60, học phí 2k5",
    "số ０ và １２ trên bảng tin",
    "năm ２０２６ cần sửa nhà vệ sinh",
];

/// Sentences that name a class, of which nothing but the class is masked.
const ONLY_CLASSES: &[(&str, &str)] = &[
    ("Lớp 3A", "Lớp [lớp]"),
    ("Các cô 3A", "Các cô [lớp]"),
    ("Học sinh 7A1", "Học sinh [lớp]"),
    ("Phòng 3A", "Phòng 3A"),
    ("Trường lớp 3A", "Trường lớp [lớp]"),
    ("Sân Chơi 3A", "Sân Chơi 3A"),
    ("Sửa lớp 3A giúp", "Sửa lớp [lớp] giúp"),
    ("Toàn lớp 3A nghỉ học", "Toàn lớp [lớp] nghỉ học"),
    ("Thắng lớp 3A hai bàn", "Thắng lớp [lớp] hai bàn"),
    ("Nhóm Zalo lớp 3A ồn quá", "Nhóm Zalo lớp [lớp] ồn quá"),
    ("xem trên Zalo lớp 3A", "xem trên Zalo lớp [lớp]"),
    ("Môn Tiếng Anh 7A1 khó", "Môn Tiếng Anh 7A1 khó"),
    ("Ngữ Văn 7A1 học nhiều", "Ngữ Văn 7A1 học nhiều"),
    ("Trường Tiểu học Hoa Ban, lớp 3A", "Trường Tiểu học Hoa Ban, lớp [lớp]"),
    ("trường Hoa Lư lớp 3A", "trường Hoa Lư lớp [lớp]"),
    ("Ở Hà Nội, lớp 3A học hai buổi", "Ở Hà Nội, lớp [lớp] học hai buổi"),
    ("Trung Thu lớp 3A vui", "Trung Thu lớp [lớp] vui"),
    ("thứ Hai lớp 3A học muộn", "thứ Hai lớp [lớp] học muộn"),
    ("Quạt 3A hỏng", "Quạt 3A hỏng"),
    ("Ở lớp 3A nóng", "Ở lớp [lớp] nóng"),
    ("Nhờ Sở Giáo dục xem lớp 3A", "Nhờ Sở Giáo dục xem lớp [lớp]"),
    ("Chi Đoàn 9A hoạt động tốt", "Chi Đoàn 9A hoạt động tốt"),
    ("Hành Lang lớp 3A tối", "Hành Lang lớp [lớp] tối"),
    ("Chợ Bến Thành lớp 3A đi xem", "Chợ Bến Thành lớp [lớp] đi xem"),
    ("GDCD 7A1 dạy hay", "GDCD 7A1 dạy hay"),
    ("Wifi 4G yếu, phim Avatar 3D hay", "Wifi 4G yếu, phim Avatar 3D hay"),
    ("Sách Cánh Diều lớp 1 khó", "Sách Cánh Diều lớp 1 khó"),
];

fn wrong(sentences: &[(&str, &str)]) -> String {
    let wrong = sentences.iter().map(|(text, wanted)| (mask(text), wanted)).filter(|(found, wanted)| found != *wanted);
    wrong.map(|(found, wanted)| format!("{found}\n{wanted}\n\n")).collect()
}

#[test]
fn names_beside_classes_and_behind_points_are_masked_and_so_are_plates_and_accounts() {
    assert_eq!(wrong(MASKED), "");
}

#[test]
fn ordinary_sentences_that_look_like_plates_and_accounts_stay() {
    let pairs: Vec<(&str, &str)> = ORDINARY.iter().map(|text| (*text, *text)).collect();
    assert_eq!(wrong(&pairs), "");
}

#[test]
fn what_begins_a_sentence_about_a_class_is_no_name() {
    assert_eq!(wrong(ONLY_CLASSES), "");
}

/// All these sentences.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    MASKED.iter().chain(ONLY_CLASSES).map(|(text, _)| *text).chain(ORDINARY.iter().copied())
}
