//! What becomes of customers' updates while the shop is under maintenance: nothing but an answer, unless they are words to staff.

use super::answer::Answer;
use super::event::Via;
use super::view::maintenance;
use super::{Chat, ChatError, Handled};
use crate::domain::Maintenance;
use crate::store::{Customer, Tx};

impl Chat {
    /// Why customers are not served, if they are not.
    pub(super) async fn maintenance(&self, tx: &mut Tx) -> Result<Option<Maintenance>, ChatError> {
        Ok(if tx.is_maintained().await? { tx.maintenance().await? } else { None })
    }

    /// Answers a customer who is not served. Their screen stays, so that they go on where they were.
    pub(super) async fn hold_off(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        maintenance: &Maintenance,
        via: &Via,
    ) -> Result<Handled, ChatError> {
        if let Via::Press { .. } = via {
            let answer = Some(maintenance::toast(maintenance, &self.texts_for(customer)));
            return Ok(Handled { answer, ..Handled::default() });
        }
        // Words that come in several messages are answered once.
        self.post_once(tx, customer.person.id.private_chat(), None, &Answer::Maintenance).await?;
        Ok(Handled::default())
    }
}
