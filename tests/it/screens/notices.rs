//! The sentences on top of a screen, and the answers to presses.

use keydesk::chat::dialogue::{Banner, Dialogue, State, Toast};
use keydesk::chat::view::banner::{sentence, toast};
use keydesk::chat::view::{Facts, Subject, backups, maintenance};
use keydesk::config::Shop;
use keydesk::domain::{Maintenance, OrderNumber};

use super::{Scenes, reviewed, sku};
use crate::support::examples;
use crate::support::screens::readable;

#[test]
fn every_notice_reads_well() {
    let (catalogue, reader) = (examples::catalogue(), examples::anna());
    let (shop, subject) = (examples::shop(), Subject::Nothing);
    let facts = Facts { shop: &shop, catalogue: &catalogue, reader: &reader, subject: &subject };
    let mut scenes = Scenes::new();
    for product in ["sp-1", "trial-30000", "gone"] {
        let place = Dialogue { state: State::WaitingForQuantity(sku(product)), ..Dialogue::new() };
        for banner in [0, 7, 60, u32::MAX].map(Banner::QuantityNotSold).into_iter().chain([Banner::NotAQuantity]) {
            scenes.add(&format!("{banner:?} of {product}"), |texts| {
                sentence(&banner, &place, &facts, texts).replace('\u{a0}', "~")
            });
        }
    }
    // Quantities: above, since what is said of them depends on the product.
    let of_quantity = |notice: &Banner| matches!(notice, Banner::NotAQuantity | Banner::QuantityNotSold(_));
    let every = examples::NOTICES.into_iter().chain(examples::ASKING_NOTICES).chain(examples::ACCOUNT_NOTICES);
    for notice in every.filter(|notice| !of_quantity(notice)) {
        scenes.add(&format!("{notice:?}"), |texts| {
            sentence(&notice, &Dialogue::new(), &facts, texts).replace('\u{a0}', "~")
        });
    }
    let silent = Shop { contact: None, ..shop.clone() };
    let facts = Facts { shop: &silent, ..facts };
    scenes.add("UseButtons without a contact", |texts| sentence(&Banner::UseButtons, &Dialogue::new(), &facts, texts));
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
