//! An order of a million serial numbers, completed by a file and delivered: `NEXTEST_PROFILE=long scripts/test
//! --success-output immediate process::million`.

use std::time::{Duration, Instant};

use keydesk_emulator::{Content, Message, MessageId, Person, World};
use tokio::time::timeout;

use super::crowd::{Customer, shown};
use super::memory::{ADMIN, within_bounds};
use crate::support::program::{Flood, Premises};

const COUNT: u32 = 1_000_000;
const ANNA: i64 = 101;
const BORIS: i64 = 102;
/// It takes minutes where nothing is optimised.
const PATIENCE: Duration = Duration::from_secs(280);

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    is_delivered(&Premises::on_sqlite(Flood::Unlimited).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    is_delivered(&Premises::on_postgres(Flood::Unlimited).await).await;
}

async fn is_delivered(premises: &Premises) {
    let (few, many) = (
        "max = 10, step = 1, tiers = [ { from = 1, unit_price = \"4600.00\"",
        "max = 1000000, step = 1, tiers = [ { from = 1, unit_price = \"0.01\"",
    );
    premises.replaces("catalog.toml", few, many);
    let emulator = &premises.emulator;
    let admin =
        Person {
            id: ADMIN, first_name: "Зоя".to_owned(), language_code: Some("ru".to_owned()), ..Person::default()
        };
    emulator.add_person(admin);
    let [anna, boris] = [ANNA, BORIS].map(|id| Customer::new(emulator, id));
    let program = premises.runs().await;
    anna.says("/start");
    boris.says("/start");
    assert_eq!(anna.orders_typed(&format!("trial-30000 {COUNT}")).await, 1);
    for (text, answer) in [("/invoice 1 10000", "выставлен"), ("/complete 1", "откуда взять")] {
        let after = emulator.say(ADMIN, ADMIN, text);
        premises.until(answer, |world| has_read(world, ADMIN, after, answer)).await;
    }
    let bytes: Vec<u8> =
        (0..u64::from(COUNT)).flat_map(|number| format!("{:019}\n", number * 7_919 % 1_000_003).into_bytes()).collect();
    let (began, mut longest, mut served) = (Instant::now(), Duration::ZERO, 0);
    let mime = "text/plain".to_owned();
    let file =
        emulator.send(ADMIN, ADMIN, Content::Document { name: "keys.txt".to_owned(), mime, bytes, caption: None });
    while !emulator.look(|world| has_read(world, ADMIN, file, "отправляются клиенту")) {
        let (said, text) = (Instant::now(), emulator.say(BORIS, BORIS, "/help"));
        premises.until("Boris is answered", |world| has_read(world, BORIS, text, "")).await;
        (longest, served) = (longest.max(said.elapsed()), served + 1);
    }
    println!("completed in {:?}; of {served} people meanwhile none waited longer than {longest:?}", began.elapsed());
    let has_file = |world: &World| world.messages(ANNA).any(|message| message.document().is_some());
    timeout(PATIENCE, emulator.until(has_file)).await.expect("the customer has the serial numbers");
    println!("delivered after {:?}, {} kB at most", began.elapsed(), program.most_memory());
    within_bounds(&program, "a million serial numbers");
    program.stops().await;
}

/// Whether somebody has an answer of the bot with these words below a message of theirs.
fn has_read(world: &World, person: i64, after: MessageId, words: &str) -> bool {
    let is_answer = |message: &Message| message.id > after && shown(message).contains(words);
    world.messages(person).any(is_answer)
}
