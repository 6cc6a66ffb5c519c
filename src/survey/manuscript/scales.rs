//! Scales that questions share, as a form shows them: new ones, their points, and away with those that nothing uses.

use serde_json::{Value, json};

use super::{ChoiceEdit, Manuscript, Object, Texts, string};
use crate::survey::code::codes;
use crate::survey::text::Lang;

codes! {
    /// What a new scale begins with.
    ScaleStart {
        /// Five points from very dissatisfied to very satisfied.
        Five = "nam",
        /// Four points, without a middle one.
        Four = "bon",
        /// Five points from never to always.
        Often = "tan_suat",
        /// Five points from disagree to agree.
        Agree = "dong_y",
        /// Two points to be filled in.
        Blank = "trong",
    }
}

/// A scale as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleEdit {
    /// Its points, from lowest to highest; the code is the number that counts.
    pub points: Vec<ChoiceEdit>,
    /// “Does not apply”; none: everybody must choose a point.
    pub outside: Option<ChoiceEdit>,
}

/// What a point says in Vietnamese and in English.
type Said = (&'static str, &'static str);

const OUTSIDE: Said = ("Không dùng / không rõ", "Does not apply / don’t know");

impl ScaleStart {
    fn labels(self) -> &'static [Said] {
        match self {
            Self::Five => &[
                ("Rất không hài lòng", "Very dissatisfied"),
                ("Không hài lòng", "Dissatisfied"),
                ("Bình thường", "Neither"),
                ("Hài lòng", "Satisfied"),
                ("Rất hài lòng", "Very satisfied"),
            ],
            Self::Four => &[
                ("Rất không hài lòng", "Very dissatisfied"),
                ("Không hài lòng", "Dissatisfied"),
                ("Hài lòng", "Satisfied"),
                ("Rất hài lòng", "Very satisfied"),
            ],
            Self::Often => &[
                ("Không bao giờ", "Never"),
                ("Hiếm khi", "Seldom"),
                ("Thỉnh thoảng", "Sometimes"),
                ("Thường xuyên", "Often"),
                ("Luôn luôn", "Always"),
            ],
            Self::Agree => &[
                ("Hoàn toàn không đồng ý", "Strongly disagree"),
                ("Không đồng ý", "Disagree"),
                ("Không hẳn đồng ý hay không", "Neither"),
                ("Đồng ý", "Agree"),
                ("Hoàn toàn đồng ý", "Strongly agree"),
            ],
            Self::Blank => &[("", ""), ("", "")],
        }
    }
}

impl Manuscript {
    /// The scale of this name as a form shows it.
    pub fn scale(&self, name: &str) -> Option<ScaleEdit> {
        let scale = self.0.get("scales")?.get(name)?.as_object()?;
        let edit = |object: &Object| ChoiceEdit {
            code: string(object, "code").to_owned(),
            label: self.label_of(object),
            exclusive: false,
        };
        let points = super::elements(scale, "choices").into_iter().map(edit).collect();
        Some(ScaleEdit { points, outside: scale.get("not_applicable").and_then(Value::as_object).map(edit) })
    }

    fn label_of(&self, object: &Object) -> Texts {
        let text = |lang: &Lang| object.get("label")?.get(lang.code())?.as_str();
        self.languages().iter().map(|lang| (*lang, text(lang).unwrap_or_default().to_owned())).collect()
    }

    /// Makes a scale of this name, which none has yet.
    pub fn new_scale(&mut self, name: &str, start: ScaleStart) {
        let languages = self.languages();
        let label = |(vi, en): Said| {
            let text = |lang: &Lang| {
                if *lang == Lang::VI {
                    vi
                } else if *lang == Lang::EN {
                    en
                } else {
                    ""
                }
            };
            let texts = languages.iter().map(|lang| (lang.code().to_owned(), json!(text(lang))));
            Value::Object(texts.filter(|(_, text)| *text != "").collect())
        };
        let points = start.labels().iter().enumerate();
        let points: Vec<Value> =
            points.map(|(n, said)| json!({"code": (n + 1).to_string(), "label": label(*said)})).collect();
        let outside = json!({"code": "9", "label": label(OUTSIDE)});
        self.add_scale(name, json!({"choices": points, "not_applicable": outside}));
    }

