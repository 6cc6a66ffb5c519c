//! What makes a question hard to read or pulls the answer one way, and how long a form takes. Hints, never mistakes: who writes
//! decides.

use serde_json::Value;

use super::{Manuscript, Object, elements, string};
use crate::survey::question::KindName;
use crate::survey::text::Lang;
use crate::vietnamese::{fold, nfc};

/// Something about the wording of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// A sentence of so many syllables: too many to be read at once.
    Long(usize),
    /// It asks two things at once: these words.
    Two(String),
    /// A word that not every parent knows.
    Abbreviation(String),
    /// Words that expect an answer.
    Leading(String),
}

/// A sentence with more syllables is read twice by many; sheets for residents (niêm yết thủ tục hành chính) keep below 25–30.
pub const LONG: usize = 30;
/// Syllables that people read in a minute on a phone, slowly: fluent readers of Vietnamese manage 200 to 250.
const SYLLABLES: usize = 180;

/// Written without diacritics, with a space on either side.
const TWO: [&str; 3] = [" va/hoac ", " va / hoac ", " hay/hoac "];
/// The same, of expressions that suggest what to answer.
const LEADING: [&str; 7] =
    [" co dong y rang ", " phai chang ", " chac han ", " hien nhien ", " dung khong ", " ai cung biet ", " tuyet voi "];
/// Abbreviations that everybody reads every day.
const KNOWN: [&str; 6] = ["QR", "OK", "SMS", "TV", "ID", "COVID"];

/// What there is to say about the wording of a question in Vietnamese.
pub fn hints(question: &Object) -> Vec<Hint> {
    let label = question.get("label").and_then(|texts| texts.get(Lang::VI.code())).and_then(Value::as_str);
    let label = nfc(label.unwrap_or_default());
    let mut found = Vec::new();
    let longest =
        label.split(['.', '?', '!', ';', '\n']).map(|part| part.split_whitespace().count()).max().unwrap_or(0);
    if longest > LONG {
        found.push(Hint::Long(longest));
    }
    let plain = format!(" {} ", fold(&label).replace(['?', ',', '.', '(', ')', '“', '”'], " "));
    let first = |list: &[&str]| list.iter().find(|words| plain.contains(**words)).map(|words| words.trim().to_owned());
    if label.matches('?').count() > 1 {
        found.push(Hint::Two("? … ?".to_owned()));
    } else if let Some(words) = first(&TWO) {
        found.push(Hint::Two(words));
    }
    found.extend(first(&LEADING).map(Hint::Leading));
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    let is_short = |word: &&str| word.chars().all(char::is_uppercase) && !KNOWN.contains(word);
    // a heading in capitals is no row of abbreviations
    let shouted = label.chars().any(char::is_lowercase);
    found.extend(words.filter(is_short).filter(|_| shouted).take(2).map(|word| Hint::Abbreviation(word.to_owned())));
    found
}

impl Manuscript {
    /// About how many minutes the form takes: reading every text once, and answering.
    pub fn minutes(&self) -> usize {
        let of = |object: &Object, name: &str| Self::text_of(object, name, Lang::VI).split_whitespace().count();
        let seconds: usize = self
            .all()
            .map(|(_, question)| {
                let rows = elements(question, "rows");
                let lines = elements(question, "choices").into_iter().chain(rows.iter().copied());
                let read: usize = lines.map(|line| of(line, "label")).sum();
                let read = of(question, "label") + of(question, "hint") + read;
                let answers = match KindName::from_code(string(question, "kind")) {
                    Some(KindName::Note | KindName::Calculate) | None => 0,
                    Some(KindName::Text | KindName::Image) => 20,
                    Some(KindName::Matrix) => 3 * rows.len(),
                    Some(KindName::Rank | KindName::SelectMultiple) => 8,
                    Some(_) => 3,
                };
                read * 60 / SYLLABLES + answers
            })
            .sum();
        seconds.div_ceil(60).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(label: &str) -> Vec<Hint> {
        hints(json!({"label": {"vi": label}}).as_object().unwrap())
    }

    #[test]
    fn hard_questions_get_a_hint_each_and_plain_ones_none() {
        assert_eq!(of("Anh/chị hài lòng đến mức nào về bữa ăn bán trú của con?"), []);
        assert_eq!(of("Bữa ăn và/hoặc chỗ nghỉ của con thế nào?"), [Hint::Two("va/hoac".into())]);
        assert_eq!(of("Con ăn ngon không? Con ngủ đủ không?"), [Hint::Two("? … ?".into())]);
        assert_eq!(of("Anh/chị đánh giá CSVC của trường thế nào?"), [Hint::Abbreviation("CSVC".into())]);
        assert_eq!(of("Anh/chị có đồng ý rằng trường rất tốt?"), [Hint::Leading("co dong y rang".into())]);
        assert_eq!(of(&"trường ".repeat(40)), [Hint::Long(40)]);
        assert_eq!(of("THÔNG TIN CHUNG"), []);
    }

    #[test]
    fn a_template_takes_about_as_long_as_it_says() {
        for template in crate::survey::templates::all() {
            let estimate = Manuscript::parse(template.text).unwrap().minutes();
            let said = template.questionnaire.minutes as usize;
            assert!(estimate <= said * 2 && estimate * 3 >= said, "{}: {estimate}", template.questionnaire.code);
        }
    }
}
