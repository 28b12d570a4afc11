//! Whether the token still holds. A server that restarts, a proxy or a slip of Telegram's answers 401 or 404 for a while, so
//! one refusal ends nothing: the bot is asked for by its token again and again, for a minute.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;

use super::call_error::CallError;
use super::client::Client;
use crate::backoff::Backoff;
use crate::clock::Clock;

/// How long every answer has to be a refusal.
const DOUBT: TimeDelta = TimeDelta::seconds(60);
/// Pauses between the questions.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(16));
/// At the start nothing runs yet that could be lost, and whoever typed a wrong token is not to wait for a minute.
const ASKED_AT_START: u32 = 3;
const PAUSE_AT_START: Duration = Duration::from_millis(500);

/// What stops the bot: the token is wrong or was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the Bot API does not accept the token; copy the token from @BotFather again")]
pub struct Revoked;

/// What an answer to the question who the bot is says about its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Holds,
    /// It is to be asked again.
    Open,
    Revoked,
}

/// A token in doubt since a moment.
struct Doubt {
    since: DateTime<Utc>,
}

impl Doubt {
    fn judge(&self, answer: Result<(), &CallError>, now: DateTime<Utc>) -> Verdict {
        match answer {
            Ok(()) => Verdict::Holds,
            Err(CallError::Unauthorized) if now - self.since >= DOUBT => Verdict::Revoked,
            Err(_) => Verdict::Open,
        }
    }
}

/// Watches over the token for as long as it holds.
pub async fn watch(client: &Client, clock: &Clock) -> Revoked {
    loop {
        client.refused.notified().await;
        tracing::warn!("the Bot API refused the token; asking for a minute whether it means that");
        let (doubt, mut pauses) = (Doubt { since: clock.now() }, PAUSES);
        loop {
            let answer = client.own_username().await.map(drop);
            match doubt.judge(answer.as_ref().copied(), clock.now()) {
                Verdict::Holds => break,
                Verdict::Open => tokio::time::sleep(pauses.pause()).await,
                Verdict::Revoked => return Revoked,
            }
        }
        tracing::info!("the Bot API accepts the token again");
        // The refusals meanwhile are answered by that.
        client.refused.notified().now_or_never();
    }
}

/// The bot's username, at the start. A refusal of the token is asked for three times.
pub async fn introduce(client: &Client) -> Result<String, CallError> {
    let mut asked = 1;
    loop {
        match client.own_username().await {
            Err(CallError::Unauthorized) if asked < ASKED_AT_START => asked += 1,
            answer => {
                client.refused.notified().now_or_never();
                return answer;
            }
        }
        tokio::time::sleep(PAUSE_AT_START).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_token_that_is_refused_for_a_minute_is_revoked() {
        let doubt = Doubt { since: DateTime::UNIX_EPOCH };
        let after = |seconds, answer| doubt.judge(answer, DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds));
        let (refused, unreachable) = (CallError::Unauthorized, CallError::NotSent("refused".to_owned()));
        for seconds in [0, 1, 30, 59] {
            assert_eq!(after(seconds, Err(&refused)), Verdict::Open, "{seconds}");
        }
        assert_eq!(after(60, Err(&refused)), Verdict::Revoked);
        assert_eq!(after(3_600, Err(&unreachable)), Verdict::Open, "no answer is no refusal");
        assert_eq!(after(59, Ok(())), Verdict::Holds);
        assert_eq!(after(61, Ok(())), Verdict::Holds);
    }
}
