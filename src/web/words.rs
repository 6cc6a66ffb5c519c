//! The sentences of pages, from Fluent files: `words/vi/*.ftl`, `words/en/*.ftl`. Another folder is another language of the
//! interface, and nothing else needs to know: what it lacks is said in Vietnamese. `tests/it/words.rs` names what is missing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

use crate::survey::text::{Lang, LangAttribute};

static_loader! {
    static SENTENCES = {
        locales: "./src/web/words",
        fallback_language: "vi",
        // Fluent's isolation marks would end up in mails, titles and test expectations
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The languages that have a folder: Vietnamese and English first, then by code.
static LANGUAGES: LazyLock<Vec<(Lang, LanguageIdentifier)>> = LazyLock::new(|| {
    let codes = SENTENCES.locales().filter_map(|known| Some((known.language.as_str().parse().ok()?, known.clone())));
    let mut languages: Vec<(Lang, LanguageIdentifier)> = codes.collect();
    languages.sort_by_key(|(lang, _)| (*lang != Lang::VI, *lang != Lang::EN, *lang));
    languages
});

static CODES: LazyLock<Vec<Lang>> = LazyLock::new(|| LANGUAGES.iter().map(|(lang, _)| *lang).collect());

/// The sentences for a reader who asked for this language, which may be one of a questionnaire that the interface does not
/// speak: pages carry it along, and speak Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Lang);

impl Words {
    /// Vietnamese.
    pub const VI: Self = Self(Lang::VI);

    /// The languages of the interface.
    pub fn languages() -> &'static [Lang] {
        &CODES
    }

    /// The language that these sentences are in.
    pub fn interface(&self) -> Lang {
        if Self::languages().contains(&self.0) { self.0 } else { Lang::VI }
    }

    /// These, if they are among the languages that there are; Vietnamese otherwise.
    #[must_use]
    pub fn among(self, languages: &[Lang]) -> Self {
        if languages.contains(&self.0) { self } else { Self::VI }
    }

    /// For a tag whose text is in this language: an attribute that says so, where it is not the language of the page.
    pub fn spoken_in(&self, lang: impl std::borrow::Borrow<Lang>) -> LangAttribute {
        LangAttribute::beside(*lang.borrow(), self.interface())
    }

    /// For a tag with what officers wrote, such as the title of a round.
    pub fn spoken_by_officers(&self) -> LangAttribute {
        self.spoken_in(Lang::VI)
    }

    /// The sentence with this name.
    pub fn say(&self, name: &str) -> String {
        self.find(name, None)
    }

    /// The sentence with one value put in.
    pub fn with(&self, name: &str, key: &'static str, value: impl ToString) -> String {
        self.fill(name, [(key, value.to_string())])
    }

    /// The sentence with several values put in.
    pub fn fill(&self, name: &str, values: impl AsRef<[(&'static str, String)]>) -> String {
        let values: HashMap<_, _> =
            values.as_ref().iter().map(|(k, v)| (Cow::from(*k), FluentValue::from(v.as_str()))).collect();
        self.find(name, Some(&values))
    }

    /// The sentence chosen and filled by a count, for languages with plurals.
    pub fn count(&self, name: &str, n: impl std::borrow::Borrow<i64>) -> String {
        let n = *n.borrow();
        let values = HashMap::from([
            (Cow::from("n"), FluentValue::from(n)),
            (Cow::from("shown"), FluentValue::from(self.number(n))),
        ]);
        self.find(name, Some(&values))
    }

    fn find(&self, name: &str, values: Option<&HashMap<Cow<'static, str>, FluentValue<'_>>>) -> String {
        let known = LANGUAGES.iter().find(|(lang, _)| *lang == self.0);
        let language = known.map_or(const { &langid!("vi") }, |(_, language)| language);
        match values {
            Some(values) => SENTENCES.lookup_with_args(language, name, values),
            None => SENTENCES.lookup(language, name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_speaks_what_has_a_folder_and_vietnamese_to_everybody_else() {
        assert_eq!(Words::languages()[..2], [Lang::VI, Lang::EN]);
        let khmer = Words("km".parse().unwrap());
        assert_eq!((khmer.interface(), khmer.say("product")), (Lang::VI, "Lắng Nghe".to_owned()));
        assert_eq!(khmer.spoken_in(Lang::VI).to_string(), "");
        assert_eq!(khmer.spoken_in(khmer.0).to_string(), " lang=\"km\"");
    }

    #[test]
    fn a_foreign_code_is_carried_but_not_spoken() {
        assert_eq!(Words("xq".parse().unwrap()).among(&[Lang::VI, Lang::EN]), Words::VI);
        assert_eq!(Words(Lang::EN).among(&[Lang::VI, Lang::EN]), Words(Lang::EN));
    }
}
