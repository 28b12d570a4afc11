//! How much the group commit is worth: the same updates handled one a transaction and a hundred a transaction, in turn,
//! on a SQLite file with `synchronous=FULL`. What counts is the ratio; the machine's own speed cancels out.
//!
//! `cargo bench --bench intake`

#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints its ratio")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use keydesk::chat::Chat;
use keydesk::chat::action::Action;
use keydesk::chat::dialogue::{Command, Input};
use keydesk::chat::event::{Event, Incoming, Via};
use keydesk::clock::Clock;
use keydesk::config::Config;
use keydesk::domain::{Language, MessageId, Person, PersonId, UpdateId};
use keydesk::shop::Shop;
use keydesk::store::Store;

/// People who use the bot at once.
const PEOPLE: i64 = 50;
/// Updates in each measured round.
const UPDATES: usize = 400;
/// Rounds of each kind; the median is told.
const ROUNDS: usize = 9;
/// What one fetch of the Bot API holds at most.
const GROUP: usize = 100;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let chat = open_chat(folder.path()).await?;
    let mut updates = Updates { next: 1 };
    let newcomers = updates.take(PEOPLE as usize, started);
    chat.handle(&newcomers.iter().collect::<Vec<_>>()).await?;

    let (mut alone, mut together) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        alone.push(measure(&chat, &updates.take(UPDATES, looked_around), 1).await?);
        together.push(measure(&chat, &updates.take(UPDATES, looked_around), GROUP).await?);
    }
    let (alone, together) = (median(alone), median(together));
    println!("one update a transaction:   {:>8.0} updates/s", UPDATES as f64 / alone.as_secs_f64());
    println!("{GROUP} updates a transaction: {:>8.0} updates/s", UPDATES as f64 / together.as_secs_f64());
    println!("ratio: {:.1}", alone.as_secs_f64() / together.as_secs_f64());
    Ok(())
}

async fn open_chat(folder: &Path) -> anyhow::Result<Chat> {
    let config = Config::parse(include_str!("../keydesk.example.toml"), Path::new("keydesk.toml"));
    let config = config.map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let store = Store::open(&format!("sqlite://{}", folder.join("keydesk.db").display())).await?;
    let chat = Chat::new(Shop::new(store, Clock::system(), Arc::new(config)), "keydesk_bot");
    chat.shop().open(include_str!("../catalog.example.toml")).await?;
    Ok(chat)
}

async fn measure(chat: &Chat, updates: &[Incoming], group: usize) -> anyhow::Result<Duration> {
    let start = Instant::now();
    for group in updates.chunks(group) {
        chat.handle(&group.iter().collect::<Vec<_>>()).await?;
    }
    Ok(start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

struct Updates {
    next: i64,
}

impl Updates {
    fn take(&mut self, count: usize, event: fn(Person) -> Event) -> Vec<Incoming> {
        (0..count)
            .map(|_| {
                let update = self.next;
                self.next += 1;
                Incoming { update: UpdateId(update), event: event(person(update % PEOPLE + 1)), group: None }
            })
            .collect()
    }
}

fn person(id: i64) -> Person {
    Person { id: PersonId(id), name: format!("Person {id}"), username: None, telegram_language: Some(Language::FIRST) }
}

fn started(person: Person) -> Event {
    said(person, Input::Command(Command::Start), Via::Message)
}

fn looked_around(person: Person) -> Event {
    let press = Via::Press { query: String::new(), message: MessageId(1) };
    said(person, Input::Press(Some(Action::Prices { page: 0 })), press)
}

fn said(person: Person, input: Input, via: Via) -> Event {
    Event::Said { chat: person.id.private_chat(), person, input: Box::new(input), via }
}
