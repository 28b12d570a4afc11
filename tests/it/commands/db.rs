//! `keydesk db copy`.

use super::premises::Premises;
use crate::store::{anna, placed};

async fn with_orders(premises: &Premises, count: i64) {
    let bot = premises.bot_store().await;
    let anna = anna(&bot).await;
    for draft in 1..=count {
        placed(&bot, &anna, draft, draft).await;
    }
    bot.close().await;
}

#[tokio::test]
async fn a_shop_moves_to_postgres_and_back() {
    let (file, server, back) = (Premises::on_sqlite(), Premises::on_postgres().await, Premises::on_sqlite());
    with_orders(&file, 3).await;
    let said = file.says(&["db", "copy", "--to", server.database_url()]);
    let held = "rows were copied: sound, orders: 3, the last is 3, the newest change is from 2015-04-01T07:00:03Z\n";
    assert!(said.ends_with(held), "{said}");
    let list = ["orders", "list", "--json"];
    assert_eq!(server.says(&list), file.says(&list));
    server.write("new-address", format!("{}\n", back.database_url()));
    assert!(server.says(&["db", "copy", "--to-file", "new-address"]).ends_with(held));
    let person = ["person", "export", "1", "--json"];
    assert_eq!(back.says(&person), file.says(&person));
    let json: serde_json::Value = {
        let other = Premises::on_postgres().await;
        serde_json::from_str(&back.says(&["db", "copy", "--to", other.database_url(), "--json"])).unwrap()
    };
    assert_eq!((&json["orders"], &json["sound"]), (&3.into(), &true.into()));
}

#[tokio::test]
async fn what_is_in_use_or_not_empty_is_left_alone() {
    let (file, other) = (Premises::on_sqlite(), Premises::on_sqlite());
    with_orders(&file, 1).await;
    with_orders(&other, 2).await;
    let outcome = file.keydesk(&["db", "copy", "--to", other.database_url()]);
    assert_eq!(outcome.status, Some(3));
    assert!(outcome.complained.contains("is not empty"), "{outcome:?}");
    let same = file.refusal(&["db", "copy", "--to", file.database_url()]);
    assert_eq!(same, "keydesk: --to is the database that is configured; name the one that is to be filled\n");
    let _bot = file.bot_store().await;
    let outcome = file.keydesk(&["db", "copy", "--to", Premises::on_sqlite().database_url()]);
    assert_eq!(outcome.status, Some(5));
    assert!(outcome.complained.contains("stop it first"), "{outcome:?}");
}
