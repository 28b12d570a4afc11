//! What the vendor reads about many orders: figures of a period, and the rows of an export.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::domain::billing::Billing;
use crate::domain::ids::{AccountId, OrderNumber, PersonId};
use crate::domain::money::{Currency, Money};
use crate::domain::orders::invoice::Invoice;
use crate::domain::orders::order::OrderLine;
use crate::domain::orders::reason::Reason;
use crate::domain::orders::status::Status;
use crate::domain::reports::buckets::{self, Grain};
use crate::domain::reports::period::Period;

/// The sum of many amounts of one currency. It may be far above [`Money::MAX_MINOR`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// In whole units, with exactly the currency's digits after the mark.
    pub amount: Decimal,
    pub currency: Currency,
}

/// What some orders come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// How many there are.
    pub orders: u64,
    pub keys: u64,
    /// What was ordered, one for each currency, in the order of their codes.
    pub sums: Vec<Sum>,
    /// How many of them were invoiced.
    pub invoices: u64,
    /// What they were invoiced for, as it was set last, in the same way.
    pub invoiced: Vec<Sum>,
}

/// The figures of each status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Breakdown {
    placed: Figures,
    invoiced: Figures,
    completed: Figures,
    cancelled: Figures,
}

/// The figures of some days within a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    pub days: buckets::Days,
    pub figures: Breakdown,
}

/// What was ordered in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    pub period: Period,
    /// All of its orders.
    pub figures: Breakdown,
    /// What each bucket is.
    pub grain: Grain,
    /// The same orders, in buckets that follow each other without a gap; none if everything is asked for and there is
    /// nothing.
    pub buckets: Vec<Bucket>,
}

/// A place among the orders as they follow each other: by when they were placed, then by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// When the order was placed.
    pub at: DateTime<Utc>,
    pub number: OrderNumber,
}

/// The end of an order that came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    pub at: DateTime<Utc>,
    pub reason: Reason,
}

/// A line of an order, with all that stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    pub order: OrderNumber,
    /// When the customer sent it.
    pub placed_at: DateTime<Utc>,
    pub status: Status,
    /// The name of the person who sent it.
    pub customer: String,
    /// Without the `@`.
    pub username: Option<String>,
    pub person: PersonId,
    /// Whose order it is.
    pub account: AccountId,
    pub line: OrderLine,
    /// The amount of the whole order.
    pub total: Money,
    pub note: Option<String>,
    /// What is to be paid, as it was set last.
    pub invoice: Option<Invoice>,
    /// When that was set.
    pub invoiced_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub cancelled: Option<Cancellation>,
    /// The account's billing details now.
    pub billing: Option<Billing>,
}

impl Sum {
    /// From the currency's minor units; `None` if there are more of them than a decimal has digits for.
    pub fn from_minor(minor: i128, currency: Currency) -> Option<Sum> {
        let amount = Decimal::try_from_i128_with_scale(minor, currency.minor_digits()).ok()?;
        Some(Sum { amount, currency })
    }
}

impl Figures {
    /// Adds the figures of other orders.
    pub fn merge(&mut self, other: &Figures) {
        self.orders = self.orders.saturating_add(other.orders);
        self.keys = self.keys.saturating_add(other.keys);
        self.invoices = self.invoices.saturating_add(other.invoices);
        add(&mut self.sums, &other.sums);
        add(&mut self.invoiced, &other.invoiced);
    }
}

fn add(sums: &mut Vec<Sum>, more: &[Sum]) {
    for sum in more {
        match sums.iter_mut().find(|known| known.currency == sum.currency) {
            // 28 digits: more orders than there are numbers for would have to be added to leave them.
            Some(known) => known.amount = known.amount.saturating_add(sum.amount),
            None => sums.push(*sum),
        }
    }
    sums.sort_by(|one, other| one.currency.code().cmp(other.currency.code()));
}

impl Breakdown {
    /// The figures of one status.
    pub fn of(&self, status: Status) -> &Figures {
        match status {
            Status::Placed => &self.placed,
            Status::Invoiced => &self.invoiced,
            Status::Completed => &self.completed,
            Status::Cancelled => &self.cancelled,
        }
    }

    /// The figures of all orders that came to something, or may still.
    pub fn standing(&self) -> Figures {
        Status::STANDING.into_iter().fold(Figures::default(), |mut total, status| {
            total.merge(self.of(status));
            total
        })
    }

    /// How many orders there are, whatever became of them.
    pub fn all_orders(&self) -> u64 {
        Status::ALL.into_iter().map(|status| self.of(status).orders).sum()
    }

    /// Adds the figures of orders of one status.
    pub fn add(&mut self, status: Status, more: &Figures) {
        let figures = match status {
            Status::Placed => &mut self.placed,
            Status::Invoiced => &mut self.invoiced,
            Status::Completed => &mut self.completed,
            Status::Cancelled => &mut self.cancelled,
        };
        figures.merge(more);
    }
}

