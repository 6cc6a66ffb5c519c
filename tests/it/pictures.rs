//! Pictures with a form: drawn anew, shown to the sender alone, gone with the form or kept with it, and asked for only where
//! the officer allowed it.

use std::io::Cursor;

use chrono::TimeDelta;
use image::{DynamicImage, ImageFormat, RgbImage};
use langnghe::draft::{Draft, draft};
use langnghe::intake::withdrawal::WithdrawalCode;
use langnghe::store::backup;
use langnghe::store::rounds::{self, RoundRow};
use langnghe::store::{collectors, pictures, submissions, unfinished, units};
use langnghe::survey::code::Channel;
use langnghe::survey::picture::PictureId;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, StatusCode, redirect};
use serde_json::{Value, json};

use crate::commands::{run, says};
use crate::support::{PRIMARY, TestApp, app, browser, hidden, key};

const FORM: &str = "co-so-vat-chat";
const QUESTIONNAIRE: &str = r#"{"code": "co-so-vat-chat", "instrument": "gop_y", "audience": "phu_huynh", "languages": ["vi"],
    "title": {"vi": "Cơ sở vật chất"}, "sections": [{"code": "A", "title": {"vi": "Chỗ hỏng"}, "questions": [
        {"code": "loi", "kind": "text", "label": {"vi": "Hỏng gì?"}},
        {"code": "anh", "kind": "image", "max": 3, "label": {"vi": "Ảnh chỗ hỏng"}}]}]}"#;

/// A round of this questionnaire, and a telephone.
struct Story {
    app: TestApp,
    round: RoundRow,
    code: String,
    phone: Client,
}

/// A form under way.
struct UnderWay<'s> {
    story: &'s Story,
    address: String,
}

fn phone() -> Client {
    browser()
}

async fn story(are_allowed: bool) -> Story {
    let app = app().await;
    let now = app.state.clock.now();
    let plan = |owner_id, school| Draft {
        title: "Cơ sở vật chất".to_owned(),
        slug: "co-so".to_owned(),
        owner_id,
        contact: String::new(),
        closes_at: now + TimeDelta::days(7),
        results_by: None,
        questionnaires: vec![QUESTIONNAIRE.to_owned()],
        unit_ids: vec![school],
        channels: vec![Channel::Truong],
    };
    let (round, code) = app.change(|db, _| {
        let [owner, school] = ["SO-AN-LANH", PRIMARY].map(|code| units::id_by_code(db, code).unwrap().unwrap());
        let id = draft(db, &plan(owner, school), now)?.round_id;
        rounds::allow_pictures(db, id, are_allowed.then_some(now))?;
        rounds::open(db, id, now)?;
        Ok((rounds::by_id(db, id)?.unwrap(), collectors::of_round(db, id)?[0].code.clone()))
    });
    Story { app, round, code, phone: phone() }
}

impl Story {
    async fn begin(&self) -> UnderWay<'_> {
        let begun = self.app.path(&format!("/k/{}/phieu", self.code));
        self.phone.get(self.app.path(&format!("/k/{}", self.code))).send().await.unwrap();
        let begun = self.phone.post(begun).form(&[("phieu", FORM), ("moi", "1")]).send().await.unwrap();
        UnderWay { story: self, address: self.app.path(location(&begun)) }
    }

    fn stored(&self) -> Vec<Value> {
        let rows = self.app.state.store.read_now(|db| submissions::page(db, self.round.id, &[], 100)).unwrap();
        rows.iter().map(|row| serde_json::from_str(&row.answers).unwrap()).collect()
    }

    fn kept(&self) -> i64 {
        let counts = self.app.state.store.read_now(|db| pictures::by_unit(db, self.round.id)).unwrap();
        counts.iter().map(|(_, n)| n).sum()
    }
}

