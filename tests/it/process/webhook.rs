//! Updates that Telegram posts, and webhooks that another program left.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::crowd::{self, Customer};
use super::faults::{said, sober};
use super::outages::{LockHeld, Trouble};
use crate::support::loopback;
use crate::support::program::{Flood, PATIENCE, Premises, Program, free_port};
use crate::support::relay::Relay;

/// Its path is what many programs take for a secret. Nothing listens there.
const WEBHOOK: &str = "http://127.0.0.1:1/hook/hunter2";
const ANNA: i64 = 101;

async fn leaves_webhook(premises: &Premises) {
    let (url, token) = (premises.emulator.url(), premises.emulator.token());
    let call = loopback::http().post(format!("{url}/bot{token}/setWebhook")).json(&json!({ "url": WEBHOOK }));
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

async fn webhook_info(premises: &Premises) -> Value {
    let (url, token) = (premises.emulator.url(), premises.emulator.token());
    let answer = reqwest::get(format!("{url}/bot{token}/getWebhookInfo")).await.unwrap();
    answer.json::<Value>().await.unwrap()["result"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_served_by_webhook_on_sqlite() {
    serves_everybody(Premises::on_sqlite(Flood::Unlimited).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_served_by_webhook_on_postgres() {
    serves_everybody(Premises::on_postgres(Flood::Unlimited).await).await;
}

async fn serves_everybody(premises: Premises) {
    let url = premises.takes_posts();
    let bot = premises.runs().await;
    let seen = crowd::order_at_once(crowd::people(&premises.emulator, 8), || false).await;
    assert_eq!(seen.len(), 8);
    premises.until("every update is confirmed", |world| world.pending_updates() == 0).await;
    let info = webhook_info(&premises).await;
    assert_eq!((&info["url"], &info["max_connections"]), (&json!(url), &json!(40)));
    let wanted = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"];
    assert_eq!(info["allowed_updates"], json!(wanted));
    let ended = bot.ends_well().await;
    assert!(ended.contains("whose proxy posts them to 127.0.0.1"), "{ended}");
    assert_eq!(webhook_info(&premises).await["url"], json!(url), "it stays for the next start");
}

#[tokio::test]
async fn an_update_whose_answer_is_lost_with_the_program_takes_effect_once() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let port = free_port();
    let relay = Relay::to(&[port]).await;
    premises.posts_to(&relay.url, port);
    let bot = premises.runs().await;
    let [anna, boris, clara] = [101, 102, 103].map(|id| Customer::new(&premises.emulator, id));
    assert_eq!(anna.orders_typed("sp-1 50").await, 1);
    relay.loses_the_answer_to("callback_query");
    let (number, bot) = tokio::join!(boris.orders_typed("sp-1 100"), async {
        relay.until_lost().await;
        bot.killed().await;
        let bot = premises.runs().await;
        relay.is_mended();
        bot
    });
    assert_eq!(number, 2);
    premises.until("the update came again", |world| world.pending_updates() == 0).await;
    assert_eq!(clara.orders_typed("sp-1 200").await, 3);
    bot.ends_well().await;
}

#[tokio::test]
async fn a_replica_that_stops_leaves_the_webhook_to_the_others() {
    let premises = Premises::on_postgres(Flood::Unlimited).await;
    let ports = [free_port(), free_port()];
    let relay = Relay::to(&ports).await;
    premises.posts_to(&relay.url, ports[0]);
    let here = std::fs::read_to_string(premises.file("keydesk.toml")).unwrap();
    premises.writes("other.toml", &here.replace(&ports[0].to_string(), &ports[1].to_string()));
    let one = premises.runs().await;
    let other = premises.starts(&["run", "--config", "other.toml"]);
    other.says("Telegram posts updates to").await;
    crowd::order_at_once(crowd::people(&premises.emulator, 4), || false).await;
    let (url, before) = (json!(relay.url), relay.counts());
    assert!(before.iter().all(|count| *count > 0), "{before:?}");
    one.ends_well().await;
    assert_eq!(webhook_info(&premises).await["url"], url);
    let anna = Customer::new(&premises.emulator, ANNA);
    anna.says("/start");
    premises.until("the other one answers", |world| world.messages(ANNA).count() == 2).await;
    assert_eq!(webhook_info(&premises).await["url"], url);
    other.ends_well().await;
}

#[tokio::test]
async fn a_stop_while_the_database_hangs_tells_telegram_to_come_again() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    premises.takes_posts();
    let bot = premises.runs().await;
    let mut trouble = LockHeld::on(&premises);
    trouble.begins().await;
    let anna = Customer::new(&premises.emulator, ANNA);
    anna.says("/start");
    premises.until("it is posted", |world| world.posts() > 0).await;
    bot.ends_well().await;
    trouble.ends().await;
    assert_eq!(premises.emulator.pending_updates(), 1);
    let bot = premises.runs().await;
    premises.until("it is answered", |world| world.messages(ANNA).count() == 2).await;
    bot.ends_well().await;
}

#[tokio::test]
async fn a_start_that_polls_takes_the_place_of_a_webhook_when_it_is_told_to() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let polling = std::fs::read_to_string(premises.file("keydesk.toml")).unwrap();
    premises.takes_posts();
    let bot = premises.starts(&["run"]);
    bot.says("Telegram posts updates to").await;
    bot.ends_well().await;
    premises.emulator.say(ANNA, ANNA, "/start");
    premises.writes("keydesk.toml", &polling);
    let ended = premises.starts(&["run"]).ends().await;
    assert_ne!(ended.status.code(), Some(0));
    assert!(sober(&premises, &ended).contains("start `keydesk run --take-over` once"), "{}", ended.stderr);
    let bot = premises.starts(&["run", "--take-over"]);
    premises.until("what waited is answered", |world| world.messages(ANNA).count() == 2).await;
    bot.ends_well().await;
}

#[tokio::test]
async fn a_webhook_of_others_is_replaced_only_when_the_start_is_told_to() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    leaves_webhook(&premises).await;
    let url = premises.takes_posts();
    let ended = premises.starts(&["run"]).ends().await;
    assert!(sober(&premises, &ended).contains("start `keydesk run --take-over` once"), "{}", ended.stderr);
    assert_eq!(webhook_info(&premises).await["url"], json!(WEBHOOK));
    let bot = premises.starts(&["run", "--take-over"]);
    bot.says("Telegram posts updates to 127.0.0.1").await;
    assert_eq!(webhook_info(&premises).await["url"], json!(url));
    bot.ends_well().await;
}

#[tokio::test]
async fn a_webhook_is_checked_before_it_is_set() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let url = premises.takes_posts();
    let mut told = String::new();
    for secret in ["", "no good!", "a-secret-of-15_"] {
        told += &said(&premises, &[("TELEGRAM_WEBHOOK_SECRET", secret)]).await;
    }
    let taken = std::net::TcpListener::bind(url.split('/').nth(2).unwrap()).unwrap();
    told += &sober(&premises, &premises.starts(&["run"]).ends().await);
    drop(taken);
    // Not on this machine, so that plain text is refused, before anything is asked there.
    let api = [("TELOXIDE_API_URL", "https://192.0.2.1")];
    premises.replaces("keydesk.toml", &url, "http://bot.example.com/telegram");
    let mut command = premises.command(&["run"]);
    told += &sober(&premises, &Program::start(command.envs(api)).ends().await);
    let port = url.split([':', '/']).nth(4).unwrap();
    assert_snapshot!(told.replace(port, "PORT"));
}

