//! Buttons on a message.

use super::super::entities::utf16_len;
use super::super::error::ApiError;
use super::super::message::{Button, ButtonAction};
use super::super::text::cleaned;
use super::super::{json, link, render};
use super::parts::{Place, look, web_app_url};
use serde_json::{Map, Value};

/// At most so many buttons under a message.
const MOST_BUTTONS: usize = 100;
/// About so much JSON: Telegram counts its own form of it.
const MOST_JSON: usize = 10 * 1024;
/// At most so much callback data, in bytes.
const MOST_DATA: usize = 64;
/// The longest text to copy, in UTF-16 code units.
const LONGEST_COPY: usize = 256;

/// Reads an `InlineKeyboardButton`.
pub(super) fn inline_button(value: &Value) -> Result<Button, String> {
    let Value::Object(fields) = value else {
        return Err("InlineKeyboardButton must be an Object".to_owned());
    };
    let label = json::text(fields, "text")?;
    let (style, icon) = look(fields)?;
    Ok(Button { label, action: action(fields)?, style, icon })
}

/// Of several actions, Telegram takes the first in this order.
fn action(fields: &Map<String, Value>) -> Result<ButtonAction, String> {
    if let Some(url) = json::optional_text(fields, "url")?.filter(|url| !url.is_empty()) {
        return Ok(ButtonAction::Url(url));
    }
    if let Some(data) = json::optional_text(fields, "callback_data")?.filter(|data| !data.is_empty()) {
        return Ok(ButtonAction::Data(data));
    }
    let kinds = [
        "callback_game",
        "pay",
        "switch_inline_query",
        "switch_inline_query_chosen_chat",
        "switch_inline_query_current_chat",
        "login_url",
        "web_app",
        "copy_text",
        "disabled",
    ];
    let given = kinds.into_iter().find_map(|kind| fields.get(kind).map(|value| (kind, value)));
    let Some((kind, value)) = given else {
        return Err("Text buttons are unallowed in the inline keyboard".to_owned());
    };
    match kind {
        "switch_inline_query" | "switch_inline_query_current_chat" => drop(json::text(fields, kind)?),
        "switch_inline_query_chosen_chat" => drop(json::object(fields, kind)?),
        "login_url" => check_login(json::object(fields, kind)?)?,
        "web_app" => drop(json::text(json::object(fields, kind)?, "url")?),
        "copy_text" => drop(json::text(json::object(fields, kind)?, "text")?),
        _ => {}
    }
    Ok(ButtonAction::Other(kind.to_owned(), value.clone()))
}

fn check_login(login: &Map<String, Value>) -> Result<(), String> {
    json::text(login, "url")?;
    let bot = json::optional_text(login, "bot_username")?.unwrap_or_default();
    let name = bot.strip_prefix('@').unwrap_or(&bot);
    let is_name = !name.is_empty() && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
    match bot.is_empty() || is_name {
        true => Ok(()),
        false => Err("LoginUrl bot username is invalid".to_owned()),
    }
}

impl Button {
    pub(super) fn shows_nothing(&self) -> bool {
        self.label.is_empty() && self.icon.is_none()
    }
}

/// A button as it is sent: cleaned, its address written out.
pub(super) fn checked(button: Button) -> Result<Button, String> {
    let label = cleaned(&button.label);
    if label.is_empty() {
        return Err("Inline keyboard button text must be non-empty".to_owned());
    }
    let action = match button.action {
        ButtonAction::Url(url) if link::user_of(&url).is_none() => {
            ButtonAction::Url(link::checked(&url).map_err(|why| format!("Inline keyboard button {why}"))?)
        }
        ButtonAction::Other(kind, value) => {
            let url = value.get("url").and_then(Value::as_str).unwrap_or_default();
            match kind.as_str() {
                "login_url" if link::user_of(url).is_some() => {
                    return Err("Link to a user can't be used in login URL buttons".to_owned());
                }
                "login_url" => {
                    drop(link::checked_https(url).map_err(|why| format!("Inline keyboard button login {why}"))?);
                }
                "web_app" => drop(web_app_url(url, "Inline keyboard button")?),
                _ => {}
            }
            ButtonAction::Other(kind, value)
        }
        action => action,
    };
    Ok(Button { label, action, ..button })
}

/// What Telegram's servers refuse only when the message reaches them.
pub(in super::super) fn check_sent(keyboard: &[Vec<Button>], place: Place) -> Result<(), ApiError> {
    let buttons = keyboard.iter().flatten();
    for button in buttons.clone() {
        if let Some(refusal) = refusal(&button.action, place) {
            return Err(ApiError::bad_request(refusal));
        }
    }
    let size = render::keyboard_json(keyboard).to_string().len();
    if buttons.count() > MOST_BUTTONS || size > MOST_JSON {
        return Err(ApiError::bad_request("reply markup is too long"));
    }
    Ok(())
}

fn refusal(action: &ButtonAction, place: Place) -> Option<&'static str> {
    match action {
        ButtonAction::Data(data) if data.len() > MOST_DATA => Some("BUTTON_DATA_INVALID"),
        ButtonAction::Data(_) | ButtonAction::Url(_) => None,
        ButtonAction::Other(kind, value) => match kind.as_str() {
            // A bot logs people in on the site that its owner named; this bot's owner named none.
            "login_url" => Some("BOT_DOMAIN_INVALID"),
            "web_app" if place == Place::Group => Some("BUTTON_TYPE_INVALID"),
            "copy_text" => {
                let text = value.get("text").and_then(Value::as_str).unwrap_or_default();
                (!(1..=LONGEST_COPY).contains(&utf16_len(text))).then_some("BUTTON_COPY_TEXT_INVALID")
            }
            _ => None,
        },
    }
}
