//! One kind of table of a release, as a document or as rows of a CSV file.

use serde::{Deserialize, Serialize};

use super::release::{Figures, Group, Index, Question, Release, Table};
use super::score::Share;

/// The tables of one kind: of the round, and of each questionnaire that has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The smallest group shown, in submissions.
    pub k: u64,
    /// `total`, `unit`, `level`, `channel` or the code of a stratum.
    pub by: String,
    /// The round over all questionnaires; empty for a stratum.
    pub round: Vec<Group>,
    /// One per questionnaire.
    pub questionnaires: Vec<SheetView>,
}

/// The table of one questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetView {
    /// The questionnaire's code.
    pub code: String,
    /// The version that was answered.
    pub version: u32,
    /// The rows of the table.
    pub groups: Vec<Group>,
}

impl Release {
    /// The tables of one kind; nothing if the release has none.
    pub fn view(&self, by: &str) -> Option<View> {
        let round = groups(&self.tables, by).unwrap_or_default();
        let sheets = self.questionnaires.iter().filter_map(|sheet| {
            let groups = groups(&sheet.tables, by)?;
            Some(SheetView { code: sheet.code.clone(), version: sheet.version, groups })
        });
        let questionnaires: Vec<SheetView> = sheets.collect();
        let found = !round.is_empty() || !questionnaires.is_empty();
        found.then(|| View { k: self.k, by: by.to_owned(), round, questionnaires })
    }
}

fn groups(tables: &[Table], by: &str) -> Option<Vec<Group>> {
    tables.iter().find(|table| table.by == by).map(|table| table.groups.clone())
}

/// The columns of [`View::csv`].
pub const COLUMNS: [&str; 7] = ["by", "key", "questionnaire", "version", "question", "measure", "value"];

/// One figure.
pub type CsvRow = [String; 7];

impl View {
    /// The figures in long format, one a row, under [`COLUMNS`]; quoting, delimiter and decimal sign
    /// are the writer's.
    ///
    /// `questionnaire` and `version` are empty for the round, `question` (a question's or an index's
    /// code) is empty for figures of the group. A suppressed group, question or index has one row:
    /// measure `suppressed`, value `1`. A share has a row for `k` and one in per cent; `choice:CODE`
    /// counts submissions.
    pub fn csv(&self) -> Vec<CsvRow> {
        let mut rows = Vec::new();
        let mut table = |questionnaire: &str, version: &str, groups: &[Group]| {
            for group in groups {
                rows.extend(figures_of(group).into_iter().map(|(question, measure, value)| {
                    let place = [&self.by, group.key.as_str(), questionnaire, version];
                    let [by, key, questionnaire, version] = place.map(str::to_owned);
                    [by, key, questionnaire, version, question, measure, value]
                }));
            }
        };
        table("", "", &self.round);
        for sheet in &self.questionnaires {
            table(&sheet.code, &sheet.version.to_string(), &sheet.groups);
        }
        rows
    }
}

/// Question, measure, value.
type Figure = (String, String, String);

/// The figures of one group, one question at a time.
#[derive(Default)]
struct List {
    question: String,
    figures: Vec<Figure>,
}

impl List {
    fn push(&mut self, measure: &str, value: impl ToString) {
        self.figures.push((self.question.clone(), measure.to_owned(), value.to_string()));
    }

    fn push_share(&mut self, measure: &str, share: Option<&Share>) {
        if let Some(share) = share {
            self.push(&format!("{measure}_k"), share.k);
            self.push(&format!("{measure}_percent"), &share.percent);
        }
    }
}

fn figures_of(group: &Group) -> Vec<Figure> {
    let mut list = List::default();
    match &group.figures {
        None => list.push("suppressed", 1),
        Some(figures) => list_figures(&mut list, figures),
    }
    list.figures
}

fn list_figures(list: &mut List, figures: &Figures) {
    list.push("n", figures.n);
    if let Some(eligible) = figures.eligible {
        list.push("eligible", eligible);
    }
    list.push_share("response_rate", figures.response_rate.as_ref());
    if let Some(expectation) = &figures.expectation {
        list.push("expectation_n", expectation.n);
        list.push("expectation_mean", &expectation.mean);
        list.push_share("expectation_share80", expectation.share80.as_ref());
    }
    figures.questions.iter().for_each(|question| list_question(list, question));
    figures.indices.iter().for_each(|index| list_index(list, index));
}

fn list_question(list: &mut List, question: &Question) {
    list.question.clone_from(&question.code);
    let Some(answers) = &question.answers else {
        return list.push("suppressed", 1);
    };
    list.push("asked", answers.asked);
    list.push("answered", answers.answered);
    list.push("not_applicable", answers.not_applicable);
    for cell in &answers.distribution {
        list.push(&format!("choice:{}", cell.code), cell.n);
    }
    if let Some(mean) = &answers.mean {
        list.push("sum", mean.sum);
        if let Some(scaled_by) = mean.scaled_by {
            list.push("scaled_by", scaled_by);
        }
        list.push("mean", &mean.mean);
    }
    list.push_share("top_two_box", answers.top_two_box.as_ref());
}

fn list_index(list: &mut List, index: &Index) {
    list.question.clone_from(&index.code);
    let Some(score) = &index.score else {
        return list.push("suppressed", 1);
    };
    list.push("mean_of_items", &score.mean_of_items);
    list.push("pooled_mean", &score.pooled_mean);
    list.push("top_two_box_of_items", &score.top_two_box_of_items);
    list.push("pooled_answers", score.pooled_top_two_box.n);
    list.push_share("pooled_top_two_box", Some(&score.pooled_top_two_box));
}
