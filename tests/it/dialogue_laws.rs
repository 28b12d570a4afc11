//! What holds of every dialogue, wherever it stands and whatever comes: no function of a machine panics, and the shop is
//! asked about an order only by a step that was given that order.
//!
//! `KEYDESK_MODEL_STEPS` sets the number of steps, `KEYDESK_MODEL_SEED` repeats a failure.

mod customers;
pub mod loading;
mod vendor;
mod world;

use keydesk::domain::OrderNumber;

use crate::support::random::{Random, Run, live_with_seeds};

/// Steps of the ordinary run: a few seconds unoptimised, and enough for every button in most states.
const STEPS: u64 = 8_000;
/// Steps that one seed repeats.
const STEPS_OF_ONE: u64 = 1_000;
const FIRST_SEED: u64 = 453;

/// What was met, so that a green run means something.
#[derive(Default)]
struct Met {
    /// Steps that asked the shop for something about an order.
    requests: u64,
    /// Steps about an order that does not exist for the person.
    unknown_orders: u64,
}

impl Met {
    /// A step was given this order, or not, and asked about that one, or about none.
    fn note(&mut self, given: Option<Result<OrderNumber, OrderNumber>>, asked: Option<OrderNumber>) {
        if let Some(number) = asked {
            assert_eq!(given, Some(Ok(number)), "asked about an order that the step was not given");
            self.requests += 1;
        }
        self.unknown_orders += u64::from(matches!(given, Some(Err(_))));
    }
}

fn hold(step: impl Fn(&mut Random, &mut Met)) {
    let mut met = Met::default();
    let run = live_with_seeds(STEPS, STEPS_OF_ONE, FIRST_SEED, |mut random| {
        (0..STEPS_OF_ONE).for_each(|_| step(&mut random, &mut met));
    });
    if run == Run::Whole {
        assert!(met.requests > 100 && met.unknown_orders > 100, "the steps met too little of what they are to prove");
    }
}

#[test]
fn a_customer_asks_only_about_an_order_that_is_theirs() {
    hold(customers::hold);
}

#[test]
fn the_vendors_people_ask_only_about_an_order_that_exists() {
    hold(vendor::hold);
}
