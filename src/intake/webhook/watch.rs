//! Whether Telegram still delivers to this webhook. A bot that polls is refused when another program takes its updates; one
//! that waits for posts would hear nothing at all.

use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use crate::chat::Chat;
use crate::outage::Outage;
use crate::telegram::Client;
use crate::telegram::webhook::WebhookInfo;

/// How often Telegram is asked.
const LOOK: Duration = Duration::from_secs(60);

/// Looks until the future is dropped, and says in the log what is wrong.
pub(super) async fn watch(client: &Client, url: &Url, chat: &Chat) {
    let (outage, clock, fetching) = (Outage::of("updates at Telegram"), chat.clock(), &chat.metrics().fetching);
    let mut seen = clock.now();
    loop {
        tokio::time::sleep(LOOK).await;
        match client.webhook().await.map(|found| trouble(found, url, &mut seen)) {
            Ok(Some(cause)) => {
                outage.met(&cause, clock.now());
                fetching.met(cause, clock.now());
            }
            Ok(None) => {
                outage.over(clock.now());
                fetching.goes_well();
            }
            Err(error) => {
                fetching.met(error.to_string(), clock.now());
                tracing::debug!("Telegram does not say how it fares with the webhook: {error}");
            }
        }
    }
}

/// What is wrong, if anything; a failure counts as long as there are newer ones than those that were seen.
fn trouble(found: Option<WebhookInfo>, url: &Url, seen: &mut DateTime<Utc>) -> Option<String> {
    let Some(found) = found.filter(|found| found.url == url.as_str()) else {
        let gone = "another program has removed the webhook or set its own; stop that program, and start the bot again, \
                    with --take-over if the other webhook is still set";
        return Some(gone.to_owned());
    };
    let (at, said) = found.last_error.filter(|(at, _)| at > seen)?;
    *seen = at;
    (found.pending > 0).then(|| format!("Telegram cannot post them to the webhook ({said}); look at the proxy"))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn trouble_is_a_webhook_of_others_or_a_failure_since_the_last_look() {
        let (url, mut seen) = ("https://bot.example.com/telegram".parse::<Url>().unwrap(), DateTime::UNIX_EPOCH);
        let mut trouble = |url: &Url, pending, failed: i64| {
            let last_error = Some((DateTime::UNIX_EPOCH + TimeDelta::seconds(failed), "Connection refused".to_owned()));
            let found = WebhookInfo { url: "https://bot.example.com/telegram".to_owned(), pending, last_error };
            super::trouble(Some(found), url, &mut seen)
        };
        assert_eq!(trouble(&url, 1, 0), None, "it is older than the start");
        let told = "Telegram cannot post them to the webhook (Connection refused); look at the proxy";
        assert_eq!(trouble(&url, 1, 5).as_deref(), Some(told));
        assert_eq!(trouble(&url, 1, 5), None, "it is no newer");
        assert_eq!(trouble(&url, 0, 6), None, "nothing waits");
        let others = "https://other.example.com/".parse().unwrap();
        assert!(trouble(&others, 0, 0).unwrap().starts_with("another program"));
        assert!(super::trouble(None, &url, &mut seen).unwrap().starts_with("another program"));
    }
}
