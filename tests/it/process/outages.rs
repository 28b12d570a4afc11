//! Databases that go away under people who order, and come back: no order is lost, no update becomes a dead letter, and the
//! bot goes on by itself. Here for a moment, in `long` for as long as it takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use keydesk::domain::OrderNumber;
use keydesk::store::Store;
use keydesk_emulator::World;
use sqlx::{Connection, SqliteConnection};
use tokio::time::{Instant, sleep_until, timeout};

use super::crowd::{self, number_on_card};
use crate::support::postgres::{Role, execute};
use crate::support::program::{Flood, PATIENCE, Premises, STAFF_CHAT};

/// Something that a database does to a bot, for a while.
pub trait Trouble {
    const NAME: &'static str;

    async fn begins(&mut self);
    async fn ends(&mut self);
}

/// A transaction of somebody else's that does not end.
pub struct LockHeld {
    file: String,
    holder: Option<SqliteConnection>,
}

impl LockHeld {
    pub fn on(premises: &Premises) -> LockHeld {
        LockHeld { file: premises.database.clone(), holder: None }
    }
}

impl Trouble for LockHeld {
    const NAME: &'static str = "SQLite, lock held";

    async fn begins(&mut self) {
        let mut holder = SqliteConnection::connect(&self.file).await.unwrap();
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut holder).await.unwrap();
        self.holder = Some(holder);
    }

    async fn ends(&mut self) {
        let mut holder = self.holder.take().unwrap();
        sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
        holder.close().await.unwrap();
    }
}

/// A server that does not let the bot in, as while a password is changed.
pub struct LoginRefused(pub Role);

impl Trouble for LoginRefused {
    const NAME: &'static str = "PostgreSQL, login refused";

    async fn begins(&mut self) {
        execute(format!("ALTER ROLE {} NOLOGIN", self.0.name)).await.unwrap();
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename =";
        execute(format!("{kill} '{}'", self.0.name)).await.unwrap();
    }

    async fn ends(&mut self) {
        execute(format!("ALTER ROLE {} LOGIN", self.0.name)).await.unwrap();
    }
}

/// A database that has another name for a while, as while a backup is played in.
pub struct DatabaseRenamed(pub Role);

impl Trouble for DatabaseRenamed {
    const NAME: &'static str = "PostgreSQL, database renamed";

