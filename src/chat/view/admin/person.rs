//! What is known of somebody in short, and whether they are erased.

use super::super::account::access_word;
use super::super::admin_banner::erasure_waits;
use super::super::keyboard::{Keyboard, Style};
use super::super::{Html, Screen};
use super::buttons::{admin_button, leave_button};
use super::facts::{AdminFacts, PersonFacts};
use super::people::described;
use crate::chat::action::{AdminAction, PersonAction};
use crate::chat::i18n::Texts;

/// Who somebody is, and what can be done with what is stored about them.
pub fn card(about: &PersonFacts, texts: &Texts) -> Screen {
    let (Some(access), Some(account)) = (about.target.access, about.account) else {
        return gone(texts);
    };
    let orders = [("count", about.orders.into()), ("open", (about.open.len() as u64).into())];
    let text = Html::new()
        .bold(&texts.say("person-title"))
        .end_line()
        .then(described(&about.target, texts))
        .line(&texts.say_with("person-account", &[("account", account.to_string().into())]))
        .line(&texts.say_with("person-orders", &orders))
        .line(&access_word(access, texts));
    let text = if about.target.standing.is_admin() { text.line(&texts.say("person-is-admin")) } else { text };
    let person = |action| AdminAction::Person(about.target.id, action);
    let keyboard = Keyboard::new()
        .row([admin_button(texts.say("button-export-person"), person(PersonAction::Export))])
        .row([admin_button(texts.say("button-ask-erase-person"), person(PersonAction::AskErase))])
        .row([leave_button(texts)]);
    Screen { text, keyboard }
}

/// Whether somebody is really erased, and what stays; or why they cannot be.
pub fn erasure(about: &PersonFacts, facts: &AdminFacts, texts: &Texts) -> Screen {
    if about.target.known.is_none() {
        return gone(texts);
    }
    let title = Html::new()
        .bold(&texts.say_with("confirm-erase-person", &[("name", facts.name.into())]))
        .end_line()
        .then(described(&about.target, texts))
        .gap();
    let stop = admin_button(texts.say("button-dismiss"), AdminAction::Leave);
    if !about.open.is_empty() {
        return Screen { text: title.line(&erasure_waits(&about.open, texts)), keyboard: Keyboard::new().row([stop]) };
    }
    let text = title
        .line(&texts.say("person-erase-gone"))
        .line(&texts.say_with("person-erase-stays", &[("count", about.orders.into())]))
        .line(&texts.say("person-erase-beyond"));
    let erase = AdminAction::Person(about.target.id, PersonAction::Erase);
    let erase = admin_button(texts.say("button-erase-person"), erase).styled(Style::Danger);
    Screen { text, keyboard: Keyboard::confirm(erase, stop) }
}

fn gone(texts: &Texts) -> Screen {
    Screen { text: Html::new().line(&texts.say("person-gone")), keyboard: Keyboard::new().row([leave_button(texts)]) }
}
