//! Numbers with a fraction, kept exactly: as whole hundredths.
//!
//! Two digits are what people measure a child's height, a bowl of rice or an hour's part with. They also keep reading safe: no
//! number that the product writes has three digits behind its point, so `1.200` is never one of its own.

use std::fmt;

use super::super::violation::{Bound, Reason};

/// How many make one.
const SCALE: i64 = 100;
/// Digits of a fraction that are kept.
const PLACES: usize = 2;
/// Larger numbers are typing mistakes, and sums of smaller ones cannot overflow.
const MOST: i64 = 1_000_000_000_000;
/// What people put between thousands besides point and comma: a space, or one that does not break.
const SPACES: [char; 4] = [' ', '\u{a0}', '\u{2009}', '\u{202f}'];

/// A number in hundredths. Printed as it is stored: `-4.5`, with a point, without zeros at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundredths(i64);

impl Hundredths {
    /// Hundredths in one.
    pub const SCALE: i64 = SCALE;

    /// From so many hundredths.
    pub const fn new(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// How many hundredths.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The nearest number of the computer's own kind, the same that a browser makes of the printed text.
    pub fn number(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "MOST is far below 2^53, and one division rounds once")]
        let hundredths = self.0 as f64;
        hundredths / 100.0
    }

    /// Reads a number as people type it: `4,5`, `4.5`, `1.200,5`, `1,200.5`, `1 200`. Of point and comma the last one stands
    /// before the fraction; what comes more than once stands between thousands.
    ///
    /// # Errors
    /// [`Reason::TwoReadings`] for one sign with three digits behind it, which is nobody's to guess; [`Reason::TooFine`],
    /// [`Reason::NotADecimal`], [`Reason::OutOfRange`].
    pub fn read(text: &str) -> Result<Self, Reason> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = split(digits)?;
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > PLACES {
            return Err(Reason::TooFine);
        }
        let too_large = || Reason::OutOfRange { min: None, max: Some(Bound::Decimal(Self(MOST))) };
        let magnitude = format!("{whole}{fraction:0<PLACES$}").parse::<i64>().map_err(|_| too_large())?;
        if magnitude > MOST {
            return Err(too_large());
        }
        Ok(Self(if text.starts_with('-') { -magnitude } else { magnitude }))
    }
}

/// The digits before and behind the sign of the fraction.
fn split(digits: &str) -> Result<(String, &str), Reason> {
    let last = digits.rfind(['.', ',']);
    let Some((at, sign)) = last.and_then(|at| Some((at, digits[at..].chars().next()?))) else {
        return Ok((joined(digits, &SPACES)?, ""));
    };
    let other = if sign == '.' { ',' } else { '.' };
    let (before, behind) = (&digits[..at], &digits[at + 1..]);
    if before.contains(sign) {
        // twice the same sign: thousands, as in 1.200.000
        return Ok((joined(digits, &[sign])?, ""));
    }
    if behind.is_empty() || !is_digits(behind) {
        return Err(Reason::NotADecimal);
    }
    if before.contains(other) {
        return Ok((joined(before, &[other])?, behind));
    }
    let whole = joined(before, &SPACES)?;
    let thousands = whole.len() <= 3 && !whole.starts_with('0') && behind.len() == 3 && !before.contains(SPACES);
    if thousands {
        let short = behind.trim_end_matches('0');
        let fraction = if short.is_empty() { whole.clone() } else { format!("{whole}.{short}") };
        return Err(Reason::TwoReadings { whole: whole + behind, fraction });
    }
    Ok((whole, behind))
}

/// A whole number without what stands between its thousands.
fn joined(digits: &str, between: &[char]) -> Result<String, Reason> {
    let groups: Vec<&str> = digits.split(between).collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let joined = groups.concat();
    if grouped && is_digits(&joined) && !groups[0].is_empty() { Ok(joined) } else { Err(Reason::NotADecimal) }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, magnitude) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, rest) = (magnitude / SCALE.unsigned_abs(), magnitude % SCALE.unsigned_abs());
        match rest {
            0 => write!(f, "{sign}{whole}"),
            tens if tens % 10 == 0 => write!(f, "{sign}{whole}.{}", tens / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn comma_and_point_are_read_and_thousands_told_apart() {
        for (typed, stored) in [
            ("4,5", "4.5"),
            ("4.5", "4.5"),
            ("4,50", "4.5"),
            ("-0,25", "-0.25"),
            ("+7", "7"),
            ("1.200,5", "1200.5"),
            ("1,200.5", "1200.5"),
            ("1.200.000", "1200000"),
            ("1 200,05", "1200.05"),
            ("12345,670", "12345.67"),
            ("0,500", "0.5"),
            ("-0", "0"),
            ("1.234,500", "1234.5"),
        ] {
            assert_eq!(Hundredths::read(typed).map(|number| number.to_string()), Ok(stored.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_asked_about_and_not_guessed() {
        let two = |whole: &str, fraction: &str| {
            Err(Reason::TwoReadings { whole: whole.to_owned(), fraction: fraction.to_owned() })
        };
        assert_eq!(Hundredths::read("1.200"), two("1200", "1.2"));
        assert_eq!(Hundredths::read("-4,500"), two("4500", "4.5"));
        assert_eq!(Hundredths::read("0.125"), Err(Reason::TooFine));
        for wrong in ["", "-", "4,", ",5", "1,2,3", "1.20,5", "1.2.3,4", "4,5kg", "1e3", "4;5", "1 20,5", "٤"] {
            assert_eq!(Hundredths::read(wrong), Err(Reason::NotADecimal), "{wrong}");
        }
        assert!(matches!(Hundredths::read("99999999999999999999"), Err(Reason::OutOfRange { .. })));
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_back_as_the_same_number(hundredths in -MOST..=MOST) {
            let number = Hundredths::new(hundredths);
            prop_assert_eq!(Hundredths::read(&number.to_string()), Ok(number));
            prop_assert_eq!(number.to_string().parse::<f64>().unwrap(), number.number());
        }

        #[test]
        fn nothing_typed_makes_it_stumble(text in "[-+0-9., \u{a0}đ]{0,24}|\\PC{0,12}") {
            if let Ok(number) = Hundredths::read(&text) {
                prop_assert_eq!(Hundredths::read(&number.to_string()), Ok(number));
            }
        }
    }
}
