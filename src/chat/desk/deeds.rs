//! Doing something to an order: the audit row, and everybody who is to hear of it, in one transaction.

use std::collections::BTreeSet;

use super::fact::Notification;
use super::{Desk, DeskError};
use crate::chat::dialogue::{Shortage, StaffBanner};
use crate::domain::{Order, OrderAction, OrderNumber, PersonId, SerialNumber, Sku, Status, Stored};
use crate::store::{Actor, Allocation, DialogueKey, NewEvent, NewOutboxMessage, Recorded, Seat, StoreError, Tx};

/// Where an order's serial numbers come from.
pub(super) enum Source {
    /// The first imported of each product.
    Stock,
    /// These, for each line of the order in turn.
    Listed(Vec<Vec<SerialNumber>>),
}

impl Desk {
    /// Does `deed` to an order that this transaction has locked; what stands in the way is said.
    /// Completing is [`Desk::complete`]'s.
    pub(super) async fn perform(
        &self,
        tx: &mut Tx,
        order: &Order,
        deed: &OrderAction,
        actor: &Actor,
    ) -> Result<Result<Status, StaffBanner>, DeskError> {
        let (number, from) = (order.summary.number, order.summary.status);
        let to = match order.status_after(deed, actor.role) {
            Ok(to) => to,
            Err(hindrance) => return Ok(Err(StaffBanner::hindered(order, hindrance))),
        };
        let event = NewEvent { from, to, action: deed, actor };
        if tx.record(number, &event, self.clock().now()).await? == Recorded::Overtaken {
            return Ok(Err(StaffBanner::NotNow(number, from)));
        }
        if from != to || matches!(deed, OrderAction::Invoiced(_)) {
            let person = actor.id.0;
            tracing::info!(order = number.0, person, "order {number} went from {} to {}", from.code(), to.code());
        }
        self.tell_staff(tx, Some(number), &Notification::OrderChanged(number)).await?;
        let fact = match deed {
            OrderAction::Invoiced(invoice) => Notification::OrderInvoiced { number, invoice: invoice.clone() },
            OrderAction::Completed => Notification::OrderCompleted(number),
            OrderAction::Cancelled(reason) => Notification::OrderCancelled { number, reason: reason.clone() },
            OrderAction::Answered(words) => Notification::StaffAnswered { number, words: words.clone() },
            OrderAction::Placed | OrderAction::Taken | OrderAction::Asked(..) => return Ok(Ok(to)),
        };
        self.tell_account(tx, order, &fact).await?;
        Ok(Ok(to))
    }

    /// Completes an order that this transaction has locked, and gives it its serial numbers. After a refusal of listed
    /// ones the transaction must be dropped; one for want of stock leaves everything as it was.
    pub(super) async fn complete(
        &self,
        tx: &mut Tx,
        order: &Order,
        source: &Source,
        actor: &Actor,
    ) -> Result<Result<(), Refused>, DeskError> {
        if let Err(hindrance) = order.status_after(&OrderAction::Completed, actor.role) {
            return Ok(Err(Refused::Order(StaffBanner::hindered(order, hindrance))));
        }
        tx.lock_stock().await?;
        if let Source::Stock = source {
            let short = shortages(tx, order).await?;
            if !short.is_empty() {
                return Ok(Err(Refused::Order(StaffBanner::Short(short))));
            }
        }
        let (number, now) = (order.summary.number, self.clock().now());
        for (index, line) in order.lines.iter().enumerate() {
            let before = self.stock_in_sight(tx, &line.sku).await?;
            let giving = match source {
                Source::Stock => tx.issue_from_stock(number, &line.sku, line.quantity, now).await?,
                Source::Listed(lists) => {
                    let listed = lists.get(index).map_or(&[][..], Vec::as_slice);
                    tx.issue_listed(number, &line.sku, listed, now).await?
                }
            };
            match giving {
                Allocation::Given => self.watch_stock(tx, &line.sku, before).await?,
                refused => return Ok(Err(Refused::Serials(line.sku.clone(), refused))),
            }
        }
        Ok(self.perform(tx, order, &OrderAction::Completed, actor).await?.map(drop).map_err(Refused::Order))
    }

    /// Tells staff when the stock of a product, of which there was so much `before`, has become low.
    async fn watch_stock(&self, tx: &mut Tx, sku: &Sku, before: u32) -> Result<(), StoreError> {
        let low = self.config().shop.low_stock;
        let left = self.stock_in_sight(tx, sku).await?;
        if left < low && before >= low {
            self.tell_staff(tx, None, &Notification::StockLow { sku: sku.clone(), left }).await?;
        }
        Ok(())
    }

    /// The stock of a product, counted no further than to where it is not low.
    async fn stock_in_sight(&self, tx: &mut Tx, sku: &Sku) -> Result<u32, StoreError> {
        tx.in_stock(sku, self.config().shop.low_stock).await
    }

    /// Lets the alert show whom a notice about an order reaches, and whom not.
    pub async fn delivery_changed(&self, tx: &mut Tx, order: Option<OrderNumber>) -> Result<(), StoreError> {
        let Some(number) = order else { return Ok(()) };
        self.tell_staff(tx, Some(number), &Notification::OrderChanged(number)).await
    }

    /// Puts a fact for the staff chat into the outbox; one that waits there already is enough.
    pub(super) async fn tell_staff(
        &self,
        tx: &mut Tx,
        order: Option<OrderNumber>,
        fact: &Notification,
    ) -> Result<(), StoreError> {
        let notice = NewOutboxMessage { chat: self.staff_chat(tx).await?, order, body: fact.encode()? };
        tx.post_unless_waiting(&notice, self.clock().now()).await
    }

    /// Puts a fact for everybody of an account into the outbox, and has the screens follow that they look at.
    async fn tell_account(&self, tx: &mut Tx, order: &Order, fact: &Notification) -> Result<(), StoreError> {
        let (number, account, now) = (order.summary.number, order.account, self.clock().now());
        let Some(account) = tx.account(account).await? else { return Ok(()) };
        let members = account.members.iter().map(|member| member.id);
        // Whoever founded it may be in a colleague's account now, and waits for what they ordered before.
        let readers: BTreeSet<PersonId> = members.chain([account.owner]).collect();
        for person in readers {
            let notice = NewOutboxMessage { chat: person.private_chat(), order: Some(number), body: fact.encode()? };
            tx.post(&notice, now).await?;
            tx.redraw_later(DialogueKey::private(person, Seat::Customer));
        }
        Ok(())
    }
}

/// Why an order was not completed.
pub(super) enum Refused {
    /// Because of the order or the stock; nothing was stored.
    Order(StaffBanner),
    /// Because of serial numbers of this product; other lines may have theirs already in this transaction.
    Serials(Sku, Allocation),
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
