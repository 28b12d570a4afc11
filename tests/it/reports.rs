//! Orders as files: the picture of /stats, the workbook and the CSV of /export.

mod chart;
mod table;
mod workbook;

use chrono::{DateTime, NaiveDate, Utc};
use keydesk::chat::i18n::Texts;
use keydesk::domain::billing::{CompanyName, Email, Inn, Kpp, TaxNumber};
use keydesk::domain::{
    AccountId, Billing, Cancellation, Currency, ExportRow, Invoice, Language, Money, OrderLine, OrderNumber, PersonId,
    Reason, Sku, Status,
};

use crate::support::languages::named;

/// Words that a spreadsheet or a reader of CSV might take for more than words.
const HOSTILE: [&str; 17] = [
    "=HYPERLINK(\"http://example.com\";\"Anna\")",
    "+7 900 000-00-00",
    "-1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "a;b,c\"d'e",
    "ООО, =1+1",
    "x\",\"=1+1",
    "a\t@SUM(1)",
    "＝1+1",
    "b;－2+3",
    "first line\nsecond line",
    "<b>&amp;</b> ]]> _x0041_",
    "Анна «Ёжик» № 5 – ’x’ 😀",
    "https://example.com/?a=1&b=2",
];

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn texts(language: Language) -> Texts {
    Texts::new(language, chrono_tz::Europe::Moscow)
}

fn money(minor: i64, code: &str) -> Money {
    Money::from_minor(minor, Currency::parse(code).unwrap()).unwrap()
}

/// A line of the order #450 of the web page.
fn row() -> ExportRow {
    ExportRow {
        order: OrderNumber(450),
        // Already the first of April in Moscow.
        placed_at: at("2015-03-31T21:30:59.999999Z"),
        status: Status::Invoiced,
        customer: "Анна Иванова".to_owned(),
        username: Some("anna".to_owned()),
        person: PersonId(4_503_599_627_370_495),
        account: AccountId(12),
        line: OrderLine {
            sku: Sku::parse("sp-1").unwrap(),
            name: named("Лицензия Guardant SP, 1 активация", "Guardant SP licence, 1 activation"),
            quantity: 50,
            price: money(1_100_050, "RUB"),
        },
        total: money(2_500_000, "RUB"),
        note: Some("PO-77".to_owned()),
        invoice: Some(Invoice {
            amount: money(2_400_050, "RUB"),
            due: NaiveDate::from_ymd_opt(2015, 4, 15),
            document: None,
        }),
        invoiced_at: Some(at("2015-04-02T09:05:07Z")),
        completed_at: None,
        cancelled: None,
        billing: Some(Billing {
            company: CompanyName::parse("ООО «Ромашка»").unwrap(),
            tax: TaxNumber::Organisation {
                inn: Inn::parse("7707083893").unwrap(),
                kpp: Kpp::parse("773601001").unwrap(),
            },
            email: Email::parse("buh@example.com").unwrap(),
        }),
    }
}

fn hostile_rows() -> Vec<ExportRow> {
    let hostile = |words: &&str| ExportRow {
        customer: (*words).to_owned(),
        note: Some((*words).to_owned()),
        cancelled: Some(Cancellation { at: at("2015-04-03T06:00:00Z"), reason: Reason::Typed((*words).to_owned()) }),
        ..row()
    };
    HOSTILE.iter().map(hostile).collect()
}

fn many_rows(count: i64) -> Vec<ExportRow> {
    (1..=count).map(|number| ExportRow { order: OrderNumber(number), ..row() }).collect()
}
