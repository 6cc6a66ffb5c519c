//! Which column of a file holds what: by the names that the system writes, or by those that offices give their columns. Lists
//! of schools begin with titles, and their headings may stand in two rows (“Số học sinh” above “Tiểu học | THCS”).

use std::collections::BTreeMap;

use csv::ByteRecord;

use super::mistake::shortened;
use super::{Column, Problem, RowError};
use crate::vietnamese;

/// So many rows above the headings are skipped.
pub(super) const MOST_TITLES: usize = 15;
/// A row is one of headings when it has so many that are known.
const ENOUGH: usize = 2;

/// How offices call the columns, without diacritics.
const SPOKEN: [(Column, &[&str]); 13] = [
    (Column::Code, &["ma", "ma truong", "ma don vi", "ma dinh danh", "ma so", "ma co so"]),
    (Column::Name, &["ten", "ten truong", "ten don vi", "ten co so", "don vi", "truong", "co so giao duc"]),
    (Column::Kind, &["loai don vi", "cap don vi"]),
    (Column::SchoolType, &["loai hinh", "loai hinh truong", "loai truong"]),
    (Column::Parent, &["ma phuong", "ma xa", "ma phuong xa", "ma don vi cap tren", "ma don vi quan ly", "truc thuoc"]),
    (Column::ProfessionalParent, &["ma quan ly chuyen mon", "quan ly chuyen mon"]),
    (Column::ValidFrom, &["tu ngay", "ngay bat dau", "ngay thanh lap"]),
    (Column::ValidTo, &["den ngay", "ngay ket thuc"]),
    (Column::EnrolMamNon, &["mam non", "nha tre mau giao", "so tre"]),
    (Column::EnrolTieuHoc, &["tieu hoc", "th"]),
    (Column::EnrolThcs, &["thcs", "trung hoc co so"]),
    (Column::EnrolThpt, &["thpt", "trung hoc pho thong"]),
    (Column::EnrolGdtx, &["gdtx", "giao duc thuong xuyen"]),
];

/// What stands before the level in a heading of pupils: “Số học sinh THCS”.
const COUNTED: [&str; 8] = ["so hoc sinh", "so hs", "hoc sinh", "hs", "so tre", "tre", "si so", "hoc vien"];

/// What stands before the level in a heading of classes: “Số lớp tiểu học”.
const CLASSES: [&str; 5] = ["so lop", "so nhom lop", "ten lop", "danh sach lop", "lop"];

/// The column that a heading means.
pub(super) fn meant(heading: &str) -> Option<Column> {
    let written = vietnamese::nfc(heading).trim().to_lowercase();
    Column::from_code(&written).or_else(|| {
        let letters = vietnamese::fold(&written).replace(|c: char| !c.is_alphanumeric(), " ");
        let said = letters.split_whitespace().collect::<Vec<_>>().join(" ");
        let counted = COUNTED.iter().find_map(|word| said.strip_prefix(word)).map_or(said.as_str(), str::trim_start);
        if let Some(level) = CLASSES.iter().find_map(|word| said.strip_prefix(word)).map(str::trim_start) {
            return SPOKEN.iter().find(|(_, names)| names.contains(&level))?.0.level().map(Column::of_classes);
        }
        let known = |text: &str| SPOKEN.iter().find(|(_, names)| names.contains(&text)).map(|(column, _)| *column);
        known(&said).or_else(|| known(counted).filter(|column| column.level().is_some()))
    })
}

/// The headings of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headings {
    /// What stands at the top of each column.
    pub names: Vec<String>,
    /// Where each column of ours is, from 0.
    pub places: BTreeMap<Column, usize>,
    /// The last row of headings, as a spreadsheet numbers it.
    pub(super) row: usize,
    /// How many records end with it.
    pub(super) records: usize,
}

impl Headings {
    /// Finds them among the first records of a file, each with its row.
    ///
    /// # Errors
    /// Headings that stand twice, and in files that use the system's own names, headings that it does not know.
    pub(super) fn find(top: &[(usize, ByteRecord)]) -> Result<Self, Vec<RowError>> {
        let known = |record: &ByteRecord| cells(record).filter(|cell| meant(cell).is_some()).count();
        let first = top.iter().take(MOST_TITLES).position(|(_, record)| known(record) >= ENOUGH).unwrap_or(0);
        let Some((row, record)) = top.get(first) else { return Err(vec![RowError::of_file(Problem::NoRows)]) };
        let mut found = Self { names: cells(record).collect(), row: *row, records: first + 1, ..Self::default() };
        if let Some((row, record)) = top.get(first + 1)
            && found.is_continued_by(record)
        {
            found.add_row(*row, record);
        }
        let errors = found.place();
        if errors.is_empty() { Ok(found) } else { Err(errors) }
    }

