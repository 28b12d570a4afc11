//! Serial numbers in a workbook, read as the lines of a text that says the same: a row a line, so that what is wrong with one
//! is found by its number.

use super::patience::Patience;
use super::xlsx::{NumberFormat, Unreadable, Workbook, is_former};
use crate::domain::catalogue::sheet::Cell;
use crate::domain::{FileFault, Junk};

/// Rows that a sheet can have.
const MOST_ROWS: u32 = 1_048_576;
/// Bytes of the text.
const MOST_BYTES: usize = 8 << 20;
/// Digits of a number that spreadsheet programs keep.
const SURE_DIGITS: usize = 15;

/// Why a workbook is no list of serial numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SerialBookFault {
    /// It is no workbook of Excel's present form.
    NotAWorkbook,
    /// It is one of Excel's former form, or locked by a password.
    Former,
    TooLarge,
    /// More than one sheet has anything in it.
    SeveralSheets(Vec<String>),
    Fault(FileFault),
}

/// What a cell counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Each may be a serial number that somebody is to be given: what it does not say for sure is a fault.
    Strict,
    /// Whatever is no text or number is passed over.
    Lenient,
}

/// The rows of a workbook's only sheet with anything in it, their cells divided by tabs.
pub fn lines(file: &[u8], reading: Reading) -> Result<Vec<u8>, SerialBookFault> {
    lines_while(&Patience::default(), file, reading)
}

/// The same for as long as somebody waits.
pub fn lines_while(patience: &Patience, file: &[u8], reading: Reading) -> Result<Vec<u8>, SerialBookFault> {
    if is_former(file) {
        return Err(SerialBookFault::Former);
    }
    let mut book = Workbook::open(file, patience)?;
    let names: Vec<String> = book.sheet_names().map(str::to_owned).collect();
    let (mut filled, mut first) = (Vec::new(), Ok(Vec::new()));
    for name in names {
        let mut lines = Lines { reading, text: Vec::new(), row: 0, trouble: None };
        // Of a second sheet it is enough to know whether it has anything.
        let is_enough = |lines: &Lines| !filled.is_empty() && !lines.text.is_empty();
        book.cells(&name, |row, _, cell, format| lines.take(row, cell, format) && !is_enough(&lines))?;
        if lines.trouble.is_none() && lines.text.is_empty() {
            continue;
        }
        if filled.is_empty() {
            first = lines.trouble.map_or(Ok(lines.text), Err);
        }
        filled.push(name);
    }
    if filled.len() > 1 { Err(SerialBookFault::SeveralSheets(filled)) } else { first }
}

impl From<Unreadable> for SerialBookFault {
    fn from(error: Unreadable) -> SerialBookFault {
        match error {
            Unreadable::NotAWorkbook => SerialBookFault::NotAWorkbook,
            Unreadable::TooLarge => SerialBookFault::TooLarge,
        }
    }
}

struct Lines {
    reading: Reading,
    text: Vec<u8>,
    /// The last one that has anything, counted from 0.
    row: u32,
    trouble: Option<SerialBookFault>,
}

impl Lines {
    /// Takes a cell; `false` when nothing of the rest is wanted.
    fn take(&mut self, row: u32, cell: Cell, format: NumberFormat) -> bool {
        if let Err(trouble) = self.add(row, cell, format) {
            self.trouble = Some(trouble);
        }
        self.trouble.is_none()
    }

    fn add(&mut self, row: u32, cell: Cell, format: NumberFormat) -> Result<(), SerialBookFault> {
        if row >= MOST_ROWS || self.text.len() > MOST_BYTES {
            return Err(SerialBookFault::TooLarge);
        }
        if row < self.row {
            return Err(SerialBookFault::NotAWorkbook);
        }
        let Some(text) = self.said(u64::from(row) + 1, cell, format)? else { return Ok(()) };
        match row - self.row {
            0 if self.text.is_empty() || self.text.ends_with(b"\n") => {}
            0 => self.text.push(b'\t'),
            further => self.text.extend((0..further).map(|_| b'\n')),
        }
        self.row = row;
        let text = text.replace(['\n', '\r', '\t'], " ");
        match text.contains([';', ',', '"']) {
            true => self.text.extend(format!("\"{}\"", text.replace('"', "\"\"")).into_bytes()),
            false => self.text.extend(text.into_bytes()),
        }
        Ok(())
    }

    /// What a cell says; `None` for what is passed over.
    fn said(&self, line: u64, cell: Cell, format: NumberFormat) -> Result<Option<String>, SerialBookFault> {
        let kind = match cell {
            Cell::Text(text) => return Ok(Some(text)),
            Cell::Number(number) if self.reading == Reading::Lenient || is_sure(&number, format) => {
                return Ok(Some(number));
            }
            _ if self.reading == Reading::Lenient => return Ok(None),
            Cell::Number(_) if format == NumberFormat::Plain => Junk::Rounded,
            Cell::Number(_) => Junk::Formatted,
            Cell::Date => Junk::Figures,
            Cell::Error(_) => Junk::Marks,
            Cell::Uncomputed => Junk::Formula,
        };
        Err(SerialBookFault::Fault(FileFault::Junk { line, kind }))
    }
}

/// Whether a number is what whoever typed it meant, and sees.
fn is_sure(number: &str, format: NumberFormat) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    format == NumberFormat::Plain && digits == number.len() && digits <= SURE_DIGITS
}
