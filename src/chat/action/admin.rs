//! The buttons of the admins' screens.

use super::account::person_id;
use super::coded::coded;
use crate::domain::{PersonId, ProposalId, Sku, Status};

/// What a button on an admin's screen does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminAction {
    /// Shows the orders that wait for staff.
    Queue {
        /// Only orders of this status.
        status: Option<Status>,
        /// Counted from 0.
        page: u32,
    },
    /// Turns a page of what the last search found.
    Found {
        /// Counted from 0.
        page: u32,
    },
    Stock {
        /// Counted from 0.
        page: u32,
    },
    /// Asks for a file of serial numbers of a product.
    AskSerials(Sku),
    /// Asks why serial numbers of a product are taken out of the stock.
    AskWithdrawal(Sku),
    /// Since they may be in wrong hands.
    WithdrawLost,
    /// Since they do not work.
    WithdrawSpoiled,
    /// Takes so many out of the stock.
    Withdraw {
        /// What was confirmed.
        count: u64,
    },
    /// Sends the price list as a file.
    CatalogueFile,
    /// Shows what a proposed price list changes.
    Compare(ProposalId),
    /// Makes a proposed price list the one that holds.
    Apply(ProposalId),
    /// Forgets a proposed price list.
    Drop(ProposalId),
    /// Shows who the admins are.
    Admins,
    /// Turns a page of the audit.
    Audit {
        /// Counted from 0.
        page: u32,
    },
    Person(PersonId, PersonAction),
    Leave,
}

impl AdminAction {
    /// Whether it only looks at orders or the stock, as all of the staff may.
    pub fn is_reading(&self) -> bool {
        matches!(
            self,
            AdminAction::Queue { .. } | AdminAction::Found { .. } | AdminAction::Stock { .. } | AdminAction::Leave
        )
    }
}

/// What a button does about somebody whom it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonAction {
    /// Makes them an admin.
    Appoint,
    /// Asks whether they are really dismissed.
    AskDismiss,
    Dismiss,
    Block,
    /// Lets them in again.
    Unblock,
}

coded!(PersonAction {
    Appoint = "aa",
    AskDismiss = "ad",
    Dismiss = "ax",
    Block = "b",
    Unblock = "u",
});

impl AdminAction {
    pub(super) fn encode(&self) -> String {
        match self {
            AdminAction::Queue { status, page } => format!("q:{}:{page}", status.map_or("all", Status::code)),
            AdminAction::Found { page } => format!("f:{page}"),
            AdminAction::Stock { page } => format!("s:{page}"),
            AdminAction::AskSerials(sku) => format!("i:{sku}"),
            AdminAction::AskWithdrawal(sku) => format!("w:{sku}"),
            AdminAction::WithdrawLost => "wl".to_owned(),
            AdminAction::WithdrawSpoiled => "ws".to_owned(),
            AdminAction::Withdraw { count } => format!("wc:{count}"),
            AdminAction::CatalogueFile => "cf".to_owned(),
            AdminAction::Compare(proposal) => format!("cc:{proposal}"),
            AdminAction::Apply(proposal) => format!("ca:{proposal}"),
            AdminAction::Drop(proposal) => format!("cd:{proposal}"),
            AdminAction::Admins => "a".to_owned(),
            AdminAction::Audit { page } => format!("j:{page}"),
            AdminAction::Person(person, action) => format!("{}:{person}", action.code()),
            AdminAction::Leave => "l".to_owned(),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<AdminAction> {
        let proposal = |id: &str| id.parse().ok().map(ProposalId);
        match parts {
            ["q", "all", page] => Some(AdminAction::Queue { status: None, page: page.parse().ok()? }),
            ["q", status, page] => {
                Some(AdminAction::Queue { status: Some(Status::parse(status)?), page: page.parse().ok()? })
            }
            ["f", page] => Some(AdminAction::Found { page: page.parse().ok()? }),
            ["s", page] => Some(AdminAction::Stock { page: page.parse().ok()? }),
            ["j", page] => Some(AdminAction::Audit { page: page.parse().ok()? }),
            ["i", sku] => Some(AdminAction::AskSerials(Sku::parse(sku)?)),
            ["w", sku] => Some(AdminAction::AskWithdrawal(Sku::parse(sku)?)),
            ["wl"] => Some(AdminAction::WithdrawLost),
            ["ws"] => Some(AdminAction::WithdrawSpoiled),
            ["wc", count] => Some(AdminAction::Withdraw { count: count.parse().ok()? }),
            ["cf"] => Some(AdminAction::CatalogueFile),
            ["cc", id] => Some(AdminAction::Compare(proposal(id)?)),
            ["ca", id] => Some(AdminAction::Apply(proposal(id)?)),
            ["cd", id] => Some(AdminAction::Drop(proposal(id)?)),
            ["a"] => Some(AdminAction::Admins),
            ["l"] => Some(AdminAction::Leave),
            [code, id] => Some(AdminAction::Person(person_id(id)?, PersonAction::parse(code)?)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chat::action::Action;

    fn actions() -> impl Strategy<Value = AdminAction> {
        let skus = || "[a-z0-9._-]{1,32}".prop_map(|text| Sku::parse(&text).unwrap());
        let statuses = proptest::option::of(proptest::sample::select(&Status::ALL[..]));
        let people = || (1..=i64::MAX).prop_map(PersonId);
        let proposals = || any::<i64>().prop_map(ProposalId);
        prop_oneof![
            (statuses, any::<u32>()).prop_map(|(status, page)| AdminAction::Queue { status, page }),
            any::<u32>().prop_map(|page| AdminAction::Found { page }),
            any::<u32>().prop_map(|page| AdminAction::Stock { page }),
            any::<u32>().prop_map(|page| AdminAction::Audit { page }),
            skus().prop_map(AdminAction::AskSerials),
            skus().prop_map(AdminAction::AskWithdrawal),
            any::<u64>().prop_map(|count| AdminAction::Withdraw { count }),
            proposals().prop_map(AdminAction::Compare),
            proposals().prop_map(AdminAction::Apply),
            proposals().prop_map(AdminAction::Drop),
            (people(), proptest::sample::select(PersonAction::ALL))
                .prop_map(|(person, action)| AdminAction::Person(person, action)),
            proptest::sample::select(vec![
                AdminAction::CatalogueFile,
                AdminAction::Admins,
                AdminAction::Leave,
                AdminAction::WithdrawLost,
                AdminAction::WithdrawSpoiled,
            ]),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_and_is_read_back(action in actions()) {
            let action = Action::Admin(action);
            let data = action.encode();
            prop_assert!((1..=Action::MAX_BYTES).contains(&data.len()), "{} bytes: {data}", data.len());
            prop_assert_eq!(Action::parse(&data), Some(action));
        }
    }
}
