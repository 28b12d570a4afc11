//! What one of the staff says: an answer to the bot's question, words to a customer, or nothing that is expected. Pure
//! and total.

use super::staff::{StaffContext, StaffEffect, StaffPlace, StaffStep};
use super::staff_input::{Attachment, Reply};
use super::staff_notice::StaffNotice;
use super::staff_question::Question;
use crate::domain::typed::{amount_and_day, clean_line, length, names_a_currency};
use crate::domain::{Deed, Invoice, NoWords, Order, OrderNumber, Reason, Words};

/// A message of one of the staff.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    /// A text or a caption.
    pub(super) text: &'a str,
    /// What came with it.
    pub(super) attachment: &'a Attachment,
}

pub(super) fn on_message(
    place: &StaffPlace,
    said: Said,
    reply: Reply,
    order: Option<&Order>,
    context: &StaffContext,
) -> StaffStep {
    let remark = |notice| StaffStep::remark(place.clone(), notice);
    let open = place.question().zip(order);
    match (reply, open) {
        (Reply::Customer(number), _) if order.is_some() => answer_customer(place, number, said),
        (Reply::Question, Some((question, order))) => on_answer(place, question, said, order, context),
        (Reply::Order(number), Some((question, order))) if question.order == number => {
            on_answer(place, question, said, order, context)
        }
        // People talk in the chat; what was just asked for is hardly talk, and no answer either.
        (Reply::Nothing, Some((_, order))) if is_what_was_asked_for(place, said, order) => {
            remark(StaffNotice::NoAnswer)
        }
        (Reply::Nothing | Reply::Customer(_), _) => StaffStep::nothing(),
        (Reply::SomebodyElses, _) => remark(StaffNotice::NotYours),
        // The second file of an album whose first one was refused already.
        (Reply::Closed, Some(_)) if matches!(said.attachment, Attachment::OfAlbum(_)) => {
            remark(StaffNotice::OneFileExpected)
        }
        (Reply::Closed, Some(_)) => remark(StaffNotice::AskedAnew),
        (Reply::Question | Reply::Order(_) | Reply::Closed, _) => remark(StaffNotice::NotAsked),
    }
}

fn is_what_was_asked_for(place: &StaffPlace, said: Said, order: &Order) -> bool {
    match (place, said.attachment) {
        (StaffPlace::WaitingForInvoice(_), Attachment::Nothing) => {
            amount_and_day(said.text, order.summary.total.currency()).is_some()
        }
        (
            StaffPlace::WaitingForInvoice(_),
            Attachment::File(file) | Attachment::OfAlbum(file) | Attachment::Forwarded(file),
        ) => file.is_named(".pdf"),
        (
            StaffPlace::WaitingForSerials(_),
            Attachment::File(file) | Attachment::OfAlbum(file) | Attachment::Forwarded(file),
        ) => file.is_list(),
        _ => false,
    }
}

fn on_answer(place: &StaffPlace, question: Question, said: Said, order: &Order, context: &StaffContext) -> StaffStep {
    if let Some(overtaken) = question.overtaken(order) {
        return StaffStep::remark(StaffPlace::Idle, StaffNotice::Overtaken(overtaken));
    }
    if matches!(said.attachment, Attachment::OfAlbum(_)) {
        return StaffStep::remark(place.clone(), StaffNotice::OneFileExpected);
    }
    match place {
        StaffPlace::WaitingForInvoice(_) => invoice(place.clone(), said, order, context),
        StaffPlace::WaitingForSerials(question) => match said.attachment.file().filter(|file| file.is_list()) {
            Some(file) => StaffStep {
                next: Some((StaffPlace::ReadingSerials(question.order), None)),
                effect: Some(StaffEffect::CompleteFromFile(*question, file.clone())),
                toast: None,
            },
            None => StaffStep::remark(place.clone(), StaffNotice::FileExpected),
        },
        // A file beside a reason would reach nobody.
        StaffPlace::WaitingForReason(_) | StaffPlace::ConfirmingCancel(..) => match said.attachment {
            Attachment::Nothing => reason_given(place.clone(), said.text, question),
            _ => StaffStep::remark(place.clone(), StaffNotice::ReasonExpected),
        },
        StaffPlace::Idle | StaffPlace::ReadingOrder(_) | StaffPlace::ReadingSerials(_) | StaffPlace::Admin(_) => {
            StaffStep::nothing()
        }
    }
}

/// A typed amount, a PDF alone (the order's total), or a PDF with the amount as its caption.
pub(super) fn invoice(place: StaffPlace, said: Said, order: &Order, context: &StaffContext) -> StaffStep {
    let (text, file) = (said.text.trim(), said.attachment.file());
    let captioned = *said.attachment == Attachment::Unusable && !text.is_empty();
    if captioned || file.is_some_and(|file| !file.is_named(".pdf")) {
        return StaffStep::remark(place, StaffNotice::PdfExpected);
    }
    let total = order.summary.total;
    let typed = match (text, file) {
        ("", Some(_)) => Some((total, None)),
        (text, _) => amount_and_day(text, total.currency()),
    };
    // A bill for nothing is a slip of the finger, unless the order costs nothing.
    let Some((amount, due)) = typed.filter(|(amount, _)| !amount.is_zero() || total.is_zero()) else {
        let notice = if names_a_currency(text, total.currency()) {
            StaffNotice::CurrencyNamed(total.currency())
        } else {
            StaffNotice::AmountExpected
        };
        return StaffStep::remark(place, notice);
    };
    if due.is_some_and(|due| due < context.today) {
        return StaffStep::remark(place, StaffNotice::DueInThePast);
    }
    let invoice = Invoice { amount, due, document: file.cloned() };
    StaffStep::effect(StaffEffect::Record(order.summary.number, Deed::Invoiced(invoice)))
}

pub(super) fn reason_given(place: StaffPlace, text: &str, question: Question) -> StaffStep {
    let reason = clean_line(text, usize::MAX);
    if reason.is_empty() || length(&reason) > Reason::MAX_TEXT {
        return StaffStep::remark(place, StaffNotice::ReasonExpected);
    }
    StaffStep::to(StaffPlace::ConfirmingCancel(question, Reason::Typed(reason)))
}

/// Whoever answers a customer stays where they are: a question that they were asked is not answered by that.
fn answer_customer(place: &StaffPlace, number: OrderNumber, said: Said) -> StaffStep {
    let refused = |notice| StaffStep::remark(place.clone(), notice);
    // The caption alone would tell the customer of something that they do not see.
    if *said.attachment == Attachment::Unusable {
        return refused(StaffNotice::AnswerExpected);
    }
    match Words::new(said.text, said.attachment.file().cloned()) {
        Ok(words) => StaffStep {
            next: Some((place.clone(), None)),
            ..StaffStep::effect(StaffEffect::Record(number, Deed::Answered(words)))
        },
        Err(NoWords::Empty) => refused(StaffNotice::AnswerExpected),
        Err(NoWords::TooLong) => refused(StaffNotice::AnswerTooLong),
    }
}
