//! The columns of an export, the same in a workbook and in CSV.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};

use crate::chat::i18n::Texts;
use crate::domain::billing::TaxNumber;
use crate::domain::{Billing, ExportRow, Invoice, Language, Money};

pub(super) enum Column {
    /// Something about the line of an order.
    Of(Field),
    /// The product's name in a language.
    Name(Language),
}

/// A column that every export has once.
#[derive(Clone, Copy)]
pub(super) struct Field {
    heading: &'static str,
    width: u16,
    cell: fn(&ExportRow, &Texts) -> Cell,
}

impl Column {
    /// What stands above it.
    pub(super) fn heading(&self, texts: &Texts) -> String {
        match self {
            Column::Of(field) => texts.say(field.heading),
            Column::Name(language) => {
                let name = texts.name_of(*language).into();
                texts.say_with("export-name", &[("language", language.code().into()), ("name", name)])
            }
        }
    }

    /// In characters, as spreadsheets count.
    pub(super) fn width(&self) -> u16 {
        match self {
            Column::Of(field) => field.width,
            // Most names fit; the rest of a longer one is seen in its cell.
            Column::Name(_) => 44,
        }
    }

    /// What stands in it.
    pub(super) fn cell(&self, row: &ExportRow, texts: &Texts) -> Cell {
        match self {
            Column::Of(field) => (field.cell)(row, texts),
            Column::Name(language) => Cell::Text(row.line.name.in_language(*language).to_owned()),
        }
    }
}

/// What stands in a row of a column.
pub(super) enum Cell {
    /// Somebody's words, never a formula.
    Text(String),
    /// A number that is counted or referred to.
    Whole(i64),
    /// An amount in the currency of its row.
    Amount(Money),
    Day(NaiveDate),
    /// What clocks in the shop showed.
    Moment(NaiveDateTime),
}

/// All of them, from left to right.
pub(super) fn columns() -> impl Iterator<Item = Column> {
    let of = |fields: &'static [Field]| fields.iter().copied().map(Column::Of);
    of(ORDER).chain(Language::all().iter().copied().map(Column::Name)).chain(of(REST))
}

/// Which order and whose, up to the product.
const ORDER: &[Field] = &[
    Field { heading: "export-order", width: 9, cell: |row, _| Cell::Whole(row.order.0) },
    Field { heading: "export-placed-at", width: 18, cell: |row, texts| moment(Some(row.placed_at), texts) },
    Field { heading: "export-status", width: 16, cell: |row, texts| Cell::Text(texts.status(row.status)) },
    Field { heading: "export-customer", width: 26, cell: |row, _| Cell::Text(row.customer.clone()) },
    Field {
        heading: "export-username",
        width: 20,
        cell: |row, _| Cell::Text(row.username.clone().unwrap_or_default()),
    },
    Field { heading: "export-person", width: 19, cell: |row, _| Cell::Whole(row.person.0) },
    Field { heading: "export-account", width: 16, cell: |row, _| Cell::Whole(row.account.0) },
    Field { heading: "export-sku", width: 16, cell: |row, _| Cell::Text(row.line.sku.to_string()) },
];

/// What was bought, who pays for it, and what became of it; a new one comes last, since people count on those before it.
const REST: &[Field] = &[
    Field { heading: "export-quantity", width: 21, cell: |row, _| Cell::Whole(row.line.quantity.into()) },
    Field { heading: "export-price", width: 16, cell: |row, _| Cell::Amount(row.line.price) },
    Field { heading: "export-total", width: 16, cell: |row, _| Cell::Amount(row.total) },
    Field { heading: "export-currency", width: 10, cell: |row, _| Cell::Text(row.total.currency().code().to_owned()) },
    Field { heading: "export-note", width: 40, cell: |row, _| Cell::Text(row.note.clone().unwrap_or_default()) },
    Field { heading: "export-invoice", width: 16, cell: |row, _| invoice(row, |invoice| Cell::Amount(invoice.amount)) },
    Field {
        heading: "export-due",
        width: 14,
        cell: |row, _| invoice(row, |invoice| invoice.due.map_or_else(|| Cell::Text(String::new()), Cell::Day)),
    },
    Field {
        heading: "export-company",
        width: 32,
        cell: |row, _| billing(row, |billing| Some(billing.company.as_str().to_owned())),
    },
    Field {
        heading: "export-tax-number",
        width: 18,
        cell: |row, _| {
            billing(row, |billing| match &billing.tax {
                TaxNumber::Organisation { inn, .. } | TaxNumber::Person { inn } => Some(inn.as_str().to_owned()),
                TaxNumber::Foreign(number) => Some(number.as_str().to_owned()),
            })
        },
    },
    Field {
        heading: "export-kpp",
        width: 12,
        cell: |row, _| {
            billing(row, |billing| match &billing.tax {
                TaxNumber::Organisation { kpp, .. } => Some(kpp.as_str().to_owned()),
                TaxNumber::Person { .. } | TaxNumber::Foreign(_) => None,
            })
        },
    },
    Field {
        heading: "export-email",
        width: 28,
        cell: |row, _| billing(row, |billing| Some(billing.email.as_str().to_owned())),
    },
    Field { heading: "export-invoiced-at", width: 18, cell: |row, texts| moment(row.invoiced_at, texts) },
    Field { heading: "export-completed-at", width: 18, cell: |row, texts| moment(row.completed_at, texts) },
    Field {
        heading: "export-cancelled-at",
        width: 18,
        cell: |row, texts| moment(row.cancelled.as_ref().map(|cancelled| cancelled.at), texts),
    },
    Field {
        heading: "export-reason",
        width: 32,
        cell: |row, texts| {
            Cell::Text(row.cancelled.as_ref().map(|cancelled| texts.reason(&cancelled.reason)).unwrap_or_default())
        },
    },
];

/// What clocks in the shop showed; nothing for what did not happen.
fn moment(at: Option<DateTime<Utc>>, texts: &Texts) -> Cell {
    at.map_or_else(|| Cell::Text(String::new()), |at| Cell::Moment(texts.local(at).trunc_subsecs(0)))
}

fn invoice(row: &ExportRow, cell: impl Fn(&Invoice) -> Cell) -> Cell {
    row.invoice.as_ref().map_or_else(|| Cell::Text(String::new()), cell)
}

fn billing(row: &ExportRow, text: impl Fn(&Billing) -> Option<String>) -> Cell {
    Cell::Text(row.billing.as_ref().and_then(text).unwrap_or_default())
}
