//! What a visitor can do in a chat: write, press a button, choose people, send a file, block the bot.

use super::picture::travels_as_photo;
use super::refusal::Refusal;
use super::stage::Stage;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::routing::post;
use axum::{Json, Router};
use keydesk_emulator::{Content, GENERAL_TOPIC, MessageId, NotChosen};
use serde::Deserialize;
use serde_json::{Value, json};
use std::str::FromStr;

/// As Telegram holds texts and captions, in UTF-16 units.
const TEXT_LIMIT: usize = 4096;
const CAPTION_LIMIT: usize = 1024;
/// The largest file that a bot can download from Telegram.
const FILE_LIMIT: usize = 20 * 1024 * 1024;
/// Room for the other fields of a form and for the longest text as JSON.
const FIELDS_LIMIT: usize = 64 * 1024;

/// The routes of the actions.
pub(super) fn routes() -> Router<Stage> {
    Router::new()
        .route("/say", post(say))
        .route("/edit", post(edit))
        .route("/tap", post(tap))
        .route("/choose", post(choose))
        .route("/block", post(block))
        .route("/unblock", post(unblock))
        .layer(DefaultBodyLimit::max(FIELDS_LIMIT))
        .merge(Router::new().route("/send", post(send)).layer(DefaultBodyLimit::max(FILE_LIMIT + FIELDS_LIMIT)))
}

#[derive(Debug, Deserialize)]
struct Say {
    pane: String,
    person: i64,
    text: String,
    reply_to: Option<i32>,
    topic: Option<i32>,
}

async fn say(State(stage): State<Stage>, body: Result<Json<Say>, JsonRejection>) -> Result<Json<Value>, Refusal> {
    let Json(said) = body?;
    let pane = stage.cast.pane(&said.pane, said.person)?;
    check_text(&said.text)?;
    match (said.reply_to, topic(said.topic)) {
        (Some(to), _) => stage.emulator.reply(pane.chat, said.person, MessageId(to), &said.text),
        (None, Some(topic)) => stage.emulator.say_in_topic(pane.chat, topic, said.person, &said.text),
        (None, None) => stage.emulator.say(pane.chat, said.person, &said.text),
    };
    Ok(Json(json!({})))
}

/// General is where whatever names no topic goes.
fn topic(named: Option<i32>) -> Option<MessageId> {
    named.map(MessageId).filter(|topic| *topic != GENERAL_TOPIC)
}

fn check_text(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::EmptyText);
    }
    if text.encode_utf16().count() > TEXT_LIMIT {
        return Err(Refusal::TextTooLong);
    }
    Ok(())
}

#[derive(Debug, Deserialize)]
struct Edit {
    pane: String,
    person: i64,
    message: i32,
    text: String,
}

async fn edit(State(stage): State<Stage>, body: Result<Json<Edit>, JsonRejection>) -> Result<Json<Value>, Refusal> {
    let Json(edit) = body?;
    let pane = stage.cast.pane(&edit.pane, edit.person)?;
    check_text(&edit.text)?;
    match stage.emulator.edit(pane.chat, edit.person, MessageId(edit.message), &edit.text) {
        true => Ok(Json(json!({}))),
        false => Err(Refusal::NotOwn),
    }
}

#[derive(Debug, Deserialize)]
struct Tap {
    pane: String,
    person: i64,
    message: i32,
    label: String,
}

/// Answers with the id of the press; the bot's answer to it comes with the events.
async fn tap(State(stage): State<Stage>, body: Result<Json<Tap>, JsonRejection>) -> Result<Json<Value>, Refusal> {
    let Json(tap) = body?;
    let pane = stage.cast.pane(&tap.pane, tap.person)?;
    let pressed = stage.emulator.tap(pane.chat, tap.person, MessageId(tap.message), &tap.label);
    let callback = pressed.map_err(|_| Refusal::UnknownButton)?;
    Ok(Json(json!({ "callback": callback.0 })))
}

#[derive(Debug, Deserialize)]
struct Choose {
    pane: String,
    person: i64,
    label: String,
    people: Vec<i64>,
}

