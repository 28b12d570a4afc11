//! The transition function for what all of the staff do: act on orders and answer customers. Pure and total.

use super::answer::{on_message, reason_given};
use super::banner::StaffBanner;
use super::input::StaffTurn;
use super::invoice::{invoice, invoiced, record, request_invoice};
use super::prompt::Prompt;
use super::request::StaffRequest;
use super::state::StaffState;
use super::words::{answer_customer, correct_answer, remarked};
use crate::chat::action::StaffAction;
use crate::chat::dialogue::input::{Reply, Upload};
use crate::chat::dialogue::stage::Loaded;
use crate::chat::dialogue::vendor::{Next, StaffToast, VendorContext, VendorOutcome, VendorStep};
use crate::domain::{ActionKind, Invoice, Order, OrderAction, OrderNumber, Reason, TransitionError};

/// Moves a dialogue on by one input.
pub fn step(state: &StaffState, turn: StaffTurn<Loaded>, context: &VendorContext) -> VendorStep {
    match turn {
        StaffTurn::Press(Ok(order), action) => on_press(state, action, &order, context),
        StaffTurn::Press(Err(_), _) | StaffTurn::Outdated => VendorStep::answer(StaffToast::Outdated),
        StaffTurn::Show(order) => {
            on_order(order, |order| VendorStep::to(StaffState::ReadingOrder(order.summary.number)))
        }
        StaffTurn::Invoice(order, terms) => on_order(order, |order| {
            prompt_for(order, ActionKind::Invoice, context, |prompt| match terms.trim() {
                "" => VendorStep::to(StaffState::WaitingForInvoice(prompt)),
                terms => match invoice(terms, &Upload::Nothing, order, context) {
                    Ok(invoice) => invoiced(prompt, invoice, order),
                    Err(banner) => VendorStep::say(StaffState::WaitingForInvoice(prompt), banner),
                },
            })
        }),
        StaffTurn::Complete(order) => on_order(order, |order| {
            prompt_for(order, ActionKind::Complete, context, |prompt| {
                VendorStep::to(StaffState::WaitingForSerials(prompt))
            })
        }),
        StaffTurn::CancelOrder(order, reason) => on_order(order, |order| {
            prompt_for(order, ActionKind::Cancel, context, |prompt| match (reason.trim(), reason_given(&reason)) {
                ("", _) => VendorStep::to(StaffState::WaitingForReason(prompt)),
                (_, Ok(reason)) => VendorStep::to(StaffState::ConfirmingCancel(prompt, reason)),
                (_, Err(banner)) => VendorStep::say(StaffState::WaitingForReason(prompt), banner),
            })
        }),
        StaffTurn::NumberExpected => VendorStep::say(StaffState::Idle, StaffBanner::OrderNumberExpected),
        StaffTurn::Drop if *state == StaffState::Idle => VendorStep::nothing(),
        StaffTurn::Drop => VendorStep::to(StaffState::Idle),
        StaffTurn::Heard(Ok(order), prompt, message, reply) => {
            on_message(state, prompt, &order, &message, reply, context)
        }
        StaffTurn::Heard(Err(_), _, _, reply) | StaffTurn::Unasked(reply) => unasked(reply),
        StaffTurn::ToCustomer(Ok(order), message) => answer_customer(order.summary.number, &message, context.chat),
        StaffTurn::Corrected(Ok(order), message) => correct_answer(&order, &message, context.chat),
        StaffTurn::Remarked(Ok(order), message) => remarked(state, order.summary.number, &message, context.chat),
        StaffTurn::Remarked(Err(_), _) => VendorStep::remark(StaffBanner::NotAsked),
        StaffTurn::ToCustomer(Err(_), _)
        | StaffTurn::Corrected(Err(_), _)
        | StaffTurn::Edited(Reply::Nothing)
        | StaffTurn::Nothing => VendorStep::nothing(),
        StaffTurn::SecondHand => VendorStep::remark(StaffBanner::SecondHand),
        StaffTurn::Edited(_) => VendorStep::remark(StaffBanner::EditIgnored),
    }
}

/// Goes on when the shop has done, or refused, what a step asked for.
pub fn resume(step: VendorStep, request: &StaffRequest, outcome: VendorOutcome) -> VendorStep {
    match (request, outcome) {
        (StaffRequest::Perform(_, OrderAction::Taken), VendorOutcome::Refused(order, error)) => VendorStep {
            toast: Some(StaffToast::Refused(StaffBanner::refused(&order, error))),
            ..VendorStep::nothing()
        },
        (StaffRequest::Perform(_, OrderAction::Taken), _) => step,
        (StaffRequest::Perform(number, action), VendorOutcome::Performed) => {
            step.saying(StaffBanner::Done(*number, action.kind()))
        }
        // The file that is missing may come as an answer.
        (StaffRequest::Perform(..), VendorOutcome::Refused(order, error @ TransitionError::OutOfStock(_))) => {
            let banner = StaffBanner::refused(&order, error);
            VendorStep::say(StaffState::WaitingForSerials(Prompt::about(&order)), banner)
        }
        (StaffRequest::Perform(..), VendorOutcome::Refused(order, error)) => {
            VendorStep::say(StaffState::Idle, StaffBanner::refused(&order, error))
        }
        (
            StaffRequest::CompleteFromFile(..) | StaffRequest::InvoiceWithDocument(..),
            VendorOutcome::AfterAnotherFile,
        ) => step.saying(StaffBanner::FileAfterAnother),
        _ => step,
    }
}

