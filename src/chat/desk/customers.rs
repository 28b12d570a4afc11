//! A customer's input: load the dialogue, step, apply the effect, save.

use super::accounts::held_back;
use super::event::Via;
use super::{Desk, DeskError, Handled};
use crate::chat::action::Action;
use crate::chat::answer::Answer;
use crate::chat::dialogue::{
    AccountContext, Banner, Change, Context, Dialogue, Effect, Input, State, Step, Toast, step,
};
use crate::domain::{Actor, Draft, DraftId, MessageBody, Order, OrderAction, OrderNumber, PersonId, Request, Role};
use crate::shop::{Placing, ShopError};
use crate::store::{
    Customer, DialogueKey, Lasting, LiveScreen, NewOutboxMessage, SaveDialogue, Saved, ShowIn, StoredDialogue, Tx,
};

impl Desk {
    pub(super) async fn serve(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        input: &Input,
        via: &Via,
    ) -> Result<Handled, DeskError> {
        let key = private_dialogue(customer.person.id);
        let stored = tx.dialogue(key).await?;
        let (dialogue, reading) = self.read_dialogue(tx, key, stored.as_ref()).await?;
        let (dialogue, toast) = if self.holds_back(tx, customer, input, &dialogue.place).await? {
            (held_back(dialogue), None)
        } else {
            self.move_on(tx, customer, input, (dialogue, reading)).await?
        };

        let show_in = show_in(input, via, stored.as_ref().and_then(|stored| stored.screen), toast.as_ref());
        let next = SaveDialogue { state: dialogue.store(), show_in };
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
        let catalogue = self.shop.catalogue(tx).await?;
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
        match Dialogue::read(&stored.state) {
            Ok(dialogue) => Ok((dialogue, Reading::Sound)),
            Err(unreadable) => {
                tracing::warn!("{unreadable}; it is kept aside and the person starts afresh");
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
                self.send_again(tx, customer, Some(number), &Answer::InvoiceAgain(number)).await?;
                Ok((dialogue, toast))
            }
            Some(Effect::SendSerials(number)) => {
                self.send_again(tx, customer, Some(number), &Answer::SerialsAgain(number)).await?;
                Ok((dialogue, toast))
            }
            Some(Effect::SendAllSerials) => {
                self.send_again(tx, customer, None, &Answer::AllSerials).await?;
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
        let actor = Actor::Person { id: by, name: customer.person.name.clone(), role: Role::Customer };
        let action = OrderAction::Asked(request, words);
        let performed = self.perform(tx, &order, action, &actor, private_dialogue(by)).await?;
        Ok(if performed.is_ok() { Asked::Passed } else { Asked::Overtaken })
    }

    /// Sends a customer what they ask for; pressing twice while it waits sends it once.
    async fn send_again(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        order: Option<OrderNumber>,
        fact: &Answer,
    ) -> Result<(), DeskError> {
        let notice = NewOutboxMessage { chat: customer.person.id.private_chat(), order, fact: fact.store() };
        Ok(tx.post_unless_waiting(&notice, self.clock().now()).await?)
    }

    async fn place_order(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        draft: &Draft,
        context: &Context<'_>,
    ) -> Result<Placing, DeskError> {
        let placing = self.shop.place(tx, customer, draft, context.catalogue).await?;
        if let Placing::Placed(number) = placing {
            let own = private_dialogue(customer.person.id);
            self.staff_screens_follow(tx, &[Change::Order(number)], Some(own)).await?;
        }
        Ok(placing)
    }
}

enum Asked {
    Passed,
    /// The order changed since the customer's screen was made.
    Overtaken,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Sound,
    Unreadable,
}

/// The dialogue of a person with the bot in private.
pub fn private_dialogue(person: PersonId) -> DialogueKey {
    DialogueKey { chat: person.private_chat(), person }
}

fn fresh_draft() -> Result<DraftId, DeskError> {
    let random = getrandom::u64().map_err(ShopError::NoRandomness)?;
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
