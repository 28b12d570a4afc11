//! The whole bot in one process, on virtual time: people, staff, replicas, crashes and faults, all chosen by a seed.
//!
//! `KEYDESK_SIMULATION_SEEDS=1..1001` lives through many; `KEYDESK_SIMULATION_SEED=7` through one, and tells its history.

mod catalogue;
mod commits;
mod database;
mod eyes;
mod history;
mod people;
mod process;
mod promises;
mod trouble;
mod world;

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use database::Kind;
use history::Telling;
use world::live;

use crate::support::random::number_in;

/// Lived through by every run of the tests.
const SEEDS: Range<u64> = 1..17;

#[test]
fn whatever_happens_every_promise_holds_on_sqlite() {
    live_through(Kind::Sqlite);
}

#[test]
fn whatever_happens_every_promise_holds_on_postgres() {
    live_through(Kind::Postgres);
}

fn live_through(kind: Kind) {
    let only = number_in("KEYDESK_SIMULATION_SEED");
    let seeds = only.map_or_else(wanted_seeds, |seed| seed..seed + 1);
    let telling = if only.is_some() { Telling::Aloud } else { Telling::Afterwards };
    let (began, mut steps, mut failed) = (Instant::now(), 0, Vec::new());
    let mut tally: BTreeMap<&str, u64> = BTreeMap::new();
    let count = seeds.end - seeds.start;
    for seed in seeds {
        match catch_unwind(AssertUnwindSafe(|| live(kind, seed, telling))) {
            Ok(life) => {
                steps += life.steps;
                for (what, times) in life.tally {
                    *tally.entry(what).or_insert(0) += times;
                }
                if !life.violations.is_empty() {
                    let violations = life.violations.join("\n");
                    println!("seed {seed} on {kind:?}:\n{}\n{violations}\n", life.history.end());
                    failed.push(seed);
                }
            }
            Err(_) => failed.push(seed),
        }
    }
    let rate = steps * 1_000 / u64::try_from(began.elapsed().as_millis()).unwrap().max(1);
    println!("{kind:?}: {count} seeds, {steps} steps, {rate} steps/s, {} violations", failed.len());
    println!("{tally:?}");
    assert!(failed.is_empty(), "KEYDESK_SIMULATION_SEED=n repeats and tells the lives of {failed:?}");
}

/// The seeds of `KEYDESK_SIMULATION_SEEDS=from..to`, or the usual ones.
fn wanted_seeds() -> Range<u64> {
    let Ok(wanted) = std::env::var("KEYDESK_SIMULATION_SEEDS") else { return SEEDS };
    let range = wanted.split_once("..").and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
    range.filter(|range: &Range<u64>| !range.is_empty()).unwrap_or_else(|| {
        panic!("KEYDESK_SIMULATION_SEEDS={wanted} is no range such as 1..101");
    })
}
