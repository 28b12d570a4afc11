//! The transitions of the questions for billing details: firm, tax number, KPP, e-mail, confirmation.

use serde::{Deserialize, Serialize};

use super::account::{AccountEffect, AccountNotice};
use super::billing_change;
use super::input::Input;
use super::state::{Dialogue, Notice, Place};
use super::step::{Context, Effect, Step, check_out};
use crate::action::BillingAction;
use crate::domain::billing::{BillingDetail, Email, FirmName, ForeignTaxNumber, Inn, InnOf, Kpp, TaxNumber};
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
pub enum BillingPlace {
    /// A choice below the details.
    Reading,
    /// The firm's name.
    WaitingForFirm(AfterBilling),
    /// A Russian tax number.
    WaitingForInn(AfterBilling, FirmName),
    /// A tax number of another country.
    WaitingForForeignNumber(AfterBilling, FirmName),
    /// The KPP of an organisation.
    WaitingForKpp(AfterBilling, FirmName, Inn),
    /// The e-mail address.
    WaitingForEmail(AfterBilling, FirmName, TaxNumber),
    /// Whether it is all right.
    Confirming(AfterBilling, Billing),
    /// One detail in place of the one that stands.
    Changing(BillingDetail),
    /// The KPP of this INN, which then takes the place of a tax number that has none.
    CompletingInn(Inn),
}

impl Dialogue {
    fn at_billing(self, place: BillingPlace) -> Dialogue {
        self.at(Place::Billing(place))
    }
}

/// The first question.
pub(super) fn begin(dialogue: Dialogue, then: AfterBilling) -> Dialogue {
    dialogue.at_billing(BillingPlace::WaitingForFirm(then))
}

/// An answer was typed, or something came that is no text.
pub(super) fn on_words(dialogue: Dialogue, input: &Input, context: &Context) -> Step {
    let Place::Billing(place) = dialogue.place.clone() else { return Step::to(dialogue) };
    let text = match input {
        Input::Text(text) => text.as_str(),
        Input::Attachment(_) | Input::Command(_) | Input::Press(_) => "",
    };
    match place {
        BillingPlace::Changing(detail) => billing_change::answer(dialogue, detail, text, context),
        BillingPlace::CompletingInn(inn) => billing_change::complete(dialogue, &inn, text, context),
        place => Step::to(match answered(place, text) {
            Ok(next) => dialogue.at_billing(next),
            Err(Unanswered::Fault(fault)) => dialogue.saying(Notice::Billing(fault)),
            Err(Unanswered::NothingAsked) => dialogue.saying(Notice::UseButtons),
        }),
    }
}

pub(super) fn on_press(dialogue: Dialogue, action: BillingAction, context: &Context) -> Step {
    let place = match dialogue.place.clone() {
        Place::Billing(place) => Some(place),
        _ => None,
    };
    match (action, place) {
        (BillingAction::Show, _) => Step::to(dialogue.at_billing(BillingPlace::Reading)),
        (BillingAction::Change, Some(BillingPlace::Reading)) if context.account.kept.is_none() => {
            Step::to(begin(dialogue, AfterBilling::Details))
        }
        (
            BillingAction::ChangeOne(detail),
            Some(BillingPlace::Reading | BillingPlace::Changing(_) | BillingPlace::CompletingInn(_)),
        ) => billing_change::ask(dialogue, detail, context),
        (BillingAction::Back, Some(place)) => Step::to(back(dialogue, place, context)),
        (BillingAction::Foreign, Some(BillingPlace::WaitingForInn(then, firm))) => {
            Step::to(dialogue.at_billing(BillingPlace::WaitingForForeignNumber(then, firm)))
        }
        (BillingAction::Keep, Some(BillingPlace::Confirming(then, billing))) => {
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
fn answered(place: BillingPlace, text: &str) -> Result<BillingPlace, Unanswered> {
    Ok(match place {
        BillingPlace::WaitingForFirm(then) => BillingPlace::WaitingForInn(then, FirmName::parse(text)?),
        BillingPlace::WaitingForInn(then, firm) => {
            let inn = Inn::parse(text)?;
            match inn.of() {
                InnOf::Organisation => BillingPlace::WaitingForKpp(then, firm, inn),
                InnOf::Person => BillingPlace::WaitingForEmail(then, firm, TaxNumber::Person { inn }),
            }
        }
        BillingPlace::WaitingForForeignNumber(then, firm) => {
            BillingPlace::WaitingForEmail(then, firm, TaxNumber::Foreign(ForeignTaxNumber::parse(text)?))
        }
        BillingPlace::WaitingForKpp(then, firm, inn) => {
            let kpp = Kpp::parse(text)?;
            BillingPlace::WaitingForEmail(then, firm, TaxNumber::Organisation { inn, kpp })
        }
        BillingPlace::WaitingForEmail(then, firm, tax) => {
            BillingPlace::Confirming(then, Billing { firm, tax, email: Email::parse(text)? })
        }
        BillingPlace::Reading
        | BillingPlace::Confirming(..)
        | BillingPlace::Changing(_)
        | BillingPlace::CompletingInn(_) => return Err(Unanswered::NothingAsked),
    })
}

fn back(dialogue: Dialogue, place: BillingPlace, context: &Context) -> Dialogue {
    let place = match place {
        BillingPlace::Reading => return dialogue.at(Place::ChoosingLanguage),
        BillingPlace::WaitingForFirm(AfterBilling::Details) | BillingPlace::Changing(_) => BillingPlace::Reading,
        BillingPlace::CompletingInn(_) => BillingPlace::Changing(BillingDetail::Inn),
        BillingPlace::WaitingForFirm(AfterBilling::Summary) => return check_out(dialogue, context),
        BillingPlace::WaitingForInn(then, _) => BillingPlace::WaitingForFirm(then),
        BillingPlace::WaitingForForeignNumber(then, firm) | BillingPlace::WaitingForKpp(then, firm, _) => {
            BillingPlace::WaitingForInn(then, firm)
        }
        BillingPlace::WaitingForEmail(then, firm, tax) => before_email(then, firm, tax),
        BillingPlace::Confirming(then, billing) => BillingPlace::WaitingForEmail(then, billing.firm, billing.tax),
    };
    dialogue.at_billing(place)
}

fn before_email(then: AfterBilling, firm: FirmName, tax: TaxNumber) -> BillingPlace {
    match tax {
        TaxNumber::Organisation { inn, .. } => BillingPlace::WaitingForKpp(then, firm, inn),
        TaxNumber::Person { .. } => BillingPlace::WaitingForInn(then, firm),
        TaxNumber::Foreign(_) => BillingPlace::WaitingForForeignNumber(then, firm),
    }
}

fn kept(dialogue: Dialogue, then: AfterBilling, context: &Context) -> Dialogue {
    let next = match then {
        AfterBilling::Details => dialogue.at_billing(BillingPlace::Reading),
        AfterBilling::Summary => check_out(dialogue, context),
    };
    // What changed in the order meanwhile is the more important news.
    if next.notice.is_some() { next } else { next.saying(Notice::Account(AccountNotice::BillingKept)) }
}
