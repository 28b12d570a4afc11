//! Telegram's flood limits, with many people at once and by the real clock.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::Utc;
use keydesk::domain::{AccountNotification, ChatId, Lane, Notification, PersonId, Stored};
use keydesk::store::{NewOutboxMessage, Store};
use keydesk_emulator::{Call, Emulator, Sender, World};

use super::crowd::{self, Customer};
use crate::support::program::{Flood, Premises, STAFF_CHAT};

const PEOPLE: i64 = 40;
/// Whoever presses a button sees what came of it before they press again.
const PATIENCE: Duration = Duration::from_secs(2);
/// Staff know of an order before anybody asks where it is.
const KNOWN_WITHIN: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn forty_who_order_at_once_are_answered_at_once_and_staff_know_them_all_within_a_minute() {
    let premises = Premises::on_sqlite(Flood::Limited).await;
    let program = premises.runs().await;
    let seen = crowd::order_at_once(crowd::people(&premises.emulator, PEOPLE), || false).await;
    let ordered = premises.emulator.look(|world| world.presses().map(|press| press.at).max()).unwrap();
    let numbers: BTreeSet<i64> = seen.iter().map(|order| order.number).collect();
    assert_eq!(numbers.len(), 40);
    premises.until("staff know all orders", |world| known(world).is_superset(&numbers)).await;
    program.stops().await;

    let calls = premises.emulator.calls();
    let told = calls.iter().filter(|call| is_shown(call) && call.chat_id == Some(STAFF_CHAT));
    let last = told.clone().map(|call| call.at).max().unwrap();
    let known_after = last.duration_since(ordered).unwrap_or_default();
    let waits = waits(&premises.emulator, &calls);
    let slowest = waits.iter().max().copied().unwrap_or_default();
    let presses = waits.len();
    println!(
        "{presses} presses answered, the slowest after {slowest:?}; staff know all after {known_after:?}, by {} messages",
        told.count()
    );
    assert!(slowest <= PATIENCE, "somebody waited for {slowest:?}");
    assert!(known_after <= KNOWN_WITHIN, "staff knew all after {known_after:?}");

    // Whoever presses twice may have the same screen drawn twice, and the bot takes that refusal for what it is: done.
    let refused = calls.iter().filter(|call| call.status_code != 200);
    let refusals = refused.map(|call| (call.method.as_str(), call.refusal.as_deref().unwrap_or_default()));
    let driven: Vec<_> = refusals.filter(|(_, text)| !text.contains("message is not modified")).collect();
    assert_eq!(driven, []);
}

/// More chats than the bot writes to at once, and what waits for each of them.
const CHATS: i64 = 150;
const WAITING: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_taps_is_served_while_messages_wait_for_every_hand() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    premises.sends_at_once();
    let told = |world: &World| (0..CHATS).map(|one| world.messages(crowd::FIRST + one).count()).sum::<usize>();
    let program = premises.runs().await;
    for person in crowd::people(&premises.emulator, CHATS) {
        person.says("/start");
    }
    // What they said and what they were answered.
    let greeted = 2 * CHATS as usize;
    premises.until("everybody is greeted", |world| told(world) == greeted).await;
    program.stops().await;

    let store = Store::open(&premises.database).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    for person in crowd::FIRST..crowd::FIRST + CHATS {
        let body = Notification::Account(AccountNotification::Admitted(PersonId(person))).encode().unwrap();
        let message = NewOutboxMessage { chat: ChatId(person), order: None, body, lane: Lane::Bulk };
        for _ in 0..WAITING {
            tx.post(&message, Utc::now()).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    store.close().await;
    // Whoever has it has the file.
    drop(store);

    let program = premises.runs().await;
    premises.until("messages arrive", |world| told(world) > greeted).await;
    let anna = Customer::new(&premises.emulator, crowd::FIRST - 1);
    anna.says("/start");
    premises.until("she is greeted", |world| world.messages(crowd::FIRST - 1).count() == 2).await;
    let arrived = premises.emulator.look(told) - greeted;
    let all = CHATS as usize * WAITING;
    program.stops().await;
    assert!(arrived < all / 2, "{arrived} of {all} messages went first");
}

/// The orders that the staff chat names.
fn known(world: &World) -> BTreeSet<i64> {
    let told = world.messages(STAFF_CHAT).filter(|message| message.from == Sender::Bot);
    let number = |line: &str| {
        let (_, from) = line.split_once('№')?;
        from.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    told.flat_map(|message| message.text.lines().filter_map(number).collect::<Vec<_>>()).collect()
}

fn is_shown(call: &Call) -> bool {
    call.status_code == 200 && ["sendmessage", "editmessagetext"].contains(&call.method.to_lowercase().as_str())
}

/// How long people waited for what their presses showed. Of two quick presses one screen may come, which is the second's.
fn waits(emulator: &Emulator, calls: &[Call]) -> Vec<Duration> {
    let presses: Vec<_> = emulator.look(|world| world.presses().map(|press| (press.chat, press.at)).collect());
    let answered = presses.iter().filter_map(|(chat, at)| {
        let shown = calls.iter().find(|call| call.chat_id == Some(*chat) && is_shown(call) && call.at >= *at)?;
        let pressed_again = presses.iter().any(|(other, again)| other == chat && again > at && *again <= shown.at);
        (!pressed_again).then(|| shown.at.duration_since(*at).unwrap_or_default())
    });
    answered.collect()
}
