//! The world as JSON, shaped exactly as the Bot API shapes it.

use super::file_kind::FileKind;
use super::files::unique_id;
use super::json::Fields;
use super::message::{
    Attachment, Body, Button, ButtonAction, Group, GroupKind, Message, MessageId, RequestUsers, Sender, Service,
};
use super::world::World;
use serde_json::{Value, json};
use std::time::SystemTime;

/// Who stands as `from` on a message of an anonymous administrator.
pub(super) const ANONYMOUS_ADMIN: i64 = 1_087_968_824;
/// Any bot but the one that is tried.
const OTHER_BOT: i64 = 93_372_553;
/// Who stands as `from` on a message of a channel in a group.
pub(super) const CHANNEL_BOT: i64 = 136_817_688;

impl World {
    /// The bot as a `User`.
    pub(super) fn bot_json(&self) -> Value {
        json!({
            "id": self.bot.id,
            "is_bot": true,
            "first_name": self.bot.first_name,
            "username": self.bot.username,
        })
    }

    /// A person as a `User`.
    pub(super) fn user_json(&self, id: i64) -> Value {
        if id == self.bot.id {
            return self.bot_json();
        }
        let Some(acquaintance) = self.people.get(&id) else {
            return json!({ "id": id, "is_bot": false, "first_name": "" });
        };
        let person = &acquaintance.person;
        let mut user = json!({ "id": id, "is_bot": false, "first_name": person.first_name });
        set_optional(&mut user, "last_name", person.last_name.as_deref());
        set_optional(&mut user, "username", person.username.as_deref());
        set_optional(&mut user, "language_code", person.language_code.as_deref());
        user
    }

    /// A chat as a `Chat`.
    pub(super) fn chat_json(&self, id: i64) -> Value {
        if let Some(state) = self.groups.get(&id) {
            let mut chat = group_json(&state.group);
            set_optional(&mut chat, "username", state.username.as_deref());
            if state.forum.is_some() {
                chat.set("is_forum", json!(true));
            }
            return chat;
        }
        let mut chat = self.user_json(id);
        if let Some(fields) = chat.as_object_mut() {
            fields.remove("is_bot");
            fields.remove("language_code");
            fields.insert("type".to_owned(), json!("private"));
        }
        chat
    }

    /// A message as a `Message`, with the message that it answers.
    pub(super) fn message_json(&self, message: &Message) -> Value {
        let mut json = self.flat_message_json(message);
        // In a topic, whatever answers nothing else answers the message that created the topic.
        let answered = message.reply_to.or(message.extras.thread.filter(|_| message.extras.in_topic));
        let answered = answered.filter(|id| *id != message.id && message.extras.answers_elsewhere.is_none());
        if let Some(answered) = answered.and_then(|id| self.message(message.chat, id)) {
            json.set("reply_to_message", self.flat_message_json(answered));
        }
        if let Some((chat, id)) = message.extras.answers_elsewhere {
            json.set("external_reply", self.external_reply_json(chat, id));
        }
        json
    }

    fn external_reply_json(&self, chat: i64, id: MessageId) -> Value {
        let Some(answered) = self.message(chat, id) else {
            return json!({ "origin": { "type": "hidden_user", "date": 0, "sender_user_name": "" } });
        };
        let (date, user) = (unix_time(answered.date), self.sender_json(&answered.from));
        json!({
            "origin": { "type": "user", "date": date, "sender_user": user },
            "chat": self.chat_json(chat),
            "message_id": id.0,
        })
    }

    fn flat_message_json(&self, message: &Message) -> Value {
        let mut json = json!({
            "message_id": message.id.0,
            "from": self.sender_json(&message.from),
            "chat": self.chat_json(message.chat),
            "date": unix_time(message.date),
        });
        match &message.from {
            Sender::AnonymousAdmin => json.set("sender_chat", self.chat_json(message.chat)),
            Sender::Channel { id, title } => {
                json.set("sender_chat", json!({ "id": id, "title": title, "type": "channel" }));
            }
            Sender::Bot | Sender::Person(_) | Sender::OtherBot(_) => {}
        }
        if let Some(thread) = message.extras.thread {
            json.set("message_thread_id", json!(thread.0));
        }
        if message.extras.in_topic {
            json.set("is_topic_message", json!(true));
        }
        if let Some(quote) = &message.extras.quote {
            json.set("quote", json!({ "text": quote.text, "position": quote.position, "is_manual": true }));
        }
        if let Some(author) = message.forwarded_from {
            self.add_forward(&mut json, message, author);
        }
        if let Some((id, username)) = &message.via_bot {
            json.set("via_bot", json!({ "id": id, "is_bot": true, "first_name": username, "username": username }));
        }
        if let Some(edited) = message.edited {
            json.set("edit_date", json!(unix_time(edited)));
        }
        if let Some(group) = &message.media_group {
            json.set("media_group_id", json!(group));
        }
        if message.protect_content {
            json.set("has_protected_content", json!(true));
        }
        self.add_body(&mut json, message);
        if !message.keyboard.is_empty() {
            json.set("reply_markup", keyboard_json(&message.keyboard));
        }
        json
    }

