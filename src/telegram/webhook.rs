//! The webhook to which Telegram posts updates (<https://core.telegram.org/bots/api#setwebhook>).

use chrono::{DateTime, Utc};
use serde::Deserialize;
use teloxide::payloads::{DeleteWebhook, GetWebhookInfo, SetWebhook};
use url::Url;

use super::call_error::CallError;
use super::client::Client;
use super::polling::ALLOWED_UPDATES;
use crate::config::{Secret, Webhook};
use crate::domain::typed::clean_line;

/// Characters of a host's name.
const LONGEST_HOST: usize = 253;
/// Characters of why Telegram could not post an update that are worth keeping.
const LONGEST_REASON: usize = 300;

/// What Telegram says of the webhook that is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookInfo {
    /// It may hold a secret of another program.
    pub url: String,
    /// Updates that wait.
    pub pending: u64,
    /// When it last could not post an update, and why.
    pub last_error: Option<(DateTime<Utc>, String)>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    url: String,
    #[serde(default)]
    pending_update_count: u64,
    last_error_date: Option<i64>,
    last_error_message: Option<String>,
}

impl WebhookInfo {
    pub fn host(&self) -> String {
        let url = Url::parse(&self.url).ok();
        let host = url.as_ref().and_then(|url| url.host_str()).unwrap_or("an address that is none");
        clean_line(host, LONGEST_HOST)
    }
}

impl Client {
    /// The webhook that receives the bot's updates, if one is set.
    pub async fn webhook(&self) -> Result<Option<WebhookInfo>, CallError> {
        let found: Answer = self.call(&GetWebhookInfo::new()).await?;
        if found.url.is_empty() {
            return Ok(None);
        }
        let at = found.last_error_date.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let reason = clean_line(&found.last_error_message.unwrap_or_default(), LONGEST_REASON);
        let last_error = at.map(|at| (at, reason));
        Ok(Some(WebhookInfo { url: found.url, pending: found.pending_update_count, last_error }))
    }

    /// Sets the webhook, over another one too. What waits stays, and is posted.
    pub async fn set_webhook(&self, webhook: &Webhook, secret: &Secret) -> Result<(), CallError> {
        let mut payload = SetWebhook::new(webhook.url.clone());
        payload.secret_token = Some(secret.reveal().to_owned());
        payload.max_connections = Some(webhook.max_connections);
        payload.allowed_updates = Some(ALLOWED_UPDATES.to_vec());
        self.call(&payload).await.map(|_: bool| ())
    }

    /// Removes the webhook; the updates that wait for it stay, and are fetched.
    pub async fn remove_webhook(&self) -> Result<(), CallError> {
        self.call(&DeleteWebhook::new()).await.map(|_: bool| ())
    }
}
