//! `keydesk run`: the real thing.

use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::ConfigFile;
use super::log::LogOptions;
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

/// The options of `keydesk run`.
#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    file: ConfigFile,
    #[command(flatten)]
    pub(super) log: LogOptions,
    /// Remove the webhook that another program left, which would receive the updates.
    #[arg(long)]
    take_over: bool,
}

/// Runs the bot until SIGTERM or SIGINT.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut signals = Signals::listen()?;
    let setting = Startup::read(&options.file).map_err(sentences)?;
    let token = setting.environment.required_token()?;
    let api_url = setting.environment.trusted_api_url(setting.config.telegram.plain_http)?;
    let limits = setting.config.telegram.limits;
    setting.environment.check_limits(limits, &options.file.path).map_err(|fault| sentences(vec![fault]))?;
    let client = Client::new(api_url, token)?;
    let Some(store) = unless_stopped(&mut signals, open_store(&setting)).await.transpose()? else { return Ok(()) };
    let opening = async {
        let bot = open(&setting, &store, client.clone()).await?;
        claim_updates(&client, options).await?;
        anyhow::Ok(bot)
    };
    let outcome = match unless_stopped(&mut signals, opening).await {
        Some(Ok(bot)) => bot.run(signals.stop()).await.map_err(anyhow::Error::from),
        Some(Err(error)) => Err(error),
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

/// Makes sure that no webhook receives the updates; the bot would be deaf, and wait for them in vain.
async fn claim_updates(client: &Client, options: &Options) -> anyhow::Result<()> {
    let mut pauses = PAUSES;
    loop {
        let error = match client.webhook_host().await {
            Ok(None) => return Ok(()),
            Ok(Some(host)) if !options.take_over => return Err(anyhow::anyhow!(webhook_left(&host))),
            Ok(Some(host)) => match client.remove_webhook().await {
                Ok(()) => {
                    tracing::info!("removed the webhook at {host}");
                    return Ok(());
                }
                Err(error) => error,
            },
            Err(error) => error,
        };
        if error == CallError::Unauthorized {
            return Err(Revoked.into());
        }
        let pause = pauses.pause();
        tracing::warn!("the Bot API did not say who receives the updates, trying again in {pause:?}: {error}");
        tokio::time::sleep(pause).await;
    }
}

/// What stands in the way, and the remedy.
pub fn webhook_left(host: &str) -> String {
    format!(
        "a webhook at {host} receives the bot's updates, which another program must have set; stop that program, and start \
         `keydesk run --take-over` once, which removes the webhook and loses no update"
    )
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
