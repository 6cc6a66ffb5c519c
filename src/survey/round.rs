//! A round: one fielding period, as dates.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDateTime, TimeDelta};

use crate::survey::code::{Audience, codes};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::unit::Unit;

/// Forms begun before closing are taken for so long after it.
pub const GRACE: TimeDelta = TimeDelta::hours(24);

/// Forms are kept for so long after closing, to check the results against them; the notice on the start page says so.
pub const KEPT: Months = Months::new(24);

/// Groups below this many submissions never leave the steering unit.
pub const MINIMUM_GROUP: i64 = 10;
/// The same for rounds among staff, who are fewer and easier to recognise.
pub const MINIMUM_GROUP_STAFF: i64 = 20;

/// The smallest group of a round that asks with these questionnaires.
pub fn minimum_group<'a>(questionnaires: impl IntoIterator<Item = &'a Questionnaire>) -> i64 {
    let is_staff = questionnaires.into_iter().any(|q| q.audience == Audience::CanBo);
    if is_staff { MINIMUM_GROUP_STAFF } else { MINIMUM_GROUP }
}

/// Whether these ask children, whose parents have to be told before. Most pupils of grade 10 are not sixteen either, whether they
/// learn at a school or in continuing education.
pub fn asks_children<'a>(questionnaires: impl IntoIterator<Item = &'a Questionnaire>) -> bool {
    let is_child = |audience| matches!(audience, Audience::HocSinh | Audience::HocVien);
    questionnaires.into_iter().any(|questionnaire| is_child(questionnaire.audience))
}

/// At which levels a unit is asked with these questionnaires, and how many pupils it has there: each once, whatever number of
/// questionnaires asks about them. Unknown where all of them ask people whom the list of units does not count. Empty: the unit is
/// not asked.
pub fn levels_asked<'a>(
    unit: &Unit,
    questionnaires: impl IntoIterator<Item = &'a Questionnaire>,
) -> BTreeMap<&'static str, Option<i64>> {
    let mut levels = BTreeMap::new();
    for questionnaire in questionnaires {
        let pupils = match questionnaire.level {
            Some(level) => unit.enrolment.get(&level).copied(),
            None => unit.is_school().then(|| unit.pupils()),
        };
        let Some(pupils) = pupils else { continue };
        let known = levels.entry(questionnaire.level_code()).or_insert(None);
        if questionnaire.audience.is_counted_in_pupils() {
            *known = Some(pupils);
        }
    }
    levels
}

/// How many forms may come in from a level of a unit with so many pupils: one of each for every questionnaire that asks at that
/// level. Unknown where the pupils are, and where others are asked beside them whom nobody counted.
pub fn forms_expected<'a>(
    level: &str,
    pupils: Option<i64>,
    questionnaires: impl IntoIterator<Item = &'a Questionnaire>,
) -> Option<i64> {
    let own: Vec<&Questionnaire> = questionnaires.into_iter().filter(|one| one.level_code() == level).collect();
    let counted = own.iter().filter(|one| one.audience.is_counted_in_pupils()).count();
    let is_mixed = counted > 0 && counted < own.len();
    pupils.filter(|_| !is_mixed)?.checked_mul(i64::try_from(own.len()).ok()?)
}

/// What a school should have reached when a round closes: forms per thousand people who could send one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal(i64);

impl Goal {
    /// One form in five pupils.
    pub const USUAL: Self = Self(200);

    /// From 1 to 1000 per mille.
    pub fn new(per_mille: i64) -> Option<Self> {
        (1..=1000).contains(&per_mille).then_some(Self(per_mille))
    }

    /// Forms per thousand.
    pub fn per_mille(self) -> i64 {
        self.0
    }

    /// How many forms it takes, of so many who could send one: rounded up, and never none.
    pub fn forms(self, eligible: i64) -> i64 {
        ((eligible * self.0 + 999) / 1000).max(1)
    }

    /// Whether so many forms reach it; nobody knows where the number of people is not known, or zero.
    pub fn is_met(self, n: i64, eligible: Option<i64>) -> Option<bool> {
        eligible.filter(|eligible| *eligible > 0).map(|eligible| n >= self.forms(eligible))
    }
}

/// How one gets into a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// By the code on the poster alone.
    Open,
    /// Also by a one-time code, one per household.
    Codes,
}

impl Access {
    /// The word that stands for it in the database and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Codes => "codes",
        }
    }
}

/// Not a way into a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a round is `open` or takes `codes`")]
pub struct NotAnAccess;

impl std::str::FromStr for Access {
    type Err = NotAnAccess;

    fn from_str(text: &str) -> Result<Self, NotAnAccess> {
        [Self::Open, Self::Codes].into_iter().find(|access| access.code() == text).ok_or(NotAnAccess)
    }
}

