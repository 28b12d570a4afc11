//! What a customer can do on an order's card: have its files again, and turn to staff.

use super::input::{Attached, Input};
use super::state::{Dialogue, Notice, Place};
use super::step::{Context, Effect, Step};
use crate::action::CardAction;
use crate::domain::{NoWords, Order, OrderNumber, Request, Status, Words};

/// A button on the card of this order.
pub(super) fn on_card(dialogue: Dialogue, number: OrderNumber, action: CardAction, context: &Context) -> Step {
    let card = dialogue.at(Place::ReadingOrder(number));
    let Some(order) = context.order else { return Step::to(card) };
    match action {
        CardAction::Invoice if order.invoice().is_some_and(|invoice| invoice.document.is_some()) => {
            Step { effect: Some(Effect::SendInvoice(number)), ..Step::to(card.saying(Notice::FileFollows)) }
        }
        CardAction::Serials if order.summary.status == Status::Completed => {
            Step { effect: Some(Effect::SendSerials(number)), ..Step::to(card.saying(Notice::FileFollows)) }
        }
        CardAction::Ask => begin(card, order, Request::Answer),
        CardAction::AskToCancel => begin(card, order, Request::Cancellation),
        CardAction::CancelWithoutWords => {
            let words = Words { text: String::new(), file: None };
            send(card, order, Request::Cancellation, words)
        }
        CardAction::Invoice | CardAction::Serials => Step::to(card.saying(Notice::NotAnyMore)),
    }
}

/// What a customer says to staff about the order that the dialogue is about.
pub(super) fn words(dialogue: Dialogue, input: &Input, context: &Context) -> Step {
    let Place::Asking(number, request) = dialogue.place else { return Step::to(dialogue) };
    let Some(order) = context.order else { return Step::to(dialogue.at(Place::ReadingOrder(number))) };
    let words = match input {
        Input::Text(text) => Words::new(text, None),
        Input::Attachment(Some(Attached { file, caption })) => Words::new(caption, Some(file.clone())),
        Input::Attachment(None) | Input::Command(_) | Input::Press(_) => Err(NoWords::Empty),
    };
    match words {
        Ok(words) => send(dialogue.at(Place::ReadingOrder(number)), order, request, words),
        Err(NoWords::Empty) => Step::to(dialogue.saying(Notice::WordsExpected)),
        Err(NoWords::TooLong) => Step::to(dialogue.saying(Notice::WordsTooLong)),
    }
}

fn begin(card: Dialogue, order: &Order, request: Request) -> Step {
    match hindrance(order, request) {
        Some(notice) => Step::to(card.saying(notice)),
        None => Step::to(card.at(Place::Asking(order.summary.number, request))),
    }
}

fn send(card: Dialogue, order: &Order, request: Request, words: Words) -> Step {
    if let Some(notice) = hindrance(order, request) {
        return Step::to(card.saying(notice));
    }
    let effect = Some(Effect::Ask(order.summary.number, request, words));
    Step { effect, ..Step::to(card.saying(Notice::Asked(request))) }
}

fn hindrance(order: &Order, request: Request) -> Option<Notice> {
    if request == Request::Cancellation && order.summary.status.is_final() {
        return Some(Notice::NotAnyMore);
    }
    (!order.may_ask()).then_some(Notice::TooManyQuestions)
}
