//! What is stored as JSON and must be read by this release.

use serde::Serialize;

use crate::domain::PersonId;
use crate::store::vault::{Purpose, Script};

/// A kind of stored form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// What was done to an order.
    Event,
    /// A product's names in an order's line.
    Line,
    Draft,
    CustomerDialogue,
    VendorDialogue,
    /// What waits in the outbox; what was sent is read no more.
    Message,
    FileJob,
}

impl Form {
    /// The form as it was before it was sealed; none when it cannot be opened.
    pub(super) fn opened(self, id: &str, stored: String, script: &Script) -> Option<String> {
        match self {
            Form::VendorDialogue => script.open(stored, Purpose::Dialogue(PersonId(id.parse().ok()?))).ok(),
            _ => Some(stored),
        }
    }

    /// Selects whose it is, and the form.
    pub(super) fn statement(self) -> &'static str {
        match self {
            Form::Event => "SELECT CAST(order_number AS TEXT), action FROM order_events ORDER BY id",
            Form::Line => "SELECT CAST(order_number AS TEXT), names FROM order_lines ORDER BY order_number, position",
            Form::Draft => "SELECT CAST(person_id AS TEXT), draft FROM drafts ORDER BY person_id",
            Form::CustomerDialogue => {
                "SELECT CAST(person_id AS TEXT), state FROM dialogues WHERE seat = 'customer' ORDER BY person_id"
            }
            Form::VendorDialogue => {
                "SELECT CAST(person_id AS TEXT), state FROM dialogues WHERE seat = 'vendor' ORDER BY person_id, chat_id"
            }
            Form::Message => {
                "SELECT CAST(id AS TEXT), body FROM outbox_messages WHERE delivery IN ('pending', 'parked') ORDER BY id"
            }
            Form::FileJob => "SELECT CAST(id AS TEXT), purpose FROM file_jobs ORDER BY id",
        }
    }
}
