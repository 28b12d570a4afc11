//! The orders of a period: what they come to, and all of them row by row.

use tokio::sync::mpsc::Sender;

use super::rows::{Rows, rows};
use super::{Shop, ShopError};
use crate::domain::reports::buckets;
use crate::domain::reports::figures::Bucket;
use crate::domain::reports::period::{Span, day_of};
use crate::domain::{ExportRow, Mark, Period, Stats};
use crate::store::{StoreError, Tx};

/// Orders of one page: few enough to be nothing in memory, many enough that asking for them is not what takes long.
const ORDERS_AT_ONCE: u32 = 500;

impl Shop {
    /// What the orders of a period come to, divided so that a picture can show it.
    pub async fn stats(&self, tx: &mut Tx, period: Period) -> Result<Stats, ShopError> {
        let zone = self.config.shop.time_zone;
        let whole = period.span(zone);
        let (grain, days) = buckets::divide(period, tx.reached(whole).await?, zone);
        let mut counted = Vec::with_capacity(days.len());
        for (days, span) in buckets::spans(days, whole, zone) {
            counted.push(Bucket { days, figures: tx.figures(span).await? });
        }
        Ok(Stats::of(period, grain, counted))
    }

    /// The parts in which a period has no more than so many orders, those without any left out; a day is not divided. Of a
    /// period that needs no division it is the only part.
    pub async fn parts_of(&self, tx: &mut Tx, period: Period, most: u64) -> Result<Vec<Period>, ShopError> {
        let zone = self.config.shop.time_zone;
        let (mut parts, mut left) = (Vec::new(), vec![period]);
        while let Some(part) = left.pop() {
            let orders = tx.figures(part.span(zone)).await?.all_orders();
            let finer = if orders > most { self.divided(tx, part).await? } else { Vec::new() };
            match finer.is_empty() {
                true if orders > 0 || part == period => parts.push(part),
                true => {}
                false => left.extend(finer.into_iter().rev()),
            }
        }
        Ok(parts)
    }

    /// The next smaller parts of a period between its first order and its last; none of one that is not divided.
    pub async fn divided(&self, tx: &mut Tx, period: Period) -> Result<Vec<Period>, ShopError> {
        let zone = self.config.shop.time_zone;
        let reached = tx.reached(period.span(zone)).await?;
        Ok(reached.map_or_else(Vec::new, |(first, last)| period.parts((day_of(first, zone), day_of(last, zone)))))
    }

    /// The rows of a period as they are at one moment; see [`Rows`].
    pub fn rows(
        &self,
        tx: Tx,
        period: Period,
    ) -> (Rows<ExportRow>, impl Future<Output = Result<(), ShopError>> + Send + use<>) {
        let (pages, rows) = rows();
        let span = period.span(self.config.shop.time_zone);
        (rows, async move { Ok(send(tx, span, pages).await?) })
    }
}

async fn send(mut tx: Tx, span: Span, pages: Sender<Vec<ExportRow>>) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let page = tx.export_rows(span, after, ORDERS_AT_ONCE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(Mark { at: last.placed_at, number: last.order });
        // Whoever reads no longer has said why.
        if pages.send(page).await.is_err() {
            return Ok(());
        }
    }
}
