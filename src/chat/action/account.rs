//! Buttons about an account, its billing details, and who is let in.

use super::coded::coded;
use crate::domain::billing::BillingDetail;
use crate::domain::{InvitationToken, PersonId};

/// What a button does about the person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountAction {
    Settings,
    /// Shows the account's people and invitations.
    Members,
    Invite,
    /// Offers to pick whom to invite from the contacts.
    Pick,
    Withdraw(InvitationToken),
    /// Asks whether to take a member out.
    AskRemove(PersonId),
    /// Takes a member out.
    Remove(PersonId),
    /// Asks whether to leave.
    AskLeave,
    /// Leaves the account of a colleague.
    Leave,
    /// Joins the account that this invitation leads to.
    Join(InvitationToken),
}

/// What a button does about billing details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillingAction {
    Show,
    /// Asks for all of them, one by one, where there are none.
    Change,
    /// Asks for one, in place of what stands.
    ChangeOne(BillingDetail),
    /// Goes back to the question before.
    Back,
    /// Asks for the tax number of another country.
    Foreign,
    /// Forgets what was given so far.
    Drop,
    /// Keeps what was given.
    Keep,
}

/// What staff decide about somebody who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessAction {
    Admit,
    Refuse,
}

impl AccountAction {
    pub(super) fn encode(&self) -> String {
        match self {
            AccountAction::Settings => "s".to_owned(),
            AccountAction::Members => "m".to_owned(),
            AccountAction::Invite => "i".to_owned(),
            AccountAction::Pick => "p".to_owned(),
            AccountAction::Withdraw(token) => format!("w:{token}"),
            AccountAction::AskRemove(person) => format!("r:{person}"),
            AccountAction::Remove(person) => format!("rr:{person}"),
            AccountAction::AskLeave => "l".to_owned(),
            AccountAction::Leave => "ll".to_owned(),
            AccountAction::Join(token) => format!("j:{token}"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<AccountAction> {
        match parts {
            ["s"] => Some(AccountAction::Settings),
            ["m"] => Some(AccountAction::Members),
            ["i"] => Some(AccountAction::Invite),
            ["p"] => Some(AccountAction::Pick),
            ["w", token] => Some(AccountAction::Withdraw(InvitationToken::parse(token)?)),
            ["r", person] => Some(AccountAction::AskRemove(person_id(person)?)),
            ["rr", person] => Some(AccountAction::Remove(person_id(person)?)),
            ["l"] => Some(AccountAction::AskLeave),
            ["ll"] => Some(AccountAction::Leave),
            ["j", token] => Some(AccountAction::Join(InvitationToken::parse(token)?)),
            _ => None,
        }
    }
}

coded!(BillingAction {
    Show = "show",
    Change = "change",
    ChangeOne(BillingDetail::Company) = "firm",
    ChangeOne(BillingDetail::Inn) = "inn",
    ChangeOne(BillingDetail::Kpp) = "kpp",
    ChangeOne(BillingDetail::ForeignNumber) = "number",
    ChangeOne(BillingDetail::Email) = "email",
    Back = "back",
    Foreign = "foreign",
    Drop = "drop",
    Keep = "keep",
});

coded!(AccessAction {
    Admit = "admit",
    Refuse = "refuse",
});

pub(super) fn person_id(text: &str) -> Option<PersonId> {
    text.parse().ok().filter(|id| *id > 0).map(PersonId)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chat::action::Action;

    fn actions() -> impl Strategy<Value = Action> {
        let tokens = || any::<[u8; 16]>().prop_map(InvitationToken::from_random);
        let people = || (1..=i64::MAX).prop_map(PersonId);
        let account = prop_oneof![
            Just(AccountAction::Settings),
            Just(AccountAction::Members),
            Just(AccountAction::Invite),
            tokens().prop_map(AccountAction::Withdraw),
            people().prop_map(AccountAction::AskRemove),
            people().prop_map(AccountAction::Remove),
            Just(AccountAction::AskLeave),
            Just(AccountAction::Leave),
            tokens().prop_map(AccountAction::Join),
        ];
        let access = proptest::sample::select(AccessAction::ALL);
        prop_oneof![
            account.prop_map(Action::Account),
            proptest::sample::select(BillingAction::ALL).prop_map(Action::Billing),
            (people(), access).prop_map(|(person, access)| Action::Access(person, access)),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_and_is_read_back(action in actions()) {
            let data = action.encode();
            prop_assert!((1..=Action::MAX_BYTES).contains(&data.len()), "{} bytes: {data}", data.len());
            prop_assert_eq!(Action::parse(&data), Some(action));
        }
    }

    #[test]
    fn one_spelling_each() {
        for forged in
            ["acc", "acc:", "acc:r:+5", "acc:r:0", "acc:r:-5", "acc:j:FF", "bill:x", "access:5", "access:05:admit"]
        {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