impl UnderWay<'_> {
    fn sending(&self) -> String {
        format!("{}&cau=anh", self.address.replace("?lang=vi", "/anh?lang=vi"))
    }

    async fn send_as(&self, phone: &Client, fields: &[(&str, &str)], file: &[u8], more: &str) -> Response {
        let (mime, body) = multipart(fields, file);
        let sending = format!("{}{more}", self.sending());
        phone.post(sending).header(CONTENT_TYPE, mime).body(body).send().await.unwrap()
    }

    /// The button of the page, as a browser without script presses it.
    async fn send(&self, fields: &[(&str, &str)], file: &[u8]) -> Response {
        self.send_as(&self.story.phone, fields, file, "").await
    }

    async fn page(&self, more: &str) -> String {
        self.story.phone.get(format!("{}{more}", self.address)).send().await.unwrap().text().await.unwrap()
    }

    /// Adds a picture to those that are there already.
    async fn add(&self) -> Response {
        let there = ids(&self.page("").await);
        let there: Vec<(&str, &str)> = there.iter().map(|id| ("anh", id.as_str())).collect();
        self.send(&there, &photo(ImageFormat::Jpeg)).await
    }

    /// From the review to the receipt.
    async fn submit(&self) -> Response {
        let review = self.page("&phan=xem-lai").await;
        self.submit_as(&review, &[]).await
    }

    async fn submit_as(&self, review: &str, more: &[(&str, String)]) -> Response {
        let names = ["_key", "_begun", "_lang", "_phieu", "_nhap"].map(|name| (name, hidden(review, name)));
        let pictures = ids(review).into_iter().map(|id| ("anh", id));
        let text = review.contains("name=\"loi\"").then(|| ("loi", hidden(review, "loi")));
        let fields: Vec<_> = names.into_iter().chain(text).chain(pictures).chain(more.iter().cloned()).collect();
        let to = self.story.app.path(&format!("/k/{}", self.story.code));
        self.story.phone.post(to).form(&fields).send().await.unwrap()
    }

    fn kept(&self) -> i64 {
        let ticket = self.address.split("/phieu/").nth(1).unwrap().split('?').next().unwrap();
        let hash = langnghe::unfinished::Ticket::parse(ticket).unwrap().hash();
        self.story.app.state.store.read_now(|db| unfinished::pictures(db, &hash)).unwrap()
    }
}

fn location(answer: &Response) -> &str {
    answer.headers()[LOCATION].to_str().unwrap()
}

fn multipart(fields: &[(&str, &str)], file: &[u8]) -> (&'static str, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--x-x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = "--x-x\r\nContent-Disposition: form-data; name=\"_anh_anh\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x-x--\r\n");
    ("multipart/form-data; boundary=x-x", body)
}

fn photo(kind: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::from_pixel(40, 30, image::Rgb([90, 140, 60]))).write_to(&mut file, kind).unwrap();
    file.into_inner()
}

/// The same with a segment of EXIF that names a place, and a page of HTML behind the picture.
fn laden() -> Vec<u8> {
    let jpeg = photo(ImageFormat::Jpeg);
    let exif = b"Exif\0\0GPS 21.0285N 105.8542E";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..], b"<script>alert(1)</script>"].concat()
}

