//! An office writes its own questionnaires: from a template, from nothing, from a file; two people at once; back and forth.

use langnghe::survey::manuscript::Manuscript;
use langnghe::survey::templates;
use reqwest::{Response, StatusCode};

use crate::support::{FORM, PRIMARY, TestApp, app, hidden};

const OFFICE: &str = "SO-AN-LANH";

pub async fn page(app: &TestApp, path: &str) -> String {
    app.get(path).await.text().await.unwrap()
}

pub fn location(answer: &Response) -> String {
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// The address of a new questionnaire: a copy of the template for parents of primary schools.
pub async fn copied(app: &TestApp) -> String {
    app.sign_in("chuyenvien", OFFICE).await;
    let csrf = app.csrf().await;
    let fields = [("_csrf", csrf.as_str()), ("title", "Phiếu của Sở"), ("code", "phieu-cua-so"), ("from", FORM)];
    let made = app.submit("/manage/questionnaires/new", &fields).await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER, "{}", made.text().await.unwrap());
    location(&made)
}

/// Sends one of the editor's forms as it stands on the page.
pub async fn send(app: &TestApp, own: &str, form: &str, revision: &str, fields: &[(&str, &str)]) -> Response {
    let csrf = app.csrf().await;
    let fields = [&[("_csrf", csrf.as_str()), ("revision", revision)], fields].concat();
    app.submit(&format!("{own}/{form}"), &fields).await
}

pub async fn file(app: &TestApp, own: &str) -> Manuscript {
    Manuscript::parse(&page(app, &format!("{own}/file.json")).await).unwrap()
}

