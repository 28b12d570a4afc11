//! What files are sent as.

use serde::{Deserialize, Serialize};

/// What a file was sent as; it stays that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// A file with a name.
    Document,
    Photo,
    Video,
    /// A moving picture without sound.
    Animation,
    Audio,
    Voice,
    /// A round video.
    VideoNote,
    Sticker,
}

impl FileKind {
    /// The parameter that names one.
    pub fn parameter(self) -> &'static str {
        match self {
            FileKind::Document => "document",
            FileKind::Photo => "photo",
            FileKind::Video => "video",
            FileKind::Animation => "animation",
            FileKind::Audio => "audio",
            FileKind::Voice => "voice",
            FileKind::VideoNote => "video_note",
            FileKind::Sticker => "sticker",
        }
    }

    /// Whether a text can stand below it.
    pub fn takes_caption(self) -> bool {
        !matches!(self, FileKind::VideoNote | FileKind::Sticker)
    }

    pub(super) fn folder(self) -> &'static str {
        match self {
            FileKind::Document => "documents",
            FileKind::Photo => "photos",
            FileKind::Video => "videos",
            FileKind::Animation => "animations",
            FileKind::Audio => "music",
            FileKind::Voice => "voice",
            FileKind::VideoNote => "video_notes",
            FileKind::Sticker => "stickers",
        }
    }
}
