//! Topics of orders in a forum: made when their first message is sent, opened for a further one, and brought up to date.

use chrono::TimeDelta;

use super::following::FOLLOWS_AFTER;
use super::work::{Delivered, DeliveryError};
use super::worker::Worker;
use crate::chat::answer::Outgoing;
use crate::chat::topics::{Destination, TopicName};
use crate::domain::{ChatId, Lane, OrderNumber, TopicId};
use crate::store::{Attempt, Door, Follower, OrderTopic, OutboxMessage, StaleTopic, Tx};
use crate::telegram::CallError;
use crate::telegram::limits::Permit;

/// A topic that was opened again for somebody's words about a closed order stays open for so long.
const OPEN_FOR: TimeDelta = TimeDelta::days(1);
/// A group in which topics cannot be made is asked again after this.
const WITHOUT_TOPICS: TimeDelta = TimeDelta::hours(1);

/// Where a message goes now, or what became of it instead.
pub(super) enum Settled {
    At(Option<TopicId>),
    /// In the topic of its order.
    WithOrder(OrderNumber, TopicId),
    Instead(Delivered),
}

impl Worker {
    /// Finds the place of a message that is about to be sent, and makes it if need be: each change of a topic counts as a
    /// message, so the message itself may have to wait.
    pub(super) async fn settle_place(
        &self,
        message: &OutboxMessage,
        body: &Outgoing,
    ) -> Result<Settled, DeliveryError> {
        let chat = message.chat;
        let destination = self.chat.destination(message, body).await?;
        if !self.may_still_send(chat, message.leased_until) {
            return self.defer_message(message, self.now(), Attempt::NotMade).await.map(Settled::Instead);
        }
        let (order, topic) = match destination {
            Destination::Topic(topic) => return Ok(Settled::At(topic)),
            Destination::OrderTopic(order, OrderTopic { topic, door: Door::Open, .. }) => {
                return Ok(Settled::WithOrder(order, topic));
            }
            Destination::OrderTopic(order, topic) => (order, self.reopened(chat, topic).await),
            Destination::NewTopic(..) if !self.may_make_topics() => return Ok(Settled::At(self.chat.shared_topic())),
            Destination::NewTopic(order, name) => (order, self.made(chat, &name).await),
        };
        let topic = match topic {
            Ok(topic) => topic,
            // The topic may be there, the message is not.
            Err(CallError::Ambiguous(said)) => {
                return self.delivery_failed(message, body, CallError::NotSent(said)).await.map(Settled::Instead);
            }
            Err(
                error @ (CallError::Flood(_)
                | CallError::NotSent(_)
                | CallError::Conflict(_)
                | CallError::Moved(_)
                | CallError::Unauthorized),
            ) => return self.delivery_failed(message, body, error).await.map(Settled::Instead),
            Err(error) => {
                self.topics_failed(&error).await?;
                return Ok(Settled::At(self.chat.shared_topic()));
            }
        };
        let now = self.now();
        let topic = OrderTopic { open_until: topic.named.is_final().then(|| now + OPEN_FOR), ..topic };
        let mut tx = self.begin().await?;
        tx.record_order_topic(order, chat, &topic).await?;
        if let Some(until) = topic.open_until {
            tx.topic_follows(order, chat, now, until).await?;
        }
        tx.commit().await?;
        match self.ask(chat, message.lane) {
            Permit::Granted => Ok(Settled::WithOrder(order, topic.topic)),
            Permit::NotBefore(until) => {
                self.defer_message(message, until, Attempt::NotMade).await.map(Settled::Instead)
            }
        }
    }

    async fn made(&self, chat: ChatId, name: &TopicName) -> Result<OrderTopic, CallError> {
        let topic = self.client.create_topic(chat, &name.name).await?;
        *self.no_topics_until() = None;
        Ok(OrderTopic { topic, named: name.status, door: Door::Open, open_until: None })
    }

