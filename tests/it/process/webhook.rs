//! A webhook that another program left.

use insta::assert_snapshot;
use serde_json::json;

use super::faults::{said, sober};
use crate::support::program::{Flood, Premises};

/// Its path is what many programs take for a secret. Nothing listens there.
const WEBHOOK: &str = "http://127.0.0.1:1/hook/hunter2";
const ANNA: i64 = 101;

async fn leaves_webhook(premises: &Premises) {
    let (url, token) = (premises.emulator.url(), premises.emulator.token());
    let call = reqwest::Client::new().post(format!("{url}/bot{token}/setWebhook")).json(&json!({ "url": WEBHOOK }));
    assert!(call.send().await.unwrap().status().is_success());
}

#[tokio::test]
async fn a_webhook_that_another_program_left_is_found_and_taken_over() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    leaves_webhook(&premises).await;
    premises.emulator.say(ANNA, ANNA, "/start");
    assert_snapshot!(said(&premises, &[]).await);
    let bot = premises.starts(&["run", "--take-over"]);
    bot.says("removed the webhook at 127.0.0.1").await;
    premises.until("what waited is answered", |world| world.messages(ANNA).count() == 2).await;
    assert_eq!(bot.stops().await.status.code(), Some(0));
    premises.runs().await.stops().await;
}

#[tokio::test]
async fn a_webhook_that_is_set_while_the_bot_runs_is_logged_with_the_remedy() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let bot = premises.runs().await;
    premises.until("it polls", |world| world.polls() > 0).await;
    leaves_webhook(&premises).await;
    premises.emulator.say(ANNA, ANNA, "/start");
    let line = bot.says("a webhook receives the updates instead").await;
    assert!(line.contains("start `keydesk run --take-over` once"), "{line}");
    sober(&premises, &bot.stops().await);
}
