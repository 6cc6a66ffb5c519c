//! Forms that may say little: found in a frame by rules with a name. A rule finds; whether what it finds is left out is for a
//! person to say.

mod repeated;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use self::repeated::Places;
pub use self::repeated::Repeated;
use super::content::{Block, Content, ID, ID_BYTES, PACE, UNIT};
use super::encoding;
use crate::analysis::frame::{Absent, Damaged, Encoding};
use crate::catalogue::Published;
use crate::store::frames::{self, Head};
use crate::store::{Db, StoreError};
use crate::survey::exclusion::Rule;
use crate::survey::pace::Pace;
use crate::survey::question::{KindName, Measure};

use super::Gone;

/// What a rule found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The forms.
    pub forms: Vec<Vec<u8>>,
    /// How many of each unit, by its id.
    pub units: BTreeMap<i64, u64>,
}

/// What all rules found.
#[derive(Debug, Clone, Default)]
pub struct Quality {
    /// All forms that were looked at.
    pub forms: u64,
    /// Of each unit, by its id.
    pub units: BTreeMap<i64, u64>,
    /// By how fast they were filled in.
    pub paces: BTreeMap<Pace, u64>,
    /// By rule.
    pub found: BTreeMap<Rule, Found>,
    /// The texts that [`Rule::SameText`] finds most often.
    pub texts: Vec<Repeated>,
    /// How many there are of these texts in all.
    pub all_texts: usize,
}

/// Looks through a frame.
///
/// # Errors
/// The database failed, or columns are damaged.
pub fn search(
    db: &mut Db,
    head: &Head,
    content: &Content,
    forms: &[Arc<Published>],
) -> Result<Result<Quality, Gone>, StoreError> {
    let mut marks = HashMap::<u64, u32>::new();
    let sheets: Vec<Option<Sheet>> = content.blocks.iter().map(|block| Sheet::of(block, forms)).collect();
    let blocks = || (0..).zip(content.blocks.iter().zip(&sheets));
    for (number, (_, sheet)) in blocks() {
        let Some(sheet) = sheet else { continue };
        let Some(columns) = Columns::read(db, head, number, &sheet.texts())? else { return Ok(Err(Gone)) };
        for mark in sheet.marks(&columns)?.into_iter().flatten() {
            *marks.entry(mark).or_insert(0) += 1;
        }
    }
    marks.retain(|_, forms| *forms >= Rule::SAME_FORMS);
    let mut quality = Quality { all_texts: marks.len(), ..Quality::default() };
    let mut places = Places::of(&marks);
    for (number, (block, sheet)) in blocks() {
        let Some(sheet) = sheet else { continue };
        let Some(columns) = Columns::read(db, head, number, &sheet.names())? else { return Ok(Err(Gone)) };
        quality.add(block, sheet, &columns, &marks, content)?;
        sheet.texts.iter().try_for_each(|(name, encoding)| places.look(name, *encoding, &columns))?;
    }
    quality.texts = places.read(db, head.round_id, forms)?;
    Ok(Ok(quality))
}

impl Quality {
    fn add(
        &mut self,
        block: &Block,
        sheet: &Sheet,
        columns: &Columns,
        marks: &HashMap<u64, u32>,
        content: &Content,
    ) -> Result<(), StoreError> {
        let unit = |place: Option<u16>| place.and_then(|at| content.units.get(usize::from(at))).copied().unwrap_or(0);
        let units: Vec<i64> = read(Encoding::WidePlace.choices(columns.bytes(UNIT)))?.into_iter().map(unit).collect();
        let ids: Vec<&[u8]> = columns.bytes(ID).chunks_exact(ID_BYTES).collect();
        if units.len() != block.forms || ids.len() != block.forms {
            return Err(StoreError::corrupt("frame", Damaged));
        }
        let paces = paces(columns, content)?;
        if paces.len() != block.forms {
            return Err(StoreError::corrupt("frame", Damaged));
        }
        paces.iter().for_each(|pace| *self.paces.entry(*pace).or_insert(0) += 1);
        self.forms += block.forms as u64;
        units.iter().for_each(|unit| *self.units.entry(*unit).or_insert(0) += 1);
        let mut alike = vec![Marks::default(); block.forms];
        let mut open = vec![(0_usize, 0_usize); block.forms];
        for (name, encoding, is_rating) in &sheet.asked {
            let bytes = columns.bytes(name);
            for (form, absent) in open.iter_mut().zip(read(encoding.absences(bytes))?) {
                form.0 += usize::from(absent != Some(Absent::NotAsked));
                form.1 += usize::from(absent == Some(Absent::Skipped));
            }
            if *is_rating {
                alike.iter_mut().zip(read(encoding.choices(bytes))?).for_each(|(form, place)| form.add(place));
            }
        }
        let mut same = vec![false; block.forms];
        for (name, encoding) in &sheet.texts {
            let marked = read(encoding.text_marks(columns.bytes(name)))?;
            same.iter_mut()
                .zip(marked)
                .for_each(|(same, mark)| *same |= mark.is_some_and(|mark| marks.contains_key(&mark)));
        }
        let is_open =
            |(asked, open): (usize, usize)| asked >= Rule::LEAST_ASKED && open * 100 > asked * Rule::MOST_OPEN;
        for at in 0..block.forms {
            let found = [
                (Rule::Alike, alike[at].are_alike()),
                (Rule::Open, is_open(open[at])),
                (Rule::SameText, same[at]),
                (Rule::Fast, paces[at] == Pace::Rushed),
            ];
            for (rule, _) in found.into_iter().filter(|(_, is)| *is) {
                let own = self.found.entry(rule).or_default();
                own.forms.push(ids[at].to_vec());
                *own.units.entry(units[at]).or_insert(0) += 1;
            }
        }
        Ok(())
    }
}

