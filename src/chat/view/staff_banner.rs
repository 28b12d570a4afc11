//! The sentences that answer one of the staff, and the short answers to their presses.

use super::timeline;
use crate::chat::dialogue::{FileRefusal, How, Overtaken, StaffBanner, StaffToast};
use crate::chat::i18n::{Texts, Value};
use crate::domain::stock::serial_number::NotASerial;
use crate::domain::{Catalogue, FileFault, MessageBody, OrderNumber, Reason, SerialNumber, Shortage, Sku, Status};

/// Megabytes of the largest file that bots can fetch (<https://core.telegram.org/bots/api#getfile>).
pub(super) const LARGEST_FILE_MB: u64 = 20;

/// What a banner says.
pub fn sentence(banner: &StaffBanner, catalogue: &Catalogue, texts: &Texts) -> String {
    let limit = |limit: usize| ("limit", (limit as u64).into());
    match banner {
        StaffBanner::Done(order, status) => done(*order, *status, texts),
        StaffBanner::Answered(order) => texts.say_with("staff-answered", &[number(*order)]),
        StaffBanner::NoSuchOrder(order) => texts.say_with("staff-no-such-order", &[number(*order)]),
        StaffBanner::OrderNumberExpected => texts.say("staff-order-number-expected"),
        StaffBanner::AmountExpected => texts.say("staff-amount-expected"),
        StaffBanner::DueInThePast => texts.say("staff-due-in-the-past"),
        StaffBanner::PdfExpected => texts.say("staff-pdf-expected"),
        StaffBanner::ReasonExpected => texts.say_with("staff-reason-expected", &[limit(Reason::MAX_TEXT)]),
        StaffBanner::FileExpected => texts.say("staff-file-expected"),
        StaffBanner::AnswerExpected => texts.say("staff-answer-expected"),
        StaffBanner::AnswerTooLong => texts.say_with("staff-answer-too-long", &[limit(MessageBody::MAX_TEXT)]),
        StaffBanner::Short(lines) => {
            format!("{}\n{}", texts.say("staff-short"), shortages("staff-short-line", lines, catalogue, texts))
        }
        StaffBanner::FileRefused(refusal) => {
            texts.say_with("staff-file-refused", &[("reason", refused(refusal, catalogue, texts).into())])
        }
        StaffBanner::NotAsked => texts.say("staff-not-asked"),
        StaffBanner::NotYours => texts.say("staff-not-yours"),
        StaffBanner::AskedAnew => texts.say("staff-asked-anew"),
        StaffBanner::NoAnswer => texts.say("staff-no-answer"),
        StaffBanner::OneFileExpected => texts.say("staff-one-file-expected"),
        StaffBanner::EditIgnored => texts.say("staff-edit-ignored"),
        StaffBanner::CurrencyNamed(currency) => {
            texts.say_with("staff-currency-named", &[("currency", currency.code().into())])
        }
        StaffBanner::Overtaken(overtaken) => overtaken_by(overtaken, texts),
        StaffBanner::NotNow(order, status) => {
            texts.say_with("staff-not-now", &[number(*order), ("status", texts.status(*status).into())])
        }
        StaffBanner::FileInWork => texts.say("staff-file-in-work"),
        StaffBanner::FileAfterAnother => texts.say("staff-file-after-another"),
        StaffBanner::InvoiceFirst(order) => texts.say_with("staff-invoice-first", &[number(*order)]),
    }
}

/// What the answer to a press in the staff chat says.
pub fn toast(toast: &StaffToast, catalogue: &Catalogue, texts: &Texts) -> String {
    match toast {
        StaffToast::Taken(order) => texts.say_with("staff-taken", &[number(*order)]),
        StaffToast::Refused(banner) => sentence(banner, catalogue, texts),
        StaffToast::Outdated => texts.say("staff-button-closed"),
    }
}

fn number(order: OrderNumber) -> (&'static str, Value) {
    ("number", order.to_string().into())
}

