//! The transition function for what all of the staff do: act on orders and answer customers. Pure and total.

use chrono::TimeDelta;

use super::answer::{on_message, reason_given};
use super::banner::{Overtaken, StaffBanner};
use super::input::StaffTurn;
use super::invoice::{invoice, invoiced, record, request_invoice};
use super::prompt::Prompt;
use super::reply::on_reply;
use super::request::StaffRequest;
use super::state::StaffState;
use super::words::{answer_customer, correct_answer, edited, not_kept, offer, send_offered};
use crate::chat::action::StaffAction;
use crate::chat::dialogue::input::{Reply, Upload};
use crate::chat::dialogue::stage::{Holder, Loaded, Spoken};
use crate::chat::dialogue::vendor::{Next, StaffToast, VendorContext, VendorOutcome, VendorStep};
use crate::domain::{ActionKind, Invoice, Order, OrderAction, OrderEvent, OrderNumber, Reason, TransitionError};

/// A usual term of payment, for the example of a due date.
const EXAMPLE_TERM: TimeDelta = TimeDelta::days(14);

/// Moves a dialogue on by one input.
pub fn step(state: &StaffState, turn: StaffTurn<Loaded>, context: &VendorContext) -> VendorStep {
    match turn {
        StaffTurn::Press(Ok(order), holders, sending, action) => {
            on_press(state, action, &order, (&holders, &sending), context)
        }
        StaffTurn::Press(Err(_), ..) | StaffTurn::Outdated => VendorStep::answer(StaffToast::Outdated),
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
            prompt_for(order, ActionKind::Complete, context, |prompt| match context.is_alone() {
                true => VendorStep::to(StaffState::WaitingForSerials(prompt)),
                // The alert comes below, with the button for it, and a reply with a file says the rest.
                false => VendorStep::to(StaffState::ReadingOrder(prompt.order)),
            })
        }),
        StaffTurn::CancelOrder(order, spoken, reason) => on_order(order, |order| {
            prompt_for(order, ActionKind::Cancel, context, |prompt| {
                match (reason.trim(), reason_given(spoken, &reason)) {
                    ("", _) => VendorStep::to(StaffState::WaitingForReason(prompt)),
                    (_, Ok(reason)) => VendorStep::to(StaffState::ConfirmingCancel(prompt, reason)),
                    (_, Err(banner)) => VendorStep::say(StaffState::WaitingForReason(prompt), banner),
                }
            })
        }),
        StaffTurn::NumberExpected => VendorStep::say(StaffState::Idle, StaffBanner::OrderNumberExpected),
        StaffTurn::Drop if *state == StaffState::Idle => VendorStep::nothing(),
        StaffTurn::Drop => VendorStep::to(StaffState::Idle),
        StaffTurn::Heard(Ok(order), spoken, prompt, message, reply) => {
            on_message(state, prompt, (&order, spoken), &message, reply, context)
        }
        StaffTurn::Heard(Err(_), .., reply) | StaffTurn::Unasked(reply) => unasked(reply),
        StaffTurn::ToCustomer(Ok(order), spoken, message) => {
            answer_customer(state, order.summary.number, spoken, &message, context)
        }
        StaffTurn::Corrected(Ok(order), spoken, message) => correct_answer(&order, spoken, &message, context),
        StaffTurn::Replied(Ok(order), spoken, message) => on_reply(state, &order, spoken, &message, context),
        StaffTurn::Replied(Err(_), ..) => VendorStep::remark(StaffBanner::NotAsked),
        StaffTurn::Help => VendorStep::nothing().asking(StaffRequest::Help.into()),
        StaffTurn::UnknownCommand => VendorStep::nothing().asking(StaffRequest::HintAtHelp.into()),
        StaffTurn::PerhapsMeant(Ok(order), spoken, message) => {
            offer(state, order.summary.number, spoken, &message, context.chat).unwrap_or_else(VendorStep::nothing)
        }
        StaffTurn::ToCustomer(Err(_), ..)
        | StaffTurn::PerhapsMeant(Err(_), ..)
        | StaffTurn::Corrected(Err(_), ..)
        | StaffTurn::Nothing => VendorStep::nothing(),
        StaffTurn::SecondHand => VendorStep::remark(StaffBanner::SecondHand),
        StaffTurn::Edited(reply, spoken, message) => edited(state, reply, spoken, &message, context.chat),
    }
}

