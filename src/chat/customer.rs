//! A customer's input: load what it is about, step, ask the shop, save.

use super::answer::Answer;
use super::dialogue::customer::{AccountRequest, Context, Step, Turn, needs, resume, step};
use super::dialogue::{
    AccountState, Asked, Banner, BillingNeed, CustomerOutcome, CustomerRequest, Dialogue, Input, Issued, Loaded,
    Picking, State, Toast, Unsent,
};
use super::drafts::{fresh_draft, keep_draft, open_draft};
use super::event::Via;
use super::hearing::theirs;
use super::session::{Reading, Session, with_answered};
use super::view::banner;
use super::{Chat, ChatError, Handled, Menus};
use crate::chat::action::Action;
use crate::domain::{
    Access, Actor, Catalogue, InvitationToken, Invited, MessageBody, OrderAction, OrderNumber, Request, Role, Source,
    TransitionError,
};
use crate::shop::{Leaving, Placing};
use crate::store::{
    Customer, DialogueKey, Fresh, Inviting, Lasting, LiveScreen, Removal, Seat, ShowIn, StoreError, StoredDialogue, Tx,
};

impl Chat {
    pub(super) async fn serve_customer(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        input: &Input,
        via: &Via,
    ) -> Result<Handled, ChatError> {
        let (person, now) = (customer.person.id, self.clock().now());
        let session = Session::open(tx, DialogueKey::private(person, Seat::Customer), Role::Customer).await?;
        let (stored, reading) = session.read::<Dialogue>(tx, now).await?;
        let dialogue = Dialogue { draft: open_draft(tx, person).await?, ..stored };
        let about = order_spoken_of(tx, &session, &dialogue, input).await?;
        let input = &with_answered(tx, session.key.chat, input).await?;
        let turn = match needs(&dialogue, input, about) {
            Turn::Nothing => return Ok(Handled::default()),
            turn => turn,
        };
        let maintenance = self.maintenance(tx).await?;
        if let Some(maintenance) = maintenance.as_ref().filter(|_| !turn.is_for_staff()) {
            return self.hold_off(tx, customer, maintenance, via).await;
        }
        let mut menus = Menus::Current;
        let next = if self.holds_back(tx, customer, turn.invitation(&dialogue.state)).await? {
            held_back(dialogue.clone())
        } else {
            let catalogue = self.shop.catalogue(tx).await?;
            let chat = session.key.chat;
            let context =
                Context { catalogue: &catalogue, words: &self.order_words, fresh_draft: fresh_draft()?, chat, now };
            let turn = self.load_turn(tx, customer, turn).await?;
            if let Some(maintenance) = maintenance.as_ref().filter(|_| turn.reaches_nobody()) {
                return self.hold_off(tx, customer, maintenance, via).await;
            }
            let mut next = step(&dialogue, turn, &context);
            if reading == Reading::Unreadable {
                next.dialogue.banner = Some(Banner::StartedAfresh);
            }
            match next.request.take() {
                Some(request) => {
                    let outcome = self.ask_shop(tx, customer, &request, &catalogue).await?;
                    if matches!(request, CustomerRequest::Speak(_)) {
                        menus = Menus::Changed;
                    }
                    let next = resume(next, &request, outcome);
                    if matches!(outcome, CustomerOutcome::OverLimit { .. }) && next.dialogue == dialogue {
                        // It was said, and stands there.
                        return Ok(Handled::default());
                    }
                    next
                }
                None => next,
            }
        };
        if matches!(input, Input::Edited(_)) && next.dialogue == dialogue {
            // Nothing came of it that its author would have to read again.
            return Ok(Handled::default());
        }
        keep_draft(tx, person, dialogue.draft.as_ref(), next.dialogue.draft.as_ref(), now).await?;
        let show_in = show_in(input, via, session.screen(), next.toast.as_ref());
        let key = session.key;
        session.save(tx, &next.dialogue, show_in, None, now).await?;
        if next.dialogue.banner == Some(Banner::OrderSent)
            && let Some(StoredDialogue { fresh: Fresh::EditInPlace, screen: Some(live), .. }) = tx.dialogue(key).await?
        {
            // Before the card is drawn: if we crash after that, the next screen must not delete it with the form that it
            // replaced.
            tx.keep_message(key, live.message).await?;
        }
        let answer = next.toast.map(|toast| banner::toast(&toast, &self.texts_for(customer)));
        Ok(Handled { answer, menus, ..Handled::default() })
    }

