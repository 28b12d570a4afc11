//! The page of `keydesk demo`, asked as a browser asks it; the bot's part is spoken by plain Bot API calls.

mod chats;
mod guard;
mod rehearsal;

use keydesk::demo::{self, Cast, Pane, Person, Standing};
use keydesk::telegram::limits::Holds;
use keydesk_emulator::{Emulator, Group, GroupKind, PrivacyMode, Setup};
use reqwest::header::ORIGIN;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use crate::support::loopback;

pub const ANNA: i64 = 1001;
pub const VERA: i64 = 2001;
pub const GLEB: i64 = 2002;
pub const STAFF: i64 = -1_001_000_000_001;

/// A served page with nobody behind the bot.
pub struct Theatre {
    pub emulator: Emulator,
    pub page: String,
    /// Where the bot holds something back.
    holds: watch::Sender<Holds>,
    browser: Client,
    close: oneshot::Sender<()>,
    closed: JoinHandle<std::io::Result<()>>,
}

/// An open stream of events.
struct Events {
    response: Response,
    received: String,
}

impl Theatre {
    pub async fn open() -> Self {
        Self::open_in("ru").await
    }

    /// One whose page speaks this language.
    pub async fn open_in(language: &str) -> Self {
        let emulator = Emulator::start(Setup::loopback()).await.unwrap();
        let (title, kind) = ("Отдел продаж".to_owned(), GroupKind::Supergroup);
        for (id, first_name) in [(VERA, "Вера"), (GLEB, "Глеб")] {
            let first_name = first_name.to_owned();
            emulator.add_person(keydesk_emulator::Person { id, first_name, ..keydesk_emulator::Person::default() });
        }
        emulator.add_group(Group { id: STAFF, title, kind, privacy: PrivacyMode::Restricted }, &[VERA, GLEB]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let page = format!("http://{}", listener.local_addr().unwrap());
        let (close, closing) = oneshot::channel::<()>();
        let shutdown = async move {
            closing.await.ok();
        };
        let holds = watch::Sender::new(Holds::new());
        let closed = tokio::spawn(demo::serve(listener, emulator.clone(), cast(language), holds.subscribe(), shutdown));
        Self { emulator, page, holds, browser: loopback::http(), close, closed }
    }

    async fn get(&self, path: &str) -> Response {
        self.browser.get(format!("{}{path}", self.page)).send().await.unwrap()
    }

    async fn act(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = self.browser.post(format!("{}{path}", self.page)).header(ORIGIN, &self.page);
        answer(request.json(&body).send().await.unwrap()).await
    }

    async fn send_file(&self, form: Form) -> (StatusCode, Value) {
        let request = self.browser.post(format!("{}/act/send", self.page)).header(ORIGIN, &self.page);
        answer(request.multipart(form).send().await.unwrap()).await
    }

    pub async fn bot_calls(&self, method: &str, body: Value) -> Value {
        let address = format!("{}/bot{}/{method}", self.emulator.url(), self.emulator.token());
        let answer: Value = self.browser.post(address).json(&body).send().await.unwrap().json().await.unwrap();
        answer.get("result").unwrap().clone()
    }

    /// The bot sends a file as this field, `document` or `photo`.
    pub async fn bot_sends(&self, method: &str, field: &'static str, file: Part, fields: &[(&'static str, &str)]) {
        let address = format!("{}/bot{}/{method}", self.emulator.url(), self.emulator.token());
        let form = fields.iter().fold(Form::new(), |form, (name, value)| form.text(*name, (*value).to_owned()));
        let answer = self.browser.post(address).multipart(form.part(field, file)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
    }

    async fn events(&self) -> Events {
        Events { response: self.get("/events").await, received: String::new() }
    }
}

impl Events {
    /// The data of the next event; nothing when the stream has ended.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.received.clone().split_once("\n\n") {
                self.received = rest.to_owned();
                let Some(data) = event.lines().find_map(|line| line.strip_prefix("data: ")) else {
                    continue;
                };
                return Some(serde_json::from_str(data).unwrap());
            }
            let chunk = self.response.chunk().await.unwrap()?;
            self.received.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// Reads on until an event satisfies `wanted`.
    async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next().await.unwrap();
            if wanted(&event) {
                return event;
            }
        }
    }
}

async fn answer(response: Response) -> (StatusCode, Value) {
    (response.status(), response.json().await.unwrap())
}

fn cast(language: &str) -> Cast {
    let person = |id, name: &str| Person { id, name: name.to_owned(), standing: Standing::Member };
    let pane = |key: &str, chat, people, title: &str| Pane {
        key: key.to_owned(),
        chat,
        people,
        title: title.to_owned(),
        subtitle: String::new(),
        language: language.to_owned(),
    };
    Cast {
        panes: vec![
            pane("anna", ANNA, vec![person(ANNA, "Анна")], "Анна"),
            pane(
                "staff",
                STAFF,
                vec![person(VERA, "Вера"), Person { standing: Standing::Admin, ..person(GLEB, "Глеб") }],
                "Отдел продаж",
            ),
        ],
    }
}

fn said(pane: &str, person: i64, text: &str) -> Value {
    json!({ "pane": pane, "person": person, "text": text })
}
