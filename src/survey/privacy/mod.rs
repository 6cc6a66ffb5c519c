//! Personal data in free texts: spotted by how people write it, and masked so that the sentence can still be read.
//!
//! This is a help and no guarantee: a name that nobody capitalised, a nickname or “the only teacher with a red motorbike” is
//! found by a person only. Where it is doubtful whether something is a name it is masked; what everybody says of a school –
//! `cô giáo`, `lớp 1`, `thầy cô`, `100.000 đồng` – stays.

mod address;
mod class;
mod lists;
mod name;
mod net;
mod number;
mod sign;
mod width;
mod words;

use std::ops::Range;

use super::code::codes;

codes! {
    /// What was found.
    Private {
        /// A telephone number.
        Phone = "phone",
        /// A mail address.
        Mail = "mail",
        /// The number of an identity card, of a pupil or another long number.
        Number = "number",
        /// A bank account.
        Account = "account",
        /// A vehicle's plate.
        Plate = "plate",
        /// A page or a name in a network.
        Web = "web",
        /// A day of birth.
        Birthday = "birthday",
        /// A person's name.
        Name = "name",
        /// A class, which with its school and a title is one teacher.
        Class = "class",
        /// A house with its street.
        Address = "address",
    }
}

impl Private {
    /// What stands in its place. Vietnamese like the sentence around it, whatever the language of the reader.
    pub fn mask(self) -> &'static str {
        match self {
            Self::Phone => "[số điện thoại]",
            Self::Mail => "[email]",
            Self::Number => "[dãy số]",
            Self::Account => "[số tài khoản]",
            Self::Plate => "[biển số]",
            Self::Web => "[tài khoản mạng]",
            Self::Birthday => "[ngày sinh]",
            Self::Name => "[tên]",
            Self::Class => "[lớp]",
            Self::Address => "[địa chỉ]",
        }
    }
}

/// Something that tells who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// What it is.
    pub kind: Private,
    /// Where it stands, in bytes.
    pub at: Range<usize>,
}

/// All spots of a text, in order and without overlaps; what is masked already is none.
pub fn spots(text: &str) -> Vec<Spot> {
    let narrow = width::Narrow::of(text);
    let found = found(&narrow.text).into_iter();
    found.map(|spot| Spot { kind: spot.kind, at: narrow.written(spot.at) }).collect()
}

fn found(text: &str) -> Vec<Spot> {
    let mut spots = net::spots(text);
    spots.extend(number::spots(text));
    spots.extend(address::spots(text));
    spots.extend(sign::spots(text));
    spots.extend(name::spots(text));
    let masked = masks(text);
    // what was found first in the list above is the better guess where two overlap
    let mut kept: Vec<Spot> = Vec::new();
    for spot in spots {
        let overlaps = |at: &Range<usize>| at.start < spot.at.end && spot.at.start < at.end;
        if !masked.iter().any(overlaps) && !kept.iter().any(|known| overlaps(&known.at)) {
            kept.push(spot);
        }
    }
    kept.sort_by_key(|spot| spot.at.start);
    kept
}

/// Where masks stand.
fn masks(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices('[').map(|(start, _)| start);
    let mask = |start: usize| {
        let masks = Private::ALL.iter().map(|kind| kind.mask());
        masks.filter(|mask| text[start..].starts_with(mask)).map(|mask| start..start + mask.len()).next()
    };
    starts.filter_map(mask).collect()
}

/// The text with a mask in the place of each spot. What only stands out once something else is masked is masked as well, so
/// that nothing is left for a second time.
pub fn mask(text: &str) -> String {
    let mut masked = text.to_owned();
    loop {
        // ends: each time there is less that is no mask
        let spots = spots(&masked);
        if spots.is_empty() {
            return masked;
        }
        masked = with_masks(&masked, &spots);
    }
}

fn with_masks(text: &str, spots: &[Spot]) -> String {
    let (mut masked, mut end) = (String::with_capacity(text.len()), 0);
    for spot in spots {
        masked.push_str(&text[end..spot.at.start]);
        masked.push_str(spot.kind.mask());
        end = spot.at.end;
    }
    masked.push_str(&text[end..]);
    masked
}

#[cfg(test)]
mod tests;
