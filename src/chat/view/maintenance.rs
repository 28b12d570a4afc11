//! What a customer reads while the shop is under maintenance.

use super::{Html, Keyboard, Screen};
use crate::chat::i18n::Texts;
use crate::domain::Maintenance;

/// The answer to a message that was not handled; `None` when it is over by now.
pub fn not_done(maintenance: Option<&Maintenance>, texts: &Texts) -> Screen {
    let Some(Maintenance { reason, since, until }) = maintenance else {
        return Screen::sentence(&texts.say("maintenance-over"));
    };
    let since = ("since", texts.date_time(*since).into());
    let begun = match until {
        Some(until) => texts.say_with("maintenance-until", &[since, ("until", texts.date_time(*until).into())]),
        None => texts.say_with("maintenance-since", &[since]),
    };
    let text = Html::new().line(&begun).line(reason).text(&texts.say("maintenance-not-done"));
    Screen { text, keyboard: Keyboard::new() }
}

/// The answer to a press.
pub fn toast(Maintenance { reason, until, .. }: &Maintenance, texts: &Texts) -> String {
    let reason = ("reason", reason.as_str().into());
    match until {
        Some(until) => texts.say_with("maintenance-press-until", &[reason, ("until", texts.date_time(*until).into())]),
        None => texts.say_with("maintenance-press", &[reason]),
    }
}
