//! Words that tell a name from anything else. Vietnamese names are words, too: what decides is what stands around them.

use std::collections::HashSet;
use std::sync::LazyLock;

/// What people are called by; a name follows.
const TITLES: &str =
    "cô thầy em bé cháu chị anh bác chú ông bà bạn con cậu dì mẹ bố ba má cha hs gv gvcn ms mr mrs miss teacher tên";
/// The same as people type it without diacritics; believed only where the whole text has none.
const PLAIN_TITLES: &str = "co thay be chau chi bac chu ong ban cau di me bo";
/// Posts, behind which a name stands as behind a title; and what may stand between a title and a name, subjects among it.
const POSTS: &str = "hiệu trưởng,hiệu phó,giáo viên,kế toán,bảo vệ,bảo mẫu,phụ huynh,học sinh,chủ nhiệm,trợ giảng,giám thị,lớp trưởng,lớp phó,tổ trưởng,hội trưởng,chi hội,thủ quỹ,thủ thư,văn thư,lao công,tạp vụ,cấp dưỡng,y tế,phụ trách,nhân viên,giảng viên,hiệu bộ";
const SUBJECTS: &str = "thể dục,mỹ thuật,mĩ thuật,âm nhạc,công nghệ,tin học,tiếng anh,tiếng việt,tiếng pháp,tiếng nhật,anh văn,ngữ văn,vật lý,vật lí,đạo đức,khoa học,hóa học,sinh học,lịch sử,địa lý,địa lí,bộ môn,tổng phụ,trách đội,nhà tôi";
/// Words of these that stand alone between a title and a name, in small letters.
const LINKS: &str = "giáo viên giao vien chủ nhiệm chu nhiem hiệu hieu trưởng truong phó tên ten là la tôi toi trai gái môn của toán văn hóa sử địa lý nhạc";
/// Capitalised words behind a title that are no names.
const NO_NAMES: &str = "giáo cô thầy em bé cháu chị bác chú ông bà bạn con cha mẹ bố má tôi toán tiếng hóa sử địa tin thể nhạc ban nhà phụ huynh học sở bộ phòng ubnd rất không và các có đã được cần nên xin mong cảm vui hs ph gv gvcn bgh thcs thpt th mn bán chủ đội lớp khối tổ đảng quyền môi nhiệt tận tốt đề tiểu mầm dân khuyết quận huyện xã phường tỉnh luôn đều hay chưa cũng rồi sẽ đang vẫn thì mà là ở trong này hãy phải đừng nếu khi vì";
/// Names that are other words as well: they are believed right behind a title, and within a name.
const EITHER: &str = "công nam việt mỹ hiệu giám hội trường anh ba sinh thành quốc";
/// What two words are together, whatever each may be.
const COMPOUNDS: &str = "thành phố,thành ủy,phạm vi,phạm quy,phạm lỗi,phạm luật,quốc hội,quốc gia,quốc lộ,quốc tế,quốc phòng,công nghệ,công an,công đoàn,công trình,công tác,công nhân,công bằng,công khai,công lập,công ty,công dân,công viên,nam nữ,nam và,việt nam,mỹ thuật,hiệu trưởng,hiệu phó,hiệu bộ,giám thị,giám hiệu,giám đốc,giám sát,hội trường,hội đồng,hội trưởng,hội phụ,hội cha,hội khuyến,trường học,trường mầm,trường tiểu,trường trung,trường chuyên,trường tôi,trường mình,trường công,trường tư,trường có,trường rất,trường cần,trường nên,anh văn,anh ngữ,anh chị,ba mẹ,ba má,sinh học,sinh hoạt,sinh viên,trung học,trung tâm,trung ương,hà nội,sài gòn,đà nẵng,hải phòng,cần thơ,bác hồ,hồ chí,an toàn,an ninh,văn phòng,văn học,văn hóa,lý thuyết,hòa đồng,tâm lý,tâm huyết,yêu thương,quan tâm,thân thiện,thân thiết,kim đồng,giáng sinh,trung thu,thanh niên,thanh tra,thư viện,thư ký,thư kí,bí thư,chi đoàn,chi đội,liên đội,đoàn trường,hành lang,căn tin,sao đỏ";
/// Family names that are hardly ever anything else.
const FAMILIES: &str = "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương đinh đoàn trịnh trương lâm mai tô hà tạ châu quách cao nguyen tran pham hoang huynh dang doan";
/// Family names in small letters: those that are no words.
const SMALL_FAMILIES: &str = "nguyễn trần phạm huỳnh đặng trịnh nguyen pham huynh";
/// Family names that are words as well: believed where a name between stands behind them, or where only names have capitals.
const WORDY_FAMILIES: &str = "cao mai hà tô hồ lâm đoàn đỗ châu dương võ vũ doan dang";
/// Family names without diacritics that are other words: believed in capitals, where a name between and a given name follow.
const BARE_FAMILIES: &str = "le vu vo bui ngo dinh trinh do truong duong";
/// Family names in small letters that need no name between.
const SURE_FAMILIES: &str = "nguyễn nguyen huỳnh trịnh";
/// Family names in small letters without diacritics, where the woman's `thi` follows.
const PLAIN_FAMILIES: &str = "le vu ngo trinh";
/// Between a family name and a given name there is hardly anything surer.
const SURE_MIDDLES: &str = "thị văn thi van";
/// What ends a name in small letters besides the words that stand between a title and no name.
const ENDS: &str =
    "nhận thu ạ ơi viết gửi góp sống sinh số sđt đt dt sdt cùng kính trân quê tuổi cư trú ký đề hiện người con của";
