//! `langnghe check` and `langnghe schema`

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::command::{CommandError, output};
use crate::survey::audio;
use crate::survey::questionnaire::{Mistake, Questionnaire, file};

/// Questionnaire files to check
#[derive(Debug, Clone, Args)]
pub struct CheckCommand {
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl CheckCommand {
    /// Names every mistake of every file with its line and JSON path, on stdout.
    ///
    /// # Errors
    /// When a file cannot be read or has mistakes.
    pub fn run(self) -> Result<(), CommandError> {
        let mut broken = 0;
        for path in &self.files {
            let shown = path.display();
            let bytes = match std::fs::read(path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    output::print_line(&format_args!("{shown}: cannot be read: {error}"))?;
                    broken += 1;
                    continue;
                }
            };
            let Ok(text) = String::from_utf8(bytes) else {
                output::print_line(&format_args!(
                    "{shown}: line 1: $: the file is not in UTF-8; save it again as UTF-8"
                ))?;
                broken += 1;
                continue;
            };
            match whole(path, &text) {
                Ok(questionnaire) => eprintln!("{shown}: {} questions, no mistakes", questionnaire.questions.len()),
                Err(mistakes) => {
                    output::print(|out| {
                        mistakes.iter().try_for_each(|mistake| Ok(writeln!(out, "{shown}: {mistake}")?))
                    })?;
                    broken += 1;
                }
            }
        }
        match broken {
            0 => Ok(()),
            1 => Err(CommandError::Said(
                "one file has mistakes or cannot be read; correct it and check again".to_owned(),
            )),
            n => Err(CommandError::Said(format!(
                "{n} files have mistakes or cannot be read; correct them and check again"
            ))),
        }
    }
}

/// The questionnaire with its recordings, which stand in `media/<its code>/` beside it.
fn whole(path: &Path, text: &str) -> Result<Questionnaire, Vec<Mistake>> {
    let questionnaire = Questionnaire::parse(text)?;
    let folder = path.with_file_name("media").join(&questionnaire.code);
    questionnaire.recordings(text, |name| read_some(&folder.join(name)).ok())?;
    Ok(questionnaire)
}

/// No more of a file than shows that it is too large.
fn read_some(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(audio::HEAVIEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Prints the JSON Schema of questionnaire files.
///
/// # Errors
/// Stdout cannot be written.
pub fn schema() -> Result<(), CommandError> {
    output::print_line(&format_args!("{:#}", file::json_schema()))
}
