//! A run's results as Markdown.

use crate::bots::{FloodLimits, Kind};
use crate::cell::{Cell, Scenario};
use crate::figures::{Round, ratio};
use crate::report::Results;

/// What Telegram takes in a second, over all chats, when a bot broadcasts.
const BUDGET: f64 = 30.0;
/// What keydesk takes of it, as its limits say (`telegram/limits.rs`).
const OWN_BUDGET: f64 = 1_000.0 / 42.0;

/// All tables for which something was measured.
pub fn markdown(results: &Results) -> String {
    let tables = [closed(results), open(results), backlog(results), fan_out(results), start_up(results)];
    let heading = format!(
        "Medians of {} {} of {} s.",
        results.rounds,
        if results.rounds == 1 { "round" } else { "rounds" },
        results.length.as_secs()
    );
    let mut text = heading;
    for table in tables.into_iter().flatten() {
        text.push_str("\n\n");
        text.push_str(&table);
    }
    text
}

fn closed(results: &Results) -> Option<String> {
    let head = "People who act as soon as they see a screen:\n\n\
                | people | bot | interactions/s | over plain | CPU s per 10 000 | over echo | p50 ms | p99 ms | over echo | memory MiB | stuck |\n\
                | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";
    table(head, results, |cell, round| {
        let Scenario::Closed { people } = cell.scenario else { return None };
        Some(format!(
            "| {people} | {} | {:.0} | {} | {:.2} | {} | {:.1} | {:.1} | {} | {:.1} | {} |",
            cell.kind.name(),
            round.per_second,
            over(results, cell, Kind::Plain, |round| round.per_second),
            round.cpu,
            over(results, cell, Kind::Echo, |round| round.cpu),
            round.p50,
            round.p99,
            over(results, cell, Kind::Echo, |round| round.p99),
            round.memory,
            round.stuck,
        ))
    })
}

fn open(results: &Results) -> Option<String> {
    let head = "So many acts a second, from the tap to its screen:\n\n\
                | acts/s | network ms | bot | p50 ms | over plain | p99 ms | over plain | CPU s per 10 000 | stuck |\n\
                | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |";
    table(head, results, |cell, round| {
        let Scenario::Open { rate } = cell.scenario else { return None };
        Some(format!(
            "| {rate} | {} | {} | {:.1} | {} | {:.1} | {} | {:.2} | {} |",
            cell.network.as_millis(),
            cell.kind.name(),
            round.p50,
            over(results, cell, Kind::Plain, |round| round.p50),
            round.p99,
            over(results, cell, Kind::Plain, |round| round.p99),
            round.cpu,
            round.stuck,
        ))
    })
}

fn backlog(results: &Results) -> Option<String> {
    let head = "Updates that wait when the bot starts, from its start to the last screen:\n\n\
                | updates | bot | seconds | over plain | CPU s |\n| ---: | --- | ---: | ---: | ---: |";
    table(head, results, |cell, round| {
        let Scenario::Backlog { updates } = cell.scenario else { return None };
        Some(format!(
            "| {updates} | {} | {:.2} | {} | {:.2} |",
            cell.kind.name(),
            updates as f64 / round.per_second,
            over(results, cell, Kind::Plain, |round| 1.0 / round.per_second),
            round.cpu * updates as f64 / 10_000.0,
        ))
    })
}

fn fan_out(results: &Results) -> Option<String> {
    if results.fan_out.is_empty() {
        return None;
    }
    let mut text = "A message that waits for each of many people, and the taps of sixteen meanwhile:\n\n\
                    | limits | messages/s | of Telegram's 30 | of our 24 | taps' p50 ms | without | p99 ms | without | over without |\n\
                    | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
        .to_owned();
    for (limits, fan_out) in &results.fan_out {
        let (name, share) = match limits {
            FloodLimits::Off => ("off", None),
            FloodLimits::Telegram => ("Telegram's", Some(fan_out.per_second * 100.0)),
        };
        let of = |budget: f64| share.map_or_else(|| "—".to_owned(), |share| format!("{:.0} %", share / budget));
        text.push_str(&format!(
            "\n| {name} | {:.1} | {} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {} |",
            fan_out.per_second,
            of(BUDGET),
            of(OWN_BUDGET),
            fan_out.taps.p50,
            fan_out.quiet.p50,
            fan_out.taps.p99,
            fan_out.quiet.p99,
            shown(ratio(fan_out.taps.p99, fan_out.quiet.p99)),
        ));
    }
    Some(text)
}

