//! Asking whoever sits at the terminal, or reading the answers that a script gives on standard input.

use std::io::{self, IsTerminal};
use std::process::{Command, Stdio};

use anyhow::{bail, ensure};

use crate::cli::said::say;

/// One thing that has to be known.
pub(super) struct Question<'a> {
    pub(super) asks: &'a str,
    /// The option that answers it beforehand.
    pub(super) option: &'a str,
    /// What an empty line means.
    pub(super) default: Option<String>,
}

const LINE_END: &str = "\n";

/// Asks one question after the other.
pub(super) struct Questions {
    is_terminal: bool,
}

/// Whether what is typed can be read over the shoulder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Echo {
    Shown,
    Hidden,
}

impl Questions {
    pub(super) fn new() -> Questions {
        Questions { is_terminal: io::stdin().is_terminal() }
    }

    /// The answer as `read` takes it: the given one, else what is typed. In a terminal it is asked until one is taken.
    pub(super) async fn answer<T>(
        &mut self,
        given: Option<&str>,
        question: &Question<'_>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<T> {
        if let Some(given) = given {
            return read(given).map_err(|problem| anyhow::anyhow!("{}: {problem}", question.option));
        }
        loop {
            let typed = self.typed(question, Echo::Shown).await?;
            match read(&typed) {
                Ok(answer) => return Ok(answer),
                Err(problem) if self.is_terminal => say(&format!("  {problem}\n"))?,
                Err(problem) => bail!("{}: {problem}", question.asks),
            }
        }
    }

    /// A secret, which the terminal does not show.
    pub(super) async fn secret(&mut self, question: &Question<'_>) -> anyhow::Result<String> {
        self.typed(question, Echo::Hidden).await
    }

    /// Whether another answer to the same question can be had.
    pub(super) fn may_ask_again(&self) -> bool {
        self.is_terminal
    }

    async fn typed(&mut self, question: &Question<'_>, echo: Echo) -> anyhow::Result<String> {
        say(&match &question.default {
            Some(default) => format!("{} [{default}]: ", question.asks),
            None => format!("{}: ", question.asks),
        })?;
        let hidden = (echo == Echo::Hidden).then(Hidden::begin).flatten();
        // On a thread of its own, so that Ctrl-C is heard meanwhile.
        let line = tokio::task::spawn_blocking(|| {
            let mut line = String::new();
            io::stdin().read_line(&mut line).map(|read| (read > 0).then_some(line))
        });
        let line = line.await??;
        if hidden.is_some() || !self.is_terminal {
            say(LINE_END)?;
        }
        drop(hidden);
        let typed = line.as_deref().unwrap_or_default().trim();
        let default = question.default.as_deref().unwrap_or_default();
        let answer = if typed.is_empty() { default } else { typed };
        ensure!(
            line.is_some() || !answer.is_empty(),
            "there is no answer to \"{}\"; give {}, or run `keydesk init` in a terminal",
            question.asks,
            question.option
        );
        Ok(answer.to_owned())
    }
}

/// While it lives, the terminal does not show what is typed.
struct Hidden;

impl Hidden {
    /// `None` where there is no terminal, or none that can be told so.
    fn begin() -> Option<Hidden> {
        stty("-echo").then_some(Hidden)
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // Nothing can be done about a terminal that is gone.
        stty("echo");
    }
}

/// Sets the terminal by the program that every system has for it, which spares a dependency.
fn stty(setting: &str) -> bool {
    let outcome = Command::new("stty").arg(setting).stderr(Stdio::null()).status();
    outcome.is_ok_and(|status| status.success())
}