/// Sends a form with a file, as browsers do.
pub async fn with_file(app: &TestApp, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Response {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--x-x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    let head = "--x-x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"phieu.json\"\r\n\r\n";
    body.extend([head.as_bytes(), file, b"\r\n--x-x--\r\n"].concat());
    let request = app.client.post(app.path(path)).body(body);
    request.header("Content-Type", "multipart/form-data; boundary=x-x").send().await.unwrap()
}

pub async fn upload(app: &TestApp, bytes: Vec<u8>) -> Response {
    let csrf = app.csrf().await;
    with_file(app, "/manage/questionnaires/upload", &[("_csrf", &csrf)], &bytes).await
}

#[tokio::test]
async fn a_copied_template_is_offered_for_a_new_round_and_the_round_asks_it() {
    let app = app().await;
    let own = copied(&app).await;
    let added = send(&app, &own, "outline", "1", &[("do", "add T"), ("kind", "text")]).await;
    assert_eq!(location(&added), format!("{own}?cau=T1#cau"));
    let form = page(&app, "/manage/rounds/new").await;
    assert!(!form.contains("phieu-cua-so"), "a question without a text is a mistake");
    let label = [("at", "T1"), ("do", "save"), ("label-vi", "Con đi học có vui không?"), ("label-en", "Happy?")];
    send(&app, &own, "question", "2", &label).await;
    let form = page(&app, "/manage/rounds/new").await;
    assert!(form.contains("value=\"phieu-cua-so\"") && form.contains("Phiếu của đơn vị"), "{form}");
    let (csrf, day) = (hidden(&form, "_csrf"), hidden(&form, "day\" type=\"date"));
    let round = [("_csrf", csrf.as_str()), ("title", "Đợt riêng"), ("day", &day), ("time", "22:00")];
    let round =
        [&round[..], &[("template", "phieu-cua-so"), ("unit", PRIMARY), ("contact", "Phòng Khảo thí")]].concat();
    assert_eq!(location(&app.submit("/manage/rounds/new", &round).await), "/manage/rounds/dot-rieng");
    assert!(page(&app, "/manage/rounds/dot-rieng").await.contains("Phiếu của Sở"));
}

#[tokio::test]
async fn a_questionnaire_from_nothing_can_be_used_at_once_and_codes_are_given_once() {
    let app = app().await;
    app.sign_in("chuyenvien", OFFICE).await;
    let csrf = app.csrf().await;
    let fields = [("_csrf", csrf.as_str()), ("title", "Phiếu trống"), ("audience", "can_bo"), ("level", "thcs")];
    let own = location(&app.submit("/manage/questionnaires/new", &fields).await);
    assert!(page(&app, &own).await.contains("Phiếu không có lỗi"));
    let read = file(&app, &own).await.read().unwrap();
    assert_eq!((read.code.as_str(), read.audience.code()), ("phieu-trong", "can_bo"));
    let again = app.submit("/manage/questionnaires/new", &fields).await;
    assert_eq!(again.status(), 422);
    assert!(again.text().await.unwrap().contains("Mã này đã có phiếu khác dùng"));
}

#[tokio::test]
async fn a_file_with_mistakes_is_refused_with_the_line_of_each() {
    let app = app().await;
    app.sign_in("chuyenvien", OFFICE).await;
    let template = templates::find(FORM).unwrap().text;
    let broken = template.replace("\"code\": \"hai-long-tieu-hoc\"", "\"code\": \"cua-toi\"").replace("'co'", "'coo'");
    let refused = upload(&app, broken.clone().into_bytes()).await;
    assert_eq!(refused.status(), 422);
    let text = refused.text().await.unwrap();
    assert!(
        text.contains("Dòng ") && text.contains("relevant") && text.contains("không có phương án trả lời “coo”"),
        "{text}"
    );
    for (bytes, sentence) in [
        (b"{\n\"code\": }".to_vec(), "Dòng 2"),
        (vec![0xff, 0xfe, b'{'], "không ở dạng UTF-8"),
        (vec![b' '; 300 * 1024], "lớn hơn 256 KB"),
        (template.as_bytes().to_vec(), "của một mẫu chính thức"),
        (Vec::new(), "Xin chọn một tệp"),
    ] {
        let answer = upload(&app, bytes).await;
        assert_eq!(answer.status(), 422, "{sentence}");
        let text = answer.text().await.unwrap();
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
    let taken = upload(&app, broken.replace("'coo'", "'co'").into_bytes()).await;
    assert_eq!(taken.status(), StatusCode::SEE_OTHER);
    assert_eq!(file(&app, &location(&taken)).await.code(), "cua-toi");
}

#[tokio::test]
async fn nobody_outside_the_office_sees_or_changes_it() {
    let app = app().await;
    let own = copied(&app).await;
    app.sign_in("phuong", "P-HOA-BAN").await;
    for path in ["", "/file.json", "/cover", "/json", "/history", "/xem"] {
        assert_eq!(app.get(&format!("{own}{path}")).await.status(), 404, "{path}");
    }
    assert!(!page(&app, "/manage/questionnaires").await.contains("Phiếu của Sở"));
    for (form, fields) in [
        ("outline", &[("do", "remove A1")][..]),
        ("question", &[("at", "A1"), ("label-vi", "x")]),
        ("archive", &[]),
        ("history", &[("to", "1")]),
        ("check", &[("at", "A1"), ("property", "relevant"), ("text", "1")]),
    ] {
        assert_eq!(send(&app, &own, form, "1", fields).await.status(), 404, "{form}");
    }
    app.sign_in("hieutruong", PRIMARY).await;
    assert_eq!(app.get("/manage/questionnaires").await.status(), 403);
}

#[tokio::test]
async fn items_of_the_template_keep_their_choices_and_wording_and_leaving_one_out_is_said() {
    let app = app().await;
    let own = copied(&app).await;
    for fields in [
        &[("at", "A2"), ("label-vi", "Học phí")][..],
        &[("at", "khoi_lop"), ("choice-code", "lop_1"), ("choice-label-vi", "Lớp 1"), ("choice-label-en", "Grade 1")],
        &[("at", "A2"), ("kind", "text")],
    ] {
        let refused = send(&app, &own, "question", "1", fields).await;
        assert_eq!(refused.status(), 422, "{fields:?}");
        assert!(refused.text().await.unwrap().contains("là câu gốc của mẫu chính thức"));
    }
    send(&app, &own, "outline", "1", &[("do", "remove A1")]).await;
    let after = page(&app, &own).await;
    assert!(after.contains("Đã bỏ 1 câu gốc của mẫu") && after.contains("value=\"restore A1\""), "{after}");
    send(&app, &own, "outline", "2", &[("do", "restore A1")]).await;
    assert!(!page(&app, &own).await.contains("câu gốc của mẫu; kết quả"));
}

#[tokio::test]
async fn choices_are_pasted_moved_and_taken_out_without_script() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "outline", "1", &[("do", "add T"), ("kind", "select_one")]).await;
    let pasted = [("at", "T1"), ("do", "save"), ("label-vi", "Đi bằng gì?"), ("label-en", "How?")];
    let lines = [("choice-code", ""), ("choice-label-vi", ""), ("choice-label-en", "")];
    let paste = [("choice-paste", "Xe buýt\tBus\nxe_may\tXe máy\tMotorbike\nXe buýt")];
    let answer = send(&app, &own, "question", "2", &[&pasted[..], &lines, &paste].concat()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let open = page(&app, &format!("{own}?cau=T1")).await;
    assert!(open.contains("value=\"xe_buyt\"") && open.contains("value=\"choice-down 0\""), "{open}");
    let rows = [
        ("at", "T1"),
        ("do", "choice-down 0"),
        ("choice-code", "xe_buyt"),
        ("choice-label-vi", "Xe buýt"),
        ("choice-label-en", "Bus"),
        ("choice-code", "xe_may"),
        ("choice-label-vi", "Xe máy"),
        ("choice-label-en", "Motorbike"),
    ];
    send(&app, &own, "question", "3", &rows).await;
    let sheet = file(&app, &own).await;
    let question = sheet.read().unwrap();
    let place = question.place("T1").unwrap();
    let codes: Vec<&str> = question.questions[place].kind.choices().iter().map(|c| c.code.as_str()).collect();
    assert_eq!(codes, ["xe_may", "xe_buyt"]);
}

#[tokio::test]
async fn an_expression_is_looked_at_while_it_is_typed_and_nothing_is_saved() {
    let app = app().await;
    let own = copied(&app).await;
    let check = |text: &'static str| {
        let (app, own) = (&app, &own);
        async move {
            let fields = [("at", "A1"), ("property", "relevant"), ("text", text)];
            send(app, own, "check", "1", &fields).await.json::<serde_json::Value>().await.unwrap()["wrong"].clone()
        }
    };
    assert_eq!(check("${ban_tru} = 'co'").await, serde_json::Value::Null);
    let wrong = check("${ban_tru} = 'co' and ${khong_co} = 1").await;
    assert!(wrong.as_str().unwrap().starts_with("Ký tự thứ 23: không có câu hỏi nào mang mã khong_co"), "{wrong}");
    assert!(check("${ban_tru} = ").await.is_string());
    assert!(!page(&app, &format!("{own}/file.json")).await.contains("khong_co"));
}

