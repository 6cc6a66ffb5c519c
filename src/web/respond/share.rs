//! What a messenger shows of a link that somebody shares. Whatever page of the form is open, the link that goes out is the
//! start page's: nobody shares a form that is half filled in.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{card, qr};
use crate::catalogue::Entrance;
use crate::survey::text::Lang;
use crate::web::error::Failure;
use crate::web::words::Words;

/// The lines for a page's head: Open Graph and the canonical address. A template prints it with `{{ share }}`.
#[derive(Template)]
#[template(path = "web/respond/share.html")]
pub(super) struct Share {
    words: Words,
    title: String,
    unit: String,
    description: String,
    address: String,
    picture: String,
}

/// It is a template of its own, whose values are escaped.
impl HtmlSafe for Share {}

impl Share {
    /// # Errors
    /// The picture cannot be described.
    pub(super) fn new(public_url: &str, entrance: &Entrance, words: Words) -> Result<Self, Failure> {
        let address = qr::address(public_url, entrance.code);
        let version = card::version(entrance, words);
        let lang = if words.0 == Lang::VI { String::new() } else { format!("lang={}&", words.0) };
        let closes = words.moment(entrance.round.closes_at);
        Ok(Self {
            words,
            title: entrance.round.title.clone(),
            unit: entrance.unit_name.clone(),
            description: words.fill("start-card", [("minutes", entrance.minutes().to_string()), ("closes", closes)]),
            picture: format!("{address}/card.png?{lang}v={version}"),
            address,
        })
    }

    /// For whoever hears the link instead of seeing it.
    fn alt(&self) -> String {
        let values = [("title", &self.title), ("unit", &self.unit), ("description", &self.description)];
        self.words.fill("share-picture", values.map(|(name, value)| (name, value.clone())))
    }
}
