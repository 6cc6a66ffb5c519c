//! From the file's shape to a [`Questionnaire`], reporting every mistake on the way.

use std::collections::{BTreeMap, HashMap};

use super::super::question::{GridRow, KindName, Question, Required, RowOf, room};
use super::super::text::Lang;
use super::file::{Given, IndexFile, QuestionFile, QuestionnaireFile, Requirement, SectionFile};
use super::logic::Logic;
use super::mistake::{Finder, Mistake, Mistakes};
use super::property::{default, name, only_its_own};
use super::scale::Scales;
use super::{Index, Questionnaire, Section, recordings};

/// Names that the form and the exports use themselves.
const TAKEN: [&str; 12] = [
    "total",
    "submission",
    "round",
    "unit",
    "unit_name",
    "level",
    "channel",
    "lang",
    "version",
    "mode",
    "submitted_on",
    "excluded_by",
];

pub(super) fn questionnaire(text: &str) -> Result<Questionnaire, Vec<Mistake>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: QuestionnaireFile = serde_json::from_str(text).map_err(|error| {
        vec![Mistake {
            line: error.line(),
            path: "$".to_owned(),
            message: format!("this is not a questionnaire in JSON: {error}"),
        }]
    })?;
    let mistakes = Mistakes::default();
    let languages = languages(&file, &Finder::new(&mistakes));
    let read = whole(&file, &Finder::new(&mistakes).speaking(&languages), &languages);
    let located = mistakes.located(text);
    match read {
        Some(questionnaire) if located.is_empty() => Ok(questionnaire),
        _ => Err(located),
    }
}

fn languages(file: &QuestionnaireFile, top: &Finder<'_>) -> Vec<Lang> {
    let languages = top.required(&file.languages, "languages").cloned().unwrap_or_default();
    if file.languages.is_given() && languages.first() != Some(&Lang::VI) && !matches!(file.languages, Given::Bad(_)) {
        top.child("languages").report("the first language must be \"vi\"".to_owned());
    }
    languages
}

fn whole(file: &QuestionnaireFile, top: &Finder<'_>, languages: &[Lang]) -> Option<Questionnaire> {
    top.no_others(&file.unknown);
    let code = slug(top, &file.code);
    // what it holds fast is for whoever edits it; a round asks what stands here
    top.optional(&file.based_on, "based_on");
    let instrument = top.required(&file.instrument, "instrument").copied();
    let audience = top.required(&file.audience, "audience").copied();
    let level = top.optional(&file.level, "level").copied();
    let title = top.text(&file.title, "title");
    let purpose = top.optional_text(&file.purpose, "purpose");
    let minutes = top.optional(&file.minutes, "minutes").copied().unwrap_or(5);
    let scales = Scales::read(&file.scales, top);

    let mut draft = Draft::default();
    top.required(&file.sections, "sections");
    for (at, section) in top.list(&file.sections, "sections") {
        draft.section(section, &scales, at);
    }
    if matches!(file.sections, Given::Good(_)) && draft.questions.is_empty() {
        top.child("sections").report("there is no question in it".to_owned());
    }
    let logic = std::mem::take(&mut draft.logic);
    let order = logic.settle(&mut draft.sections, &mut draft.questions, &draft.places);
    let strata = draft.strata(file, top);
    let indices =
        top.list(&file.indices, "indices").into_iter().filter_map(|(at, index)| draft.index(index, &at)).collect();
    let expectation = draft.role(&file.expectation, "expectation", KindName::Range, top);
    let overall = draft.role(&file.overall, "overall", KindName::Rating, top);
    Some(Questionnaire {
        code: code?,
        instrument: instrument?,
        audience: audience?,
        level,
        languages: languages.to_vec(),
        title: title?,
        purpose,
        minutes,
        sections: draft.sections,
        questions: draft.questions,
        order: order?,
        strata,
        indices,
        expectation,
        overall,
        places: draft.places,
    })
}

fn slug(top: &Finder<'_>, given: &Given<String>) -> Option<String> {
    let code = top.required(given, "code")?;
    let fine = (2..=64).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !fine {
        top.child("code").report(format!("{code:?} must be 2 to 64 small letters, digits or hyphens"));
        return None;
    }
    Some(code.clone())
}

/// What has been read so far; what questions say about each other is looked at when all are there.
#[derive(Default)]
struct Draft<'a> {
    sections: Vec<Section>,
    questions: Vec<Question>,
    places: HashMap<String, usize>,
    logic: Logic<'a>,
}

impl<'a> Draft<'a> {
    fn section(&mut self, file: &SectionFile, scales: &Scales, at: Finder<'a>) {
        at.no_others(&file.unknown);
        let code = name(&file.code, &at);
        if code.as_ref().is_some_and(|code| self.sections.iter().any(|known| known.code == *code)) {
            at.child("code").report("another section has this code".to_owned());
        }
        let title = at.text(&file.title, "title");
        self.logic.section(self.sections.len(), file, title.as_ref(), &at);
        let start = self.questions.len();
        at.required(&file.questions, "questions");
        for (at, question) in at.list(&file.questions, "questions") {
            self.question(question, scales, at);
        }
        if let (Some(code), Some(title)) = (code, title) {
            self.sections.push(Section { code, title, relevant: None, questions: start..self.questions.len() });
        }
    }

