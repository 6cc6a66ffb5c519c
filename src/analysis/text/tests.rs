use proptest::prelude::*;

use super::*;

fn corpus(texts: &[&str]) -> Corpus {
    let mut builder = Builder::default();
    texts.iter().for_each(|text| builder.push(text));
    builder.finish()
}

fn pieces(text: &str) -> Vec<&str> {
    tokens(text).into_iter().map(|token| &text[token.at]).collect()
}

fn found(texts: &[&str], typed: &str) -> Vec<(usize, bool)> {
    let corpus = corpus(texts);
    let query = Query::parse(typed).unwrap().compile(&corpus);
    (0..corpus.len()).filter_map(|place| Some((place, query.finds(&corpus, place)?))).collect()
}

fn taken(texts: &[&str], [any, all, none]: [&str; 3]) -> Vec<usize> {
    let corpus = corpus(texts);
    let rule = Rule::parse(any, all, none).unwrap().compile(&corpus);
    (0..corpus.len()).filter(|place| rule.takes(&corpus, *place)).collect()
}

#[test]
fn syllables_numbers_hyphens_and_emoji_stay_as_people_wrote_them() {
    let text = "Thu 100.000đ/tháng, wi-fi ko đc 👍🏽👍 lúc 7:30. hs lớp 10A1...Hết!";
    let expected =
        ["Thu", "100.000đ", "tháng", "wi-fi", "ko", "đc", "👍🏽", "👍", "lúc", "7:30", "hs", "lớp", "10A1", "Hết"];
    assert_eq!(pieces(text), expected);
    let begins: Vec<bool> = tokens("nhà vệ sinh, sạch").into_iter().map(|token| token.begins).collect();
    assert_eq!(begins, [true, false, false, true]);
}

#[test]
fn a_search_looks_past_diacritics_and_knows_which_texts_have_the_same() {
    let texts = ["Học phí cao", "hoc phi cao qua", "học phi thường", "phí học", "Chơi"];
    assert_eq!(found(&texts, "học phí"), [(0, true), (1, false), (2, false), (3, true)]);
    assert_eq!(found(&texts, "\"học phí\""), [(0, true), (1, false), (2, false)]);
    assert_eq!(found(&texts, "hoc phi cao"), [(0, true), (1, true)]);
    assert_eq!(found(&texts, "chơ"), []);
    assert_eq!(found(&texts, "ch*"), [(4, true)]);
    assert_eq!((Query::parse("  "), Query::parse("\"\" ... *")), (None, None));
}

#[test]
fn whole_syllables_are_found_and_marked() {
    let text = "Bữa ĂN bán trú: ăn không ngon, an toàn?";
    let spans = Query::parse("an").unwrap().spans(text);
    assert_eq!(spans.into_iter().map(|at| &text[at]).collect::<Vec<_>>(), ["ĂN", "ăn", "an"]);
}

#[test]
fn a_rule_takes_diacritics_at_their_word_except_in_texts_without_any() {
    let texts = ["Bị đánh ở trường", "Danh sách lớp", "bi danh", "Nhà vệ sinh bẩn", "nhà vệ sinh sạch"];
    assert_eq!(taken(&texts, ["đánh", "", ""]), [0, 2]);
    assert_eq!(taken(&texts, ["danh", "", ""]), [0, 1, 2]);
    assert_eq!(taken(&texts, ["nhà vệ sinh\nwc", "", "sạch"]), [3]);
    assert_eq!(taken(&texts, ["", "vệ sinh, bẩn", ""]), [3]);
    assert_eq!(Rule::parse("", " , ", "sạch"), None, "it would take nearly everything");
}

#[test]
fn the_log_likelihood_is_what_scipy_says() {
    // scipy.stats.chi2_contingency([[a, b], [n-a, m-b]], correction=False, lambda_="log-likelihood")
    let cases = [
        ((30, 100, 50, 1000), 54.198_271_871_904_95),
        ((3, 12, 1, 288), 15.667_844_761_784_036),
        ((7, 7, 3, 90), 38.068_161_042_336_286),
        ((1, 5, 2, 7), 0.116_244_995_275_919_64),
        ((10, 200, 10, 200), 0.0),
    ];
    for ((a, n, b, m), expected) in cases {
        let found = log_likelihood(a, n, b, m);
        assert!((found - expected).abs() < 1e-9, "{a}/{n} {b}/{m}: {found}");
    }
    assert_eq!(log_likelihood(5, 5, 0, 0), 0.0);
}

#[test]
fn a_phrase_marks_the_texts_that_have_it_more_often_than_the_rest() {
    let mut texts = vec!["Nhà vệ sinh bẩn quá"; 10];
    texts.extend(["nha ve sinh hoi"; 4]);
    texts.extend(["Thầy cô tận tình với các con"; 60]);
    let corpus = corpus(&texts);
    let phrases = Phrases::of(&corpus);
    let (selected, rest): (Vec<usize>, Vec<usize>) = (0..74).partition(|place| *place < 14);
    let key = phrases.key(&corpus, &selected, &rest, 5);
    // what was typed without diacritics counts for the spelling with them, and the parts of the phrase are not said again
    assert_eq!((key[0].text.to_lowercase().as_str(), key[0].inside, key[0].outside), ("nhà vệ sinh", 14, 0));
    assert!(!key.iter().any(|phrase| phrase.text == "vệ sinh" || phrase.text.contains("tận tình")), "{key:?}");
    let all = phrases.key(&corpus, &[selected, rest].concat(), &[], 3);
    assert_eq!((all[0].inside, all[0].surprise), (60, None));
}

