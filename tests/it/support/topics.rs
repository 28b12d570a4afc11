//! The staff chat as a forum.

use keydesk::config::StaffTopics;
use keydesk::domain::TopicId;
use keydesk_emulator::{Body, MessageId, Right, Sender, Service};

use super::shop::{STAFF_CHAT, Shop, VERA};
use super::visitor::shown;

impl Shop {
    /// The shop with a staff chat that has topics, which this bot may make.
    pub async fn with_a_topic_for_each_order(self) -> Shop {
        self.emulator.make_forum(STAFF_CHAT);
        self.emulator.promote_bot(STAFF_CHAT, VERA, &[Right::ManageTopics]);
        self.restart_as(|config| config.telegram.staff_topics = StaffTopics::Order).await
    }

    /// The same shop, whose alerts go to a topic of Vera's.
    pub async fn with_a_topic_for_alerts(self) -> (Shop, MessageId) {
        self.emulator.make_forum(STAFF_CHAT);
        let topic = self.emulator.create_topic(STAFF_CHAT, VERA, "Заказы");
        let shop = self.restart_as(|config| config.telegram.staff_topic = Some(TopicId(topic.0.into()))).await;
        (shop, topic)
    }

    /// What the bot wrote in a topic, or in General.
    pub fn in_topic(&self, topic: Option<MessageId>) -> Vec<String> {
        let messages = self.emulator.messages(STAFF_CHAT);
        let here = messages.iter().filter(|message| {
            let stands_in = message.extras.thread.filter(|_| message.extras.in_topic);
            message.from == Sender::Bot && !message.is_service() && stands_in == topic
        });
        here.map(shown).collect()
    }

    /// What the bot did to topics, oldest first, and the topic that it made last.
    pub fn topics(&self) -> (Vec<String>, Option<MessageId>) {
        let (mut done, mut newest) = (Vec::new(), None);
        for message in self.emulator.messages(STAFF_CHAT).iter().filter(|message| message.from == Sender::Bot) {
            let Body::Service(service) = &message.body else { continue };
            done.push(match service {
                Service::TopicCreated { name, .. } => {
                    newest = Some(message.id);
                    format!("made «{name}»")
                }
                Service::TopicRenamed { name } => format!("named «{name}»"),
                Service::TopicClosed => "closed".to_owned(),
                Service::TopicReopened => "opened".to_owned(),
                other => format!("{other:?}"),
            });
        }
        (done, newest)
    }
}
