//! What happened in a life, for whoever has to find out why it failed.

use chrono::{DateTime, Utc};

/// How much is printed of a life that failed; the whole of it when one seed is lived alone.
const LAST: usize = 200;

/// Whether every line is printed as it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    Aloud,
    Afterwards,
}

pub struct History {
    telling: Telling,
    lines: Vec<String>,
}

impl History {
    pub fn new(telling: Telling) -> History {
        History { telling, lines: Vec::new() }
    }

    pub fn note(&mut self, now: DateTime<Utc>, what: &str) {
        let line = format!("{:>4} {} {what}", self.lines.len(), now.format("%H:%M:%S%.3f"));
        if self.telling == Telling::Aloud {
            println!("{line}");
        }
        self.lines.push(line);
    }

    /// The end of it.
    pub fn end(&self) -> String {
        self.lines[self.lines.len().saturating_sub(LAST)..].join("\n")
    }

    /// All of it, to be compared with another run's.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}
