//! Accounts that colleagues share: their people, and the invitations to them.

use chrono::{DateTime, Utc};

use crate::domain::accounts::account::{INVITATION_LIFE, MAX_INVITATIONS, MAX_MEMBERS};
use crate::domain::{Access, Account, AccountId, Invitation, InvitationToken, Invited, Inviter, Member, PersonId};

use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, Seat};
use crate::store::error::StoreError;

/// What came of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inviting {
    Open,
    /// The person does not own the account that they are in.
    NotOwner,
    /// Too many stand open.
    TooMany,
    /// The account has room for nobody else.
    Full,
}

/// What came of taking a member out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// They are back in the account that they founded.
    Removed,
    /// They are no member of that owner's account; nothing was stored.
    NotThere,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    id: i64,
    name: String,
    username: Option<String>,
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    token: String,
    expires_at: DateTime<Utc>,
    invited_name: Option<String>,
}

/// Where a person stands.
#[derive(sqlx::FromRow)]
struct Membership {
    account_id: i64,
    own_account_id: i64,
}

impl Tx {
    /// An account with its people.
    pub async fn account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let owner: Option<i64> = on!(self, |db| sqlx::query_scalar("SELECT founder FROM accounts WHERE id = $1")
            .bind(id.0)
            .fetch_optional(db)
            .await?);
        let Some(owner) = owner else { return Ok(None) };
        let rows: Vec<MemberRow> = on!(self, |db| sqlx::query_as(
            "SELECT id, name, username FROM people WHERE account_id = $1
             ORDER BY CASE WHEN id = $2 THEN 0 ELSE 1 END, joined_at, id"
        )
        .bind(id.0)
        .bind(owner)
        .fetch_all(db)
        .await?);
        let member = |row: MemberRow| Member { id: PersonId(row.id), name: row.name, username: row.username };
        Ok(Some(Account { id, owner: PersonId(owner), members: rows.into_iter().map(member).collect() }))
    }

    /// How many people an account has.
    pub async fn members_of(&mut self, account: AccountId) -> Result<usize, StoreError> {
        let count: i64 = on!(self, |db| sqlx::query_scalar("SELECT COUNT(*) FROM people WHERE account_id = $1")
            .bind(account.0)
            .fetch_one(db)
            .await?);
        usize::try_from(count).map_err(|_| StoreError::unreadable("count"))
    }

    /// The invitations to an account that can be used, oldest first.
    pub async fn invitations_to(
        &mut self,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Invitation>, StoreError> {
        let rows: Vec<InvitationRow> = on!(self, |db| sqlx::query_as(
            "SELECT token, expires_at, invited_name FROM invitations WHERE account_id = $1 AND expires_at > $2
             ORDER BY created_at, token"
        )
        .bind(account.0)
        .bind(now)
        .fetch_all(db)
        .await?);
        let invitation = |row: InvitationRow| {
            let token = InvitationToken::parse(&row.token).ok_or_else(|| StoreError::unreadable("invitation"))?;
            Ok(Invitation { token, expires_at: row.expires_at, invited: row.invited_name })
        };
        rows.into_iter().map(invitation).collect()
    }

    /// Opens an invitation to the account that the person owns and is in, and forgets those that have expired.
    pub async fn invite(
        &mut self,
        owner: PersonId,
        token: InvitationToken,
        invited: Option<(PersonId, &str)>,
        now: DateTime<Utc>,
    ) -> Result<Inviting, StoreError> {
        let account: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "UPDATE accounts SET created_at = created_at
             WHERE founder = $1 AND id = (SELECT p.account_id FROM people p WHERE p.id = $1)
             RETURNING id"
        )
        .bind(owner.0)
        .fetch_optional(db)
        .await?);
        let Some(account) = account.map(AccountId) else { return Ok(Inviting::NotOwner) };
        on!(self, |db| sqlx::query("DELETE FROM invitations WHERE account_id = $1 AND expires_at <= $2")
            .bind(account.0)
            .bind(now)
            .execute(db)
            .await?
            .rows_affected());
        let open = self.invitations_to(account, now).await?.len();
        if open >= MAX_INVITATIONS {
            return Ok(Inviting::TooMany);
        }
        if self.members_of(account).await? + open >= MAX_MEMBERS {
            return Ok(Inviting::Full);
        }
        on!(self, |db| sqlx::query(
            "INSERT INTO invitations (token, account_id, created_at, expires_at, invited, invited_name)
             VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(token.to_string())
        .bind(account.0)
        .bind(now)
        .bind(now + INVITATION_LIFE)
        .bind(invited.map(|(person, _)| person.0))
        .bind(invited.map(|(_, name)| name))
        .execute(db)
        .await?
        .rows_affected());
        Ok(Inviting::Open)
    }

    /// Withdraws an invitation to the account that the person owns; somebody else's stays.
    pub async fn withdraw_invitation(&mut self, owner: PersonId, token: InvitationToken) -> Result<(), StoreError> {
        // Somebody who is joining by it right now either has joined before or does not any more.
        on!(self, |db| sqlx::query("UPDATE accounts SET founder = founder WHERE founder = $1")
            .bind(owner.0)
            .execute(db)
            .await?
            .rows_affected());
        on!(self, |db| sqlx::query(
            "DELETE FROM invitations
             WHERE token = $1 AND account_id = (SELECT a.id FROM accounts a WHERE a.founder = $2)"
        )
        .bind(token.to_string())
        .bind(owner.0)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// What an invitation is worth to a person now.
    pub async fn invited(
        &mut self,
        person: PersonId,
        token: InvitationToken,
        now: DateTime<Utc>,
    ) -> Result<Invited, StoreError> {
        // An owner whom the vendor does not serve vouches for nobody.
        let account: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT i.account_id FROM invitations i
             JOIN accounts a ON a.id = i.account_id
             JOIN people p ON p.id = a.founder AND p.account_id = a.id
             WHERE i.token = $1 AND i.expires_at > $2 AND p.access = $3
                 AND (COALESCE(i.invited, $4) = $4 OR a.founder = $4)"
        )
        .bind(token.to_string())
        .bind(now)
        .bind(Access::Admitted.code())
        .bind(person.0)
        .fetch_optional(db)
        .await?);
        let (Some(account), Some(membership)) = (account, self.membership(person).await?) else {
            return Ok(Invited::NotValid);
        };
        if account == membership.account_id {
            return Ok(Invited::IsThere);
        }
        if account == membership.own_account_id {
            return Ok(Invited::NotValid);
        }
        if membership.account_id != membership.own_account_id {
            return Ok(Invited::IsMember);
        }
        if self.members_of(AccountId(membership.own_account_id)).await? > 1 {
            return Ok(Invited::HasMembers);
        }
        Ok(Invited::To(AccountId(account)))
    }

    /// Brings a person into the account that the invitation leads to, and uses it up. Invitations to the account that
    /// they leave are void, and whoever waited to be let in is let in by the account's owner.
    pub async fn join(
        &mut self,
        person: PersonId,
        token: InvitationToken,
        now: DateTime<Utc>,
    ) -> Result<Invited, StoreError> {
        self.facts.people.clear();
        let account = match self.invited(person, token, now).await? {
            Invited::To(account) => account,
            otherwise => return Ok(otherwise),
        };
        let Some(membership) = self.membership(person).await? else { return Ok(Invited::NotValid) };
        // Nobody else joins or invites here before this transaction ends.
        self.lock_accounts(&[account, AccountId(membership.own_account_id)].into()).await?;
        // Another transaction may have used the invitation, or brought people here, while this one waited.
        match self.invited(person, token, now).await? {
            Invited::To(still) if still == account => {}
            Invited::To(_) => return Ok(Invited::NotValid),
            otherwise => return Ok(otherwise),
        }
        on!(self, |db| sqlx::query("DELETE FROM invitations WHERE token = $1 OR account_id = $2")
            .bind(token.to_string())
            .bind(membership.own_account_id)
            .execute(db)
            .await?
            .rows_affected());
        on!(self, |db| sqlx::query("UPDATE people SET account_id = $2, joined_at = $3 WHERE id = $1")
            .bind(person.0)
            .bind(account.0)
            .bind(now)
            .execute(db)
            .await?
            .rows_affected());
        self.vouch(person, account, now).await?;
        Ok(Invited::To(account))
    }

    async fn vouch(&mut self, person: PersonId, account: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.facts.people.clear();
        on!(self, |db| sqlx::query(
            "UPDATE people SET
                 access = $3,
                 access_by = (SELECT a.founder FROM accounts a WHERE a.id = $2),
                 access_by_name = (SELECT o.name FROM people o JOIN accounts a ON a.founder = o.id WHERE a.id = $2),
                 access_decided_at = $5
             WHERE id = $1 AND access = $4"
        )
        .bind(person.0)
        .bind(account.0)
        .bind(Access::Admitted.code())
        .bind(Access::Waiting.code())
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Brings a member of the owner's account back to the one that they founded, and has their screen drawn anew.
    pub async fn remove_member(
        &mut self,
        owner: PersonId,
        member: PersonId,
        now: DateTime<Utc>,
    ) -> Result<Removal, StoreError> {
        self.facts.people.clear();
        let removed = on!(self, |db| sqlx::query(
            "UPDATE people SET
                 account_id = (SELECT own.id FROM accounts own WHERE own.founder = $2), joined_at = NULL
             WHERE id = $2 AND id <> $1 AND account_id = (
                 SELECT a.id FROM accounts a JOIN people o ON o.account_id = a.id AND o.id = a.founder
                 WHERE a.founder = $1
             )"
        )
        .bind(owner.0)
        .bind(member.0)
        .execute(db)
        .await?
        .rows_affected());
        if removed == 0 {
            return Ok(Removal::NotThere);
        }
        self.redraw_now(DialogueKey::private(member, Seat::Customer), now);
        Ok(Removal::Removed)
    }

    /// Brings a person back to the account that they founded; gives the owner of the one that they left.
    pub async fn leave_account(&mut self, person: PersonId) -> Result<Option<PersonId>, StoreError> {
        self.facts.people.clear();
        let owner: Option<i64> = on!(self, |db| {
            sqlx::query_scalar(
            "SELECT a.founder FROM people p JOIN accounts a ON a.id = p.account_id WHERE p.id = $1 AND a.founder <> $1"
        )
        .bind(person.0)
        .fetch_optional(db)
        .await?
        });
        on!(self, |db| sqlx::query(
            "UPDATE people SET account_id = (SELECT a.id FROM accounts a WHERE a.founder = $1), joined_at = NULL
             WHERE id = $1"
        )
        .bind(person.0)
        .execute(db)
        .await?
        .rows_affected());
        Ok(owner.map(PersonId))
    }

    /// Who invites to an account.
    pub async fn inviter(&mut self, account: AccountId) -> Result<Option<Inviter>, StoreError> {
        let row: Option<(String, Option<String>)> = on!(self, |db| sqlx::query_as(
            "SELECT p.name, b.company FROM accounts a
             JOIN people p ON p.id = a.founder LEFT JOIN billing b ON b.account_id = a.id
             WHERE a.id = $1"
        )
        .bind(account.0)
        .fetch_optional(db)
        .await?);
        Ok(row.map(|(owner_name, company)| Inviter { owner_name, company }))
    }

    async fn membership(&mut self, person: PersonId) -> Result<Option<Membership>, StoreError> {
        Ok(on!(self, |db| sqlx::query_as(
            "SELECT p.account_id, own.id AS own_account_id
             FROM people p JOIN accounts own ON own.founder = p.id WHERE p.id = $1"
        )
        .bind(person.0)
        .fetch_optional(db)
        .await?))
    }
}