    /// Writes a scale as a form has it. Points without code and text are left out; what else stands with a point stays. Points stand
    /// in the order of their numbers.
    pub fn set_scale(&mut self, name: &str, edit: &ScaleEdit) -> bool {
        let found = self.0.get_mut("scales").and_then(|scales| scales.get_mut(name)?.as_object_mut());
        let Some(scale) = found else { return false };
        let old: Vec<Object> = super::elements(scale, "choices").into_iter().cloned().collect();
        let known = |code: &str| old.iter().find(|point| string(point, "code") == code).cloned().unwrap_or_default();
        let is_there =
            |point: &&ChoiceEdit| !point.code.is_empty() || point.label.iter().any(|(_, text)| !text.is_empty());
        let mut points: Vec<Object> =
            edit.points.iter().filter(is_there).map(|point| written(known(&point.code), point)).collect();
        points.sort_by_key(|point| string(point, "code").parse::<i64>().unwrap_or(i64::MAX));
        scale.insert("choices".to_owned(), points.into_iter().map(Value::Object).collect());
        match edit.outside.as_ref().filter(|point| is_there(point)) {
            Some(outside) => {
                let before = scale.get("not_applicable").and_then(Value::as_object).cloned().unwrap_or_default();
                scale.insert("not_applicable".to_owned(), Value::Object(written(before, outside)));
            }
            None => drop(scale.shift_remove("not_applicable")),
        }
        true
    }

    /// The codes of the questions on this scale.
    pub fn on_scale(&self, name: &str) -> Vec<String> {
        let on = self.all().filter(|(_, question)| string(question, "scale") == name);
        on.map(|(_, question)| string(question, "code").to_owned()).collect()
    }

    /// Takes out a scale on which no question is. False: one is, or there is no such scale.
    pub fn remove_scale(&mut self, name: &str) -> bool {
        if !self.on_scale(name).is_empty() {
            return false;
        }
        let scales = self.0.get_mut("scales").and_then(Value::as_object_mut);
        scales.and_then(|scales| scales.shift_remove(name)).is_some()
    }
}

fn written(mut object: Object, point: &ChoiceEdit) -> Object {
    object.insert("code".to_owned(), json!(point.code));
    super::question::set_texts(&mut object, "label", &point.label);
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::templates;

    fn primary() -> Manuscript {
        Manuscript::parse(templates::find("hai-long-tieu-hoc").unwrap().text).unwrap()
    }

    #[test]
    fn a_scale_is_what_it_was_when_its_form_is_sent_back() {
        let mut sheet = primary();
        for name in sheet.scales().into_iter().map(str::to_owned).collect::<Vec<_>>() {
            let edit = sheet.scale(&name).unwrap();
            assert!(sheet.set_scale(&name, &edit));
        }
        assert_eq!(sheet, primary());
    }

    #[test]
    fn points_stand_in_the_order_of_their_numbers_and_empty_lines_are_none() {
        let mut sheet = primary();
        sheet.new_scale("muc_do", ScaleStart::Blank);
        let point = |code: &str, text: &str| ChoiceEdit {
            code: code.into(),
            label: vec![(Lang::VI, text.into()), (Lang::EN, text.into())],
            exclusive: false,
        };
        let edit = ScaleEdit { points: vec![point("3", "Cao"), point("1", "Thấp"), point("", "")], outside: None };
        sheet.set_scale("muc_do", &edit);
        let codes: Vec<String> = sheet.scale("muc_do").unwrap().points.into_iter().map(|point| point.code).collect();
        assert_eq!((codes, sheet.read().is_ok()), (vec!["1".to_owned(), "3".to_owned()], true));
    }

    #[test]
    fn only_a_scale_on_which_nothing_is_can_go() {
        let mut sheet = primary();
        sheet.new_scale("muc_do", ScaleStart::Five);
        assert!(!sheet.remove_scale("hai_long") && !sheet.remove_scale("khong_co") && sheet.remove_scale("muc_do"));
        assert_eq!(sheet, primary());
    }
}
