//! What people type where a number, a sum, a period, a search or a name is asked for.

use chrono::NaiveDate;
use keydesk::chat::dialogue::Whom;
use keydesk::chat::i18n::vocabulary;
use keydesk::domain::billing::{CompanyName, Email, ForeignTaxNumber, Inn, Kpp};
use keydesk::domain::orders::search::{SearchText, fold};
use keydesk::domain::orders::typed_order;
use keydesk::domain::stock::typed_serials::{among_words, listed_below_heading};
use keydesk::domain::typed::{amount, clean_line, clean_text, day, whole_number};
use keydesk::domain::{
    Currency, InvitationToken, Money, OrderNumber, Period, SerialNumber, SerialPattern, Sku, WithdrawalReason, terms,
};

use super::harness::{Read, fuzz};
use super::mutation::messages;
use crate::support::examples::ORDER_WORDS;

const NUMBERS: &[&str] =
    &["50", "1 000", "1\u{a0}000", "50 шт.", "x50", "12 345 678 pcs", "999999999", "0", "-5", "1.5", "пятьдесят"];
const SUMS: &[&str] = &[
    "25000",
    "25 000,00 ₽",
    "RUB 25,000.00",
    "25.000,5",
    "25000 15.04.2015",
    "25 000,00 руб. до 15.04",
    "USD 25",
    "90 000 000 000 000",
    "0,01",
    // Read for a second once: a sum might end at every gap.
    CROWDED,
];
const CROWDED: &str =
    concat!("90", " 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000");
const DIGITS: &[&str] = &[
    "0",
    "9",
    "000",
    "99999999999999999999",
    ".",
    ",",
    " ",
    "\u{a0}",
    "\u{202f}",
    "-",
    "+",
    "e3",
    "_",
    "٣",
    "５",
    "₽",
    "шт",
    "до ",
    "15.04",
];
const PERIODS: &[&str] =
    &["", "today", "week", "month", "year", "all", "15.04.2026", "2026-04-15", "04.2026", "2026", "2025 03.2026"];
const DATES: &[&str] =
    &["29.02.2027", "31.12.2999", "0000", "9999", "10000", ".", "-", " ", "00", "all", "week", "\u{2212}"];

fn today() -> NaiveDate {
    "2026-04-15".parse().unwrap()
}

fn read<T>(value: &Option<T>) -> Read {
    if value.is_some() { Read::Taken } else { Read::Refused }
}

#[test]
fn a_typed_quantity_is_a_number_within_bounds_or_none() {
    fuzz("quantities", 448, &messages(NUMBERS, DIGITS), |text| {
        if let Some(number) = whole_number(&text) {
            assert!(number <= 999_999_999);
            assert_eq!(whole_number(&number.to_string()), Some(number));
            assert_eq!(typed_order::quantity(&text, &ORDER_WORDS), Some(number), "the same wherever it is typed");
        }
        read(&typed_order::quantity(&text, &ORDER_WORDS))
    });
}

#[test]
fn a_typed_sum_is_an_exact_amount_within_bounds_or_none() {
    let words = vocabulary();
    fuzz("sums", 256, &messages(SUMS, DIGITS), |text| {
        for currency in ["RUB", "JPY", "KWD"].map(|code| Currency::parse(code).unwrap()) {
            if let Some(money) = amount(&text, currency) {
                assert!((0..=Money::MAX_MINOR).contains(&money.minor()));
                assert_eq!(amount(&money.to_decimal().to_string(), currency), Some(money));
            }
            if let Ok(terms) = terms::read(&text, currency, &words, today()) {
                let due = terms.due.map(|due| format!(" {}", due.format("%d.%m.%Y"))).unwrap_or_default();
                let written = format!("{}{due}", terms.amount.to_decimal());
                assert_eq!(terms::read(&written, currency, &words, today()), Ok(terms), "{written}");
            }
        }
        Read::of(&terms::read(&text, Currency::RUB, &words, today()))
    });
}

#[test]
fn a_typed_period_is_days_in_order_or_none() {
    fuzz("periods", 512, &messages(PERIODS, DATES), |text| {
        let _ = day(&text);
        let period = Period::parse(&text, today());
        if let Some(period) = period {
            let span = period.span(chrono_tz::Europe::Moscow);
            assert!(span.from < span.to);
            assert!(period.days().is_none_or(|(first, last)| first <= last));
            let again = Period::parse(&period.written(), "2015-01-31".parse().unwrap());
            assert_eq!(again.map(Period::days), Some(period.days()), "{}", period.written());
        }
        read(&period)
    });
}

const SEARCHED: &[&str] = &[
    "449",
    "№449",
    "#450",
    "@anna",
    "ООО «Ромашка»",
    "Ёлкина",
    "PO-77",
    "AAAAA-BBBBB-CCCCC",
    "1) AAAAA-BBBBB-1\n2) AAAAA-BBBBB-2",
    "Ключ\nGSP-0001 GSP-0002",
    "7707083893",
    "buh@example.com",
    "[A-Z0-9]{5}(-[A-Z0-9]{5}){4}",
    "join_0123456789abcdef0123456789abcdef",
];
const MARKS: &[&str] = &[
    "№", "#", "@", " ", "-", "\u{2011}", "«", "»", "\"", "İ", "ß", "ё", "Ё", "(", "[", "{9999}", "|", "*", "\t", "\n",
];

#[test]
fn what_is_searched_named_or_given_as_a_reason_keeps_within_its_bounds() {
    fuzz("searches and names", 128, &messages(SEARCHED, MARKS), |text| {
        for serial in listed_below_heading(&text).unwrap_or_default().into_iter().chain(among_words(&text)) {
            assert_eq!(SerialNumber::parse(serial.as_str()).as_ref(), Ok(&serial));
        }
        for most in [1, 40, 200] {
            let (line, whole) = (clean_line(&text, most), clean_text(&text, most));
            assert!(line.chars().count() <= most && whole.chars().count() <= most);
            assert_eq!((clean_line(&line, most), clean_text(&whole, most)), (line, whole), "cleaned once for all");
        }
        if let Some(number) = OrderNumber::parse(&text) {
            assert_eq!(OrderNumber::parse(&number.to_string()), Some(number));
        }
        if let Some(WithdrawalReason::Other(reason)) = WithdrawalReason::parse(&text) {
            assert!(reason.chars().count() <= WithdrawalReason::MAX_CHARS);
        }
        if let Ok(pattern) = SerialPattern::parse(&text) {
            assert_eq!(SerialPattern::parse(pattern.as_str()).as_ref(), Ok(&pattern));
            let _ = pattern.matcher().fits(&text);
        }
        let _ = (Whom::parse(&text), Sku::parse(&text), InvitationToken::parse(&text), Email::parse(&text).is_ok());
        let _ = (CompanyName::parse(&text).is_ok(), Inn::parse(&text).is_ok(), Kpp::parse(&text).is_ok());
        let _ = ForeignTaxNumber::parse(&text).is_ok();
        let searched = SearchText::parse(&text);
        if let Some(searched) = &searched {
            let folded = searched.folded();
            assert_eq!(fold(&folded), folded, "what is compared is folded once for all");
            let _ = (searched.folded_company(), searched.order(), searched.person(), searched.serial());
        }
        read(&searched)
    });
}
