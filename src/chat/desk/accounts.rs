//! What happens to accounts: members come and go, billing details are kept, newcomers are let in.

use super::fact::Notification;
use super::letters::{Dispatch, sent};
use super::{Desk, DeskError, Handled};
use crate::chat::action::{AccessAction, AccountAction, Action, DraftAction};
use crate::chat::dialogue::{
    AccountBanner, AccountContext, AccountEffect, AccountState, Banner, BillingNeed, BillingState, Command, Dialogue,
    Input, State,
};
use crate::chat::view::{AccountView, Screen, SettingsView, Subject, account};
use crate::domain::{
    Access, AccessPolicy, Billing, BillingPolicy, InvitationToken, Invited, MessageId, Person, PersonId, Sending,
    Stored,
};
use crate::store::{AccessDecision, Asked, Customer, Decider, Inviting, NewOutboxMessage, Removal, Tx};
use serde::{Deserialize, Serialize};

/// Something about an account that somebody is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountNotification {
    /// To the staff chat: this person asks to be let in.
    AccessAsked(PersonId),
    /// To the staff chat: it was decided about this person, and the message that asked is to show it.
    AccessDecided {
        /// Who asked to be let in.
        person: PersonId,
        /// The message.
        message: MessageId,
    },
    /// To the person: they were let in.
    Admitted(PersonId),
    /// To an account's owner: somebody joined.
    Joined {
        /// Who is told.
        owner: PersonId,
        /// Who joined.
        member: PersonId,
    },
    /// To an account's owner: somebody left.
    Left {
        /// Who is told.
        owner: PersonId,
        /// Who left.
        member: PersonId,
    },
    /// To a former member: the owner took them out.
    Removed {
        /// Whose account it is.
        owner: PersonId,
        /// Who is told.
        member: PersonId,
    },
}

impl Desk {
    /// Takes note of whoever did something; a newcomer has the access that newcomers have.
    pub(super) async fn meet(&self, tx: &mut Tx, person: &Person) -> Result<Customer, DeskError> {
        let policy = match self.config.shop.access {
            AccessPolicy::Approval if self.standing(tx, person.id).await?.is_admin() => AccessPolicy::Open,
            policy => policy,
        };
        Ok(tx.meet(person, policy.at_first_sight(), self.clock.now()).await?)
    }

    /// Whether the person sees only that they are not served. Somebody who waits can still join by an invitation.
    pub(super) async fn holds_back(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        input: &Input,
        place: &State,
    ) -> Result<bool, DeskError> {
        if customer.access == Access::Admitted {
            return Ok(false);
        }
        let is_joining = match (token_of(input), place) {
            (Some(token), _) if matches!(input, Input::Command(_)) => Some(token),
            (Some(token), State::Account(AccountState::Joining(asked))) if *asked == token => Some(token),
            _ => None,
        };
        if let (Access::Waiting, Some(token)) = (customer.access, is_joining) {
            let invited = tx.invited(customer.person.id, token, self.clock.now()).await?;
            if matches!(invited, Invited::To(_)) {
                return Ok(false);
            }
        }
        if customer.access == Access::Waiting {
            self.ask_for_access(tx, customer.person.id).await?;
        }
        Ok(true)
    }

    async fn ask_for_access(&self, tx: &mut Tx, person: PersonId) -> Result<(), DeskError> {
        let now = self.clock.now();
        if tx.ask_access(person, now).await? == Asked::Now {
            let chat = self.staff_chat(tx).await?;
            let fact = Notification::Account(AccountNotification::AccessAsked(person)).encode()?;
            tx.post(&NewOutboxMessage { chat, order: None, body: fact }, now).await?;
            tracing::info!(person = person.0, "person {person} asks to be let in");
        }
        Ok(())
    }

