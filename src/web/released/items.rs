//! Every question of a questionnaire as it was published of the whole, domain by domain.

use super::{Names, Printer};
use crate::analysis::{Answers, Group, Measured, Question, Questionnaire, Sheet, TOTAL};
use crate::catalogue::Published;
use crate::web::words::Words;

/// A domain, or the questions that belong to none.
#[derive(Debug)]
pub struct PartView {
    /// Its name.
    pub title: String,
    /// Its questions.
    pub rows: Vec<ItemView>,
}

/// A question.
#[derive(Debug)]
pub struct ItemView {
    /// With its code, where readers know it.
    pub label: String,
    /// How many answered, and what they gave on average; that it is withheld; or that only its answers are counted.
    pub said: String,
    /// Its answers; none where it is withheld or only counted.
    pub cells: Vec<CellView>,
}

/// An answer.
#[derive(Debug)]
pub struct CellView {
    /// What it says.
    pub label: String,
    /// How many gave it.
    pub count: String,
    /// `43,7 %` of those who answered.
    pub percent: String,
    /// The same of a thousand, for a bar.
    pub tenths: u64,
}

/// The questions of a questionnaire over the whole; nothing where the whole is withheld.
pub(super) fn parts(sheet: &Sheet, printer: &Printer<'_>) -> Vec<PartView> {
    let whole = sheet.tables.iter().find(|table| table.by == TOTAL).and_then(|table| table.groups.first());
    whole.map(|group| of_group(sheet, group, printer)).unwrap_or_default()
}

/// The same over one of its groups.
pub(super) fn of_group(sheet: &Sheet, group: &Group, printer: &Printer<'_>) -> Vec<PartView> {
    let names = &printer.names;
    let Some(figures) = &group.figures else { return Vec::new() };
    let asked = names.round.questionnaires.iter().find(|one| one.code == sheet.code && one.version == sheet.version);
    let (form, mut parts) = (names.form(&sheet.code, sheet.version).map(|form| &**form), Vec::new());
    let mut left: Vec<&Question> = figures.questions.iter().collect();
    for index in asked.into_iter().flat_map(|asked| &asked.indices) {
        let (own, rest) = left.into_iter().partition(|question| index.questions.contains(&question.code));
        left = rest;
        parts.push(part(names.domain(form, &index.code), own, asked, printer, sheet));
    }
    let rest = if parts.is_empty() { "released-items" } else { "items-others" };
    parts.push(part(names.words.say(rest), left, asked, printer, sheet));
    parts.into_iter().filter(|part| !part.rows.is_empty()).collect()
}

fn part(
    title: String,
    questions: Vec<&Question>,
    asked: Option<&Questionnaire>,
    printer: &Printer<'_>,
    sheet: &Sheet,
) -> PartView {
    let names = &printer.names;
    let form = names.form(&sheet.code, sheet.version);
    let row = |question: &Question| {
        let measured = asked.and_then(|asked| asked.questions.iter().find(|one| one.code == question.code));
        ItemView {
            label: names.question(form, &question.code),
            said: said(question, printer),
            cells: question
                .answers
                .iter()
                .flat_map(|answers| cells(answers, question, measured, names, form))
                .collect(),
        }
    };
    PartView { title, rows: questions.into_iter().map(row).collect() }
}

fn cells(
    answers: &Answers,
    question: &Question,
    measured: Option<&Measured>,
    names: &Names<'_>,
    form: Option<&std::sync::Arc<Published>>,
) -> Vec<CellView> {
    let is_ranked = measured.is_some_and(|measured| measured.is_ranked());
    let label = |code: &str| match code.rsplit_once(':').filter(|_| is_ranked) {
        Some((item, place)) => {
            let values = [("item", names.answer(form, &question.code, item)), ("place", place.to_owned())];
            names.words.fill("released-place", values)
        }
        None => names.words.range(&names.answer(form, &question.code, code)),
    };
    let cell = |cell: &crate::analysis::Cell| CellView {
        label: label(&cell.code),
        count: number(names.words, cell.n),
        percent: names.words.per_cent(&cell.percent),
        tenths: (cell.n * 1000).checked_div(answers.answered).unwrap_or(0),
    };
    answers.distribution.iter().map(cell).collect()
}

/// What stands beside the question, in one line.
fn said(question: &Question, printer: &Printer<'_>) -> String {
    let words = printer.names.words;
    let Some(answers) = &question.answers else { return words.say("released-item-withheld") };
    let mut parts = vec![words.with("figure-answered", "n", number(words, answers.answered))];
    if answers.not_applicable > 0 {
        parts.push(words.with("released-none-of-it", "n", number(words, answers.not_applicable)));
    }
    if let Some(mean) = &answers.mean {
        parts.push(words.with("figure-mean-of", "mean", words.decimal(&mean.mean)));
    }
    if let Some(share) = &answers.top_two_box {
        parts.push(words.with("released-best-two", "share", printer.share(share)));
    }
    if answers.distribution.is_empty() && answers.mean.is_none() {
        parts.push(words.say("released-only-counted"));
    }
    parts.join(" · ")
}

fn number(words: Words, n: u64) -> String {
    words.number(i64::try_from(n).unwrap_or(i64::MAX))
}