#[tokio::test]
async fn what_telegram_says_of_the_webhook_is_shown_by_check() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let url = premises.takes_posts();
    let updates = async || {
        let ended = premises.starts(&["check"]).ends().await;
        let lines = ended.stdout.lines().filter(|line| line.contains("updates:")).map(|line| format!("{line}\n"));
        (ended.status.code(), lines.collect::<String>())
    };
    assert_eq!(updates().await, (Some(0), "ok     updates: the next start sets the webhook at 127.0.0.1\n".to_owned()));
    let bot = premises.runs().await;
    bot.says("Telegram posts updates to").await;
    bot.ends_well().await;
    premises.emulator.say(ANNA, ANNA, "/start");
    let failed = async { while webhook_info(&premises).await["last_error_message"].is_null() {} };
    tokio::time::timeout(PATIENCE, failed).await.unwrap();
    let (code, told) = updates().await;
    assert_eq!(code, Some(0), "{told}");
    assert!(told.starts_with("ok     updates: posted to 127.0.0.1, updates that wait: 1\nnote   updates: "), "{told}");
    assert!(told.contains(": Connection refused; look at the proxy, unless that is over"), "{told}");
    premises.replaces("keydesk.toml", &url, "http://127.0.0.1:1/elsewhere");
    let (code, faults) = updates().await;
    assert!(faults.contains("a webhook at 127.0.0.1 receives the bot's updates"), "{faults}");
    assert_ne!(code, Some(0));
}
