//! What people wrote: read, searched, coded and taken along by those who may, and by nobody else.

use std::net::TcpListener;

use calamine::{Data, Reader, Xlsx};
use langnghe::app::Watched;
use langnghe::intake::withdrawal::WithdrawalCode;
use langnghe::reading::Readings;
use langnghe::store::audit::{self, Search};
use langnghe::store::{exclusions, round_steps, rounds, submissions};
use langnghe::survey::access::Role;
use reqwest::Response;
use serde_json::json;
use uuid::Uuid;

use crate::people::Desk;
use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, TestApp, app, app_for, key, make_round};

const OFFICE: &str = "SO-AN-LANH";
const OPEN: &str = "/analyse/tieu-hoc/open";

async fn write(app: &TestApp, school: &str, text: &str, overall: &str) -> Uuid {
    let key = key();
    let sent = app.send(school, key, json!({"A1": "4", "F2": overall, "G3": text})).await;
    assert_eq!(sent.status(), 201, "{}", sent.text().await.unwrap());
    key
}

/// Two parents of one school and one of another.
async fn wrote() -> TestApp {
    let app = app().await;
    write(&app, PRIMARY, "Nhà vệ sinh bẩn, gọi 0912 345 678", "2").await;
    write(&app, PRIMARY, "nha ve sinh hoi qua", "5").await;
    write(&app, OTHER_PRIMARY, "Cô Lan lớp 3A tận tình", "5").await;
    app
}

async fn analyst(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "phan-tich", OFFICE, &[Role::PhanTich]).await
}

