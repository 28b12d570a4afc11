//! Refusals, in Telegram's own words.

use super::json::Fields;
use serde_json::{Value, json};

/// Why a call was refused: what the bot gets instead of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status and `error_code`.
    pub code: u16,
    pub description: String,
    /// `parameters.retry_after`, in seconds.
    pub retry_after: Option<u64>,
    /// `parameters.migrate_to_chat_id`.
    pub migrate_to_chat_id: Option<i64>,
}

impl ApiError {
    /// A refusal with any code and text.
    pub fn new(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), retry_after: None, migrate_to_chat_id: None }
    }

    /// 400 with `Bad Request: ` before the text.
    pub fn bad_request(text: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", uncapitalised(text.as_ref())))
    }

    /// 403 with `Forbidden: ` before the text.
    pub fn forbidden(text: &str) -> Self {
        Self::new(403, format!("Forbidden: {text}"))
    }

    /// 409 with `Conflict: ` before the text.
    pub fn conflict(text: &str) -> Self {
        Self::new(409, format!("Conflict: {text}"))
    }

    /// 429 that asks to wait.
    pub fn too_many_requests(retry_after: u64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(429, format!("Too Many Requests: retry after {retry_after}"))
        }
    }

    /// 400 of a group that became a supergroup.
    pub fn migrated(to: i64) -> Self {
        Self { migrate_to_chat_id: Some(to), ..Self::bad_request("group chat was upgraded to a supergroup chat") }
    }

    /// The body of the answer.
    pub fn body(&self) -> Value {
        let mut body = json!({
            "ok": false,
            "error_code": self.code,
            "description": self.description,
        });
        if let Some(seconds) = self.retry_after {
            body.set("parameters", json!({ "retry_after": seconds }));
        }
        if let Some(chat) = self.migrate_to_chat_id {
            body.set("parameters", json!({ "migrate_to_chat_id": chat }));
        }
        body
    }
}

/// Telegram starts the reason with a small letter, unless it is a constant such as `BUTTON_DATA_INVALID`.
fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else {
        return String::new();
    };
    let constant = chars.clone().next().is_some_and(|second| second == '_' || second.is_ascii_uppercase());
    if constant {
        return text.to_owned();
    }
    first.to_lowercase().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::ApiError;

    #[test]
    fn a_reason_starts_small_and_a_constant_stays_as_it_is() {
        let reason = ApiError::bad_request("Can't parse entities: Unexpected end tag");
        assert_eq!(reason.description, "Bad Request: can't parse entities: Unexpected end tag");
        let constant = ApiError::bad_request("BUTTON_DATA_INVALID");
        assert_eq!(constant.description, "Bad Request: BUTTON_DATA_INVALID");
    }
}
