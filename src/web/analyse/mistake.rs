//! What is wrong with what somebody asked of a file of rows, in words.

use crate::export::Mistake;
use crate::web::words::Words;

/// What to correct.
pub(in crate::web) fn sentence(mistake: &Mistake, words: Words) -> String {
    let field = |name: &str| if name == "lang" { "form_lang" } else { name }.to_owned();
    let name = |name: &str| words.say(&format!("exports-field-{}", field(name)));
    match mistake {
        Mistake::Value { name: of, found } => {
            words.fill("exports-wrong-value", [("name", name(of)), ("found", found.clone())])
        }
        Mistake::Unknown { name: of, code } => {
            words.fill("exports-wrong-unknown", [("name", name(of)), ("code", code.clone())])
        }
        Mistake::Unasked { code } => {
            words.fill("exports-wrong-unasked", [("name", name("question")), ("code", code.clone())])
        }
        // pages read only the names that they know
        Mistake::Name { found } => found.clone(),
        Mistake::Backwards => words.say("exports-wrong-backwards"),
    }
}
