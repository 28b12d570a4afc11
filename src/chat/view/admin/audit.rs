//! What admins did beside orders: the audit that they read, and what they are told of each other and of the staff chat.

use super::super::keyboard::Keyboard;
use super::super::serial_files::product;
use super::super::{Html, Screen};
use super::buttons::{leave_button, page_line, turn_buttons};
use super::withdrawal;
use crate::chat::action::AdminAction;
use crate::chat::i18n::Texts;
use crate::domain::catalogue::revision::Value;
use crate::domain::typed::clean_line;
use crate::domain::{
    AdminNotification, AuditAction, AuditEntry, AuditPage, Catalogue, Offer, Openness, PersonId, Revision, Target,
};

/// Characters of a name: a page of entries with two names each must fit one message.
const NAME: usize = 64;

/// A page of the audit, the newest first.
pub fn list(page: &AuditPage, catalogue: &Catalogue, texts: &Texts) -> Screen {
    let title = Html::new().bold(&texts.say("audit-title")).gap();
    let text = page.entries.iter().fold(title, |text, entry| {
        let by = match entry.actor.id() {
            Some(id) => named(id, entry.actor.name(), texts),
            None => texts.say("audit-by-server"),
        };
        let heading = [("date", texts.date_time(entry.at).into()), ("name", by.into())];
        text.line(&texts.say_with("audit-entry", &heading)).line(&done(entry, catalogue, texts)).gap()
    });
    let text = if page.entries.is_empty() { text.line(&texts.say("audit-empty")) } else { text };
    let keyboard = Keyboard::new()
        .row(turn_buttons(page.page, page.pages, |page| AdminAction::Audit { page }, texts))
        .row([leave_button(texts)]);
    Screen { text: page_line(text, page.page, page.pages, texts), keyboard }
}

fn done(entry: &AuditEntry, catalogue: &Catalogue, texts: &Texts) -> String {
    let about = |key: &str, person: PersonId| {
        let person = named(person, entry.subject_name.as_deref(), texts);
        texts.say_with(key, &[("person", person.into())])
    };
    match &entry.action {
        AuditAction::Appointed(person) => about("audit-appointed", *person),
        AuditAction::Dismissed(person) => about("audit-dismissed", *person),
        AuditAction::Blocked(person) => about("audit-blocked", *person),
        AuditAction::Unblocked(person) => about("audit-unblocked", *person),
        AuditAction::PersonExported(person) => about("audit-person-exported", *person),
        AuditAction::Exported(period) => texts.say_with("audit-exported", &[("period", texts.period(*period).into())]),
        AuditAction::Imported { sku, added, known } => {
            let counts = [product(sku, catalogue, texts), ("added", (*added).into()), ("known", (*known).into())];
            texts.say_with("audit-imported", &counts)
        }
        AuditAction::Withdrawn { sku, count, reason } => {
            let reason = withdrawal::reason(reason, texts);
            let variables = [product(sku, catalogue, texts), ("count", (*count).into()), ("reason", reason.into())];
            texts.say_with("audit-withdrawn", &variables)
        }
        AuditAction::PriceListApplied => texts.say("audit-price-list"),
        AuditAction::Erased(account) => texts.say_with("audit-erased", &[("account", account.to_string().into())]),
        AuditAction::PriceListRevised(Revision { sku, offer, to }) => {
            let quantity = ("quantity", u64::from(offer.quantity()).into());
            let subject = match offer {
                Offer::Package(_) => texts.say_with("catalogue-package", &[quantity]),
                Offer::Tier(_) => texts.say_with("catalogue-tier", &[quantity]),
            };
            let (key, to) = match to {
                Value::Price(price) => ("audit-price", texts.money(*price)),
                Value::Quantity(quantity) => ("audit-quantity", texts.number((*quantity).into())),
            };
            texts.say_with(key, &[product(sku, catalogue, texts), ("subject", subject.into()), ("to", to.into())])
        }
    }
}

/// What an admin is told in a message of its own; `subject` is the person whom it is about.
pub fn told(notification: &AdminNotification, subject: Option<&Target>, texts: &Texts) -> Screen {
    Screen::sentence(&match notification {
        AdminNotification::Appointed { by, person } => {
            let name = subject.and_then(|target| target.known.as_ref()).map(|known| known.name.as_str());
            let variables = [("name", clean_line(by, NAME).into()), ("person", named(*person, name, texts).into())];
            texts.say_with("told-appointed", &variables)
        }
        AdminNotification::Exported { by, period } => {
            let variables = [("name", clean_line(by, NAME).into()), ("period", texts.period(*period).into())];
            texts.say_with("told-exported", &variables)
        }
        AdminNotification::StaffChatOpen(Openness::Channel) => texts.say("told-staff-chat-channel"),
        AdminNotification::StaffChatOpen(Openness::PublicGroup) => texts.say("told-staff-chat-public"),
        AdminNotification::StaffChatPrivate => texts.say("told-staff-chat-private"),
    })
}

fn named(id: PersonId, name: Option<&str>, texts: &Texts) -> String {
    match name {
        _ if id.is_erased() => texts.say("person-erased"),
        Some(name) => {
            texts.say_with("person-named", &[("name", clean_line(name, NAME).into()), ("id", id.to_string().into())])
        }
        None => id.to_string(),
    }
}
