//! Roles: what somebody is trusted with on a unit and on everything below it.
//!
//! A role is granted on a unit. What it allows follows from one table, [`Role::rights`], and from what the person's own
//! unit is: nobody of a school reaches rows whatever was granted, and the Front looks but does not change.

use crate::survey::code::{UnitNature, codes};

codes! {
    /// What somebody is trusted with.
    Role {
        /// Looks after people, units and tokens.
        QuanTri = "quan_tri",
        /// Plans rounds and opens them.
        ChuTri = "chu_tri",
        /// Writes questionnaires.
        SoanPhieu = "soan_phieu",
        /// Approves questionnaires and the opening of rounds.
        Duyet = "duyet",
        /// The contact of a unit that is asked about.
        DauMoi = "dau_moi",
        /// Reads opinions that cannot wait, and passes them on.
        XuLy = "xu_ly",
        /// Reads figures and rows.
        PhanTich = "phan_tich",
        /// Watches for the Fatherland Front: sees what is published, and enters forms for people who cannot.
        GiamSat = "giam_sat",
    }
}

codes! {
    /// One thing that may be done. Handlers ask for rights, never for roles.
    Right {
        /// Invite people, give roles, read the audit log.
        People = "people",
        /// Import units.
        Units = "units",
        /// Make tokens for programs.
        Tokens = "tokens",
        /// See rounds: where they stand, how many forms came from which school.
        See = "see",
        /// Plan rounds, choose schools, make and revoke codes.
        Plan = "plan",
        /// Open, extend, close and freeze rounds.
        Open = "open",
        /// Write questionnaires.
        Write = "write",
        /// Approve what others wrote or planned.
        Approve = "approve",
        /// Read releases.
        Releases = "releases",
        /// Read figures as they were counted, before small groups are hidden.
        Figures = "figures",
        /// Read single forms, on pages and in exports.
        Rows = "rows",
        /// Read opinions that cannot wait, and handle them.
        Opinions = "opinions",
        /// Enter a form for somebody who cannot.
        Assist = "assist",
    }
}

impl Right {
    /// Whether who has it changes what the organizer keeps. A form that is entered for somebody is that person's doing.
    pub fn changes(self) -> bool {
        !matches!(self, Self::See | Self::Releases | Self::Figures | Self::Rows | Self::Assist)
    }
}

impl Role {
    /// What it allows: the table.
    pub fn rights(self) -> &'static [Right] {
        use Right::{
            Approve, Assist, Figures, Open, Opinions, People, Plan, Releases, Rows, See, Tokens, Units, Write,
        };
        match self {
            Self::QuanTri => &[People, Units, Tokens, See],
            Self::ChuTri => &[Units, See, Plan, Open, Releases, Figures, Assist],
            Self::SoanPhieu => &[See, Write],
            Self::Duyet => &[See, Approve, Releases, Figures],
            Self::DauMoi => &[Releases],
            Self::XuLy => &[Opinions, Assist],
            Self::PhanTich => &[See, Releases, Figures, Rows, Tokens],
            Self::GiamSat => &[Releases, Assist],
        }
    }

    /// Whether it allows this.
    pub fn allows(self, right: Right) -> bool {
        self.rights().contains(&right)
    }

    /// Whether people of such a unit can have it: schools are asked about and never look behind the figures, the Front
    /// watches, and everything else is done by offices.
    pub fn fits(self, nature: UnitNature) -> bool {
        match nature {
            UnitNature::Truong => self == Self::DauMoi,
            UnitNature::MatTran | UnitNature::DoanThe => self == Self::GiamSat,
            UnitNature::CoQuan => !matches!(self, Self::GiamSat | Self::DauMoi),
        }
    }

    /// The roles that people of such a unit can have, in the order in which they are listed.
    pub fn of(nature: UnitNature) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |role| role.fits(nature))
    }
}

/// A role on a unit and everything below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it begins.
    pub unit_id: i64,
}

/// All that was granted to one person, and what the person's own unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    nature: UnitNature,
    all: Vec<Grant>,
}

