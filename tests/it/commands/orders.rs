//! `keydesk orders`.

use std::fs;

use serde_json::Value;

use super::premises::Premises;
use crate::store::{anna, placed, runs};

async fn with_orders(premises: &Premises, count: i64) {
    let bot = premises.bot_store().await;
    let anna = anna(&bot).await;
    for draft in 1..=count {
        placed(&bot, &anna, draft, draft * 86_400).await;
    }
    bot.close().await;
}

async fn they_are_listed_shown_and_exported(premises: Premises) {
    assert_eq!(premises.says(&["orders", "list"]), "There are no such orders.\n");
    assert_eq!(premises.says(&["orders", "list", "--json"]), "[]\n");
    with_orders(&premises, 3).await;
    let list = premises.says(&["orders", "list"]);
    let lines: Vec<&str> = list.lines().collect();
    let [headings, third, _, first] = &lines[..] else { panic!("{list}") };
    assert_eq!(headings.split_whitespace().collect::<Vec<_>>()[..3], ["NUMBER", "PLACED", "STATUS"]);
    assert!(third.starts_with("       3  2015-04-04 10:00  placed "), "{list}");
    assert!(first.contains("25000.00 RUB") && first.ends_with("Anna"), "{list}");
    assert_eq!(premises.says(&["orders", "list", "--limit", "1"]).lines().count(), 2);
    assert_eq!(premises.says(&["orders", "list", "--from", "2015-04-03", "--to", "2015-04-03"]).lines().count(), 2);
    assert_eq!(premises.says(&["orders", "list", "--status", "completed"]), "There are no such orders.\n");
    let listed: Value = serde_json::from_str(&premises.says(&["orders", "list", "--json", "--account", "1"])).unwrap();
    let numbers: Vec<i64> = listed.as_array().unwrap().iter().map(|order| order["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [3, 2, 1]);
    assert_eq!((&listed[0]["total"], &listed[0]["placed_at"]), (&"25000.00".into(), &"2015-04-04T07:00:00Z".into()));

    let shown = premises.says(&["orders", "show", "2"]);
    assert!(shown.starts_with("order     2\nplaced    2015-04-03 10:00\nstatus    placed\ncustomer  Anna (1), account 1\nnote      PO 17\n"), "{shown}");
    assert!(shown.contains("      50         11000.00 RUB  sp-1  "), "{shown}");
    let shown: Value = serde_json::from_str(&premises.says(&["orders", "show", "2", "--json"])).unwrap();
    assert_eq!((&shown["lines"][0]["quantity"], &shown["serials"]), (&50.into(), &0.into()));

    assert_eq!(premises.says(&["orders", "export", "orders.csv"]), "orders.csv: 6 lines of orders\n");
    let table = fs::read_to_string(premises.path("orders.csv")).unwrap();
    assert!(table.starts_with("\u{feff}Номер заказа;") || table.starts_with("\u{feff}Заказ;"), "{table}");
    assert_eq!(table.lines().count(), 7);
    let days = ["--from", "2015-04-02", "--to", "2015-04-03"];
    let said = premises.says(&[&["orders", "export", "two.xlsx"][..], &days].concat());
    assert_eq!(said, "two.xlsx: 4 lines of orders\n");
    assert!(fs::read(premises.path("two.xlsx")).unwrap().starts_with(b"PK"));
}

#[tokio::test]
async fn they_are_listed_shown_and_exported_on_sqlite() {
    they_are_listed_shown_and_exported(Premises::on_sqlite().started().await).await;
}

#[tokio::test]
async fn they_are_listed_shown_and_exported_on_postgres() {
    they_are_listed_shown_and_exported(Premises::on_postgres().await.started().await).await;
}

#[tokio::test]
async fn a_number_is_taken_with_its_sign_and_a_note_keeps_its_lines_apart_from_the_rest() {
    let premises = Premises::on_sqlite().started().await;
    with_orders(&premises, 1).await;
    let bot = premises.bot_store().await;
    let mut tx = bot.begin().await.unwrap();
    runs(&mut tx, "UPDATE orders SET note = 'PO 17\nstatus    completed'").await;
    runs(&mut tx, "DELETE FROM order_lines WHERE position = 1").await;
    tx.commit().await.unwrap();
    bot.close().await;
    for number in ["№1", "#1", "№ 1"] {
        let shown = premises.says(&["orders", "show", number]);
        assert!(shown.contains("\nnote      PO 17\n          status    completed\nserials "), "{shown}");
    }
    let outcome = premises.keydesk(&["orders", "show", "first"]);
    assert!(outcome.complained.contains("write the order's number in digits, such as 449"), "{outcome:?}");
    assert_eq!(premises.says(&["orders", "export", "one.csv"]), "one.csv: 1 line of orders\n");
}

#[tokio::test]
async fn a_list_of_several_pages_leaves_none_out() {
    let premises = Premises::on_sqlite().started().await;
    with_orders(&premises, 501).await;
    let listed: Value = serde_json::from_str(&premises.says(&["orders", "list", "--json"])).unwrap();
    let numbers: Vec<i64> = listed.as_array().unwrap().iter().map(|order| order["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=501).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn what_cannot_be_exported_or_shown_is_said_with_the_remedy() {
    let premises = Premises::on_sqlite().started().await;
    with_orders(&premises, 1).await;
    premises.write("kept.csv", "mine");
    for (arguments, said) in [
        (&["orders", "show", "9"][..], "there is no order 9; `keydesk orders list` shows those that there are"),
        (&["orders", "export", "orders.txt"], "orders.txt ends neither in .csv nor in .xlsx; name a file that does"),
        (
            &["orders", "export", "kept.csv"],
            "kept.csv is there already; name another file, or overwrite it with --force",
        ),
        (&["orders", "list", "--from", "2016", "--to", "2015"], "--from lies after --to; exchange them"),
        (
            &["orders", "list", "--from", "2026-13"],
            "--from 2026-13 is no day; write 2026-04-15 or 15.04.2026, a month as 2026-04, a year as 2026, or today",
        ),
        (
            &["orders", "export", "o.csv", "--from", "2015", "--to", "soon"],
            "--to soon is no day; write 2026-04-15 or 15.04.2026, a month as 2026-04, a year as 2026, or today",
        ),
        (
            &["restore", "missing.backup"],
            "missing.backup cannot be read (No such file or directory (os error 2)): name a file that you may read",
        ),
        (
            &["catalog", "diff", "missing.toml"],
            "missing.toml cannot be read (No such file or directory (os error 2)); name a file that you may read",
        ),
    ] {
        let outcome = premises.keydesk(arguments);
        assert_eq!((outcome.status, outcome.complained), (Some(3), format!("keydesk: {said}\n")), "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(premises.path("kept.csv")).unwrap(), "mine");
    premises.says(&["orders", "export", "kept.csv", "--force"]);
    assert_ne!(fs::read_to_string(premises.path("kept.csv")).unwrap(), "mine");
    assert_eq!(premises.names(".keydesk-"), Vec::<String>::new(), "no half of a file stays");
}
