//! The export as CSV, as spreadsheets expect it in the reader's language.

use std::borrow::Borrow;
use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

use super::columns::{COLUMNS, Cell};
use super::file::{ExportError, Sendable};
use crate::chat::i18n::Texts;
use crate::domain::{ExportRow, Language};

/// Without it Excel takes UTF-8 for the system's old code page.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One line for each row, below the headings.
pub fn table(rows: impl IntoIterator<Item = impl Borrow<ExportRow>>, texts: &Texts) -> Result<Vec<u8>, ExportError> {
    // Where the comma is the decimal mark, the list separator is a semicolon.
    let delimiter = match texts.language() {
        Language::Ru => b';',
        Language::En => b',',
    };
    let mut file = Sendable::beginning(BYTE_ORDER_MARK);
    let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(Terminator::CRLF).from_writer(&mut file);
    let written = write(&mut writer, rows, texts);
    drop(writer);
    if file.is_too_large() {
        return Err(ExportError::TooLarge);
    }
    written?;
    Ok(file.into_bytes())
}

fn write(
    writer: &mut Writer<impl Write>,
    rows: impl IntoIterator<Item = impl Borrow<ExportRow>>,
    texts: &Texts,
) -> Result<(), csv::Error> {
    let headings: Vec<_> = COLUMNS.iter().map(|column| texts.say(column.heading)).collect();
    writer.write_record(headings)?;
    for row in rows {
        let row = row.borrow();
        writer.write_record(COLUMNS.iter().map(|column| written((column.cell)(row, texts), texts.language())))?;
    }
    Ok(writer.flush()?)
}

fn written(cell: Cell, language: Language) -> String {
    match (cell, language) {
        (Cell::Text(text), _) => harmless(text),
        (Cell::Whole(number), _) => number.to_string(),
        (Cell::Amount(money), Language::Ru) => money.to_decimal().to_string().replace('.', ","),
        (Cell::Amount(money), Language::En) => money.to_decimal().to_string(),
        (Cell::Day(day), Language::Ru) => day.format("%d.%m.%Y").to_string(),
        (Cell::Day(day), Language::En) => day.format("%Y-%m-%d").to_string(),
        (Cell::Moment(moment), Language::Ru) => moment.format("%d.%m.%Y %H:%M:%S").to_string(),
        (Cell::Moment(moment), Language::En) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// Keeps a spreadsheet from taking somebody's words for a formula (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text }
}
