//! Buttons in place of a person's own keyboard, as the Bot API writes them
//! (<https://core.telegram.org/bots/api#replykeyboardmarkup>). Private chats only.

use serde::Serialize;

use crate::chat::view;

/// People who are picked at once.
const MOST: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum ReplyKeyboard {
    Shown {
        keyboard: Vec<Vec<KeyboardButton>>,
        resize_keyboard: bool,
        /// It makes room once it was used, and can be had again until it is taken away.
        one_time_keyboard: bool,
    },
    Removed {
        remove_keyboard: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct KeyboardButton {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_users: Option<RequestUsers>,
}

/// <https://core.telegram.org/bots/api#keyboardbuttonrequestusers>
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct RequestUsers {
    request_id: i32,
    user_is_bot: bool,
    max_quantity: u8,
    request_name: bool,
    request_username: bool,
}

impl ReplyKeyboard {
    pub(super) fn of(keyboard: &view::ReplyKeyboard) -> ReplyKeyboard {
        match keyboard {
            view::ReplyKeyboard::Own => ReplyKeyboard::Removed { remove_keyboard: true },
            view::ReplyKeyboard::Contacts { pick, for_what, give_up } => {
                let request_users = RequestUsers {
                    request_id: for_what.request_id(),
                    user_is_bot: false,
                    max_quantity: MOST,
                    request_name: true,
                    request_username: true,
                };
                let pick = KeyboardButton { text: pick.clone(), request_users: Some(request_users) };
                let give_up = KeyboardButton { text: give_up.clone(), request_users: None };
                ReplyKeyboard::Shown {
                    keyboard: vec![vec![pick], vec![give_up]],
                    resize_keyboard: true,
                    one_time_keyboard: true,
                }
            }
        }
    }
}
