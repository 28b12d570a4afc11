//! What is not as the migrations make it.

use crate::domain::typed::clean_line;

/// Characters of a name: somebody else chose it.
const NAME: usize = 64;

/// What a database has that no migration made, or lacks that one did make, each in a few words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::store) struct Strange {
    /// What is missing among the tables, or stands in the place of one: nothing of the rows can be relied on then, and reading
    /// them may never end.
    pub(in crate::store) in_place: Vec<String>,
    /// What stands beside the tables, or is missing there.
    pub(in crate::store) beside: Vec<String>,
}

/// A name as it can be shown.
pub(super) fn shown(name: &str) -> String {
    clean_line(name, NAME)
}
