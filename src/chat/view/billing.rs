//! The billing details, and the questions for them.

use super::keyboard::{Button, Keyboard};
use super::{Html, Screen};
use crate::chat::action::{Action, BillingAction};
use crate::chat::dialogue::{AfterBilling, BillingState};
use crate::chat::i18n::Texts;
use crate::domain::billing::{BillingDetail, CompanyName, TaxNumber};
use crate::domain::{Billing, BillingFault};

/// The details, a line each.
pub fn lines(billing: &Billing, texts: &Texts) -> Html {
    let company = std::iter::once(("billing-company", billing.company.as_str()));
    listed(company.chain(tax_parts(&billing.tax)).chain([("billing-email", billing.email.as_str())]), texts)
}

fn tax_parts(tax: &TaxNumber) -> impl Iterator<Item = (&'static str, &str)> {
    let (first, second) = match tax {
        TaxNumber::Organisation { inn, kpp } => (("billing-inn", inn.as_str()), Some(("billing-kpp", kpp.as_str()))),
        TaxNumber::Person { inn } => (("billing-inn", inn.as_str()), None),
        TaxNumber::Foreign(number) => (("billing-foreign", number.as_str()), None),
    };
    std::iter::once(first).chain(second)
}

fn listed<'b>(parts: impl IntoIterator<Item = (&'static str, &'b str)>, texts: &Texts) -> Html {
    parts
        .into_iter()
        .fold(Html::new(), |text, (key, value)| text.inert_line(&texts.say_with(key, &[("value", value.into())])))
}

/// A question with the answers to those before it, for whoever comes back to it, and the button that drops them.
fn below_answers<'b>(
    asked: Screen,
    answers: impl IntoIterator<Item = (&'static str, &'b str)>,
    texts: &Texts,
) -> Screen {
    let drop = button("button-cancel", BillingAction::Drop, texts);
    let text = asked.text.gap().then(listed(answers, texts));
    Screen { text, keyboard: asked.keyboard.beside_last(drop) }
}

/// The screen of a place; `kept` are the account's details.
pub fn screen(place: &BillingState, kept: Option<&Billing>, texts: &Texts) -> Screen {
    match place {
        BillingState::Reading => details(kept, texts),
        BillingState::WaitingForCompany(AfterBilling::Details) => {
            question(BillingDetail::Company, "button-back", None, texts)
        }
        BillingState::WaitingForCompany(AfterBilling::Summary) => {
            question(BillingDetail::Company, "button-back-to-order", None, texts)
        }
        BillingState::WaitingForInn(_, company) => {
            let asked = question(BillingDetail::Inn, "button-back", Some(BillingAction::Foreign), texts);
            below_answers(asked, [("billing-company", company.as_str())], texts)
        }
        BillingState::WaitingForForeignNumber(_, company) => {
            let asked = question(BillingDetail::ForeignNumber, "button-back", None, texts);
            below_answers(asked, [("billing-company", company.as_str())], texts)
        }
        BillingState::WaitingForKpp(_, company, inn) => {
            let asked = question(BillingDetail::Kpp, "button-back", None, texts);
            below_answers(asked, [("billing-company", company.as_str()), ("billing-inn", inn.as_str())], texts)
        }
        BillingState::CompletingInn(_) => question(BillingDetail::Kpp, "button-back", None, texts),
        BillingState::WaitingForEmail(_, company, tax) => {
            let asked = question(BillingDetail::Email, "button-back", None, texts);
            below_answers(asked, std::iter::once(("billing-company", company.as_str())).chain(tax_parts(tax)), texts)
        }
        BillingState::Confirming(_, billing) => confirmation(billing, texts),
        BillingState::Changing(detail) => change(*detail, kept, texts),
    }
}

fn details(kept: Option<&Billing>, texts: &Texts) -> Screen {
    let heading = Html::new().bold(&texts.say("billing-title")).gap();
    let back = button("button-back", BillingAction::Back, texts);
    let Some(billing) = kept else {
        let fill_in = button("button-fill-in-billing", BillingAction::Change, texts);
        return Screen {
            text: heading.line(&texts.say("billing-none")),
            keyboard: Keyboard::new().row([fill_in]).row([back]),
        };
    };
    let change = |detail| button(change_label(detail), BillingAction::ChangeOne(detail), texts);
    let changes = billing.details().into_iter().map(change).collect();
    Screen { text: heading.then(lines(billing, texts)), keyboard: Keyboard::new().grid(2, changes).row([back]) }
}

fn change_label(detail: BillingDetail) -> &'static str {
    match detail {
        BillingDetail::Company => "button-change-company",
        BillingDetail::Inn => "button-change-inn",
        BillingDetail::Kpp => "button-change-kpp",
        BillingDetail::ForeignNumber => "button-change-foreign",
        BillingDetail::Email => "button-change-email",
    }
}

/// Asks for one detail in place of the one that stands.
fn change(detail: BillingDetail, kept: Option<&Billing>, texts: &Texts) -> Screen {
    let other = match detail {
        BillingDetail::Inn => Some(BillingAction::ChangeOne(BillingDetail::ForeignNumber)),
        BillingDetail::ForeignNumber => Some(BillingAction::ChangeOne(BillingDetail::Inn)),
        BillingDetail::Company | BillingDetail::Kpp | BillingDetail::Email => None,
    };
    let screen = question(detail, "button-back", other, texts);
    match kept.and_then(|kept| kept.detail(detail)) {
        Some(value) => {
            let now = texts.say_with("billing-now", &[("value", value.into())]);
            Screen { text: screen.text.line(&now), ..screen }
        }
        None => screen,
    }
}

fn question(detail: BillingDetail, back: &str, other: Option<BillingAction>, texts: &Texts) -> Screen {
    let ask = match detail {
        BillingDetail::Company => texts.say_with("billing-ask-company", &[("limit", (CompanyName::MAX as u64).into())]),
        BillingDetail::Inn => texts.say("billing-ask-inn"),
        BillingDetail::Kpp => texts.say("billing-ask-kpp"),
        BillingDetail::ForeignNumber => texts.say("billing-ask-foreign"),
        BillingDetail::Email => texts.say("billing-ask-email"),
    };
    let text = Html::new().bold(&texts.say("billing-title")).end_line().line(&ask);
    let label = match detail {
        BillingDetail::ForeignNumber => "button-russian-tax-number",
        _ => "button-foreign-tax-number",
    };
    let other = other.map(|action| button(label, action, texts));
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
        BillingFault::Company => {
            texts.say_with("banner-billing-company", &[("limit", (CompanyName::MAX as u64).into())])
        }
        BillingFault::InnLength => texts.say("banner-billing-inn-length"),
        BillingFault::InnCheckDigits => texts.say("banner-billing-inn-check-digits"),
        BillingFault::Kpp => texts.say("banner-billing-kpp"),
        BillingFault::ForeignTaxNumber => texts.say("banner-billing-foreign"),
        BillingFault::Email => texts.say("banner-billing-email"),
    }
}

fn button(key: &str, action: BillingAction, texts: &Texts) -> Button {
    Button::act(texts.say(key), Action::Billing(action))
}
