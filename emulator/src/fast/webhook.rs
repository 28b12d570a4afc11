//! Posts updates to the bot's webhook: so many at once as it takes, each until a 2xx.

use super::FastApi;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
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
pub(super) async fn post_updates(api: &FastApi) {
    let mut webhooks = api.0.webhook.subscribe();
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().unwrap_or_default();
    loop {
        let webhook = webhooks.borrow_and_update().clone();
        tokio::select! {
            changed = webhooks.changed() => if changed.is_err() { return },
            () = post_to(webhook, api, &client) => {}
        }
    }
}

async fn post_to(webhook: Option<Webhook>, api: &FastApi, client: &reqwest::Client) {
    let Some(webhook) = webhook else { return std::future::pending().await };
    let places = Arc::new(Semaphore::new(webhook.max_connections));
    let mut posts = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        while posts.try_join_next().is_some() {}
        let update = loop {
            let arrived = api.0.arrived.notified();
            match api.take() {
                Some(update) => break update,
                None => arrived.await,
            }
        };
        let (api, client, webhook) = (api.clone(), client.clone(), webhook.clone());
        posts.spawn(async move {
            post_until_taken(&api, &client, &webhook, update).await;
            drop(place);
        });
    }
}

/// Posts an update until the bot has taken it.
async fn post_until_taken(api: &FastApi, client: &reqwest::Client, webhook: &Webhook, update: String) {
    let mut pause = PAUSE;
    let way = api.0.network / 2;
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
    api.confirm_posted();
}