fn start_up(results: &Results) -> Option<String> {
    let (_, smallest) = results.start_up.first()?;
    let mut text = "From the start of keydesk's process to its first poll:\n\n\
                    | orders | ms | over the first |\n| ---: | ---: | ---: |"
        .to_owned();
    for (orders, took) in &results.start_up {
        text.push_str(&format!(
            "\n| {orders} | {:.0} | {} |",
            took.as_secs_f64() * 1_000.0,
            shown(ratio(took.as_secs_f64(), smallest.as_secs_f64())),
        ));
    }
    Some(text)
}

/// A table with a row for each cell that has one; none without rows.
fn table(head: &str, results: &Results, row: impl Fn(&Cell, &Round) -> Option<String>) -> Option<String> {
    let rows: Vec<String> = results.cells.iter().filter_map(|(cell, round)| row(cell, round)).collect();
    (!rows.is_empty()).then(|| format!("{head}\n{}", rows.join("\n")))
}

/// A figure over that of another bot in the same scenario.
fn over(results: &Results, cell: &Cell, kind: Kind, figure: fn(&Round) -> f64) -> String {
    let own = results.beside(cell, cell.kind).map(figure);
    let other = results.beside(cell, kind).map(figure);
    shown(own.zip(other).and_then(|(own, other)| ratio(own, other)))
}

fn shown(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "—".to_owned(), |ratio| format!("{ratio:.2}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn each_bot_is_compared_in_its_own_scenario() {
        let round = |per_second, cpu, p99| Round { per_second, cpu, p50: 1.0, p99, memory: 40.0, stuck: 0 };
        let cell = |kind, people| Cell { kind, scenario: Scenario::Closed { people }, network: Duration::ZERO };
        let results = Results {
            rounds: 1,
            cells: vec![
                (cell(Kind::Keydesk, 64), round(600.0, 3.0, 8.0)),
                (cell(Kind::Plain, 64), round(300.0, 6.0, 4.0)),
                (cell(Kind::Echo, 64), round(6_000.0, 1.5, 2.0)),
                (cell(Kind::Keydesk, 256), round(500.0, 3.0, 9.0)),
                (cell(Kind::Plain, 256), round(1_000.0, 3.0, 9.0)),
            ],
            ..Results::default()
        };
        let text = markdown(&results);
        assert!(text.contains("| 64 | keydesk | 600 | 2.00 | 3.00 | 2.00 | 1.0 | 8.0 | 4.00 | 40.0 | 0 |"), "{text}");
        assert!(text.contains("| 256 | keydesk | 500 | 0.50 | 3.00 | — | 1.0 | 9.0 | — | 40.0 | 0 |"), "{text}");
        assert!(!text.contains("acts/s"), "{text}");
    }

    #[test]
    fn a_backlog_that_is_drained_twice_as_fast_takes_half_the_time() {
        let round = |per_second| Round { per_second, cpu: 2.0, p50: 1.0, p99: 1.0, memory: 1.0, stuck: 0 };
        let cell = |kind| Cell { kind, scenario: Scenario::Backlog { updates: 10_000 }, network: Duration::ZERO };
        let results = Results {
            cells: vec![(cell(Kind::Keydesk), round(5_000.0)), (cell(Kind::Plain), round(2_500.0))],
            ..Results::default()
        };
        let text = markdown(&results);
        assert!(text.contains("| 10000 | keydesk | 2.00 | 0.50 | 2.00 |"), "{text}");
    }
}
