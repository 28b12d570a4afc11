//! The staff chat's message about an order.

use super::keyboard::Keyboard;
use super::orders::contents;
use super::{Html, Screen};
use crate::domain::{Order, Person};
use crate::i18n::Texts;

/// Whether an earlier sending of the same message may have arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// No earlier one.
    First,
    /// An earlier one was cut off.
    Repeated,
}

/// The alert of a new order.
pub fn new_order(order: &Order, customer: &Person, sending: Sending, texts: &Texts) -> Screen {
    let title = texts.say_with("alert-new", &[("number", order.summary.number.to_string().into())]);
    let repeated = match sending {
        Sending::First => Html::new(),
        Sending::Repeated => Html::new().italic(&texts.say("alert-repeated")).end_line(),
    };
    let text = repeated
        .bold(&title)
        .end_line()
        .line(&texts.say_with("status-is", &[("status", texts.status(order.summary.status).into())]))
        .line(&texts.say_with("date-placed", &[("date", texts.date(order.summary.placed_at).into())]))
        .then(customer_line(order, customer, texts))
        .gap()
        .then(contents(order, texts));
    Screen { text, keyboard: Keyboard::new() }
}

fn customer_line(order: &Order, customer: &Person, texts: &Texts) -> Html {
    // The name is a link, so the text around it is cut where the name would stand.
    const NAME: &str = "\u{0}";
    let sentence = texts.say_with("alert-customer", &[("name", NAME.into())]);
    let (before, after) = sentence.split_once(NAME).unwrap_or((&sentence, ""));
    let username = customer.username.as_ref().map_or_else(String::new, |username| format!(", @{username}"));
    let account = texts.say_with("alert-account", &[("account", order.account.to_string().into())]);
    // A name of invisible characters only is nothing once it is cleaned; a link needs a text.
    let name = if customer.name.is_empty() { customer.id.to_string() } else { customer.name.clone() };
    Html::new().text(before).person(customer.id.0, &name).text(after).line(&format!("{username}, {account}"))
}
