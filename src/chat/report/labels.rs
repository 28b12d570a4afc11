//! The labels below a chart's bars.

use chrono::{Datelike, NaiveDate};

use crate::chat::i18n::Texts;
use crate::domain::Stats;
use crate::domain::reports::buckets::Grain;

/// A label for each bucket, no longer than it takes to tell it from the others under the chart's title.
pub(super) fn labels(stats: &Stats, texts: &Texts) -> Vec<String> {
    let one = |same: fn(NaiveDate) -> (i32, u32)| match (stats.buckets.first(), stats.buckets.last()) {
        (Some(first), Some(last)) => same(first.days.first) == same(last.days.last),
        _ => true,
    };
    let (one_year, one_month) = (one(|day| (day.year(), 0)), one(|day| (day.year(), day.month())));
    let label = |day: NaiveDate| {
        let month = ("month", u64::from(day.month()).into());
        match stats.grain {
            Grain::Day if one_month => day.day().to_string(),
            Grain::Day | Grain::Week => texts.say_with("date-short", &[("day", day.day().to_string().into()), month]),
            Grain::Month if one_year => texts.say_with("month-short", &[month]),
            Grain::Month => {
                texts.say_with("chart-month-year", &[month, ("year", format!("{:02}", day.year() % 100).into())])
            }
            Grain::Year => day.year().to_string(),
        }
    };
    stats.buckets.iter().map(|bucket| label(bucket.days.first)).collect()
}
