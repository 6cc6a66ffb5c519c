//! Kinds of units, which are data: an installation says itself which it has, what they are called and where they stand. What a
//! unit of some kind is to the program is its [`UnitNature`], of which there are few; no rule asks for a kind.

use std::collections::BTreeSet;

use crate::survey::code::UnitNature;
use crate::survey::text::Lang;
use crate::vietnamese;

mod code;

pub use code::{KindCode, NotAKindCode, UnitKind};

/// A province's department of education: every preset fits below one.
pub const SO_GDDT: &str = "so_gddt";
/// A district's education office, as there were before July 2025.
pub const PHONG_GDDT: &str = "phong_gddt";

/// The longest name of a kind, in characters.
const LONGEST_NAME: usize = 80;

/// A kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Its code, and what its units are.
    pub kind: UnitKind,
    /// What it is called in Vietnamese.
    pub name_vi: String,
    /// What it is called in English.
    pub name_en: String,
    /// Whether a unit of this kind can have nothing above it.
    pub at_top: bool,
    /// The kinds below which its units stand in administration; none: every kind but schools.
    pub below: BTreeSet<KindCode>,
}

impl Kind {
    /// What it is called.
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::VI { &self.name_vi } else { &self.name_en }
    }

    /// Whether its units stand below such a one as far as anybody said.
    pub fn allows_above(&self, above: &UnitKind) -> bool {
        !above.nature.is_school() && (self.below.is_empty() || self.below.contains(&above.code))
    }

    /// Whether a unit of this kind can be put below such a one: as [`Kind::allows_above`], and an office not below one of its
    /// own kind unless somebody said so.
    pub fn can_stand_below(&self, above: &UnitKind) -> bool {
        self.allows_above(above) && self.can_be_guided_by(above)
    }

    /// Whether such a one can stand above a unit of this kind in professional matters: a department of education guides what
    /// stands below wards.
    pub fn can_be_guided_by(&self, above: &UnitKind) -> bool {
        let is_like_it = above.nature.is_office() && above.code == self.kind.code;
        !above.nature.is_school() && (!is_like_it || self.below.contains(&above.code))
    }

    fn is_called(&self, said: &str) -> bool {
        [self.kind.code.as_str(), &self.name_vi, &self.name_en].iter().any(|name| plain(name) == said)
    }
}

/// Letters and digits without diacritics: “Trường”, “truong” and “TRƯỜNG” are the same.
fn plain(name: &str) -> String {
    vietnamese::fold(&vietnamese::nfc(name)).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What is wrong with a kind, or with taking it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindWrong {
    /// Not a [`KindCode`], nor does one follow from the name.
    Code,
    /// Empty, too long, or not on one line.
    Name,
    /// Another kind has this code or name; files could not tell them apart.
    Taken,
    /// It would stand below nothing: neither at the top nor below any kind that there is.
    Nowhere,
    /// There are units of this kind.
    InUse,
    /// Another kind is said to stand below it.
    Named,
    /// Without it there would be no kind of office, or no kind of school.
    Last,
}

/// What somebody says about a kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KindDraft {
    /// Empty: it follows from the name.
    pub code: String,
    /// In Vietnamese.
    pub name_vi: String,
    /// In English; empty: as in Vietnamese.
    pub name_en: String,
    /// As in [`Kind::at_top`].
    pub at_top: bool,
    /// Codes, as in [`Kind::below`].
    pub below: Vec<String>,
}

/// All kinds of an installation, in the order in which they are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kinds(Vec<Kind>);

impl Kinds {
    /// These, in this order.
    pub fn new(kinds: Vec<Kind>) -> Self {
        Self(kinds)
    }

    /// Those with which an installation begins; presets know these.
    pub fn initial() -> Self {
        use UnitNature::{CoQuan, MatTran, Truong};
        let kind = |(code, nature, vi, en): (&str, UnitNature, &str, &str)| {
            let kind = UnitKind::first(code, nature);
            Kind { kind, name_vi: vi.to_owned(), name_en: en.to_owned(), at_top: true, below: BTreeSet::new() }
        };
        let kinds = [
            (SO_GDDT, CoQuan, "Sở Giáo dục và Đào tạo", "Department of Education"),
            (PHONG_GDDT, CoQuan, "Phòng Giáo dục và Đào tạo", "District education office"),
            ("phuong", CoQuan, "Phường, xã", "Ward or commune"),
            ("truong", Truong, "Trường", "School"),
            ("mat_tran", MatTran, "Mặt trận Tổ quốc", "Fatherland Front"),
        ];
        Self(kinds.map(kind).into())
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.0.iter()
    }

