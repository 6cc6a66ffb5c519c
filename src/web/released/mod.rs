//! What a release says, as pages show it: the same for officers who decide about it and for those who are told.

mod items;
mod names;
mod tables;
mod told;

use actix_web::web::{ServiceConfig, get};
use chrono::NaiveDateTime;

use crate::analysis::interval::{FEW, Sample, Source};
use crate::analysis::method::{Kept, Reach};
use crate::analysis::{Figures, Group, Release, Share, TOTAL, UNIT};
use crate::store::{Db, StoreError, releases};
use crate::tabulation::Tabulation;
use crate::web::method::{ends, method_sentence, reach_label};
use crate::web::words::Words;

pub use self::items::{CellView, ItemView, PartView};
pub use self::names::Names;
pub use self::tables::CrossView;

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config.route("/manage/released", get().to(told::list)).route("/manage/released/{slug}", get().to(told::show));
}

/// A release as it was published.
#[derive(Debug, Clone)]
pub struct Published {
    /// 1, 2, 3, … within the round.
    pub number: i64,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// What it says.
    pub release: Release,
}

/// The newest release of a round; none: nothing is published yet.
///
/// # Errors
/// The database failed, or the release is damaged.
pub fn newest(db: &mut Db, round_id: i64) -> Result<Option<Published>, StoreError> {
    let Some((number, at, content)) = releases::newest(db, round_id)? else { return Ok(None) };
    let release = serde_json::from_str(&content).map_err(|error| StoreError::corrupt("release", error))?;
    Ok(Some(Published { number, at, release }))
}

/// A release for a page; the field `released` of templates that include `web/released/page.html`.
#[derive(Debug)]
pub struct ReleasedView {
    /// Which release of when, and whether it is the last.
    pub made: String,
    /// Whom the figures speak for and how they were worked out; none: the release did not keep it.
    pub method: Option<[String; 2]>,
    /// The forms that count nowhere; none: there are none.
    pub left_out: Option<String>,
    /// What is withheld, and why.
    pub rule: String,
    /// How many groups of each kind are withheld.
    pub kinds: Vec<String>,
    /// One per questionnaire.
    pub sheets: Vec<SheetView>,
    /// The cross-tables.
    pub crosstabs: Vec<CrossView>,
}

/// The results of a questionnaire.
#[derive(Debug)]
pub struct SheetView {
    /// Its title.
    pub title: String,
    /// Whether it asks for satisfaction on the whole.
    pub has_overall: bool,
    /// Its questions over the whole.
    pub parts: Vec<PartView>,
    /// The whole, and what is published of units, levels, channels, strata.
    pub rows: Vec<Line>,
    /// Names of the groups of which nothing is published.
    pub withheld: Vec<String>,
}

/// What was answered about the reader's own unit.
#[derive(Debug)]
struct OwnView {
    /// The title of the questionnaire.
    title: String,
    /// Its questions.
    parts: Vec<PartView>,
}

/// The figures of a group.
#[derive(Debug)]
pub struct Line {
    /// The group's name.
    pub name: String,
    /// What it is a group of; empty for the whole.
    pub kind: String,
    /// Forms, mean of the overall question and its two best levels.
    pub figures: [String; 3],
    /// How many of the questions are withheld in this group; none: no question is.
    pub hidden: Option<String>,
}

impl ReleasedView {
    /// A release in a reader's words.
    pub fn new(published: &Published, round: &Tabulation, words: Words) -> Self {
        let (release, names) = (&published.release, Names { round, words });
        let method = published.release.method.as_ref().and_then(Kept::read);
        let printer = Printer { names, sample: method.and_then(|method| drawn(method.reach)) };
        let made = [("number", words.number(published.number)), ("day", words.moment(published.at))];
        let kind = if release.interim { "released-interim" } else { "released-closing" };
        Self {
            made: words.fill(kind, made),
            method: method.map(|method| [reach_label(words, &method), method_sentence(words, &method)]),
            left_out: left_out(release, words),
            rule: words.with("released-rule", "k", release.k),
            kinds: kinds(release, words),
            sheets: release.questionnaires.iter().map(|sheet| sheet_view(sheet, &printer)).collect(),
            crosstabs: release.crosstabs.iter().map(|table| CrossView::new(table, release.k, &names)).collect(),
        }
    }
}

