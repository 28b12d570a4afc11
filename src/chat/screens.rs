//! What a screen shows at this moment, gathered in one read.

use futures_util::future::BoxFuture;

use super::copies::stock_for;
use super::dialogue::{
    AccountState, AdminState, Banner, Dialogue, SerialsState, StaffState, State, VendorDialogue, VendorState,
};
use super::drafts::open_draft;
use super::screenful::Screenful;
use super::view::alert::Place;
use super::view::{
    self, AccountView, AdminFacts, AdminSubject, Facts, PersonFacts, Reader, Screen, SettingsView, StaffFacts,
    StaffSubject, Subject, account, admin, staff,
};
use super::{Chat, ChatError};
use crate::chat::i18n::Texts;
use crate::domain::{
    Access, Findings, InvitationToken, Invited, OrderNumber, PersonId, Role, SearchText, Sending, SerialTrace, Status,
    Stored,
};
use crate::store::{Customer, DialogueKey, Lasting, MessageKind, Redraw, Seat, StoreError, Tx};

/// Orders on one page of a list.
const ORDERS_PER_PAGE: u32 = 8;
/// Rows of the audit on one page.
const AUDIT_ROWS_PER_PAGE: u32 = 8;

impl Chat {
    /// What a dialogue is to show; `None` when its person is not known.
    pub async fn draw(&self, redraw: &Redraw) -> Result<Option<Screenful>, ChatError> {
        self.draw_by(self.store().read(), redraw).await
    }

    /// The same from what the transaction knew that left it to be drawn; `None` too when more has to be read, or when that fails:
    /// whoever sends it draws it again, and says why.
    pub(super) fn draw_ahead<'a>(&'a self, redraw: &'a Redraw) -> BoxFuture<'a, Option<Screenful>> {
        Box::pin(async { self.draw_by(self.store().recall(), redraw).await.ok().flatten() })
    }

    async fn draw_by(&self, mut tx: Tx, redraw: &Redraw) -> Result<Option<Screenful>, ChatError> {
        let (key, state) = (redraw.key, &redraw.state);
        tx.assume(redraw);
        let Some(customer) = tx.customer(key.person).await? else { return Ok(None) };
        let role = match key.seat {
            Seat::Customer => Some(Role::Customer),
            Seat::Vendor => self.role_in(&mut tx, key.chat, key.person).await?,
        };
        // A replica of another release may have written a state that does not read; the next input sets it aside.
        Ok(Some(match (key.seat, role) {
            (Seat::Vendor, Some(role)) => {
                let dialogue = VendorDialogue::decode(state).unwrap_or_default();
                let screen = self.draw_for_vendor(&mut tx, key, role, &customer, &dialogue).await?;
                // In private an order's messages are a customer's.
                let order = dialogue.state.order().filter(|_| !key.is_private());
                let about = order.map(|number| (number, MessageKind::Notification));
                Screenful { about, ..Screenful::transient(screen) }
            }
            // In a group a customer's screen would be everybody's to read.
            (Seat::Vendor, None) if !key.is_private() => {
                let closed = VendorDialogue::new();
                Screenful::transient(self.draw_for_vendor(&mut tx, key, Role::Staff, &customer, &closed).await?)
            }
            // Whoever acts for the vendor no more stands where customers begin.
            (Seat::Vendor, None) => self.draw_for_customer(&mut tx, &customer, &Dialogue::new()).await?,
            (Seat::Customer, _) => {
                let afresh = || Dialogue { banner: Some(Banner::StartedAfresh), ..Dialogue::new() };
                let stored = Dialogue::decode(state).unwrap_or_else(|_| afresh());
                let draft = open_draft(&mut tx, key.person).await?;
                self.draw_for_customer(&mut tx, &customer, &Dialogue { draft, ..stored }).await?
            }
        }))
    }

    async fn draw_for_customer(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        dialogue: &Dialogue,
    ) -> Result<Screenful, ChatError> {
        let catalogue = self.shop.catalogue(tx).await?;
        let subject = self.subject(tx, customer, &dialogue.state).await?;
        let is_card = matches!(subject, Subject::Order(Some(_)));
        let reader = Reader {
            name: customer.person.name.clone(),
            chosen_language: customer.chosen_language,
            has_colleagues: is_card && customer.has_colleagues,
        };
        let facts = Facts { shop: &self.config().shop, catalogue: &catalogue, reader: &reader, subject: &subject };
        let texts = self.texts_for(customer);
        let screen = match shown_instead(customer, &subject) {
            Some(access) => account::held_back(access, &facts, &texts),
            None => view::screen(dialogue, &facts, &texts),
        };
        // A card that is only looked at makes room for the next screen, so that the chat does not fill up.
        Ok(match (&subject, &dialogue.banner) {
            (Subject::Order(Some(order)), Some(Banner::OrderSent)) => {
                Screenful { screen, lasting: Lasting::Kept, about: Some((order.summary.number, MessageKind::Alert)) }
            }
            _ => Screenful::transient(screen),
        })
    }

