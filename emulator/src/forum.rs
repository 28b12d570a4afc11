//! The topics of a forum supergroup.

use super::message::{MessageId, Sender, Service};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

/// The topic that every forum has. Its messages name no topic, and no call may name it either.
pub const GENERAL_TOPIC: MessageId = MessageId(1);
/// The colour of a topic whose creator chose none.
pub(super) const USUAL_COLOR: i64 = 0x6f_b9f0;
/// So long the Bot API server believes what it last learnt of a topic.
const REMEMBERED: Duration = Duration::from_secs(60);

/// A topic as its group shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForumTopic {
    /// The message that created it, or [`GENERAL_TOPIC`].
    pub id: MessageId,
    pub name: String,
    /// Of its icon, as 0xRRGGBB.
    pub icon_color: i64,
    pub is_closed: bool,
    /// General only.
    pub is_hidden: bool,
}

/// Topics by the message that created them, those that are gone too.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Forum(BTreeMap<MessageId, Topic>);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Topic {
    name: String,
    #[serde(default = "usual_color")]
    icon_color: i64,
    creator: Sender,
    state: TopicState,
    /// When the Bot API server last looked it up.
    seen: Option<SystemTime>,
}

fn usual_color() -> i64 {
    USUAL_COLOR
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum TopicState {
    Open,
    Closed,
    /// Closed as well; General only.
    Hidden,
    Deleted,
}

/// What somebody does to a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TopicChange {
    Rename(String),
    Close,
    Reopen,
    Hide,
    Unhide,
}

impl Forum {
    /// A forum with nothing but General.
    pub(super) fn new(owner: Sender) -> Self {
        let mut forum = Self(BTreeMap::new());
        forum.add(GENERAL_TOPIC, "General", USUAL_COLOR, owner);
        forum
    }

    pub(super) fn add(&mut self, id: MessageId, name: &str, icon_color: i64, creator: Sender) {
        self.0.insert(id, Topic { name: name.to_owned(), icon_color, creator, state: TopicState::Open, seen: None });
    }

    /// Those that are not deleted, the oldest first.
    pub(super) fn topics(&self) -> impl Iterator<Item = ForumTopic> {
        let standing = self.0.iter().filter(|(_, topic)| topic.state != TopicState::Deleted);
        standing.map(|(id, topic)| ForumTopic {
            id: *id,
            name: topic.name.clone(),
            icon_color: topic.icon_color,
            is_closed: topic.state != TopicState::Open,
            is_hidden: topic.state == TopicState::Hidden,
        })
    }

    pub(super) fn state(&self, id: MessageId) -> Option<TopicState> {
        self.0.get(&id).map(|topic| topic.state)
    }

    pub(super) fn creator(&self, id: MessageId) -> Option<&Sender> {
        self.0.get(&id).map(|topic| &topic.creator)
    }

    /// Whether the Bot API server finds the topic that a call names.
    pub(super) fn find(&mut self, id: MessageId, now: SystemTime) -> bool {
        let Some(topic) = self.0.get_mut(&id).filter(|_| id != GENERAL_TOPIC) else {
            return false;
        };
        if topic.state == TopicState::Deleted {
            let age = topic.seen.and_then(|seen| now.duration_since(seen).ok());
            return age.is_some_and(|age| age < REMEMBERED);
        }
        topic.seen = Some(now);
        true
    }

    /// Changes a topic; what Telegram says of that in it, or why nothing changed.
    pub(super) fn change(&mut self, id: MessageId, change: TopicChange) -> Result<Service, &'static str> {
        let topic = self.standing(id)?;
        let (state, service) = match (change, topic.state) {
            (TopicChange::Rename(name), state) if name != topic.name => {
                topic.name.clone_from(&name);
                (state, Service::TopicRenamed { name })
            }
            (TopicChange::Close, TopicState::Open) => (TopicState::Closed, Service::TopicClosed),
            (TopicChange::Reopen, TopicState::Closed | TopicState::Hidden) => {
                (TopicState::Open, Service::TopicReopened)
            }
            (TopicChange::Hide, TopicState::Open | TopicState::Closed) => {
                (TopicState::Hidden, Service::GeneralTopicHidden)
            }
            (TopicChange::Unhide, TopicState::Hidden) => (TopicState::Closed, Service::GeneralTopicUnhidden),
            _ => return Err("TOPIC_NOT_MODIFIED"),
        };
        topic.state = state;
        Ok(service)
    }

    pub(super) fn delete(&mut self, id: MessageId) -> Result<(), &'static str> {
        match id {
            GENERAL_TOPIC => Err("TOPIC_ID_INVALID"),
            id => {
                self.standing(id)?.state = TopicState::Deleted;
                Ok(())
            }
        }
    }

    fn standing(&mut self, id: MessageId) -> Result<&mut Topic, &'static str> {
        self.0.get_mut(&id).filter(|topic| topic.state != TopicState::Deleted).ok_or("TOPIC_ID_INVALID")
    }
}
