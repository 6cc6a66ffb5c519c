//! `/analyse/sample-size`: how many forms are enough, by the rule that officers quote and by the exact one, side by side; for
//! each school of a round where one is chosen. All of it stands in the address, so it works without a script and can be sent on.

mod table;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use self::table::Table;
use crate::analysis::sizing::{self, Margin};
use crate::state::State;
use crate::store::Db;
use crate::store::rounds::{self, RoundRow};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::{Insider, Officer};
use crate::web::words::Words;

/// More pupils than any province has.
const MOST: u64 = 20_000_000;

/// As it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pupils: String,
    margin: String,
    round: String,
}

#[derive(Template)]
#[template(path = "web/analyse/sample_size.html")]
struct SamplePage {
    desk: DeskFrame,
    asked: Asked,
    /// What is wrong, by field.
    troubles: Vec<(&'static str, String)>,
    /// The margin, as it is printed.
    margin: String,
    /// Code and title of the rounds to choose from.
    rounds: Vec<(String, String)>,
    /// For the number of pupils that was typed.
    answer: Option<Answer>,
    /// For the round that was chosen.
    table: Option<Table>,
}

impl SamplePage {
    fn says(&self, place: &str) -> Option<&str> {
        self.troubles.iter().find(|(known, _)| *known == place).map(|(_, sentence)| sentence.as_str())
    }
}

/// Both sizes for so many pupils.
struct Answer {
    pupils: String,
    yamane: String,
    exact: String,
    /// How the first came about, with its numbers.
    yamane_steps: String,
    exact_steps: String,
}

/// `GET /analyse/sample-size?pupils=…&margin=…&round=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (words, asked) = (officer.words, asked.into_inner());
    let mut troubles = Vec::new();
    let margin = read_margin(&asked.margin).unwrap_or_else(|| {
        troubles.push(("margin", words.say("size-margin-wrong")));
        Margin::USUAL
    });
    let pupils = match asked.pupils.trim() {
        "" => None,
        text => read_pupils(text).or_else(|| {
            troubles.push(("pupils", words.with("size-pupils-wrong", "most", whole(words, MOST))));
            None
        }),
    };
    let (rounds, table) = rounds_and_table(&officer, &state, asked.round.clone(), margin, words).await?;
    if !asked.round.is_empty() && table.is_none() {
        troubles.push(("round", words.say("size-round-wrong")));
    }
    let status = if troubles.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = SamplePage {
        desk: DeskFrame::new(&request, &officer, Room::Results),
        margin: words.decimal(tenths(margin)),
        answer: pupils.and_then(|pupils| answer(pupils, margin, words)),
        asked,
        troubles,
        rounds,
        table,
    };
    page::show_as(status, &page)
}

/// Percentage points with at most one decimal, as people write them: `5`, `2,5`, `2.5 %`. Empty: the usual one.
fn read_margin(text: &str) -> Option<Margin> {
    let text = text.trim().trim_end_matches('%').trim();
    if text.is_empty() {
        return Some(Margin::USUAL);
    }
    let (whole, tenth) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let is_plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let fine = is_plain(whole) && is_plain(tenth) && whole.len() <= 2 && tenth.len() == 1;
    let tenths = fine.then(|| format!("{whole}{tenth}").parse().ok())??;
    Margin::tenths(tenths)
}

/// A number of pupils, in groups of three or not: `1200`, `1.200`, `485 531`.
fn read_pupils(text: &str) -> Option<u64> {
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}', '\u{202f}']).collect();
    let (first, others) = groups.split_first()?;
    let is_grouped = others.is_empty() || ((1..=3).contains(&first.len()) && others.iter().all(|g| g.len() == 3));
    let digits = groups.concat();
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|pupils| is_grouped && is_plain && (1..=MOST).contains(pupils))
}

fn tenths(margin: Margin) -> String {
    let (whole, tenth) = (margin.get() / 10, margin.get() % 10);
    if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") }
}

fn whole(words: Words, n: u64) -> String {
    words.number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn answer(pupils: u64, margin: Margin, words: Words) -> Option<Answer> {
    let (yamane, exact) = (sizing::yamane(pupils, margin)?, sizing::exact(pupils, margin)?);
    // the margin as a part of one, with all its digits: 5 % is 0,05
    let part = format!("{:.3}", margin.get() as f64 / 1000.0);
    let part = words.decimal(part.trim_end_matches('0'));
    let steps = |name: &str, n: u64| {
        words.fill(name, [("all", whole(words, pupils)), ("e", part.clone()), ("n", whole(words, n))])
    };
    Some(Answer {
        pupils: whole(words, pupils),
        yamane_steps: steps("size-yamane-steps", yamane),
        exact_steps: steps("size-exact-steps", exact),
        yamane: whole(words, yamane),
        exact: whole(words, exact),
    })
}

/// The rounds that the officer may read, and the schools of the one that was chosen, if there is such a round.
async fn rounds_and_table(
    officer: &Officer,
    state: &web::Data<State>,
    slug: String,
    margin: Margin,
    words: Words,
) -> Result<(Vec<(String, String)>, Option<Table>), Failure> {
    let (reader, inner) = (officer.clone(), state.clone());
    let work = move |db: &mut Db| {
        let below = reader.reach(db)?;
        let rounds: Vec<RoundRow> =
            rounds::all(db)?.into_iter().filter(|round| below.contains(&round.owner_id)).collect();
        let chosen = rounds.iter().find(|round| round.slug == slug);
        let table = chosen.map(|round| Table::read(db, &inner, round, margin, words)).transpose()?;
        Ok((rounds.into_iter().map(|round| (round.slug, round.title)).collect(), table))
    };
    Ok(state.store.read(work).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_margin_is_read_as_people_write_it() {
        let tenths = |text| read_margin(text).map(Margin::get);
        assert_eq!(
            [tenths(""), tenths("5"), tenths("2,5"), tenths(" 2.5 % ")],
            [Some(50), Some(50), Some(25), Some(25)]
        );
        for text in ["0", "51", "5,55", "-5", "năm", "5,", ",5", "1e1"] {
            assert_eq!(read_margin(text), None, "{text}");
        }
    }

    #[test]
    fn pupils_are_read_as_people_write_them() {
        assert_eq!(
            [read_pupils("485.531"), read_pupils("485 531"), read_pupils("300")],
            [Some(485_531), Some(485_531), Some(300)]
        );
        for text in ["0", "1.5", "-3", "99999999999", "", "abc"] {
            assert_eq!(read_pupils(text), None, "{text}");
        }
    }

    #[test]
    fn the_steps_show_the_numbers_that_were_put_in() {
        let answer = answer(300, Margin::USUAL, Words::VI).unwrap();
        assert_eq!((answer.yamane.as_str(), answer.exact.as_str()), ("172", "169"));
        assert!(
            answer.yamane_steps.contains("0,05²") && answer.yamane_steps.contains("300"),
            "{}",
            answer.yamane_steps
        );
    }
}