/// The pictures that a page names.
fn ids(page: &str) -> Vec<String> {
    let fields = page.split("name=\"anh\" value=\"").skip(1);
    fields.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn shown(page: &str) -> &str {
    page.split("<img src=\"").nth(1).unwrap_or_else(|| panic!("no picture in {page}")).split('"').next().unwrap()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn a_picture_is_sent_without_script_and_only_what_can_be_seen_on_it_is_kept() {
    let story = story(true).await;
    let form = story.begin().await;
    assert!(form.page("").await.contains("Không chụp mặt trẻ em"));
    let sent = form.send(&[("loi", "Vòi nước")], &laden()).await;
    assert!(sent.status() == StatusCode::SEE_OTHER && location(&sent).ends_with("&phan=1#anh"), "{sent:?}");
    let page = form.page("").await;
    assert!(page.contains("value=\"Vòi nước\""), "the other answers of the page were saved, too: {page}");
    let seen = story.phone.get(story.app.path(shown(&page).replace("&#38;", "&").as_str())).send().await.unwrap();
    let header = |name: &str| seen.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((header("content-type"), header("x-content-type-options")), ("image/jpeg".into(), "nosniff".into()));
    assert_eq!(header(CACHE_CONTROL.as_str()), "no-store");
    let bytes = seen.bytes().await.unwrap();
    assert!(bytes.starts_with(&[0xff, 0xd8]) && !contains(&bytes, b"GPS") && !contains(&bytes, b"<script>"));
}

#[tokio::test]
async fn pictures_are_kept_with_the_form_that_names_them_and_counted_once() {
    let story = story(true).await;
    let form = story.begin().await;
    form.add().await;
    form.add().await;
    let review = form.page("&phan=xem-lai").await;
    assert!(review.contains("2 ảnh"), "{review}");
    let [first, again] = [form.submit_as(&review, &[]).await, form.submit_as(&review, &[]).await];
    assert_eq!((first.status(), location(&first)), (StatusCode::SEE_OTHER, location(&again)));
    assert_eq!((story.stored().len(), story.kept(), form.kept()), (1, 2, 0));
    let named = json!(ids(&review));
    assert_eq!(story.stored()[0]["anh"], named);
    let id = PictureId::parse(named[0].as_str().unwrap()).unwrap();
    let (state, round) = (&story.app.state, story.round.id);
    let jpeg = state.store.read_now(|db| pictures::find(db, round, id)).unwrap().unwrap();
    assert!(jpeg.starts_with(&[0xff, 0xd8]));
    assert_eq!(state.store.write_now(|db| pictures::delete_of(db, round, &[id])).unwrap(), 1);
}

#[tokio::test]
async fn whoever_has_only_the_address_neither_sends_nor_sees_pictures() {
    let story = story(true).await;
    let form = story.begin().await;
    form.add().await;
    let stranger = phone();
    for fields in [&[][..], &[("_may", "AAAAAAAAAAAAAAAAAAAAAA")]] {
        let refused = form.send_as(&stranger, fields, &photo(ImageFormat::Png), "").await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    }
    // neither a form without a file nor one that breaks off makes the page appear
    let (mime, whole) = multipart(&[("loi", "Vòi nước")], b"");
    for body in [&whole[..whole.len() - 9], b"--x-x", b""] {
        let request = stranger.post(form.sending()).header(CONTENT_TYPE, mime).body(body.to_vec());
        let refused = request.send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert!(!refused.headers().contains_key(SET_COOKIE));
        assert!(!refused.text().await.unwrap().contains("Ảnh chỗ hỏng"));
    }
    let address = story.app.path(&shown(&form.page("").await).replace("&#38;", "&"));
    assert_eq!(story.phone.get(&address).send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(stranger.get(&address).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(format!("{address}&m=1.abc")).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    assert_eq!(form.kept(), 1);
}

#[tokio::test]
async fn what_cannot_be_taken_comes_back_with_a_sentence_that_says_what_to_do() {
    let story = story(true).await;
    let form = story.begin().await;
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let mut bomb = photo(ImageFormat::Png);
    // width and height stand behind the signature and the name of the first chunk, its sum behind them
    bomb[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let mut sum = flate2::Crc::new();
    sum.update(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    let huge = vec![7; 50 * 1024 * 1024];
    let stories: [(&[u8], u16, &str); 5] = [
        (heic, 422, "Cài đặt › Camera › Định dạng › Tương thích nhất"),
        (&bomb, 422, "40 triệu điểm ảnh"),
        (&huge, 413, "nặng quá 12 MB"),
        (b"%PDF-1.7 and so on", 422, "không phải ảnh"),
        (b"", 422, "Chưa có ảnh nào được chọn"),
    ];
    for (file, status, sentence) in stories {
        let refused = form.send(&[("loi", "Vòi nước")], file).await;
        assert_eq!(refused.status().as_u16(), status, "{sentence}");
        let page = refused.text().await.unwrap();
        assert!(page.contains(sentence) && page.contains("Vòi nước"), "{sentence} in {page}");
    }
    assert_eq!(form.kept(), 0);
}

#[tokio::test]
async fn a_fourth_picture_is_refused_until_one_is_taken_out() {
    let story = story(true).await;
    let form = story.begin().await;
    for _ in 0..3 {
        assert_eq!(form.add().await.status(), StatusCode::SEE_OTHER);
    }
    let page = form.page("").await;
    assert!(!page.contains("type=\"file\""), "there is no room for a fourth");
    let refused = form.add().await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("nhiều nhất 3 ảnh"));
    let there = ids(&page);
    let fields: Vec<(&str, &str)> =
        there.iter().map(|id| ("anh", id.as_str())).chain([("_bo", there[1].as_str())]).collect();
    assert_eq!(form.send(&fields, b"").await.status(), StatusCode::SEE_OTHER);
    assert_eq!((ids(&form.page("").await), form.kept()), (vec![there[0].clone(), there[2].clone()], 2));
    assert_eq!(form.add().await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn with_script_only_the_question_comes_back_and_nothing_else_is_touched() {
    let story = story(true).await;
    let form = story.begin().await;
    let saved = [("_phan", "1"), ("_di", "luu"), ("loi", "Vòi nước")];
    story.phone.post(&form.address).form(&saved).send().await.unwrap();
    let proof = hidden(&form.page("").await, "_may");
    let fields = [("_may", proof.as_str()), ("_lang", "vi")];
    let sent = form.send_as(&story.phone, &fields, &photo(ImageFormat::WebP), "&manh=1").await;
    assert_eq!(sent.status(), StatusCode::OK);
    let question = sent.text().await.unwrap();
    assert!(question.starts_with("<fieldset") && question.contains("Ảnh 1") && !question.contains("<html"));
    let refused = form.send_as(&story.phone, &fields, b"no picture", "&manh=1").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("class=\"error\""));
    let page = form.page("").await;
    assert!(page.contains("value=\"Vòi nước\"") && page.contains("/assets/pictures."), "{page}");
}

#[tokio::test]
async fn a_browser_without_cookies_sends_and_sees_its_pictures() {
    let story = story(true).await;
    let bare = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let begun = story.app.path(&format!("/k/{}/phieu", story.code));
    let first = bare.post(begun).form(&[("phieu", FORM)]).send().await.unwrap().text().await.unwrap();
    let address = story.app.path(first.split("action=\"").nth(1).unwrap().split('"').next().unwrap());
    let form = UnderWay { story: &story, address };
    let sent = form.send_as(&bare, &[("_may", &hidden(&first, "_may"))], &photo(ImageFormat::Jpeg), "").await;
    assert_eq!(sent.status(), StatusCode::OK);
    let picture = shown(&sent.text().await.unwrap()).replace("&#38;", "&");
    assert!(picture.contains("&m="), "{picture}");
    assert_eq!(bare.get(story.app.path(&picture)).send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_form_that_names_somebody_elses_picture_is_not_taken() {
    let story = story(true).await;
    let mine = story.begin().await;
    mine.add().await;
    let foreign = ids(&mine.page("").await);
    let other = story.begin().await;
    other.send(&[("loi", "Vòi nước")], b"").await;
    let review = other.page("&phan=xem-lai").await;
    let refused = other.submit_as(&review, &[("anh", foreign[0].clone())]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    assert!(page.contains("không thuộc phiếu này") && page.contains("type=\"checkbox\" name=\"anh\""), "{page}");
    assert_eq!((story.stored().len(), story.kept()), (0, 0));
    assert_eq!(other.submit_as(&review, &[]).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn programs_cannot_send_pictures() {
    let story = story(true).await;
    let form = story.begin().await;
    form.add().await;
    let answers = json!({"loi": "Vòi nước", "anh": ids(&form.page("").await)});
    let refused = story.app.post(&story.code, json!({"key": key(), "answers": answers})).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["violations"][0]["question"], "anh");
    assert!(problem["violations"][0]["message"].as_str().unwrap().contains("không nhận ảnh"), "{problem}");
}

#[tokio::test]
async fn pictures_vanish_with_a_form_that_is_given_up_or_left_alone() {
    let story = story(true).await;
    let (given_up, left) = (story.begin().await, story.begin().await);
    given_up.add().await;
    left.add().await;
    story.phone.post(&given_up.address).form(&[("_di", "xoa")]).send().await.unwrap();
    assert_eq!((given_up.kept(), left.kept()), (0, 1));
    let state = &story.app.state;
    state.clock.advance(49 * 3600);
    state.store.write_now(|db| unfinished::forget(db, state.clock.now())).unwrap();
    assert_eq!(left.kept(), 0);
}

/// PostgreSQL has backups of its own.
mod sqlite_only {
    use super::*;

    #[tokio::test]
    async fn pictures_of_unfinished_forms_stand_in_no_backup() {
        let story = story(true).await;
        let (sent, form) = (story.begin().await, story.begin().await);
        sent.add().await;
        sent.submit().await;
        form.add().await;
        let file = story.app.database.folder().join("backup.db");
        backup::into_file(&story.app.state.store, &file).unwrap();
        let url = langnghe::store::DatabaseUrl::parse(&format!("sqlite:{}", file.display())).unwrap();
        let copy = langnghe::store::Store::open(&url).unwrap();
        let ticket = form.address.split("/phieu/").nth(1).unwrap().split('?').next().unwrap();
        let hash = langnghe::unfinished::Ticket::parse(ticket).unwrap().hash();
        assert_eq!((form.kept(), copy.read_now(|db| unfinished::pictures(db, &hash)).unwrap()), (1, 0));
        assert_eq!(copy.read_now(|db| pictures::by_unit(db, story.round.id)).unwrap().len(), 1);
    }
}

#[tokio::test]
async fn where_the_officer_did_not_allow_pictures_nobody_is_asked_for_any() {
    let story = story(false).await;
    let form = story.begin().await;
    let page = form.page("").await;
    assert!(page.contains("Hỏng gì?") && !page.contains("Ảnh chỗ hỏng") && !page.contains("pictures."), "{page}");
    assert_eq!(form.send(&[], &photo(ImageFormat::Jpeg)).await.status(), StatusCode::NOT_FOUND);
    let named = PictureId::new([7; 16]).to_string();
    let answers = json!({"loi": "Vòi nước", "anh": [named]});
    let refused = story.app.post(&story.code, json!({"key": key(), "answers": answers})).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let saved = [("_phan", "1"), ("_di", "luu"), ("loi", "Vòi nước")];
    story.phone.post(&form.address).form(&saved).send().await.unwrap();
    assert_eq!(form.submit().await.status(), StatusCode::SEE_OTHER);
    assert_eq!(story.stored(), [json!({"loi": "Vòi nước"})]);
}

#[tokio::test]
async fn the_steering_unit_sees_the_pictures_school_by_school_and_nobody_else_does() {
    let story = story(true).await;
    let form = story.begin().await;
    form.add().await;
    form.submit().await;
    let id = story.stored()[0]["anh"][0].as_str().unwrap().to_owned();
    let [list, one] = ["".to_owned(), format!("/{id}")].map(|end| format!("/manage/rounds/co-so/pictures{end}"));
    let status = async |path: &str| story.app.get(path).await.status().as_u16();
    assert_eq!((status(&list).await, status(&one).await), (303, 303), "nobody is signed in");
    story.app.sign_in("chu.tri", "SO-AN-LANH").await;
    let page = story.app.get(&format!("{list}?unit={PRIMARY}")).await.text().await.unwrap();
    assert!(page.contains("Hoa Mai") && page.contains("Ảnh chỗ hỏng") && page.contains(&one), "{page}");
    let picture = story.app.get(&one).await;
    let header = |name: &str| picture.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((header("content-type"), header("cache-control")), ("image/jpeg".into(), "no-store".into()));
    assert!(header("x-content-type-options") == "nosniff" && header("content-disposition").starts_with("inline;"));
    assert_eq!(status(&format!("/manage/rounds/tieu-hoc/pictures/{id}")).await, 404, "another round");
    story.app.sign_in("hieu.truong", PRIMARY).await;
    assert!([403, 404].contains(&status(&one).await) && [403, 404].contains(&status(&list).await));
}

#[tokio::test]
async fn an_officer_allows_pictures_while_a_round_is_a_draft_and_not_after_it_began() {
    let story = story(true).await;
    story.app.sign_in("chu.tri", "SO-AN-LANH").await;
    let csrf = story.app.csrf().await;
    let allowed = |slug: &str| {
        let round = story.app.state.store.read_now(|db| rounds::by_slug(db, slug)).unwrap();
        round.unwrap().pictures_allowed_at.is_some()
    };
    let cover = [
        ("_csrf", csrf.as_str()),
        ("title", "Đợt mới"),
        ("contact", "Phòng Khảo thí"),
        ("day", "2100-05-07"),
        ("time", "22:00"),
    ];
    let more = [("slug", "moi"), ("template", "hai-long-tieu-hoc"), ("unit", PRIMARY), ("pictures", "1")];
    let made = story.app.submit("/manage/rounds/new", &[&cover[..], &more].concat()).await;
    assert_eq!((made.status(), allowed("moi")), (StatusCode::SEE_OTHER, true));
    let edit = story.app.get("/manage/rounds/moi/edit").await.text().await.unwrap();
    assert!(edit.contains("name=\"pictures\" value=\"1\" checked"), "{edit}");
    story.app.submit("/manage/rounds/moi/edit", &cover).await;
    assert!(!allowed("moi"));
    story.app.submit("/manage/rounds/co-so/edit", &cover).await;
    assert!(allowed("co-so"), "forms were begun that ask for pictures");
}

#[tokio::test]
async fn the_command_line_allows_pictures_before_a_round_begins_and_not_after() {
    let story = story(false).await;
    let (store, id) = (&story.app.state.store, story.round.id);
    let secret = "ab".repeat(32);
    let command = |arguments: &[&str]| {
        let arguments = [&["rounds", "pictures"], arguments].concat();
        run(&story.app.database, &arguments, &[("SECRET_KEY", &secret)])
    };
    let allowed = || store.read_now(|db| rounds::by_id(db, id)).unwrap().unwrap().pictures_allowed_at.is_some();
    says(&command(&["co-so"]), "has begun already");
    says(&command(&["khong-co"]), "there is no round");
    let later = story.app.state.clock.now() + TimeDelta::hours(1);
    store.write_now(|db| rounds::open(db, id, later)).unwrap();
    assert!(command(&["co-so"]).status.success() && allowed());
    assert!(command(&["co-so", "--refuse"]).status.success() && !allowed());
}

#[tokio::test]
async fn a_form_that_is_withdrawn_takes_its_pictures_with_it() {
    let story = story(true).await;
    let (stays, goes) = (story.begin().await, story.begin().await);
    stays.add().await;
    stays.submit().await;
    goes.add().await;
    goes.add().await;
    let key = hidden(&goes.page("&phan=xem-lai").await, "_key").parse().unwrap();
    goes.submit().await;
    assert_eq!(story.kept(), 3);
    let state = &story.app.state;
    let code = WithdrawalCode::of(&state.secret, story.round.id, key);
    assert!(state.withdraw(&code).await.unwrap());
    assert_eq!((story.stored().len(), story.kept()), (1, 1));
}
