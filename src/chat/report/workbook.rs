//! The export as a workbook of Excel.

use std::borrow::Borrow;
use std::io::Write;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::columns::{Cell, columns};
use super::file::{ExportError, Sendable};
use crate::chat::i18n::Texts;
use crate::domain::{Currency, ExportRow};

/// Amounts with no digits after the mark, with two and with three.
const AMOUNTS: [&str; 3] = ["#,##0", "#,##0.00", "#,##0.000"];
/// Rows of a sheet, without its headings (Excel's limit is 2^20 with them).
const MOST_ROWS: usize = (1 << 20) - 1;

/// One row for each line of an order, below headings that stay in sight and filter, as long as it can be sent. What was written
/// rests in a temporary file without a name, one to two kilobytes a row, until the whole is packed.
pub fn workbook(
    rows: impl IntoIterator<Item = impl Borrow<ExportRow>>,
    made_at: DateTime<Utc>,
    texts: &Texts,
) -> Result<Vec<u8>, ExportError> {
    let mut file = Sendable::default();
    let written = workbook_into(&mut file, rows, made_at, texts);
    file.finish(written)
}

/// The same of any size, to wherever it is to be: what one sheet does not hold goes on in the next.
pub fn workbook_into(
    file: impl Write + Send,
    rows: impl IntoIterator<Item = impl Borrow<ExportRow>>,
    made_at: DateTime<Utc>,
    texts: &Texts,
) -> Result<(), ExportError> {
    let mut book = sheets(rows, MOST_ROWS, texts)?;
    let made_at = ExcelDateTime::from_timestamp(made_at.timestamp())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    Ok(book.save_to_writer(file)?)
}

fn sheets(
    rows: impl IntoIterator<Item = impl Borrow<ExportRow>>,
    most_rows: usize,
    texts: &Texts,
) -> Result<Workbook, ExportError> {
    let mut book = Workbook::new();
    let mut rows = rows.into_iter().peekable();
    let name = texts.say("export-sheet");
    let mut number = 1;
    loop {
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(if number == 1 { name.clone() } else { format!("{name} {number}") })?;
        sheet.set_freeze_panes(1, 0)?;
        write_headings(sheet, texts)?;
        let last_row = write_rows(sheet, rows.by_ref().take(most_rows), texts)?;
        let last_column = u16::try_from(columns().count().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last_row, last_column)?;
        if rows.peek().is_none() {
            return Ok(book);
        }
        number += 1;
    }
}

/// Gives the number of the last row.
fn write_rows(
    sheet: &mut Worksheet,
    rows: impl IntoIterator<Item = impl Borrow<ExportRow>>,
    texts: &Texts,
) -> Result<u32, XlsxError> {
    let formats = Formats::of(texts);
    let mut last_row = 0;
    for (row, line) in (1..).zip(rows) {
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader, Xlsx};

    use super::*;
    use crate::domain::{AccountId, Language, LocalName, Money, OrderLine, OrderNumber, PersonId, Sku, Status};

    fn row(number: i64) -> ExportRow {
        let price = Money::from_minor(100, Currency::RUB).unwrap();
        let name = LocalName::by_language(|_| "A".to_owned());
        ExportRow {
            order: OrderNumber(number),
            placed_at: DateTime::UNIX_EPOCH,
            status: Status::Placed,
            customer: "Anna".to_owned(),
            username: None,
            person: PersonId(1),
            account: AccountId(1),
            line: OrderLine { sku: Sku::parse("a").unwrap(), name, quantity: 1, price },
            total: price,
            note: None,
            invoice: None,
            invoiced_at: None,
            completed_at: None,
            cancelled: None,
            billing: None,
        }
    }

    #[test]
    fn what_one_sheet_does_not_hold_goes_on_in_the_next() {
        let texts = Texts::new(Language::FIRST, chrono_tz::UTC);
        let bytes = sheets((1..=7).map(row), 3, &texts).unwrap().save_to_buffer().unwrap();
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        let numbers = book.sheet_names().to_owned().into_iter().map(|name| {
            let cells = book.worksheet_range(&name).unwrap();
            cells.rows().skip(1).map(|row| row[0].to_string()).collect::<Vec<_>>()
        });
        let numbers: Vec<Vec<String>> = numbers.collect();
        assert_eq!(numbers, [vec!["1", "2", "3"], vec!["4", "5", "6"], vec!["7"]]);
        let exact = sheets((1..=3).map(row), 3, &texts).unwrap().save_to_buffer().unwrap();
        assert_eq!(Xlsx::new(Cursor::new(exact)).unwrap().sheet_names().len(), 1, "no empty sheet follows");
    }
}
