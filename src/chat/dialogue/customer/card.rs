//! What a customer can do on an order's card: have its files again, and turn to staff.

use super::banner::Banner;
use super::conversation::{refusal_to_ask, send, send_kept};
use super::request::{Context, CustomerRequest, Step};
use super::state::{Dialogue, State};
use crate::chat::action::CardAction;
use crate::domain::{MessageBody, Order, OrderNumber, Request, Status};

/// A button on an order's card.
pub(super) fn on_press(
    dialogue: Dialogue,
    order: Result<Order, OrderNumber>,
    action: CardAction,
    context: &Context,
) -> Step {
    let order = match order {
        Ok(order) => order,
        Err(number) => return Step::to(dialogue.going_elsewhere().at(State::ReadingOrder(number))),
    };
    let (order, number) = (&order, order.summary.number);
    if action == CardAction::SendWords {
        return send_kept(dialogue, order, context);
    }
    let card = dialogue.going_elsewhere().at(State::ReadingOrder(number));
    match action {
        CardAction::Invoice if order.invoice_document().is_some() => {
            Step::asking(card.saying(Banner::FileFollows), CustomerRequest::SendInvoice(number))
        }
        CardAction::Files if !order.newest_files().is_empty() => {
            let files = order.newest_files().into_iter().map(|(place, _)| place).collect();
            Step::asking(card.saying(Banner::FilesFollow), CustomerRequest::SendFiles(number, files))
        }
        CardAction::Serials if order.summary.status == Status::Completed => {
            Step::asking(card.saying(Banner::FileFollows), CustomerRequest::SendSerials(number))
        }
        CardAction::Ask => begin(card, order, Request::Answer),
        CardAction::AskToCancel => begin(card, order, Request::Cancellation),
        CardAction::CancelWithoutWords => {
            send(card, order, Request::Cancellation, vec![MessageBody::default()], context.now)
        }
        CardAction::Invoice | CardAction::Serials | CardAction::Files | CardAction::SendWords => {
            Step::to(card.saying(Banner::NotAnyMore))
        }
    }
}

fn begin(card: Dialogue, order: &Order, request: Request) -> Step {
    match refusal_to_ask(order, request) {
        Some(banner) => Step::to(card.saying(banner)),
        None => Step::to(card.at(State::Asking(order.summary.number, request))),
    }
}