fn on_order(order: Result<Order, OrderNumber>, step: impl FnOnce(&Order) -> VendorStep) -> VendorStep {
    match order {
        Ok(order) => step(&order),
        Err(number) => VendorStep::say(StaffState::Idle, StaffBanner::NoSuchOrder(number)),
    }
}

fn prompt_for(
    order: &Order,
    kind: ActionKind,
    context: &VendorContext,
    step: impl FnOnce(Prompt) -> VendorStep,
) -> VendorStep {
    match order.status_after(kind, context.role) {
        Ok(_) => step(Prompt::about(order)),
        Err(error) => VendorStep::say(StaffState::Idle, StaffBanner::refused(order, error)),
    }
}

fn unasked(reply: Reply) -> VendorStep {
    match reply {
        Reply::Nothing | Reply::Customer(_) => VendorStep::nothing(),
        Reply::SomebodyElses => VendorStep::remark(StaffBanner::NotYours),
        Reply::Prompt | Reply::Order(_) | Reply::Closed => VendorStep::remark(StaffBanner::NotAsked),
    }
}

fn on_press(state: &StaffState, action: StaffAction, order: &Order, context: &VendorContext) -> VendorStep {
    let number = order.summary.number;
    let kind = match action {
        StaffAction::Open => return VendorStep::to(StaffState::ReadingOrder(number)),
        StaffAction::Dismiss if state.order() == Some(number) => return VendorStep::to(StaffState::Idle),
        StaffAction::Dismiss => return VendorStep::answer(StaffToast::Outdated),
        StaffAction::Take => ActionKind::Take,
        StaffAction::AskInvoice | StaffAction::InvoiceTotal | StaffAction::ConfirmInvoice => ActionKind::Invoice,
        StaffAction::AskComplete | StaffAction::CompleteFromStock => ActionKind::Complete,
        StaffAction::AskCancel | StaffAction::Because(_) | StaffAction::ConfirmCancel => ActionKind::Cancel,
        StaffAction::SendWords => ActionKind::Answer,
    };
    let theirs = order.taken().is_some_and(|taken| taken.actor.is(context.person));
    if action == StaffAction::Take && theirs && !order.summary.status.is_final() {
        return VendorStep::answer(StaffToast::Done(number, kind));
    }
    let prompt = Prompt::about(order);
    let asked = state.prompt().filter(|asked| asked.order == number);
    if let Some(overtaken) = asked.and_then(|asked| asked.overtaken(order)).filter(|_| action.answers_a_prompt()) {
        return VendorStep::say(StaffState::Idle, StaffBanner::Overtaken(overtaken));
    }
    if let Err(error) = order.status_after(kind, context.role) {
        return VendorStep::answer(StaffToast::Refused(StaffBanner::refused(order, error)));
    }
    match (action, state, asked) {
        (StaffAction::Take, ..) => VendorStep {
            next: Next::Unchanged,
            request: Some(StaffRequest::Perform(number, OrderAction::Taken).into()),
            toast: Some(StaffToast::Done(number, kind)),
        },
        (StaffAction::AskInvoice, ..) => VendorStep::to(StaffState::WaitingForInvoice(prompt)),
        (StaffAction::AskComplete, ..) => VendorStep::to(StaffState::WaitingForSerials(prompt)),
        (StaffAction::AskCancel, ..) => VendorStep::to(StaffState::WaitingForReason(prompt)),
        (StaffAction::InvoiceTotal, StaffState::WaitingForInvoice(_), Some(_)) => {
            record(order, OrderAction::Invoiced(Invoice::of(order.summary.total)))
        }
        (StaffAction::ConfirmInvoice, StaffState::ConfirmingInvoice(prompt, invoice), Some(_)) => {
            request_invoice(*prompt, invoice.clone(), order)
        }
        (StaffAction::SendWords, StaffState::OfferingToSend(about, words), _) if *about == number => {
            record(order, OrderAction::Answered(words.clone()))
        }
        (StaffAction::CompleteFromStock, StaffState::WaitingForSerials(_), Some(_)) => {
            record(order, OrderAction::Completed)
        }
        (StaffAction::Because(preset), StaffState::WaitingForReason(_), Some(_)) => {
            VendorStep::to(StaffState::ConfirmingCancel(prompt, Reason::Ready(preset)))
        }
        (StaffAction::ConfirmCancel, StaffState::ConfirmingCancel(_, reason), Some(_)) => {
            record(order, OrderAction::Cancelled(reason.clone()))
        }
        _ => VendorStep::answer(StaffToast::Outdated),
    }
}
