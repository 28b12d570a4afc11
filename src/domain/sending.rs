//! Whether a message is perhaps one of two.

/// Whether an earlier sending of the same message may have arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// No earlier one can have.
    First,
    /// An earlier one ended without an answer, so the reader may have seen it.
    PossibleDuplicate,
}
