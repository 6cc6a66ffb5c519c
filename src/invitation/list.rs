//! A list of addresses as an office has it: CSV, a spreadsheet that became CSV, or lines that were pasted.

use std::collections::{BTreeSet, HashMap};

use csv::{ReaderBuilder, StringRecord};

use crate::mail::Address;
use crate::survey::code::codes;
use crate::vietnamese::legacy::looks_legacy;
use crate::vietnamese::{fold, nfc};

/// So many rows at once.
pub const MOST: usize = 5000;
/// So many mistakes are told.
const TOLD: usize = 100;
/// Headings are looked for among so many rows.
const TITLES: usize = 15;
/// The longest name, in characters.
const LONGEST_NAME: usize = 120;

codes! {
    /// What is wrong with a row, or with the list.
    NotListed {
        /// Nothing that could be an address.
        Address = "address",
        /// A school that the round does not ask, or of which there is no link.
        School = "school",
        /// No school, where the round asks several.
        NoSchool = "no-school",
        /// Text for fonts of before Unicode.
        Legacy = "legacy",
        /// A name that is too long.
        Name = "name",
        /// No row at all.
        Nobody = "nobody",
        /// Too many rows.
        Many = "many",
    }
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The row as a spreadsheet counts; none: the list as a whole.
    pub row: Option<usize>,
    /// What is wrong.
    pub problem: NotListed,
    /// What stands there.
    pub found: String,
}

/// A school that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub unit_id: i64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// The school that the form is about.
    pub unit_id: i64,
    /// Where the letter goes.
    pub address: Address,
    /// How it addresses the person; may be empty.
    pub name: String,
}

#[derive(Default, Clone, Copy)]
struct Places {
    address: Option<usize>,
    name: Option<usize>,
    school: Option<usize>,
}

/// Reads a list for these schools; `chosen` is the one for rows that name none. A row that stands twice counts once.
///
/// # Errors
/// Every mistake, in the order of the rows; at most some hundred.
pub fn read(text: &str, schools: &[Entry], chosen: Option<i64>) -> Result<Vec<Listed>, Vec<Mistake>> {
    let rows = rows(text);
    if let Some(old) = old_headings(&rows) {
        return Err(vec![old]);
    }
    let (first, places) = headings(&rows);
    let by_word = by_word(schools);
    let (mut listed, mut mistakes, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (number, row) in rows.iter().skip(first) {
        match one(row, places, &by_word, chosen) {
            Ok(found) if seen.insert((found.unit_id, found.address.clone())) => listed.push(found),
            Ok(_) => {}
            Err((problem, found)) => {
                mistakes.push(Mistake { row: Some(*number), problem, found: found.chars().take(60).collect() });
            }
        }
        if listed.len() > MOST {
            return Err(vec![Mistake { row: None, problem: NotListed::Many, found: String::new() }]);
        }
    }
    mistakes.truncate(TOLD);
    match (listed.is_empty(), mistakes.is_empty()) {
        (false, true) => Ok(listed),
        (true, true) => Err(vec![Mistake { row: None, problem: NotListed::Nobody, found: String::new() }]),
        (_, false) => Err(mistakes),
    }
}

/// The rows that are not empty, each with its number.
fn rows(text: &str) -> Vec<(usize, StringRecord)> {
    let top = || text.lines().take(TITLES).flat_map(str::chars);
    let count = |separator| top().filter(|c| *c == separator).count();
    let separator = [b';', b'\t', b','].into_iter().max_by_key(|byte| count(char::from(*byte))).unwrap_or(b',');
    let mut builder = ReaderBuilder::new();
    let mut reader = builder.delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    while rows.len() <= 2 * MOST && reader.read_record(&mut record).unwrap_or(false) {
        let number = record.position().map_or(0, |position| position.line());
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((usize::try_from(number).unwrap_or(0), record.clone()));
        }
    }
    rows
}

/// A heading or title that was typed for an old font: what it means is not known, so no row below it can be read.
fn old_headings(rows: &[(usize, StringRecord)]) -> Option<Mistake> {
    let above = rows.iter().take(TITLES).take_while(|(_, row)| !row.iter().any(|cell| cell.contains('@')));
    let mut cells = above.flat_map(|(number, row)| row.iter().map(|cell| (*number, cell.trim())));
    let (number, found) = cells.find(|(_, cell)| looks_legacy(cell))?;
    let found = found.chars().take(60).collect();
    Some(Mistake { row: Some(number), problem: NotListed::Legacy, found })
}

/// How many rows are titles and headings, and which column holds what.
fn headings(rows: &[(usize, StringRecord)]) -> (usize, Places) {
    for (at, (_, row)) in rows.iter().enumerate().take(TITLES) {
        if row.iter().any(|cell| cell.contains('@')) {
            break;
        }
        let place = |known: &[&str]| row.iter().position(|cell| known.contains(&said(cell).as_str()));
        let places = Places {
            address: place(&["email", "e mail", "mail", "thu dien tu", "dia chi thu", "dia chi email", "dia chi mail"]),
            name: place(&["ho va ten", "ho ten", "ten", "phu huynh", "ten phu huynh", "name", "ho ten phu huynh"]),
            school: place(&["ma truong", "truong", "ma don vi", "don vi", "ten truong", "school", "unit"]),
        };
        if places.address.is_some() {
            return (at + 1, places);
        }
    }
    (0, Places::default())
}

