//! What a round is printed as: posters, letters, forms on paper and slips, read back by the programs that people read them with.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::process::Command;

use langnghe::store::rounds;
use langnghe::survey::access::Role;
use langnghe::survey::numbering::Numbering;
use langnghe::survey::round::Access;
use langnghe::survey::templates;
use langnghe::vietnamese::is_clean;
use tempfile::TempDir;

use crate::people::Desk;
use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app};

const KIT: &str = "/manage/rounds/tieu-hoc/kit";

async fn desk(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await
}

/// A PDF in a folder of its own.
pub struct Pdf(TempDir);

impl Pdf {
    fn new(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-"), "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(300)]));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.pdf"), bytes).unwrap();
        Self(folder)
    }

    pub async fn of(desk: &Desk<'_>, path: &str) -> Self {
        let answer = desk.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        Self::new(&answer.bytes().await.unwrap())
    }

    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let output = Command::new(program).args(arguments).current_dir(self.0.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn text(&self) -> String {
        self.run("pdftotext", &["-layout", "a.pdf", "-"])
    }

    /// What a camera reads on its pages, drawn at 100 dots per inch.
    pub fn codes(&self) -> Vec<String> {
        self.run("pdftoppm", &["-r", "100", "-gray", "-png", "a.pdf", "page"]);
        let files =
            std::fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut pages: Vec<String> = files.filter(|name| name.ends_with(".png")).collect();
        pages.sort();
        let mut arguments = vec!["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"];
        arguments.extend(pages.iter().map(String::as_str));
        self.run("zbarimg", &arguments).lines().map(str::to_owned).collect()
    }
}

pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_code_in_the_file_of_posters_leads_to_its_school() {
    let app = app().await;
    let pdf = Pdf::of(&desk(&app).await, &format!("{KIT}/ap-phich-a4.pdf")).await;
    let read: BTreeSet<String> = pdf.codes().into_iter().collect();
    let all: BTreeSet<String> = app.codes.values().map(|code| app.path(&format!("/k/{code}"))).collect();
    assert_eq!(read, all);
}

#[tokio::test]
async fn a_poster_can_be_read_by_programs_and_carries_its_fonts() {
    let app = app().await;
    let code = app.code(PRIMARY);
    let pdf = Pdf::of(&desk(&app).await, &format!("{KIT}/ap-phich-a4.pdf?code={code}")).await;
    let text = pdf.text();
    assert!(is_clean(&text), "composed letters");
    let text = squeezed(&text);
    for said in [
        "Tiểu học Hoa Mai",
        "Sở Giáo dục và Đào tạo",
        "Quét bằng Zalo",
        "Nhận phiếu đến",
        "Phòng Khảo thí",
        "Nhà trường",
        code,
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let fonts = pdf.run("pdffonts", &["a.pdf"]);
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!fonts.is_empty() && fonts.iter().all(|line| line.contains(" yes yes yes ")), "{fonts:?}");
}

#[tokio::test]
async fn two_small_posters_on_a_page_are_alike_and_both_can_be_scanned() {
    let app = app().await;
    let code = app.code(PRIMARY);
    let pdf = Pdf::of(&desk(&app).await, &format!("{KIT}/ap-phich-a5.pdf?code={code}")).await;
    let address = app.path(&format!("/k/{code}"));
    assert_eq!(pdf.codes(), [address.clone(), address]);
    assert!(pdf.run("pdfinfo", &["a.pdf"]).contains("841.89 x 595.28"));
}

