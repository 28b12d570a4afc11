//! What an update means to the desk.

use crate::dialogue::Input;
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
    /// A person blocked the bot or came back.
    Reachability {
        /// Who.
        person: PersonId,
        /// Whether messages get through from now on.
        reachability: Reachability,
    },
    /// A group became a supergroup.
    GroupMoved {
        /// Its id until now.
        from: ChatId,
        /// Its id from now on.
        to: ChatId,
    },
    /// The bot was taken into a group, perhaps again.
    JoinedGroup(ChatId),
    /// Nothing that concerns the desk.
    Nothing,
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
    /// Whose update this is; updates of one person keep their order.
    pub fn person(&self) -> Option<PersonId> {
        match &self.event {
            Event::Customer { person, .. } => Some(person.id),
            Event::Reachability { person, .. } => Some(*person),
            Event::GroupMoved { .. } | Event::JoinedGroup(_) | Event::Nothing => None,
        }
    }

    /// The press that waits for an answer.
    pub fn query(&self) -> Option<&str> {
        match &self.event {
            Event::Customer { via: Via::Press { query, .. }, .. } => Some(query),
            _ => None,
        }
    }
}
