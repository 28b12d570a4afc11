//! The page of `keydesk demo`, asked as a browser asks it; the bot's part is spoken by plain Bot API calls.

use keydesk::demo::{self, Cast, Pane, Person};
use keydesk::emulator::{Emulator, Setup};
use reqwest::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN,
    X_CONTENT_TYPE_OPTIONS,
};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const ANNA: i64 = 1001;
const VERA: i64 = 2001;
const STAFF: i64 = -1_001_000_000_001;

/// A served page with nobody behind the bot.
struct Theatre {
    emulator: Emulator,
    page: String,
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
    async fn open() -> Self {
        let emulator = Emulator::start(Setup::loopback()).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let page = format!("http://{}", listener.local_addr().unwrap());
        let (close, closing) = oneshot::channel::<()>();
        let shutdown = async move {
            closing.await.ok();
        };
        let closed = tokio::spawn(demo::serve(listener, emulator.clone(), cast(), shutdown));
        Self {
            emulator,
            page,
            browser: Client::new(),
            close,
            closed,
        }
    }

    async fn get(&self, path: &str) -> Response {
        self.browser
            .get(format!("{}{path}", self.page))
            .send()
            .await
            .unwrap()
    }

    async fn act(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = self
            .browser
            .post(format!("{}{path}", self.page))
            .header(ORIGIN, &self.page);
        answer(request.json(&body).send().await.unwrap()).await
    }

    async fn send_file(&self, form: Form) -> (StatusCode, Value) {
        let request = self
            .browser
            .post(format!("{}/act/send", self.page))
            .header(ORIGIN, &self.page);
        answer(request.multipart(form).send().await.unwrap()).await
    }

    async fn bot_calls(&self, method: &str, body: Value) -> Value {
        let address = format!(
            "{}/bot{}/{method}",
            self.emulator.url(),
            self.emulator.token()
        );
        let answer: Value = self
            .browser
            .post(address)
            .json(&body)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        answer["result"].clone()
    }

