//! What people read of the things that are done to an order: whoever adds an [`OrderAction`] says here how its button is
//! labelled, how customers and staff read of it, and what answers whoever did it.

use super::Screen;
use super::customer_messages::{open_order, passed_on, quoted, reason_text, with_invoice};
use super::html::Html;
use super::keyboard::{Button, Keyboard};
use super::outgoing_message::OutgoingMessage;
use super::parts::{repeated, who};
use crate::chat::action::{Action, StaffAction};
use crate::chat::i18n::Texts;
use crate::domain::typed::clean_line;
use crate::domain::{
    ActionKind, MessageBody, Order, OrderAction, OrderEvent, OrderNumber, Request, Role, Sending, Sequence, Status,
};

/// Characters of somebody's words on one line.
const GLIMPSE: usize = 160;

/// The buttons with what staff may do to an order as it stands.
pub fn keyboard(order: &Order, texts: &Texts) -> Keyboard {
    let button =
        |label: &str, action: StaffAction| Button::act(texts.say(label), Action::Staff(order.summary.number, action));
    let may = |kind: ActionKind| order.status_after(kind, Role::Staff).is_ok();
    let invoice_label = if order.summary.status == Status::Invoiced { "button-invoice-anew" } else { "button-invoice" };
    let take = may(ActionKind::Take).then(|| button("button-take", StaffAction::Take));
    let invoice = may(ActionKind::Invoice).then(|| button(invoice_label, StaffAction::AskInvoice));
    let complete = may(ActionKind::Complete).then(|| button("button-complete", StaffAction::AskComplete));
    let cancel = (!order.summary.status.is_final()).then(|| button("button-cancel-order", StaffAction::AskCancel));
    Keyboard::new().row(take).row(invoice.into_iter().chain(complete)).row(cancel)
}

/// What answers one of the staff who did it.
pub fn done(number: OrderNumber, kind: ActionKind, texts: &Texts) -> String {
    let key = match kind {
        ActionKind::Take => "staff-taken",
        ActionKind::Invoice => "staff-done-invoiced",
        ActionKind::Complete => "staff-done-completed",
        ActionKind::Cancel => "staff-done-cancelled",
        ActionKind::Answer => "staff-answered",
        // These are done by others, who see them elsewhere.
        ActionKind::Place | ActionKind::Ask | ActionKind::Add | ActionKind::LoseFile => "order-title",
    };
    texts.say_with(key, &[("number", number.to_string().into())])
}

/// What the order's customers are told, in a message of its own; `None` for what they are not told so.
pub fn message(number: OrderNumber, action: &OrderAction, sending: Sending, texts: &Texts) -> Option<OutgoingMessage> {
    let number_of = ("number", number.to_string().into());
    let title = |key: &str, more: &[_]| repeated(sending, texts).bold(&texts.say_with(key, more));
    let screen = |text: Html| Screen { text, keyboard: open_order(number, texts) };
    Some(match action {
        OrderAction::Invoiced(invoice) => {
            let amount = ("amount", texts.money(invoice.amount).into());
            with_invoice(title("message-invoiced", &[number_of, amount]), number, invoice, texts)
        }
        OrderAction::Cancelled(reason) => {
            let reason = texts.say_with("message-reason", &[("reason", reason_text(reason, texts).into())]);
            OutgoingMessage::plain(screen(title("message-cancelled", &[number_of]).end_line().line(&reason)))
        }
        OrderAction::Answered(words) => {
            let key = match words.sequence {
                Sequence::Correction => "message-answered-anew",
                Sequence::Opening | Sequence::Continuation => "message-answered",
            };
            passed_on(screen(title(key, &[number_of]).end_line().then(quoted(words))), words)
        }
        // The serial numbers of a completed order stand in files, which have a module of their own.
        OrderAction::Completed
        | OrderAction::Placed
        | OrderAction::Taken
        | OrderAction::Asked(..)
        | OrderAction::FileLost(_) => return None,
    })
}

