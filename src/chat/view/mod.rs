//! What people see: one pure function per screen or message, from data and texts to a [`Screen`].

pub mod account;
pub mod admin;
pub mod alert;
pub mod banner;
pub mod billing;
pub mod form;
pub mod html;
pub mod keyboard;
pub mod letter;
pub mod letters;
pub mod menu;
pub mod orders;
pub mod pages;
pub mod parts;
pub mod settings;
pub mod staff;
pub mod staff_banner;
pub mod stats;
pub mod timeline;

use crate::chat::dialogue::{AccountState, Banner, Dialogue, State};
use crate::chat::i18n::Texts;
use crate::config::Shop;
use crate::domain::{Billing, Catalogue, Inviter, IssuedCount, Language, Order, OrderPage, Status};
pub use account::AccountView;
pub use admin::{AdminFacts, AdminSubject};
pub use html::Html;
pub use keyboard::{Button, Keyboard, Press};
pub use letter::{Attachment, OutgoingMessage, Sharing};
pub use settings::SettingsView;
pub use staff::{StaffFacts, StaffSubject};

/// A message as it should stand in the chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// 1–4096 characters after the markup is parsed (<https://core.telegram.org/bots/api#sendmessage>).
    pub text: Html,
    /// The buttons below it.
    pub keyboard: Keyboard,
}

impl Screen {
    /// One sentence without buttons.
    pub fn sentence(sentence: &str) -> Screen {
        Screen { text: Html::new().text(sentence), keyboard: Keyboard::new() }
    }
}

/// Who reads a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Their name.
    pub name: String,
    /// The language that they chose in the settings.
    pub chosen_language: Option<Language>,
    /// Whether others are in their account too, so that a card says whose order it is.
    pub has_colleagues: bool,
}

/// Everything that a customer's screen is made from, beside the dialogue.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// The price list.
    pub catalogue: &'a Catalogue,
    /// The customer.
    pub reader: &'a Reader,
    /// What the dialogue's state shows from the store.
    pub subject: &'a Subject,
}

/// What a state shows from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Nothing.
    Nothing,
    /// A page of the customer's orders.
    Orders(OrderPage),
    /// An order, if it is the customer's.
    Order(Option<Order>),
    /// The serial numbers that the customer was given, newest order first.
    Serials(Vec<IssuedCount>),
    /// What the help has for admins beside the rest.
    AdminHelp,
    /// The customer's account.
    Account(AccountView),
    /// Who invites, if the invitation is valid.
    Invitation(Option<Inviter>),
    /// The account's billing details, if there are any.
    Billing(Option<Billing>),
    /// How the account stands, in short.
    Settings(SettingsView),
}

/// The screen of a dialogue's state, with its banner on top.
pub fn screen(dialogue: &Dialogue, facts: &Facts, texts: &Texts) -> Screen {
    let screen = match (&dialogue.state, facts.subject) {
        (State::Home, _) => pages::home(dialogue, facts, texts),
        (State::OfferToResume, _) => form::resume(dialogue, facts, texts),
        (State::ChoosingProduct { group, page }, _) => form::products(dialogue, group.as_ref(), *page, facts, texts),
        (State::WaitingForQuantity(sku), _) => form::quantity(dialogue, sku, facts, texts),
        (State::WaitingForNote, _) => form::note(dialogue, texts),
        (State::Confirming, _) => form::summary(dialogue, facts, texts),
        (State::ReadingOrders { filter, .. }, Subject::Orders(page)) => orders::list(page, *filter, texts),
        (State::ReadingOrder(_), Subject::Order(Some(order))) => orders::card(order, facts.reader, texts),
        (State::Asking(number, request), Subject::Order(Some(_))) => orders::asking(*number, *request, texts),
        (State::ReadingSerials, Subject::Serials(given)) => orders::serials(given, texts),
        (State::ReadingSerials, _) => orders::serials(&[], texts),
        (State::ReadingOrders { .. } | State::ReadingOrder(_) | State::Asking(..), _) => orders::unknown(texts),
        (State::ReadingPrices { page }, _) => pages::prices(*page, facts, texts),
        (State::ReadingHelp, _) => pages::help(facts, texts),
        (State::ReadingPrivacy, _) => pages::privacy(facts, texts),
        (State::Account(AccountState::ReadingMembers), Subject::Account(view)) => account::members(view, texts),
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
    let Some(banner) = dialogue.banner.as_ref().filter(|banner| holds(banner, facts.subject)) else { return screen };
    let sentence = banner::sentence(banner, &dialogue.state, facts.catalogue, texts);
    Screen { text: Html::new().italic(&sentence).gap().then(screen.text), ..screen }
}

/// Whether a banner is still true: a screen follows what becomes of an order, and a promise is kept by then.
fn holds(banner: &Banner, subject: &Subject) -> bool {
    match (banner, subject) {
        (Banner::OrderSent, Subject::Order(Some(order))) => order.summary.status == Status::Placed,
        _ => true,
    }
}
