//! Writing a questionnaire while the page saves by itself: moves, recordings, scales, translations, what others change meanwhile.

use langnghe::survey::manuscript::Manuscript;
use reqwest::{Response, StatusCode};
use serde_json::Value;

use crate::questionnaires::{copied, file, location, page, send, upload, with_file};
use crate::support::{PRIMARY, TestApp, app, hidden};

const BEEP: &[u8] = include_bytes!("../media/beep.mp3");

/// Sends a form as the page's script does.
async fn quietly(app: &TestApp, own: &str, form: &str, revision: &str, fields: &[(&str, &str)]) -> Response {
    let csrf = app.csrf().await;
    let fields = [&[("_csrf", csrf.as_str()), ("revision", revision)], fields].concat();
    let request = app.client.post(app.path(&format!("{own}/{form}"))).header("Accept", "application/json");
    request.form(&fields).send().await.unwrap()
}

async fn told(answer: Response) -> Value {
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

fn codes(sheet: &Manuscript, section: &str) -> Vec<String> {
    let section = sheet.sections()[sheet.find_section(section).unwrap()];
    let code = |question: &langnghe::survey::manuscript::Object| question["code"].as_str().unwrap().to_owned();
    Manuscript::questions(section).into_iter().map(code).collect()
}

#[tokio::test]
async fn a_page_that_saves_while_somebody_types_makes_one_step_that_can_be_undone() {
    let app = app().await;
    let own = copied(&app).await;
    let first = file(&app, &own).await;
    let typed = |text: &'static str| [("at", "A1"), ("hint-vi", text)];
    for (revision, text) in [("1", "Gợi"), ("2", "Gợi ý"), ("3", "Gợi ý ngắn")] {
        let said = told(quietly(&app, &own, "question", revision, &typed(text)).await).await;
        assert!(said["said"].as_str().unwrap().starts_with("Đã lưu ") && said["place"] == "A1", "{said}");
    }
    let again = told(quietly(&app, &own, "question", "4", &typed("Gợi ý ngắn")).await).await;
    assert_eq!(again["revision"], 4, "what stands there is not saved once more");
    send(&app, &own, "outline", "4", &[("do", "undo")]).await;
    assert_eq!(file(&app, &own).await, first);
    send(&app, &own, "outline", "5", &[("do", "redo")]).await;
    assert!(file(&app, &own).await.text().contains("Gợi ý ngắn"));
}

#[tokio::test]
async fn what_somebody_else_changed_while_a_page_saved_by_itself_comes_back_beside_ones_own() {
    let app = app().await;
    let own = copied(&app).await;
    told(quietly(&app, &own, "question", "1", &[("at", "A1"), ("hint-vi", "Của chị Lan")]).await).await;
    let clash = quietly(&app, &own, "question", "1", &[("at", "A1"), ("hint-vi", "Của anh Nam")]).await;
    assert_eq!(clash.status(), StatusCode::CONFLICT);
    let both = clash.text().await.unwrap();
    assert!(both.contains("class=\"clash\"") && both.contains("Của chị Lan") && both.contains("Của anh Nam"), "{both}");
    // what was saved by a page that was closed before it heard of it is no clash
    let same = quietly(&app, &own, "question", "1", &[("at", "A1"), ("hint-vi", "Của chị Lan")]).await;
    assert_eq!(same.status(), StatusCode::OK);
    let other = quietly(&app, &own, "question", "1", &[("at", "A2"), ("hint-vi", "Câu khác")]).await;
    assert_eq!(other.status(), StatusCode::OK);
    let refused = quietly(&app, &own, "question", "3", &[("at", "A1"), ("label-vi", "Lời khác")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.json::<Value>().await.unwrap()["said"].as_str().unwrap().contains("câu gốc"));
}

#[tokio::test]
async fn a_question_is_moved_within_its_section_and_into_another_and_its_new_place_is_said() {
    let app = app().await;
    let own = copied(&app).await;
    let before = file(&app, &own).await;
    let (first, second) = (codes(&before, "A"), codes(&before, "B"));
    let last = first.last().unwrap().clone();
    let wish = format!("move {last}");
    let to_front = [("do", wish.as_str()), ("section", "A"), ("before", first[0].as_str())];
    let said = told(quietly(&app, &own, "outline", "1", &to_front).await).await;
    assert!(said["said"].as_str().unwrap().contains(&format!("Câu {last} nay đứng thứ 1")), "{said}");
    assert_eq!(codes(&file(&app, &own).await, "A")[..2], [last.clone(), first[0].clone()]);
    let across = [("do", wish.as_str()), ("section", "B"), ("before", second[1].as_str())];
    assert_eq!(send(&app, &own, "outline", "2", &across).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(codes(&file(&app, &own).await, "B")[..3], [second[0].clone(), last.clone(), second[1].clone()]);
    let to_the_end = [("do", wish.as_str()), ("section", "A"), ("before", "")];
    told(quietly(&app, &own, "outline", "3", &to_the_end).await).await;
    assert_eq!(file(&app, &own).await, before);
    let nowhere = [("do", wish.as_str()), ("section", "A"), ("before", second[0].as_str())];
    assert_eq!(quietly(&app, &own, "outline", "4", &nowhere).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_not_finished_is_left_out_of_the_frame_beside_the_editor() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "outline", "1", &[("do", "add T"), ("kind", "select_one")]).await;
    send(&app, &own, "outline", "2", &[("do", "add T"), ("kind", "text")]).await;
    let frame = page(&app, &format!("{own}/xem?khung=1")).await;
    assert!(frame.contains("id=\"A1\"") && frame.contains("id=\"T2\"") && !frame.contains("id=\"T1\""), "{frame}");
    assert!(page(&app, &own).await.contains("1 câu chưa soạn xong"));
    assert!(page(&app, &format!("{own}/xem")).await.contains("Chưa xem thử được"));
}

#[tokio::test]
async fn names_for_completion_are_questions_with_their_choices_and_functions_that_are_explained() {
    let app = app().await;
    let own = copied(&app).await;
    let names: Value = app.get(&format!("{own}/names")).await.json().await.unwrap();
    let find = |list: &str, code: &str| {
        let entries = names[list].as_array().unwrap();
        entries.iter().find(|entry| entry["code"] == code).unwrap_or_else(|| panic!("{code} in {names}")).clone()
    };
    let codes = |entry: Value| {
        let choices = entry["choices"].as_array().unwrap().clone();
        choices.iter().map(|choice| choice["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(find("questions", "ban_tru")), ["co", "khong"]);
    assert_eq!(codes(find("questions", "A1")), ["1", "2", "3", "4", "5", "9"]);
    assert!(find("functions", "selected")["label"].as_str().unwrap().contains("có chọn phương án này không"));
    let asked = [("at", "A"), ("property", "section"), ("text", "${khong_co} = 1")];
    let wrong: Value = send(&app, &own, "check", "1", &asked).await.json().await.unwrap();
    assert!(wrong["wrong"].as_str().unwrap().contains("khong_co"), "{wrong}");
}

#[tokio::test]
async fn a_scale_is_made_changed_and_taken_away_when_nothing_is_on_it() {
    let app = app().await;
    let own = copied(&app).await;
    let new = [("do", "add"), ("name", "muc_do"), ("start", "tan_suat")];
    assert_eq!(send(&app, &own, "scales", "1", &new).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(send(&app, &own, "scales", "2", &new).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "twice");
    let point =
        |code: &'static str, vi: &'static str| [("point-code", code), ("point-label-vi", vi), ("point-label-en", vi)];
    let edit = [&[("scale", "muc_do"), ("do", "save")][..], &point("2", "Cao"), &point("1", "Thấp"), &point("", "")];
    let outside = [("outside-code", ""), ("outside-label-vi", ""), ("outside-label-en", "")];
    send(&app, &own, "scales", "2", &[&edit.concat()[..], &outside].concat()).await;
    send(&app, &own, "outline", "3", &[("do", "add T"), ("kind", "rating")]).await;
    let on_it =
        [("at", "T1"), ("scale", "muc_do"), ("label-vi", "Mức nào?"), ("label-en", "How much?"), ("do", "save")];
    send(&app, &own, "question", "4", &on_it).await;
    let sheet = file(&app, &own).await;
    assert!(sheet.read().is_ok(), "{:?}", sheet.read().err());
    assert_eq!(sheet.scale("muc_do").unwrap().points[0].code, "1");
    let gone = [("scale", "muc_do"), ("do", "remove")];
    let refused = send(&app, &own, "scales", "5", &gone).await.text().await.unwrap();
    assert!(refused.contains("còn câu hỏi dùng thang này"), "{refused}");
    let wrong = [&[("scale", "muc_do"), ("do", "save")][..], &point("1", "Thấp"), &point("1", "Cao")].concat();
    let refused = send(&app, &own, "scales", "5", &wrong).await.text().await.unwrap();
    assert!(refused.contains("là một số nguyên riêng") && refused.contains("value=\"Cao\""), "{refused}");
    send(&app, &own, "outline", "5", &[("do", "remove T1")]).await;
    send(&app, &own, "scales", "6", &gone).await;
    assert_eq!(file(&app, &own).await.scale("muc_do"), None);
}

#[tokio::test]
async fn the_points_of_an_official_scale_stay_what_they_are() {
    let app = app().await;
    let own = copied(&app).await;
    assert!(page(&app, &format!("{own}/scales")).await.contains("Thang của mẫu chính thức"));
    let edit = [("scale", "hai_long"), ("do", "save"), ("point-code", "1"), ("point-label-vi", "Tệ")];
    let edit = [&edit[..], &[("point-code", "2"), ("point-label-vi", "Tốt")]].concat();
    assert_eq!(send(&app, &own, "scales", "1", &edit).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

async fn recorded(app: &TestApp, own: &str, revision: &str, at: &str, bytes: &[u8]) -> Response {
    let csrf = app.csrf().await;
    let fields = [("_csrf", csrf.as_str()), ("revision", revision), ("at", at), ("lang", "vi")];
    with_file(app, &format!("{own}/recordings"), &fields, bytes).await
}

fn address(page: &str) -> String {
    page.split("src=\"/media/").nth(1).map(|rest| format!("/media/{}", rest.split('"').next().unwrap())).unwrap()
}

#[tokio::test]
async fn a_recording_is_sent_heard_taken_away_and_brought_back_by_undo() {
    let app = app().await;
    let own = copied(&app).await;
    for (bytes, sentence) in [
        (&b"RIFF....WAVE"[..], "không phải bản ghi"),
        (include_bytes!("../media/silence-40s.mp3"), "dài 40 giây"),
        (&[0_u8; 400_000], "lớn hơn 300 KB"),
        (b"", "chọn một tệp âm thanh"),
    ] {
        let refused = recorded(&app, &own, "1", "A1", bytes).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{sentence}");
        assert!(refused.text().await.unwrap().contains(sentence), "{sentence}");
    }
    assert_eq!(location(&recorded(&app, &own, "1", "A1", BEEP).await), format!("{own}?cau=A1#ban-doc"));
    let open = page(&app, &format!("{own}?cau=A1")).await;
    assert_eq!(app.get(&address(&open)).await.bytes().await.unwrap(), BEEP);
    assert!(page(&app, &format!("{own}/xem")).await.contains(&address(&open)), "the preview speaks, too");
    send(&app, &own, "recordings/remove", "2", &[("at", "A1"), ("lang", "vi")]).await;
    assert!(!page(&app, &format!("{own}?cau=A1")).await.contains("<audio"));
    send(&app, &own, "outline", "3", &[("do", "undo")]).await;
    assert_eq!(address(&page(&app, &format!("{own}?cau=A1")).await), address(&open));
}

#[tokio::test]
async fn a_questionnaire_with_recordings_is_offered_and_its_round_speaks() {
    let app = app().await;
    let own = copied(&app).await;
    recorded(&app, &own, "1", "A1", BEEP).await;
    let form = page(&app, "/manage/rounds/new").await;
    assert!(form.contains("value=\"phieu-cua-so\""), "{form}");
    let (csrf, day) = (hidden(&form, "_csrf"), hidden(&form, "day\" type=\"date"));
    let round = [("_csrf", csrf.as_str()), ("title", "Đợt nghe"), ("day", &day), ("time", "22:00")];
    let round = [&round[..], &[("template", "phieu-cua-so"), ("unit", PRIMARY), ("contact", "Phòng")]].concat();
    assert_eq!(location(&app.submit("/manage/rounds/new", &round).await), "/manage/rounds/dot-nghe");
    // a copy of the question in another questionnaire speaks, too
    let csrf = app.csrf().await;
    let empty = [("_csrf", csrf.as_str()), ("title", "Phiếu trống"), ("audience", "phu_huynh")];
    let third = location(&app.submit("/manage/questionnaires/new", &empty).await);
    let taken = [("source", "phieu-cua-so"), ("question", "A1"), ("section", "A")];
    send(&app, &third, "library", "1", &taken).await;
    assert!(page(&app, &third).await.contains("Phiếu không có lỗi"));
    let text = page(&app, &format!("{own}/file.json")).await.replace("phieu-cua-so", "phieu-khac");
    let other = location(&upload(&app, text.into_bytes()).await);
    let open = page(&app, &format!("{other}?cau=A1")).await;
    assert!(open.contains("nhưng tệp chưa có ở đây") && open.contains("không có bản đọc A1.vi."), "{open}");
    assert!(!page(&app, "/manage/rounds/new").await.contains("value=\"phieu-khac\""));
}

#[tokio::test]
async fn a_file_that_travels_keeps_its_template_and_one_that_departs_from_it_is_refused() {
    let app = app().await;
    let own = copied(&app).await;
    let text = page(&app, &format!("{own}/file.json")).await.replace("phieu-cua-so", "phieu-di-xa");
    assert!(text.contains("\"based_on\": \"hai-long-tieu-hoc\""), "{text}");
    let there = location(&upload(&app, text.clone().into_bytes()).await);
    let refused = send(&app, &there, "question", "1", &[("at", "A1"), ("label-vi", "Khác")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "its items are held fast here, too");
    assert_eq!(page(&app, &format!("{there}/file.json")).await, text);
    let label = file(&app, &there).await;
    let label = label.at(label.find("A1").unwrap()).unwrap()["label"]["vi"].as_str().unwrap().to_owned();
    let departs = text.replace("phieu-di-xa", "phieu-khac-mau").replace(&label, "Câu khác hẳn");
    let refused = upload(&app, departs.clone().into_bytes()).await.text().await.unwrap();
    assert!(refused.contains("câu A1 đã khác với mẫu"), "{refused}");
    let free = departs.replace("  \"based_on\": \"hai-long-tieu-hoc\",\n", "");
    assert_eq!(upload(&app, free.into_bytes()).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn two_translators_lose_nothing_and_only_the_same_text_needs_a_choice() {
    let app = app().await;
    let own = copied(&app).await;
    let cover = [("languages", "vi, en, km"), ("minutes", "5"), ("audience", "phu_huynh"), ("level", "tieu_hoc")];
    send(&app, &own, "cover", "1", &[&cover[..], &[("strata", "khoi_lop")]].concat()).await;
    let start = page(&app, &format!("{own}/translate?sang=km")).await;
    assert!(start.contains("0% · 0/") && start.contains("name=\"question/A1/label\""), "{start}");
    let sent = |label: &'static str, hint: &'static str| {
        [("into", "km"), ("question/A1/label", label), ("question/A2/label", hint)]
    };
    send(&app, &own, "translate", "2", &sent("ក", "")).await;
    let beside = send(&app, &own, "translate", "2", &sent("", "ខ")).await;
    assert_eq!(beside.status(), StatusCode::SEE_OTHER, "another text, and none taken back");
    let clash = send(&app, &own, "translate", "2", &sent("គ", "")).await;
    assert_eq!(clash.status(), StatusCode::CONFLICT);
    let both = clash.text().await.unwrap();
    assert!(both.contains("<mark>គ</mark>") && both.contains("<td data-label=\"Bản vừa lưu\">ក</td>"), "{both}");
    assert!(!both.contains("name=\"question/A2/label\""), "what was not touched is not sent again");
    send(&app, &own, "translate", "4", &[("into", "km"), ("question/A1/label", "គ"), ("keep", "1")]).await;
    let text = file(&app, &own).await.text();
    assert!(text.contains("\"km\": \"គ\"") && text.contains("\"km\": \"ខ\""));
}

#[tokio::test]
async fn ones_own_cover_is_kept_in_its_own_fields_after_somebody_added_a_scale() {
    let app = app().await;
    let own = copied(&app).await;
    let cover = |title: &'static str| {
        let fields = [("languages", "vi, en"), ("minutes", "5"), ("audience", "phu_huynh"), ("level", "tieu_hoc")];
        [&fields[..], &[("strata", "khoi_lop"), ("cover/title-vi", title)]].concat()
    };
    send(&app, &own, "scales", "1", &[("do", "add"), ("name", "a_dau"), ("start", "nam")]).await;
    send(&app, &own, "cover", "2", &cover("Tên của chị Lan")).await;
    let clash = send(&app, &own, "cover", "1", &cover("Tên của anh Nam")).await;
    assert_eq!(clash.status(), StatusCode::CONFLICT);
    let revision = hidden(&clash.text().await.unwrap(), "revision");
    send(&app, &own, "cover", &revision, &[&cover("Tên của anh Nam")[..], &[("keep", "1")]].concat()).await;
    let sheet = file(&app, &own).await;
    assert_eq!(sheet.title(langnghe::survey::text::Lang::VI), "Tên của anh Nam");
    let points =
        |name: &str| sheet.scale(name).unwrap().points.iter().map(|p| p.label[0].1.clone()).collect::<Vec<_>>();
    assert_eq!(points("hai_long"), points("a_dau"));
}

#[tokio::test]
async fn versions_that_rounds_asked_can_be_compared() {
    let app = app().await;
    let own = copied(&app).await;
    let round = async |title: &str| {
        let form = page(&app, "/manage/rounds/new").await;
        let (csrf, day) = (hidden(&form, "_csrf"), hidden(&form, "day\" type=\"date"));
        let fields = [("_csrf", csrf.as_str()), ("title", title), ("day", &day), ("time", "22:00")];
        let fields = [&fields[..], &[("template", "phieu-cua-so"), ("unit", PRIMARY), ("contact", "Phòng")]].concat();
        assert_eq!(app.submit("/manage/rounds/new", &fields).await.status(), StatusCode::SEE_OTHER);
    };
    round("Đợt đầu").await;
    send(&app, &own, "question", "1", &[("at", "A1"), ("do", "save"), ("hint-vi", "Gợi ý mới")]).await;
    round("Đợt sau").await;
    let history = page(&app, &format!("{own}/history?from=b1&to=b2")).await;
    assert!(history.contains("Đợt đầu") && history.contains("Đợt sau"), "{history}");
    assert!(history.contains("Từ bản phát hành 1 đến bản phát hành 2") && history.contains("<ins>Gợi ý mới</ins>"));
    assert_eq!(app.get(&format!("{own}/history?from=b7")).await.status(), 404);
}
