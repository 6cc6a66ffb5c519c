//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use langnghe::command::accounts::AccountsCommand;
use langnghe::command::backup::{BackupCommand, RestoreCommand};
use langnghe::command::check::CheckCommand;
use langnghe::command::demo::DemoCommand;
use langnghe::command::export::ExportCommand;
use langnghe::command::rounds::RoundsCommand;
use langnghe::command::serve::ServeCommand;
use langnghe::command::simulate::SimulateCommand;
use langnghe::command::tokens::TokensCommand;
use langnghe::command::units::UnitsCommand;
use langnghe::command::verify::VerifyCommand;
use langnghe::command::{CommandError, check, migrate};
use langnghe::config::DataConfig;
use mimalloc::MiMalloc;
use tracing_subscriber::EnvFilter;

/// Forms are read on threads of their own and freed where they are written: there it takes less time than the C library's, and it
/// gives back what a large file needed (`benches/README.md`).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Lắng Nghe: survey forms, suggestion slips and opinion polls for Vietnamese education
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(flatten)]
    data: DataConfig,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrate the database, then serve until SIGTERM
    Serve(ServeCommand),
    /// Fill an empty database with a demonstration, print addresses and accounts, then serve
    Demo(DemoCommand),
    /// Bring the database to this version
    Migrate,
    /// Check questionnaire files and name every mistake
    Check(CheckCommand),
    /// Print the JSON Schema of questionnaire files, for editors
    Schema,
    /// Units: import and list
    Units(UnitsCommand),
    /// Accounts of staff
    Accounts(AccountsCommand),
    /// Tokens for programs
    Tokens(TokensCommand),
    /// Rounds: list, open, close
    Rounds(RoundsCommand),
    /// Send plausible forms through the real intake
    Simulate(SimulateCommand),
    /// Write a round's submissions to a file
    Export(ExportCommand),
    /// Recount everything from the submissions, and rebuild tallies that are off
    Verify(VerifyCommand),
    /// Copy the database into one file while it is in use
    Backup(BackupCommand),
    /// Put a backup in the place of the database
    Restore(RestoreCommand),
}

impl Command {
    fn run(self, data: &DataConfig) -> Result<(), CommandError> {
        match self {
            Self::Serve(command) => command.run(data),
            Self::Demo(command) => command.run(data),
            Self::Migrate => migrate::run(data),
            Self::Check(command) => command.run(),
            Self::Schema => check::schema(),
            Self::Units(command) => command.run(data),
            Self::Accounts(command) => command.run(data),
            Self::Tokens(command) => command.run(data),
            Self::Rounds(command) => command.run(data),
            Self::Simulate(command) => command.run(data),
            Self::Export(command) => command.run(data),
            Self::Verify(command) => command.run(data),
            Self::Backup(command) => command.run(data),
            Self::Restore(command) => command.run(data),
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli.command.run(&cli.data) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("langnghe: {error}");
            ExitCode::FAILURE
        }
    }
}
