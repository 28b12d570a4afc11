//! Attempts to deliver something.

/// What became of an attempt that ended without a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// No call was made.
    NotMade,
    /// The call surely did not get through.
    Failed,
    /// The call may have got through.
    Ambiguous,
}