#[tokio::test]
async fn of_two_people_who_change_one_question_neither_loses_what_was_written() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "outline", "1", &[("do", "add T"), ("kind", "text")]).await;
    let text =
        |label: &'static str| [("at", "T1"), ("do", "save"), ("code", "T1"), ("kind", "text"), ("label-vi", label)];
    send(&app, &own, "question", "2", &text("Bản của chị Lan")).await;
    let clash = send(&app, &own, "question", "2", &text("Bản của anh Nam")).await;
    assert_eq!(clash.status(), StatusCode::CONFLICT);
    let both = clash.text().await.unwrap();
    assert!(both.contains("Bản của chị Lan") && both.contains("<mark>Bản của anh Nam</mark>"), "{both}");
    assert_eq!(hidden(&both, "revision"), "3");
    send(&app, &own, "question", "3", &[&text("Bản của anh Nam")[..], &[("keep", "1")]].concat()).await;
    let page = page(&app, &format!("{own}/history?from=3&to=4")).await;
    assert!(
        page.contains("<del>Bản của <b>chị Lan</b></del>") && page.contains("<ins>Bản của <b>anh Nam</b></ins>"),
        "{page}"
    );
}

#[tokio::test]
async fn changes_to_different_questions_are_put_together_without_asking() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "question", "1", &[("at", "A1"), ("do", "save"), ("hint-vi", "Gợi ý một")]).await;
    let second = send(&app, &own, "question", "1", &[("at", "A2"), ("do", "save"), ("hint-vi", "Gợi ý hai")]).await;
    assert_eq!(second.status(), StatusCode::SEE_OTHER);
    let text = page(&app, &format!("{own}/file.json")).await;
    assert!(text.contains("Gợi ý một") && text.contains("Gợi ý hai"));
    let gone = send(&app, &own, "outline", "1", &[("do", "remove A1")]).await;
    assert_eq!(gone.status(), 422, "what somebody else has just changed is not taken out unseen");
    assert!(file(&app, &own).await.find("A1").is_some());
}

