//! keydesk under load, beside bots of the usual kind: `scripts/bench` runs it.
//!
//! Each bot is a process on the first core, with a fresh database on disk; the Bot API and the people share the other
//! cores. What counts are the ratios of one run: the machine's own speed cancels out.

#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints its figures")]

mod bots;
mod people;

use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use keydesk_emulator::fast::FastApi;
use tokio::net::TcpListener;

use bots::{Kind, Running};
use people::{Loop, Measured, People};

/// Before it is measured, a bot has its caches filled.
const WARM_UP: Duration = Duration::from_secs(2);

#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    scenario: Scenario,
    /// Which bots.
    #[arg(long, value_delimiter = ',', global = true, default_values = ["keydesk", "plain", "echo"])]
    bots: Vec<Kind>,
    /// Rounds of each; the median counts.
    #[arg(long, global = true, default_value_t = 5)]
    rounds: usize,
    /// Seconds that are measured in a round.
    #[arg(long, global = true, default_value_t = 5)]
    seconds: u64,
    /// Milliseconds that a call takes there and back.
    #[arg(long, global = true, default_value_t = 0)]
    network: u64,
}

#[derive(Subcommand)]
enum Scenario {
    /// People who act as soon as they see a screen.
    Closed {
        #[arg(long, default_value_t = 256)]
        people: usize,
    },
    /// So many acts a second, whoever waits.
    Open {
        #[arg(long, default_value_t = 15)]
        rate: u32,
    },
    /// So many updates that wait when the bot starts.
    Backlog {
        #[arg(long, default_value_t = 10_000)]
        updates: usize,
    },
}

/// One round of one bot.
struct Round {
    per_second: f64,
    cpu: f64,
    p50: f64,
    p99: f64,
    memory: f64,
    stuck: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    println!("| bot | interactions/s | CPU s per 10 000 | p50 ms | p99 ms | memory MiB | stuck |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut rounds: Vec<Vec<Round>> = options.bots.iter().map(|_| Vec::new()).collect();
    // In turn, so that what slows the machine down slows all of them.
    for _ in 0..options.rounds {
        for (kind, rounds) in options.bots.iter().zip(&mut rounds) {
            rounds.push(round(*kind, &options).await?);
        }
    }
    for (kind, rounds) in options.bots.iter().zip(&rounds) {
        let of = |figure: fn(&Round) -> f64| median(rounds.iter().map(figure).collect());
        println!(
            "| {} | {:.0} | {:.2} | {:.1} | {:.1} | {:.1} | {} |",
            kind.name(),
            of(|round| round.per_second),
            of(|round| round.cpu),
            of(|round| round.p50),
            of(|round| round.p99),
            of(|round| round.memory),
            rounds.iter().map(|round| round.stuck).sum::<u64>(),
        );
    }
    Ok(())
}

async fn round(kind: Kind, options: &Options) -> anyhow::Result<Round> {
    let (count, follow) = match options.scenario {
        Scenario::Closed { people } => (people, Loop::Closed),
        // Each is at it for a moment only.
        Scenario::Open { rate } => (usize::try_from(rate)? * 4, Loop::Open),
        Scenario::Backlog { updates } => (updates, Loop::Open),
    };
    let people = Arc::new(People::new(count, follow, kind.talk()));
    let audience = Arc::clone(&people);
    let network = Duration::from_millis(options.network);
    let api = FastApi::new(network, Box::new(move |api, shown| audience.see(api, &shown)));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let serving = tokio::spawn(api.clone().serve(listener));
    let round = match options.scenario {
        Scenario::Backlog { updates } => backlog(kind, address, &people, &api, updates).await?,
        Scenario::Closed { .. } => {
            people.all_act(&api);
            steady(kind, address, &people, &api, None, options).await?
        }
        Scenario::Open { rate } => steady(kind, address, &people, &api, Some(rate), options).await?,
    };
    serving.abort();
    Ok(round)
}

async fn steady(
    kind: Kind,
    address: std::net::SocketAddr,
    people: &People,
    api: &FastApi,
    rate: Option<u32>,
    options: &Options,
) -> anyhow::Result<Round> {
    let bot = Running::start(kind, address)?;
    let length = Duration::from_secs(options.seconds);
    let acting = async {
        let Some(rate) = rate else { return std::future::pending::<()>().await };
        let start = Instant::now();
        for count in 0.. {
            let due = start + Duration::from_secs(1) * count / rate;
            tokio::time::sleep_until(due.into()).await;
            people.acts(api, due);
        }
    };
    let stirring = async {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            people.stir(api);
        }
    };
    let measuring = async {
        while people.take().latencies.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        tokio::time::sleep(WARM_UP).await;
        people.take();
        let (before, start) = (bot.usage()?, Instant::now());
        tokio::time::sleep(length).await;
        let (measured, took, after) = (people.take(), start.elapsed(), bot.usage()?);
        anyhow::Ok(figures(measured, took, after.cpu.saturating_sub(before.cpu), after.memory))
    };
    let round = tokio::select! {
        round = measuring => round?,
        () = acting => anyhow::bail!("the people have gone"),
        () = stirring => anyhow::bail!("the people have gone"),
    };
    bot.stop().await?;
    Ok(round)
}

/// From the start of the program until the last of the waiting updates has its screen.
async fn backlog(
    kind: Kind,
    address: std::net::SocketAddr,
    people: &People,
    api: &FastApi,
    updates: usize,
) -> anyhow::Result<Round> {
    people.all_act(api);
    let (start, bot) = (Instant::now(), Running::start(kind, address)?);
    let mut all = Measured::default();
    while all.latencies.len() < updates {
        tokio::time::sleep(Duration::from_millis(10)).await;
        all.latencies.extend(people.take().latencies);
        anyhow::ensure!(start.elapsed() < Duration::from_secs(300), "{} updates are never answered", api.waiting());
    }
    let (took, after) = (start.elapsed(), bot.usage()?);
    bot.stop().await?;
    Ok(figures(all, took, after.cpu, after.memory))
}

fn figures(mut measured: Measured, took: Duration, cpu: Duration, memory: u64) -> Round {
    measured.latencies.sort_unstable();
    let count = measured.latencies.len();
    let at = |part: usize| {
        let place = (count * part / 100).min(count.saturating_sub(1));
        measured.latencies.get(place).map_or(f64::NAN, |micros| f64::from(*micros) / 1_000.0)
    };
    Round {
        per_second: count as f64 / took.as_secs_f64(),
        cpu: cpu.as_secs_f64() * 10_000.0 / count as f64,
        p50: at(50),
        p99: at(99),
        memory: memory as f64 / 1_048_576.0,
        stuck: measured.stuck,
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
