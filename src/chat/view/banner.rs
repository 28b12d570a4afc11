//! The sentence on top of a screen, and the short answers to presses.

use chrono::TimeDelta;

use super::parts::allowed;
use super::{Facts, account, billing, typed_order};
use crate::chat::dialogue::{Banner, Dialogue, State, Toast, Unsent};
use crate::chat::i18n::{Texts, Value};
use crate::domain::catalogue::price_list::FreeQuantity;
use crate::domain::{Draft, LimitReached, OrderNumber, Product, Request};

/// What a banner says.
pub fn sentence(banner: &Banner, dialogue: &Dialogue, facts: &Facts, texts: &Texts) -> String {
    let catalogue = facts.catalogue;
    let state = &dialogue.state;
    let limit = |limit: usize| ("limit", (limit as u64).into());
    match banner {
        Banner::NotAQuantity | Banner::QuantityNotSold(_) => {
            let product = match state {
                State::WaitingForQuantity(sku) => catalogue.product(sku),
                _ => None,
            };
            match (product, banner) {
                (None, _) => texts.say("banner-product-gone"),
                (Some(product), Banner::QuantityNotSold(quantity)) => quantity_not_sold(*quantity, product, texts),
                (Some(product), _) => {
                    texts.say_with("banner-not-a-quantity", &[("allowed", allowed(product, texts).into())])
                }
            }
        }
        Banner::OrderNotUnderstood(fault) => typed_order::sentence(fault, catalogue, texts),
        Banner::TooManyLines => texts.say_with("banner-too-many-lines", &[limit(Draft::MAX_LINES)]),
        Banner::TooExpensive => texts.say("banner-too-expensive"),
        Banner::ProductGone => texts.say("banner-product-gone"),
        Banner::PricesChanged => texts.say("banner-prices-changed"),
        Banner::NamesChanged => texts.say("banner-names-changed"),
        Banner::LinesGone => texts.say("banner-lines-gone"),
        Banner::NothingChosen => texts.say("banner-nothing-chosen"),
        Banner::UseButtons => match &facts.shop.contact {
            // Whoever has no order yet reaches nobody by the bot.
            Some(contact) => texts.say_with("banner-use-buttons-or-contact", &[("contact", contact.as_str().into())]),
            None => texts.say("banner-use-buttons"),
        },
        Banner::SecondHand => texts.say("banner-second-hand"),
        Banner::UnknownCommand => texts.say("banner-unknown-command"),
        Banner::OrderNumberExpected => texts.say("banner-order-number-expected"),
        Banner::NoteExpected => texts.say("banner-note-expected"),
        Banner::NoteTooLong => texts.say_with("banner-note-too-long", &[limit(Draft::MAX_NOTE)]),
        Banner::DraftKept => texts.say("banner-draft-kept"),
        Banner::NothingToCancel => texts.say("banner-nothing-to-cancel"),
        Banner::OrderSent => texts.say("banner-order-sent"),
        Banner::RepeatedIntoDraft => texts.say("banner-repeated-into-draft"),
        Banner::RepeatedInPart => texts.say("banner-repeated-in-part"),
        Banner::NothingToRepeat => texts.say("banner-nothing-to-repeat"),
        Banner::Asked(Request::Answer) => going_on(texts.say("banner-asked"), state, texts),
        Banner::Asked(Request::Cancellation) => going_on(texts.say("banner-asked-to-cancel"), state, texts),
        Banner::WordsSent(order) => going_on(texts.say_with("banner-words-sent", &[number(*order)]), state, texts),
        Banner::WordsAdded(order) => texts.say_with("banner-words-added", &[number(*order)]),
        Banner::WordsCorrected(order) => texts.say_with("banner-words-corrected", &[number(*order)]),
        Banner::TooManyUnsent => texts.say("banner-too-many-unsent"),
        Banner::EditIgnored => texts.say("banner-edit-ignored"),
        Banner::WordsExpected => texts.say("banner-words-expected"),
        Banner::TooManyQuestions => texts.say("banner-too-many-questions"),
        Banner::OverLimit(reached) => over_limit(*reached, dialogue, texts),
        Banner::NotAnyMore => texts.say("banner-not-any-more"),
        Banner::FilesFollow => texts.say("banner-files-follow"),
        Banner::FileFollows => texts.say("banner-file-follows"),
        Banner::AnswerFollows => texts.say("banner-answer-follows"),
        Banner::PeriodExpected => texts.say("banner-period-expected"),
        Banner::LanguageChosen => texts.say("banner-language-chosen"),
        Banner::Account(banner) => account::sentence(*banner, texts),
        Banner::Billing(fault) => billing::sentence(*fault, texts),
        Banner::StartedAfresh => texts.say("banner-started-afresh"),
    }
}

/// What is wrong with a number, and which ones are right.
fn quantity_not_sold(quantity: u32, product: &Product, texts: &Texts) -> String {
    let packages = || product.packages.iter().map(|package| package.quantity);
    let least = packages().chain(product.free.as_ref().map(|free| free.min)).min();
    let most = packages().chain(product.free.as_ref().map(FreeQuantity::largest)).max();
    let (key, bound) = match (least, most) {
        (Some(least), _) if quantity < least => ("banner-quantity-too-small", least),
        (_, Some(most)) if quantity > most => ("banner-quantity-too-large", most),
        _ => ("banner-quantity-not-sold", quantity),
    };
    let bound = ("bound", texts.number(bound.into()).into());
    texts.say_with(key, &[bound, ("allowed", allowed(product, texts).into())])
}

fn over_limit(reached: LimitReached, dialogue: &Dialogue, texts: &Texts) -> String {
    let (key, most, until) = match reached {
        LimitReached::OpenOrders { most } => ("banner-limit-open-orders", most, None),
        LimitReached::OrdersPerHour { most, until } => ("banner-limit-orders", most, Some(until)),
        LimitReached::MessagesPerHour { most, until } if dialogue.unsent.is_some() => {
            ("banner-limit-messages-kept", most, Some(until))
        }
        LimitReached::MessagesPerHour { most, until } => ("banner-limit-messages", most, Some(until)),
        LimitReached::SerialRequestsPerHour { most, until } => ("banner-limit-serials", most, Some(until)),
    };
    // A minute that has begun is not over yet.
    let until = until.map_or_else(String::new, |until| texts.date_time(until + TimeDelta::seconds(59)));
    texts.say_with(key, &[("count", u64::from(most).into()), ("date", until.into())])
}

/// That more may follow, where the dialogue does not wait for something else.
fn going_on(sentence: String, state: &State, texts: &Texts) -> String {
    if state.waits_for_text() { sentence } else { format!("{sentence} {}", texts.say("banner-goes-on")) }
}

/// What is said of words that went to nobody.
pub fn unsent(unsent: &Unsent, texts: &Texts) -> String {
    let number = number(unsent.order);
    let count = ("count", (unsent.words.len() as u64).into());
    match (unsent.words.len(), unsent.or.is_empty()) {
        (1, true) => texts.say_with("unsent-one", &[number]),
        (_, true) => texts.say_with("unsent-many", &[number, count]),
        (1, false) => texts.say("unsent-one-choose"),
        (_, false) => texts.say_with("unsent-many-choose", &[count]),
    }
}

fn number(order: OrderNumber) -> (&'static str, Value) {
    ("number", order.to_string().into())
}

/// What the answer to a press says.
pub fn toast(toast: &Toast, texts: &Texts) -> String {
    match toast {
        Toast::Outdated => texts.say("toast-outdated"),
        Toast::AlreadySent(number) => texts.say_with("toast-already-sent", &[("number", number.to_string().into())]),
    }
}
