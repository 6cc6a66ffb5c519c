//! `langnghe export`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use data_encoding::HEXLOWER;

use crate::command::{CommandError, bar, note, open, output, rounds};
use crate::config::DataConfig;
use crate::export::csv::{Decimal, Delimiter};
use crate::export::{self, Count, Excluded, Kind, Occasion, Rows, Summed, Wanted};
use crate::store::rounds::owner_name;
use crate::survey::audit::Action as Done;
use crate::survey::text::Lang;
use crate::web::words::Words;

/// A round's submissions as a file, or what its columns mean
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
    /// Between cells of CSV
    #[arg(long, value_enum, default_value_t = Delimiter::Comma)]
    delimiter: Delimiter,
    /// In numbers with a fraction, in CSV
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
    /// Only these units and those below them: codes, separated by commas
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    /// Only these levels
    #[arg(long, default_value = "", hide_default_value = true)]
    level: String,
    /// Only these channels
    #[arg(long, default_value = "", hide_default_value = true)]
    channel: String,
    /// Only forms filled in in these languages
    #[arg(long, default_value = "", hide_default_value = true)]
    lang: String,
    /// Only forms of these questionnaires
    #[arg(long, default_value = "", hide_default_value = true)]
    questionnaire: String,
    /// Only the columns of these questions, besides those about the form
    #[arg(long, default_value = "", hide_default_value = true)]
    question: String,
    /// Only from this day on: 2026-09-05
    #[arg(long, default_value = "", hide_default_value = true)]
    from: String,
    /// Only until this day
    #[arg(long, default_value = "", hide_default_value = true)]
    to: String,
    /// Forms that count in no figure: out, or also in the file, with a column that tells the rule
    #[arg(long, default_value_t = Excluded::Out)]
    excluded: Excluded,
    /// The language of labels, wherever they stand: in codebooks, workbooks and data files, and with --labels in cells
    #[arg(long, default_value = "vi")]
    texts: Lang,
}

impl ExportCommand {
    /// Writes the file. A file that could not be finished is not left under its name.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let state = open(config)?;
        let round = rounds::find(&state, &self.round)?;
        let wanted = self.wanted()?;
        if round.is_sealed() && wanted.kind.has_rows() {
            let slug = &round.slug;
            return Err(CommandError::Said(format!("the results of {slug} are sealed until its figures are frozen")));
        }
        let words = Words(self.texts);
        let said = |error: &dyn std::error::Error| CommandError::Said(error.to_string());
        let rows = Rows::prepare(&state.store, &state.catalogue, &round, &wanted, &words).map_err(|e| said(&e))?;
        // nothing leaves before it is written down that it leaves
        let now = state.clock.now();
        if wanted.kind.has_rows() {
            state.store.write_now(|db| note(db, now, round.owner_id, Done::RowsExported, &round.slug))?;
        }
        let owner = state.store.read_now(|db| owner_name(db, round.owner_id))?;
        let total = if wanted.kind.has_rows() { rows.at_most(i64::MAX)? } else { 0 };
        let occasion =
            Occasion { today: state.clock.today(), maker: "langnghe export", owner: &owner, phrases: &words };
        let progress = bar(u64::try_from(total).unwrap_or(0));
        let scratch = self.scratch();
        let write = |out: &mut (dyn Write + Send)| {
            let mut out = Summed::new(out);
            let written = export::write(&rows, &occasion, &scratch, &mut out, &mut |seen| progress.set_position(seen))
                .map_err(|e| said(&e))?;
            Ok((written, out.sum().1))
        };
        let (written, sum) = match &self.output {
            None => write(&mut io::stdout())?,
            Some(path) => output::write(path, write)?,
        };
        progress.finish_and_clear();
        let Count { excluded, forms, .. } = &rows.excluded;
        match excluded {
            _ if *forms == 0 => {}
            Excluded::Out => eprintln!("{forms} submissions that count in no figure are not in it; see --excluded."),
            Excluded::Also => eprintln!("{forms} submissions that count in no figure are in it, with the rule."),
        }
        match wanted.kind.has_rows() {
            true if written == 0 => eprintln!("No submission fits: the file has headings only."),
            true => eprintln!("{written} submissions written."),
            false => eprintln!("{written} columns described."),
        }
        eprintln!("SHA-256 {}", HEXLOWER.encode(&sum));
        Ok(())
    }

    /// Where rows wait until all were seen: beside the file, which needs as much room; `/tmp` may be memory.
    fn scratch(&self) -> PathBuf {
        let file = self.output.as_deref().filter(|path| !path.exists() || path.is_file());
        match file.and_then(Path::parent) {
            Some(here) if here.as_os_str().is_empty() => PathBuf::from("."),
            Some(folder) => folder.to_owned(),
            None => std::env::temp_dir(),
        }
    }

    /// Through the same door as addresses.
    fn wanted(&self) -> Result<Wanted, CommandError> {
        let flag = |on: bool| if on { "1" } else { "0" };
        let pairs = [
            ("format", self.format.code()),
            ("delimiter", self.delimiter.code()),
            ("decimal", self.decimal.code()),
            ("labels", flag(self.labels)),
            ("split", flag(self.split)),
            ("bom", flag(!self.no_bom)),
            ("unit", &self.unit),
            ("level", &self.level),
            ("channel", &self.channel),
            ("lang", &self.lang),
            ("questionnaire", &self.questionnaire),
            ("question", &self.question),
            ("from", &self.from),
            ("to", &self.to),
            ("excluded", self.excluded.code()),
        ];
        Wanted::read(pairs).map_err(|mistakes| {
            let sentences: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            CommandError::Said(sentences.join("; "))
        })
    }
}