    /// Whether the next row is one more of headings: it names columns that this one leaves open, and no unit.
    fn is_continued_by(&self, below: &ByteRecord) -> bool {
        let named = self.names.iter().map(|name| meant(name));
        let pairs = || named.clone().zip(cells(below));
        pairs().all(|(above, cell)| above.is_none() || cell.is_empty())
            && pairs().any(|(above, cell)| above.is_none() && meant(&cell).is_some())
    }

    fn add_row(&mut self, row: usize, below: &ByteRecord) {
        let mut group = String::new();
        for (name, cell) in self.names.iter_mut().zip(cells(below)) {
            if !name.is_empty() {
                group.clone_from(name);
            }
            if !cell.is_empty() {
                // “Số lớp” above “Tiểu học” is not “Số học sinh” above it
                let both = format!("{group} {cell}");
                let is_of_classes = meant(&both).and_then(Column::level_of_classes).is_some();
                *name = if is_of_classes { both } else { cell };
            }
        }
        self.row = row;
        self.records += 1;
    }

    fn place(&mut self) -> Vec<RowError> {
        let mut errors = Vec::new();
        let is_own = self.names.iter().any(|name| Column::from_code(&name.to_lowercase()).is_some());
        for (place, name) in self.names.iter().enumerate() {
            match meant(name) {
                // “Đơn vị” beside “Tên trường”: the first counts, and another can be chosen
                Some(column) if !is_own && self.places.contains_key(&column) => {}
                Some(column) if self.places.contains_key(&column) => {
                    errors.push(RowError::at(self.row, column, Problem::RepeatedColumn, name));
                }
                Some(column) => {
                    self.places.insert(column, place);
                }
                // spreadsheets write empty columns at the right edge; lists of offices have columns that are not about us
                None if name.is_empty() || !is_own => {}
                None => errors.push(RowError {
                    row: Some(self.row),
                    column: None,
                    problem: Problem::UnknownColumn,
                    found: shortened(name),
                    detail: String::new(),
                }),
            }
        }
        errors
    }

    /// The headings that are not used.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        let is_used = |place: &usize| self.places.values().any(|used| used == place);
        self.names
            .iter()
            .enumerate()
            .filter(move |(at, name)| !name.is_empty() && !is_used(at))
            .map(|(_, name)| name.as_str())
    }
}

fn cells(record: &ByteRecord) -> impl Iterator<Item = String> {
    record.iter().map(|cell| {
        let text = vietnamese::nfc(&String::from_utf8_lossy(cell));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_as_offices_write_them() {
        for (heading, column) in [
            ("Mã trường", Column::Code),
            ("TÊN ĐƠN VỊ", Column::Name),
            ("Số học sinh THCS", Column::EnrolThcs),
            ("Số HS\nTiểu học", Column::EnrolTieuHoc),
            ("Tiểu học", Column::EnrolTieuHoc),
            ("Loại hình", Column::SchoolType),
            ("enrol_thpt", Column::EnrolThpt),
            ("Số lớp THCS", Column::ClassesThcs),
            ("Lớp tiểu học", Column::ClassesTieuHoc),
        ] {
            assert_eq!(meant(heading), Some(column), "{heading}");
        }
        for heading in ["", "STT", "Địa chỉ", "Hiệu trưởng", "Ghi chú", "Số học sinh", "Số lớp", "Lớp trưởng"]
        {
            assert_eq!(meant(heading), None, "{heading}");
        }
    }

    #[test]
    fn pupils_and_classes_share_a_second_row_of_headings() {
        let rows = ["Mã,Tên,Số học sinh,,Số lớp,", ",,Tiểu học,THCS,Tiểu học,THCS"];
        let top: Vec<_> =
            rows.iter().zip(1..).map(|(row, at)| (at, ByteRecord::from(row.split(',').collect::<Vec<_>>()))).collect();
        let places = Headings::find(&top).unwrap().places;
        let places: Vec<_> = places.iter().skip(2).map(|(column, place)| (column.code(), *place)).collect();
        assert_eq!(places, [("enrol_tieu_hoc", 2), ("enrol_thcs", 3), ("classes_tieu_hoc", 4), ("classes_thcs", 5)]);
    }

    #[test]
    fn titles_are_skipped_and_headings_may_stand_in_two_rows() {
        let rows = [
            "DANH SÁCH TRƯỜNG,,,",
            "STT,Mã trường,Tên trường,Số học sinh,",
            ",,,Tiểu học,THCS",
            "1,TH-A,Trường A,100,",
        ];
        let top: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| (at + 1, ByteRecord::from(row.split(',').collect::<Vec<_>>())))
            .collect();
        let found = Headings::find(&top).unwrap();
        let places: Vec<_> = found.places.iter().map(|(column, place)| (column.code(), *place)).collect();
        assert_eq!(places, [("code", 1), ("name", 2), ("enrol_tieu_hoc", 3), ("enrol_thcs", 4)]);
        assert_eq!((found.row, found.records, found.unused().collect::<Vec<_>>()), (3, 3, vec!["STT"]));
    }
}
