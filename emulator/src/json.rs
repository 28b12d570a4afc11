//! JSON objects: writing them field by field, and reading them with the Bot API server's complaints.

use serde_json::{Map, Value};

/// Objects that take fields.
pub(super) trait Fields {
    /// Sets a field; a value that is no object stays as it is.
    fn set(&mut self, name: &str, value: impl Into<Value>);
}

impl Fields for Value {
    fn set(&mut self, name: &str, value: impl Into<Value>) {
        if let Some(fields) = self.as_object_mut() {
            fields.insert(name.to_owned(), value.into());
        }
    }
}

/// A text, or a number taken as one.
pub(super) fn optional_text(fields: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(format!("Field \"{name}\" must be of type String")),
    }
}

pub(super) fn text(fields: &Map<String, Value>, name: &str) -> Result<String, String> {
    optional_text(fields, name)?.ok_or_else(|| missing(name))
}

/// A whole number, or a text that is one.
pub(super) fn optional_number(fields: &Map<String, Value>, name: &str) -> Result<Option<i64>, String> {
    let number = match fields.get(name) {
        None => return Ok(None),
        Some(Value::Number(number)) => number.as_i64(),
        Some(Value::String(text)) => text.parse().ok(),
        Some(_) => return Err(format!("Field \"{name}\" must be a Number")),
    };
    number.map(Some).ok_or_else(|| format!("Field \"{name}\" must be a valid Number"))
}

pub(super) fn number(fields: &Map<String, Value>, name: &str) -> Result<i64, String> {
    optional_number(fields, name)?.ok_or_else(|| missing(name))
}

pub(super) fn int32(fields: &Map<String, Value>, name: &str) -> Result<i32, String> {
    i32::try_from(number(fields, name)?).map_err(|_| format!("Field \"{name}\" must be a valid Number"))
}

pub(super) fn flag(fields: &Map<String, Value>, name: &str) -> Result<bool, String> {
    match fields.get(name) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(format!("Field \"{name}\" must be of type Boolean")),
    }
}

pub(super) fn object<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<&'a Map<String, Value>, String> {
    match fields.get(name) {
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(format!("Field \"{name}\" must be of type Object")),
        None => Err(missing(name)),
    }
}

fn missing(name: &str) -> String {
    format!("Can't find field \"{name}\"")
}
