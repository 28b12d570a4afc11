//! The sentences that answer one of the staff, and the short answers to their presses.

use super::keyboard::{Button, Keyboard};
pub use super::serial_files::file_fault;
use super::serial_files::{refused, shortages};
use super::{Html, Screen, admin_notice};
use crate::chat::action::{Action, AdminAction};
use crate::chat::dialogue::staff_notice::How;
use crate::chat::dialogue::{AdminBanner, Overtaken, StaffBanner, StaffToast};
use crate::chat::i18n::{Texts, Value};
use crate::domain::{Catalogue, MessageBody, OrderNumber, Person, Reason, Status};

/// What a notice says.
pub fn sentence(notice: &StaffBanner, catalogue: &Catalogue, texts: &Texts) -> String {
    let limit = |limit: usize| ("limit", (limit as u64).into());
    match notice {
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
        StaffBanner::Admin(notice) => admin_notice::sentence(notice, catalogue, texts),
        StaffBanner::InvoiceFirst(order) => texts.say_with("staff-invoice-first", &[number(*order)]),
    }
}

/// What a notice says as a message of its own; in a group it names its reader.
pub fn message(notice: &StaffBanner, reader: Option<&Person>, catalogue: &Catalogue, texts: &Texts) -> Screen {
    let text = reader.map_or_else(Html::new, |reader| Html::new().person(reader.id.0, &reader.name).end_line());
    let keyboard = match notice {
        StaffBanner::Admin(AdminBanner::CatalogueCompared(id)) => {
            let compare = Action::Desk(AdminAction::Compare(*id));
            Keyboard::new().row([Button::act(texts.say("button-compare"), compare)])
        }
        _ => Keyboard::new(),
    };
    Screen { text: text.text(&sentence(notice, catalogue, texts)), keyboard }
}

/// What the answer to a press in the staff chat says.
pub fn toast(toast: &StaffToast, catalogue: &Catalogue, texts: &Texts) -> String {
    match toast {
        StaffToast::Taken(order) => texts.say_with("staff-taken", &[number(*order)]),
        StaffToast::Refused(notice) => sentence(notice, catalogue, texts),
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

fn overtaken_by(overtaken: &Overtaken, texts: &Texts) -> String {
    let name = ("name", overtaken.by.as_str().into());
    let date = ("date", texts.date_time(overtaken.at).into());
    match overtaken.how {
        How::Took => texts.say_with("staff-overtaken-taken", &[number(overtaken.order), name, date]),
        How::Changed => {
            let status = ("status", texts.status(overtaken.status).into());
            texts.say_with("staff-overtaken", &[number(overtaken.order), name, date, status])
        }
    }
}
