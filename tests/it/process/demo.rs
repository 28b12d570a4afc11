//! `keydesk demo` as a visitor starts it.

use insta::assert_snapshot;
use reqwest::{Response, header::ORIGIN};
use serde_json::{Value, json};
use tokio::{net::TcpListener, time::timeout};

use crate::support::loopback;
use crate::support::program::{Flood, PATIENCE, Premises, Program};

/// Anna of the demo's cast.
const ANNA: i64 = 101;

/// A demo, and a visitor at its page.
struct Visit {
    program: Program,
    page: String,
    events: Response,
    received: Vec<u8>,
}

impl Visit {
    async fn to(premises: &Premises, arguments: &[&str]) -> Visit {
        let program = premises.starts(arguments);
        let line = program.says("The demo is at ").await;
        let page = line.split_once("The demo is at ").unwrap().1.to_owned();
        let events = reqwest::get(format!("{page}/events")).await.unwrap();
        Visit { program, page, events, received: Vec::new() }
    }

    async fn says(&self, text: &str) {
        self.act("say", json!({ "pane": "anna", "person": ANNA, "text": text })).await;
    }

    /// Taps a button whose label begins like this, as soon as the page shows one.
    async fn taps(&mut self, label: &str) {
        let (message, label) = self
            .waits(label, |message| {
                let buttons =
                    message["keyboard"].as_array()?.iter().flat_map(|row| row.as_array().into_iter().flatten());
                let mut labels = buttons.filter_map(|button| button["label"].as_str());
                let label = labels.find(|found| found.starts_with(label))?;
                Some((message["id"].clone(), label.to_owned()))
            })
            .await;
        self.act("tap", json!({ "pane": "anna", "person": ANNA, "message": message, "label": label })).await;
    }

    /// Waits for a text in Anna's chat.
    async fn sees(&mut self, text: &str) {
        self.waits(text, |message| message["text"].as_str()?.contains(text).then_some(())).await;
    }

    async fn act(&self, action: &str, body: Value) {
        let request = loopback::http().post(format!("{}/act/{action}", self.page)).header(ORIGIN, &self.page);
        let answer = request.json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{action}: {}", answer.text().await.unwrap());
    }

    /// Looks for something in Anna's chat as it stands now and after each event, the newest message first.
    async fn waits<T>(&mut self, what: &str, look: impl Fn(&Value) -> Option<T>) -> T {
        let looking = async {
            loop {
                let messages = self.messages();
                if let Some(found) = messages.iter().rev().find_map(&look) {
                    return found;
                }
                let chunk = self.events.chunk().await.unwrap().expect("the page is alive");
                self.received.extend_from_slice(&chunk);
            }
        };
        timeout(PATIENCE, looking).await.unwrap_or_else(|_| panic!("«{what}» was not seen"))
    }

    fn messages(&self) -> Vec<Value> {
        let received = String::from_utf8_lossy(&self.received);
        let whole = received.rsplit_once("\n\n").map_or("", |(whole, _)| whole);
        let states = whole.lines().filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok());
        let mut panes = states.flat_map(|state| state["panes"].as_array().cloned().unwrap_or_default());
        let newest = panes.rfind(|pane| pane["pane"] == "anna");
        newest.and_then(|pane| pane["messages"].as_array().cloned()).unwrap_or_default()
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ended = premises.starts(&["demo", "--port", &port]).ends().await;
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(ended.output().replace(&port, "PORT"));
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let ended = premises.starts(&["demo", "--port", "0", "--keep", "keydesk.toml/data"]).ends().await;
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(ended.output());
}

#[tokio::test]
async fn what_is_kept_is_there_when_the_demo_starts_again() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let arguments = ["demo", "--port", "0", "--keep", "data"];
    let mut visit = Visit::to(&premises, &arguments).await;
    visit.says("/start").await;
    let steps = ["Новый заказ", "Лицензия Guardant SP, 1", "50 — ", "Оформить заказ", "Отправить заказ"];
    for label in steps {
        visit.taps(label).await;
    }
    visit.sees("Заказ №1").await;
    assert_eq!(visit.program.stops().await.status.code(), Some(0));

    let mut visit = Visit::to(&premises, &arguments).await;
    visit.sees("Заказ №1").await;
    visit.taps("Повторить заказ").await;
    visit.sees("Итого: 50").await;
    assert_eq!(visit.program.stops().await.status.code(), Some(0));
}
