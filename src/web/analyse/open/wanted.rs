//! What a reader asked for, as it stands in the address.

use serde::Deserialize;

use super::Desk;
use crate::analysis::text::Query;
use crate::reading::{About, Filter, Marks, Split, Texts};
use crate::store::rounds::NamedUnit;
use crate::store::{Db, StoreError, units};
use crate::survey::code::{EVERY_LEVEL, Level};
use crate::survey::opinion::{OpinionKind, Satisfaction};

/// The part of forms that do not say how content they are.
pub(super) const UNSAID: &str = "unsaid";
/// The part of answers that have no theme.
pub(super) const NO_THEME: &str = "none";

/// An address; an empty value chooses nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    pub question: String,
    pub unit: String,
    pub level: String,
    /// Of the form; `lang` is the language of the page.
    pub language: String,
    pub mood: String,
    pub kind: String,
    pub theme: String,
    pub q: String,
    /// By what answers are counted apart.
    pub by: String,
    /// `also`: answers of excluded forms are listed, too.
    pub excluded: String,
    /// `1` is the first.
    pub page: String,
    /// The application that was made just before.
    pub done: String,
}

impl Wanted {
    /// Reads the end of an address that a form carried.
    pub fn read(query: &str) -> Self {
        actix_web::web::Query::<Self>::from_query(query).map(|read| read.into_inner()).unwrap_or_default()
    }

    /// What the address of the page may name.
    pub const NAMES: [&str; 13] = [
        "question", "unit", "level", "language", "mood", "kind", "theme", "q", "by", "excluded", "page", "done", "lang",
    ];

    /// What the address of a file may name besides `masked`: it has no pages, and nothing was done before it.
    pub const NAMES_OF_FILES: [&str; 11] =
        ["question", "unit", "level", "language", "mood", "kind", "theme", "q", "by", "excluded", "lang"];

    fn pairs(&self) -> [(&'static str, &str); 10] {
        [
            ("question", &self.question),
            ("unit", &self.unit),
            ("level", &self.level),
            ("language", &self.language),
            ("mood", &self.mood),
            ("kind", &self.kind),
            ("theme", &self.theme),
            ("q", &self.q),
            ("by", &self.by),
            ("excluded", &self.excluded),
        ]
    }

    /// The end of an address with these values instead of its own; one that is empty is left out. Always the first page.
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.pairs() {
            let value = changes.iter().find(|(changed, _)| *changed == name).map_or(value, |(_, value)| value);
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        for (name, value) in changes.iter().filter(|(name, _)| matches!(*name, "page" | "done" | "masked")) {
            query.append_pair(name, value);
        }
        query.finish()
    }

    /// Whether anything is chosen.
    pub fn chooses(&self) -> bool {
        self.pairs().iter().any(|(name, value)| !matches!(*name, "by" | "excluded") && !value.is_empty())
    }

    /// Whether anything is chosen besides what is searched for.
    pub fn narrows(&self) -> bool {
        self.pairs().iter().any(|(name, value)| !matches!(*name, "by" | "q" | "excluded") && !value.is_empty())
    }

    /// Whether answers of excluded forms are listed, too.
    pub fn is_also(&self) -> bool {
        self.excluded == "also"
    }

    /// The page.
    pub fn page(&self) -> usize {
        self.page.parse::<usize>().unwrap_or(1).max(1)
    }

    /// By what answers are counted apart.
    pub fn split(&self) -> Split {
        match self.by.as_str() {
            "kind" => Split::Kind,
            "level" => Split::Level,
            "lang" => Split::Lang,
            "unit" => Split::Unit,
            _ => Split::Satisfaction,
        }
    }

    /// The filter, and the names of the sentences about what the round does not have, with the codes.
    pub fn filter(&self, db: &mut Db, asked: &[NamedUnit], texts: &Texts, marks: &Marks) -> Result<Read, StoreError> {
        let mut unknown = Vec::new();
        let given = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        let mut check = |sentence, code: &str, is_known: bool| {
            if !code.is_empty() && !is_known {
                unknown.push((sentence, code.to_owned()));
            }
        };
        let lang = self.language.parse().ok();
        let satisfaction = match self.mood.as_str() {
            UNSAID => Some(None),
            code => Satisfaction::from_code(code).map(Some),
        };
        let about = match self.theme.as_str() {
            NO_THEME => Some(About::Nothing),
            code => marks.theme(code).cloned().map(About::Theme),
        };
        let kind = OpinionKind::from_code(&self.kind);
        let has_question =
            |form: &std::sync::Arc<crate::catalogue::Published>| form.questionnaire.place(&self.question).is_some();
        check("voice-no-question", &self.question, texts.forms.iter().any(has_question));
        check("filter-no-level", &self.level, self.level == EVERY_LEVEL || Level::from_code(&self.level).is_some());
        check("voice-no-lang", &self.language, lang.is_some());
        check("voice-no-mood", &self.mood, satisfaction.is_some());
        check("voice-no-kind", &self.kind, kind.is_some());
        check("voice-no-theme", &self.theme, about.is_some());
        let units = match given(&self.unit) {
            None => None,
            Some(code) => {
                let root = units::id_by_code(db, &code)?;
                let mut below = root.map(|root| units::subtree(db, root)).transpose()?.unwrap_or_default();
                below.retain(|id| asked.iter().any(|unit| unit.id == *id));
                check("filter-no-unit", &code, !below.is_empty());
                Some(below)
            }
        };
        let (question, level) = (given(&self.question), given(&self.level));
        let query = Query::parse(&self.q);
        let filter = Filter { question, units, level, lang, satisfaction, kind, about, query };
        Ok(Read { filter, unknown })
    }
}

/// What an address chooses.
pub(super) struct Read {
    pub filter: Filter,
    /// Sentences and codes.
    pub unknown: Vec<(&'static str, String)>,
}

impl Desk {
    /// The unit or office of this code.
    pub(super) fn unit(&self, id: i64) -> Option<&NamedUnit> {
        self.units.iter().find(|unit| unit.id == id)
    }
}
