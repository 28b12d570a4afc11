//! The keydesk program.

use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use keydesk::cli::{self, Arguments, log};
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let format = arguments.log_format();
    if let Err(fault) = log::begin(format, arguments.default_log()) {
        eprintln!("keydesk: environment, RUST_LOG: {fault}; use a filter such as keydesk=debug, or unset it");
        return ExitCode::FAILURE;
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::last_words(format, &error);
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