    async fn load_turn(&self, tx: &mut Tx, customer: &Customer, turn: Turn<Asked>) -> Result<Turn<Loaded>, ChatError> {
        Ok(match turn {
            Turn::OpenInvitation(Some(token)) => {
                Turn::OpenInvitation(Some((token, self.shop.invited(tx, customer.person.id, token).await?)))
            }
            Turn::AskStaff(number, message) => {
                Turn::AskStaff(theirs(tx, customer, number).await?.ok_or(number), message)
            }
            Turn::Reply(number, message) => Turn::Reply(theirs(tx, customer, number).await?.ok_or(number), message),
            Turn::GoOn(number, message) => Turn::GoOn(theirs(tx, customer, number).await?.ok_or(number), message),
            Turn::Correct(number, message) => Turn::Correct(theirs(tx, customer, number).await?.ok_or(number), message),
            Turn::Unaddressed(shown, message) => Turn::Unaddressed(perhaps_meant(tx, customer, shown).await?, message),
            Turn::ForwardedFile(shown, message) => {
                Turn::ForwardedFile(perhaps_meant(tx, customer, shown).await?, message)
            }
            Turn::Edited(message) => Turn::Edited(message),
            Turn::OnCard(number, action) => Turn::OnCard(theirs(tx, customer, number).await?.ok_or(number), action),
            Turn::Repeat(number) => Turn::Repeat(theirs(tx, customer, number).await?.ok_or(number)),
            Turn::ChangeBilling((), message) => {
                Turn::ChangeBilling(tx.locked_billing_of(customer.account).await?, message)
            }
            Turn::Billing((), action) => Turn::Billing(tx.billing_of(customer.account).await?, action),
            Turn::Send { revision, billing: () } => {
                let lacks_billing = self.shop.lacks_billing(tx, customer).await?;
                let billing = if lacks_billing { BillingNeed::First } else { BillingNeed::None };
                Turn::Send { revision, billing }
            }
            Turn::FormerDraft(draft) => Turn::FormerDraft(tx.placed_from(draft, customer.account).await?),
            Turn::OpenInvitation(None) => Turn::OpenInvitation(None),
            Turn::To(state) => Turn::To(state),
            Turn::NewOrder => Turn::NewOrder,
            Turn::OrderProduct(sku) => Turn::OrderProduct(sku),
            Turn::TypedOrder(order) => Turn::TypedOrder(order),
            Turn::Leave => Turn::Leave,
            Turn::NumberExpected => Turn::NumberExpected,
            Turn::UnknownCommand => Turn::UnknownCommand,
            Turn::SecondHand => Turn::SecondHand,
            Turn::Said(message) => Turn::Said(message),
            Turn::SendAllSerials(()) => Turn::SendAllSerials(issued(tx, customer).await?),
            Turn::SendSerials((), choice, format) => Turn::SendSerials(issued(tx, customer).await?, choice, format),
            Turn::LookUp(what) => Turn::LookUp(what),
            Turn::Speak(language) => Turn::Speak(language),
            Turn::Account(action) => Turn::Account(action),
            Turn::Picked(picked) => Turn::Picked(picked),
            Turn::Draft(action) => Turn::Draft(action),
            Turn::Outdated => Turn::Outdated,
            Turn::Nothing => Turn::Nothing,
        })
    }

