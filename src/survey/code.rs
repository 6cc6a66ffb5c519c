//! Codes: the short stable names that questionnaires, databases, files and URLs share.

/// Declares an enum whose variants each have one stable code, with parsing, printing and serde by that code.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $code)] $variant),+
        }

        impl $name {
            /// Every value, in the order in which people list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::survey::code::UnknownCode;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Self::from_code(code).ok_or_else(|| $crate::survey::code::UnknownCode {
                    found: code.to_owned(),
                    known: Self::ALL.iter().map(|v| v.code()).collect(),
                })
            }
        }
    };
}
pub(crate) use codes;

/// A code that is not in the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not known; use one of: {}", known.join(", "))]
pub struct UnknownCode {
    /// What was written.
    pub found: String,
    /// What could have been written.
    pub known: Vec<&'static str>,
}

codes! {
    /// The level of schooling that an answer is about. A school may have several.
    Level {
        /// Nursery and kindergarten.
        MamNon = "mam_non",
        /// Primary.
        TieuHoc = "tieu_hoc",
        /// Lower secondary.
        Thcs = "thcs",
        /// Upper secondary.
        Thpt = "thpt",
        /// Continuing education.
        Gdtx = "gdtx",
    }
}

/// How an answer that is about no particular level is named in tables and exports.
pub const EVERY_LEVEL: &str = "moi_cap";

codes! {
    /// Through whom people were asked.
    Channel {
        /// The school.
        Truong = "truong",
        /// The Fatherland Front.
        MatTran = "mat_tran",
        /// A mass organisation.
        DoanThe = "doan_the",
    }
}

codes! {
    /// Which of the three instruments a questionnaire is.
    Instrument {
        /// A survey form: scaled, comparable; counted by submission.
        KhaoSat = "khao_sat",
        /// A suggestion slip.
        GopY = "gop_y",
        /// An opinion poll on one matter.
        TrungCau = "trung_cau",
    }
}

codes! {
    /// Whom a questionnaire asks.
    Audience {
        /// Parents and others who bring up a child.
        PhuHuynh = "phu_huynh",
        /// Pupils (upper secondary only).
        HocSinh = "hoc_sinh",
        /// Learners in continuing education.
        HocVien = "hoc_vien",
        /// Staff of schools.
        CanBo = "can_bo",
        /// Citizens.
        NhanDan = "nhan_dan",
    }
}

impl Audience {
    /// Whether forms speak of pupils, whose number is known: parents, pupils and learners.
    pub fn is_counted_in_pupils(self) -> bool {
        matches!(self, Self::PhuHuynh | Self::HocSinh | Self::HocVien)
    }
}

codes! {
    /// How a submission came in.
    Mode {
        /// The form on the web.
        Web = "web",
        /// A program, through the JSON API.
        Api = "api",
        /// A device that stands somewhere for everybody.
        Kiosk = "kiosk",
        /// An officer of the Front, the ward or a department entered it for somebody.
        Assisted = "assisted",
        /// It was filled in on paper, and officers typed it.
        Paper = "paper",
    }
}

codes! {
    /// How a form is filled in.
    Way {
        /// By the person who answers, on a device of their own.
        Own = "own",
        /// By the person who answers, on a device for everybody.
        Kiosk = "kiosk",
        /// By an officer, for somebody who cannot.
        Assisted = "assisted",
        /// By an officer, to try the form: nothing is stored.
        Trial = "trial",
    }
}

impl Way {
    /// Whether the time between beginning and sending is that of the person who answers.
    pub fn shows_pace(self) -> bool {
        matches!(self, Self::Own | Self::Kiosk)
    }

    /// How the submission came in; none when it is no submission.
    pub fn mode(self) -> Option<Mode> {
        match self {
            Self::Own => Some(Mode::Web),
            Self::Kiosk => Some(Mode::Kiosk),
            Self::Assisted => Some(Mode::Assisted),
            Self::Trial => None,
        }
    }
}

codes! {
    /// What a unit of some kind is to the program; kinds themselves are data, see [`crate::survey::unit::kind`]. The office
    /// being rated or steering, never the person who is asked.
    UnitNature {
        /// An office that asks: it plans, reads and looks after what stands below it.
        CoQuan = "co_quan",
        /// A school that is asked about, of any level.
        Truong = "truong",
        /// A body of the Fatherland Front: it watches, and enters forms for people who cannot.
        MatTran = "mat_tran",
        /// A mass organisation, which watches like the Front.
        DoanThe = "doan_the",
    }
}

impl UnitNature {
    /// Whether other units stand below it.
    pub fn is_office(self) -> bool {
        self == Self::CoQuan
    }

    /// Whether it is asked about.
    pub fn is_school(self) -> bool {
        self == Self::Truong
    }

    /// Whether it only watches.
    pub fn watches(self) -> bool {
        matches!(self, Self::MatTran | Self::DoanThe)
    }

    /// Through whom its people ask when they enter forms.
    pub fn channel(self) -> Channel {
        match self {
            Self::CoQuan | Self::Truong => Channel::Truong,
            Self::MatTran => Channel::MatTran,
            Self::DoanThe => Channel::DoanThe,
        }
    }
}

codes! {
    /// Who runs a school.
    SchoolType {
        /// The state.
        CongLap = "cong_lap",
        /// A private founder.
        TuThuc = "tu_thuc",
        /// An independent group of small children.
        NhomTreDocLap = "nhom_tre_doc_lap",
    }
}