/// Goes on when the shop has done, or refused, what a step asked for.
pub fn resume(step: VendorStep, request: &StaffRequest, outcome: VendorOutcome) -> VendorStep {
    match (request, outcome, &step.toast) {
        // The press has said it.
        (StaffRequest::Perform(..), VendorOutcome::Performed, Some(_)) => step,
        // The reaction says it.
        (StaffRequest::Answer(..), VendorOutcome::Performed, _) if step.reaction.is_some() => step,
        (StaffRequest::Answer(number, _), VendorOutcome::Performed, _) => {
            step.saying(StaffBanner::Done(*number, ActionKind::Answer))
        }
        (StaffRequest::Answer(..), VendorOutcome::Refused(order, error), _) => {
            VendorStep::say(StaffState::ReadingOrder(order.summary.number), StaffBanner::refused(&order, error))
        }
        (StaffRequest::Perform(number, action), VendorOutcome::Performed, None) => {
            step.saying(StaffBanner::Done(*number, action.kind()))
        }
        (StaffRequest::Perform(..), VendorOutcome::Refused(order, error), Some(_)) => VendorStep {
            toast: Some(StaffToast::Refused(StaffBanner::refused(&order, error))),
            ..VendorStep::nothing()
        },
        (StaffRequest::Perform(..), VendorOutcome::Refused(order, error), None) => {
            VendorStep::say(StaffState::ReadingOrder(order.summary.number), StaffBanner::refused(&order, error))
        }
        (StaffRequest::Release(_), VendorOutcome::Done, _) => step,
        (
            StaffRequest::CompleteFromFile(..) | StaffRequest::InvoiceWithDocument(..),
            VendorOutcome::AfterAnotherFile,
            _,
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
        Err(error) => {
            VendorStep::say(StaffState::ReadingOrder(order.summary.number), StaffBanner::refused(order, error))
        }
    }
}

fn files_again(order: &Order) -> VendorStep {
    let files: Vec<usize> = order.newest_files().into_iter().map(|(place, _)| place).collect();
    match files.is_empty() {
        true => VendorStep::answer(StaffToast::Outdated),
        false => VendorStep::answer(StaffToast::FilesFollow)
            .asking(StaffRequest::SendFiles(order.summary.number, files).into()),
    }
}

fn unasked(reply: Reply) -> VendorStep {
    match reply {
        Reply::Nothing | Reply::Customer(_) | Reply::Perhaps(_) => VendorStep::nothing(),
        Reply::SomebodyElses => VendorStep::remark(StaffBanner::NotYours),
        Reply::Prompt | Reply::Order(_) | Reply::Closed => VendorStep::remark(StaffBanner::NotAsked),
    }
}

fn on_press(
    state: &StaffState,
    action: StaffAction,
    order: &Order,
    (holders, sending): (&[Holder], &[Spoken]),
    context: &VendorContext,
) -> VendorStep {
    let number = order.summary.number;
    let kind = match action {
        StaffAction::Open if context.is_alone() => return VendorStep::to(StaffState::ReadingOrder(number)),
        StaffAction::Open => return VendorStep::answer(StaffToast::Below(number)),
        StaffAction::Files => return files_again(order),
        StaffAction::Dismiss if state.order() == Some(number) && !state.is_at_rest() => {
            return VendorStep::to(StaffState::ReadingOrder(number));
        }
        // Whoever went home while they were asked keeps nobody from an order.
        StaffAction::Dismiss if holders.iter().any(|holder| holder.person != context.person) => {
            return VendorStep::answer(StaffToast::Released).asking(StaffRequest::Release(number).into());
        }
        StaffAction::Dismiss => return VendorStep::answer(StaffToast::Outdated),
        StaffAction::Take => ActionKind::Take,
        StaffAction::AskInvoice | StaffAction::InvoiceTotal { .. } | StaffAction::ConfirmInvoice(_) => {
            ActionKind::Invoice
        }
        StaffAction::AskComplete | StaffAction::CompleteFromStock(_) => ActionKind::Complete,
        StaffAction::AskCancel | StaffAction::Because(_) | StaffAction::ConfirmCancel(_) => ActionKind::Cancel,
        StaffAction::Settle { .. } => ActionKind::Settle,
        StaffAction::SendWords(_) => ActionKind::Answer,
    };
    let is_theirs = |event: &OrderEvent| event.actor.is(context.person) && event.action.kind() == kind;
    // A second tap is no race that somebody else won.
    if action == StaffAction::Take && !order.summary.status.is_final() && order.taken().is_some_and(is_theirs) {
        return VendorStep::answer(StaffToast::Done(number, kind));
    }
    let prompt = Prompt::about(order);
    let asked = state.prompt().filter(|asked| asked.order == number);
    if let Some((seen, event)) = seen_before(action, asked).and_then(|seen| Some((seen, order.overtaken_since(seen)?)))
    {
        let is_second_tap = asked.is_none() && seen + 1 == order.changes() && is_theirs(event);
        if is_second_tap {
            return VendorStep::answer(StaffToast::Done(number, kind));
        }
        let refused = StaffBanner::Overtaken(Overtaken::by(number, event));
        let closed = |_| Next::To(StaffState::ReadingOrder(number).into(), Some(refused.clone().into()));
        let next = asked.map_or(Next::Unchanged, closed);
        return VendorStep { next, ..VendorStep::answer(StaffToast::Refused(refused)) };
    }
    if let Err(error) = order.status_after(kind, context.role) {
        return VendorStep::answer(StaffToast::Refused(StaffBanner::refused(order, error)));
    }
    let held = holders.iter().find(|holder| holder.kind == kind && holder.person != context.person);
    let is_asked_too = asked.is_some() && state.asks_for() == Some(kind);
    if let Some(holder) = held.filter(|_| action.asks_or_answers() && !is_asked_too) {
        let held = StaffBanner::Held { by: holder.name.clone(), kind };
        return VendorStep::answer(StaffToast::Refused(held));
    }
    match (action, state, asked) {
        (StaffAction::Take, ..) => at_once(order, OrderAction::Taken, None),
        (StaffAction::Settle { row }, ..) => settle(order, row, context),
        (StaffAction::AskInvoice, ..) if context.is_alone() => VendorStep::to(StaffState::WaitingForInvoice(prompt)),
        (StaffAction::AskInvoice, ..) => VendorStep {
            toast: Some(StaffToast::HowToInvoice(context.today + EXAMPLE_TERM)),
            ..VendorStep::to(StaffState::WaitingForInvoice(prompt))
        },
        (StaffAction::AskComplete, ..) if context.is_alone() => VendorStep::to(StaffState::WaitingForSerials(prompt)),
        // A reply to the alert with a file says it all.
        (StaffAction::AskComplete, ..) => VendorStep::answer(StaffToast::HowToComplete),
        (StaffAction::AskCancel, ..) => VendorStep::to(StaffState::WaitingForReason(prompt)),
        (StaffAction::InvoiceTotal { due: Some(due), .. }, ..) if due < context.today => {
            VendorStep::answer(StaffToast::Refused(StaffBanner::DueInThePast))
        }
        (StaffAction::InvoiceTotal { seen, due }, ..) if seen.changes().is_some() || asked.is_some() => {
            let invoice = Invoice { due, ..Invoice::of(order.summary.total) };
            match order.is_invoiced_so(&invoice) {
                true => VendorStep::answer(StaffToast::Refused(StaffBanner::InvoicedSo(number))),
                false => at_once(order, OrderAction::Invoiced(invoice), asked),
            }
        }
        (StaffAction::ConfirmInvoice(seen), StaffState::ConfirmingInvoice(prompt, invoice), Some(_))
            if seen.may_be(invoice) =>
        {
            request_invoice(*prompt, invoice.clone(), order)
        }
        (StaffAction::SendWords(seen), StaffState::OfferingToSend(about, words), _)
            if *about == number && seen.may_be(words) =>
        {
            send_offered(order, words, sending)
        }
        (StaffAction::CompleteFromStock(seen), ..) if seen.changes().is_some() || asked.is_some() => {
            at_once(order, OrderAction::Completed, asked)
        }
        (StaffAction::Because(preset), StaffState::WaitingForReason(_), Some(_)) => {
            VendorStep::to(StaffState::ConfirmingCancel(prompt, Reason::Ready(preset)))
        }
        (StaffAction::ConfirmCancel(seen), StaffState::ConfirmingCancel(_, reason), Some(_)) if seen.may_be(reason) => {
            if let Some(banner) = sending.iter().find_map(|spoken| not_kept(*spoken)) {
                return VendorStep::say(StaffState::WaitingForReason(prompt), banner);
            }
            record(order, OrderAction::Cancelled(reason.clone()))
        }
        _ => VendorStep::answer(StaffToast::Outdated),
    }
}

/// What the customer wrote in this row of the trail needs no answer, unless somebody was first to see that, or to answer.
fn settle(order: &Order, row: u32, context: &VendorContext) -> VendorStep {
    let action = OrderAction::Settled { row: usize::try_from(row).unwrap_or(usize::MAX) };
    match order.status_after_action(&action, context.role, order.changes()) {
        Ok(_) => at_once(order, action, None),
        Err(TransitionError::Overtaken(event)) if event.actor.is(context.person) && event.action == action => {
            VendorStep::answer(StaffToast::Done(order.summary.number, ActionKind::Settle))
        }
        Err(TransitionError::Overtaken(event)) => {
            VendorStep::answer(StaffToast::Refused(StaffBanner::refused(order, TransitionError::Overtaken(event))))
        }
        // The button is forged, or of another order.
        Err(_) => VendorStep::answer(StaffToast::Outdated),
    }
}

/// How often the order's status had been set when a button was drawn that would set it.
fn seen_before(action: StaffAction, asked: Option<Prompt>) -> Option<usize> {
    match action {
        StaffAction::InvoiceTotal { seen, .. } | StaffAction::CompleteFromStock(seen) => {
            seen.changes().or(asked.map(|asked| asked.changes))
        }
        StaffAction::ConfirmInvoice(_) | StaffAction::Because(_) | StaffAction::ConfirmCancel(_) => {
            asked.map(|asked| asked.changes)
        }
        StaffAction::Open
        | StaffAction::Files
        | StaffAction::Take
        | StaffAction::AskInvoice
        | StaffAction::AskComplete
        | StaffAction::AskCancel
        | StaffAction::Settle { .. }
        | StaffAction::SendWords(_)
        | StaffAction::Dismiss => None,
    }
}

/// Does it by the press alone, which says what came of it; a prompt about the order that was open is answered by it.
fn at_once(order: &Order, action: OrderAction, asked: Option<Prompt>) -> VendorStep {
    let (number, kind) = (order.summary.number, action.kind());
    let next = match asked {
        Some(_) => Next::To(StaffState::ReadingOrder(number).into(), Some(StaffBanner::Done(number, kind).into())),
        None => Next::Unchanged,
    };
    let request = Some(StaffRequest::Perform(number, action).into());
    VendorStep { next, request, toast: Some(StaffToast::Done(number, kind)), reaction: None }
}
