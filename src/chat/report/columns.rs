//! The columns of an export, the same in a workbook and in CSV.

use chrono::{NaiveDate, NaiveDateTime, SubsecRound};

use crate::chat::i18n::Texts;
use crate::domain::billing::TaxNumber;
use crate::domain::{Billing, ExportRow, Invoice, Money};

/// A column.
pub(super) struct Column {
    /// The text of its heading.
    pub(super) heading: &'static str,
    /// In characters, as spreadsheets count.
    pub(super) width: u16,
    /// What stands in it.
    pub(super) cell: fn(&ExportRow, &Texts) -> Cell,
}

/// What stands in a row of a column.
pub(super) enum Cell {
    /// Somebody's words, never a formula.
    Text(String),
    /// A number that is counted or referred to.
    Whole(i64),
    /// An amount in the currency of its row.
    Amount(Money),
    /// A day.
    Day(NaiveDate),
    /// What clocks in the shop showed.
    Moment(NaiveDateTime),
}

/// All of them, from left to right.
pub(super) const COLUMNS: &[Column] = &[
    Column { heading: "export-order", width: 9, cell: |row, _| Cell::Whole(row.order.0) },
    Column {
        heading: "export-placed-at",
        width: 18,
        cell: |row, texts| Cell::Moment(texts.local(row.placed_at).trunc_subsecs(0)),
    },
    Column { heading: "export-status", width: 16, cell: |row, texts| Cell::Text(texts.status(row.status)) },
    Column { heading: "export-customer", width: 26, cell: |row, _| Cell::Text(row.customer.clone()) },
    Column {
        heading: "export-username",
        width: 20,
        cell: |row, _| Cell::Text(row.username.clone().unwrap_or_default()),
    },
    Column { heading: "export-person", width: 19, cell: |row, _| Cell::Whole(row.person.0) },
    Column { heading: "export-account", width: 16, cell: |row, _| Cell::Whole(row.account.0) },
    Column { heading: "export-sku", width: 16, cell: |row, _| Cell::Text(row.line.sku.to_string()) },
    Column { heading: "export-name-ru", width: 44, cell: |row, _| Cell::Text(row.line.name.ru.clone()) },
    Column { heading: "export-name-en", width: 44, cell: |row, _| Cell::Text(row.line.name.en.clone()) },
    Column { heading: "export-quantity", width: 21, cell: |row, _| Cell::Whole(row.line.quantity.into()) },
    Column { heading: "export-price", width: 16, cell: |row, _| Cell::Amount(row.line.price) },
    Column { heading: "export-total", width: 16, cell: |row, _| Cell::Amount(row.total) },
    Column { heading: "export-currency", width: 10, cell: |row, _| Cell::Text(row.total.currency().code().to_owned()) },
    Column { heading: "export-note", width: 40, cell: |row, _| Cell::Text(row.note.clone().unwrap_or_default()) },
    Column {
        heading: "export-invoice",
        width: 16,
        cell: |row, _| invoice(row, |invoice| Cell::Amount(invoice.amount)),
    },
    Column {
        heading: "export-due",
        width: 14,
        cell: |row, _| invoice(row, |invoice| invoice.due.map_or_else(|| Cell::Text(String::new()), Cell::Day)),
    },
    Column {
        heading: "export-firm",
        width: 32,
        cell: |row, _| billing(row, |billing| Some(billing.firm.as_str().to_owned())),
    },
    Column {
        heading: "export-tax-number",
        width: 18,
        cell: |row, _| {
            billing(row, |billing| match &billing.tax {
                TaxNumber::Organisation { inn, .. } | TaxNumber::Person { inn } => Some(inn.as_str().to_owned()),
                TaxNumber::Foreign(number) => Some(number.as_str().to_owned()),
            })
        },
    },
    Column {
        heading: "export-kpp",
        width: 12,
        cell: |row, _| {
            billing(row, |billing| match &billing.tax {
                TaxNumber::Organisation { kpp, .. } => Some(kpp.as_str().to_owned()),
                TaxNumber::Person { .. } | TaxNumber::Foreign(_) => None,
            })
        },
    },
    Column {
        heading: "export-email",
        width: 28,
        cell: |row, _| billing(row, |billing| Some(billing.email.as_str().to_owned())),
    },
];

fn invoice(row: &ExportRow, cell: impl Fn(&Invoice) -> Cell) -> Cell {
    row.invoice.as_ref().map_or_else(|| Cell::Text(String::new()), cell)
}

fn billing(row: &ExportRow, text: impl Fn(&Billing) -> Option<String>) -> Cell {
    Cell::Text(row.billing.as_ref().and_then(text).unwrap_or_default())
}
