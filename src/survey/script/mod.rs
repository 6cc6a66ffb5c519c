//! What the script of the form is told, as JSON: the same expressions, so that it can show, hide and work out at once.
//!
//! The server decides all the same. Attributes of a question: `data-when` (its condition and its section's), `data-need` (when
//! it is required), `data-only` (`[choice_filter, {code: properties}]`). Of the form: `data-logic`, see [`Route::logic`]. Of a
//! field, where its `inputmode` or type does not tell how it is read: `data-read`. `public/form/logic.js` reads them.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::answer::{Answer, Slot};
use super::expression::{Answers, Value};
use super::pipe;
use super::question::{OTHER, Question, Required, Rule};
use super::questionnaire::{Questionnaire, Section};
use super::route::Route;
use super::text::Text;

/// When a question is asked: its own condition and its section's.
pub fn when(questionnaire: &Questionnaire, question: &Question) -> Option<Json> {
    let section = questionnaire.sections.get(question.section).and_then(|section| section.relevant.as_ref());
    let both: Vec<Json> = section.into_iter().chain(&question.relevant).map(tree).collect();
    match both.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [one, two, ..] => Some(json!(["and", one, two])),
    }
}

/// When an answer is needed, where that depends.
pub fn need(question: &Question) -> Option<Json> {
    match &question.required {
        Required::When(rule) => Some(tree(rule)),
        Required::Never | Required::Always => None,
    }
}

/// Which choices are offered, with the properties that the filter looks at.
pub fn only(question: &Question) -> Option<Json> {
    let rule = question.choice_filter.as_ref()?;
    let choices: Map<String, Json> =
        question.kind.choices().iter().map(|choice| (choice.code.clone(), json!(choice.attributes))).collect();
    Some(json!([tree(rule), choices]))
}

fn tree(rule: &Rule) -> Json {
    rule.expression.to_json()
}

impl Route<'_> {
    /// What the script needs to know about a page besides its questions, for the form's `data-logic`; none where nothing hangs
    /// on anything.
    ///
    /// `{"known": {code: answer}, "calc": [[code, expression], …], "labels": {code: {choice: label}}, "now": "…"}`: answers given
    /// on other pages, calculations in the order in which they can be done, labels that are shown or asked for, and the moment,
    /// each only where something on this page looks at it.
    pub fn logic(&self) -> Option<String> {
        let wanted = Wanted::by(self);
        let mut logic = Map::new();
        let mut put = |name: &str, part: Map<String, Json>| {
            if !part.is_empty() {
                logic.insert(name.to_owned(), Json::Object(part));
            }
        };
        put("known", wanted.answers.iter().flat_map(|place| self.known(*place)).collect());
        put("labels", wanted.labels.iter().map(|place| self.labels(*place)).collect());
        let calculations: Vec<Json> = self.calculations(&wanted.calculations).collect();
        if !calculations.is_empty() {
            logic.insert("calc".to_owned(), calculations.into());
        }
        if self.questionnaire.script_functions() {
            logic.insert("now".to_owned(), self.occasion.now.format("%Y-%m-%dT%H:%M:%S").to_string().into());
        }
        let any_rule = self.questionnaire.rules().next().is_some();
        (any_rule || !logic.is_empty()).then(|| Json::Object(logic).to_string())
    }

    fn known(&self, place: usize) -> Vec<(String, Json)> {
        let code = &self.questionnaire.questions[place].code;
        let value = match self.get(place) {
            Value::Empty => return Vec::new(),
            Value::Text(text) => json!(text),
            Value::Number(number) => json!(number),
            Value::Boolean(holds) => json!(holds),
            Value::Choices(codes) => json!(codes),
        };
        let mut known = vec![(code.clone(), value)];
        if let Some(Answer::Other(typed)) = self.slots().get(place).and_then(Slot::answer) {
            known.push((format!("{code}_{OTHER}"), json!(typed)));
        }
        known
    }

    fn labels(&self, place: usize) -> (String, Json) {
        let question = &self.questionnaire.questions[place];
        let lang = self.occasion.lang;
        let known = question.kind.choices().iter().chain(question.kind.scale()).map(|choice| choice.code.as_str());
        let codes = known.chain(question.kind.not_applicable());
        let named = codes.filter_map(|code| Some((code.to_owned(), json!(question.kind.label(code)?.get(lang)))));
        (question.code.clone(), Json::Object(named.collect()))
    }

    fn calculations(&self, wanted: &BTreeSet<usize>) -> impl Iterator<Item = Json> {
        self.questionnaire.order.iter().filter(|place| wanted.contains(place)).filter_map(|place| {
            let question = &self.questionnaire.questions[*place];
            let calculation = tree(question.calculation.as_ref()?);
            let calculation = match when(self.questionnaire, question) {
                Some(when) => json!(["if", when, calculation, ["text", ""]]),
                None => calculation,
            };
            Some(json!([question.code, calculation]))
        })
    }
}

/// What the questions of a page look at.
#[derive(Default)]
struct Wanted {
    answers: BTreeSet<usize>,
    calculations: BTreeSet<usize>,
    labels: BTreeSet<usize>,
}

impl Wanted {
    fn by(route: &Route<'_>) -> Self {
        let mut wanted = Self::default();
        let questions = route.questionnaire.questions.iter().enumerate();
        for (_, question) in questions.filter(|(place, _)| route.is_on_page(*place)) {
            wanted.all_of(route, question);
            wanted.texts(route, std::iter::once(&question.label).chain(&question.hint));
        }
        let is_on_page = |section: &&Section| section.questions.clone().any(|place| route.is_on_page(place));
        let titles = route.questionnaire.sections.iter().filter(is_on_page).map(|section| &section.title);
        wanted.texts(route, titles);
        wanted
    }

    fn all_of(&mut self, route: &Route<'_>, question: &Question) {
        let section = route.questionnaire.sections.get(question.section).and_then(|section| section.relevant.as_ref());
        for rule in section.into_iter().chain(question.rules()) {
            rule.expression.references().for_each(|code| self.answer(route, code));
            let labelled = rule.expression.choice_names().filter_map(|code| route.questionnaire.place(code));
            self.labels.extend(labelled);
        }
    }

    fn answer(&mut self, route: &Route<'_>, code: &str) {
        let Some(place) = route.questionnaire.place(code) else { return };
        let question = &route.questionnaire.questions[place];
        if question.calculation.is_none() {
            if !route.is_on_page(place) {
                self.answers.insert(place);
            }
        } else if self.calculations.insert(place) {
            self.all_of(route, question);
        }
    }

    fn texts<'t>(&mut self, route: &Route<'_>, texts: impl Iterator<Item = &'t Text>) {
        for code in texts.flat_map(|text| pipe::answers(text.get(route.occasion.lang))) {
            self.answer(route, code);
            let place = route.questionnaire.place(code);
            self.labels.extend(place.filter(|place| route.questionnaire.questions[*place].kind.has_labels()));
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
pub(crate) mod typed;
