//! Orders, counted as the desk counts them.

use keydesk::domain::reports::buckets;
use keydesk::domain::reports::figures::{Breakdown, Bucket};
use keydesk::domain::{Figures, OrderSummary, Period, Stats, Status, Sum};

/// What these orders come to in Moscow.
pub fn counted(orders: &[OrderSummary], period: Period) -> Stats {
    let zone = chrono_tz::Europe::Moscow;
    let whole = period.span(zone);
    let times = || orders.iter().map(|order| order.placed_at).filter(|at| (whole.from..whole.to).contains(at));
    let (grain, days) = buckets::divide(period, times().min().zip(times().max()), zone);
    let spans = buckets::spans(days, whole, zone);
    let buckets = spans.map(|(days, span)| {
        let mut figures = Breakdown::default();
        for order in orders.iter().filter(|order| (span.from..span.to).contains(&order.placed_at)) {
            let sum = Sum::from_minor(order.total.minor().into(), order.total.currency()).unwrap();
            let of_one = Figures { orders: 1, keys: order.keys, sums: vec![sum], ..Figures::default() };
            let invoiced = Figures { invoices: 1, invoiced: vec![sum], ..of_one.clone() };
            figures.add(order.status, if order.status == Status::Invoiced { &invoiced } else { &of_one });
        }
        Bucket { days, figures }
    });
    Stats::of(period, grain, buckets.collect())
}