/// The page as soon as forms that came in have been gathered.
async fn settled(desk: &Desk<'_>, path: &str, sign: &str) -> String {
    for _ in 0..80 {
        let page = desk.page(path).await;
        if page.contains(sign) {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{sign} did not come: {}", desk.page(path).await)
}

/// The numbers of the answers on a page.
fn ids(page: &str) -> Vec<String> {
    let boxes = page.split("name=\"answer\" value=\"").skip(1);
    boxes.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

async fn file(answer: Response) -> Vec<Vec<String>> {
    let text = answer.text().await.unwrap();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

async fn theme(desk: &Desk<'_>, name: &str) {
    let made = desk.post(&format!("{OPEN}/themes"), &[("name", name)]).await;
    assert_eq!(made.status(), 303);
}

#[tokio::test]
async fn a_search_looks_past_diacritics_and_shows_the_same_ones_first() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    let page = settled(&desk, &format!("{OPEN}?q=nh%C3%A0+v%E1%BB%87+sinh"), "2 trong 3 ý kiến").await;
    assert!(page.contains("1 đúng dấu như đã gõ, 1 khác dấu hoặc không dấu"));
    assert!(page.find("<mark>vệ</mark>").unwrap() < page.find("<mark>ve</mark>").unwrap());
    assert!(!page.contains("tận tình"));
    assert_eq!(ids(&desk.page(&format!("{OPEN}?q=\"ve+sinh\"&unit={OTHER_PRIMARY}")).await).len(), 0);
}

#[tokio::test]
async fn answers_are_chosen_by_unit_satisfaction_and_question_and_what_is_unknown_is_named() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    settled(&desk, OPEN, "3 ý kiến").await;
    let found = async |query: &str| ids(&desk.page(&format!("{OPEN}?{query}")).await).len();
    assert_eq!(found(&format!("unit={PRIMARY}")).await, 2);
    assert_eq!(found(&format!("unit={OFFICE}")).await, 3, "an office stands for the schools below it");
    assert_eq!(found("mood=dissatisfied").await, 1);
    assert_eq!(found("mood=satisfied&question=G3").await, 2);
    assert_eq!(found("question=G2").await, 0);
    let answer = desk.get(&format!("{OPEN}?theme=khong-co&level=lop-1")).await;
    assert_eq!(answer.status(), 404);
    let page = answer.text().await.unwrap();
    assert!(page.contains("không có chủ đề mã “khong-co”") && page.contains("không hỏi cấp học “lop-1”"));
    assert!(desk.page(&format!("{OPEN}?unti=A&q=mua")).await.contains("nên đã bỏ qua: unti."));
}

#[tokio::test]
async fn a_theme_is_given_by_hand_says_by_whom_and_is_undone() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    theme(&desk, "Nhà vệ sinh").await;
    let page = settled(&desk, &format!("{OPEN}?q=ve+sinh"), "2 trong 3 ý kiến").await;
    let two = ids(&page);
    let fields = [("theme", "nha-ve-sinh"), ("do", "give"), ("answer", &two[0]), ("answer", &two[1])];
    let given = desk.post(&format!("{OPEN}/mark"), &fields).await;
    let to = given.headers()["location"].to_str().unwrap().to_owned();
    let page = desk.page(&to).await;
    assert!(page.contains("Đã gắn “Nhà vệ sinh” cho 2 ý kiến.") && page.contains("gắn lúc"), "{page}");
    assert_eq!(ids(&desk.page(&format!("{OPEN}?theme=nha-ve-sinh")).await).len(), 2);
    // one of them was a slip
    let slip = format!("{}:nha-ve-sinh", two[0]);
    desk.post(&format!("{OPEN}/mark"), &[("take", &slip)]).await;
    assert_eq!(ids(&desk.page(&format!("{OPEN}?theme=nha-ve-sinh")).await), [two[1].clone()]);
    let coding = to.split("done=").nth(1).unwrap().split(['&', '#']).next().unwrap();
    desk.post(&format!("{OPEN}/undo"), &[("coding", coding)]).await;
    assert_eq!(ids(&desk.page(&format!("{OPEN}?theme=none")).await).len(), 3);
}

#[tokio::test]
async fn a_rule_says_how_many_it_would_take_takes_what_comes_later_and_yields_to_a_person() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    theme(&desk, "Nhà vệ sinh").await;
    settled(&desk, OPEN, "3 ý kiến").await;
    let tried = desk.page(&format!("{OPEN}/themes?theme=nha-ve-sinh&any=nh%C3%A0+v%E1%BB%87+sinh")).await;
    assert!(tried.contains("khớp 2 ý kiến, trong đó 2"), "{tried}");
    let rule = [("theme", "nha-ve-sinh"), ("any", "nhà vệ sinh"), ("all", ""), ("none", "")];
    assert_eq!(desk.post(&format!("{OPEN}/rules"), &rule).await.status(), 303);
    let taken = ids(&desk.page(&format!("{OPEN}?theme=nha-ve-sinh")).await);
    assert_eq!(taken.len(), 2);
    let slip = format!("{}:nha-ve-sinh", taken[0]);
    desk.post(&format!("{OPEN}/mark"), &[("take", &slip)]).await;
    write(&app, PRIMARY, "Xin sửa nhà vệ sinh", "3").await;
    let page = settled(&desk, &format!("{OPEN}?theme=nha-ve-sinh"), "Xin sửa").await;
    assert_eq!(ids(&page).len(), 2);
    assert!(!ids(&page).contains(&taken[0]), "a person took it away");
    assert!(page.contains("Quy tắc “nhà vệ sinh”"));
    let empty = [("theme", "nha-ve-sinh"), ("any", " , "), ("all", ""), ("none", "sạch")];
    assert_eq!(desk.post(&format!("{OPEN}/rules"), &empty).await.status(), 400);
}

