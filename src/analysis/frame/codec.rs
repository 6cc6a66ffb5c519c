//! How the values of a column lie in its bytes.

/// The most forms in a block.
pub const BLOCK: usize = 65_536;

/// In two bytes: not asked.
pub(super) const NOT_ASKED: u16 = u16::MAX;
/// In two bytes: asked, not answered.
pub(super) const SKIPPED: u16 = u16::MAX - 1;
/// In two bytes: “does not apply / don't know”.
pub(super) const NOT_APPLICABLE: u16 = u16::MAX - 2;
/// In two bytes: “other”.
pub(super) const OTHER: u16 = u16::MAX - 3;
/// From here on a byte is one of the reserved values; with the upper byte filled up it is the same as in two bytes.
const RESERVED: u8 = 252;
/// Numbers that stand for no number; no answer comes near them.
const NOT_ASKED_NUMBER: i64 = i64::MIN;
const SKIPPED_NUMBER: i64 = i64::MIN + 1;
const NOT_APPLICABLE_NUMBER: i64 = i64::MIN + 2;
/// Marks of texts that are no marks.
const NOT_ASKED_MARK: u64 = 0;
const SKIPPED_MARK: u64 = 1;
const UNMARKED: u64 = 2;

/// What one form says in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// The question was not asked.
    NotAsked,
    /// Asked, not answered.
    Skipped,
    /// “Does not apply / don't know”.
    NotApplicable,
    /// One choice, class or dictionary entry, by its place.
    Place(usize),
    /// “Other”.
    Other,
    /// Several choices by their places; of a rank in the order given.
    Places(&'a [usize]),
    /// A number, in the units in which its question counts.
    Number(i64),
    /// A text: its mark, or none where it is too short to be compared.
    Text(Option<u64>),
}

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// One of up to 252 places, a byte each.
    Place,
    /// One of up to 65,532 places, two bytes each.
    WidePlace,
    /// Several of so many choices: a bit for each, and one that says that the question was not asked.
    Several(usize),
    /// Several in an order, of at most so many: two bytes for each position.
    Order(usize),
    /// A number, eight bytes each.
    Number,
    /// The mark of a text, eight bytes each.
    Text,
}

/// Bytes that were not written by this program, or for another question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a column does not have the bytes that its question needs")]
pub struct Damaged;

impl Encoding {
    /// For one of so many places.
    pub fn of_places(places: usize) -> Self {
        if places <= usize::from(RESERVED) { Self::Place } else { Self::WidePlace }
    }

    /// Bytes per form.
    fn width(self) -> usize {
        match self {
            Self::Place => 1,
            Self::WidePlace => 2,
            Self::Several(choices) => choices / 8 + 1,
            Self::Order(positions) => 2 * positions.max(1),
            Self::Number | Self::Text => 8,
        }
    }

    fn forms(self, bytes: &[u8]) -> Result<std::slice::ChunksExact<'_, u8>, Damaged> {
        let forms = bytes.chunks_exact(self.width());
        if forms.remainder().is_empty() { Ok(forms) } else { Err(Damaged) }
    }

    /// One place per form, in two bytes: what was chosen, of a rank what was put first, of a text whether there is one (0). Empty
    /// for numbers and several choices, which have no such place.
    pub(super) fn places(self, bytes: &[u8]) -> Result<Vec<u16>, Damaged> {
        let forms = self.forms(bytes)?;
        Ok(match self {
            Self::Place => bytes.iter().map(|byte| widened(*byte)).collect(),
            Self::WidePlace | Self::Order(_) => forms.map(|form| u16::from_le_bytes([form[0], form[1]])).collect(),
            Self::Text => marks(forms)
                .map(|mark| match mark {
                    NOT_ASKED_MARK => NOT_ASKED,
                    SKIPPED_MARK => SKIPPED,
                    _ => 0,
                })
                .collect(),
            Self::Several(_) | Self::Number => Vec::new(),
        })
    }

    /// The choices of each form as bits, and where there are none, why. Only the first 64 choices have a bit.
    pub(super) fn several(self, bytes: &[u8]) -> Result<Vec<Result<u64, u16>>, Damaged> {
        let Self::Several(choices) = self else { return Err(Damaged) };
        let is_asked = |form: &[u8]| form[choices / 8] & (1 << (choices % 8)) == 0;
        let known = 1_u64.checked_shl(u32::try_from(choices).unwrap_or(u32::MAX)).map_or(u64::MAX, |after| after - 1);
        let bits = |form: &[u8]| {
            let bytes = form.iter().take(8).enumerate();
            bytes.fold(0, |bits, (at, byte)| bits | u64::from(*byte) << (8 * at)) & known
        };
        let read = |form: &[u8]| match (is_asked(form), bits(form)) {
            (false, _) => Err(NOT_ASKED),
            (true, 0) => Err(SKIPPED),
            (true, bits) => Ok(bits),
        };
        Ok(self.forms(bytes)?.map(read).collect())
    }

    /// The number of each form, and where there is none, why.
    pub(super) fn numbers(self, bytes: &[u8]) -> Result<Vec<Result<i64, u16>>, Damaged> {
        if self != Self::Number {
            return Err(Damaged);
        }
        let read = |mark: u64| match mark.cast_signed() {
            NOT_ASKED_NUMBER => Err(NOT_ASKED),
            SKIPPED_NUMBER => Err(SKIPPED),
            NOT_APPLICABLE_NUMBER => Err(NOT_APPLICABLE),
            number => Ok(number),
        };
        Ok(marks(self.forms(bytes)?).map(read).collect())
    }

    /// The mark of each form's text, where it has one that is long enough to be compared.
    ///
    /// # Errors
    /// [`Damaged`]
    pub fn text_marks(self, bytes: &[u8]) -> Result<Vec<Option<u64>>, Damaged> {
        if self != Self::Text {
            return Err(Damaged);
        }
        Ok(marks(self.forms(bytes)?).map(|mark| (mark > UNMARKED).then_some(mark)).collect())
    }
}

