//! Why orders are cancelled.

use serde::{Deserialize, Serialize};

/// A reason that staff need not type; each reader has it in their own language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PresetReason {
    /// The customer asked for it.
    CustomerAsked,
    /// The invoice was not paid in time.
    NotPaid,
    /// The vendor cannot deliver it.
    NotAvailable,
    /// The same order stands twice.
    Duplicate,
}

impl PresetReason {
    /// In the order of the buttons.
    pub const ALL: [PresetReason; 4] =
        [PresetReason::CustomerAsked, PresetReason::NotPaid, PresetReason::NotAvailable, PresetReason::Duplicate];
}

/// Why an order was cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// One of the ready ones.
    Ready(PresetReason),
    /// As it was typed, cleaned.
    Typed(String),
}

impl Reason {
    /// The longest typed reason, in Telegram's characters: it stands on one line of the timeline.
    pub const MAX_TEXT: usize = 300;
}
