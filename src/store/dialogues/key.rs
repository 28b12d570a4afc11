//! Whose dialogue it is, where, and in which seat.

use crate::domain::{ChatId, PersonId};
use crate::store::error::StoreError;

/// Whose dialogue, and where; in a staff chat each person has their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DialogueKey {
    pub chat: ChatId,
    pub person: PersonId,
    /// On whose side they are there.
    pub seat: Seat,
}

/// On which side of the counter a person is. An admin in private takes both, each with a dialogue of its own; in a group
/// there are only the vendor's people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seat {
    Customer,
    /// They work for the vendor.
    Vendor,
}

impl DialogueKey {
    /// A person's dialogue with the bot in private.
    pub fn private(person: PersonId, seat: Seat) -> DialogueKey {
        DialogueKey { chat: person.private_chat(), person, seat }
    }

    /// Whether nobody else is there.
    pub fn is_private(&self) -> bool {
        self.chat == self.person.private_chat()
    }

    /// The dialogue of the same person in the same chat on the other side, if there can be one.
    pub(in crate::store) fn opposite(self) -> Option<DialogueKey> {
        let seat = match self.seat {
            Seat::Customer => Seat::Vendor,
            Seat::Vendor => Seat::Customer,
        };
        self.is_private().then_some(DialogueKey { seat, ..self })
    }
}

impl Seat {
    pub(in crate::store) fn code(self) -> &'static str {
        match self {
            Seat::Customer => "customer",
            Seat::Vendor => "vendor",
        }
    }

    pub(in crate::store) fn parse(code: &str) -> Result<Seat, StoreError> {
        [Seat::Customer, Seat::Vendor]
            .into_iter()
            .find(|seat| seat.code() == code)
            .ok_or_else(|| StoreError::unreadable("seat"))
    }
}

/// From the columns `chat_id`, `person_id` and `seat`.
pub(in crate::store) fn read_key(chat: i64, person: i64, seat: &str) -> Result<DialogueKey, StoreError> {
    Ok(DialogueKey { chat: ChatId(chat), person: PersonId(person), seat: Seat::parse(seat)? })
}
