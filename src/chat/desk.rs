//! An order's alert as the desk at which the staff of a group work: who is asked something there, and what follows a press.

use std::collections::BTreeSet;

use super::answer::Answer;
use super::dialogue::{
    Input, Shown, StaffBanner, StaffState, StaffToast, VendorBanner, VendorDialogue, VendorInput, VendorState,
};
use super::session::{Session, watches};
use super::view::alert::Held;
use super::{Chat, ChatError};
use crate::domain::{Lane, Order, OrderNumber, Stored};
use crate::store::{DialogueKey, SaveDialogue, Saved, ShowIn, Tx};

impl Chat {
    /// Saves a dialogue that has no message of its own: what it asks stands on the order's alert, a press says what came of it,
    /// and what an answer came to is said below that answer, unless the alert shows it. Gives what the press answers.
    pub(super) async fn show_on_alert(
        &self,
        tx: &mut Tx,
        session: Session,
        (before, next): (&VendorDialogue, VendorDialogue),
        (input, heard): (&Input, &VendorInput),
        toast: Option<StaffToast>,
    ) -> Result<Option<StaffToast>, ChatError> {
        let (key, next) = (session.key, VendorDialogue { shown: Shown::Alert, ..next });
        let said = next.banner.clone();
        let mut orders = asked_anew(before, &next);
        // What is answered, and not what its author was asked before.
        let order = heard.order().or(next.state.order());
        session.save(tx, &next, ShowIn::Elsewhere, watches(&next.state), self.clock().now()).await?;
        if let (Input::Command(_), Some(number)) = (input, order) {
            // Whoever names an order does not have to look for its alert.
            self.post_once(tx, key.chat, Some(number), &Answer::Desk(number)).await?;
            orders.remove(&number);
        }
        self.alerts_follow(tx, orders).await?;
        let answered = match input {
            Input::Press(_) => {
                return Ok(toast.or(match said {
                    Some(VendorBanner::Staff(banner)) => Some(StaffToast::Refused(banner)),
                    _ => None,
                }));
            }
            Input::Message(message) | Input::Edited(message) => Some(message.id),
            Input::Command(_) | Input::SecondHand(_) | Input::Picked(_) => None,
        };
        if let Some(banner) = said.filter(|banner| !banner.is_on_alert()) {
            self.post(tx, key.chat, order, &Answer::FileAnswered { to: key.person, banner, answered }).await?;
        }
        Ok(toast)
    }

    /// Shows whoever pressed in vain what there is, and whoever opened an order in a list its alert.
    pub(super) async fn alert_follows_press(
        &self,
        tx: &mut Tx,
        number: OrderNumber,
        toast: &StaffToast,
    ) -> Result<(), ChatError> {
        match toast {
            StaffToast::Below(_) => {
                let chat = self.shop.staff_chat(tx).await?;
                self.post_once(tx, chat, Some(number), &Answer::Desk(number)).await
            }
            StaffToast::Refused(StaffBanner::Held { .. } | StaffBanner::Done(..)) => Ok(()),
            // A forged button may name an order that does not exist.
            StaffToast::Outdated if tx.order(number).await?.is_none() => Ok(()),
            StaffToast::Refused(_) | StaffToast::Outdated => self.alerts_follow(tx, [number]).await,
            _ => Ok(()),
        }
    }

    /// Drops what others are asked on the alert of an order.
    pub(super) async fn release(&self, tx: &mut Tx, by: DialogueKey, number: OrderNumber) -> Result<(), ChatError> {
        let chat = self.shop.staff_chat(tx).await?;
        for (key, stored) in tx.dialogues_about(chat, number).await? {
            let Ok(dialogue) = VendorDialogue::decode(&stored.state) else { continue };
            if key.person == by.person || asked_on_alert(&dialogue) != Some(number) {
                continue;
            }
            let state = StaffState::ReadingOrder(number).into();
            let next = VendorDialogue { state, banner: None, ..dialogue };
            let next =
                SaveDialogue { state: next.encode()?, show_in: ShowIn::Elsewhere, watches: watches(&next.state) };
            if tx.save_dialogue(key, Some(stored.version), &next, self.clock().now()).await? == Saved::Conflict {
                return Err(ChatError::Overtaken);
            }
        }
        self.alerts_follow(tx, [number]).await
    }

    /// Who is asked something on the alert of an order as it stands.
    pub(super) async fn holders(&self, tx: &mut Tx, order: &Order) -> Result<Vec<Held>, ChatError> {
        let (chat, number) = (self.shop.staff_chat(tx).await?, order.summary.number);
        let mut holders = Vec::new();
        for (key, stored) in tx.dialogues_about(chat, number).await? {
            let Ok(dialogue) = VendorDialogue::decode(&stored.state) else { continue };
            let asked = asked_on_alert(&dialogue).is_some();
            let VendorState::Staff(state) = dialogue.state else { continue };
            let is_current = state.prompt().is_some_and(|prompt| prompt.overtaken(order).is_none());
            // Who left the chat meanwhile holds nothing.
            if asked && is_current && self.role_in(tx, chat, key.person).await?.is_some() {
                let name = tx.customer(key.person).await?.map(|customer| customer.person.name);
                holders.push(Held { person: key.person, name: name.unwrap_or_default(), state });
            }
        }
        Ok(holders)
    }

    pub(super) async fn alerts_follow(
        &self,
        tx: &mut Tx,
        orders: impl IntoIterator<Item = OrderNumber>,
    ) -> Result<(), ChatError> {
        for number in orders {
            self.shop.alert_follows(tx, number, Lane::Tap).await?;
        }
        Ok(())
    }
}

/// The orders on whose alerts a dialogue asks something no more, or something else.
pub(super) fn asked_anew(before: &VendorDialogue, next: &VendorDialogue) -> BTreeSet<OrderNumber> {
    let has_moved = before.state != next.state;
    [before, next].into_iter().filter(|_| has_moved).filter_map(asked_on_alert).collect()
}

/// The order on whose alert a dialogue asks something.
fn asked_on_alert(dialogue: &VendorDialogue) -> Option<OrderNumber> {
    let VendorState::Staff(state) = &dialogue.state else { return None };
    state.prompt().filter(|_| dialogue.shown == Shown::Alert).map(|prompt| prompt.order)
}
