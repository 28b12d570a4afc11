//! Buttons in place of a person's own keyboard.

use super::super::json;
use super::super::message::{ReplyButton, RequestUsers};
use super::super::text::cleaned;
use super::parts::{Place, look, web_app_url};
use serde_json::{Map, Value};

/// People that can be chosen at once.
const MOST_USERS: usize = 10;

/// A `KeyboardButton` as it was read.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct KeyboardButton {
    label: String,
    has_icon: bool,
    wants: Want,
}

/// What a press gives to the bot.
#[derive(Debug, Clone, PartialEq)]
enum Want {
    Text,
    Phone,
    Location,
    Poll,
    Users(RequestUsers),
    Chat,
    ManagedBot,
    WebApp { url: String },
}

/// Reads a `KeyboardButton`.
pub(super) fn keyboard_button(value: &Value) -> Result<KeyboardButton, String> {
    match value {
        Value::String(label) => Ok(KeyboardButton { label: label.clone(), has_icon: false, wants: Want::Text }),
        Value::Object(fields) => {
            let label = json::text(fields, "text")?;
            let (_, icon) = look(fields)?;
            Ok(KeyboardButton { label, has_icon: icon.is_some(), wants: want(fields)? })
        }
        _ => Err("KeyboardButton must be a String or an Object".to_owned()),
    }
}

fn want(fields: &Map<String, Value>) -> Result<Want, String> {
    if json::flag(fields, "request_contact")? {
        return Ok(Want::Phone);
    }
    if json::flag(fields, "request_location")? {
        return Ok(Want::Location);
    }
    let is_given = |name: &str| fields.contains_key(name);
    let numbered = |name: &str| json::number(json::object(fields, name)?, "request_id");
    if is_given("request_poll") {
        return json::object(fields, "request_poll").map(|_| Want::Poll);
    }
    if is_given("web_app") {
        let url = json::text(json::object(fields, "web_app")?, "url")?;
        return Ok(Want::WebApp { url });
    }
    if is_given("request_users") {
        return requested_users(json::object(fields, "request_users")?).map(Want::Users);
    }
    if is_given("request_chat") {
        return numbered("request_chat").map(|_| Want::Chat);
    }
    if is_given("request_managed_bot") {
        return numbered("request_managed_bot").map(|_| Want::ManagedBot);
    }
    Ok(Want::Text)
}

fn requested_users(fields: &Map<String, Value>) -> Result<RequestUsers, String> {
    let most = json::optional_number(fields, "max_quantity")?.unwrap_or(1);
    let is_bot = fields.contains_key("user_is_bot").then(|| json::flag(fields, "user_is_bot")).transpose()?;
    json::flag(fields, "user_is_premium")?;
    json::flag(fields, "request_photo")?;
    Ok(RequestUsers {
        request_id: json::int32(fields, "request_id")?,
        is_bot,
        max_quantity: usize::try_from(most).unwrap_or_default().clamp(1, MOST_USERS),
        names: json::flag(fields, "request_name")?,
        usernames: json::flag(fields, "request_username")?,
    })
}

impl KeyboardButton {
    pub(super) fn shows_nothing(&self) -> bool {
        self.label.is_empty() && !self.has_icon
    }

    /// The button as it is sent, if it may stand in this kind of chat.
    pub(super) fn checked(self, place: Place) -> Result<ReplyButton, String> {
        let label = cleaned(&self.label);
        if label.is_empty() {
            return Err("Keyboard button text must be non-empty".to_owned());
        }
        if let (Place::Group, Some(refusal)) = (place, self.wants.refusal_in_groups()) {
            return Err(refusal.to_owned());
        }
        if let Want::WebApp { url } = &self.wants {
            web_app_url(url, "Keyboard button")?;
        }
        let users = match self.wants {
            Want::Users(users) => Some(users),
            _ => None,
        };
        Ok(ReplyButton { label, users })
    }
}

impl Want {
    fn refusal_in_groups(&self) -> Option<&'static str> {
        Some(match self {
            Self::Text => return None,
            Self::Phone => "Phone number can be requested in private chats only",
            Self::Location => "Location can be requested in private chats only",
            Self::Poll => "Poll can be requested in private chats only",
            Self::Users(_) => "Users can be requested in private chats only",
            Self::Chat => "Chats can be requested in private chats only",
            Self::ManagedBot => "Managed bots can be requested in private chats only",
            Self::WebApp { .. } => "Web App buttons can be used in private chats only",
        })
    }
}