/// The answers of one unit, as far as they are published: one for each questionnaire that has some.
fn of_unit(published: &Published, round: &Tabulation, unit: &str, words: Words) -> Vec<OwnView> {
    let names = Names { round, words };
    let method = published.release.method.as_ref().and_then(Kept::read);
    let printer = Printer { names, sample: method.and_then(|method| drawn(method.reach)) };
    let own = |sheet: &crate::analysis::Sheet| {
        let table = sheet.tables.iter().find(|table| table.by == UNIT)?;
        let group = table.groups.iter().find(|group| group.key == unit)?;
        let parts = items::of_group(sheet, group, &printer);
        (!parts.is_empty()).then(|| OwnView { title: names.sheet(&sheet.code, sheet.version), parts })
    };
    published.release.questionnaires.iter().filter_map(own).collect()
}

/// The forms that rules left out of every figure.
fn left_out(release: &Release, words: Words) -> Option<String> {
    let rule = |excluded: &crate::analysis::Excluded| {
        let forms = i64::try_from(excluded.forms).unwrap_or(i64::MAX);
        let name = words.say(&format!("quality-{}", excluded.rule));
        words.fill("released-left-out-rule", [("rule", name), ("n", words.number(forms))])
    };
    let rules: Vec<String> = release.excluded.iter().map(rule).collect();
    (!rules.is_empty()).then(|| words.with("released-left-out", "rules", rules.join("; ")))
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// How many groups of the round's own tables are withheld, kind by kind.
fn kinds(release: &Release, words: Words) -> Vec<String> {
    let tables = release.tables.iter().filter(|table| table.by != TOTAL && table.groups.len() > 1);
    let sentence = |table: &crate::analysis::Table| {
        let hidden = table.groups.iter().filter(|group| group.suppressed).count();
        let values = [
            ("kind", Names::kind(&table.by, words)),
            ("hidden", words.number(count(hidden))),
            ("all", words.number(count(table.groups.len()))),
        ];
        words.fill(if hidden == 0 { "released-none-hidden" } else { "released-hidden" }, values)
    };
    tables.map(sentence).collect()
}

fn sheet_view(sheet: &crate::analysis::Sheet, printer: &Printer<'_>) -> SheetView {
    let names = &printer.names;
    let form = names.form(&sheet.code, sheet.version);
    let name = |by: &str, group: &Group| match by {
        TOTAL => names.words.say("released-whole"),
        by => names.key(form, by, &group.key),
    };
    let (mut rows, mut withheld) = (Vec::new(), Vec::new());
    for (by, group) in sheet.tables.iter().flat_map(|table| table.groups.iter().map(|group| (table.by.as_str(), group)))
    {
        match &group.figures {
            None => withheld.push(name(by, group)),
            Some(shown) => rows.push(Line {
                name: name(by, group),
                kind: if by == TOTAL { String::new() } else { names.rows(form, by) },
                hidden: hidden(shown, names.words),
                figures: figures(shown, printer),
            }),
        }
    }
    SheetView {
        title: names.sheet(&sheet.code, sheet.version),
        has_overall: form.is_some_and(|form| form.questionnaire.overall.is_some()),
        parts: items::parts(sheet, printer),
        rows,
        withheld,
    }
}

/// What prints figures: names, and the sample that was drawn.
struct Printer<'a> {
    names: Names<'a>,
    sample: Option<Sample>,
}

impl Printer<'_> {
    /// A share with where it is with 95 %, if a sample was drawn and enough of it answered.
    fn share(&self, share: &Share) -> String {
        let (words, percent) = (self.names.words, self.names.words.per_cent(&share.percent));
        let sample = self.sample.filter(|_| share.n >= FEW);
        match sample.and_then(|sample| sample.share(share.k, share.n)) {
            Some(interval) => format!("{percent} ({})", ends(words, interval)),
            None => percent,
        }
    }
}

/// The simple sample of a round. How many pupils there were when it was published is not kept, so they are taken as very many.
fn drawn(reach: Reach) -> Option<Sample> {
    reach.sample(Source { n: 0, pupils: None, cells: usize::MAX }).ok()
}

fn figures(figures: &Figures, printer: &Printer<'_>) -> [String; 3] {
    let words = printer.names.words;
    let n = words.number(i64::try_from(figures.n).unwrap_or(i64::MAX));
    match &figures.overall {
        Some(overall) => [n, words.decimal(&overall.mean.mean), printer.share(&overall.top_two_box)],
        None => [n, words.say("released-withheld"), words.say("released-withheld")],
    }
}

/// How many questions of a group are withheld.
fn hidden(figures: &Figures, words: Words) -> Option<String> {
    let hidden = figures.questions.iter().filter(|question| question.suppressed).count();
    let values = [("hidden", words.number(count(hidden))), ("all", words.number(count(figures.questions.len())))];
    (hidden > 0).then(|| words.fill("released-questions-hidden", values))
}
