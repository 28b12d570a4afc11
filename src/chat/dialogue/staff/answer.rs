//! What one of the staff says while the bot asks them something. Pure and total.

use super::banner::StaffBanner;
use super::invoice::{invoice, invoiced};
use super::prompt::Prompt;
use super::request::StaffRequest;
use super::state::StaffState;
use super::words::not_kept;
use crate::chat::dialogue::input::{Message, Reply, Upload};
use crate::chat::dialogue::stage::Spoken;
use crate::chat::dialogue::vendor::{VendorContext, VendorStep};
use crate::domain::typed::{clean_line, length};
use crate::domain::{Order, Reason, terms};

/// A message while this prompt is open.
pub(super) fn on_message(
    state: &StaffState,
    prompt: Prompt,
    (order, spoken): (&Order, Spoken),
    message: &Message,
    reply: Reply,
    context: &VendorContext,
) -> VendorStep {
    match reply {
        Reply::Prompt => on_answer(state, prompt, (order, spoken), message, context),
        Reply::Order(number) if number == prompt.order => on_answer(state, prompt, (order, spoken), message, context),
        // People talk in the chat; what was just asked for is hardly talk, and no answer either.
        Reply::Nothing if is_what_was_asked_for(state, message, order, context) => {
            VendorStep::remark(StaffBanner::NoAnswer)
        }
        Reply::Nothing | Reply::Customer(_) | Reply::Perhaps(_) => VendorStep::nothing(),
        Reply::SomebodyElses => VendorStep::remark(StaffBanner::NotYours),
        // The second file of an album whose first one was refused already.
        Reply::Closed if message.is_of_album() => VendorStep::remark(StaffBanner::OneFileExpected),
        Reply::Closed => VendorStep::remark(StaffBanner::AskedAnew),
        // A reply to another order's message is a turn of its own.
        Reply::Order(_) => VendorStep::nothing(),
    }
}

fn is_what_was_asked_for(state: &StaffState, message: &Message, order: &Order, context: &VendorContext) -> bool {
    match state {
        StaffState::WaitingForInvoice(_) | StaffState::ConfirmingInvoice(..) if message.upload == Upload::Nothing => {
            terms::read(&message.text, order.summary.total.currency(), context.words, context.today).is_ok()
        }
        StaffState::WaitingForInvoice(_) | StaffState::ConfirmingInvoice(..) => {
            message.any_file().is_some_and(|file| file.is_named(".pdf"))
        }
        StaffState::WaitingForSerials(_) => message.any_file().is_some_and(|file| file.is_list()),
        _ => false,
    }
}

fn on_answer(
    state: &StaffState,
    prompt: Prompt,
    (order, spoken): (&Order, Spoken),
    message: &Message,
    context: &VendorContext,
) -> VendorStep {
    if let Some(overtaken) = prompt.overtaken(order) {
        return VendorStep::say(StaffState::ReadingOrder(prompt.order), StaffBanner::Overtaken(overtaken));
    }
    if message.is_of_album() {
        return VendorStep::remark(StaffBanner::OneFileExpected);
    }
    match state {
        StaffState::WaitingForInvoice(_) | StaffState::ConfirmingInvoice(..) => {
            match invoice(&message.text, &message.upload, order, context) {
                Ok(invoice) => invoiced(prompt, invoice, order),
                Err(banner) => VendorStep::remark(banner),
            }
        }
        StaffState::WaitingForSerials(prompt) => match message.file().filter(|file| file.is_list()) {
            Some(file) => VendorStep::to(StaffState::ReadingSerials(prompt.order))
                .asking(StaffRequest::CompleteFromFile(*prompt, file.clone()).into()),
            None => VendorStep::remark(StaffBanner::FileExpected),
        },
        // A file beside a reason would reach nobody.
        StaffState::WaitingForReason(_) | StaffState::ConfirmingCancel(..) if message.upload != Upload::Nothing => {
            VendorStep::remark(StaffBanner::ReasonExpected)
        }
        StaffState::WaitingForReason(_) | StaffState::ConfirmingCancel(..) => match reason_given(spoken, &message.text)
        {
            Ok(reason) => VendorStep::to(StaffState::ConfirmingCancel(prompt, reason)),
            Err(banner) => VendorStep::remark(banner),
        },
        StaffState::Idle
        | StaffState::ReadingOrder(_)
        | StaffState::CheckingInvoice(_)
        | StaffState::ReadingSerials(_)
        | StaffState::OfferingToSend(..) => VendorStep::nothing(),
    }
}

/// A reason as it was typed; the customer reads it.
pub(super) fn reason_given(spoken: Spoken, text: &str) -> Result<Reason, StaffBanner> {
    if let Some(banner) = not_kept(spoken) {
        return Err(banner);
    }
    let reason = clean_line(text, usize::MAX);
    if reason.is_empty() || length(&reason) > Reason::MAX_TEXT {
        return Err(StaffBanner::ReasonExpected);
    }
    Ok(Reason::Typed(reason))
}
