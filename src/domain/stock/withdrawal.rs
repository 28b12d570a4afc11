//! Why serial numbers are withdrawn from the stock unsold.

use serde::{Deserialize, Serialize};

use crate::domain::typed::clean_line;

/// Why serial numbers are withdrawn from the stock unsold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalReason {
    /// They may be in wrong hands.
    Lost,
    /// They do not work.
    Spoiled,
    /// As it was typed, cleaned.
    Other(String),
}

impl WithdrawalReason {
    /// The longest typed reason, in characters: it stands on one line of the audit.
    pub const MAX_CHARS: usize = 200;

    /// A reason that somebody types; `None` for nothing, and for more than a line of the audit holds.
    pub fn parse(text: &str) -> Option<WithdrawalReason> {
        let clean = clean_line(text, Self::MAX_CHARS + 1);
        let is_reason = clean.chars().any(char::is_alphanumeric) && clean.chars().count() <= Self::MAX_CHARS;
        is_reason.then_some(WithdrawalReason::Other(clean))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_with_something_in_it() {
        let typed = |text: &str| Some(WithdrawalReason::Other(text.to_owned()));
        assert_eq!(WithdrawalReason::parse(" sent to a wrong\naddress "), typed("sent to a wrong address"));
        assert_eq!(WithdrawalReason::parse("…"), None);
        assert_eq!(WithdrawalReason::parse(&"x".repeat(201)), None);
        assert_eq!(WithdrawalReason::parse(&"x".repeat(200)), typed(&"x".repeat(200)));
    }
}
