//! What becomes of what is in the way.

/// What to do with a file, or with orders, that are in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    Keep,
    Overwrite,
}
