//! The transitions of the questions for billing details: firm, tax number, KPP, e-mail, confirmation.

use serde::{Deserialize, Serialize};

use super::account::{AccountBanner, AccountEffect};
use super::billing_change;
use super::input::Input;
use super::state::{Banner, Dialogue, State};
use super::step::{Context, Effect, Step, check_out};
use crate::chat::action::BillingAction;
use crate::domain::billing::{BillingDetail, CompanyName, Email, ForeignTaxNumber, Inn, InnOf, Kpp, TaxNumber};
use crate::domain::{Billing, BillingFault};

/// Where the questions lead back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterBilling {
    /// The details themselves, in the settings.
    Details,
    /// The summary of the order that waits for them.
    Summary,
}

/// What the dialogue waits for, with the answers that it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingState {
    /// A choice below the details.
    Reading,
    /// The firm's name.
    WaitingForFirm(AfterBilling),
    /// A Russian tax number.
    WaitingForInn(AfterBilling, CompanyName),
    /// A tax number of another country.
    WaitingForForeignNumber(AfterBilling, CompanyName),
    /// The KPP of an organisation.
    WaitingForKpp(AfterBilling, CompanyName, Inn),
    /// The e-mail address.
    WaitingForEmail(AfterBilling, CompanyName, TaxNumber),
    /// Whether it is all right.
    Confirming(AfterBilling, Billing),
    /// One detail in place of the one that stands.
    Changing(BillingDetail),
    /// The KPP of this INN, which then takes the place of a tax number that has none.
    CompletingInn(Inn),
}

impl Dialogue {
    fn at_billing(self, place: BillingState) -> Dialogue {
        self.at(State::Billing(place))
    }
}

/// The first question.
pub(super) fn begin(dialogue: Dialogue, then: AfterBilling) -> Dialogue {
    dialogue.at_billing(BillingState::WaitingForFirm(then))
}

/// An answer was typed, or something came that is no text.
pub(super) fn on_words(dialogue: Dialogue, input: &Input, context: &Context) -> Step {
    let State::Billing(place) = dialogue.place.clone() else { return Step::to(dialogue) };
    let text = match input {
        Input::Text(text) => text.as_str(),
        Input::Attachment(_) | Input::Command(_) | Input::Press(_) => "",
    };
    match place {
        BillingState::Changing(detail) => billing_change::answer(dialogue, detail, text, context),
        BillingState::CompletingInn(inn) => billing_change::complete(dialogue, &inn, text, context),
        place => Step::to(match answered(place, text) {
            Ok(next) => dialogue.at_billing(next),
            Err(Unanswered::Fault(fault)) => dialogue.saying(Banner::Billing(fault)),
            Err(Unanswered::NothingAsked) => dialogue.saying(Banner::UseButtons),
        }),
    }
}

pub(super) fn on_press(dialogue: Dialogue, action: BillingAction, context: &Context) -> Step {
    let place = match dialogue.place.clone() {
        State::Billing(place) => Some(place),
        _ => None,
    };
    match (action, place) {
        (BillingAction::Show, _) => Step::to(dialogue.at_billing(BillingState::Reading)),
        (BillingAction::Change, Some(BillingState::Reading)) if context.account.kept.is_none() => {
            Step::to(begin(dialogue, AfterBilling::Details))
        }
        (
            BillingAction::ChangeOne(detail),
            Some(BillingState::Reading | BillingState::Changing(_) | BillingState::CompletingInn(_)),
        ) => billing_change::ask(dialogue, detail, context),
        (BillingAction::Back, Some(place)) => Step::to(back(dialogue, place, context)),
        (BillingAction::Foreign, Some(BillingState::WaitingForInn(then, firm))) => {
            Step::to(dialogue.at_billing(BillingState::WaitingForForeignNumber(then, firm)))
        }
        (BillingAction::Keep, Some(BillingState::Confirming(then, billing))) => {
            let effect = Some(Effect::Account(AccountEffect::KeepBilling(billing)));
            Step { effect, ..Step::to(kept(dialogue, then, context)) }
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

/// The place after an answer.
fn answered(place: BillingState, text: &str) -> Result<BillingState, Unanswered> {
    Ok(match place {
        BillingState::WaitingForFirm(then) => BillingState::WaitingForInn(then, CompanyName::parse(text)?),
        BillingState::WaitingForInn(then, firm) => {
            let inn = Inn::parse(text)?;
            match inn.of() {
                InnOf::Organisation => BillingState::WaitingForKpp(then, firm, inn),
                InnOf::Person => BillingState::WaitingForEmail(then, firm, TaxNumber::Person { inn }),
            }
        }
        BillingState::WaitingForForeignNumber(then, firm) => {
            BillingState::WaitingForEmail(then, firm, TaxNumber::Foreign(ForeignTaxNumber::parse(text)?))
        }
        BillingState::WaitingForKpp(then, firm, inn) => {
            let kpp = Kpp::parse(text)?;
            BillingState::WaitingForEmail(then, firm, TaxNumber::Organisation { inn, kpp })
        }
        BillingState::WaitingForEmail(then, firm, tax) => {
            BillingState::Confirming(then, Billing { firm, tax, email: Email::parse(text)? })
        }
        BillingState::Reading
        | BillingState::Confirming(..)
        | BillingState::Changing(_)
        | BillingState::CompletingInn(_) => return Err(Unanswered::NothingAsked),
    })
}

fn back(dialogue: Dialogue, place: BillingState, context: &Context) -> Dialogue {
    let place = match place {
        BillingState::Reading => return dialogue.at(State::ChoosingLanguage),
        BillingState::WaitingForFirm(AfterBilling::Details) | BillingState::Changing(_) => BillingState::Reading,
        BillingState::CompletingInn(_) => BillingState::Changing(BillingDetail::Inn),
        BillingState::WaitingForFirm(AfterBilling::Summary) => return check_out(dialogue, context),
        BillingState::WaitingForInn(then, _) => BillingState::WaitingForFirm(then),
        BillingState::WaitingForForeignNumber(then, firm) | BillingState::WaitingForKpp(then, firm, _) => {
            BillingState::WaitingForInn(then, firm)
        }
        BillingState::WaitingForEmail(then, firm, tax) => before_email(then, firm, tax),
        BillingState::Confirming(then, billing) => BillingState::WaitingForEmail(then, billing.firm, billing.tax),
    };
    dialogue.at_billing(place)
}

fn before_email(then: AfterBilling, firm: CompanyName, tax: TaxNumber) -> BillingState {
    match tax {
        TaxNumber::Organisation { inn, .. } => BillingState::WaitingForKpp(then, firm, inn),
        TaxNumber::Person { .. } => BillingState::WaitingForInn(then, firm),
        TaxNumber::Foreign(_) => BillingState::WaitingForForeignNumber(then, firm),
    }
}

fn kept(dialogue: Dialogue, then: AfterBilling, context: &Context) -> Dialogue {
    let next = match then {
        AfterBilling::Details => dialogue.at_billing(BillingState::Reading),
        AfterBilling::Summary => check_out(dialogue, context),
    };
    // What changed in the order meanwhile is the more important news.
    if next.notice.is_some() { next } else { next.saying(Banner::Account(AccountBanner::BillingKept)) }
}
