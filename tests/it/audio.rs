//! Recordings of questions: part of what was published, in the database, played by every phone.

use std::process::Command;

use langnghe::draft::{Draft, draft, draft_with};
use langnghe::store::{collectors, questionnaires, rounds, units};
use langnghe::survey::code::Channel;
use reqwest::header::{CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, RANGE};

use crate::support::{PRIMARY, TestApp, app};

const BEEP: &[u8] = include_bytes!("../media/beep.mp3");
const OTHER_BEEP: &[u8] = include_bytes!("../media/beep.opus");

const FORM: &str = r#"{"code": "nghe", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi", "en"],
  "title": {"vi": "Phiếu nghe", "en": "To listen"},
  "sections": [{"code": "A", "title": {"vi": "A", "en": "A"}, "questions": [
    {"code": "N0", "kind": "note", "label": {"vi": "Lời chào", "en": "Hello"}, "audio": {"vi": "A1.vi.mp3"}},
    {"code": "A1", "kind": "integer", "label": {"vi": "Mấy?", "en": "How many?"}, "audio": {"vi": "A1.vi.mp3"}}]}]}"#;

impl TestApp {
    fn plan(&self, slug: &str) -> Draft {
        self.change(|db, _| {
            Ok(Draft {
                title: "Nghe".to_owned(),
                slug: slug.to_owned(),
                owner_id: units::id_by_code(db, "SO-AN-LANH")?.unwrap(),
                contact: String::new(),
                closes_at: self.state.clock.now() + chrono::TimeDelta::days(7),
                results_by: None,
                questionnaires: vec![FORM.to_owned()],
                unit_ids: vec![units::id_by_code(db, PRIMARY)?.unwrap()],
                channels: vec![Channel::Truong],
            })
        })
    }

    /// An open round whose questions were recorded: its code, and its questionnaire's version.
    fn open_recorded(&self, slug: &str, sound: &[u8]) -> (String, i64) {
        let (plan, now) = (self.plan(slug), self.state.clock.now());
        self.change(|db, _| {
            let id = draft_with(db, &plan, |_, _| Some(sound.to_vec()), now)?.round_id;
            rounds::open(db, id, now)?;
            let version = questionnaires::of_round(db, id)?[0].version;
            Ok((collectors::of_round(db, id)?[0].code.clone(), version))
        })
    }

