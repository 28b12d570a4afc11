//! A person as the shop knows them.

use crate::domain::{Access, AccountId, Language, Person};
use crate::store::error::StoreError;
use crate::store::outbox::attempt::Wait;

/// A person as the shop knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// As Telegram described them last.
    pub person: Person,
    /// What their orders belong to.
    pub account: AccountId,
    /// What they chose, if they did.
    pub chosen_language: Option<Language>,
    /// Whether messages get through, as far as is known.
    pub reachability: Reachability,
    /// Whether they are served.
    pub access: Access,
    /// Whether something is parked for them.
    pub wait: Wait,
    /// Whether others share their account.
    pub has_colleagues: bool,
}

/// Whether messages to a person get through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reachability {
    Reachable,
    /// The person blocked the bot.
    Blocked,
    /// The person's Telegram account is gone.
    Deactivated,
}

impl Reachability {
    pub(in crate::store) fn code(self) -> &'static str {
        match self {
            Reachability::Reachable => "reachable",
            Reachability::Blocked => "blocked",
            Reachability::Deactivated => "deactivated",
        }
    }

    pub(in crate::store) fn parse(code: &str) -> Result<Reachability, StoreError> {
        [Reachability::Reachable, Reachability::Blocked, Reachability::Deactivated]
            .into_iter()
            .find(|reachability| reachability.code() == code)
            .ok_or_else(|| StoreError::unreadable("reachability"))
    }
}
