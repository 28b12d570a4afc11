//! What messages to customers are made of, and those that they ask for.

use super::keyboard::{Button, Keyboard};
use super::outgoing_message::{Attachment, OutgoingMessage};
use super::parts::repeated;
use super::{Html, Screen};
use crate::chat::action::Action;
use crate::chat::i18n::Texts;
use crate::domain::{Invoice, Media, OrderNumber, PresetReason, Reason, Sending};

/// A file of serial numbers, ready to be sent.
pub struct SerialsFile {
    pub name: String,
    pub bytes: Vec<u8>,
    /// How many serial numbers it has.
    pub count: u64,
    /// Its SHA-256 in hexadecimal, so that whoever gets it can see that it is whole.
    pub checksum: String,
    /// Which file it is of how many, when there are several.
    pub part: Option<(u64, u64)>,
}

/// The invoice once more, because its reader asked for it.
pub fn invoice_again(number: OrderNumber, invoice: &Invoice, texts: &Texts) -> OutgoingMessage {
    let variables = [("number", number.to_string().into()), ("amount", texts.money(invoice.amount).into())];
    with_invoice(Html::new().bold(&texts.say_with("message-invoice-of", &variables)), number, invoice, texts)
}

pub(super) fn with_invoice(title: Html, number: OrderNumber, invoice: &Invoice, texts: &Texts) -> OutgoingMessage {
    let mut text = title.end_line();
    if let Some(due) = invoice.due {
        text = text.line(&texts.say_with("message-invoice-due", &[("date", texts.day(due).into())]));
    }
    let message = OutgoingMessage::plain(Screen { text, keyboard: open_order(number, texts) });
    match &invoice.document {
        Some(document) => message.attaching(document.into()),
        None => message,
    }
}

/// The order was completed; its serial numbers go with the message.
pub fn completed(number: OrderNumber, file: SerialsFile, sending: Sending, texts: &Texts) -> OutgoingMessage {
    let title = texts.say_with("message-completed", &[("number", number.to_string().into())]);
    with_serials(repeated(sending, texts).bold(&title), file, open_order(number, texts), texts)
}

/// The serial numbers of one order once more, because their reader asked for them.
pub fn serials_again(number: OrderNumber, file: SerialsFile, texts: &Texts) -> OutgoingMessage {
    let title = texts.say_with("message-serials-of", &[("number", number.to_string().into())]);
    with_serials(Html::new().bold(&title), file, open_order(number, texts), texts)
}

/// All serial numbers of an account.
pub fn all_serials(file: SerialsFile, texts: &Texts) -> OutgoingMessage {
    with_serials(Html::new().bold(&texts.say("message-serials-all")), file, Keyboard::new(), texts)
}

fn with_serials(title: Html, file: SerialsFile, keyboard: Keyboard, texts: &Texts) -> OutgoingMessage {
    let title = title.end_line();
    let title = match file.part {
        Some((number, of)) => {
            title.line(&texts.say_with("message-part", &[("number", number.into()), ("of", of.into())]))
        }
        None => title,
    };
    let text = title
        .line(&texts.say_with("message-serials", &[("count", file.count.into())]))
        .line(&texts.say_with("message-checksum", &[("sum", file.checksum.into())]));
    let attachment = Attachment::Fresh { media: Media::Document, name: file.name, bytes: file.bytes };
    OutgoingMessage::plain(Screen { text, keyboard }).attaching(attachment).protected()
}

/// A reason in the reader's language, or as it was typed.
pub fn reason_text(reason: &Reason, texts: &Texts) -> String {
    match reason {
        Reason::Ready(ready) => ready_reason(*ready, texts),
        Reason::Typed(text) => text.clone(),
    }
}

/// A ready reason in the reader's language.
pub fn ready_reason(reason: PresetReason, texts: &Texts) -> String {
    texts.say(match reason {
        PresetReason::CustomerAsked => "reason-customer-asked",
        PresetReason::NotPaid => "reason-not-paid",
        PresetReason::NotAvailable => "reason-not-available",
        PresetReason::Duplicate => "reason-duplicate",
    })
}

pub(super) fn open_order(number: OrderNumber, texts: &Texts) -> Keyboard {
    Keyboard::new().row([Button::act(texts.say("button-open-order"), Action::Order(number))])
}
