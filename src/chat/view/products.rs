//! The products, each with what it is.

use super::keyboard::{Button, Keyboard};
use super::shelf::{Entry, PageSize, Shelf, group_label, heading};
use super::{Facts, Html, Screen};
use crate::chat::action::Action;
use crate::chat::i18n::Texts;
use crate::domain::{Product, Sku};

/// Five of the longest descriptions fit a message.
const PAGE: PageSize = PageSize { most: 5, undivided: 5 };

/// A page of the products, each with a button that orders it.
pub fn list(group: Option<&Sku>, page: u32, facts: &Facts, texts: &Texts) -> Screen {
    let shelf = Shelf::of(facts.catalogue, group, page, PAGE);
    let title = match shelf.group {
        Some(group) => heading(Some(group), texts),
        None => texts.say("products-title"),
    };
    let mut text = shelf.entries.iter().fold(Html::new().bold(&title).gap(), |text, entry| match entry {
        Entry::Heading(group) => text.bold(&heading(*group, texts)).end_line(),
        Entry::Product(product) => text.then(description(product, texts)).gap(),
        Entry::Group(..) => text,
    });
    if shelf.pages > 1 {
        let position = [("page", (shelf.page as u64 + 1).into()), ("pages", (shelf.pages as u64).into())];
        text = text.gap().line(&texts.say_with("products-page", &position));
    }
    let buttons = shelf.entries.iter().filter_map(|entry| match entry {
        Entry::Heading(_) => None,
        Entry::Product(product) => {
            let name = product.name.in_language(texts.language());
            let label = texts.say_with("button-order-product", &[("name", name.into())]);
            Some(Button::act(label, Action::OrderProduct(product.sku.clone())))
        }
        Entry::Group(group, count) => {
            let open = Action::Products { group: Some(group.id.clone()), page: 0 };
            Some(Button::act(group_label(group, *count, texts), open))
        }
    });
    let turning = shelf.turning(texts, |label, page| {
        Button::act(label, Action::Products { group: shelf.group.map(|group| group.id.clone()), page })
    });
    let up = shelf.group.map(|_| Button::act(texts.say("button-back"), Action::Products { group: None, page: 0 }));
    let keyboard = Keyboard::new().grid(1, buttons.collect()).row(turning).row(up).row([
        Button::act(texts.say("button-prices"), Action::Prices { page: 0 }),
        Button::act(texts.say("button-home"), Action::Home),
    ]);
    Screen { text, keyboard }
}

fn description(product: &Product, texts: &Texts) -> Html {
    let text = Html::new().bold(product.name.in_language(texts.language())).text(" ").code(product.sku.as_str());
    let text = match &product.description {
        Some(description) => text.end_line().text(description.in_language(texts.language())),
        None => text,
    };
    match &product.url {
        Some(url) => text.end_line().link(url, &texts.say("products-more")).end_line(),
        None => text.end_line(),
    }
}
