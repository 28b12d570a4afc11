//! Words of the staff for a customer. Pure and total.

use super::banner::StaffBanner;
use super::request::StaffRequest;
use super::state::StaffState;
use crate::chat::dialogue::input::Message;
use crate::chat::dialogue::vendor::{Next, VendorStep};
use crate::domain::{ChatId, InvalidBody, MessageBody, Order, OrderAction, OrderNumber, Sequence, Source};

/// Whoever answers a customer stays where they are: a prompt of theirs is not answered by that.
pub(super) fn answer_customer(number: OrderNumber, message: &Message, chat: ChatId) -> VendorStep {
    match message.body(chat) {
        Ok(body) => answering(number, body),
        Err(fault) => VendorStep::remark(refusal(fault)),
    }
}

/// What the customer was answered reads otherwise now, and they are to have it so.
pub(super) fn correct_answer(order: &Order, message: &Message, chat: ChatId) -> VendorStep {
    let former = order.written_in(Source { chat, message: message.id }).and_then(|event| event.action.words());
    match (former, message.body(chat)) {
        // Telegram also tells of edits that change nothing that was passed on.
        (Some(former), Ok(body)) if former.reads_as(&body) => VendorStep::nothing(),
        (Some(_), Ok(body)) => answering(order.summary.number, body.standing_as(Sequence::Correction)),
        (Some(_), Err(fault)) => VendorStep::remark(refusal(fault)),
        (None, _) => VendorStep::nothing(),
    }
}

fn answering(number: OrderNumber, body: MessageBody) -> VendorStep {
    VendorStep { next: Next::Stay(None), ..VendorStep::nothing() }
        .asking(StaffRequest::Perform(number, OrderAction::Answered(body)).into())
}

/// Words in reply to an alert are mostly talk among the staff, and may have been meant for the customer: that is said once,
/// with the words kept for a press.
pub(super) fn remarked(state: &StaffState, number: OrderNumber, message: &Message, chat: ChatId) -> VendorStep {
    match (state, message.body(chat)) {
        (StaffState::OfferingToSend(..), _) => VendorStep::nothing(),
        // Whoever waits for their file goes on waiting.
        (state, _) if state.reads_file() => VendorStep::remark(StaffBanner::NotAsked),
        (_, Ok(body)) => VendorStep::say(StaffState::OfferingToSend(number, body), StaffBanner::NotAsked),
        (_, Err(_)) => VendorStep::remark(StaffBanner::NotAsked),
    }
}

fn refusal(fault: InvalidBody) -> StaffBanner {
    match fault {
        InvalidBody::Empty => StaffBanner::AnswerExpected,
        InvalidBody::TooLong => StaffBanner::AnswerTooLong,
    }
}
