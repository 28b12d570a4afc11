//! The settings: the language, and in short how the account stands.

use super::keyboard::{Button, Keyboard};
use super::{AccountView, Facts, Html, Screen, SettingsView, Subject};
use crate::chat::action::{AccountAction, Action, BillingAction};
use crate::chat::i18n::Texts;
use crate::domain::Language;

/// The choice of a language, and the ways to the account.
pub fn screen(facts: &Facts, texts: &Texts) -> Screen {
    let chosen = facts.reader.chosen_language;
    let key = if chosen.is_some() { "settings-language" } else { "settings-language-auto" };
    let now = texts.name_of(texts.language());
    let text =
        Html::new().bold(&texts.say("settings-title")).gap().line(&texts.say_with(key, &[("language", now.into())]));
    let text = match facts.subject {
        Subject::Settings(view) => text.line(&account_line(&view.account, texts)).line(&billing_line(view, texts)),
        _ => text,
    };
    let choice = |language: Option<Language>| {
        let name = language.map_or_else(|| texts.say("button-language-auto"), |language| texts.name_of(language));
        let label = if language == chosen { texts.say_with("button-current", &[("label", name.into())]) } else { name };
        Button::act(label, Action::Speak(language))
    };
    let keyboard = Keyboard::new()
        .row(Language::all().iter().map(|language| choice(Some(*language))))
        .row([choice(None)])
        .row([
            Button::act(texts.say("button-members"), Action::Account(AccountAction::Members)),
            Button::act(texts.say("button-billing"), Action::Billing(BillingAction::Show)),
        ])
        .row([Button::act(texts.say("button-home"), Action::Home)]);
    Screen { text, keyboard }
}

fn account_line(view: &AccountView, texts: &Texts) -> String {
    let count = ("count", (view.account.members.len() as u64).into());
    match (view.account.members.len(), view.is_owner()) {
        (0 | 1, true) => texts.say("settings-account-alone"),
        (_, true) => texts.say_with("settings-account-own", &[count]),
        (_, false) => texts.say_with("settings-account-shared", &[("name", view.owner_name().into()), count]),
    }
}

fn billing_line(view: &SettingsView, texts: &Texts) -> String {
    match &view.billing {
        Some(billing) => texts.say_with("settings-billing", &[("company", billing.company.as_str().into())]),
        None => texts.say("settings-billing-none"),
    }
}
