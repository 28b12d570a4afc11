//! The price list as admins read it, and changing one price of it.

use super::super::keyboard::{Button, Keyboard};
use super::super::parts::{amount, price_lines};
use super::super::serial_files::product;
use super::super::{Html, Screen};
use super::buttons::{admin_button, leave_button, page_line, turn_buttons};
use super::facts::AdminFacts;
use crate::chat::action::AdminAction;
use crate::chat::i18n::Texts;
use crate::domain::typed::length;
use crate::domain::{Catalogue, Money, Offer, Product, Sku};

/// Characters of one page, markup included; what stands around it has room beside that in a message of 4096.
const PAGE: usize = 2_300;
/// Products on one page, each with a button.
const MOST_PRODUCTS: usize = 16;
/// Buttons with a SKU in one row.
const SKUS_PER_ROW: usize = 3;

/// The price list with its prices, and how to change it.
pub fn list(page: u32, catalogue: &Catalogue, texts: &Texts) -> Screen {
    let mut pages: Vec<(Html, Vec<Button>)> = Vec::new();
    for product in &catalogue.products {
        let entry = entry(product, texts);
        let has_room = |(text, buttons): &&mut (Html, Vec<Button>)| {
            buttons.len() < MOST_PRODUCTS && length(text.as_str()) + length(entry.as_str()) <= PAGE
        };
        let button = admin_button(product.sku.to_string(), AdminAction::Prices(product.sku.clone()));
        match pages.last_mut().filter(has_room) {
            Some((text, buttons)) => {
                *text = std::mem::take(text).gap().then(entry);
                buttons.push(button);
            }
            None => pages.push((entry, vec![button])),
        }
    }
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX).max(1);
    let page = page.min(count - 1);
    let (listed, buttons) = pages.into_iter().nth(page as usize).unwrap_or_default();
    let title = [("count", (catalogue.products.len() as u64).into())];
    let text = Html::new().bold(&texts.say_with("catalogue-title", &title)).gap().then(listed).gap();
    let text = page_line(text, page, count, texts);
    let how = how_to_change(texts);
    let keyboard = Keyboard::new().grid(SKUS_PER_ROW, buttons).row(turn_buttons(
        page,
        count,
        |page| AdminAction::Catalogue { page },
        texts,
    ));
    let keyboard = how.keyboard.rows().iter().fold(keyboard, |keyboard, row| keyboard.row(row.clone()));
    Screen { text: text.line(&texts.say("catalogue-how-one")).then(how.text), keyboard }
}

/// How to change the whole price list.
pub fn how_to_change(texts: &Texts) -> Screen {
    let files = [
        admin_button(texts.say("button-price-book"), AdminAction::PriceBook),
        admin_button(texts.say("button-catalogue-file"), AdminAction::CatalogueFile),
    ];
    let keyboard = Keyboard::new().row(files).row([leave_button(texts)]);
    Screen { text: Html::new().line(&texts.say("catalogue-how")), keyboard }
}

fn entry(product: &Product, texts: &Texts) -> Html {
    let sku = texts.say_with("catalogue-sku", &[("sku", product.sku.as_str().into())]);
    let name = Html::new().bold(product.name.in_language(texts.language())).text(&sku).end_line();
    price_lines(name, product, texts)
}

/// Which of a product's prices is to be another.
pub fn of_product(sku: &Sku, catalogue: &Catalogue, texts: &Texts) -> Screen {
    let Some(product) = catalogue.product(sku) else { return gone(texts) };
    let text = entry(product, texts).gap().line(&texts.say("price-choose"));
    let buttons = product
        .offers()
        .map(|(offer, price)| admin_button(offered(offer, price, texts), AdminAction::AskPrice(sku.clone(), offer)));
    let back = admin_button(texts.say("button-back"), AdminAction::Catalogue { page: 0 });
    Screen { text, keyboard: Keyboard::new().grid(1, buttons.collect()).row([back]) }
}

/// Asks for another price.
pub fn ask_price(sku: &Sku, offer: Offer, facts: &AdminFacts, texts: &Texts) -> Screen {
    let Some(price) = offer.price(sku, facts.catalogue) else { return gone(texts) };
    let quantity = admin_button(texts.say("button-other-quantity"), AdminAction::AskQuantity(sku.clone(), offer));
    let back = admin_button(texts.say("button-back"), AdminAction::Prices(sku.clone()));
    let example = [("price", texts.money(price).into())];
    let text = asked("price-ask", sku, offer, price, facts, texts).line(&texts.say_with("price-ask-how", &example));
    Screen { text, keyboard: Keyboard::new().row([quantity]).row([back]) }
}

/// Asks for another quantity.
pub fn ask_quantity(sku: &Sku, offer: Offer, facts: &AdminFacts, texts: &Texts) -> Screen {
    let Some(price) = offer.price(sku, facts.catalogue) else { return gone(texts) };
    let key = match offer {
        Offer::Package(_) => "quantity-ask-package",
        Offer::Tier(_) => "quantity-ask-tier",
    };
    let back = admin_button(texts.say("button-back"), AdminAction::AskPrice(sku.clone(), offer));
    let text = asked(key, sku, offer, price, facts, texts).line(&texts.say("quantity-ask-how"));
    Screen { text, keyboard: Keyboard::new().row([back]) }
}

fn asked(key: &str, sku: &Sku, offer: Offer, price: Money, facts: &AdminFacts, texts: &Texts) -> Html {
    let title = texts.say_with(key, &[("name", facts.name.into()), product(sku, facts.catalogue, texts)]);
    let now = texts.say_with("price-now", &[("offer", offered(offer, price, texts).into())]);
    Html::new().bold(&title).end_line().line(&now)
}

/// `50 шт. — 11 000,00 ₽`, or a unit price from a volume on.
fn offered(offer: Offer, price: Money, texts: &Texts) -> String {
    match offer {
        Offer::Package(quantity) => amount("package-price", quantity.into(), price, texts),
        Offer::Tier(from) => {
            texts.say_with("tier-from", &[("from", u64::from(from).into()), ("price", texts.money(price).into())])
        }
    }
}

/// A price that somebody else took out of the price list meanwhile.
fn gone(texts: &Texts) -> Screen {
    let back = admin_button(texts.say("button-back"), AdminAction::Catalogue { page: 0 });
    Screen { text: Html::new().line(&texts.say("price-gone")), keyboard: Keyboard::new().row([back]) }
}
