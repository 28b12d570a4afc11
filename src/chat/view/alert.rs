//! The staff chat's messages about an order: what it is, where it stands, what can be done about it, what its customer
//! asks.

pub use super::background::{Background, Held, Place, Unreached, WhyUnreached};
use super::keyboard::{Button, Keyboard};
use super::orders::contents;
use super::outgoing_message::OutgoingMessage;
use super::parts::{LONGEST_NAME, repeated, with_link};
use super::words::{inert_quoted, passed_on};
use super::{Html, Screen, billing, desk, order_actions, timeline};
use crate::chat::action::{Action, StaffAction};
use crate::chat::i18n::Texts;
use crate::domain::typed::{clean_line, length};
use crate::domain::{Catalogue, MessageBody, Order, OrderAction, OrderNumber, Person, Request, Sending, Sequence};

/// Characters of a name above words that fill a caption, and from how many on they do.
const SHORT_NAME: usize = 8;
const LONG_CAPTION: usize = 600;
/// Members of an account that an alert names as not reached; the rest is counted.
const UNREACHED_SHOWN: usize = 4;

/// An order as staff see it: the alert, and the card that they ask for.
pub fn order(order: &Order, about: &Background, sending: Sending, texts: &Texts) -> Screen {
    let title = if order.events.len() > 1 { "order-title" } else { "alert-new" };
    let title = texts.say_with(title, &[("number", order.summary.number.to_string().into())]);
    let head = repeated(sending, texts)
        .bold(&title)
        .end_line()
        .line(&texts.say_with("status-is", &[("status", texts.status(order.summary.status).into())]))
        .line(&texts.say_with("date-placed", &[("date", texts.date_time(order.summary.placed_at).into())]))
        .then(unanswered(order, texts))
        .then(customer_line(order, about.customer, texts))
        .then(about.billing.as_ref().map_or_else(Html::new, |details| billing::lines(details, texts)));
    let head = about.unreached.iter().take(UNREACHED_SHOWN).fold(head, |text, one| {
        let key = match one.why {
            WhyUnreached::Blocked => "alert-blocked",
            WhyUnreached::Deactivated => "alert-deactivated",
            WhyUnreached::Refused => "alert-refused",
            WhyUnreached::Waits => "alert-waits",
        };
        text.inert_line(&texts.say_with(key, &[("name", clean_line(&one.name, LONGEST_NAME).into())]))
    });
    let head = match about.unreached.len().saturating_sub(UNREACHED_SHOWN) {
        0 => head,
        more => head.line(&texts.say_with("list-more", &[("count", (more as u64).into())])),
    };
    let head = head.gap().then(contents(order, longest_product(order), texts)).gap();
    let text = if order.events.len() > 1 { timeline::for_staff(head, order, texts) } else { head };
    let asked = about.held.iter().filter(|_| about.place == Place::Alert);
    let text = asked.fold(text, |text, held| match desk::asked(held, order, about.today, texts) {
        Some(sentence) => text.gap().italic(&sentence).end_line(),
        None => text,
    });
    Screen { text, keyboard: order_actions::keyboard(order, about, texts) }
}

/// What stands where an order's alert stood before it moved.
pub fn moved(number: OrderNumber, texts: &Texts) -> Screen {
    Screen::sentence(&texts.say_with("alert-moved", &[("number", number.to_string().into())]))
}

/// How many questions wait for an answer.
fn unanswered(order: &Order, texts: &Texts) -> Html {
    // A request to cancel is answered by the order's end.
    let is_over = |request: &OrderAction| {
        order.summary.status.is_final() && matches!(request, OrderAction::Asked(Request::Cancellation, _))
    };
    match order.unanswered().into_iter().filter(|(_, event)| !is_over(&event.action)).count() as u64 {
        0 => Html::new(),
        count => Html::new().bold(&texts.say_with("alert-unanswered", &[("count", count.into())])).end_line(),
    }
}

/// Characters of a product's name: beside many lines stand billing details and whom nothing reached, in one message.
fn longest_product(order: &Order) -> usize {
    if order.lines.len() > 10 { 45 } else { Catalogue::MAX_NAME }
}

/// A customer's words about an order. `waits` is the row of its audit trail that has them, while they wait for an answer.
pub fn question(
    number: OrderNumber,
    (request, waits): (Request, Option<usize>),
    words: &MessageBody,
    customer: &Person,
    sending: Sending,
    texts: &Texts,
) -> OutgoingMessage {
    let (title, from) = match request {
        Request::Answer => ("question-title", "question-from"),
        Request::Cancellation => ("question-cancel-title", "question-cancel-from"),
    };
    let from = match words.sequence {
        Sequence::Opening => from,
        Sequence::Continuation => "question-goes-on",
        Sequence::Correction => "question-corrected",
    };
    let is_tight = words.file.is_some() && length(&words.text) > LONG_CAPTION;
    let name = clean_line(&customer.name, if is_tight { SHORT_NAME } else { LONGEST_NAME });
    let text = repeated(sending, texts)
        .bold(&texts.say_with(title, &[("number", number.to_string().into())]))
        .end_line()
        .then(with_link(from, &Person { name: name.clone(), ..customer.clone() }, &[], texts))
        .end_line()
        .then(inert_quoted(words, texts));
    // What is asked for is one press away, on the message that asks for it.
    let cancel = (request == Request::Cancellation)
        .then(|| Button::act(texts.say("button-cancel-order"), Action::Staff(number, StaffAction::AskCancel)));
    // Thanks need no answer, and would be counted among the questions for good.
    let settle = waits
        .and_then(|row| u32::try_from(row).ok())
        .map(|row| Button::act(texts.say("button-settle"), Action::Staff(number, StaffAction::Settle { row })));
    let from = [("name", name.into()), ("number", number.to_string().into())];
    let open = Button::act(texts.say_with("words-from", &from), Action::Staff(number, StaffAction::Open));
    passed_on(Screen { text, keyboard: Keyboard::new().row(settle).row(cancel) }, words, open)
}

/// A message that Telegram does not take; `reader` is `None` when it was for the staff chat itself.
pub fn undelivered(number: Option<OrderNumber>, reader: Option<&Person>, texts: &Texts) -> Screen {
    let key = match (reader, number) {
        (Some(_), Some(_)) => "undelivered-to-person-about-order",
        (Some(_), None) => "undelivered-to-person",
        (None, Some(_)) => "undelivered-to-staff-about-order",
        (None, None) => "undelivered-to-staff",
    };
    let name = reader.map_or_else(String::new, |person| clean_line(&person.name, LONGEST_NAME));
    let number = number.map_or_else(String::new, |number| number.to_string());
    Screen::sentence(&texts.say_with(key, &[("name", name.into()), ("number", number.into())]))
}

fn customer_line(order: &Order, customer: &Person, texts: &Texts) -> Html {
    let username = customer.username.as_ref().map_or_else(String::new, |username| format!(", @{username}"));
    let account = texts.say_with("alert-account", &[("account", order.account.to_string().into())]);
    with_link("alert-customer", customer, &[], texts).line(&format!("{username}, {account}"))
}
