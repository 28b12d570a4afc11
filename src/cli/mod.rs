//! The command line: one module for each command, errors as one sentence with the remedy.

pub mod backup;
pub mod catalog;
mod catalog_json;
pub mod check;
mod config_file;
pub mod db;
pub mod dead_letters;
pub mod demo;
pub mod doctor;
pub mod exit;
mod findings;
pub mod health;
pub mod init;
pub mod log;
pub mod maintenance;
pub mod manual;
pub mod orders;
pub mod person;
mod program;
pub mod restore;
pub mod run;
mod said;
pub mod serials;
pub mod startup;
pub mod stock;
mod stock_keys;
mod supervisor;

use clap::{CommandFactory, Parser, Subcommand};
use log::LogFormat;

pub use config_file::ConfigFile;
pub use program::main;

/// A Telegram bot through which customers order serial numbers of software licence keys.
#[derive(Debug, Parser)]
#[command(version, about, after_help = exit::STATUSES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play every part on a page in the browser: no token, no configuration, no internet.
    Demo(demo::Options),
    /// Ask for token, shop and staff chat, and write the configuration and the price list.
    Init(init::Options),
    /// Serve customers and staff until SIGTERM or SIGINT.
    Run(run::Options),
    /// Check configuration, catalogue, database, token and staff chat before the first start.
    #[command(after_help = "Example:\n  keydesk check --config /etc/keydesk/keydesk.toml")]
    Check(ConfigFile),
    /// Ask the running bot whether it serves, as containers do; status 0 when it does.
    Health(health::Options),
    /// Import serial numbers into the stock.
    #[command(subcommand)]
    Serials(serials::Command),
    /// Show how many serial numbers each product has left; encrypt them, or change their key.
    Stock(stock::Options),
    /// The price list: show it, compare it with a file, apply one.
    #[command(subcommand)]
    Catalog(catalog::Command),
    /// Orders: list them, show one, export them.
    #[command(subcommand)]
    Orders(orders::Command),
    /// Messages and presses that the bot could not handle: list, show and try them again.
    #[command(subcommand)]
    DeadLetters(dead_letters::Command),
    /// Tell customers that the shop is under maintenance, and why, while staff work on.
    #[command(subcommand)]
    Maintenance(maintenance::Command),
    /// Look for everything in the data that contradicts what always holds; status 3 when something was found.
    Doctor(doctor::Options),
    /// Copy the whole database into a file, beside a running bot; it counts only once it was found sound.
    Backup(backup::Options),
    /// Put a backup into the place of the database; no bot may run on it.
    Restore(restore::Options),
    /// What is stored about one person: export it, erase it.
    #[command(subcommand)]
    Person(person::Command),
    /// Databases: copy everything from one into another.
    #[command(subcommand)]
    Db(db::Command),
    /// What a shell completes commands and options by.
    Completions(manual::CompletionsOptions),
    /// The man page, or a folder of them.
    Man(manual::ManOptions),
}

impl Arguments {
    /// How the log is written.
    pub fn log_format(&self) -> LogFormat {
        match &self.command {
            Command::Demo(demo::Options { log, .. }) | Command::Run(run::Options { log, .. }) => log.format,
            _ => LogFormat::default(),
        }
    }

    /// What the log says without `RUST_LOG`: only what goes wrong, where the terminal is for a visitor or for questions.
    pub fn default_log(&self) -> &'static str {
        match self.command {
            Command::Demo(_) | Command::Init(_) => "warn",
            _ => "info,sqlx=warn,hyper=warn",
        }
    }
}

async fn dispatch(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Demo(options) => demo::demo(&options).await,
        Command::Init(options) => init::init(&options).await,
        Command::Run(options) => run::run(&options).await,
        Command::Check(file) => check::check(&file).await,
        Command::Health(options) => health::health(&options).await,
        Command::Serials(command) => serials::serials(&command).await,
        Command::Stock(options) => stock::stock(&options).await,
        Command::Catalog(command) => catalog::catalog(&command).await,
        Command::Orders(command) => orders::orders(&command).await,
        Command::DeadLetters(command) => dead_letters::dead_letters(&command).await,
        Command::Maintenance(command) => maintenance::maintenance(&command).await,
        Command::Doctor(options) => doctor::doctor(&options).await,
        Command::Backup(options) => backup::backup(&options).await,
        Command::Restore(options) => restore::restore(&options).await,
        Command::Person(command) => person::person(&command).await,
        Command::Db(command) => db::db(&command).await,
        Command::Completions(options) => manual::completions(&options, Arguments::command()),
        Command::Man(options) => manual::man(&options, Arguments::command()),
    }
}