    /// What a step may look at about the account.
    pub(super) async fn account_context(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        input: &Input,
    ) -> Result<AccountContext<'static>, DeskError> {
        let invited = match token_of(input) {
            Some(token) => tx.invited(customer.person.id, token, self.clock.now()).await?,
            None => Invited::NotValid,
        };
        let sends = matches!(input, Input::Press(Some(Action::Draft(_, DraftAction::Send { .. }))));
        let asks = sends && self.config.shop.billing == BillingPolicy::Required;
        let is_missing = asks && tx.billing_of(customer.account).await?.is_none();
        let billing = if is_missing { BillingNeed::First } else { BillingNeed::None };
        Ok(AccountContext { invited, billing, kept: None })
    }

    /// The billing details, for an input about them; those that one of several colleagues changes stay as they are until
    /// that is done.
    pub(super) async fn billing_at_hand(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        input: &Input,
        place: &State,
    ) -> Result<Option<Billing>, DeskError> {
        Ok(match (input, place) {
            (Input::Press(Some(Action::Billing(_))), _) => tx.billing_of(customer.account).await?,
            (
                Input::Text(_) | Input::Attachment(_),
                State::Billing(BillingState::Changing(_) | BillingState::CompletingInn(_)),
            ) => tx.locked_billing_of(customer.account).await?,
            _ => None,
        })
    }

    /// Does what a step decided, and says what came of it.
    pub(super) async fn apply_to_account(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        effect: AccountEffect,
        dialogue: Dialogue,
    ) -> Result<Dialogue, DeskError> {
        let (person, now) = (customer.person.id, self.clock.now());
        let notice = match effect {
            AccountEffect::Invite => match tx.invite(person, fresh_token()?, now).await? {
                Inviting::Open => Some(AccountBanner::Invited),
                Inviting::TooMany => Some(AccountBanner::TooManyInvitations),
                Inviting::Full => Some(AccountBanner::AccountFull),
                Inviting::NotOwner => None,
            },
            AccountEffect::Withdraw(token) => {
                tx.withdraw_invitation(person, token).await?;
                Some(AccountBanner::Withdrawn)
            }
            AccountEffect::Remove(member) => match tx.remove_member(person, member, now).await? {
                Removal::Removed => {
                    let fact = AccountNotification::Removed { owner: person, member };
                    self.tell(tx, member, fact).await?;
                    tracing::info!(person = member.0, "person {member} was taken out of an account");
                    Some(AccountBanner::Removed)
                }
                Removal::NotThere => None,
            },
            AccountEffect::Leave => match tx.leave_account(person).await? {
                Some(owner) => {
                    self.tell(tx, owner, AccountNotification::Left { owner, member: person }).await?;
                    Some(AccountBanner::Left)
                }
                None => None,
            },
            AccountEffect::Join(token) => Some(self.join(tx, person, token).await?),
            AccountEffect::KeepBilling(billing) => {
                tx.keep_billing(customer.account, &billing, person, now).await?;
                return Ok(dialogue);
            }
        };
        Ok(Dialogue { notice: notice.map(Banner::Account), ..dialogue })
    }

    async fn join(&self, tx: &mut Tx, person: PersonId, token: InvitationToken) -> Result<AccountBanner, DeskError> {
        let account = match tx.join(person, token, self.clock.now()).await? {
            Invited::To(account) => account,
            Invited::NotValid => return Ok(AccountBanner::InvitationNotValid),
            Invited::HasMembers => return Ok(AccountBanner::HasMembers),
            Invited::IsMember => return Ok(AccountBanner::IsMember),
        };
        if let Some(account) = tx.account(account).await? {
            self.tell(tx, account.owner, AccountNotification::Joined { owner: account.owner, member: person }).await?;
        }
        tracing::info!(person = person.0, "person {person} joined account {account}");
        Ok(AccountBanner::Joined)
    }

    pub(super) async fn tell(&self, tx: &mut Tx, person: PersonId, fact: AccountNotification) -> Result<(), DeskError> {
        let notice =
            NewOutboxMessage { chat: person.private_chat(), order: None, body: Notification::Account(fact).encode()? };
        Ok(tx.post(&notice, self.clock.now()).await?)
    }

    /// A press on the staff chat's question whether to let somebody in. Of two who press at once one is first, and the
    /// other reads who that was. The caller has seen to it that `by` is staff.
    pub(super) async fn decide_access(
        &self,
        tx: &mut Tx,
        by: &Person,
        (person, action): (PersonId, AccessAction),
        message: MessageId,
    ) -> Result<Handled, DeskError> {
        self.tell_staff(tx, None, &Notification::Account(AccountNotification::AccessDecided { person, message }))
            .await?;
        let access = match action {
            AccessAction::Admit => Access::Admitted,
            AccessAction::Refuse => Access::Refused,
        };
        let decider = Decider { id: by.id, name: by.name.clone() };
        let texts = self.texts_in(self.config.shop.default_language);
        let answer = match tx.decide_access(person, access, &decider, self.clock.now()).await? {
            AccessDecision::Done => {
                if access == Access::Admitted {
                    self.tell(tx, person, AccountNotification::Admitted(person)).await?;
                }
                tracing::info!(person = person.0, by = by.id.0, "access of person {person} is {}", access.code());
                account::access_word(access, &texts)
            }
            AccessDecision::Lost { access, by: None } => {
                let decision = account::access_word(access, &texts);
                texts.say_with("access-decided-before", &[("decision", decision.into())])
            }
            AccessDecision::Lost { access, by: Some((name, at)) } => {
                let variables = [
                    ("decision", account::access_word(access, &texts).into()),
                    ("name", name.into()),
                    ("date", texts.date_time(at).into()),
                ];
                texts.say_with("access-decided-first", &variables)
            }
            AccessDecision::Unknown => texts.say("access-unknown"),
        };
        Ok(Handled { answer: Some(answer), ..Handled::default() })
    }

    /// What a place about the account shows.
    pub(super) async fn account_subject(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        place: &AccountState,
    ) -> Result<Subject, DeskError> {
        let (reader, now) = (customer.person.id, self.clock.now());
        if let AccountState::Joining(token) = place {
            return Ok(Subject::Invitation(match tx.invited(reader, *token, now).await? {
                Invited::To(account) => tx.inviter(account).await?,
                Invited::NotValid | Invited::HasMembers | Invited::IsMember => None,
            }));
        }
        let Some(account) = tx.account(customer.account).await? else { return Ok(Subject::Nothing) };
        let open = if account.owner == reader { tx.invitations_to(account.id, now).await? } else { Vec::new() };
        let invitations =
            open.into_iter().map(|invitation| (invitation.clone(), self.link(invitation.token))).collect();
        Ok(Subject::Account(AccountView { account, reader, invitations }))
    }

    /// What the settings say of the account.
    pub(super) async fn settings_subject(&self, tx: &mut Tx, customer: &Customer) -> Result<Subject, DeskError> {
        let Some(account) = tx.account(customer.account).await? else { return Ok(Subject::Nothing) };
        let account = AccountView { account, reader: customer.person.id, invitations: Vec::new() };
        let billing = tx.billing_of(customer.account).await?;
        Ok(Subject::Settings(SettingsView { account, billing }))
    }

    fn link(&self, token: InvitationToken) -> String {
        format!("https://t.me/{}?start=join_{token}", self.username)
    }

    /// A notice about an account as its reader is to see it.
    pub(super) async fn render_account(
        &self,
        tx: &mut Tx,
        fact: &AccountNotification,
        sending: Sending,
    ) -> Result<Option<Dispatch>, DeskError> {
        let (reader, other) = match fact {
            AccountNotification::AccessAsked(person) => {
                return Ok(self.access_request(tx, *person, sending).await?.map(sent));
            }
            AccountNotification::AccessDecided { person, message } => {
                let screen = self.access_request(tx, *person, Sending::First).await?;
                return Ok(screen.map(|screen| Dispatch::Edit(*message, screen)));
            }
            AccountNotification::Admitted(person) => (*person, *person),
            AccountNotification::Joined { owner, member } | AccountNotification::Left { owner, member } => {
                (*owner, *member)
            }
            AccountNotification::Removed { owner, member } => (*member, *owner),
        };
        let (Some(reader), Some(other)) = (tx.customer(reader).await?, tx.customer(other).await?) else {
            return Ok(None);
        };
        let (texts, name) = (self.texts_for(&reader), &other.person.name);
        Ok(Some(sent(match fact {
            AccountNotification::Joined { .. } => account::joined(name, &texts),
            AccountNotification::Left { .. } => account::left(name, &texts),
            AccountNotification::Removed { .. } => account::removed(name, &texts),
            AccountNotification::Admitted(_)
            | AccountNotification::AccessAsked(_)
            | AccountNotification::AccessDecided { .. } => account::admitted(&self.config.shop.name, &texts),
        })))
    }

    /// The staff chat's question about a newcomer, or what came of it.
    async fn access_request(
        &self,
        tx: &mut Tx,
        person: PersonId,
        sending: Sending,
    ) -> Result<Option<Screen>, DeskError> {
        let texts = self.texts_in(self.config.shop.default_language);
        let asking = tx.customer(person).await?;
        Ok(asking.map(|asking| account::access_request(&asking.person, asking.access, sending, &texts)))
    }
}

/// The dialogue of somebody who is not served: it keeps what they had, and forgets what they were asked.
pub(super) fn held_back(dialogue: Dialogue) -> Dialogue {
    let place = match dialogue.place {
        State::Account(AccountState::Joining(_)) => State::Home,
        place => place,
    };
    Dialogue { place, notice: None, ..dialogue }
}

/// What somebody sees who is not served; `None` when the screen is theirs to see.
pub(super) fn shown_instead(customer: &Customer, subject: &Subject) -> Option<Access> {
    match (customer.access, subject) {
        (Access::Admitted, _) | (Access::Waiting, Subject::Invitation(Some(_))) => None,
        (access, _) => Some(access),
    }
}

fn token_of(input: &Input) -> Option<InvitationToken> {
    match input {
        Input::Command(Command::Join(token)) => *token,
        Input::Press(Some(Action::Account(AccountAction::Join(token)))) => Some(*token),
        _ => None,
    }
}

fn fresh_token() -> Result<InvitationToken, DeskError> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(DeskError::NoRandomness)?;
    Ok(InvitationToken::from_random(bits))
}
