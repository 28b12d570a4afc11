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

/// Whether a message had to wait for its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    None,
    /// The reader could not be reached for a while, and staff saw that.
    Parked,
}