impl Grants {
    /// What was granted to somebody of such a unit. What does not fit that unit has no effect: a unit may have become
    /// something else since.
    pub fn new(nature: UnitNature, granted: impl IntoIterator<Item = Grant>) -> Self {
        Self { nature, all: granted.into_iter().filter(|grant| grant.role.fits(nature)).collect() }
    }

    /// What the person's own unit is.
    pub fn nature(&self) -> UnitNature {
        self.nature
    }

    /// Whether the right reaches the first of these units: `line` is a unit followed by every unit above it.
    pub fn may(&self, right: Right, line: &[i64]) -> bool {
        self.roots(right).any(|unit| line.contains(&unit))
    }

    /// Whether the right reaches anything at all.
    pub fn may_somewhere(&self, right: Right) -> bool {
        self.roots(right).next().is_some()
    }

    /// The units at which the right begins.
    pub fn roots(&self, right: Right) -> impl Iterator<Item = i64> {
        self.all.iter().filter(move |grant| grant.role.allows(right)).map(|grant| grant.unit_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A department (1), two wards (2, 3), a school in each (4, 5): every unit followed by those above it.
    const LINES: [&[i64]; 5] = [&[1], &[2, 1], &[3, 1], &[4, 2, 1], &[5, 3, 1]];

    fn grants() -> impl Strategy<Value = (UnitNature, Vec<Grant>)> {
        let grant = (prop::sample::select(Role::ALL), 1..=5_i64).prop_map(|(role, unit_id)| Grant { role, unit_id });
        (prop::sample::select(UnitNature::ALL), prop::collection::vec(grant, 0..12))
    }

    proptest! {
        #[test]
        fn nobody_of_a_school_reaches_rows_or_opinions_whatever_was_granted((_, granted) in grants()) {
            let head = Grants::new(UnitNature::Truong, granted);
            for right in
                [Right::Figures, Right::Rows, Right::Opinions, Right::Assist, Right::See, Right::People]
            {
                prop_assert!(!head.may_somewhere(right), "{right}");
            }
        }

        #[test]
        fn a_right_reaches_down_and_never_above_or_beside((kind, granted) in grants(), right in prop::sample::select(Right::ALL)) {
            let of = Grants::new(kind, granted.clone());
            for line in LINES {
                let given = granted.iter().any(|g| g.role.fits(kind) && g.role.allows(right) && line.contains(&g.unit_id));
                prop_assert_eq!(of.may(right, line), given);
            }
        }

        #[test]
        fn the_front_and_mass_organisations_change_nothing((_, granted) in grants(), is_front in any::<bool>()) {
            let nature = if is_front { UnitNature::MatTran } else { UnitNature::DoanThe };
            let front = Grants::new(nature, granted);
            for right in Right::ALL.iter().filter(|right| right.changes() || matches!(right, Right::Figures | Right::Rows)) {
                prop_assert!(!front.may_somewhere(*right), "{right}");
            }
        }
    }

    #[test]
    fn a_role_on_a_ward_says_nothing_about_the_ward_beside_it() {
        let officer = Grants::new(UnitNature::CoQuan, [Grant { role: Role::ChuTri, unit_id: 2 }]);
        assert!(officer.may(Right::Open, LINES[1]) && officer.may(Right::Open, LINES[3]));
        assert!(!officer.may(Right::Open, LINES[0]) && !officer.may(Right::Open, LINES[2]));
        assert!(!officer.may(Right::Rows, LINES[1]), "planning is not reading");
    }

    #[test]
    fn whoever_approves_does_not_open_and_only_one_role_looks_after_people() {
        assert!(!Role::Duyet.allows(Right::Open) && !Role::ChuTri.allows(Right::Approve));
        let keepers: Vec<_> = Role::ALL.iter().filter(|role| role.allows(Right::People)).collect();
        assert_eq!(keepers, [&Role::QuanTri]);
    }

    #[test]
    fn together_the_roles_of_an_office_allow_all_that_there_is() {
        let all = Grants::new(UnitNature::CoQuan, Role::of(UnitNature::CoQuan).map(|role| Grant { role, unit_id: 2 }));
        assert!(Right::ALL.iter().all(|right| all.may(*right, LINES[3])));
    }
}
