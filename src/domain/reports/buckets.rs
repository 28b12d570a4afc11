//! How a period is divided for a chart: into days, weeks, months or years, so that there are never too many bars.

use std::iter;

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::domain::reports::period::{Period, Span, day_of, monday_of, start_of_day};

/// A month of days.
const MOST_DAYS: i64 = 31;
/// Half a year of weeks.
const MOST_DAYS_IN_WEEKS: i64 = 184;
/// Four years of months, a leap year among them: 49 at most, since the first and the last may be parts of one. A longer period is
/// shown only where it has orders.
const MOST_DAYS_IN_MONTHS: i64 = 4 * 365 + 1;

/// The calendar's unit that buckets follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    Day,
    /// Monday to Sunday.
    Week,
    Month,
    Year,
}

/// Days that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub first: NaiveDate,
    /// The last; not before the first.
    pub last: NaiveDate,
}

impl Days {
    /// How many there are.
    pub fn count(self) -> i64 {
        self.last.signed_duration_since(self.first).num_days() + 1
    }
}

/// Divides a period; everything, and what is too long, is first narrowed to the days from its first order to its last,
/// which were placed at the times `reached`.
pub fn divide(period: Period, reached: Option<(DateTime<Utc>, DateTime<Utc>)>, zone: Tz) -> (Grain, Vec<Days>) {
    let asked = period.days().map(|(first, last)| Days { first, last });
    let days = match asked.filter(|days| days.count() <= MOST_DAYS_IN_MONTHS) {
        Some(days) => days,
        None => match reached.map(|reached| with_orders(reached, zone)).or(asked) {
            Some(days) => days,
            None => return (Grain::Day, Vec::new()),
        },
    };
    let grain = match days.count() {
        count if count <= MOST_DAYS => Grain::Day,
        count if count <= MOST_DAYS_IN_WEEKS => Grain::Week,
        count if count <= MOST_DAYS_IN_MONTHS => Grain::Month,
        _ => Grain::Year,
    };
    (grain, pieces(days, grain))
}

/// The instants of each piece of a period, which come to the whole of it. By instants, not by dates: a clock that is put
/// back over midnight returns to the day before.
pub fn spans(days: Vec<Days>, whole: Span, zone: Tz) -> impl Iterator<Item = (Days, Span)> {
    let starts: Vec<_> = days.iter().skip(1).map(|days| start_of_day(days.first, zone)).collect();
    let from = iter::once(whole.from).chain(starts.clone());
    let to = starts.into_iter().chain([whole.to]);
    days.into_iter().zip(from.zip(to)).map(|(days, (from, to))| (days, Span { from, to }))
}

fn with_orders((first, last): (DateTime<Utc>, DateTime<Utc>), zone: Tz) -> Days {
    let (first, last) = (day_of(first, zone), day_of(last, zone));
    Days { first, last: last.max(first) }
}

fn pieces(days: Days, grain: Grain) -> Vec<Days> {
    let mut pieces = Vec::new();
    let mut first = days.first;
    while first <= days.last {
        let next = start_of_next(first, grain).filter(|next| *next <= days.last);
        let last = next.and_then(|next| next.pred_opt()).unwrap_or(days.last);
        pieces.push(Days { first, last });
        let Some(next) = next else { break };
        first = next;
    }
    pieces
}

fn start_of_next(day: NaiveDate, grain: Grain) -> Option<NaiveDate> {
    match grain {
        Grain::Day => day.succ_opt(),
        Grain::Week => monday_of(day).checked_add_days(chrono::Days::new(7)),
        Grain::Month => day.with_day(1)?.checked_add_months(Months::new(1)),
        Grain::Year => NaiveDate::from_ymd_opt(day.year() + 1, 1, 1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn divided(first: &str, last: &str) -> (Grain, usize) {
        let period = Period::Days { first: day(first), last: day(last) };
        let (grain, days) = divide(period, None, chrono_tz::Europe::Moscow);
        (grain, days.len())
    }

    #[test]
    fn a_longer_period_has_coarser_buckets() {
        assert_eq!(divided("2026-04-15", "2026-04-15"), (Grain::Day, 1));
        assert_eq!(divided("2026-03-01", "2026-03-31"), (Grain::Day, 31));
        assert_eq!(divided("2026-03-01", "2026-04-01"), (Grain::Week, 6));
        assert_eq!(divided("2026-01-01", "2026-06-30"), (Grain::Week, 27));
        assert_eq!(divided("2026-01-01", "2026-12-31"), (Grain::Month, 12));
        assert_eq!(divided("2026-01-15", "2026-12-31"), (Grain::Month, 12));
        assert_eq!(divided("2001-09-30", "2005-09-29"), (Grain::Month, 49));
        assert_eq!(divided("2001-09-29", "2005-10-01"), (Grain::Year, 5));
        assert_eq!(divided("2020-01-01", "2029-12-31"), (Grain::Year, 10));
    }

    #[test]
    fn everything_reaches_from_the_first_order_to_the_last() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let reached = Some((at("2026-04-11T22:00:00Z"), at("2026-04-15T12:00:00Z")));
        let (grain, days) = divide(Period::All, reached, chrono_tz::Europe::Moscow);
        assert_eq!((grain, days.len()), (Grain::Day, 4));
        assert_eq!(days.first().unwrap().first, day("2026-04-12"));
        assert_eq!(divide(Period::All, None, chrono_tz::Europe::Moscow), (Grain::Day, Vec::new()));
    }

    proptest! {
        #[test]
        fn buckets_follow_each_other_from_the_first_day_to_the_last(start in 0_u64..30_000, length in 0_u64..6_000) {
            let first = day("2000-01-01") + chrono::Days::new(start);
            let last = first + chrono::Days::new(length);
            let (_, days) = divide(Period::Days { first, last }, None, chrono_tz::Europe::Moscow);
            prop_assert_eq!(days.first().map(|days| days.first), Some(first));
            prop_assert_eq!(days.last().map(|days| days.last), Some(last));
            for pair in days.windows(2) {
                prop_assert!(pair[0].first <= pair[0].last);
                prop_assert_eq!(pair[0].last.succ_opt().unwrap(), pair[1].first);
            }
            prop_assert!(days.len() <= 49);
        }
    }
}