fn done(order: OrderNumber, status: Status, texts: &Texts) -> String {
    let key = match status {
        Status::Placed => "staff-taken",
        Status::Invoiced => "staff-done-invoiced",
        Status::Completed => "staff-done-completed",
        Status::Cancelled => "staff-done-cancelled",
    };
    texts.say_with(key, &[number(order)])
}

pub(super) fn product(sku: &Sku, catalogue: &Catalogue, texts: &Texts) -> (&'static str, Value) {
    let name = catalogue.product(sku).map(|product| product.name.in_language(texts.language()));
    ("product", name.unwrap_or(sku.as_str()).into())
}

fn shortages(key: &str, lines: &[Shortage], catalogue: &Catalogue, texts: &Texts) -> String {
    let line = |line: &Shortage| {
        let counts = [("needed", u64::from(line.needed).into()), ("available", line.available.into())];
        let [needed, available] = counts;
        texts.say_with(key, &[product(&line.sku, catalogue, texts), needed, available])
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn refused(refusal: &FileRefusal, catalogue: &Catalogue, texts: &Texts) -> String {
    match refusal {
        FileRefusal::NotThere => texts.say("file-not-there"),
        FileRefusal::TooLarge => texts.say_with("file-too-large", &[("limit", LARGEST_FILE_MB.into())]),
        FileRefusal::Fault(fault) => file_fault(*fault, texts),
        FileRefusal::Counts(lines) => {
            format!("{}\n{}", texts.say("file-counts"), shortages("file-count-line", lines, catalogue, texts))
        }
        FileRefusal::OtherProduct(sku) => texts.say_with("file-other-product", &[product(sku, catalogue, texts)]),
        FileRefusal::SkusExpected => texts.say("file-skus-expected"),
        FileRefusal::Given(sku, count) => {
            texts.say_with("file-given", &[product(sku, catalogue, texts), ("count", (*count).into())])
        }
        FileRefusal::Foreign(sku, count) => {
            texts.say_with("file-foreign", &[product(sku, catalogue, texts), ("count", (*count).into())])
        }
    }
}

/// What is wrong with a file of serial numbers, and the remedy.
pub fn file_fault(fault: FileFault, texts: &Texts) -> String {
    let at = |key: &str, line: u64| texts.say_with(key, &[("line", line.to_string().into())]);
    match fault {
        FileFault::Unreadable { .. } => texts.say("file-not-there"),
        FileFault::NotUtf8 { line } => at("file-not-utf8", line),
        FileFault::LineTooLong { line } => at("file-line-too-long", line),
        FileFault::Quotes { line } => at("file-quotes", line),
        FileFault::Columns { line } => at("file-columns", line),
        FileFault::NoProduct { line } => at("file-no-product", line),
        FileFault::Serial { line, reason: NotASerial::Empty } => at("file-serial-empty", line),
        FileFault::Serial { line, reason: NotASerial::TooLong } => {
            let limit = ("limit", (SerialNumber::MAX_CHARS as u64).into());
            texts.say_with("file-serial-too-long", &[("line", line.to_string().into()), limit])
        }
        FileFault::Serial { line, reason: NotASerial::Space } => at("file-serial-space", line),
        FileFault::Serial { line, reason: NotASerial::Invisible } => at("file-serial-invisible", line),
        FileFault::Repeated { first, again } => {
            let lines = [("first", first.to_string().into()), ("again", again.to_string().into())];
            texts.say_with("file-repeated", &lines)
        }
        FileFault::Empty => texts.say("file-empty"),
    }
}

fn overtaken_by(overtaken: &Overtaken, texts: &Texts) -> String {
    let by = Some(overtaken.by.as_str()).filter(|name| !name.is_empty());
    let name = ("name", timeline::who(by, texts).into());
    let date = ("date", texts.date_time(overtaken.at).into());
    match overtaken.how {
        How::Took => texts.say_with("staff-overtaken-taken", &[number(overtaken.order), name, date]),
        How::Changed => {
            let status = ("status", texts.status(overtaken.status).into());
            texts.say_with("staff-overtaken", &[number(overtaken.order), name, date, status])
        }
    }
}
