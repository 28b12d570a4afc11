//! The measured bots, each a process on a core of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context;
use clap::ValueEnum;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::people::Talk;

/// A program to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Keydesk,
    /// keydesk on the PostgreSQL of `KEYDESK_LOAD_POSTGRES`.
    KeydeskPostgres,
    /// A plain teloxide order bot, with a transaction for each update.
    Plain,
    /// A bare teloxide echo.
    Echo,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Keydesk => "keydesk",
            Kind::KeydeskPostgres => "keydesk on PostgreSQL",
            Kind::Plain => "plain teloxide bot",
            Kind::Echo => "bare teloxide echo",
        }
    }

    pub fn talk(self) -> Talk {
        match self {
            Kind::Keydesk | Kind::KeydeskPostgres | Kind::Plain => Talk::Orders,
            Kind::Echo => Talk::Echo,
        }
    }
}

/// A bot that runs until it is dropped.
pub struct Running {
    process: Child,
    _folder: TempDir,
}

/// What a process has used up.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    pub cpu: Duration,
    /// The most memory that it ever had, in bytes.
    pub memory: u64,
}

impl Running {
    /// Starts the bot on the first core; whoever measures has the others.
    pub fn start(kind: Kind, api: SocketAddr) -> anyhow::Result<Running> {
        let folder =
            tempfile::tempdir_in(std::env::var("KEYDESK_LOAD_FOLDER").unwrap_or_else(|_| "target".to_owned()))?;
        let programs = programs()?;
        let mut command = Command::new("taskset");
        command.args(["-c", "0"]);
        match kind {
            Kind::Keydesk | Kind::KeydeskPostgres => {
                std::fs::write(folder.path().join("keydesk.toml"), include_str!("keydesk.toml"))?;
                std::fs::write(folder.path().join("catalog.toml"), include_str!("../../../catalog.example.toml"))?;
                command.arg(programs.join("keydesk")).args(["run", "--config"]).arg(folder.path().join("keydesk.toml"));
            }
            Kind::Plain => drop(command.arg(programs.join("bench-plain"))),
            Kind::Echo => drop(command.arg(programs.join("bench-echo"))),
        }
        let database = match kind {
            Kind::KeydeskPostgres => {
                std::env::var("KEYDESK_LOAD_POSTGRES").context("KEYDESK_LOAD_POSTGRES is not set")?
            }
            _ => format!("sqlite://{}", folder.path().join("bench.db").display()),
        };
        let log = std::fs::File::create(folder.path().join("log"))?;
        let process = command
            .env("TELOXIDE_TOKEN", "1:bench")
            .env("TELOXIDE_API_URL", format!("http://{api}"))
            .env("DATABASE_URL", database)
            .env("RUST_LOG", std::env::var("KEYDESK_LOAD_LOG").unwrap_or_else(|_| "error".to_owned()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} does not start", kind.name()))?;
        Ok(Running { process, _folder: folder })
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

    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.process.kill().await.context("the bot does not stop")
    }
}

/// Where this program stands, and the others beside it.
fn programs() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    own.parent().map(Path::to_owned).context("this program is nowhere")
}