    async fn address_of_recording(&self, code: &str) -> String {
        let form = self.get(&format!("/k/{code}/phieu")).await.text().await.unwrap();
        let audio = form.split("<audio ").nth(2).unwrap_or_else(|| panic!("two recordings in {form}"));
        audio.split("src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    async fn part(&self, path: &str, range: &str) -> reqwest::Response {
        self.client.get(self.path(path)).header(RANGE, range).send().await.unwrap()
    }
}

#[tokio::test]
async fn a_question_can_be_heard_where_it_was_recorded_and_nothing_is_fetched_before() {
    let app = app().await;
    let (code, _) = app.open_recorded("nghe", BEEP);
    let form = app.get(&format!("/k/{code}/phieu")).await.text().await.unwrap();
    assert_eq!(form.matches("<audio ").count(), form.matches("preload=\"none\"").count());
    let heard = app.get(&app.address_of_recording(&code).await).await;
    assert_eq!(heard.headers()[CONTENT_TYPE], "audio/mpeg");
    assert!(heard.headers()[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    assert_eq!(heard.bytes().await.unwrap(), BEEP);
    let english = app.get(&format!("/k/{code}/phieu?lang=en")).await.text().await.unwrap();
    assert!(!english.contains("<audio"), "nobody recorded it in English");
}

#[tokio::test]
async fn a_phone_that_asks_for_parts_gets_parts() {
    let app = app().await;
    let (code, _) = app.open_recorded("nghe", BEEP);
    let path = app.address_of_recording(&code).await;
    let length = BEEP.len();
    for (range, first, last) in
        [("bytes=0-1", 0, 1), ("bytes=100-", 100, length - 1), ("bytes=-7", length - 7, length - 1)]
    {
        let part = app.part(&path, range).await;
        assert_eq!(
            (part.status().as_u16(), &part.headers()[CONTENT_RANGE]),
            (206, &format!("bytes {first}-{last}/{length}").parse().unwrap())
        );
        assert_eq!(part.bytes().await.unwrap(), BEEP[first..=last]);
    }
    assert_eq!(app.part(&path, "bytes=99999-").await.status(), 416);
    for whole in ["bytes=0-1,5-6", "bytes=5-2", "lines=1-2"] {
        let answer = app.part(&path, whole).await;
        assert!(answer.status() == 416 || answer.bytes().await.unwrap() == BEEP, "{whole}");
    }
    for odd in ["/media/zz.mp3", "/media/00.mp3", "/media/00000000000000000000000000000000.mp3"] {
        assert_eq!(app.get(odd).await.status(), 404, "{odd}");
    }
}

#[tokio::test]
async fn a_new_recording_is_a_new_version_and_the_old_round_keeps_the_old_one() {
    let app = app().await;
    let (first, version) = app.open_recorded("nghe", BEEP);
    assert_eq!(app.open_recorded("nghe-lai", BEEP).1, version, "the same again is the same version");
    let (second, newer) = app.open_recorded("nghe-khac", OTHER_BEEP);
    assert_eq!(newer, version + 1);
    let (old, new) = (app.address_of_recording(&first).await, app.address_of_recording(&second).await);
    assert_eq!(app.get(&old).await.bytes().await.unwrap(), BEEP);
    assert_eq!(app.get(&new).await.bytes().await.unwrap(), OTHER_BEEP);
}

#[tokio::test]
async fn a_questionnaire_whose_recording_is_missing_is_not_published() {
    let app = app().await;
    let (plan, now) = (app.plan("thieu"), app.state.clock.now());
    let refused = app.state.store.write_now(|db| draft(db, &plan, now)).unwrap_err().to_string();
    assert!(refused.contains("media/nghe/A1.vi.mp3: the file is missing"), "{refused}");
    assert!(app.state.store.read_now(|db| rounds::by_slug(db, "thieu")).unwrap().is_none());
}

#[test]
fn an_officer_who_checks_a_questionnaire_hears_which_recording_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nghe.json");
    std::fs::write(&file, FORM).unwrap();
    let check = || {
        let done = Command::new(env!("CARGO_BIN_EXE_langnghe")).arg("check").arg(&file).output().unwrap();
        (done.status.success(), String::from_utf8(done.stdout).unwrap())
    };
    let (is_fine, said) = check();
    assert!(!is_fine && said.contains("line 4: $.sections[0].questions[0].audio.vi: media/nghe/A1.vi.mp3"), "{said}");
    std::fs::create_dir_all(folder.path().join("media/nghe")).unwrap();
    let recording = folder.path().join("media/nghe/A1.vi.mp3");
    std::fs::write(&recording, b"not a sound").unwrap();
    assert!(check().1.contains("is not a recording"));
    std::fs::write(&recording, BEEP).unwrap();
    assert_eq!(check(), (true, String::new()));
}

#[tokio::test]
async fn what_reads_aloud_is_fetched_only_by_whoever_asks_for_it() {
    let app = app().await;
    let form = app.get(&format!("/k/{}/phieu", app.code(PRIMARY))).await.text().await.unwrap();
    let offer = form.split("id=\"doc-to\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(offer.contains(" hidden ") && offer.contains("data-voice=\"vi\""), "{offer}");
    let reader = offer.split("data-src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(app.get(reader).await.status(), 200);
    assert!(!form.contains(&format!("<script src=\"{reader}\"")) && !form.contains("/hear."), "{form}");
}
