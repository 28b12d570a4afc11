//! Sends updates to the bot's webhook: in order within a chat, several chats beside each other, again until a 2xx.

use super::methods;
use super::params::Params;
use super::shared::Shared;
use super::updates::Update;
use super::world::Webhook;
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
/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// A lane that waits after a failure.
#[derive(Debug, Clone, Copy)]
struct Pause {
    until: Instant,
    next: Duration,
}

/// Delivers for as long as the runtime lives.
pub(super) async fn run(shared: Arc<Shared>) {
    let client = match reqwest::Client::builder().no_proxy().timeout(PATIENCE).build() {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(%error, "the emulator cannot call webhooks: {error}");
            return;
        }
    };
    let mut revision = shared.revision.subscribe();
    let mut in_flight: HashMap<i64, i64> = HashMap::new();
    let mut pauses: HashMap<i64, Pause> = HashMap::new();
    let mut calls: JoinSet<(Update, Result<(), String>)> = JoinSet::new();
    loop {
        revision.borrow_and_update();
        for (webhook, update) in ready(&shared, &in_flight, &pauses) {
            in_flight.insert(update.lane, update.id);
            calls.spawn(deliver(client.clone(), Arc::clone(&shared), webhook, update));
        }
        let now = Instant::now();
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
fn ready(shared: &Shared, in_flight: &HashMap<i64, i64>, pauses: &HashMap<i64, Pause>) -> Vec<(Webhook, Update)> {
    let mut world = shared.lock();
    let Some(webhook) = world.webhook.clone() else {
        return Vec::new();
    };
    let room = webhook.max_connections.saturating_sub(in_flight.len());
    let moment = world.now();
    let now = Instant::now();
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
) -> (Update, Result<(), String>) {
    let mut request = client.post(webhook.url.clone()).json(&update.body);
    if let Some(secret) = &webhook.secret {
        request = request.header(SECRET_HEADER, secret);
    }
    let outcome = match request.send().await {
        Err(error) if error.is_timeout() => Err("Read timeout expired".to_owned()),
        Err(error) if error.is_connect() => Err("Connection refused".to_owned()),
        Err(_) => Err("Connection reset by peer".to_owned()),
        Ok(response) if response.status().is_success() => {
            let reply = response.json::<Value>().await.ok();
            act_on_reply(&shared, reply);
            Ok(())
        }
        Ok(response) => {
            let status = response.status();
            let reason = status.canonical_reason().unwrap_or_default();
            Err(format!("Wrong response from the webhook: {} {reason}", status.as_u16()))
        }
    };
    (update, outcome)
}

/// A webhook may answer with a call; its outcome stays unknown to the bot.
fn act_on_reply(shared: &Shared, reply: Option<Value>) {
    let Some(Value::Object(mut call)) = reply else {
        return;
    };
    if let Some(Value::String(method)) = call.remove("method") {
        let params = Params::of_object(call, shared.bot_api);
        // Telegram tells nobody whether such a call was refused.
        let _ = shared.change(|world| methods::call(world, &method.to_ascii_lowercase(), &params));
    }
}

fn settle(shared: &Shared, pauses: &mut HashMap<i64, Pause>, update: &Update, outcome: Result<(), String>) {
    shared.change(|world| match outcome {
        Ok(()) => {
            world.updates.confirm(update.id);
            pauses.remove(&update.lane);
        }
        Err(text) => {
            let pause = pauses.get(&update.lane).map_or(shared.webhook_retry, |pause| pause.next);
            let next = (pause * 2).min(LONGEST_PAUSE);
            let until = Instant::now() + pause;
            pauses.insert(update.lane, Pause { until, next });
            let now = world.now();
            if let Some(webhook) = &mut world.webhook {
                webhook.last_error = Some((now, text));
            }
        }
    });
}
