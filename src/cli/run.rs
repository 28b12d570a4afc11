//! `keydesk run`: the real thing.

use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::ConfigFile;
use super::setting::{Setting, sentences};
use crate::bot::{Bot, BotError};
use crate::clock::Clock;
use crate::intake::IntakeError;
use crate::store::Store;
use crate::telegram::{CallError, Client};

/// The first pause while the Bot API cannot be reached at the start; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// How long a database that does not answer may hold up the end; supervisors kill after ten seconds or more.
const CLOSING: Duration = Duration::from_secs(4);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Runs the bot until SIGTERM or SIGINT.
pub async fn run(file: &ConfigFile) -> anyhow::Result<()> {
    let mut signals = Signals::listen()?;
    let setting = Setting::read(file).map_err(sentences)?;
    let token = setting.environment.required_token()?;
    let client = Client::new(&setting.environment.api_url, token)?;
    let store = tokio::select! {
        biased;
        () = signals.stop() => return Ok(()),
        store = Store::open(setting.environment.database_url.reveal()) => store?,
    };
    let outcome = serve(&setting, &store, client, &mut signals).await;
    if tokio::time::timeout(CLOSING, store.close()).await.is_err() {
        tracing::warn!("the database did not answer the farewell; nothing is lost");
    }
    tracing::info!("stopped");
    outcome
}

async fn serve(setting: &Setting, store: &Store, client: Client, signals: &mut Signals) -> anyhow::Result<()> {
    let bot = tokio::select! {
        biased;
        () = signals.stop() => return Ok(()),
        bot = open(setting, store, client) => bot?,
    };
    Ok(bot.run(signals.stop()).await?)
}

/// Opens the bot; a Bot API that is out of reach when the machine starts is waited for.
async fn open(setting: &Setting, store: &Store, client: Client) -> Result<Bot, BotError> {
    let mut pause = FIRST_PAUSE;
    loop {
        let config = Arc::clone(&setting.config);
        match Bot::open(config, &setting.catalogue, store.clone(), client.clone(), Clock::system()).await {
            Err(BotError::NoIdentity(CallError::Unauthorized)) => return Err(IntakeError::Unauthorized.into()),
            Err(BotError::NoIdentity(error)) => {
                tracing::warn!("the Bot API did not say who the bot is, trying again in {pause:?}: {error}");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            outcome => return outcome,
        }
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