/// How fast each form of a block was filled in.
fn paces(columns: &Columns, content: &Content) -> Result<Vec<Pace>, StoreError> {
    let pace = |place: Option<u16>| {
        let code = place.and_then(|at| content.paces.get(usize::from(at)));
        code.and_then(|code| Pace::from_code(code)).unwrap_or(Pace::Unknown)
    };
    Ok(read(Encoding::Place.choices(columns.bytes(PACE)))?.into_iter().map(pace).collect())
}

/// The ratings of one form.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    count: usize,
    first: Option<u16>,
    differ: bool,
}

impl Marks {
    fn add(&mut self, place: Option<u16>) {
        if let Some(place) = place {
            self.count += 1;
            self.differ |= *self.first.get_or_insert(place) != place;
        }
    }

    fn are_alike(self) -> bool {
        self.count >= Rule::LEAST_RATINGS && !self.differ
    }
}

/// The columns of one version that rules look at.
struct Sheet {
    /// Questions that people are expected to answer, and whether they rate; texts are not among them.
    asked: Vec<(String, Encoding, bool)>,
    texts: Vec<(String, Encoding)>,
}

impl Sheet {
    fn of(block: &Block, forms: &[Arc<Published>]) -> Option<Self> {
        let form = forms.iter().find(|form| form.id == block.version)?;
        let mut sheet = Self { asked: Vec::new(), texts: Vec::new() };
        for (question, measure) in form.questionnaire.questions.iter().zip(form.layout.measures()) {
            let (Some(encoding), true) = (encoding(measure), question.is_asked()) else { continue };
            let name = question.code.clone();
            match measure {
                Measure::Text => sheet.texts.push((name, encoding)),
                _ => sheet.asked.push((name, encoding, question.kind_name == KindName::Rating)),
            }
        }
        Some(sheet)
    }

    fn texts(&self) -> Vec<&str> {
        self.texts.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn names(&self) -> Vec<&str> {
        let asked = self.asked.iter().map(|(name, ..)| name.as_str());
        asked.chain(self.texts()).chain([UNIT, PACE, ID]).collect()
    }

    /// Marks of long texts, each form's once.
    fn marks(&self, columns: &Columns) -> Result<Vec<Vec<u64>>, StoreError> {
        let mut all: Vec<Vec<u64>> = Vec::new();
        for (name, encoding) in &self.texts {
            for (at, mark) in read(encoding.text_marks(columns.bytes(name)))?.into_iter().enumerate() {
                if all.len() <= at {
                    all.push(Vec::new());
                }
                if let Some(mark) = mark.filter(|mark| !all[at].contains(mark)) {
                    all[at].push(mark);
                }
            }
        }
        Ok(all)
    }
}

struct Columns(Vec<(String, Vec<u8>)>);

impl Columns {
    /// None when the frame has gone.
    fn read(db: &mut Db, head: &Head, number: i64, names: &[&str]) -> Result<Option<Self>, StoreError> {
        let found = if names.is_empty() { Vec::new() } else { frames::columns(db, head, number, names)? };
        Ok((found.len() == names.len()).then_some(Self(found)))
    }

    fn bytes(&self, name: &str) -> &[u8] {
        self.0.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.as_slice()).unwrap_or_default()
    }
}

fn read<T>(column: Result<T, Damaged>) -> Result<T, StoreError> {
    column.map_err(|error| StoreError::corrupt("frame", error))
}
