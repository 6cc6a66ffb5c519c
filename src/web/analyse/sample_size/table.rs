//! The schools of a round: for each audience of its own, because parents and pupils of one school are two samples.

use super::whole;
use crate::analysis::interval::{NoInterval, Source};
use crate::analysis::method::Reach;
use crate::analysis::sizing::{self, Margin};
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, round_methods};
use crate::survey::code::Audience;
use crate::tabulation::Tabulation;
use crate::tabulation::choice::{Choice, Key};
use crate::vietnamese;
use crate::web::method::no_interval;
use crate::web::words::Words;

/// The schools of a round.
pub(super) struct Table {
    pub title: String,
    pub slug: String,
    pub parts: Vec<Part>,
    /// Why it cannot be said how sure so many forms are: nobody was drawn.
    pub no_margins: Option<String>,
}

/// The schools of one audience, and all of them together.
pub(super) struct Part {
    /// Empty where there is only one.
    pub audience: String,
    pub rows: Vec<Row>,
    /// Names of schools whose pupils are not known.
    pub unknown: Vec<String>,
    /// Why it cannot be said of several levels or schools together: each was drawn on its own.
    pub strata: Option<String>,
}

pub(super) struct Row {
    pub name: String,
    pub pupils: String,
    pub yamane: String,
    pub exact: String,
    /// Forms that came in.
    pub n: String,
    /// How far a share of one half may be off with these; or why that cannot be said.
    pub margin: String,
    pub is_short: bool,
}

/// What sizes are asked for, and how people were reached.
#[derive(Clone, Copy)]
struct Rule {
    margin: Margin,
    reach: Reach,
    words: Words,
}

impl Table {
    /// Of a round.
    ///
    /// # Errors
    /// The database failed.
    pub(super) fn read(
        db: &mut Db,
        state: &State,
        round: &RoundRow,
        margin: Margin,
        words: Words,
    ) -> Result<Self, StoreError> {
        let tabulation = state.tabulations.of(db, &state.catalogue, round, state.clock.now())?;
        let reach = round_methods::of_round(db, round.id)?.reach;
        let (audiences, rule) = (tabulation.audiences(), Rule { margin, reach, words });
        let counted = audiences.iter().filter(|audience| audience.is_counted_in_pupils());
        let mut parts: Vec<Part> = counted.map(|audience| rule.part(&tabulation, *audience)).collect();
        if let [only] = parts.as_mut_slice() {
            only.audience = String::new();
        }
        let no_margins = reach.sample(Source::default()).err().map(|why| no_interval(words, &why));
        Ok(Self { title: round.title.clone(), slug: round.slug.clone(), parts, no_margins })
    }
}

impl Rule {
    fn part(self, round: &Tabulation, audience: Audience) -> Part {
        let all = Choice::default();
        let forms = round.pooled_by(audience, &all, Key::Unit);
        let (mut rows, mut unknown, mut sum) =
            (Vec::new(), Vec::new(), Source { pupils: Some(0), ..Source::default() });
        for (code, pupils) in round.pupils_by(audience, &all, Key::Unit) {
            let name = round.units.get(code).cloned().unwrap_or_else(|| code.to_owned());
            if !pupils.unknown.is_empty() {
                unknown.push(name);
                continue;
            }
            let n = forms.get(code).map_or(0, |pool| pool.n);
            let school = Source { n, pupils: pupils.all, cells: pupils.places().count() };
            sum.n += n;
            sum.cells += school.cells;
            sum.pupils = Some(sum.pupils.unwrap_or(0) + school.pupils.unwrap_or(0));
            rows.push((name, school));
        }
        rows.sort_by(|(a, _), (b, _)| vietnamese::compare(a, b));
        unknown.sort_by(|a, b| vietnamese::compare(a, b));
        rows.push((self.words.say("size-all"), sum));
        let has_strata = rows.iter().any(|(_, source)| self.is_several(*source));
        Part {
            audience: self.words.say(&format!("audience-{}", audience.code())),
            rows: rows.into_iter().map(|(name, source)| self.row(name, source)).collect(),
            unknown,
            strata: has_strata.then(|| no_interval(self.words, &NoInterval::Strata)),
        }
    }

    /// Whether these were drawn each on its own.
    fn is_several(self, source: Source) -> bool {
        self.reach.sample(source) == Err(NoInterval::Strata)
    }

    fn row(self, name: String, source: Source) -> Row {
        let Self { margin, words, .. } = self;
        let (pupils, n) = (source.pupils.unwrap_or(0), source.n);
        let exact = sizing::exact(pupils, margin);
        let size = |n: Option<u64>| n.map_or_else(|| "–".to_owned(), |n| whole(words, n));
        let reached = match sizing::margin(pupils, n) {
            _ if self.is_several(source) => "–".to_owned(),
            Some(points) => format!("± {}\u{a0}%", words.decimal(format!("{points:.1}"))),
            None if n > pupils => words.say("size-more"),
            None => "–".to_owned(),
        };
        Row {
            pupils: whole(words, pupils),
            yamane: size(sizing::yamane(pupils, margin)),
            exact: size(exact),
            n: whole(words, n),
            is_short: exact.is_some_and(|exact| n < exact),
            margin: reached,
            name,
        }
    }
}
