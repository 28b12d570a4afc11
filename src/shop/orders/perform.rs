//! Doing something to an order: the row of its audit trail, and everybody who is to hear of it.

use super::serial_source::SerialSource;
use crate::domain::{Actor, Notification, Order, OrderAction, OrderEvent, Refusal, TransitionError};
use crate::shop::{Recipient, Shop, ShopError};
use crate::store::{NewEvent, Recorded, Savepoint, Tx};

/// What came of doing something to an order.
pub(super) type Performed = Result<OrderEvent, TransitionError>;

impl Shop {
    /// Does something to an order that this transaction has locked. Completing it takes its serial numbers from the
    /// stock; [`Shop::complete`] takes them from a list.
    ///
    /// Unless it is done, the transaction is as it was.
    pub async fn perform(
        &self,
        tx: &mut Tx,
        order: &Order,
        action: OrderAction,
        actor: &Actor,
    ) -> Result<Performed, ShopError> {
        if action == OrderAction::Completed {
            return self.complete(tx, order, &SerialSource::Stock, actor).await;
        }
        let before = tx.savepoint().await?;
        let outcome = self.record_and_announce(tx, order, action, actor).await;
        settled(tx, before, outcome).await
    }

    async fn record_and_announce(
        &self,
        tx: &mut Tx,
        order: &Order,
        action: OrderAction,
        actor: &Actor,
    ) -> Result<Performed, ShopError> {
        let recorded = self.record(tx, order, action, actor).await?;
        if let Ok(event) = &recorded {
            if let Some(source) = event.action.words().and_then(|words| words.source) {
                tx.record_passed_on(source, order.summary.number, event.at).await?;
            }
            self.announce(tx, order, event).await?;
        }
        Ok(recorded)
    }

    /// Sets the order's status and writes the row of its audit trail, which [`Shop::announce`] tells of.
    pub(super) async fn record(
        &self,
        tx: &mut Tx,
        order: &Order,
        action: OrderAction,
        actor: &Actor,
    ) -> Result<Performed, ShopError> {
        let (number, from, at) = (order.summary.number, order.summary.status, self.clock.now());
        let to = match order.status_after(action.kind(), actor) {
            Ok(to) => to,
            Err(error) => return Ok(Err(error)),
        };
        if tx.record(number, &NewEvent { from, to, action: &action, actor }, at).await? == Recorded::Overtaken {
            // It was read without its lock, and somebody was first.
            let newest = tx.order(number).await?.and_then(|order| order.last_change().cloned());
            let overtaken = newest.map(|event| TransitionError::Overtaken(Box::new(event)));
            return Ok(Err(overtaken.unwrap_or(TransitionError::Refused(Refusal::NoWay))));
        }
        Ok(Ok(OrderEvent { at, actor: actor.clone(), from: Some(from), to, action }))
    }

    pub(super) async fn announce(&self, tx: &mut Tx, order: &Order, event: &OrderEvent) -> Result<(), ShopError> {
        let number = order.summary.number;
        log(order, event);
        self.tell_once(tx, Recipient::Staff, Some(number), &Notification::OrderChanged(number)).await?;
        let notification = match &event.action {
            OrderAction::Placed | OrderAction::Taken => return Ok(()),
            OrderAction::Asked(request, words) => {
                let Some(by) = event.actor.id() else { return Ok(()) };
                let asked = Notification::CustomerAsked { number, by, request: *request, words: words.clone() };
                return Ok(self.tell(tx, Recipient::Staff, Some(number), &asked).await?);
            }
            OrderAction::Invoiced(invoice) => Notification::OrderInvoiced { number, invoice: invoice.clone() },
            OrderAction::Completed => Notification::OrderCompleted(number),
            OrderAction::Cancelled(reason) => Notification::OrderCancelled { number, reason: reason.clone() },
            OrderAction::Answered(words) => Notification::StaffAnswered { number, words: words.clone() },
        };
        Ok(self.tell_readers(tx, order, &notification).await?)
    }
}

/// Ends the savepoint that was begun before `outcome`: what was not done leaves nothing.
pub(super) async fn settled(
    tx: &mut Tx,
    before: Savepoint,
    outcome: Result<Performed, ShopError>,
) -> Result<Performed, ShopError> {
    match outcome {
        Ok(Ok(event)) => {
            tx.release(before).await?;
            Ok(Ok(event))
        }
        Ok(Err(refused)) => {
            tx.roll_back_to(before).await?;
            Ok(Err(refused))
        }
        Err(error) => {
            // A database that failed may fail here as well; its first error says more.
            if let Err(also) = tx.roll_back_to(before).await {
                tracing::debug!("a failed transaction could not be rolled back to its savepoint: {also}");
            }
            Err(error)
        }
    }
}

fn log(order: &Order, event: &OrderEvent) {
    let number = order.summary.number;
    let sets_anew = matches!(event.action, OrderAction::Invoiced(_));
    let Some(from) = event.from.filter(|from| sets_anew || *from != event.to) else { return };
    tracing::info!(order = number.0, "order {number} went from {} to {}", from.code(), event.to.code());
}