#[tokio::test]
async fn undo_and_redo_lead_through_everything_that_was_saved() {
    let app = app().await;
    let own = copied(&app).await;
    let first = file(&app, &own).await;
    send(&app, &own, "outline", "1", &[("do", "copy A1")]).await;
    let second = file(&app, &own).await;
    send(&app, &own, "outline", "2", &[("do", "down B1")]).await;
    let third = file(&app, &own).await;
    for (wish, seen, expected) in [
        ("undo", "3", &second),
        ("undo", "4", &first),
        ("undo", "5", &first),
        ("redo", "5", &second),
        ("redo", "6", &third),
        ("redo", "7", &third),
        // from a page that shows what is not there any more
        ("undo", "3", &third),
    ] {
        send(&app, &own, "outline", seen, &[("do", wish)]).await;
        assert_eq!(file(&app, &own).await, *expected, "{wish}");
    }
    assert!(page(&app, &format!("{own}/history?from=1&to=3")).await.contains("Đã chuyển chỗ."));
    send(&app, &own, "history", "0", &[("to", "1")]).await;
    assert_eq!(file(&app, &own).await, first);
}

#[tokio::test]
async fn the_preview_is_the_form_itself_and_cannot_be_sent() {
    let app = app().await;
    let own = copied(&app).await;
    let answer = app.get(&format!("{own}/xem?tieng=en")).await;
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-ancestors 'self'") && policy.contains("form-action 'none'"), "{policy}");
    let form = answer.text().await.unwrap();
    assert!(form.contains("A preview") && form.contains("What grade is your child in?"), "{form}");
    assert!(!form.contains("method=\"post\"") && !form.contains("name=\"_key\""), "{form}");
    let editor = app.get(&own).await;
    assert!(editor.headers()["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
    assert_eq!(app.stored(), 0);
    send(&app, &own, "outline", "1", &[("do", "add T"), ("kind", "text")]).await;
    assert!(page(&app, &format!("{own}/xem")).await.contains("Chưa xem thử được"));
}

#[tokio::test]
async fn titles_and_languages_are_changed_in_one_place_and_the_code_never() {
    let app = app().await;
    let own = copied(&app).await;
    let cover = page(&app, &format!("{own}/cover")).await;
    assert!(!cover.contains("Rất hài lòng") && cover.contains("name=\"cover/title-vi\""), "{cover}");
    let fields = [("languages", "vi"), ("minutes", "7"), ("audience", "phu_huynh"), ("level", "tieu_hoc")];
    let fields = [&fields[..], &[("cover/title-vi", "Phiếu mới"), ("strata", "khoi_lop, ban_tru")]].concat();
    send(&app, &own, "cover", "1", &fields).await;
    let read = file(&app, &own).await.read().unwrap();
    assert_eq!((read.languages.len(), read.minutes, read.strata.len()), (1, 7, 2));
    assert!(page(&app, "/manage/questionnaires").await.contains("Phiếu mới"));
    let csrf = app.csrf().await;
    let other = page(&app, &format!("{own}/file.json")).await.replace("phieu-cua-so", "ma-khac");
    let fields = [("_csrf", csrf.as_str()), ("revision", "2")];
    let refused = with_file(&app, &format!("{own}/json"), &fields, other.as_bytes()).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("mã phiếu phieu-cua-so đặt rồi thì không đổi nữa"));
}

#[tokio::test]
async fn what_is_put_away_is_offered_no_longer_and_comes_back() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "archive", "1", &[]).await;
    assert!(!page(&app, "/manage/rounds/new").await.contains("phieu-cua-so"));
    assert!(page(&app, "/manage/questionnaires").await.contains("Phiếu đã cất"));
    send(&app, &own, "archive", "1", &[("back", "1")]).await;
    assert!(page(&app, "/manage/rounds/new").await.contains("phieu-cua-so"));
}

