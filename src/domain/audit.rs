//! What admins did beside orders, whose own trail is theirs: rows that are only ever added.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::catalogue::revision::Revision;
use crate::domain::ids::{AccountId, PersonId, Sku};
use crate::domain::orders::actor::Actor;
use crate::domain::reports::period::Period;
use crate::domain::stock::withdrawal::WithdrawalReason;
use crate::domain::stored::Stored;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// This person became an admin.
    Appointed(PersonId),
    Dismissed(PersonId),
    Blocked(PersonId),
    Unblocked(PersonId),
    /// The orders of this period were asked for as files.
    Exported(Period),
    /// Serial numbers came into the stock.
    Imported {
        sku: Sku,
        /// New in the stock.
        added: u64,
        known: u64,
    },
    /// Serial numbers were taken out of the stock unsold.
    Withdrawn {
        sku: Sku,
        count: u64,
        reason: WithdrawalReason,
    },
    /// Another price list holds.
    PriceListApplied,
    /// One price or quantity of the price list is another.
    PriceListRevised(Revision),
    /// What is stored about this person was asked for as files.
    PersonExported(PersonId),
    /// A person was erased; what is left of them is the account that their orders are in.
    Erased(AccountId),
}

impl AuditAction {
    /// The person whom it was done to. Their name is not kept in the trail, which nobody could erase.
    pub fn subject(&self) -> Option<PersonId> {
        match self {
            AuditAction::Appointed(person)
            | AuditAction::Dismissed(person)
            | AuditAction::Blocked(person)
            | AuditAction::Unblocked(person)
            | AuditAction::PersonExported(person) => Some(*person),
            AuditAction::Exported(_)
            | AuditAction::Imported { .. }
            | AuditAction::Withdrawn { .. }
            | AuditAction::PriceListApplied
            | AuditAction::PriceListRevised(_)
            | AuditAction::Erased(_) => None,
        }
    }

    /// The same, done to somebody else: to nobody, once the person is erased.
    pub fn done_to(self, subject: PersonId) -> AuditAction {
        match self {
            AuditAction::Appointed(_) => AuditAction::Appointed(subject),
            AuditAction::Dismissed(_) => AuditAction::Dismissed(subject),
            AuditAction::Blocked(_) => AuditAction::Blocked(subject),
            AuditAction::Unblocked(_) => AuditAction::Unblocked(subject),
            AuditAction::PersonExported(_) => AuditAction::PersonExported(subject),
            AuditAction::Exported(_)
            | AuditAction::Imported { .. }
            | AuditAction::Withdrawn { .. }
            | AuditAction::PriceListApplied
            | AuditAction::PriceListRevised(_)
            | AuditAction::Erased(_) => self,
        }
    }
}

impl Stored for AuditAction {
    const SCHEMA: u32 = 1;
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    pub at: DateTime<Utc>,
    /// Whoever did it, by their name at that time.
    pub actor: Actor,
    pub action: AuditAction,
    /// The name of the person whom it was done to, as it is now; `None` for somebody who never wrote to the bot.
    pub subject_name: Option<String>,
}

/// One page of the audit, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    pub entries: Vec<AuditEntry>,
    /// This page, counted from 0.
    pub page: u32,
    /// How many there are; at least 1.
    pub pages: u32,
}
