//! Buttons in place of a person's own keyboard.

use super::super::json;
use super::super::text::cleaned;
use super::parts::{Place, look, web_app_url};
use serde_json::{Map, Value};

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
    Users,
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
        return numbered("request_users").map(|_| Want::Users);
    }
    if is_given("request_chat") {
        return numbered("request_chat").map(|_| Want::Chat);
    }
    if is_given("request_managed_bot") {
        return numbered("request_managed_bot").map(|_| Want::ManagedBot);
    }
    Ok(Want::Text)
}

impl KeyboardButton {
    pub(super) fn shows_nothing(&self) -> bool {
        self.label.is_empty() && !self.has_icon
    }

    /// The label as it is sent, if the button may stand in this kind of chat.
    pub(super) fn checked(self, place: Place) -> Result<String, String> {
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
        Ok(label)
    }
}

impl Want {
    fn refusal_in_groups(&self) -> Option<&'static str> {
        Some(match self {
            Self::Text => return None,
            Self::Phone => "Phone number can be requested in private chats only",
            Self::Location => "Location can be requested in private chats only",
            Self::Poll => "Poll can be requested in private chats only",
            Self::Users => "Users can be requested in private chats only",
            Self::Chat => "Chats can be requested in private chats only",
            Self::ManagedBot => "Managed bots can be requested in private chats only",
            Self::WebApp { .. } => "Web App buttons can be used in private chats only",
        })
    }
}
