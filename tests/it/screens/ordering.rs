//! The screens on the way to an order.

use keydesk::chat::dialogue::{Banner, State};
use keydesk::domain::catalogue::price_list::{FreeQuantity, Package, Tier};
use keydesk::domain::{Money, NotUnderstood, TypedFault, TypedLine};

use super::{Scene, Scenes, reviewed, sku};
use crate::support::languages::named;

const FORM: State = State::ChoosingProduct { group: None, page: 0 };

/// Order #450 of the activation server's page: 53 keys for 25 000,00.
const SEED: [(&str, u32); 3] = [("sp-1", 50), ("trial-30000", 2), ("trial-100000", 1)];

#[test]
fn the_start_screen_reads_well() {
    let mut scenes = Scenes::new();
    scenes.add("no draft", |texts| Scene::at(State::Home).seen(texts));
    let mut nameless = Scene::at(State::Home);
    nameless.reader.name.clear();
    scenes.add("a name of invisible characters", |texts| nameless.seen(texts));
    for count in [1, 2, 5] {
        let scene = Scene::at(State::Home).with(&[("trial-30000", count)]);
        scenes.add(&format!("a draft of {count}"), |texts| scene.seen(texts));
    }
    let scene = Scene::at(State::Home).with(&[("sp-1", 50)]);
    scenes.add("a draft of 50", |texts| scene.seen(texts));
    reviewed!("home", scenes.0);
}

#[test]
fn the_form_reads_well() {
    let mut scenes = Scenes::new();
    scenes.add("empty", |texts| Scene::at(FORM).with(&[]).seen(texts));
    scenes.add("one key", |texts| Scene::at(FORM).with(&[("trial-30000", 1)]).seen(texts));
    scenes.add("order #450", |texts| Scene::at(FORM).with(&SEED).seen(texts));
    scenes.add("no draft", |texts| Scene::at(FORM).seen(texts));
    reviewed!("form", scenes.0);
}

#[test]
fn a_long_form_reads_well() {
    let mut scene = Scene::at(FORM).with(&SEED);
    let like = scene.catalogue.products[0].clone();
    for index in 0..20 {
        let mut product = like.clone();
        product.sku = sku(&format!("net-{index}"));
        product.name = named(format!("Сетевая лицензия, {index} мест"), format!("Network licence, {index} seats"));
        scene.catalogue.products.push(product);
    }
    let mut single = like;
    single.sku = sku("dongle");
    single.name = named("Ключ без группы".to_owned(), "Key of no group".to_owned());
    single.group = None;
    scene.catalogue.products.push(single);
    let mut scenes = Scenes::new();
    scenes.add("groups", |texts| scene.seen(texts));
    for page in [0, 1, 2] {
        scene.dialogue.state = State::ChoosingProduct { group: Some(sku("sp")), page };
        scenes.add(&format!("a group, page {page}"), |texts| scene.seen(texts));
    }
    reviewed!("form_divided", scenes.0);
}

#[test]
fn the_question_for_a_quantity_reads_well() {
    let ask = |product: &str| Scene::at(State::WaitingForQuantity(sku(product)));
    let mut scenes = Scenes::new();
    scenes.add("packages", |texts| ask("sp-1").with(&[]).seen(texts));
    scenes.add("packages, one chosen", |texts| ask("sp-1").with(&SEED).seen(texts));
    scenes.add("free quantities, one tier", |texts| ask("trial-30000").with(&[("trial-30000", 1)]).seen(texts));
    scenes.add("free quantities, two tiers", |texts| ask("trial-100000").with(&[("trial-100000", 5)]).seen(texts));
    scenes.add("not sold any more", |texts| ask("gone").with(&[]).seen(texts));
    let mut both = ask("sp-1").with(&[]);
    let price = |minor| Money::from_minor(minor, both.catalogue.currency).unwrap();
    let tiers = vec![Tier { from: 1, unit_price: price(25_000) }, Tier { from: 1_000, unit_price: price(20_000) }];
    both.catalogue.products[0].free = Some(FreeQuantity { min: 10, max: 5_000, step: 10, tiers });
    scenes.add("packages and free quantities in steps", |texts| both.seen(texts));
    let mut exact = ask("sp-1").with(&[]);
    exact.catalogue.products[0].packages = vec![Package { quantity: 1, price: price(0) }];
    scenes.add("one free key", |texts| exact.seen(texts));
    let tiers = vec![Tier { from: 1, unit_price: price(25_000) }];
    exact.catalogue.products[0].packages.clear();
    exact.catalogue.products[0].free = Some(FreeQuantity { min: 7, max: 5_000, step: 7, tiers });
    scenes.add("a wide range", |texts| exact.seen(texts));
    let off_step = vec![Tier { from: 1, unit_price: price(25_000) }, Tier { from: 5, unit_price: price(20_000) }];
    exact.catalogue.products[0].free = Some(FreeQuantity { min: 1_000, max: 1_000_000, step: 1_000, tiers: off_step });
    scenes.add("tiers below the smallest quantity", |texts| exact.seen(texts));
    reviewed!("quantity", scenes.0);
}