/// Shares the people who were chosen for a key that asks for some.
async fn choose(State(stage): State<Stage>, body: Result<Json<Choose>, JsonRejection>) -> Result<Json<Value>, Refusal> {
    let Json(chosen) = body?;
    let pane = stage.cast.pane(&chosen.pane, chosen.person)?;
    match stage.emulator.choose_people(pane.chat, &chosen.label, &chosen.people) {
        Ok(_) => Ok(Json(json!({}))),
        Err(NotChosen::NoSuchButton { .. }) => Err(Refusal::UnknownButton),
        Err(NotChosen::TooMany { .. } | NotChosen::Nobody(_)) => Err(Refusal::Malformed),
    }
}

/// A person and the private chat with the bot.
#[derive(Debug, Deserialize)]
struct Stand {
    pane: String,
    person: i64,
}

async fn block(State(stage): State<Stage>, body: Result<Json<Stand>, JsonRejection>) -> Result<Json<Value>, Refusal> {
    stage.emulator.block(private_person(&stage, body)?);
    Ok(Json(json!({})))
}

async fn unblock(State(stage): State<Stage>, body: Result<Json<Stand>, JsonRejection>) -> Result<Json<Value>, Refusal> {
    stage.emulator.unblock(private_person(&stage, body)?);
    Ok(Json(json!({})))
}

/// Who asks; a bot can be blocked only in a private chat.
fn private_person(stage: &Stage, body: Result<Json<Stand>, JsonRejection>) -> Result<i64, Refusal> {
    let Json(stand) = body?;
    let pane = stage.cast.pane(&stand.pane, stand.person)?;
    if pane.is_group() { Err(Refusal::UnknownPerson) } else { Ok(stand.person) }
}

/// The fields of the form with a file.
#[derive(Debug, Default)]
struct Parcel {
    pane: String,
    person: Option<i64>,
    caption: String,
    reply_to: Option<i32>,
    topic: Option<i32>,
    file: Option<Attachment>,
}

#[derive(Debug)]
struct Attachment {
    name: String,
    mime: String,
    bytes: Vec<u8>,
}

async fn send(State(stage): State<Stage>, body: Result<Multipart, MultipartRejection>) -> Result<Json<Value>, Refusal> {
    let parcel = unpack(body?).await?;
    let person = parcel.person.ok_or(Refusal::Malformed)?;
    let pane = stage.cast.pane(&parcel.pane, person)?;
    if parcel.caption.encode_utf16().count() > CAPTION_LIMIT {
        return Err(Refusal::CaptionTooLong);
    }
    let file = parcel.file.ok_or(Refusal::NoFile)?;
    let content = content(file, Some(parcel.caption).filter(|caption| !caption.trim().is_empty()));
    match (parcel.reply_to, topic(parcel.topic)) {
        (Some(to), _) => stage.emulator.reply_with(pane.chat, person, MessageId(to), content),
        (None, Some(topic)) => stage.emulator.send_in_topic(pane.chat, topic, person, content),
        (None, None) => stage.emulator.send(pane.chat, person, content),
    };
    Ok(Json(json!({})))
}

fn content(file: Attachment, caption: Option<String>) -> Content {
    if travels_as_photo(&file.bytes) {
        Content::Photo { bytes: file.bytes, caption }
    } else {
        Content::Document { name: file.name, mime: file.mime, bytes: file.bytes, caption }
    }
}

async fn unpack(mut form: Multipart) -> Result<Parcel, Refusal> {
    let mut parcel = Parcel::default();
    while let Some(field) = form.next_field().await? {
        match field.name().unwrap_or_default() {
            "pane" => parcel.pane = field.text().await?,
            "person" => parcel.person = Some(number(&field.text().await?)?),
            "caption" => parcel.caption = field.text().await?,
            "reply_to" => parcel.reply_to = Some(number(&field.text().await?)?),
            "topic" => parcel.topic = Some(number(&field.text().await?)?),
            "file" => parcel.file = Some(attachment(field).await?),
            _ => return Err(Refusal::Malformed),
        }
    }
    Ok(parcel)
}

async fn attachment(field: Field<'_>) -> Result<Attachment, Refusal> {
    let name = field.file_name().filter(|name| !name.is_empty()).ok_or(Refusal::NoFile)?.to_owned();
    let mime = field.content_type().unwrap_or("application/octet-stream").to_owned();
    let bytes = field.bytes().await?;
    if bytes.len() > FILE_LIMIT {
        return Err(Refusal::TooLarge);
    }
    Ok(Attachment { name, mime, bytes: bytes.to_vec() })
}

fn number<N: FromStr>(text: &str) -> Result<N, Refusal> {
    text.parse().map_err(|_| Refusal::Malformed)
}
