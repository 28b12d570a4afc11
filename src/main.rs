//! The keydesk program.

use std::process::ExitCode;

use clap::Parser;
use keydesk::cli::{self, Arguments};
use tracing_subscriber::EnvFilter;

/// What the log says without `RUST_LOG`.
const DEFAULT_LOG: &str = "info,sqlx=warn,hyper=warn";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT_LOG));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli::main(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("keydesk: {error:#}");
            ExitCode::FAILURE
        }
    }
}
