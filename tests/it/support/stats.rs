//! Orders, counted as the desk counts them.

use keydesk::domain::{OrderSummary, Period, Stats, Tally};

/// What these orders come to in Moscow.
pub fn counted(orders: &[OrderSummary], period: Period) -> Stats {
    let zone = chrono_tz::Europe::Moscow;
    let span = period.span(zone);
    let times = || orders.iter().map(|order| order.placed_at).filter(|at| (span.from..span.to).contains(at));
    let mut tally = Tally::of(period, times().min().zip(times().max()), zone);
    orders.iter().for_each(|order| tally.add(order));
    tally.into_stats()
}