fn said(cell: &str) -> String {
    let letters = fold(&nfc(cell)).replace(|c: char| !c.is_alphanumeric(), " ");
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn by_word(schools: &[Entry]) -> HashMap<String, i64> {
    schools
        .iter()
        .flat_map(|school| [(said(&school.code), school.unit_id), (said(&school.name), school.unit_id)])
        .collect()
}

fn one(
    row: &StringRecord,
    places: Places,
    schools: &HashMap<String, i64>,
    chosen: Option<i64>,
) -> Result<Listed, (NotListed, String)> {
    let cell = |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or_default().trim();
    let written = match places.address {
        Some(_) => cell(places.address),
        None => row.iter().find(|cell| cell.contains('@')).or(row.get(0)).unwrap_or_default().trim(),
    };
    // “Nguyễn Văn A <a@example.vn>”, as mail programs copy it
    let (beside, bare) = match written.rsplit_once('<') {
        Some((name, rest)) => (name.trim().trim_matches('"'), rest),
        None => ("", written),
    };
    let address = bare.parse::<Address>().map_err(|_| (NotListed::Address, written.to_owned()))?;
    let typed = if places.name.is_some() { cell(places.name) } else { beside };
    // before it is composed: “Ð” is an é of TCVN3
    if let Some(old) = [typed, cell(places.school)].into_iter().find(|cell| looks_legacy(cell)) {
        return Err((NotListed::Legacy, old.to_owned()));
    }
    let name = nfc(typed).split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > LONGEST_NAME {
        return Err((NotListed::Name, name));
    }
    let unit_id = match (cell(places.school), chosen) {
        ("", Some(chosen)) => chosen,
        ("", None) => return Err((NotListed::NoSchool, written.to_owned())),
        (school, _) => *schools.get(&said(school)).ok_or_else(|| (NotListed::School, school.to_owned()))?,
    };
    Ok(Listed { unit_id, address, name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn schools() -> Vec<Entry> {
        let school = |unit_id, code: &str, name: &str| Entry { unit_id, code: code.to_owned(), name: name.to_owned() };
        vec![school(1, "TH-HOA-MAI", "Trường Tiểu học Hoa Mai"), school(2, "TH-HOA-BAN", "Trường Tiểu học Hoa Ban")]
    }

    fn told(text: &str, chosen: Option<i64>) -> Vec<(Option<usize>, NotListed)> {
        let mistakes = read(text, &schools(), chosen).unwrap_err();
        mistakes.into_iter().map(|mistake| (mistake.row, mistake.problem)).collect()
    }

    #[test]
    fn a_spreadsheet_with_titles_and_columns_in_any_order_is_read() {
        let text = "DANH SÁCH PHỤ HUYNH;;\nSTT;Họ và tên;Email;Mã trường\n1;Lê  Thị Hoa;Hoa@example.vn;TH-HOA-BAN\n\n2;;lan@example.vn;trường tiểu học hoa mai\n";
        let found = read(text, &schools(), None).unwrap();
        let found: Vec<_> = found.iter().map(|l| (l.unit_id, l.address.as_str(), l.name.as_str())).collect();
        assert_eq!(found, [(2, "hoa@example.vn", "Lê Thị Hoa"), (1, "lan@example.vn", "")]);
    }

    #[test]
    fn pasted_lines_are_read_and_the_same_address_counts_once_per_school() {
        let found = read("hoa@example.vn\nLê Lan <lan@example.vn>\nHOA@example.vn\n", &schools(), Some(1)).unwrap();
        assert_eq!(found.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["", "Lê Lan"]);
    }

    #[test]
    fn each_mistake_names_the_row_that_the_spreadsheet_shows() {
        let text = "email,ten,ma truong\nhoa@,A,TH-HOA-MAI\nlan@example.vn,B,TH-KHAC\nmai@example.vn,TrÇn ThÞ Mai,TH-HOA-MAI\ntam@example.vn,C,\n";
        assert_eq!(
            told(text, None),
            [
                (Some(2), NotListed::Address),
                (Some(3), NotListed::School),
                (Some(4), NotListed::Legacy),
                (Some(5), NotListed::NoSchool)
            ]
        );
        assert_eq!(told(" \n", Some(1)), [(None, NotListed::Nobody)]);
        assert_eq!(told("không có địa chỉ", Some(1)), [(Some(1), NotListed::Address)]);
        let many: String = (0..=MOST).map(|n| format!("p{n}@example.vn\n")).collect();
        assert_eq!(told(&many, Some(1)), [(None, NotListed::Many)]);
    }

    #[test]
    fn old_fonts_are_noticed_in_headings_and_in_every_cell_that_is_read() {
        let rows = ["Nguyeãn Vaên A <a@example.vn>", "Tr\u{ad}êng Lª V¨n T¸m;b@example.vn", "c@example.vn"];
        assert_eq!(told(&rows[..1].join("\n"), Some(1)), [(Some(1), NotListed::Legacy)]);
        let headed = |heading: &str, row: &str| told(&format!("{heading}\n{row}\n"), Some(1));
        assert_eq!(headed("Tr\u{ad}êng;Th\u{ad} ®iÖn tö", rows[1]), [(Some(1), NotListed::Legacy)]);
        assert_eq!(headed("Email;Hoï vaø teân", "c@example.vn;Hoa"), [(Some(1), NotListed::Legacy)]);
        assert_eq!(headed("Trường;Email", rows[1]), [(Some(2), NotListed::Legacy)]);
        assert!(read("Jörg Müller <c@example.vn>\nY Moan Êban <d@example.vn>", &schools(), Some(1)).is_ok());
    }

    proptest! {
        #[test]
        fn nothing_that_is_pasted_stops_the_program(text: String) {
            let _ = read(&text, &schools(), Some(1));
        }
    }
}
