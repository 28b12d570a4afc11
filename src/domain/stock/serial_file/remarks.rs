//! What a reader passed over, and what it took off.

use serde::{Deserialize, Serialize};

/// Some lines of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SomeLines {
    pub first: u64,
    pub count: u64,
}

/// What was taken for something else than serial numbers, and where they were unwrapped. Whoever sent the file is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    /// The line that was taken as a heading.
    #[serde(default)]
    pub heading: Option<u64>,
    /// The line that only names what divides the columns.
    #[serde(default)]
    pub separator: Option<u64>,
    /// Lines that only divide others.
    #[serde(default)]
    pub rules: Option<SomeLines>,
    /// Lines that begin with `# `.
    #[serde(default)]
    pub notes: Option<SomeLines>,
    /// Lines whose serial number stood in quotation marks, a formula or behind an apostrophe.
    #[serde(default)]
    pub unwrapped: Option<SomeLines>,
}

impl Remarks {
    /// Gives how many there are by now.
    pub(super) fn rule(&mut self, line: u64) -> u64 {
        add(&mut self.rules, line)
    }

    /// Gives how many there are by now.
    pub(super) fn note(&mut self, line: u64) -> u64 {
        add(&mut self.notes, line)
    }

    pub(super) fn unwrapped(&mut self, line: u64) {
        add(&mut self.unwrapped, line);
    }
}

fn add(lines: &mut Option<SomeLines>, line: u64) -> u64 {
    let lines = lines.get_or_insert(SomeLines { first: line, count: 0 });
    lines.count += 1;
    lines.count
}
