//! What stood in the chats, as JSON: a message a line, so that a person can read it.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use keydesk_emulator::{Attachment, Body, Button, ButtonAction, Emulator, Extras, Message, MessageId, Sender};
use serde_json::{Value, json};

use crate::support::shop::{ADMIN, STAFF_CHAT, Shop};

/// Everybody whose chat can have messages has an id in here, or is the admin.
const PEOPLE: std::ops::Range<i64> = 101..1000;

/// The chats of a shop, with what a redelivery of the last update would bring.
pub fn written(shop: &Shop, last_update: &Value) -> String {
    let chats = [STAFF_CHAT].into_iter().chain(PEOPLE).chain([ADMIN]);
    let messages = chats.flat_map(|chat| shop.emulator.messages(chat));
    let lines: Vec<String> = messages.map(|message| message_json(&shop.emulator, &message).to_string()).collect();
    format!(
        "{{\n\"now\": \"{}\",\n\"last_update\": {last_update},\n\"messages\": [\n{}\n]\n}}\n",
        shop.clock.now().to_rfc3339(),
        lines.join(",\n"),
    )
}

/// What was written, to be put into another emulator.
pub struct World(Value);

impl World {
    pub fn read(text: &str) -> World {
        World(serde_json::from_str(text).unwrap())
    }

    /// When the earlier release stopped.
    pub fn now(&self) -> DateTime<Utc> {
        self.0["now"].as_str().unwrap().parse().unwrap()
    }

    /// Puts the messages where they stood. Telegram does not know that the last update was heard, and brings it again.
    pub fn put_into(&self, emulator: &Emulator) {
        for message in self.0["messages"].as_array().unwrap() {
            let content = message["file"]["text"].as_str().map(|text| text.as_bytes().to_vec());
            emulator.recall(message_of(message, self.now().into()), content);
        }
        emulator.push_raw_update(self.0["last_update"].clone());
    }
}

fn message_json(emulator: &Emulator, message: &Message) -> Value {
    let from = match &message.from {
        Sender::Bot => json!("bot"),
        Sender::AnonymousAdmin => json!("anonymous"),
        Sender::Person(id) => json!(id),
        Sender::Channel { .. } | Sender::OtherBot(_) => panic!("no channel and no other bot writes here"),
    };
    let mut written = json!({ "chat": message.chat, "id": message.id.0, "from": from, "text": message.text });
    if let Some(to) = message.reply_to {
        written["reply_to"] = json!(to.0);
    }
    if !message.keyboard.is_empty() {
        let rows = message.keyboard.iter().map(|row| row.iter().map(button_json).collect::<Vec<_>>());
        written["keyboard"] = json!(rows.collect::<Vec<_>>());
    }
    if let Body::Document(file) | Body::Photo(file) = &message.body {
        let kind = if matches!(message.body, Body::Photo(_)) { "photo" } else { "document" };
        written["file"] = json!({ "kind": kind, "id": file.file_id, "name": file.name, "mime": file.mime });
        // The bot's own files are not fetched again; people's are texts here, whatever they are called, but for the few
        // bytes of an album's pictures, which nobody looks at.
        if let (Sender::Person(_), Some((_, bytes))) = (&message.from, emulator.file(&file.file_id)) {
            written["file"]["text"] = json!(String::from_utf8_lossy(&bytes));
        }
    }
    written
}

fn button_json(button: &Button) -> Value {
    match &button.action {
        ButtonAction::Data(data) => json!([button.label, data]),
        ButtonAction::Url(url) => json!([button.label, { "url": url }]),
        ButtonAction::Other(field, _) => panic!("no button has {field}"),
    }
}

fn message_of(written: &Value, date: SystemTime) -> Message {
    let from = match written["from"].as_i64() {
        Some(id) => Sender::Person(id),
        None if written["from"] == "bot" => Sender::Bot,
        None => Sender::AnonymousAdmin,
    };
    let rows = written["keyboard"].as_array().map(Vec::as_slice).unwrap_or_default();
    Message {
        id: message_id(&written["id"]).unwrap(),
        chat: written["chat"].as_i64().unwrap(),
        from,
        date,
        edited: None,
        body: body_of(&written["file"]),
        text: written["text"].as_str().unwrap().to_owned(),
        entities: Vec::new(),
        keyboard: rows.iter().map(|row| row.as_array().unwrap().iter().map(button_of).collect()).collect(),
        reply_to: message_id(&written["reply_to"]),
        answers_bot: false,
        protect_content: false,
        forwarded_from: None,
        via_bot: None,
        media_group: None,
        extras: Extras::default(),
    }
}

fn message_id(written: &Value) -> Option<MessageId> {
    written.as_i64().map(|id| MessageId(id.try_into().unwrap()))
}

fn body_of(file: &Value) -> Body {
    let text = |field: &str| file[field].as_str().unwrap().to_owned();
    if file.is_null() {
        return Body::Text;
    }
    let size = file["text"].as_str().map_or(0, str::len);
    let attachment = Attachment { file_id: text("id"), name: text("name"), mime: text("mime"), size };
    if file["kind"] == "photo" { Body::Photo(attachment) } else { Body::Document(attachment) }
}

fn button_of(written: &Value) -> Button {
    let action = match written[1].as_str() {
        Some(data) => ButtonAction::Data(data.to_owned()),
        None => ButtonAction::Url(written[1]["url"].as_str().unwrap().to_owned()),
    };
    Button { label: written[0].as_str().unwrap().to_owned(), action, style: None, icon: None }
}
