//! The rules of orders against a simple model of them: whatever staff and customers do, an order goes only where it may,
//! its history has a row for each deed, and everybody is told of each once.
//!
//! `KEYDESK_MODEL_STEPS` sets the number of steps of the pure core, `KEYDESK_MODEL_SEED` repeats a failure.

mod core;
mod deeds;
mod desk;
mod model;
mod run;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::support::random::Random;
use run::{Tally, live};

/// Steps of the ordinary run: a few seconds unoptimised, and enough for every outcome.
const STEPS: u64 = 20_000;
/// Steps of one shop, which then gives way to another with another seed.
const STEPS_OF_ONE: u64 = 1_000;
/// Steps through the desk and its database, which take much longer; in a long run one out of five hundred.
const STEPS_AT_THE_DESK: u64 = 400;
const FIRST_SEED: u64 = 446;

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text} is no whole number")))
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn orders_go_only_where_they_may_and_everybody_is_told_once() {
    let steps = number("KEYDESK_MODEL_STEPS").unwrap_or(STEPS);
    let only = number("KEYDESK_MODEL_SEED");
    let seeds: Vec<u64> = match only {
        Some(seed) => vec![seed],
        None => (FIRST_SEED..).take(usize::try_from(steps.div_ceil(STEPS_OF_ONE)).unwrap()).collect(),
    };
    let mut seen = Tally::default();
    for seed in seeds {
        let run = || block_on(live(core::Core::default(), Random::seeded(seed), STEPS_OF_ONE));
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(tally) => seen.add(&tally),
            Err(_) => panic!("KEYDESK_MODEL_SEED={seed} repeats this failure"),
        }
    }
    if only.is_none() && steps >= STEPS {
        seen.assert_complete();
    }
}

async fn live_at_the_desk(desk: desk::Counter) {
    let steps = number("KEYDESK_MODEL_STEPS").map_or(STEPS_AT_THE_DESK, |steps| steps / 500);
    let seed = number("KEYDESK_MODEL_SEED").unwrap_or(FIRST_SEED);
    live(desk, Random::seeded(seed), steps).await;
}

mod the_desk_keeps_to_the_same_model {
    use super::{desk::Counter, live_at_the_desk};

    #[tokio::test]
    async fn on_sqlite() {
        live_at_the_desk(Counter::on_sqlite().await).await;
    }

    #[tokio::test]
    async fn on_postgres() {
        live_at_the_desk(Counter::on_postgres().await).await;
    }
}
