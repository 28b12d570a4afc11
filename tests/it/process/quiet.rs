//! A bot that has little to do says little, and does little.

use insta::assert_snapshot;
use keydesk_emulator::World;
use serde_json::json;

use super::crowd::Customer;
use crate::support::program::{Flood, Premises, STAFF_CHAT};

/// A second of computing, in hundredths, within a long poll of 25: a bot that spins takes all of them.
const IDLE_TICKS: u64 = 100;
/// How often the test ends a poll by an update that means nothing.
const ROUNDS: usize = 5;

#[tokio::test]
async fn an_order_leaves_one_line_in_the_log_with_its_number_and_nobodys_words() {
    let premises = Premises::on_sqlite(Flood::Limited).await;
    let bot = premises.runs().await;
    let anna = Customer::new(&premises.emulator, 101);
    anna.orders(&[]).await;
    premises.until("the alert arrives", |world| world.messages(STAFF_CHAT).count() == 1).await;
    let ended = bot.stops().await;
    assert_eq!(ended.stdout, "");
    let lines = ended.stderr.lines().map(|line| line.split_once(' ').map_or(line, |(_, said)| said.trim_start()));
    let lines: Vec<String> = lines.map(without_update_id).collect();
    assert_snapshot!(premises.plain(&lines.join("\n")));
}

/// Updates are numbered from another number in every run.
fn without_update_id(line: &str) -> String {
    let Some((before, after)) = line.split_once("update=") else { return line.to_owned() };
    format!("{before}update=N{}", after.trim_start_matches(|digit: char| digit.is_ascii_digit()))
}

#[tokio::test]
async fn a_bot_to_which_nobody_talks_makes_one_long_poll_and_does_not_spin() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let bot = premises.runs().await;
    premises.until("it polls", |world| world.polls() > 0).await;
    for _ in 0..ROUNDS {
        let before = calls(&premises);
        premises.emulator.push_raw_update(json!({ "poll": {} }));
        premises.until("the update is confirmed", |world| world.pending_updates() == 0).await;
        premises.until("the poll is answered", |world| calls_in(world) > before).await;
        assert_eq!(calls(&premises), before + 1, "one poll for one update, and nothing else");
    }

    let (polls, calls_before, ticks) = (premises.emulator.look(World::polls), calls(&premises), bot.cpu_ticks());
    premises.until("a whole long poll has passed", |world| world.polls() > polls).await;
    assert_eq!(calls(&premises), calls_before + 1);
    let spent = bot.cpu_ticks() - ticks;
    assert!(spent < IDLE_TICKS, "{spent} hundredths of a second within one idle poll");
    bot.stops().await;
}

fn calls(premises: &Premises) -> usize {
    premises.emulator.look(calls_in)
}

/// All calls but those that set its menus and descriptions, once, while it already serves.
fn calls_in(world: &World) -> usize {
    world.calls().filter(|call| !call.method.to_lowercase().contains("etmy")).count()
}
