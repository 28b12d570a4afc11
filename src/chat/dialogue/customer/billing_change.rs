//! The transitions of changing one billing detail: the others stay, save for those that cannot stand beside the new one.

use super::banner::{AccountBanner, Banner};
use super::request::{AccountRequest, CustomerRequest, Step};
use super::state::{BillingState, Dialogue, State};
use crate::domain::billing::{BillingDetail, CompanyName, Email, ForeignTaxNumber, Inn, InnOf, Kpp, TaxNumber};
use crate::domain::{Billing, BillingFault};

/// What an answer makes of the details that stand.
enum Changed {
    /// Other details, and what is to be said of that.
    Kept(Billing, AccountBanner),
    /// Nothing yet: this INN is an organisation's and has no KPP beside it.
    Incomplete(Inn),
    /// Nothing: the KPP has no organisation's INN beside it.
    KppAlone,
}

/// A button asks for one detail anew.
pub(super) fn ask(dialogue: Dialogue, detail: BillingDetail, kept: Option<&Billing>) -> Step {
    let Some(kept) = kept else { return Step::outdated(dialogue) };
    if detail == BillingDetail::Kpp && kept.detail(detail).is_none() {
        return Step::outdated(dialogue);
    }
    match (detail, &dialogue.half_billing) {
        (BillingDetail::Inn, Some(BillingState::CompletingInn(inn))) => {
            let inn = inn.clone();
            Step::to(completing(Dialogue { half_billing: None, ..dialogue }, inn))
        }
        _ => Step::to(dialogue.at(State::Billing(BillingState::Changing(detail)))),
    }
}

fn completing(dialogue: Dialogue, inn: Inn) -> Dialogue {
    dialogue.at_billing(BillingState::CompletingInn(inn)).saying(Banner::Account(AccountBanner::KppNeeded))
}

/// The detail that the dialogue asked for was typed.
pub(super) fn answer(dialogue: Dialogue, text: &str, kept: Option<&Billing>) -> Step {
    match dialogue.state.clone() {
        State::Billing(BillingState::Changing(detail)) => {
            changed(dialogue, kept, |kept| with_detail(kept, detail, text))
        }
        State::Billing(BillingState::CompletingInn(inn)) => changed(dialogue, kept, |kept| {
            let (typed, kpp) = Kpp::from_card(text)?;
            Ok(with_tax(kept, TaxNumber::Organisation { inn: typed.unwrap_or(inn), kpp }))
        }),
        _ => Step::to(dialogue),
    }
}

fn changed(
    dialogue: Dialogue,
    kept: Option<&Billing>,
    change: impl FnOnce(&Billing) -> Result<Changed, BillingFault>,
) -> Step {
    let reading = |dialogue: Dialogue| dialogue.at(State::Billing(BillingState::Reading));
    // Whoever was taken out of an account meanwhile stands before their own details.
    let Some(kept) = kept else { return Step::to(reading(dialogue)) };
    match change(kept) {
        Ok(Changed::Kept(billing, banner)) => {
            // Another tax number is the answer to the one that was left half typed.
            let half_billing = dialogue.half_billing.clone().filter(|_| billing.tax == kept.tax);
            Step::asking(
                reading(Dialogue { half_billing, ..dialogue }).saying(Banner::Account(banner)),
                CustomerRequest::Account(AccountRequest::KeepBilling(billing)),
            )
        }
        Ok(Changed::Incomplete(inn)) => Step::to(completing(dialogue, inn)),
        Ok(Changed::KppAlone) => Step::to(reading(dialogue).saying(Banner::Account(AccountBanner::KppNotTaken))),
        Err(fault) => Step::to(dialogue.saying(Banner::Billing(fault))),
    }
}

fn with_detail(kept: &Billing, detail: BillingDetail, text: &str) -> Result<Changed, BillingFault> {
    let same = |billing| Ok(Changed::Kept(billing, AccountBanner::BillingKept));
    match detail {
        BillingDetail::Company => same(Billing { company: CompanyName::parse(text)?, ..kept.clone() }),
        BillingDetail::Email => same(Billing { email: Email::parse(text)?, ..kept.clone() }),
        BillingDetail::ForeignNumber => Ok(with_tax(kept, TaxNumber::Foreign(ForeignTaxNumber::parse(text)?))),
        BillingDetail::Kpp => {
            let (typed, kpp) = Kpp::from_card(text)?;
            match (typed, &kept.tax) {
                (Some(inn), _) => Ok(with_tax(kept, TaxNumber::Organisation { inn, kpp })),
                (None, TaxNumber::Organisation { inn, .. }) => {
                    Ok(with_tax(kept, TaxNumber::Organisation { inn: inn.clone(), kpp }))
                }
                (None, TaxNumber::Person { .. } | TaxNumber::Foreign(_)) => Ok(Changed::KppAlone),
            }
        }
        BillingDetail::Inn => {
            let (inn, kpp) = Inn::from_card(text)?;
            Ok(match (inn.of(), kpp, &kept.tax) {
                (InnOf::Person, ..) => with_tax(kept, TaxNumber::Person { inn }),
                (InnOf::Organisation, Some(kpp), _) => with_tax(kept, TaxNumber::Organisation { inn, kpp }),
                (InnOf::Organisation, None, TaxNumber::Organisation { kpp, .. }) => {
                    with_tax(kept, TaxNumber::Organisation { inn, kpp: kpp.clone() })
                }
                (InnOf::Organisation, None, TaxNumber::Person { .. } | TaxNumber::Foreign(_)) => {
                    Changed::Incomplete(inn)
                }
            })
        }
    }
}

fn with_tax(kept: &Billing, tax: TaxNumber) -> Changed {
    let banner = match (&kept.tax, &tax) {
        (TaxNumber::Organisation { .. }, TaxNumber::Person { .. }) => AccountBanner::KppDropped,
        (TaxNumber::Organisation { .. } | TaxNumber::Person { .. }, TaxNumber::Foreign(_)) => {
            AccountBanner::ForeignNumberKept
        }
        (TaxNumber::Foreign(_), TaxNumber::Organisation { .. } | TaxNumber::Person { .. }) => AccountBanner::InnKept,
        _ => AccountBanner::BillingKept,
    };
    Changed::Kept(Billing { tax, ..kept.clone() }, banner)
}
