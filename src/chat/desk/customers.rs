//! A customer's input: load the dialogue, step, apply the effect, save.

use super::accounts::held_back;
use super::event::Via;
use super::fact::Notification;
use super::{Desk, DeskError, Handled};
use crate::chat::action::Action;
use crate::chat::dialogue::{AccountContext, Banner, Context, Dialogue, Effect, Input, State, Step, Toast, step};
use crate::domain::orders::status::may_change;
use crate::domain::{
    Draft, DraftId, MessageBody, NewOrder, Order, OrderAction, OrderNumber, Request, Role, Status, Stored,
};
use crate::store::{
    Actor, Customer, DialogueKey, Lasting, LiveScreen, NewOutboxMessage, Placement, SaveDialogue, Saved, Seat, ShowIn,
    StoredDialogue, Tx,
};

impl Desk {
    pub(super) async fn serve(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        input: &Input,
        via: &Via,
    ) -> Result<Handled, DeskError> {
        let key = DialogueKey::private(customer.person.id, Seat::Customer);
        let stored = tx.dialogue(key).await?;
        let (dialogue, reading) = self.read_dialogue(tx, key, stored.as_ref()).await?;
        let (dialogue, toast) = if self.holds_back(tx, customer, input, &dialogue.place).await? {
            (held_back(dialogue), None)
        } else {
            self.move_on(tx, customer, input, (dialogue, reading)).await?
        };

        let show_in = show_in(input, via, stored.as_ref().and_then(|stored| stored.screen), toast.as_ref());
        let next = SaveDialogue { state: dialogue.encode()?, show_in, watches: None };
        let expected = stored.map(|stored| stored.version);
        match tx.save_dialogue(key, expected, &next, self.clock().now()).await? {
            Saved::Version(_) => Ok(self.answer(toast.as_ref(), customer)),
            Saved::Conflict => Err(DeskError::Overtaken),
        }
    }

    async fn move_on(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        input: &Input,
        (dialogue, reading): (Dialogue, Reading),
    ) -> Result<(Dialogue, Option<Toast>), DeskError> {
        let catalogue = self.catalogue(tx).await?;
        let order = order_at_hand(tx, customer, input, &dialogue).await?;
        let billing = self.billing_at_hand(tx, customer, input, &dialogue.place).await?;
        let context = Context {
            catalogue: &catalogue,
            fresh_draft: fresh_draft()?,
            sent_as: order_of_pressed_draft(tx, customer, input, &dialogue).await?,
            order: order.as_ref(),
            account: AccountContext { kept: billing.as_ref(), ..self.account_context(tx, customer, input).await? },
        };
        let mut outcome = step(&dialogue, input, &context);
        if reading == Reading::Unreadable {
            outcome.dialogue.notice = Some(Banner::StartedAfresh);
        }
        self.apply(tx, customer, outcome, &context).await
    }

    pub(super) async fn read_dialogue(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        stored: Option<&StoredDialogue>,
    ) -> Result<(Dialogue, Reading), DeskError> {
        let Some(stored) = stored else { return Ok((Dialogue::new(), Reading::Sound)) };
        match Dialogue::decode(&stored.state) {
            Ok(dialogue) => Ok((dialogue, Reading::Sound)),
            Err(unreadable) => {
                tracing::warn!(person = key.person.0, "{unreadable}; it is kept aside and the person starts afresh");
                tx.set_aside_dialogue(key, &unreadable.to_string(), self.clock().now()).await?;
                Ok((Dialogue::new(), Reading::Unreadable))
            }
        }
    }

    async fn apply(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        outcome: Step,
        context: &Context<'_>,
    ) -> Result<(Dialogue, Option<Toast>), DeskError> {
        let Step { dialogue, effect, toast } = outcome;
        match effect {
            None => Ok((dialogue, toast)),
            Some(Effect::Speak(language)) => {
                tx.choose_language(customer.person.id, language).await?;
                Ok((dialogue, toast))
            }
            Some(Effect::Account(effect)) => Ok((self.apply_to_account(tx, customer, effect, dialogue).await?, toast)),
            Some(Effect::Ask(number, request, words)) => {
                let notice = match self.ask_staff(tx, customer, number, request, words).await? {
                    Asked::Passed => dialogue.notice,
                    Asked::Overtaken => Some(Banner::NotAnyMore),
                };
                Ok((Dialogue { notice, ..dialogue }, toast))
            }
            Some(Effect::SendInvoice(number)) => {
                self.send_again(tx, customer, Some(number), &Notification::InvoiceAgain(number)).await?;
                Ok((dialogue, toast))
            }
            Some(Effect::SendSerials(number)) => {
                self.send_again(tx, customer, Some(number), &Notification::SerialsAgain(number)).await?;
                Ok((dialogue, toast))
            }
            Some(Effect::SendAllSerials) => {
                self.send_again(tx, customer, None, &Notification::AllSerials).await?;
                Ok((dialogue, toast))
            }
            Some(Effect::PlaceOrder(draft)) => match self.place_order(tx, customer, &draft, context).await? {
                Placing::Placed(number) => Ok((Dialogue::sent(number), None)),
                Placing::AlreadyPlaced(number) => {
                    let dialogue = Dialogue { notice: None, ..Dialogue::sent(number) };
                    Ok((dialogue, Some(Toast::AlreadySent(number))))
                }
                Placing::NotReady => Ok((Dialogue { notice: Some(Banner::LinesGone), ..dialogue }, None)),
            },
        }
    }

