//! The screens that a transaction's changes reach, marked for drawing in that very transaction.

use std::collections::BTreeMap;
use std::mem;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::QueryBuilder;

use crate::domain::{OrderNumber, PersonId};
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, Seat, read_key};
use crate::store::dialogues::watch::Watch;
use crate::store::error::StoreError;
use crate::store::portions::padded;

/// Lists change with every order. Several changes within this are one edit, since edits count against a group's limit
/// of twenty messages a minute.
const LISTS_FOLLOW_AFTER: TimeDelta = TimeDelta::seconds(15);
/// A screen that is drawn no sooner than this shows a change of now: no transaction takes so long.
const LONGEST_TRANSACTION: TimeDelta = TimeDelta::seconds(5);

/// Far from either database's limit on parameters, and more than any transaction of people changes.
const WATCHED_AT_ONCE: usize = 500;

/// How a screen is to follow.
#[derive(Debug, Clone, Copy)]
enum Marking {
    /// Drawn at once, wherever it is shown.
    Redraw,
    /// Drawn by this time in the message that shows it.
    Follow(DateTime<Utc>),
}

#[derive(sqlx::FromRow)]
struct WatchingRow {
    chat_id: i64,
    person_id: i64,
    seat: String,
    watches: String,
    due: Option<DateTime<Utc>>,
}

impl WatchingRow {
    /// By when the screen is to show a change of `now`; `None` when it is drawn soon anyway: marking it once more would only
    /// get in the way of whoever is at it.
    fn follows(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // Somebody may act on what a single order's screen shows.
        if self.watches != Watch::Orders.code() && self.watches != Watch::Stock.code() {
            return Some(now);
        }
        let drawn_soon = now + LONGEST_TRANSACTION..=now + LISTS_FOLLOW_AFTER;
        let waits = self.due.is_some_and(|due| drawn_soon.contains(&due));
        (!waits).then_some(now + LISTS_FOLLOW_AFTER)
    }
}

impl Tx {
    /// Asks for a dialogue's screen to be drawn again when this transaction commits, as when something else that it shows
    /// has changed. A dialogue that this transaction saves is drawn anyway, and one without a screen stays so.
    pub fn redraw_later(&mut self, key: DialogueKey) {
        self.changes.redraws.insert(key);
    }

    /// Has a customer's screen follow, whatever it shows.
    pub fn customer_changed(&mut self, person: PersonId) {
        self.redraw_later(DialogueKey::private(person, Seat::Customer));
    }

    pub(in crate::store) fn redraw_now(&mut self, key: DialogueKey, now: DateTime<Utc>) {
        self.changes.now = Some(now);
        self.redraw_later(key);
    }

    /// Has every screen follow that watches this order, as after any change that is no event of its audit trail.
    pub fn order_changed(&mut self, order: OrderNumber, now: DateTime<Utc>) {
        self.facts.placed.retain(|_, placed| placed.summary.number != order);
        self.facts.taken_up.clear();
        self.changes.of_order(order, now);
    }

    /// Marks the screens that show what this transaction changed. Two transactions that mark the same ones wait for each other;
    /// a row that one of them has had before can still make PostgreSQL break one off, which is tried again.
    pub(in crate::store) async fn settle(&mut self) -> Result<(), StoreError> {
        let mut changes = mem::take(&mut self.changes);
        self.changes.is_announced = changes.is_announced;
        self.changes.is_erasure = changes.is_erasure;
        self.changes.sayings = mem::take(&mut changes.sayings);
        let mut markings: BTreeMap<DialogueKey, Marking> =
            changes.redraws.iter().map(|key| (*key, Marking::Redraw)).collect();
        if let Some(now) = changes.now {
            for watched in changes.watched().chunks(WATCHED_AT_ONCE) {
                for row in self.watching(watched).await? {
                    let key = read_key(row.chat_id, row.person_id, &row.seat)?;
                    if let Some(due) = row.follows(now) {
                        markings.entry(key).or_insert(Marking::Follow(due));
                    }
                }
            }
        }
        markings.retain(|key, _| !changes.saved.contains(key));
        self.load_dialogues(markings.keys().copied()).await?;
        for (key, marking) in markings {
            let Some(row) = self.row_mut(key).await? else { continue };
            match marking {
                Marking::Redraw => row.bump(changes.now),
                Marking::Follow(due) => row.follow(due, changes.now.unwrap_or(due)),
            }
        }
        Ok(())
    }

    /// The vendor's open screens that watch any of these.
    async fn watching(&mut self, watched: &[Watch]) -> Result<Vec<WatchingRow>, StoreError> {
        if self.loaded.has_changed(Seat::Vendor) {
            self.write_back().await?;
        }
        Ok(on!(self, |db| {
            let mut query = QueryBuilder::new(
                "SELECT chat_id, person_id, seat, watches, CASE WHEN shown_version < version THEN redraw_due END AS due
                 FROM dialogues
                 WHERE seat = 'vendor'
                     AND (shown_version < version OR (message_id IS NOT NULL AND message_since >= fresh_from))
                     AND watches IN (",
            );
            let mut codes = query.separated(", ");
            for watch in padded(watched) {
                codes.push_bind(watch.code());
            }
            codes.push_unseparated(")");
            query.build_query_as().fetch_all(db).await?
        }))
    }
}
