//! Names that SPSS takes.

use std::collections::HashSet;

/// In bytes.
const LONGEST: usize = 64;
/// Words of its language.
const WORDS: [&str; 13] = ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];

/// Names that are taken; capitals make no difference.
#[derive(Default)]
pub(super) struct Names {
    variables: HashSet<String>,
    sets: HashSet<String>,
}

impl Names {
    /// The name for a variable, as near to the wanted one as may be.
    pub fn take(&mut self, wanted: &str) -> String {
        free(&allowed(wanted), &mut self.variables)
    }

    /// The name for a set, without the sign in front of it.
    pub fn take_set(&mut self, wanted: &str) -> String {
        free(&allowed(wanted), &mut self.sets)
    }
}

fn free(wanted: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number: u32| {
        let end = format!("_{number}");
        format!("{}{end}", cut(wanted, LONGEST - end.len() - 1))
    });
    let mut names = std::iter::once(cut(wanted, LONGEST - 1).to_owned()).chain(numbered);
    names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
}

/// Begins with a letter; letters, digits and a few signs follow; is no word of the language and does not end in a point.
fn allowed(wanted: &str) -> String {
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '#' | '@');
    let mut name: String = wanted.chars().map(|c| if fine(c) { c } else { '_' }).collect();
    if !name.starts_with(char::is_alphabetic) {
        name.insert_str(0, "v_");
    }
    if WORDS.contains(&name.to_lowercase().as_str()) || name.ends_with('.') {
        name.push('_');
    }
    name
}

/// The beginning of a text, as many bytes at most, without half a letter.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The same with a sign where something is missing.
pub(super) fn shortened(text: &str, most: usize) -> String {
    const MORE: &str = "…";
    if text.len() <= most { text.to_owned() } else { format!("{}{MORE}", cut(text, most - MORE.len()).trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_near_to_the_wanted_one_and_never_taken_twice() {
        let mut names = Names::default();
        let taken = ["A1", "a1", "A1@hai-long-thcs", "To", "1x", "cuối."].map(|wanted| names.take(wanted));
        assert_eq!(taken, ["A1", "a1_2", "A1@hai_long_thcs", "To_", "v_1x", "cuối._"]);
    }

    #[test]
    fn labels_are_cut_between_letters() {
        assert_eq!((cut("trường", 4), shortened("trường", 9)), ("trư", "trường".to_owned()));
        assert_eq!(shortened("nhà trường học", 12), "nhà trư…");
    }

    proptest! {
        #[test]
        fn every_name_is_one_that_spss_takes(wanted in prop::collection::vec("\\PC{0,90}", 1..6)) {
            let mut names = Names::default();
            let taken: Vec<String> = wanted.iter().map(|wanted| names.take(wanted)).collect();
            for name in &taken {
                prop_assert!(name.len() <= LONGEST && name.starts_with(char::is_alphabetic), "{}", name);
                prop_assert!(!name.contains([' ', '=', '\t']));
            }
            let different: HashSet<String> = taken.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(different.len(), taken.len());
        }
    }
}
