//! One chat that sends a thousand updates at once, while two hundred people order: `NEXTEST_PROFILE=long scripts/test
//! --success-output immediate process::busy_chat`.

use std::time::Duration;

use super::crowd::{self, Customer, Watch};
use crate::support::program::{Flood, Premises};

const PEOPLE: i64 = 200;
const UPDATES: usize = 1_000;
const BUSY: i64 = crowd::FIRST - 1;
/// What the others' waits may be of those without the busy chat.
const TIMES: u32 = 2;
/// Of each kind of run; the middle one counts.
const RUNS: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn keeps_nobody_else_waiting_on_sqlite() {
    let premises = async || Premises::on_sqlite(Flood::Unlimited).await;
    keeps_nobody_else_waiting("SQLite", premises).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_nobody_else_waiting_on_postgres() {
    let premises = async || Premises::on_postgres(Flood::Unlimited).await;
    keeps_nobody_else_waiting("PostgreSQL", premises).await;
}

async fn keeps_nobody_else_waiting(name: &str, premises: impl AsyncFn() -> Premises) {
    let (mut quiet, mut busy) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        quiet.push(others_wait(&premises().await, 0).await);
        busy.push(others_wait(&premises().await, UPDATES).await);
    }
    let [quiet, busy] = [quiet, busy].map(middle);
    println!(
        "{name}: {PEOPLE} others wait p99 {quiet:.2?} alone, {busy:.2?} beside a chat with {UPDATES} updates at once"
    );
    assert!(busy <= TIMES * quiet, "{quiet:?} became {busy:?}");
}

fn middle(mut waits: Vec<Duration>) -> Duration {
    waits.sort_unstable();
    waits[waits.len() / 2]
}

/// How long the slowest of a hundred taps waited while everybody ordered and one sent so many updates more.
async fn others_wait(premises: &Premises, updates: usize) -> Duration {
    let busy = Customer::new(&premises.emulator, BUSY);
    let watch = Watch::default();
    let people = crowd::people(&premises.emulator, PEOPLE).into_iter().map(|one| one.with_watch(&watch));
    let program = premises.runs().await;
    let ordering = tokio::spawn(crowd::order_at_once(people.collect(), || false));
    premises
        .until("somebody is about to send", |world| {
            (crowd::FIRST..crowd::FIRST + PEOPLE)
                .any(|id| world.messages(id).any(|message| message.text.contains("Подтверждение заказа")))
        })
        .await;
    for number in 0..updates {
        busy.says(&format!("Сообщение {number}"));
    }
    assert_eq!(ordering.await.unwrap().len() as i64, PEOPLE);
    premises.until("every update is confirmed", |world| world.pending_updates() == 0).await;
    program.stops().await;
    watch.percentile(99)
}
