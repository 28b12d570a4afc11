//! Webhooks: the secret, retries, order.

use super::{ANNA, BORIS, Desk};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use keydesk_emulator::{Setup, WebhookRules};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::mpsc;

/// A bot's endpoint that refuses the first so many updates, and reports each with its secret.
async fn endpoint(mut refused: usize) -> (String, mpsc::UnboundedReceiver<(String, String)>) {
    let (seen, received) = mpsc::unbounded_channel();
    let (turns, mut outcomes) = mpsc::unbounded_channel();
    let (reply, replies) = mpsc::unbounded_channel::<StatusCode>();
    let replies = std::sync::Arc::new(tokio::sync::Mutex::new(replies));
    tokio::spawn(async move {
        while outcomes.recv().await.is_some() {
            let status = if refused > 0 { StatusCode::BAD_GATEWAY } else { StatusCode::OK };
            refused = refused.saturating_sub(1);
            let _ = reply.send(status);
        }
    });
    let handler = move |headers: HeaderMap, Json(update): Json<Value>| {
        let (seen, turns, replies) = (seen.clone(), turns.clone(), replies.clone());
        async move {
            let secret = headers.get("x-telegram-bot-api-secret-token").map(|v| v.to_str().unwrap().to_owned());
            let text = update["message"]["text"].as_str().unwrap_or_default().to_owned();
            seen.send((secret.unwrap_or_default(), text)).unwrap();
            let mut replies = replies.lock().await;
            turns.send(()).unwrap();
            replies.recv().await.unwrap()
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/telegram", listener.local_addr().unwrap());
    let app = Router::new().route("/telegram", post(handler));
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, received)
}

async fn desk_with_quick_retries() -> Desk {
    let mut setup = Setup::loopback();
    setup.webhook_retry = Duration::from_millis(1);
    Desk::open_with(setup).await
}

#[tokio::test]
async fn an_update_is_sent_with_the_secret_until_it_is_taken() {
    let desk = desk_with_quick_retries().await;
    let (url, mut received) = endpoint(2).await;
    desk.get("setWebhook", json!({ "url": url, "secret_token": "s3cret" })).await;
    desk.emulator.say(ANNA, ANNA, "раз");
    desk.emulator.say(ANNA, ANNA, "два");
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(received.recv().await.unwrap());
    }
    let texts: Vec<_> = seen.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["раз", "раз", "раз", "два"]);
    assert!(seen.iter().all(|(secret, _)| secret == "s3cret"));
    desk.emulator.until_confirmed().await;
    let info = desk.get("getWebhookInfo", json!({})).await;
    assert_eq!(info["pending_update_count"], 0);
    assert_eq!(info["last_error_message"], "Wrong response from the webhook: 502 Bad Gateway");
}

#[tokio::test]
async fn a_refused_chat_does_not_hold_up_another() {
    let mut setup = Setup::loopback();
    setup.webhook_retry = Duration::from_secs(3600);
    let desk = Desk::open_with(setup).await;
    let (url, mut received) = endpoint(2).await;
    desk.get("setWebhook", json!({ "url": url })).await;
    desk.emulator.say(ANNA, ANNA, "раз");
    for _ in ["at first", "at once again, and then after a pause"] {
        assert_eq!(received.recv().await.unwrap().1, "раз");
    }
    desk.emulator.say(BORIS, BORIS, "два");
    assert_eq!(received.recv().await.unwrap().1, "два");
    desk.emulator.until(|world| world.pending_updates() == 1).await;
}

#[tokio::test]
async fn telegrams_own_server_takes_https_on_four_ports_and_public_addresses() {
    for (rules, url, answer) in [
        (WebhookRules::Telegram, "http://bot.example.com/", "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            WebhookRules::Telegram,
            "https://bot.example.com:8444/",
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (WebhookRules::Telegram, "https://127.0.0.1/", "bad webhook: IP address 127.0.0.1 is reserved"),
        (WebhookRules::Local, "ftp://bot.example.com/", "invalid webhook URL specified"),
    ] {
        let desk = Desk::open_with(Setup { webhook_rules: rules, ..Setup::loopback() }).await;
        assert_eq!(desk.refusal("setWebhook", json!({ "url": url })).await, format!("Bad Request: {answer}"));
    }
    let desk = Desk::open_with(Setup { webhook_rules: WebhookRules::Telegram, ..Setup::loopback() }).await;
    desk.get("setWebhook", json!({ "url": "https://bot.example.com:8443/", "secret_token": "a_-9" })).await;
}

#[tokio::test]
async fn a_webhook_is_set_once_a_second_and_a_refused_one_leaves_none() {
    let desk = Desk::open().await;
    let webhook = json!({ "url": "https://bot.example.com/" });
    desk.get("setWebhook", webhook.clone()).await;
    assert_eq!(desk.refusal("setWebhook", webhook.clone()).await, "Too Many Requests: retry after 1");
    let cyrillic = json!({ "url": "https://bot.example.com/", "secret_token": "а" });
    let refused = async {
        loop {
            let said = desk.refusal("setWebhook", cyrillic.clone()).await;
            if !said.starts_with("Too Many Requests") {
                return said;
            }
        }
    };
    assert_eq!(refused.await, "Bad Request: secret token contains unallowed characters");
    assert_eq!(desk.get("getWebhookInfo", json!({})).await["url"], "");
}
