//! The buttons of the staff.

use chrono::NaiveDate;

use super::seen::Seen;
use crate::domain::PresetReason;

/// How a day stands in a button.
const DAY: &str = "%Y%m%d";

/// What a button of the staff's does to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffAction {
    /// Shows its card with the audit trail.
    Open,
    /// Sends the files again that the customer and staff sent each other.
    Files,
    /// Takes it in hand.
    Take,
    /// Asks for the amount to pay.
    AskInvoice,
    /// Invoices the total of the order as it was seen.
    InvoiceTotal {
        seen: Seen,
        /// The day until which it is to be paid.
        due: Option<NaiveDate>,
    },
    /// Invoices the amount that was asked about once more.
    ConfirmInvoice(Seen),
    /// Asks where the serial numbers come from.
    AskComplete,
    /// Gives serial numbers from the stock to the order as it was seen.
    CompleteFromStock(Seen),
    /// Asks for the reason to cancel.
    AskCancel,
    /// Gives a ready reason.
    Because(PresetReason),
    /// Cancels for the reason that was given.
    ConfirmCancel(Seen),
    /// Sees that what the customer wrote in this row of the audit trail, counted from 0, needs no answer.
    Settle { row: u32 },
    /// Sends the customer what this person wrote.
    SendWords(Seen),
    /// Drops the question that this person was asked.
    Dismiss,
}

impl StaffAction {
    /// Whether it asks something on the alert, or answers what was asked there.
    pub fn asks_or_answers(self) -> bool {
        match self {
            StaffAction::AskInvoice
            | StaffAction::ConfirmInvoice(_)
            | StaffAction::AskCancel
            | StaffAction::Because(_)
            | StaffAction::ConfirmCancel(_) => true,
            StaffAction::Open
            | StaffAction::Files
            | StaffAction::Take
            | StaffAction::InvoiceTotal { .. }
            | StaffAction::AskComplete
            | StaffAction::CompleteFromStock(_)
            | StaffAction::Settle { .. }
            | StaffAction::SendWords(_)
            | StaffAction::Dismiss => false,
        }
    }

    pub(super) fn encode(self) -> String {
        let seen = |code: &str, seen: Seen| match seen {
            Seen::UNKNOWN => code.to_owned(),
            seen => format!("{code}:{seen}"),
        };
        match self {
            StaffAction::Open => "open".to_owned(),
            StaffAction::Files => "files".to_owned(),
            StaffAction::Take => "take".to_owned(),
            StaffAction::AskInvoice => "invoice".to_owned(),
            StaffAction::InvoiceTotal { seen: of, due: None } => seen("total", of),
            StaffAction::InvoiceTotal { seen: of, due: Some(due) } => format!("total:{of}:{}", due.format(DAY)),
            StaffAction::ConfirmInvoice(of) => seen("sum", of),
            StaffAction::AskComplete => "complete".to_owned(),
            StaffAction::CompleteFromStock(of) => seen("stock", of),
            StaffAction::AskCancel => "cancel".to_owned(),
            StaffAction::Because(reason) => reason_code(reason).to_owned(),
            StaffAction::ConfirmCancel(of) => seen("confirm", of),
            StaffAction::Settle { row } => format!("settle:{row}"),
            StaffAction::SendWords(of) => seen("words", of),
            StaffAction::Dismiss => "dismiss".to_owned(),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<StaffAction> {
        let (code, rest) = parts.split_first()?;
        let seen = || match rest {
            [] => Some(Seen::UNKNOWN),
            [seen] => Seen::parse(seen),
            _ => None,
        };
        Some(match (*code, rest) {
            ("open", []) => StaffAction::Open,
            ("files", []) => StaffAction::Files,
            ("take", []) => StaffAction::Take,
            ("invoice", []) => StaffAction::AskInvoice,
            ("total", [of, due]) => StaffAction::InvoiceTotal {
                seen: Seen::parse(of)?,
                due: Some(NaiveDate::parse_from_str(due, DAY).ok()?),
            },
            ("total", _) => StaffAction::InvoiceTotal { seen: seen()?, due: None },
            ("sum", _) => StaffAction::ConfirmInvoice(seen()?),
            ("complete", []) => StaffAction::AskComplete,
            ("stock", _) => StaffAction::CompleteFromStock(seen()?),
            ("cancel", []) => StaffAction::AskCancel,
            ("confirm", _) => StaffAction::ConfirmCancel(seen()?),
            ("settle", [row]) => StaffAction::Settle { row: row.parse().ok()? },
            ("words", _) => StaffAction::SendWords(seen()?),
            ("dismiss", []) => StaffAction::Dismiss,
            (code, []) => {
                StaffAction::Because(PresetReason::ALL.into_iter().find(|reason| reason_code(*reason) == code)?)
            }
            _ => return None,
        })
    }
}

fn reason_code(reason: PresetReason) -> &'static str {
    match reason {
        PresetReason::CustomerAsked => "why-asked",
        PresetReason::NotPaid => "why-unpaid",
        PresetReason::NotAvailable => "why-none",
        PresetReason::Duplicate => "why-twice",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen() -> impl Strategy<Value = Seen> {
        any::<u32>().prop_map(|seen| Seen::parse(&format!("{seen:x}")).unwrap_or(Seen::UNKNOWN))
    }

    pub(in crate::chat::action) fn staff_actions() -> impl Strategy<Value = StaffAction> {
        let day = |days| NaiveDate::from_ymd_opt(2015, 4, 1).unwrap() + chrono::TimeDelta::days(days);
        let with_seen = |action: fn(Seen) -> StaffAction| seen().prop_map(action);
        prop_oneof![
            proptest::sample::select(vec![
                StaffAction::Open,
                StaffAction::Files,
                StaffAction::Take,
                StaffAction::AskInvoice,
                StaffAction::AskComplete,
                StaffAction::AskCancel,
                StaffAction::Dismiss,
            ]),
            proptest::sample::select(PresetReason::ALL.to_vec()).prop_map(StaffAction::Because),
            with_seen(|seen| StaffAction::InvoiceTotal { seen, due: None }),
            (0..9_usize, 0..3_000_i64).prop_map(move |(changes, days)| StaffAction::InvoiceTotal {
                seen: Seen::after(changes + 1),
                due: Some(day(days))
            }),
            with_seen(StaffAction::ConfirmInvoice),
            with_seen(StaffAction::CompleteFromStock),
            with_seen(StaffAction::ConfirmCancel),
            with_seen(StaffAction::SendWords),
            any::<u32>().prop_map(|row| StaffAction::Settle { row }),
        ]
    }
}
