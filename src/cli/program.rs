//! The program from its start to its exit status.

use std::io;
use std::process::ExitCode;
use std::thread;

use anyhow::Context;
use clap::Parser;
use rustix::fs::Mode;
use rustix::process::umask;
use tokio::runtime::{Builder, Runtime};

use super::exit::Exit;
use super::{Arguments, dispatch, log};

/// Runs what the command line asks for.
pub fn main() -> ExitCode {
    // Whatever is made holds orders, serial numbers or people's names, and is its owner's alone.
    umask(Mode::RWXG | Mode::RWXO);
    let arguments = Arguments::parse();
    let format = arguments.log_format();
    if let Err(fault) = log::begin(format, arguments.default_log()) {
        log::complain(&format!("environment, RUST_LOG: {fault}; use a filter such as keydesk=debug, or unset it"));
        return ExitCode::from(Exit::Configuration as u8);
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !Exit::is_silent(&error) {
                log::last_words(format, &error);
            }
            ExitCode::from(Exit::of(&error) as u8)
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let runtime = runtime().context("the system gives no threads or no event queue")?;
    let outcome = runtime.block_on(dispatch(arguments));
    // A name that the system's resolver still looks up must not hold up the end.
    runtime.shutdown_background();
    outcome
}

/// On one core a second thread would only take turns with the first.
fn runtime() -> io::Result<Runtime> {
    let has_one_core = thread::available_parallelism().is_ok_and(|cores| cores.get() == 1);
    let mut builder = if has_one_core { Builder::new_current_thread() } else { Builder::new_multi_thread() };
    builder.enable_all().build()
}
