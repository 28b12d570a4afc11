//! What the chat adds to what is done to an order: the screens that show it follow.

use super::Desk;
use super::DeskError;
use super::customers::private_dialogue;
use crate::chat::dialogue::Change;
use crate::domain::{Actor, Notification, Order, OrderAction, OrderEvent, OrderNumber, TransitionError};
use crate::shop::{Recipient, SerialSource};
use crate::store::{DialogueKey, StoreError, Tx};

impl Desk {
    /// Does something to an order that this transaction has locked, in the dialogue `at`.
    pub(super) async fn perform(
        &self,
        tx: &mut Tx,
        order: &Order,
        action: OrderAction,
        actor: &Actor,
        at: DialogueKey,
    ) -> Result<Result<OrderEvent, TransitionError>, DeskError> {
        let performed = self.shop.perform(tx, order, action, actor).await?;
        self.screens_follow(tx, order, &performed, at).await?;
        Ok(performed)
    }

    /// Completes an order that this transaction has locked, in the dialogue `at`.
    pub(super) async fn complete(
        &self,
        tx: &mut Tx,
        order: &Order,
        source: &SerialSource,
        actor: &Actor,
        at: DialogueKey,
    ) -> Result<Result<OrderEvent, TransitionError>, DeskError> {
        let performed = self.shop.complete(tx, order, source, actor).await?;
        self.screens_follow(tx, order, &performed, at).await?;
        Ok(performed)
    }

    async fn screens_follow(
        &self,
        tx: &mut Tx,
        order: &Order,
        performed: &Result<OrderEvent, TransitionError>,
        at: DialogueKey,
    ) -> Result<(), StoreError> {
        let Ok(event) = performed else { return Ok(()) };
        let number = order.summary.number;
        let changes: &[Change] = match event.deed {
            OrderAction::Completed => &[Change::Order(number), Change::Stock],
            _ => &[Change::Order(number)],
        };
        self.staff_screens_follow(tx, changes, Some(at)).await?;
        if matches!(event.deed, OrderAction::Placed | OrderAction::Taken | OrderAction::Asked(..)) {
            return Ok(());
        }
        for person in self.shop.readers_of(tx, order).await? {
            // Whoever acts saves their own dialogue after this, under the version that they read.
            if private_dialogue(person) != at {
                tx.bump_dialogue(private_dialogue(person), event.at).await?;
            }
        }
        Ok(())
    }

    /// Lets the alert and staff's screens show whom a notice about an order reaches, and whom not.
    pub async fn delivery_changed(&self, tx: &mut Tx, order: Option<OrderNumber>) -> Result<(), StoreError> {
        let Some(number) = order else { return Ok(()) };
        self.shop.tell_once(tx, Recipient::Staff, order, &Notification::OrderChanged(number)).await?;
        self.staff_screens_follow(tx, &[Change::Order(number)], None).await
    }
}