/// Its line in the timeline that customers see; `None` for what is the vendor's own business.
pub fn customer_line(event: &OrderEvent, texts: &Texts) -> Option<String> {
    let date = ("date", texts.date_time(event.at).into());
    let status = ("status", texts.status(event.to).into());
    Some(match &event.action {
        OrderAction::Taken | OrderAction::FileLost(_) => return None,
        OrderAction::Placed | OrderAction::Completed => texts.say_with("card-event", &[date, status]),
        OrderAction::Invoiced(invoice) => {
            let amount = ("amount", texts.money(invoice.amount).into());
            match invoice.due {
                Some(due) => {
                    texts.say_with("card-invoiced-due", &[date, status, amount, ("due", texts.day(due).into())])
                }
                None => texts.say_with("card-invoiced", &[date, status, amount]),
            }
        }
        OrderAction::Cancelled(reason) => {
            texts.say_with("card-cancelled", &[date, status, ("reason", reason_text(reason, texts).into())])
        }
        OrderAction::Asked(Request::Cancellation, words) if words.is_silent() => {
            texts.say_with("card-asked-to-cancel-silently", &[date])
        }
        OrderAction::Asked(request, words) => {
            let key = match (words.sequence, request) {
                (Sequence::Correction, _) => "card-asked-anew",
                (_, Request::Answer) => "card-asked",
                (_, Request::Cancellation) => "card-asked-to-cancel",
            };
            texts.say_with(key, &[date, ("text", glimpse(words, "card-file", texts).into())])
        }
        OrderAction::Answered(words) => {
            let key = match words.sequence {
                Sequence::Correction => "card-answered-anew",
                Sequence::Opening | Sequence::Continuation => "card-answered",
            };
            texts.say_with(key, &[date, ("text", glimpse(words, "card-file", texts).into())])
        }
    })
}

/// Its line in the audit trail that staff see.
pub fn staff_line(event: &OrderEvent, texts: &Texts) -> String {
    let date = ("date", texts.date_time(event.at).into());
    let name = ("name", who(event.actor.name(), texts).into());
    match &event.action {
        OrderAction::Placed => texts.say_with("alert-placed", &[date, name]),
        OrderAction::Taken => texts.say_with("alert-taken", &[date, name]),
        OrderAction::Invoiced(invoice) => {
            let amount = ("amount", texts.money(invoice.amount).into());
            match invoice.due {
                Some(due) => {
                    texts.say_with("alert-invoiced-due", &[date, name, amount, ("due", texts.day(due).into())])
                }
                None => texts.say_with("alert-invoiced", &[date, name, amount]),
            }
        }
        OrderAction::Completed => texts.say_with("alert-completed", &[date, name]),
        OrderAction::Cancelled(reason) => {
            texts.say_with("alert-cancelled", &[date, name, ("reason", reason_text(reason, texts).into())])
        }
        OrderAction::Asked(Request::Cancellation, words) if words.is_silent() => {
            texts.say_with("alert-asked-to-cancel-silently", &[date, name])
        }
        OrderAction::Asked(request, words) => {
            let key = match (words.sequence, request) {
                (Sequence::Correction, _) => "alert-asked-anew",
                (_, Request::Answer) => "alert-asked",
                (_, Request::Cancellation) => "alert-asked-to-cancel",
            };
            texts.say_with(key, &[date, name, ("text", glimpse(words, "alert-file", texts).into())])
        }
        OrderAction::Answered(words) => {
            let key = match words.sequence {
                Sequence::Correction => "alert-answered-anew",
                Sequence::Opening | Sequence::Continuation => "alert-answered",
            };
            texts.say_with(key, &[date, name, ("text", glimpse(words, "alert-file", texts).into())])
        }
        OrderAction::FileLost(file) if file.name.is_empty() => texts.say_with("alert-photo-lost", &[date]),
        OrderAction::FileLost(file) => {
            texts.say_with("alert-file-lost", &[date, ("name", clean_line(&file.name, GLIMPSE).into())])
        }
    }
}

fn glimpse(words: &MessageBody, file: &str, texts: &Texts) -> String {
    if words.text.is_empty() { texts.say(file) } else { clean_line(&words.text, GLIMPSE) }
}
