//! What is wrong with a file that people write.

/// One fault: where it stands, what is wrong, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Fault {
    /// For example ``product 2 (`sp-3`), key `packages[0].price` ``, or a file and its key.
    pub place: String,
    /// What is wrong, and the remedy.
    pub problem: String,
}

/// The line of a TOML text that an error is about, counted from 1.
pub fn line_of(text: &str, error: &toml::de::Error) -> usize {
    error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1)
}
