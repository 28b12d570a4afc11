//! What a screen shows at this moment, gathered in one read.

use chrono::TimeDelta;

use super::accounts::shown_instead;
use super::{Desk, DeskError};
use crate::chat::dialogue::{Banner, Dialogue, StaffState, State};
use crate::chat::i18n::Texts;
use crate::chat::view::{
    self, AdminFacts, Facts, Reader, Screen, StaffFacts, StaffSubject, Subject, account, admin, staff,
};
use crate::domain::{OrderNumber, Role, Sending, Stored};
use crate::store::{Customer, DialogueKey, Lasting, Tx};

/// Orders on one page of the list.
const ORDERS_PER_PAGE: u32 = 8;
/// A usual term of payment, for the example of a due date.
const EXAMPLE_TERM: TimeDelta = TimeDelta::days(14);

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
        let afresh = || Dialogue { notice: Some(Banner::StartedAfresh), ..Dialogue::new() };
        let dialogue = Dialogue::decode(state).unwrap_or_else(|_| afresh());
        if let State::Staff(place) = &dialogue.place
            && let Some(screen) = self.draw_for_staff(&mut tx, key, &customer, place, dialogue.notice.as_ref()).await?
        {
            return Ok(Some(Drawing { screen, lasting: Lasting::Transient }));
        }
        let catalogue = self.catalogue(&mut tx).await?;
        let subject = match &dialogue.place {
            State::Account(place) => self.account_subject(&mut tx, &customer, place).await?,
            State::ChoosingLanguage => self.settings_subject(&mut tx, &customer).await?,
            State::ReadingHelp if self.role_in(&mut tx, key.chat, key.person).await? == Some(Role::Admin) => {
                Subject::AdminHelp
            }
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
            (Subject::Order(Some(_)), Some(Banner::OrderSent)) => Lasting::Kept,
            _ => Lasting::Transient,
        };
        Ok(Some(Drawing { screen, lasting }))
    }

    /// The screen of one of the staff, if they are that still.
    async fn draw_for_staff(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        customer: &Customer,
        place: &StaffState,
        notice: Option<&Banner>,
    ) -> Result<Option<Screen>, DeskError> {
        let Some(role) = self.role_in(tx, key.chat, key.person).await? else { return Ok(None) };
        let texts = self.texts_at(tx, key).await?;
        let subject = match place.order() {
            Some(number) => self.staff_subject(tx, number, &texts).await?,
            None => None,
        };
        let notice = notice.and_then(|notice| match notice {
            Banner::Staff(notice) => Some(notice),
            _ => None,
        });
        let catalogue = self.catalogue(tx).await?;
        if let (StaffState::Admin(place), Role::Admin) = (place, role) {
            let subject = self.admin_subject(tx, place).await?;
            let (name, now) = (customer.person.name.as_str(), self.clock.now());
            let facts = AdminFacts { name, catalogue: &catalogue, now, subject: &subject };
            return Ok(Some(admin::screen(place, notice, &facts, &texts)));
        }
        let today = self.clock.now().with_timezone(&self.config.shop.time_zone).date_naive();
        let facts = StaffFacts {
            person: key.person,
            name: &customer.person.name,
            catalogue: &catalogue,
            subject: subject.as_ref(),
            example_day: today + EXAMPLE_TERM,
        };
        Ok(Some(staff::screen(place, notice, &facts, &texts)))
    }

    async fn staff_subject(
        &self,
        tx: &mut Tx,
        number: OrderNumber,
        texts: &Texts,
    ) -> Result<Option<StaffSubject>, DeskError> {
        let Some(order) = tx.order(number).await? else { return Ok(None) };
        let card = self.staff_card(tx, &order, Sending::First, texts).await?;
        let mut in_stock = Vec::with_capacity(order.lines.len());
        for line in &order.lines {
            in_stock.push(tx.in_stock(&line.sku, u32::MAX).await?);
        }
        Ok(Some(StaffSubject { order, card, in_stock }))
    }
}

async fn subject(tx: &mut Tx, customer: &Customer, place: &State) -> Result<Subject, DeskError> {
    Ok(match place {
        State::ReadingOrders { filter, page } => {
            Subject::Orders(tx.orders_page(customer.account, *filter, *page, ORDERS_PER_PAGE).await?)
        }
        State::ReadingSerials => Subject::Serials(tx.issued_counts(customer.account).await?),
        State::ReadingOrder(number) | State::Asking(number, _) => Subject::Order(tx.order_of(customer, *number).await?),
        State::Billing(_) => Subject::Billing(tx.billing_of(customer.account).await?),
        _ => Subject::Nothing,
    })
}
