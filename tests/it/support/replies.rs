//! Messages of staff that the emulator's people do not send: several files at once, videos, forwarded files.

use keydesk_emulator::MessageId;
use serde_json::{Value, json};

use super::visitor::Visitor;

impl Visitor<'_> {
    /// Sends a message with these fields, as an answer to a message of the bot if one is named.
    pub async fn sends_raw(&self, to: Option<MessageId>, fields: &[Value]) {
        for fields in fields {
            let mut message = json!({
                "message_id": 900_000,
                "date": 0,
                "from": { "id": self.id, "is_bot": false, "first_name": "Вера", "username": "vera", "language_code": "ru" },
                "chat": { "id": self.chat, "type": "supergroup", "title": "Сотрудники" },
            });
            let message_fields = message.as_object_mut().unwrap();
            if let Some(to) = to {
                let bot =
                    json!({ "id": 1_000_000_001, "is_bot": true, "first_name": "keydesk", "username": "keydesk_bot" });
                message_fields.insert("reply_to_message".to_owned(), json!({ "message_id": to.0, "from": bot }));
            }
            message_fields.extend(fields.as_object().unwrap().clone());
            self.shop.emulator.push_raw_update(json!({ "message": message }));
        }
        self.shop.settle().await;
    }
}

/// The fields of a document with this name.
pub fn document_fields(name: &str) -> Value {
    json!({ "document": { "file_id": name, "file_unique_id": name, "file_name": name } })
}

/// The same fields with one more.
pub fn with(mut fields: Value, name: &str, value: Value) -> Value {
    fields.as_object_mut().unwrap().insert(name.to_owned(), value);
    fields
}
