//! Who the admins are, and questions about people.

use super::super::keyboard::Keyboard;
use super::super::{Html, Screen};
use super::buttons::{admin_button, leave_button};
use super::facts::AdminFacts;
use crate::chat::action::{AdminAction, PersonAction};
use crate::chat::dialogue::AdminState;
use crate::chat::i18n::Texts;
use crate::domain::typed::clean_line;
use crate::domain::{AdminEntry, AdminRight, Target};

/// Admins of the configuration in the list; the rest is counted.
const CONFIGURED_SHOWN: usize = 10;
/// Characters of a name in the list.
const NAME: usize = 64;

/// The admins, those of the configuration first.
pub fn list(admins: &[AdminEntry], facts: &AdminFacts, texts: &Texts) -> Screen {
    let title = Html::new().bold(&texts.say("admins-title")).gap();
    let (configured, appointed): (Vec<_>, Vec<_>) =
        admins.iter().partition(|admin| admin.right == AdminRight::Configured);
    let text = configured
        .iter()
        .take(CONFIGURED_SHOWN)
        .fold(title, |text, admin| text.then(linked(admin)).line(&texts.say("admins-configured")));
    let text = match configured.len().saturating_sub(CONFIGURED_SHOWN) {
        0 => text,
        more => text.line(&texts.say_with("list-more", &[("count", (more as u64).into())])),
    };
    let text = appointed.iter().fold(text, |text, admin| {
        let AdminRight::Appointed { by, at } = &admin.right else { return text };
        let variables = [("name", clean_line(by, NAME).into()), ("date", texts.date(*at).into())];
        text.then(linked(admin)).line(&texts.say_with("admins-appointed", &variables))
    });
    let text = text.gap().line(&texts.say("admins-how"));
    let dismiss = appointed.iter().map(|admin| {
        let label = texts.say_with("button-dismiss-admin", &[("name", name(admin).into())]);
        admin_button(label, AdminAction::Person(admin.id, PersonAction::AskDismiss))
    });
    // Telegram gives the contacts to nobody in a group.
    let pick = facts.is_alone.then(|| admin_button(texts.say("button-pick-admin"), AdminAction::PickAdmin));
    Screen { text, keyboard: Keyboard::new().grid(1, dismiss.collect()).row(pick).row([leave_button(texts)]) }
}

/// Waits for somebody to be picked from the contacts.
pub fn picking(texts: &Texts) -> Screen {
    let back = admin_button(texts.say("button-back"), AdminAction::Admins);
    Screen { text: Html::new().line(&texts.say("contacts-wait-for-admin")), keyboard: Keyboard::new().row([back]) }
}

/// Whether something is really done to somebody.
pub fn confirm(state: &AdminState, target: &Target, facts: &AdminFacts, texts: &Texts) -> Screen {
    let id = target.id;
    let (ask, yes, action) = match state {
        AdminState::ConfirmingAppointment(_) => ("confirm-appoint", "button-appoint", PersonAction::Appoint),
        AdminState::ConfirmingDismissal(_) => ("confirm-dismiss", "button-confirm-dismiss", PersonAction::Dismiss),
        AdminState::ConfirmingBlock(_) => ("confirm-block", "button-block", PersonAction::Block),
        _ => ("confirm-unblock", "button-unblock", PersonAction::Unblock),
    };
    let text = Html::new()
        .bold(&texts.say_with(ask, &[("name", facts.name.into())]))
        .end_line()
        .then(described(target, texts));
    let text = match (state, &target.known) {
        (AdminState::ConfirmingAppointment(_), None) => text.line(&texts.say("contacts-appoint-unknown")),
        _ => text,
    };
    let yes = admin_button(texts.say(yes), AdminAction::Person(id, action));
    let no = admin_button(texts.say("button-dismiss"), AdminAction::Leave);
    Screen { text, keyboard: Keyboard::confirm(yes, no) }
}

pub(super) fn described(target: &Target, texts: &Texts) -> Html {
    let id = texts.say_with("person-id", &[("id", target.id.to_string().into())]);
    let Some(person) = &target.known else {
        return Html::new().line(&id).line(&texts.say("person-unknown"));
    };
    let name = Html::new().person(person.id.0, &person.name);
    let name = match &person.username {
        Some(username) => name.text(&format!(" @{username}")),
        None => name,
    };
    name.end_line().line(&id)
}

fn linked(admin: &AdminEntry) -> Html {
    Html::new().person(admin.id.0, &name(admin))
}

fn name(admin: &AdminEntry) -> String {
    admin.name.as_ref().map_or_else(|| admin.id.to_string(), |name| clean_line(name, NAME))
}
