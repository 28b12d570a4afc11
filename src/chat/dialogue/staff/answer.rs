//! What one of the staff says: an answer to the bot's prompt, words to a customer, or nothing that is expected. Pure and
//! total.

use chrono::NaiveDate;

use super::banner::StaffBanner;
use super::prompt::Prompt;
use super::request::StaffRequest;
use super::state::StaffState;
use crate::chat::dialogue::input::{Message, Reply, Upload};
use crate::chat::dialogue::vendor::{Next, VendorStep};
use crate::domain::typed::{amount_and_day, clean_line, length, names_a_currency};
use crate::domain::{InvalidBody, Invoice, MessageBody, Order, OrderAction, OrderNumber, Reason};

/// A message while this prompt is open.
pub(super) fn on_message(
    state: &StaffState,
    prompt: Prompt,
    order: &Order,
    message: &Message,
    reply: Reply,
    today: NaiveDate,
) -> VendorStep {
    match reply {
        Reply::Prompt => on_answer(state, prompt, order, message, today),
        Reply::Order(number) if number == prompt.order => on_answer(state, prompt, order, message, today),
        // People talk in the chat; what was just asked for is hardly talk, and no answer either.
        Reply::Nothing if is_what_was_asked_for(state, message, order) => VendorStep::remark(StaffBanner::NoAnswer),
        Reply::Nothing | Reply::Customer(_) => VendorStep::nothing(),
        Reply::SomebodyElses => VendorStep::remark(StaffBanner::NotYours),
        // The second file of an album whose first one was refused already.
        Reply::Closed if message.is_of_album() => VendorStep::remark(StaffBanner::OneFileExpected),
        Reply::Closed => VendorStep::remark(StaffBanner::AskedAnew),
        Reply::Order(_) => VendorStep::remark(StaffBanner::NotAsked),
    }
}

fn is_what_was_asked_for(state: &StaffState, message: &Message, order: &Order) -> bool {
    match state {
        StaffState::WaitingForInvoice(_) if message.upload == Upload::Nothing => {
            amount_and_day(&message.text, order.summary.total.currency()).is_some()
        }
        StaffState::WaitingForInvoice(_) => message.any_file().is_some_and(|file| file.is_named(".pdf")),
        StaffState::WaitingForSerials(_) => message.any_file().is_some_and(|file| file.is_list()),
        _ => false,
    }
}

fn on_answer(state: &StaffState, prompt: Prompt, order: &Order, message: &Message, today: NaiveDate) -> VendorStep {
    if let Some(overtaken) = prompt.overtaken(order) {
        return VendorStep::say(StaffState::Idle, StaffBanner::Overtaken(overtaken));
    }
    if message.is_of_album() {
        return VendorStep::remark(StaffBanner::OneFileExpected);
    }
    match state {
        StaffState::WaitingForInvoice(_) => match invoice(&message.text, &message.upload, order, today) {
            Ok(invoice) => {
                let request = StaffRequest::Perform(order.summary.number, OrderAction::Invoiced(invoice));
                VendorStep::to(StaffState::Idle).asking(request.into())
            }
            Err(banner) => VendorStep::remark(banner),
        },
        StaffState::WaitingForSerials(prompt) => match message.file().filter(|file| file.is_list()) {
            Some(file) => VendorStep::to(StaffState::ReadingSerials(prompt.order))
                .asking(StaffRequest::CompleteFromFile(*prompt, file.clone()).into()),
            None => VendorStep::remark(StaffBanner::FileExpected),
        },
        // A file beside a reason would reach nobody.
        StaffState::WaitingForReason(_) | StaffState::ConfirmingCancel(..) if message.upload != Upload::Nothing => {
            VendorStep::remark(StaffBanner::ReasonExpected)
        }
        StaffState::WaitingForReason(_) | StaffState::ConfirmingCancel(..) => match reason_given(&message.text) {
            Ok(reason) => VendorStep::to(StaffState::ConfirmingCancel(prompt, reason)),
            Err(banner) => VendorStep::remark(banner),
        },
        StaffState::Idle | StaffState::ReadingOrder(_) | StaffState::ReadingSerials(_) => VendorStep::nothing(),
    }
}

/// A typed amount, a PDF alone (the order's total), or a PDF with the amount as its caption.
pub(super) fn invoice(text: &str, upload: &Upload, order: &Order, today: NaiveDate) -> Result<Invoice, StaffBanner> {
    let text = text.trim();
    let file = match upload {
        Upload::File(file) => Some(file),
        Upload::Unusable if !text.is_empty() => return Err(StaffBanner::PdfExpected),
        Upload::Nothing | Upload::Forwarded(_) | Upload::Unusable => None,
    };
    if file.is_some_and(|file| !file.is_named(".pdf")) {
        return Err(StaffBanner::PdfExpected);
    }
    let total = order.summary.total;
    let typed = match (text, file) {
        ("", Some(_)) => Some((total, None)),
        (text, _) => amount_and_day(text, total.currency()),
    };
    // A bill for nothing is a slip of the finger, unless the order costs nothing.
    let Some((amount, due)) = typed.filter(|(amount, _)| !amount.is_zero() || total.is_zero()) else {
        return Err(match names_a_currency(text, total.currency()) {
            true => StaffBanner::CurrencyNamed(total.currency()),
            false => StaffBanner::AmountExpected,
        });
    };
    if due.is_some_and(|due| due < today) {
        return Err(StaffBanner::DueInThePast);
    }
    Ok(Invoice { amount, due, document: file.cloned() })
}

/// A reason as it was typed.
pub(super) fn reason_given(text: &str) -> Result<Reason, StaffBanner> {
    let reason = clean_line(text, usize::MAX);
    if reason.is_empty() || length(&reason) > Reason::MAX_TEXT {
        return Err(StaffBanner::ReasonExpected);
    }
    Ok(Reason::Typed(reason))
}

/// Whoever answers a customer stays where they are: a prompt of theirs is not answered by that.
pub(super) fn answer_customer(number: OrderNumber, message: &Message) -> VendorStep {
    // The caption alone would tell the customer of something that they do not see.
    if message.upload == Upload::Unusable {
        return VendorStep::remark(StaffBanner::AnswerExpected);
    }
    match MessageBody::new(&message.text, message.file().cloned()) {
        Ok(body) => VendorStep { next: Next::Stay(None), ..VendorStep::nothing() }
            .asking(StaffRequest::Perform(number, OrderAction::Answered(body)).into()),
        Err(InvalidBody::Empty) => VendorStep::remark(StaffBanner::AnswerExpected),
        Err(InvalidBody::TooLong) => VendorStep::remark(StaffBanner::AnswerTooLong),
    }
}
