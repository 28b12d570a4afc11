//! A message as the page shows it.

use super::cast::Cast;
use super::service::{ServiceView, service_view};
use keydesk_emulator::{
    Attachment, Body, Button, ButtonAction, Entity, EntityKind, FileKind, GENERAL_TOPIC, Message, Sender, World,
};
use serde::Serialize;
use serde_json::Value;
use std::time::SystemTime;

#[derive(Debug, Serialize)]
pub(super) struct MessageView {
    id: i32,
    from: SenderView,
    date: u64,
    edited: Option<u64>,
    text: String,
    entities: Vec<EntityView>,
    keyboard: Vec<Vec<ButtonView>>,
    document: Option<DocumentView>,
    photo: Option<PhotoView>,
    /// In a group with topics: in which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<i32>,
    /// Nobody's words, but Telegram's.
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<ServiceView>,
    /// What stands there instead of what this page cannot show.
    placeholder: Option<&'static str>,
    reply_to: Option<i32>,
    /// The emoji with which the bot reacted.
    reaction: Option<String>,
    protected: bool,
    /// Written in a group where the bot sees only what is meant for it, and this is not.
    unseen: bool,
}

/// Whether the messages of a chat stand in topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChatKind {
    Plain,
    Forum,
}

/// Who sent a message; only people have an id.
#[derive(Debug, Serialize)]
struct SenderView {
    id: Option<i64>,
    name: String,
    bot: bool,
}

/// A marked stretch in UTF-16 units, which are JavaScript's as well.
#[derive(Debug, Serialize)]
struct EntityView {
    #[serde(rename = "type")]
    kind: &'static str,
    offset: usize,
    length: usize,
    url: Option<String>,
    /// Of an instant: when, and how an app words it.
    #[serde(skip_serializing_if = "Option::is_none")]
    unix: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<String>,
}

#[derive(Debug, Serialize)]
struct ButtonView {
    label: String,
    /// `danger`, `success` or `primary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<String>,
    url: Option<String>,
    /// What a press puts on the clipboard.
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    disabled: bool,
}

#[derive(Debug, Serialize)]
struct DocumentView {
    name: String,
    size: usize,
    href: String,
}

/// A picture that stands on the page itself; `href` saves it.
#[derive(Debug, Serialize)]
struct PhotoView {
    src: String,
    href: String,
}

/// One message as it stands now.
pub(super) fn message_view(world: &World, cast: &Cast, bot: &str, chat: ChatKind, message: Message) -> MessageView {
    let own_topic = message.extras.thread.filter(|_| message.extras.in_topic);
    MessageView {
        topic: (chat == ChatKind::Forum).then(|| own_topic.unwrap_or(GENERAL_TOPIC).0),
        service: service_view(world, &message.body),
        unseen: message.from != Sender::Bot && !world.bot_sees(&message),
        id: message.id.0,
        from: sender_view(cast, bot, message.from),
        date: unix_time(message.date),
        edited: message.edited.map(unix_time),
        entities: message.entities.into_iter().map(entity_view).collect(),
        keyboard: message.keyboard.into_iter().map(|row| row.into_iter().map(button_view).collect()).collect(),
        placeholder: placeholder(&message.body),
        photo: photo_view(&message.body),
        document: document_view(message.body),
        text: message.text,
        reply_to: message.reply_to.map(|id| id.0),
        reaction: message.extras.reaction,
        protected: message.protect_content,
    }
}

fn sender_view(cast: &Cast, bot: &str, sender: Sender) -> SenderView {
    match sender {
        Sender::Bot => SenderView { id: None, name: bot.to_owned(), bot: true },
        Sender::Person(id) => SenderView { id: Some(id), name: cast.name_of(id).to_owned(), bot: false },
        Sender::Channel { title, .. } => SenderView { id: None, name: title, bot: false },
        Sender::OtherBot(name) => SenderView { id: None, name, bot: false },
        Sender::AnonymousAdmin => SenderView { id: None, name: String::new(), bot: false },
    }
}

fn entity_view(entity: Entity) -> EntityView {
    let Entity { kind, offset, length } = entity;
    let view = EntityView { kind: kind.name(), offset, length, url: None, unix: None, format: None };
    match kind {
        EntityKind::TextLink { url } => EntityView { url: Some(url), ..view },
        EntityKind::DateTime { unix, format } => EntityView { unix: Some(unix), format: Some(format), ..view },
        _ => view,
    }
}

fn button_view(button: Button) -> ButtonView {
    let view = ButtonView { label: button.label, style: button.style, url: None, copies: None, disabled: false };
    match button.action {
        ButtonAction::Url(url) => ButtonView { url: Some(url), ..view },
        ButtonAction::Other(kind, _) if kind == "disabled" => ButtonView { disabled: true, ..view },
        ButtonAction::Other(kind, value) if kind == "copy_text" => {
            ButtonView { copies: value.get("text").and_then(Value::as_str).map(str::to_owned), ..view }
        }
        _ => view,
    }
}

fn placeholder(body: &Body) -> Option<&'static str> {
    match body {
        Body::Text | Body::Document(_) | Body::Photo(_) => None,
        Body::MigratedTo(_) | Body::MigratedFrom(_) | Body::Service(_) => None,
        Body::Media(FileKind::Sticker, _) => Some("sticker"),
        Body::Media(FileKind::Voice, _) => Some("voice"),
        Body::Media(..) => Some("media"),
        Body::Other(..) => Some("other"),
        Body::Contact => Some("contact"),
        Body::Location => Some("location"),
    }
}

fn photo_view(body: &Body) -> Option<PhotoView> {
    let Body::Photo(Attachment { file_id, .. }) = body else {
        return None;
    };
    Some(PhotoView { src: format!("/photo/{file_id}"), href: format!("/file/{file_id}") })
}

fn document_view(body: Body) -> Option<DocumentView> {
    let Body::Document(file) = body else {
        return None;
    };
    Some(DocumentView { href: format!("/file/{}", file.file_id), name: file.name, size: file.size })
}

fn unix_time(at: SystemTime) -> u64 {
    at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
