//! Sends updates to the bot's webhook: in order within a chat, several chats beside each other, again until a 2xx.

use super::methods;
use super::params::Params;
use super::shared::Shared;
use super::updates::Update;
use super::world::Webhook;
use reqwest::header::RETRY_AFTER;
use reqwest::redirect::Policy;
use reqwest::{Certificate, ClientBuilder};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// The header that carries the secret.
const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";
/// How long the bot may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest pause between two attempts is so many times the first: a minute, where that is a second.
const LONGEST_PAUSE: u32 = 60;
/// The longest pause that a bot may ask for.
const LONGEST_WISH: u64 = 3600;

/// A lane that waits after failures of its first update.
#[derive(Debug, Clone, Copy)]
struct Pause {
    until: Instant,
    next: Duration,
}

/// Why an update was not taken.
struct Failure {
    text: String,
    /// When the bot wants it again, in seconds.
    retry_after: Option<u64>,
}

impl Failure {
    fn of_connection(text: &str) -> Self {
        Self { text: text.to_owned(), retry_after: None }
    }
}

/// What will call webhooks: like Telegram, it follows no redirect.
pub(super) fn caller(authority: Option<&[u8]>) -> reqwest::Result<ClientBuilder> {
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).redirect(Policy::none());
    Ok(match authority {
        Some(authority) => client.add_root_certificate(Certificate::from_pem(authority)?),
        None => client,
    })
}

/// Delivers for as long as the runtime lives.
pub(super) async fn run(shared: Arc<Shared>, caller: ClientBuilder) {
    let mut revision = shared.revision.subscribe();
    // Most bots poll, and reading the machine's certificates takes longer than all else that starts here.
    while shared.lock().webhook.is_none() {
        if revision.changed().await.is_err() {
            return;
        }
    }
    let client = match caller.build() {
        Ok(client) => client,
        Err(error) => return tracing::error!(%error, "the emulator calls no webhook: {error}"),
    };
    let mut in_flight: HashMap<i64, i64> = HashMap::new();
    let mut pauses: HashMap<i64, Pause> = HashMap::new();
    let mut calls: JoinSet<(Update, Result<(), Failure>)> = JoinSet::new();
    loop {
        revision.borrow_and_update();
        // One instant for both: a pause that ended between them would be neither over nor waited for.
        let now = Instant::now();
        for (webhook, update) in ready(&shared, &in_flight, &pauses, now) {
            in_flight.insert(update.lane, update.id);
            calls.spawn(deliver(client.clone(), Arc::clone(&shared), webhook, update));
        }
        let wake = pauses.values().map(|pause| pause.until).filter(|until| *until > now).min();
        tokio::select! {
            changed = revision.changed() => {
                if changed.is_err() {
                    return;
                }
            }
            Some(outcome) = calls.join_next() => {
                if let Ok((update, outcome)) = outcome {
                    in_flight.remove(&update.lane);
                    settle(&shared, &mut pauses, &update, outcome);
                }
            }
            () = sleep_until(wake) => {}
        }
    }
}

async fn sleep_until(wake: Option<Instant>) {
    match wake {
        Some(wake) => tokio::time::sleep_until(wake).await,
        None => std::future::pending().await,
    }
}

/// The first update of each lane that neither waits nor is on its way.
fn ready(
    shared: &Shared,
    in_flight: &HashMap<i64, i64>,
    pauses: &HashMap<i64, Pause>,
    now: Instant,
) -> Vec<(Webhook, Update)> {
    let mut world = shared.lock();
    let Some(webhook) = world.webhook.clone() else {
        return Vec::new();
    };
    let room = webhook.max_connections.saturating_sub(in_flight.len());
    let moment = world.now();
    let mut lanes: HashSet<i64> = in_flight.keys().copied().collect();
    let paused = |lane: i64| pauses.get(&lane).is_some_and(|pause| pause.until > now);
    world
        .updates
        .waiting(moment)
        // Whatever comes later in a lane waits behind its first update.
        .filter(|update| !paused(update.lane) && lanes.insert(update.lane))
        .take(room)
        .map(|update| (webhook.clone(), update.clone()))
        .collect()
}

async fn deliver(
    client: reqwest::Client,
    shared: Arc<Shared>,
    webhook: Webhook,
    update: Update,
) -> (Update, Result<(), Failure>) {
    let mut request = client.post(webhook.url.clone()).json(&update.body);
    if let Some(secret) = &webhook.secret {
        request = request.header(SECRET_HEADER, secret);
    }
    shared.change(|world| world.posts += 1);
    let outcome = match request.send().await {
        Err(error) if error.is_timeout() => Err(Failure::of_connection("Read timeout expired")),
        Err(error) if error.is_connect() => Err(Failure::of_connection("Connection refused")),
        Err(_) => Err(Failure::of_connection("Connection reset by peer")),
        Ok(response) if response.status().is_success() => {
            let reply = response.json::<Value>().await.ok();
            act_on_reply(&shared, reply);
            Ok(())
        }
        Ok(response) => {
            let status = response.status();
            let reason = status.canonical_reason().unwrap_or_default();
            let text = format!("Wrong response from the webhook: {} {reason}", status.as_u16());
            let wish = response.headers().get(RETRY_AFTER).and_then(|wish| wish.to_str().ok()?.parse().ok());
            Err(Failure { text, retry_after: wish.filter(|seconds| *seconds > 0) })
        }
    };
    (update, outcome)
}

/// A webhook may answer with a call; its outcome stays unknown to the bot.
fn act_on_reply(shared: &Shared, reply: Option<Value>) {
    let Some(Value::Object(mut call)) = reply else {
        return;
    };
    let Some(Value::String(method)) = call.remove("method") else {
        return;
    };
    let method = method.to_ascii_lowercase();
    if !matches!(method.as_str(), "setwebhook" | "deletewebhook" | "close" | "logout") && !method.starts_with("get") {
        let params = Params::of_object(call, shared.bot_api);
        // Telegram tells nobody whether such a call was refused.
        let _ = shared.change(|world| methods::call(world, &method, &params));
    }
}

fn settle(shared: &Shared, pauses: &mut HashMap<i64, Pause>, update: &Update, outcome: Result<(), Failure>) {
    shared.change(|world| match outcome {
        Ok(()) => {
            world.updates.confirm(update.id);
            pauses.remove(&update.lane);
        }
        Err(Failure { text, retry_after }) => {
            let now = world.now();
            if let Some(webhook) = &mut world.webhook {
                webhook.last_error = Some((now, text));
            }
            let failed_before = pauses.get(&update.lane).map(|pause| pause.next);
            let next = failed_before.unwrap_or(shared.webhook_retry);
            let longest = shared.webhook_retry * LONGEST_PAUSE;
            let (pause, next) = match (retry_after, failed_before) {
                (Some(seconds), _) => (Duration::from_secs(seconds.min(LONGEST_WISH)), next),
                (None, None) => (Duration::ZERO, next),
                (None, Some(before)) => ((before * 2).min(longest), (before * 2).min(longest)),
            };
            if now + pause > update.expires {
                world.updates.confirm(update.id);
                pauses.remove(&update.lane);
                return;
            }
            pauses.insert(update.lane, Pause { until: Instant::now() + pause, next });
        }
    });
}
