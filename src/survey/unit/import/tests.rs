use proptest::prelude::*;

use std::collections::BTreeMap;

use super::row::{read_date, read_number};
use super::*;
use crate::survey::unit::UnitCode;

const HEADER: &str = "code,name,kind,school_type,parent,professional_parent,valid_from,valid_to,enrol_mam_non,enrol_tieu_hoc,enrol_thcs,enrol_thpt,enrol_gdtx\n";
const WARD: &str = "P-A,Phường A,phuong,,,,2025-07-01,,,,,,\n";

fn read(rows: &str) -> Result<ImportPlan, Vec<RowError>> {
    parse_csv(format!("{HEADER}{rows}").as_bytes(), &[])
}

/// Row, column and problem of each mistake.
fn mistakes(rows: &str) -> Vec<(usize, &'static str, Problem)> {
    let errors = read(rows).err().unwrap_or_default();
    errors.iter().map(|e| (e.row.unwrap_or(0), e.column.map_or("", Column::code), e.problem)).collect()
}

#[test]
fn a_school_is_read_with_its_levels() {
    let plan = read(&format!("{WARD}TH-A,Trường A,truong,cong_lap,P-A,,2025-07-01,,,684,512,,\n")).unwrap();
    let school = plan.units().nth(1).unwrap();
    assert_eq!(school.enrolment, BTreeMap::from([(Level::TieuHoc, 684), (Level::Thcs, 512)]));
    assert_eq!(school.parent.as_ref().map(UnitCode::as_str), Some("P-A"));
}

#[test]
fn dates_and_numbers_are_read_as_spreadsheets_in_viet_nam_write_them() {
    let plan =
        read(&format!("{WARD}TH-A,Trường A,truong,cong_lap,P-A,,1/7/2025,31/12/2030,,1.045,20.000,,\n")).unwrap();
    let school = plan.units().nth(1).unwrap();
    assert_eq!((school.valid_from, school.valid_to), (read_date("2025-07-01").unwrap(), read_date("2030-12-31")));
    assert_eq!(school.enrolment, BTreeMap::from([(Level::TieuHoc, 1045), (Level::Thcs, 20_000)]));
    for wrong in ["7/31/2025", "1/7/25", "1/7", "2025/07/01", "01-07-2025"] {
        assert_eq!(read_date(wrong), None, "{wrong}");
    }
    for wrong in ["1.5", "1.0456", "1045.", ".045", "1234.567", "1,045", "-1", ""] {
        assert_eq!(read_number(wrong), None, "{wrong}");
    }
}

#[test]
fn semicolons_a_mark_at_the_start_windows_lines_and_any_order_are_fine() {
    let (first, rest) = HEADER.trim_end().split_once(',').unwrap();
    let header = format!("{rest},{first}").replace(',', ";");
    let file = format!("\u{feff}{header};\r\n\"Phường; A\";phuong;;;;2025-07-01;;;;;;;P-A;\r\n;;;;;;;;;;;;;\r\n");
    let plan = parse_csv(file.as_bytes(), &[]).unwrap();
    assert_eq!(plan.units().next().unwrap().name, "Phường; A");
}

#[test]
fn a_quote_that_is_never_closed_is_named_by_its_own_row() {
    let good = WARD.trim_end();
    let open = "P-B,\"Phường B,phuong,,,,2025-07-01,,,,,,";
    for (rows, row) in [
        (format!("{good}\n{open}\n"), 3),
        (format!("{good}\n{open}"), 3),
        (format!("{good}\n{open}\nP-C,Phường C,phuong,,,,2025-07-01,,,,,,\n"), 3),
        (format!("{good}\n\n{open}\n\n"), 4),
        (format!("P-X,\"Phường\nX\",phuong,,,,2025-07-01,,,,,,\n{open}\n"), 3),
    ] {
        let found = mistakes(&rows);
        assert!(found.contains(&(row, "", Problem::OpenQuote)), "{rows}: {found:?}");
        assert!(!found.iter().any(|(_, _, problem)| *problem == Problem::CellCount), "{found:?}");
    }
    let closed = WARD.trim_end().trim_end_matches(',').to_owned() + ",,,,\"\n\"\n";
    assert!(!mistakes(&closed).iter().any(|(.., problem)| *problem == Problem::OpenQuote));
}