    /// The kind of this code.
    pub fn find(&self, code: &str) -> Option<&Kind> {
        self.iter().find(|kind| kind.kind.is(code))
    }

    /// The kind that somebody means who wrote its code or its name, in any spelling.
    pub fn meant(&self, written: &str) -> Option<&Kind> {
        let said = plain(written);
        self.find(written).or_else(|| self.iter().find(|kind| kind.is_called(&said)))
    }

    /// What most schools are.
    pub fn usual_school(&self) -> Option<&UnitKind> {
        self.iter().map(|kind| &kind.kind).find(|kind| kind.nature.is_school())
    }

    /// What a kind is called; its code where it is gone.
    pub fn name(&self, kind: &UnitKind, lang: Lang) -> String {
        self.find(kind.code.as_str()).map_or(kind.code.as_str(), |known| known.name(lang)).to_owned()
    }

    /// How they are written in files, each with its name: what a row could have said instead.
    pub fn written(&self) -> String {
        let each = self.iter().map(|kind| format!("{} ({})", kind.kind, kind.name_vi));
        each.collect::<Vec<_>>().join(", ")
    }

    /// What these are called, one after the other.
    pub fn names(&self, codes: &BTreeSet<KindCode>) -> String {
        let named = self.iter().filter(|kind| codes.contains(&kind.kind.code)).map(|kind| kind.name_vi.as_str());
        named.collect::<Vec<_>>().join(", ")
    }

    /// A kind that can be added.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn added(&self, draft: &KindDraft, nature: UnitNature) -> Result<Kind, KindWrong> {
        let name = name(&draft.name_vi)?;
        let code = match draft.code.as_str() {
            "" => KindCode::after(&name).ok_or(KindWrong::Code)?,
            code => code.parse().map_err(|_| KindWrong::Code)?,
        };
        self.checked(UnitKind { code, nature }, name, draft, &[])
    }

    /// A kind that there is with another name or place; its code and nature stay, because its units have them.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn corrected(&self, old: &Kind, draft: &KindDraft) -> Result<Kind, KindWrong> {
        self.checked(old.kind.clone(), name(&draft.name_vi)?, draft, std::slice::from_ref(&old.kind.code))
    }

    fn checked(&self, kind: UnitKind, vi: String, draft: &KindDraft, own: &[KindCode]) -> Result<Kind, KindWrong> {
        let en = if draft.name_en.trim().is_empty() { vi.clone() } else { name(&draft.name_en)? };
        let said = [plain(kind.code.as_str()), plain(&vi), plain(&en)];
        let mut others = self.iter().filter(|known| !own.contains(&known.kind.code));
        if others.any(|known| said.iter().any(|said| known.is_called(said))) {
            return Err(KindWrong::Taken);
        }
        let chosen = self.iter().filter(|known| draft.below.iter().any(|code| known.kind.is(code)));
        let chosen = chosen.filter(|known| !known.kind.nature.is_school()).map(|known| known.kind.code.clone());
        let (at_top, below) = (draft.at_top, chosen.collect::<BTreeSet<_>>());
        // below its own kind alone it would stand nowhere
        if !at_top && !below.is_empty() && below.iter().all(|code| *code == kind.code) {
            return Err(KindWrong::Nowhere);
        }
        Ok(Kind { kind, name_vi: vi, name_en: en, at_top, below })
    }

    /// Whether a kind of which there are so many units can be taken away.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check_removal(&self, old: &Kind, units: i64) -> Result<(), KindWrong> {
        let nature = old.kind.nature;
        let is_last = self.iter().filter(|kind| kind.kind.nature == nature).count() < 2;
        let is_named = |kind: &Kind| kind.kind != old.kind && kind.below.contains(&old.kind.code);
        if units > 0 {
            Err(KindWrong::InUse)
        } else if self.iter().any(is_named) {
            Err(KindWrong::Named)
        } else if is_last && (nature.is_office() || nature.is_school()) {
            Err(KindWrong::Last)
        } else {
            Ok(())
        }
    }
}

fn name(written: &str) -> Result<String, KindWrong> {
    let name = vietnamese::nfc(written).split_whitespace().collect::<Vec<_>>().join(" ");
    let is_fine = (2..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if is_fine && !plain(&name).is_empty() { Ok(name) } else { Err(KindWrong::Name) }
}

#[cfg(test)]
mod tests;
