//! An order that was typed at once: what was not understood of it, and the question what becomes of an open draft.

use super::form::{back_to_form, chosen, no_draft, quick_choices};
use super::keyboard::{Button, Keyboard};
use super::parts::{allowed, amount, line};
use super::{Facts, Html, Screen};
use crate::chat::action::DraftAction;
use crate::chat::dialogue::Dialogue;
use crate::chat::i18n::{Texts, Value};
use crate::domain::{Catalogue, NotUnderstood, Product, Sku, TypedFault, TypedLine};

/// Whether what was typed joins the open draft or takes its place.
pub fn offer(dialogue: &Dialogue, typed: &[TypedLine], facts: &Facts, texts: &Texts) -> Screen {
    let Some(draft) = &dialogue.draft else { return no_draft(texts) };
    let text = Html::new()
        .bold(&texts.say("resume-title"))
        .gap()
        .then(chosen(draft, facts.catalogue, texts))
        .gap()
        .bold(&texts.say("typed-title"))
        .gap();
    let mut text = typed.iter().fold(text, |text, line| text.then(typed_line(line, facts.catalogue, texts))).gap();
    if typed.iter().any(|line| draft.line(&line.sku).is_some()) {
        text = text.line(&texts.say("typed-overlap"));
    }
    let button = |label: &str, action| Button::draft(texts.say(label), draft.id, action);
    // Both lead to the summary, where Send stands in the third row from the bottom.
    let keyboard = Keyboard::new()
        .row([button("button-add-typed", DraftAction::AddTyped), button("button-start-typed", DraftAction::StartTyped)])
        .row([back_to_form(draft.id, texts)]);
    Screen { text: text.line(&texts.say("typed-question")), keyboard }
}

fn typed_line(typed: &TypedLine, catalogue: &Catalogue, texts: &Texts) -> Html {
    let Some(product) = catalogue.product(&typed.sku) else { return Html::new() };
    match product.price(typed.quantity) {
        Ok(price) => {
            let amount = amount("line-amount", typed.quantity.into(), price, texts);
            line(product.name.in_language(texts.language()), &amount)
        }
        Err(_) => Html::new(),
    }
}

/// What was not understood of a typed order, and what would be.
pub fn sentence(fault: &TypedFault, catalogue: &Catalogue, texts: &Texts) -> String {
    let say = |key: &str, more: &[(&str, Value)]| {
        texts.say_with(key, &[&[("line", fault.line.as_str().into())], more].concat())
    };
    let quantities = |sku: &Sku| {
        let product = catalogue.product(sku);
        product.map_or_else(String::new, |product| allowed(product, texts))
    };
    match &fault.why {
        NotUnderstood::NoSuchProduct(None) => say("typed-no-such-product", &[]),
        NotUnderstood::NoSuchProduct(Some(nearest)) => {
            let name = catalogue.product(nearest).map_or("", |product| product.name.in_language(texts.language()));
            say("typed-nearest-product", &[("product", name.into()), ("sku", nearest.as_str().into())])
        }
        NotUnderstood::SeveralProducts(skus) => {
            let skus: Vec<&str> = skus.iter().map(Sku::as_str).collect();
            say("typed-several-products", &[("skus", skus.join(", ").into())])
        }
        NotUnderstood::NoProduct => say("typed-no-product", &[("example", example(catalogue, 1).into())]),
        NotUnderstood::NoQuantity(sku) => say("typed-no-quantity", &[("allowed", quantities(sku).into())]),
        NotUnderstood::NotAQuantity(sku) => say("typed-not-a-quantity", &[("allowed", quantities(sku).into())]),
        NotUnderstood::NotSold(sku, quantity) => {
            let quantity = ("quantity", u64::from(*quantity).into());
            say("typed-not-sold", &[quantity, ("allowed", quantities(sku).into())])
        }
    }
}

/// An order of some products as it can be typed: `sp-1 50, sp-3 50`.
pub(super) fn example(catalogue: &Catalogue, products: usize) -> String {
    let typed = |product: &Product| {
        let (quantity, _) = quick_choices(product).into_iter().next()?;
        Some(format!("{} {quantity}", product.sku))
    };
    catalogue.products.iter().filter_map(typed).take(products).collect::<Vec<_>>().join(", ")
}
