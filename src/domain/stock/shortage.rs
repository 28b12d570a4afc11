//! What stands in the way of issuing serial numbers.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{OrderNumber, Sku};

/// A product of which there is less, or in a list also more, than an order needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    pub sku: Sku,
    /// What the order needs.
    pub needed: u32,
    /// In a list it may be one too many, behind which nobody read.
    pub available: u64,
}

/// Why listed serial numbers of a product cannot be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SerialRefusal {
    /// Some belong to an order already.
    AlreadyIssued { count: u64 },
    /// Some are held for another order, which is being completed from a long list.
    HeldFor { other: OrderNumber, count: u64 },
    /// Some came into the stock, or were issued from it, since they were looked at.
    Moved,
    /// Some are stored in another spelling (capitals, braces), so that they would be sold twice.
    Respelled { count: u64 },
    /// Some were taken out of the stock.
    Withdrawn { count: u64 },
    /// Some stand under another product.
    OtherProduct { count: u64 },
}
