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
        Period::between(self.from.as_deref(), self.to.as_deref(), today).ok_or_else(|| {
            Failure::data("--from and --to are no days in this order; write 2026-04-15, 2026-04, 2026 or today")
        })
    }
}
