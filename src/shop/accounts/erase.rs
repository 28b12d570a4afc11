//! Erasing a person on their request, or by law.

use crate::domain::{AccountId, Actor, AuditAction, OrderNumber, PersonId};
use crate::shop::audit::admin;
use crate::shop::{Shop, ShopError};
use crate::store::{Decider, Erasure, Tx};

/// What came of erasing a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erasing {
    Unknown,
    /// They are an admin.
    Admin,
    /// These are to be completed or cancelled first.
    OpenOrders(Vec<OrderNumber>),
    /// So many others are in their account.
    HasColleagues(u64),
    /// So many orders stay without them.
    Erased {
        account: AccountId,
        orders: u64,
    },
}

impl Shop {
    /// Takes note that what is stored about somebody was asked for as files: by an admin or, without one, on the machine itself.
    pub async fn person_exported(&self, tx: &mut Tx, person: PersonId, by: Option<&Decider>) -> Result<(), ShopError> {
        let by = by.map_or(Actor::System, admin);
        Ok(self.note(tx, &by, &AuditAction::PersonExported(person)).await?)
    }

    /// Takes a person out of all that is stored, on behalf of an admin or, without one, of whoever works on the machine itself.
    pub async fn erase(&self, tx: &mut Tx, person: PersonId, by: Option<&Decider>) -> Result<Erasing, ShopError> {
        if self.admin_ids(tx).await?.contains(&person) {
            return Ok(Erasing::Admin);
        }
        Ok(match tx.erase_person(person, self.clock.now()).await? {
            Erasure::Unknown => Erasing::Unknown,
            Erasure::OpenOrders(numbers) => Erasing::OpenOrders(numbers),
            Erasure::HasColleagues(count) => Erasing::HasColleagues(count),
            Erasure::Erased { account, orders } => {
                let by = by.map_or(Actor::System, admin);
                self.note(tx, &by, &AuditAction::Erased(account)).await?;
                Erasing::Erased { account, orders }
            }
        })
    }
}
