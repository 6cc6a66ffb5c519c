//! What the tests of files share.

use crate::survey::question::Phrases;
use crate::survey::text::Lang;

/// Says the names of sentences.
pub(super) struct Plain;

impl Phrases for Plain {
    fn lang(&self) -> Lang {
        Lang::VI
    }

    fn say(&self, name: &str) -> String {
        name.to_owned()
    }

    fn fill(&self, name: &str, _: &[(&'static str, String)]) -> String {
        name.to_owned()
    }
}
