//! What several methods have in common: parameters, and the shape of an answer.

use super::super::error::ApiError;
use super::super::message::MessageId;
use super::super::params::Params;
use serde_json::{Value, json};

/// The answer of a call that was not refused.
pub(in super::super) struct Success {
    pub(in super::super) result: Value,
    /// A remark that some methods add.
    pub(in super::super) description: Option<&'static str>,
}

impl From<Value> for Success {
    fn from(result: Value) -> Self {
        Self { result, description: None }
    }
}

/// The parameter `allowed_updates`, if it was given.
pub(in super::super) fn allowed_updates(params: &Params) -> Result<Option<Vec<String>>, ApiError> {
    let Some(kinds) = params.json("allowed_updates", "can't parse allowed updates JSON object")? else {
        return Ok(None);
    };
    let Value::Array(kinds) = kinds else {
        return Err(ApiError::bad_request("allowed updates must be an Array"));
    };
    let name = |kind: &Value| kind.as_str().map(str::to_owned);
    Ok(Some(kinds.iter().filter_map(name).collect()))
}

/// The parameter `chat_id`.
pub(super) fn chat_of(params: &Params) -> Result<i64, ApiError> {
    parse_chat(params.text("chat_id"))
}

pub(super) fn parse_chat(chat: &str) -> Result<i64, ApiError> {
    match chat.trim() {
        "" => Err(ApiError::bad_request("chat_id is empty")),
        text => text.parse().map_err(|_| ApiError::bad_request("chat not found")),
    }
}

/// The parameter `message_id`, nothing unless it could be one.
pub(super) fn message_id(params: &Params) -> Option<MessageId> {
    params.integer("message_id").and_then(|id| i32::try_from(id).ok()).filter(|id| *id > 0).map(MessageId)
}

/// At most so many messages at once.
const MOST_AT_ONCE: usize = 100;

/// The parameter `message_ids`.
pub(super) fn message_ids(params: &Params) -> Result<Vec<MessageId>, ApiError> {
    let Some(value) = params.json("message_ids", "can't parse message_ids JSON object")? else {
        return Err(ApiError::bad_request("message identifiers are not specified"));
    };
    let Value::Array(ids) = value else {
        return Err(ApiError::bad_request("expected an Array of message identifiers"));
    };
    if ids.len() > MOST_AT_ONCE {
        return Err(ApiError::bad_request("too many message identifiers specified"));
    }
    ids.iter().map(|id| given_id(id).map_err(ApiError::bad_request)).collect()
}

fn given_id(id: &Value) -> Result<MessageId, &'static str> {
    let id = match id {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return Err("message identifier must be a Number"),
    };
    match id.parse::<i32>() {
        Err(_) => Err("can't parse message identifier as a Number"),
        Ok(..=0) => Err("invalid message identifier specified"),
        Ok(id) => Ok(MessageId(id)),
    }
}

/// A parameter without which there is no call.
pub(super) fn required<'a>(params: &'a Params, name: &str) -> Result<&'a str, ApiError> {
    match params.text(name) {
        "" => Err(ApiError::bad_request(format!("parameter \"{name}\" is required"))),
        text => Ok(text),
    }
}

pub(super) fn done() -> Value {
    json!(true)
}
