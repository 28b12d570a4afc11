//! `keydesk doctor`.

use std::fs;

use chrono::{DateTime, TimeDelta, Utc};
use regex::Regex;

use super::premises::Premises;
use crate::store::{anna, commit, placed, runs};

const TOTALS: &str = "orders whose total is not the sum of their lines: 1 (2)\n    \
    somebody changed rows by hand, or the file is damaged: compare with the last backup, and restore it\n";

async fn what_is_not_sound_is_said_and_so_is_the_remedy(premises: Premises) {
    assert_eq!(premises.says(&["doctor"]), "The data are sound: 29 checks found nothing.\n");
    let bot = premises.bot_store().await;
    let anna = anna(&bot).await;
    for draft in 1..=3 {
        placed(&bot, &anna, draft, draft).await;
    }
    assert_eq!(premises.says(&["doctor", "--json"]), "{\n  \"checks\": 29,\n  \"findings\": []\n}\n");
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
    what_is_not_sound_is_said_and_so_is_the_remedy(Premises::on_postgres().await.started().await).await;
}

#[tokio::test]
async fn a_database_that_cannot_be_looked_at_is_no_finding() {
    let premises = Premises::on_sqlite().started().await;
    premises.write("keydesk.db", "this is no database, and long enough to be one: ".repeat(100));
    assert_eq!(premises.keydesk(&["doctor"]).status, Some(5));
}

#[tokio::test]
async fn the_newest_backup_is_looked_at() {
    let premises = Premises::on_sqlite().started().await;
    let example = include_str!("../../../keydesk.example.toml");
    premises.write("keydesk.toml", format!("{example}\n[backup]\nevery = \"24h\"\n"));
    let mut told = String::new();
    let mut tells = |status| {
        let outcome = premises.keydesk(&["doctor"]);
        assert_eq!(outcome.status, Some(status), "{outcome:?}");
        let said = outcome.said.strip_prefix("The data are sound: 29 checks found nothing.\n").unwrap().to_owned();
        told += &format!("{said}\n");
    };
    tells(0);
    fs::create_dir(premises.path("backups")).unwrap();
    premises.write("backups/notes.backup", "no instant is in its name");
    let name = |at: DateTime<Utc>| format!("backups/shop_bot-{}.backup", at.format("%Y-%m-%dT%H-%M-%SZ"));
    let now = Utc::now();
    premises.says(&["backup", &name(now - TimeDelta::hours(74))]);
    tells(0);
    premises.says(&["backup", &name(now - TimeDelta::hours(3))]);
    tells(0);
    // The newest counts, and nothing is made beside it.
    let whole = fs::read(premises.path(&name(now - TimeDelta::hours(3)))).unwrap();
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle..].fill(0x55);
    for (hours, content) in [(2, &b"SQLite format 3\0"[..]), (1, &damaged), (0, &whole)] {
        premises.write(&name(now - TimeDelta::hours(hours)), content);
        tells(if hours == 0 { 0 } else { 3 });
    }
    assert_eq!(fs::read_dir(premises.path("backups")).unwrap().count(), 6);
    let instants = Regex::new(r"\d{4}-\d\d-\d\dT\d\d[:-]\d\d[:-]\d\dZ").unwrap();
    let spans = Regex::new(r"\(\d+ (seconds?) ago\)").unwrap();
    let told = instants.replace_all(&told, "INSTANT").into_owned();
    insta::assert_snapshot!(spans.replace_all(&told, "(now)"));
    let json: serde_json::Value = serde_json::from_str(&premises.says(&["doctor", "--json"])).unwrap();
    assert_eq!(json["backup"]["overdue"], serde_json::json!(false));
}

#[tokio::test]
async fn a_backup_on_another_machine_is_no_finding() {
    let premises = Premises::on_sqlite().started().await;
    let example = include_str!("../../../keydesk.example.toml");
    premises.write("keydesk.toml", format!("{example}\n[backup]\n"));
    let now = Utc::now();
    commit!(premises.bot_store().await, |tx| tx.note_backups(now, Some(now)));
    let said = premises.says(&["doctor"]);
    assert!(said.contains("The newest backup is not in the folder backups of this machine: taken at "), "{said}");
}
