//! Messages for servers that do not know all that is in them.
//!
//! No server says what it knows. It passes over fields that it does not know, and names tags and buttons that it refuses,
//! in its own words (<https://github.com/tdlib/telegram-bot-api>).

use std::future::Future;

use super::call_error::CallError;
use super::client::Client;
use super::novelty::{Novelties, Novelty};
use crate::chat::view::Screen;

impl Client {
    /// Makes a call that shows a screen. When it is refused for something that this server does not know, the call is made
    /// once more without it, and so is every one that follows.
    pub(super) async fn show<R, F>(&self, screen: &Screen, call: impl Fn(Novelties) -> F) -> Result<R, CallError>
    where
        F: Future<Output = Result<R, CallError>>,
    {
        let mut unknown = self.unknown.get();
        loop {
            let outcome = call(unknown).await;
            let (Err(CallError::Rejected(refusal)) | Err(CallError::Unexplained(refusal))) = &outcome else {
                if matches!(outcome, Ok(_) | Err(CallError::NotModified)) {
                    self.unknown.add(unknown);
                }
                return outcome;
            };
            let may_be_it =
                |novelty: &Novelty| !unknown.has(*novelty) && novelty.is_named_in(refusal) && novelty.stands_in(screen);
            match Novelty::ALL.into_iter().find(may_be_it) {
                Some(novelty) => unknown = unknown.and(novelty),
                None => return outcome,
            }
        }
    }
}
