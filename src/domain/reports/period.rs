//! The days that a report covers, as people type them.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Years outside of these are slips of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2999;

/// Whole days in the shop's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Everything since the shop opened.
    All,
    Day(NaiveDate),
    /// Monday to Sunday.
    Week {
        /// The Monday.
        monday: NaiveDate,
    },
    Month {
        first: NaiveDate,
    },
    Year {
        first: NaiveDate,
    },
    /// From one day to another, both included.
    Days {
        first: NaiveDate,
        /// The last day; not before the first.
        last: NaiveDate,
    },
}

/// The instants of a period: from the one, up to but not including the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub to: DateTime<Utc>,
}

impl Period {
    /// Reads a period: nothing (this month), `today`, `week`, `month`, `year`, `all`, a day `15.04.2026` or
    /// `2026-04-15`, a month `04.2026` or `2026-04`, a year `2026`; or two of these (but `all`), which give the days from
    /// the beginning of the one to the end of the other.
    pub fn parse(text: &str, today: NaiveDate) -> Option<Period> {
        let mut words = text.split_whitespace();
        let period = match (words.next(), words.next()) {
            (None, _) => Period::month_of(today)?,
            (Some(one), None) => Period::parse_one(one, today)?,
            (Some(from), Some(to)) => {
                let (first, _) = Period::parse_one(from, today)?.days()?;
                let (_, last) = Period::parse_one(to, today)?.days()?;
                (first <= last).then_some(Period::Days { first, last })?
            }
        };
        words.next().is_none().then_some(period)
    }

    /// From the beginning of the one word's days to the end of the other's; a word that is missing leaves its side open.
    pub fn between(from: Option<&str>, to: Option<&str>, today: NaiveDate) -> Option<Period> {
        if from.is_none() && to.is_none() {
            return Some(Period::All);
        }
        let first = match from {
            Some(word) => Period::parse_one(word, today)?.days()?.0,
            None => NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1)?,
        };
        let last = match to {
            Some(word) => Period::parse_one(word, today)?.days()?.1,
            None => NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31)?,
        };
        (first <= last).then(|| Period::of_days(first, last))
    }

    /// These days, under the name that they have together if there is one.
    fn of_days(first: NaiveDate, last: NaiveDate) -> Period {
        let wholes = [Period::Day(first), Period::Month { first }, Period::Year { first }];
        let is_whole = |whole: &Period| whole.days() == Some((first, last));
        let begins = |whole: &Period| match whole {
            Period::Month { first } => first.day() == 1,
            Period::Year { first } => first.ordinal() == 1,
            _ => true,
        };
        wholes.into_iter().find(|whole| begins(whole) && is_whole(whole)).unwrap_or(Period::Days { first, last })
    }

    /// The years of a period in which something was `reached`, from the one day to the other; of a single year its months,
    /// and of a single month its days. A day has no parts.
    pub fn parts(self, reached: (NaiveDate, NaiveDate)) -> Vec<Period> {
        let (first, last) = self.days().map_or(reached, |(first, last)| (first.max(reached.0), last.min(reached.1)));
        let whole = |day: NaiveDate| -> Option<Period> {
            let year = Period::Year { first: day.with_month(1)?.with_day(1)? };
            let month = Period::month_of(day)?;
            match (first.year() == last.year(), first.month() == last.month()) {
                (false, _) => Some(year),
                (true, false) => Some(month),
                (true, true) => Some(Period::Day(day)),
            }
        };
        let mut parts = Vec::new();
        let mut day = first;
        while first < last && day <= last {
            let Some((from, to)) = whole(day).and_then(Period::days) else { break };
            let (own_first, own_last) = self.days().unwrap_or((from, to));
            parts.push(Period::of_days(from.max(own_first), to.min(own_last)));
            let Some(next) = to.succ_opt() else { break };
            day = next;
        }
        parts
    }

    /// The period as [`Period::parse`] reads it on any day; a week as its days.
    pub fn written(self) -> String {
        match (self, self.days()) {
            (Period::Month { first }, _) => first.format("%Y-%m").to_string(),
            (Period::Year { first }, _) => first.format("%Y").to_string(),
            (Period::Day(day), _) => day.to_string(),
            (_, Some((first, last))) => format!("{first} {last}"),
            (_, None) => "all".to_owned(),
        }
    }

    /// The first and the last day; `None` for everything.
    pub fn days(self) -> Option<(NaiveDate, NaiveDate)> {
        Some(match self {
            Period::All => return None,
            Period::Day(day) => (day, day),
            Period::Week { monday } => (monday, monday.checked_add_days(Days::new(6))?),
            Period::Month { first } => (first, first.checked_add_months(Months::new(1))?.pred_opt()?),
            Period::Year { first } => (first, first.checked_add_months(Months::new(12))?.pred_opt()?),
            Period::Days { first, last } => (first, last),
        })
    }

    /// The instants that the period's days have in this time zone.
    pub fn span(self, zone: Tz) -> Span {
        let (first, last) = self.days().unwrap_or_else(|| {
            let start = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
            (start(*YEARS.start()), start(YEARS.end() + 1))
        });
        Span { from: start_of_day(first, zone), to: start_of_day(last.succ_opt().unwrap_or(last), zone) }
    }

    fn parse_one(word: &str, today: NaiveDate) -> Option<Period> {
        match word.to_ascii_lowercase().as_str() {
            "all" => Some(Period::All),
            "today" => Some(Period::Day(today)),
            "week" => Some(Period::Week { monday: monday_of(today) }),
            "month" => Period::month_of(today),
            "year" => Some(Period::Year { first: today.with_month(1)?.with_day(1)? }),
            word => Period::parse_numbers(word),
        }
    }

    fn parse_numbers(word: &str) -> Option<Period> {
        let parts: Vec<&str> = if word.contains('-') { word.split('-').collect() } else { word.rsplit('.').collect() };
        let year = digits(parts.first().filter(|year| year.len() == 4)?)?;
        let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
        match parts.as_slice() {
            [_] => Some(Period::Year { first: NaiveDate::from_ymd_opt(year, 1, 1)? }),
            [_, month] => Some(Period::Month { first: NaiveDate::from_ymd_opt(year, one_or_two_digits(month)?, 1)? }),
            [_, month, day] => {
                Some(Period::Day(NaiveDate::from_ymd_opt(year, one_or_two_digits(month)?, one_or_two_digits(day)?)?))
            }
            _ => None,
        }
    }

    fn month_of(day: NaiveDate) -> Option<Period> {
        Some(Period::Month { first: day.with_day(1)? })
    }
}

