//! Where in a forum a message of the staff chat belongs, and what the topic of an order is called.

use super::answer::{Answer, Outgoing};
use super::{Chat, ChatError};
use crate::config::StaffTopics;
use crate::domain::typed::clean_line;
use crate::domain::{ChatId, Notification, OrderNumber, Status, TopicId};
use crate::store::{DialogueKey, OrderTopic, OutboxMessage, Seat, Tx};

/// Characters of a customer's name in the name of a topic, which has room for 128
/// (<https://core.telegram.org/bots/api#createforumtopic>).
const LONGEST_NAME: usize = 64;

/// Where a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To a topic; without one to General, or to that of the message which it answers.
    Topic(Option<TopicId>),
    /// To the topic of its order.
    OrderTopic(OrderNumber, OrderTopic),
    /// To a topic of its order that is to be made.
    NewTopic(OrderNumber, TopicName),
}

/// Whether a message opens the topic of its order, if there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opens {
    Topic,
    Nothing,
}

impl Opens {
    /// An order of a digest has no topic before it is unfolded: nothing but the alert opens one.
    fn by(notification: &Notification) -> Opens {
        match notification {
            Notification::OrderPlaced(_) | Notification::OrderChanged(_) => Opens::Topic,
            _ => Opens::Nothing,
        }
    }
}

/// What the topic of an order is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicName {
    pub name: String,
    /// The order's status, which the name says.
    pub status: Status,
}

impl Chat {
    /// Where a message belongs.
    pub async fn destination(&self, message: &OutboxMessage, body: &Outgoing) -> Result<Destination, ChatError> {
        let chat = message.chat;
        if chat.0 > 0 {
            return Ok(Destination::Topic(None));
        }
        let mut tx = self.store().read();
        let topic = match body {
            Outgoing::Chat(Answer::Desk(order)) if self.config().telegram.staff_topics == StaffTopics::Order => {
                return self.destination_of_order(&mut tx, chat, *order, Opens::Topic).await;
            }
            // What came of a file is found out when nobody speaks.
            Outgoing::Chat(Answer::FileAnswered { to, .. }) if message.topic.is_none() => {
                let key = DialogueKey { chat, person: *to, seat: Seat::Vendor };
                tx.topic_of_dialogue(key).await?
            }
            Outgoing::Chat(_) => message.topic,
            Outgoing::Shop(notification) => match message.order {
                Some(order) => {
                    return self.destination_of_order(&mut tx, chat, order, Opens::by(notification)).await;
                }
                None => self.shared_topic(),
            },
        };
        Ok(Destination::Topic(topic))
    }

    /// Where several orders are told of at once, and everything else that has no topic of its own.
    pub fn shared_topic(&self) -> Option<TopicId> {
        self.config().telegram.staff_topic
    }

    async fn destination_of_order(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        order: OrderNumber,
        opens: Opens,
    ) -> Result<Destination, ChatError> {
        let shared = Destination::Topic(self.shared_topic());
        if self.config().telegram.staff_topics == StaffTopics::Shared {
            return Ok(shared);
        }
        if let Some(topic) = tx.order_topic(order, chat).await? {
            return Ok(Destination::OrderTopic(order, topic));
        }
        Ok(match self.topic_name(tx, order).await?.filter(|_| opens == Opens::Topic) {
            Some(name) => Destination::NewTopic(order, name),
            None => shared,
        })
    }

    /// What the topic of an order is to be called now.
    pub async fn current_topic_name(&self, order: OrderNumber) -> Result<Option<TopicName>, ChatError> {
        self.topic_name(&mut self.store().read(), order).await
    }

    async fn topic_name(&self, tx: &mut Tx, number: OrderNumber) -> Result<Option<TopicName>, ChatError> {
        let Some(order) = tx.order(number).await? else { return Ok(None) };
        let customer = match tx.billing_of(order.account).await? {
            Some(billing) => billing.company.as_str().to_owned(),
            None => tx.customer(order.placed_by).await?.map(|customer| customer.person.name).unwrap_or_default(),
        };
        let (texts, status) = (self.shop_texts(), order.summary.status);
        let key = if status == Status::Placed { "topic-name" } else { "topic-name-at" };
        let name = texts.say_with(
            key,
            &[
                ("number", number.to_string().into()),
                ("name", clean_line(&customer, LONGEST_NAME).into()),
                ("status", texts.status(status).into()),
            ],
        );
        Ok(Some(TopicName { name, status }))
    }

    /// Tells the admins that orders get no topics of their own for now.
    pub async fn topics_are_unavailable(&self, reason: &str) -> Result<(), ChatError> {
        let mut tx = self.store().begin().await?;
        let notification = Notification::TopicsUnavailable { reason: reason.to_owned() };
        self.shop.tell_admins(&mut tx, None, &notification).await?;
        Ok(tx.commit().await?)
    }
}