#[tokio::test]
async fn what_goes_outside_is_masked_and_each_download_is_written_down() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    theme(&desk, "Giáo viên").await;
    let page = settled(&desk, &format!("{OPEN}?q=lan"), "1 trong 3 ý kiến").await;
    assert!(page.contains("Có thể là tên người"));
    let answer = ids(&page)[0].clone();
    desk.post(&format!("{OPEN}/mark"), &[("theme", "giao-vien"), ("do", "give"), ("answer", &answer)]).await;
    let text = |lines: &[Vec<String>]| lines.iter().map(|line| line[8].clone()).collect::<Vec<_>>();
    let masked = file(desk.get(&format!("{OPEN}.csv?masked=1")).await).await;
    assert_eq!(masked[0][9..], ["theme_giao_vien"]);
    assert!(text(&masked).contains(&"Cô [tên] lớp [lớp] tận tình".to_owned()), "{masked:?}");
    assert!(text(&masked).contains(&"Nhà vệ sinh bẩn, gọi [số điện thoại]".to_owned()));
    assert_eq!(masked[1..].iter().filter(|line| line[9] == "1").count(), 1);
    let original = file(desk.get(&format!("{OPEN}.csv?theme=giao-vien")).await).await;
    assert_eq!(text(&original)[1..], ["Cô Lan lớp 3A tận tình"]);
    let units = [app.round.owner_id].into();
    let search = Search { units, ..Search::default() };
    let lines = app.state.store.read_now(|db| audit::find(db, &search, None, 50)).unwrap();
    let exports: Vec<String> =
        lines.iter().filter(|line| line.action.code() == "answers-exported").map(|line| line.detail.clone()).collect();
    assert_eq!(exports, ["original", "masked"]);
}

#[tokio::test]
async fn a_part_of_few_answers_is_not_masked_for_outsiders_and_a_part_is_called_one() {
    let app = wrote().await;
    app.change(|db, id| rounds::set_minimum(db, id, 2));
    let desk = analyst(&app).await;
    settled(&desk, OPEN, "3 ý kiến").await;
    let refused = desk.get(&format!("{OPEN}.csv?masked=1&unit={OTHER_PRIMARY}")).await;
    assert_eq!(refused.status(), 409);
    assert!(refused.text().await.unwrap().contains("Phần đang lọc có dưới 2 ý kiến"));
    let part = desk.get(&format!("{OPEN}.csv?masked=1&unit={PRIMARY}")).await;
    let name = part.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.contains("y-kien-da-che-loc.csv"), "{name}");
    assert_eq!(file(part).await.len(), 3);
    assert_eq!(file(desk.get(&format!("{OPEN}.csv?unit={OTHER_PRIMARY}")).await).await.len(), 2, "within the office");
}

#[tokio::test]
async fn a_workbook_has_what_the_other_file_has_with_texts_as_texts_and_numbers_as_numbers() {
    let app = wrote().await;
    write(&app, PRIMARY, "=1+1 quạt", "5").await;
    let desk = analyst(&app).await;
    theme(&desk, "Giáo viên").await;
    settled(&desk, OPEN, "4 ý kiến").await;
    let book = desk.get(&format!("{OPEN}.xlsx?masked=1")).await.bytes().await.unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(book.to_vec())).unwrap();
    let data = book.worksheet_range("data").unwrap();
    let lines: Vec<Vec<Data>> = data.rows().map(<[Data]>::to_vec).collect();
    let csv = file(desk.get(&format!("{OPEN}.csv?masked=1")).await).await;
    assert_eq!(lines[0].iter().map(ToString::to_string).collect::<Vec<_>>(), csv[0]);
    assert!(lines[1..].iter().any(|line| line[8] == Data::String("=1+1 quạt".to_owned())), "{lines:?}");
    assert!(lines[1..].iter().all(|line| line[9] == Data::Float(0.0)) && lines.len() == 5);
    let about = book.worksheet_range("about").unwrap();
    assert!(about.rows().any(|line| line[1].to_string().contains("phải có người đọc lại")));
}

/// School and satisfaction of each line of the masked file, in order.
async fn schools(desk: &Desk<'_>) -> Vec<String> {
    let masked = file(desk.get(&format!("{OPEN}.csv?masked=1")).await).await;
    let mut told: Vec<String> = masked[1..].iter().map(|line| format!("{} {}", line[2], line[6])).collect();
    told.sort();
    told
}

