//! While the shop is under maintenance, customers read why; the vendor works on.

use chrono::{DateTime, Utc};

use super::typed::{clean_line, length};

/// That the shop is under maintenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maintenance {
    /// In the vendor's words, for customers.
    pub reason: String,
    pub since: DateTime<Utc>,
    /// When it is expected to be over; nothing happens then.
    pub until: Option<DateTime<Utc>>,
}

impl Maintenance {
    /// Characters of a reason: with what stands around it, it fits the answer to a press, which has 200.
    pub const MAX_REASON: usize = 120;

    /// A reason as it was typed, if customers can be told that.
    pub fn reason(typed: &str) -> Option<String> {
        let reason = typed.trim();
        let is_fit = clean_line(reason, Self::MAX_REASON) == reason && (1..=Self::MAX_REASON).contains(&length(reason));
        is_fit.then(|| reason.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_that_fits_the_answer_to_a_press() {
        assert_eq!(Maintenance::reason(" Moving to a new server. ").as_deref(), Some("Moving to a new server."));
        assert!(Maintenance::reason(&"a".repeat(120)).is_some());
        for unfit in ["", "  ", "two\nlines", &"a".repeat(121)] {
            assert_eq!(Maintenance::reason(unfit), None, "{unfit:?}");
        }
    }
}
