//! What the outbox keeps: facts, rendered only when they are delivered.

use serde::{Deserialize, Serialize};

use super::accounts::AccountFact;
use crate::domain::OrderNumber;

/// Something that somebody is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// To the staff chat: a customer placed this order.
    OrderPlaced(OrderNumber),
    /// Something about an account.
    Account(AccountFact),
}

impl Fact {
    /// The form in which the outbox keeps it.
    pub fn store(&self) -> String {
        // Serialising plain data into a string cannot fail; an empty string would be refused by `read`.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Fact::store`] wrote.
    pub fn read(stored: &str) -> Result<Fact, serde_json::Error> {
        serde_json::from_str(stored)
    }
}
