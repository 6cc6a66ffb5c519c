//! What the address of a cross-tab asks for.

use chrono::NaiveDate;

use crate::frame::{Filter, Key, Variable, Variables};
use crate::survey::question::KindName;

/// Of what the shares are shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Share {
    /// Of each column.
    #[default]
    Column,
    /// Of each row.
    Row,
    /// Of all.
    Base,
}

impl Share {
    pub(super) const ALL: [Self; 3] = [Self::Column, Self::Row, Self::Base];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Column => "column",
            Self::Row => "row",
            Self::Base => "base",
        }
    }
}

/// Before the name of a question by whose answers forms are kept.
const QUESTION: &str = "q.";
/// How addresses call the filters that are no questions.
const PLACES: [(&str, Key); 5] =
    [("unit", Key::Unit), ("level", Key::Level), ("channel", Key::Channel), ("in", Key::Language), ("mode", Key::Mode)];

/// What the address says, not looked up yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub row: String,
    pub column: String,
    pub share: Share,
    /// Names of variables with the codes that are kept.
    pub kept: Vec<(String, Vec<String>)>,
    pub from: String,
    pub to: String,
    /// A question whose answers shall be offered as a filter.
    pub more: String,
}

/// Something in the address that there is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No question or property is called so.
    NoVariable(String),
    /// Several questionnaires ask different things under this code: the names to choose from.
    Several(String, Vec<String>),
    /// The variable of this name has no such class.
    NoClass(String, String),
    /// Not a day.
    NoDay(String),
    /// The last day lies before the first.
    Backwards,
    /// Something cannot be crossed with itself.
    Same,
    /// Numbers without bounds have a mean and no classes.
    NoClasses(String),
}

/// What was asked for, found.
pub(super) struct Plan<'a> {
    pub row: &'a Variable,
    pub column: &'a Variable,
    pub filters: Vec<(&'a Variable, Vec<bool>)>,
}

impl Plan<'_> {
    /// The filters as the count wants them.
    pub(super) fn filters(&self) -> Vec<Filter<'_>> {
        self.filters.iter().map(|(variable, wanted)| Filter { axis: &variable.axis, wanted: wanted.clone() }).collect()
    }
}

