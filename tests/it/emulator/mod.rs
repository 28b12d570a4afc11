//! The emulator, seen through HTTP and through teloxide's types.

mod deleting;
mod faults;
mod files;
mod keeping;
mod keyboards;
mod members;
mod messages;
mod privacy;
mod replies;
mod rights;
mod shapes;
mod sharing;
mod texts;
mod topics;
mod updates;
mod webhook;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use keydesk_emulator::{Bot, Clock, Emulator, Group, GroupKind, MessageId, Person, PrivacyMode, Setup};
use reqwest::Client;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::loopback;

const ANNA: i64 = 501;
const BORIS: i64 = 502;
const STAFF_CHAT: i64 = -1_001_234_567_890;

/// A running emulator with two people and a staff chat, and a plain HTTP client.
struct Desk {
    emulator: Emulator,
    client: Client,
}

impl Desk {
    async fn open() -> Self {
        Self::open_with(Setup::loopback()).await
    }

    async fn open_with(setup: Setup) -> Self {
        let emulator = Emulator::start(setup).await.unwrap();
        emulator.add_person(person(ANNA, "Анна"));
        emulator.add_person(person(BORIS, "Борис"));
        emulator.add_group(
            Group {
                id: STAFF_CHAT,
                title: "Заказы".into(),
                kind: GroupKind::Supergroup,
                privacy: PrivacyMode::SeesAll,
            },
            &[BORIS],
        );
        let client = loopback::http();
        Self { emulator, client }
    }

    fn method_url(&self, method: &str) -> String {
        format!("{}/bot{}/{method}", self.emulator.url(), self.emulator.token())
    }

    async fn try_call(&self, method: &str, params: Value) -> reqwest::Result<Value> {
        let request = self.client.post(self.method_url(method)).json(&params);
        request.send().await?.json().await
    }

    async fn call(&self, method: &str, params: Value) -> Value {
        self.try_call(method, params).await.unwrap()
    }

    /// Calls, and gives the result.
    async fn get(&self, method: &str, params: Value) -> Value {
        let answer = self.call(method, params).await;
        assert_eq!(answer["ok"], true, "{answer}");
        answer["result"].clone()
    }

    /// Calls, and gives the text of the refusal.
    async fn refusal(&self, method: &str, params: Value) -> String {
        let answer = self.call(method, params).await;
        assert_eq!(answer["ok"], false, "{answer}");
        answer["description"].as_str().unwrap().to_owned()
    }

    async fn update_ids(&self, params: Value) -> Vec<i64> {
        let updates = self.get("getUpdates", params).await;
        let ids = updates.as_array().unwrap().iter();
        ids.map(|update| update["update_id"].as_i64().unwrap()).collect()
    }

    /// Uploads a file in the field of this name.
    async fn uploads(&self, chat: i64, method: &str, field: &str, bytes: &[u8], texts: &[(&str, &str)]) -> Value {
        let file = Part::bytes(bytes.to_vec()).file_name("a.txt");
        let form = Form::new().text("chat_id", chat.to_string()).part(field.to_owned(), file);
        let form = texts.iter().fold(form, |form, (name, value)| form.text((*name).to_owned(), (*value).to_owned()));
        let sent = self.client.post(self.method_url(method)).multipart(form).send().await.unwrap();
        sent.json().await.unwrap()
    }

    async fn send_to_anna(&self, text: &str, keyboard: Value) -> Value {
        self.emulator.say(ANNA, ANNA, "/start");
        let params = json!({ "chat_id": ANNA, "text": text, "reply_markup": { "inline_keyboard": keyboard } });
        self.get("sendMessage", params).await
    }
}

fn person(id: i64, name: &str) -> Person {
    Person {
        id,
        first_name: name.into(),
        last_name: None,
        username: Some(format!("user{id}")),
        language_code: Some("ru".into()),
    }
}

fn shop_bot() -> Bot {
    Setup::loopback().bot
}

fn id_of(message: &Value) -> MessageId {
    MessageId(i32::try_from(message["message_id"].as_i64().unwrap()).unwrap())
}

/// The first bytes of a PNG of this size: all that is ever looked at.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    [&head[..], &width.to_be_bytes(), &height.to_be_bytes()].concat()
}

/// A clock, and what moves it on by so many seconds.
fn moving_clock() -> (impl Fn(u64), Clock) {
    let seconds = Arc::new(AtomicU64::new(1_700_000_000));
    let hand = Arc::clone(&seconds);
    let clock = move || SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.load(Ordering::SeqCst));
    let turn = move |by| {
        hand.fetch_add(by, Ordering::SeqCst);
    };
    (turn, Arc::new(clock))
}
