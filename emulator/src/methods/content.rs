//! Files that a call brings or names.

use super::super::error::ApiError;
use super::super::file_kind::FileKind;
use super::super::files::{LARGEST_UPLOAD, clean_name};
use super::super::images;
use super::super::message::Body;
use super::super::params::{Params, Upload};
use super::super::rights::Right;
use super::super::world::World;

/// A file as a call gives it.
pub(super) enum File<'a> {
    Uploaded(&'a Upload),
    /// By its id, or by an address on the web.
    Known(String),
}

impl<'a> File<'a> {
    /// The file of a parameter: uploaded under its name, or known.
    pub(super) fn named(params: &'a Params, field: &str) -> Option<Self> {
        params.upload(field).map(File::Uploaded).or_else(|| File::known(params.text(field)))
    }

    /// The file of a nested object: attached under a name, or known.
    pub(super) fn attached(params: &'a Params, media: &str) -> Option<Self> {
        match media.strip_prefix("attach://") {
            Some(name) => params.file(name).map(File::Uploaded),
            None => File::known(media),
        }
    }

    fn known(id: &str) -> Option<Self> {
        (!id.is_empty() && !id.starts_with("attach://")).then(|| File::Known(id.to_owned()))
    }
}

/// Whether Telegram takes the file as one of this kind.
pub(super) fn check(world: &World, file: &File<'_>, kind: FileKind) -> Result<(), ApiError> {
    match file {
        File::Uploaded(upload) => match (upload.bytes.len(), kind) {
            (0, _) => Err(ApiError::bad_request("file must be non-empty")),
            (size, _) if size > LARGEST_UPLOAD => Err(ApiError::new(413, "Request Entity Too Large")),
            (_, FileKind::Photo) => {
                images::refusal(&upload.bytes).map_or(Ok(()), |why| Err(ApiError::bad_request(why)))
            }
            _ => Ok(()),
        },
        File::Known(id) if id.contains("://") => Err(ApiError::bad_request("failed to get HTTP URL content")),
        File::Known(id) => match world.files.by_id(id) {
            Some(known) if known.kind == kind => Ok(()),
            Some(known) => Err(ApiError::bad_request(format!("can't use file of type {:?} as {kind:?}", known.kind))),
            None => Err(unknown()),
        },
    }
}

/// The file on its message.
pub(super) fn body(world: &mut World, file: &File<'_>, kind: FileKind) -> Result<Body, ApiError> {
    let attachment = match file {
        File::Uploaded(upload) => world.files.keep(kind, &clean_name(&upload.name), &upload.mime, upload.bytes.clone()),
        File::Known(id) => world.files.by_id(id).ok_or_else(unknown)?.attachment.clone(),
    };
    Ok(match kind {
        FileKind::Document => Body::Document(attachment),
        FileKind::Photo => Body::Photo(attachment),
        kind => Body::Media(kind, attachment),
    })
}

pub(super) fn right_to_send(kind: FileKind) -> Right {
    match kind {
        FileKind::Document => Right::SendDocuments,
        FileKind::Photo => Right::SendPhotos,
        FileKind::Video => Right::SendVideos,
        FileKind::Audio => Right::SendAudios,
        FileKind::Voice => Right::SendVoiceNotes,
        FileKind::VideoNote => Right::SendVideoNotes,
        FileKind::Animation | FileKind::Sticker => Right::SendOtherMessages,
    }
}

fn unknown() -> ApiError {
    ApiError::bad_request("wrong file identifier/HTTP URL specified")
}