    async fn ask_shop(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        request: &CustomerRequest,
        catalogue: &Catalogue,
    ) -> Result<CustomerOutcome, ChatError> {
        if request.is_for_serials()
            && let Some(reached) = self.shop.take_serial_request(tx, customer.account).await?
        {
            return Ok(CustomerOutcome::OverLimit { sent: 0, reached });
        }
        match request {
            CustomerRequest::PlaceOrder(draft) => {
                return Ok(match self.shop.place(tx, customer, draft, catalogue).await? {
                    Placing::Placed(number) => CustomerOutcome::Placed(number),
                    Placing::AlreadyPlaced(number) => CustomerOutcome::AlreadyPlaced(number),
                    Placing::NotReady => CustomerOutcome::NotReady,
                    Placing::OverLimit(reached) => CustomerOutcome::OverLimit { sent: 0, reached },
                });
            }
            CustomerRequest::AskStaff(number, request, words) => {
                return self.ask_staff(tx, customer, *number, *request, words).await;
            }
            CustomerRequest::Account(request) => return self.ask_of_account(tx, customer, request).await,
            CustomerRequest::SendInvoice(number) => {
                self.send_again(tx, customer, Some(*number), &Answer::InvoiceAgain(*number)).await?;
            }
            CustomerRequest::SendFiles(number, files) => {
                for event in files.iter().copied() {
                    let answer = Answer::FileAgain { number: *number, event };
                    self.send_again(tx, customer, Some(*number), &answer).await?;
                }
            }
            CustomerRequest::SendSerials(number) => {
                self.send_again(tx, customer, Some(*number), &Answer::SerialsAgain(*number)).await?;
            }
            CustomerRequest::SendAllSerials => self.send_again(tx, customer, None, &Answer::AllSerials).await?,
            CustomerRequest::SendChosenSerials(choice, format) => {
                let answer = Answer::Serials { choice: choice.clone(), format: *format, part: None };
                self.send_again(tx, customer, None, &answer).await?;
            }
            CustomerRequest::LookUp(what) => self.look_up(tx, customer, what).await?,
            CustomerRequest::Speak(language) => tx.choose_language(customer.person.id, *language).await?,
        }
        Ok(CustomerOutcome::Done)
    }

    /// Passes a customer's words on to staff, and keeps them with the order.
    async fn ask_staff(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        number: OrderNumber,
        request: Request,
        words: &[MessageBody],
    ) -> Result<CustomerOutcome, ChatError> {
        let Some(order) = tx.locked_order(number).await? else { return Ok(CustomerOutcome::SentInPart(0)) };
        let person = &customer.person;
        let actor = Actor::Person { id: person.id, name: person.name.clone(), role: Role::Customer };
        for (sent, body) in words.iter().enumerate() {
            let action = OrderAction::Asked(request, body.clone());
            match self.shop.perform(tx, &order, action, &actor).await? {
                Ok(_) => {}
                Err(TransitionError::OverLimit(reached)) => return Ok(CustomerOutcome::OverLimit { sent, reached }),
                Err(_) => return Ok(CustomerOutcome::SentInPart(sent)),
            }
        }
        Ok(CustomerOutcome::Done)
    }

    async fn ask_of_account(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        request: &AccountRequest,
    ) -> Result<CustomerOutcome, ChatError> {
        let person = customer.person.id;
        Ok(match request {
            AccountRequest::Invite => invited(self.shop.invite(tx, person, None).await?),
            AccountRequest::InvitePicked(picked) => {
                let closed = Answer::ContactsClosed { to: person, picked: Some(picked.name.clone()) };
                self.post(tx, person.private_chat(), None, &closed).await?;
                invited(self.shop.invite(tx, person, Some((picked.id, &picked.name))).await?)
            }
            AccountRequest::OfferContacts => {
                let offer = Answer::Contacts { to: person, for_what: Picking::Colleague };
                self.post(tx, person.private_chat(), None, &offer).await?;
                CustomerOutcome::Done
            }
            AccountRequest::WithdrawContacts => {
                let closed = Answer::ContactsClosed { to: person, picked: None };
                self.post(tx, person.private_chat(), None, &closed).await?;
                CustomerOutcome::Done
            }
            AccountRequest::Withdraw(token) => {
                self.shop.withdraw(tx, person, *token).await?;
                CustomerOutcome::Done
            }
            AccountRequest::Remove(member) => match self.shop.remove(tx, person, *member).await? {
                Removal::Removed => CustomerOutcome::Done,
                Removal::NotThere => CustomerOutcome::NothingToDo,
            },
            AccountRequest::Leave => match self.shop.leave(tx, person).await? {
                Leaving::Left { .. } => CustomerOutcome::Done,
                Leaving::NotMember => CustomerOutcome::NothingToDo,
            },
            AccountRequest::Join(token) => match self.shop.join(tx, person, *token).await? {
                Invited::To(_) => CustomerOutcome::Done,
                refused => CustomerOutcome::NotJoined(refused),
            },
            AccountRequest::KeepBilling(billing) => {
                self.shop.keep_billing(tx, customer, billing).await?;
                CustomerOutcome::Done
            }
        })
    }

