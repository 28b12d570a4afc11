//! The export as CSV, as spreadsheets expect it in the reader's language.

use std::borrow::Borrow;
use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

use super::columns::{Cell, columns};
use super::file::{ExportError, Sendable};
use crate::chat::i18n::Texts;
use crate::domain::ExportRow;

/// Without it Excel takes UTF-8 for the system's old code page.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One line for each row, below the headings, as long as it can be sent.
pub fn table(rows: impl IntoIterator<Item = impl Borrow<ExportRow>>, texts: &Texts) -> Result<Vec<u8>, ExportError> {
    let mut file = Sendable::default();
    let written = table_into(&mut file, rows, texts);
    file.finish(written)
}

/// The same of any size, to wherever it is to be.
pub fn table_into(
    mut file: impl Write,
    rows: impl IntoIterator<Item = impl Borrow<ExportRow>>,
    texts: &Texts,
) -> Result<(), ExportError> {
    file.write_all(BYTE_ORDER_MARK.as_bytes())?;
    // Where the comma is the decimal mark, the list separator is a semicolon.
    let delimiter = if texts.decimal_mark() == "," { b';' } else { b',' };
    let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(Terminator::CRLF).from_writer(file);
    Ok(write(&mut writer, rows, texts)?)
}

fn write(
    writer: &mut Writer<impl Write>,
    rows: impl IntoIterator<Item = impl Borrow<ExportRow>>,
    texts: &Texts,
) -> Result<(), csv::Error> {
    let headings: Vec<_> = columns().map(|column| column.heading(texts)).collect();
    writer.write_record(headings)?;
    for row in rows {
        let row = row.borrow();
        writer.write_record(columns().map(|column| written(column.cell(row, texts), texts)))?;
    }
    Ok(writer.flush()?)
}

fn written(cell: Cell, texts: &Texts) -> String {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Amount(money) => money.to_decimal().to_string().replace('.', texts.decimal_mark()),
        Cell::Day(day) => texts.numeric_day(day),
        Cell::Moment(moment) => format!("{} {}", texts.numeric_day(moment.date()), moment.format("%H:%M:%S")),
    }
}

/// Keeps a spreadsheet from taking somebody's words for a formula (<https://owasp.org/www-community/attacks/CSV_Injection>).
///
/// One that splits at another separator than ours, or ends lines within quotation marks, makes several cells of a text, so
/// the beginning of each that could come of it gets an apostrophe.
pub(super) fn harmless(text: String) -> String {
    let mut begins = true;
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if begins && (begins_formula(c) || (at == 0 && matches!(c, '\t' | '\r' | '\n'))) {
            safe.push('\'');
        }
        safe.push(c);
        begins = match c {
            ',' | ';' | '\t' | '\r' | '\n' => true,
            // Blanks and quotation marks before a cell's value are taken off by some programs.
            c if c == '"' || c.is_whitespace() => begins,
            _ => false,
        };
    }
    safe
}

/// Full-width signs are signs too, where East Asian texts are typed.
fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
}
