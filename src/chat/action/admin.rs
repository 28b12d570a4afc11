//! The buttons of the admins' screens.

use super::account::person_id;
use super::coded::coded;
use crate::domain::{Offer, PersonId, ProposalId, Sku, Status};

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
    /// Shows the price list.
    Catalogue {
        /// Counted from 0.
        page: u32,
    },
    /// Sends the price list as a file.
    CatalogueFile,
    /// Sends it as a workbook.
    PriceBook,
    /// Shows what prices a product has, to change one.
    Prices(Sku),
    /// Asks for another price of this.
    AskPrice(Sku, Offer),
    /// Asks for another quantity of it.
    AskQuantity(Sku, Offer),
    /// Shows what a proposed price list changes.
    Compare(ProposalId),
    /// Makes a proposed price list the one that holds.
    Apply(ProposalId),
    /// Forgets a proposed price list.
    Drop(ProposalId),
    /// Shows who the admins are.
    Admins,
    /// Offers to pick one from the contacts.
    PickAdmin,
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
    /// Sends what is stored about them.
    Export,
    /// Asks whether they are really erased.
    AskErase,
    Erase,
}

coded!(PersonAction {
    Appoint = "aa",
    AskDismiss = "ad",
    Dismiss = "ax",
    Block = "b",
    Unblock = "u",
    Export = "pf",
    AskErase = "pe",
    Erase = "px",
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
            AdminAction::Catalogue { page } => format!("c:{page}"),
            AdminAction::CatalogueFile => "cf".to_owned(),
            AdminAction::PriceBook => "cx".to_owned(),
            AdminAction::Prices(sku) => format!("cp:{sku}"),
            AdminAction::AskPrice(sku, offer) => format!("cn:{sku}:{}", encode_offer(*offer)),
            AdminAction::AskQuantity(sku, offer) => format!("cq:{sku}:{}", encode_offer(*offer)),
            AdminAction::Compare(proposal) => format!("cc:{proposal}"),
            AdminAction::Apply(proposal) => format!("ca:{proposal}"),
            AdminAction::Drop(proposal) => format!("cd:{proposal}"),
            AdminAction::Admins => "a".to_owned(),
            AdminAction::PickAdmin => "ap".to_owned(),
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
            ["c", page] => Some(AdminAction::Catalogue { page: page.parse().ok()? }),
            ["cf"] => Some(AdminAction::CatalogueFile),
            ["cx"] => Some(AdminAction::PriceBook),
            ["cp", sku] => Some(AdminAction::Prices(Sku::parse(sku)?)),
            ["cn", sku, kind, quantity] => Some(AdminAction::AskPrice(Sku::parse(sku)?, parse_offer(kind, quantity)?)),
            ["cq", sku, kind, quantity] => {
                Some(AdminAction::AskQuantity(Sku::parse(sku)?, parse_offer(kind, quantity)?))
            }
            ["cc", id] => Some(AdminAction::Compare(proposal(id)?)),
            ["ca", id] => Some(AdminAction::Apply(proposal(id)?)),
            ["cd", id] => Some(AdminAction::Drop(proposal(id)?)),
            ["a"] => Some(AdminAction::Admins),
            ["ap"] => Some(AdminAction::PickAdmin),
            ["l"] => Some(AdminAction::Leave),
            [code, id] => Some(AdminAction::Person(person_id(id)?, PersonAction::parse(code)?)),
            _ => None,
        }
    }
}

fn encode_offer(offer: Offer) -> String {
    match offer {
        Offer::Package(quantity) => format!("p:{quantity}"),
        Offer::Tier(from) => format!("t:{from}"),
    }
}

fn parse_offer(kind: &str, quantity: &str) -> Option<Offer> {
    let quantity = quantity.parse().ok()?;
    match kind {
        "p" => Some(Offer::Package(quantity)),
        "t" => Some(Offer::Tier(quantity)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chat::action::Action;

    fn actions() -> impl Strategy<Value = AdminAction> {
        let skus = || "[a-z0-9._-]{1,32}".prop_map(|text| Sku::parse(&text).unwrap());
        let offers = || {
            (any::<bool>(), any::<u32>()).prop_map(|(package, quantity)| match package {
                true => Offer::Package(quantity),
                false => Offer::Tier(quantity),
            })
        };
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
            skus().prop_map(AdminAction::Prices),
            (skus(), offers()).prop_map(|(sku, offer)| AdminAction::AskPrice(sku, offer)),
            (skus(), offers()).prop_map(|(sku, offer)| AdminAction::AskQuantity(sku, offer)),
            any::<u32>().prop_map(|page| AdminAction::Catalogue { page }),
            proposals().prop_map(AdminAction::Compare),
            proposals().prop_map(AdminAction::Apply),
            proposals().prop_map(AdminAction::Drop),
            (people(), proptest::sample::select(PersonAction::ALL))
                .prop_map(|(person, action)| AdminAction::Person(person, action)),
            proptest::sample::select(vec![
                AdminAction::CatalogueFile,
                AdminAction::WithdrawLost,
                AdminAction::WithdrawSpoiled,
                AdminAction::PriceBook,
                AdminAction::Admins,
                AdminAction::PickAdmin,
                AdminAction::Leave,
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
