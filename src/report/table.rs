//! The export as CSV, as spreadsheets expect it in the reader's language.

use csv::{Terminator, WriterBuilder};

use super::columns::{COLUMNS, Cell};
use crate::domain::{ExportRow, Language};
use crate::i18n::Texts;

/// Without it Excel takes UTF-8 for the system's old code page.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One line for each row, below the headings.
pub fn table(rows: &[ExportRow], texts: &Texts) -> Result<Vec<u8>, csv::Error> {
    // Where the comma is the decimal mark, the list separator is a semicolon.
    let delimiter = match texts.language() {
        Language::Ru => b';',
        Language::En => b',',
    };
    let mut writer = WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(COLUMNS.iter().map(|column| texts.say(column.heading)))?;
    for row in rows {
        writer.write_record(COLUMNS.iter().map(|column| written((column.cell)(row, texts), texts.language())))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
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
