//! Which columns the rows of a round need when several questionnaires were asked.
//!
//! A column holds the answers to one question. Questions of one code that say the same share it; where they do not – staff's
//! A1 is another question than parents' A1 – each questionnaire has a column of its own, `CODE@QUESTIONNAIRE`.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::variable::{Variable, spoken};
use crate::survey::question::{ExportStyle, Phrases, Question};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::text::Lang;

/// The columns of a round's file, behind the fixed ones.
pub(super) struct Columns {
    /// What they are about.
    pub variables: Vec<Variable>,
    /// For each questionnaire and each of its questions, where its columns stand.
    pub places: Vec<Vec<Vec<usize>>>,
}

/// A questionnaire, and how its columns are described.
pub(super) struct Asked<'a> {
    /// Which one.
    pub questionnaire: &'a Questionnaire,
    /// The language of its labels.
    pub lang: Lang,
    /// The sentences around them.
    pub phrases: &'a dyn Phrases,
}

impl Columns {
    /// The columns of these questionnaires, in the order of their questions.
    pub fn of(questionnaires: &[&Questionnaire], style: ExportStyle, phrases: &dyn Phrases) -> Self {
        let ambiguous = ambiguous(questionnaires);
        let (mut shared, mut sections) = (Distinct::default(), Distinct::default());
        let mut columns: Vec<Group> = Vec::new();
        let (mut ranks, mut lines, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for questionnaire in questionnaires {
            let suffix = format!("@{}", questionnaire.code);
            let asked = Asked { questionnaire, lang: spoken(questionnaire, phrases.lang()), phrases };
            let (mut line, mut places) = (Vec::new(), Vec::new());
            for question in &questionnaire.questions {
                let suffix = if ambiguous.contains(&*question.code) { &*suffix } else { "" };
                let at = shared.place(format!("{}{suffix}", question.code));
                if at == columns.len() {
                    columns.push(Group::default());
                    ranks.push(sections.place(questionnaire.sections[question.section].code.clone()));
                }
                let names = question.kind.columns(&question.code, style).into_iter();
                let variables = names
                    .zip(question.kind.contents(style))
                    .map(|(name, content)| Variable::of(format!("{name}{suffix}"), content, question, &asked));
                places.push(variables.map(|variable| (at, columns[at].place(variable))).collect::<Vec<_>>());
                line.push(at);
            }
            lines.push(line);
            found.push(places);
        }
        let (mut variables, mut begins) = (Vec::new(), vec![0; columns.len()]);
        for at in merged(&lines, &ranks) {
            begins[at] = variables.len();
            variables.append(&mut columns[at].variables);
        }
        tell_apart(&mut variables);
        let moved = |places: Vec<(usize, usize)>| places.into_iter().map(|(at, place)| begins[at] + place).collect();
        let places = found.into_iter().map(|sheet| sheet.into_iter().map(moved).collect()).collect();
        Self { variables, places }
    }
}

/// No two columns have one name: the choice `gia` of B4 and the question `B4_gia` both say `B4_gia`. The later one is numbered.
fn tell_apart(variables: &mut [Variable]) {
    let mut taken: HashSet<String> = variables.iter().map(|variable| variable.name.clone()).collect();
    let mut seen = HashSet::new();
    for variable in variables {
        if !seen.insert(variable.name.clone()) {
            let numbered = (2..).map(|number| format!("{}_{number}", variable.name)).find(|name| !taken.contains(name));
            variable.name = numbered.unwrap_or_default();
            taken.insert(variable.name.clone());
        }
    }
}

/// The columns of one question.
#[derive(Default)]
struct Group {
    names: Distinct,
    variables: Vec<Variable>,
}

impl Group {
    fn place(&mut self, variable: Variable) -> usize {
        let at = self.names.place(variable.name.clone());
        match self.variables.get_mut(at) {
            Some(known) => known.join(variable),
            None => self.variables.push(variable),
        }
        at
    }
}

/// Names in the order in which they first came.
#[derive(Default)]
struct Distinct {
    places: HashMap<String, usize>,
}

impl Distinct {
    fn place(&mut self, name: String) -> usize {
        let next = self.places.len();
        *self.places.entry(name).or_insert(next)
    }
}

/// The codes under which these questionnaires ask different things.
fn ambiguous<'a>(questionnaires: &[&'a Questionnaire]) -> HashSet<&'a str> {
    let mut first: HashMap<&str, &Question> = HashMap::new();
    let mut found = HashSet::new();
    for question in questionnaires.iter().flat_map(|questionnaire| &questionnaire.questions) {
        if question.has_answers() && !first.entry(&question.code).or_insert(question).says_the_same(question) {
            found.insert(&*question.code);
        }
    }
    found
}

