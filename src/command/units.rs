//! `langnghe units`: import and list.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CommandError, note_at_the_top, output};
use crate::config::DataConfig;
use crate::store::{unit_imports, unit_kinds, units};
use crate::survey::audit::Action as Done;
use crate::survey::code::Level;
use crate::survey::unit::import::{self, Given};
use crate::survey::unit::{Changes, Preset, RowError, Unit};

/// Offices and schools
#[derive(Debug, Args)]
pub struct UnitsCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add and change units from a CSV file; units that it does not name stay
    Import(Import),
    /// The kinds of units that a file can name: code, what they are to the program, name, separated by tabs
    Kinds,
    /// One line per unit: code, kind, name, pupils per level, separated by tabs
    List,
}

#[derive(Debug, Args)]
struct Import {
    /// The file, in UTF-8, separated by commas or semicolons
    #[arg(required_unless_present = "preset", conflicts_with = "preset")]
    file: Option<PathBuf>,
    /// Example units that come with the program: 2026 (wards and the province) or 2022 (a district office)
    #[arg(long)]
    preset: Option<Preset>,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
}

impl UnitsCommand {
    /// Does it.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        match self.what {
            What::Import(import) => import.run(config),
            What::Kinds => kinds(config),
            What::List => list(config),
        }
    }
}

impl Import {
    fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let (name, bytes) = self.bytes()?;
        let state = super::open(config)?;
        let (store, now) = (state.store, state.clock.now());
        let (existing, kinds) = store.read_now(|db| Ok((units::all(db)?, unit_kinds::all(db)?)))?;
        let existing: Vec<Unit> = existing.into_iter().map(|stored| stored.unit).collect();
        let text = import::text_of(&bytes);
        let plan = text.and_then(|text| import::parse(&text, &Given::only(&kinds, &existing)));
        let plan = plan.map_err(|errors| refused(&name, &errors))?;
        let changes = if self.dry_run {
            plan.against(&existing)
        } else {
            store.write_now(|db| {
                let changes = unit_imports::import_for_good(db, &plan)?;
                // the units of a first import are there only now
                note_at_the_top(db, now, Done::UnitsImported, &name)?;
                Ok(changes)
            })?
        };
        output::print(|out| Ok(summary(out, &changes, self.dry_run)?))
    }

    fn bytes(&self) -> Result<(String, Vec<u8>), CommandError> {
        match (&self.file, self.preset) {
            (Some(path), _) => {
                let bytes = std::fs::read(path).map_err(|source| CommandError::File { path: path.clone(), source })?;
                Ok((path.display().to_string(), bytes))
            }
            (None, Some(preset)) => Ok((format!("preset {preset}"), preset.csv().to_vec())),
            (None, None) => Err(CommandError::Said("name a file or a --preset".to_owned())),
        }
    }
}

fn refused(name: &str, errors: &[RowError]) -> CommandError {
    for error in errors {
        eprintln!("{name}: {error}");
    }
    let mistakes = if errors.len() == 1 { "mistake" } else { "mistakes" };
    CommandError::Said(format!("{} {mistakes} in {name}; nothing was imported", errors.len()))
}

fn summary(out: &mut dyn Write, changes: &Changes, dry_run: bool) -> std::io::Result<()> {
    for changed in &changes.changed {
        for field in &changed.fields {
            writeln!(out, "{}: {} {:?} → {:?}", changed.unit.code, field.column, field.old, field.new)?;
        }
    }
    let (new, changed, unchanged) = (changes.new.len(), changes.changed.len(), changes.unchanged);
    let tense = if dry_run { " (dry run: nothing was written)" } else { "" };
    writeln!(out, "{new} new, {changed} changed, {unchanged} unchanged{tense}")
}

fn kinds(config: &DataConfig) -> Result<(), CommandError> {
    let kinds = super::open(config)?.store.read_now(unit_kinds::all)?;
    output::print(|out| {
        for kind in kinds.iter() {
            writeln!(out, "{}\t{}\t{}", kind.kind, kind.kind.nature, kind.name_vi)?;
        }
        Ok(())
    })
}

fn list(config: &DataConfig) -> Result<(), CommandError> {
    let units = super::open(config)?.store.read_now(units::all)?;
    output::print(|out| {
        for unit in units.iter().map(|stored| &stored.unit) {
            let pupils = |level: &Level| unit.enrolment.get(level).map(|n| format!("{level}={n}"));
            let levels: Vec<String> = Level::ALL.iter().filter_map(pupils).collect();
            writeln!(out, "{}\t{}\t{}\t{}", unit.code, unit.kind, unit.name, levels.join(" "))?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::Database;
    use clap::Parser;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        data: DataConfig,
        #[command(flatten)]
        units: UnitsCommand,
    }

    fn run(database: &Database, arguments: &[&str]) -> Result<(), CommandError> {
        let key = "ab".repeat(32);
        let folder = database.folder().to_str().unwrap();
        let before = ["langnghe", "--data-dir", folder, "--database-url", &database.url, "--secret-key", &key];
        let program = Program::try_parse_from(before.iter().chain(arguments)).unwrap();
        super::super::open_and_migrate(&program.data)?;
        program.units.run(&program.data)
    }

    #[test]
    fn a_preset_can_be_tried_imported_and_listed() {
        let database = Database::new();
        run(&database, &["import", "--preset", "2026", "--dry-run"]).unwrap();
        run(&database, &["import", "--preset", "2026"]).unwrap();
        run(&database, &["list"]).unwrap();
        run(&database, &["kinds"]).unwrap();
    }

    #[test]
    fn a_file_with_mistakes_fails_and_says_how_many() {
        let database = Database::new();
        let file = database.folder().join("units.csv");
        std::fs::write(&file, "code,name\nP-A,A\n").unwrap();
        let error = run(&database, &["import", file.to_str().unwrap()]).unwrap_err().to_string();
        assert!(error.starts_with("2 mistakes in "), "{error}");
    }
}
