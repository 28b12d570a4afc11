//! What an update means to the desk.

use crate::chat::action::Action;
use crate::chat::dialogue::{Input, StaffCommand, Upload};
use crate::domain::{ChatId, MessageId, Person, PersonId, UpdateId};
use crate::store::Reachability;

/// One update, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What makes a redelivery recognisable.
    pub update: UpdateId,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A customer did something in their private chat.
    Customer {
        /// Who.
        person: Person,
        /// What.
        input: Input,
        /// How.
        via: Via,
    },
    /// Somebody did something in a group; what it is worth depends on the group.
    Group {
        /// Where.
        chat: ChatId,
        /// Who.
        person: Person,
        /// What.
        event: StaffEvent,
        /// How.
        via: Via,
    },
    /// Somebody whom nobody can name spoke to the bot in a group: an anonymous admin or a channel.
    AnonymousSender {
        /// Where.
        chat: ChatId,
        /// Their message.
        message: MessageId,
    },
    /// A person blocked the bot or came back.
    Reachability {
        /// Who.
        person: PersonId,
        /// Whether messages get through from now on.
        reachability: Reachability,
    },
    /// The bot may write in a group, again or for the first time.
    GroupJoined(ChatId),
    /// A group became a supergroup.
    GroupMoved {
        /// Its id until now.
        from: ChatId,
        /// Its id from now on.
        to: ChatId,
    },
    /// Nothing that concerns the desk.
    Nothing,
}

/// One thing that somebody did in a group, or an admin anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffEvent {
    /// Pressed a button; `None` when its data mean nothing.
    Press(Option<Action>),
    /// Typed a command.
    Command(StaffCommand),
    /// Wrote something else.
    Message {
        /// The message, in a group.
        id: Option<MessageId>,
        /// A text or a caption.
        text: String,
        /// What came with it.
        attachment: Upload,
        /// The message that it answers.
        reply_to: Option<MessageId>,
    },
    /// Changed a message of theirs.
    Edited {
        /// The message.
        id: MessageId,
        /// The message of the bot that it answers.
        reply_to: Option<MessageId>,
    },
}

/// How an input came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// As a message, which now stands below the screen.
    Message,
    /// By a press of a button.
    Press {
        /// What the answer goes to.
        query: String,
        /// The message that the button stands on.
        message: MessageId,
    },
}

impl Incoming {
    /// Gives every line that is logged about this update its ids. A span at the level of errors, since a filter such
    /// as `warn` would take one of a lower level away, and the ids with it.
    pub fn span(&self) -> tracing::Span {
        tracing::error_span!("update", update = self.update.0, person = self.person().map(|person| person.0))
    }

    /// Whose update this is; updates of one person keep their order.
    pub fn person(&self) -> Option<PersonId> {
        match &self.event {
            Event::Customer { person, .. } | Event::Group { person, .. } => Some(person.id),
            Event::Reachability { person, .. } => Some(*person),
            Event::AnonymousSender { .. } | Event::GroupJoined(_) | Event::GroupMoved { .. } | Event::Nothing => None,
        }
    }

    /// The press that waits for an answer.
    pub fn query(&self) -> Option<&str> {
        match &self.event {
            Event::Customer { via: Via::Press { query, .. }, .. }
            | Event::Group { via: Via::Press { query, .. }, .. } => Some(query),
            _ => None,
        }
    }
}