/// Peoples, which are written like their names.
const PEOPLES: &str = "mông mong rê re nông nong ho";
/// Names between family name and given name.
const MIDDLES: &str =
    "văn thị ngọc thanh minh hoàng đức kim gia bảo thu quốc hữu xuân hải anh phương khánh nhật quang van thi ngoc duc";
/// Given names in small letters that are hardly words behind a title.
const SMALL_NAMES: &str = "lan hương huong hoa mai hùng hung dũng dung tuấn tuan nga hằng hang thảo thao trang linh huyền huyen nhung hạnh hanh loan liên lien phượng phuong oanh yến yen quyên quyen thủy thuỷ thuy thúy thuý hà cúc đào diệp ngân trinh vân van nguyệt my vy uyên khoa khôi khoi long nam phúc phuc quân sơn son thắng thang tú việt vinh cường cuong đạt dat hiếu hieu kiên lâm lam nghĩa phong tài toàn trung tùng";
/// What follows a name in small letters that no list has.
const AFTER_NAMES: &str = "lớp lop dạy day";
/// What people complain of: who does it is named before it.
const DEEDS: &str = "quát mắng chửi đánh tát phạt";
/// Between a title and such a word, no names.
const WORDS: &str = "giáo giao viên vien chủ chu nhiệm nhiem không khong chỉ chi đang dang nào nao có co mới moi đã da sẽ se cũng cung hay thường vẫn đều rất được duoc chưa chua nên phải cần thì mà là la ở o của cua trong này nay đó do cho mẫu trưởng phó dạy day học hoc vào lên nghỉ đến đi tôi em cô thầy mình hai ba tự bị đứng ngoài cùng trên ra vừa bảo theo khác vì do nữa làm lam xin chuyển trước truoc sau cả ca ngay lớp lop khối khoi các với mỗi";
/// Between a title and a deed, no names either.
const MANNERS: &str = "ko lại toàn cứ luôn từng hơi dễ dữ nói lớn to ấy kia ta suốt nhiều còn định muốn dám đừng chẳng hết nó thấy thích biết nghe xong rồi liền bèn xông lao các những ngồi giận bực tức cáu nóng ghét gắt trò trợ giảng con cháu bé bạn anh chị và với hoặc bắt dọa doạ bèn kêu gọi thể dục toán văn lý hóa sử địa tin nhạc tiếng môn nuôi trẻ già nam nữ mắng chửi quát đánh phạt tát nhau tục khi lúc để nhỏ nhẹ nặng hiền nghiêm thì vội mãi sao nếu bỗng xưa trước sau quá thật đâu ai gì ít nhất sắp tiếp";
/// What stands before a class, and no name is: things of a school, programs, days.
const THINGS: &str = "zalo facebook fb face internet wifi tivi camera zoom teams google youtube tiktok covid tết noel halloween online offline smas vnedu azota messenger viber email gmail mail web website clb stem steam robot sân chơi góc bàn ghế quạt tủ cửa sách vở vệ hôm ngày sáng chiều tối tuần tháng mỗi mọi từng toàn cả riêng nhóm tập kết quả điểm sổ bảng máy lịch giờ tiết buổi bài đồ tiền quỹ tổng sĩ số danh chợ cầu sao dãy khu tầng thứ các những mấy nhiều hai tại vào gửi gởi sang từ chuyển ghép tách đổi nữ khmer nối trống loa đèn giữa ôn hoạt nghiệm chất";
/// Words with capitals that are no names where they stand alone before a class: subjects, peoples.
const SINGLES: &str = "anh văn lý lí pháp nhật tày thái nùng dao kinh chăm mường";
/// Names that are words at the beginning of a sentence.
const BEGINNINGS: &str = "toàn thắng liên hang van";
/// Behind these stands no name of a person.
const NOT_BEHIND: &str = "ở tại từ về đi tiếng môn thứ tháng tộc người học ngày lễ nhóm mạng mềm app hãng ngành khối đội tổ phòng dãy kỳ kì tuần";
/// What letters count: `vitamin C`, `tổ C`.
const LETTERED: &str =
    "lớp khối tổ nhóm vitamin hạng loại câu phòng dãy nhà khu đề mục điểm tòa toà tầng cổng ca đợt bảng phần nhánh";
