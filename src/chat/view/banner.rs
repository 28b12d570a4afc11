//! The sentence on top of a screen, and the short answers to presses.

use chrono::TimeDelta;

use super::parts::allowed;
use super::{account, billing};
use crate::chat::dialogue::{Banner, State, Toast, Unsent};
use crate::chat::i18n::{Texts, Value};
use crate::domain::{Catalogue, Draft, LimitReached, MessageBody, OrderNumber, Request};

/// What a banner says.
pub fn sentence(banner: &Banner, state: &State, catalogue: &Catalogue, texts: &Texts) -> String {
    let limit = |limit: usize| ("limit", (limit as u64).into());
    match banner {
        Banner::NotAQuantity => {
            let product = match state {
                State::WaitingForQuantity(sku) => catalogue.product(sku),
                _ => None,
            };
            match product {
                Some(product) => {
                    texts.say_with("notice-not-a-quantity", &[("allowed", allowed(product, texts).into())])
                }
                None => texts.say("notice-product-gone"),
            }
        }
        Banner::TooManyLines => texts.say_with("notice-too-many-lines", &[limit(Draft::MAX_LINES)]),
        Banner::TooExpensive => texts.say("notice-too-expensive"),
        Banner::ProductGone => texts.say("notice-product-gone"),
        Banner::PricesChanged => texts.say("notice-prices-changed"),
        Banner::NamesChanged => texts.say("notice-names-changed"),
        Banner::LinesGone => texts.say("notice-lines-gone"),
        Banner::NothingChosen => texts.say("notice-nothing-chosen"),
        Banner::UseButtons => texts.say("notice-use-buttons"),
        Banner::SecondHand => texts.say("notice-second-hand"),
        Banner::UnknownCommand => texts.say("notice-unknown-command"),
        Banner::OrderNumberExpected => texts.say("notice-order-number-expected"),
        Banner::NoteExpected => texts.say("notice-note-expected"),
        Banner::NoteTooLong => texts.say_with("notice-note-too-long", &[limit(Draft::MAX_NOTE)]),
        Banner::DraftKept => texts.say("notice-draft-kept"),
        Banner::NothingToCancel => texts.say("notice-nothing-to-cancel"),
        Banner::OrderSent => texts.say("notice-order-sent"),
        Banner::RepeatedIntoDraft => texts.say("notice-repeated-into-draft"),
        Banner::RepeatedInPart => texts.say("notice-repeated-in-part"),
        Banner::NothingToRepeat => texts.say("notice-nothing-to-repeat"),
        Banner::Asked(Request::Answer) => going_on(texts.say("notice-asked"), state, texts),
        Banner::Asked(Request::Cancellation) => going_on(texts.say("notice-asked-to-cancel"), state, texts),
        Banner::WordsSent(order) => going_on(texts.say_with("notice-words-sent", &[number(*order)]), state, texts),
        Banner::WordsAdded(order) => texts.say_with("notice-words-added", &[number(*order)]),
        Banner::WordsCorrected(order) => texts.say_with("notice-words-corrected", &[number(*order)]),
        Banner::TooManyUnsent => texts.say("notice-too-many-unsent"),
        Banner::EditIgnored => texts.say("notice-edit-ignored"),
        Banner::WordsExpected => texts.say("notice-words-expected"),
        Banner::WordsTooLong => texts.say_with("notice-words-too-long", &[limit(MessageBody::MAX_TEXT)]),
        Banner::TooManyQuestions => texts.say("notice-too-many-questions"),
        Banner::OverLimit(reached) => over_limit(*reached, texts),
        Banner::NotAnyMore => texts.say("notice-not-any-more"),
        Banner::FileFollows => texts.say("notice-file-follows"),
        Banner::LanguageChosen => texts.say("notice-language-chosen"),
        Banner::Account(banner) => account::sentence(*banner, texts),
        Banner::Billing(fault) => billing::sentence(*fault, texts),
        Banner::StartedAfresh => texts.say("notice-started-afresh"),
    }
}

fn over_limit(reached: LimitReached, texts: &Texts) -> String {
    let (key, most, until) = match reached {
        LimitReached::OpenOrders { most } => ("notice-limit-open-orders", most, None),
        LimitReached::OrdersPerHour { most, until } => ("notice-limit-orders", most, Some(until)),
        LimitReached::MessagesPerHour { most, until } => ("notice-limit-messages", most, Some(until)),
    };
    // A minute that has begun is not over yet.
    let until = until.map_or_else(String::new, |until| texts.date_time(until + TimeDelta::seconds(59)));
    texts.say_with(key, &[("count", u64::from(most).into()), ("date", until.into())])
}

/// That more may follow, where the dialogue does not wait for something else.
fn going_on(sentence: String, state: &State, texts: &Texts) -> String {
    if state.waits_for_text() { sentence } else { format!("{sentence} {}", texts.say("notice-goes-on")) }
}

/// What is said of words that went to nobody.
pub fn unsent(unsent: &Unsent, texts: &Texts) -> String {
    let number = number(unsent.order);
    match unsent.words.len() {
        1 => texts.say_with("unsent-one", &[number]),
        count => texts.say_with("unsent-many", &[number, ("count", (count as u64).into())]),
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
