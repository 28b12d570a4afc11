//! Texts and captions: parsing, trimming, counting.

use super::super::entities::{Entity, EntityKind, cleaned, trimmed, utf16_len, with_automatic};
use super::super::error::ApiError;
use super::super::html;
use super::super::params::Params;
use serde_json::Value;

/// A text and the marks on it.
pub(super) type Marked = (String, Vec<Entity>);

/// The longest text, in UTF-16 code units.
pub(super) const LONGEST_TEXT: usize = 4096;
/// The longest caption, in UTF-16 code units.
pub(super) const LONGEST_CAPTION: usize = 1024;
/// The longest that is even parsed, in bytes.
const LONGEST_SOURCE: usize = 1 << 15;
/// More marks are left out.
const MOST_ENTITIES: usize = 100;

/// The text of a message, not empty.
pub(super) fn text(params: &Params) -> Result<Marked, ApiError> {
    if params.text("text").is_empty() {
        return Err(ApiError::bad_request("message text is empty"));
    }
    let marked = marked(params, "text", "entities")?;
    if marked.0.is_empty() {
        return Err(ApiError::bad_request("text must be non-empty"));
    }
    Ok(marked)
}

/// The caption of a file, maybe empty.
pub(super) fn caption(params: &Params) -> Result<Marked, ApiError> {
    marked(params, "caption", "caption_entities")
}

/// Whether a text is longer than allowed.
pub(super) fn exceeds(text: &str, longest: usize) -> bool {
    utf16_len(text) > longest
}

fn marked(params: &Params, field: &str, entities_field: &str) -> Result<Marked, ApiError> {
    let source = params.text(field);
    if source.len() > LONGEST_SOURCE {
        return Err(ApiError::bad_request("text is too long"));
    }
    let source = cleaned(source);
    let (text, entities) = match params.text("parse_mode").to_ascii_lowercase().as_str() {
        "" | "none" => (source, given_entities(params, entities_field)?),
        "html" => html::parse(&source).map_err(|why| ApiError::bad_request(format!("can't parse entities: {why}")))?,
        "markdown" | "markdownv2" => {
            return Err(ApiError::bad_request("the emulator parses HTML only, not Markdown"));
        }
        _ => return Err(ApiError::bad_request("unsupported parse_mode")),
    };
    let (text, entities) = trimmed(&text, &entities);
    let mut entities = with_automatic(&text, entities);
    entities.truncate(MOST_ENTITIES);
    Ok((text, entities))
}

fn given_entities(params: &Params, field: &str) -> Result<Vec<Entity>, ApiError> {
    let Some(value) = params.json(field, "can't parse entities JSON object")? else {
        return Ok(Vec::new());
    };
    let Value::Array(entities) = value else {
        return Err(ApiError::bad_request("expected an Array of MessageEntity"));
    };
    // What Telegram finds by itself is not taken from the bot.
    Ok(entities.iter().filter_map(given_entity).collect())
}

fn given_entity(json: &Value) -> Option<Entity> {
    let text = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
    let number = |name: &str| json.get(name)?.as_u64().and_then(|n| usize::try_from(n).ok());
    let kind = match text("type")?.as_str() {
        "bold" => EntityKind::Bold,
        "italic" => EntityKind::Italic,
        "underline" => EntityKind::Underline,
        "strikethrough" => EntityKind::Strikethrough,
        "spoiler" => EntityKind::Spoiler,
        "blockquote" => EntityKind::Blockquote,
        "expandable_blockquote" => EntityKind::ExpandableBlockquote,
        "code" => EntityKind::Code,
        "pre" => EntityKind::Pre { language: text("language") },
        "text_link" => EntityKind::TextLink { url: text("url")? },
        "text_mention" => EntityKind::TextMention { user: json.get("user")?.get("id")?.as_i64()? },
        "custom_emoji" => EntityKind::CustomEmoji { id: text("custom_emoji_id")? },
        _ => return None,
    };
    Some(Entity { kind, offset: number("offset")?, length: number("length")? })
}