fn widened(byte: u8) -> u16 {
    if byte < RESERVED { u16::from(byte) } else { 0xff00 | u16::from(byte) }
}

fn marks(forms: std::slice::ChunksExact<'_, u8>) -> impl Iterator<Item = u64> {
    forms.map(|form| form.iter().rev().fold(0, |mark, byte| mark << 8 | u64::from(*byte)))
}

/// A column that is being written.
#[derive(Debug, Clone)]
pub struct Column {
    encoding: Encoding,
    bytes: Vec<u8>,
}

impl Column {
    /// An empty one.
    pub fn new(encoding: Encoding) -> Self {
        Self { encoding, bytes: Vec::new() }
    }

    /// The bytes so far; the column is empty afterwards.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// What the next form says. A value of a kind that the column does not hold, which no question gives, is an answer that was
    /// skipped.
    pub fn push(&mut self, value: Value<'_>) {
        match self.encoding {
            Encoding::Place => self.bytes.push(place(value).to_le_bytes()[0]),
            Encoding::WidePlace => self.bytes.extend(place(value).to_le_bytes()),
            Encoding::Several(choices) => self.push_several(choices, value),
            Encoding::Order(positions) => self.push_order(positions.max(1), value),
            Encoding::Number => self.bytes.extend(number(value).to_le_bytes()),
            Encoding::Text => self.bytes.extend(mark(value).to_le_bytes()),
        }
    }

    fn push_several(&mut self, choices: usize, value: Value<'_>) {
        let start = self.bytes.len();
        self.bytes.resize(start + self.encoding.width(), 0);
        let form = &mut self.bytes[start..];
        match value {
            Value::Places(places) => {
                places.iter().filter(|place| **place < choices).for_each(|place| form[place / 8] |= 1 << (place % 8));
            }
            Value::NotAsked => form[choices / 8] |= 1 << (choices % 8),
            _ => {}
        }
    }

    fn push_order(&mut self, positions: usize, value: Value<'_>) {
        let given = match value {
            Value::Places(places) => places,
            _ => &[],
        };
        let open = if given.is_empty() { place(value) } else { SKIPPED };
        for position in 0..positions {
            let named = given.get(position).map_or(open, |at| place(Value::Place(*at)));
            self.bytes.extend(named.to_le_bytes());
        }
    }
}

fn place(value: Value<'_>) -> u16 {
    match value {
        Value::NotAsked => NOT_ASKED,
        Value::NotApplicable => NOT_APPLICABLE,
        Value::Other => OTHER,
        Value::Place(at) => u16::try_from(at).ok().filter(|at| *at < OTHER).unwrap_or(SKIPPED),
        Value::Skipped | Value::Places(_) | Value::Number(_) | Value::Text(_) => SKIPPED,
    }
}

fn number(value: Value<'_>) -> i64 {
    match value {
        Value::Number(number) => number.max(NOT_APPLICABLE_NUMBER + 1),
        Value::NotAsked => NOT_ASKED_NUMBER,
        Value::NotApplicable => NOT_APPLICABLE_NUMBER,
        _ => SKIPPED_NUMBER,
    }
}

fn mark(value: Value<'_>) -> u64 {
    match value {
        Value::Text(mark) => mark.map_or(UNMARKED, |mark| mark.max(UNMARKED + 1)),
        Value::NotAsked => NOT_ASKED_MARK,
        _ => SKIPPED_MARK,
    }
}
