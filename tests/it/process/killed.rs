//! kill -9, twenty times, while thirty people order: nothing is lost and nothing happens twice.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::Utc;
use keydesk::{
    bot::Bot,
    chat::i18n::Texts,
    clock::Clock,
    config::{Config, Secret},
    domain::{Order, OrderNumber},
    outbox::Delivered,
    store::Store,
    telegram::Client,
};
use url::Url;

use super::crowd::{self, Seen, number_on_card, shown};
use crate::support::languages::russian;
use crate::support::outbox::{Delivery, messages_of};
use crate::support::program::{Flood, Premises, STAFF_CHAT};
use crate::support::random::{Random, number_in};

const PEOPLE: i64 = 30;
const KILLS: u32 = 20;
/// Calls between a start and its kill: a start makes about ten, so some kills fall into one.
const MOST_CALLS: u64 = 60;

#[tokio::test(flavor = "multi_thread")]
async fn killed_twenty_times_it_loses_no_order_and_makes_none_twice_on_sqlite() {
    killed_among_thirty_people(Premises::on_sqlite(Flood::Unlimited).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_twenty_times_it_loses_no_order_and_makes_none_twice_on_postgres() {
    killed_among_thirty_people(Premises::on_postgres(Flood::Unlimited).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_twenty_times_it_loses_no_order_and_makes_none_twice_by_webhook() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    premises.takes_posts();
    killed_among_thirty_people(premises).await;
}

async fn killed_among_thirty_people(premises: Premises) {
    let mut draw = drawn();
    let dying = Arc::new(AtomicBool::new(true));
    let again = Arc::clone(&dying);
    let people = crowd::people(&premises.emulator, PEOPLE);
    let crowd = tokio::spawn(crowd::order_at_once(people, move || again.load(Ordering::SeqCst)));

    for _ in 0..KILLS {
        let program = premises.starts(&["run"]);
        let calls = calls(&premises) + 1 + draw.below(MOST_CALLS);
        premises.until("the next kill is due", |world| world.calls().count() as u64 >= calls).await;
        program.killed().await;
    }
    dying.store(false, Ordering::SeqCst);
    let program = premises.runs().await;
    let seen = crowd.await.expect("everybody gets their orders");
    premises.until("every update is confirmed", |world| world.pending_updates() == 0).await;
    let ended = program.stops().await;
    assert!(ended.status.success(), "{ended:#?}");
    println!("{} orders, {} calls", seen.len(), calls(&premises));

    let bot = deliver_the_rest(&premises).await;
    assert_nothing_lost_and_nothing_twice(&premises, bot.chat().store(), &seen).await;
}

fn calls(premises: &Premises) -> u64 {
    premises.emulator.look(|world| world.calls().count() as u64)
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

async fn assert_nothing_lost_and_nothing_twice(premises: &Premises, store: &Store, seen: &[Seen]) {
    let mut tx = store.read();
    assert_eq!(tx.dead_letters().await.unwrap(), []);
    let count = i64::try_from(seen.len()).unwrap();
    let numbers: BTreeSet<i64> = seen.iter().map(|seen| seen.number).collect();
    assert_eq!(numbers, (1..=count).collect(), "each who sent has an order of their own, and no number is left out");
    assert!(tx.order(OrderNumber(count + 1)).await.unwrap().is_none(), "nobody has an order that they did not see");

    let alerts: Vec<String> = premises.emulator.messages(STAFF_CHAT).iter().map(shown).collect();
    for seen in seen {
        let order = tx.order(OrderNumber(seen.number)).await.unwrap().expect("a confirmed order exists");
        assert_eq!(order.placed_by.0, seen.person);
        assert_eq!(contents(&order), seen.contents, "what was sent is what was seen");
        assert_eq!(order.events.len(), 1);
        assert_eq!(order.lines.iter().map(|line| line.price.minor()).sum::<i64>(), order.summary.total.minor());

        let cards = premises.emulator.messages(seen.person);
        let cards = cards.iter().filter(|card| number_on_card(card) == Some(seen.number));
        assert!(cards.filter(|card| shown(card).contains(&seen.contents)).count() >= 1, "order {}", seen.number);

        let facts = messages_of(&mut tx, OrderNumber(seen.number)).await;
        assert_eq!(facts.len(), 1, "order {}", seen.number);
        assert!(matches!(facts[0].delivery, Delivery::Sent(_)), "{facts:?}");
        let title = format!("Новый заказ №{}", seen.number);
        let told: Vec<&String> = alerts.iter().filter(|text| text.lines().any(|line| line == title)).collect();
        // Of many at once one message tells.
        let digested = format!("№{} · ", seen.number);
        let is_digested = alerts.iter().any(|text| text.lines().any(|line| line.starts_with(&digested)));
        assert!(!told.is_empty() || is_digested, "no alert of order {}", seen.number);
        let unmarked = told.iter().filter(|text| !text.starts_with("Повторно")).count();
        assert!(unmarked <= 1, "order {} was told {unmarked} times as if it were new", seen.number);
        assert!(told.iter().all(|text| text.contains(&seen.contents)));
    }
    assert!(premises.emulator.pending_updates() == 0);
}

/// The lines and the total, as a screen shows them.
fn contents(order: &Order) -> String {
    let texts = Texts::new(russian(), "Europe/Moscow".parse().unwrap());
    let lines = order.lines.iter().map(|line| {
        format!("{}\n{} шт. — {}\n", line.name.in_language(russian()), line.quantity, texts.money(line.price))
    });
    let keys: u32 = order.lines.iter().map(|line| line.quantity).sum();
    let total = format!("\nИтого: {keys} шт. — {}", texts.money(order.summary.total));
    (lines.collect::<String>() + &total).replace('\u{a0}', " ")
}
