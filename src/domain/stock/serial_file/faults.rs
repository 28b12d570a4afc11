//! What is wrong with a file that is for one product: whoever heard of one line at a time would try the file once for each.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::fault::FileFault;
use crate::domain::ids::Sku;

/// What is wrong with a line of a file that is for one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum LineFault {
    #[error(transparent)]
    Of(#[from] FileFault),
    #[error("line {line} is of another product than {sku}; import each product from its own file")]
    OtherProduct {
        line: u64,
        /// The product that the file was to be of.
        sku: Sku,
    },
}

/// The first faults of a file, and how many there are beside those.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFaults {
    pub first: LineFault,
    pub next: Vec<LineFault>,
    pub more: u64,
}

impl FileFaults {
    /// As many as are mended in one go, and fit one message with their remedies.
    pub const SHOWN: usize = 10;

    /// Counts one more in.
    pub fn add(&mut self, fault: LineFault) {
        if self.next.len() + 1 < FileFaults::SHOWN {
            self.next.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// Those that are named.
    pub fn named(&self) -> impl Iterator<Item = &LineFault> {
        std::iter::once(&self.first).chain(&self.next)
    }
}

impl LineFault {
    /// Whether nothing can be said of the lines behind it, or it is to be said of the whole file.
    pub fn is_of_the_whole_file(&self) -> bool {
        matches!(
            self,
            LineFault::Of(
                FileFault::Unreadable { .. }
                    | FileFault::NotUtf8 { .. }
                    | FileFault::LineTooLong { .. }
                    | FileFault::Empty
            )
        )
    }
}

impl From<LineFault> for FileFaults {
    fn from(first: LineFault) -> FileFaults {
        FileFaults { first, next: Vec::new(), more: 0 }
    }
}

impl fmt::Display for FileFaults {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}", self.first)?;
        self.next.iter().try_for_each(|fault| write!(to, "\n    {fault}"))?;
        match self.more {
            0 => Ok(()),
            more => write!(to, "\n    and {more} more"),
        }
    }
}
