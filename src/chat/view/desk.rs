//! What one of the staff is asked on an order's alert: a sentence below the trail, and buttons below the other steps.

use chrono::{NaiveDate, TimeDelta};

use super::background::Held;
use super::keyboard::{Button, Keyboard, Style};
use crate::chat::action::{Action, Seen, StaffAction};
use crate::chat::dialogue::StaffState;
use crate::chat::i18n::Texts;
use crate::domain::typed::clean_line;
use crate::domain::{ActionKind, Order, OrderNumber, PresetReason};

/// Terms of payment that are one press.
const TERMS: [TimeDelta; 3] = [TimeDelta::days(5), TimeDelta::days(10), TimeDelta::days(14)];
/// Characters of a name on a button.
const LONGEST_NAME: usize = 30;

/// What they are asked; `None` where the alert asks nothing.
pub(super) fn asked(held: &Held, order: &Order, today: NaiveDate, texts: &Texts) -> Option<String> {
    let name = || ("name", clean_line(&held.name, LONGEST_NAME).into());
    Some(match &held.state {
        StaffState::WaitingForInvoice(_) => {
            texts.say_with("desk-asks-sum", &[name(), ("day", example_day(today, texts).into())])
        }
        StaffState::ConfirmingInvoice(_, invoice) => {
            let amount = ("amount", texts.money(invoice.amount).into());
            let total = ("total", texts.money(order.summary.total).into());
            match invoice.due {
                Some(due) => {
                    texts.say_with("desk-confirms-sum-due", &[name(), amount, total, ("date", texts.day(due).into())])
                }
                None => texts.say_with("desk-confirms-sum", &[name(), amount, total]),
            }
        }
        StaffState::WaitingForReason(_) => texts.say_with("desk-asks-reason", &[name()]),
        StaffState::ConfirmingCancel(_, reason) => {
            texts.say_with("desk-confirms-cancel", &[name(), ("reason", texts.reason(reason).into())])
        }
        _ => return None,
    })
}

/// The step that is held, which nobody else can begin.
pub(super) fn holder(held: &Held, number: OrderNumber, texts: &Texts) -> Option<Button> {
    let (label, step) = match held.state.asks_for()? {
        ActionKind::Invoice => ("button-held-invoice", StaffAction::AskInvoice),
        ActionKind::Cancel => ("button-held-cancel", StaffAction::AskCancel),
        _ => return None,
    };
    let label = texts.say_with(label, &[("name", clean_line(&held.name, LONGEST_NAME).into())]);
    Some(Button::inert(label, Action::Staff(number, step)))
}

/// A day to come, for the example of a due date.
pub(super) fn example_day(today: NaiveDate, texts: &Texts) -> String {
    let [.., usual] = TERMS;
    texts.numeric_day(today + usual)
}

/// Drops a question.
pub(super) fn dismiss(number: OrderNumber, texts: &Texts) -> Button {
    Button::act(texts.say("button-dismiss"), Action::Staff(number, StaffAction::Dismiss))
}

/// Invoices the order's total.
pub(super) fn invoice_button(order: &Order, texts: &Texts) -> Button {
    let action = StaffAction::InvoiceTotal { seen: Seen::of_order(order), due: None };
    let label = texts.say_with("button-invoice-total", &[("amount", texts.money(order.summary.total).into())]);
    Button::act(label, Action::Staff(order.summary.number, action)).styled(Style::Primary)
}

/// The ready answers to what somebody is asked about an order, and the button that drops the question.
pub(super) fn choices(state: &StaffState, order: &Order, today: NaiveDate, texts: &Texts) -> Keyboard {
    let act = |label: String, action: StaffAction| Button::act(label, Action::Staff(order.summary.number, action));
    let dismiss = dismiss(order.summary.number, texts);
    match state {
        StaffState::WaitingForInvoice(_) => {
            let until = |term: TimeDelta| {
                let due = today + term;
                let action = StaffAction::InvoiceTotal { seen: Seen::of_order(order), due: Some(due) };
                let amount = ("amount", texts.money(order.summary.total).into());
                act(texts.say_with("button-invoice-due", &[amount, ("day", texts.day(due).into())]), action)
            };
            if order.summary.total.is_zero() {
                return Keyboard::new().row([dismiss]);
            }
            Keyboard::new().row([invoice_button(order, texts)]).grid(1, TERMS.map(until).to_vec()).row([dismiss])
        }
        // A row that both share would be where the button stands that delivers, once this is answered.
        StaffState::ConfirmingInvoice(_, invoice) => {
            let label = texts.say_with("button-confirm-invoice", &[("amount", texts.money(invoice.amount).into())]);
            let confirm = act(label, StaffAction::ConfirmInvoice(Seen::fingerprint(invoice)));
            Keyboard::new().row([confirm]).row([dismiss])
        }
        StaffState::WaitingForReason(_) => {
            let because = |reason: PresetReason| act(texts.preset_reason(reason), StaffAction::Because(reason));
            Keyboard::new().grid(1, PresetReason::ALL.map(because).to_vec()).row([dismiss])
        }
        StaffState::ConfirmingCancel(_, reason) => {
            let confirm = StaffAction::ConfirmCancel(Seen::fingerprint(reason));
            Keyboard::confirm(act(texts.say("button-confirm-cancel"), confirm).styled(Style::Danger), dismiss)
        }
        _ => Keyboard::new(),
    }
}
