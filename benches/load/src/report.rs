//! A whole run: everything in turn, round by round, so that what slows the machine down slows all of it.

use std::time::{Duration, Instant};

use crate::bots::{FloodLimits, Kind};
use crate::cell::{Cell, Scenario};
use crate::fan_out::{FanOut, Shops};
use crate::figures::{Round, median};
use crate::start_up::Shop;

/// What is to be measured.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub cells: Vec<Cell>,
    /// Shops of so many orders that start.
    pub start_up: Vec<i64>,
    /// So many people whom a message waits for.
    pub fan_out: Option<i64>,
    pub rounds: usize,
    /// How long a round is measured.
    pub length: Duration,
}

/// The medians.
#[derive(Debug, Clone, Default)]
pub struct Results {
    pub rounds: usize,
    pub length: Duration,
    pub cells: Vec<(Cell, Round)>,
    /// Orders, and the time to the first poll.
    pub start_up: Vec<(i64, Duration)>,
    pub fan_out: Vec<(FloodLimits, FanOut)>,
}

impl Plan {
    /// The whole set, with PostgreSQL where there is one.
    pub fn whole(has_postgres: bool, rounds: usize, length: Duration) -> Plan {
        let mut cells = Vec::new();
        let mut measure = |scenario: Scenario, network: u64, kinds: &[Kind]| {
            let kinds = kinds.iter().filter(|kind| has_postgres || **kind != Kind::KeydeskPostgres);
            cells.extend(kinds.map(|kind| Cell { kind: *kind, scenario, network: Duration::from_millis(network) }));
        };
        let all = [Kind::Keydesk, Kind::KeydeskWebhook, Kind::KeydeskPostgres, Kind::Plain, Kind::Echo];
        for people in [64, 256, 1_000] {
            measure(Scenario::Closed { people }, 0, &all);
        }
        for rate in [15, 1_000] {
            for network in [0, 50] {
                measure(Scenario::Open { rate }, network, &[Kind::Keydesk, Kind::KeydeskWebhook, Kind::Plain]);
            }
        }
        measure(Scenario::Backlog { updates: 10_000 }, 0, &all);
        Plan { cells, start_up: vec![1_000, 1_000_000], fan_out: Some(100_000), rounds, length }
    }

    /// Measures, with one thread for all people.
    #[tokio::main(flavor = "current_thread")]
    pub async fn run(&self) -> anyhow::Result<Results> {
        let mut cells: Vec<Vec<Round>> = self.cells.iter().map(|_| Vec::new()).collect();
        let mut shops = Vec::new();
        for orders in &self.start_up {
            say(&format!("making a shop of {orders} orders"));
            shops.push((Shop::of(*orders).await?, Vec::new()));
        }
        let waiting = match self.fan_out {
            Some(people) => {
                say(&format!("making {people} messages that wait"));
                Some(Shops::of(people).await?)
            }
            None => None,
        };
        let mut fan_out = [(FloodLimits::Off, Vec::new()), (FloodLimits::Telegram, Vec::new())];
        let start = Instant::now();
        for round in 1..=self.rounds {
            say(&format!("round {round} of {}, {:.0} s so far", self.rounds, start.elapsed().as_secs_f64()));
            for (cell, rounds) in self.cells.iter().zip(&mut cells) {
                rounds.push(cell.measure(self.length).await?);
            }
            for (shop, times) in &mut shops {
                times.push(shop.start().await?.as_secs_f64());
            }
            for (limits, rounds) in &mut fan_out {
                if let Some(shops) = &waiting {
                    rounds.push(shops.measure(*limits, self.length).await?);
                }
            }
        }
        let times = shops.into_iter().map(|(shop, times)| (shop.orders, Duration::from_secs_f64(median(times))));
        let fan_out = fan_out.into_iter().filter(|(_, rounds)| !rounds.is_empty());
        Ok(Results {
            rounds: self.rounds,
            length: self.length,
            cells: self.cells.iter().copied().zip(cells.iter().map(|rounds| Round::median(rounds))).collect(),
            start_up: times.collect(),
            fan_out: fan_out.map(|(limits, rounds)| (limits, FanOut::median(&rounds))).collect(),
        })
    }
}

impl Results {
    /// What another bot did in the same scenario.
    pub fn beside(&self, cell: &Cell, kind: Kind) -> Option<&Round> {
        let beside = Cell { kind, ..*cell };
        self.cells.iter().find(|(other, _)| *other == beside).map(|(_, round)| round)
    }
}

#[expect(clippy::print_stderr, reason = "a long run says where it is")]
fn say(what: &str) {
    eprintln!("{what}");
}