impl Asked {
    /// Reads the query of an address; names that mean nothing here are left alone.
    pub(super) fn read(query: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim().to_owned();
            match name.as_ref() {
                _ if value.is_empty() => {}
                "row" => asked.row = value,
                "column" => asked.column = value,
                "from" => asked.from = value,
                "to" => asked.to = value,
                "more" => asked.more = value,
                "share" => asked.share = Share::ALL.into_iter().find(|share| share.code() == value).unwrap_or_default(),
                name => {
                    let place = PLACES.iter().find(|(known, _)| *known == name).map(|(_, key)| key.name());
                    if let Some(variable) = place.or_else(|| name.strip_prefix(QUESTION)) {
                        asked.keep(variable, value);
                    }
                }
            }
        }
        asked
    }

    fn keep(&mut self, variable: &str, code: String) {
        match self.kept.iter_mut().find(|(known, _)| known == variable) {
            Some((_, codes)) if codes.contains(&code) => {}
            Some((_, codes)) => codes.push(code),
            None => self.kept.push((variable.to_owned(), vec![code])),
        }
    }

    /// The codes that are kept of a variable.
    pub(super) fn codes(&self, variable: &str) -> &[String] {
        self.kept.iter().find(|(known, _)| known == variable).map(|(_, codes)| codes.as_slice()).unwrap_or_default()
    }

    /// The same with another name for one variable, wherever it stands.
    pub(super) fn renamed(&self, from: &str, to: &str) -> Self {
        let mut asked = self.clone();
        let names = [&mut asked.row, &mut asked.column].into_iter().chain(asked.kept.iter_mut().map(|(name, _)| name));
        names.filter(|name| *name == from).for_each(|name| to.clone_into(name));
        asked
    }

    /// Whether forms are left out.
    pub(super) fn is_filtered(&self) -> bool {
        !self.kept.is_empty() || !self.from.is_empty() || !self.to.is_empty()
    }

    /// The same without filters.
    pub(super) fn unfiltered(&self) -> Self {
        Self { row: self.row.clone(), column: self.column.clone(), share: self.share, ..Self::default() }
    }

    /// Rows and columns the other way round.
    pub(super) fn turned(&self) -> Self {
        let share = match self.share {
            Share::Column => Share::Row,
            Share::Row => Share::Column,
            Share::Base => Share::Base,
        };
        Self { row: self.column.clone(), column: self.row.clone(), share, ..self.clone() }
    }

    /// How the address calls the filter by this variable.
    pub(super) fn parameter(variable: &str) -> String {
        let place = PLACES.iter().find(|(_, key)| key.name() == variable).map(|(name, _)| (*name).to_owned());
        place.unwrap_or_else(|| format!("{QUESTION}{variable}"))
    }

    /// The query of the same table over the forms of one class alone; a day is kept by its two ends.
    pub(super) fn only(&self, variable: &str, code: &str) -> String {
        let mut asked = self.clone();
        if variable == Key::Day.name() {
            (asked.from, asked.to) = (code.to_owned(), code.to_owned());
        } else {
            asked.kept.retain(|(known, _)| known != variable);
            asked.keep(variable, code.to_owned());
        }
        asked.query()
    }

    /// The query that says the same.
    pub(super) fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("row", &self.row), ("column", &self.column)] {
            query.append_pair(name, value);
        }
        if self.share != Share::default() {
            query.append_pair("share", self.share.code());
        }
        for (variable, codes) in &self.kept {
            let name = Self::parameter(variable);
            query.extend_pairs(codes.iter().map(|code| (&name, code)));
        }
        for (name, value) in [("from", &self.from), ("to", &self.to)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }

    /// With something to begin with where the address says nothing: the question about everything, or the first that is rated, or the first there is, by
    /// the first thing that divides the forms.
    pub(super) fn with_defaults(mut self, variables: &Variables, overall: Option<&str>) -> Self {
        let all = variables.all();
        let rated = || all.iter().find(|one| one.kind == Some(KindName::Rating));
        let asked = || all.iter().find(|one| one.kind.is_some());
        if self.row.is_empty() {
            let row = overall.and_then(|code| variables.find(code)).or_else(rated).or_else(asked);
            self.row = row.map(|one| one.key.name().to_owned()).unwrap_or_default();
        }
        if self.column.is_empty() {
            let places = [Key::Level, Key::Channel, Key::Unit];
            let divided = places.iter().filter_map(|key| variables.find(key.name())).find(|one| one.divides());
            let column = divided.or_else(|| all.iter().find(|one| one.divides() && one.key.name() != self.row));
            self.column = column.map(|one| one.key.name().to_owned()).unwrap_or_default();
        }
        self
    }

    /// Looks everything up.
    ///
    /// # Errors
    /// All that there is not.
    pub(super) fn plan<'a>(&self, variables: &'a Variables) -> Result<Plan<'a>, Vec<Trouble>> {
        let mut troubles = Vec::new();
        let mut noted = |found: Result<&'a Variable, Trouble>| found.map_err(|trouble| troubles.push(trouble)).ok();
        let (row, column) = (noted(find(variables, &self.row)), noted(find(variables, &self.column)));
        let mut filters: Vec<(&Variable, Vec<bool>)> = Vec::new();
        for (name, codes) in &self.kept {
            match find(variables, name) {
                Ok(variable) => filters.push((variable, wanted(variable, codes, &mut troubles))),
                Err(trouble) => troubles.push(trouble),
            }
        }
        filters.extend(self.days(variables, &mut troubles));
        if self.row == self.column && row.is_some() {
            troubles.push(Trouble::Same);
        }
        if column.is_some_and(|column| column.classes.is_empty() && column.mean_of.is_some()) {
            troubles.push(Trouble::NoClasses(self.column.clone()));
        }
        match (row, column) {
            (Some(row), Some(column)) if troubles.is_empty() => Ok(Plan { row, column, filters }),
            _ => Err(troubles),
        }
    }

    fn days<'a>(&self, variables: &'a Variables, troubles: &mut Vec<Trouble>) -> Option<(&'a Variable, Vec<bool>)> {
        let mut day = |text: &str| {
            let read = text.parse::<NaiveDate>().ok();
            if read.is_none() && !text.is_empty() {
                troubles.push(Trouble::NoDay(text.to_owned()));
            }
            read
        };
        let (from, to) = (day(&self.from), day(&self.to));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            troubles.push(Trouble::Backwards);
        }
        if from.is_none() && to.is_none() {
            return None;
        }
        let days = variables.find(Key::Day.name())?;
        let is_within = |code: &str| {
            let day = code.parse::<NaiveDate>().ok();
            day.is_some_and(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
        };
        Some((days, days.classes.iter().map(|class| is_within(&class.code)).collect()))
    }
}

fn find<'a>(variables: &'a Variables, name: &str) -> Result<&'a Variable, Trouble> {
    if let Some(found) = variables.find(name) {
        return Ok(found);
    }
    let several: Vec<String> = variables.namesakes(name).map(|one| one.key.name().to_owned()).collect();
    Err(if several.is_empty() {
        Trouble::NoVariable(name.to_owned())
    } else {
        Trouble::Several(name.to_owned(), several)
    })
}

fn wanted(variable: &Variable, codes: &[String], troubles: &mut Vec<Trouble>) -> Vec<bool> {
    let mut wanted = vec![false; variable.classes.len()];
    for code in codes {
        match variable.class(code).and_then(|class| wanted.get_mut(class)) {
            Some(wanted) => *wanted = true,
            None => troubles.push(Trouble::NoClass(variable.key.name().to_owned(), code.clone())),
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_again_what_it_said() {
        let query = "row=A1&column=_unit&share=row&unit=TH-HOA-MAI&unit=TH-HOA-BAN&q.khoi_lop=lop_5&from=2026-11-01&to=2026-11-26";
        let asked = Asked::read(query);
        assert_eq!((asked.codes("_unit").len(), asked.codes("khoi_lop")), (2, &["lop_5".to_owned()][..]));
        assert_eq!(asked.query(), query);
        assert_eq!(Asked::read(&asked.turned().query()).turned(), asked);
        assert_eq!(asked.unfiltered().query(), "row=A1&column=_unit&share=row");
    }

    #[test]
    fn names_that_mean_nothing_and_empty_fields_are_left_alone() {
        let asked = Asked::read("row=&unit=&lang=en&x=%F0%9F&q.A1=&share=%00");
        assert_eq!(asked, Asked::default());
    }
}
