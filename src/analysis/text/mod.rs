//! What people wrote, as numbers: syllables, phrases that mark a part of the texts, searching with and without diacritics.
//!
//! ```text
//! token     syllables, numbers and emoji of one text, and where they stand
//! corpus    many texts as numbers of their syllables
//! query     what is searched for, and rules by which themes are applied
//! grams     pieces of one to three syllables, counted
//! phrases   one to three syllables that stand in a selection more often than in the rest
//! whole     the phrases of which they are pieces
//! ```
//!
//! A Vietnamese word is often several syllables, and no list of words is used: phrases of up to three syllables find the
//! words that people use here, names of dishes and of roads included.

mod corpus;
mod grams;
mod phrases;
mod query;
mod token;
mod whole;

pub use corpus::{Builder, Corpus};
pub use phrases::{KeyPhrase, Phrases, log_likelihood};
pub use query::{Compiled, CompiledRule, Query, Rule, Term};
pub use token::{Token, tokens};

#[cfg(test)]
mod tests;
