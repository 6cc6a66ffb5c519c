//! The questionnaires that come with the program, in the order in which officers look for them.

use std::sync::LazyLock;

use rust_embed::RustEmbed;

use crate::survey::questionnaire::Questionnaire;

/// A questionnaire file and what it says.
#[derive(Debug)]
pub struct Template {
    /// The file, as it is published.
    pub text: &'static str,
    /// What it asks.
    pub questionnaire: Questionnaire,
}

const FILES: [&str; 9] = [
    include_str!("../../survey-templates/hai-long-mam-non.json"),
    include_str!("../../survey-templates/hai-long-tieu-hoc.json"),
    include_str!("../../survey-templates/hai-long-thcs.json"),
    include_str!("../../survey-templates/hai-long-thpt.json"),
    include_str!("../../survey-templates/hai-long-hoc-sinh-thpt.json"),
    include_str!("../../survey-templates/hai-long-hoc-vien-gdtx.json"),
    include_str!("../../survey-templates/can-bo-giao-vien.json"),
    include_str!("../../survey-templates/lay-y-kien-gio-hoc.json"),
    include_str!("../../survey-templates/phieu-gop-y.json"),
];

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let read = |text| Some(Template { text, questionnaire: Questionnaire::parse(text).ok()? });
    FILES.into_iter().filter_map(read).collect()
});

#[derive(RustEmbed)]
#[folder = "survey-templates/media"]
struct Media;

/// A recording that a template names, by the template's code.
pub fn recording(code: &str, name: &str) -> Option<Vec<u8>> {
    Media::get(&format!("{code}/{name}")).map(|file| file.data.into_owned())
}

/// All of them, read once.
pub fn all() -> &'static [Template] {
    &TEMPLATES
}

/// The template with this code.
pub fn find(code: &str) -> Option<&'static Template> {
    all().iter().find(|template| template.questionnaire.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_questionnaire_with_a_code_of_its_own_and_its_recordings_are_there() {
        for text in FILES {
            let questionnaire = Questionnaire::parse(text).unwrap();
            let recordings = questionnaire.recordings(text, |name| recording(&questionnaire.code, name));
            assert_eq!(recordings.err(), None, "{}", questionnaire.code);
        }
        let codes: std::collections::BTreeSet<_> = all().iter().map(|t| &t.questionnaire.code).collect();
        assert_eq!(codes.len(), FILES.len());
        assert!(find("hai-long-tieu-hoc").is_some() && find("khong-co").is_none());
    }
}
