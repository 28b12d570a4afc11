//! What people see: one pure function per screen or message, from data and texts to a [`Screen`].

pub mod account;
pub mod admin;
pub mod admin_banner;
pub mod alert;
pub mod background;
pub mod backups;
pub mod banner;
pub mod billing;
pub mod catalogue_faults;
pub mod contacts;
pub mod customer_messages;
mod desk;
pub mod digest;
mod facts;
pub mod failed_updates;
pub mod form;
pub mod html;
pub mod keyboard;
pub mod maintenance;
pub mod menu;
pub mod order_actions;
pub mod orders;
pub mod outgoing_message;
pub mod pages;
pub mod parts;
pub mod products;
mod reply_keyboard;
mod screen;
pub mod serial_files;
pub mod serials;
pub mod settings;
mod shelf;
pub mod staff;
pub mod staff_banner;
pub mod stats;
pub mod timeline;
pub mod typed_order;
pub mod vendor_banner;
pub mod words;

use crate::chat::action::{Action, CardAction};
use crate::chat::dialogue::{AccountState, Banner, Dialogue, State, Unsent};
use crate::chat::i18n::Texts;
use crate::domain::{OrderNumber, Status};
pub use admin::{AdminFacts, AdminSubject, PersonFacts};
pub use facts::{AccountView, Facts, Reader, SettingsView, Subject};
pub use html::{Html, Moment};
pub use keyboard::{Button, Keyboard, Press, Style};
pub use outgoing_message::{Attachment, OutgoingMessage};
pub use reply_keyboard::ReplyKeyboard;
pub use screen::Screen;
pub use staff::{StaffFacts, StaffSubject};

/// Buttons with an order that words may be about, in one row.
const SEND_ABOUT_PER_ROW: usize = 2;

/// The screen of a dialogue's state, with its banner on top.
pub fn screen(dialogue: &Dialogue, facts: &Facts, texts: &Texts) -> Screen {
    let screen = match (&dialogue.state, facts.subject) {
        (State::Home, _) => pages::home(dialogue, facts, texts),
        (State::OfferToResume, _) => form::resume(dialogue, facts, texts),
        (State::OfferToAdd(lines), _) => typed_order::offer(dialogue, lines, facts, texts),
        (State::ChoosingProduct { group, page }, _) => form::products(dialogue, group.as_ref(), *page, facts, texts),
        (State::WaitingForQuantity(sku), _) => form::quantity(dialogue, sku, facts, texts),
        (State::WaitingForNote, _) => form::note(dialogue, texts),
        (State::Confirming, _) => form::summary(dialogue, facts, texts),
        (State::ReadingOrders { filter, .. }, Subject::Orders(page)) => orders::list(page, *filter, texts),
        (State::ReadingOrder(_), Subject::Order(Some(order))) => orders::card(order, facts.reader, texts),
        (State::Asking(number, request), Subject::Order(Some(_))) => orders::asking(*number, *request, texts),
        (State::ReadingSerials, Subject::Serials(given)) => serials::list(given, texts),
        (State::ReadingSerials, _) => serials::list(&[], texts),
        (State::Serials(state), _) => serials::choice(state, facts, texts),
        (State::ReadingOrders { .. } | State::ReadingOrder(_) | State::Asking(..), _) => orders::unknown(texts),
        (State::ReadingPrices { page }, _) => pages::prices(*page, facts, texts),
        (State::ReadingProducts { group, page }, _) => products::list(group.as_ref(), *page, facts, texts),
        (State::ReadingHelp, _) => pages::help(facts, texts),
        (State::ReadingPrivacy, _) => pages::privacy(facts, texts),
        (State::Account(AccountState::ReadingMembers), Subject::Account(view)) => account::members(view, texts),
        (State::Account(AccountState::PickingColleague), Subject::Account(_)) => account::picking(texts),
        (State::Account(AccountState::ConfirmingRemoval(member)), Subject::Account(view)) => {
            account::removal(view, *member, texts)
        }
        (State::Account(AccountState::ConfirmingLeave), Subject::Account(view)) => account::leave(view, texts),
        (State::Account(AccountState::Joining(token)), Subject::Invitation(Some(inviter))) => {
            account::invitation(inviter, *token, texts)
        }
        (State::Account(AccountState::Joining(_)), _) => account::invitation_gone(texts),
        (State::Billing(state), Subject::Billing(kept)) => billing::screen(state, kept.as_ref(), texts),
        (State::Billing(state), _) => billing::screen(state, None, texts),
        (State::ChoosingLanguage | State::Account(_), _) => settings::screen(facts, texts),
    };
    let screen = match &dialogue.unsent {
        Some(unsent) => with_unsent(screen, unsent, texts),
        None => screen,
    };
    let Some(banner) = dialogue.banner.as_ref().filter(|banner| holds(banner, facts.subject)) else { return screen };
    let sentence = banner::sentence(banner, dialogue, facts, texts);
    Screen { text: Html::new().italic(&sentence).gap().then(screen.text), ..screen }
}

/// A screen with words that went to nobody, and the button that sends them.
fn with_unsent(screen: Screen, unsent: &Unsent, texts: &Texts) -> Screen {
    let send = |order: OrderNumber| {
        let label = match unsent.or.is_empty() {
            true => texts.say("button-send-words"),
            false => texts.say_with("button-send-words-about", &[("number", order.to_string().into())]),
        };
        Button::act(label, Action::Card(order, CardAction::SendWords))
    };
    let buttons = Keyboard::new().grid(SEND_ABOUT_PER_ROW, unsent.orders().map(send).collect());
    Screen {
        text: Html::new().italic(&banner::unsent(unsent, texts)).gap().then(screen.text),
        keyboard: screen.keyboard.below(buttons),
    }
}

/// Whether a banner is still true: a screen follows what becomes of an order, and a promise is kept by then.
fn holds(banner: &Banner, subject: &Subject) -> bool {
    match (banner, subject) {
        (Banner::OrderSent, Subject::Order(Some(order))) => order.summary.status == Status::Placed,
        _ => true,
    }
}
