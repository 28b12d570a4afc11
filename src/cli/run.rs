//! `keydesk run`: the real thing.

use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::ConfigFile;
use super::startup::{Startup, sentences};
use crate::backoff::Backoff;
use crate::bot::{Bot, BotError};
use crate::clock::Clock;
use crate::store::{OpenError, Store};
use crate::telegram::{CallError, Client, Revoked};

/// Pauses while the Bot API cannot be reached at the start.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(30));

/// How long the database may take to close; supervisors kill what does not stop within ten seconds.
const CLOSING: Duration = Duration::from_secs(4);

/// Runs the bot until SIGTERM or SIGINT.
pub async fn run(file: &ConfigFile) -> anyhow::Result<()> {
    let mut signals = Signals::listen()?;
    let setting = Startup::read(file).map_err(sentences)?;
    let token = setting.environment.required_token()?;
    let client = Client::new(&setting.environment.api_url, token)?;
    let Some(store) = unless_stopped(&mut signals, open_store(&setting)).await.transpose()? else { return Ok(()) };
    let outcome = match unless_stopped(&mut signals, open(&setting, &store, client)).await {
        Some(Ok(bot)) => bot.run(signals.stop()).await.map_err(anyhow::Error::from),
        Some(Err(error)) => Err(error.into()),
        None => Ok(()),
    };
    close(&store).await;
    tracing::info!("stopped");
    outcome
}

/// What `work` gives; `None` when the process is asked to stop before.
async fn unless_stopped<T>(signals: &mut Signals, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        () = signals.stop() => None,
        outcome = work => Some(outcome),
    }
}

async fn open_store(setting: &Startup) -> Result<Store, OpenError> {
    Store::open(setting.environment.database_url.reveal()).await
}

/// Opens the bot; a Bot API that is out of reach when the machine starts is waited for.
async fn open(setting: &Startup, store: &Store, client: Client) -> Result<Bot, BotError> {
    let mut pauses = PAUSES;
    loop {
        let config = Arc::clone(&setting.config);
        match Bot::open(config, &setting.catalogue, store.clone(), client.clone(), Clock::system()).await {
            Err(BotError::NoIdentity(CallError::Unauthorized)) => return Err(Revoked.into()),
            Err(BotError::NoIdentity(error)) => {
                let pause = pauses.pause();
                tracing::warn!("the Bot API did not say who the bot is, trying again in {pause:?}: {error}");
                tokio::time::sleep(pause).await;
            }
            outcome => return outcome,
        }
    }
}

/// Closes the store, unless a database that hangs keeps it from closing in time: nothing is lost by leaving.
pub async fn close(store: &Store) {
    if tokio::time::timeout(CLOSING, store.close()).await.is_err() {
        tracing::warn!("the database did not let go in {CLOSING:?}");
    }
}

/// The signals that ask a process to stop.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Listens from now on.
    pub fn listen() -> std::io::Result<Signals> {
        Ok(Signals { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Is ready when the process is asked to stop.
    pub async fn stop(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => tracing::info!("SIGTERM: stopping"),
            _ = self.interrupt.recv() => tracing::info!("SIGINT: stopping"),
        }
    }
}
