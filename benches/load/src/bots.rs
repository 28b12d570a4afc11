//! The measured bots, each a process on a core of its own.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::Context;
use clap::ValueEnum;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::people::Talk;

/// The address of a PostgreSQL server on which databases can be made.
pub const POSTGRES: &str = "KEYDESK_LOAD_POSTGRES";
/// Where databases stand while they are measured.
const FOLDER: &str = "KEYDESK_LOAD_FOLDER";
/// The file that a bot has its data in.
const DATABASE: &str = "bench.db";

/// A program to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Keydesk,
    /// keydesk that is posted its updates.
    KeydeskWebhook,
    /// keydesk on the PostgreSQL of `KEYDESK_LOAD_POSTGRES`.
    KeydeskPostgres,
    /// A plain teloxide order bot, with a transaction for each update.
    Plain,
    /// A bare teloxide echo.
    Echo,
}

/// Whether keydesk keeps Telegram's flood limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FloodLimits {
    Telegram,
    Off,
}

/// A bot that runs until it is dropped.
pub struct Running {
    process: Child,
    folder: TempDir,
    /// The database made for it on the server.
    on_server: Option<String>,
}

/// What a process has used up.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    pub cpu: Duration,
    /// The most memory that it ever had, in bytes.
    pub memory: u64,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Keydesk => "keydesk",
            Kind::KeydeskWebhook => "keydesk behind a webhook",
            Kind::KeydeskPostgres => "keydesk on PostgreSQL",
            Kind::Plain => "plain teloxide bot",
            Kind::Echo => "bare teloxide echo",
        }
    }

    pub fn talk(self) -> Talk {
        match self {
            Kind::Keydesk | Kind::KeydeskWebhook | Kind::KeydeskPostgres | Kind::Plain => Talk::Orders,
            Kind::Echo => Talk::Echo,
        }
    }
}

/// A new folder for databases, on the disk that was asked for.
pub fn folder() -> anyhow::Result<TempDir> {
    let parent = std::env::var(FOLDER).unwrap_or_else(|_| "target".to_owned());
    tempfile::tempdir_in(&parent).with_context(|| format!("{FOLDER}: no folder can be made in {parent}"))
}

/// The SQLite file of a folder in which keydesk has run.
pub fn database(folder: &Path) -> PathBuf {
    folder.join(DATABASE)
}

impl Running {
    /// Starts the bot on the first core, with an empty database; whoever measures has the other cores.
    pub async fn start(kind: Kind, api: SocketAddr) -> anyhow::Result<Running> {
        Running::start_in(folder()?, kind, api, FloodLimits::Off).await
    }

    /// Starts the bot with what a former one left in the folder.
    pub async fn start_in(
        folder: TempDir,
        kind: Kind,
        api: SocketAddr,
        limits: FloodLimits,
    ) -> anyhow::Result<Running> {
        let programs = programs()?;
        let mut command = Command::new("taskset");
        command.args(["-c", "0"]);
        match kind {
            Kind::Keydesk | Kind::KeydeskWebhook | Kind::KeydeskPostgres => {
                let configuration = folder.path().join("keydesk.toml");
                std::fs::write(&configuration, configured(kind, limits)?)?;
                std::fs::write(folder.path().join("catalog.toml"), include_str!("../../../catalog.example.toml"))?;
                command.arg(programs.join("keydesk")).args(["run", "--config"]).arg(configuration);
            }
            Kind::Plain => drop(command.arg(programs.join("bench-plain"))),
            Kind::Echo => drop(command.arg(programs.join("bench-echo"))),
        }
        let on_server = match kind {
            Kind::KeydeskPostgres => Some(database_on_server().await?),
            _ => None,
        };
        let address = match &on_server {
            Some(name) => address_on_server(name)?,
            None => format!("sqlite://{}", database(folder.path()).display()),
        };
        let log = std::fs::File::create(folder.path().join("log"))?;
        let process = command
            .env("TELOXIDE_TOKEN", "1:bench")
            .env("TELOXIDE_API_URL", format!("http://{api}"))
            .env("TELEGRAM_WEBHOOK_SECRET", "a_secret_of_the_benchmark_alone_0123456789")
            .env("DATABASE_URL", address)
            .env("RUST_LOG", std::env::var("KEYDESK_LOAD_LOG").unwrap_or_else(|_| "error".to_owned()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} does not start", kind.name()))?;
        Ok(Running { process, folder, on_server })
    }

    pub fn usage(&self) -> anyhow::Result<Usage> {
        let id = self.process.id().context("the bot has ended")?;
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        let (_, after_name) = stat.rsplit_once(')').context("no process is like this")?;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let ticks = |place: usize| fields.get(place).and_then(|ticks| ticks.parse::<u64>().ok()).unwrap_or(0);
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        let kilobytes: u64 = most.trim().trim_end_matches(" kB").parse().unwrap_or(0);
        // Linux counts hundredths of a second.
        Ok(Usage { cpu: Duration::from_millis((ticks(11) + ticks(12)) * 10), memory: kilobytes * 1024 })
    }

    /// What it said, once it has ended although nobody stopped it.
    pub fn complaint(&mut self) -> Option<String> {
        self.process.try_wait().ok().flatten()?;
        std::fs::read_to_string(self.folder.path().join("log")).ok()
    }

    /// Ends the bot at once, and what it kept.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.process.kill().await.context("the bot does not stop")?;
        match &self.on_server {
            Some(name) => on_server(format!("DROP DATABASE {name} WITH (FORCE)")).await,
            None => Ok(()),
        }
    }

    /// Asks the bot to end, and gives the folder with what it kept.
    pub async fn end(mut self) -> anyhow::Result<TempDir> {
        let id = self.process.id().context("the bot has ended")?;
        Command::new("kill").arg(id.to_string()).status().await?;
        self.process.wait().await?;
        Ok(self.folder)
    }
}

fn configured(kind: Kind, limits: FloodLimits) -> anyhow::Result<String> {
    let mut text = include_str!("keydesk.toml").to_owned();
    if limits == FloodLimits::Off {
        text.push_str("limits = \"off\"\n");
    }
    if kind == Kind::KeydeskWebhook {
        // Free a moment ago.
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        text.push_str(&format!(
            "webhook = {{ url = \"http://{listen}/telegram\", listen = \"{listen}\", max_connections = 100 }}\n"
        ));
    }
    Ok(text)
}

async fn database_on_server() -> anyhow::Result<String> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("keydesk_load_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    on_server(format!("CREATE DATABASE {name} TEMPLATE template0")).await?;
    Ok(name)
}

fn address_on_server(name: &str) -> anyhow::Result<String> {
    let server = std::env::var(POSTGRES).with_context(|| format!("{POSTGRES} is not set"))?;
    let (server, _) = server.rsplit_once('/').with_context(|| format!("{POSTGRES} names no database"))?;
    Ok(format!("{server}/{name}"))
}

async fn on_server(statement: String) -> anyhow::Result<()> {
    let server = std::env::var(POSTGRES).with_context(|| format!("{POSTGRES} is not set"))?;
    let mut connection = PgConnection::connect(&server).await.context("PostgreSQL cannot be reached")?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Where this program stands, and the others beside it.
fn programs() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    own.parent().map(Path::to_owned).context("this program is nowhere")
}
