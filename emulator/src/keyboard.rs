//! Keyboards as the bot sends them.

use super::entities::cleaned;
use super::error::ApiError;
use super::link;
use super::message::{Button, ButtonAction};
use super::params::Params;
use serde_json::{Map, Value};

/// At most so many buttons under a message.
const MOST_BUTTONS: usize = 100;
/// About so much JSON: Telegram counts its own form of it.
const MOST_JSON: usize = 10 * 1024;
/// Buttons beyond these in a row are left out without a word.
const ROW: usize = 12;
/// At most so much callback data, in bytes.
const MOST_DATA: usize = 64;

/// What a message carries below it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Markup {
    /// Buttons on the message; may be empty.
    Inline(Vec<Vec<Button>>),
    /// A keyboard in place of the person's own, its removal, or a forced reply.
    Other,
}

/// Reads `reply_markup`.
pub(super) fn parse(params: &Params) -> Result<Option<Markup>, ApiError> {
    let Some(value) = params.json("reply_markup", "can't parse reply keyboard markup JSON object")? else {
        return Ok(None);
    };
    let Value::Object(fields) = value else {
        return Err(ApiError::bad_request("object expected as reply markup"));
    };
    if let Some(rows) = fields.get("inline_keyboard") {
        return Ok(Some(Markup::Inline(inline_keyboard(rows)?)));
    }
    if let Some(rows) = fields.get("keyboard") {
        rows_of(rows, "keyboard", "ReplyKeyboardMarkup")?;
        return Ok(Some(Markup::Other));
    }
    let given = |name: &str| fields.get(name) == Some(&Value::Bool(true));
    Ok((given("remove_keyboard") || given("force_reply")).then_some(Markup::Other))
}

/// Reads `reply_markup` of a message that is edited.
pub(super) fn parse_inline(params: &Params) -> Result<Vec<Vec<Button>>, ApiError> {
    match parse(params)? {
        None => Ok(Vec::new()),
        Some(Markup::Inline(keyboard)) => Ok(keyboard),
        Some(Markup::Other) => Err(ApiError::bad_request("inline keyboard expected")),
    }
}

/// What Telegram's servers refuse only when the message reaches them.
pub(super) fn check_sent(keyboard: &[Vec<Button>]) -> Result<(), ApiError> {
    let buttons = keyboard.iter().flatten();
    let too_much_data = |button: &Button| match &button.action {
        ButtonAction::Data(data) => data.len() > MOST_DATA,
        _ => false,
    };
    if buttons.clone().any(too_much_data) {
        return Err(ApiError::bad_request("BUTTON_DATA_INVALID"));
    }
    let size = super::render::keyboard_json(keyboard).to_string().len();
    if buttons.count() > MOST_BUTTONS || size > MOST_JSON {
        return Err(ApiError::bad_request("reply markup is too long"));
    }
    Ok(())
}

fn rows_of<'a>(rows: &'a Value, field: &str, object: &str) -> Result<Vec<&'a Vec<Value>>, ApiError> {
    let Value::Array(rows) = rows else {
        return Err(ApiError::bad_request(format!("field \"{field}\" of the {object} must be an Array")));
    };
    let row = |row: &'a Value| {
        row.as_array().ok_or_else(|| {
            ApiError::bad_request(format!("field \"{field}\" of the {object} must be an Array of Arrays"))
        })
    };
    rows.iter().map(row).collect()
}

fn inline_keyboard(rows: &Value) -> Result<Vec<Vec<Button>>, ApiError> {
    let mut keyboard = Vec::new();
    for row in rows_of(rows, "inline_keyboard", "InlineKeyboardMarkup")? {
        let mut buttons = Vec::new();
        for value in row {
            let button = inline_button(value)
                .map_err(|why| ApiError::bad_request(format!("can't parse inline keyboard button: {why}")))?;
            // Telegram leaves a button without a text out, and says nothing.
            if !button.label.is_empty() && buttons.len() < ROW {
                buttons.push(checked_link(button)?);
            }
        }
        if !buttons.is_empty() {
            keyboard.push(buttons);
        }
    }
    Ok(keyboard)
}

fn inline_button(value: &Value) -> Result<Button, String> {
    let Value::Object(fields) = value else {
        return Err("InlineKeyboardButton must be an Object".to_owned());
    };
    let Some(label) = text_field(fields, "text")? else {
        return Err("Can't find field \"text\"".to_owned());
    };
    let label = cleaned(label);
    if let Some(url) = text_field(fields, "url")?.filter(|url| !url.is_empty()) {
        let action = ButtonAction::Url(url.to_owned());
        return Ok(Button { label, action });
    }
    if let Some(data) = text_field(fields, "callback_data")?.filter(|data| !data.is_empty()) {
        let action = ButtonAction::Data(data.to_owned());
        return Ok(Button { label, action });
    }
    let others = [
        "callback_game",
        "pay",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "login_url",
        "web_app",
        "copy_text",
    ];
    for field in others {
        if let Some(value) = fields.get(field) {
            let action = ButtonAction::Other(field.to_owned(), value.clone());
            return Ok(Button { label, action });
        }
    }
    Err("Text buttons are unallowed in the inline keyboard".to_owned())
}

fn text_field<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("Field \"{name}\" must be of type String")),
    }
}

fn checked_link(button: Button) -> Result<Button, ApiError> {
    let ButtonAction::Url(url) = &button.action else {
        return Ok(button);
    };
    if link::user_of(url).is_some() {
        return Ok(button);
    }
    let url = link::checked(url).map_err(|why| ApiError::bad_request(format!("inline keyboard button {why}")))?;
    Ok(Button { action: ButtonAction::Url(url), ..button })
}
