//! What a screen shows beside its own state.

use crate::domain::OrderNumber;

/// What the screen of one of the vendor's people watches: when it changes, the screen is drawn again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// One order: where it stands, what was done about it, whom it was told to.
    Order(OrderNumber),
    /// A list of orders, whichever they are.
    Orders,
    /// How many serial numbers there are.
    Stock,
}

impl Watch {
    /// As the column `watches` has it.
    pub(in crate::store) fn code(self) -> String {
        match self {
            Watch::Order(number) => format!("order:{}", number.0),
            Watch::Orders => "orders".to_owned(),
            Watch::Stock => "stock".to_owned(),
        }
    }
}
