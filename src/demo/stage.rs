//! What the page's handlers share.

use super::cast::Cast;
use crate::telegram::limits::Holds;
use keydesk_emulator::Emulator;
use std::sync::Arc;
use tokio::sync::watch;

#[derive(Clone)]
pub(super) struct Stage {
    pub(super) emulator: Emulator,
    pub(super) cast: Arc<Cast>,
    /// Where the bot's flood limits hold something back.
    pub(super) holds: watch::Receiver<Holds>,
    /// Becomes true when the server is about to stop, so that open event streams end.
    pub(super) stopping: watch::Receiver<bool>,
}

impl Stage {
    /// Whether every message on which this file stands is protected.
    pub(super) fn is_protected(&self, file_id: &str) -> bool {
        self.emulator.look(|world| {
            let messages = self.cast.panes.iter().flat_map(|pane| world.messages(pane.chat));
            let mut holding = messages.filter(|it| it.file().is_some_and(|file| file.file_id == file_id)).peekable();
            holding.peek().is_some() && holding.all(|message| message.protect_content)
        })
    }
}