    /// Passes a customer's words on to staff, and keeps them with the order.
    async fn ask_staff(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        number: OrderNumber,
        request: Request,
        words: MessageBody,
    ) -> Result<Asked, DeskError> {
        if tx.order_of(customer, number).await?.is_none() {
            return Ok(Asked::Overtaken);
        }
        let Some(order) = tx.locked_order(number).await? else { return Ok(Asked::Overtaken) };
        let by = customer.person.id;
        let actor = Actor { id: by, name: customer.person.name.clone(), role: Role::Customer };
        let deed = OrderAction::Asked(request, words.clone());
        if self.perform(tx, &order, &deed, &actor).await?.is_err() {
            return Ok(Asked::Overtaken);
        }
        let fact = Notification::CustomerAsked { number, by, request, words };
        let notice = NewOutboxMessage { chat: self.staff_chat(tx).await?, order: Some(number), body: fact.encode()? };
        tx.post(&notice, self.clock().now()).await?;
        Ok(Asked::Passed)
    }

    /// Sends a customer what they ask for; pressing twice while it waits sends it once.
    async fn send_again(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        order: Option<OrderNumber>,
        fact: &Notification,
    ) -> Result<(), DeskError> {
        let notice = NewOutboxMessage { chat: customer.person.id.private_chat(), order, body: fact.encode()? };
        Ok(tx.post_unless_waiting(&notice, self.clock().now()).await?)
    }

    async fn place_order(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        draft: &Draft,
        context: &Context<'_>,
    ) -> Result<Placing, DeskError> {
        let person = customer.person.id;
        let Ok(order) = NewOrder::from_draft(draft, context.catalogue, customer.account, person) else {
            return Ok(Placing::NotReady);
        };
        if may_change(None, Status::Placed, Role::Customer, order.total).is_err() {
            return Ok(Placing::NotReady);
        }
        let now = self.clock().now();
        let number = match tx.place_order(&order, &customer.person.name, now).await? {
            Placement::Placed(number) => number,
            Placement::AlreadyPlaced(number) => return Ok(Placing::AlreadyPlaced(number)),
        };
        let chat = self.staff_chat(tx).await?;
        let notice = NewOutboxMessage { chat, order: Some(number), body: Notification::OrderPlaced(number).encode()? };
        tx.post(&notice, now).await?;
        tracing::info!(order = number.0, person = person.0, "order {number} was placed");
        Ok(Placing::Placed(number))
    }
}

enum Asked {
    Passed,
    /// The order changed since the customer's screen was made.
    Overtaken,
}

enum Placing {
    Placed(OrderNumber),
    AlreadyPlaced(OrderNumber),
    NotReady,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Sound,
    Unreadable,
}

fn fresh_draft() -> Result<DraftId, DeskError> {
    let random = getrandom::u64().map_err(DeskError::NoRandomness)?;
    // Without the sign bit, so that a button's hexadecimal form reads back.
    Ok(DraftId(i64::try_from(random >> 1).unwrap_or(0)))
}

async fn order_of_pressed_draft(
    tx: &mut Tx,
    customer: &Customer,
    input: &Input,
    dialogue: &Dialogue,
) -> Result<Option<OrderNumber>, DeskError> {
    let open = dialogue.draft.as_ref().map(|draft| draft.id);
    match input {
        Input::Press(Some(Action::Draft(draft, _))) if open != Some(*draft) => {
            Ok(tx.placed_from(*draft, customer.account).await?)
        }
        _ => Ok(None),
    }
}

/// The order that an input is about, if it is this customer's.
async fn order_at_hand(
    tx: &mut Tx,
    customer: &Customer,
    input: &Input,
    dialogue: &Dialogue,
) -> Result<Option<Order>, DeskError> {
    let number = match (input, &dialogue.place) {
        (Input::Press(Some(Action::Repeat(number) | Action::Card(number, _))), _) => *number,
        (Input::Text(_) | Input::Attachment(_), State::Asking(number, _)) => *number,
        (Input::Attachment(Some(part)), _) => match dialogue.continues_album(part) {
            Some(number) => number,
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    Ok(tx.order_of(customer, number).await?)
}

/// Where the answer to an input is shown. What was typed stands below the screen, so the screen moves below it; a press
/// edits the screen in place. The cards of sent orders and notices keep their place in the chat: a press on one of them is
/// answered below.
fn show_in(input: &Input, via: &Via, screen: Option<LiveScreen>, toast: Option<&Toast>) -> ShowIn {
    let Via::Press { message, .. } = via else { return ShowIn::NewMessage };
    match (screen, input, toast) {
        // The pressed message is the card of that order by now.
        (_, _, Some(Toast::AlreadySent(_))) => ShowIn::LiveMessage,
        (Some(live), _, _) if live.message == *message && live.lasting == Lasting::Transient => ShowIn::LiveMessage,
        (_, Input::Press(Some(Action::Draft(..))), _) => ShowIn::Message(*message),
        _ => ShowIn::NewMessage,
    }
}
