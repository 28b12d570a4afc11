//! Several photos or documents in one message.

use super::super::error::ApiError;
use super::super::file_kind::FileKind;
use super::super::params::Params;
use super::super::world::World;
use super::content;
use super::media;
use super::send::{Envelope, Letter};
use serde_json::{Value, json};

/// At most so many at once.
const MOST: usize = 10;

pub(super) fn send_media_group(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let envelope = Envelope::without_markup(params)?;
    let media = media::several(params)?;
    let envelope = envelope.addressed(world)?;
    let kinds: Vec<FileKind> = media.iter().map(|media| media.kind).collect();
    if kinds.is_empty() {
        return Err(ApiError::bad_request("there are no messages to send"));
    }
    let mut letters = Vec::new();
    for media in media {
        content::check(world, &media.file, media.kind)?;
        let text = media.caption.maybe_empty()?;
        world.may_send(envelope.chat, content::right_to_send(media.kind))?;
        letters.push(Letter { text, body: content::body(world, &media.file, media.kind)?, forwarded_from: None });
    }
    if kinds.len() > MOST {
        return Err(ApiError::bad_request("too many messages to send as an album"));
    }
    if kinds.contains(&FileKind::Document) && kinds.contains(&FileKind::Photo) {
        return Err(ApiError::bad_request("document can't be mixed with other media types"));
    }
    let mut messages = envelope.sent_together(world, letters)?;
    if messages.len() > 1 {
        let album = world.album();
        for message in &mut messages {
            message.media_group = Some(album.clone());
            world.keep_as(message);
        }
    }
    let messages: Vec<Value> = messages.iter().map(|message| world.message_json(message)).collect();
    Ok(json!(messages))
}
