//! The orders of a period: what they come to, and all of them row by row.

use std::vec::IntoIter;

use tokio::sync::mpsc::{self, Receiver, Sender};

use super::{Shop, ShopError};
use crate::domain::reports::buckets;
use crate::domain::reports::figures::Bucket;
use crate::domain::reports::period::Span;
use crate::domain::{ExportRow, Mark, Period, Stats};
use crate::store::{StoreError, Tx};

/// Orders of one page: few enough to be nothing in memory, many enough that asking for them is not what takes long.
const ORDERS_AT_ONCE: u32 = 500;

/// The rows of an export, for a thread that may block: it waits for pages.
#[derive(Debug)]
pub struct Rows {
    pages: Receiver<Vec<ExportRow>>,
    page: IntoIter<ExportRow>,
}

impl Iterator for Rows {
    type Item = ExportRow;

    fn next(&mut self) -> Option<ExportRow> {
        loop {
            if let Some(row) = self.page.next() {
                return Some(row);
            }
            self.page = self.pages.blocking_recv()?.into_iter();
        }
    }
}

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

    /// The rows of a period as they are at one moment. They come while the future is polled, and only a few pages of
    /// them are in memory; whoever reads them must not block the future's own thread. Rows that were read before the
    /// future fails are not all.
    pub fn rows(&self, tx: Tx, period: Period) -> (Rows, impl Future<Output = Result<(), ShopError>> + Send + use<>) {
        let (pages, read) = mpsc::channel(1);
        let span = period.span(self.config.shop.time_zone);
        let sending = async move { Ok(send(tx, span, pages).await?) };
        (Rows { pages: read, page: Vec::new().into_iter() }, sending)
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