/// What is abbreviated like `C.Lan` and `T.Hùng`, and is nobody.
const SHORTENED: &str = "t anh,t việt,t pháp,t nhật,t dục,t phố,t tâm,t sĩ,t sỹ,t tin,t học,t trình,t trung,t trường,t báo,t tư,c nghệ,c ty,c an,c trình,c tác,c nhân,c dân,c lập,c đoàn,c bằng,c khai,c chức,c cụ,c viên,c trường,c sở,c tin";
/// More than one person is nobody.
const SEVERAL: &str = "các những mấy nhiều hai ba số vài cac nhung may nhieu thầy";
/// Places and schools that bear the name of a person.
const PLACES: &str =
    "truong thpt thcs th hoc non mn duong pho phuong xa quan huyen giai cup thcs pho tp hem ngo cau cho";
/// Kindergarten classes.
const NURSERIES: &str = "lá chồi mầm la choi mam nhà nha";
/// Behind these a class is one; folded.
const BEFORE_CLASSES: &str = "lop l gvcn nhiem";
/// And behind these, if it can be no amount of anything; folded.
const NEAR_CLASSES: &str = "co thay giao vien gv day hoc hs sinh huynh ph em be chau ban con truong";

macro_rules! list {
    ($separator:literal: $($name:ident = $words:expr),+ $(,)?) => {
        $(pub(super) static $name: LazyLock<HashSet<&'static str>> = LazyLock::new(|| $words.split($separator).collect());)+
    };
}

list! {
    ' ':
    IS_TITLE = TITLES,
    IS_PLAIN_TITLE = PLAIN_TITLES,
    IS_LINK = LINKS,
    IS_NO_NAME = NO_NAMES,
    IS_EITHER = EITHER,
    IS_FAMILY = FAMILIES,
    IS_SMALL_FAMILY = SMALL_FAMILIES,
    IS_WORDY_FAMILY = WORDY_FAMILIES,
    IS_BARE_FAMILY = BARE_FAMILIES,
    IS_SURE_FAMILY = SURE_FAMILIES,
    IS_PLAIN_FAMILY = PLAIN_FAMILIES,
    IS_SURE_MIDDLE = SURE_MIDDLES,
    IS_END = ENDS,
    IS_PEOPLE = PEOPLES,
    IS_MIDDLE = MIDDLES,
    IS_SMALL_NAME = SMALL_NAMES,
    IS_AFTER_NAME = AFTER_NAMES,
    IS_DEED = DEEDS,
    IS_WORD = WORDS,
    IS_MANNER = MANNERS,
    IS_SEVERAL = SEVERAL,
    IS_THING = THINGS,
    IS_SINGLE = SINGLES,
    IS_BEGINNING = BEGINNINGS,
    IS_NOT_BEHIND = NOT_BEHIND,
    IS_LETTERED = LETTERED,
    IS_PLACE = PLACES,
    IS_NURSERY = NURSERIES,
    IS_BEFORE_CLASS = BEFORE_CLASSES,
    IS_NEAR_CLASS = NEAR_CLASSES,
}

list! {
    ',':
    IS_POST = POSTS,
    IS_SUBJECT = SUBJECTS,
    IS_COMPOUND = COMPOUNDS,
    IS_SHORTENED = SHORTENED,
}

/// Posts without diacritics.
pub(super) static IS_PLAIN_POST: LazyLock<HashSet<String>> =
    LazyLock::new(|| POSTS.split(',').map(crate::vietnamese::fold).collect());
