//! What a message is to whoever reads it: whether somebody waits for it, whether it is perhaps one of two, and whether it may be
//! passed on.

use crate::domain::orders::actor::Actor;
use crate::domain::orders::status::Role;

/// Whether an earlier sending of the same message may have arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sending {
    /// No earlier one can have.
    First,
    /// An earlier one ended without an answer, so the reader may have seen it.
    PossibleDuplicate,
}

impl Sending {
    pub fn of(may_be_known: bool) -> Sending {
        if may_be_known { Sending::PossibleDuplicate } else { Sending::First }
    }
}

/// Who waits for a message: those of a former lane go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Somebody who just did something.
    Tap,
    /// Somebody who is to know.
    Notice,
    /// Nobody at this moment.
    Bulk,
}

impl Lane {
    /// Who waits for what comes of something that this actor did.
    pub fn of(actor: &Actor) -> Lane {
        match actor {
            Actor::Person { role: Role::Staff | Role::Admin, .. } => Lane::Tap,
            Actor::Person { .. } | Actor::System => Lane::Notice,
        }
    }
}

/// Whether readers may pass a message on (`protect_content`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// They may forward and save it.
    Free,
    /// Their apps let them do neither.
    Protected,
}