#[test]
fn every_mistake_is_named_at_once() {
    let rows = "p-a,Phường A,phuong,,,,2025-07-01,,,,,,\n\
                TH-A,Trường A,truong,,KHONG-CO,,31/02/2025,,,1.o45,,,\n\
                TH-B,Trường B,truong,,,,2025-07-01,2025-07-01,,,,,\n\
                P-C,,phuong,cong_lap,,,2025-07-01,,,5,,,\n\
                P-C,Phường C,xa,,,,2025-07-01,,,,,,\n\
                P-D,Phường D\n";
    assert_eq!(
        mistakes(rows),
        [
            (2, "code", Problem::NotACode),
            (3, "parent", Problem::ParentUnknown),
            (3, "valid_from", Problem::NotADate),
            (3, "enrol_tieu_hoc", Problem::NotAPupilNumber),
            (4, "", Problem::NoLevel),
            (4, "valid_to", Problem::EndsTooEarly),
            (5, "name", Problem::Empty),
            (5, "school_type", Problem::OnlyForSchools),
            (5, "enrol_tieu_hoc", Problem::OnlyForSchools),
            (6, "code", Problem::DuplicateCode),
            (6, "kind", Problem::UnknownValue),
            (7, "", Problem::CellCount),
        ]
    );
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does() {
    let rows = format!("{WARD}\n\"P-\nB\",Phường B,phuong,,,,2025-07-01,,,,,,\nx,Phường X,phuong,,,,2025-07-01,,,,,,");
    assert_eq!(mistakes(&rows), [(4, "code", Problem::ControlCharacter), (5, "code", Problem::NotACode)]);
}

#[test]
fn headings_are_checked_before_rows() {
    let header = HEADER.replace("kind", "loai").replace("valid_to", "name");
    let errors = parse_csv(format!("{header}{WARD}").as_bytes(), &[]).unwrap_err();
    let problems: Vec<_> =
        errors.iter().map(|e| (e.problem, e.column.map_or(e.found.clone(), |c| c.to_string()))).collect();
    assert_eq!(problems, [(Problem::UnknownColumn, "loai".to_owned()), (Problem::RepeatedColumn, "name".to_owned()),]);
}

#[test]
fn files_in_other_encodings_are_told_how_to_be_saved() {
    let errors = parse_csv(b"code,name\nP,Ph\xfb\xdd", &[]).unwrap_err();
    assert_eq!(errors[0].problem, Problem::NotUtf8);
    assert!(errors[0].to_string().contains("CSV UTF-8"));
    assert_eq!(parse_csv(b"", &[]).unwrap_err()[0].problem, Problem::NoRows);
    assert_eq!(read("").unwrap_err()[0].problem, Problem::NoRows);
}

#[test]
fn names_are_composed_and_old_fonts_are_noticed() {
    let plan = read("P-A,Phươ\u{300}ng A,phuong,,,,2025-07-01,,,,,,\n").unwrap();
    assert_eq!(plan.units().next().unwrap().name, "Phường A");
    let old = "P-A,PHÖÔØNG HOA BAN,phuong,,,,2025-07-01,,,,,,\n";
    assert_eq!(mistakes(old), [(2, "name", Problem::LegacyFont)]);
}

#[test]
fn headings_in_an_old_font_are_noticed_instead_of_missed() {
    let row = |text: &str| parse_csv(text.as_bytes(), &[]).unwrap_err();
    for text in
        ["M· tr\u{ad}êng,Tªn tr\u{ad}êng,§Þa chØ\nTH-A,Lª V¨n T¸m,\n", "Maõ tröôøng,Teân tröôøng\nTH-A,Leâ Lai\n"]
    {
        let errors = row(text);
        assert_eq!((errors.len(), errors[0].problem, errors[0].row), (1, Problem::LegacyFont, Some(1)), "{text}");
    }
    assert!(row("Ký hiệu,Gọi là\nTH-A,Trường A\n").iter().all(|error| error.problem == Problem::MissingColumn));
}

#[test]
fn every_cell_that_is_read_is_looked_at_for_old_fonts_and_broken_formulas() {
    let rows = "P-A,Phường A,phuong,,,,2025-07-01,,,,,,\nTH-A,Leâ Vaên Taâm,truong,C«ng lËp,P-A,,2025-07-01,,,#DIV/0!,=A1+A2,,\n";
    assert_eq!(
        mistakes(rows),
        [
            (3, "name", Problem::LegacyFont),
            (3, "school_type", Problem::LegacyFont),
            (3, "enrol_tieu_hoc", Problem::CellError),
            (3, "enrol_thcs", Problem::NoResult),
        ]
    );
}

#[test]
fn a_row_of_sums_is_left_out_and_told() {
    let plan = read(&format!("{WARD}TH-A,Trường A,truong,,P-A,,2025-07-01,,,5,,,\n,Tổng cộng:,,,,,,,,5,,,\n")).unwrap();
    assert_eq!((plan.len(), plan.left_out()), (2, &[4][..]));
    assert_eq!(mistakes(&format!("{WARD},Trường B,truong,,P-A,,2025-07-01,,,5,,,\n")), [(3, "code", Problem::Empty)]);
}

#[test]
fn a_new_unit_under_a_merged_cell_lacks_a_unit_above_and_is_not_somebody_elses() {
    let existing: Vec<Unit> = read(WARD).unwrap().units().cloned().collect();
    let rows = "TH-A,Trường A,truong,,P-A,,2025-07-01,,,5,,,\nTH-B,Trường B,truong,,,,2025-07-01,,,5,,,\n";
    let plan = parse_csv(format!("{HEADER}{rows}").as_bytes(), &existing).unwrap();
    let told = plan.outside(&existing[0].code, &existing);
    let told: Vec<_> = told.iter().map(|error| (error.row, error.column, error.problem)).collect();
    assert_eq!(told, [(Some(3), Some(Column::Parent), Problem::NoParent)]);
}

#[test]
fn units_cannot_stand_above_themselves() {
    let rows = "P-A,A,phuong,,P-B,,2025-07-01,,,,,,\nP-B,B,phuong,,,P-A,2025-07-01,,,,,,\nP-C,C,phuong,,P-A,,2025-07-01,,,,,,\nP-D,D,phuong,,P-D,,2025-07-01,,,,,,\n";
    let cycle = |row| (row, "parent", Problem::Cycle);
    assert_eq!(mistakes(rows), [cycle(2), cycle(3), cycle(5)]);
}

#[test]
fn a_cycle_through_a_unit_that_exists_is_found() {
    let existing: Vec<Unit> = read("P-A,A,phuong,,,,2025-07-01,,,,,,\nP-B,B,phuong,,P-A,,2025-07-01,,,,,,\n")
        .unwrap()
        .units()
        .cloned()
        .collect();
    let file = format!("{HEADER}P-A,A,phuong,,P-B,,2025-07-01,,,,,,\n");
    let errors = parse_csv(file.as_bytes(), &existing).unwrap_err();
    assert_eq!((errors.len(), errors[0].problem), (1, Problem::Cycle));
}

#[test]
fn schools_stand_above_nothing() {
    let rows = format!("{WARD}TH-A,A,truong,,P-A,,2025-07-01,,,1,,,\nTH-B,B,truong,,TH-A,,2025-07-01,,,1,,,\n");
    assert_eq!(mistakes(&rows), [(4, "parent", Problem::ParentIsSchool)]);
}

#[test]
fn too_many_rows_and_bytes_are_refused() {
    let rows: String = (0..=MOST_ROWS).map(|n| format!("P-{n},Phường,phuong,,,,2025-07-01,,,,,,\n")).collect();
    assert_eq!(mistakes(&rows), [(0, "", Problem::TooManyRows)]);
    assert_eq!(parse_csv(&vec![b'a'; LARGEST_FILE + 1], &[]).unwrap_err()[0].problem, Problem::FileTooLarge);
}

proptest! {
    #[test]
    fn no_file_makes_it_fall_over(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "[\\PC\n,;\"]{0,200}") {
        let _ = parse_csv(&bytes, &[]);
        let _ = read(&text);
    }

    #[test]
    fn a_parsed_code_prints_as_it_was_written(text in "[A-Z0-9-]{0,26}") {
        if let Ok(code) = text.parse::<UnitCode>() {
            prop_assert_eq!(code.to_string(), text);
        }
    }
}
