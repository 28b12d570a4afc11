//! Where taking unsold serial numbers out of the stock stands: why, which, and whether really so many.

use serde::{Deserialize, Serialize};

use crate::domain::{KeptFile, Sku, WithdrawalReason};

/// Where a withdrawal stands, named by what it waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalState {
    /// A ready reason, or a typed one.
    WaitingForReason(Sku),
    /// A file with the serial numbers.
    WaitingForFile(Sku, WithdrawalReason),
    /// Nothing: the file is being read.
    InWork(Sku),
    /// Whether so many are taken out.
    Confirming(Withdrawal),
}

/// Serial numbers of a product that are to be taken out of the stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    pub sku: Sku,
    pub reason: WithdrawalReason,
    /// The file that lists them.
    pub file: KeptFile,
    /// How many were confirmed; `None` before somebody was asked.
    pub count: Option<u64>,
}

impl WithdrawalState {
    pub(super) fn asks_for(&self, file: &KeptFile) -> bool {
        matches!(self, WithdrawalState::WaitingForFile(..)) && file.is_list()
    }

    pub fn reads_file(&self) -> bool {
        matches!(self, WithdrawalState::InWork(_))
    }
}
