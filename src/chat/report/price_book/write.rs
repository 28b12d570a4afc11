//! Writing the workbook.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::headings::{columns, heading, sale};
use crate::chat::i18n::Texts;
use crate::chat::report::workbook::amount_format;
use crate::domain::catalogue::sheet::{Column, Sale};
use crate::domain::{Catalogue, Language, Money, Product};

/// The price list as a workbook that [`super::read`] takes back.
pub fn write(catalogue: &Catalogue, made_at: DateTime<Utc>, texts: &Texts) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(made_at.timestamp())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    let sheet = book.add_worksheet();
    sheet.set_name(texts.say("price-book-sheet"))?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    for (at, column) in (0_u16..).zip(columns()) {
        let name = match column {
            Column::Price => format!("{}, {}", heading(column, texts), catalogue.currency.code()),
            column => heading(column, texts),
        };
        sheet.set_column_width(at, width(column))?;
        sheet.write_string_with_format(0, at, name, &bold)?;
    }
    let formats = Formats { price: amount_format(catalogue.currency), text: Format::new().set_num_format("@") };
    let mut row = 1;
    for product in &catalogue.products {
        for price in prices(product) {
            write_row(sheet, row, product, &price, &formats, texts)?;
            row += 1;
        }
    }
    let last = u16::try_from(columns().len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, row - 1, last)?;
    book.save_to_buffer()
}

struct Formats {
    price: Format,
    /// What is typed into such a cell stays as it was typed: no SKU becomes a date.
    text: Format,
}

/// A row's price, and what it is for.
struct Price {
    sale: Sale,
    quantity: u32,
    price: Money,
}

fn prices(product: &Product) -> impl Iterator<Item = Price> {
    let packages = product.packages.iter();
    let packages = packages.map(|one| Price { sale: Sale::Package, quantity: one.quantity, price: one.price });
    let tiers = product.free.iter().flat_map(|free| &free.tiers);
    packages.chain(tiers.map(|tier| Price { sale: Sale::Single, quantity: tier.from, price: tier.unit_price }))
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    product: &Product,
    price: &Price,
    formats: &Formats,
    texts: &Texts,
) -> Result<(), XlsxError> {
    let free = product.free.as_ref().filter(|_| price.sale == Sale::Single);
    for (at, column) in (0_u16..).zip(columns()) {
        let text = match column {
            Column::Sku => Some(product.sku.to_string()),
            Column::Group => product.group.as_ref().map(ToString::to_string),
            Column::Name(index) => {
                Language::all().get(index).map(|language| product.name.in_language(*language).to_owned())
            }
            Column::Sale => Some(sale(price.sale, texts)),
            _ => None,
        };
        let number = match column {
            Column::Quantity => Some(price.quantity),
            Column::Min => free.map(|free| free.min),
            Column::Max => free.map(|free| free.max),
            Column::Step => free.map(|free| free.step),
            _ => None,
        };
        match (column, text, number) {
            // A workbook knows floats only; every amount that Money allows has less digits than they keep.
            (Column::Price, ..) => {
                sheet.write_with_format(row, at, price.price.to_decimal(), &formats.price)?;
            }
            (_, Some(text), _) => {
                sheet.write_string_with_format(row, at, text, &formats.text)?;
            }
            (_, None, Some(number)) => {
                sheet.write(row, at, number)?;
            }
            (Column::Group, None, None) => {
                sheet.write_blank(row, at, &formats.text)?;
            }
            (_, None, None) => {}
        }
    }
    Ok(())
}

/// In characters, as spreadsheets count.
fn width(column: Column) -> u16 {
    match column {
        Column::Sku | Column::Group | Column::Price => 16,
        Column::Name(_) => 44,
        Column::Sale => 14,
        Column::Quantity | Column::Min | Column::Max | Column::Step => 14,
    }
}
