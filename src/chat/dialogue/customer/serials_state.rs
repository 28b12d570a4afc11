//! What there is to know of a choice of serial numbers, and of serial numbers that somebody sends.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{KeptFile, MessageId, OrderNumber, SerialNumber, SerialsChoice, Sku};

/// Where the choice of serial numbers stands, named by what it waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SerialsState {
    /// An order that has some.
    ChoosingOrder {
        /// Counted from 0.
        page: u32,
    },
    ChoosingProduct {
        /// Counted from 0.
        page: u32,
    },
    /// A ready period, or a typed one.
    WaitingForPeriod,
    ChoosingFormat(SerialsChoice),
}

/// Serial numbers of which somebody wants to know what they are. They stand in no stored state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// Typed, in this message.
    Typed(MessageId, Vec<SerialNumber>),
    File(KeptFile),
}

/// Some typed serial numbers that belong to the same product of an order, by their places in the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundSerials {
    /// Counted from 1.
    pub first: u64,
    /// The last of them.
    pub last: u64,
    pub order: OrderNumber,
    pub sku: Sku,
    /// When it was given.
    pub at: DateTime<Utc>,
}
