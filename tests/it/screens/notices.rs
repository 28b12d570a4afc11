//! The sentences on top of a screen, and the answers to presses.

use keydesk::chat::dialogue::{Banner, Dialogue, State, Toast};
use keydesk::chat::view::banner::{sentence, toast};
use keydesk::domain::OrderNumber;

use super::{Scenes, reviewed, sku};
use crate::support::examples;

#[test]
fn every_notice_reads_well() {
    let catalogue = examples::catalogue();
    let mut scenes = Scenes::new();
    for product in ["sp-1", "trial-30000", "gone"] {
        let place = Dialogue { state: State::WaitingForQuantity(sku(product)), ..Dialogue::new() };
        scenes.add(&format!("NotAQuantity of {product}"), |texts| {
            sentence(&Banner::NotAQuantity, &place, &catalogue, texts).replace('\u{a0}', "~")
        });
    }
    // Not a quantity: above, since it depends on the product.
    let every = examples::NOTICES.into_iter().chain(examples::ASKING_NOTICES).chain(examples::ACCOUNT_NOTICES);
    for notice in every.filter(|notice| *notice != Banner::NotAQuantity) {
        scenes.add(&format!("{notice:?}"), |texts| {
            sentence(&notice, &Dialogue::new(), &catalogue, texts).replace('\u{a0}', "~")
        });
    }
    reviewed!("notices", scenes.0);
}

#[test]
fn every_answer_to_a_press_reads_well() {
    let mut scenes = Scenes::new();
    for answer in [Toast::Outdated, Toast::AlreadySent(OrderNumber(450))] {
        // A longer answer is cut by Telegram (https://core.telegram.org/bots/api#answercallbackquery).
        scenes.add(&format!("{answer:?}"), |texts| {
            let text = toast(&answer, texts);
            assert!((1..=200).contains(&text.encode_utf16().count()));
            text
        });
    }
    reviewed!("toasts", scenes.0);
}
