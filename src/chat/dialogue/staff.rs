//! The dialogue of one of the staff: what the bot asked them for, and what comes of the answer. Pure and total.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::admin::{AdminEffect, AdminState};
use super::staff_answer::{Said, invoice, on_message, reason_given};
pub use super::staff_input::{Reply, StaffCommand, StaffInput, Upload};
use super::staff_notice::StaffBanner;
pub use super::staff_question::Prompt;
use crate::chat::action::{Action, StaffAction};
use crate::domain::{ActionKind, Invoice, KeptFile, Order, OrderAction, OrderNumber, PersonId, Reason, Role};

/// What a staff member was asked for, or looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffState {
    /// Nothing.
    Idle,
    /// A choice on an order's card.
    ReadingOrder(OrderNumber),
    /// The amount to pay.
    WaitingForInvoice(Prompt),
    /// Where the serial numbers come from.
    WaitingForSerials(Prompt),
    /// Why the order is cancelled.
    WaitingForReason(Prompt),
    /// Whether the order is really cancelled.
    ConfirmingCancel(Prompt, Reason),
    /// Nothing: the file with this order's serial numbers is being read.
    ReadingSerials(OrderNumber),
    /// Something that only admins do.
    Admin(AdminState),
}

/// What a step may look at beside the dialogue.
#[derive(Debug, Clone, Copy)]
pub struct StaffContext<'a> {
    /// The order that the input is about, if it exists.
    pub order: Option<&'a Order>,
    /// Who acts.
    pub person: PersonId,
    /// In which capacity.
    pub role: Role,
    /// The day in the shop's time zone.
    pub today: NaiveDate,
}

/// What comes of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffStep {
    /// What the dialogue waits for from now on; `None` leaves everything as it was.
    pub next: Option<(StaffState, Option<StaffBanner>)>,
    /// What to do in the same transaction.
    pub effect: Option<StaffEffect>,
    /// What the pressed button answers.
    pub toast: Option<StaffToast>,
}

/// A lasting consequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffEffect {
    /// Something is done to the order.
    Record(OrderNumber, OrderAction),
    /// The order is completed with serial numbers from the stock.
    CompleteFromStock(OrderNumber),
    /// The order is completed with serial numbers from a file, once it is read.
    CompleteFromFile(Prompt, KeptFile),
    /// Something that only admins do.
    Admin(AdminEffect),
}

/// A short answer to a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffToast {
    /// The order is in this person's hands now.
    Taken(OrderNumber),
    /// Why nothing was done.
    Refused(StaffBanner),
    /// The button belongs to a question that is not open.
    Outdated,
}

impl StaffState {
    /// The order that it is about.
    pub fn order(&self) -> Option<OrderNumber> {
        match self {
            StaffState::Idle | StaffState::Admin(_) => None,
            StaffState::ReadingOrder(number) | StaffState::ReadingSerials(number) => Some(*number),
            StaffState::WaitingForInvoice(question)
            | StaffState::WaitingForSerials(question)
            | StaffState::WaitingForReason(question)
            | StaffState::ConfirmingCancel(question, _) => Some(question.order),
        }
    }

    /// Whether a text is expected, so that one in private is meant for the vendor's business.
    pub fn waits(&self) -> bool {
        self.question().is_some() || matches!(self, StaffState::Admin(_))
    }

    /// Whether it only waits for a file that was sent to be read.
    pub fn reads_file(&self) -> bool {
        matches!(
            self,
            StaffState::ReadingSerials(_)
                | StaffState::Admin(AdminState::ImportingSerials { .. } | AdminState::CheckingCatalogue)
        )
    }

    /// The question about an order that is open.
    pub fn question(&self) -> Option<Prompt> {
        match self {
            StaffState::Idle | StaffState::ReadingOrder(_) | StaffState::ReadingSerials(_) | StaffState::Admin(_) => {
                None
            }
            StaffState::WaitingForInvoice(question)
            | StaffState::WaitingForSerials(question)
            | StaffState::WaitingForReason(question)
            | StaffState::ConfirmingCancel(question, _) => Some(*question),
        }
    }
}

impl StaffStep {
    pub(super) fn nothing() -> StaffStep {
        StaffStep { next: None, effect: None, toast: None }
    }

    pub(super) fn answer(toast: StaffToast) -> StaffStep {
        StaffStep { toast: Some(toast), ..StaffStep::nothing() }
    }

    pub(super) fn to(place: StaffState) -> StaffStep {
        StaffStep { next: Some((place, None)), ..StaffStep::nothing() }
    }

    pub(super) fn remark(place: StaffState, notice: StaffBanner) -> StaffStep {
        StaffStep { next: Some((place, Some(notice))), ..StaffStep::nothing() }
    }

    /// The desk looks at the order once more under its lock, and says what came of it.
    pub(super) fn effect(effect: StaffEffect) -> StaffStep {
        StaffStep { next: Some((StaffState::Idle, None)), effect: Some(effect), toast: None }
    }
}

/// Moves a staff member's dialogue on by one input.
pub fn step(place: &StaffState, input: &StaffInput, context: &StaffContext) -> StaffStep {
    match (input, context.order) {
        (StaffInput::Press(Some(Action::Staff(_, action))), Some(order)) => on_press(place, *action, order, context),
        (StaffInput::Press(_), _) => StaffStep::answer(StaffToast::Outdated),
        (StaffInput::Command(StaffCommand::Cancel), _) if *place == StaffState::Idle => StaffStep::nothing(),
        (StaffInput::Command(command), _) => on_command(command, context),
        (StaffInput::Message { text, attachment, reply }, order) => {
            on_message(place, Said { text, attachment }, *reply, order, context)
        }
        (StaffInput::Edited(Reply::Nothing), _) => StaffStep::nothing(),
        (StaffInput::Edited(_), _) => StaffStep::remark(place.clone(), StaffBanner::EditIgnored),
    }
}

