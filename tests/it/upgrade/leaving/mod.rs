//! People use a shop in every way that there is, and the bot stops in the middle of it.

mod customers;
mod drafts;
mod orders;
mod staff;
mod waiting;

use std::fs::File;
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::{dump, world};
use crate::support::files::document;
use crate::support::shop::{SP_1, Shop, TRIAL_30000, on_both};
use crate::support::visitor::Visitor;

/// The release whose fixtures these conversations make.
const RELEASE: &str = env!("CARGO_PKG_VERSION");
/// Above the random numbers at which emulators begin, so that the next emulator can go on from here.
const FIRST_UPDATE: i64 = 1_400_000_000;

on_both!(people_leave_half_of_what_they_do_undone);

async fn people_leave_half_of_what_they_do_undone(shop: Shop) {
    if std::env::var_os("KEYDESK_WRITE_FIXTURES").is_none() {
        return;
    }
    shop.emulator.push_raw_update(json!({ "update_id": FIRST_UPDATE }));
    orders::leave(&shop).await;
    drafts::leave(&shop).await;
    customers::leave(&shop).await;
    let shop = customers::leave_what_a_configuration_asks(shop).await;
    staff::leave(&shop).await;
    let last_update = waiting::leave(&shop).await;
    keep(&shop, &last_update).await;
}

async fn keep(shop: &Shop, last_update: &Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/upgrade/fixtures").join(RELEASE);
    let database = if shop.address().starts_with("sqlite:") { "sqlite" } else { "postgres" };
    let (dump, world) = (dump::dump(shop).await, world::written(shop, last_update));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [(format!("{database}.sql"), dump), (format!("{database}.world.json"), world)] {
        let file = File::create_new(folder.join(name));
        file.expect("the fixtures of a release are made once").write_all(text.as_bytes()).unwrap();
    }
}

/// A customer places an order for one key, which gets this number.
async fn places(customer: &Visitor<'_>, number: i64) {
    customer.orders(&[(TRIAL_30000, 1)]).await;
    assert!(customer.screen().contains(&format!("Заказ №{number}\n")), "№{number}: {}", customer.screen());
}

/// A customer has chosen two products.
async fn has_a_draft(customer: &Visitor<'_>) {
    customer.chooses(&[(SP_1, 50), (TRIAL_30000, 2)]).await;
}

/// The words that a newly opened invitation makes its guest say.
async fn invites(owner: &Visitor<'_>) -> String {
    owner.says("/settings").await.taps("Коллеги").await.taps("Пригласить коллегу").await;
    let screen = owner.screen();
    let link = screen.lines().rev().find(|line| line.starts_with("https://t.me/")).unwrap();
    format!("/start {}", link.split_once("?start=").unwrap().1)
}

async fn joins(owner: &Visitor<'_>, guest: &Visitor<'_>) {
    let opening = invites(owner).await;
    guest.says("/start").await.says(&opening).await.taps("Присоединиться").await;
}

/// A picture; its content is a text, so that the fixtures are.
fn photo(caption: &str) -> keydesk_emulator::Content {
    keydesk_emulator::Content::Photo { bytes: b"a photo".to_vec(), caption: Some(caption.to_owned()) }
}

/// A price list that is sent to the bot.
fn price_list(text: &str) -> keydesk_emulator::Content {
    document("catalog.toml", text.as_bytes(), "/catalog")
}
