//! `keydesk person`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use keydesk::domain::{Access, DraftId, Person, PersonId};

use super::premises::Premises;
use crate::store::{anna, at, commit, placed, runs};
use crate::support::traces::{traces, trigrams};

/// Anna has cancelled one order, and another one is open.
async fn with_anna(premises: &Premises) {
    let bot = premises.bot_store().await;
    let anna = anna(&bot).await;
    for draft in 1..=2 {
        placed(&bot, &anna, draft, draft).await;
    }
    bot.close().await;
}

async fn a_person_is_exported_and_erased(premises: Premises) {
    with_anna(&premises).await;
    let text = premises.says(&["person", "export", "1"]);
    insta::assert_snapshot!(text);
    let said = premises.says(&["person", "export", "1", "anna.json"]);
    assert!(said.starts_with("anna.json: "), "{said}");
    assert_eq!(fs::metadata(premises.path("anna.json")).unwrap().permissions().mode() & 0o777, 0o600);
    let json: serde_json::Value = serde_json::from_slice(&fs::read(premises.path("anna.json")).unwrap()).unwrap();
    assert_eq!(
        (&json["orders"][1]["number"], &json["order_events"][0]["action"]["body"]),
        (&2.into(), &"placed".into())
    );

    let unasked = premises.refusal(&["person", "erase", "1"]);
    assert_eq!(unasked, "keydesk: 1 is Anna; say --yes to erase them, since this is no terminal\n");
    let erase = ["person", "erase", "1", "--yes"];
    let refusal = "keydesk: 1 has open orders (1, 2); complete or cancel them first, nothing was changed\n";
    assert_eq!(premises.refusal(&erase), refusal);
    let bot = premises.bot_store().await;
    let mut tx = bot.begin().await.unwrap();
    runs(&mut tx, "UPDATE orders SET status = 'cancelled'").await;
    runs(&mut tx, "UPDATE order_events SET to_status = 'cancelled'").await;
    tx.commit().await.unwrap();
    commit!(bot, |tx| tx.settle_figures(10));
    // Beside the bot.
    assert_eq!(premises.says(&erase), "1 was erased. Orders that stay in the books without them: 2, of account 1.\n");
    bot.close().await;
    let outcome = premises.keydesk(&["person", "export", "1"]);
    assert_eq!(outcome.status, Some(3));
    let unknown = "keydesk: nothing is stored about 1; name a person by their numeric Telegram ID\n";
    assert_eq!((outcome.complained.as_str(), premises.refusal(&erase).as_str()), (unknown, unknown));
    assert!(premises.says(&["orders", "list"]).contains("25000.00 RUB        1  —\n"));
    assert_eq!(premises.says(&["doctor"]), "The data are sound: 29 checks found nothing.\n");
}

#[tokio::test]
async fn an_export_of_a_person_overwrites_nothing_unasked_and_is_the_owners_alone() {
    let premises = Premises::on_sqlite();
    with_anna(&premises).await;
    let (kept, link) = (premises.path("kept.json"), premises.path("link.json"));
    fs::write(&kept, "precious").unwrap();
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o644)).unwrap();
    std::os::unix::fs::symlink(&kept, &link).unwrap();
    for name in ["kept.json", "link.json"] {
        let refusal = premises.refusal(&["person", "export", "1", name]);
        let remedy = format!("keydesk: {name} is there already; name another file, or overwrite it with --force\n");
        assert_eq!(refusal, remedy);
        assert_eq!(fs::read_to_string(&kept).unwrap(), "precious");
    }
    // The name is taken, and what it led to stays.
    premises.says(&["person", "export", "1", "link.json", "--force"]);
    assert_eq!(fs::read_to_string(&kept).unwrap(), "precious");
    assert!(fs::symlink_metadata(&link).unwrap().is_file());
    premises.says(&["person", "export", "1", "kept.json", "--force"]);
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(&kept).unwrap().contains("Anna"));
}

#[tokio::test]
async fn a_person_is_exported_and_erased_on_sqlite() {
    a_person_is_exported_and_erased(Premises::on_sqlite()).await;
}

#[tokio::test]
async fn a_person_is_exported_and_erased_on_postgres() {
    a_person_is_exported_and_erased(Premises::on_postgres().await).await;
}

#[tokio::test]
async fn no_trace_is_left_in_the_file_beside_a_running_bot() {
    let premises = Premises::on_sqlite();
    let bot = premises.bot_store().await;
    let xenia = Person {
        id: PersonId(1),
        name: "Ксения Зюганшина".to_owned(),
        username: Some("xenia_zyu".to_owned()),
        telegram_language: None,
    };
    // Rows that are changed and moved leave copies of what they were, unless that is overwritten each time.
    for round in 0..40 {
        let met = Person { name: format!("{} {}", xenia.name, "я".repeat(round)), ..xenia.clone() };
        commit!(bot, |tx| tx.meet(&met, Access::Admitted, at(1)));
        let draft = format!("жгучая тайна {}", "ы".repeat(70 * round));
        commit!(bot, |tx| tx.save_draft(PersonId(1), DraftId(9), &draft, at(2)));
    }
    commit!(bot, |tx| tx.meet(&xenia, Access::Admitted, at(3)));
    let file = premises.path("keydesk.db");
    let words = ["Зюганшина", "зюганшина", "xenia_zyu", "жгучая тайна"];
    assert_eq!(traces(&file, &words), words);
    assert!(trigrams(premises.database_url()).await.contains(&"зюг".to_owned()));
    premises.says(&["person", "erase", "1", "--yes"]);
    assert_eq!(traces(&file, &words), [] as [&str; 0]);
    assert_eq!(trigrams(premises.database_url()).await, [] as [&str; 0]);
    bot.close().await;
}

#[tokio::test]
async fn an_admin_is_not_erased() {
    let premises = Premises::on_sqlite();
    let config = include_str!("../../../keydesk.example.toml");
    assert!(config.contains("admins = [111111111]"));
    premises.write("keydesk.toml", config.replace("admins = [111111111]", "admins = [1]"));
    with_anna(&premises).await;
    let refusal = premises.refusal(&["person", "erase", "1", "--yes"]);
    assert_eq!(refusal, "keydesk: 1 is an admin; dismiss them first, by /staff or in the configuration\n");
}