    /// Sends a customer what they ask for; pressing twice while it waits sends it once.
    async fn send_again(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        order: Option<OrderNumber>,
        answer: &Answer,
    ) -> Result<(), ChatError> {
        self.post_once(tx, customer.person.id.private_chat(), order, answer).await
    }

    /// Whether the person sees only that they are not served. Somebody who waits can still join by an invitation.
    async fn holds_back(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        invitation: Option<InvitationToken>,
    ) -> Result<bool, ChatError> {
        if customer.access == Access::Admitted {
            return Ok(false);
        }
        let person = customer.person.id;
        if let (Access::Waiting, Some(token)) = (customer.access, invitation)
            && matches!(self.shop.invited(tx, person, token).await?, Invited::To(_))
        {
            return Ok(false);
        }
        if customer.access == Access::Waiting {
            self.shop.ask_for_access(tx, person).await?;
        }
        Ok(true)
    }
}

fn invited(inviting: Inviting) -> CustomerOutcome {
    match inviting {
        Inviting::Open => CustomerOutcome::Done,
        Inviting::TooMany => CustomerOutcome::TooManyInvitations,
        Inviting::Full => CustomerOutcome::AccountFull,
        Inviting::NotOwner => CustomerOutcome::NothingToDo,
    }
}

async fn issued(tx: &mut Tx, customer: &Customer) -> Result<Issued, ChatError> {
    Ok(if tx.has_serials(customer.account).await? { Issued::Some } else { Issued::Nothing })
}

/// The orders that words without an address may be about: the one that is shown, or else whichever they may be.
async fn perhaps_meant(
    tx: &mut Tx,
    customer: &Customer,
    shown: Option<OrderNumber>,
) -> Result<Vec<OrderNumber>, StoreError> {
    if let Some(number) = shown
        && theirs(tx, customer, number).await?.is_some()
    {
        return Ok(vec![number]);
    }
    tx.orders_perhaps_meant(customer.account, Unsent::MOST_ORDERS).await
}

/// The order that the message is about which an input answers or changes.
async fn order_spoken_of(
    tx: &mut Tx,
    session: &Session,
    dialogue: &Dialogue,
    input: &Input,
) -> Result<Option<OrderNumber>, StoreError> {
    let chat = session.key.chat;
    let replied = match input {
        Input::Message(message) => message.reply_to,
        Input::Edited(message) => return tx.find_by_words(Source { chat, message: message.id }).await,
        Input::Press(_) | Input::Command(_) | Input::SecondHand(_) | Input::Picked(_) => None,
    };
    let Some(message) = replied else { return Ok(None) };
    if session.current_screen().is_some_and(|screen| screen.message == message) {
        // What its state asks for comes as an answer as well.
        return Ok(match dialogue.state {
            State::ReadingOrder(number) => Some(number),
            _ => None,
        });
    }
    match tx.find_by_message(chat, message).await? {
        Some((number, _)) => Ok(Some(number)),
        None => tx.find_by_words(Source { chat, message }).await,
    }
}

/// The dialogue of somebody who is not served: it keeps what they had, and forgets what they were asked.
fn held_back(dialogue: Dialogue) -> Step {
    let state = match dialogue.state {
        State::Account(AccountState::Joining(_)) => State::Home,
        state => state,
    };
    Step { dialogue: Dialogue { state, banner: None, ..dialogue }, request: None, toast: None }
}

/// Where the answer to an input is shown. What was typed stands below the screen, so the screen moves below it; a press
/// edits the screen in place. The cards of sent orders and notifications keep their place in the chat: a press on one of
/// them is answered below. A press on a form that is not the screen, as when it was sent twice, is answered below too, and that
/// form goes.
fn show_in(input: &Input, via: &Via, screen: Option<LiveScreen>, toast: Option<&Toast>) -> ShowIn {
    let Via::Press { message, .. } = via else { return ShowIn::NewMessage };
    match (screen, input, toast) {
        // The pressed message may be the card of that order by now, so it stays.
        (_, _, Some(Toast::AlreadySent(_))) => ShowIn::LiveMessage,
        (Some(live), _, _) if live.message == *message => match live.lasting {
            Lasting::Transient => ShowIn::LiveMessage,
            Lasting::Kept => ShowIn::NewMessage,
        },
        (_, Input::Press(Some(Action::Draft(..))), _) => ShowIn::InPlaceOf(*message),
        _ => ShowIn::NewMessage,
    }
}
