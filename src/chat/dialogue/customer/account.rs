//! The transitions of the states about an account: its people, invitations, leaving and joining.

use super::banner::{AccountBanner, Banner};
use super::request::{AccountRequest, CustomerOutcome, CustomerRequest, Step};
use super::state::{AccountState, Dialogue, State};
use crate::chat::action::AccountAction;
use crate::chat::dialogue::input::Picked;
use crate::domain::{InvitationToken, Invited};

/// A link was opened; `None` when it carries no invitation that reads.
pub(super) fn open_invitation(dialogue: Dialogue, invitation: Option<(InvitationToken, Invited)>) -> Dialogue {
    match invitation {
        Some((token, Invited::To(_))) => dialogue.at(State::Account(AccountState::Joining(token))),
        Some((_, refused)) => dialogue.at(State::Home).saying(Banner::Account(not_joined(refused))),
        None => dialogue.at(State::Home).saying(Banner::Account(AccountBanner::InvitationNotValid)),
    }
}

fn not_joined(invited: Invited) -> AccountBanner {
    match invited {
        Invited::HasMembers => AccountBanner::HasMembers,
        Invited::IsMember => AccountBanner::IsMember,
        Invited::IsThere => AccountBanner::IsThere,
        Invited::To(_) | Invited::NotValid => AccountBanner::InvitationNotValid,
    }
}

pub(super) fn on_press(dialogue: Dialogue, action: &AccountAction) -> Step {
    let members = State::Account(AccountState::ReadingMembers);
    match (action, dialogue.state.clone()) {
        (AccountAction::Settings, _) => Step::to(dialogue.at(State::ChoosingLanguage)),
        (AccountAction::Members, State::Account(AccountState::PickingColleague)) => give_up_picking(dialogue),
        (AccountAction::Members, _) => Step::to(dialogue.at(members)),
        (AccountAction::Pick, state) if state == members => {
            let picking = State::Account(AccountState::PickingColleague);
            asking(dialogue.at(picking), AccountRequest::OfferContacts)
        }
        (AccountAction::Invite, state) if state == members => asking(dialogue, AccountRequest::Invite),
        (AccountAction::Withdraw(token), state) if state == members => {
            asking(dialogue, AccountRequest::Withdraw(*token))
        }
        (AccountAction::AskRemove(person), _) => {
            Step::to(dialogue.at(State::Account(AccountState::ConfirmingRemoval(*person))))
        }
        (AccountAction::Remove(person), State::Account(AccountState::ConfirmingRemoval(asked))) if asked == *person => {
            asking(dialogue.at(members), AccountRequest::Remove(*person))
        }
        (AccountAction::AskLeave, _) => Step::to(dialogue.at(State::Account(AccountState::ConfirmingLeave))),
        (AccountAction::Leave, State::Account(AccountState::ConfirmingLeave)) => {
            asking(dialogue.at(members), AccountRequest::Leave)
        }
        (AccountAction::Join(token), State::Account(AccountState::Joining(asked))) if asked == *token => {
            asking(dialogue.at(State::Home), AccountRequest::Join(*token))
        }
        _ => Step::outdated(dialogue),
    }
}

/// Somebody was picked, wherever the dialogue stands by then.
pub(super) fn picked(dialogue: Dialogue, picked: Picked) -> Step {
    asking(dialogue.at(State::Account(AccountState::ReadingMembers)), AccountRequest::InvitePicked(picked))
}

pub(super) fn give_up_picking(dialogue: Dialogue) -> Step {
    asking(dialogue.at(State::Account(AccountState::ReadingMembers)), AccountRequest::WithdrawContacts)
}

fn asking(dialogue: Dialogue, request: AccountRequest) -> Step {
    Step::asking(dialogue, CustomerRequest::Account(request))
}

/// What a person reads about a request that was served.
pub(super) fn resume(dialogue: Dialogue, request: &AccountRequest, outcome: CustomerOutcome) -> Dialogue {
    let banner = match (request, outcome) {
        // What the step says of new details depends on those that they replace.
        (AccountRequest::KeepBilling(_), _) => return dialogue,
        (AccountRequest::OfferContacts | AccountRequest::WithdrawContacts, _) => return dialogue,
        (_, CustomerOutcome::TooManyInvitations) => AccountBanner::TooManyInvitations,
        (_, CustomerOutcome::AccountFull) => AccountBanner::AccountFull,
        (_, CustomerOutcome::NotJoined(invited)) => not_joined(invited),
        (_, CustomerOutcome::NothingToDo) => return dialogue,
        (AccountRequest::Invite, _) => AccountBanner::Invited,
        (AccountRequest::InvitePicked(_), _) => AccountBanner::InvitedPicked,
        (AccountRequest::Withdraw(_), _) => AccountBanner::Withdrawn,
        (AccountRequest::Remove(_), _) => AccountBanner::Removed,
        (AccountRequest::Leave, _) => AccountBanner::Left,
        (AccountRequest::Join(_), _) => AccountBanner::Joined,
    };
    dialogue.saying(Banner::Account(banner))
}
