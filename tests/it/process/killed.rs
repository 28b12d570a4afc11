//! kill -9, again and again, while thirty people order and an admin invoices, updates come twice and before their turn, and
//! calls meet every fault of a network: nothing is lost and nothing happens twice.
//!
//! `KEYDESK_KILLS` says how often, `KEYDESK_MODEL_SEED` draws the same choices again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::Utc;
use keydesk::{
    bot::Bot,
    clock::Clock,
    config::{Config, Secret},
    outbox::Delivered,
    store::Store,
    telegram::Client,
};
use keydesk_emulator::Person;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use url::Url;

use super::account_book::{AccountBook, Invoicing};
use super::crowd::{self, Seen, Watch};
use super::memory::ADMIN;
use super::witness::{Trouble, Witness};
use crate::support::program::{Flood, Premises, STAFF_CHAT};
use crate::support::random::{Random, number_in};

const PEOPLE: i64 = 30;
/// Telegram doubles its pause with each webhook call that fails, up to a minute.
pub(super) const PATIENCE: Duration = Duration::from_secs(300);
/// Of each kind, where nobody asks for more: a kill takes a second.
const KILLS: u64 = 6;
/// Calls between a start and its kill: a start makes about ten, so some kills fall into one.
const MOST_CALLS: u64 = 60;
/// Calls of a start.
const STARTING: u64 = 10;
/// Where calls are refused and the bot waits before it tries again.
const LONGEST_LIFE: Duration = Duration::from_millis(1_500);
/// Starts of a hundred in which calls meet faults already.
const TROUBLED_STARTS: u64 = 15;
/// And then somewhere between two calls.
const MOST_MILLISECONDS: u64 = 30;
/// Calls of a hundred that meet a fault in the worst life of the program.
const MOST_FAULTS: u64 = 30;
/// Updates of a hundred that come twice.
const REPEATED: u64 = 20;

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_loses_no_order_and_makes_none_twice_on_sqlite() {
    killed_among_thirty_people("SQLite, polling", Premises::on_sqlite(Flood::Unlimited).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_loses_no_order_and_makes_none_twice_on_postgres() {
    killed_among_thirty_people("PostgreSQL, polling", Premises::on_postgres(Flood::Unlimited).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_loses_no_order_and_makes_none_twice_by_webhook() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    premises.takes_posts();
    killed_among_thirty_people("SQLite, webhook", premises).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_loses_no_order_and_makes_none_twice_by_webhook_on_postgres() {
    let premises = Premises::on_postgres(Flood::Unlimited).await;
    premises.takes_posts();
    killed_among_thirty_people("PostgreSQL, webhook", premises).await;
}

async fn killed_among_thirty_people(name: &str, premises: Premises) {
    let (mut draw, kills) = (drawn(), number_in("KEYDESK_KILLS").unwrap_or(KILLS));
    let emulator = &premises.emulator;
    let (dying, watch) = (Arc::new(AtomicBool::new(true)), Watch::default());
    let people: Vec<_> = crowd::people(emulator, PEOPLE)
        .into_iter()
        .map(|one| one.with_watch(&watch).with_patience(PATIENCE).who_presses_again())
        .collect();
    let chats = people.iter().map(|one| one.id).chain([STAFF_CHAT, ADMIN]).collect();
    let witness = Witness::of(emulator, chats, Random::seeded(draw.number()));
    emulator.add_person(Person {
        id: ADMIN,
        first_name: "Зоя".to_owned(),
        language_code: Some("ru".to_owned()),
        ..Person::default()
    });
    let (tell, placed) = mpsc::unbounded_channel::<Seen>();
    let again = Arc::clone(&dying);
    let crowd = tokio::spawn(crowd::order_and_tell(people, move |order| {
        tell.send(order.clone()).is_ok() && again.load(Ordering::SeqCst)
    }));
    let admin = tokio::spawn(Invoicing::of_what_is_placed(emulator.clone(), placed));

    for _ in 0..kills {
        let made = emulator.look(|world| world.calls_made());
        // Mostly a start is left alone, or there would hardly be anything but starts.
        let from_call = if draw.percent(TROUBLED_STARTS) { 0 } else { made + STARTING };
        witness.meddles(Trouble { calls: 1 + draw.below(MOST_FAULTS), from_call, updates: REPEATED });
        let program = premises.starts(&["run"]);
        let due = made + 1 + draw.below(MOST_CALLS);
        let _ = timeout(LONGEST_LIFE, emulator.until(|world| world.calls_made() >= due)).await;
        sleep(Duration::from_millis(draw.below(MOST_MILLISECONDS))).await;
        program.killed().await;
        witness.sees_a_kill();
    }
    dying.store(false, Ordering::SeqCst);
    witness.meddles(Trouble::default());
    let program = premises.runs().await;
    let seen = crowd.await.expect("everybody gets their orders");
    let invoiced = admin.await.expect("the admin is answered");
    premises.until("every update is confirmed", |world| world.pending_updates() == 0).await;
    let ended = program.stops().await;
    assert!(ended.status.success(), "{ended:#?}");

    let bot = deliver_the_rest(&premises).await;
    let history = witness.ends();
    let book = AccountBook::of(bot.chat().store(), &seen, &invoiced).await;
    let (middle, longest) = history.recovery();
    println!(
        "{name}: {kills} kills, {} orders, {} invoices, {} calls, {} faults, {} updates twice: lost {}, twice {}; \
         recovery {middle:.1?} in the middle, {longest:.1?} at most; tap to screen p50 {:.0?}, p99 {:.0?}",
        seen.len(),
        invoiced.len(),
        emulator.look(|world| world.calls_made()),
        history.faults,
        history.repeated,
        book.lost.len(),
        book.twice.len(),
        watch.percentile(50),
        watch.percentile(99),
    );
    assert_eq!((&book.lost, &book.twice), (&Vec::new(), &Vec::new()));
    book.is_told_by(&history, emulator);
    assert_eq!(emulator.pending_updates(), 0);
}

/// Another choice at every run; the printed seed draws the same numbers again.
fn drawn() -> Random {
    let seed = number_in("KEYDESK_MODEL_SEED").unwrap_or_else(|| getrandom::u64().unwrap());
    println!("KEYDESK_MODEL_SEED={seed}");
    Random::seeded(seed)
}

/// The staff chat takes one message in four seconds: the alerts that are left go out on a clock that runs ahead.
async fn deliver_the_rest(premises: &Premises) -> Bot {
    let store = Store::open(&premises.database).await.unwrap();
    let clock = Clock::manual(Utc::now());
    let url = Url::parse(&premises.emulator.url()).unwrap();
    let client = Client::new(&url, &Secret::new(premises.emulator.token())).unwrap();
    let config = Config::load(&premises.file("keydesk.toml")).unwrap();
    let catalogue = std::fs::read_to_string(premises.file("catalog.toml")).unwrap();
    let bot = Bot::open(Arc::new(config), &catalogue, store, client, clock.clone()).await.unwrap();
    loop {
        let due = match bot.delivery.deliver_next().await.unwrap() {
            Delivered::Delivered => continue,
            Delivered::GivenUp => panic!("a delivery was given up"),
            Delivered::Deferred(until) => until,
            Delivered::Idle => {
                let mut tx = bot.chat().store().read();
                let Some(due) = tx.next_delivery_due().await.unwrap() else { return bot };
                due
            }
        };
        clock.advance((due - clock.now()).max(chrono::TimeDelta::zero()));
    }
}
