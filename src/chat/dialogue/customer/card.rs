//! What a customer can do on an order's card: have its files again, and turn to staff.

use super::banner::Banner;
use super::request::{CustomerRequest, Step};
use super::state::{Dialogue, OpenAlbum, State};
use crate::chat::action::CardAction;
use crate::chat::dialogue::input::{Message, Upload};
use crate::domain::{InvalidBody, MessageBody, Order, OrderNumber, Request, Status};

/// A button on an order's card.
pub(super) fn on_press(dialogue: Dialogue, order: Result<Order, OrderNumber>, action: CardAction) -> Step {
    let order = match order {
        Ok(order) => order,
        Err(number) => return Step::to(dialogue.at(State::ReadingOrder(number))),
    };
    let (order, number) = (&order, order.summary.number);
    let card = dialogue.at(State::ReadingOrder(number));
    match action {
        CardAction::Invoice if order.invoice_document().is_some() => {
            Step::asking(card.saying(Banner::FileFollows), CustomerRequest::SendInvoice(number))
        }
        CardAction::Serials if order.summary.status == Status::Completed => {
            Step::asking(card.saying(Banner::FileFollows), CustomerRequest::SendSerials(number))
        }
        CardAction::Ask => begin(card, order, Request::Answer),
        CardAction::AskToCancel => begin(card, order, Request::Cancellation),
        CardAction::CancelWithoutWords => {
            let body = MessageBody { text: String::new(), file: None };
            send(card, order, Request::Cancellation, body)
        }
        CardAction::Invoice | CardAction::Serials => Step::to(card.saying(Banner::NotAnyMore)),
    }
}

/// Words to staff about the order that the dialogue is about.
pub(super) fn ask_staff(dialogue: Dialogue, order: Result<Order, OrderNumber>, message: Message) -> Step {
    let State::Asking(number, request) = dialogue.state else { return Step::to(dialogue) };
    let Ok(order) = order else { return Step::to(dialogue.at(State::ReadingOrder(number))) };
    let mut card = dialogue.clone().at(State::ReadingOrder(number));
    if message.file().is_some() {
        card.album = message.album.clone().map(|id| OpenAlbum { id, order: number });
    }
    match body(&message) {
        Ok(body) => send(card, &order, request, body),
        Err(fault) => Step::to(dialogue.saying(refusal(fault))),
    }
}

/// A further part of an album goes to staff as well.
pub(super) fn continue_album(dialogue: Dialogue, order: Result<Order, OrderNumber>, part: Message) -> Step {
    let Ok(order) = order else { return Step::to(dialogue) };
    match body(&part) {
        Ok(body) => send(dialogue, &order, Request::Answer, body),
        Err(fault) => Step::to(dialogue.saying(refusal(fault))),
    }
}

fn body(message: &Message) -> Result<MessageBody, InvalidBody> {
    match &message.upload {
        Upload::Nothing => MessageBody::new(&message.text, None),
        Upload::File(file) | Upload::Forwarded(file) => MessageBody::new(&message.text, Some(file.clone())),
        Upload::Unusable => Err(InvalidBody::Empty),
    }
}

fn begin(card: Dialogue, order: &Order, request: Request) -> Step {
    match refusal_to_ask(order, request) {
        Some(banner) => Step::to(card.saying(banner)),
        None => Step::to(card.at(State::Asking(order.summary.number, request))),
    }
}

fn send(card: Dialogue, order: &Order, request: Request, body: MessageBody) -> Step {
    if let Some(banner) = refusal_to_ask(order, request) {
        return Step::to(card.saying(banner));
    }
    let asked = CustomerRequest::AskStaff(order.summary.number, request, body);
    Step::asking(card.saying(Banner::Asked(request)), asked)
}

fn refusal(fault: InvalidBody) -> Banner {
    match fault {
        InvalidBody::Empty => Banner::WordsExpected,
        InvalidBody::TooLong => Banner::WordsTooLong,
    }
}

fn refusal_to_ask(order: &Order, request: Request) -> Option<Banner> {
    if request == Request::Cancellation && order.summary.status.is_final() {
        return Some(Banner::NotAnyMore);
    }
    (!order.may_ask()).then_some(Banner::TooManyQuestions)
}