/// The most frequent phrases of sentences, each as often as it says.
fn often(sentences: &[(&str, usize)]) -> Vec<(String, u64)> {
    let texts: Vec<&str> = sentences.iter().flat_map(|(text, n)| std::iter::repeat_n(*text, *n)).collect();
    let corpus = corpus(&texts);
    let places: Vec<usize> = (0..texts.len()).collect();
    let key = Phrases::of(&corpus).key(&corpus, &places, &[], 9);
    key.into_iter().map(|key| (key.text.to_lowercase(), key.inside)).collect()
}

#[test]
fn a_phrase_is_shown_whole_and_no_piece_of_it_beside_it() {
    let found = often(&[
        ("Gia đình thấy nhà trường trả lời thắc mắc rõ ràng", 6),
        ("Mong nhà trường lưu ý: bữa trưa nên có thêm rau", 9),
        ("nha truong tra loi thac mac ro rang", 1),
        ("Nhà trường sạch", 4),
    ]);
    let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(found[0], ("nhà trường".to_owned(), 20));
    assert!(found.contains(&("nhà trường lưu ý".to_owned(), 9)), "{found:?}");
    assert!(texts.iter().any(|text| text.ends_with("nhà trường trả lời thắc mắc rõ ràng")), "{found:?}");
    for piece in ["nhà trường lưu", "trả lời thắc", "lời thắc mắc", "thắc mắc", "lưu ý"] {
        assert!(!texts.contains(&piece), "{piece} in {found:?}");
    }
}

#[test]
fn a_phrase_goes_on_where_nine_of_ten_go_on_and_ends_with_no_joining_word() {
    let found = often(&[("Bếp ăn nên có quạt", 9), ("Bếp ăn nóng", 1)]);
    assert_eq!(found, [("bếp ăn nên có quạt".to_owned(), 9)]);
    let found = often(&[("Bếp ăn nên có quạt", 8), ("Bếp ăn nóng", 2)]);
    assert_eq!(found[0], ("bếp ăn".to_owned(), 10), "eight of ten are not nearly all");
    assert_eq!(often(&[("học phí và", 5)]), [("học phí".to_owned(), 5)]);
}

#[test]
fn words_that_differ_in_their_diacritics_alone_are_counted_apart() {
    let mut texts = vec!["Số má lung tung"; 9];
    texts.extend(["Đông mà vui"; 9]);
    let corpus = corpus(&texts);
    let phrases = Phrases::of(&corpus);
    let (one, other): (Vec<usize>, Vec<usize>) = (0..18).partition(|place| *place < 9);
    let key = phrases.key(&corpus, &one, &other, 9);
    assert_eq!((key[0].inside, key[0].outside), (9, 0));
}

#[test]
fn what_fewer_than_three_people_wrote_is_no_key_phrase() {
    let texts = ["Cô Lan lớp 3A", "Cô Lan lớp 3A", "Khác", "Khác hẳn", "Khác nữa"];
    let corpus = corpus(&texts);
    assert_eq!(Phrases::of(&corpus).key(&corpus, &[0, 1], &[2, 3, 4], 9), []);
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "học", "hoc", "phí", "phi", "Nhà", "vệ", "sinh", "Sinh", ",", "👍", "100.000", "wi-fi", "\n", "*", "\"",
    ]);
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn tokens_are_in_order_and_nothing_but_punctuation_is_lost(text in any::<String>()) {
        let mut end = 0;
        for token in tokens(&text) {
            prop_assert!(token.at.start >= end && token.at.end > token.at.start);
            prop_assert!(!text[end..token.at.start].chars().any(char::is_alphanumeric));
            end = token.at.end;
        }
        prop_assert!(!text[end..].chars().any(char::is_alphanumeric));
    }

    #[test]
    fn whatever_is_found_is_marked_and_whatever_is_marked_is_found(texts in prop::collection::vec(text(), 1..6), typed in text()) {
        let Some(query) = Query::parse(&typed) else { return Ok(()) };
        let all: Vec<&str> = texts.iter().map(String::as_str).collect();
        let corpus = corpus(&all);
        let compiled = query.compile(&corpus);
        for (place, text) in all.iter().enumerate() {
            if compiled.finds(&corpus, place).is_some() {
                prop_assert!(!query.spans(text).is_empty(), "{:?} in {:?}", typed, text);
            }
        }
    }

    #[test]
    fn counts_of_a_phrase_are_texts_and_sum_up(texts in prop::collection::vec(text(), 0..40), cut in 0_usize..40) {
        let all: Vec<&str> = texts.iter().map(String::as_str).collect();
        let corpus = corpus(&all);
        let phrases = Phrases::of(&corpus);
        let (one, other): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|place| *place < cut);
        let whole = phrases.key(&corpus, &(0..all.len()).collect::<Vec<_>>(), &[], 50);
        for key in phrases.key(&corpus, &one, &other, 50) {
            prop_assert!(key.inside <= one.len() as u64 && key.outside <= other.len() as u64);
            prop_assert!(key.surprise.unwrap_or(0.0) >= 0.0);
            let plain = crate::vietnamese::fold(&key.text);
            let having = all.iter().filter(|text| {
                let text: Vec<String> = pieces(text).into_iter().map(crate::vietnamese::fold).collect();
                text.join(" ").contains(&plain)
            });
            prop_assert!(key.inside + key.outside <= having.count() as u64, "{:?}", key);
        }
        prop_assert!(whole.iter().all(|key| key.outside == 0));
    }

    #[test]
    fn the_log_likelihood_is_never_negative(a in 0_u64..500, n in 0_u64..500, b in 0_u64..500, m in 1_u64..500) {
        let (a, b) = (a.min(n), b.min(m));
        prop_assert!(log_likelihood(a, n, b, m) >= -1e-9);
    }
}
