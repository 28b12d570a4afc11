//! What the page's handlers share.

use super::cast::Cast;
use keydesk_emulator::Emulator;
use std::sync::Arc;
use tokio::sync::watch;

#[derive(Clone)]
pub(super) struct Stage {
    pub(super) emulator: Emulator,
    pub(super) cast: Arc<Cast>,
    /// Becomes true when the server is about to stop, so that open event streams end.
    pub(super) stopping: watch::Receiver<bool>,
}
