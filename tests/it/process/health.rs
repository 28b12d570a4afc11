//! What whoever watches the bot is told of it.

use std::time::Duration;

use insta::assert_snapshot;
use keydesk_emulator::{Fault, FaultKind};
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};
use tokio::time::timeout;

use super::crowd::Customer;
use crate::support::program::{Ended, Flood, PATIENCE, Premises, Program, STAFF_CHAT};

const ANNA: i64 = 101;
/// How long the bot lets Telegram wait for updates.
const LONG_POLL: Duration = Duration::from_secs(25);

/// Status and body of a page.
pub async fn page(address: &str, path: &str) -> (u16, String) {
    let answer = reqwest::get(format!("{address}{path}")).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// What a figure is; its name with its labels.
#[track_caller]
fn figure(page: &str, name: &str) -> f64 {
    let value = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    value.unwrap_or_else(|| panic!("no figure {name}: {page}")).parse().unwrap()
}

/// Asks until the bot serves, or does not any more.
async fn until_ready(address: &str, ready: bool) -> Value {
    let asking = async {
        loop {
            let (status, body) = page(address, "/readyz").await;
            if (status == 200) == ready {
                return serde_json::from_str(&body).unwrap();
            }
        }
    };
    timeout(PATIENCE, asking).await.unwrap_or_else(|_| panic!("the bot is never ready: {ready}"))
}

async fn health(premises: &Premises) -> Ended {
    premises.starts(&["health"]).ends().await
}

#[tokio::test]
async fn whoever_watches_learns_how_much_there_is_and_nothing_about_anybody() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let address = premises.serves_figures();
    let bot = premises.runs().await;
    Customer::new(&premises.emulator, ANNA).orders(&[]).await;
    premises.until("the alert arrives", |world| world.messages(STAFF_CHAT).count() == 1).await;

    assert_eq!(page(&address, "/healthz").await, (200, "alive\n".to_owned()));
    let ready = until_ready(&address, true).await;
    let known = ["ready", "database_writable", "dead_letters", "waiting_updates", "leader", "replicas"];
    let said = known.map(|key| format!("{key}: {}", ready[key])).join("\n");
    assert_snapshot!(said, @r"
    ready: true
    database_writable: true
    dead_letters: 0
    waiting_updates: 0
    leader: true
    replicas: 1
    ");
    let (status, metrics) = page(&address, "/metrics").await;
    assert_eq!(status, 200);
    for (name, value) in [
        ("keydesk_ready", 1.0),
        ("keydesk_leader", 1.0),
        ("keydesk_build_info{version=\"0.1.0\",database=\"sqlite\"}", 1.0),
        ("keydesk_orders{status=\"placed\"}", 1.0),
        ("keydesk_stock_serials{product=\"sp-1\"}", 0.0),
        ("keydesk_updates_total{outcome=\"dead_letter\"}", 0.0),
    ] {
        assert_eq!(figure(&metrics, name), value, "{name}");
    }
    for name in [
        "keydesk_updates_total{outcome=\"committed\"}",
        "keydesk_update_to_commit_seconds_count",
        "keydesk_tap_to_screen_seconds_count",
        "keydesk_sends_total{kind=\"screen\",outcome=\"delivered\"}",
        "keydesk_sends_total{kind=\"message\",outcome=\"delivered\"}",
        "keydesk_bot_api_calls_total{outcome=\"done\"}",
    ] {
        assert!(figure(&metrics, name) > 0.0, "{name}: {metrics}");
    }
    for private in
        ["Покупатель", "Сотрудники", &format!("\"{ANNA}\""), &STAFF_CHAT.to_string(), &premises.emulator.token()]
    {
        assert!(!metrics.contains(private) && !ready.to_string().contains(private), "{private}: {metrics}{ready}");
    }
    assert_eq!(page(&address, "/").await.0, 404);
    let health = health(&premises).await;
    assert!(health.status.success() && health.stdout.starts_with("keydesk serves: updates were heard "), "{health:?}");
    bot.ends_well().await;
    let silent = premises.starts(&["health"]).ends().await;
    assert_eq!(silent.status.code(), Some(1));
    assert!(silent.stderr.starts_with("keydesk: no bot answers at 127.0.0.1:"), "{silent:?}");
}

#[tokio::test]
async fn a_database_that_reads_but_takes_no_change_is_said_and_no_reason_to_restart() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let address = premises.serves_figures();
    let bot = premises.runs().await;
    until_ready(&address, true).await;
    let mut database = SqliteConnection::connect(&premises.database).await.unwrap();
    sqlx::raw_sql("ALTER TABLE processed_updates RENAME TO away").execute(&mut database).await.unwrap();

    let faults = until_ready(&address, false).await["faults"].to_string();
    assert!(faults.contains("the database takes no change: ") && faults.contains("processed_updates"), "{faults}");
    let (_, metrics) = page(&address, "/metrics").await;
    assert_eq!((figure(&metrics, "keydesk_ready"), figure(&metrics, "keydesk_database_writable")), (0.0, 0.0));
    assert_eq!(page(&address, "/healthz").await.0, 200);
    let health = health(&premises).await;
    assert_eq!(health.status.code(), Some(1));
    assert!(health.stderr.starts_with("keydesk: keydesk does not serve: the database takes no change: "), "{health:?}");

    sqlx::raw_sql("ALTER TABLE away RENAME TO processed_updates").execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    until_ready(&address, true).await;
    bot.ends_well().await;
}

