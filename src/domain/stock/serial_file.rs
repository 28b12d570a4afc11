//! Files of serial numbers, as spreadsheets and scripts write them: one to a line, alone or beside its product.
//!
//! Columns are divided by semicolons, commas or tabs, and may stand in quotes. Lines end in LF, CRLF or CR. A mark of
//! UTF-8 at the start, blank lines and a heading are passed over. Faults name lines and never what stands in them.

mod columns;

use std::collections::{BTreeSet, HashMap};
use std::io::{BufRead, ErrorKind};

use columns::{columns, is_heading};
use serde::{Deserialize, Serialize};

use crate::domain::ids::Sku;
use crate::domain::stock::serial_number::{NotASerial, SerialNumber};

/// The longest line, in bytes: many times what two columns need, and little to hold in memory.
const MAX_LINE: usize = 4096;
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// A serial number as a file lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its line, counted from 1.
    pub line: u64,
    /// The product that stands beside it, if any does.
    pub sku: Option<Sku>,
    pub serial: SerialNumber,
}

/// Why a file is refused, with the remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FileFault {
    /// The system does not give the file's bytes.
    #[serde(skip)]
    #[error("line {line} cannot be read ({kind}); try again")]
    Unreadable {
        /// Where reading broke off.
        line: u64,
        /// What the system says.
        kind: ErrorKind,
    },
    /// Another encoding, or no text at all.
    #[error("line {line} is not UTF-8 text; save the file as UTF-8, in a spreadsheet as \"CSV UTF-8\"")]
    NotUtf8 { line: u64 },
    /// No line of a list of serial numbers.
    #[error("line {line} is longer than {MAX_LINE} bytes; write one serial number to a line")]
    LineTooLong { line: u64 },
    /// A quote that does not end, or that something follows.
    #[error("line {line} has a quotation mark without its pair; remove it")]
    Quotes { line: u64 },
    /// More than two columns.
    #[error("line {line} has more than two columns; leave the serial number, and its SKU if you wish")]
    Columns { line: u64 },
    /// Two columns, and neither is a SKU of the price list.
    #[error(
        "line {line} has two columns and neither is a SKU of the price list; correct the SKU, or leave the serial number alone"
    )]
    NoProduct { line: u64 },
    /// What stands there is no serial number.
    #[error("line {line} {}", problem(*reason))]
    Serial {
        line: u64,
        /// What is wrong with it.
        reason: NotASerial,
    },
    /// The same serial number twice.
    #[error("line {again} repeats the serial number of line {first}; remove one of them")]
    Repeated {
        /// The line where it stands first.
        first: u64,
        /// The line where it stands again.
        again: u64,
    },
    /// Nothing but blank lines and a heading.
    #[error("the file has no serial number; write one to a line")]
    Empty,
}

fn problem(reason: NotASerial) -> String {
    match reason {
        NotASerial::Empty => "has a SKU without a serial number; complete the line, or remove it".to_owned(),
        NotASerial::TooLong => {
            format!("has more than {} characters; write one serial number to a line", SerialNumber::MAX_CHARS)
        }
        NotASerial::Space => "has a space within a serial number; remove it".to_owned(),
        NotASerial::Invisible => "has a character that nobody can see; write the line anew".to_owned(),
    }
}

/// Reads a file line by line, with no more than one in memory, up to its first fault. What stands twice is for the
/// caller to find.
#[derive(Debug)]
pub struct SerialFile<'s, R> {
    reader: R,
    skus: &'s BTreeSet<Sku>,
    line: u64,
    bytes: Vec<u8>,
    /// The line feed of a CRLF is still to come.
    after_cr: bool,
    place: Place,
    heading: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first line that is not blank.
    Top,
    Body,
    /// At the end, or behind a fault.
    Over,
}

