//! What an admin looks at, or was asked for, beside orders.

use serde::{Deserialize, Serialize};

use super::withdrawal::WithdrawalState;
use crate::domain::{KeptFile, Offer, PersonId, ProposalId, SearchText, Sku, Status};

/// What an admin looks at, or was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminState {
    /// A choice among the orders that wait for staff.
    ReadingQueue {
        /// Only orders of this status.
        status: Option<Status>,
        /// Counted from 0.
        page: u32,
    },
    /// A choice among the orders that a search found.
    ReadingFindings {
        text: SearchText,
        /// Counted from 0.
        page: u32,
    },
    /// A choice in the stock.
    ReadingStock {
        /// Counted from 0.
        page: u32,
    },
    /// A file with serial numbers of this product.
    WaitingForSerials(Sku),
    /// Nothing: serial numbers are on their way into the stock.
    ImportingSerials {
        sku: Sku,
        /// Lines that were read so far.
        lines: u64,
    },
    /// Something about serial numbers that are taken out of the stock.
    Withdrawing(WithdrawalState),
    /// A new price list, or a choice beside the one that holds.
    ReadingCatalogue {
        /// Counted from 0.
        page: u32,
    },
    /// Which of a product's prices is to be another.
    ChoosingPrice(Sku),
    /// A new price of this.
    WaitingForPrice(Sku, Offer),
    /// A new quantity of it.
    WaitingForQuantity(Sku, Offer),
    /// Nothing: a proposed price list is being read.
    CheckingCatalogue,
    /// Whether a proposed price list is to hold.
    ConfirmingCatalogue(ProposalId),
    /// A choice among the admins.
    ReadingAdmins,
    /// Somebody from the contacts, who is to become one.
    PickingAdmin,
    /// A choice in the audit.
    ReadingAudit {
        /// Counted from 0.
        page: u32,
    },
    /// Whether somebody becomes an admin.
    ConfirmingAppointment(PersonId),
    /// Whether somebody's appointment ends.
    ConfirmingDismissal(PersonId),
    /// Whether somebody is shut out.
    ConfirmingBlock(PersonId),
    /// Whether somebody is let in again.
    ConfirmingUnblock(PersonId),
    /// A choice beside what is known of somebody.
    ReadingPerson(PersonId),
    /// Whether somebody is erased.
    ConfirmingErasure(PersonId),
}

/// Whether a file is called as a price list may be. One of a spreadsheet program that does not read is told what to do.
pub(super) fn is_price_list(file: &KeptFile) -> bool {
    [".toml", ".xlsx", ".xlsm", ".xls", ".ods"].iter().any(|ending| file.is_named(ending))
}

impl AdminState {
    /// Whether it only looks at orders or the stock, as all of the staff may.
    pub fn is_reading(&self) -> bool {
        matches!(
            self,
            AdminState::ReadingQueue { .. } | AdminState::ReadingFindings { .. } | AdminState::ReadingStock { .. }
        )
    }

    /// Whether this file is what it waits for.
    pub(super) fn asks_for(&self, file: &KeptFile) -> bool {
        match self {
            AdminState::WaitingForSerials(_) => file.is_list(),
            AdminState::Withdrawing(state) => state.asks_for(file),
            AdminState::ReadingCatalogue { .. } => is_price_list(file),
            _ => false,
        }
    }
}
