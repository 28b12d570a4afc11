//! Messages that wait for very many people, and what people who tap meanwhile notice of them.

use std::time::{Duration, Instant};

use chrono::Utc;
use keydesk::domain::{AccountNotification, ChatId, Lane, Notification, PersonId, Stored};
use keydesk::store::{NewOutboxMessage, Store};
use tempfile::TempDir;

use crate::bots::{self, FloodLimits, Kind, Running, database};
use crate::figures::{Round, median};
use crate::people::Loop;
use crate::stage::{Stage, WARM_UP};
use crate::{fill, start_up};

/// Who tap meanwhile.
const PEOPLE: usize = 16;
/// Acts a second of all of them. Telegram's limits leave each one message in 1.1 seconds.
const RATE: u32 = 100;
const RATE_UNDER_LIMITS: u32 = 8;
/// Under limits few taps fit into a second.
const LONGER: u32 = 10;
/// No drain is watched longer.
const LONGEST: Duration = Duration::from_secs(60);
/// Messages that are posted in one transaction.
const PORTION: i64 = 10_000;

/// Shops before anything is delivered: one where nothing waits, and one where a message waits for each person.
pub struct Shops {
    quiet: TempDir,
    full: TempDir,
    messages: u64,
}

/// One round.
#[derive(Debug, Clone, Copy)]
pub struct FanOut {
    /// Messages a second.
    pub per_second: f64,
    /// The people who tap, while messages are delivered.
    pub taps: Round,
    /// The same people, when there are none.
    pub quiet: Round,
}

impl FanOut {
    pub fn median(rounds: &[FanOut]) -> FanOut {
        let of = |part: fn(&FanOut) -> Round| Round::median(&rounds.iter().map(part).collect::<Vec<_>>());
        FanOut {
            per_second: median(rounds.iter().map(|round| round.per_second).collect()),
            taps: of(|round| round.taps),
            quiet: of(|round| round.quiet),
        }
    }
}

impl Shops {
    pub async fn of(people: i64) -> anyhow::Result<Shops> {
        let quiet = start_up::empty_shop().await?;
        let store = Store::open(&format!("sqlite://{}", database(quiet.path()).display())).await?;
        fill::fill_people(&store, people).await?;
        store.close().await;
        drop(store);
        let full = copied(&quiet)?;
        let store = Store::open(&format!("sqlite://{}", database(full.path()).display())).await?;
        post(&store, people).await?;
        store.close().await;
        Ok(Shops { quiet, full, messages: people.unsigned_abs() })
    }

    /// With limits lifted, until the last message has arrived, or for a minute; under Telegram's, for a while.
    pub async fn measure(&self, limits: FloodLimits, length: Duration) -> anyhow::Result<FanOut> {
        let (rate, length) = match limits {
            FloodLimits::Off => (RATE, length * 2),
            FloodLimits::Telegram => (RATE_UNDER_LIMITS, length * LONGER),
        };
        let set = async || Stage::set(PEOPLE, Loop::Open, Kind::Keydesk.talk(), Duration::ZERO).await;
        let stage = set().await?;
        let mut bot = Running::start_in(copied(&self.quiet)?, Kind::Keydesk, stage.address, limits).await?;
        let quiet = stage.during(Some(rate), stage.steady(&mut bot, length)).await?;
        bot.stop().await?;

        let stage = set().await?;
        let mut bot = Running::start_in(copied(&self.full)?, Kind::Keydesk, stage.address, limits).await?;
        let all = (limits == FloodLimits::Off).then_some(self.messages);
        let (per_second, taps) = stage.during(Some(rate), delivered(&stage, &mut bot, all, length)).await?;
        bot.stop().await?;
        Ok(FanOut { per_second, taps, quiet })
    }
}

/// Measures until all messages have arrived, if that is wanted, or for a while.
async fn delivered(
    stage: &Stage,
    bot: &mut Running,
    all: Option<u64>,
    length: Duration,
) -> anyhow::Result<(f64, Round)> {
    let arrived = || stage.people.others_hear();
    stage.until(bot, || arrived() > 0).await?;
    tokio::time::sleep(WARM_UP).await;
    stage.people.take();
    let (first, before, start) = (arrived(), bot.usage()?, Instant::now());
    match all {
        Some(all) => stage.until(bot, || arrived() >= all || start.elapsed() >= LONGEST).await?,
        None => tokio::time::sleep(length).await,
    }
    let (taps, took, after) = (stage.people.take(), start.elapsed(), bot.usage()?);
    let per_second = (arrived() - first) as f64 / took.as_secs_f64();
    Ok((per_second, Round::of(taps, took, after.cpu.saturating_sub(before.cpu), after.memory)))
}

/// Posts a message to each person, as a broadcast does.
async fn post(store: &Store, people: i64) -> anyhow::Result<()> {
    let now = Utc::now();
    let mut next = 1;
    while next <= people {
        let mut tx = store.begin().await?;
        let last = (next + PORTION - 1).min(people);
        for person in next..=last {
            let body = Notification::Account(AccountNotification::Admitted(PersonId(person))).encode()?;
            let message = NewOutboxMessage { chat: ChatId(person), order: None, body, lane: Lane::Bulk };
            tx.post(&message, now).await?;
        }
        tx.commit().await?;
        next = last + 1;
    }
    Ok(())
}

/// A copy of a shop that nobody serves.
fn copied(shop: &TempDir) -> anyhow::Result<TempDir> {
    let copy = bots::folder()?;
    std::fs::copy(database(shop.path()), database(copy.path()))?;
    Ok(copy)
}
