//! What a command answers on standard output.

use std::io::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::domain::Money;

/// The option of commands that scripts read as well.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct AnswerOption {
    /// Writes JSON, for scripts.
    #[arg(long)]
    json: bool,
}

/// What a command answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerIn {
    Words,
    Json,
}

impl AnswerOption {
    pub fn form(self) -> AnswerIn {
        if self.json { AnswerIn::Json } else { AnswerIn::Words }
    }
}

/// Writes what a command answers to standard output, whole.
pub fn say(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// JSON, for scripts and for whoever looks into it.
pub fn pretty(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

/// An instant as every program reads it.
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An amount in digits, with its currency.
pub fn money(money: Money) -> String {
    format!("{} {}", money.to_decimal(), money.currency().code())
}
