//! What messages to customers are made of, and those that they ask for.

use url::Url;

use super::keyboard::{Button, Keyboard};
use super::outgoing_message::{Attachment, OutgoingMessage};
use super::parts::{docs_button, repeated};
use super::{Html, Screen};
use crate::chat::action::Action;
use crate::chat::i18n::Texts;
use crate::domain::{Invoice, Media, OrderNumber, PresetReason, Reason, Sending};

/// Serial numbers of a product that stand in a message.
pub struct ShownSerials {
    /// Its name.
    pub product: String,
    pub serials: Vec<String>,
}

/// A file of serial numbers, ready to be sent.
pub struct SerialsFile {
    pub name: String,
    pub bytes: Vec<u8>,
    /// How many serial numbers it has.
    pub count: u64,
    /// Its SHA-256 in hexadecimal, so that whoever gets it can see that it is whole.
    pub checksum: String,
    /// All of them, when they are few enough to be copied one by one, else none.
    pub shown: Vec<ShownSerials>,
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
pub fn completed(
    number: OrderNumber,
    file: SerialsFile,
    sending: Sending,
    docs: Option<&Url>,
    texts: &Texts,
) -> OutgoingMessage {
    let title = texts.say_with("message-completed", &[("number", number.to_string().into())]);
    let keyboard = open_order(number, texts).row(docs_button(docs, texts));
    with_serials(repeated(sending, texts).bold(&title), file, keyboard, texts)
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
    let title = title.line(&texts.say_with("message-serials", &[("count", file.count.into())]));
    let copy = match file.shown.as_slice() {
        [ShownSerials { serials, .. }] if file.count == 1 => serials.first().cloned(),
        _ => None,
    };
    let copy = copy.and_then(|serial| Button::copy(texts.say("button-copy-serial"), serial));
    let keyboard = match copy {
        Some(copy) => keyboard.below(Keyboard::new().row([copy])),
        None => keyboard,
    };
    let text = with_shown(title, &file, texts);
    let attachment = Attachment::Fresh { media: Media::Document, name: file.name, bytes: file.bytes };
    OutgoingMessage::plain(Screen { text, keyboard }).attaching(attachment)
}

/// The first serial numbers, as many as a caption has room for, and the file's checksum, folded up.
fn with_shown(title: Html, file: &SerialsFile, texts: &Texts) -> Html {
    let checksum = Html::new().text(&texts.say("message-checksum")).text(" ").code(&file.checksum);
    let caption = |shown: usize| {
        let said = match shown as u64 {
            _ if file.shown.is_empty() => Html::new(),
            _ if file.count == 1 && shown == 1 => Html::new(),
            0 => Html::new().line(&texts.say("message-serials-not-here")),
            all if all == file.count => Html::new().line(&texts.say("message-serials-here")),
            some => Html::new().line(&texts.say_with("message-serials-some-here", &[("shown", some.into())])),
        };
        title.clone().then(said).expandable(&serials_in_code(&file.shown, shown).then(checksum.clone()))
    };
    let fits = |text: &Html| text.shown_length() <= OutgoingMessage::LONGEST_CAPTION;
    let count = file.shown.iter().map(|shown| shown.serials.len()).sum();
    (0..=count).rev().map(caption).find(fits).unwrap_or_else(|| title.clone())
}

/// So many of them, each of which a tap copies, under their products when there are several.
fn serials_in_code(products: &[ShownSerials], mut most: usize) -> Html {
    products.iter().fold(Html::new(), |text, ShownSerials { product, serials }| {
        let shown = serials.get(..most.min(serials.len())).unwrap_or_default();
        most -= shown.len();
        let text = if products.len() > 1 && !shown.is_empty() { text.bold(product).end_line() } else { text };
        shown.iter().fold(text, |text, serial| text.code(serial).end_line())
    })
}

/// A reason for the order's customer, who is not told of themselves as of somebody else.
pub fn reason_for_customer(reason: &Reason, texts: &Texts) -> String {
    match reason {
        Reason::Ready(PresetReason::CustomerAsked) => texts.say("reason-you-asked"),
        reason => texts.reason(reason),
    }
}

pub(super) fn open_order(number: OrderNumber, texts: &Texts) -> Keyboard {
    Keyboard::new().row([Button::act(texts.say("button-open-order"), Action::Order(number))])
}
