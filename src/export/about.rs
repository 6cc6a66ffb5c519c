//! What a reader of a file must know besides its columns: of what it is, what was left out, who made it when.

use chrono::NaiveDate;

use super::Rows;
use crate::analysis::method::Reach;
use crate::survey::question::Phrases;

/// Who makes a file, when, and in which words.
#[derive(Clone, Copy)]
pub struct Occasion<'a> {
    /// The day, in Việt Nam. Never the time.
    pub today: NaiveDate,
    /// The person or program.
    pub maker: &'a str,
    /// The office that asked.
    pub owner: &'a str,
    /// What the codebook's sentences are written in.
    pub phrases: &'a dyn Phrases,
}

/// The lines of the sheet “about”: what each is called, and what it says.
pub(super) fn lines(rows: &Rows, occasion: &Occasion<'_>, written: u64) -> Vec<(String, String)> {
    let phrases = occasion.phrases;
    let name = |name: &str| phrases.say(&format!("export-about-{name}"));
    let mut lines = vec![
        (name("round"), format!("{} ({})", rows.round.title, rows.round.slug)),
        (name("owner"), occasion.owner.to_owned()),
        (name("selection"), rows.selection.clone()),
        (name("made"), format!("{} – {}", occasion.today.format("%d/%m/%Y"), occasion.maker)),
        (name("rows"), written.to_string()),
    ];
    lines.extend(rows.excluded.in_words(phrases).map(|said| (name("excluded"), said)));
    if written == 0 {
        lines.push((String::new(), phrases.say("export-about-none")));
    }
    let rule = |rule: &str| (name(rule), name(&format!("{rule}-text")));
    lines.extend([
        (name("values"), values(rows, phrases)),
        rule("order"),
        (name("sample"), sample(rows, phrases)),
        rule("licence"),
    ]);
    lines
}

/// What empty cells and the codes for “not answered” say; columns that have another code than -9 are named.
pub(super) fn values(rows: &Rows, phrases: &dyn Phrases) -> String {
    let unusual = rows.variables.iter().filter(|variable| !variable.no_answer.is_usual());
    let named: Vec<String> =
        unusual.map(|variable| format!("{}: {}", variable.name, variable.no_answer.code())).collect();
    let usual = phrases.say("export-about-values-text");
    match named.is_empty() {
        true => usual,
        false => format!("{usual} {}", phrases.with("export-about-values-other", "columns", named.join(", "))),
    }
}

/// For whom the forms speak: it depends on how people were reached.
pub(super) fn sample(rows: &Rows, phrases: &dyn Phrases) -> String {
    let said = phrases.say(match rows.reach {
        Reach::OpenLink => "export-about-sample-open",
        Reach::Everybody => "export-about-sample-everybody",
        Reach::Drawn(_) => "export-about-sample-drawn",
    });
    match rows.basis.is_empty() {
        true => said,
        false => format!("{said} {}", phrases.with("method-basis-said", "basis", rows.basis.clone())),
    }
}
