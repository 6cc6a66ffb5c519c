//! Whatever is sent: a clear answer, nothing half stored.

use serde_json::{Value, json};

use crate::support::{PRIMARY, TestApp, app, key};

async fn refused(app: &TestApp, answers: Value) -> (u16, String) {
    let answer = app.send(PRIMARY, key(), answers).await;
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    let first = body["violations"][0]["question"].as_str().unwrap_or("").to_owned();
    assert!(body["violations"][0]["message"].as_str().is_some_and(|message| message.len() > 10), "{body}");
    (status, first)
}

#[tokio::test]
async fn answers_that_do_not_fit_are_named_one_by_one() {
    let app = app().await;
    let cases = [
        (json!({"A1": "7"}), "A1"),
        (json!({"A1": {"x": 1}}), "A1"),
        (json!({"A1": true}), "A1"),
        (json!({"A1": [["5"]]}), "A1"),
        (json!({"A1": ["4", "5"]}), "A1"),
        (json!({"phut_den_truong": "mười"}), "phut_den_truong"),
        (json!({"phut_den_truong": 1_000_000}), "phut_den_truong"),
        (json!({"F1": "85"}), "F1"),
        (json!({"G1": ["an_toan", "an_toan"]}), "G1"),
        (json!({"G1": ["an_toan", "bua_an", "day_hoc", "ky_nang"]}), "G1"),
        (json!({"G2": "Tr\u{fffd}\u{fffd}ng ồn"}), "G2"),
        (json!({"G2": "a".repeat(1001)}), "G2"),
        (json!({"X9": "1"}), "X9"),
        (json!({"luu_y": "1"}), "luu_y"),
    ];
    for (answers, question) in cases {
        assert_eq!(refused(&app, answers.clone()).await, (422, question.to_owned()), "{answers}");
    }
    let many = app.send(PRIMARY, key(), json!({"A1": "7", "A2": "8", "zz": "1"})).await;
    assert_eq!(many.json::<Value>().await.unwrap()["violations"].as_array().unwrap().len(), 3);
    assert_eq!((app.stored(), app.counted()), (0, 0));
}

#[tokio::test]
async fn bodies_that_are_no_form_get_the_right_status() {
    let app = app().await;
    let code = app.code(PRIMARY).to_owned();
    let key = key();
    let twice = format!("{{\"key\":\"{key}\",\"answers\":{{\"A1\":\"1\",\"A1\":\"2\"}}}}");
    let twice_above = format!("{{\"key\":\"{key}\",\"key\":\"{key}\",\"answers\":{{}}}}");
    let many: String = (0..10_000).map(|i| format!("\"q{i}\":\"1\",")).collect();
    let many = format!("{{\"key\":\"{key}\",\"answers\":{{{}}}}}", many.trim_end_matches(','));
    let cases: [(Vec<u8>, u16); 8] = [
        (b"{".to_vec(), 400),
        (b"[]".to_vec(), 400),
        (twice.into_bytes(), 400),
        (twice_above.into_bytes(), 400),
        (b"{\"key\":\"not-a-uuid\",\"answers\":{}}".to_vec(), 400),
        (b"{\"key\":\"\xff\xfe\",\"answers\":{}}".to_vec(), 400),
        (many.into_bytes(), 400),
        (vec![b' '; 1024 * 1024], 413),
    ];
    for (body, status) in cases {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let answer = app.raw(&code, body).await;
        assert_eq!(answer.status().as_u16(), status, "{shown}");
    }
    let plain =
        app.client.post(app.path(&format!("/api/v1/collectors/{code}/submissions"))).body("{}").send().await.unwrap();
    assert_eq!(plain.status(), 415);
    assert_eq!(app.post("ZZZZZZ", json!({"key": key, "answers": {}})).await.status(), 404);
    assert_eq!(app.stored(), 0);
}

#[tokio::test]
async fn decomposed_letters_are_stored_composed() {
    let app = app().await;
    let decomposed = "be\u{323}\u{302}nh vie\u{323}\u{302}n";
    assert_eq!(app.send(PRIMARY, key(), json!({"G2": decomposed})).await.status(), 201);
    assert_eq!(app.answers()[0]["G2"], "bệnh viện");
}

#[tokio::test]
async fn a_form_with_mistakes_comes_back_with_everything_typed() {
    let app = app().await;
    let page =
        app.fill_in(PRIMARY, &[("A1", "4"), ("phut_den_truong", "lâu lắm"), ("G2", "Sân trường \"mát\" <b>")]).await;
    assert_eq!(page.status(), 422);
    let text = page.text().await.unwrap();
    assert!(text.contains("href=\"#phut_den_truong\"") && text.contains("id=\"loi-phut_den_truong\""));
    assert!(text.contains("value=\"lâu lắm\"") && text.contains("name=\"A1\" value=\"4\" checked"));
    assert!(text.contains("Sân trường") && text.contains("&#60;b&#62;"), "typed text is shown, escaped");
    assert_eq!(app.stored(), 0);
}

#[tokio::test]
async fn a_code_that_was_never_printed_leads_to_a_page_that_helps() {
    let app = app().await;
    for code in ["ZZZZZZ", "ABC", "%F0%9F%98%80", "..%2f..%2fetc"] {
        let answer = app.get(&format!("/k/{code}")).await;
        assert_eq!(answer.status(), 404, "{code}");
        assert!(answer.text().await.unwrap().contains("Gõ lại mã in trên giấy"), "{code}");
    }
    assert_eq!(app.get("/api/v1/collectors/ZZZZZZ").await.status(), 404);
    let mixed = app.code(PRIMARY).to_lowercase();
    assert_eq!(app.get(&format!("/k/{mixed}")).await.status(), 200);
}

#[tokio::test]
async fn what_nobody_sees_in_a_pasted_text_is_taken_out() {
    let app = app().await;
    let pasted = "Sân\u{0} trường\u{b}rất \u{7}nóng\u{7f}";
    assert_eq!(app.send(PRIMARY, key(), json!({"G2": pasted})).await.status(), 201);
    assert_eq!(app.fill_in(PRIMARY, &[("G2", pasted)]).await.status(), 303);
    for answers in app.answers() {
        assert_eq!(answers["G2"], "Sân trường\nrất nóng");
    }
}

#[tokio::test]
async fn a_damaged_letter_is_told_beside_its_question_and_nothing_else_is_lost() {
    let app = app().await;
    let page = app.fill_in(PRIMARY, &[("A1", "4"), ("G2", "Tr\u{fffd}ng ồn"), ("G3", "Cổng đông")]).await;
    assert_eq!(page.status(), 422);
    let text = page.text().await.unwrap();
    assert!(text.contains("id=\"loi-G2\"") && text.contains("hiện thành dấu �"), "{text}");
    assert!(text.contains("name=\"A1\" value=\"4\" checked") && text.contains("Cổng đông"), "{text}");
    assert!(!text.contains("id=\"loi-G3\"") && text.contains("Tr\u{fffd}ng ồn"), "{text}");
    assert_eq!(app.stored(), 0);
}

#[tokio::test]
async fn form_bytes_that_are_no_utf8_are_not_stored() {
    let app = app().await;
    let url = app.path(&format!("/k/{}", app.code(PRIMARY)));
    let key = key();
    for (body, status) in [(format!("_key={key}&G2=%FF%FE"), 422), (format!("_key={key}&G%FF=a"), 400)] {
        let post = app.client.post(&url).header("Content-Type", "application/x-www-form-urlencoded");
        let answer = post.body(body.clone()).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), app.stored()), (status, 0), "{body}");
    }
}
