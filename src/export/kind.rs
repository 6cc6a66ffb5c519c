//! Kinds of files.

use serde::Deserialize;

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Comma-separated values
    #[default]
    Csv,
    /// A workbook for Excel and LibreOffice
    Xlsx,
    /// A data file of SPSS, which PSPP, R and Stata read as well
    Sav,
    /// JSON Lines: one object per form
    Jsonl,
    /// Apache Parquet
    #[cfg(feature = "parquet")]
    Parquet,
    /// What the columns mean, as CSV
    Codebook,
    /// What the columns mean, as DDI-Codebook 2.5 XML
    Ddi,
}

impl Kind {
    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Sav => "sav",
            Self::Jsonl => "jsonl",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            Self::Codebook => "codebook",
            Self::Ddi => "ddi",
        }
    }

    /// What the names of its files end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Codebook => "codebook.csv",
            Self::Ddi => "ddi.xml",
            rows => rows.code(),
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::Codebook => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Sav => "application/x-spss-sav",
            Self::Jsonl => "application/jsonl; charset=utf-8",
            #[cfg(feature = "parquet")]
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Ddi => "application/xml; charset=utf-8",
        }
    }

    /// Whether it holds answers of people.
    pub fn has_rows(self) -> bool {
        !matches!(self, Self::Codebook | Self::Ddi)
    }
}
