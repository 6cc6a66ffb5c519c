//! A questionnaire may be written in any language; the interface speaks those that have a folder of words.

use chrono::TimeDelta;
use langnghe::draft::{Draft, draft};
use langnghe::store::{collectors, rounds, units};
use langnghe::survey::code::Channel;
use serde_json::json;

use crate::support::{PRIMARY, TestApp, app, hidden, key};

/// In Vietnamese, English and Khmer.
const FORM: &str = r#"{"code": "ba-tieng", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi", "en", "km"],
  "title": {"vi": "Phiếu ba thứ tiếng", "en": "A form in three languages", "km": "សំណួរបីភាសា"},
  "purpose": {"vi": "Để thử", "en": "To try", "km": "សាកល្បង"},
  "sections": [{"code": "A", "title": {"vi": "Phần một", "en": "Part one", "km": "ផ្នែកទីមួយ"}, "questions": [
    {"code": "A1", "kind": "select_one", "required": true, "label": {"vi": "Có vui không?", "en": "Happy?", "km": "សប្បាយទេ?"},
     "choices": [{"code": "co", "label": {"vi": "Có", "en": "Yes", "km": "បាទ"}},
                 {"code": "khong", "label": {"vi": "Không", "en": "No", "km": "ទេ"}}]}]}]}"#;

impl TestApp {
    /// An open round with this questionnaire at one school: its code.
    pub fn open_round_with(&self, text: &str) -> String {
        let now = self.state.clock.now();
        let code = self.change(|db, _| {
            let plan = Draft {
                title: "Ba thứ tiếng".to_owned(),
                slug: "ba-tieng".to_owned(),
                owner_id: units::id_by_code(db, "SO-AN-LANH")?.unwrap(),
                contact: "Phòng Khảo thí".to_owned(),
                closes_at: now + TimeDelta::days(7),
                results_by: None,
                questionnaires: vec![text.to_owned()],
                unit_ids: vec![units::id_by_code(db, PRIMARY)?.unwrap()],
                channels: vec![Channel::Truong],
            };
            let id = draft(db, &plan, now)?.round_id;
            rounds::open(db, id, now)?;
            Ok(collectors::of_round(db, id)?[0].code.clone())
        });
        self.state.catalogue.refresh().unwrap();
        code
    }

    async fn page(&self, path: &str) -> String {
        self.get(path).await.text().await.unwrap()
    }
}

#[tokio::test]
async fn every_language_of_a_questionnaire_is_offered_by_its_own_name() {
    let app = app().await;
    let code = app.open_round_with(FORM);
    for path in [format!("/k/{code}"), format!("/k/{code}/phieu"), format!("/k/{code}?lang=km")] {
        let page = app.page(&path).await;
        for name in ["Tiếng Việt", "English", "ភាសាខ្មែរ"] {
            assert!(page.contains(name), "{name} on {path}");
        }
    }
    let form = app.page(&format!("/k/{code}/phieu?lang=en")).await;
    assert!(form.contains("href=\"?lang=km&#38;phieu=ba-tieng\" lang=\"km\" hreflang=\"km\""), "{form}");
}

#[tokio::test]
async fn a_form_in_khmer_tells_screen_readers_what_is_khmer_and_what_is_vietnamese() {
    let app = app().await;
    let code = app.open_round_with(FORM);
    let form = app.page(&format!("/k/{code}/phieu?lang=km")).await;
    assert!(form.contains("<html lang=\"vi\">") && form.contains("Gửi phiếu"), "the interface speaks no Khmer yet");
    assert!(form.contains("lang=\"km\">សំណួរបីភាសា</h1>"), "{form}");
    let question = form.split("<fieldset").nth(1).unwrap();
    assert!(question.split('>').next().unwrap().contains("lang=\"km\""), "{question}");
    assert!(question.contains("<small lang=\"vi\">cần trả lời</small>"), "{question}");
    let english = app.page(&format!("/k/{code}/phieu?lang=en")).await;
    assert!(english.contains("<html lang=\"en\">") && english.contains("<small>answer needed</small>"), "{english}");
}

#[tokio::test]
async fn a_form_counts_for_the_language_in_which_it_was_answered() {
    let app = app().await;
    let code = app.open_round_with(FORM);
    let form = app.page(&format!("/k/{code}/phieu?lang=km")).await;
    let own = ["_key", "_begun", "_lang", "_phieu"].map(|name| (name, hidden(&form, name)));
    let fields: Vec<_> = own.into_iter().chain([("A1", "co".to_owned())]).collect();
    let sent = app.client.post(app.path(&format!("/k/{code}"))).form(&fields).send().await.unwrap();
    assert!(sent.headers()["location"].to_str().unwrap().ends_with("?lang=km"));
    let body = json!({"key": key(), "lang": "en", "answers": {"A1": "co"}});
    assert_eq!(app.post(&code, body).await.status(), 201);
    let round = app.state.store.read_now(|db| rounds::by_slug(db, "ba-tieng")).unwrap().unwrap();
    let rows = app.state.store.read_now(|db| langnghe::store::submissions::page(db, round.id, &[], 10)).unwrap();
    let mut languages: Vec<_> = rows.into_iter().map(|row| row.lang).collect();
    languages.sort();
    assert_eq!(languages, ["en", "km"]);
}

#[tokio::test]
async fn a_start_page_is_kept_only_in_languages_that_there_are() {
    let app = app().await;
    let code = app.open_round_with(FORM);
    let khmer = app.page(&format!("/k/{code}?lang=km")).await;
    assert!(khmer.contains("<p lang=\"km\">សាកល្បង</p>"), "{khmer}");
    let vietnamese = app.page(&format!("/k/{code}")).await;
    for odd in ["xx", "zz", "khm", "fr-FR", ""] {
        assert_eq!(app.page(&format!("/k/{code}?lang={odd}")).await, vietnamese, "{odd}");
    }
}
