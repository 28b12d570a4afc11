//! Where an order's serial numbers come from.

use crate::domain::SerialNumber;

/// Where an order's serial numbers come from.
#[derive(Clone, PartialEq, Eq)]
pub enum SerialSource {
    /// The stock: of each product those that were imported first.
    Stock,
    /// These, for each line of the order in turn.
    Listed(Vec<Vec<SerialNumber>>),
    /// Those that the order holds, and these of the stock.
    Held { in_stock: Vec<SerialNumber> },
}