fn on_press(place: &StaffState, action: StaffAction, order: &Order, context: &StaffContext) -> StaffStep {
    let number = order.summary.number;
    let kind = match action {
        StaffAction::Open => return StaffStep::to(StaffState::ReadingOrder(number)),
        StaffAction::Dismiss if place.order() == Some(number) => return StaffStep::to(StaffState::Idle),
        StaffAction::Dismiss => return StaffStep::answer(StaffToast::Outdated),
        StaffAction::Take => ActionKind::Take,
        StaffAction::AskInvoice | StaffAction::InvoiceTotal => ActionKind::Invoice,
        StaffAction::AskComplete | StaffAction::CompleteFromStock => ActionKind::Complete,
        StaffAction::AskCancel | StaffAction::Because(_) | StaffAction::ConfirmCancel => ActionKind::Cancel,
    };
    let theirs = order.taken().is_some_and(|taken| taken.actor.is(context.person)) && !order.summary.status.is_final();
    if action == StaffAction::Take && theirs {
        return StaffStep::answer(StaffToast::Taken(number));
    }
    let question = Prompt::about(order);
    let asked = place.question().filter(|asked| asked.order == number);
    if let Some(overtaken) = asked.and_then(|asked| asked.overtaken(order)).filter(|_| action.answers_a_question()) {
        return StaffStep::remark(StaffState::Idle, StaffBanner::Overtaken(overtaken));
    }
    if let Err(hindrance) = order.status_after(kind, context.role) {
        return StaffStep::answer(StaffToast::Refused(StaffBanner::hindered(order, hindrance)));
    }
    match (action, place, asked) {
        (StaffAction::Take, ..) => {
            let effect = Some(StaffEffect::Record(number, OrderAction::Taken));
            StaffStep { next: None, effect, toast: Some(StaffToast::Taken(number)) }
        }
        (StaffAction::AskInvoice, ..) => StaffStep::to(StaffState::WaitingForInvoice(question)),
        (StaffAction::AskComplete, ..) => StaffStep::to(StaffState::WaitingForSerials(question)),
        (StaffAction::AskCancel, ..) => StaffStep::to(StaffState::WaitingForReason(question)),
        (StaffAction::InvoiceTotal, StaffState::WaitingForInvoice(_), Some(_)) => {
            let invoice = Invoice::of(order.summary.total);
            StaffStep::effect(StaffEffect::Record(number, OrderAction::Invoiced(invoice)))
        }
        (StaffAction::CompleteFromStock, StaffState::WaitingForSerials(_), Some(_)) => {
            StaffStep::effect(StaffEffect::CompleteFromStock(number))
        }
        (StaffAction::Because(ready), StaffState::WaitingForReason(_), Some(_)) => {
            StaffStep::to(StaffState::ConfirmingCancel(question, Reason::Ready(ready)))
        }
        (StaffAction::ConfirmCancel, StaffState::ConfirmingCancel(_, reason), Some(_)) => {
            StaffStep::effect(StaffEffect::Record(number, OrderAction::Cancelled(reason.clone())))
        }
        _ => StaffStep::answer(StaffToast::Outdated),
    }
}

fn on_command(command: &StaffCommand, context: &StaffContext) -> StaffStep {
    let (number, kind) = match command {
        StaffCommand::Cancel => return StaffStep::to(StaffState::Idle),
        StaffCommand::Order(number) => (number, ActionKind::Take),
        // To staff that are no admins these are words like any other.
        StaffCommand::Admin(_) => return StaffStep::nothing(),
        _ if context.role != Role::Admin => return StaffStep::nothing(),
        StaffCommand::Invoice(number, _) => (number, ActionKind::Invoice),
        StaffCommand::Complete(number) => (number, ActionKind::Complete),
        StaffCommand::CancelOrder(number, _) => (number, ActionKind::Cancel),
    };
    let Some(number) = number else {
        return StaffStep::remark(StaffState::Idle, StaffBanner::OrderNumberExpected);
    };
    let Some(order) = context.order else {
        return StaffStep::remark(StaffState::Idle, StaffBanner::NoSuchOrder(*number));
    };
    if let StaffCommand::Order(_) = command {
        return StaffStep::to(StaffState::ReadingOrder(*number));
    }
    if let Err(hindrance) = order.status_after(kind, context.role) {
        return StaffStep::remark(StaffState::Idle, StaffBanner::hindered(order, hindrance));
    }
    let question = Prompt::about(order);
    match command {
        StaffCommand::Invoice(_, terms) => {
            let place = StaffState::WaitingForInvoice(question);
            if terms.trim().is_empty() {
                return StaffStep::to(place);
            }
            invoice(place, Said { text: terms, attachment: &Upload::Nothing }, order, context)
        }
        StaffCommand::CancelOrder(_, reason) => {
            if reason.trim().is_empty() {
                return StaffStep::to(StaffState::WaitingForReason(question));
            }
            reason_given(StaffState::WaitingForReason(question), reason, question)
        }
        StaffCommand::Complete(_) | StaffCommand::Order(_) | StaffCommand::Cancel | StaffCommand::Admin(_) => {
            StaffStep::to(StaffState::WaitingForSerials(question))
        }
    }
}
