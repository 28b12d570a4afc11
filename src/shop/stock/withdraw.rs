//! Serial numbers of a file out of the stock, all or none.

use std::io::BufRead;

use super::import::{Batch, NoImport, StockReading};
use crate::domain::{Actor, FileFaults, ListedProducts, Sku, SomeLines, WithdrawalReason};
use crate::shop::{Shop, ShopError};
use crate::store::StockMatch;

/// What came of a file of serial numbers that are to be taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withdrawing {
    /// What stands in the file.
    Faults(Box<FileFaults>),
    /// So many are all in stock, and nothing was done yet.
    Matched(u64),
    /// Some were sold, or are not in the stock of the product; nothing was done.
    Mismatch { sold: Option<SomeLines>, absent: Option<SomeLines> },
    /// So many are out of the stock.
    Done(u64),
    /// Whoever confirmed it was dismissed meanwhile.
    NotEntitled,
}

impl Shop {
    /// Compares a file with the stock of a product; takes its serial numbers out if they are as many as were `confirmed`.
    pub async fn withdraw_serials<R: BufRead>(
        &self,
        sku: &Sku,
        products: &ListedProducts,
        reader: R,
        confirmed: Option<u64>,
        (by, reason): (&Actor, &WithdrawalReason),
    ) -> Result<Withdrawing, ShopError> {
        let mut staging = self.store.begin_staging().await?;
        let mut reading = StockReading::new(reader, products, sku.clone());
        loop {
            match reading.gather(&mut staging).await {
                Ok(Batch::More { .. }) => {}
                Ok(Batch::Whole { .. }) => break,
                Err(NoImport::Faults(faults)) => return Ok(Withdrawing::Faults(faults)),
                Err(NoImport::Store(error)) => return Err(error.into()),
            }
        }
        // A long file leaves time for a dismissal.
        if let (Some(_), Actor::Person { id, .. }) = (confirmed, by)
            && !self.is_admin(staging.lock().await?, *id).await?
        {
            return Ok(Withdrawing::NotEntitled);
        }
        let matched = match confirmed {
            Some(count) => match staging.withdraw(sku, count, by, reason, self.clock.now()).await? {
                Ok(()) => {
                    tracing::info!(%sku, count, "serial numbers were taken out of the stock of {sku}");
                    self.short_alerts_follow(sku).await?;
                    return Ok(Withdrawing::Done(count));
                }
                Err(matched) => matched,
            },
            None => staging.match_stock(sku).await?,
        };
        Ok(match matched {
            // The same try before it was cut off.
            StockMatch { in_stock: 0, sold: None, absent: Some(SomeLines { count, .. }), withdrawn }
                if confirmed == Some(withdrawn) && count == withdrawn =>
            {
                Withdrawing::Done(withdrawn)
            }
            matched if matched.is_whole() => Withdrawing::Matched(matched.in_stock),
            StockMatch { sold, absent, .. } => Withdrawing::Mismatch { sold, absent },
        })
    }
}
