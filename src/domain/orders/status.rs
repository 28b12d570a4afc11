//! Where orders stand, and in which roles people act.

use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The customer sent it.
    Placed,
    /// An amount to pay was set.
    Invoiced,
    /// Paid, and the serial numbers were given.
    Completed,
    /// Annulled by the vendor.
    Cancelled,
}

/// In which capacity somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Orders and follows their orders.
    Customer,
    /// Acts in the staff chat.
    Staff,
    /// Everything that staff do, and the commands.
    Admin,
}

impl Status {
    /// Every status, in the order of an order's life.
    pub const ALL: [Status; 4] = [Status::Placed, Status::Invoiced, Status::Completed, Status::Cancelled];

    /// Those of orders that came to something, or may still.
    pub const STANDING: [Status; 3] = [Status::Placed, Status::Invoiced, Status::Completed];

    /// The word that stands in the database and in buttons.
    pub fn code(self) -> &'static str {
        match self {
            Status::Placed => "placed",
            Status::Invoiced => "invoiced",
            Status::Completed => "completed",
            Status::Cancelled => "cancelled",
        }
    }

    /// Reads [`Status::code`].
    pub fn parse(code: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.code() == code)
    }

    pub fn is_final(self) -> bool {
        matches!(self, Status::Completed | Status::Cancelled)
    }
}