codes! {
    /// What can be done to a round that has begun.
    Step {
        /// No new form is begun for a while.
        Paused = "paused",
        /// New forms are begun again before that time.
        Resumed = "resumed",
        /// It closes at another time.
        Extended = "extended",
        /// It was closed before its time.
        Closed = "closed",
    }
}

/// A while in which no new form is begun. Times are UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The first moment at which no new form may be begun.
    pub since: NaiveDateTime,
    /// The first moment at which one may be begun again.
    pub until: NaiveDateTime,
}

/// When a round takes answers. Times are UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Empty: not yet opened.
    pub opens_at: Option<NaiveDateTime>,
    /// The first moment at which no new form may be begun.
    pub closes_at: NaiveDateTime,
    /// When the figures were frozen; from then on no form is taken, late or not.
    pub frozen_at: Option<NaiveDateTime>,
    /// When it pauses.
    pub pause: Option<Pause>,
}

/// What a round does with a form at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Not yet.
    NotYet,
    /// Takes it.
    Open,
    /// Takes it if it was begun before the pause.
    Paused,
    /// Takes it if it was begun before closing, and marks it late.
    Grace,
    /// No more.
    Closed,
}

impl Window {
    /// What happens to a form now.
    pub fn gate(&self, now: NaiveDateTime) -> Gate {
        if self.frozen_at.is_some() {
            return Gate::Closed;
        }
        match self.opens_at {
            Some(opens_at) if now >= opens_at => {}
            _ => return Gate::NotYet,
        }
        if now < self.closes_at {
            if self.pause_at(now).is_some() { Gate::Paused } else { Gate::Open }
        } else if now < self.closes_at + GRACE {
            Gate::Grace
        } else {
            Gate::Closed
        }
    }

    /// The pause that is going on now.
    pub fn pause_at(&self, now: NaiveDateTime) -> Option<Pause> {
        self.pause.filter(|pause| pause.since <= now && now < pause.until)
    }

    /// Whether a form may be taken now, given when it was begun; `Some(true)` is late.
    pub fn takes(&self, now: NaiveDateTime, begun: Option<NaiveDateTime>) -> Option<bool> {
        match self.gate(now) {
            Gate::Open => Some(false),
            Gate::Paused => {
                let pause = self.pause_at(now)?;
                begun.is_some_and(|begun| begun < pause.since).then_some(false)
            }
            Gate::Grace if begun.is_some_and(|begun| begun < self.closes_at) => Some(true),
            _ => None,
        }
    }
}

/// Addresses that are pages already: `/manage/rounds/new`, `/analyse/sample-size`.
const RESERVED: [&str; 2] = ["new", "sample-size"];

/// The round's name on the command line and in URLs.
///
/// # Errors
/// A sentence that says what a slug is.
pub fn parse_slug(text: &str) -> Result<String, &'static str> {
    let fine = (3..=48).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    match fine {
        true if RESERVED.contains(&text) => Err("this word is the address of another page; add something to it"),
        true => Ok(text.to_owned()),
        false => Err("a round's short name has 3 to 48 small letters, digits and hyphens"),
    }
}

