//! What an update means to the chat.

use chrono::{DateTime, Utc};

use crate::chat::action::{Action, DraftAction};
use crate::chat::dialogue::Input;
use crate::domain::{ChatId, MessageId, Openness, Person, PersonId, StaffStanding, TopicId, UpdateId};
use crate::store::Reachability;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What makes a redelivery recognisable.
    pub update: UpdateId,
    pub event: Event,
    /// What it says of the group in which it happened.
    pub group: Option<GroupSeen>,
}

/// How a group was to be entered when something happened in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupSeen {
    pub chat: ChatId,
    /// `None` for its members alone.
    pub openness: Option<Openness>,
    /// When that was; `None` for the moment at which it is handled.
    pub at: Option<DateTime<Utc>>,
    /// Where in a forum it happened; `None` where there are no topics.
    pub topic: Option<TopicId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody did something, in private or in a group of its members alone; what it is worth depends on who and where.
    Said { chat: ChatId, person: Person, input: Box<Input>, via: Via },
    /// Somebody whom nobody can name spoke to the bot in a group: an anonymous admin or a channel.
    AnonymousSender { chat: ChatId, message: MessageId },
    /// Something was said or pressed where it is nobody's: in a chat that anybody can enter or read.
    SaidInTheOpen {
        chat: ChatId,
        /// The press that waits for an answer.
        query: Option<String>,
    },
    /// Somebody whom nobody can name pressed a button in a group.
    AnonymousPress { chat: ChatId, query: String },
    /// People came into a group or left it. Where their standing is not told, Telegram is asked when they act.
    MembersChanged { chat: ChatId, people: Vec<(Person, Option<StaffStanding>)> },
    /// A person blocked the bot or came back.
    Reachability {
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
    /// Nothing that concerns the bot.
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
    /// Gives every line that is logged about this update its ids. A span at the level of errors, since a filter such
    /// as `warn` would take one of a lower level away, and the ids with it. Whoever has them already is in the span.
    pub fn span(&self) -> tracing::Span {
        const NAME: &str = "update";
        let current = tracing::Span::current();
        if current.metadata().is_some_and(|around| around.name() == NAME) {
            return current;
        }
        tracing::error_span!(NAME, update = self.update.0, person = self.person().map(|person| person.0))
    }

    /// Who presses in private that their draft becomes an order.
    pub fn sends_a_draft(&self) -> Option<PersonId> {
        match &self.event {
            Event::Said { input, .. }
                if matches!(**input, Input::Press(Some(Action::Draft(_, DraftAction::Send { .. })))) =>
            {
                self.private_speaker()
            }
            _ => None,
        }
    }

    /// Whose update this is; updates of one person keep their order.
    pub fn person(&self) -> Option<PersonId> {
        match &self.event {
            Event::Said { person, .. } => Some(person.id),
            Event::Reachability { person, .. } => Some(*person),
            Event::MembersChanged { people, .. } => match people.as_slice() {
                [(person, _)] => Some(person.id),
                _ => None,
            },
            Event::AnonymousSender { .. }
            | Event::SaidInTheOpen { .. }
            | Event::AnonymousPress { .. }
            | Event::GroupJoined(_)
            | Event::GroupMoved { .. }
            | Event::Nothing => None,
        }
    }

    /// Who turns to the bot in private.
    pub fn private_speaker(&self) -> Option<PersonId> {
        match &self.event {
            Event::Said { chat, person, .. } if *chat == person.id.private_chat() => Some(person.id),
            _ => None,
        }
    }

    /// The press that waits for an answer.
    pub fn query(&self) -> Option<&str> {
        match &self.event {
            Event::Said { via: Via::Press { query, .. }, .. } | Event::AnonymousPress { query, .. } => Some(query),
            Event::SaidInTheOpen { query, .. } => query.as_deref(),
            _ => None,
        }
    }
}
