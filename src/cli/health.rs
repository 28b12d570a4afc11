//! `keydesk health`: asks the running bot whether it serves.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context;

use super::ConfigFile;
use super::said::{pretty, say};
use super::startup::sentences;
use crate::config::Config;
use crate::http::Readiness;

/// Longer than the bot itself waits for its database, and less than a container's probe mostly has.
const PATIENCE: Duration = Duration::from_secs(5);

/// The options of `keydesk health`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 the bot serves, 1 it does not, or does not answer. It asks at `http.listen` of the configuration.\n\n\
        Examples:\n  keydesk health\n  keydesk health --json"
)]
pub struct Options {
    /// Writes JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// Says in a sentence how the bot is.
pub async fn health(options: &Options) -> anyhow::Result<()> {
    let config = Config::load(&options.config.path).map_err(sentences)?;
    let file = options.config.path.display();
    let http = config.http.with_context(|| {
        format!(
            "the bot serves no health; put `listen = \"127.0.0.1:9464\"` into section [http] of {file}, and restart it"
        )
    })?;
    let readiness = ask(reachable(http.listen)).await?;
    if options.json {
        say(&pretty(&readiness)?)?;
    }
    anyhow::ensure!(readiness.ready, "{}", readiness.sentence());
    if options.json { Ok(()) } else { say(&format!("{}\n", readiness.sentence())) }
}

async fn ask(address: SocketAddr) -> anyhow::Result<Readiness> {
    // A proxy of the environment does not lead to this machine.
    let client = reqwest::Client::builder().no_proxy().tls_built_in_root_certs(false).timeout(PATIENCE).build()?;
    let answer = client.get(format!("http://{address}/readyz")).send().await;
    let silent = || format!("no bot answers at {address}; see whether it runs, and its log");
    let answer = answer.map_err(reqwest::Error::without_url).with_context(silent)?;
    let body = answer.json().await.map_err(reqwest::Error::without_url);
    body.with_context(|| format!("something else than keydesk answers at {address}; correct `http.listen`"))
}

/// Where this machine reaches whoever listens on that address.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let loopback: IpAddr = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(loopback, listen.port())
}
