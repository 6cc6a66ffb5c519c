//! Which answers have which themes, and by what.

use std::collections::HashMap;

use super::out::LeftOut;
use super::texts::Texts;
use crate::store::themes::{self, Coding, Theme};
use crate::store::{Store, StoreError};

/// Themes and their answers at one moment.
#[derive(Debug)]
pub struct Marks {
    /// The themes, those put aside included.
    pub themes: Vec<Theme>,
    /// What applied them, the first first.
    pub codings: Vec<Coding>,
    /// Answers per application, in the same order.
    pub sizes: Vec<usize>,
    /// Of each answer, one bit per theme, by the theme's place; nothing of those put aside.
    bits: Vec<u64>,
    /// Answer and application, by their places, in order.
    causes: Vec<(usize, usize)>,
    pub(super) revision: i64,
}

/// Why an answer has a theme, or has it no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict<'a> {
    /// The theme.
    pub theme: &'a Theme,
    /// What decided: the last application by hand; without one, the first rule.
    pub by: &'a Coding,
}

impl Marks {
    /// Lets the rules take what they do not have yet, and reads what has which theme.
    pub(super) fn read(store: &Store, round_id: i64, texts: &Texts, revision: i64) -> Result<Self, StoreError> {
        let (themes, codings, marks) = store.read_now(|db| {
            Ok((themes::of_round(db, round_id)?, themes::codings(db, round_id)?, themes::marks(db, round_id)?))
        })?;
        let numbers: HashMap<i64, usize> = codings.iter().zip(0..).map(|(coding, place)| (coding.id, place)).collect();
        let known = marks.into_iter().filter_map(|(coding, id)| Some((texts.place(id)?, *numbers.get(&coding)?)));
        let mut causes: Vec<(usize, usize)> = known.collect();
        causes.sort_unstable();
        run_rules(store, round_id, texts, &codings, &mut causes)?;
        let mut sizes = vec![0; codings.len()];
        causes.iter().for_each(|(_, coding)| sizes[*coding] += 1);
        let mut marks = Self { themes, codings, sizes, bits: vec![0; texts.answers.len()], causes, revision };
        for place in 0..texts.answers.len() {
            let bits = marks.verdicts(place).filter(|verdict| verdict.by.is_on).map(|verdict| bit(verdict.theme));
            marks.bits[place] = bits.fold(0, |all, bit| all | bit);
        }
        Ok(marks)
    }

    /// What was decided about an answer, in the order of the themes.
    pub fn verdicts(&self, place: usize) -> impl Iterator<Item = Verdict<'_>> {
        let from = self.causes.partition_point(|(answer, _)| *answer < place);
        let own = self.causes[from..].iter().take_while(move |(answer, _)| *answer == place);
        let own: Vec<&Coding> = own.filter_map(|(_, coding)| self.codings.get(*coding)).collect();
        let live = self.themes.iter().filter(|theme| !own.is_empty() && theme.ended_at.is_none());
        let decided = live.filter_map(|theme| {
            let mut about = own.iter().copied().filter(|coding| coding.theme_id == theme.id);
            let by = about.clone().rfind(|coding| coding.rule.is_none()).or_else(|| about.next())?;
            Some(Verdict { theme, by })
        });
        decided.collect::<Vec<_>>().into_iter()
    }

    /// Whether an answer has a theme.
    pub fn has(&self, place: usize, theme: &Theme) -> bool {
        self.bits.get(place).is_some_and(|bits| bits & bit(theme) != 0)
    }

    /// How many answers an application is about that count.
    pub fn counted(&self, coding: usize, out: &LeftOut) -> usize {
        self.causes.iter().filter(|(place, by)| *by == coding && !out.has(*place)).count()
    }

    /// Whether an answer has no theme at all.
    pub fn is_bare(&self, place: usize) -> bool {
        self.bits.get(place).is_none_or(|bits| *bits == 0)
    }

    /// The themes in use.
    pub fn live(&self) -> impl Iterator<Item = &Theme> {
        self.themes.iter().filter(|theme| theme.ended_at.is_none())
    }

    /// The theme in use that has this code.
    pub fn theme(&self, code: &str) -> Option<&Theme> {
        self.live().find(|theme| theme.code == code)
    }
}

fn bit(theme: &Theme) -> u64 {
    u32::try_from(theme.place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or(0)
}

/// A rule takes what has come in since it ran last, wherever that was.
fn run_rules(
    store: &Store,
    round_id: i64,
    texts: &Texts,
    codings: &[Coding],
    causes: &mut Vec<(usize, usize)>,
) -> Result<(), StoreError> {
    let mut found = Vec::new();
    for (number, coding) in codings.iter().enumerate() {
        let Some(rule) = &coding.rule else { continue };
        let rule = rule.compile(&texts.corpus);
        let is_new =
            |place: &usize| rule.takes(&texts.corpus, *place) && causes.binary_search(&(*place, number)).is_err();
        let new: Vec<usize> = (0..texts.answers.len()).filter(is_new).collect();
        for some in new.chunks(500) {
            let ids: Vec<i64> = some.iter().map(|place| texts.answers[*place].id).collect();
            store.write_now(|db| themes::mark(db, round_id, coding.id, &ids))?;
        }
        found.extend(new.into_iter().map(|place| (place, number)));
    }
    causes.extend(found);
    causes.sort_unstable();
    Ok(())
}
