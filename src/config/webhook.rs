//! Key `telegram.webhook`.

use std::net::SocketAddr;

use serde::Deserialize;
use url::Url;

/// What Telegram takes without being asked for another number (<https://core.telegram.org/bots/api#setwebhook>).
const MAX_CONNECTIONS: u8 = 40;

/// Where Telegram posts updates, in place of being asked for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The address that Telegram knows.
    pub url: Url,
    /// Where the proxy before it finds the bot.
    pub listen: SocketAddr,
    /// How many updates Telegram posts at once.
    pub max_connections: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WebhookForm {
    url: String,
    listen: String,
    max_connections: Option<u8>,
}

impl WebhookForm {
    pub(super) const REMEDY: &str = "use a full web address as `url`, an IP address with a port as `listen`, and, if you like, 1 to 100 \
                                     as `max_connections`: { url = \"https://bot.example.com/telegram\", listen = \"127.0.0.1:8443\" }";

    pub(super) fn read(&self) -> Option<Webhook> {
        let url = Url::parse(&self.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let max_connections =
            Some(self.max_connections.unwrap_or(MAX_CONNECTIONS)).filter(|n| (1..=100).contains(n))?;
        Some(Webhook { url, listen: self.listen.parse().ok()?, max_connections })
    }
}
