//! A campaign: a plan to ask, as it was issued on paper, and the rounds that carry it out.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::survey::code::{Audience, codes};

/// Forms are kept for at most so many months after closing; the program deletes them then whatever a plan says.
pub const LONGEST_KEPT: i64 = 24;

/// How often one audience of one school may be asked in a term, where nobody said otherwise.
pub const USUAL_CONTACTS: i64 = 2;

/// What a plan says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What the campaign is called.
    pub title: String,
    /// The number of the plan; empty: it is not issued yet.
    pub number: String,
    /// The day on which it was issued.
    pub date: Option<NaiveDate>,
    /// The documents that it rests on.
    pub legal_basis: String,
    /// Who takes part besides the office that asks.
    pub partners: String,
    /// What the answers are for.
    pub purpose: String,
    /// For how many months after closing forms are kept.
    pub kept_months: i64,
    /// Whom to ask about it.
    pub contact: String,
}

impl Plan {
    /// What people were told by this plan and would be told otherwise by the other one, by the names of the fields. A number and
    /// a day that were not there yet can come.
    pub fn told_otherwise(&self, other: &Self) -> Vec<&'static str> {
        let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
        let differs = [
            ("title", !same(&self.title, &other.title)),
            ("number", !self.number.is_empty() && !same(&self.number, &other.number)),
            ("date", self.date.is_some() && self.date != other.date),
            ("basis", !same(&self.legal_basis, &other.legal_basis)),
            ("partners", !same(&self.partners, &other.partners)),
            ("purpose", !same(&self.purpose, &other.purpose)),
            ("kept", self.kept_months != other.kept_months),
        ];
        differs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
    }
}

codes! {
    /// Half of a school year.
    Half {
        /// From August to the middle of January.
        First = "hk1",
        /// From then to the end of July.
        Second = "hk2",
    }
}

/// A term: half of a school year, which begins in August.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The year in which the school year begins.
    pub year: i32,
    /// Which half.
    pub half: Half,
}

impl Term {
    /// The term of a day: the second half begins on 16 January, when the plans for the school year let it begin.
    pub fn of(day: NaiveDate) -> Self {
        let (year, half) = match (day.month(), day.day()) {
            (8.., _) => (day.year(), Half::First),
            (1, 1..=15) => (day.year() - 1, Half::First),
            _ => (day.year() - 1, Half::Second),
        };
        Self { year, half }
    }

    /// `2026–2027`
    pub fn school_year(self) -> String {
        format!("{}–{}", self.year, self.year + 1)
    }
}

/// A round as far as people are asked by it: whom, where, in which term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// What the round is called.
    pub title: String,
    /// When people are first asked.
    pub term: Term,
    /// Whom it asks, of which units.
    pub asked: Vec<(Audience, i64)>,
}

/// People who are asked too often in one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crowd {
    /// Whom.
    pub audience: Audience,
    /// Of which units.
    pub units: Vec<i64>,
    /// The other rounds that ask them.
    pub rounds: Vec<String>,
}

/// Whom a round would ask more often than `most` times in its term, with the other rounds that ask them.
pub fn crowded(own: &Contact, others: &[Contact], most: i64) -> Vec<Crowd> {
    let others: Vec<&Contact> = others.iter().filter(|other| other.term == own.term).collect();
    let mut crowds: Vec<Crowd> = Vec::new();
    for (audience, unit) in &own.asked {
        let asking = others.iter().filter(|other| other.asked.contains(&(*audience, *unit)));
        let titles: Vec<String> = asking.map(|other| other.title.clone()).collect();
        if i64::try_from(titles.len()).unwrap_or(i64::MAX) < most {
            continue;
        }
        match crowds.iter_mut().find(|crowd| crowd.audience == *audience) {
            Some(crowd) => crowd.add(*unit, titles),
            None => crowds.push(Crowd { audience: *audience, units: vec![*unit], rounds: titles }),
        }
    }
    crowds
}

