//! Sending.

use super::super::error::ApiError;
use super::super::files::{FileKind, LARGEST_UPLOAD};
use super::super::keyboard::{self, Markup};
use super::super::message::{Attachment, Body, Message, MessageId, Sender};
use super::super::params::Params;
use super::super::world::World;
use super::format::{self, LONGEST_CAPTION, LONGEST_TEXT, Marked};
use super::parts::{chat_of, done};
use serde_json::Value;

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

pub(super) fn send_message(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let marked = format::text(params)?;
    send(world, params, marked, |_, message| {
        if format::exceeds(&message.text, LONGEST_TEXT) {
            return Err(ApiError::bad_request("message is too long"));
        }
        Ok(())
    })
}

pub(super) fn send_document(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let marked = format::caption(params)?;
    check_file(world, params, FileKind::Document)?;
    send(world, params, marked, |world, message| {
        check_caption(message)?;
        message.body = Body::Document(attachment(world, params, FileKind::Document)?);
        Ok(())
    })
}

pub(super) fn send_photo(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let marked = format::caption(params)?;
    check_file(world, params, FileKind::Photo)?;
    send(world, params, marked, |world, message| {
        check_caption(message)?;
        if let Some(upload) = params.upload("photo")
            && !is_picture(&upload.bytes)
        {
            return Err(ApiError::bad_request("IMAGE_PROCESS_FAILED"));
        }
        message.body = Body::Photo(attachment(world, params, FileKind::Photo)?);
        Ok(())
    })
}

pub(super) fn send_chat_action(world: &World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    if !ACTIONS.contains(&params.text("action")) {
        return Err(ApiError::bad_request("wrong parameter action in request"));
    }
    world.may_write(chat)?;
    Ok(done())
}

fn send(
    world: &mut World,
    params: &Params,
    (text, entities): Marked,
    finish: impl FnOnce(&mut World, &mut Message) -> Result<(), ApiError>,
) -> Result<Value, ApiError> {
    let keyboard = match keyboard::parse(params)? {
        Some(Markup::Inline(keyboard)) => keyboard,
        Some(Markup::Other) | None => Vec::new(),
    };
    let chat = chat_of(params)?;
    world.known_chat(chat)?;
    let reply_to = replied(world, params, chat)?;
    world.pass_flood(chat)?;
    world.may_write(chat)?;
    keyboard::check_sent(&keyboard)?;
    let mut message = world.draft(chat, Sender::Bot);
    message.text = text;
    message.entities = entities;
    message.keyboard = keyboard;
    message.reply_to = reply_to;
    message.protect_content = params.is_true("protect_content");
    finish(world, &mut message)?;
    let message = world.store(message);
    Ok(world.message_json(&message))
}

/// The message that is answered, if it still stands.
fn replied(world: &World, params: &Params, chat: i64) -> Result<Option<MessageId>, ApiError> {
    let given = params.json("reply_parameters", "can't parse reply parameters JSON object")?;
    let (id, may_be_gone) = match &given {
        Some(Value::Object(fields)) => (
            fields.get("message_id").and_then(Value::as_i64),
            fields.get("allow_sending_without_reply") == Some(&Value::Bool(true)),
        ),
        Some(_) => return Err(ApiError::bad_request("object expected as reply parameters")),
        None => (params.integer("reply_to_message_id"), params.is_true("allow_sending_without_reply")),
    };
    let Some(id) = id.filter(|id| *id > 0) else {
        return Ok(None);
    };
    let id = MessageId(i32::try_from(id).unwrap_or_default());
    match world.message(chat, id) {
        Some(_) => Ok(Some(id)),
        None if may_be_gone => Ok(None),
        None => Err(ApiError::bad_request("message to be replied not found")),
    }
}

fn check_caption(message: &Message) -> Result<(), ApiError> {
    if format::exceeds(&message.text, LONGEST_CAPTION) {
        return Err(ApiError::bad_request("message caption is too long"));
    }
    Ok(())
}

fn check_file(world: &World, params: &Params, kind: FileKind) -> Result<(), ApiError> {
    let field = kind.parameter();
    if let Some(upload) = params.upload(field) {
        return match upload.bytes.len() {
            0 => Err(ApiError::bad_request("file must be non-empty")),
            size if size > LARGEST_UPLOAD => Err(ApiError::new(413, "Request Entity Too Large")),
            _ => Ok(()),
        };
    }
    let id = params.text(field);
    if id.is_empty() || id.starts_with("attach://") {
        return Err(ApiError::bad_request(format!("there is no {field} in the request")));
    }
    if id.contains("://") {
        return Err(ApiError::bad_request("failed to get HTTP URL content"));
    }
    match world.files.by_id(id) {
        Some(file) if file.kind == kind => Ok(()),
        Some(file) => Err(ApiError::bad_request(format!("can't use file of type {:?} as {kind:?}", file.kind))),
        None => Err(unknown_file()),
    }
}

fn attachment(world: &mut World, params: &Params, kind: FileKind) -> Result<Attachment, ApiError> {
    let field = kind.parameter();
    if let Some(upload) = params.upload(field) {
        let bytes = upload.bytes.clone();
        return Ok(world.files.keep(kind, &upload.name, &upload.mime, bytes));
    }
    let stored = world.files.by_id(params.text(field));
    stored.map(|file| file.attachment.clone()).ok_or_else(unknown_file)
}

fn unknown_file() -> ApiError {
    ApiError::bad_request("wrong file identifier/HTTP URL specified")
}

/// JPEG, PNG, GIF or WebP by its first bytes.
fn is_picture(bytes: &[u8]) -> bool {
    let starts = [&b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF"];
    starts.iter().any(|start| bytes.starts_with(start))
}
