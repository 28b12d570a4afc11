//! What admins did beside orders, for the other admins to see.

use super::{Shop, ShopError};
use crate::domain::{Actor, AdminNotification, AuditAction, Period, Role};
use crate::store::{Decider, StoreError, Tx};

impl Shop {
    /// Takes note that an admin asked for the orders of a period as files, and lets the others know.
    pub async fn exported(&self, tx: &mut Tx, by: &Decider, period: Period) -> Result<(), ShopError> {
        self.note(tx, &admin(by), &AuditAction::Exported(period)).await?;
        let told = AdminNotification::Exported { by: by.name.clone(), period };
        Ok(self.tell_other_admins(tx, &[by.id], &told).await?)
    }

    /// The same for whoever works on the machine itself, by a command.
    pub async fn exported_by_command(&self, tx: &mut Tx, period: Period) -> Result<(), ShopError> {
        Ok(self.note(tx, &Actor::System, &AuditAction::Exported(period)).await?)
    }

    pub(super) async fn note(&self, tx: &mut Tx, by: &Actor, action: &AuditAction) -> Result<(), StoreError> {
        tx.append_audit(by, action, self.clock.now()).await
    }
}

/// An admin as the one who acts.
pub(super) fn admin(by: &Decider) -> Actor {
    Actor::Person { id: by.id, name: by.name.clone(), role: Role::Admin }
}
