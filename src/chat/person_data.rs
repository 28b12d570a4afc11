//! What is stored about a person, to be handed to them.

use std::io::{self, Write};
use std::ops::ControlFlow;

use chrono::SecondsFormat;
use serde_json::{Map, Value};

use super::i18n::Texts;
use super::person_text::{PersonText, Shown};
use crate::domain::PersonId;
use crate::store::{Cell, StoreError, StoredRow, Tx};

pub use super::answer::PersonFormat;

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    pub tables: u64,
    pub rows: u64,
}

/// Writes all that is stored about a person, while it is read; when it cannot be written it is not read any further. The texts are
/// for what is to be read.
pub async fn write(
    tx: &mut Tx,
    person: PersonId,
    format: PersonFormat,
    texts: &Texts,
    to: impl Write + Send,
) -> Result<io::Result<Written>, StoreError> {
    let mut file = File { to, format, text: PersonText::new(texts), table: None, written: Written::default() };
    let mut outcome = Ok(());
    tx.each_stored_about(person, |row| {
        outcome = file.add(row);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .await?;
    Ok(outcome.and_then(|()| file.finish()))
}

struct File<'t, W> {
    to: W,
    format: PersonFormat,
    text: PersonText<'t>,
    /// The table whose rows are being written.
    table: Option<&'static str>,
    written: Written,
}

impl<W: Write> File<'_, W> {
    fn add(&mut self, row: StoredRow) -> io::Result<()> {
        let is_first = self.table.replace(row.table) != Some(row.table);
        match self.format {
            PersonFormat::Text => self.add_text(&row, is_first)?,
            PersonFormat::Json => self.add_json(&row, is_first)?,
        }
        self.written.tables += u64::from(is_first);
        self.written.rows += 1;
        Ok(())
    }

    /// To be read: a line for each value that is there.
    fn add_text(&mut self, row: &StoredRow, is_first: bool) -> io::Result<()> {
        if self.written.rows == 0 {
            writeln!(self.to, "{}\n", self.text.about())?;
        }
        let Some(heading) = self.text.heading(row) else { return Ok(()) };
        if is_first {
            writeln!(self.to, "{heading}")?;
        }
        for Shown { label, words } in self.text.row(row) {
            let gap = if words.starts_with('\n') { "" } else { " " };
            writeln!(self.to, "    {label}:{gap}{}", words.replace('\n', "\n      "))?;
        }
        writeln!(self.to)
    }

    /// As JSON: a list of rows for each table.
    fn add_json(&mut self, row: &StoredRow, is_first: bool) -> io::Result<()> {
        let before = match (is_first, self.written.rows) {
            (true, 0) => "{\n",
            (true, _) => "\n  ],\n",
            (false, _) => ",\n",
        };
        self.to.write_all(before.as_bytes())?;
        if is_first {
            writeln!(self.to, "  \"{}\": [", row.table)?;
        }
        let cells: Map<_, _> = row.cells.iter().map(|(name, cell)| (name.clone(), value(cell))).collect();
        let indented = format!("{:#}", Value::Object(cells)).replace('\n', "\n    ");
        write!(self.to, "    {indented}")
    }

    fn finish(mut self) -> io::Result<Written> {
        if self.format == PersonFormat::Json && self.written.rows > 0 {
            self.to.write_all(b"\n  ]\n}\n")?;
        }
        self.to.flush()?;
        Ok(self.written)
    }
}

/// What is stored as JSON is JSON here too.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::None => Value::Null,
        Cell::Whole(number) => (*number).into(),
        Cell::Moment(at) => at.to_rfc3339_opts(SecondsFormat::AutoSi, true).into(),
        Cell::Text(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(text).unwrap_or_else(|_| text.clone().into())
        }
        Cell::Text(text) => text.clone().into(),
    }
}
