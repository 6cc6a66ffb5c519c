//! The sentences of pages, from Fluent files: `words/vi/*.ftl` and `words/en/*.ftl`.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};

use crate::survey::text::Lang;

static_loader! {
    static SENTENCES = {
        locales: "./src/web/words",
        fallback_language: "vi",
        // Fluent's isolation marks would end up in mails, titles and test expectations
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The sentences in one language. Vietnamese where a language has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Lang);

impl Words {
    /// Vietnamese.
    pub const VI: Self = Self(Lang::VI);

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

    /// A whole number as readers of this language group it: `7.004`, in English `7,004`.
    pub fn number(&self, n: impl std::borrow::Borrow<i64>) -> String {
        let shown = crate::vietnamese::count(*n.borrow());
        if self.0 == Lang::EN { shown.replace('.', ",") } else { shown }
    }

    fn find(&self, name: &str, values: Option<&HashMap<Cow<'static, str>, FluentValue<'_>>>) -> String {
        let language = match self.0 {
            Lang::EN => fluent_templates::langid!("en"),
            _ => fluent_templates::langid!("vi"),
        };
        match values {
            Some(values) => SENTENCES.lookup_with_args(&language, name, values),
            None => SENTENCES.lookup(&language, name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_readers_of_the_language_expect() {
        assert_eq!(Words::VI.number(35_128), "35.128");
        assert_eq!(Words(Lang::EN).number(35_128), "35,128");
        assert_eq!(Words(Lang::EN).count("rounds-schools", 1_200), "1,200 schools");
    }
}