    async fn subject(&self, tx: &mut Tx, customer: &Customer, state: &State) -> Result<Subject, ChatError> {
        let account = customer.account;
        Ok(match state {
            State::ReadingOrders { filter, page } => {
                Subject::Orders(tx.orders_page(account, *filter, *page, ORDERS_PER_PAGE).await?)
            }
            State::ReadingSerials => {
                // One more tells that there are more.
                Subject::Serials(tx.issued_counts(account, view::serials::SHOWN + 1).await?)
            }
            State::Serials(SerialsState::ChoosingOrder { page }) => {
                Subject::Orders(tx.orders_page(account, Some(Status::Completed), *page, ORDERS_PER_PAGE).await?)
            }
            State::Serials(SerialsState::WaitingForPeriod) => Subject::Today(self.shop.today()),
            State::Serials(SerialsState::ChoosingProduct { .. }) => {
                Subject::Products(tx.products_given(account).await?)
            }
            State::Serials(SerialsState::ChoosingFormat(_)) => Subject::Nothing,
            State::ReadingOrder(number) | State::Asking(number, _) => {
                Subject::Order(tx.order_of(customer, *number).await?)
            }
            State::Billing(_) => Subject::Billing(tx.billing_of(account).await?),
            State::Account(state) => self.account_subject(tx, customer, state).await?,
            State::ChoosingLanguage => match tx.account(account).await? {
                Some(account) => {
                    let billing = tx.billing_of(account.id).await?;
                    let account = AccountView { account, reader: customer.person.id, invitations: Vec::new() };
                    Subject::Settings(SettingsView { account, billing })
                }
                None => Subject::Nothing,
            },
            State::ReadingPrivacy => Subject::Retention(self.config().retention),
            State::ReadingHelp if self.shop.is_admin(tx, customer.person.id).await? => Subject::AdminHelp,
            State::Home
            | State::OfferToResume
            | State::OfferToAdd(_)
            | State::ChoosingProduct { .. }
            | State::WaitingForQuantity(_)
            | State::WaitingForNote
            | State::Confirming
            | State::ReadingPrices { .. }
            | State::ReadingProducts { .. }
            | State::ReadingHelp => Subject::Nothing,
        })
    }

    async fn account_subject(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        state: &AccountState,
    ) -> Result<Subject, ChatError> {
        let reader = customer.person.id;
        if let AccountState::Joining(token) = state {
            return Ok(Subject::Invitation(match self.shop.invited(tx, reader, *token).await? {
                Invited::To(account) => tx.inviter(account).await?,
                Invited::NotValid | Invited::HasMembers | Invited::IsMember | Invited::IsThere => None,
            }));
        }
        let Some(account) = tx.account(customer.account).await? else { return Ok(Subject::Nothing) };
        let now = self.clock().now();
        let open = if account.owner == reader { tx.invitations_to(account.id, now).await? } else { Vec::new() };
        let invitations =
            open.into_iter().map(|invitation| (invitation.clone(), self.link(invitation.token))).collect();
        Ok(Subject::Account(AccountView { account, reader, invitations }))
    }

    fn link(&self, token: InvitationToken) -> String {
        format!("https://t.me/{}?start=join_{token}", self.username)
    }

    async fn draw_for_vendor(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        role: Role,
        customer: &Customer,
        dialogue: &VendorDialogue,
    ) -> Result<Screen, ChatError> {
        let texts = self.texts_at(tx, key.chat, key.person).await?;
        let catalogue = self.shop.catalogue(tx).await?;
        let (name, banner) = (customer.person.name.as_str(), dialogue.banner.as_ref());
        let state = match super::vendor::allowed(&dialogue.state, role) {
            VendorState::Staff(state) => state,
            VendorState::Admin(state) => {
                let subject = self.admin_subject(tx, &state).await?;
                let is_alone = key.is_private();
                let facts = AdminFacts { name, role, is_alone, catalogue: &catalogue, subject: &subject };
                return Ok(admin::screen(&state, banner, &facts, &texts));
            }
        };
        let subject = match state.order() {
            Some(number) => self.staff_subject(tx, number, &state, &texts).await?,
            None => None,
        };
        let facts = StaffFacts {
            person: key.person,
            name,
            catalogue: &catalogue,
            subject: subject.as_ref(),
            today: self.shop.today(),
            is_alone: key.is_private(),
        };
        Ok(staff::screen(&state, banner, &facts, &texts))
    }

