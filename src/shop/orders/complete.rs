//! Completing an order: it gets exactly the serial numbers that its lines say.

use super::perform::{Performed, settled};
use super::serial_source::SerialSource;
use crate::domain::stock::listing::miscounted;
use crate::domain::{
    Actor, Notification, Order, OrderAction, OrderLine, SerialRefusal, Shortage, Sku, TransitionError,
};
use crate::shop::{Recipient, Shop, ShopError};
use crate::store::{Allocation, StoreError, Tx};

impl Shop {
    /// Completes an order that this transaction has locked.
    ///
    /// Unless it is done, the transaction is as it was.
    pub async fn complete(
        &self,
        tx: &mut Tx,
        order: &Order,
        source: &SerialSource,
        actor: &Actor,
    ) -> Result<Performed, ShopError> {
        let before = tx.savepoint().await?;
        let outcome = self.record_and_issue(tx, order, source, actor).await;
        settled(tx, before, outcome).await
    }

    async fn record_and_issue(
        &self,
        tx: &mut Tx,
        order: &Order,
        source: &SerialSource,
        actor: &Actor,
    ) -> Result<Performed, ShopError> {
        if !matches!(source, SerialSource::Held { .. }) {
            // A list may be on its way to the order that somebody now completes with another one.
            tx.let_go(order.summary.number, u32::MAX).await?;
        }
        // First, since whoever was overtaken is to hear of that and not of the stock that the other one took.
        let event = match self.record(tx, order, OrderAction::Completed, actor).await? {
            Ok(event) => event,
            Err(refused) => return Ok(Err(refused)),
        };
        tx.lock_stock().await?;
        let short = match source {
            SerialSource::Stock => shortages(tx, order).await?,
            SerialSource::Listed(lists) => miscounted(&order.lines, lists).collect(),
            SerialSource::Held { .. } => Vec::new(),
        };
        if !short.is_empty() {
            return Ok(Err(TransitionError::OutOfStock(short)));
        }
        let mut before = Vec::with_capacity(order.lines.len());
        for line in &order.lines {
            before.push(self.stock_in_sight(tx, &line.sku).await?);
        }
        if let SerialSource::Held { in_stock } = source {
            tx.issue_in_stock(order.summary.number, in_stock, self.clock.now()).await?;
        }
        for (index, (line, before)) in order.lines.iter().zip(before).enumerate() {
            if let Err(refused) = self.issue(tx, order, (index, line), source).await? {
                return Ok(Err(refused));
            }
            self.watch_stock(tx, &line.sku, before).await?;
        }
        tx.issue_held(order.summary.number).await?;
        self.announce(tx, order, &event).await?;
        Ok(Ok(event))
    }

    async fn issue(
        &self,
        tx: &mut Tx,
        order: &Order,
        (index, line): (usize, &OrderLine),
        source: &SerialSource,
    ) -> Result<Result<(), TransitionError>, ShopError> {
        let (number, sku, now) = (order.summary.number, &line.sku, self.clock.now());
        let refused = |why| TransitionError::SerialsRefused { sku: sku.clone(), why };
        let allocation = match source {
            SerialSource::Stock => tx.issue_from_stock(number, sku, line.quantity, now).await?,
            SerialSource::Listed(lists) => {
                let listed = lists.get(index).map_or(&[][..], Vec::as_slice);
                tx.issue_listed(number, sku, listed, now).await?
            }
            SerialSource::Held { .. } if tx.issued_of(number, sku).await? == u64::from(line.quantity) => {
                Allocation::Given
            }
            // Somebody imported what was held, or took from the stock what was there.
            SerialSource::Held { .. } => return Ok(Err(refused(SerialRefusal::Moved))),
        };
        Ok(match allocation {
            Allocation::Given => Ok(()),
            Allocation::Short { available } => {
                let (needed, available) = (line.quantity, available.into());
                Err(TransitionError::OutOfStock(vec![Shortage { sku: sku.clone(), needed, available }]))
            }
            Allocation::Refused(why) => Err(refused(why)),
        })
    }

    /// Tells staff when the stock of a product, of which there was so much `before`, has become low.
    async fn watch_stock(&self, tx: &mut Tx, sku: &Sku, before: u32) -> Result<(), StoreError> {
        let low = self.config.shop.low_stock;
        let left = self.stock_in_sight(tx, sku).await?;
        if left < low && before >= low {
            let notification = Notification::StockLow { sku: sku.clone(), left };
            self.tell_once(tx, Recipient::Staff, None, &notification).await?;
        }
        Ok(())
    }

    /// The stock of a product, counted no further than to where it is not low.
    async fn stock_in_sight(&self, tx: &mut Tx, sku: &Sku) -> Result<u32, StoreError> {
        tx.in_stock(sku, self.config.shop.low_stock).await
    }
}

async fn shortages(tx: &mut Tx, order: &Order) -> Result<Vec<Shortage>, StoreError> {
    let mut short = Vec::new();
    for line in &order.lines {
        let available = tx.in_stock(&line.sku, line.quantity).await?;
        if available < line.quantity {
            short.push(Shortage { sku: line.sku.clone(), needed: line.quantity, available: available.into() });
        }
    }
    Ok(short)
}
