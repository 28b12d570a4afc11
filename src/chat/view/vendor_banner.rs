//! The sentences that answer the vendor's people, on a screen or in a message of their own.

use super::keyboard::{Button, Keyboard};
use super::{Html, Screen, admin_banner, staff_banner};
use crate::chat::action::{Action, AdminAction};
use crate::chat::dialogue::{AdminBanner, VendorBanner};
use crate::chat::i18n::Texts;
use crate::domain::{Catalogue, Person};

/// What a banner says.
pub fn sentence(banner: &VendorBanner, catalogue: &Catalogue, texts: &Texts) -> String {
    match banner {
        VendorBanner::Staff(banner) => staff_banner::sentence(banner, catalogue, texts),
        VendorBanner::Admin(banner) => admin_banner::sentence(banner, catalogue, texts),
    }
}

/// What a banner says as a message of its own; in a group it names its reader.
pub fn message(banner: &VendorBanner, reader: Option<&Person>, catalogue: &Catalogue, texts: &Texts) -> Screen {
    let keyboard = match banner {
        VendorBanner::Admin(AdminBanner::CatalogueCompared(id)) => {
            let compare = Action::Admin(AdminAction::Compare(*id));
            Keyboard::new().row([Button::act(texts.say("button-compare"), compare)])
        }
        _ => Keyboard::new(),
    };
    Screen { keyboard, ..addressed(reader, &sentence(banner, catalogue, texts)) }
}

/// A sentence as a message of its own, which names its reader.
pub fn addressed(reader: Option<&Person>, sentence: &str) -> Screen {
    let text = reader.map_or_else(Html::new, |reader| Html::new().person(reader.id.0, &reader.name).end_line());
    Screen { text: text.text(sentence), keyboard: Keyboard::new() }
}
