//! Ordered scales that rated questions share.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::question::Choice;
use super::file::{Given, ScaleFile};
use super::mistake::Finder;

/// An ordered scale, lowest point first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The points as people choose them.
    pub choices: Vec<Choice>,
    /// What each choice counts.
    pub points: Vec<i64>,
    /// Outside every denominator.
    pub not_applicable: Option<Choice>,
}

/// The scales of one questionnaire, by name.
#[derive(Debug, Clone, Default)]
pub struct Scales(BTreeMap<String, Arc<Scale>>);

impl Scales {
    /// Reads the scales; wrong ones are reported and left out.
    pub fn read(given: &Given<BTreeMap<String, Given<ScaleFile>>>, top: &Finder<'_>) -> Self {
        let Some(files) = top.optional(given, "scales") else { return Self::default() };
        let here = top.child("scales");
        let mut scales = BTreeMap::new();
        for (name, file) in files {
            if let Some(scale) = here.optional(file, name).and_then(|file| Scale::read(file, &here.child(name))) {
                scales.insert(name.clone(), Arc::new(scale));
            }
        }
        Self(scales)
    }

    /// The scale of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<Scale>> {
        self.0.get(name)
    }

    /// All names, for a message.
    pub fn names(&self) -> String {
        self.0.keys().cloned().collect::<Vec<_>>().join(", ")
    }
}

impl Scale {
    fn read(file: &ScaleFile, at: &Finder<'_>) -> Option<Self> {
        at.no_others(&file.unknown);
        let choices = at.plain_choices(&file.choices)?;
        let not_applicable =
            at.optional(&file.not_applicable, "not_applicable").and_then(|f| at.child("not_applicable").choice(f));
        let points: Vec<i64> = choices.iter().filter_map(|choice| choice.code.parse().ok()).collect();
        if points.len() != choices.len() || !points.is_sorted_by(|a, b| a < b) {
            at.child("choices")
                .report("the codes of a scale are whole numbers, rising from lowest to highest".to_owned());
            return None;
        }
        if not_applicable.as_ref().is_some_and(|na| choices.iter().any(|choice| choice.code == na.code)) {
            at.child("not_applicable").report("its code must differ from the points of the scale".to_owned());
            return None;
        }
        Some(Self { choices, points, not_applicable })
    }
}
