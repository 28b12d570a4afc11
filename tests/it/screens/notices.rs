//! The sentences on top of a screen, and the answers to presses.

use keydesk::chat::dialogue::{Banner, Dialogue, State, Toast};
use keydesk::chat::view::banner::{sentence, toast};
use keydesk::chat::view::{backups, maintenance};
use keydesk::domain::{Maintenance, OrderNumber};

use super::{Scenes, reviewed, sku};
use crate::support::examples;
use crate::support::screens::readable;

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

#[test]
fn whoever_comes_during_maintenance_reads_why() {
    let since = "2015-04-01T09:30:00Z".parse().unwrap();
    let open = Maintenance { reason: "We are moving to a new server.".to_owned(), since, until: None };
    let bounded = Maintenance { until: Some("2015-04-01T15:00:00Z".parse().unwrap()), ..open.clone() };
    let longest = Maintenance { reason: "1".repeat(Maintenance::MAX_REASON), ..bounded.clone() };
    let mut scenes = Scenes::new();
    for (name, now) in [("open", Some(&open)), ("bounded", Some(&bounded)), ("over by now", None)] {
        scenes.add(name, |texts| readable(&maintenance::not_done(now, texts)));
    }
    for (name, now) in [("pressed, open", &open), ("pressed, bounded", &bounded), ("pressed, longest", &longest)] {
        scenes.add(name, |texts| {
            let text = maintenance::toast(now, texts);
            assert!((1..=200).contains(&text.encode_utf16().count()), "{text}");
            text
        });
    }
    reviewed!("maintenance", scenes.0);
}

#[test]
fn staff_read_that_there_is_no_backup_and_that_there_is_one_again() {
    let at = "2015-04-01T09:30:00Z".parse().unwrap();
    let mut scenes = Scenes::new();
    scenes.add("none for long", |texts| readable(&backups::missing(Some(at), texts)));
    scenes.add("none ever", |texts| readable(&backups::missing(None, texts)));
    scenes.add("one again", |texts| readable(&backups::taken(at, texts)));
    reviewed!("backups", scenes.0);
}
