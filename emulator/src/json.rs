//! Writing JSON objects field by field.

use serde_json::Value;

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
