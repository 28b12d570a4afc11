//! The export as a workbook of Excel.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::columns::{COLUMNS, Cell};
use crate::domain::{Currency, ExportRow, Language};
use crate::i18n::Texts;

/// Rows of a sheet, without its headings (Excel's limit is 2^20 with them).
const MOST_ROWS: usize = (1 << 20) - 1;

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// More lines than a sheet can hold.
    #[error("a sheet holds {MOST_ROWS} rows, and there are {0}: export a shorter period, or CSV")]
    TooManyRows(usize),
    /// The writer failed.
    #[error("the workbook could not be written")]
    Unwritten(#[from] XlsxError),
}

/// One row for each line of an order, below headings that stay in sight and filter.
pub fn workbook(rows: &[ExportRow], made_at: DateTime<Utc>, texts: &Texts) -> Result<Vec<u8>, WorkbookError> {
    if rows.len() > MOST_ROWS {
        return Err(WorkbookError::TooManyRows(rows.len()));
    }
    let mut book = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(made_at.timestamp())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    let sheet = book.add_worksheet();
    sheet.set_name(texts.say("export-sheet"))?;
    write_headings(sheet, texts)?;
    let formats = Formats::in_language(texts.language());
    for (row, line) in (1_u32..).zip(rows) {
        for (column, place) in (0_u16..).zip(COLUMNS) {
            formats.write(sheet, row, column, (place.cell)(line, texts))?;
        }
    }
    let last_row = u32::try_from(rows.len()).map_err(|_| WorkbookError::TooManyRows(rows.len()))?;
    let last_column = u16::try_from(COLUMNS.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(book.save_to_buffer()?)
}

fn write_headings(sheet: &mut Worksheet, texts: &Texts) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    for (index, column) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(index, column.width)?;
        sheet.write_string_with_format(0, index, texts.say(column.heading), &bold)?;
    }
    Ok(())
}

struct Formats {
    whole: Format,
    day: Format,
    moment: Format,
    amounts: [Format; 3],
}

impl Formats {
    fn in_language(language: Language) -> Formats {
        let number = |format: &str| Format::new().set_num_format(format);
        let moment = match language {
            Language::Ru => "dd.mm.yyyy hh:mm",
            Language::En => "yyyy-mm-dd hh:mm",
        };
        let day = match language {
            Language::Ru => "dd.mm.yyyy",
            Language::En => "yyyy-mm-dd",
        };
        Formats {
            whole: number("0"),
            day: number(day),
            moment: number(moment),
            amounts: ["#,##0", "#,##0.00", "#,##0.000"].map(number),
        }
    }

    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Text(text) => sheet.write_string(row, column, text)?,
            Cell::Whole(number) => sheet.write_with_format(row, column, number, &self.whole)?,
            Cell::Day(day) => sheet.write_with_format(row, column, &day, &self.day)?,
            Cell::Moment(moment) => sheet.write_with_format(row, column, &moment, &self.moment)?,
            // A workbook knows floats only; every amount that Money allows has less digits than they keep.
            Cell::Amount(money) => {
                sheet.write_with_format(row, column, money.to_decimal(), self.amount(money.currency()))?
            }
        };
        Ok(())
    }

    fn amount(&self, currency: Currency) -> &Format {
        let [none, two, three] = &self.amounts;
        match currency.minor_digits() {
            0 => none,
            3 => three,
            _ => two,
        }
    }
}
