//! Posts updates to the bot's webhook: so many at once as it takes, each until a 2xx.

use super::queue::Queue;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use url::Url;

const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";
/// How long the bot may take to answer, as Telegram's server has it.
const PATIENCE: Duration = Duration::from_secs(60);
/// The pause after the first failure of an update; it doubles.
const PAUSE: Duration = Duration::from_millis(50);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Where updates are posted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Webhook {
    url: Url,
    secret_token: Option<String>,
    #[serde(default = "usual_connections")]
    max_connections: usize,
}

fn usual_connections() -> usize {
    40
}

/// Posts updates for as long as a webhook is set, and to the newest.
pub(super) async fn post_updates(
    mut webhooks: watch::Receiver<Option<Webhook>>,
    queue: &Arc<Queue>,
    network: Duration,
) {
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().unwrap_or_default();
    loop {
        let webhook = webhooks.borrow_and_update().clone();
        tokio::select! {
            changed = webhooks.changed() => if changed.is_err() { return },
            () = post_to(webhook, queue, network, &client) => {}
        }
    }
}

async fn post_to(webhook: Option<Webhook>, queue: &Arc<Queue>, network: Duration, client: &reqwest::Client) {
    let Some(webhook) = webhook else { return std::future::pending().await };
    let places = Arc::new(Semaphore::new(webhook.max_connections));
    let mut posts = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        while posts.try_join_next().is_some() {}
        let update = queue.next().await;
        let (queue, client, webhook) = (Arc::clone(queue), client.clone(), webhook.clone());
        posts.spawn(async move {
            post_until_taken(&client, &webhook, update, network / 2).await;
            queue.confirm_posted();
            drop(place);
        });
    }
}

/// Posts an update until the bot has taken it.
async fn post_until_taken(client: &reqwest::Client, webhook: &Webhook, update: String, way: Duration) {
    let mut pause = PAUSE;
    loop {
        tokio::time::sleep(way).await;
        let mut request = client.post(webhook.url.clone()).header(CONTENT_TYPE, "application/json");
        if let Some(secret) = &webhook.secret_token {
            request = request.header(SECRET_HEADER, secret);
        }
        let answer = request.body(update.clone()).send().await;
        tokio::time::sleep(way).await;
        let wish = match answer {
            Ok(answer) if answer.status().is_success() => break,
            Ok(answer) if answer.status() == StatusCode::SERVICE_UNAVAILABLE => {
                answer.headers().get(RETRY_AFTER).and_then(|wish| wish.to_str().ok()?.parse().ok())
            }
            Ok(_) | Err(_) => None,
        };
        tokio::time::sleep(wish.map_or(pause, Duration::from_secs)).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::super::FastApi;
    use super::*;
    use axum::Router;
    use axum::extract::State;
    use axum::http::{HeaderMap, StatusCode};
    use tokio::net::TcpListener;
    use tokio::sync::mpsc;

    type Posts = mpsc::UnboundedSender<(String, String)>;

    /// A bot that refuses the first post of all.
    async fn taken(State(posts): State<Posts>, headers: HeaderMap, body: String) -> StatusCode {
        static REFUSED: std::sync::Once = std::sync::Once::new();
        let mut answer = StatusCode::OK;
        REFUSED.call_once(|| answer = StatusCode::INTERNAL_SERVER_ERROR);
        let secret = headers.get(SECRET_HEADER).and_then(|secret| secret.to_str().ok()).unwrap_or_default();
        posts.send((secret.to_owned(), body)).unwrap();
        answer
    }

    #[tokio::test]
    async fn an_update_is_posted_with_the_secret_until_the_bot_takes_it() {
        let (sender, mut posts) = mpsc::unbounded_channel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let bot = Router::new().fallback(taken).with_state(sender);
        tokio::spawn(async move { axum::serve(listener, bot).await });
        let api = FastApi::new(Duration::ZERO, Box::new(|_, _| {}));
        let webhook =
            serde_json::from_value(serde_json::json!({ "url": url, "secret_token": "s", "max_connections": 1 }));
        api.0.webhook.send_replace(Some(webhook.unwrap()));
        tokio::spawn(api.clone().serve(TcpListener::bind("127.0.0.1:0").await.unwrap()));

        api.put(r#""message":1"#);
        api.put(r#""message":2"#);

        let mut next = async || posts.recv().await.unwrap();
        let first = ("s".to_owned(), r#"{"update_id":1000,"message":1}"#.to_owned());
        assert_eq!(next().await, first);
        assert_eq!(api.waiting(), 2);
        assert_eq!(next().await, first);
        assert_eq!(next().await.1, r#"{"update_id":1001,"message":2}"#);
    }
}
