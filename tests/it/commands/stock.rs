//! `keydesk stock`.

use insta::assert_snapshot;

use super::premises::Premises;
use crate::store::{at, commit};

async fn every_product_is_listed_with_what_is_left(premises: Premises) {
    premises.write("stock.csv", "A-1\nA-2\nA-3");
    premises.says(&["serials", "import", "sp-1", "stock.csv"]);
    let bot = premises.bot_store().await;
    let gone = keydesk::domain::Sku::parse("old-1").unwrap();
    let serials = [keydesk::domain::SerialNumber::parse("O-1").unwrap()];
    commit!(bot, |tx| tx.import_serials(&gone, &serials, at(0)));
    assert_snapshot!("stock", premises.says(&["stock"]));
    let json: serde_json::Value = serde_json::from_str(&premises.says(&["stock", "--json"])).unwrap();
    assert_eq!((&json[0]["sku"], &json[0]["in_stock"]), (&"sp-1".into(), &3.into()));
    assert_eq!((&json[5]["sku"], &json[5]["name"]), (&"old-1".into(), &serde_json::Value::Null));
}

#[tokio::test]
async fn every_product_is_listed_with_what_is_left_on_sqlite() {
    every_product_is_listed_with_what_is_left(Premises::on_sqlite().started().await).await;
}

#[tokio::test]
async fn every_product_is_listed_with_what_is_left_on_postgres() {
    every_product_is_listed_with_what_is_left(Premises::on_postgres().await.started().await).await;
}

#[tokio::test]
async fn the_configuration_may_have_another_name() {
    let premises = Premises::on_sqlite().started().await;
    premises.write(
        "shop.toml",
        include_str!("../../../keydesk.example.toml").replace("default_language = \"ru\"", "default_language = \"en\""),
    );
    let said = premises.says(&["stock", "--config", "shop.toml"]);
    assert!(said.contains("Guardant SP licence, 1 activation\n"), "{said}");
}
