//! `rank`: several of several, in an order. Whoever answers may stop early: the first `max` of the list are asked for (all,
//! where the questionnaire sets no `max`), and at least `min` (1) make an answer. Positions left open in between close up.

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::Reason;
use super::choosing::{HowMany, codes, places, repeated, stored};
use super::{Choice, Content, Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row, shown};
use crate::survey::text::Lang;

pub(super) const READS: &[&str] = &["choices", "min", "max"];

#[derive(Debug)]
struct Rank {
    choices: Vec<Choice>,
    positions: HowMany,
}

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let choices = at.plain_choices(&file.choices)?;
    let positions = HowMany::read(file, choices.len(), at)?;
    Some(Box::new(Rank { choices, positions }))
}

impl Kind for Rank {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Choices)
    }

    fn choices(&self) -> &[Choice] {
        &self.choices
    }

    fn script(&self) -> Option<&'static str> {
        Some("rank.js")
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let places = places(&self.choices, raw)?;
        if places.is_empty() {
            return Ok(None);
        }
        if let Some(twice) = repeated(&places) {
            return Err(Reason::RankedTwice { choice: self.choices[twice].label.clone() });
        }
        self.positions.check(places.len())?;
        let codes = codes(&self.choices, &places);
        Ok(Some(Answer::Choices { places, codes }))
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        match answer {
            Answer::Choices { codes, .. } => Value::Choices(codes),
            _ => Value::Empty,
        }
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match answer {
            Answer::Choices { codes, .. } => out.list(code, codes),
            _ => out.null(code),
        }
    }

    fn measure(&self) -> Measure {
        let codes = self.choices.iter().map(|choice| choice.code.clone()).collect();
        Measure::Rank { codes, positions: self.positions.max }
    }

    fn tally(&self, answer: &Answer, cells: &mut [i64]) {
        if let Answer::Choices { places, .. } = answer {
            let positions = self.positions.max;
            let width = Measure::width(self.choices.len(), positions);
            for (position, place) in places.iter().enumerate() {
                let item = &mut cells[place * width..(place + 1) * width];
                item[position] += 1;
                item.iter_mut().skip(positions).for_each(|named| *named += 1);
            }
        }
    }

    fn columns(&self, code: &str, style: ExportStyle) -> Vec<String> {
        if style.split {
            self.choices.iter().map(|choice| format!("{code}_{}", choice.code)).collect()
        } else {
            vec![code.to_owned()]
        }
    }

    fn contents(&self, style: ExportStyle) -> Vec<Content> {
        if style.split { (0..self.choices.len()).map(Content::Position).collect() } else { vec![Content::Codes] }
    }

    /// Split, each choice's position; 0 where it was given none.
    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, style: ExportStyle, row: &mut dyn Row) {
        let codes = stored(raw);
        if style.split {
            for choice in &self.choices {
                let position = codes.iter().position(|code| *code == choice.code).map_or(0, |at| at + 1);
                row.cell(&position.to_string());
            }
            return;
        }
        let separator = if style.labels.is_some() { "; " } else { " " };
        row.cell(&codes.iter().map(|code| shown(&self.choices, code, style)).collect::<Vec<_>>().join(separator));
    }

    fn shown(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, lang: Lang) -> Vec<String> {
        let style = ExportStyle { labels: Some(lang), split: false, comma: false };
        let codes = stored(raw).into_iter().filter(|code| !code.is_empty());
        codes.zip(1..).map(|(code, position)| format!("{position}. {}", shown(&self.choices, code, style))).collect()
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        View { field, choices: &self.choices, typed: field.typed_list(), positions: self.positions.max }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Order { positions: self.positions.max }
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(10) {
            return Imagined::Skip;
        }
        let HowMany { min, max } = self.positions;
        let many = if dice.chance(80) { max } else { min + dice.below(max - min + 1) };
        let mut left: Vec<&Choice> = self.choices.iter().collect();
        // what stands first in the list is named a little more often, as on paper
        let mut draw = || left.remove(dice.below(left.len()).min(dice.below(left.len()))).code.clone();
        Imagined::Many((0..many).map(|_| draw()).collect())
    }
}

#[derive(Template)]
#[template(path = "survey/question/rank.html")]
struct View<'a> {
    field: &'a Field<'a>,
    choices: &'a [Choice],
    typed: Vec<&'a str>,
    positions: usize,
}

impl View<'_> {
    fn is_at(&self, position: &usize, choice: &Choice) -> bool {
        self.typed.get(*position).is_some_and(|code| code.trim() == choice.code)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, exported, stored, violations};
    use super::*;
    use proptest::prelude::*;

    const ORDER: &str = r#"{"code": "A", "kind": "rank", "label": {"vi": "?"}, "max": 3, "choices": [
        {"code": "a", "label": {"vi": "An toàn"}}, {"code": "b", "label": {"vi": "Bữa ăn"}},
        {"code": "c", "label": {"vi": "Cổng trường"}}, {"code": "d", "label": {"vi": "Dạy học"}}]}"#;

    #[test]
    fn the_order_is_kept_and_positions_left_open_close_up() {
        assert_eq!(stored(ORDER, r#"{"A": ["c", "", "a"]}"#).unwrap(), r#"{"A":["c","a"]}"#);
        assert_eq!(stored(ORDER, r#"{"A": "d"}"#).unwrap(), r#"{"A":["d"]}"#);
    }

    #[test]
    fn one_thing_at_two_positions_is_named_and_too_many_are_counted() {
        let twice = violations(ORDER, r#"{"A": ["b", "a", "b"]}"#).remove(0);
        assert!(matches!(twice, Reason::RankedTwice { choice } if choice.get(Lang::VI) == "Bữa ăn"));
        let many = violations(ORDER, r#"{"A": ["a", "b", "c", "d"]}"#);
        assert_eq!(many, [Reason::TooMany { max: 3, have: 4 }]);
        assert_eq!(violations(ORDER, r#"{"A": ["x"]}"#), [Reason::UnknownChoice]);
    }

    #[test]
    fn each_item_is_counted_at_its_position_and_as_named() {
        let questionnaire = asked(ORDER);
        let kind = &questionnaire.questions[0].kind;
        let mut cells = vec![0; kind.measure().cells()];
        let read = kind.read(&Raw::Many(vec!["c".into(), "a".into()]), None).unwrap().unwrap();
        kind.tally(&read, &mut cells);
        assert_eq!(cells, [0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0]);
    }

    #[test]
    fn it_is_exported_in_order_or_as_positions() {
        let style = |split| ExportStyle { labels: None, split, comma: false };
        assert_eq!(exported(ORDER, r#"["c", "a"]"#, style(false)), ["c a"]);
        assert_eq!(exported(ORDER, r#"["c", "a"]"#, style(true)), ["2", "0", "1", "0"]);
    }

    proptest! {
        #[test]
        fn any_list_is_refused_or_stored_as_it_reads_back(list in proptest::collection::vec("[abcdx]?| ", 0..7)) {
            let questionnaire = asked(ORDER);
            let kind = &questionnaire.questions[0].kind;
            let raw = |list: &[String]| Raw::Many(list.iter().map(|code| code.clone().into()).collect());
            if let Ok(Some(answer)) = kind.read(&raw(&list), None) {
                let Answer::Choices { codes, .. } = &answer else { panic!("not choices") };
                prop_assert_eq!(kind.read(&raw(codes), None), Ok(Some(answer.clone())));
            }
        }
    }
}
