//! The buttons of the admins' screens.

use super::account::person_id;
use crate::domain::{PersonId, ProposalId, Sku, Status};

/// What a button on an admin's screen does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskAction {
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
    /// Shows the stock.
    Stock {
        /// Counted from 0.
        page: u32,
    },
    /// Asks for a file of serial numbers of a product.
    AskSerials(Sku),
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
    /// Makes somebody an admin.
    Appoint(PersonId),
    /// Asks whether somebody is really dismissed.
    AskDismiss(PersonId),
    /// Ends somebody's appointment.
    Dismiss(PersonId),
    /// Shuts somebody out.
    Block(PersonId),
    /// Lets somebody in again.
    Unblock(PersonId),
    /// Leaves the screen.
    Leave,
}

impl DeskAction {
    pub(super) fn encode(&self) -> String {
        match self {
            DeskAction::Queue { status, page } => format!("q:{}:{page}", status.map_or("all", Status::code)),
            DeskAction::Found { page } => format!("f:{page}"),
            DeskAction::Stock { page } => format!("s:{page}"),
            DeskAction::AskSerials(sku) => format!("i:{sku}"),
            DeskAction::CatalogueFile => "cf".to_owned(),
            DeskAction::Compare(proposal) => format!("cc:{proposal}"),
            DeskAction::Apply(proposal) => format!("ca:{proposal}"),
            DeskAction::Drop(proposal) => format!("cd:{proposal}"),
            DeskAction::Admins => "a".to_owned(),
            DeskAction::Appoint(person) => format!("aa:{person}"),
            DeskAction::AskDismiss(person) => format!("ad:{person}"),
            DeskAction::Dismiss(person) => format!("ax:{person}"),
            DeskAction::Block(person) => format!("b:{person}"),
            DeskAction::Unblock(person) => format!("u:{person}"),
            DeskAction::Leave => "l".to_owned(),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<DeskAction> {
        let proposal = |id: &str| id.parse().ok().map(ProposalId);
        match parts {
            ["q", "all", page] => Some(DeskAction::Queue { status: None, page: page.parse().ok()? }),
            ["q", status, page] => {
                Some(DeskAction::Queue { status: Some(Status::parse(status)?), page: page.parse().ok()? })
            }
            ["f", page] => Some(DeskAction::Found { page: page.parse().ok()? }),
            ["s", page] => Some(DeskAction::Stock { page: page.parse().ok()? }),
            ["i", sku] => Some(DeskAction::AskSerials(Sku::parse(sku)?)),
            ["cf"] => Some(DeskAction::CatalogueFile),
            ["cc", id] => Some(DeskAction::Compare(proposal(id)?)),
            ["ca", id] => Some(DeskAction::Apply(proposal(id)?)),
            ["cd", id] => Some(DeskAction::Drop(proposal(id)?)),
            ["a"] => Some(DeskAction::Admins),
            ["aa", id] => Some(DeskAction::Appoint(person_id(id)?)),
            ["ad", id] => Some(DeskAction::AskDismiss(person_id(id)?)),
            ["ax", id] => Some(DeskAction::Dismiss(person_id(id)?)),
            ["b", id] => Some(DeskAction::Block(person_id(id)?)),
            ["u", id] => Some(DeskAction::Unblock(person_id(id)?)),
            ["l"] => Some(DeskAction::Leave),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::action::Action;

    fn actions() -> impl Strategy<Value = DeskAction> {
        let skus = "[a-z0-9._-]{1,32}".prop_map(|text| Sku::parse(&text).unwrap());
        let statuses = proptest::option::of(proptest::sample::select(&Status::ALL[..]));
        let people = || (1..=i64::MAX).prop_map(PersonId);
        let proposals = || any::<i64>().prop_map(ProposalId);
        prop_oneof![
            (statuses, any::<u32>()).prop_map(|(status, page)| DeskAction::Queue { status, page }),
            any::<u32>().prop_map(|page| DeskAction::Found { page }),
            any::<u32>().prop_map(|page| DeskAction::Stock { page }),
            skus.prop_map(DeskAction::AskSerials),
            proposals().prop_map(DeskAction::Compare),
            proposals().prop_map(DeskAction::Apply),
            proposals().prop_map(DeskAction::Drop),
            people().prop_map(DeskAction::Appoint),
            people().prop_map(DeskAction::AskDismiss),
            people().prop_map(DeskAction::Dismiss),
            people().prop_map(DeskAction::Block),
            people().prop_map(DeskAction::Unblock),
            proptest::sample::select(vec![DeskAction::CatalogueFile, DeskAction::Admins, DeskAction::Leave]),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_and_is_read_back(action in actions()) {
            let action = Action::Desk(action);
            let data = action.encode();
            prop_assert!((1..=Action::MAX_BYTES).contains(&data.len()), "{} bytes: {data}", data.len());
            prop_assert_eq!(Action::parse(&data), Some(action));
        }
    }
}
