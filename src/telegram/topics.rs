//! Topics of forums (<https://core.telegram.org/bots/api#createforumtopic>).

use serde::Deserialize;
use teloxide::payloads::{CloseForumTopic, CreateForumTopic, EditForumTopic, ReopenForumTopic};
use teloxide::types::{ChatId as TelegramChat, MessageId as TelegramMessage, Recipient, Rgb, ThreadId};

use super::call_error::CallError;
use super::client::Client;
use crate::domain::{ChatId, TopicId};

/// One of the six colours that Telegram lets a bot choose, once, when it makes a topic.
const ORDERS: u32 = 0x6f_b9f0;

#[derive(Deserialize)]
struct Made {
    message_thread_id: i64,
}

impl Client {
    /// Makes a topic.
    pub async fn create_topic(&self, chat: ChatId, name: &str) -> Result<TopicId, CallError> {
        let mut payload = CreateForumTopic::new(recipient(chat), name);
        payload.icon_color = Some(Rgb::from_u32(ORDERS));
        self.call(&payload).await.map(|made: Made| TopicId(made.message_thread_id))
    }

    pub async fn rename_topic(&self, chat: ChatId, topic: TopicId, name: &str) -> Result<(), CallError> {
        let mut payload = EditForumTopic::new(recipient(chat), named(topic)?);
        payload.name = Some(name.to_owned());
        self.call(&payload).await.map(|_: bool| ())
    }

    /// From then on nobody writes there but those who run the topic.
    pub async fn close_topic(&self, chat: ChatId, topic: TopicId) -> Result<(), CallError> {
        self.call(&CloseForumTopic::new(recipient(chat), named(topic)?)).await.map(|_: bool| ())
    }

    pub async fn reopen_topic(&self, chat: ChatId, topic: TopicId) -> Result<(), CallError> {
        self.call(&ReopenForumTopic::new(recipient(chat), named(topic)?)).await.map(|_: bool| ())
    }
}

fn recipient(chat: ChatId) -> Recipient {
    Recipient::Id(TelegramChat(chat.0))
}

/// The topic as a message's own field; General goes without a name.
pub(super) fn thread(topic: Option<TopicId>) -> Option<ThreadId> {
    named(topic.filter(|topic| *topic != TopicId::GENERAL)?).ok()
}

fn named(topic: TopicId) -> Result<ThreadId, CallError> {
    let id = i32::try_from(topic.0).map_err(|_| CallError::Rejected(format!("there is no topic {topic}")))?;
    Ok(ThreadId(TelegramMessage(id)))
}
