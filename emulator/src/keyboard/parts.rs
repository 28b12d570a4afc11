//! What buttons on a message and on a keyboard have in common.

use super::super::{json, link};
use serde_json::{Map, Value};

/// Whose chat a message goes to, as far as its buttons care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Place {
    Private,
    Group,
}

/// The colour of a button and the emoji on it.
pub(super) fn look(fields: &Map<String, Value>) -> Result<(Option<String>, Option<String>), String> {
    let icon = json::optional_number(fields, "icon_custom_emoji_id")?.filter(|id| *id != 0);
    let style = json::optional_text(fields, "style")?.unwrap_or_default().to_ascii_lowercase();
    let style = match style.as_str() {
        "" | "default" => None,
        "primary" | "danger" | "success" => Some(style),
        _ => return Err("invalid button style specified".to_owned()),
    };
    Ok((style, icon.map(|id| id.to_string())))
}

/// The address of a web app.
pub(super) fn web_app_url(url: &str, whose: &str) -> Result<String, String> {
    if link::user_of(url).is_some() {
        return Err("Link to a user can't be used in Web App URL buttons".to_owned());
    }
    link::checked_https(url).map_err(|why| format!("{whose} Web App {why}"))
}
