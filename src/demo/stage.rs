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