    async fn reopened(&self, chat: ChatId, topic: OrderTopic) -> Result<OrderTopic, CallError> {
        match self.client.reopen_topic(chat, topic.topic).await {
            // Somebody of the staff opened it before.
            Ok(()) | Err(CallError::NotModified) => Ok(OrderTopic { door: Door::Open, ..topic }),
            // Whether it is gone, its message will find out.
            Err(error) if error.is_topic_gone() => Ok(OrderTopic { door: Door::Open, ..topic }),
            Err(error) => Err(error),
        }
    }

    fn may_make_topics(&self) -> bool {
        let refused = *self.no_topics_until();
        refused.is_none_or(|until| until <= self.now())
    }

    /// Orders are told of in the shared topic for a while; the admins hear of it once.
    async fn topics_failed(&self, error: &CallError) -> Result<(), DeliveryError> {
        let is_news = self.no_topics_until().replace(self.now() + WITHOUT_TOPICS).is_none();
        tracing::error!("orders get no topics of their own for an hour: {error}");
        if is_news {
            self.chat.topics_are_unavailable(error.description()).await?;
        }
        Ok(())
    }

    /// A message did not get into the topic of its order because that is gone: it gets another one.
    pub(super) async fn topic_gone(
        &self,
        message: &OutboxMessage,
        order: OrderNumber,
        error: &CallError,
    ) -> Result<Delivered, DeliveryError> {
        tracing::warn!("the topic of order {order} in chat {} is made anew: {error}", message.chat);
        let now = self.now();
        let mut tx = self.begin().await?;
        tx.forget_order_topic(order, message.chat).await?;
        tx.defer_message(message, now, Attempt::NotMade).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(now))
    }

    /// Has the topic of a message's order follow, if it has one.
    pub(super) async fn topic_follows(&self, tx: &mut Tx, message: &OutboxMessage) -> Result<(), DeliveryError> {
        if let Some(order) = message.order {
            let now = self.now();
            tx.topic_follows(order, message.chat, now, now + FOLLOWS_AFTER).await?;
        }
        Ok(())
    }

    /// Makes a topic say its order's status, and closes it at the end: one change at a time, since each counts as a message.
    pub(super) async fn follow(&self, stale: StaleTopic) -> Result<Delivered, DeliveryError> {
        let Some(name) = self.chat.current_topic_name(stale.order).await? else { return self.up_to_date(&stale).await };
        let (is_named, is_closed) = (stale.topic.named == name.status, stale.topic.door == Door::Closed);
        if is_named && (is_closed || !name.status.is_final()) {
            return self.up_to_date(&stale).await;
        }
        if let Some(until) = stale.topic.open_until.filter(|until| is_named && *until > self.now()) {
            return self.put_off(&stale, until, 0).await;
        }
        if !self.may_still_send(stale.chat, stale.leased_until()) {
            return self.put_off(&stale, self.now(), 0).await;
        }
        if let Permit::NotBefore(until) = self.ask(stale.chat, Lane::Bulk) {
            return self.put_off(&stale, until, 0).await;
        }
        let (changed, outcome) = if is_named {
            let outcome = self.client.close_topic(stale.chat, stale.topic.topic).await;
            (OrderTopic { door: Door::Closed, open_until: None, ..stale.topic }, outcome)
        } else {
            let outcome = self.client.rename_topic(stale.chat, stale.topic.topic, &name.name).await;
            (OrderTopic { named: name.status, ..stale.topic }, outcome)
        };
        match outcome {
            Ok(()) | Err(CallError::NotModified) => {
                let mut tx = self.begin().await?;
                tx.record_order_topic(stale.order, stale.chat, &changed).await?;
                tx.commit().await?;
                // What is left to do is due at once.
                self.put_off(&stale, self.now(), 0).await
            }
            Err(error) => {
                let name = format!("the topic of order {}", stale.order);
                self.edit_failed(&stale, (stale.chat, &name), error).await
            }
        }
    }
}
