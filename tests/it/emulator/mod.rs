//! The emulator, seen through HTTP and through teloxide's types.

mod faults;
mod files;
mod members;
mod messages;
mod shapes;
mod updates;
mod webhook;

use keydesk_emulator::{Bot, Emulator, Group, GroupKind, Person, PrivacyMode, Setup};
use reqwest::Client;
use serde_json::{Value, json};

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
        let client = Client::builder().no_proxy().build().unwrap();
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
