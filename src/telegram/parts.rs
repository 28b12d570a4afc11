//! What messages are made of (<https://core.telegram.org/bots/api#message>).

use serde::Deserialize;
use serde::de::IgnoredAny;

/// A file of any kind.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct File {
    pub(super) file_id: String,
    #[serde(default)]
    pub(super) file_unique_id: String,
    pub(super) file_name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Contact {
    pub(super) phone_number: String,
    pub(super) first_name: String,
    pub(super) last_name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Venue {
    pub(super) title: String,
    pub(super) address: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Location {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) live_period: Option<IgnoredAny>,
}

/// The part of a message that its answer quotes.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Quote {
    pub(super) text: String,
    /// Whether a person chose it.
    #[serde(default)]
    pub(super) is_manual: bool,
}

/// People whom somebody chose by a button of ours (<https://core.telegram.org/bots/api#usersshared>).
#[derive(Debug, Clone, Deserialize)]
pub(super) struct UsersShared {
    pub(super) request_id: i64,
    #[serde(default)]
    pub(super) users: Vec<UserShared>,
    /// What servers before 7.2 say instead.
    #[serde(default)]
    pub(super) user_ids: Vec<i64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct UserShared {
    #[serde(default)]
    pub(super) request_id: i64,
    pub(super) user_id: i64,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) username: Option<String>,
}
