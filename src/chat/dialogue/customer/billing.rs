//! The transitions of the questions for billing details: company, tax number, KPP, e-mail, confirmation.

use super::banner::{AccountBanner, Banner};
use super::billing_change;
use super::order_form::check_out;
use super::request::{AccountRequest, Context, CustomerRequest, Step};
use super::state::{AfterBilling, BillingState, Dialogue, State};
use crate::chat::action::BillingAction;
use crate::domain::billing::{BillingDetail, CompanyName, Email, ForeignTaxNumber, Inn, InnOf, Kpp, TaxNumber};
use crate::domain::{Billing, BillingFault};

/// Asks for the details, from the question on that was left.
pub(super) fn begin(mut dialogue: Dialogue, then: AfterBilling) -> Dialogue {
    // A number without the details that it was to change has nothing to stand in.
    let left = dialogue.half_billing.take().filter(|left| left.after().is_some());
    dialogue.at_billing(left.unwrap_or(BillingState::WaitingForCompany(then)).leading_to(then))
}

/// Whoever leaves the questions themselves wants none of their answers.
pub(super) fn dropped(dialogue: Dialogue) -> Dialogue {
    match dialogue.state {
        State::Billing(_) => Dialogue { half_billing: None, ..dialogue },
        _ => dialogue,
    }
}

/// An answer was typed, or something came that is no text.
pub(super) fn on_message(dialogue: Dialogue, state: BillingState, text: &str) -> Dialogue {
    match answered(state, text) {
        Ok(next) => dialogue.at_billing(next),
        Err(Unanswered::Fault(fault)) => dialogue.saying(Banner::Billing(fault)),
        Err(Unanswered::NothingAsked) => dialogue.saying(Banner::UseButtons),
    }
}

/// Asks for billing details before an order that was to be sent.
pub(super) fn ask_first(dialogue: Dialogue) -> Dialogue {
    begin(dialogue, AfterBilling::Summary).saying(Banner::Account(AccountBanner::BillingNeeded))
}

pub(super) fn on_press(dialogue: Dialogue, action: BillingAction, kept: Option<&Billing>, context: &Context) -> Step {
    let state = match dialogue.state.clone() {
        State::Billing(state) => Some(state),
        _ => None,
    };
    match (action, state) {
        (BillingAction::Show, _) => Step::to(dialogue.at_billing(BillingState::Reading)),
        (BillingAction::Change, Some(BillingState::Reading)) if kept.is_none() => {
            Step::to(begin(dialogue, AfterBilling::Details))
        }
        (
            BillingAction::ChangeOne(detail),
            Some(BillingState::Reading | BillingState::Changing(_) | BillingState::CompletingInn(_)),
        ) => billing_change::ask(dialogue, detail, kept),
        (BillingAction::Back, Some(state)) => Step::to(back(dialogue, state, context)),
        (BillingAction::Drop, Some(state)) => match state.after() {
            Some(AfterBilling::Details) => Step::to(dialogue.at_billing(BillingState::Reading)),
            Some(AfterBilling::Summary) => Step::to(check_out(dialogue, context)),
            None => Step::outdated(dialogue),
        },
        (BillingAction::Foreign, Some(BillingState::WaitingForInn(then, company))) => {
            Step::to(dialogue.at_billing(BillingState::WaitingForForeignNumber(then, company)))
        }
        (BillingAction::Keep, Some(BillingState::Confirming(then, billing))) => {
            let request = CustomerRequest::Account(AccountRequest::KeepBilling(billing));
            Step::asking(after_keeping(dialogue, then, context), request)
        }
        _ => Step::outdated(dialogue),
    }
}

enum Unanswered {
    Fault(BillingFault),
    NothingAsked,
}

impl From<BillingFault> for Unanswered {
    fn from(fault: BillingFault) -> Unanswered {
        Unanswered::Fault(fault)
    }
}

/// The state after an answer.
fn answered(state: BillingState, text: &str) -> Result<BillingState, Unanswered> {
    Ok(match state {
        BillingState::WaitingForCompany(then) => BillingState::WaitingForInn(then, CompanyName::parse(text)?),
        BillingState::WaitingForInn(then, company) => {
            let (inn, kpp) = Inn::from_card(text)?;
            match (inn.of(), kpp) {
                (InnOf::Organisation, Some(kpp)) => {
                    BillingState::WaitingForEmail(then, company, TaxNumber::Organisation { inn, kpp })
                }
                (InnOf::Organisation, None) => BillingState::WaitingForKpp(then, company, inn),
                (InnOf::Person, _) => BillingState::WaitingForEmail(then, company, TaxNumber::Person { inn }),
            }
        }
        BillingState::WaitingForForeignNumber(then, company) => {
            BillingState::WaitingForEmail(then, company, TaxNumber::Foreign(ForeignTaxNumber::parse(text)?))
        }
        BillingState::WaitingForKpp(then, company, inn) => {
            let (typed, kpp) = Kpp::from_card(text)?;
            BillingState::WaitingForEmail(then, company, TaxNumber::Organisation { inn: typed.unwrap_or(inn), kpp })
        }
        BillingState::WaitingForEmail(then, company, tax) => {
            BillingState::Confirming(then, Billing { company, tax, email: Email::parse(text)? })
        }
        BillingState::Reading
        | BillingState::Confirming(..)
        | BillingState::Changing(_)
        | BillingState::CompletingInn(_) => return Err(Unanswered::NothingAsked),
    })
}

fn back(dialogue: Dialogue, state: BillingState, context: &Context) -> Dialogue {
    let state = match state {
        BillingState::Reading => return dialogue.at(State::ChoosingLanguage),
        BillingState::WaitingForCompany(AfterBilling::Details) | BillingState::Changing(_) => BillingState::Reading,
        BillingState::CompletingInn(_) => BillingState::Changing(BillingDetail::Inn),
        BillingState::WaitingForCompany(AfterBilling::Summary) => return check_out(dialogue, context),
        BillingState::WaitingForInn(then, _) => BillingState::WaitingForCompany(then),
        BillingState::WaitingForForeignNumber(then, company) | BillingState::WaitingForKpp(then, company, _) => {
            BillingState::WaitingForInn(then, company)
        }
        BillingState::WaitingForEmail(then, company, tax) => before_email(then, company, tax),
        BillingState::Confirming(then, billing) => BillingState::WaitingForEmail(then, billing.company, billing.tax),
    };
    dialogue.at_billing(state)
}

fn before_email(then: AfterBilling, company: CompanyName, tax: TaxNumber) -> BillingState {
    match tax {
        TaxNumber::Organisation { inn, .. } => BillingState::WaitingForKpp(then, company, inn),
        TaxNumber::Person { .. } => BillingState::WaitingForInn(then, company),
        TaxNumber::Foreign(_) => BillingState::WaitingForForeignNumber(then, company),
    }
}

fn after_keeping(dialogue: Dialogue, then: AfterBilling, context: &Context) -> Dialogue {
    let next = match then {
        AfterBilling::Details => dialogue.at_billing(BillingState::Reading),
        AfterBilling::Summary => check_out(dialogue, context),
    };
    // What changed in the order meanwhile is the more important news.
    if next.banner.is_some() { next } else { next.saying(Banner::Account(AccountBanner::BillingKept)) }
}
