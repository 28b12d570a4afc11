//! The sentence on top of a screen, and the short answers to presses.

use super::parts::allowed;
use super::{account, billing, staff_notice};
use crate::dialogue::{Notice, Place, Toast};
use crate::domain::{Catalogue, Draft, Request, Words};
use crate::i18n::Texts;

/// What a notice says.
pub fn sentence(notice: &Notice, place: &Place, catalogue: &Catalogue, texts: &Texts) -> String {
    let limit = |limit: usize| ("limit", (limit as u64).into());
    match notice {
        Notice::NotAQuantity => {
            let product = match place {
                Place::WaitingForQuantity(sku) => catalogue.product(sku),
                _ => None,
            };
            match product {
                Some(product) => {
                    texts.say_with("notice-not-a-quantity", &[("allowed", allowed(product, texts).into())])
                }
                None => texts.say("notice-product-gone"),
            }
        }
        Notice::TooManyLines => texts.say_with("notice-too-many-lines", &[limit(Draft::MAX_LINES)]),
        Notice::TooExpensive => texts.say("notice-too-expensive"),
        Notice::ProductGone => texts.say("notice-product-gone"),
        Notice::PricesChanged => texts.say("notice-prices-changed"),
        Notice::NamesChanged => texts.say("notice-names-changed"),
        Notice::LinesGone => texts.say("notice-lines-gone"),
        Notice::NothingChosen => texts.say("notice-nothing-chosen"),
        Notice::UseButtons => texts.say("notice-use-buttons"),
        Notice::UnknownCommand => texts.say("notice-unknown-command"),
        Notice::OrderNumberExpected => texts.say("notice-order-number-expected"),
        Notice::NoteExpected => texts.say("notice-note-expected"),
        Notice::NoteTooLong => texts.say_with("notice-note-too-long", &[limit(Draft::MAX_NOTE)]),
        Notice::DraftKept => texts.say("notice-draft-kept"),
        Notice::NothingToCancel => texts.say("notice-nothing-to-cancel"),
        Notice::OrderSent => texts.say("notice-order-sent"),
        Notice::RepeatedIntoDraft => texts.say("notice-repeated-into-draft"),
        Notice::RepeatedInPart => texts.say("notice-repeated-in-part"),
        Notice::NothingToRepeat => texts.say("notice-nothing-to-repeat"),
        Notice::Asked(Request::Answer) => texts.say("notice-asked"),
        Notice::Asked(Request::Cancellation) => texts.say("notice-asked-to-cancel"),
        Notice::WordsExpected => texts.say("notice-words-expected"),
        Notice::WordsTooLong => texts.say_with("notice-words-too-long", &[limit(Words::MAX_TEXT)]),
        Notice::TooManyQuestions => texts.say("notice-too-many-questions"),
        Notice::NotAnyMore => texts.say("notice-not-any-more"),
        Notice::FileFollows => texts.say("notice-file-follows"),
        Notice::Staff(notice) => staff_notice::sentence(notice, catalogue, texts),
        Notice::LanguageChosen => texts.say("notice-language-chosen"),
        Notice::Account(notice) => account::sentence(*notice, texts),
        Notice::Billing(fault) => billing::sentence(*fault, texts),
        Notice::StartedAfresh => texts.say("notice-started-afresh"),
    }
}

/// What the answer to a press says.
pub fn toast(toast: &Toast, texts: &Texts) -> String {
    match toast {
        Toast::Outdated => texts.say("toast-outdated"),
        Toast::AlreadySent(number) => texts.say_with("toast-already-sent", &[("number", number.to_string().into())]),
    }
}
