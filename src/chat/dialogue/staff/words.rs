//! Words of the staff for a customer. Pure and total.

use super::banner::StaffBanner;
use super::request::StaffRequest;
use super::state::{MOST_OFFERED, StaffState};
use crate::chat::dialogue::input::{Message, Reply};
use crate::chat::dialogue::stage::Spoken;
use crate::chat::dialogue::vendor::{Next, Reaction, Receipts, VendorContext, VendorStep};
use crate::domain::{ChatId, InvalidBody, MessageBody, Order, OrderNumber, Sequence, Source};

/// Whoever answers a customer stays where they are: a prompt of theirs is not answered by that. What holds a serial number is
/// sent to nobody, and what may hold a list of them only by a press.
pub(super) fn answer_customer(
    state: &StaffState,
    number: OrderNumber,
    spoken: Spoken,
    message: &Message,
    context: &VendorContext,
) -> VendorStep {
    if let Some(banner) = not_kept(spoken) {
        return VendorStep::remark(banner);
    }
    match message.body(context.chat) {
        Ok(_) if may_hold_serials(message) => {
            remarked(state, number, spoken, message, context.chat, StaffBanner::PerhapsSerials)
        }
        Ok(body) => answering(number, body, Reaction::Sent, context),
        Err(fault) => VendorStep::remark(refusal(fault)),
    }
}

/// What the customer was answered reads otherwise now, and they are to have it so.
pub(super) fn correct_answer(order: &Order, spoken: Spoken, message: &Message, context: &VendorContext) -> VendorStep {
    let source = Source { chat: context.chat, message: message.id };
    if order.written_in(source).is_empty() {
        return VendorStep::nothing();
    }
    match message.body(context.chat).map(|body| body.standing_as(Sequence::Correction)) {
        // Telegram also tells of edits that change nothing that was passed on.
        Ok(body) if order.has_passed_on(source, &body.clone().parts()) => VendorStep::nothing(),
        Ok(_) if may_hold_serials(message) => VendorStep::remark(StaffBanner::EditIgnored),
        Ok(body) => match not_kept(spoken) {
            Some(banner) => VendorStep::remark(banner),
            None => answering(order.summary.number, body, Reaction::Corrected, context),
        },
        Err(fault) => VendorStep::remark(refusal(fault)),
    }
}

/// Whether a table or a list came, which may hold serial numbers that nobody has yet.
fn may_hold_serials(message: &Message) -> bool {
    message.any_file().is_some_and(|file| file.is_list() || file.is_unread_table())
}

fn answering(number: OrderNumber, body: MessageBody, reaction: Reaction, context: &VendorContext) -> VendorStep {
    let step = match context.receipts {
        Receipts::Reaction => VendorStep { reaction: Some(reaction), ..VendorStep::nothing() },
        Receipts::Words => VendorStep { next: Next::Stay(None), ..VendorStep::nothing() },
    };
    step.asking(StaffRequest::Answer(number, body.parts()).into())
}

/// Words in reply to an alert are mostly talk among the staff, and may have been meant for the customer: they are kept for a
/// press, below what is said of them.
pub(super) fn remarked(
    state: &StaffState,
    number: OrderNumber,
    spoken: Spoken,
    message: &Message,
    chat: ChatId,
    banner: StaffBanner,
) -> VendorStep {
    // Whoever waits for their file goes on waiting.
    let offered = if state.reads_file() { None } else { offer(state, number, spoken, message, chat) };
    match offered {
        Some(step) if !matches!(step.next, Next::To(..)) => step,
        // Talk is explained once.
        Some(step) if banner.is_said_once() && matches!(state, StaffState::OfferingToSend(..)) => step,
        Some(step) => step.saying(banner),
        None => VendorStep::remark(StaffBanner::NotAsked),
    }
}

/// Keeps words for a press that sends them to the customer, behind those that are offered already; `None` for what can be no
/// words to anybody. Words with serial numbers are not kept, since they would stand in the staff chat once more.
pub(super) fn offer(
    state: &StaffState,
    number: OrderNumber,
    spoken: Spoken,
    message: &Message,
    chat: ChatId,
) -> Option<VendorStep> {
    if let Some(banner) = not_kept(spoken) {
        return Some(VendorStep::remark(banner));
    }
    let body = message.body(chat).ok()?;
    let mut words = match state {
        StaffState::OfferingToSend(about, words) if *about == number => words.clone(),
        _ => Vec::new(),
    };
    if words.len() >= MOST_OFFERED {
        return Some(VendorStep::remark(StaffBanner::TooManyOffered));
    }
    words.push(body);
    Some(VendorStep::to(StaffState::OfferingToSend(number, words)))
}

/// The words that were offered are meant for the customer. A serial number may have come into the shop since they were
/// typed: what holds one goes to nobody, and the rest is offered still.
pub(super) fn send_offered(order: &Order, words: &[MessageBody], sending: &[Spoken]) -> VendorStep {
    if let Some(banner) = sending.iter().find_map(|spoken| not_kept(*spoken)) {
        let others = words.iter().zip(sending).filter(|(_, spoken)| not_kept(**spoken).is_none());
        return offering(order.summary.number, others.map(|(body, _)| body.clone()).collect(), banner);
    }
    let parts = words.iter().cloned().enumerate().flat_map(|(index, body)| {
        body.standing_as(if index == 0 { Sequence::Opening } else { Sequence::Continuation }).parts()
    });
    VendorStep::to(StaffState::Idle).asking(StaffRequest::Answer(order.summary.number, parts.collect()).into())
}

/// A message was changed that was passed on to nobody. What is offered is offered as it reads now.
pub(super) fn edited(state: &StaffState, reply: Reply, spoken: Spoken, message: &Message, chat: ChatId) -> VendorStep {
    let source = Some(Source { chat, message: message.id });
    if let StaffState::OfferingToSend(number, words) = state
        && let Some(at) = words.iter().position(|body| body.source == source)
    {
        if let Some(banner) = not_kept(spoken) {
            return offering(*number, words.iter().filter(|body| body.source != source).cloned().collect(), banner);
        }
        return match message.body(chat) {
            Ok(mended) => {
                let words = words.iter().enumerate();
                let words =
                    words.map(|(index, body)| if index == at { mended.clone() } else { body.clone() }).collect();
                VendorStep::to(StaffState::OfferingToSend(*number, words))
            }
            Err(fault) => VendorStep::remark(refusal(fault)),
        };
    }
    match reply {
        Reply::Nothing | Reply::Perhaps(_) => VendorStep::nothing(),
        _ => VendorStep::remark(StaffBanner::EditIgnored),
    }
}

/// What is offered once some of it was taken away.
fn offering(number: OrderNumber, words: Vec<MessageBody>, banner: StaffBanner) -> VendorStep {
    match words.is_empty() {
        true => VendorStep::say(StaffState::ReadingOrder(number), banner),
        false => VendorStep::say(StaffState::OfferingToSend(number, words), banner),
    }
}

/// Why words go to nobody, if they hold a serial number.
pub(super) fn not_kept(spoken: Spoken) -> Option<StaffBanner> {
    match spoken {
        Spoken::Words => None,
        Spoken::Serials => Some(StaffBanner::SerialsTyped),
        Spoken::NamesSerial => Some(StaffBanner::SerialNamed),
    }
}

fn refusal(fault: InvalidBody) -> StaffBanner {
    match fault {
        InvalidBody::Empty => StaffBanner::AnswerExpected,
    }
}
