//! The first card: the lowest question with its share and margin, or that there are too few answers to name one.

use super::Low;
use super::sure::Margin;
use crate::web::analyse::figure::FEW;
use crate::web::words::Words;

/// What the first card says.
pub(super) struct Finding {
    pub title: String,
    pub said: String,
}

impl Finding {
    /// The lowest question.
    pub fn of(first: &Low, is_among: bool, margin: &Margin, words: Words) -> Self {
        let mut values =
            vec![("share", first.share.clone()), ("base", first.base.clone()), ("mean", first.mean.clone())];
        let name = match margin {
            Margin::None => "overview-lowest-said",
            Margin::Around { range } => {
                values.push(("range", range.clone()));
                "overview-lowest-within"
            }
            Margin::Weighted { share, range } => {
                values.push(("weighted", share.clone()));
                values.extend(range.clone().map(|range| ("range", range)));
                if range.is_some() { "overview-lowest-weighted" } else { "overview-lowest-weighted-alone" }
            }
        };
        let among = is_among.then(|| words.say("overview-lowest-among"));
        let said: Vec<String> =
            [Some(words.fill(name, values)), among, first.only.clone()].into_iter().flatten().collect();
        Self { title: words.with("overview-lowest", "label", first.label.clone()), said: said.join(" ") }
    }

    /// What stands lowest has too few answers to be called so.
    pub fn too_few(n: String, answers: u64, words: Words) -> Self {
        let values = [("n", n), ("answers", answers.to_string()), ("few", FEW.to_string())];
        let said = words.fill("overview-few", values);
        Self { title: words.say("overview-few-title"), said }
    }
}