#[tokio::test]
async fn a_question_of_another_questionnaire_is_found_without_diacritics_and_copied() {
    let app = app().await;
    let own = copied(&app).await;
    let found = page(&app, &format!("{own}/library?q=gio+vao+hoc")).await;
    assert!(found.contains("value=\"lay-y-kien-gio-hoc\""), "{found}");
    let question = hidden(found.split("value=\"lay-y-kien-gio-hoc\"").nth(1).unwrap(), "question");
    let fields = [("source", "lay-y-kien-gio-hoc"), ("question", &question), ("section", "T")];
    let before = file(&app, &own).await.all().count();
    assert_eq!(location(&send(&app, &own, "library", "1", &fields).await), own);
    assert_eq!(file(&app, &own).await.all().count(), before + 1);
    let other = [("source", "khong-co"), ("question", "A1"), ("section", "T")];
    assert_eq!(send(&app, &own, "library", "2", &other).await.status(), 422);
}

#[tokio::test]
async fn a_question_that_is_hard_to_read_is_pointed_out() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "outline", "1", &[("do", "add T"), ("kind", "text")]).await;
    let label = [("at", "T1"), ("do", "save"), ("label-vi", "Bữa ăn và/hoặc CSVC thế nào?"), ("label-en", "x")];
    send(&app, &own, "question", "2", &label).await;
    let open = page(&app, &format!("{own}?cau=T1")).await;
    assert!(open.contains("hỏi hai việc một lúc") && open.contains("Chữ viết tắt “CSVC”"), "{open}");
}

#[tokio::test]
async fn another_code_is_told_to_the_conditions_that_mention_it_and_a_taken_one_is_refused() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "outline", "1", &[("do", "add T"), ("kind", "text")]).await;
    let text = [("label-vi", "Vui không?"), ("label-en", "Happy?"), ("do", "save"), ("at", "T1")];
    send(&app, &own, "question", "2", &text).await;
    send(&app, &own, "question", "3", &[("at", "A1"), ("relevant", "${T1} != ''"), ("do", "save")]).await;
    let renamed = send(&app, &own, "question", "4", &[("at", "T1"), ("code", "vui"), ("do", "save")]).await;
    assert_eq!(location(&renamed), format!("{own}?cau=vui#m-vui"));
    assert!(page(&app, &format!("{own}/file.json")).await.contains("${vui} != ''"));
    assert!(file(&app, &own).await.read().is_ok());
    for (code, sentence) in [("A1", "đã có câu hỏi khác mang mã A1"), ("1a", "bắt đầu bằng chữ")] {
        let refused = send(&app, &own, "question", "5", &[("at", "vui"), ("code", code)]).await;
        assert_eq!(refused.status(), 422);
        assert!(refused.text().await.unwrap().contains(sentence), "{code}");
    }
}

#[tokio::test]
async fn a_question_that_somebody_took_out_meanwhile_can_be_kept() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "outline", "1", &[("do", "remove A1")]).await;
    let edit = [("at", "A1"), ("section", "A"), ("code", "A1"), ("hint-vi", "Gợi ý"), ("do", "save")];
    let clash = send(&app, &own, "question", "1", &edit).await;
    assert_eq!(clash.status(), StatusCode::CONFLICT);
    let both = clash.text().await.unwrap();
    assert!(both.contains("người khác đã bỏ câu này"), "{both}");
    assert!(both.contains("name=\"label-vi\" hidden") || both.contains("name=\"hint-vi\" hidden"));
    send(&app, &own, "question", "2", &[&edit[..], &[("keep", "1")]].concat()).await;
    let kept = file(&app, &own).await;
    let question = kept.at(kept.find("A1").unwrap()).unwrap();
    assert_eq!((question["kind"].as_str(), question["hint"]["vi"].as_str()), (Some("rating"), Some("Gợi ý")));
    let unknown = send(&app, &own, "question", "3", &[("at", "KHONG"), ("code", "KHONG")]).await;
    assert_eq!(unknown.status(), 422);
}