/// The day of an instant in this time zone.
pub fn day_of(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The Monday of a day's week.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).first_day()
}

/// The first instant of a day. Where clocks were put forward over midnight, it is the first that the day has.
pub fn start_of_day(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // Clocks change by multiples of a quarter of an hour; Samoa once left out a whole day.
    let mut candidates = (0..=96).filter_map(|quarters| midnight.checked_add_signed(TimeDelta::minutes(15 * quarters)));
    let first = candidates.find_map(|local| zone.from_local_datetime(&local).earliest());
    first.map_or_else(|| midnight.and_utc(), |first| first.to_utc())
}

fn one_or_two_digits(text: &str) -> Option<u32> {
    (text.len() <= 2).then(|| digits(text)).flatten()
}

fn digits(text: &str) -> Option<u32> {
    // On its own, parse would take a plus sign.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use chrono_tz::{Africa, America, Europe, Pacific};
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn typed(text: &str) -> Option<(String, String)> {
        let (first, last) = Period::parse(text, day("2026-04-15"))?.days()?;
        Some((first.to_string(), last.to_string()))
    }

    #[test]
    fn people_type_periods_in_many_ways() {
        for (text, first, last) in [
            ("", "2026-04-01", "2026-04-30"),
            ("today", "2026-04-15", "2026-04-15"),
            (" Week ", "2026-04-13", "2026-04-19"),
            ("month", "2026-04-01", "2026-04-30"),
            ("year", "2026-01-01", "2026-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("02.2024", "2024-02-01", "2024-02-29"),
            ("2.2024", "2024-02-01", "2024-02-29"),
            ("2999", "2999-01-01", "2999-12-31"),
            ("15.04.2026", "2026-04-15", "2026-04-15"),
            ("5.4.2026", "2026-04-05", "2026-04-05"),
            ("2026-04-15", "2026-04-15", "2026-04-15"),
            ("01.03.2026 15.04.2026", "2026-03-01", "2026-04-15"),
            ("2026-01 today", "2026-01-01", "2026-04-15"),
            ("2026-04-15 2026-04-15", "2026-04-15", "2026-04-15"),
        ] {
            assert_eq!(typed(text), Some((first.to_owned(), last.to_owned())), "{text}");
        }
        assert_eq!(Period::parse("ALL", day("2026-04-15")), Some(Period::All));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "1999",
            "3000",
            "26",
            "02026",
            "31.04.2026",
            "29.02.2026",
            "2026-13",
            "2026-0004",
            "2026.04",
            "15.2026.04",
            "2026-04-15-01",
            "15.04.2026 01.04.2026",
            "all today",
            "2025 2026 2027",
            "april",
            "+2026",
            "2026-+4",
            "-",
            ".",
            "٢٠٢٦",
        ] {
            assert_eq!(Period::parse(text, day("2026-04-15")), None, "{text}");
        }
    }

    #[test]
    fn a_period_that_is_open_on_a_side_reaches_as_far_as_periods_do() {
        let between = |from, to| Period::between(from, to, day("2026-04-15")).map(Period::written);
        assert_eq!(between(None, None).as_deref(), Some("all"));
        assert_eq!(between(Some("2026-04"), None).as_deref(), Some("2026-04-01 2999-12-31"));
        assert_eq!(between(None, Some("today")).as_deref(), Some("2000-01-01 2026-04-15"));
        assert_eq!(between(Some("2026-04"), Some("2026-04")).as_deref(), Some("2026-04"));
        assert_eq!(between(Some("2025"), Some("2025-12")).as_deref(), Some("2025"));
        assert_eq!(between(Some("2026"), Some("2025")), None);
        assert_eq!(between(Some("all"), None), None);
    }

    #[test]
    fn a_period_has_years_a_year_months_and_a_month_days() {
        let parts = |period: Period, first, last| -> Vec<String> {
            period.parts((day(first), day(last))).into_iter().map(Period::written).collect()
        };
        assert_eq!(parts(Period::All, "2024-11-30", "2026-01-02"), ["2024", "2025", "2026"]);
        let days = Period::Days { first: day("2024-12-05"), last: day("2026-01-09") };
        assert_eq!(parts(days, "2024-12-30", "2026-01-31"), ["2024-12-05 2024-12-31", "2025", "2026-01-01 2026-01-09"]);
        let year = Period::Year { first: day("2026-01-01") };
        assert_eq!(parts(year, "2026-02-03", "2026-04-01"), ["2026-02", "2026-03", "2026-04"]);
        let month = Period::Month { first: day("2026-02-01") };
        assert_eq!(parts(month, "2026-02-03", "2026-02-05"), ["2026-02-03", "2026-02-04", "2026-02-05"]);
        assert_eq!(parts(Period::All, "2026-02-03", "2026-02-03"), Vec::<String>::new());
    }

    #[test]
    fn a_day_begins_with_its_first_instant_whatever_the_clocks_do() {
        let instant = |date: &str, zone| start_of_day(day(date), zone).to_rfc3339();
        assert_eq!(instant("2026-04-01", Europe::Moscow), "2026-03-31T21:00:00+00:00");
        // Midnight did not exist in Cairo and São Paulo, nor a whole day in Apia; in Havana there were two.
        assert_eq!(instant("2010-04-30", Africa::Cairo), "2010-04-29T22:00:00+00:00");
        assert_eq!(instant("2018-11-04", America::Sao_Paulo), "2018-11-04T03:00:00+00:00");
        assert_eq!(instant("2011-12-30", Pacific::Apia), "2011-12-30T10:00:00+00:00");
        assert_eq!(instant("2025-11-02", America::Havana), "2025-11-02T04:00:00+00:00");
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_the_reader(text in "\\PC*") {
            let _ = Period::parse(&text, day("2026-04-15"));
        }

        #[test]
        fn days_follow_each_other_without_gap_in_every_time_zone(
            zone in proptest::sample::select(&chrono_tz::TZ_VARIANTS[..]), number in 0_u64..20_000,
        ) {
            let one = day("2000-01-01").checked_add_days(Days::new(number)).unwrap();
            let span = Period::Day(one).span(zone);
            prop_assert!(span.from <= span.to);
            prop_assert_eq!(span.to, Period::Day(one.succ_opt().unwrap()).span(zone).from);
        }
    }
}
