//! The sentences that answer one of the staff, and the short answers to their presses.

use super::order_actions;
use super::parts::who;
pub use super::serial_files::file_fault;
use super::serial_files::{LARGEST_FILE_MB, refused, remarks, shortages};
use crate::chat::dialogue::{FileRefusal, How, Overtaken, StaffBanner, StaffToast};
use crate::chat::i18n::{Texts, Value};
use crate::domain::typed::clean_text;
use crate::domain::{ActionKind, Catalogue, OrderNumber, Reason, Shortage};

/// Characters of an answer to a press (<https://core.telegram.org/bots/api#answercallbackquery>).
const LONGEST_TOAST: usize = 200;

/// What a banner says.
pub fn sentence(banner: &StaffBanner, catalogue: &Catalogue, texts: &Texts) -> String {
    let limit = |limit: usize| ("limit", (limit as u64).into());
    match banner {
        StaffBanner::Done(order, kind) => order_actions::done(*order, *kind, texts),
        StaffBanner::CompletedFromFile(order, of_file) => {
            format!("{}{}", order_actions::done(*order, ActionKind::Complete, texts), remarks(of_file, texts))
        }
        StaffBanner::NoSuchOrder(order) => texts.say_with("staff-no-such-order", &[number(*order)]),
        StaffBanner::OrderNumberExpected => texts.say("staff-order-number-expected"),
        StaffBanner::AmountExpected => texts.say("staff-amount-expected"),
        StaffBanner::DayExpected => texts.say("staff-day-expected"),
        StaffBanner::DueInThePast => texts.say("staff-due-in-the-past"),
        StaffBanner::InvoicedSo(order) => texts.say_with("staff-invoiced-so", &[number(*order)]),
        StaffBanner::PdfExpected => texts.say("staff-pdf-expected"),
        StaffBanner::PdfNotFetched(FileRefusal::TooLarge) => {
            texts.say_with("staff-pdf-too-large", &[("limit", LARGEST_FILE_MB.into())])
        }
        StaffBanner::PdfNotFetched(refusal) => refused(refusal, catalogue, texts),
        StaffBanner::ReasonExpected => texts.say_with("staff-reason-expected", &[limit(Reason::MAX_TEXT)]),
        StaffBanner::FileExpected => texts.say("staff-file-expected"),
        StaffBanner::AnswerExpected => texts.say("staff-answer-expected"),
        StaffBanner::Short(lines) => {
            format!("{}\n{}", texts.say("staff-short"), shortages("staff-short-line", lines, catalogue, texts))
        }
        StaffBanner::FileRefused(refusal) => {
            texts.say_with("staff-file-refused", &[("reason", refused(refusal, catalogue, texts).into())])
        }
        StaffBanner::TooManyOffered => texts.say("staff-too-many-offered"),
        StaffBanner::NotAsked => texts.say("staff-not-asked"),
        StaffBanner::PerhapsSerials => texts.say("staff-perhaps-serials"),
        StaffBanner::SerialsTyped => texts.say("staff-serials-typed"),
        StaffBanner::SerialNamed => texts.say("staff-serial-named"),
        StaffBanner::NotYours => texts.say("staff-not-yours"),
        StaffBanner::AskedAnew => texts.say("staff-asked-anew"),
        StaffBanner::SecondHand => texts.say("banner-second-hand"),
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
        StaffBanner::Held { by, kind } => {
            let key = if *kind == ActionKind::Cancel { "button-held-cancel" } else { "button-held-invoice" };
            texts.say_with(key, &[("name", by.as_str().into())])
        }
        StaffBanner::FileInWork => texts.say("staff-file-in-work"),
        StaffBanner::FileAfterAnother => texts.say("staff-file-after-another"),
        StaffBanner::InvoiceFirst(order) => texts.say_with("staff-invoice-first", &[number(*order)]),
    }
}

/// What the answer to a press in the staff chat says.
pub fn toast(toast: &StaffToast, catalogue: &Catalogue, texts: &Texts) -> String {
    let said = match toast {
        StaffToast::Done(order, kind) => order_actions::done(*order, *kind, texts),
        StaffToast::FilesFollow => texts.say("banner-files-follow"),
        // Products by their SKUs, since an answer to a press is short.
        StaffToast::Refused(StaffBanner::Short(lines)) => short_lines(lines, texts),
        StaffToast::Refused(banner) => sentence(banner, catalogue, texts),
        StaffToast::Outdated => texts.say("staff-button-closed"),
        StaffToast::HowToInvoice(day) => {
            texts.say_with("desk-how-to-invoice", &[("day", texts.numeric_day(*day).into())])
        }
        StaffToast::HowToComplete => texts.say("desk-how-to-complete"),
        StaffToast::Below(order) => texts.say_with("desk-below", &[number(*order)]),
        StaffToast::Released => texts.say("desk-released"),
    };
    clean_text(&said, LONGEST_TOAST)
}

fn short_lines(lines: &[Shortage], texts: &Texts) -> String {
    let line = |line: &Shortage| {
        let counts = [("needed", u64::from(line.needed).into()), ("available", line.available.into())];
        let [needed, available] = counts;
        texts.say_with("staff-short-line", &[("product", line.sku.as_str().to_uppercase().into()), needed, available])
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn number(order: OrderNumber) -> (&'static str, Value) {
    ("number", order.to_string().into())
}

fn overtaken_by(overtaken: &Overtaken, texts: &Texts) -> String {
    let by = Some(overtaken.by.as_str()).filter(|name| !name.is_empty());
    let name = ("name", who(by, texts).into());
    let date = ("date", texts.date_time(overtaken.at).into());
    match overtaken.how {
        How::Took => texts.say_with("staff-overtaken-taken", &[number(overtaken.order), name, date]),
        How::Changed => {
            let status = ("status", texts.status(overtaken.status).into());
            texts.say_with("staff-overtaken", &[number(overtaken.order), name, date, status])
        }
        How::Answered => texts.say_with("staff-overtaken-answered", &[number(overtaken.order), name, date]),
        How::Settled => texts.say_with("staff-overtaken-settled", &[number(overtaken.order), name, date]),
    }
}
