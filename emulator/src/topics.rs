//! Forum supergroups: their topics, what people do with them, and where a message belongs.

use super::Emulator;
use super::error::ApiError;
use super::forum::{Forum, ForumTopic, GENERAL_TOPIC, TopicChange, TopicState, USUAL_COLOR};
use super::membership::announce;
use super::message::{Body, GroupKind, MessageId, Sender, Service};
use super::people::{Content, Place, set_text};
use super::rights::Right;
use super::world::World;

impl World {
    /// The topics of a forum; a chat that is none has none.
    pub fn topics(&self, chat: i64) -> Vec<ForumTopic> {
        self.forum(chat).into_iter().flat_map(Forum::topics).collect()
    }

    pub(super) fn forum(&self, chat: i64) -> Option<&Forum> {
        self.groups.get(&chat)?.forum.as_ref()
    }

    fn forum_mut(&mut self, chat: i64) -> Option<&mut Forum> {
        self.groups.get_mut(&chat)?.forum.as_mut()
    }

    /// The topic that a call names. Groups without topics pass the name over; private chats refuse it.
    pub(super) fn named_topic(&mut self, chat: i64, thread: i64) -> Result<Option<MessageId>, ApiError> {
        let is_forum = self.forum(chat).is_some();
        if thread <= 0 || (self.groups.contains_key(&chat) && !is_forum) {
            return Ok(None);
        }
        let (id, now) = (MessageId(i32::try_from(thread).unwrap_or(i32::MAX)), self.now());
        match self.forum_mut(chat).is_some_and(|forum| forum.find(id, now)) {
            true => Ok(Some(id)),
            false => Err(ApiError::bad_request("message thread not found")),
        }
    }

    /// Whether the bot may write in a topic, or else in General, as the servers see it.
    pub(super) fn may_write_in_topic(&self, chat: i64, topic: Option<MessageId>) -> Result<(), ApiError> {
        let id = topic.unwrap_or(GENERAL_TOPIC);
        match self.forum(chat).and_then(|forum| forum.state(id)) {
            None | Some(TopicState::Open) => Ok(()),
            Some(TopicState::Deleted) => Err(ApiError::bad_request("TOPIC_DELETED")),
            Some(_) if self.bot_runs_topic(chat, id) => Ok(()),
            Some(_) => Err(ApiError::bad_request("TOPIC_CLOSED")),
        }
    }

    /// Whether the bot created the topic, or manages all of them.
    pub(super) fn bot_runs_topic(&self, chat: i64, topic: MessageId) -> bool {
        let creator = self.forum(chat).and_then(|forum| forum.creator(topic));
        self.bot_may(chat, Right::ManageTopics) || creator == Some(&Sender::Bot)
    }

    pub(super) fn create_topic(&mut self, chat: i64, by: Sender, name: &str, icon_color: i64) -> MessageId {
        let created = Service::TopicCreated { name: name.to_owned(), icon_color };
        let id = self.say_service(chat, by.clone(), None, created);
        if let Some(forum) = self.forum_mut(chat) {
            forum.add(id, name, icon_color, by);
        }
        id
    }

    /// Changes a topic and says so in it.
    pub(super) fn change_topic(
        &mut self,
        chat: i64,
        by: Sender,
        id: MessageId,
        change: TopicChange,
    ) -> Result<(), &'static str> {
        let service = self.forum_mut(chat).ok_or("TOPIC_ID_INVALID")?.change(id, change)?;
        self.say_service(chat, by, Some(id).filter(|id| *id != GENERAL_TOPIC), service);
        Ok(())
    }

    /// A topic goes away with all its messages.
    pub(super) fn delete_topic(&mut self, chat: i64, id: MessageId) -> Result<(), &'static str> {
        self.forum_mut(chat).ok_or("TOPIC_ID_INVALID")?.delete(id)?;
        self.remove_messages(chat, |message| message.extras.in_topic && message.extras.thread == Some(id));
        Ok(())
    }

    /// Telegram says something in a chat, and the bot hears of it.
    pub(super) fn say_service(
        &mut self,
        chat: i64,
        by: Sender,
        topic: Option<MessageId>,
        service: Service,
    ) -> MessageId {
        let begins_topic = matches!(service, Service::TopicCreated { .. });
        let mut message = self.draft(chat, by);
        message.body = Body::Service(service);
        message.extras.thread = topic;
        message.extras.in_topic = topic.is_some();
        let mut message = self.store(message);
        if begins_topic {
            message.extras.thread = Some(message.id);
            message.extras.in_topic = true;
            self.keep_as(&message);
        }
        announce(self, "message", &message);
        message.id
    }
}

impl Emulator {
    /// A supergroup gets topics; General is there at once.
    pub fn make_forum(&self, group: i64) {
        self.change(|world| {
            let Some(state) = world.groups.get_mut(&group).filter(|state| state.group.kind == GroupKind::Supergroup)
            else {
                return;
            };
            let owner = state.members.first().map_or(Sender::AnonymousAdmin, |(owner, _)| Sender::Person(*owner));
            state.last_message = state.last_message.max(GENERAL_TOPIC.0);
            state.forum = Some(Forum::new(owner));
        });
    }

    /// A person opens a topic; it is named by the message that says so.
    pub fn create_topic(&self, group: i64, person: i64, name: &str) -> MessageId {
        self.change(|world| world.create_topic(group, Sender::Person(person), name, USUAL_COLOR))
    }

    /// A person closes a topic, or [`GENERAL_TOPIC`]; false if it was not open.
    pub fn close_topic(&self, group: i64, person: i64, topic: MessageId) -> bool {
        self.change(|world| world.change_topic(group, Sender::Person(person), topic, TopicChange::Close)).is_ok()
    }

    /// A person opens a topic again; false if it was open.
    pub fn reopen_topic(&self, group: i64, person: i64, topic: MessageId) -> bool {
        self.change(|world| world.change_topic(group, Sender::Person(person), topic, TopicChange::Reopen)).is_ok()
    }

    /// A person hides General, which closes it; false if it was hidden.
    pub fn hide_general_topic(&self, group: i64, person: i64) -> bool {
        self.change(|world| world.change_topic(group, Sender::Person(person), GENERAL_TOPIC, TopicChange::Hide)).is_ok()
    }

    /// People delete a topic with all that stands in it, and Telegram tells bots nothing; false if there is none.
    pub fn delete_topic(&self, group: i64, topic: MessageId) -> bool {
        self.change(|world| world.delete_topic(group, topic)).is_ok()
    }

    /// A person writes in a topic without answering anything there.
    pub fn say_in_topic(&self, group: i64, topic: MessageId, person: i64, text: &str) -> MessageId {
        self.deliver(group, Sender::Person(person), |_, message| {
            Place::Topic(topic).take(message);
            set_text(message, text);
        })
    }

    /// A person sends something else than text in a topic.
    pub fn send_in_topic(&self, group: i64, topic: MessageId, person: i64, content: Content) -> MessageId {
        self.send_at(group, person, Place::Topic(topic), content)
    }
}
