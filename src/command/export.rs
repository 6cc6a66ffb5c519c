//! `langnghe export`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::command::{CommandError, bar, note, open, output, rounds};
use crate::config::DataConfig;
use crate::export::csv::{Decimal, Delimiter, Export, Format};
use crate::store::tallies;
use crate::survey::audit::Action as Done;

/// What kind of file
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Comma-separated values
    Csv,
}

/// A round's submissions as a file
#[derive(Debug, Clone, Args)]
pub struct ExportCommand {
    /// The round's short name
    round: String,
    /// The kind of file
    #[arg(long, value_enum, default_value_t = Kind::Csv)]
    format: Kind,
    /// Where to write; stdout when left out. A file that is there is replaced when the new one is complete
    #[arg(long)]
    output: Option<PathBuf>,
    /// Between cells
    #[arg(long, value_enum, default_value_t = Delimiter::Comma)]
    delimiter: Delimiter,
    /// In numbers with a fraction
    #[arg(long, value_enum, default_value_t = Decimal::Point)]
    decimal: Decimal,
    /// Labels instead of codes
    #[arg(long)]
    labels: bool,
    /// One 0/1 column per choice of a select_multiple
    #[arg(long)]
    split: bool,
    /// Leave out the mark by which Excel knows UTF-8
    #[arg(long)]
    no_bom: bool,
}

impl ExportCommand {
    /// Writes the file. A file that could not be finished is not left under its name.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let state = open(config)?;
        let round = rounds::find(&state, &self.round)?;
        if round.is_sealed() {
            let slug = &round.slug;
            return Err(CommandError::Said(format!("the results of {slug} are sealed until its figures are frozen")));
        }
        let Kind::Csv = self.format;
        let format = Format {
            delimiter: self.delimiter,
            decimal: self.decimal,
            labels: self.labels,
            split: self.split,
            bom: !self.no_bom,
        };
        // nothing leaves before it is written down that it leaves
        let now = state.clock.now();
        state.store.write_now(|db| note(db, now, round.owner_id, Done::RowsExported, &round.slug))?;
        let total = state.store.read_now(|db| tallies::submissions(db, round.id))?;
        let export = Export::prepare(&state.store, &state.catalogue, &round, format)?;
        let progress = bar(u64::try_from(total).unwrap_or(0));
        let tell = |rows| progress.set_position(rows);
        let write =
            |out: &mut dyn Write| export.write(out, tell).map_err(|error| CommandError::Said(error.to_string()));
        let rows = match &self.output {
            None => write(&mut io::stdout().lock())?,
            Some(path) => output::write(path, write)?,
        };
        progress.finish_and_clear();
        eprintln!("{rows} submissions written.");
        Ok(())
    }
}