#[tokio::test]
async fn outsiders_learn_school_and_satisfaction_only_where_enough_people_share_them() {
    let app = app_for(&[FORM], &[PRIMARY, OTHER_PRIMARY, "TH-BEN-SEN"]).await;
    for (school, satisfaction) in [(PRIMARY, "2"), (PRIMARY, "5"), (OTHER_PRIMARY, "5")] {
        write(&app, school, "Sân trường hẹp quá", satisfaction).await;
    }
    app.change(|db, id| rounds::set_minimum(db, id, 2));
    let desk = analyst(&app).await;
    let page = settled(&desk, OPEN, "3 ý kiến").await;
    assert!(page.contains("chưa đủ 2 ý kiến"), "{page}");
    // one mother alone: a single line without a school would say whose it is
    assert!(schools(&desk).await.iter().all(|line| line == " "), "{:?}", schools(&desk).await);
    write(&app, "TH-BEN-SEN", "Cổng trường hay tắc", "5").await;
    settled(&desk, OPEN, "4 ý kiến").await;
    // two of one school, who differ in how content they are; of the two others nobody sees who is of which school
    let told = schools(&desk).await;
    assert_eq!(told[2..], [format!("{PRIMARY} "), format!("{PRIMARY} ")]);
    assert!(told[..2].iter().all(|line| line.starts_with(' ')), "{told:?}");
    let original = file(desk.get(&format!("{OPEN}.csv")).await).await;
    assert!(
        original[1..].iter().all(|line| !line[2].is_empty() && !line[6].is_empty()),
        "within the office all is told"
    );
}

/// Three answers of which a rule takes two, and one of these two belongs to an excluded form.
async fn one_excluded(app: &TestApp, desk: &Desk<'_>) {
    theme(desk, "Nhà vệ sinh").await;
    settled(desk, OPEN, "3 ý kiến").await;
    let rule = [("theme", "nha-ve-sinh"), ("any", "nhà vệ sinh"), ("all", ""), ("none", "")];
    assert_eq!(desk.post(&format!("{OPEN}/rules"), &rule).await.status(), 303);
    let rows = app.state.store.read_now(|db| submissions::page(db, app.round.id, &[], 9)).unwrap();
    let one = rows.iter().find(|row| row.answers.contains("hoi qua")).unwrap();
    let form = data_encoding::HEXLOWER.encode(&one.id);
    let fields = [("rule", "by-hand"), ("forms", &*form), ("reason", "Phiếu gửi thử")];
    assert_eq!(desk.post("/analyse/tieu-hoc/quality", &fields).await.status(), 303);
}

#[tokio::test]
async fn answers_of_excluded_forms_count_nowhere_until_they_are_taken_back() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    one_excluded(&app, &desk).await;
    let page = desk.page(OPEN).await;
    assert!(page.contains("1 ý kiến thuộc phiếu đã loại") && !page.contains("hoi qua"), "{page}");
    let summary = desk.page(&format!("{OPEN}/summary")).await;
    assert!(summary.contains("2 ý kiến; 1 đã có chủ đề, 1 chưa có."), "{summary}");
    assert!(desk.page(&format!("{OPEN}/themes")).await.contains("<span class=\"pill\">1 ý kiến</span>"));
    let made = app.state.store.read_now(|db| exclusions::history(db, app.round.id)).unwrap()[0].id;
    let undone = desk.post(&format!("/analyse/tieu-hoc/quality/{made}/undo"), &[("reason", "Phiếu thật")]).await;
    assert_eq!(undone.status(), 303);
    let page = desk.page(&format!("{OPEN}?theme=nha-ve-sinh")).await;
    assert_eq!(ids(&page).len(), 2, "they come back with the themes they had");
    assert!(!page.contains("phiếu đã loại"));
}

#[tokio::test]
async fn answers_of_excluded_forms_are_listed_and_sent_only_to_whoever_asks_for_them() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    one_excluded(&app, &desk).await;
    let also = desk.page(&format!("{OPEN}?excluded=also")).await;
    assert!(also.contains("hoi qua") && also.contains("Không tính: "), "{also}");
    assert!(also.contains("<b>2 ý kiến</b>") && ids(&also).len() == 3, "it is listed and not counted");
    assert_eq!(file(desk.get(&format!("{OPEN}.csv")).await).await.len(), 3);
    let lines = file(desk.get(&format!("{OPEN}.csv?excluded=also")).await).await;
    assert_eq!(lines[0].last().unwrap(), "excluded_by");
    assert_eq!(lines.iter().filter(|line| line.last().unwrap() == "by-hand").count(), 1);
    assert_eq!(file(desk.get(&format!("{OPEN}.csv?excluded=also&masked=1")).await).await.len(), 3);
}

