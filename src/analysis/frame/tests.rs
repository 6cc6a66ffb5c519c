//! What is counted from columns is what is counted from the answers themselves, one by one.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// What a form of a story says to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    NotAsked,
    Skipped,
    NotApplicable,
    Other,
    One(usize),
    Some(Vec<usize>),
    Number(i64),
}

impl Said {
    fn value(&self) -> Value<'_> {
        match self {
            Self::NotAsked => Value::NotAsked,
            Self::Skipped => Value::Skipped,
            Self::NotApplicable => Value::NotApplicable,
            Self::Other => Value::Other,
            Self::One(place) => Value::Place(*place),
            Self::Some(places) => Value::Places(places),
            Self::Number(number) => Value::Number(*number),
        }
    }

    /// The classes that it stands in, or why it stands in none.
    fn classes(&self, question: &Asked) -> Result<Vec<usize>, Absent> {
        match self {
            Self::NotAsked => Err(Absent::NotAsked),
            Self::Skipped => Err(Absent::Skipped),
            Self::NotApplicable => Err(Absent::NotApplicable),
            Self::Other => Ok(vec![question.places]),
            Self::One(place) => Ok(vec![*place]),
            Self::Some(places) => Ok(places.clone()),
            Self::Number(number) => {
                Ok(vec![question.starts().iter().filter(|start| *start <= number).count().saturating_sub(1)])
            }
        }
    }
}

/// A question of a story.
#[derive(Debug, Clone)]
struct Asked {
    kind: u8,
    places: usize,
}

impl Asked {
    fn starts(&self) -> Vec<i64> {
        (0..i64::try_from(self.places).unwrap()).map(|at| at * 10 - 20).collect()
    }

    fn encoding(&self) -> Encoding {
        match self.kind {
            0 => Encoding::of_places(self.places),
            1 => Encoding::WidePlace,
            2 => Encoding::Several(self.places),
            _ => Encoding::Number,
        }
    }

    fn axis(&self) -> Axis {
        let (column, encoding) = ("A".to_owned(), self.encoding());
        let classes: Vec<u16> = (0..u16::try_from(self.places).unwrap()).collect();
        let other = Some(u16::try_from(self.places).unwrap());
        let source = match self.kind {
            0 | 1 => Source::Places { column, encoding, classes, other, points: (0..).take(self.places).collect() },
            2 => Source::Several { column, encoding, classes },
            _ => Source::Number { column, starts: self.starts(), classes },
        };
        let classes = self.places + usize::from(self.kind < 2);
        Axis { classes, overlaps: self.kind == 2, sources: BTreeMap::from([(1, source)]) }
    }

