//! A screen: the text of a message and its buttons.

use super::html::Html;
use super::keyboard::Keyboard;

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
