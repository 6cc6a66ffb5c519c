//! The editor as an officer reads it: messages in the words of the page, sections that move, a question that its own condition
//! hides, conditions that look at what stands later.

use reqwest::StatusCode;
use serde_json::Value;

use crate::questionnaires::{copied, file, page, send};
use crate::support::{TestApp, app};

/// What the check says about a condition of this question.
async fn check(app: &TestApp, own: &str, at: &str, text: &str) -> Value {
    let fields = [("at", at), ("property", "relevant"), ("text", text)];
    send(app, own, "check", "1", &fields).await.json().await.unwrap()
}

/// The mistakes that the page lists.
fn listed(page: &str) -> &str {
    page.split("class=\"mistakes\"").nth(1).and_then(|rest| rest.split("</div>").next()).unwrap_or_default()
}

#[tokio::test]
async fn what_is_missing_is_said_in_the_words_of_the_page_in_both_languages() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "outline", "1", &[("do", "add T"), ("kind", "select_one")]).await;
    let vi = page(&app, &format!("{own}?cau=T1")).await;
    assert!(listed(&vi).contains("chưa có mục “Phương án trả lời”"), "{}", listed(&vi));
    let field = vi.split("id=\"loi-choice\"").nth(1).unwrap();
    assert!(field[..200].contains("Chưa có mục “Phương án trả lời”"), "it stands where it is filled in, too");
    let one = [("at", "T1"), ("code", "T1"), ("kind", "select_one"), ("label-vi", "Vì sao?"), ("choice-code", "")];
    send(&app, &own, "question", "2", &[&one[..], &[("choice-label-vi", "Có"), ("choice-label-en", "")]].concat())
        .await;
    let (vi, en) = (page(&app, &own).await, page(&app, &format!("{own}?lang=en")).await);
    for (text, sentence) in [(&vi, "chưa có lời bằng tiếng Anh"), (&en, "there are no words in English yet")] {
        let list = listed(text);
        assert!(list.contains(sentence), "{list}");
        for jargon in ["&quot;", "&#34;", "“en”", "$.", "label", "or_other"] {
            assert!(!list.contains(jargon), "{jargon} in {list}");
        }
    }
}

#[tokio::test]
async fn a_section_goes_before_another_and_undo_brings_it_back() {
    let app = app().await;
    let own = copied(&app).await;
    let before = file(&app, &own).await;
    let codes = |sheet: &langnghe::survey::manuscript::Manuscript| -> Vec<String> {
        sheet.sections().into_iter().map(|section| section["code"].as_str().unwrap().to_owned()).collect()
    };
    let order = codes(&before);
    let (last, first) = (order.last().unwrap().clone(), order[0].clone());
    let wish = format!("section-move {last}");
    send(&app, &own, "outline", "1", &[("do", &wish), ("before", &first)]).await;
    assert_eq!(codes(&file(&app, &own).await)[..2], [last, first]);
    send(&app, &own, "outline", "2", &[("do", "undo")]).await;
    assert_eq!(file(&app, &own).await, before);
    let gone = send(&app, &own, "outline", "3", &[("do", &wish), ("before", "khong_co")]).await;
    assert_eq!(gone.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_question_that_its_condition_hides_is_seen_beside_the_editor_and_nowhere_else() {
    let app = app().await;
    let own = copied(&app).await;
    let hint = "Bản xem thử: câu này chỉ hiện khi A1 = &#39;1&#39;";
    let hidden = [("at", "A2"), ("relevant", "${A1} = '1'")];
    send(&app, &own, "question", "1", &hidden).await;
    let seen = page(&app, &format!("{own}/xem?khung=1&cau=A2")).await;
    assert!(seen.contains(hint), "{}", &seen[seen.find("A2").unwrap_or(0)..][..1500]);
    for path in ["xem?khung=1", "xem?khung=1&cau=A3", "xem"] {
        assert!(!page(&app, &format!("{own}/{path}")).await.contains("chỉ hiện khi"), "{path}");
    }
    assert!(page(&app, &format!("{own}?cau=A2")).await.contains("xem?khung=1&amp;cau=A2"));
    assert!(!file(&app, &own).await.text().contains("chỉ hiện khi"), "nothing of it is saved");
}

#[tokio::test]
async fn a_condition_that_looks_at_a_later_question_is_allowed_and_pointed_out() {
    let app = app().await;
    let own = copied(&app).await;
    let ahead = check(&app, &own, "A1", "${A2} = '1'").await;
    assert_eq!(ahead["wrong"], Value::Null);
    assert!(ahead["ahead"].as_str().unwrap().contains("câu đứng sau (A2)"), "{ahead}");
    assert_eq!(check(&app, &own, "A2", "${A1} = '1'").await["ahead"], "");
    assert_eq!(check(&app, &own, "A1", "${A2} = ").await["ahead"], "", "one thing after the other");
    send(&app, &own, "question", "1", &[("at", "A1"), ("relevant", "${A2} = '1'")]).await;
    let editor = page(&app, &format!("{own}?cau=A1")).await;
    assert!(editor.contains("điều kiện nhìn câu đứng sau") && editor.contains("câu đứng sau (A2)"), "{editor}");
    assert!(editor.contains("Phiếu không có lỗi"), "it is no mistake");
}

#[tokio::test]
async fn a_question_without_a_scale_shows_none_until_one_is_chosen() {
    let app = app().await;
    let own = copied(&app).await;
    send(&app, &own, "outline", "1", &[("do", "add T"), ("kind", "text")]).await;
    send(&app, &own, "question", "2", &[("at", "T1"), ("code", "T1"), ("kind", "rating"), ("label-vi", "Mức?")]).await;
    let editor = page(&app, &format!("{own}?cau=T1")).await;
    let select = editor.split("name=\"scale\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(select.contains("<option value=\"\" selected>– chọn thang điểm –"), "{select}");
    let error = editor.split("id=\"loi-scale\"").nth(1).unwrap();
    assert!(error[..200].contains("Chưa có mục “Thang điểm”"), "{}", &error[..200]);
}

#[tokio::test]
async fn languages_are_ticked_by_name_and_others_are_kept_in_their_order() {
    let app = app().await;
    let own = copied(&app).await;
    let cover = page(&app, &format!("{own}/cover")).await;
    assert!(cover.contains("<span>Tiếng Khmer</span>") && cover.contains("value=\"en\" checked"), "{cover}");
    let rest =
        [("minutes", "7"), ("audience", "phu_huynh"), ("level", "tieu_hoc"), ("strata", "khoi_lop"), ("strata", "")];
    let ticked = [("languages", "vi"), ("languages", "km"), ("languages", "en"), ("other-languages", "th")];
    let fields = [&rest[..], &ticked[..], &[("cover/title-vi", "Phiếu")]].concat();
    send(&app, &own, "cover", "1", &fields).await;
    let sheet = file(&app, &own).await;
    let codes: Vec<String> = sheet.languages().iter().map(ToString::to_string).collect();
    assert_eq!((codes.join(" ").as_str(), &sheet.cover()["strata"]), ("vi en km th", &serde_json::json!(["khoi_lop"])));
    let wrong =
        [&rest[..], &[("languages", "vi"), ("other-languages", "tiếng Thái"), ("cover/title-vi", "Phiếu")]].concat();
    assert_eq!(send(&app, &own, "cover", "2", &wrong).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let history = page(&app, &format!("{own}/history?from=1&to=2")).await;
    assert!(history.contains("tiếng Khmer") && history.contains("Ngôn ngữ"), "{history}");
}
