//! What comes of fetching a file.

use std::fmt;

/// What came of fetching a file. Its debug form does not show what stands in the file.
#[derive(Clone, PartialEq, Eq)]
pub enum Download {
    Whole(Vec<u8>),
    /// It is larger than the limit, or than what Telegram gives a bot: 20 MB.
    TooLarge,
    /// The server keeps it on its own disk, where it cannot be read: why, and the remedy.
    OutOfReach(String),
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Download::Whole(bytes) => write!(f, "Whole({} bytes)", bytes.len()),
            Download::TooLarge => f.write_str("TooLarge"),
            Download::OutOfReach(why) => write!(f, "OutOfReach({why})"),
        }
    }
}