    fn question(&mut self, file: &QuestionFile, scales: &Scales, at: Finder<'a>) {
        let mut at = at.filtering(file.choice_filter.is_given());
        at.no_others(&file.unknown);
        let code = name(&file.code, &at).filter(|code| self.is_free(code, &at));
        let label = at.text(&file.label, "label");
        let hint = at.optional_text(&file.hint, "hint");
        let audio = recordings::read(&file.audio, at.languages(), &at);
        let constraint_message = at.optional_text(&file.constraint_message, "constraint_message");
        let required = match &file.required {
            Given::Good(Requirement::Plain(true)) => Required::Always,
            _ => Required::Never,
        };
        let kind_name = at.required(&file.kind, "kind").copied();
        let kind = kind_name.and_then(|name| {
            only_its_own(file, name, &at);
            (room(name).build)(file, scales, &mut at)
        });
        let (Some(code), Some(label), Some(kind_name), Some(kind)) = (code, label, kind_name, kind) else {
            return self.logic.broken(file, &at);
        };
        let default = default(file, kind.as_ref(), &at);
        let rows = kind.rows();
        let question = Question {
            code,
            section: self.sections.len(),
            label,
            hint,
            audio,
            required,
            relevant: None,
            constraint: None,
            constraint_message,
            calculation: None,
            choice_filter: None,
            default,
            row: None,
            kind_name,
            kind,
            withheld: false,
        };
        if rows.is_empty() {
            self.logic.question(self.questions.len(), file, &at);
            return self.add(question);
        }
        self.matrix(question, rows, file, &at);
    }

    fn add(&mut self, question: Question) {
        self.places.insert(question.code.clone(), self.questions.len());
        self.questions.push(question);
    }

    /// A heading and its rows as questions: each row is asked when the heading is, and required where that is.
    fn matrix(&mut self, heading: Question, rows: Vec<GridRow>, file: &QuestionFile, at: &Finder<'a>) {
        let code = heading.code.clone();
        let (section, required) = (heading.section, heading.required.clone());
        self.logic.heading(self.questions.len(), file, at);
        self.add(Question { required: Required::Never, ..heading });
        let last = rows.len().saturating_sub(1);
        for (place, row) in rows.into_iter().enumerate() {
            let here = at.child("rows").item(place);
            let Some(own) = name(&Given::Good(row.code), &here).filter(|code| self.is_free(code, &here)) else {
                continue;
            };
            self.logic.row(self.questions.len(), file, at, &here);
            self.add(Question {
                code: own,
                section,
                label: row.label,
                hint: None,
                audio: BTreeMap::new(),
                required: required.clone(),
                relevant: None,
                constraint: None,
                constraint_message: None,
                calculation: None,
                choice_filter: None,
                default: None,
                row: Some(RowOf { heading: code.clone(), is_last: place == last }),
                kind_name: row.kind_name,
                kind: row.kind,
                withheld: false,
            });
        }
    }

    fn is_free(&self, code: &str, at: &Finder<'_>) -> bool {
        // `X_other` is the name of what is typed beside “other” of X
        let twin = code.strip_suffix("_other").is_some_and(|base| self.places.contains_key(base));
        let taken = TAKEN.contains(&code) || twin;
        if taken {
            at.child("code").report(format!("{code:?} is a name that the product uses itself; choose another"));
        }
        if self.places.contains_key(code) {
            at.child("code").report(format!("another question has the code {code:?}"));
        }
        !taken && !self.places.contains_key(code)
    }

    fn find(&self, code: &str, kind: KindName, at: &Finder<'_>) -> Option<usize> {
        match self.places.get(code) {
            Some(place) if self.questions[*place].kind_name == kind => Some(*place),
            Some(_) => {
                at.report(format!("{code:?} must be a question of kind {kind}"));
                None
            }
            None => {
                at.report(format!("there is no question {code:?}"));
                None
            }
        }
    }

    fn strata(&self, file: &QuestionnaireFile, top: &Finder<'_>) -> Vec<usize> {
        let listed = top.list(&file.strata, "strata");
        if listed.len() > 2 {
            top.child("strata")
                .report("at most two strata: more would cut the figures too small to be shown".to_owned());
        }
        listed.into_iter().filter_map(|(at, code)| self.find(code, KindName::SelectOne, &at)).collect()
    }

    fn index(&self, file: &IndexFile, at: &Finder<'_>) -> Option<Index> {
        at.no_others(&file.unknown);
        let code = name(&file.code, at);
        let title = at.optional_text(&file.title, "title");
        at.required(&file.questions, "questions");
        let listed = at.list(&file.questions, "questions");
        let questions = listed.into_iter().filter_map(|(at, code)| self.find(code, KindName::Rating, &at)).collect();
        Some(Index { code: code?, title, questions })
    }

    fn role(&self, given: &Given<String>, property: &str, kind: KindName, top: &Finder<'_>) -> Option<usize> {
        self.find(top.optional(given, property)?, kind, &top.child(property))
    }
}
