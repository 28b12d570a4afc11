//! Asking for updates (<https://core.telegram.org/bots/api#getupdates>).

use std::time::Duration;

use serde_json::value::RawValue;
use teloxide::payloads::GetUpdates;
use teloxide::requests::Payload;
use teloxide::types::AllowedUpdate;

use super::call_error::CallError;
use super::client::{CALL_TIMEOUT, Client};

/// The most updates that one `getUpdates` gives.
pub const MOST_UPDATES: u8 = 100;
/// How long Telegram holds an empty `getUpdates` open.
const POLL_SECONDS: u32 = 25;

/// How long to wait for updates where there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    LongPoll,
    None,
}

/// What the bot hears of, fetched or posted.
pub(super) const ALLOWED_UPDATES: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::MyChatMember,
    // Told to administrators of the chat, and only when asked for by name.
    AllowedUpdate::ChatMember,
];

/// What came of asking for updates.
pub enum Updates {
    Whole(Vec<Box<RawValue>>),
    /// So many at once are more than is read of an answer.
    TooLarge,
}

impl Client {
    /// At most `limit` updates from `offset` on, each as it came.
    pub async fn updates(&self, offset: i64, limit: u8, patience: Patience) -> Result<Updates, CallError> {
        let seconds = match patience {
            Patience::LongPoll => POLL_SECONDS,
            Patience::None => 0,
        };
        let offset = i32::try_from(offset).map_err(|_| CallError::Rejected(format!("no update follows {offset}")))?;
        let mut payload = GetUpdates::new();
        payload.offset = Some(offset);
        payload.timeout = Some(seconds);
        payload.limit = Some(limit);
        payload.allowed_updates = Some(ALLOWED_UPDATES.to_vec());
        let timeout = CALL_TIMEOUT + Duration::from_secs(seconds.into());
        let request = self.method(GetUpdates::NAME)?.json(&payload).timeout(timeout);
        let answer = self.exchange(request).await?;
        answer.map_or(Ok(Updates::TooLarge), |answer| self.result(&answer).map(Updates::Whole))
    }
}
