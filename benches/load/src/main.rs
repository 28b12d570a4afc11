//! The load generator's command line.

#![expect(clippy::print_stdout, reason = "a benchmark prints its tables")]

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use keydesk_load::bots::{Kind, POSTGRES};
use keydesk_load::cell::{Cell, Scenario};
use keydesk_load::report::Plan;
use keydesk_load::{plot, tables};

/// Measures keydesk beside bots of the usual kind.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    part: Option<Part>,
    /// Rounds of each; the median counts.
    #[arg(long, global = true, default_value_t = 5)]
    rounds: usize,
    /// Seconds that are measured in a round.
    #[arg(long, global = true, default_value_t = 5)]
    seconds: u64,
    /// A file for the ratios as bars (SVG).
    #[arg(long, global = true)]
    plot: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Part {
    /// The whole set.
    All,
    /// People who act as soon as they see a screen.
    Closed {
        #[arg(long, default_value_t = 256)]
        people: usize,
        #[command(flatten)]
        among: Among,
    },
    /// So many acts a second, whoever waits.
    Open {
        #[arg(long, default_value_t = 15)]
        rate: u32,
        #[command(flatten)]
        among: Among,
    },
    /// So many updates that wait when the bot starts.
    Backlog {
        #[arg(long, default_value_t = 10_000)]
        updates: usize,
        #[command(flatten)]
        among: Among,
    },
    /// A message that waits for each of so many people.
    FanOut {
        #[arg(long, default_value_t = 100_000)]
        people: i64,
    },
    /// Shops of so many orders that start.
    StartUp {
        #[arg(long, value_delimiter = ',', default_values_t = [1_000, 1_000_000])]
        orders: Vec<i64>,
    },
}

#[derive(Args)]
struct Among {
    /// Which bots.
    #[arg(long, value_delimiter = ',', default_values = ["keydesk", "plain", "echo"])]
    bots: Vec<Kind>,
    /// Milliseconds that a call takes there and back.
    #[arg(long, default_value_t = 0)]
    network: u64,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let results = plan(&options).run()?;
    println!("{}", tables::markdown(&results));
    if let Some(file) = &options.plot {
        std::fs::write(file, plot::svg(&results)).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(())
}

fn plan(options: &Options) -> Plan {
    let (rounds, length) = (options.rounds, Duration::from_secs(options.seconds));
    let empty = Plan { rounds, length, ..Plan::default() };
    let cells = |scenario: Scenario, among: &Among| {
        let network = Duration::from_millis(among.network);
        among.bots.iter().map(|kind| Cell { kind: *kind, scenario, network }).collect()
    };
    match &options.part {
        None | Some(Part::All) => Plan::whole(std::env::var_os(POSTGRES).is_some(), rounds, length),
        Some(Part::Closed { people, among }) => {
            Plan { cells: cells(Scenario::Closed { people: *people }, among), ..empty }
        }
        Some(Part::Open { rate, among }) => Plan { cells: cells(Scenario::Open { rate: *rate }, among), ..empty },
        Some(Part::Backlog { updates, among }) => {
            Plan { cells: cells(Scenario::Backlog { updates: *updates }, among), ..empty }
        }
        Some(Part::FanOut { people }) => Plan { fan_out: Some(*people), ..empty },
        Some(Part::StartUp { orders }) => Plan { start_up: orders.clone(), ..empty },
    }
}
