//! `keydesk maintenance`: customers read why they are not served; the vendor works on.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use clap::Subcommand;
use serde::Serialize;

use super::ConfigFile;
use super::exit::Failure;
use super::run::close;
use super::said::{AnswerIn, AnswerOption, instant, pretty, say};
use super::startup::{Startup, sentences};
use crate::clock::Clock;
use crate::domain::Maintenance;
use crate::store::Store;

/// What is to become of the maintenance.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Tell customers from now on that the shop is under maintenance, instead of serving them. It holds for all replicas at
    /// once, and until `off`.
    #[command(after_help = "Examples:\n  keydesk maintenance on \"We are moving to a new server.\" --until 18:00")]
    On {
        /// Why, as customers read it: a sentence in their language, of up to 120 characters.
        #[arg(value_name = "TEXT")]
        reason: String,
        /// When it will be over, which customers read: 18:00, or "2026-04-15 18:00", in the shop's time zone. Nothing happens
        /// then by itself.
        #[arg(long, value_name = "TIME")]
        until: Option<String>,
        #[command(flatten)]
        answer: AnswerOption,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Serve customers again.
    #[command(after_help = "Examples:\n  keydesk maintenance off")]
    Off {
        #[command(flatten)]
        answer: AnswerOption,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Say whether there is any.
    #[command(after_help = "Examples:\n  keydesk maintenance status\n  keydesk maintenance status --json")]
    Status {
        #[command(flatten)]
        answer: AnswerOption,
        #[command(flatten)]
        config: ConfigFile,
    },
}

#[derive(Serialize)]
struct Status {
    maintenance: bool,
    reason: Option<String>,
    since: Option<String>,
    until: Option<String>,
}

/// Begins or ends it, or says whether there is any; beside a running bot.
pub async fn maintenance(command: &Command) -> anyhow::Result<()> {
    let (Command::On { config, answer, .. } | Command::Off { config, answer } | Command::Status { config, answer }) =
        command;
    let setting = Startup::read(config).map_err(sentences)?;
    let (zone, now) = (setting.config.shop.time_zone, Clock::system().now());
    let begun = match command {
        Command::On { reason, until, .. } => Some(begun(reason, until.as_deref(), zone, now)?),
        Command::Off { .. } | Command::Status { .. } => None,
    };
    let store = Store::open_beside(setting.database()).await?;
    let outcome = run(&store, command, begun, (answer.form(), zone)).await;
    close(&store).await;
    say(&outcome?)
}

fn begun(reason: &str, until: Option<&str>, zone: Tz, now: DateTime<Utc>) -> anyhow::Result<Maintenance> {
    let Some(reason) = Maintenance::reason(reason) else {
        return Err(Failure::data(format!(
            "the text cannot be shown; write one line of 1 to {} plain characters",
            Maintenance::MAX_REASON
        )));
    };
    let until = until.map(|typed| {
        moment(typed, zone, now).ok_or_else(|| {
            Failure::data(format!(
                "--until names no time to come; write 18:00, or \"2026-04-15 18:00\", in the time zone {zone}"
            ))
        })
    });
    Ok(Maintenance { reason, since: now, until: until.transpose()? })
}

/// A moment to come as it was typed: an hour of today or tomorrow, or of a day.
fn moment(typed: &str, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let here = now.with_timezone(&zone).naive_local();
    let whole = ["%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"];
    let of_a_day = whole.iter().find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok());
    let next = |hour: chrono::NaiveTime| {
        let today = here.date().and_time(hour);
        if today > here { today } else { today + TimeDelta::days(1) }
    };
    let local = of_a_day.or_else(|| chrono::NaiveTime::parse_from_str(typed, "%H:%M").ok().map(next))?;
    zone.from_local_datetime(&local).earliest().map(|at| at.to_utc()).filter(|at| *at > now)
}

async fn run(
    store: &Store,
    command: &Command,
    begun: Option<Maintenance>,
    (form, zone): (AnswerIn, Tz),
) -> anyhow::Result<String> {
    let mut tx = store.begin().await?;
    let said = match (command, begun) {
        (Command::On { .. }, Some(maintenance)) => {
            tx.begin_maintenance(&maintenance).await?;
            format!("customers read from now on: {}\n", said_of(&maintenance, zone))
        }
        (Command::Off { .. }, _) if tx.end_maintenance().await? => "customers are served again\n".to_owned(),
        (Command::Status { .. }, _) => match tx.maintenance().await? {
            Some(maintenance) => {
                format!(
                    "under maintenance since {}: {}\n",
                    at_home(maintenance.since, zone),
                    said_of(&maintenance, zone)
                )
            }
            None => "no maintenance, customers are served\n".to_owned(),
        },
        _ => "there was no maintenance, customers are served\n".to_owned(),
    };
    let said = match form {
        AnswerIn::Words => said,
        AnswerIn::Json => json(tx.maintenance().await?)?,
    };
    tx.commit().await?;
    Ok(said)
}

fn said_of(Maintenance { reason, until, .. }: &Maintenance, zone: Tz) -> String {
    match until {
        Some(until) => format!("{reason} (until about {})", at_home(*until, zone)),
        None => reason.clone(),
    }
}

fn at_home(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M %Z").to_string()
}

fn json(maintenance: Option<Maintenance>) -> anyhow::Result<String> {
    let status = Status {
        maintenance: maintenance.is_some(),
        since: maintenance.as_ref().map(|found| instant(found.since)),
        until: maintenance.as_ref().and_then(|found| found.until).map(instant),
        reason: maintenance.map(|found| found.reason),
    };
    pretty(&status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_the_next_one_where_the_shop_is() {
        let now = DateTime::parse_from_rfc3339("2026-04-15T09:30:00Z").unwrap().to_utc();
        let read = |typed| moment(typed, chrono_tz::Europe::Moscow, now).map(|at| at.to_rfc3339());
        assert_eq!(read("18:00").as_deref(), Some("2026-04-15T15:00:00+00:00"));
        assert_eq!(read("12:30").as_deref(), Some("2026-04-16T09:30:00+00:00"));
        assert_eq!(read("2026-04-20 08:00").as_deref(), Some("2026-04-20T05:00:00+00:00"));
        assert_eq!(read("20.04.2026 08:00").as_deref(), Some("2026-04-20T05:00:00+00:00"));
        for other in ["", "soon", "25:00", "2026-04-14 08:00", "18"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
