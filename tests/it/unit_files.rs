//! Lists of schools as offices have them: Excel files with titles, two rows of headings and columns about other things.

use std::io::Write;

use langnghe::store::units;
use langnghe::survey::code::Level;
use langnghe::survey::unit::{Unit, UnitCode};
use reqwest::Response;
use reqwest::multipart::{Form, Part};
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{TestApp, app, hidden};

/// An officer of a ward, and the secret of the desk's forms.
async fn at_the_wards_desk() -> (TestApp, String) {
    let app = app().await;
    assert_eq!(app.sign_in("canbo", "P-HOA-BAN").await.status(), 303);
    let csrf = app.csrf().await;
    (app, csrf)
}

async fn send(app: &TestApp, file: Vec<u8>, fields: &[(&str, &str)]) -> Response {
    let mut form = Form::new();
    for (name, value) in fields {
        form = form.text((*name).to_owned(), (*value).to_owned());
    }
    if !file.is_empty() {
        form = form.part("file", Part::bytes(file).file_name("truong.xlsx"));
    }
    app.client.post(app.path("/manage/units/import")).multipart(form).send().await.unwrap()
}

/// Two schools under a title and headings in two rows; the numbers of one come from formulas.
fn list_of_schools() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 6, "DANH SÁCH TRƯỜNG TRÊN ĐỊA BÀN", &plain).unwrap();
    for (column, heading) in ["STT", "Mã trường", "Tên trường", "Loại hình", "Địa chỉ"].iter().enumerate()
    {
        sheet.merge_range(2, column as u16, 3, column as u16, heading, &plain).unwrap();
    }
    sheet.merge_range(2, 5, 2, 6, "Số học sinh", &plain).unwrap();
    sheet.write_string(3, 5, "Tiểu học").unwrap().write_string(3, 6, "THCS").unwrap();
    for (row, code, name) in
        [(4, "TH-GIO-LANH", "Trường Tiểu học Gió Lành"), (5, "THCS-GIO-LANH", "Trường THCS Gió Lành")]
    {
        sheet.write_number(row, 0, f64::from(row) - 3.0).unwrap();
        sheet.write_string(row, 1, code).unwrap().write_string(row, 2, name).unwrap();
        sheet.write_string(row, 3, "Công lập").unwrap().write_string(row, 4, "=HYPERLINK(\"x\")").unwrap();
    }
    sheet.write_number(4, 5, 412.0).unwrap();
    sheet.write_formula(5, 6, Formula::new("=200+34").set_result("234")).unwrap();
    book.save_to_buffer().unwrap()
}

fn unit(app: &TestApp, code: &str) -> Option<Unit> {
    app.state.store.read_now(|db| units::by_code(db, code)).unwrap().map(|stored| stored.unit)
}

