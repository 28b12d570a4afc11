//! The ratios of a run as bars.

use std::fmt::Write;

use crate::bots::{FloodLimits, Kind};
use crate::cell::Scenario;
use crate::figures::{Round, ratio};
use crate::report::Results;

const LABELS: u32 = 330;
const BARS: u32 = 420;
const WIDTH: u32 = 830;
const ROW: u32 = 24;
const TOP: u32 = 44;
/// Longer bars end here.
const LONGEST: f64 = 8.0;
const MORE_IS_BETTER: &str = "#2a7f62";
const LESS_IS_BETTER: &str = "#b5651d";

/// One figure over another.
#[derive(Debug, Clone, PartialEq)]
struct Bar {
    name: String,
    ratio: f64,
    colour: &'static str,
}

/// The bars of all that was measured.
pub fn svg(results: &Results) -> String {
    draw(&bars(results))
}

fn bars(results: &Results) -> Vec<Bar> {
    type Compared = (Kind, Kind, &'static str, fn(&Round) -> f64, &'static str);
    let speed: fn(&Round) -> f64 = |round| round.per_second;
    let cpu: fn(&Round) -> f64 = |round| round.cpu;
    let p50: fn(&Round) -> f64 = |round| round.p50;
    let p99: fn(&Round) -> f64 = |round| round.p99;
    let in_closed: [Compared; 5] = [
        (Kind::Keydesk, Kind::Plain, "interactions/s over plain bot", speed, MORE_IS_BETTER),
        (Kind::Keydesk, Kind::Echo, "CPU over echo", cpu, LESS_IS_BETTER),
        (Kind::Keydesk, Kind::Echo, "p99 over echo", p99, LESS_IS_BETTER),
        (Kind::KeydeskWebhook, Kind::Keydesk, "interactions/s, webhook over polling", speed, MORE_IS_BETTER),
        (Kind::KeydeskPostgres, Kind::Keydesk, "interactions/s, PostgreSQL over SQLite", speed, MORE_IS_BETTER),
    ];
    let in_open: [Compared; 1] = [(Kind::Keydesk, Kind::Plain, "p50 over plain bot", p50, LESS_IS_BETTER)];
    let in_backlog: [Compared; 1] = [(Kind::Keydesk, Kind::Plain, "drained, over plain bot", speed, MORE_IS_BETTER)];
    let mut bars = Vec::new();
    for (cell, round) in &results.cells {
        let (place, compared): (String, &[Compared]) = match cell.scenario {
            Scenario::Closed { people } => (format!("{people} people"), &in_closed),
            Scenario::Open { rate } => (format!("{rate}/s, {} ms", cell.network.as_millis()), &in_open),
            Scenario::Backlog { updates } => (format!("backlog of {updates}"), &in_backlog),
        };
        for (kind, other, what, figure, colour) in compared {
            let other = results.beside(cell, *other).map(figure);
            if cell.kind == *kind
                && let Some(ratio) = other.and_then(|other| ratio(figure(round), other))
            {
                bars.push(Bar { name: format!("{place}: {what}"), ratio, colour });
            }
        }
    }
    for (limits, fan_out) in &results.fan_out {
        let name = match limits {
            FloodLimits::Off => "fan-out: taps' p99 over that without",
            FloodLimits::Telegram => "fan-out under limits: taps' p99 over that without",
        };
        if let Some(ratio) = ratio(fan_out.taps.p99, fan_out.quiet.p99) {
            bars.push(Bar { name: name.to_owned(), ratio, colour: LESS_IS_BETTER });
        }
    }
    bars
}

fn draw(bars: &[Bar]) -> String {
    let height = TOP + ROW * u32::try_from(bars.len()).unwrap_or_default() + 12;
    let longest = bars.iter().map(|bar| bar.ratio).fold(1.0, f64::max).min(LONGEST);
    let at = |ratio: f64| f64::from(BARS) * ratio.min(longest) / longest;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"white\"/>\n\
         <text x=\"{LABELS}\" y=\"20\" fill=\"{MORE_IS_BETTER}\">more is better</text>\n\
         <text x=\"{}\" y=\"20\" fill=\"{LESS_IS_BETTER}\">less is better</text>\n",
        LABELS + 120,
    );
    for (place, bar) in (0..).zip(bars) {
        let y = TOP + ROW * place;
        let (length, middle) = (at(bar.ratio), y + 13);
        // Writing to a string does not fail.
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{LABELS}\" y=\"{y}\" width=\"{length:.1}\" height=\"17\" fill=\"{}\"/>\
             <text x=\"{:.1}\" y=\"{middle}\">{:.2}</text>",
            LABELS - 8,
            bar.name,
            bar.colour,
            f64::from(LABELS) + length + 6.0,
            bar.ratio,
        );
    }
    let one = f64::from(LABELS) + at(1.0);
    let _ = writeln!(
        svg,
        "<line x1=\"{one:.1}\" y1=\"{}\" x2=\"{one:.1}\" y2=\"{}\" stroke=\"#333\" stroke-dasharray=\"4 3\"/>",
        TOP - 8,
        height - 8,
    );
    svg.push_str("</svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_ratio_and_no_longer_than_the_picture() {
        let bar = |ratio| Bar { name: "x".to_owned(), ratio, colour: MORE_IS_BETTER };
        let picture = draw(&[bar(4.0), bar(2.0), bar(16.0)]);
        assert!(picture.contains("width=\"210.0\""), "{picture}");
        assert!(picture.contains("width=\"105.0\""), "{picture}");
        assert!(picture.contains("width=\"420.0\""), "{picture}");
        assert!(picture.contains(">16.00<"), "{picture}");
    }
}
