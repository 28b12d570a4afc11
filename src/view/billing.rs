//! The billing details, and the questions for them.

use super::keyboard::{Button, Keyboard};
use super::{Html, Screen};
use crate::action::{Action, BillingAction};
use crate::dialogue::{AfterBilling, BillingPlace};
use crate::domain::billing::{FirmName, TaxNumber};
use crate::domain::{Billing, BillingFault};
use crate::i18n::Texts;

/// The details, a line each.
pub fn lines(billing: &Billing, texts: &Texts) -> Html {
    let line = |key: &str, value: &str| texts.say_with(key, &[("value", value.into())]);
    let firm = Html::new().line(&line("billing-firm", billing.firm.as_str()));
    let tax = match &billing.tax {
        TaxNumber::Organisation { inn, kpp } => {
            firm.line(&line("billing-inn", inn.as_str())).line(&line("billing-kpp", kpp.as_str()))
        }
        TaxNumber::Person { inn } => firm.line(&line("billing-inn", inn.as_str())),
        TaxNumber::Foreign(number) => firm.line(&line("billing-foreign", number.as_str())),
    };
    tax.line(&line("billing-email", billing.email.as_str()))
}

/// The screen of a place; `kept` are the account's details.
pub fn screen(place: &BillingPlace, kept: Option<&Billing>, texts: &Texts) -> Screen {
    match place {
        BillingPlace::Reading => details(kept, texts),
        BillingPlace::WaitingForFirm(then) => {
            let limit = [("limit", (FirmName::MAX as u64).into())];
            let back = match then {
                AfterBilling::Details => "button-back",
                AfterBilling::Summary => "button-back-to-order",
            };
            question(&texts.say_with("billing-ask-firm", &limit), back, None, texts)
        }
        BillingPlace::WaitingForInn(..) => {
            question(&texts.say("billing-ask-inn"), "button-back", Some(BillingAction::Foreign), texts)
        }
        BillingPlace::WaitingForForeignNumber(..) => {
            question(&texts.say("billing-ask-foreign"), "button-back", None, texts)
        }
        BillingPlace::WaitingForKpp(..) => question(&texts.say("billing-ask-kpp"), "button-back", None, texts),
        BillingPlace::WaitingForEmail(..) => question(&texts.say("billing-ask-email"), "button-back", None, texts),
        BillingPlace::Confirming(_, billing) => confirmation(billing, texts),
    }
}

fn details(kept: Option<&Billing>, texts: &Texts) -> Screen {
    let heading = Html::new().bold(&texts.say("billing-title")).gap();
    let (text, change) = match kept {
        Some(billing) => (heading.then(lines(billing, texts)), "button-change-billing"),
        None => (heading.line(&texts.say("billing-none")), "button-fill-in-billing"),
    };
    let keyboard = Keyboard::new().row([button(change, BillingAction::Change, texts)]).row([button(
        "button-back",
        BillingAction::Back,
        texts,
    )]);
    Screen { text, keyboard }
}

fn question(ask: &str, back: &str, other: Option<BillingAction>, texts: &Texts) -> Screen {
    let text = Html::new().bold(&texts.say("billing-title")).end_line().line(ask);
    let other = other.map(|action| button("button-foreign-tax-number", action, texts));
    Screen { text, keyboard: Keyboard::new().row(other).row([button(back, BillingAction::Back, texts)]) }
}

fn confirmation(billing: &Billing, texts: &Texts) -> Screen {
    let text = Html::new()
        .bold(&texts.say("billing-title"))
        .gap()
        .then(lines(billing, texts))
        .gap()
        .line(&texts.say("billing-confirm"));
    let keyboard = Keyboard::new().row([
        button("button-back", BillingAction::Back, texts),
        button("button-keep-billing", BillingAction::Keep, texts),
    ]);
    Screen { text, keyboard }
}

/// Why an answer was not taken.
pub fn sentence(fault: BillingFault, texts: &Texts) -> String {
    match fault {
        BillingFault::Firm => texts.say_with("notice-billing-firm", &[("limit", (FirmName::MAX as u64).into())]),
        BillingFault::InnLength => texts.say("notice-billing-inn-length"),
        BillingFault::InnCheckDigits => texts.say("notice-billing-inn-check-digits"),
        BillingFault::Kpp => texts.say("notice-billing-kpp"),
        BillingFault::ForeignTaxNumber => texts.say("notice-billing-foreign"),
        BillingFault::Email => texts.say("notice-billing-email"),
    }
}

fn button(key: &str, action: BillingAction, texts: &Texts) -> Button {
    Button::act(texts.say(key), Action::Billing(action))
}
