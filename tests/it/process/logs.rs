//! The log, as a program reads it: whatever happens to an order can be followed by ids, and nothing else is said of people.

use std::fs::File;
use std::io::{Read, Seek};
use std::panic::catch_unwind;
use std::sync::Arc;

use keydesk::cli::log::log_panics;
use keydesk_emulator::{ButtonAction, Fault, FaultKind, MessageId, World};
use serde_json::{Value, json};

use super::crowd::{Customer, shown};
use crate::support::program::{Flood, Premises, Program, STAFF_CHAT};

/// Orders a hundred keys of sp-3, and nothing else.
const CUSTOMER: i64 = 103;
const VERA: i64 = 201;
/// What everybody gets without `RUST_LOG`, and the deliveries that went well.
const FILTER: &str = "info,sqlx=warn,hyper=warn,keydesk=debug";

fn parsed(log: &str) -> Vec<Value> {
    log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The first line whose message contains this.
fn line<'l>(log: &'l [Value], text: &str) -> &'l Value {
    let said = |line: &&Value| line["message"].as_str().is_some_and(|message| message.contains(text));
    log.iter().find(said).unwrap_or_else(|| panic!("no line says «{text}»: {log:#?}"))
}

fn button(world: &World, label: &str) -> Option<(MessageId, String)> {
    world.messages(STAFF_CHAT).rev().find_map(|message| {
        let mut buttons = message.keyboard.iter().flatten();
        let button = buttons.find(|button| button.label.replace('\u{a0}', " ").starts_with(label))?;
        match &button.action {
            ButtonAction::Data(data) => Some((message.id, data.clone())),
            _ => None,
        }
    })
}

/// Vera presses the newest button whose label begins like this, as soon as it is in the staff chat.
async fn vera_presses(premises: &Premises, label: &str) {
    premises.until(label, |world| button(world, label).is_some()).await;
    let (message, data) = premises.emulator.look(|world| button(world, label)).unwrap();
    premises.emulator.press(STAFF_CHAT, VERA, message, &data);
}

#[tokio::test]
async fn in_json_an_order_can_be_followed_by_its_ids_and_nobodys_words_are_there() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let (chat, kind) = (Some(STAFF_CHAT), FaultKind::ServerError(502));
    premises.emulator.inject(Fault { method: Some("sendMessage".to_owned()), chat, times: 1, kind });
    let bot = Program::start(premises.command(&["run", "--log-format", "json"]).env("RUST_LOG", FILTER));
    bot.says("serving as").await;
    premises.writes("stock.csv", &(0..100).map(|n| format!("SECRET-{n:04}\n")).collect::<String>());
    let import = premises.starts(&["serials", "import", "sp-3", "stock.csv"]).ends().await;
    assert!(import.status.success(), "{import:#?}");

    Customer::new(&premises.emulator, CUSTOMER).orders(&[]).await;
    for label in ["Счет на 51 300,00", "Выдать со склада"] {
        vera_presses(&premises, label).await;
    }
    let has_serials = |world: &World| world.messages(CUSTOMER).any(|message| shown(message).contains("В файле 100"));
    premises.until("the serial numbers arrive", has_serials).await;
    premises.emulator.push_raw_update(json!({ "message": { "text": 5 } }));
    bot.says("dead letter").await;
    let ended = bot.stops().await;

    let log = parsed(&ended.stderr);
    for line in &log {
        for key in ["timestamp", "level", "target", "message"] {
            assert!(line[key].is_string(), "{key}: {line}");
        }
    }
    let placed = line(&log, "order 1 was placed");
    assert_eq!((&placed["level"], &placed["order"]), (&json!("INFO"), &json!(1)));
    assert_eq!((&placed["span"]["name"], &placed["span"]["person"]), (&json!("update"), &json!(CUSTOMER)));
    assert!(placed["span"]["update"].is_i64(), "{placed}");
    let invoiced = line(&log, "order 1 went from placed to invoiced");
    assert_eq!(invoiced["span"]["person"], VERA);
    assert!(invoiced["span"]["update"].as_i64() > placed["span"]["update"].as_i64());

    let alert = json!({ "name": "message", "chat": STAFF_CHAT, "order": 1, "attempt": 1 });
    assert_eq!(line(&log, "may or may not have arrived")["span"], alert);
    let invoice = json!({ "name": "message", "chat": CUSTOMER, "order": 1, "attempt": 1 });
    assert_eq!(line(&log, &format!("a message reached chat {CUSTOMER}"))["span"], invoice);
    let buried = &line(&log, "dead letter")["span"];
    assert!(buried["update"].is_i64() && buried["person"].is_null(), "{buried}");

    let token = premises.emulator.token();
    let (_, secret) = token.split_once(':').unwrap();
    for private in [secret, "Покупатель", "Вера", "Сотрудники", "SECRET-"] {
        assert!(!ended.stderr.contains(private), "«{private}» is logged: {}", ended.stderr);
    }
}

#[tokio::test]
async fn in_json_the_reason_why_it_cannot_begin_is_a_line_of_the_log() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let mut command = premises.command(&["run", "--log-format", "json"]);
    let ended = Program::start(command.env_remove("TELOXIDE_TOKEN")).ends().await;
    assert_eq!(ended.status.code(), Some(4));
    let log = parsed(&ended.stderr);
    assert_eq!(line(&log, "TELOXIDE_TOKEN")["level"], "ERROR");
}

#[test]
fn a_panic_is_logged_with_the_ids_of_what_it_ends() {
    let mut file = tempfile::tempfile().unwrap();
    let writer: Arc<File> = Arc::new(file.try_clone().unwrap());
    let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_writer(writer).finish();
    log_panics();
    tracing::subscriber::with_default(subscriber, || {
        let span = tracing::error_span!("update", update = 7);
        span.in_scope(|| catch_unwind(|| panic!("out of paper"))).unwrap_err();
    });
    file.rewind().unwrap();
    let mut log = String::new();
    file.read_to_string(&mut log).unwrap();
    let log = parsed(&log);
    let panic = line(&log, "panic: out of paper");
    assert_eq!((&panic["level"], &panic["span"]["update"]), (&json!("ERROR"), &json!(7)));
    assert!(panic["place"].as_str().is_some_and(|place| place.contains("logs.rs:")), "{panic}");
}
