//! What a text has a place for.

use fluent_bundle::FluentValue;

/// A variable of a text.
#[derive(Debug, Clone)]
pub enum Value {
    /// Shown as it is.
    Text(String),
    /// Shown grouped, and chooses the plural form.
    Count(u64),
}

impl Value {
    pub(super) fn fluent(&self) -> FluentValue<'_> {
        match self {
            Value::Text(text) => FluentValue::String(text.as_str().into()),
            Value::Count(count) => FluentValue::from(*count),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Value {
        Value::Count(count)
    }
}
