//! What the customer is to pay for an order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::orders::message::KeptFile;

/// What the customer is to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<KeptFile>,
}

impl Invoice {
    /// An invoice for this amount, without a document.
    pub fn of(amount: Money) -> Invoice {
        Invoice { amount, due: None, document: None }
    }
}
