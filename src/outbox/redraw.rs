//! Making a dialogue's message show its newest state.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::work::{Delivered, DeliveryError};
use super::worker::{Worker, reachability};
use crate::backoff::Backoff;
use crate::chat::Screenful;
use crate::chat::redraws::{Drawing, RedrawEnd, Retired};
use crate::chat::view::OutgoingMessage;
use crate::store::{Attempt, Fresh, LiveScreen, Redraw};
use crate::telegram::CallError;
use crate::telegram::limits::Permit;
use crate::telegram::outgoing::Posted;

/// Somebody waits at this screen, so it is tried again soon.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(10));
/// After so many refusals that nobody can explain, the screen waits for the next press.
const TRIES: i64 = 6;
/// A redraw is broken off before another worker may take it up; an edit that was under way is simply done again.
const TIMEOUT: Duration = Duration::from_secs(9);

impl Worker {
    /// Draws, and leaves what became of it to be recorded.
    pub(super) async fn redraw(&self, mut drawing: Drawing) -> Result<Delivered, DeliveryError> {
        let drawn = drawing.take_drawn();
        let Some(redraw) = drawing.redraw() else { return Ok(Delivered::Idle) };
        let (chat, person, attempts) = (redraw.key.chat, redraw.key.person.0, redraw.attempts);
        let end = match tokio::time::timeout(TIMEOUT, self.show(redraw, drawn)).await {
            Ok(Ok(end)) => end,
            Ok(Err(error)) => {
                tracing::warn!(chat = chat.0, person, "a screen waits for its lease to end: {error}");
                return Err(error);
            }
            Err(_) => {
                tracing::warn!(chat = chat.0, person, "a screen took too long to show in chat {chat}");
                RedrawEnd::PutOff(self.after(attempts), Attempt::Ambiguous)
            }
        };
        let delivered = match end {
            RedrawEnd::Shown { .. } => Delivered::Delivered,
            RedrawEnd::PutOff(until, _) => Delivered::Deferred(until),
            RedrawEnd::Gone => Delivered::Deferred(self.now()),
            RedrawEnd::GivenUp | RedrawEnd::Unreachable(_) | RedrawEnd::LetGo => Delivered::GivenUp,
        };
        let now = self.now();
        for since in drawing.end(end, now) {
            self.chat.metrics().shown_after(now - since);
        }
        Ok(delivered)
    }

    async fn show(&self, redraw: &Redraw, drawn: Option<Screenful>) -> Result<RedrawEnd, DeliveryError> {
        let chat = redraw.key.chat;
        if let Permit::NotBefore(until) = self.ask(chat, redraw.lane) {
            return Ok(RedrawEnd::PutOff(until, Attempt::NotMade));
        }
        if self.chat.is_open_to_all(chat).await? {
            return Ok(RedrawEnd::GivenUp);
        }
        let drawn = match drawn {
            Some(drawn) => Some(drawn),
            None => self.chat.draw(redraw).await?,
        };
        let Some(screenful) = drawn else { return Ok(RedrawEnd::GivenUp) };
        if !self.may_still_send(chat, redraw.leased_until) {
            return Ok(RedrawEnd::PutOff(self.now(), Attempt::NotMade));
        }
        let in_place = redraw.screen.filter(|_| redraw.fresh() == Fresh::EditInPlace);
        let shown = match in_place {
            Some(live) => {
                let posted = self.client.edit_screen(chat, live.message, &screenful.screen).await;
                posted.map(|posted| (posted, live.since))
            }
            None => {
                let screen = OutgoingMessage::plain(screenful.screen).in_topic(redraw.topic);
                // Seldom, and large for the files that it can send.
                Box::pin(self.client.send_message(chat, &screen)).await.map(|posted| (posted, redraw.version))
            }
        };
        Ok(match shown {
            Ok((Posted { message, openness }, since)) => {
                let live = LiveScreen { message, since, lasting: screenful.lasting };
                RedrawEnd::Shown { live, about: screenful.about, openness }
            }
            Err(error) => self.failed(redraw, error),
        })
    }

    /// Does with a screen what is to be done when another has taken its place. One that stays as it is is no harm: its buttons
    /// say that it is outdated. The same holds for one in a group whose limit on edits has no room; deletions do not count
    /// against that.
    pub(super) async fn retire(&self, retired: Retired) {
        let done = match retired {
            Retired::Answered(chat, _) if chat.0 < 0 && !self.has_room_for_edit(chat) => return,
            Retired::Gone(chat, message) => self.client.delete(chat, message).await,
            Retired::Answered(chat, message) => self.client.take_buttons(chat, message).await,
        };
        if let Err(error) = done {
            tracing::debug!("an old screen stays in the chat as it is: {error}");
        }
    }

    fn failed(&self, redraw: &Redraw, error: CallError) -> RedrawEnd {
        let (chat, person) = (redraw.key.chat, redraw.key.person.0);
        match error {
            CallError::Flood(wait) => RedrawEnd::PutOff(self.hold(chat, wait), Attempt::NotMade),
            // In a group only a press on the message itself or a change of what it shows leads to an edit. Whoever removed
            // it from there is not to find it anew at each change of an order.
            CallError::MessageGone(_) if redraw.fresh() == Fresh::EditInPlace && chat.0 < 0 => RedrawEnd::LetGo,
            CallError::MessageGone(_) if redraw.fresh() == Fresh::EditInPlace => RedrawEnd::Gone,
            CallError::Blocked(_) | CallError::Deactivated(_) => RedrawEnd::Unreachable(reachability(&error)),
            CallError::Unexplained(_) if redraw.attempts < TRIES => {
                tracing::warn!(chat = chat.0, person, "a screen waits to be shown in chat {chat}: {error}");
                RedrawEnd::PutOff(self.after(redraw.attempts + 1), Attempt::Failed)
            }
            CallError::Rejected(_)
            | CallError::Unexplained(_)
            | CallError::FileForbidden(_)
            | CallError::FileRefused(_)
            | CallError::MessageGone(_)
            | CallError::Moved(_)
            | CallError::NotModified => {
                tracing::error!(chat = chat.0, person, "a screen cannot be shown in chat {chat}: {error}");
                RedrawEnd::GivenUp
            }
            CallError::NotSent(_) | CallError::Ambiguous(_) | CallError::Conflict(_) | CallError::Unauthorized => {
                tracing::warn!(chat = chat.0, person, "a screen waits to be shown in chat {chat}: {error}");
                RedrawEnd::PutOff(self.after(redraw.attempts + 1), Attempt::Failed)
            }
        }
    }

    fn after(&self, failures: i64) -> DateTime<Utc> {
        self.now() + TimeDelta::from_std(PAUSES.after(failures)).unwrap_or_default()
    }
}
