//! The keydesk program.

use std::io::{IsTerminal, stderr};
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use keydesk::cli::{self, Arguments};
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = match log_filter(arguments.default_log()) {
        Ok(filter) => filter,
        Err(fault) => {
            eprintln!("keydesk: environment, RUST_LOG: {fault}; use a filter such as keydesk=debug, or unset it");
            return ExitCode::FAILURE;
        }
    };
    // A file or a journal keeps colours as rubbish.
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).with_ansi(stderr().is_terminal()).init();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("keydesk: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn log_filter(by_default: &str) -> Result<EnvFilter, ParseError> {
    let asked = std::env::var(EnvFilter::DEFAULT_ENV).unwrap_or_default();
    let filter = if asked.trim().is_empty() { by_default } else { &asked };
    EnvFilter::builder().parse(filter)
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let runtime = Runtime::new().context("the system gives no threads or no event queue")?;
    let outcome = runtime.block_on(cli::main(arguments));
    // A name that the system's resolver still looks up must not hold up the end.
    runtime.shutdown_background();
    outcome
}
