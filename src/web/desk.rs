//! The frame around every page of staff.
//!
//! A page extends it: `{% extends "web/desk.html" %}` with the blocks `title`, `content` and, where lines should stay short,
//! `width` (saying `narrow`), and has a field `desk: DeskFrame`.
//! Each form that posts carries `<input type="hidden" name="_csrf" value="{{ desk.csrf }}">`.

use actix_web::HttpRequest;

use crate::store::alerts::MOST_WAITING;
use crate::survey::access::{Grants, Right};
use crate::web::session::{self, Officer};
use crate::web::words::Words;

/// The rooms in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Rounds.
    Rounds,
    /// Campaigns.
    Campaigns,
    /// Questionnaires that the office writes itself.
    Questionnaires,
    /// What is asked about one's own school.
    School,
    /// Units.
    Units,
    /// Forms entered for people who cannot.
    Assist,
    /// Forms on paper.
    Paper,
    /// What rounds found.
    Results,
    /// What is published of it, for those who may read no more.
    Released,
    /// Free texts with words of danger.
    Alerts,
    /// Tokens for programs.
    Tokens,
    /// Who works here, with which roles.
    People,
    /// Who did what.
    Audit,
    /// One's own account.
    Account,
}

impl Room {
    /// As the navigation groups them: each group's title and its rooms.
    const GROUPS: [(&'static str, &'static [Self]); 3] = [
        (
            "desk-group-ask",
            &[
                Self::Rounds,
                Self::School,
                Self::Campaigns,
                Self::Questionnaires,
                Self::Assist,
                Self::Paper,
                Self::Units,
            ],
        ),
        ("desk-group-listen", &[Self::Results, Self::Released, Self::Alerts]),
        ("desk-group-system", &[Self::People, Self::Account, Self::Tokens, Self::Audit]),
    ];

    fn path(self) -> &'static str {
        match self {
            Self::Rounds => "/manage",
            Self::Campaigns => "/manage/campaigns",
            Self::Questionnaires => "/manage/questionnaires",
            Self::School => "/manage/school",
            Self::Units => "/manage/units",
            Self::Assist => "/manage/assist",
            Self::Paper => "/manage/paper",
            Self::Results => "/analyse",
            Self::Released => "/manage/released",
            Self::Alerts => "/manage/alerts",
            Self::Tokens => "/manage/tokens",
            Self::People => "/manage/people",
            Self::Audit => "/manage/audit",
            Self::Account => "/manage/account",
        }
    }

    /// What it takes to enter; none: to be signed in.
    fn right(self) -> Option<Right> {
        match self {
            Self::Rounds | Self::Campaigns => Some(Right::See),
            Self::Questionnaires => Some(Right::Write),
            Self::School | Self::Released => Some(Right::Releases),
            Self::Units => Some(Right::Units),
            Self::Assist | Self::Paper => Some(Right::Assist),
            Self::Results => Some(Right::Figures),
            Self::Alerts => Some(Right::Opinions),
            Self::Tokens => Some(Right::Tokens),
            Self::People | Self::Audit => Some(Right::People),
            Self::Account => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Rounds => "desk-rounds",
            Self::Campaigns => "desk-campaigns",
            Self::Questionnaires => "desk-questionnaires",
            Self::School => "desk-school",
            Self::Units => "desk-units",
            Self::Assist => "desk-assist",
            Self::Paper => "desk-paper",
            Self::Results => "desk-results",
            Self::Released => "desk-released",
            Self::Alerts => "desk-alerts-short",
            Self::Tokens => "desk-tokens",
            Self::People => "desk-people",
            Self::Audit => "desk-audit",
            Self::Account => "desk-account",
        }
    }
}

/// One entry of the navigation.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it leads.
    pub path: &'static str,
    /// What it says.
    pub label: String,
    /// Whether this page belongs to it.
    pub is_current: bool,
    /// How many things wait there.
    pub waiting: Option<String>,
}

/// What the frame needs; the field `desk` of each page.
#[derive(Debug, Clone)]
pub struct DeskFrame {
    /// The language.
    pub words: Words,
    /// Who is signed in.
    pub officer: String,
    /// For which unit.
    pub unit: String,
    /// Carried by each form.
    pub csrf: String,
    /// The room that this page belongs to.
    pub current: Option<Room>,
    /// This page in the other language.
    pub other_language: String,
    /// Where the mark leads.
    pub home: &'static str,
    /// How many opinions wait to be read; of more than [`MOST_WAITING`] it is only known that there are more.
    waiting: i64,
    grants: Grants,
    is_first_page: bool,
}

impl DeskFrame {
    /// The frame for a page of this room.
    pub fn new(request: &HttpRequest, officer: &Officer, current: Room) -> Self {
        Self { current: Some(current), ..Self::in_no_room(request, officer) }
    }

    /// The frame for a page that belongs nowhere.
    pub fn in_no_room(request: &HttpRequest, officer: &Officer) -> Self {
        Self {
            words: officer.words,
            officer: officer.name.clone(),
            unit: officer.unit_name.clone(),
            csrf: officer.csrf.clone(),
            current: None,
            other_language: session::other_language(request),
            home: officer.home(),
            waiting: officer.waiting,
            grants: officer.grants.clone(),
            is_first_page: request.path() == Room::Rounds.path(),
        }
    }

    /// Whether this account may do this anywhere: pages offer nobody what would be refused.
    pub fn may(&self, right: Right) -> bool {
        self.grants.may_somewhere(right)
    }

    /// How many opinions wait for this officer: the closed menu says so.
    pub fn waiting(&self) -> Option<String> {
        let is_many = self.waiting > MOST_WAITING;
        let shown = || if is_many { format!("{MOST_WAITING}+") } else { self.words.number(self.waiting) };
        (self.waiting > 0 && self.may(Right::Opinions)).then(shown)
    }

    /// Where work begins, the frame says what cannot wait.
    pub fn urgent(&self) -> Option<String> {
        let said = || match self.waiting > MOST_WAITING {
            true => self.words.with("desk-urgent-many", "n", MOST_WAITING),
            false => self.words.count("desk-urgent", self.waiting),
        };
        (self.is_first_page && self.waiting > 0).then(said)
    }

    /// The rooms that this officer may enter, in groups with a title.
    pub fn groups(&self) -> Vec<(String, Vec<Entry>)> {
        let is_school = self.grants.nature().is_school();
        // whoever reads figures as they were counted finds there what is published of them
        let fits = |room: Room| match room {
            Room::School => is_school,
            Room::Released => !self.may(Right::Figures),
            _ => true,
        };
        let open = |room: &&Room| room.right().is_none_or(|right| self.may(right)) && fits(**room);
        Room::GROUPS
            .into_iter()
            .map(|(title, rooms)| (self.words.say(title), rooms.iter().filter(open).map(|r| self.entry(*r)).collect()))
            .filter(|(_, rooms): &(_, Vec<_>)| !rooms.is_empty())
            .collect()
    }

    fn entry(&self, room: Room) -> Entry {
        Entry {
            path: room.path(),
            label: self.words.say(room.name()),
            is_current: Some(room) == self.current,
            waiting: self.waiting().filter(|_| room == Room::Alerts),
        }
    }
}
