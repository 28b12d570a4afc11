//! What one of the staff says: an answer to the bot's question, words to a customer, or nothing that is expected. Pure
//! and total.

use super::staff::{StaffContext, StaffEffect, StaffState, StaffStep};
use super::staff_input::{Reply, Upload};
use super::staff_notice::StaffBanner;
use super::staff_question::Prompt;
use crate::domain::typed::{amount_and_day, clean_line, length, names_a_currency};
use crate::domain::{InvalidBody, Invoice, MessageBody, Order, OrderAction, OrderNumber, Reason};

/// A message of one of the staff.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    /// A text or a caption.
    pub(super) text: &'a str,
    /// What came with it.
    pub(super) attachment: &'a Upload,
}

pub(super) fn on_message(
    place: &StaffState,
    said: Said,
    reply: Reply,
    order: Option<&Order>,
    context: &StaffContext,
) -> StaffStep {
    let remark = |notice| StaffStep::remark(place.clone(), notice);
    let open = place.question().zip(order);
    match (reply, open) {
        (Reply::Customer(number), _) if order.is_some() => answer_customer(place, number, said),
        (Reply::Prompt, Some((question, order))) => on_answer(place, question, said, order, context),
        (Reply::Order(number), Some((question, order))) if question.order == number => {
            on_answer(place, question, said, order, context)
        }
        // People talk in the chat; what was just asked for is hardly talk, and no answer either.
        (Reply::Nothing, Some((_, order))) if is_what_was_asked_for(place, said, order) => {
            remark(StaffBanner::NoAnswer)
        }
        (Reply::Nothing | Reply::Customer(_), _) => StaffStep::nothing(),
        (Reply::SomebodyElses, _) => remark(StaffBanner::NotYours),
        // The second file of an album whose first one was refused already.
        (Reply::Closed, Some(_)) if matches!(said.attachment, Upload::OfAlbum(_)) => {
            remark(StaffBanner::OneFileExpected)
        }
        (Reply::Closed, Some(_)) => remark(StaffBanner::AskedAnew),
        (Reply::Prompt | Reply::Order(_) | Reply::Closed, _) => remark(StaffBanner::NotAsked),
    }
}

fn is_what_was_asked_for(place: &StaffState, said: Said, order: &Order) -> bool {
    match (place, said.attachment) {
        (StaffState::WaitingForInvoice(_), Upload::Nothing) => {
            amount_and_day(said.text, order.summary.total.currency()).is_some()
        }
        (StaffState::WaitingForInvoice(_), Upload::File(file) | Upload::OfAlbum(file) | Upload::Forwarded(file)) => {
            file.is_named(".pdf")
        }
        (StaffState::WaitingForSerials(_), Upload::File(file) | Upload::OfAlbum(file) | Upload::Forwarded(file)) => {
            file.is_list()
        }
        _ => false,
    }
}

fn on_answer(place: &StaffState, question: Prompt, said: Said, order: &Order, context: &StaffContext) -> StaffStep {
    if let Some(overtaken) = question.overtaken(order) {
        return StaffStep::remark(StaffState::Idle, StaffBanner::Overtaken(overtaken));
    }
    if matches!(said.attachment, Upload::OfAlbum(_)) {
        return StaffStep::remark(place.clone(), StaffBanner::OneFileExpected);
    }
    match place {
        StaffState::WaitingForInvoice(_) => invoice(place.clone(), said, order, context),
        StaffState::WaitingForSerials(question) => match said.attachment.file().filter(|file| file.is_list()) {
            Some(file) => StaffStep {
                next: Some((StaffState::ReadingSerials(question.order), None)),
                effect: Some(StaffEffect::CompleteFromFile(*question, file.clone())),
                toast: None,
            },
            None => StaffStep::remark(place.clone(), StaffBanner::FileExpected),
        },
        // A file beside a reason would reach nobody.
        StaffState::WaitingForReason(_) | StaffState::ConfirmingCancel(..) => match said.attachment {
            Upload::Nothing => reason_given(place.clone(), said.text, question),
            _ => StaffStep::remark(place.clone(), StaffBanner::ReasonExpected),
        },
        StaffState::Idle | StaffState::ReadingOrder(_) | StaffState::ReadingSerials(_) | StaffState::Admin(_) => {
            StaffStep::nothing()
        }
    }
}

/// A typed amount, a PDF alone (the order's total), or a PDF with the amount as its caption.
pub(super) fn invoice(place: StaffState, said: Said, order: &Order, context: &StaffContext) -> StaffStep {
    let (text, file) = (said.text.trim(), said.attachment.file());
    let captioned = *said.attachment == Upload::Unusable && !text.is_empty();
    if captioned || file.is_some_and(|file| !file.is_named(".pdf")) {
        return StaffStep::remark(place, StaffBanner::PdfExpected);
    }
    let total = order.summary.total;
    let typed = match (text, file) {
        ("", Some(_)) => Some((total, None)),
        (text, _) => amount_and_day(text, total.currency()),
    };
    // A bill for nothing is a slip of the finger, unless the order costs nothing.
    let Some((amount, due)) = typed.filter(|(amount, _)| !amount.is_zero() || total.is_zero()) else {
        let notice = if names_a_currency(text, total.currency()) {
            StaffBanner::CurrencyNamed(total.currency())
        } else {
            StaffBanner::AmountExpected
        };
        return StaffStep::remark(place, notice);
    };
    if due.is_some_and(|due| due < context.today) {
        return StaffStep::remark(place, StaffBanner::DueInThePast);
    }
    let invoice = Invoice { amount, due, document: file.cloned() };
    StaffStep::effect(StaffEffect::Record(order.summary.number, OrderAction::Invoiced(invoice)))
}

pub(super) fn reason_given(place: StaffState, text: &str, question: Prompt) -> StaffStep {
    let reason = clean_line(text, usize::MAX);
    if reason.is_empty() || length(&reason) > Reason::MAX_TEXT {
        return StaffStep::remark(place, StaffBanner::ReasonExpected);
    }
    StaffStep::to(StaffState::ConfirmingCancel(question, Reason::Typed(reason)))
}

/// Whoever answers a customer stays where they are: a question that they were asked is not answered by that.
fn answer_customer(place: &StaffState, number: OrderNumber, said: Said) -> StaffStep {
    let refused = |notice| StaffStep::remark(place.clone(), notice);
    // The caption alone would tell the customer of something that they do not see.
    if *said.attachment == Upload::Unusable {
        return refused(StaffBanner::AnswerExpected);
    }
    match MessageBody::new(said.text, said.attachment.file().cloned()) {
        Ok(words) => StaffStep {
            next: Some((place.clone(), None)),
            ..StaffStep::effect(StaffEffect::Record(number, OrderAction::Answered(words)))
        },
        Err(InvalidBody::Empty) => refused(StaffBanner::AnswerExpected),
        Err(InvalidBody::TooLong) => refused(StaffBanner::AnswerTooLong),
    }
}