    async fn staff_subject(
        &self,
        tx: &mut Tx,
        number: OrderNumber,
        state: &StaffState,
        texts: &Texts,
    ) -> Result<Option<StaffSubject>, ChatError> {
        let Some(order) = tx.order(number).await? else { return Ok(None) };
        let card = self.staff_card(tx, &order, (Place::Card, Sending::First), texts).await?;
        let in_stock = match state {
            StaffState::WaitingForSerials(_) => stock_for(tx, &order).await?,
            _ => Vec::new(),
        };
        Ok(Some(StaffSubject { order, card, in_stock }))
    }

    async fn admin_subject(&self, tx: &mut Tx, state: &AdminState) -> Result<AdminSubject, ChatError> {
        Ok(match state {
            AdminState::ReadingQueue { status, page } => {
                AdminSubject::Queue(tx.queue(*status, *page, ORDERS_PER_PAGE).await?)
            }
            AdminState::ReadingFindings { text, page } => {
                let orders = tx.find_orders(text, *page, ORDERS_PER_PAGE).await?;
                AdminSubject::Findings(Findings { serial: trace(tx, text).await?, orders })
            }
            AdminState::ReadingStock { .. } => {
                let stock = tx.stock().await?.into_iter();
                AdminSubject::Stock(stock.map(|stock| (stock.sku, stock.available)).collect())
            }
            AdminState::ConfirmingCatalogue(id) => AdminSubject::Differences(self.shop.differences_of(tx, *id).await?),
            AdminState::ReadingAudit { page } => AdminSubject::Audit(tx.audit_page(*page, AUDIT_ROWS_PER_PAGE).await?),
            AdminState::ReadingAdmins => AdminSubject::Admins(self.shop.admins(tx).await?),
            AdminState::ConfirmingAppointment(person)
            | AdminState::ConfirmingDismissal(person)
            | AdminState::ConfirmingBlock(person)
            | AdminState::ConfirmingUnblock(person) => AdminSubject::Target(self.shop.target(tx, *person).await?),
            AdminState::ReadingPerson(person) | AdminState::ConfirmingErasure(person) => {
                AdminSubject::Person(self.person_facts(tx, *person).await?)
            }
            AdminState::WaitingForSerials(_)
            | AdminState::ImportingSerials { .. }
            | AdminState::Withdrawing(_)
            | AdminState::ReadingCatalogue { .. }
            | AdminState::ChoosingPrice(_)
            | AdminState::WaitingForPrice(..)
            | AdminState::WaitingForQuantity(..)
            | AdminState::PickingAdmin
            | AdminState::CheckingCatalogue => AdminSubject::Nothing,
        })
    }

    async fn person_facts(&self, tx: &mut Tx, person: PersonId) -> Result<PersonFacts, ChatError> {
        let target = self.shop.target(tx, person).await?;
        let Some(account) = tx.customer(person).await?.map(|customer| customer.account) else {
            return Ok(PersonFacts { target, account: None, orders: 0, open: Vec::new() });
        };
        let (orders, open) = (tx.orders_of(person).await?, tx.open_orders_of(person).await?);
        Ok(PersonFacts { target, account: Some(account), orders, open })
    }
}

/// What somebody sees who is not served; `None` when the screen is theirs to see.
fn shown_instead(customer: &Customer, subject: &Subject) -> Option<Access> {
    match (customer.access, subject) {
        (Access::Admitted, _) | (Access::Waiting, Subject::Invitation(Some(_))) => None,
        (access, _) => Some(access),
    }
}

async fn trace(tx: &mut Tx, text: &SearchText) -> Result<Option<SerialTrace>, StoreError> {
    let Some(serial) = text.serial() else { return Ok(None) };
    let found = tx.find_serial(&serial).await?;
    Ok(found.map(|found| SerialTrace { sku: found.sku, order: found.order }))
}
