//! The Bot API that a bot talks to, and the people who talk to the bot.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use keydesk_emulator::fast::FastApi;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::bots::Running;
use crate::figures::Round;
use crate::people::{Loop, People, Talk};

/// Before it is measured, a bot has its caches filled.
pub const WARM_UP: Duration = Duration::from_secs(2);
/// How often is looked whether something has come about.
const LOOK: Duration = Duration::from_millis(2);
/// No bot takes so long to start.
const PATIENCE: Duration = Duration::from_secs(300);

pub struct Stage {
    pub api: FastApi,
    pub people: Arc<People>,
    pub address: SocketAddr,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Stage {
    pub async fn set(people: usize, follow: Loop, talk: Talk, network: Duration) -> anyhow::Result<Stage> {
        let people = Arc::new(People::new(people, follow, talk));
        let audience = Arc::clone(&people);
        let api = FastApi::new(network, Box::new(move |api, shown| audience.see(api, &shown)));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let serving = tokio::spawn(api.clone().serve(listener));
        Ok(Stage { api, people, address, serving })
    }

    /// Measures while people go on: so many acts a second, or as they see their screens.
    pub async fn during<T>(
        &self,
        rate: Option<u32>,
        measuring: impl Future<Output = anyhow::Result<T>>,
    ) -> anyhow::Result<T> {
        let acting = async {
            let Some(rate) = rate else { return std::future::pending::<()>().await };
            let start = Instant::now();
            for count in 0.. {
                let due = start + Duration::from_secs(1) * count / rate;
                tokio::time::sleep_until(due.into()).await;
                self.people.acts(&self.api);
            }
        };
        let stirring = async {
            loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                self.people.stir(&self.api);
            }
        };
        tokio::select! {
            measured = measuring => measured,
            () = acting => anyhow::bail!("the people have gone"),
            () = stirring => anyhow::bail!("the people have gone"),
        }
    }

    /// Measures for so long, once the bot serves and has warmed up.
    pub async fn steady(&self, bot: &mut Running, length: Duration) -> anyhow::Result<Round> {
        self.until(bot, || !self.people.take().latencies.is_empty()).await?;
        tokio::time::sleep(WARM_UP).await;
        self.people.take();
        let (before, start) = (bot.usage()?, Instant::now());
        tokio::time::sleep(length).await;
        let (measured, took, after) = (self.people.take(), start.elapsed(), bot.usage()?);
        Ok(Round::of(measured, took, after.cpu.saturating_sub(before.cpu), after.memory))
    }

    /// Waits until something has come about, as long as the bot lives.
    pub async fn until(&self, bot: &mut Running, mut has_come: impl FnMut() -> bool) -> anyhow::Result<()> {
        let start = Instant::now();
        while !has_come() {
            if let Some(complaint) = bot.complaint() {
                anyhow::bail!("the bot has ended: {complaint}");
            }
            anyhow::ensure!(start.elapsed() < PATIENCE, "nothing comes of it; {} updates wait", self.api.waiting());
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}
