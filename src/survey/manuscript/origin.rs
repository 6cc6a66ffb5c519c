//! From which template a file that travels was made. Here it stands beside the file ([`super::Core`] is what it holds fast); a
//! file that goes to another installation takes it along.

use serde_json::json;

use super::{Manuscript, string};
use crate::survey::round::parse_slug;

/// The property that says so.
const BASED_ON: &str = "based_on";

impl Manuscript {
    /// The file as it goes elsewhere: after its code it says from which template it was made.
    #[must_use]
    pub fn from_template(&self, template: Option<&str>) -> Self {
        let Some(template) = template else { return self.clone() };
        let mut file = super::Object::new();
        for (name, value) in &self.0 {
            file.insert(name.clone(), value.clone());
            if name == "code" {
                file.insert(BASED_ON.to_owned(), json!(template));
            }
        }
        Self(file)
    }

    /// Takes out of a file that came from elsewhere what it says about its template; none where it names none.
    pub fn take_template(&mut self) -> Option<String> {
        let named = string(&self.0, BASED_ON).to_owned();
        self.0.shift_remove(BASED_ON);
        parse_slug(&named).is_ok().then_some(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::questionnaire::Questionnaire;
    use crate::survey::templates;

    #[test]
    fn a_file_that_travels_says_its_template_and_is_the_same_afterwards() {
        let sheet = Manuscript::parse(templates::find("hai-long-tieu-hoc").unwrap().text).unwrap();
        let mut file = sheet.from_template(Some("hai-long-tieu-hoc"));
        assert!(Questionnaire::parse(&file.text()).is_ok(), "{:?}", Questionnaire::parse(&file.text()).err());
        assert_eq!(file.take_template().as_deref(), Some("hai-long-tieu-hoc"));
        assert_eq!((file.clone(), file.take_template()), (sheet.clone(), None));
        assert_eq!(sheet.from_template(None), sheet);
    }
}
