//! What the handles, the routes and the webhook sender share.

use super::bot_api::BotApi;
use super::world::World;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

pub(crate) struct Shared {
    pub(super) token: String,
    pub(super) bot_api: BotApi,
    pub(super) webhook_retry: Duration,
    pub(super) world: Mutex<World>,
    pub(super) revision: watch::Sender<u64>,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the world, and tells those who watch.
    pub(super) fn change<T>(&self, action: impl FnOnce(&mut World) -> T) -> T {
        let outcome = action(&mut self.lock());
        self.revision.send_modify(|revision| *revision += 1);
        outcome
    }
}
