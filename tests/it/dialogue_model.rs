//! The dialogue against a simple model: whatever a customer does and however the price list changes meanwhile, an order is
//! what its customer saw, and a draft is what its customer chose.
//!
//! `KEYDESK_MODEL_STEPS` sets the number of steps, `KEYDESK_MODEL_SEED` repeats a failure.

mod checks;
mod customer;
mod model;
mod world;

use checks::Tally;
use customer::Customer;

use crate::support::random::{Run, live_with_seeds};

/// Steps of the ordinary run: a few seconds unoptimised, and enough for every outcome that is asked for below.
const STEPS: u64 = 12_000;
/// Steps of one customer, who then gives way to another with another seed.
const STEPS_OF_ONE: u64 = 1_000;
const FIRST_SEED: u64 = 449;

#[test]
fn orders_are_what_was_seen_and_drafts_are_what_was_chosen() {
    let mut seen = Tally::default();
    let run = live_with_seeds(STEPS, STEPS_OF_ONE, FIRST_SEED, |random| {
        seen.add(&Customer::new(random).live(STEPS_OF_ONE));
    });
    if run == Run::Whole {
        seen.assert_complete();
    }
}
