use super::*;
use crate::survey::unit::Unit;
use crate::survey::unit::import::{self, Given, Problem};

fn draft(name: &str) -> KindDraft {
    KindDraft { name_vi: name.to_owned(), at_top: true, ..KindDraft::default() }
}

fn with(more: &[(&str, UnitNature)]) -> Kinds {
    let mut kinds = Kinds::initial();
    for (name, nature) in more {
        let kind = kinds.added(&draft(name), *nature).unwrap();
        kinds.0.push(kind);
    }
    kinds
}

#[test]
fn a_code_follows_from_the_name() {
    let kind = Kinds::initial().added(&draft(" Trung  tâm GDTX "), UnitNature::Truong).unwrap();
    assert_eq!((kind.kind.to_string().as_str(), kind.name_en.as_str()), ("trung_tam_gdtx", "Trung tâm GDTX"));
    let long = Kinds::initial().added(&draft("Ủy ban nhân dân xã, phường, đặc khu"), UnitNature::CoQuan).unwrap();
    assert_eq!(long.kind.to_string(), "uy_ban_nhan_dan_xa_phuon");
    assert_eq!(Kinds::initial().added(&draft("2026"), UnitNature::CoQuan), Err(KindWrong::Code));
}

#[test]
fn no_two_kinds_can_be_taken_for_each_other() {
    let kinds = with(&[("Liên đoàn Lao động", UnitNature::DoanThe)]);
    for taken in ["Trường", "TRUONG", "so gddt", "School", "lien doan lao dong"] {
        assert_eq!(kinds.added(&draft(taken), UnitNature::CoQuan), Err(KindWrong::Taken), "{taken}");
    }
    for wrong in ["", " ", "a", "--", &"x".repeat(81)] {
        assert_eq!(kinds.added(&draft(wrong), UnitNature::CoQuan), Err(KindWrong::Name), "{wrong}");
    }
    let old = kinds.find("truong").unwrap();
    assert_eq!(kinds.corrected(old, &draft("Trường học")).unwrap().kind, old.kind);
    assert_eq!(kinds.corrected(old, &draft("Phường, xã")), Err(KindWrong::Taken));
}

#[test]
fn what_is_used_stays_and_so_does_the_last_kind_of_school() {
    let kinds = with(&[("Trung tâm GDTX", UnitNature::Truong)]);
    let [school, ward, front] = ["truong", "phuong", "mat_tran"].map(|code| kinds.find(code).unwrap());
    assert_eq!(kinds.check_removal(ward, 5), Err(KindWrong::InUse));
    assert_eq!((kinds.check_removal(school, 0), kinds.check_removal(front, 0)), (Ok(()), Ok(())));
    assert_eq!(Kinds::initial().check_removal(school, 0), Err(KindWrong::Last));
}

#[test]
fn files_name_kinds_by_code_or_by_name_and_mistakes_name_those_that_there_are() {
    let kinds = with(&[("Trung tâm GDTX", UnitNature::Truong)]);
    let read = |kind: &str| {
        let file = format!("code,name,kind,valid_from,enrol_gdtx\nTT-A,Trung tâm A,{kind},2025-07-01,90\n");
        import::parse(&file, &Given::only(&kinds, &[])).map(|plan| plan.units().next().unwrap().kind.to_string())
    };
    for written in ["trung_tam_gdtx", "Trung tâm GDTX", "TRUNG TAM GDTX"] {
        assert_eq!(read(written).unwrap(), "trung_tam_gdtx");
    }
    let errors = read("Trung tâm").unwrap_err();
    assert_eq!((errors[0].row, errors[0].problem), (Some(2), Problem::UnknownValue));
    assert!(errors[0].detail.ends_with("mat_tran (Mặt trận Tổ quốc), trung_tam_gdtx (Trung tâm GDTX)"), "{errors:?}");
}

#[test]
fn a_file_puts_units_where_their_kind_stands_and_leaves_alone_what_stands_already() {
    let mut kinds = with(&[("Phòng VH-XH", UnitNature::CoQuan)]);
    let place = kinds.0.last_mut().unwrap();
    (place.at_top, place.below) = (false, ["phuong".parse().unwrap()].into());
    let rows = |parent: &str| {
        let row = format!("PVH-A,Phòng A,phong_vh_xh,{parent},2025-07-01\n");
        format!("code,name,kind,parent,valid_from\nSO,Sở,so_gddt,,2025-07-01\nP-A,Phường A,phuong,SO,2025-07-01\n{row}")
    };
    let problems = |parent: &str, existing: &[Unit]| {
        let errors = import::parse(&rows(parent), &Given::only(&kinds, existing)).err().unwrap_or_default();
        errors.iter().map(|error| (error.row, error.problem)).collect::<Vec<_>>()
    };
    assert_eq!(problems("P-A", &[]), []);
    assert_eq!(problems("SO", &[]), [(Some(4), Problem::ParentKind)]);
    assert_eq!(problems("", &[]), [(Some(4), Problem::NotAtTop)]);
    let [office, department, school] = ["phong_vh_xh", "so_gddt", "truong"].map(|code| kinds.find(code).unwrap());
    assert!(office.can_be_guided_by(&department.kind) && !office.can_be_guided_by(&school.kind));
    assert!(!office.can_be_guided_by(&office.kind) && !office.can_stand_below(&department.kind));
    let before = with(&[("Phòng VH-XH", UnitNature::CoQuan)]);
    let plan = import::parse(&rows("SO"), &Given::only(&before, &[])).unwrap();
    let existing: Vec<Unit> = plan.units().cloned().collect();
    assert_eq!(problems("SO", &existing), []);
}

#[test]
fn what_was_written_down_before_kinds_were_data_can_still_be_read() {
    let old: UnitKind = serde_json::from_str("\"phong_gddt\"").unwrap();
    assert_eq!((old.nature, old.is(PHONG_GDDT)), (UnitNature::CoQuan, true));
    assert!(serde_json::from_str::<UnitKind>("\"ubnd\"").is_err());
    let text = serde_json::to_string(&old).unwrap();
    assert_eq!(serde_json::from_str::<UnitKind>(&text).unwrap(), old);
}
