//! What a screen or a notice shows at this moment, gathered in one read.

use super::accounts::shown_instead;
use super::fact::Fact;
use super::{Desk, DeskError};
use crate::dialogue::{Dialogue, Notice, Place};
use crate::domain::Sending;
use crate::store::{Customer, DialogueKey, Lasting, Tx};
use crate::view::{self, Facts, Reader, Screen, Subject, account, alert};

/// Orders on one page of the list.
const ORDERS_PER_PAGE: u32 = 8;

/// A screen, and whether people look for it later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// What to show.
    pub screen: Screen,
    /// Whether its message stays when another takes its place.
    pub lasting: Lasting,
}

impl Desk {
    /// The screen of a stored dialogue state; `None` when its person is not known.
    pub async fn draw(&self, key: DialogueKey, state: &str) -> Result<Option<Drawing>, DeskError> {
        let mut tx = self.store.read().await?;
        let Some(customer) = tx.customer(key.person).await? else { return Ok(None) };
        // A replica of another release may have written it; the next input sets it aside.
        let afresh = || Dialogue { notice: Some(Notice::StartedAfresh), ..Dialogue::new() };
        let dialogue = Dialogue::read(state).unwrap_or_else(|_| afresh());
        let catalogue = self.catalogue(&mut tx).await?;
        let subject = match &dialogue.place {
            Place::Account(place) => self.account_subject(&mut tx, &customer, place).await?,
            place => subject(&mut tx, &customer, place).await?,
        };
        let is_card = matches!(subject, Subject::Order(Some(_)));
        let reader = Reader {
            name: customer.person.name.clone(),
            chosen_language: customer.chosen_language,
            has_colleagues: is_card && tx.members_of(customer.account).await? > 1,
        };
        let facts = Facts { shop: &self.config.shop, catalogue: &catalogue, reader: &reader, subject: &subject };
        let texts = self.texts_for(&customer);
        let screen = match shown_instead(&customer, &subject) {
            Some(access) => account::held_back(access, &facts, &texts),
            None => view::screen(&dialogue, &facts, &texts),
        };
        // A card that is only looked at makes room for the next screen, so that the chat does not fill up.
        let lasting = match (&subject, &dialogue.notice) {
            (Subject::Order(Some(_)), Some(Notice::OrderSent)) => Lasting::Kept,
            _ => Lasting::Transient,
        };
        Ok(Some(Drawing { screen, lasting }))
    }

    /// A notice as its reader is to see it; `None` when there is nothing left to say.
    pub async fn word(&self, fact: &Fact, sending: Sending) -> Result<Option<Screen>, DeskError> {
        let mut tx = self.store.read().await?;
        match fact {
            Fact::Account(fact) => self.word_account(&mut tx, fact, sending).await,
            Fact::OrderPlaced(number) => {
                let Some(order) = tx.order(*number).await? else { return Ok(None) };
                let Some(customer) = tx.customer(order.placed_by).await? else { return Ok(None) };
                let texts = self.texts_in(self.config.shop.default_language);
                Ok(Some(alert::new_order(&order, &customer.person, sending, &texts)))
            }
        }
    }
}

async fn subject(tx: &mut Tx, customer: &Customer, place: &Place) -> Result<Subject, DeskError> {
    Ok(match place {
        Place::ReadingOrders { filter, page } => {
            Subject::Orders(tx.orders_page(customer.account, *filter, *page, ORDERS_PER_PAGE).await?)
        }
        Place::ReadingOrder(number) => Subject::Order(tx.order_of(customer.account, *number).await?),
        Place::Billing(_) => Subject::Billing(tx.billing_of(customer.account).await?),
        _ => Subject::Nothing,
    })
}
