//! The keydesk program.

use std::io::{IsTerminal, stderr};
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use keydesk::cli::{self, Arguments};
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(arguments.default_log()));
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

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let runtime = Runtime::new().context("the system gives no threads or no event queue")?;
    let outcome = runtime.block_on(cli::main(arguments));
    // A name that the system's resolver still looks up must not hold up the end.
    runtime.shutdown_background();
    outcome
}
