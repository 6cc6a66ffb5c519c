//! Names in an address that its page does not know: `?unti=A` would be no filter, and the figures those of everybody.

use super::frame::Tab;
use crate::web::words::Words;

/// Every page of figures knows these; `lang` is the language of the page.
const FILTER: [&str; 5] = ["audience", "unit", "level", "channel", "lang"];

/// What a page asks for besides.
fn own(tab: Tab) -> &'static [&'static str] {
    match tab {
        Tab::Units => &["of", "page"],
        Tab::Trend => &["from", "by", "series"],
        _ => &[],
    }
}

/// The names in the query of a page of figures that it does not know, each once.
pub(super) fn names(query: &str, tab: Tab) -> Vec<String> {
    besides(query, &[&FILTER, own(tab)].concat())
}

/// The names in a query besides these.
pub(super) fn besides(query: &str, known: &[&str]) -> Vec<String> {
    let mut strange: Vec<String> = Vec::new();
    for (name, _) in form_urlencoded::parse(query.as_bytes()) {
        if !known.contains(&&*name) && !strange.iter().any(|one| *one == name) {
            strange.push(name.into_owned());
        }
    }
    strange
}

/// What a page says of them, which is shown all the same: messengers add names of their own. None where there are none.
pub(super) fn told(names: &[String], words: Words) -> Option<String> {
    said("filter-strange", names, words)
}

/// The same of a file, which is not made: whoever opens it later cannot see that something was left aside.
pub(super) fn refused(names: &[String], words: Words) -> Option<String> {
    said("filter-strange-file", names, words)
}

fn said(sentence: &str, names: &[String], words: Words) -> Option<String> {
    (!names.is_empty()).then(|| words.with(sentence, "names", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_its_filter_and_its_own_names() {
        let query = "audience=phu_huynh&unit=A&level=&channel=&lang=en&of=B2&page=2";
        assert!(names(query, Tab::Units).is_empty());
        assert_eq!(names(query, Tab::Trend), ["of", "page"]);
        assert_eq!(names("unti=A&unti=B&%F0=", Tab::Items), ["unti", "\u{fffd}"]);
    }
}
