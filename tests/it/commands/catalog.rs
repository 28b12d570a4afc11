//! `keydesk catalog`.

use serde_json::{Value, json};

use super::premises::Premises;
use crate::store::read;

const CATALOGUE: &str = include_str!("../../../catalog.example.toml");

fn dearer() -> String {
    assert!(CATALOGUE.contains("\"11000.00\""), "the example has the price");
    CATALOGUE.replacen("\"11000.00\"", "\"12000.00\"", 1)
}

fn json(said: &str) -> Value {
    serde_json::from_str(said).unwrap()
}

async fn a_file_is_shown_by_what_it_would_change_and_applied(premises: Premises) {
    premises.write("next.toml", dearer());
    let shown = premises.says(&["catalog", "show"]);
    assert!(
        shown.contains("sp-1  Лицензия Guardant SP, 1 активация\n         50              11000.00 RUB\n"),
        "{shown}"
    );
    let changes = "Лицензия Guardant SP, 1 активация (sp-1):\n— пакет 50\u{a0}шт.: 11\u{a0}000,00\u{a0}₽ → 12\u{a0}000,00\u{a0}₽\n";
    assert_eq!(premises.says(&["catalog", "diff", "next.toml"]), changes);
    assert_eq!(premises.says(&["catalog", "diff", "catalog.toml"]), "It changes nothing.\n");
    let difference = json(&premises.says(&["catalog", "diff", "next.toml", "--json"]));
    let package = json!([{ "what": "package", "quantity": 50, "old": "11000.00", "new": "12000.00" }]);
    assert_eq!(difference["differences"][0]["changes"], package);
    // Beside the bot, which goes by it at once.
    let bot = premises.bot_store().await;
    assert_eq!(premises.says(&["catalog", "apply", "next.toml"]), format!("{changes}\nApplied.\n"));
    assert_eq!(read!(bot, |tx| tx.current_price_list()).unwrap().source, dearer());
    assert_eq!(premises.says(&["catalog", "show", "--toml"]), dearer());
    let shown = json(&premises.says(&["catalog", "show", "--json"]));
    assert_eq!(shown["products"][0]["packages"][0], json!({ "quantity": 50, "price": "12000.00" }));
    let again = premises.says(&["catalog", "apply", "next.toml"]);
    assert_eq!(again, "It changed nothing: the price list says so already.\n");
}

#[tokio::test]
async fn a_file_is_shown_by_what_it_would_change_and_applied_on_sqlite() {
    a_file_is_shown_by_what_it_would_change_and_applied(Premises::on_sqlite().started().await).await;
}

#[tokio::test]
async fn a_file_is_shown_by_what_it_would_change_and_applied_on_postgres() {
    a_file_is_shown_by_what_it_would_change_and_applied(Premises::on_postgres().await.started().await).await;
}

#[tokio::test]
async fn a_file_that_was_applied_by_a_command_outlives_the_next_start() {
    let premises = Premises::on_sqlite().started().await;
    premises.write("next.toml", dearer());
    premises.says(&["catalog", "apply", "next.toml"]);
    let bot = premises.bot_store().await;
    let from_file = read!(bot, |tx| tx.last_applied_by("catalogue file"));
    assert_eq!(from_file.as_deref(), Some(CATALOGUE), "the configuration's own file came first");
    premises.write("catalog.toml", dearer());
    premises.says(&["catalog", "apply", "catalog.toml"]);
    let last = read!(bot, |tx| tx.current_price_list()).unwrap();
    assert_eq!((last.id, last.source), (2, dearer()), "the same list is not applied twice");
}

#[tokio::test]
async fn a_file_that_is_no_price_list_is_refused_with_every_fault() {
    let premises = Premises::on_sqlite().started().await;
    premises.write("bad.toml", CATALOGUE.replacen("\"11000.00\"", "\"cheap\"", 1));
    let outcome = premises.keydesk(&["catalog", "apply", "bad.toml"]);
    assert_eq!((outcome.status, outcome.said.as_str()), (Some(3), ""));
    assert!(outcome.complained.starts_with("keydesk: bad.toml: line "), "{}", outcome.complained);
    premises.write("junk.bin", [0xff, 0xfe, 0x00]);
    assert_eq!(
        premises.refusal(&["catalog", "diff", "junk.bin"]),
        "keydesk: junk.bin is neither UTF-8 text nor a workbook; save it as one\n"
    );
}