    fn said(&self) -> BoxedStrategy<Said> {
        let places = self.places;
        let nothing = prop_oneof![Just(Said::NotAsked), Just(Said::Skipped)];
        match self.kind {
            0 | 1 => prop_oneof![
                4 => (0..places).prop_map(Said::One),
                1 => nothing,
                1 => prop_oneof![Just(Said::NotApplicable), Just(Said::Other)],
            ]
            .boxed(),
            2 => prop_oneof![
                4 => prop::collection::btree_set(0..places, 1..=places.min(5)).prop_map(|set| Said::Some(set.into_iter().collect())),
                1 => nothing,
            ]
            .boxed(),
            _ => prop_oneof![4 => (-20..400_i64).prop_map(Said::Number), 1 => nothing, 1 => Just(Said::NotApplicable)].boxed(),
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    (0..4_u8, 1..=63_usize)
        .prop_map(|(kind, places)| Asked { kind, places: if kind == 0 { places * 6 } else { places } })
}

fn story() -> impl Strategy<Value = (Asked, Asked, Vec<(Said, Said, bool)>)> {
    (asked(), asked()).prop_flat_map(|(row, column)| {
        let form = (row.said(), column.said(), prop::bool::weighted(0.8));
        (Just(row), Just(column), prop::collection::vec(form, 0..60))
    })
}

fn lane<'a>(question: &Asked, forms: impl Iterator<Item = &'a Said>) -> Lane {
    let mut column = Column::new(question.encoding());
    let mut n = 0;
    forms.for_each(|said| {
        column.push(said.value());
        n += 1;
    });
    question.axis().lane(1, n, &column.take()).unwrap()
}

proptest! {
    #[test]
    fn columns_count_what_the_answers_say((row, column, forms) in story()) {
        let (rows, columns) = (row.axis(), column.axis());
        let mut crossed = Crossed::new(&rows, &columns);
        // in two blocks, as a large round has several
        for part in [&forms[..forms.len() / 3], &forms[forms.len() / 3..]] {
            let kept: Vec<bool> = part.iter().map(|form| form.2).collect();
            crossed.add(&lane(&row, part.iter().map(|form| &form.0)), &lane(&column, part.iter().map(|form| &form.1)), &kept);
        }
        let kept: Vec<_> = forms.iter().filter(|form| form.2).map(|(r, c, _)| (r.classes(&row), c.classes(&column))).collect();
        let count = |is: &dyn Fn(&Result<Vec<usize>, Absent>, &Result<Vec<usize>, Absent>) -> bool| {
            kept.iter().filter(|(r, c)| is(r, c)).count() as u64
        };
        let has = |said: &Result<Vec<usize>, Absent>, class: usize| said.as_ref().is_ok_and(|all| all.contains(&class));
        prop_assert_eq!(crossed.forms(), kept.len() as u64);
        prop_assert_eq!(crossed.base(), count(&|r, c| r.is_ok() && c.is_ok()));
        for r in 0..rows.classes {
            prop_assert_eq!(crossed.row(r), count(&|said, c| has(said, r) && c.is_ok()));
            for c in 0..columns.classes {
                prop_assert_eq!(crossed.cell(r, c), count(&|row, column| has(row, r) && has(column, c)));
            }
        }
        for c in 0..columns.classes {
            prop_assert_eq!(crossed.column(c), count(&|r, said| r.is_ok() && has(said, c)));
        }
        for why in Absent::ALL {
            prop_assert_eq!(crossed.rows_absent(why), count(&|r, _| *r == Err(why)));
            prop_assert_eq!(crossed.columns_absent(why), count(&|r, c| r.is_ok() && *c == Err(why)));
        }
    }

    #[test]
    fn means_are_over_the_values_themselves((row, column, forms) in story()) {
        let (rows, columns) = (row.axis(), column.axis());
        let mut crossed = Crossed::new(&rows, &columns);
        let kept: Vec<bool> = forms.iter().map(|form| form.2).collect();
        crossed.add(&lane(&row, forms.iter().map(|form| &form.0)), &lane(&column, forms.iter().map(|form| &form.1)), &kept);
        for class in 0..columns.classes {
            let mut own = Moments::default();
            for (r, c, kept) in &forms {
                let value = match r {
                    Said::One(place) if row.kind < 2 => i64::try_from(*place).unwrap(),
                    Said::Number(number) => *number,
                    _ => continue,
                };
                if *kept && c.classes(&column).is_ok_and(|all| all.contains(&class)) {
                    own = Moments { n: own.n + 1, sum: own.sum + i128::from(value), squares: own.squares + i128::from(value * value) };
                }
            }
            prop_assert_eq!(crossed.moments()[class], own);
        }
    }

    #[test]
    fn bytes_that_are_not_a_column_are_refused_or_counted_and_never_stumbled_over(
        bytes in prop::collection::vec(any::<u8>(), 0..64), question in asked(), forms in 0..20_usize,
    ) {
        let axis = question.axis();
        if let Ok(lane) = axis.lane(1, forms, &bytes) {
            Crossed::new(&axis, &axis).add(&lane, &lane, &vec![true; forms]);
        }
    }

    #[test]
    fn marks_of_texts_come_back(said in prop::collection::vec(prop::option::of(3..u64::MAX), 0..20)) {
        let mut column = Column::new(Encoding::Text);
        said.iter().for_each(|mark| column.push(Value::Text(*mark)));
        column.push(Value::Skipped);
        column.push(Value::NotAsked);
        let mut wanted = said.clone();
        wanted.extend([None, None]);
        prop_assert_eq!(Encoding::Text.text_marks(&column.take()).unwrap(), wanted);
    }
}

#[test]
fn forms_of_a_version_without_the_question_were_not_asked() {
    let axis = Asked { kind: 0, places: 3 }.axis();
    let lane = axis.lane(2, 4, &[]).unwrap();
    let mut crossed = Crossed::new(&axis, &axis);
    crossed.add(&lane, &lane, &[true, true, false, true]);
    assert_eq!((crossed.base(), crossed.rows_absent(Absent::NotAsked)), (0, 3));
}

#[test]
fn a_rank_stands_where_its_first_choice_does() {
    let mut column = Column::new(Encoding::Order(3));
    for value in [Value::Places(&[2, 0]), Value::Skipped, Value::Places(&[1]), Value::NotAsked] {
        column.push(value);
    }
    let source = Source::Places {
        column: "A".to_owned(),
        encoding: Encoding::Order(3),
        classes: vec![0, 1, 2],
        other: None,
        points: Vec::new(),
    };
    let axis = Axis { classes: 3, overlaps: false, sources: BTreeMap::from([(1, source)]) };
    assert_eq!(axis.lane(1, 4, &column.take()).unwrap().standing, [2, 4, 1, 3]);
}