    fn add_forward(&self, json: &mut Value, message: &Message, author: i64) {
        let user = self.user_json(author);
        let date = unix_time(message.date);
        json.set("forward_origin", json!({ "type": "user", "sender_user": user, "date": date }));
        json.set("forward_from", user);
        json.set("forward_date", json!(date));
    }

    fn add_body(&self, json: &mut Value, message: &Message) {
        let entities: Vec<Value> =
            message.entities.iter().map(|entity| entity.to_json(|id| self.user_json(id))).collect();
        let (text_field, entities_field) = match &message.body {
            Body::Text => ("text", "entities"),
            _ => ("caption", "caption_entities"),
        };
        if !message.text.is_empty() {
            json.set(text_field, json!(message.text));
        }
        if !entities.is_empty() {
            json.set(entities_field, json!(entities));
        }
        match &message.body {
            Body::Text => {}
            Body::Document(file) => json.set("document", document_json(file)),
            Body::Photo(file) => json.set("photo", json!([photo_size_json(file)])),
            Body::Media(kind, file) => {
                let media = media_json(*kind, file);
                if *kind == FileKind::Animation {
                    json.set("document", media.clone());
                }
                json.set(kind.parameter(), media);
            }
            Body::Other(field, value) => json.set(field, value.clone()),
            Body::Contact => {
                json.set("contact", json!({ "phone_number": "+79001234567", "first_name": "Ivan" }));
            }
            Body::Location => json.set("location", json!({ "latitude": 55.751_244, "longitude": 37.618_423 })),
            Body::MigratedTo(id) => json.set("migrate_to_chat_id", json!(id)),
            Body::MigratedFrom(id) => json.set("migrate_from_chat_id", json!(id)),
            Body::Service(service) => {
                let (field, value) = self.service_json(message.chat, service);
                json.set(field, value);
            }
        }
    }

    /// The field of a service message, and what stands in it.
    fn service_json(&self, chat: i64, service: &Service) -> (&'static str, Value) {
        match service {
            Service::TopicCreated { name, icon_color } => {
                ("forum_topic_created", json!({ "name": name, "icon_color": icon_color }))
            }
            Service::TopicRenamed { name } => ("forum_topic_edited", json!({ "name": name })),
            Service::TopicClosed => ("forum_topic_closed", json!({})),
            Service::TopicReopened => ("forum_topic_reopened", json!({})),
            Service::GeneralTopicHidden => ("general_forum_topic_hidden", json!({})),
            Service::GeneralTopicUnhidden => ("general_forum_topic_unhidden", json!({})),
            Service::Joined(id) => ("new_chat_members", json!([self.user_json(*id)])),
            Service::Left(id) => ("left_chat_member", self.user_json(*id)),
            Service::UsersShared(asked, chosen) => {
                let users: Vec<Value> = chosen.iter().map(|id| self.shared_user_json(asked, *id)).collect();
                ("users_shared", json!({ "request_id": asked.request_id, "users": users }))
            }
            Service::Pinned(id) => {
                let pinned = match self.message(chat, *id) {
                    Some(message) => self.flat_message_json(message),
                    None => json!({ "chat": self.chat_json(chat), "message_id": id.0, "date": 0 }),
                };
                ("pinned_message", pinned)
            }
        }
    }

    /// Somebody whom a person chose, as far as the bot asked about them.
    fn shared_user_json(&self, asked: &RequestUsers, id: i64) -> Value {
        let mut user = json!({ "user_id": id });
        if let Some(known) = self.people.get(&id).map(|known| &known.person) {
            if asked.names {
                user.set("first_name", json!(known.first_name));
                set_optional(&mut user, "last_name", known.last_name.as_deref());
            }
            set_optional(&mut user, "username", known.username.as_deref().filter(|_| asked.usernames));
        }
        user
    }

