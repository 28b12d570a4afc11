//! What hangs below a message, as the Bot API writes it today: teloxide's types are older than its colours, its copying
//! and its disabled buttons.

use reqwest::Url;
use serde::Serialize;
use teloxide::requests::Payload;

use super::novelty::{Novelties, Novelty};
use super::reply_keyboard::ReplyKeyboard;
use crate::chat::view::{Button, Keyboard, Press, Style};

/// Buttons on a message (<https://core.telegram.org/bots/api#inlinekeyboardmarkup>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct InlineKeyboard {
    inline_keyboard: Vec<Vec<InlineButton>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct InlineButton {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<&'static str>,
    #[serde(flatten)]
    does: Does,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Does {
    CallbackData(String),
    Url(Url),
    CopyText {
        text: String,
    },
    /// The servers want an object there, of which nothing is said yet.
    Disabled {},
}

impl InlineKeyboard {
    /// The keyboard for a server that does not know these novelties.
    pub(super) fn new(keyboard: &Keyboard, unknown: Novelties) -> InlineKeyboard {
        let rows = keyboard.rows().iter().map(|row| row.iter().filter_map(|button| inline(button, unknown)).collect());
        InlineKeyboard { inline_keyboard: rows.filter(|row: &Vec<InlineButton>| !row.is_empty()).collect() }
    }

    /// Nothing in place of no buttons.
    pub(super) fn unless_empty(self) -> Option<Markup> {
        (!self.inline_keyboard.is_empty()).then_some(Markup::Inline(self))
    }
}

fn inline(button: &Button, unknown: Novelties) -> Option<InlineButton> {
    let does = match &button.press {
        Press::Act(action) => Does::CallbackData(action.encode()),
        Press::Open(url) => Does::Url(url.clone()),
        // What it would copy stands in the text as well.
        Press::Copy(_) if unknown.has(Novelty::Copying) => return None,
        Press::Copy(text) => Does::CopyText { text: text.as_str().to_owned() },
        Press::Inert(action) if unknown.has(Novelty::Disabled) => Does::CallbackData(action.encode()),
        // Nothing beside it: a server would take the button for the other kind.
        Press::Inert(_) => Does::Disabled {},
    };
    let style = button.style.filter(|_| !unknown.has(Novelty::Style)).map(|style| match style {
        Style::Primary => "primary",
        Style::Success => "success",
        Style::Danger => "danger",
    });
    Some(InlineButton { text: button.label.clone(), style, does })
}

/// A payload of teloxide's with buttons of ours.
#[derive(Debug, Serialize)]
pub(super) struct WithButtons<P> {
    #[serde(flatten)]
    pub(super) payload: P,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reply_markup: Option<Markup>,
}

/// What hangs below a message, or stands in place of its reader's keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Markup {
    Inline(InlineKeyboard),
    Reply(ReplyKeyboard),
}

impl<P: Payload> Payload for WithButtons<P> {
    type Output = P::Output;

    const NAME: &'static str = P::NAME;
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use teloxide::payloads::SendMessage;
    use teloxide::types::{ChatId, Recipient};

    use super::*;
    use crate::chat::action::Action;

    #[test]
    fn buttons_are_written_as_a_server_knows_them() {
        let label = |text: &str| text.to_owned();
        let keyboard = Keyboard::new()
            .row([Button::act(label("Send"), Action::Home).styled(Style::Success)])
            .row(Button::copy(label("Copy"), label("AAAA-1")))
            .row([Button::inert(label("Taken"), Action::Home), Button::open(label("Terms"), url())]);
        let send = |unknown| {
            let payload = SendMessage::new(Recipient::Id(ChatId(7)), "x");
            let reply_markup = InlineKeyboard::new(&keyboard, unknown).unless_empty();
            serde_json::to_value(WithButtons { payload, reply_markup }).unwrap()
        };
        let home = Action::Home.encode();
        let terms = json!({ "text": "Terms", "url": "https://example.com/" });
        let known = json!({ "chat_id": 7, "text": "x", "reply_markup": { "inline_keyboard": [
            [{ "text": "Send", "style": "success", "callback_data": home }],
            [{ "text": "Copy", "copy_text": { "text": "AAAA-1" } }],
            [{ "text": "Taken", "disabled": {} }, terms],
        ] } });
        assert_eq!(send(Novelties::default()), known);
        let unknown = [Novelty::Style, Novelty::Copying, Novelty::Disabled];
        let old = json!({ "chat_id": 7, "text": "x", "reply_markup": { "inline_keyboard": [
            [{ "text": "Send", "callback_data": home }],
            [{ "text": "Taken", "callback_data": home }, terms],
        ] } });
        assert_eq!(send(unknown.into_iter().fold(Novelties::default(), Novelties::and)), old);
    }

    fn url() -> Url {
        Url::parse("https://example.com").unwrap()
    }
}
