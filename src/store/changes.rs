//! What a transaction changed so far that open screens may show, and what is to be said of it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use tracing::Span;

use crate::domain::{ChatId, OrderNumber, PersonId, TopicId};
use crate::store::dialogues::key::DialogueKey;
use crate::store::dialogues::watch::Watch;

/// Remembered in memory, and settled when the transaction commits.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Changes {
    /// The latest time that the transaction was told.
    pub(in crate::store) now: Option<DateTime<Utc>>,
    /// Whose screens are asked to be drawn.
    pub(in crate::store) redraws: BTreeSet<DialogueKey>,
    /// Dialogues that this transaction saves, and that are drawn anyway.
    pub(in crate::store) saved: BTreeSet<DialogueKey>,
    /// Whether there is something to deliver by it.
    pub(in crate::store) is_announced: bool,
    /// Whether somebody was erased by it, so that nothing is to be left of them in the log either.
    pub(in crate::store) is_erasure: bool,
    /// Who is served, in which group and where in it.
    pub(in crate::store) spoken_in: Option<(ChatId, PersonId, TopicId)>,
    /// What the log says once it is so.
    pub(in crate::store) sayings: Vec<Saying>,
    orders: BTreeSet<OrderNumber>,
    is_stock_changed: bool,
}

/// Something that is true from the commit on, and the span in which it came about.
#[derive(Clone)]
pub(in crate::store) struct Saying(Span, Arc<dyn Fn() + Send + Sync>);

impl Saying {
    pub(in crate::store) fn of(say: impl Fn() + Send + Sync + 'static) -> Saying {
        Saying(Span::current(), Arc::new(say))
    }

    pub(in crate::store) fn say(&self) {
        self.0.in_scope(|| (self.1)());
    }
}

impl fmt::Debug for Saying {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Saying")
    }
}

impl Changes {
    pub(in crate::store) fn of_order(&mut self, order: OrderNumber, now: DateTime<Utc>) {
        self.now = Some(now);
        self.orders.insert(order);
    }

    pub(in crate::store) fn of_stock(&mut self, now: DateTime<Utc>) {
        self.now = Some(now);
        self.is_stock_changed = true;
    }

    pub(in crate::store) fn of_dialogue(&mut self, key: DialogueKey, now: DateTime<Utc>) {
        self.now = Some(now);
        self.saved.insert(key);
    }

    /// The topic in which somebody of this chat is served.
    pub(in crate::store) fn topic_in(&self, chat: ChatId) -> Option<i64> {
        self.spoken_in.filter(|(here, ..)| *here == chat).map(|(.., topic)| topic.0)
    }

    /// The same for the dialogue of whoever is served; what others are asked stays where they are.
    pub(in crate::store) fn topic_of(&self, key: DialogueKey) -> Option<i64> {
        self.topic_in(key.chat).filter(|_| self.spoken_in.is_some_and(|(_, person, _)| person == key.person))
    }

    /// What screens watch that show something of this.
    pub(in crate::store) fn watched(&self) -> Vec<Watch> {
        let lists = (!self.orders.is_empty()).then_some(Watch::Orders);
        let stock = self.is_stock_changed.then_some(Watch::Stock);
        self.orders.iter().copied().map(Watch::Order).chain(lists).chain(stock).collect()
    }
}