    async fn events(&self) -> Events {
        Events {
            response: self.get("/events").await,
            received: String::new(),
        }
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

fn cast() -> Cast {
    let person = |id, name: &str| Person {
        id,
        name: name.to_owned(),
    };
    let pane = |key: &str, chat, people, title: &str| Pane {
        key: key.to_owned(),
        chat,
        people,
        title: title.to_owned(),
        subtitle: String::new(),
        language: "ru".to_owned(),
    };
    Cast {
        panes: vec![
            pane("anna", ANNA, vec![person(ANNA, "Анна")], "Анна"),
            pane(
                "staff",
                STAFF,
                vec![person(VERA, "Вера"), person(VERA + 1, "Глеб")],
                "Отдел продаж",
            ),
        ],
    }
}

fn said(pane: &str, person: i64, text: &str) -> Value {
    json!({ "pane": pane, "person": person, "text": text })
}

#[tokio::test]
async fn the_page_and_its_files_are_served_under_a_strict_policy() {
    let theatre = Theatre::open().await;
    for (path, media) in [
        ("/", "text/html"),
        ("/style.css", "text/css"),
        ("/messages.css", "text/css"),
        ("/app.js", "text/javascript"),
        ("/favicon.svg", "image/svg+xml"),
    ] {
        let response = theatre.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let headers = response.headers();
        assert!(
            headers[CONTENT_TYPE].to_str().unwrap().starts_with(media),
            "{path}"
        );
        assert!(
            headers[CONTENT_SECURITY_POLICY]
                .to_str()
                .unwrap()
                .starts_with("default-src 'none'; script-src 'self'")
        );
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}

#[tokio::test]
async fn every_file_that_the_page_names_is_there() {
    let theatre = Theatre::open().await;
    let mut waiting = vec!["/".to_owned()];
    let mut seen = Vec::new();
    while let Some(path) = waiting.pop() {
        let response = theatre.get(&path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let text = response.text().await.unwrap();
        let named = text.split(['"', '\'']).filter_map(|word| {
            let local = word.strip_prefix('.').unwrap_or(word);
            let is_file = local.starts_with('/')
                && [".js", ".css", ".svg"]
                    .iter()
                    .any(|end| local.ends_with(end));
            is_file.then(|| local.to_owned())
        });
        for file in named {
            if !seen.contains(&file) {
                seen.push(file.clone());
                waiting.push(file);
            }
        }
    }
    assert!(seen.len() > 5, "{seen:?}");
}

#[tokio::test]
async fn another_host_name_is_shown_nothing() {
    let theatre = Theatre::open().await;
    for path in ["/", "/events", "/file/1"] {
        let request = theatre
            .browser
            .get(format!("{}{path}", theatre.page))
            .header(HOST, "rebound.example.com");
        assert_eq!(
            request.send().await.unwrap().status(),
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_foreign_page_can_do_nothing() {
    let theatre = Theatre::open().await;
    let request = theatre
        .browser
        .post(format!("{}/act/say", theatre.page))
        .header(ORIGIN, "http://example.com");
    let answered = answer(
        request
            .json(&said("anna", ANNA, "hello"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(
        answered,
        (StatusCode::FORBIDDEN, json!({ "error": "foreign_origin" }))
    );
    assert!(theatre.emulator.messages(ANNA).is_empty());
}

#[tokio::test]
async fn what_is_written_appears_at_once_and_only_in_its_own_chat() {
    let theatre = Theatre::open().await;
    let mut events = theatre.events().await;
    let first = events.next().await.unwrap();
    let keys: Vec<&Value> = first["panes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pane| &pane["pane"])
        .collect();
    assert_eq!(keys, ["anna", "staff"]);

    let (status, _) = theatre
        .act("/act/say", said("anna", ANNA, "/start now"))
        .await;
    assert_eq!(status, StatusCode::OK);

    let second = events
        .until(|event| event["panes"][0]["messages"][0].is_object())
        .await;
    assert_eq!(second["panes"].as_array().unwrap().len(), 1);
    let message = &second["panes"][0]["messages"][0];
    assert_eq!(message["text"], "/start now");
    assert_eq!(
        message["from"],
        json!({ "id": ANNA, "name": "Анна", "bot": false })
    );
    assert_eq!(
        message["entities"][0],
        json!({ "type": "bot_command", "offset": 0, "length": 6, "url": null })
    );
}

#[tokio::test]
async fn a_message_of_the_bot_is_shown_with_its_marks_and_buttons() {
    let theatre = Theatre::open().await;
    theatre.act("/act/say", said("anna", ANNA, "/start")).await;
    let keyboard = json!([[
        { "text": "Новый заказ", "callback_data": "n" },
        { "text": "Условия", "url": "https://example.com/terms" },
    ]]);
    let markup = json!({ "inline_keyboard": keyboard });
    let text = json!({ "chat_id": ANNA, "text": "<b>Заказ</b> <i>№450</i>", "parse_mode": "HTML", "reply_markup": markup });
    theatre.bot_calls("sendMessage", text).await;

    let state = theatre.events().await.next().await.unwrap();
    let message = &state["panes"][0]["messages"][1];
    assert_eq!(
        message["from"],
        json!({ "id": null, "name": "keydesk", "bot": true })
    );
    assert_eq!(message["text"], "Заказ №450");
    assert_eq!(
        message["entities"][1],
        json!({ "type": "italic", "offset": 6, "length": 4, "url": null })
    );
    let shown = json!([[{ "label": "Новый заказ", "url": null }, { "label": "Условия", "url": "https://example.com/terms" }]]);
    assert_eq!(message["keyboard"], shown);
}

#[tokio::test]
async fn a_press_is_answered_by_the_bot_under_its_own_id() {
    let theatre = Theatre::open().await;
    theatre.act("/act/say", said("anna", ANNA, "/start")).await;
    let markup =
        json!({ "inline_keyboard": [[{ "text": "Отправить заказ", "callback_data": "send" }]] });
    let message = json!({ "chat_id": ANNA, "text": "Подтверждение", "reply_markup": markup });
    let id = theatre.bot_calls("sendMessage", message).await["message_id"].clone();

    let press =
        json!({ "pane": "anna", "person": ANNA, "message": id, "label": "Отправить заказ" });
    let (status, pressed) = theatre.act("/act/tap", press).await;
    assert_eq!(status, StatusCode::OK);
    let mut events = theatre.events().await;
    let answer = json!({ "callback_query_id": pressed["callback"], "text": "Заказ №450 уже отправлен", "show_alert": true });
    theatre.bot_calls("answerCallbackQuery", answer).await;

    let event = events.until(|event| event["answers"][0].is_object()).await;
    let shown = json!({ "callback": pressed["callback"], "text": "Заказ №450 уже отправлен", "alert": true });
    assert_eq!(event["answers"], json!([shown]));
}

#[tokio::test]
async fn a_reply_and_its_document_travel_to_the_chat_and_back() {
    let theatre = Theatre::open().await;
    theatre.act("/act/say", said("staff", VERA, "Счет")).await;
    let to = theatre.emulator.messages(STAFF)[0].id.0;
    let form = Form::new()
        .text("pane", "staff")
        .text("person", VERA.to_string())
        .text("caption", "25 000,00")
        .text("reply_to", to.to_string())
        .part(
            "file",
            Part::bytes(b"%PDF".to_vec())
                .file_name("счёт.pdf")
                .mime_str("application/pdf")
                .unwrap(),
        );
    assert_eq!(theatre.send_file(form).await.0, StatusCode::OK);

    let state = theatre.events().await.next().await.unwrap();
    let message = &state["panes"][1]["messages"][1];
    assert_eq!(message["text"], "25 000,00");
    assert_eq!(message["reply_to"], to);
    assert_eq!(message["document"]["name"], "счёт.pdf");
    assert_eq!(message["document"]["size"], 4);

    let file = theatre
        .get(message["document"]["href"].as_str().unwrap())
        .await;
    assert_eq!(file.headers()[CONTENT_TYPE], "application/octet-stream");
    assert_eq!(
        file.headers()[CONTENT_DISPOSITION],
        "attachment; filename*=UTF-8''%D1%81%D1%87%D1%91%D1%82.pdf"
    );
    assert_eq!(file.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(file.bytes().await.unwrap().as_ref(), b"%PDF");
}

#[tokio::test]
async fn commands_of_the_bot_are_listed_in_the_language_of_the_chat() {
    let theatre = Theatre::open().await;
    let list = |description: &str| json!([{ "command": "new", "description": description }]);
    theatre
        .bot_calls("setMyCommands", json!({ "commands": list("New order") }))
        .await;
    let scope = json!({ "type": "all_private_chats" });
    let russian = json!({ "commands": list("Новый заказ"), "scope": scope, "language_code": "ru" });
    theatre.bot_calls("setMyCommands", russian).await;

    let state = theatre.events().await.next().await.unwrap();
    assert_eq!(
        state["panes"][0]["people"][0]["commands"],
        list("Новый заказ")
    );
    assert_eq!(
        state["panes"][1]["people"][0]["commands"],
        list("New order")
    );
}

#[tokio::test]
async fn an_action_that_cannot_be_done_names_the_reason() {
    let theatre = Theatre::open().await;
    let press = json!({ "pane": "anna", "person": ANNA, "message": 1, "label": "Нет такой" });
    for (path, body, reason) in [
        ("/act/say", said("anna", ANNA, " \n"), "empty_text"),
        (
            "/act/say",
            said("anna", ANNA, &"я".repeat(4097)),
            "text_too_long",
        ),
        (
            "/act/say",
            said("anna", ANNA, &"я".repeat(70_000)),
            "too_large",
        ),
        ("/act/say", said("nobody", ANNA, "a"), "unknown_pane"),
        ("/act/say", said("anna", VERA, "a"), "unknown_person"),
        ("/act/say", json!({}), "malformed"),
        ("/act/tap", press, "unknown_button"),
    ] {
        let (status, answer) = theatre.act(path, body).await;
        assert!(status.is_client_error(), "{reason}: {status}");
        assert_eq!(answer, json!({ "error": reason }));
    }
    assert!(theatre.emulator.messages(ANNA).is_empty());
}

#[tokio::test]
async fn a_file_that_is_too_large_or_missing_is_refused() {
    let theatre = Theatre::open().await;
    let form = || {
        Form::new()
            .text("pane", "anna")
            .text("person", ANNA.to_string())
            .text("caption", "")
    };
    let large = Part::bytes(vec![0; 20 * 1024 * 1024 + 1]).file_name("large.bin");
    let (status, answer) = theatre.send_file(form().part("file", large)).await;
    assert_eq!(
        (status, answer),
        (
            StatusCode::PAYLOAD_TOO_LARGE,
            json!({ "error": "too_large" })
        )
    );
    let (_, answer) = theatre.send_file(form()).await;
    assert_eq!(answer, json!({ "error": "no_file" }));
    let endless = "я".repeat(1025);
    let file = Part::bytes(vec![0]).file_name("a.txt");
    let (_, answer) = theatre
        .send_file(form().text("caption", endless).part("file", file))
        .await;
    assert_eq!(answer, json!({ "error": "caption_too_long" }));
    assert!(theatre.emulator.messages(ANNA).is_empty());
}

#[tokio::test]
async fn an_open_page_does_not_hold_the_server_up_when_it_stops() {
    let theatre = Theatre::open().await;
    let mut events = theatre.events().await;
    assert!(events.next().await.is_some());
    drop(theatre.browser);
    theatre.close.send(()).unwrap();
    assert_eq!(events.next().await, None);
    drop(events);
    theatre.closed.await.unwrap().unwrap();
}