#[test]
fn the_summary_reads_well() {
    let mut scenes = Scenes::new();
    scenes.add("order #450", |texts| Scene::at(State::Confirming).with(&SEED).seen(texts));
    let noted = Scene::at(State::Confirming).with(&[("trial-30000", 1)]).noting("PO-77\nсрочно");
    scenes.add("one key, with a note", |texts| noted.seen(texts));
    let mut repriced = Scene::at(State::Confirming).with(&SEED).saying(Banner::PricesChanged);
    let dearer = Money::from_minor(1_250_000, repriced.catalogue.currency).unwrap();
    repriced.catalogue.products[0].packages[0].price = dearer;
    let catalogue = repriced.catalogue.clone();
    repriced.dialogue.draft.as_mut().unwrap().reprice(&catalogue);
    scenes.add("a changed price", |texts| repriced.seen(texts));
    reviewed!("summary", scenes.0);
}

#[test]
fn a_typed_order_reads_well() {
    let typed = |product: &str, quantity| TypedLine { sku: sku(product), quantity };
    let offer = State::OfferToAdd(vec![typed("sp-1", 100), typed("sp-3", 50)]);
    let mut scenes = Scenes::new();
    scenes.add("beside a draft that has one of its products", |texts| Scene::at(offer.clone()).with(&SEED).seen(texts));
    let apart = State::OfferToAdd(vec![typed("sp-5", 200)]);
    scenes.add("beside a draft", |texts| Scene::at(apart.clone()).with(&SEED).seen(texts));
    let faults = [
        NotUnderstood::NoSuchProduct(None),
        NotUnderstood::NoSuchProduct(Some(sku("sp-3"))),
        NotUnderstood::SeveralProducts(vec![sku("sp-1"), sku("sp-3"), sku("sp-5")]),
        NotUnderstood::NoProduct,
        NotUnderstood::NoQuantity(sku("sp-1")),
        NotUnderstood::NotAQuantity(sku("trial-30000")),
        NotUnderstood::NotSold(sku("sp-1"), 1),
        NotUnderstood::NotSold(sku("sp-1"), 51),
    ];
    for why in faults {
        let banner = Banner::OrderNotUnderstood(TypedFault { line: "<sp> 1".to_owned(), why, is_all: true });
        let scene = Scene::at(FORM).with(&[]).saying(banner.clone());
        scenes.add(&format!("{banner:?}"), |texts| scene.seen(texts).lines().next().unwrap_or_default().to_owned());
    }
    reviewed!("typed", scenes.0);
}

#[test]
fn the_question_for_a_note_reads_well() {
    let mut scenes = Scenes::new();
    scenes.add("no note", |texts| Scene::at(State::WaitingForNote).with(&SEED).seen(texts));
    scenes.add("a note", |texts| Scene::at(State::WaitingForNote).with(&SEED).noting("PO-77").seen(texts));
    reviewed!("note", scenes.0);
}

#[test]
fn the_offer_to_go_on_reads_well() {
    let mut scenes = Scenes::new();
    scenes.add("an open draft", |texts| Scene::at(State::OfferToResume).with(&SEED).seen(texts));
    reviewed!("resume", scenes.0);
}
