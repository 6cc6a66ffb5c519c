//! Plausible answers for demonstrations and load: the same seed gives the same answers.

/// What an imagined respondent does with a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imagined {
    /// Leaves it open.
    Skip,
    /// One code, number or text.
    One(String),
    /// Several codes.
    Many(Vec<String>),
    /// “Other”, with a text.
    Other(String),
}

/// How content imagined people are with most things, in %: of ten answers on a scale of five, some eight are among the two best.
const CONTENT: usize = 65;

/// A small seeded generator (SplitMix64): good enough for demonstrations, the same on every machine. Besides, it knows how content
/// whoever is imagined just now is with what is asked just now.
#[derive(Debug, Clone)]
pub struct Dice {
    state: u64,
    content: usize,
    hoped: Hoped,
}

/// What a question about anything hopes to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hoped {
    /// What goes well.
    Thanks,
    /// What should be otherwise.
    Wishes,
    /// Either.
    Anything,
}

impl Hoped {
    /// By the question's words in Vietnamese.
    pub fn by(asked: &str) -> Self {
        let says = |words: &[&str]| words.iter().any(|words| asked.contains(words));
        if says(&["tốt nhất", "hài lòng nhất", "nào hay,"]) {
            Self::Thanks
        } else if says(&["góp ý", "ý kiến"]) {
            Self::Anything
        } else {
            Self::Wishes
        }
    }
}

/// What imagined people ask for.
const WISHES: [&str; 26] = [
    "nhà vệ sinh cần được dọn thường xuyên hơn",
    "nhà vệ sinh nên có thêm giấy và nước rửa tay",
    "cổng trường giờ tan học còn kẹt xe",
    "sân trước cần thêm chỗ che nắng",
    "trường nên báo sớm hơn khi đổi giờ học",
    "thầy cô nên trả lời tin nhắn của phụ huynh sớm hơn",
    "các khoản thu cần được công khai ngay từ đầu năm học",
    "bữa trưa nên có thêm rau và trái cây",
    "thư viện nên mở cửa cả giờ ra chơi",
    "lớp học mùa hè còn nóng, quạt đã cũ",
    "bàn ghế ở một số lớp đã thấp so với các con",
    "bài tập về nhà còn nhiều, con phải thức khuya",
    "trường nên có thêm câu lạc bộ thể thao",
    "giờ tiếng Anh nên có nhiều thời gian để nói hơn",
    "họp phụ huynh nên vào buổi tối để cha mẹ đi làm cũng dự được",
    "thông báo nên gửi một lần, rõ việc và rõ hạn",
    "nước uống ở hành lang có hôm hết từ sớm",
    "đường vào trường cần thêm biển báo giảm tốc độ",
    "nhà để xe của học sinh đã chật",
    "con ngồi xa bảng, mong được đổi chỗ",
    "sách trong thư viện đã cũ, nên bổ sung sách mới",
    "lịch kiểm tra dồn vào một tuần, con rất mệt",
    "phòng thực hành ít được dùng, các con thích học ở đó",
    "trường nên có buổi nói chuyện về an toàn trên mạng",
    "việc bắt nạt giữa các bạn cần được xử lý sớm hơn",
    "cửa sổ lớp học có ô kính vỡ chưa thay",
];

/// What they are glad of.
const THANKS: [&str; 10] = [
    "cô giáo chủ nhiệm rất tận tình",
    "trường sạch và nhiều cây xanh",
    "con vui mỗi khi đến lớp",
    "thầy cô nói rõ con học tốt và chưa tốt ở đâu",
    "các buổi học ngoài trời làm con nhớ bài lâu",
    "bác bảo vệ và cô cấp dưỡng đều thân thiện",
    "nhà trường trả lời thắc mắc rõ ràng",
    "con mạnh dạn hơn so với năm trước",
    "việc học thêm không bị ép buộc",
    "bữa ăn ngon, con ăn hết suất",
];

/// How they begin a wish, and how they begin thanks.
const OPENINGS: [[&str; 5]; 2] = [
    ["", "Gia đình thấy ", "Theo tôi, ", "Mong nhà trường lưu ý: ", "Nhiều phụ huynh nói "],
    ["", "Gia đình thấy ", "Tôi mừng vì ", "Điều tôi hài lòng là ", "Con kể rằng "],
];

/// How they end.
const ENDS: [[&str; 4]; 2] = [
    [".", ". Mong trường xem giúp.", " ạ.", ". Xin cảm ơn."],
    [".", ". Xin cảm ơn thầy cô.", " ạ.", ", mong trường giữ được như vậy."],
];

impl Dice {
    /// A generator that starts from this seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed, content: CONTENT, hoped: Hoped::Anything }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n` (0 when `n` is 0).
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 {
            return 0;
        }
        usize::try_from(self.next() % n as u64).unwrap_or(0)
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// From now on somebody answers who is so content with what is asked, in %, and who is asked for this.
    pub fn feel(&mut self, content: usize, hoped: Hoped) {
        self.content = content.min(100);
        self.hoped = hoped;
    }

    /// A place in a list of `n`: the more content, the nearer its upper end. Four more throws count where they are better, each as
    /// likely as the person is content.
    pub fn leaning_high(&mut self, n: usize) -> usize {
        let first = self.below(n);
        let better = (0..4).map(|_| if self.chance(self.content) { self.below(n) } else { 0 }).max();
        first.max(better.unwrap_or(0)).min(n.saturating_sub(1))
    }

    /// A number below `n`, mostly small.
    pub fn small(&mut self, n: i64) -> i64 {
        let n = usize::try_from(n).unwrap_or(0);
        i64::try_from(self.below(n).min(self.below(n))).unwrap_or(0)
    }

    /// A sentence that answers what was asked; where anything may be said, rather thanks from the content and a wish from others.
    pub fn phrase(&mut self) -> String {
        let glad = self.chance(self.content / 2);
        let glad = match self.hoped {
            Hoped::Thanks => true,
            Hoped::Wishes => false,
            Hoped::Anything => glad,
        };
        let said = if glad { THANKS[self.below(THANKS.len())] } else { WISHES[self.below(WISHES.len())] };
        let kind = usize::from(glad);
        let opening = OPENINGS[kind][self.below(OPENINGS[kind].len())];
        let end = ENDS[kind][self.below(ENDS[kind].len())];
        let sentence = format!("{opening}{said}{end}");
        let mut letters = sentence.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// Sixteen bytes, for a submission key.
    pub fn key(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.next().to_le_bytes());
        bytes[8..].copy_from_slice(&self.next().to_le_bytes());
        bytes
    }
}
