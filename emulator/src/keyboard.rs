//! What a message carries below it, as the bot sends it: read, checked once its chat is known, refused by the servers.

mod inline;
mod parts;
mod reply;

use super::error::ApiError;
use super::json;
use super::message::{Button, ReplyKeyboard};
use super::params::Params;
use inline::inline_button;
use reply::{KeyboardButton, keyboard_button};
use serde_json::{Map, Value};

pub(super) use inline::check_sent;
pub(super) use parts::Place;

/// Buttons beyond these in a row are left out without a word.
const ROW: usize = 12;
/// And those beyond these altogether.
const MOST_KEPT: usize = 300;

/// `reply_markup` as it was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Markup {
    /// Buttons on the message.
    Inline(Vec<Vec<Button>>),
    /// Buttons in place of the person's own keyboard.
    Keyboard(Vec<Vec<KeyboardButton>>),
    Remove,
    ForceReply,
}

/// `reply_markup` as its message keeps it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Below {
    pub(super) buttons: Vec<Vec<Button>>,
    pub(super) keyboard: Option<ReplyKeyboard>,
}

/// Reads `reply_markup`.
pub(super) fn parse(params: &Params) -> Result<Option<Markup>, ApiError> {
    let Some(mut value) = params.json("reply_markup", "can't parse reply keyboard markup JSON object")? else {
        return Ok(None);
    };
    params.bot_api.read_markup(&mut value);
    let Value::Object(fields) = value else {
        return Err(ApiError::bad_request("object expected as reply markup"));
    };
    read(&fields).map_err(ApiError::bad_request)
}

fn read(fields: &Map<String, Value>) -> Result<Option<Markup>, String> {
    let keyboard = rows_of(fields, "keyboard", "", |button| {
        keyboard_button(button).map_err(|why| format!("can't parse keyboard button: {why}"))
    })?;
    let inline = rows_of(fields, "inline_keyboard", " of the InlineKeyboardMarkup", |button| {
        inline_button(button).map_err(|why| format!("can't parse inline keyboard button: {why}"))
    })?;
    let mut set = Vec::new();
    for name in ["remove_keyboard", "force_reply", "selective", "resize_keyboard", "one_time_keyboard", "is_persistent"]
    {
        if json::flag(fields, name)? {
            set.push(name);
        }
    }
    json::optional_text(fields, "input_field_placeholder")?;
    Ok(match (keyboard.is_empty(), inline.is_empty()) {
        (false, _) => Some(Markup::Keyboard(keyboard)),
        (true, false) => Some(Markup::Inline(inline)),
        (true, true) if set.contains(&"remove_keyboard") => Some(Markup::Remove),
        (true, true) if set.contains(&"force_reply") => Some(Markup::ForceReply),
        (true, true) => None,
    })
}

fn rows_of<B>(
    fields: &Map<String, Value>,
    name: &str,
    of: &str,
    button: impl Fn(&Value) -> Result<B, String>,
) -> Result<Vec<Vec<B>>, String> {
    let rows = match fields.get(name) {
        None => return Ok(Vec::new()),
        Some(Value::Array(rows)) => rows,
        Some(_) => return Err(format!("Field \"{name}\" must be of type Array")),
    };
    let row = |row: &Value| match row {
        Value::Array(row) => row.iter().map(&button).collect(),
        _ => Err(format!("Field \"{name}\"{of} must be an Array of Arrays")),
    };
    rows.iter().map(row).collect()
}

impl Markup {
    /// What a message in this kind of chat keeps of it.
    pub(super) fn checked(self, place: Place) -> Result<Below, ApiError> {
        let below = match self {
            Self::Inline(rows) => {
                Below { buttons: kept(rows, Button::shows_nothing, inline::checked)?, keyboard: None }
            }
            Self::Keyboard(rows) => {
                let labels = kept(rows, KeyboardButton::shows_nothing, |button| button.checked(place))?;
                let keyboard = (!labels.is_empty()).then_some(ReplyKeyboard::Shown(labels));
                Below { buttons: Vec::new(), keyboard }
            }
            Self::Remove => Below { buttons: Vec::new(), keyboard: Some(ReplyKeyboard::Removed) },
            Self::ForceReply => Below { buttons: Vec::new(), keyboard: Some(ReplyKeyboard::ForcedReply) },
        };
        Ok(below)
    }

    /// The buttons of a message that is edited: it takes no others than its own.
    pub(super) fn inline(self) -> Result<Vec<Vec<Button>>, ApiError> {
        match self {
            Self::Inline(_) => Ok(self.checked(Place::Group)?.buttons),
            _ => Err(ApiError::bad_request("inline keyboard expected")),
        }
    }
}

/// The buttons that can be seen, each checked; too many of them are left out like those that show nothing.
fn kept<B, K>(
    rows: Vec<Vec<B>>,
    shows_nothing: impl Fn(&B) -> bool,
    check: impl Fn(B) -> Result<K, String>,
) -> Result<Vec<Vec<K>>, ApiError> {
    let mut room = MOST_KEPT;
    let mut result = Vec::new();
    for row in rows {
        let seen = row.into_iter().filter(|button| !shows_nothing(button)).take(ROW.min(room));
        let row: Vec<K> = seen.map(&check).collect::<Result<_, _>>().map_err(ApiError::bad_request)?;
        room -= row.len();
        if !row.is_empty() {
            result.push(row);
        }
    }
    Ok(result)
}
