//! The transitions of the places about an account: its people, invitations, leaving and joining.

use serde::{Deserialize, Serialize};

use super::billing;
use super::state::{Banner, Dialogue, State};
use super::step::{Context, Effect, Step};
use crate::chat::action::AccountAction;
use crate::domain::{Billing, InvitationToken, Invited, PersonId};

/// Where a dialogue about the account stands, named by what it waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// A choice among the account's people and invitations.
    ReadingMembers,
    /// Whether to take this member out.
    ConfirmingRemoval(PersonId),
    /// Whether to leave the account.
    ConfirmingLeave,
    /// Whether to join by this invitation.
    Joining(InvitationToken),
}

/// One sentence about the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountBanner {
    /// The person joined.
    Joined,
    /// The invitation was used, withdrawn or forged, has expired, or leads to where the person is.
    InvitationNotValid,
    /// The person's own account has members.
    HasMembers,
    /// The person is in a colleague's account already.
    IsMember,
    /// An invitation was opened.
    Invited,
    /// Too many invitations stand open.
    TooManyInvitations,
    /// The account has room for nobody else.
    AccountFull,
    /// An invitation was withdrawn.
    Withdrawn,
    /// A member was taken out.
    Removed,
    /// The person left.
    Left,
    /// The order waits for billing details.
    BillingNeeded,
    /// The billing details were kept.
    BillingKept,
    /// They were kept without the KPP, which a sole trader has none of.
    KppDropped,
    /// They were kept with a tax number of another country in place of the Russian ones.
    ForeignNumberKept,
    /// They were kept with an INN in place of a tax number of another country.
    InnKept,
    /// The new INN is an organisation's and waits for its KPP.
    KppNeeded,
    /// A KPP was typed, and somebody had changed the INN to one that has none.
    KppNotTaken,
}

/// A lasting consequence for the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountEffect {
    /// Opens an invitation.
    Invite,
    /// Withdraws one.
    Withdraw(InvitationToken),
    /// Takes a member out.
    Remove(PersonId),
    /// Leaves the account of a colleague.
    Leave,
    /// Joins one.
    Join(InvitationToken),
    /// Keeps billing details.
    KeepBilling(Billing),
}

/// What a step may look at about the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountContext<'a> {
    /// What the invitation of this input is worth; [`Invited::NotValid`] when there is none.
    pub invited: Invited,
    /// Whether an order has to wait for billing details.
    pub billing: BillingNeed,
    /// The billing details, for an input about them.
    pub kept: Option<&'a Billing>,
}

/// Whether an order has to wait for billing details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillingNeed {
    /// They are there, or the shop does without.
    None,
    /// They are missing.
    First,
}

/// A link was opened; `None` when it carries no invitation that reads.
pub(super) fn open_invitation(dialogue: Dialogue, token: Option<InvitationToken>, context: &Context) -> Dialogue {
    let refused = |notice| dialogue.clone().at(State::Home).saying(Banner::Account(notice));
    match (token, context.account.invited) {
        (Some(token), Invited::To(_)) => dialogue.at(State::Account(AccountState::Joining(token))),
        (_, Invited::HasMembers) => refused(AccountBanner::HasMembers),
        (_, Invited::IsMember) => refused(AccountBanner::IsMember),
        (_, Invited::To(_) | Invited::NotValid) => refused(AccountBanner::InvitationNotValid),
    }
}

pub(super) fn on_press(dialogue: Dialogue, action: &AccountAction) -> Step {
    let members = State::Account(AccountState::ReadingMembers);
    match (action, dialogue.place.clone()) {
        (AccountAction::Settings, _) => Step::to(dialogue.at(State::ChoosingLanguage)),
        (AccountAction::Members, _) => Step::to(dialogue.at(members)),
        (AccountAction::Invite, place) if place == members => effect(dialogue, AccountEffect::Invite),
        (AccountAction::Withdraw(token), place) if place == members => {
            effect(dialogue, AccountEffect::Withdraw(*token))
        }
        (AccountAction::AskRemove(person), _) => {
            Step::to(dialogue.at(State::Account(AccountState::ConfirmingRemoval(*person))))
        }
        (AccountAction::Remove(person), State::Account(AccountState::ConfirmingRemoval(asked))) if asked == *person => {
            effect(dialogue.at(members), AccountEffect::Remove(*person))
        }
        (AccountAction::AskLeave, _) => Step::to(dialogue.at(State::Account(AccountState::ConfirmingLeave))),
        (AccountAction::Leave, State::Account(AccountState::ConfirmingLeave)) => {
            effect(dialogue.at(members), AccountEffect::Leave)
        }
        (AccountAction::Join(token), State::Account(AccountState::Joining(asked))) if asked == *token => {
            effect(dialogue.at(State::Home), AccountEffect::Join(*token))
        }
        _ => Step::outdated(dialogue),
    }
}

/// Asks for billing details before an order that was to be sent.
pub(super) fn ask_billing_first(dialogue: Dialogue) -> Step {
    Step::to(
        billing::begin(dialogue, billing::AfterBilling::Summary).saying(Banner::Account(AccountBanner::BillingNeeded)),
    )
}

fn effect(dialogue: Dialogue, effect: AccountEffect) -> Step {
    Step { effect: Some(Effect::Account(effect)), ..Step::to(dialogue) }
}