#[tokio::test]
async fn the_form_on_paper_has_every_item_code_and_says_when_a_question_is_asked() {
    let app = app().await;
    let pdf = Pdf::of(&desk(&app).await, &format!("{KIT}/phieu-giay.pdf?code={}", app.code(PRIMARY))).await;
    let text = squeezed(&pdf.text());
    let questionnaire = &templates::find(FORM).unwrap().questionnaire;
    let numbering = Numbering::of(questionnaire);
    for (place, question) in questionnaire.questions.iter().enumerate().filter(|(_, question)| question.is_asked()) {
        let number = numbering.at(place).unwrap();
        assert!(text.contains(&format!("{number}. ")), "{} in {text}", question.code);
        assert!(question.code == number || !text.contains(&question.code), "{} in {text}", question.code);
    }
    assert!(text.contains("chỉ trả lời nếu câu") || text.contains("Chỉ trả lời nếu câu"), "{text}");
    for said in ["Trường Tiểu học Hoa Mai", "Lô số", "Phiếu số", "Trang 1/"] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[tokio::test]
async fn letter_and_cover_name_who_asks_and_until_when() {
    let app = app().await;
    let desk = desk(&app).await;
    let letter = Pdf::of(&desk, &format!("{KIT}/thu.pdf?code={}", app.code(PRIMARY))).await;
    let text = squeezed(&letter.text());
    for said in ["THƯ GỬI CHA MẸ, NGƯỜI NUÔI DƯỠNG", "tự nguyện", "Phiếu được nhận đến", "Phòng Khảo thí"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert_eq!(letter.codes(), [app.path(&format!("/k/{}", app.code(PRIMARY)))]);
    let english = Pdf::of(&desk, &format!("{KIT}/thu.pdf?lang=en&code={}", app.code(PRIMARY))).await;
    assert!(squeezed(&english.text()).contains("Answering is voluntary"));
    let cover = squeezed(&Pdf::of(&desk, &format!("{KIT}/to-bia.pdf?channel=mat_tran")).await.text());
    assert!(
        cover.contains("Số phiếu phát ra") && cover.contains("Mặt trận") && !cover.contains("Nhà trường"),
        "{cover}"
    );
}

#[tokio::test]
async fn the_archive_has_a_file_per_school_that_is_named_after_it() {
    let app = app().await;
    let answer = desk(&app).await.get(&format!("{KIT}/ap-phich-a4.zip?channel=truong")).await;
    let named = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(named.contains("tieu-hoc-ap-phich-a4.zip"), "{named}");
    let mut zip = zip::ZipArchive::new(Cursor::new(answer.bytes().await.unwrap())).unwrap();
    let mut names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    let name = |unit: &str, school: &str| format!("{unit} {school} {}.pdf", app.code(unit));
    let expected = [name(OTHER_PRIMARY, "Trường Tiểu học Hoa Ban"), name(PRIMARY, "Trường Tiểu học Hoa Mai")];
    assert_eq!(names, expected);
    let mut bytes = Vec::new();
    std::io::copy(&mut zip.by_name(&names[1]).unwrap(), &mut bytes).unwrap();
    assert!(Pdf::new(&bytes).text().contains(app.code(PRIMARY)));
}

#[tokio::test]
async fn slips_come_by_class_each_with_a_code_of_its_own() {
    let app = app().await;
    app.change(|db, id| rounds::set_access(db, id, Access::Codes));
    let desk = desk(&app).await;
    let kit = desk.page(KIT).await;
    assert!(kit.contains("thu.pdf") && !kit.contains("phieu-giay.pdf"), "a sheet has no code: {kit}");
    assert!(kit.contains("Lời mời Zalo") && !kit.contains("SMS"), "there is none with codes: {kit}");
    for paper in ["phieu-giay.pdf", "phieu-giay.zip", "to-bia.pdf"] {
        assert_eq!(desk.get(&format!("{KIT}/{paper}")).await.status(), 404, "{paper}");
    }
    let unit =
        app.state.store.read_now(|db| langnghe::store::units::id_by_code(db, PRIMARY)).unwrap().unwrap().to_string();
    let fields = [("issued", "0"), ("unit", &*unit), ("classes", "1A1 3\n1A2: 2"), ("sure", "1"), ("as", "pdf")];
    let answer = desk.post(&format!("/manage/rounds/{ROUND}/admission/codes"), &fields).await;
    let pdf = Pdf::new(&answer.bytes().await.unwrap());
    let text = squeezed(&pdf.text());
    assert_eq!((text.matches("· 1A1").count(), text.matches("· 1A2").count()), (3, 2), "{text}");
    let codes: BTreeSet<String> = pdf.codes().into_iter().collect();
    assert!(codes.len() == 5 && codes.iter().all(|code| code.contains("?ma=")), "{codes:?}");
    let without = [("issued", "5"), ("unit", ""), ("classes", "1A1 3"), ("sure", "1"), ("as", "pdf")];
    let refused = desk.post(&format!("/manage/rounds/{ROUND}/admission/codes"), &without).await;
    assert_eq!(refused.status(), 422);
}

#[tokio::test]
async fn the_picture_for_messengers_can_be_scanned() {
    let app = app().await;
    let bytes = desk(&app).await.get(&format!("{KIT}/{}.png", app.code(PRIMARY))).await.bytes().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.png"), &bytes).unwrap();
    let output =
        Command::new("zbarimg").args(["--quiet", "--raw", "a.png"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), app.path(&format!("/k/{}", app.code(PRIMARY))));
}

#[tokio::test]
async fn papers_of_another_office_are_not_there_and_a_choice_without_schools_says_so() {
    let app = app().await;
    let other = Desk::of(&app, "phuong", "P-HOA-BAN", &[Role::ChuTri]).await;
    assert_eq!(other.get(&format!("{KIT}/ap-phich-a4.pdf")).await.status(), 404);
    let desk = desk(&app).await;
    let none = desk.get(&format!("{KIT}/ap-phich-a4.pdf?ward=KHONG-CO")).await;
    assert_eq!(none.status(), 422);
    assert!(none.text().await.unwrap().contains("Không có tờ nào"));
    for wrong in ["/ap-phich-a3.pdf", "/thu.docx", "/ABCDEF.png"] {
        assert_eq!(desk.get(&format!("{KIT}{wrong}")).await.status(), 404, "{wrong}");
    }
}
