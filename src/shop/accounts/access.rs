//! Who is served: newcomers are met, let in or refused, and shut out.

use crate::domain::{Access, AccessPolicy, AccountNotification, AuditAction, Notification, Person, PersonId};
use crate::shop::audit::admin;
use crate::shop::{Recipient, Shop, ShopError};
use crate::store::{AccessChange, AccessDecision, Asked, Customer, Decider, Tx};

impl Shop {
    /// Takes note of whoever did something; a newcomer has the access that newcomers have.
    pub async fn meet(&self, tx: &mut Tx, person: &Person) -> Result<Customer, ShopError> {
        let policy = match self.config.shop.access {
            AccessPolicy::Approval if self.is_admin(tx, person.id).await? => AccessPolicy::Open,
            policy => policy,
        };
        Ok(tx.meet(person, policy.at_first_sight(), self.clock.now()).await?)
    }

    /// Takes note of one of the vendor's people: whoever was let in among them need not be let in by them.
    pub async fn meet_staff(&self, tx: &mut Tx, person: &Person) -> Result<Customer, ShopError> {
        Ok(tx.meet(person, Access::Admitted, self.clock.now()).await?)
    }

    /// Asks staff to let somebody in who waits for it, once.
    pub async fn ask_for_access(&self, tx: &mut Tx, person: PersonId) -> Result<Asked, ShopError> {
        let asked = tx.ask_access(person, self.clock.now()).await?;
        if asked == Asked::Now {
            let notification = Notification::Account(AccountNotification::AccessAsked(person));
            self.tell(tx, Recipient::Staff, None, &notification).await?;
            tx.say_when_committed(move || tracing::info!("person {person} asks to be let in"));
        }
        Ok(asked)
    }

    /// Lets somebody in who waits, or refuses them; of two who decide at once one is first.
    pub async fn decide_access(
        &self,
        tx: &mut Tx,
        by: &Decider,
        person: PersonId,
        access: Access,
    ) -> Result<AccessDecision, ShopError> {
        let decision = tx.decide_access(person, access, by, self.clock.now()).await?;
        if decision == AccessDecision::Done {
            if access == Access::Admitted {
                self.tell_of_account(tx, person, AccountNotification::Admitted(person)).await?;
            }
            tx.say_when_committed(move || {
                tracing::info!(about = person.0, "access of person {person} is {}", access.code());
            });
        }
        Ok(decision)
    }

    pub async fn block(&self, tx: &mut Tx, by: &Decider, person: PersonId) -> Result<AccessChange, ShopError> {
        self.set_access(tx, by, person, Access::Blocked, AuditAction::Blocked(person)).await
    }

    /// Lets somebody in, whatever their access was. Whoever asked for it hears of it.
    pub async fn unblock(&self, tx: &mut Tx, by: &Decider, person: PersonId) -> Result<AccessChange, ShopError> {
        let before = tx.customer(person).await?.map(|customer| customer.access);
        let change = self.set_access(tx, by, person, Access::Admitted, AuditAction::Unblocked(person)).await?;
        if change == AccessChange::Done && matches!(before, Some(Access::Waiting | Access::Refused)) {
            self.tell_of_account(tx, person, AccountNotification::Admitted(person)).await?;
        }
        Ok(change)
    }

    async fn set_access(
        &self,
        tx: &mut Tx,
        by: &Decider,
        person: PersonId,
        access: Access,
        action: AuditAction,
    ) -> Result<AccessChange, ShopError> {
        let change = tx.set_access(person, access, by, self.clock.now()).await?;
        if change == AccessChange::Done {
            self.note(tx, &admin(by), &action).await?;
            let by = by.id;
            tx.say_when_committed(move || {
                tracing::info!(about = person.0, "admin {by} set the access of {person} to {}", access.code());
            });
        }
        Ok(change)
    }
}