    async fn begins(&mut self) {
        let name = self.0.database.name();
        execute(format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")).await.unwrap();
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname =";
        execute(format!("{kill} '{name}'")).await.unwrap();
        execute(format!("ALTER DATABASE {name} RENAME TO {name}_away")).await.unwrap();
    }

    async fn ends(&mut self) {
        let name = self.0.database.name();
        execute(format!("ALTER DATABASE {name}_away RENAME TO {name}")).await.unwrap();
        execute(format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")).await.unwrap();
    }
}

/// How long a trouble may last of which the bot notices nothing.
const UNNOTICED: Duration = Duration::from_secs(10);

/// Orders that their customers see.
fn cards(world: &World, people: i64) -> usize {
    (crowd::FIRST..crowd::FIRST + people).flat_map(|id| world.messages(id)).filter_map(number_on_card).count()
}

/// People order all the time while the database is in trouble, until the bot has said so and for so long: whoever saw an order
/// has it, nobody has another one, nothing is a dead letter, and the same process goes on.
pub async fn endures<T: Trouble>(premises: &Premises, trouble: T, people: i64, outage: Duration) {
    endures_again(premises, trouble, people, outage, 1).await;
}

/// The same so many times, with an order for each of the people in between.
pub async fn endures_again<T: Trouble>(
    premises: &Premises,
    mut trouble: T,
    people: i64,
    outage: Duration,
    times: usize,
) {
    let bot = premises.runs().await;
    // Whoever is unlucky meets several outages with one order.
    let meets = 3.min(u32::try_from(times).unwrap());
    let (more, patience) = (Arc::new(AtomicBool::new(true)), PATIENCE + (outage + UNNOTICED) * meets);
    let again = Arc::clone(&more);
    let customers = crowd::people(&premises.emulator, people).into_iter().map(|one| one.with_patience(patience));
    let ordering = tokio::spawn(crowd::order_at_once(customers.collect(), move || again.load(Ordering::SeqCst)));
    premises.until("orders come in", |world| world.messages(STAFF_CHAT).count() >= 2).await;

    let (mut back, mut noticed) = (Duration::ZERO, 0);
    for _ in 0..times {
        trouble.begins().await;
        let began = Instant::now();
        // Everybody else may wait for a screen at this moment, and do nothing that the intake would meet the trouble with.
        premises.emulator.say(PASSER_BY, PASSER_BY, "/start");
        let said = bot.says_again("updates wait, nothing is lost", noticed + 1);
        let is_noticed = match times {
            1 => !said.await.is_empty(),
            // SQLite goes on for a while on a full disk, in the room that its log has already.
            _ => timeout(UNNOTICED, said).await.is_ok(),
        };
        noticed += usize::from(is_noticed);
        sleep_until(began + outage).await;
        let before = premises.emulator.look(|world| cards(world, people));
        trouble.ends().await;
        let ended = Instant::now();
        premises.until("somebody's order is placed", |world| cards(world, people) > before).await;
        back = back.max(ended.elapsed());
        if is_noticed {
            bot.says_again("updates go on after", noticed).await;
        }
        if times > 1 {
            let all = before + usize::try_from(people).unwrap();
            premises.until("as many orders are placed as there are people", |world| cards(world, people) > all).await;
        }
    }
    assert!(noticed > 0, "the bot met no trouble");
    more.store(false, Ordering::SeqCst);
    let seen = ordering.await.expect("everybody gets their orders");
    premises.until("every update is confirmed", |world| world.pending_updates() == 0).await;
    let ended = bot.stops().await;
    assert!(ended.status.success(), "{ended:#?}");

    let store = Store::open(&premises.database).await.unwrap();
    let mut tx = store.read();
    let dead = tx.dead_letters().await.unwrap().len() + tx.waiting_updates().await.unwrap().len();
    let mut lost = 0;
    for order in &seen {
        lost += usize::from(tx.order(OrderNumber(order.number)).await.unwrap().is_none());
    }
    println!(
        "| {} | {times} times {} s, {noticed} noticed | {} orders | {lost} lost | {dead} dead | back after {:.1} s at most |",
        T::NAME,
        outage.as_secs(),
        seen.len(),
        back.as_secs_f64()
    );
    assert_eq!((lost, dead), (0, 0), "{}", ended.stderr);
    let next = i64::try_from(seen.len()).unwrap() + 1;
    assert!(tx.order(OrderNumber(next)).await.unwrap().is_none(), "nobody has an order that they did not see");
    assert!(ended.stderr.lines().count() < 200 * times, "it repeats itself: {}", ended.stderr);
}

const FEW: i64 = 4;
/// Somebody who orders nothing.
const PASSER_BY: i64 = crowd::FIRST - 1;
/// No longer than the bot needs to notice.
const SHORT: Duration = Duration::ZERO;

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_somebody_holds_is_waited_for() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let trouble = LockHeld::on(&premises);
    endures(&premises, trouble, FEW, SHORT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_refuses_the_login_is_waited_for() {
    let role = Role::create().await;
    let premises = Premises::on_database(role.url.clone(), Flood::Unlimited).await;
    endures(&premises, LoginRefused(role), FEW, SHORT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_renamed_is_waited_for() {
    let role = Role::create().await;
    let premises = Premises::on_database(role.url.clone(), Flood::Unlimited).await;
    endures(&premises, DatabaseRenamed(role), FEW, SHORT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_grants_two_connections_serves_everybody() {
    let role = Role::create().await;
    execute(format!("ALTER ROLE {} CONNECTION LIMIT 2", role.name)).await.unwrap();
    let premises = Premises::on_database(role.url.clone(), Flood::Unlimited).await;
    let bot = premises.runs().await;
    let seen = crowd::order_at_once(crowd::people(&premises.emulator, 8), || false).await;
    assert_eq!(seen.len(), 8);
    let is_told = |world: &World, number: i64| {
        let named = format!("№{number}");
        world.messages(STAFF_CHAT).any(|message| message.text.lines().any(|line| line.contains(&named)))
    };
    premises.until("staff know all of them", |world| (1..=8).all(|number| is_told(world, number))).await;
    let ended = bot.stops().await;
    assert!(!ended.stderr.contains("updates wait"), "{}", ended.stderr);
    drop(role);
}
