//! The live state of the chats, as Server-Sent Events.

use super::server::Stage;
use super::view;
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

/// One `state` event at once and one after each change, with the revision as its id.
///
/// A pane that did not change since the stream's last event is left out. A page that was away gets all panes on its
/// new stream, so no event needs to be kept for it.
pub(super) async fn stream(
    State(stage): State<Stage>,
) -> Sse<impl Stream<Item = Result<Event, axum::Error>>> {
    let viewer = Viewer {
        revisions: stage.emulator.subscribe(),
        sent: stage.cast.panes.iter().map(|_| None).collect(),
        stage,
        begun: false,
    };
    Sse::new(unfold(viewer, Viewer::next)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

/// What one open page has been sent.
struct Viewer {
    stage: Stage,
    revisions: watch::Receiver<u64>,
    sent: Vec<Option<Box<RawValue>>>,
    begun: bool,
}

/// The data of a `state` event.
#[derive(Serialize)]
struct Update<'a> {
    revision: u64,
    panes: Vec<&'a RawValue>,
    answers: Vec<view::AnswerView>,
}

impl Viewer {
    /// Waits for the next change; nothing when the server stops or the emulator is gone.
    async fn next(mut self) -> Option<(Result<Event, axum::Error>, Self)> {
        if self.begun && !self.changed().await {
            return None;
        }
        self.begun = true;
        let event = self.event();
        Some((event, self))
    }

    async fn changed(&mut self) -> bool {
        tokio::select! {
            changed = self.revisions.changed() => changed.is_ok(),
            _ = self.stage.stopping.wait_for(|stopping| *stopping) => false,
        }
    }

    fn event(&mut self) -> Result<Event, axum::Error> {
        let revision = *self.revisions.borrow_and_update();
        let mut panes = Vec::new();
        for (pane, sent) in self.stage.cast.panes.iter().zip(&mut self.sent) {
            let view = view::pane(&self.stage.emulator, &self.stage.cast, pane);
            let view = to_raw_value(&view).map_err(axum::Error::new)?;
            if sent.as_deref().map(RawValue::get) != Some(view.get()) {
                panes.push(&**sent.insert(view));
            }
        }
        let update = Update {
            revision,
            panes,
            answers: view::answers(&self.stage.emulator),
        };
        Event::default()
            .event("state")
            .id(revision.to_string())
            .json_data(update)
    }
}