impl Stats {
    /// Sums up the buckets of a period.
    pub fn of(period: Period, grain: Grain, buckets: Vec<Bucket>) -> Stats {
        let mut figures = Breakdown::default();
        for bucket in &buckets {
            for status in Status::ALL {
                figures.add(status, bucket.figures.of(status));
            }
        }
        Stats { period, figures, grain, buckets }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use chrono_tz::Tz;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::orders::order::OrderSummary;
    use crate::domain::reports::period::Span;

    fn order(number: i64, at: DateTime<Utc>, status: Status, keys: u64, minor: i64, currency: &str) -> OrderSummary {
        let total = Money::from_minor(minor, Currency::parse(currency).unwrap()).unwrap();
        OrderSummary { number: OrderNumber(number), placed_at: at, status, keys, total }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn counted(orders: &[OrderSummary], period: Period, zone: Tz) -> Stats {
        let whole = period.span(zone);
        let times = || orders.iter().map(|order| order.placed_at).filter(|at| (whole.from..whole.to).contains(at));
        let (grain, days) = buckets::divide(period, times().min().zip(times().max()), zone);
        let bucket = |(days, span): (buckets::Days, Span)| {
            let mut figures = Breakdown::default();
            for order in orders.iter().filter(|order| (span.from..span.to).contains(&order.placed_at)) {
                let sum = Sum::from_minor(order.total.minor().into(), order.total.currency()).unwrap();
                figures
                    .add(order.status, &Figures { orders: 1, keys: order.keys, sums: vec![sum], ..Figures::default() });
            }
            Bucket { days, figures }
        };
        Stats::of(period, grain, buckets::spans(days, whole, zone).map(bucket).collect())
    }

    #[test]
    fn currencies_are_not_added_together_and_sums_stay_exact() {
        let when = at("2026-04-15T12:00:00Z");
        let orders = [
            order(1, when, Status::Placed, 50, Money::MAX_MINOR, "RUB"),
            order(2, when, Status::Completed, 3, Money::MAX_MINOR, "RUB"),
            order(3, when, Status::Completed, 1, 1_234_567, "KWD"),
            order(4, when, Status::Cancelled, 1, 1, "RUB"),
        ];
        let stats = counted(&orders, Period::Day("2026-04-15".parse().unwrap()), chrono_tz::Europe::Moscow);
        let shown = |figures: Figures| {
            let sums: Vec<_> = figures.sums.iter().map(|sum| format!("{} {}", sum.currency, sum.amount)).collect();
            (figures.orders, figures.keys, sums.join(", "))
        };
        assert_eq!(shown(stats.figures.standing()), (3, 54, "KWD 1234.567, RUB 2000000000000.00".to_owned()));
        assert_eq!(shown(stats.figures.of(Status::Cancelled).clone()), (1, 1, "RUB 0.01".to_owned()));
        assert_eq!(shown(stats.figures.of(Status::Placed).clone()), (1, 50, "RUB 1000000000000.00".to_owned()));
    }

    #[test]
    fn an_order_belongs_to_its_day_in_the_shop() {
        let orders = [
            order(1, at("2026-03-31T20:59:59Z"), Status::Placed, 1, 1, "RUB"),
            order(2, at("2026-03-31T21:00:00Z"), Status::Placed, 1, 1, "RUB"),
            order(3, at("2026-04-30T20:59:59Z"), Status::Placed, 1, 1, "RUB"),
            order(4, at("2026-04-30T21:00:00Z"), Status::Placed, 1, 1, "RUB"),
        ];
        let april = Period::Month { first: "2026-04-01".parse().unwrap() };
        let stats = counted(&orders, april, chrono_tz::Europe::Moscow);
        assert_eq!(stats.figures.standing().orders, 2);
        let filled: Vec<_> = stats.buckets.iter().filter(|bucket| bucket.figures.standing().orders > 0).collect();
        assert_eq!(
            filled.iter().map(|bucket| bucket.days.first.to_string()).collect::<Vec<_>>(),
            ["2026-04-01", "2026-04-30"]
        );
    }

    fn any_orders() -> impl Strategy<Value = Vec<OrderSummary>> {
        let one = (
            0_i64..2_000_000_000,
            proptest::sample::select(&Status::ALL[..]),
            1_u64..1000,
            0..=Money::MAX_MINOR,
            proptest::sample::select(&["RUB", "USD", "JPY"][..]),
        );
        let order = |(seconds, status, keys, minor, currency)| {
            order(1, at("2000-01-01T00:00:00Z") + TimeDelta::seconds(seconds), status, keys, minor, currency)
        };
        proptest::collection::vec(one.prop_map(order), 0..20)
    }

    fn any_period() -> impl Strategy<Value = Period> {
        (0_u64..30_000, 0_u64..6_000, any::<bool>()).prop_map(|(start, length, everything)| {
            let first = "2000-01-01".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(start);
            if everything { Period::All } else { Period::Days { first, last: first + chrono::Days::new(length) } }
        })
    }

    proptest! {
        #[test]
        fn every_order_of_the_period_is_in_the_figures_of_its_status(
            orders in any_orders(), period in any_period(),
            zone in proptest::sample::select(&chrono_tz::TZ_VARIANTS[..]),
        ) {
            let stats = counted(&orders, period, zone);
            let span = period.span(zone);
            for status in Status::ALL {
                let is_meant = |order: &&OrderSummary| {
                    order.status == status && (span.from..span.to).contains(&order.placed_at)
                };
                let figures = stats.figures.of(status);
                prop_assert_eq!(figures.orders, orders.iter().filter(is_meant).count() as u64);
                prop_assert_eq!(figures.keys, orders.iter().filter(is_meant).map(|order| order.keys).sum::<u64>());
            }
        }
    }
}
