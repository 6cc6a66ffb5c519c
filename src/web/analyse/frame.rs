//! What stands around each page of a round: its title, where it stands, and the doors to the other pages.

use chrono::NaiveDateTime;

use crate::store::rounds::RoundRow;
use crate::survey::access::Right;
use crate::web::manage::rounds::Stage;
use crate::web::session::Officer;

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

/// A door to another page of the round.
pub(super) struct Door {
    pub address: String,
    pub label: String,
    pub is_current: bool,
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
        });
        Self {
            slug: round.slug.clone(),
            title: round.title.clone(),
            label: stage.label(words),
            tone: stage.tone(),
            sentence: stage.sentence(round, words),
            current: current.unwrap_or_default(),
            doors: doors.collect(),
        }
    }
}