/// A slug from a title: folded, words joined by hyphens.
pub fn slug_of(title: &str) -> String {
    let folded = crate::vietnamese::fold(title);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut slug = words.join("-");
    slug.truncate(40);
    let slug = slug.trim_end_matches('-').to_owned();
    if slug.len() < 3 || RESERVED.contains(&&*slug) {
        format!("dot-{slug}").trim_end_matches('-').to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::code::Level;
    use crate::survey::templates;
    use crate::survey::unit::Kinds;
    use chrono::NaiveDate;

    fn at(hour: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 5, 7).unwrap().and_hms_opt(hour, 0, 0).unwrap()
    }

    #[test]
    fn a_form_begun_before_closing_is_late_but_taken_for_a_day() {
        let window = Window { opens_at: Some(at(8)), closes_at: at(15), frozen_at: None, pause: None };
        assert_eq!(window.takes(at(7), None), None);
        assert_eq!(window.takes(at(9), None), Some(false));
        assert_eq!(window.takes(at(16), Some(at(14))), Some(true));
        assert_eq!(window.takes(at(16), Some(at(15))), None);
        assert_eq!(window.takes(at(16), None), None);
        assert_eq!(window.takes(at(15) + GRACE, Some(at(14))), None);
    }

    #[test]
    fn a_pause_takes_what_was_begun_before_it_and_ends_by_itself() {
        let pause = Some(Pause { since: at(10), until: at(12) });
        let window = Window { opens_at: Some(at(8)), closes_at: at(15), frozen_at: None, pause };
        assert_eq!(
            (window.gate(at(9)), window.gate(at(10)), window.gate(at(12))),
            (Gate::Open, Gate::Paused, Gate::Open)
        );
        assert_eq!((window.takes(at(11), Some(at(9))), window.takes(at(11), Some(at(10)))), (Some(false), None));
        assert_eq!((window.takes(at(11), None), window.takes(at(13), None)), (None, Some(false)));
        let closed = Window { closes_at: at(11), ..window };
        assert_eq!((closed.gate(at(11)), closed.takes(at(11), Some(at(9)))), (Gate::Grace, Some(true)));
    }

    fn school(levels: &[(Level, i64)]) -> Unit {
        Unit {
            code: "TH-A".parse().unwrap(),
            name: "Trường A".into(),
            kind: Kinds::initial().usual_school().unwrap().clone(),
            school_type: None,
            parent: None,
            professional_parent: None,
            valid_from: NaiveDate::from_ymd_opt(2025, 7, 1).unwrap(),
            valid_to: None,
            enrolment: levels.iter().copied().collect(),
            classes: BTreeMap::new(),
        }
    }

    fn asked(unit: &Unit, codes: &[&str]) -> Vec<(&'static str, Option<i64>)> {
        levels_asked(unit, codes.iter().map(|code| &templates::find(code).unwrap().questionnaire)).into_iter().collect()
    }

    #[test]
    fn only_schools_with_a_level_of_the_questionnaires_are_asked() {
        let both = school(&[(Level::TieuHoc, 700), (Level::Thcs, 500)]);
        assert_eq!(asked(&both, &["hai-long-tieu-hoc"]), [("tieu_hoc", Some(700))]);
        let parents = asked(&both, &["hai-long-tieu-hoc", "hai-long-thcs"]);
        assert_eq!(parents, [("thcs", Some(500)), ("tieu_hoc", Some(700))]);
        assert_eq!(asked(&both, &["hai-long-thpt"]), []);
        assert_eq!(asked(&both, &["lay-y-kien-gio-hoc"]), [("moi_cap", Some(1200))]);
    }

    #[test]
    fn two_questionnaires_of_a_level_count_its_pupils_once_and_expect_two_forms_of_each() {
        let upper = school(&[(Level::Thpt, 900)]);
        assert_eq!(asked(&upper, &["hai-long-thpt", "hai-long-hoc-sinh-thpt"]), [("thpt", Some(900))]);
        assert_eq!(asked(&upper, &["can-bo-giao-vien", "lay-y-kien-gio-hoc"]), [("moi_cap", Some(900))]);
        assert_eq!(asked(&upper, &["can-bo-giao-vien"]), [("moi_cap", None)]);
        let expected = |level, pupils, codes: &[&str]| {
            forms_expected(level, pupils, codes.iter().map(|code| &templates::find(code).unwrap().questionnaire))
        };
        assert_eq!(expected("thpt", Some(900), &["hai-long-thpt", "hai-long-hoc-sinh-thpt"]), Some(1800));
        assert_eq!(expected("thpt", None, &["hai-long-thpt"]), None);
        assert_eq!(expected("moi_cap", Some(900), &["can-bo-giao-vien", "lay-y-kien-gio-hoc"]), None);
        assert_eq!(expected("moi_cap", Some(120), &["can-bo-giao-vien"]), Some(120));
    }

    #[test]
    fn who_are_children_or_staff_is_told_by_the_questionnaires() {
        let staff = &templates::find("can-bo-giao-vien").unwrap().questionnaire;
        let asks = |code: &str| asks_children([&templates::find(code).unwrap().questionnaire]);
        assert!(
            asks("hai-long-hoc-sinh-thpt")
                && asks("hai-long-hoc-vien-gdtx")
                && !asks("hai-long-thpt")
                && !asks("can-bo-giao-vien")
        );
        assert_eq!((minimum_group([staff]), minimum_group([])), (20, 10));
    }

    #[test]
    fn a_goal_is_reached_by_whole_forms() {
        let goal = Goal::new(200).unwrap();
        assert_eq!([goal.forms(9), goal.forms(10), goal.forms(11), goal.forms(1)], [2, 2, 3, 1]);
        assert_eq!([goal.is_met(2, Some(11)), goal.is_met(3, Some(11))], [Some(false), Some(true)]);
        assert_eq!([goal.is_met(3, None), goal.is_met(0, Some(0))], [None, None]);
        assert_eq!([Goal::new(0), Goal::new(1001)], [None, None]);
    }

    #[test]
    fn a_title_becomes_a_slug() {
        assert_eq!(slug_of("Phụ huynh tiểu học, HK2 2026"), "phu-huynh-tieu-hoc-hk2-2026");
        assert!(parse_slug(&slug_of("Đ")).is_ok());
        assert_eq!((slug_of("New!"), parse_slug("new").is_err()), ("dot-new".to_owned(), true));
    }
}
