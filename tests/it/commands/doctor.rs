//! `keydesk doctor`.

use super::premises::Premises;
use crate::store::{anna, placed, runs};

const TOTALS: &str = "orders whose total is not the sum of their lines: 1 (2)\n    \
    somebody changed rows by hand, or the file is damaged: compare with the last backup, and restore it\n";

async fn what_is_not_sound_is_said_and_so_is_the_remedy(premises: Premises) {
    assert_eq!(premises.says(&["doctor"]), "The data are sound: 27 checks found nothing.\n");
    let bot = premises.bot_store().await;
    let anna = anna(&bot).await;
    for draft in 1..=3 {
        placed(&bot, &anna, draft, draft).await;
    }
    assert_eq!(premises.says(&["doctor", "--json"]), "{\n  \"checks\": 27,\n  \"findings\": []\n}\n");
    let mut tx = bot.begin().await.unwrap();
    runs(&mut tx, "UPDATE orders SET total = total - 1 WHERE number = 2").await;
    tx.commit().await.unwrap();
    // Beside the bot, which has it open.
    let outcome = premises.keydesk(&["doctor"]);
    assert_eq!((outcome.status, outcome.said.as_str(), outcome.complained.as_str()), (Some(3), TOTALS, ""));
    let outcome = premises.keydesk(&["doctor", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&outcome.said).unwrap();
    assert_eq!((outcome.status, &json["findings"][0]["check"]), (Some(3), &"order_total".into()));
    assert_eq!(json["findings"][0]["first"], serde_json::json!(["2"]));
}

#[tokio::test]
async fn what_is_not_sound_is_said_and_so_is_the_remedy_on_sqlite() {
    what_is_not_sound_is_said_and_so_is_the_remedy(Premises::on_sqlite().started().await).await;
}

#[tokio::test]
async fn what_is_not_sound_is_said_and_so_is_the_remedy_on_postgres() {
    what_is_not_sound_is_said_and_so_is_the_remedy(Premises::on_postgres().await).await;
}

#[tokio::test]
async fn a_database_that_cannot_be_looked_at_is_no_finding() {
    let premises = Premises::on_sqlite().started().await;
    premises.write("keydesk.db", "this is no database, and long enough to be one: ".repeat(100));
    assert_eq!(premises.keydesk(&["doctor"]).status, Some(5));
}
