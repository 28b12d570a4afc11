//! From the start of the process to its first poll, as a shop grows.

use std::time::{Duration, Instant};

use keydesk::store::Store;
use tempfile::TempDir;

use crate::bots::{self, FloodLimits, Kind, Running, database};
use crate::fill;
use crate::people::{Loop, Talk};
use crate::stage::Stage;

/// A shop that starts again and again.
pub struct Shop {
    pub orders: i64,
    folder: Option<TempDir>,
}

/// Where keydesk has made its tables and left.
pub async fn empty_shop() -> anyhow::Result<TempDir> {
    let (_, folder) = start(bots::folder()?).await?;
    Ok(folder)
}

impl Shop {
    /// Makes a shop of so many orders.
    pub async fn of(orders: i64) -> anyhow::Result<Shop> {
        let folder = empty_shop().await?;
        let store = Store::open(&format!("sqlite://{}", database(folder.path()).display())).await?;
        fill::fill(&store, orders).await?;
        store.close().await;
        drop(store);
        let mut shop = Shop { orders, folder: Some(folder) };
        // The first start has what a new release does once.
        shop.start().await?;
        Ok(shop)
    }

    /// How long it takes to the first poll.
    pub async fn start(&mut self) -> anyhow::Result<Duration> {
        let folder = self.folder.take().map_or_else(bots::folder, Ok)?;
        let (took, folder) = start(folder).await?;
        self.folder = Some(folder);
        Ok(took)
    }
}

async fn start(folder: TempDir) -> anyhow::Result<(Duration, TempDir)> {
    let stage = Stage::set(0, Loop::Open, Talk::Orders, Duration::ZERO).await?;
    let start = Instant::now();
    let mut bot = Running::start_in(folder, Kind::Keydesk, stage.address, FloodLimits::Off).await?;
    stage.until(&mut bot, || stage.api.first_poll().is_some()).await?;
    let took = stage.api.first_poll().map_or(Duration::MAX, |polled| polled - start);
    Ok((took, bot.end().await?))
}