/// The file as the page carries it.
fn carried(page: &str) -> String {
    let csv = page.split("name=\"csv\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    csv.replace("&#34;", "\"").replace("&#61;", "=").replace("&#38;", "&")
}

#[tokio::test]
async fn the_list_that_an_office_has_is_imported_as_it_is() {
    let (app, csrf) = at_the_wards_desk().await;
    let trial = send(&app, list_of_schools(), &[("_csrf", &csrf)]).await.text().await.unwrap();
    assert!(trial.contains("name=\"confirm\"") && trial.contains("Cột không dùng đến: STT, Địa chỉ."), "{trial}");
    let csv = carried(&trial);
    let done = send(&app, Vec::new(), &[("_csrf", &csrf), ("csv", &csv), ("confirm", "1")]).await;
    assert_eq!(done.headers()["location"], "/manage/units?new=2&changed=0");
    let [primary, secondary] = ["TH-GIO-LANH", "THCS-GIO-LANH"].map(|code| unit(&app, code).unwrap());
    assert_eq!((primary.enrolment[&Level::TieuHoc], secondary.enrolment[&Level::Thcs]), (412, 234));
    assert_eq!(primary.parent.as_ref().map(UnitCode::as_str), Some("P-HOA-BAN"));
}

#[tokio::test]
async fn what_a_file_has_no_column_for_stays_as_it_is() {
    let (app, csrf) = at_the_wards_desk().await;
    let before = unit(&app, "TH-HOA-MAI").unwrap();
    let csv = "Mã trường;Tên trường\nTH-HOA-MAI;Trường Tiểu học Hoa Mai 2\n";
    send(&app, csv.into(), &[("_csrf", &csrf), ("confirm", "1")]).await;
    let after = unit(&app, "TH-HOA-MAI").unwrap();
    assert_eq!(after, Unit { name: "Trường Tiểu học Hoa Mai 2".to_owned(), ..before });
}

#[tokio::test]
async fn the_last_import_is_taken_back_but_not_what_is_in_use_by_now() {
    let (app, csrf) = at_the_wards_desk().await;
    let before = unit(&app, "TH-HOA-MAI").unwrap();
    let csv = "Mã,Tên,Tiểu học\nTH-HOA-MAI,Đổi tên,1\nTH-X,Trường X,10\nTH-Y,Trường Y,20\n";
    send(&app, csv.into(), &[("_csrf", &csrf), ("confirm", "1")]).await;
    app.account("nguoi.y", "TH-Y");
    let page = app.get("/manage/units/import").await.text().await.unwrap();
    assert!(page.contains("thêm 2 đơn vị, sửa 1 đơn vị"), "{page}");
    let fields = [("_csrf", csrf.clone()), ("id", hidden(&page, "id"))];
    let take_back = || app.client.post(app.path("/manage/units/import/undo")).form(&fields).send();
    let undone = take_back().await.unwrap().text().await.unwrap();
    assert!(undone.contains("bỏ 1 đơn vị mới, đưa 1") && undone.contains("đã được dùng: Trường Y"), "{undone}");
    assert_eq!((unit(&app, "TH-HOA-MAI").unwrap(), unit(&app, "TH-X")), (before, None));
    assert!(unit(&app, "TH-Y").is_some());
    assert!(take_back().await.unwrap().text().await.unwrap().contains("Không hoàn tác được nữa"));
}

#[tokio::test]
async fn an_office_that_was_imported_after_its_school_goes_with_it() {
    let app = app().await;
    app.sign_in("chuyenvien", "SO-AN-LANH").await;
    let csrf = app.csrf().await;
    let csv = "code,name,kind,parent,enrol_tieu_hoc\nTH-X,Trường X,truong,P-X,10\nP-X,Phường X,phuong,SO-AN-LANH,\n";
    send(&app, csv.into(), &[("_csrf", &csrf), ("confirm", "1")]).await;
    let page = app.get("/manage/units/import").await.text().await.unwrap();
    let fields = [("_csrf", csrf.clone()), ("id", hidden(&page, "id"))];
    let undone = app.client.post(app.path("/manage/units/import/undo")).form(&fields).send().await.unwrap();
    let told = undone.text().await.unwrap();
    assert!(told.contains("bỏ 2 đơn vị mới") && !told.contains("đã được dùng"), "{told}");
}

#[tokio::test]
async fn a_column_that_was_not_known_is_chosen_by_hand() {
    let (app, csrf) = at_the_wards_desk().await;
    let csv = "Ký hiệu,Gọi là,Quân số\nTH-LA,Trường Lá,120\n";
    let asked = send(&app, csv.into(), &[("_csrf", &csrf)]).await;
    assert_eq!(asked.status(), 422);
    let asked = asked.text().await.unwrap();
    assert!(asked.contains("<details class=\"card\" open>") && asked.contains(">Ký hiệu</option>"), "{asked}");
    let chosen = [("_csrf", csrf.as_str()), ("cot_code", "0"), ("cot_name", "1"), ("cot_enrol_tieu_hoc", "2")];
    let trial = send(&app, csv.into(), &chosen).await.text().await.unwrap();
    assert!(trial.contains("TH-LA") && trial.contains("name=\"cot_enrol_tieu_hoc\" value=\"2\""), "{trial}");
}

#[tokio::test]
async fn names_typed_for_an_old_font_are_offered_in_unicode() {
    let (app, csrf) = at_the_wards_desk().await;
    let csv = "Mã,Tên,Tiểu học\nTH-CU,TRÖÔØNG TIEÅU HOÏC CUÕ,90\n";
    let told = send(&app, csv.into(), &[("_csrf", &csrf)]).await.text().await.unwrap();
    let offered = told.split("phông cũ").next().unwrap().rsplit("name=\"csv\" value=\"").next().unwrap();
    let converted = offered.split('"').next().unwrap();
    assert!(converted.contains("TRƯỜNG TIỂU HỌC CŨ"), "{told}");
    send(&app, Vec::new(), &[("_csrf", &csrf), ("csv", converted), ("confirm", "1")]).await;
    assert_eq!(unit(&app, "TH-CU").unwrap().name, "TRƯỜNG TIỂU HỌC CŨ");
}

#[tokio::test]
async fn files_that_are_no_list_are_refused_with_a_sentence() {
    let (app, csrf) = at_the_wards_desk().await;
    let mut bomb = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    (0..100).for_each(|_| bomb.write_all(&vec![b' '; 1 << 20]).unwrap());
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Mã").unwrap().write_string(0, 1, "Tên").unwrap().write_string(100_000, 0, "X").unwrap();
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    for (file, sentence) in [
        (bomb, "Không đọc được tệp .xlsx này"),
        (b"PK\x03\x04 and so on".to_vec(), "Không đọc được tệp .xlsx này"),
        (old, "Excel đời cũ"),
        (book.save_to_buffer().unwrap(), "20.000 đơn vị"),
    ] {
        let told = send(&app, file, &[("_csrf", &csrf)]).await;
        assert_eq!(told.status(), 422);
        let told = told.text().await.unwrap();
        assert!(told.contains(sentence), "{sentence}: {told}");
    }
}
