//! `keydesk run`: the real thing.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::ConfigFile;
use super::exit::Failure;
use super::log::LogOptions;
use super::startup::{NOT_ACCEPTED, Startup, sentences};
use super::supervisor::Supervisor;
use crate::backoff::Backoff;
use crate::bot::{Bot, BotError};
use crate::clock::Clock;
use crate::config::{self, Secret};
use crate::domain::Fault;
use crate::http::{Http, Stage};
use crate::intake::{Source, Webhook};
use crate::store::{OpenError, Store};
use crate::telegram::{CallError, Client, Revoked};

/// Pauses while the Bot API cannot be reached at the start.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(30));

/// How long the database may take to close; supervisors kill what does not stop within ten seconds.
const CLOSING: Duration = Duration::from_secs(2);

/// The options of `keydesk run`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  TELOXIDE_TOKEN_FILE=/etc/keydesk/token keydesk run\n  keydesk run --log-format json"
)]
pub struct Options {
    #[command(flatten)]
    file: ConfigFile,
    #[command(flatten)]
    pub(super) log: LogOptions,
    /// Take the place of a webhook that another program or configuration left, which would receive the updates.
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
    let own = own_webhook(&setting, options)?;
    // First of all, so that nothing is posted to an address that is taken.
    let source = match own {
        Some((webhook, secret)) => Source::Webhook(bind(webhook, secret, options).await?),
        None => Source::Polling,
    };
    let supervisor = Supervisor::of_environment();
    let stage = watch::Sender::new(Stage::Starting);
    let figures = serve_figures(setting.config.http, &stage, &options.file.path).await?;
    supervisor.starting("opening the database");
    let Some(store) = unless_stopped(&mut signals, open_store(&setting)).await.transpose()? else { return Ok(()) };
    let opening = async {
        let bot = open(&setting, &store, client.clone(), &supervisor).await?;
        let bot = bot.with_backups(setting.database());
        claim_updates(&client, own, options, &supervisor).await?;
        anyhow::Ok(bot)
    };
    let outcome = match unless_stopped(&mut signals, opening).await {
        Some(Ok(bot)) => {
            stage.send_replace(Stage::Serving(Box::new(bot.vitals(&source))));
            supervisor.serving();
            let stopping = async {
                signals.stop().await;
                supervisor.stopping();
                stage.send_replace(Stage::Stopping);
            };
            tokio::select! {
                outcome = bot.run(source, stopping) => outcome.map_err(anyhow::Error::from),
                () = supervisor.watch(bot.chat()) => Ok(()),
            }
        }
        Some(Err(error)) => Err(error),
        None => Ok(()),
    };
    stage.send_replace(Stage::Stopping);
    close(&store).await;
    if let Some(figures) = figures {
        figures.abort();
    }
    tracing::info!("stopped");
    outcome.map_err(|error| named(error, &setting))
}

/// A token that is refused is named with the place where it is to be corrected.
fn named(error: anyhow::Error, setting: &Startup) -> anyhow::Error {
    if !error.is::<Revoked>() && !matches!(error.downcast_ref(), Some(BotError::Revoked(_))) {
        return error;
    }
    let place = setting.environment.token_place.clone();
    sentences(vec![Fault { place, problem: NOT_ACCEPTED.to_owned() }])
}

/// Serves health and figures from now on, by a task of its own: whoever asks learns of work that stands still.
async fn serve_figures(
    http: Option<config::Http>,
    stage: &watch::Sender<Stage>,
    file: &Path,
) -> anyhow::Result<Option<JoinHandle<()>>> {
    let Some(config::Http { listen }) = http else { return Ok(None) };
    let http = Http::bind(listen).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            let file = file.display();
            anyhow::anyhow!("{listen} is taken; stop what uses it, or change `http.listen` in {file}")
        }
        _ => anyhow::anyhow!("{listen} cannot be used ({error}); correct `http.listen` in {}", file.display()),
    })?;
    tracing::info!("health and figures are at http://{listen}");
    Ok(Some(tokio::spawn(http.serve(stage.subscribe(), Clock::system()))))
}

/// What `work` gives; `None` when the process is asked to stop before.
pub(super) async fn unless_stopped<T>(signals: &mut Signals, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        () = signals.stop() => None,
        outcome = work => Some(outcome),
    }
}