#[tokio::test]
async fn every_unit_has_a_row_with_its_themes_beside_it() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    theme(&desk, "Nhà vệ sinh").await;
    settled(&desk, OPEN, "3 ý kiến").await;
    let rule = [("theme", "nha-ve-sinh"), ("any", "nhà vệ sinh"), ("all", ""), ("none", "")];
    desk.post(&format!("{OPEN}/rules"), &rule).await;
    for path in [format!("{OPEN}?by=unit"), format!("{OPEN}/summary")] {
        let page = desk.page(&path).await;
        let row = |unit: &str| {
            let is_own =
                |row: &&str| row.contains(&format!("unit={unit}")) && row.contains("data-label=\"Nhà vệ sinh\"");
            page.split("<tr>").find(is_own).unwrap_or_default().split("</tr>").next().unwrap().to_owned()
        };
        assert!(row(PRIMARY).contains("2<small>100"), "both of two are about it: {path} {page}");
        assert!(row(OTHER_PRIMARY).contains("0<small>0"), "{path} {page}");
    }
}

#[tokio::test]
async fn an_example_is_what_a_person_made_of_an_answer_and_goes_with_its_form() {
    let app = wrote().await;
    let own = write(&app, PRIMARY, "Bé Bi thích thư viện", "5").await;
    let desk = analyst(&app).await;
    theme(&desk, "Thư viện").await;
    let answer = ids(&settled(&desk, &format!("{OPEN}?q=thu+vien"), "1 trong 4 ý kiến").await)[0].clone();
    desk.post(&format!("{OPEN}/mark"), &[("theme", "thu-vien"), ("do", "give"), ("answer", &answer)]).await;
    let page = desk.page(&format!("{OPEN}/summary?answer={answer}")).await;
    assert!(page.contains("Bé [tên] thích thư viện"), "what looks like a name is masked beforehand");
    let unsure = [("answer", &*answer), ("theme", "thu-vien"), ("text", "Bé thích thư viện")];
    assert_eq!(desk.post(&format!("{OPEN}/summary"), &unsure).await.status(), 400);
    let sure = [&unsure[..], &[("sure", "1")]].concat();
    assert_eq!(desk.post(&format!("{OPEN}/summary"), &sure).await.status(), 303);
    assert!(desk.page(&format!("{OPEN}/summary")).await.contains("Bé thích thư viện"));
    let code = WithdrawalCode::of(&app.state.secret, app.round.id, own);
    assert!(app.state.withdraw(&code).await.unwrap());
    let page = desk.page(&format!("{OPEN}/summary")).await;
    assert!(!page.contains("Bé thích thư viện"));
    assert!(!settled(&desk, OPEN, "3 ý kiến").await.contains("Bé Bi"));
}

#[tokio::test]
async fn nobody_reads_answers_of_a_sealed_round_and_a_planner_reads_none() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    settled(&desk, OPEN, "3 ý kiến").await;
    let planner = Desk::of(&app, "chu-tri", OFFICE, &[Role::ChuTri]).await;
    assert_eq!(planner.get(OPEN).await.status(), 403);
    app.change(|db, id| {
        let now = app.state.clock.now();
        round_steps::seal(db, id, Some(now))
    });
    for path in [
        OPEN.to_owned(),
        format!("{OPEN}.csv"),
        format!("{OPEN}.xlsx"),
        format!("{OPEN}/themes"),
        format!("{OPEN}/summary"),
    ] {
        let answer = desk.get(&path).await;
        assert!(!answer.text().await.unwrap().contains("vệ sinh"), "{path}");
    }
}

#[tokio::test]
async fn whoever_finds_all_turns_taken_is_told_when_to_come_again() {
    let app = app().await;
    let desk = analyst(&app).await;
    let taken: Vec<_> = std::iter::from_fn(|| app.state.turns.answers().ok()).collect();
    let answer = desk.get(&format!("{OPEN}.csv")).await;
    assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (503, &"60".parse().unwrap()));
    assert!(answer.text().await.unwrap().contains("đang làm nhiều tệp lớn cùng lúc"));
    drop(taken);
    assert_eq!(desk.get(&format!("{OPEN}.csv")).await.status(), 200);
}

