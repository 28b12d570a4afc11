//! One bot in one scenario.

use std::time::{Duration, Instant};

use crate::bots::{Kind, Running};
use crate::figures::Round;
use crate::people::{Loop, Measured};
use crate::stage::Stage;

/// What people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// So many act as soon as they see a screen.
    Closed { people: usize },
    /// So many acts a second, whoever waits.
    Open { rate: u32 },
    /// So many updates wait when the bot starts.
    Backlog { updates: usize },
}

/// What is measured in each round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub kind: Kind,
    pub scenario: Scenario,
    /// What a call takes there and back.
    pub network: Duration,
}

impl Cell {
    pub async fn measure(self, length: Duration) -> anyhow::Result<Round> {
        let (people, follow) = match self.scenario {
            Scenario::Closed { people } => (people, Loop::Closed),
            // Each acts once a second, as often as Telegram lets a bot write to a chat.
            Scenario::Open { rate } => (usize::try_from(rate)?, Loop::Open),
            Scenario::Backlog { updates } => (updates, Loop::Open),
        };
        let stage = Stage::set(people, follow, self.kind.talk(), self.network).await?;
        let rate = match self.scenario {
            Scenario::Open { rate } => Some(rate),
            Scenario::Closed { .. } | Scenario::Backlog { .. } => {
                stage.people.all_act(&stage.api);
                None
            }
        };
        let start = Instant::now();
        let mut bot = Running::start(self.kind, stage.address).await?;
        let round = match self.scenario {
            Scenario::Backlog { updates } => drained(&stage, &mut bot, updates, start).await?,
            Scenario::Closed { .. } | Scenario::Open { .. } => {
                stage.during(rate, stage.steady(&mut bot, length)).await?
            }
        };
        bot.stop().await?;
        Ok(round)
    }
}

/// From the start of the program until the last of the waiting updates has its screen.
async fn drained(stage: &Stage, bot: &mut Running, updates: usize, start: Instant) -> anyhow::Result<Round> {
    let mut all = Measured::default();
    let has_come = || {
        all.latencies.extend(stage.people.take().latencies);
        all.latencies.len() >= updates
    };
    stage.until(bot, has_come).await?;
    let (took, after) = (start.elapsed(), bot.usage()?);
    Ok(Round::of(all, took, after.cpu, after.memory))
}