async fn open_store(setting: &Startup) -> Result<Store, OpenError> {
    Store::open(setting.database()).await
}

/// Opens the bot; a Bot API that is out of reach when the machine starts is waited for.
async fn open(setting: &Startup, store: &Store, client: Client, supervisor: &Supervisor) -> Result<Bot, BotError> {
    let mut pauses = PAUSES;
    loop {
        supervisor.starting("waiting for the Bot API");
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

/// The webhook that the configuration asks for, and its secret.
type Own<'a> = Option<(&'a config::Webhook, &'a Secret)>;

fn own_webhook<'a>(setting: &'a Startup, options: &Options) -> anyhow::Result<Own<'a>> {
    let Some(webhook) = &setting.config.telegram.webhook else { return Ok(None) };
    setting.environment.check_webhook(webhook, &options.file.path).map_err(|fault| sentences(vec![fault]))?;
    Ok(Some((webhook, setting.environment.required_webhook_secret()?)))
}

async fn bind(webhook: &config::Webhook, secret: &Secret, options: &Options) -> anyhow::Result<Webhook> {
    let (address, file) = (webhook.listen, options.file.path.display());
    Webhook::bind(webhook, secret).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Failure::configuration(format!(
            "{address} is taken; stop what uses it, or change `telegram.webhook` in {file}, and in the proxy"
        )),
        _ => Failure::configuration(format!(
            "{address} cannot be used ({error}); correct `listen` of `telegram.webhook` in {file}"
        )),
    })
}

/// Why the updates do not come here.
enum NotClaimed {
    Call(CallError),
    /// The webhook of somebody else, by its host.
    Others(String),
}

impl From<CallError> for NotClaimed {
    fn from(error: CallError) -> NotClaimed {
        NotClaimed::Call(error)
    }
}

/// Makes sure that the updates come here; the bot would be deaf otherwise, and wait for them in vain.
async fn claim_updates(
    client: &Client,
    own: Own<'_>,
    options: &Options,
    supervisor: &Supervisor,
) -> anyhow::Result<()> {
    let mut pauses = PAUSES;
    loop {
        supervisor.starting("waiting for the Bot API to say who receives the updates");
        let error = match claim_once(client, own, options).await {
            Ok(()) => return Ok(()),
            Err(NotClaimed::Others(host)) => return Err(Failure::configuration(webhook_left(&host))),
            Err(NotClaimed::Call(error)) => error,
        };
        match error {
            CallError::Unauthorized => return Err(Revoked.into()),
            CallError::Rejected(_) | CallError::Unexplained(_) => {
                return Err(error).context("Telegram takes no such webhook; correct key `telegram.webhook`");
            }
            _ => {}
        }
        let pause = pauses.pause();
        tracing::warn!("the Bot API did not say who receives the updates, trying again in {pause:?}: {error}");
        tokio::time::sleep(pause).await;
    }
}

/// A webhook at the very address of this configuration is this bot's own: another replica's, or its own of before. Any other
/// one is somebody's who may be at work, were it a replica with another configuration.
async fn claim_once(client: &Client, own: Own<'_>, options: &Options) -> Result<(), NotClaimed> {
    let found = client.webhook().await?;
    let others = found.filter(|found| own.is_none_or(|(webhook, _)| found.url != webhook.url.as_str()));
    if let Some(others) = &others
        && !options.take_over
    {
        return Err(NotClaimed::Others(others.host()));
    }
    match (own, others) {
        (Some((webhook, secret)), _) => {
            client.set_webhook(webhook, secret).await?;
            // The path may be meant to be secret.
            let host = webhook.url.host_str().unwrap_or_default();
            tracing::info!("Telegram posts updates to {host}, whose proxy posts them to {}", webhook.listen);
        }
        (None, Some(others)) => {
            client.remove_webhook().await?;
            tracing::info!("removed the webhook at {}", others.host());
        }
        (None, None) => {}
    }
    Ok(())
}

/// What stands in the way, and the remedy.
pub fn webhook_left(host: &str) -> String {
    format!(
        "a webhook at {host} receives the bot's updates, which another program or configuration must have set; stop what \
         serves it, and start `keydesk run --take-over` once, which takes its place and loses no update"
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
