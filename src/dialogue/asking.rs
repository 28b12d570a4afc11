//! What a customer can do on an order's card: have its files again, and turn to staff.

use super::input::{Attached, Input};
use super::state::{Dialogue, Notice, OpenAlbum, Place};
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
    let mut card = dialogue.clone().at(Place::ReadingOrder(number));
    let words = match input {
        Input::Text(text) => Words::new(text, None),
        Input::Attachment(Some(Attached { file, caption, album })) => {
            card.album = album.clone().map(|id| OpenAlbum { id, order: number });
            Words::new(caption, Some(file.clone()))
        }
        Input::Attachment(None) | Input::Command(_) | Input::Press(_) => Err(NoWords::Empty),
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
    match Words::new(&part.caption, Some(part.file.clone())) {
        Ok(words) => send(dialogue, order, Request::Answer, words),
        Err(fault) => Step::to(dialogue.saying(refusal(fault))),
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

fn refusal(fault: NoWords) -> Notice {
    match fault {
        NoWords::Empty => Notice::WordsExpected,
        NoWords::TooLong => Notice::WordsTooLong,
    }
}

fn hindrance(order: &Order, request: Request) -> Option<Notice> {
    if request == Request::Cancellation && order.summary.status.is_final() {
        return Some(Notice::NotAnyMore);
    }
    (!order.may_ask()).then_some(Notice::TooManyQuestions)
}