#[tokio::test]
async fn a_bot_that_waits_for_the_bot_api_is_alive_and_not_ready() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let address = premises.serves_figures();
    let bot = Program::start(premises.command(&["run"]).env("TELOXIDE_API_URL", "http://127.0.0.1:1"));
    bot.says("did not say who the bot is").await;
    assert_eq!(page(&address, "/healthz").await.0, 200);
    let readiness = until_ready(&address, false).await;
    assert_eq!(readiness["faults"][0], "the bot starts; the log says what it waits for");
    assert_eq!(figure(&page(&address, "/metrics").await.1, "keydesk_ready"), 0.0);
    bot.ends_well().await;
}

#[tokio::test]
async fn that_updates_come_again_is_known_before_anybody_writes() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let bot = premises.runs().await;
    premises.until("it polls", |world| world.polls() > 0).await;
    let kind = FaultKind::ServerError(502);
    premises.emulator.inject(Fault { method: Some("getUpdates".to_owned()), chat: None, times: 1, kind });
    // The poll that is under way ends with this, the next one fails, and nothing else happens.
    premises.emulator.push_raw_update(json!({ "poll": {} }));
    bot.says("updates cannot be fetched").await;
    let known = timeout(LONG_POLL / 2, bot.says("updates are fetched again, after")).await;
    known.expect("no long poll tells it");
    bot.ends_well().await;
}

#[tokio::test]
async fn an_address_that_is_not_there_or_taken_is_named_with_the_remedy() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let none = health(&premises).await;
    let address = premises.serves_figures();
    let host = address.trim_start_matches("http://");
    let _taken = std::net::TcpListener::bind(host).unwrap();
    let taken = premises.starts(&["run"]).ends().await;
    assert_eq!((none.status.code(), taken.status.code()), (Some(1), Some(1)));
    let last = taken.stderr.lines().last().unwrap();
    assert_snapshot!([none.stderr.trim(), last].join("\n").replace(host, "ADDRESS"), @r#"
    keydesk: the bot serves no health; put `listen = "127.0.0.1:9464"` into section [http] of keydesk.toml, and restart it
    keydesk: ADDRESS is taken; stop what uses it, or change `http.listen` in keydesk.toml
    "#);
}

#[tokio::test]
async fn a_backup_that_is_overdue_is_said_and_keeps_nobody_away() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let address = premises.serves_figures();
    let config = std::fs::read_to_string(premises.file("keydesk.toml")).unwrap();
    // A folder that cannot be made, since a file has its name.
    premises.writes("keydesk.toml", &format!("{config}\n[backup]\nevery = \"1s\"\nfolder = \"keydesk.toml\"\n"));
    let bot = premises.runs().await;
    let warned = async {
        loop {
            let ready = until_ready(&address, true).await;
            if ready["warnings"] != serde_json::json!([]) {
                return ready;
            }
        }
    };
    let ready = timeout(PATIENCE, warned).await.unwrap();
    assert_snapshot!(ready["warnings"], @r#"["there has been no backup for longer than twice `backup.every`"]"#);
    let ended = health(&premises).await;
    assert!(ended.status.success() && ended.stdout.contains("; there has been no backup"), "{ended:?}");
    bot.ends_well().await;
}
