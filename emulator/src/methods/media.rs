//! Media that are described within a parameter: `InputMediaPhoto` and `InputMediaDocument`.

use super::super::error::ApiError;
use super::super::file_kind::FileKind;
use super::super::json;
use super::super::params::Params;
use super::content::File;
use super::format::{self, Source};
use super::parts::required;
use serde_json::{Map, Value};

pub(super) struct Media<'a> {
    pub(super) file: File<'a>,
    pub(super) kind: FileKind,
    pub(super) caption: Source,
}

/// The parameter `media` of a call about one message.
pub(super) fn one(params: &Params) -> Result<Media<'_>, ApiError> {
    let value = serde_json::from_str(required(params, "media")?)
        .map_err(|_| ApiError::bad_request("can't parse input media JSON object"))?;
    described(params, &value)
}

/// The parameter `media` of an album.
pub(super) fn several(params: &Params) -> Result<Vec<Media<'_>>, ApiError> {
    let value = serde_json::from_str(required(params, "media")?)
        .map_err(|_| ApiError::bad_request("can't parse media JSON object"))?;
    let Value::Array(list) = value else {
        return Err(ApiError::bad_request("expected an Array of InputMedia"));
    };
    list.iter().map(|value| described(params, value)).collect()
}

fn described<'a>(params: &'a Params, value: &Value) -> Result<Media<'a>, ApiError> {
    let wrong = |why: String| ApiError::bad_request(format!("can't parse InputMedia: {why}"));
    match value {
        Value::Object(fields) => read(params, fields).map_err(wrong),
        _ => Err(wrong("expected an Object".to_owned())),
    }
}

fn read<'a>(params: &'a Params, fields: &Map<String, Value>) -> Result<Media<'a>, String> {
    let text = |name: &str| json::optional_text(fields, name).map(Option::unwrap_or_default);
    let (caption, mode) = (text("caption")?, text("parse_mode")?);
    let caption = format::source(params.bot_api, &caption, &mode, fields.get("caption_entities"))?;
    let kind = json::text(fields, "type")?;
    let file = File::attached(params, &text("media")?).ok_or("media not found")?;
    match kind.as_str() {
        "photo" => Ok(Media { file, kind: FileKind::Photo, caption }),
        "document" => Ok(Media { file, kind: FileKind::Document, caption }),
        _ => Err(format!("type \"{kind}\" is unsupported")),
    }
}
