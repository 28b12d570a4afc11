//! What several methods have in common: parameters, and the shape of an answer.

use super::super::error::ApiError;
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
    match params.text("chat_id").trim() {
        "" => Err(ApiError::bad_request("chat_id is empty")),
        text => text.parse().map_err(|_| ApiError::bad_request("chat not found")),
    }
}

pub(super) fn done() -> Value {
    json!(true)
}