impl Crowd {
    fn add(&mut self, unit: i64, titles: Vec<String>) {
        self.units.push(unit);
        for title in titles {
            if !self.rounds.contains(&title) {
                self.rounds.push(title);
            }
        }
    }
}

/// A title of an earlier year for a later one: every year in it moves on.
pub fn moved_on(title: &str, years: i32) -> String {
    let mut moved = String::with_capacity(title.len());
    let mut digits = String::new();
    for sign in title.chars().chain(['\0']) {
        if sign.is_ascii_digit() {
            digits.push(sign);
            continue;
        }
        let year = digits.parse::<i32>().ok().filter(|year| digits.len() == 4 && (2000..2200).contains(year));
        match year {
            Some(year) => moved.push_str(&(year + years).to_string()),
            None => moved.push_str(&digits),
        }
        digits.clear();
        moved.extend((sign != '\0').then_some(sign));
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn contact(title: &str, at: NaiveDate, units: &[i64]) -> Contact {
        let asked = units.iter().map(|unit| (Audience::PhuHuynh, *unit)).collect();
        Contact { title: title.into(), term: Term::of(at), asked }
    }

    #[test]
    fn a_term_ends_in_the_middle_of_january_and_in_july() {
        let first = Term { year: 2026, half: Half::First };
        assert_eq!([day(2026, 8, 1), day(2026, 12, 31), day(2027, 1, 15)].map(Term::of), [first; 3]);
        let second = Term { year: 2026, half: Half::Second };
        assert_eq!([day(2027, 1, 16), day(2027, 7, 31)].map(Term::of), [second; 2]);
        assert_eq!((first.school_year(), first < second), ("2026–2027".to_owned(), true));
    }

    #[test]
    fn parents_of_a_school_who_are_asked_a_third_time_in_a_term_are_named_with_the_other_rounds() {
        let own = contact("Mới", day(2026, 11, 26), &[1, 2, 3]);
        let others = [
            contact("Đầu năm", day(2026, 9, 10), &[1, 2]),
            contact("Bán trú", day(2026, 10, 10), &[1]),
            contact("Năm trước", day(2026, 5, 1), &[1, 2, 3]),
        ];
        let crowds = crowded(&own, &others, 2);
        assert_eq!(crowds.len(), 1);
        assert_eq!((crowds[0].units.as_slice(), crowds[0].rounds.len()), (&[1][..], 2));
        assert_eq!(crowded(&own, &others, 3), []);
        let staff = Contact { asked: vec![(Audience::CanBo, 1)], ..own };
        assert_eq!(crowded(&staff, &others, 1), [], "staff are other people");
    }

    #[test]
    fn the_years_of_a_title_move_on_and_other_numbers_stay() {
        assert_eq!(moved_on("Cha mẹ học sinh 2025–2026", 1), "Cha mẹ học sinh 2026–2027");
        assert_eq!(moved_on("Kế hoạch 120 của năm 2026, đợt 2", 1), "Kế hoạch 120 của năm 2027, đợt 2");
        assert_eq!(moved_on("20260101 và 12026", 1), "20260101 và 12026");
    }

    proptest! {
        #[test]
        fn days_of_one_term_are_at_most_half_a_year_apart(a in 0..4000_i64, b in 0..4000_i64) {
            let at = |days| day(2020, 1, 1) + chrono::TimeDelta::days(days);
            if Term::of(at(a)) == Term::of(at(b)) {
                prop_assert!((a - b).abs() < 200);
            }
            prop_assert_eq!(a <= b, at(a) <= at(b));
            prop_assert!(a > b || Term::of(at(a)) <= Term::of(at(b)));
        }

        #[test]
        fn moving_on_and_back_gives_the_same_title(title in "[ a-z0-9–]{0,30}") {
            prop_assert_eq!(moved_on(&moved_on(&title, 0), 0), title);
        }
    }
}
