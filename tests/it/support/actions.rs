//! What staff do to an order, ready made.

use keydesk::domain::{
    Actor, Currency, Invoice, Money, OrderAction, OrderNumber, PersonId, PresetReason, Reason, Role,
};
use keydesk::shop::SerialSource;

use super::shop::{Shop, VERA};

/// An invoice for 25 000,00 without a document.
pub fn invoiced() -> OrderAction {
    let amount = Money::from_minor(2_500_000, Currency::RUB).unwrap();
    OrderAction::Invoiced(Invoice { amount, due: None, document: None })
}

/// A cancellation because nobody paid.
pub fn cancelled() -> OrderAction {
    OrderAction::Cancelled(Reason::Ready(PresetReason::NotPaid))
}

impl Shop {
    /// Staff complete an order from the stock, paid or not, without a conversation about it.
    pub async fn completes(&self, number: i64) {
        self.staff_did(number, invoiced()).await;
        let actor = Actor::Person { id: PersonId(VERA), name: "Вера".to_owned(), role: Role::Staff };
        let mut tx = self.store().begin().await.unwrap();
        let order = tx.locked_order(OrderNumber(number)).await.unwrap().unwrap();
        let done = self.service().complete(&mut tx, &order, &SerialSource::Stock, &actor).await.unwrap();
        assert!(done.is_ok(), "{done:?}");
        tx.commit().await.unwrap();
        self.settle().await;
    }
}