impl<'s, R: BufRead> SerialFile<'s, R> {
    /// A file whose second column, if it has one, names these products.
    pub fn new(reader: R, skus: &'s BTreeSet<Sku>) -> SerialFile<'s, R> {
        let bytes = Vec::with_capacity(MAX_LINE);
        SerialFile { reader, skus, line: 0, bytes, after_cr: false, place: Place::Top, heading: None }
    }

    /// The line that was taken for a heading.
    pub fn heading(&self) -> Option<u64> {
        self.heading
    }

    /// Reads the next line without its end; whether there was one.
    fn read_line(&mut self) -> Result<bool, FileFault> {
        self.bytes.clear();
        self.line += 1;
        let line = self.line;
        let mut begun = false;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(FileFault::Unreadable { line, kind: error.kind() }),
            };
            let Some(first) = available.first() else { return Ok(begun) };
            if std::mem::take(&mut self.after_cr) && *first == b'\n' {
                self.reader.consume(1);
                continue;
            }
            begun = true;
            let end = available.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (text, _) = available.split_at(end.unwrap_or(available.len()));
            if self.bytes.len() + text.len() > MAX_LINE {
                return Err(FileFault::LineTooLong { line });
            }
            self.bytes.extend_from_slice(text);
            self.after_cr = end.and_then(|end| available.get(end)) == Some(&b'\r');
            let consumed = text.len() + usize::from(end.is_some());
            self.reader.consume(consumed);
            if end.is_some() {
                return Ok(true);
            }
        }
    }

    /// The entry of the line that was read; `None` for a blank line and for the heading.
    fn entry(&mut self) -> Result<Option<Entry>, FileFault> {
        let line = self.line;
        let bytes = match self.bytes.strip_prefix(UTF8_MARK) {
            Some(rest) if line == 1 => rest,
            _ => &self.bytes,
        };
        let is_utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0);
        let fields = columns(&String::from_utf8_lossy(bytes));
        if is_utf8 && fields.as_ref().is_some_and(Vec::is_empty) {
            return Ok(None);
        }
        let at_top = std::mem::replace(&mut self.place, Place::Body) == Place::Top;
        if at_top && fields.as_ref().is_some_and(|fields| fields.iter().all(|field| is_heading(field))) {
            self.heading = Some(line);
            return Ok(None);
        }
        if !is_utf8 {
            return Err(FileFault::NotUtf8 { line });
        }
        let (sku, serial) = match fields.ok_or(FileFault::Quotes { line })?.as_slice() {
            // A row of which the other cell was forgotten.
            [sku] if self.sku(sku).is_some() => {
                return Err(FileFault::Serial { line, reason: NotASerial::Empty });
            }
            [serial] => (None, serial.clone()),
            [one, other] => match (self.sku(one), self.sku(other)) {
                (Some(sku), _) => (Some(sku), other.clone()),
                (None, Some(sku)) => (Some(sku), one.clone()),
                (None, None) => return Err(FileFault::NoProduct { line }),
            },
            _ => return Err(FileFault::Columns { line }),
        };
        let serial = SerialNumber::parse(&serial).map_err(|reason| FileFault::Serial { line, reason })?;
        Ok(Some(Entry { line, sku, serial }))
    }

    fn sku(&self, field: &str) -> Option<Sku> {
        Sku::parse(&field.to_ascii_lowercase()).filter(|sku| self.skus.contains(sku))
    }

    fn next_entry(&mut self) -> Result<Option<Entry>, FileFault> {
        while self.read_line()? {
            if let Some(entry) = self.entry()? {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }
}

impl<R: BufRead> Iterator for SerialFile<'_, R> {
    type Item = Result<Entry, FileFault>;

    fn next(&mut self) -> Option<Result<Entry, FileFault>> {
        if self.place == Place::Over {
            return None;
        }
        let next = self.next_entry();
        if !matches!(next, Ok(Some(_))) {
            self.place = Place::Over;
        }
        next.transpose()
    }
}

/// Reads a whole file that fits into memory; nothing in it stands twice.
pub fn read_all(bytes: &[u8], skus: &BTreeSet<Sku>) -> Result<Vec<Entry>, FileFault> {
    let entries = SerialFile::new(bytes, skus).collect::<Result<Vec<_>, _>>()?;
    let mut lines = HashMap::with_capacity(entries.len());
    for Entry { line, serial, .. } in &entries {
        if let Some(first) = lines.insert(serial, *line) {
            return Err(FileFault::Repeated { first, again: *line });
        }
    }
    if entries.is_empty() { Err(FileFault::Empty) } else { Ok(entries) }
}
