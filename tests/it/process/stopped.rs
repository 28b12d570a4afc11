//! SIGTERM and SIGINT end the program soon, with status 0, whatever it is doing.

use std::time::Duration;

use chrono::Utc;
use keydesk::store::Store;
use keydesk_emulator::{Fault, FaultKind, World};

use super::crowd::{self, Customer};
use crate::store::commit;
use crate::support::files::document;
use crate::support::program::{Flood, Premises, Program, Signal};

/// What a supervisor grants before it kills.
const GRACE: Duration = Duration::from_secs(10);
/// The admin of the example configuration.
const ADMIN: i64 = 111_111_111;
const SIGNALS: [Signal; 2] = [Signal::Terminate, Signal::Interrupt];

async fn stops_well(program: Program, signal: Signal) {
    program.gets(signal);
    let ended = program.ends_within(GRACE).await;
    assert_eq!(ended.status.code(), Some(0), "{signal:?}: {ended:#?}");
}

async fn premises() -> Premises {
    Premises::on_sqlite(Flood::Unlimited).await
}

#[tokio::test]
async fn it_stops_while_it_waits_for_updates() {
    let premises = premises().await;
    for signal in SIGNALS {
        let polls = premises.emulator.look(World::polls);
        let program = premises.runs().await;
        premises.until("it polls", |world| world.polls() > polls).await;
        stops_well(program, signal).await;
    }
}

#[tokio::test]
async fn it_stops_while_the_bot_api_hangs() {
    let premises = premises().await;
    let hang = |method: Option<&str>| Fault {
        method: method.map(str::to_owned),
        chat: None,
        times: u32::MAX,
        kind: FaultKind::Delay(Duration::from_secs(600)),
    };
    for signal in SIGNALS {
        premises.emulator.inject(hang(None));
        let program = premises.starts(&["run"]);
        // Its tables are made by then, and the very first call hangs.
        program.says("asking the Bot API").await;
        stops_well(program, signal).await;
        premises.emulator.clear_faults();
        std::fs::remove_file(premises.file("keydesk.db")).unwrap();
    }

    let program = premises.runs().await;
    let anna = Customer::new(&premises.emulator, 101);
    premises.emulator.inject(hang(Some("sendMessage")));
    anna.says("/start");
    premises.until("the update is confirmed", |world| world.pending_updates() == 0).await;
    stops_well(program, Signal::Terminate).await;
    premises.emulator.clear_faults();
    let program = premises.runs().await;
    premises.until("the greeting is shown after all", |world| world.messages(101).count() == 2).await;
    stops_well(program, Signal::Interrupt).await;
}

/// The attempts at the file that waits, and how many of them came to no end, this one included.
async fn attempts_at_the_file(premises: &Premises) -> (i64, i64) {
    let store = Store::open(&premises.database).await.unwrap();
    let now = Utc::now();
    let job = commit!(store, |tx| tx.claim_file_job(now, now)).expect("it is free");
    store.close().await;
    (job.attempts, job.unfinished)
}

#[tokio::test]
async fn an_orderly_stop_is_no_fault_of_the_file_under_way_and_a_kill_may_be() {
    let premises = premises().await;
    let method = Some("getFile".to_owned());
    let kind = FaultKind::Delay(Duration::from_secs(600));
    premises.emulator.inject(Fault { method, chat: None, times: u32::MAX, kind });
    premises.emulator.send(ADMIN, ADMIN, document("a.txt", b"A-1\n", "/stock sp-1"));
    for _ in 0..2 {
        let program = premises.runs().await;
        program.says("fetching the file of job").await;
        stops_well(program, Signal::Terminate).await;
    }
    assert_eq!(attempts_at_the_file(&premises).await, (1, 1));
    let program = premises.runs().await;
    program.says("fetching the file of job").await;
    program.killed().await;
    assert_eq!(attempts_at_the_file(&premises).await, (3, 3));
}

#[tokio::test]
async fn it_stops_while_the_bot_api_cannot_be_reached() {
    let premises = premises().await;
    for signal in SIGNALS {
        // Port 1 of the loopback refuses connections.
        let program = Program::start(premises.command(&["run"]).env("TELOXIDE_API_URL", "http://127.0.0.1:1"));
        program.says("trying again in 1s").await;
        stops_well(program, signal).await;
    }
}

#[tokio::test]
async fn it_stops_while_the_database_server_does_not_answer() {
    let premises = premises().await;
    // Takes connections and never says a word.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("postgres://keydesk@{}/desk", silent.local_addr().unwrap());
    for signal in SIGNALS {
        let program = Program::start(premises.command(&["run"]).env("DATABASE_URL", &address));
        let _connection = silent.accept().await.unwrap();
        stops_well(program, signal).await;
    }
}

#[tokio::test]
async fn the_demo_stops_with_a_page_open() {
    let premises = premises().await;
    for signal in SIGNALS {
        let program = premises.starts(&["demo", "--port", "0"]);
        let line = program.says("The demo is at ").await;
        let page = line.split_once("The demo is at ").unwrap().1.to_owned();
        let mut events = reqwest::get(format!("{page}/events")).await.unwrap();
        assert!(events.chunk().await.unwrap().is_some());
        stops_well(program, signal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_in_the_midst_of_work_it_loses_nothing_on_sqlite() {
    stopped_in_the_midst_of_work(premises().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_in_the_midst_of_work_it_loses_nothing_on_postgres() {
    stopped_in_the_midst_of_work(Premises::on_postgres(Flood::Unlimited).await).await;
}

async fn stopped_in_the_midst_of_work(premises: Premises) {
    let crowd = tokio::spawn(crowd::order_at_once(crowd::people(&premises.emulator, 8), || false));
    let mut calls = 0;
    for signal in SIGNALS {
        calls += 40;
        let program = premises.runs().await;
        premises.until("it is busy", |world| world.calls().count() >= calls).await;
        stops_well(program, signal).await;
        calls = premises.emulator.calls().len();
    }
    let program = premises.runs().await;
    let seen = crowd.await.unwrap();
    stops_well(program, Signal::Terminate).await;
    let store = Store::open(&premises.database).await.unwrap();
    let mut tx = store.read();
    let mut numbers: Vec<i64> = seen.iter().map(|seen| seen.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
    assert_eq!(tx.order(keydesk::domain::OrderNumber(9)).await.unwrap(), None);
    assert_eq!(tx.dead_letters().await.unwrap(), []);
}
