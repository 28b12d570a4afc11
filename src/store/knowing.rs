//! Reading in a few statements what many need, and handing it on.

use std::collections::BTreeMap;

use crate::domain::{Order, OrderNumber, PersonId};
use crate::store::db::Tx;
use crate::store::dialogues::redraw::Redraw;
use crate::store::error::StoreError;
use crate::store::known::Known;

impl Tx {
    /// Reads, in a few statements, what serving these people in private needs.
    pub async fn load(&mut self, people: &[PersonId]) -> Result<(), StoreError> {
        // In this order: whoever changes a person's standing marks their screen, and its row is what a transaction waits for.
        self.load_private(people).await?;
        self.load_people(people).await
    }

    /// Takes what is known of a redraw's person for what the database has: it had when the redraw became due, and whatever
    /// changed since leaves another one.
    pub fn assume(&mut self, redraw: &Redraw) {
        let (person, known) = (redraw.key.person, &redraw.known);
        if let Some(customer) = &known.customer {
            self.facts.people.insert(person, customer.clone());
        }
        if let Some(draft) = &known.draft {
            self.loaded.read_draft(person, draft.clone());
        }
        self.facts.price_list = known.price_list.or(self.facts.price_list);
        self.facts.orders.extend(known.order.iter().map(|order| (order.summary.number, order.clone())));
    }

    /// Hands on to whoever draws these what the transaction knows of their people, and the orders that it placed for them.
    pub(in crate::store) async fn hand_over(&mut self, leased: &mut [Redraw]) -> Result<(), StoreError> {
        let placed: Vec<OrderNumber> =
            leased.iter().filter_map(|redraw| self.facts.placed.get(&redraw.key.person)).copied().collect();
        let orders = self.read_orders(&placed).await?.into_iter();
        let mut orders: BTreeMap<PersonId, Order> = orders.map(|order| (order.placed_by, order)).collect();
        for redraw in leased {
            let person = redraw.key.person;
            redraw.known = Known {
                customer: self.facts.people.get(&person).cloned(),
                draft: self.loaded.draft(person).cloned(),
                price_list: self.facts.price_list,
                order: orders.remove(&person),
            };
        }
        Ok(())
    }
}
