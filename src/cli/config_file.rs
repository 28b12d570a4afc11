//! The option that every command but the demo has.

use std::path::PathBuf;

/// Which configuration file to use.
#[derive(Debug, clap::Args)]
pub struct ConfigFile {
    #[arg(long = "config", value_name = "FILE", default_value = "keydesk.toml")]
    pub path: PathBuf,
}
