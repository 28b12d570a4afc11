//! Picking somebody from the contacts: the buttons that stand in place of a person's own keyboard meanwhile.

use super::{Html, Keyboard, OutgoingMessage, ReplyKeyboard, Screen};
use crate::chat::dialogue::Picking;
use crate::chat::i18n::Texts;
use crate::domain::typed::clean_line;

/// Characters of a name.
const NAME: usize = 64;

/// Offers the contacts.
pub fn offered(for_what: Picking, texts: &Texts) -> OutgoingMessage {
    let sentence = texts.say(match for_what {
        Picking::Admin => "contacts-for-admin",
        Picking::Colleague => "contacts-for-colleague",
    });
    let (pick, give_up) = (texts.say("button-pick"), texts.say("button-give-up-picking"));
    OutgoingMessage::plain(Screen::sentence(&sentence)).typing_on(ReplyKeyboard::Contacts { pick, for_what, give_up })
}

/// Takes the offer back.
pub fn closed(picked: Option<&str>, texts: &Texts) -> OutgoingMessage {
    let sentence = match picked {
        Some(name) => texts.say_with("contacts-picked", &[("name", clean_line(name, NAME).into())]),
        None => texts.say("contacts-closed"),
    };
    let screen = Screen { text: Html::new().inert(&sentence), keyboard: Keyboard::new() };
    OutgoingMessage::plain(screen).typing_on(ReplyKeyboard::Own)
}
