//! Texts and captions: parsing, trimming, counting.

use super::super::bot_api::BotApi;
use super::super::entities::{Entity, EntityKind, moment_format, utf16_len, with_automatic};
use super::super::error::ApiError;
use super::super::params::Params;
use super::super::text::{self, Mark};
use super::super::{html, json, link};
use serde_json::{Map, Value};

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

/// A text as the bot wrote it, parsed. What is wrong with it otherwise shows only when its chat was found.
pub(super) struct Source {
    text: String,
    marks: Vec<Mark>,
}

impl Source {
    /// The caption of what takes none.
    pub(super) fn none() -> Self {
        Self { text: String::new(), marks: Vec::new() }
    }
}

/// The text of a message.
pub(super) fn text(params: &Params) -> Result<Source, ApiError> {
    if params.text("text").is_empty() {
        return Err(ApiError::bad_request("message text is empty"));
    }
    let entities = lenient(params, "entities");
    source(params.bot_api, params.text("text"), params.text("parse_mode"), entities.as_ref())
        .map_err(ApiError::bad_request)
}

/// The caption of a file, maybe empty.
pub(super) fn caption(params: &Params) -> Result<Source, ApiError> {
    let entities = lenient(params, "caption_entities");
    source(params.bot_api, params.text("caption"), params.text("parse_mode"), entities.as_ref())
        .map_err(ApiError::bad_request)
}

/// A list of entities; what is no JSON counts as none.
fn lenient(params: &Params, field: &str) -> Option<Value> {
    serde_json::from_str(params.text(field)).ok()
}

/// Parses a text by its mode, or takes its entities as they are given.
pub(super) fn source(
    bot_api: BotApi,
    text: &str,
    parse_mode: &str,
    entities: Option<&Value>,
) -> Result<Source, String> {
    if text.len() > LONGEST_SOURCE {
        return Err("text is too long".to_owned());
    }
    match parse_mode.to_ascii_lowercase().as_str() {
        "" | "none" => {
            let marks = given_marks(entities, bot_api).map_err(|why| format!("can't parse MessageEntity: {why}"))?;
            Ok(Source { text: text.to_owned(), marks })
        }
        _ if text.is_empty() => Ok(Source::none()),
        "html" => {
            let (text, entities) = html::parse(text, bot_api).map_err(|why| format!("can't parse entities: {why}"))?;
            Ok(Source { text, marks: entities.into_iter().filter_map(mark_of).collect() })
        }
        "markdown" | "markdownv2" => Err("the emulator parses HTML only, not Markdown".to_owned()),
        _ => Err("unsupported parse_mode".to_owned()),
    }
}

impl Source {
    /// The text as it is sent, refused when nothing of it can be seen.
    pub(super) fn visible(self) -> Result<Marked, ApiError> {
        match self.fixed()? {
            (text, _) if text::is_empty(&text) => Err(ApiError::bad_request("text must be non-empty")),
            (text, entities) => Ok(complete(text, entities)),
        }
    }

    /// The text as it is sent, empty when nothing of it can be seen.
    pub(super) fn maybe_empty(self) -> Result<Marked, ApiError> {
        match self.fixed()? {
            (text, _) if text::is_empty(&text) => Ok((String::new(), Vec::new())),
            (text, entities) => Ok(complete(text, entities)),
        }
    }

    fn fixed(self) -> Result<Marked, ApiError> {
        let marks = self.marks.into_iter().map(checked).collect::<Result<_, _>>().map_err(ApiError::bad_request)?;
        text::fixed(&self.text, marks).map_err(ApiError::bad_request)
    }
}

fn complete(text: String, entities: Vec<Entity>) -> Marked {
    let mut entities = with_automatic(&text, entities);
    entities.truncate(MOST_ENTITIES);
    (text, entities)
}

/// Whether a text is longer than allowed.
pub(super) fn exceeds(text: &str, longest: usize) -> bool {
    utf16_len(text) > longest
}

fn mark_of(entity: Entity) -> Option<Mark> {
    let offset = i64::try_from(entity.offset).ok()?;
    Some(Mark { kind: entity.kind, offset, length: i64::try_from(entity.length).ok()? })
}

fn given_marks(entities: Option<&Value>, bot_api: BotApi) -> Result<Vec<Mark>, String> {
    let Some(Value::Array(entities)) = entities else {
        return Ok(Vec::new());
    };
    entities.iter().filter_map(|entity| given_mark(entity, bot_api).transpose()).collect()
}

/// An entity of the bot's; none where Telegram finds the kind by itself.
fn given_mark(entity: &Value, bot_api: BotApi) -> Result<Option<Mark>, String> {
    let Value::Object(fields) = entity else {
        return Err("expected an Object".to_owned());
    };
    let (offset, length) = (json::number(fields, "offset")?, json::number(fields, "length")?);
    Ok(given_kind(fields, bot_api)?.map(|kind| Mark { kind, offset, length }))
}

fn given_kind(fields: &Map<String, Value>, bot_api: BotApi) -> Result<Option<EntityKind>, String> {
    Ok(Some(match json::text(fields, "type")?.as_str() {
        "" => return Err("Type is not specified".to_owned()),
        "bold" => EntityKind::Bold,
        "italic" => EntityKind::Italic,
        "underline" => EntityKind::Underline,
        "strikethrough" => EntityKind::Strikethrough,
        "spoiler" => EntityKind::Spoiler,
        "blockquote" => EntityKind::Blockquote,
        "expandable_blockquote" => EntityKind::ExpandableBlockquote,
        "code" => EntityKind::Code,
        "pre" => EntityKind::Pre { language: json::optional_text(fields, "language")?.filter(|name| !name.is_empty()) },
        "text_link" => EntityKind::TextLink { url: json::text(fields, "url")? },
        "text_mention" => EntityKind::TextMention { user: json::number(json::object(fields, "user")?, "id")? },
        "custom_emoji" => EntityKind::CustomEmoji { id: json::number(fields, "custom_emoji_id")?.to_string() },
        "date_time" if bot_api == BotApi::V10_3 => {
            let unix = json::int32(fields, "unix_time")?;
            let format = json::optional_text(fields, "date_time_format")?.unwrap_or_default();
            let format = moment_format(&format).ok_or("Invalid date-time format specified")?;
            match unix > 0 {
                true => EntityKind::DateTime { unix, format },
                false => return Err("Invalid date specified".to_owned()),
            }
        }
        "mention" | "hashtag" | "cashtag" | "bot_command" | "url" | "email" | "phone_number" | "bank_card_number" => {
            return Ok(None);
        }
        _ => return Err("Unsupported type specified".to_owned()),
    }))
}

/// A mark whose link leads somewhere and whose emoji has a number.
fn checked(mark: Mark) -> Result<Mark, String> {
    let kind = match mark.kind {
        EntityKind::TextLink { url } => match link::user_of(&url) {
            Some(user) => EntityKind::TextMention { user },
            None => EntityKind::TextLink { url: link::checked(&url).map_err(|why| format!("Entity {why}"))? },
        },
        EntityKind::CustomEmoji { id } if id == "0" => {
            return Err("Invalid custom emoji identifier specified".to_owned());
        }
        kind => kind,
    };
    Ok(Mark { kind, ..mark })
}
