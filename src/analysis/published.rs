//! What a release has told, and of whom.

use super::group::GroupId;
use super::release::{Figures, Group, Release};

/// The groups a release shows, in its own order of questionnaires, which is the round's.
pub(super) fn published_groups(release: &Release) -> Vec<GroupId> {
    let round = release.tables.iter().map(|table| (None, table));
    let sheets = release.questionnaires.iter().enumerate();
    let sheets = sheets.flat_map(|(position, sheet)| sheet.tables.iter().map(move |table| (Some(position), table)));
    let mut groups = Vec::new();
    for (questionnaire, table) in round.chain(sheets) {
        let open = table.groups.iter().filter(|group| !group.suppressed);
        groups.extend(open.map(|group| GroupId::new(questionnaire, &table.by, &group.key)));
    }
    groups
}

/// The groups in which a release shows one of these questions: a question and those that depend on it.
/// The table by a question says by its keys what everybody in it answered.
pub(super) fn published_question(release: &Release, sheet: usize, codes: &[&str]) -> Vec<GroupId> {
    let tables = release.questionnaires.get(sheet).map(|sheet| sheet.tables.as_slice());
    let mut groups = Vec::new();
    for table in tables.unwrap_or_default() {
        let own = codes.first().is_some_and(|code| *code == table.by);
        let shows = |group: &&Group| group.figures.as_ref().is_some_and(|figures| own || shows(figures, codes));
        let open = table.groups.iter().filter(shows);
        groups.extend(open.map(|group| GroupId::new(Some(sheet), &table.by, &group.key)));
    }
    groups
}

fn shows(figures: &Figures, codes: &[&str]) -> bool {
    figures.questions.iter().any(|question| codes.contains(&question.code.as_str()) && !question.suppressed)
}