    /// Whose name stands on a message, by user id.
    pub(super) fn author_of(&self, message: &Message) -> i64 {
        match message.from {
            Sender::Bot => self.bot.id,
            Sender::Person(id) => id,
            Sender::AnonymousAdmin => ANONYMOUS_ADMIN,
            Sender::OtherBot(_) => OTHER_BOT,
            Sender::Channel { .. } => CHANNEL_BOT,
        }
    }

    pub(super) fn sender_json(&self, sender: &Sender) -> Value {
        match sender {
            Sender::Bot => self.bot_json(),
            Sender::Person(id) => self.user_json(*id),
            Sender::AnonymousAdmin => json!({
                "id": ANONYMOUS_ADMIN, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot",
            }),
            Sender::OtherBot(name) => {
                json!({ "id": OTHER_BOT, "is_bot": true, "first_name": name, "username": name })
            }
            Sender::Channel { .. } => json!({
                "id": CHANNEL_BOT, "is_bot": true, "first_name": "Channel", "username": "Channel_Bot",
            }),
        }
    }
}

/// Seconds since 1970.
pub(super) fn unix_time(at: SystemTime) -> u64 {
    at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A keyboard as an `InlineKeyboardMarkup`.
pub(super) fn keyboard_json(keyboard: &[Vec<Button>]) -> Value {
    let button_json = |button: &Button| {
        let mut json = json!({ "text": button.label });
        match &button.action {
            ButtonAction::Data(data) => json.set("callback_data", json!(data)),
            ButtonAction::Url(url) => json.set("url", json!(url)),
            ButtonAction::Other(field, value) => json.set(field, value.clone()),
        }
        set_optional(&mut json, "style", button.style.as_deref());
        set_optional(&mut json, "icon_custom_emoji_id", button.icon.as_deref());
        json
    };
    let rows: Vec<Vec<Value>> = keyboard.iter().map(|row| row.iter().map(button_json).collect()).collect();
    json!({ "inline_keyboard": rows })
}

fn group_json(group: &Group) -> Value {
    match group.kind {
        GroupKind::Group => json!({
            "id": group.id, "title": group.title, "type": "group", "all_members_are_administrators": false,
        }),
        GroupKind::Supergroup => {
            json!({ "id": group.id, "title": group.title, "type": "supergroup" })
        }
        GroupKind::Channel => json!({ "id": group.id, "title": group.title, "type": "channel" }),
    }
}

fn document_json(file: &Attachment) -> Value {
    json!({
        "file_name": file.name,
        "mime_type": file.mime,
        "file_id": file.file_id,
        "file_unique_id": unique_id(&file.file_id),
        "file_size": file.size,
    })
}

fn photo_size_json(file: &Attachment) -> Value {
    json!({
        "file_id": file.file_id,
        "file_unique_id": unique_id(&file.file_id),
        "file_size": file.size,
        "width": 800,
        "height": 600,
    })
}

/// A file of any other kind.
fn media_json(kind: FileKind, file: &Attachment) -> Value {
    let mut media = json!({
        "file_id": file.file_id,
        "file_unique_id": unique_id(&file.file_id),
        "file_size": file.size,
    });
    if kind == FileKind::Sticker {
        for (field, value) in [
            ("type", json!("regular")),
            ("width", json!(512)),
            ("height", json!(512)),
            ("is_animated", json!(false)),
            ("is_video", json!(false)),
            ("emoji", json!("\u{1f44d}")),
            ("set_name", json!("emulated")),
        ] {
            media.set(field, value);
        }
        return media;
    }
    media.set("duration", json!(3));
    match kind {
        FileKind::VideoNote => media.set("length", json!(240)),
        FileKind::Video | FileKind::Animation => {
            media.set("width", json!(640));
            media.set("height", json!(360));
        }
        _ => {}
    }
    if kind != FileKind::VideoNote {
        media.set("mime_type", json!(file.mime));
    }
    if !matches!(kind, FileKind::Voice | FileKind::VideoNote) {
        media.set("file_name", json!(file.name));
    }
    media
}

fn set_optional(json: &mut Value, field: &str, value: Option<&str>) {
    if let Some(value) = value {
        json.set(field, json!(value));
    }
}
