//! The staff chat: who is in it, who is not heard there, and which chats cannot be one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How somebody stands to the staff chat, as Telegram says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffStanding {
    Member,
    /// An administrator who hides behind the group, while the bot names whoever did something.
    Anonymous,
    /// They left, were thrown out, or never were in it.
    Outside,
}

impl StaffStanding {
    pub const ALL: [StaffStanding; 3] = [StaffStanding::Member, StaffStanding::Anonymous, StaffStanding::Outside];

    /// The word that is stored.
    pub fn code(self) -> &'static str {
        match self {
            StaffStanding::Member => "member",
            StaffStanding::Anonymous => "anonymous",
            StaffStanding::Outside => "outside",
        }
    }

    /// Reads [`StaffStanding::code`].
    pub fn parse(code: &str) -> Option<StaffStanding> {
        StaffStanding::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

/// Why a chat is open to people whom the vendor did not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Openness {
    Channel,
    /// A group that anybody finds and enters by its username or its place on the map.
    PublicGroup,
}

impl Openness {
    pub const ALL: [Openness; 2] = [Openness::Channel, Openness::PublicGroup];

    /// The word that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Openness::Channel => "channel",
            Openness::PublicGroup => "public_group",
        }
    }
}

/// How a chat was to be entered at a moment, as Telegram says with everything that it tells of the chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenOpenness {
    /// `None` for its members alone.
    pub openness: Option<Openness>,
    pub at: DateTime<Utc>,
}

/// Why somebody is not heard in the staff chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// Telegram did not say in time whether they are in it.
    Unverified,
    Outside,
    Anonymous,
    /// An admin shut them out.
    Blocked,
}
