//! The live state of the chats, as Server-Sent Events.

use super::stage::Stage;
use super::view::{self, AnswerView};
use crate::domain::ChatId;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::time::Duration;
use tokio::sync::watch;

/// Often enough that a dead connection shows within seconds.
const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// One `state` event at once and one after each change that can be seen, with the emulator's revision as its id.
///
/// A pane that did not change since the stream's last event is left out. A page that was away gets all panes on its
/// new stream, so no event needs to be kept for it.
pub(super) async fn stream(State(stage): State<Stage>) -> Sse<impl Stream<Item = Result<Event, axum::Error>>> {
    let mut revisions = stage.emulator.subscribe();
    revisions.mark_changed();
    let viewer =
        Viewer { revisions, panes: stage.cast.panes.iter().map(|_| None).collect(), answers: Vec::new(), stage };
    Sse::new(unfold(viewer, Viewer::next)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

/// An open page, and what it was sent.
struct Viewer {
    stage: Stage,
    revisions: watch::Receiver<u64>,
    panes: Vec<Option<Box<RawValue>>>,
    answers: Vec<AnswerView>,
}

/// The data of a `state` event.
#[derive(Serialize)]
struct Update<'a> {
    revision: u64,
    panes: Vec<&'a RawValue>,
    answers: &'a [AnswerView],
}

impl Viewer {
    /// The next event; nothing when the server stops or the emulator is gone.
    async fn next(mut self) -> Option<(Result<Event, axum::Error>, Self)> {
        while self.changed().await {
            if let Some(event) = self.event().transpose() {
                return Some((event, self));
            }
        }
        None
    }

    async fn changed(&mut self) -> bool {
        tokio::select! {
            changed = self.revisions.changed() => changed.is_ok(),
            // Without a bot there is nothing that could be held back any more.
            Ok(()) = self.stage.holds.changed() => true,
            _ = self.stage.stopping.wait_for(|stopping| *stopping) => false,
        }
    }

    /// What is new since the last event; most revisions are the bot's polls, which nobody sees.
    fn event(&mut self) -> Result<Option<Event>, axum::Error> {
        let revision = *self.revisions.borrow_and_update();
        let holds = self.stage.holds.borrow_and_update().clone();
        let mut panes = Vec::new();
        for (pane, sent) in self.stage.cast.panes.iter().zip(&mut self.panes) {
            let view = view::pane(&self.stage.emulator, &self.stage.cast, pane, holds.get(&ChatId(pane.chat)).copied());
            let view = to_raw_value(&view).map_err(axum::Error::new)?;
            if sent.as_deref().map(RawValue::get) != Some(view.get()) {
                panes.push(&**sent.insert(view));
            }
        }
        let answers = view::answers(&self.stage.emulator);
        if panes.is_empty() && answers == self.answers {
            return Ok(None);
        }
        self.answers = answers;
        let update = Update { revision, panes, answers: &self.answers };
        let event = Event::default().event("state").id(revision.to_string());
        event.json_data(update).map(Some)
    }
}
