//! What a customer can do on an order's card: have its files again, and turn to staff.

use super::input::{Attached, Input};
use super::state::{Banner, Dialogue, OpenAlbum, State};
use super::step::{Context, Effect, Step};
use crate::chat::action::CardAction;
use crate::domain::{InvalidBody, MessageBody, Order, OrderNumber, Request, Status};

/// A button on the card of this order.
pub(super) fn on_card(dialogue: Dialogue, number: OrderNumber, action: CardAction, context: &Context) -> Step {
    let card = dialogue.at(State::ReadingOrder(number));
    let Some(order) = context.order else { return Step::to(card) };
    match action {
        CardAction::Invoice if order.invoice().is_some_and(|invoice| invoice.document.is_some()) => {
            Step { effect: Some(Effect::SendInvoice(number)), ..Step::to(card.saying(Banner::FileFollows)) }
        }
        CardAction::Serials if order.summary.status == Status::Completed => {
            Step { effect: Some(Effect::SendSerials(number)), ..Step::to(card.saying(Banner::FileFollows)) }
        }
        CardAction::Ask => begin(card, order, Request::Answer),
        CardAction::AskToCancel => begin(card, order, Request::Cancellation),
        CardAction::CancelWithoutWords => {
            let words = MessageBody { text: String::new(), file: None };
            send(card, order, Request::Cancellation, words)
        }
        CardAction::Invoice | CardAction::Serials => Step::to(card.saying(Banner::NotAnyMore)),
    }
}

/// What a customer says to staff about the order that the dialogue is about.
pub(super) fn words(dialogue: Dialogue, input: &Input, context: &Context) -> Step {
    let State::Asking(number, request) = dialogue.place else { return Step::to(dialogue) };
    let Some(order) = context.order else { return Step::to(dialogue.at(State::ReadingOrder(number))) };
    let mut card = dialogue.clone().at(State::ReadingOrder(number));
    let words = match input {
        Input::Text(text) => MessageBody::new(text, None),
        Input::Attachment(Some(Attached { file, caption, album })) => {
            card.album = album.clone().map(|id| OpenAlbum { id, order: number });
            MessageBody::new(caption, Some(file.clone()))
        }
        Input::Attachment(None) | Input::Command(_) | Input::Press(_) => Err(InvalidBody::Empty),
    };
    match words {
        Ok(words) => send(card, order, request, words),
        Err(fault) => Step::to(dialogue.saying(refusal(fault))),
    }
}

impl Dialogue {
    /// The order whose words to staff this is a further part of.
    pub fn continues_album(&self, part: &Attached) -> Option<OrderNumber> {
        let open = self.album.as_ref()?;
        (part.album.as_ref() == Some(&open.id)).then_some(open.order)
    }
}

/// A further part of an album goes to staff as well.
pub(super) fn album_part(dialogue: Dialogue, part: &Attached, context: &Context) -> Step {
    let Some(order) = context.order else { return Step::to(dialogue) };
    match MessageBody::new(&part.caption, Some(part.file.clone())) {
        Ok(words) => send(dialogue, order, Request::Answer, words),
        Err(fault) => Step::to(dialogue.saying(refusal(fault))),
    }
}

fn begin(card: Dialogue, order: &Order, request: Request) -> Step {
    match hindrance(order, request) {
        Some(notice) => Step::to(card.saying(notice)),
        None => Step::to(card.at(State::Asking(order.summary.number, request))),
    }
}

fn send(card: Dialogue, order: &Order, request: Request, words: MessageBody) -> Step {
    if let Some(notice) = hindrance(order, request) {
        return Step::to(card.saying(notice));
    }
    let effect = Some(Effect::Ask(order.summary.number, request, words));
    Step { effect, ..Step::to(card.saying(Banner::Asked(request))) }
}

fn refusal(fault: InvalidBody) -> Banner {
    match fault {
        InvalidBody::Empty => Banner::WordsExpected,
        InvalidBody::TooLong => Banner::WordsTooLong,
    }
}

fn hindrance(order: &Order, request: Request) -> Option<Banner> {
    if request == Request::Cancellation && order.summary.status.is_final() {
        return Some(Banner::NotAnyMore);
    }
    (!order.may_ask()).then_some(Banner::TooManyQuestions)
}
