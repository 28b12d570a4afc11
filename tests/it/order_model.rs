//! The rules of orders against a simple model of them: whatever staff and customers do, an order goes only where it may,
//! its history has a row for each action, and everybody is told of each once.
//!
//! `KEYDESK_MODEL_STEPS` sets the number of steps of the pure core, `KEYDESK_MODEL_SEED` repeats a failure.

mod actions;
mod answers;
mod asked;
mod chat;
pub mod core;
mod model;
mod run;

use crate::support::random::{Random, Run, live_with_seeds, number_in};
use run::{Tally, live};

/// Steps of the ordinary run: a few seconds unoptimised, and enough for every outcome.
const STEPS: u64 = 8_000;
/// Steps of one shop, which then gives way to another with another seed.
const STEPS_OF_ONE: u64 = 1_000;
/// Steps through the chat and its database, which take much longer; enough for every kind of action.
const STEPS_THROUGH_THE_CHAT: u64 = 400;
/// A step through the chat takes as long as so many of the pure core.
const STEPS_FOR_ONE_THROUGH_THE_CHAT: u64 = 500;
const FIRST_SEED: u64 = 446;

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn orders_go_only_where_they_may_and_everybody_is_told_once() {
    let mut seen = Tally::default();
    let run = live_with_seeds(STEPS, STEPS_OF_ONE, FIRST_SEED, |random| {
        seen.add(&block_on(live(core::Core::default(), random, STEPS_OF_ONE)));
    });
    if run == Run::Whole {
        seen.assert_complete();
    }
}

async fn live_through_the_chat(chat: chat::Counter) {
    let steps = number_in("KEYDESK_MODEL_STEPS").map_or(STEPS_THROUGH_THE_CHAT, steps_through_the_chat);
    let seed = number_in("KEYDESK_MODEL_SEED");
    let seen = live(chat, Random::seeded(seed.unwrap_or(FIRST_SEED)), steps).await;
    // Another seed's choices may leave a kind of action out of so short a life.
    if seed.is_none() && steps >= STEPS_THROUGH_THE_CHAT {
        seen.assert_every_kind();
    }
}

/// Steps through the chat when so many of the pure core were asked for: just as many of a few, a part of very many.
fn steps_through_the_chat(wanted: u64) -> u64 {
    (wanted / STEPS_FOR_ONE_THROUGH_THE_CHAT).max(wanted.min(STEPS_THROUGH_THE_CHAT))
}

#[test]
fn a_few_steps_are_all_taken_through_the_chat() {
    assert_eq!([1, 400, 499, 20_000, 1_000_000].map(steps_through_the_chat), [1, 400, 400, 400, 2_000]);
}

mod the_chat_keeps_to_the_same_model {
    use super::{chat::Counter, live_through_the_chat};

    #[tokio::test]
    async fn on_sqlite() {
        live_through_the_chat(Counter::on_sqlite().await).await;
    }

    #[tokio::test]
    async fn on_postgres() {
        live_through_the_chat(Counter::on_postgres().await).await;
    }
}
