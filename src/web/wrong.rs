//! What is wrong with a form, field by field: every mistake is said at once, beside its field.

/// Sentences by field, in the order of the page.
#[derive(Debug, Clone, Default)]
pub struct Wrong(Vec<(&'static str, String)>);

impl Wrong {
    /// One mistake.
    pub fn one(field: &'static str, sentence: String) -> Self {
        Self(vec![(field, sentence)])
    }

    /// These mistakes, then those of later fields.
    pub fn and(mut self, later: Self) -> Self {
        later.0.into_iter().for_each(|(field, sentence)| self.add(field, sentence));
        self
    }

    /// Notes a mistake; each field says one thing at a time.
    pub fn add(&mut self, field: &'static str, sentence: String) {
        if self.of(field).is_none() {
            self.0.push((field, sentence));
        }
    }

    /// Whether the form is right.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What to say beside a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// Whether the cursor belongs here.
    pub fn is_first(&self, field: &str) -> bool {
        self.0.first().is_some_and(|(name, _)| *name == field)
    }
}
