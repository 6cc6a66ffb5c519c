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

/// A small seeded generator (SplitMix64): good enough for demonstrations, the same on every machine.
#[derive(Debug, Clone)]
pub struct Dice(u64);

/// What imagined parents write.
const PHRASES: [&str; 12] = [
    "Thêm chỗ che nắng ở sân trước giờ tan học.",
    "Cô giáo rất tận tình, gia đình yên tâm.",
    "Nhà vệ sinh cần dọn thường xuyên hơn.",
    "Mong trường báo sớm hơn khi đổi giờ học.",
    "Cổng trường giờ tan học còn kẹt xe.",
    "Con thích các buổi học ngoài trời, mong có thêm.",
    "Bữa trưa nên có thêm rau và trái cây.",
    "Thư viện nên mở cửa cả giờ ra chơi.",
    "Mong thầy cô trả lời tin nhắn của phụ huynh sớm hơn.",
    "Trường sạch, nhiều cây xanh, con vui khi đến lớp.",
    "Nên công khai các khoản thu ngay từ đầu năm học.",
    "Không có ý kiến gì thêm, xin cảm ơn nhà trường.",
];

impl Dice {
    /// A generator that starts from this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
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

    /// A place in a list of `n`, mostly near its upper end, as satisfaction is.
    pub fn leaning_high(&mut self, n: usize) -> usize {
        let at = self.below(n).max(self.below(n)).max(if self.chance(40) { self.below(n) } else { 0 });
        at.min(n.saturating_sub(1))
    }

    /// A number below `n`, mostly small.
    pub fn small(&mut self, n: i64) -> i64 {
        let n = usize::try_from(n).unwrap_or(0);
        i64::try_from(self.below(n).min(self.below(n))).unwrap_or(0)
    }

    /// A sentence.
    pub fn phrase(&mut self) -> &'static str {
        PHRASES[self.below(PHRASES.len())]
    }

    /// Sixteen bytes, for a submission key.
    pub fn key(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.next().to_le_bytes());
        bytes[8..].copy_from_slice(&self.next().to_le_bytes());
        bytes
    }
}
