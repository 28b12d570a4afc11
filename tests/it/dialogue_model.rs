//! The dialogue against a simple model: whatever a customer does and however the price list changes meanwhile, an order is
//! what its customer saw, and a draft is what its customer chose.
//!
//! `KEYDESK_MODEL_STEPS` sets the number of steps, `KEYDESK_MODEL_SEED` repeats a failure.

mod checks;
mod customer;
mod model;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

use checks::Tally;
use customer::Customer;

use crate::support::random::Random;

/// Steps of the ordinary run: a few seconds unoptimised, and enough for every outcome that is asked for below.
const STEPS: u64 = 12_000;
/// Steps of one customer, who then gives way to another with another seed.
const STEPS_OF_ONE: u64 = 1_000;
const FIRST_SEED: u64 = 449;

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text} is no whole number")))
}

#[test]
fn orders_are_what_was_seen_and_drafts_are_what_was_chosen() {
    let steps = number("KEYDESK_MODEL_STEPS").unwrap_or(STEPS);
    let only = number("KEYDESK_MODEL_SEED");
    let seeds: Vec<u64> = match only {
        Some(seed) => vec![seed],
        None => (FIRST_SEED..).take(usize::try_from(steps.div_ceil(STEPS_OF_ONE)).unwrap()).collect(),
    };
    let mut seen = Tally::default();
    for seed in seeds {
        let run = || Customer::new(Random::seeded(seed)).live(STEPS_OF_ONE);
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(tally) => seen.add(&tally),
            Err(_) => panic!("KEYDESK_MODEL_SEED={seed} repeats this failure"),
        }
    }
    if only.is_none() && steps >= STEPS {
        seen.assert_complete();
    }
}
