//! What several screens have in common: lines, amounts, quantities, notes.

use url::Url;

use super::{Button, Html};
use crate::chat::i18n::{Texts, Value};
use crate::domain::catalogue::price_list::FreeQuantity;
use crate::domain::typed::clean_line;
use crate::domain::{Member, Money, Person, Product, Sending};

/// Characters of a name: a message with a file has room for a thousand, and the words are what matters.
pub const LONGEST_NAME: usize = 40;

/// A line of an order or a draft: the product's name, and below it quantity and price.
pub fn line(name: &str, amount: &str) -> Html {
    Html::new().line(name).bold(amount).end_line()
}

/// The line that says that a message is perhaps one of two.
pub fn repeated(sending: Sending, texts: &Texts) -> Html {
    match sending {
        Sending::First => Html::new(),
        Sending::PossibleDuplicate => Html::new().italic(&texts.say("message-repeated")).end_line(),
    }
}

/// A text in which the person's name is a link to them.
pub fn with_link(key: &str, person: &Person, variables: &[(&str, Value)], texts: &Texts) -> Html {
    // The text around the link is cut where the name would stand.
    const NAME: &str = "\u{0}";
    let mut variables = variables.to_vec();
    variables.push(("name", NAME.into()));
    let sentence = texts.say_with(key, &variables);
    let (before, after) = sentence.split_once(NAME).unwrap_or((&sentence, ""));
    // A name of invisible characters only is nothing once it is cleaned; a link needs a text.
    let name = if person.name.is_empty() { person.id.to_string() } else { clean_line(&person.name, LONGEST_NAME) };
    Html::new().text(before).person(person.id.0, &name).text(after)
}

/// The way to the vendor's documentation, if the shop names one.
pub(super) fn docs_button(docs: Option<&Url>, texts: &Texts) -> Option<Button> {
    docs.map(|url| Button::open(texts.say("button-docs"), url.clone()))
}

/// A text with `$quantity` and `$price`.
pub fn amount(key: &str, quantity: u64, price: Money, texts: &Texts) -> String {
    texts.say_with(key, &[("quantity", quantity.into()), ("price", texts.money(price).into())])
}

/// The customer's note, if there is one.
pub fn note_line(note: Option<&str>, texts: &Texts) -> Html {
    match note {
        Some(note) => Html::new().inert_quote(&texts.say_with("note", &[("note", note.into())])),
        None => Html::new(),
    }
}

/// The unit prices of the free quantities, each from the first quantity that it holds for.
pub fn tier_lines(product: &Product, texts: &Texts) -> Vec<String> {
    let Some(free) = &product.free else { return Vec::new() };
    let above: Vec<_> = free.tiers.iter().filter(|tier| tier.from > free.min && tier.from <= free.max).collect();
    let first = free.tiers.iter().rev().find(|tier| tier.from <= free.min);
    let line = |from: u32, price: Money| {
        texts.say_with("tier-from", &[("from", u64::from(from).into()), ("price", texts.money(price).into())])
    };
    match first {
        Some(only) if above.is_empty() => {
            vec![texts.say_with("tier-one-price", &[("price", texts.money(only.unit_price).into())])]
        }
        _ => {
            let first = first.map(|tier| line(free.min, tier.unit_price));
            first.into_iter().chain(above.into_iter().map(|tier| line(tier.from, tier.unit_price))).collect()
        }
    }
}

/// Every price of a product, a line each.
pub fn price_lines(text: Html, product: &Product, texts: &Texts) -> Html {
    let packages = product.packages.iter().map(|one| amount("package-price", one.quantity.into(), one.price, texts));
    packages.chain(tier_lines(product, texts)).fold(text, |text, line| text.line(&line))
}

/// The quantities that a product is sold in: `50, 100 или 200`, `от 1 до 10`, or both.
pub fn allowed(product: &Product, texts: &Texts) -> String {
    let packages = product.packages.iter().map(|package| texts.number(package.quantity.into()));
    let choices: Vec<String> = packages.chain(product.free.as_ref().map(|free| range(free, texts))).collect();
    match choices.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => {
            texts.say_with("list-or", &[("head", head.join(", ").into()), ("last", last.as_str().into())])
        }
    }
}

fn range(free: &FreeQuantity, texts: &Texts) -> String {
    let bounds = [("min", texts.number(free.min.into()).into()), ("max", texts.number(free.max.into()).into())];
    match free.step {
        _ if free.min == free.max => texts.number(free.min.into()),
        1 => texts.say_with("quantity-range", &bounds),
        step => {
            let [min, max] = bounds;
            texts.say_with("quantity-range-step", &[min, max, ("step", texts.number(step.into()).into())])
        }
    }
}

/// A name of invisible characters only is nothing once it is cleaned; a list needs a text.
pub(super) fn shown_name(member: &Member) -> String {
    if member.name.is_empty() { member.id.to_string() } else { member.name.clone() }
}

/// A name, or what stands for the shop itself, which has none.
pub(super) fn who(name: Option<&str>, texts: &Texts) -> String {
    name.map_or_else(|| texts.say("actor-system"), str::to_owned)
}
