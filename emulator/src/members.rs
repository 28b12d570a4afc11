//! How people stand in groups.

use serde::{Deserialize, Serialize};

/// How a person stands in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberStatus {
    Creator,
    Administrator,
    /// An administrator whose messages stand under the group's name. Presses carry the person all the same.
    AnonymousAdministrator,
    Member,
    /// In the group, and not allowed everything there.
    RestrictedMember,
    /// Restricted, and not in the group any more.
    RestrictedOutside,
    Left,
    Kicked,
}

impl MemberStatus {
    pub(super) fn is_in_group(self) -> bool {
        !matches!(self, Self::RestrictedOutside | Self::Left | Self::Kicked)
    }

    pub(super) fn is_administrator(self) -> bool {
        matches!(self, Self::Creator | Self::Administrator | Self::AnonymousAdministrator)
    }
}
