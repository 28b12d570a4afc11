//! Days from which and up to which orders are listed or exported.

use crate::cli::exit::Failure;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::Period;
use crate::domain::reports::period::day_of;

/// Days from which and up to which orders were placed.
#[derive(Debug, clap::Args)]
pub struct Days {
    /// The first day: 2026-04-15, 15.04.2026, a month 2026-04, a year 2026, or today.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day, in the same forms; of a month or a year it is the last of its days.
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
}

impl Days {
    /// The period that they make; of neither it is everything.
    pub fn period(&self, config: &Config) -> anyhow::Result<Period> {
        let today = day_of(Clock::system().now(), config.shop.time_zone);
        let (from, to) = (self.from.as_deref(), self.to.as_deref());
        if let Some(period) = Period::between(from, to, today) {
            return Ok(period);
        }
        let alone =
            [("--from", from, Period::between(from, None, today)), ("--to", to, Period::between(None, to, today))];
        let unread = alone
            .into_iter()
            .find_map(|(option, word, alone)| word.filter(|_| alone.is_none()).map(|word| (option, word)));
        Err(Failure::data(match unread {
            Some((option, word)) => format!(
                "{option} {word} is no day; write 2026-04-15 or 15.04.2026, a month as 2026-04, a year as 2026, or today"
            ),
            None => "--from lies after --to; exchange them".to_owned(),
        }))
    }
}
