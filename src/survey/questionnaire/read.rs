//! From the file's shape to a [`Questionnaire`], reporting every mistake on the way.

use std::collections::HashMap;

use super::super::expression::{Expression, Type};
use super::super::question::{KindName, Question, Rule, build};
use super::super::text::Lang;
use super::file::{Given, IndexFile, QuestionFile, QuestionnaireFile, SectionFile};
use super::mistake::{Finder, Mistake, Mistakes};
use super::scale::Scales;
use super::{Index, Questionnaire, Section};

/// Names that the form and the exports use themselves.
const TAKEN: [&str; 11] = [
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

/// What has been read so far: expressions may only look back.
#[derive(Default)]
struct Draft {
    sections: Vec<Section>,
    questions: Vec<Question>,
    places: HashMap<String, usize>,
}

impl Draft {
    fn section(&mut self, file: &SectionFile, scales: &Scales, at: Finder<'_>) {
        at.no_others(&file.unknown);
        let code = name(&file.code, &at);
        if code.as_ref().is_some_and(|code| self.sections.iter().any(|known| known.code == *code)) {
            at.child("code").report("another section has this code".to_owned());
        }
        let title = at.text(&file.title, "title");
        let relevant = self.rule(&file.relevant, "relevant", None, &at);
        let start = self.questions.len();
        at.required(&file.questions, "questions");
        for (at, question) in at.list(&file.questions, "questions") {
            self.question(question, scales, at);
        }
        if let (Some(code), Some(title)) = (code, title) {
            self.sections.push(Section { code, title, relevant, questions: start..self.questions.len() });
        }
    }

    fn question(&mut self, file: &QuestionFile, scales: &Scales, mut at: Finder<'_>) {
        at.no_others(&file.unknown);
        let code = name(&file.code, &at).filter(|code| self.is_free(code, &at));
        let label = at.text(&file.label, "label");
        let hint = at.optional_text(&file.hint, "hint");
        let required = at.optional(&file.required, "required").copied().unwrap_or(false);
        let constraint_message = at.optional_text(&file.constraint_message, "constraint_message");
        let relevant = self.rule(&file.relevant, "relevant", None, &at);
        let Some(kind_name) = at.required(&file.kind, "kind").copied() else { return };
        only_its_own(file, kind_name, &at);
        let kind = build(kind_name)(file, scales, &mut at);
        let own = kind.as_ref().and_then(|kind| kind.value_type());
        let constraint = self.rule(&file.constraint, "constraint", own, &at);
        let (Some(code), Some(label), Some(kind)) = (code, label, kind) else { return };
        self.places.insert(code.clone(), self.questions.len());
        self.questions.push(Question {
            code,
            section: self.sections.len(),
            label,
            hint,
            required,
            relevant,
            constraint,
            constraint_message,
            kind_name,
            kind,
            withheld: false,
        });
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

    fn rule(&self, given: &Given<String>, property: &str, own: Option<Type>, at: &Finder<'_>) -> Option<Rule> {
        let text = at.optional(given, property)?;
        let here = at.child(property);
        let expression = match Expression::parse(text) {
            Ok(expression) => expression,
            Err(error) => {
                here.report(error.to_string());
                return None;
            }
        };
        let scope = |code: &str| self.places.get(code).and_then(|place| self.questions[*place].kind.value_type());
        match expression.check(&scope, own) {
            Ok(Type::Boolean) => {}
            Ok(other) => here.report(format!("this gives {other}, but a condition is needed, such as ${{A1}} = '5'")),
            Err(error) => {
                here.report(format!("{error} (expressions may only look at earlier questions)"));
                return None;
            }
        }
        let compiled = expression.compile(&|code| self.places.get(code).copied());
        Some(Rule { expression, compiled })
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

/// The code of a section, question or index.
fn name(given: &Given<String>, at: &Finder<'_>) -> Option<String> {
    let code = at.required(given, "code")?;
    let mut bytes = code.bytes();
    let fine = code.len() <= 32
        && bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !fine {
        at.child("code").report(format!("{code:?} must be 1 to 32 letters a–z, digits or _, beginning with a letter"));
        return None;
    }
    Some(code.clone())
}

/// Reports properties that this kind does not read.
fn only_its_own(file: &QuestionFile, kind: KindName, at: &Finder<'_>) {
    use KindName::{Image, Integer, Range, Rating, SelectMultiple, SelectOne, Text};
    let answered = [Rating, SelectOne, SelectMultiple, Integer, Range, Text];
    let rules: [(&str, bool, &[KindName]); 11] = [
        ("scale", file.scale.is_given(), &[Rating]),
        ("choices", file.choices.is_given(), &[SelectOne, SelectMultiple]),
        ("or_other", file.or_other.is_given(), &[SelectOne]),
        ("min", file.min.is_given(), &[Integer, Range]),
        ("max", file.max.is_given(), &[Integer, Range, Image]),
        ("step", file.step.is_given(), &[Range]),
        ("appearance", file.appearance.is_given(), &[Text]),
        ("max_length", file.max_length.is_given(), &[Text]),
        ("required", file.required.is_given(), &answered),
        ("constraint", file.constraint.is_given(), &answered),
        ("constraint_message", file.constraint_message.is_given(), &answered),
    ];
    for (property, given, kinds) in rules {
        if given && !kinds.contains(&kind) {
            let fitting = kinds.iter().map(|k| k.code()).collect::<Vec<_>>().join(", ");
            at.child(property).report(format!("a question of kind {kind} has no {property:?} (only {fitting})"));
        }
    }
}