/// One order in which every questionnaire finds its own; parts stay together as far as that leaves a choice. Where two
/// questionnaires contradict each other, the first one's.
fn merged(lines: &[Vec<usize>], ranks: &[usize]) -> Vec<usize> {
    let mut after = vec![Vec::new(); ranks.len()];
    let mut waiting = vec![0_usize; ranks.len()];
    for pair in lines.iter().flat_map(|line| line.windows(2)) {
        after[pair[0]].push(pair[1]);
        waiting[pair[1]] += 1;
    }
    let mut left: BTreeSet<(usize, usize)> = ranks.iter().copied().zip(0..).collect();
    let mut order = Vec::with_capacity(ranks.len());
    while let Some(next) = left.iter().find(|(_, at)| waiting[*at] == 0).or(left.first()).copied() {
        left.remove(&next);
        order.push(next.1);
        after[next.1].iter().for_each(|at| waiting[*at] = waiting[*at].saturating_sub(1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::super::tests::Plain;
    use super::*;
    use crate::survey::templates;

    const CODES: ExportStyle = ExportStyle { labels: None, split: false, comma: false };

    fn template(code: &str) -> &'static Questionnaire {
        &templates::find(code).unwrap().questionnaire
    }

    fn small(code: &str, questions: &str) -> Questionnaire {
        let text = format!(
            r#"{{"code": "{code}", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"], "title": {{"vi": "x"}},
            "scales": {{
              "a": {{"choices": [{{"code": "1", "label": {{"vi": "Kém"}}}}, {{"code": "2", "label": {{"vi": "Tốt"}}}}]}},
              "b": {{"choices": [{{"code": "1", "label": {{"vi": "Đồng ý"}}}}, {{"code": "2", "label": {{"vi": "Không"}}}}]}}}},
            "sections": [{{"code": "A", "title": {{"vi": "A"}}, "questions": [{questions}]}}]}}"#
        );
        Questionnaire::parse(&text).unwrap()
    }

    fn text(code: &str) -> String {
        format!(r#"{{"code": "{code}", "kind": "text", "label": {{"vi": "{code}"}}}}"#)
    }

    fn texts(questionnaire: &str, codes: &[&str]) -> Questionnaire {
        small(questionnaire, &codes.iter().map(|code| text(code)).collect::<Vec<_>>().join(","))
    }

    fn names(questionnaires: &[&Questionnaire]) -> Vec<String> {
        Columns::of(questionnaires, CODES, &Plain).variables.into_iter().map(|variable| variable.name).collect()
    }

    #[test]
    fn each_questionnaire_finds_its_questions_in_its_own_order() {
        let forms =
            [texts("mot", &["A", "B", "C"]), texts("hai", &["A", "X", "C", "Z"]), texts("ba", &["A", "B", "X"])];
        assert_eq!(names(&forms.each_ref()), ["A", "B", "X", "C", "Z"]);
        let parents = ["hai-long-mam-non", "hai-long-tieu-hoc", "hai-long-thcs", "hai-long-thpt"].map(template);
        for style in [CODES, ExportStyle { labels: None, split: true, comma: false }] {
            let columns = Columns::of(&parents, style, &Plain);
            for (questionnaire, places) in parents.iter().zip(&columns.places) {
                // choices of one question may stand in any order among themselves
                let line: Vec<usize> = places.iter().filter_map(|columns| columns.iter().min()).copied().collect();
                assert!(line.is_sorted(), "{}: {:?}", questionnaire.code, names(&parents));
                let is_c = |variable: &Variable| variable.name.starts_with('C');
                assert_eq!(
                    columns.variables.chunk_by(|a, b| is_c(a) == is_c(b)).filter(|part| is_c(&part[0])).count(),
                    1
                );
            }
        }
    }

    #[test]
    fn questionnaires_that_contradict_each_other_keep_the_order_of_the_first() {
        let forms = [texts("mot", &["A", "B", "C"]), texts("hai", &["C", "A"])];
        assert_eq!(names(&forms.each_ref()), ["A", "B", "C"]);
    }

    #[test]
    fn what_parents_of_all_levels_are_asked_shares_a_column_and_what_staff_are_asked_does_not() {
        let shared = names(&["hai-long-tieu-hoc", "hai-long-thcs"].map(template));
        for code in ["khoi_lop", "A1", "B7", "G1", "G3"] {
            assert_eq!(shared.iter().filter(|name| *name == code).count(), 1, "{code}");
        }
        let mixed = names(&["hai-long-tieu-hoc", "can-bo-giao-vien"].map(template));
        for own in ["A1@hai-long-tieu-hoc", "A1@can-bo-giao-vien", "khoi_lop", "gio_ho_so"] {
            assert!(mixed.iter().any(|name| name == own), "{own}: {mixed:?}");
        }
        assert!(!mixed.iter().any(|name| name == "A1"));
    }

    #[test]
    fn a_choice_and_a_question_that_would_share_a_name_have_two_columns() {
        let many = r#"{"code": "B4", "kind": "select_multiple", "label": {"vi": "B"},
            "choices": [{"code": "gia", "label": {"vi": "Giá"}}, {"code": "xa", "label": {"vi": "Xa"}}]}"#;
        let form = small("mot", &[many.to_owned(), text("B4_gia")].join(","));
        let split = ExportStyle { labels: None, split: true, comma: false };
        let columns = Columns::of(&[&form], split, &Plain).variables;
        let names: Vec<&str> = columns.iter().map(|variable| variable.name.as_str()).collect();
        assert_eq!(names, ["B4_gia", "B4_xa", "B4_gia_2"]);
    }

    #[test]
    fn another_label_kind_or_scale_is_another_question() {
        let rated =
            |scale: &str| format!(r#"{{"code": "A", "kind": "rating", "scale": "{scale}", "label": {{"vi": "A"}}}}"#);
        let named = r#"{"code": "A", "kind": "text", "label": {"vi": "B"}}"#;
        for (one, other) in [(rated("a"), rated("b")), (rated("a"), text("A")), (text("A"), named.to_owned())] {
            let forms = [small("mot", &one), small("hai", &other)];
            assert_eq!(names(&forms.each_ref()), ["A@mot", "A@hai"], "{one} {other}");
        }
        let forms = [small("mot", &rated("a")), small("hai", &rated("a"))];
        assert_eq!(names(&forms.each_ref()), ["A"]);
    }
}
