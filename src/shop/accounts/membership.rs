//! Accounts that colleagues share: who comes and who goes.

use crate::domain::{AccountNotification, InvitationToken, Invited, PersonId};
use crate::shop::{Shop, ShopError};
use crate::store::{Inviting, Removal, StoreError, Tx};

/// What came of leaving a colleague's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// The person is back in the account that they founded.
    Left {
        /// Who owns the account that they left.
        owner: PersonId,
    },
    /// They were in no colleague's account.
    NotMember,
}

impl Shop {
    /// What an invitation is worth to a person now.
    pub async fn invited(&self, tx: &mut Tx, person: PersonId, token: InvitationToken) -> Result<Invited, StoreError> {
        tx.invited(person, token, self.clock.now()).await
    }

    /// Opens an invitation to the owner's account, for whoever has it or for this person alone, by what the owner calls
    /// them.
    pub async fn invite(
        &self,
        tx: &mut Tx,
        owner: PersonId,
        invited: Option<(PersonId, &str)>,
    ) -> Result<Inviting, ShopError> {
        Ok(tx.invite(owner, fresh_token()?, invited, self.clock.now()).await?)
    }

    /// Withdraws an invitation to the owner's account.
    pub async fn withdraw(&self, tx: &mut Tx, owner: PersonId, token: InvitationToken) -> Result<(), ShopError> {
        Ok(tx.withdraw_invitation(owner, token).await?)
    }

    /// Takes a member out of the owner's account, and tells them.
    pub async fn remove(&self, tx: &mut Tx, owner: PersonId, member: PersonId) -> Result<Removal, ShopError> {
        let removal = tx.remove_member(owner, member, self.clock.now()).await?;
        if removal == Removal::Removed {
            tx.customer_changed(member);
            self.tell_of_account(tx, member, AccountNotification::Removed { owner, member }).await?;
            tx.say_when_committed(move || {
                tracing::info!(about = member.0, "person {member} was taken out of an account");
            });
        }
        Ok(removal)
    }

    /// Takes a person out of a colleague's account, and tells its owner.
    pub async fn leave(&self, tx: &mut Tx, person: PersonId) -> Result<Leaving, ShopError> {
        let Some(owner) = tx.leave_account(person).await? else { return Ok(Leaving::NotMember) };
        // Who stands before the list of the colleagues sees them go.
        tx.customer_changed(owner);
        self.tell_of_account(tx, owner, AccountNotification::Left { owner, member: person }).await?;
        tx.say_when_committed(move || tracing::info!("person {person} left an account"));
        Ok(Leaving::Left { owner })
    }

    /// Brings a person into the account that an invitation leads to, and tells its owner.
    pub async fn join(&self, tx: &mut Tx, person: PersonId, token: InvitationToken) -> Result<Invited, ShopError> {
        let outcome = tx.join(person, token, self.clock.now()).await?;
        if let Invited::To(account) = outcome {
            if let Some(account) = tx.account(account).await? {
                // Whoever stands before the invitation sees that it was used.
                account.members.iter().for_each(|member| tx.customer_changed(member.id));
                let joined = AccountNotification::Joined { owner: account.owner, member: person };
                self.tell_of_account(tx, account.owner, joined).await?;
            }
            tx.say_when_committed(move || tracing::info!("person {person} joined account {account}"));
        }
        Ok(outcome)
    }
}

fn fresh_token() -> Result<InvitationToken, ShopError> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(ShopError::NoRandomness)?;
    Ok(InvitationToken::from_random(bits))
}