/// Three answers in an installation with room for so many.
async fn with_room(most: usize) -> TestApp {
    let mut app = wrote().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut state = app.state.clone();
    state.readings = Readings::keeping(&state.store, &state.catalogue, most);
    app.serve(state, listener, Watched::Nowhere);
    app.url = url;
    app
}

/// What a file is called.
fn called(answer: &Response) -> String {
    answer.headers()["content-disposition"].to_str().unwrap().to_owned()
}

/// What stands on the second sheet of a workbook.
async fn about(answer: Response) -> String {
    let book = answer.bytes().await.unwrap().to_vec();
    let mut book = Xlsx::new(std::io::Cursor::new(book)).unwrap();
    let about = book.worksheet_range("about").unwrap();
    about.rows().flatten().map(|cell| format!("{cell}\n")).collect()
}

#[tokio::test]
async fn a_sample_of_the_answers_is_called_one_on_every_page_and_in_every_file() {
    let app = with_room(2).await;
    let desk = analyst(&app).await;
    theme(&desk, "Nhà vệ sinh").await;
    settled(&desk, OPEN, "2 ý kiến").await;
    for path in [OPEN.to_owned(), format!("{OPEN}/summary"), format!("{OPEN}/themes")] {
        let page = desk.page(&path).await;
        assert!(page.contains("Đợt này có 3 ý kiến; trang dùng 2 ý kiến lấy ngẫu nhiên"), "{path}: {page}");
    }
    let csv = desk.get(&format!("{OPEN}.csv")).await;
    assert!(called(&csv).contains("tieu-hoc-y-kien-mau-2.csv"), "{}", called(&csv));
    assert_eq!(file(csv).await.len(), 3);
    let about = about(desk.get(&format!("{OPEN}.xlsx?masked=1")).await).await;
    assert!(about.contains("mẫu 2 ý kiến chọn ngẫu nhiên trong 3 ý kiến"), "{about}");
}

#[tokio::test]
async fn a_round_for_which_there_is_just_room_is_no_sample() {
    let app = with_room(3).await;
    let desk = analyst(&app).await;
    let page = settled(&desk, OPEN, "3 ý kiến").await;
    assert!(!page.contains("lấy ngẫu nhiên"));
    let csv = desk.get(&format!("{OPEN}.csv")).await;
    assert!(called(&csv).contains("\"tieu-hoc-y-kien.csv\""), "{}", called(&csv));
}

#[tokio::test]
async fn a_file_made_right_after_new_forms_says_up_to_when_it_has_all_answers() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    theme(&desk, "Nhà vệ sinh").await;
    settled(&desk, OPEN, "3 ý kiến").await;
    // the server rests between looking for new forms; a slow machine may let it rest enough meanwhile
    for n in 4..60 {
        write(&app, PRIMARY, "Xin thêm quạt", "3").await;
        let (csv, summary) = (desk.get(&format!("{OPEN}.csv")).await, desk.page(&format!("{OPEN}/summary")).await);
        if !called(&csv).contains("-den-20") || !summary.contains("ở đây mới đủ ý kiến gửi đến trước")
        {
            continue;
        }
        assert!(file(csv).await.len() < n + 1, "newer forms are missing, and it says so");
        assert!(summary.contains("flash warn kept\"><p>Có phiếu mới chưa được gom vào trang này"), "{summary}");
        return;
    }
    panic!("it was never behind");
}

