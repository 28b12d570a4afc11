//! The export as a workbook of Excel.

use std::borrow::Borrow;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::columns::{Cell, columns};
use super::file::{ExportError, Sendable};
use crate::chat::i18n::Texts;
use crate::domain::{Currency, ExportRow};

/// Amounts with no digits after the mark, with two and with three.
const AMOUNTS: [&str; 3] = ["#,##0", "#,##0.00", "#,##0.000"];
/// Rows of a sheet, without its headings (Excel's limit is 2^20 with them).
const MOST_ROWS: u32 = (1 << 20) - 1;

/// One row for each line of an order, below headings that stay in sight and filter. What was written rests in a temporary
/// file without a name, one to two kilobytes a row, until the whole is packed.
pub fn workbook(
    rows: impl IntoIterator<Item = impl Borrow<ExportRow>>,
    made_at: DateTime<Utc>,
    texts: &Texts,
) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(made_at.timestamp())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(texts.say("export-sheet"))?;
    sheet.set_freeze_panes(1, 0)?;
    write_headings(sheet, texts)?;
    let last_row = write_rows(sheet, rows, texts)?;
    let last_column = u16::try_from(columns().count().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    let mut file = Sendable::beginning("");
    let packed = book.save_to_writer(&mut file);
    if file.is_too_large() {
        return Err(ExportError::TooLarge);
    }
    packed?;
    Ok(file.into_bytes())
}

/// Gives the number of the last row.
fn write_rows(
    sheet: &mut Worksheet,
    rows: impl IntoIterator<Item = impl Borrow<ExportRow>>,
    texts: &Texts,
) -> Result<u32, ExportError> {
    let formats = Formats::of(texts);
    let mut last_row = 0;
    for (row, line) in (1..).zip(rows) {
        if row > MOST_ROWS {
            return Err(ExportError::TooManyRows(MOST_ROWS));
        }
        for (column, place) in (0..).zip(columns()) {
            formats.write(sheet, row, column, place.cell(line.borrow(), texts))?;
        }
        last_row = row;
    }
    Ok(last_row)
}

fn write_headings(sheet: &mut Worksheet, texts: &Texts) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    for (index, column) in (0_u16..).zip(columns()) {
        sheet.set_column_width(index, column.width())?;
        sheet.write_string_with_format(0, index, column.heading(texts), &bold)?;
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
    fn of(texts: &Texts) -> Formats {
        let number = |format: &str| Format::new().set_num_format(format);
        let day = texts.say_with("date-numeric", &[("dd", "dd".into()), ("mm", "mm".into()), ("year", "yyyy".into())]);
        Formats {
            whole: number("0"),
            moment: number(&format!("{day} hh:mm")),
            day: number(&day),
            amounts: AMOUNTS.map(number),
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
        of_currency(&self.amounts, currency)
    }
}

/// How amounts of a currency are shown.
pub(super) fn amount_format(currency: Currency) -> Format {
    Format::new().set_num_format(*of_currency(&AMOUNTS, currency))
}

fn of_currency<T>([none, two, three]: &[T; 3], currency: Currency) -> &T {
    match currency.minor_digits() {
        0 => none,
        3 => three,
        _ => two,
    }
}
