//! `keydesk demo`: the very same bot against the emulator, and a page to play every part on.

use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use reqwest::Url;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::log::LogOptions;
use super::run::{Signals, close};
use crate::bot::Bot;
use crate::clock::Clock;
use crate::config::{Secret, StaffTopics};
use crate::demo::{self, Rehearsal, Wishes};
use crate::domain::Language;
use crate::intake::Source;
use crate::store::Store;
use crate::telegram::Client;

/// The options of `keydesk demo`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  keydesk demo --lang en\n  keydesk demo --port 0 --keep demo-data")]
pub struct Options {
    /// The port of the page on this machine; 0 takes any free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The language of all chats, such as en; without it, they show several.
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<Language>,
    /// Keep the demo's data and its chats in this folder instead of a temporary one.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Give the staff chat topics, one for each order.
    #[arg(long)]
    topics: bool,
    #[command(flatten)]
    pub(super) log: LogOptions,
}

fn language(code: &str) -> Result<Language, String> {
    Language::with_code(code).ok_or_else(|| format!("it needs one of {}", Language::codes()))
}

/// Runs the demo until SIGTERM or SIGINT.
pub async fn demo(options: &Options) -> anyhow::Result<()> {
    let mut signals = Signals::listen()?;
    let listener = listen(options.port).await?;
    let data = DataFolder::open(options.keep.as_deref())?;

    let chats = options.keep.as_deref().map(|folder| folder.join("chats"));
    let topics = if options.topics { StaffTopics::Order } else { StaffTopics::Shared };
    let wishes = Wishes { language: options.lang, chats: chats.as_deref(), topics };
    let rehearsal = Rehearsal::start(wishes).await.with_context(|| match &chats {
        Some(folder) => format!(
            "the Bot API emulator cannot start; if {} is what it cannot read, choose another folder with --keep",
            folder.display()
        ),
        None => "the Bot API emulator cannot start".to_owned(),
    })?;
    let emulator = rehearsal.emulator;
    let client = Client::new(&Url::parse(&emulator.url())?, &Secret::new(emulator.token()))?;
    let store = Store::open(&format!("sqlite://{}", data.path().join("keydesk.db").display())).await?;
    let config = Arc::new(rehearsal.config);
    let clock = Clock::system();
    let bot = Bot::open(config, rehearsal.catalogue, store.clone(), client, clock.clone()).await?;
    demo::fill_stock(&store, &clock).await?;

    announce(listener.local_addr()?, options.keep.as_deref())?;
    let (stop_page, page_stops) = oneshot::channel::<()>();
    let page = demo::serve(listener, emulator.clone(), rehearsal.cast, bot.delivery.holds(), async {
        let _ = page_stops.await;
    });
    let outcome = tokio::select! {
        outcome = bot.run(Source::Polling, signals.stop()) => outcome.map_err(anyhow::Error::from),
        outcome = page => outcome.context("the demo's page cannot be served"),
        outcome = demo::keep_chats(&emulator, chats.as_deref()) => outcome.context("the demo's chats cannot be kept"),
    };
    drop(stop_page);
    close(&store).await;
    if let Some(folder) = &chats {
        // What the bot did last is not left out.
        emulator.save(folder).context("the demo's chats cannot be kept")?;
    }
    outcome
}

async fn listen(port: u16) -> anyhow::Result<TcpListener> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            anyhow::anyhow!("port {port} is taken; stop what uses it, or choose another with --port")
        }
        ErrorKind::PermissionDenied => {
            anyhow::anyhow!("port {port} may not be used; choose one above 1023 with --port")
        }
        _ => anyhow::anyhow!("port {port} cannot be used ({error}); choose another with --port"),
    })
}

fn announce(address: SocketAddr, keep: Option<&Path>) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "The demo is at http://{address}")?;
    match keep {
        Some(folder) => writeln!(out, "Its data is kept in {}. Ctrl-C stops it.", folder.display())?,
        None => writeln!(out, "Ctrl-C stops it, and its data is deleted.")?,
    }
    out.flush()
}

enum DataFolder {
    Temporary(tempfile::TempDir),
    Kept(PathBuf),
}

impl DataFolder {
    fn open(keep: Option<&Path>) -> anyhow::Result<DataFolder> {
        let Some(folder) = keep else {
            return Ok(DataFolder::Temporary(tempfile::tempdir().context("no temporary folder can be made")?));
        };
        std::fs::create_dir_all(folder).map_err(|error| {
            anyhow::anyhow!("the folder {} cannot be made ({error}); choose another with --keep", folder.display())
        })?;
        Ok(DataFolder::Kept(folder.to_owned()))
    }

    fn path(&self) -> &Path {
        match self {
            DataFolder::Temporary(folder) => folder.path(),
            DataFolder::Kept(folder) => folder,
        }
    }
}
