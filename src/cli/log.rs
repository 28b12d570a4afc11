//! The log on stderr: what it says, in which format, and that panics are in it.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{IsTerminal, Write, stderr};
use std::panic::{self, PanicHookInfo};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

/// How the log is written, for the commands that serve until they are stopped.
#[derive(Debug, clap::Args)]
pub struct LogOptions {
    /// How a line of the log is written.
    #[arg(long = "log-format", value_name = "FORMAT", value_enum, default_value_t)]
    pub format: LogFormat,
}

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum LogFormat {
    /// As a sentence, for people.
    #[default]
    Text,
    /// As a JSON object, for programs.
    Json,
}

/// Begins the log, with the filter in `RUST_LOG` if there is one.
pub fn begin(format: LogFormat, filter_by_default: &str) -> Result<(), ParseError> {
    let asked = std::env::var(EnvFilter::DEFAULT_ENV).unwrap_or_default();
    let filter = if asked.trim().is_empty() { filter_by_default } else { &asked };
    let filter = EnvFilter::builder().parse(filter)?;
    // When stderr cannot be written, the complaint about it would go there too, and panic.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).log_internal_errors(false);
    match format {
        // A file or a journal keeps colours as rubbish.
        LogFormat::Text => log.with_ansi(stderr().is_terminal() && wants_colours()).init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    log_panics();
    Ok(())
}

/// Whoever does not want colours says so (<https://no-color.org>).
fn wants_colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|wish| wish.is_empty())
}

/// Logs panics where they happen, so that they carry the fields of the update or the delivery that they end.
pub fn log_panics() {
    let unlogged = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        // A filter keeps nobody from learning why the program broke.
        if tracing::enabled!(tracing::Level::ERROR) { log_panic(panic) } else { unlogged(panic) }
    }));
}

fn log_panic(panic: &PanicHookInfo<'_>) {
    let text = panic.payload_as_str().unwrap_or("without a text");
    let place = panic.location().map(ToString::to_string);
    let backtrace = Backtrace::capture();
    let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| tracing::field::display(backtrace));
    tracing::error!(place, backtrace, "panic: {text}");
}

/// Says why the program ends: to a program in the log that it reads, to people as a plain sentence.
pub fn last_words(format: LogFormat, error: &anyhow::Error) {
    if format == LogFormat::Json && tracing::enabled!(tracing::Level::ERROR) {
        tracing::error!("{error:#}");
    } else {
        complain(&format!("{error:#}"));
    }
}

/// Writes a sentence to standard error, which may be closed: then nobody is there to be told.
pub fn complain(sentence: &str) {
    let _ = writeln!(stderr(), "keydesk: {sentence}");
}
