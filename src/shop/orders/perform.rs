//! Doing something to an order: the row of its audit trail, and everybody who is to hear of it.

use super::serial_source::SerialSource;
use crate::domain::{
    ActionKind, Actor, Audience, Notification, Order, OrderAction, OrderEvent, PersonId, Refusal, TransitionError,
};
use crate::shop::{Recipient, Shop, ShopError};
use crate::store::{DialogueKey, Fresh, NewEvent, Recorded, Savepoint, Seat, Tx};

/// What came of doing something to an order.
pub(super) type Performed = Result<OrderEvent, TransitionError>;

impl Shop {
    /// Does something to an order that somebody decided on as they saw it. Completing it takes its serial numbers from the
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
        if matches!(action.kind(), ActionKind::Ask | ActionKind::Add)
            && let Some(reached) = self.limit_on_messages(tx, order.account).await?
        {
            return Ok(Err(TransitionError::OverLimit(reached)));
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
            if let Some(words) = event.action.words() {
                tx.record_passed_on(words, order.summary.number, event.actor.id(), event.at).await?;
            }
            self.announce(tx, order, event).await?;
        }
        Ok(recorded)
    }

    /// Decides under the order's lock, sets its status and writes the row of its audit trail, which [`Shop::announce`]
    /// tells of.
    pub(super) async fn record(
        &self,
        tx: &mut Tx,
        order: &Order,
        action: OrderAction,
        actor: &Actor,
    ) -> Result<Performed, ShopError> {
        let (number, at) = (order.summary.number, self.clock.now());
        let Some(current) = tx.locked_order(number).await? else {
            return Ok(Err(TransitionError::Refused(Refusal::NoWay)));
        };
        let from = current.summary.status;
        let to = match current.status_after_action(&action, actor, order.changes()) {
            Ok(to) => to,
            Err(error) => return Ok(Err(error)),
        };
        if tx.record(number, &NewEvent { from, to, action: &action, actor }, at).await? == Recorded::Overtaken {
            return Ok(Err(TransitionError::Refused(Refusal::NoWay)));
        }
        Ok(Ok(OrderEvent { at, actor: actor.clone(), from: Some(from), to, action }))
    }

    pub(super) async fn announce(&self, tx: &mut Tx, order: &Order, event: &OrderEvent) -> Result<(), ShopError> {
        let number = order.summary.number;
        log(tx, order, event);
        self.alert_changed(tx, number, &event.actor).await?;
        let acted = Notification::OrderActed { number, by: event.actor.id(), action: event.action.clone() };
        match event.action.kind().audience() {
            Audience::Nobody => {}
            Audience::Staff => self.tell(tx, Recipient::Staff, Some(number), &acted).await?,
            Audience::Customers => self.tell_readers(tx, order, &acted).await?,
        }
        self.cards_follow(tx, order, event).await
    }

    /// Has every message that shows the order to its customers follow, and marks the invoices that are replaced.
    async fn cards_follow(&self, tx: &mut Tx, order: &Order, event: &OrderEvent) -> Result<(), ShopError> {
        let number = order.summary.number;
        // These are the vendor's own business, which no card shows.
        if matches!(event.action, OrderAction::Taken | OrderAction::Settled { .. }) {
            return Ok(());
        }
        for person in self.readers_of(tx, order).await? {
            tx.customer_changed(person);
        }
        for (chat, message) in tx.cards_of(number).await? {
            let person = PersonId(chat.0);
            let dialogue = tx.dialogue(DialogueKey::private(person, Seat::Customer)).await?;
            let live = dialogue.filter(|stored| stored.fresh == Fresh::EditInPlace).and_then(|stored| stored.screen);
            if live.is_none_or(|screen| screen.message != message) {
                let changed = Notification::CardChanged { number, message };
                self.tell_once(tx, Recipient::Person(person), Some(number), &changed).await?;
            }
        }
        if matches!(event.action, OrderAction::Invoiced(_)) {
            let invoice = order.invoices().count() + 1;
            for (chat, message, invoice) in tx.invoices_before(number, invoice).await? {
                let replaced = Notification::InvoiceReplaced { number, message, invoice };
                self.tell_once(tx, Recipient::Person(PersonId(chat.0)), Some(number), &replaced).await?;
            }
        }
        Ok(())
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

fn log(tx: &mut Tx, order: &Order, event: &OrderEvent) {
    let (number, to) = (order.summary.number, event.to);
    let sets_anew = matches!(event.action, OrderAction::Invoiced(_));
    let Some(from) = event.from.filter(|from| sets_anew || *from != to) else { return };
    tx.say_when_committed(move || {
        tracing::info!(order = number.0, "order {number} went from {} to {}", from.code(), to.code());
    });
}