#[tokio::test]
async fn adding_a_theme_changes_no_other_and_a_name_that_is_there_is_refused() {
    let app = app().await;
    let desk = analyst(&app).await;
    theme(&desk, "Sân trường").await;
    theme(&desk, "Sàn trường").await;
    let page = settled(&desk, &format!("{OPEN}/themes"), "Sàn trường").await;
    assert!(page.contains("?theme=san-truong\">Sân trường") && page.contains("?theme=san-truong-2\">Sàn"), "{page}");
    let again = desk.post(&format!("{OPEN}/themes"), &[("name", " SÂN TRƯỜNG ")]).await;
    assert_eq!(again.status(), 409);
    assert!(again.text().await.unwrap().contains("đã có chủ đề tên “SÂN TRƯỜNG”"));
    let taken = [("name", "Sân trường"), ("code", "san-truong-2")];
    assert_eq!(desk.post(&format!("{OPEN}/themes"), &taken).await.status(), 409);
    let unknown = [("name", "Bữa ăn"), ("code", "khong-co")];
    assert_eq!(desk.post(&format!("{OPEN}/themes"), &unknown).await.status(), 404);
    desk.post(&format!("{OPEN}/themes/end"), &[("code", "san-truong")]).await;
    let back = desk.post(&format!("{OPEN}/themes"), &[("name", "sân trường")]).await;
    let page = desk.page(back.headers()["location"].to_str().unwrap()).await;
    assert!(page.contains("Đã lấy lại chủ đề cất trước đây") && page.contains(">Sân trường</a>"), "{page}");
}

#[tokio::test]
async fn themes_of_another_round_come_with_their_rules_and_change_none_that_is_here() {
    let app = app().await;
    make_round(&app.state, "nam-truoc", &[FORM], &[PRIMARY]);
    let desk = analyst(&app).await;
    let there = "/analyse/nam-truoc/open";
    desk.post(&format!("{there}/themes"), &[("name", "Sàn trường")]).await;
    let rule = [("theme", "san-truong"), ("any", "sàn gỗ"), ("all", ""), ("none", "")];
    assert_eq!(desk.post(&format!("{there}/rules"), &rule).await.status(), 303);
    theme(&desk, "Sân trường").await;
    for _ in 0..2 {
        assert_eq!(desk.post(&format!("{OPEN}/themes/copy"), &[("from", "nam-truoc")]).await.status(), 303);
    }
    let page = settled(&desk, &format!("{OPEN}/themes"), "?theme=san-truong-2\">Sàn trường").await;
    let (before, after) = page.split_once("?theme=san-truong-2\">").unwrap();
    assert!(before.contains("?theme=san-truong\">Sân trường") && !before.contains("sàn gỗ"), "{page}");
    assert_eq!(after.matches("có một trong: sàn gỗ").count(), 1, "taken over once: {page}");
    assert!(!page.contains("san-truong-3"));
}

#[tokio::test]
async fn no_file_is_made_where_its_address_is_not_understood_or_nothing_fits() {
    let app = wrote().await;
    let desk = analyst(&app).await;
    settled(&desk, OPEN, "3 ý kiến").await;
    for ending in ["csv", "xlsx"] {
        let refused = async |query: &str, status: u16, sentence: &str| {
            let answer = desk.get(&format!("{OPEN}.{ending}?{query}")).await;
            assert_eq!(answer.status(), status, "{query}");
            let page = answer.text().await.unwrap();
            assert!(page.contains(sentence), "{query}: {page}");
        };
        refused("leve=thcs", 400, "không hiểu được: leve.").await;
        refused("excluded=yes", 400, "không hiểu được: excluded=yes.").await;
        refused("masked=yes&page=2", 400, "không hiểu được: page, masked=yes.").await;
        refused("theme=khong-co", 404, "không có chủ đề mã “khong-co”").await;
        refused("q=khong-ai-viet", 409, "Không có ý kiến nào như vậy").await;
    }
    assert_eq!(desk.get(&format!("{OPEN}.csv?excluded=also&masked=&by=unit&lang=en&mood=")).await.status(), 200);
}

#[tokio::test]
async fn a_telephone_number_is_no_formula_in_a_file_of_answers() {
    let app = app().await;
    write(&app, PRIMARY, "+84 912 345 678", "2").await;
    write(&app, PRIMARY, "=1+1 quạt", "5").await;
    let desk = analyst(&app).await;
    settled(&desk, OPEN, "2 ý kiến").await;
    let lines = file(desk.get(&format!("{OPEN}.csv")).await).await;
    let mut texts: Vec<&str> = lines[1..].iter().map(|line| line[8].as_str()).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["'=1+1 quạt", "+84 912 345 678"]);
}
