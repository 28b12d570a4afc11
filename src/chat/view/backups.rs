//! What the staff chat hears of the backups that the bot takes by itself.

use chrono::{DateTime, Utc};

use super::{Html, Keyboard, Screen};
use crate::chat::i18n::Texts;

/// There is none that is young enough, and the bot cannot take one.
pub fn missing(taken_at: Option<DateTime<Utc>>, texts: &Texts) -> Screen {
    let said = match taken_at {
        Some(at) => texts.say_with("backup-missing", &[("at", texts.date_time(at).into())]),
        None => texts.say("backup-never"),
    };
    Screen { text: Html::new().line(&said).text(&texts.say("backup-missing-remedy")), keyboard: Keyboard::new() }
}

/// There is one again.
pub fn taken(at: DateTime<Utc>, texts: &Texts) -> Screen {
    Screen::sentence(&texts.say_with("backup-taken", &[("at", texts.date_time(at).into())]))
}
