//! Serial numbers of an account as files.

use chrono::{DateTime, NaiveDate, Utc};
use csv::{Terminator, WriterBuilder};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::file::ExportError;
use super::table::{BYTE_ORDER_MARK, harmless};
use crate::chat::i18n::Texts;
use crate::domain::SerialsFormat;

/// A row of such a file.
#[derive(Debug, Clone)]
pub struct SerialRow {
    pub serial: String,
    pub product: String,
    pub order: i64,
    pub day: NaiveDate,
}

const HEADINGS: [&str; 4] =
    ["serials-column-serial", "serials-column-product", "serials-column-order", "serials-column-date"];
/// In characters, as spreadsheets count.
const WIDTHS: [u16; 4] = [40, 44, 10, 12];

/// The rows as a file, and how many they are.
pub fn serials(
    rows: impl Iterator<Item = SerialRow>,
    format: SerialsFormat,
    made_at: DateTime<Utc>,
    texts: &Texts,
) -> Result<(Vec<u8>, u64), ExportError> {
    let mut count = 0;
    let rows = rows.inspect(|_| count += 1);
    let bytes = match format {
        SerialsFormat::Text => rows.fold(Vec::new(), |mut bytes, row| {
            bytes.extend_from_slice(row.serial.as_bytes());
            bytes.extend_from_slice(b"\r\n");
            bytes
        }),
        SerialsFormat::Table => table(rows, texts)?,
        SerialsFormat::Workbook => workbook(rows, made_at, texts)?,
    };
    Ok((bytes, count))
}

fn table(rows: impl Iterator<Item = SerialRow>, texts: &Texts) -> Result<Vec<u8>, ExportError> {
    let delimiter = if texts.decimal_mark() == "," { b';' } else { b',' };
    let mut file = Vec::from(BYTE_ORDER_MARK);
    let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(Terminator::CRLF).from_writer(&mut file);
    writer.write_record(HEADINGS.map(|heading| texts.say(heading)))?;
    for row in rows {
        let (serial, product) = (harmless(row.serial), harmless(row.product));
        writer.write_record([serial, product, row.order.to_string(), texts.numeric_day(row.day)])?;
    }
    writer.flush().map_err(csv::Error::from)?;
    drop(writer);
    Ok(file)
}

fn workbook(
    rows: impl Iterator<Item = SerialRow>,
    made_at: DateTime<Utc>,
    texts: &Texts,
) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(made_at.timestamp())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(texts.say("serials-title"))?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for ((column, heading), width) in (0_u16..).zip(HEADINGS).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, texts.say(heading), &bold)?;
    }
    let date = texts.say_with("date-numeric", &[("dd", "dd".into()), ("mm", "mm".into()), ("year", "yyyy".into())]);
    let (whole, day) = (Format::new().set_num_format("0"), Format::new().set_num_format(&date));
    for (line, row) in (1_u32..).zip(rows) {
        sheet.write_string(line, 0, &row.serial)?;
        sheet.write_string(line, 1, &row.product)?;
        sheet.write_with_format(line, 2, row.order, &whole)?;
        sheet.write_with_format(line, 3, &row.day, &day)?;
    }
    Ok(book.save_to_buffer()?)
}
