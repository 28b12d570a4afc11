//! `keydesk dead-letters`.

use keydesk::domain::{PersonId, UpdateId};
use keydesk::store::DeadLetter;

use super::premises::Premises;
use crate::store::{at, commit, read};

const WORDS: &str = r#"{"update_id":7,"message":{"text":"мой секрет"}}"#;

async fn letters(premises: &Premises) {
    let bot = premises.bot_store().await;
    let letter = |update, raw: &str, person| DeadLetter {
        update: UpdateId(update),
        person,
        raw: raw.to_owned(),
        error: "panic: out of paper".to_owned(),
        at: at(update),
    };
    commit!(bot, |tx| tx.dead_letter(&letter(7, WORDS, Some(PersonId(101)))));
    commit!(bot, |tx| tx.dead_letter(&letter(8, "not JSON", None)));
    bot.close().await;
}

async fn they_are_listed_shown_and_tried_again(premises: Premises) {
    assert_eq!(premises.says(&["dead-letters", "list"]), "There are no dead letters.\n");
    letters(&premises).await;
    let list = premises.says(&["dead-letters", "list"]);
    assert_eq!(
        list,
        "UPDATE        STATE  SINCE                 PERSON        KIND\n\
         7             dead   2015-04-01T07:00:07Z  101           message\n\
         8             dead   2015-04-01T07:00:08Z  -             unknown\n"
    );
    let shown = premises.says(&["dead-letters", "show", "7"]);
    assert!(shown.contains("error   panic: out of paper\n"), "{shown}");
    assert!(!shown.contains("секрет"), "{shown}");
    assert_eq!(premises.says(&["dead-letters", "show", "7", "--raw"]), format!("{WORDS}\n"));
    let json: serde_json::Value = serde_json::from_str(&premises.says(&["dead-letters", "list", "--json"])).unwrap();
    assert_eq!((&json[0]["update"], &json[0]["kind"]), (&7.into(), &"message".into()));
    assert!(!json.to_string().contains("paper"), "{json}");

    let unknown = "keydesk: there is no dead letter 9; `keydesk dead-letters list` shows those that there are\n";
    assert_eq!(premises.refusal(&["dead-letters", "show", "9"]), unknown);
    assert_eq!(premises.refusal(&["dead-letters", "retry", "9"]), unknown);
    assert_eq!(
        premises.says(&["dead-letters", "retry", "7"]),
        "To be tried again: 1. A running bot does it at once, otherwise the next start does.\n"
    );
    assert!(premises.says(&["dead-letters", "list"]).contains("7             waits"));
    assert_eq!(premises.says(&["dead-letters", "retry", "--all", "--json"]), "{\n  \"retried\": 2\n}\n");
    let bot = premises.bot_store().await;
    assert_eq!(read!(bot, |tx| tx.waiting_updates()).len(), 2);
}

#[tokio::test]
async fn they_are_listed_shown_and_tried_again_on_sqlite() {
    they_are_listed_shown_and_tried_again(Premises::on_sqlite().started().await).await;
}

#[tokio::test]
async fn they_are_listed_shown_and_tried_again_on_postgres() {
    they_are_listed_shown_and_tried_again(Premises::on_postgres().await.started().await).await;
}

#[tokio::test]
async fn they_are_listed_beside_a_running_bot() {
    let premises = Premises::on_sqlite().started().await;
    letters(&premises).await;
    let _bot = premises.bot_store().await;
    assert!(premises.says(&["dead-letters", "list"]).contains("message"));
}
