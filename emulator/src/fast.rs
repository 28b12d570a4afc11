//! A Bot API for measurements: it takes every call for right and keeps no chats, so that the bot is what takes the time.
//!
//! Whoever measures plays the people: each screen that reaches a chat is handed over, and each update that is put in goes
//! out by `getUpdates`, or to the webhook that the bot set. What Telegram would refuse passes here; whether a bot is right is
//! the strict emulator's to say.

mod queue;
mod webhook;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::Response;
use queue::Queue;
use serde::Deserialize;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;
use webhook::Webhook;

/// A message that the bot sent or edited.
#[derive(Debug)]
pub struct Shown<'a> {
    pub chat: i64,
    pub message: i64,
    pub text: &'a str,
    /// Labels of the buttons under it with what pressing them sends, row by row.
    pub buttons: Vec<(&'a str, &'a str)>,
}

/// Who sees what the bot shows.
pub type Audience = Box<dyn Fn(&FastApi, Shown<'_>) + Send + Sync>;

/// The Bot API; clones are the same one.
#[derive(Clone)]
pub struct FastApi(Arc<Inner>);

struct Inner {
    queue: Arc<Queue>,
    messages: AtomicI64,
    calls: AtomicU64,
    first_poll: OnceLock<Instant>,
    webhook: watch::Sender<Option<Webhook>>,
    /// There and back.
    network: Duration,
    audience: Audience,
}

#[derive(Deserialize)]
struct Asked {
    offset: Option<i64>,
    timeout: Option<u64>,
}

#[derive(Deserialize)]
struct Posted<'a> {
    #[serde(deserialize_with = "chat_id")]
    chat_id: i64,
    message_id: Option<i64>,
    #[serde(borrow, default)]
    text: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    reply_markup: Option<Markup<'a>>,
}

#[derive(Deserialize)]
struct Markup<'a> {
    #[serde(borrow, default)]
    inline_keyboard: Vec<Vec<Pressable<'a>>>,
}

#[derive(Deserialize)]
struct Pressable<'a> {
    #[serde(borrow)]
    text: std::borrow::Cow<'a, str>,
    #[serde(borrow, default)]
    callback_data: std::borrow::Cow<'a, str>,
}

/// A number, or one as text.
fn chat_id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum ChatId {
        Number(i64),
        Text(String),
    }
    match ChatId::deserialize(deserializer)? {
        ChatId::Number(number) => Ok(number),
        ChatId::Text(text) => text.parse().map_err(serde::de::Error::custom),
    }
}

impl FastApi {
    /// A server whose every call takes `network` on its way there and back.
    pub fn new(network: Duration, audience: Audience) -> FastApi {
        FastApi(Arc::new(Inner {
            queue: Arc::default(),
            messages: AtomicI64::new(1),
            calls: AtomicU64::new(0),
            first_poll: OnceLock::new(),
            webhook: watch::Sender::new(None),
            network,
            audience,
        }))
    }

    /// Serves until the runtime ends.
    pub async fn serve(self, listener: TcpListener) -> std::io::Result<()> {
        let api = self.clone();
        tokio::select! {
            served = axum::serve(listener, Router::new().fallback(answer).with_state(api)) => served,
            () = webhook::post_updates(self.0.webhook.subscribe(), &self.0.queue, self.0.network) => Ok(()),
        }
    }

    /// Puts an update in: JSON without its braces and its `update_id`.
    pub fn put(&self, update: &str) {
        self.0.queue.put(update);
    }

    /// Updates that are not confirmed.
    pub fn waiting(&self) -> usize {
        self.0.queue.waiting()
    }

    /// When the bot first asked for updates.
    pub fn first_poll(&self) -> Option<Instant> {
        self.0.first_poll.get().copied()
    }

    /// Calls so far, `getUpdates` aside.
    pub fn calls(&self) -> u64 {
        self.0.calls.load(Ordering::Relaxed)
    }

    async fn poll(&self, asked: &Asked) -> String {
        let patience = Duration::from_secs(asked.timeout.unwrap_or(0));
        let batch = tokio::time::timeout(patience, self.0.queue.batch(asked.offset.unwrap_or(0))).await;
        batch.unwrap_or_else(|_| "[]".to_owned())
    }

    fn post(&self, body: &[u8]) -> String {
        let posted: Posted<'_> = match serde_json::from_slice(body) {
            Ok(posted) => posted,
            Err(error) => return refused(&error.to_string()),
        };
        let message = posted.message_id.unwrap_or_else(|| self.0.messages.fetch_add(1, Ordering::Relaxed));
        let keyboard = posted.reply_markup.map(|markup| markup.inline_keyboard).unwrap_or_default();
        let buttons = keyboard.iter().flatten().map(|button| (&*button.text, &*button.callback_data)).collect();
        (self.0.audience)(self, Shown { chat: posted.chat_id, message, text: &posted.text, buttons });
        let chat = posted.chat_id;
        let kind = if chat > 0 { "private" } else { "supergroup" };
        succeeded(&format!(
            r#"{{"message_id":{message},"date":0,"chat":{{"id":{chat},"type":"{kind}","title":"","first_name":""}},"text":""}}"#
        ))
    }
}

async fn answer(State(api): State<FastApi>, uri: Uri, body: Bytes) -> Response {
    let method = uri.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let way = api.0.network / 2;
    if !way.is_zero() {
        tokio::time::sleep(way).await;
    }
    if method == "getupdates" {
        api.0.first_poll.get_or_init(Instant::now);
    } else {
        api.0.calls.fetch_add(1, Ordering::Relaxed);
    }
    let answer = match method.as_str() {
        "getupdates" => match serde_json::from_slice(&body) {
            Ok(asked) => succeeded(&api.poll(&asked).await),
            Err(error) => refused(&error.to_string()),
        },
        "sendmessage" | "editmessagetext" => api.post(&body),
        "getme" => succeeded(
            r#"{"id":1,"is_bot":true,"first_name":"Bot","username":"bench_bot","can_join_groups":true,"can_read_all_group_messages":false,"supports_inline_queries":false,"has_main_web_app":false,"can_connect_to_business":false}"#,
        ),
        "getchat" => {
            succeeded(r#"{"id":-1,"type":"supergroup","title":"Staff","accent_color_id":0,"max_reaction_count":1}"#)
        }
        "getwebhookinfo" => succeeded(r#"{"url":"","has_custom_certificate":false,"pending_update_count":0}"#),
        "setwebhook" => match serde_json::from_slice::<Webhook>(&body) {
            Ok(webhook) => {
                let webhook = Some(webhook);
                // One that is set again goes on.
                api.0.webhook.send_if_modified(|set| {
                    let is_other = *set != webhook;
                    *set = webhook;
                    is_other
                });
                succeeded("true")
            }
            Err(error) => refused(&error.to_string()),
        },
        "deletewebhook" => {
            api.0.webhook.send_replace(None);
            succeeded("true")
        }
        "getchatmember" => succeeded(r#"{"status":"left","user":{"id":1,"is_bot":true,"first_name":"Bot"}}"#),
        _ => succeeded("true"),
    };
    if !way.is_zero() {
        tokio::time::sleep(way).await;
    }
    let mut response = Response::new(Body::from(answer));
    *response.status_mut() = StatusCode::OK;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    response
}

fn succeeded(result: &str) -> String {
    format!(r#"{{"ok":true,"result":{result}}}"#)
}

fn refused(reason: &str) -> String {
    serde_json::json!({ "ok": false, "error_code": 400, "description": format!("Bad Request: {reason}") }).to_string()
}
