//! The figures as Prometheus reads them: what was counted meanwhile, and how much there is at this moment. A figure that is not
//! known is left out, so that nobody takes an old one for a new one.

use std::fmt;

use chrono::{DateTime, Utc};
use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::readiness::{Readiness, Seen};
use super::vitals::Vitals;
use crate::domain::{Lane, Status};
use crate::store::{Survey, Wait, Writers};

/// The format, as a header names it.
pub(super) const FORMAT: &str = CONTENT_TYPE;

/// A label with its value.
type Label = (&'static str, String);

/// The figures of a process that serves nobody yet, or no longer.
pub(super) fn without_bot(started: DateTime<Utc>) -> Result<String, fmt::Error> {
    let mut page = Page::new(started);
    page.gauge("keydesk_ready", "Whether people are served", 0);
    page.text()
}

pub(super) fn of(
    vitals: &Vitals,
    seen: &Seen,
    started: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<String, fmt::Error> {
    let (readiness, store) = (Readiness::of(vitals, seen, now), vitals.chat.store());
    let mut page = Page::new(started);
    let database = match store.writers() {
        Writers::One => "sqlite",
        Writers::Many => "postgresql",
    };
    let build = vec![("version", env!("CARGO_PKG_VERSION")), ("database", database)];
    page.registry.register("keydesk_build", "The release that runs, and on which database", Info::new(build));
    vitals.chat.metrics().register(&mut page.registry);
    vitals.calls.register(&mut page.registry);
    page.gauge("keydesk_ready", "Whether people are served", i64::from(readiness.ready));
    page.gauge(
        "keydesk_database_writable",
        "Whether the database takes a change",
        i64::from(readiness.database_writable),
    );
    page.gauge("keydesk_leader", "Whether this replica leads", i64::from(readiness.leader));
    page.gauge("keydesk_replicas", "Replicas that share the database", i64::from(readiness.replicas));
    if let Some(room) = store.room() {
        page.gauge("keydesk_database_room_bytes", "What the disk of the SQLite file has left", room);
    }
    if let Some(heard) = vitals.chat.metrics().fetching.heard() {
        let help = "When a poll was answered or an update was posted last";
        let feed = [("feed", vitals.feed.name().to_owned())];
        page.gauges("keydesk_updates_heard_timestamp_seconds", help, [(feed, heard.timestamp())]);
    }
    if let Some(backups) = &vitals.chat.config().backup {
        let help = "How often the bot is to take a backup";
        page.gauge("keydesk_backup_interval_seconds", help, backups.every.num_seconds());
        if let Some(survey) = &seen.survey {
            let help = "When the bot took the last good backup, 0 while there is none";
            let taken = survey.backup_taken.map_or(0, |at| at.timestamp());
            page.gauge("keydesk_backup_last_success_timestamp_seconds", help, taken);
        }
    }
    held_back(vitals, &mut page, now);
    if let Some(survey) = &seen.survey {
        surveyed(survey, &mut page, now);
    }
    page.text()
}

/// What the flood limits let wait.
fn held_back(vitals: &Vitals, page: &mut Page, now: DateTime<Utc>) {
    let holds = vitals.holds.borrow();
    let waits = holds.values().filter(|until| **until > now).map(|until| (*until - now).num_seconds() + 1);
    let help = "Chats in which a flood limit holds something back";
    page.gauge("keydesk_limits_waiting_chats", help, waits.clone().count());
    let help = "Until the last of them may be written to";
    page.gauge("keydesk_limits_longest_wait_seconds", help, waits.max().unwrap_or(0));
}

fn surveyed(survey: &Survey, page: &mut Page, now: DateTime<Utc>) {
    let orders = Status::ALL.map(|status| {
        let count = survey.orders.iter().find(|(found, _)| *found == status).map_or(0, |(_, count)| *count);
        ([("status", status.code().to_owned())], count)
    });
    page.gauges("keydesk_orders", "Orders by status", orders);
    let stock = survey.stock.iter().map(|stock| ([("product", stock.sku.as_str().to_owned())], stock.available));
    page.gauges("keydesk_stock_serials", "Serial numbers in stock by product", stock);

    let places = [Lane::Tap, Lane::Notice, Lane::Bulk].into_iter().flat_map(|lane| {
        [Wait::None, Wait::Parked].map(|wait| {
            let queued = survey.outbox.iter().find(|queued| (queued.lane, queued.wait) == (lane, wait));
            ([("lane", lane_name(lane).to_owned()), ("state", state_name(wait).to_owned())], queued)
        })
    });
    let depths = places.clone().map(|(labels, queued)| (labels, queued.map_or(0, |queued| queued.messages)));
    page.gauges("keydesk_outbox_messages", "Messages that are to be sent", depths);
    let age = |since: DateTime<Utc>| (now - since).num_seconds().max(0);
    let ages = places.map(|(labels, queued)| (labels, queued.map_or(0, |queued| age(queued.since))));
    page.gauges("keydesk_outbox_oldest_seconds", "How long the oldest of them waits", ages);

    page.gauge("keydesk_screens_waiting", "Screens that are to be drawn", survey.screens);
    page.gauge("keydesk_files_waiting", "Files that are to be fetched", survey.files);
    page.gauge("keydesk_dead_letters", "Updates that were given up and are kept", survey.dead_letters);
    page.gauge("keydesk_waiting_updates", "Updates that fail alone and are tried again", survey.waiting_updates);
}

fn lane_name(lane: Lane) -> &'static str {
    match lane {
        Lane::Tap => "tap",
        Lane::Notice => "notice",
        Lane::Bulk => "bulk",
    }
}

fn state_name(wait: Wait) -> &'static str {
    match wait {
        Wait::None => "pending",
        Wait::Parked => "parked",
    }
}

/// A page that is being written.
struct Page {
    registry: Registry,
}

impl Page {
    fn new(started: DateTime<Utc>) -> Page {
        let mut page = Page { registry: Registry::default() };
        page.gauge("process_start_time_seconds", "When the process began", started.timestamp());
        page
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl TryInto<i64>) {
        let gauge: Gauge = Gauge::default();
        gauge.set(whole(value));
        self.registry.register(name, help, gauge);
    }

    fn gauges<const N: usize, V: TryInto<i64>>(
        &mut self,
        name: &str,
        help: &str,
        values: impl IntoIterator<Item = ([Label; N], V)>,
    ) {
        let family: Family<Vec<Label>, Gauge> = Family::default();
        for (labels, value) in values {
            family.get_or_create(&labels.to_vec()).set(whole(value));
        }
        self.registry.register(name, help, family);
    }

    fn text(self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

fn whole(value: impl TryInto<i64>) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}
