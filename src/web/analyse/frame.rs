//! What stands around each page of a round: its title, where it stands, and the doors to the other pages.

use chrono::NaiveDateTime;

use super::filter::Filter;
use crate::store::rounds::RoundRow;
use crate::survey::access::Right;
use crate::tabulation::Tabulation;
use crate::web::manage::rounds::Stage;
use crate::web::session::Officer;
use crate::web::words::Words;

/// A page of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// What came in, from whom, what stands out.
    Overview,
    /// Every question.
    Items,
    /// Units beside each other.
    Units,
    /// Levels beside each other.
    Levels,
    /// Beside earlier rounds.
    Trend,
    /// Weighted by pupils.
    Weights,
    /// What people wrote.
    Open,
    /// How the figures are worked out.
    Method,
    /// One question by another.
    Crosstab,
    /// Forms that may say little, and what is left out.
    Quality,
    /// What is published, and which tables will be.
    Releases,
    /// Single forms as a file.
    Exports,
}

impl Tab {
    /// As they stand beside each other: the last part of the address, the name of the label, what it takes.
    const ALL: &[(Self, &str, &str, Right)] = &[
        (Self::Overview, "", "analyse-overview", Right::Figures),
        (Self::Items, "/items", "analyse-items", Right::Figures),
        (Self::Units, "/units", "analyse-units", Right::Figures),
        (Self::Levels, "/levels", "analyse-levels", Right::Figures),
        (Self::Crosstab, "/crosstab", "analyse-crosstab", Right::Figures),
        (Self::Trend, "/trend", "analyse-trend", Right::Figures),
        (Self::Weights, "/weights", "analyse-weights", Right::Figures),
        (Self::Open, "/open", "analyse-open", Right::Rows),
        (Self::Quality, "/quality", "analyse-quality-tab", Right::Rows),
        (Self::Method, "/method", "analyse-method", Right::Figures),
        (Self::Releases, "/releases", "analyse-releases", Right::Figures),
        (Self::Exports, "/exports", "exports-title", Right::Rows),
    ];
}

impl Tab {
    /// The page to which an address belongs, files and pages below it too: `/analyse/{slug}/units.csv` to that of units.
    pub fn of(pattern: &str) -> Self {
        let below = pattern.strip_prefix("/analyse/{slug}").unwrap_or_default();
        let known = Self::ALL.iter().filter(|(_, path, ..)| below.starts_with(path));
        known.max_by_key(|(_, path, ..)| path.len()).map_or(Self::Overview, |(tab, ..)| *tab)
    }

    /// Whether the page shows a part of the round when its address says so as others do.
    fn takes_filter(self) -> bool {
        matches!(self, Self::Overview | Self::Items | Self::Units | Self::Levels | Self::Weights)
    }
}

/// A door to another page of the round.
pub(super) struct Door {
    pub address: String,
    pub label: String,
    pub is_current: bool,
    tab: Tab,
}

/// The frame; the field `frame` of each page, whose template includes `web/analyse/frame.html`.
pub(super) struct Frame {
    pub slug: String,
    pub title: String,
    pub label: String,
    pub tone: &'static str,
    pub sentence: String,
    /// What this page is called among the doors.
    pub current: String,
    pub doors: Vec<Door>,
    /// What of the round alone is shown; none: all of it.
    pub part: Option<Part>,
    /// Which names of the address the page does not know, as a sentence; none: it knows all of them.
    pub strange: Option<String>,
}

/// A part of a round.
pub(super) struct Part {
    /// What was chosen, in words.
    pub names: String,
    /// The address of the same page without a choice.
    pub whole: String,
}

impl Frame {
    /// The frame of this page of the round.
    pub fn new(officer: &Officer, round: &RoundRow, tab: Tab, now: NaiveDateTime) -> Self {
        let (stage, words) = (Stage::of(round, now), officer.words);
        let current = Tab::ALL.iter().find(|(one, ..)| *one == tab).map(|(_, _, label, _)| words.say(label));
        let open = Tab::ALL.iter().filter(|(_, _, _, right)| officer.may(*right));
        let doors = open.map(|(one, path, label, _)| Door {
            address: format!("/analyse/{}{path}", round.slug),
            label: words.say(label),
            is_current: *one == tab,
            tab: *one,
        });
        Self {
            slug: round.slug.clone(),
            title: round.title.clone(),
            label: stage.label(words),
            tone: stage.tone(),
            sentence: stage.sentence(round, words),
            current: current.unwrap_or_default(),
            doors: doors.collect(),
            part: None,
            strange: None,
        }
    }

    /// The same for a part of the round: the page names it, on paper too, and the doors to pages that can keep it do.
    pub fn of_part(mut self, filter: &Filter, round: &Tabulation, words: Words) -> Self {
        for door in self.doors.iter_mut().filter(|door| door.tab.takes_filter()) {
            door.address.push_str(&filter.query());
        }
        let whole = Filter { unit: None, level: None, channel: None, ..filter.clone() };
        self.part = filter.is_narrow().then(|| Part { names: filter.names(round, words), whole: whole.query() });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Tab;

    #[test]
    fn files_belong_to_the_page_whose_figures_they_hold() {
        let of = |below: &str| Tab::of(&format!("/analyse/{{slug}}{below}"));
        assert_eq!([of(""), of("/lowest.{ending}")], [Tab::Overview; 2]);
        assert_eq!([of("/units"), of("/units/{code}/lowest.{ending}"), of("/units.{ending}")], [Tab::Units; 3]);
        assert_eq!([of("/trend-rounds.csv"), of("/weights.csv")], [Tab::Trend, Tab::Weights]);
    }
}
