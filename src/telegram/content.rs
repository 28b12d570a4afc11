//! What a message says: a text, a file of some kind, a contact or a place.

use super::parts::{Contact, File, Location, Venue};
use super::update::Message;
use crate::chat::dialogue::Upload;
use crate::domain::typed::{clean_line, clean_text, visible};
use crate::domain::{KeptFile, Media};

/// Characters of a quote that are kept; Telegram takes no more (<https://core.telegram.org/bots/api#replyparameters>).
const LONGEST_QUOTE: usize = 1024;

impl Message {
    /// The text, or what stands below a file, without what nobody sees of it; a contact and a place as a line of text.
    pub(super) fn words(&self) -> String {
        match self.text.as_deref().or(self.caption.as_deref()) {
            Some(text) => visible(text),
            None => visible(&self.described().unwrap_or_default()),
        }
    }

    /// What can be said in words although it was sent as something else. A place that moves along is not: it would be
    /// another one every few seconds.
    fn described(&self) -> Option<String> {
        if let Some(Contact { phone_number, first_name, last_name }) = &self.contact {
            let name = [first_name, last_name.as_deref().unwrap_or_default()].join(" ");
            return Some(format!("{}, {phone_number}", name.trim()));
        }
        let Location { latitude, longitude, live_period: None } = self.location.as_ref()? else { return None };
        let place = format!("{latitude}, {longitude}");
        Some(match &self.venue {
            Some(Venue { title, address }) => format!("{title}, {address} ({place})"),
            None => place,
        })
    }

    /// The part of the answered message that its author chose to quote.
    pub(super) fn quoted(&self) -> Option<String> {
        let quote = self.quote.as_ref().filter(|quote| quote.is_manual)?;
        Some(clean_text(&quote.text, LONGEST_QUOTE)).filter(|quote| !quote.is_empty())
    }

    /// The file, a photo in its largest size. An animation says that it is a document too, and cannot be sent again as one.
    pub(super) fn file(&self) -> Option<KeptFile> {
        let (media, file) = [
            (Media::Animation, self.animation.as_ref()),
            (Media::Document, self.document.as_ref()),
            (Media::Photo, self.photo.last()),
            (Media::Video, self.video.as_ref()),
            (Media::Audio, self.audio.as_ref()),
            (Media::Voice, self.voice.as_ref()),
            (Media::VideoNote, self.video_note.as_ref()),
            (Media::Sticker, self.sticker.as_ref()),
        ]
        .into_iter()
        .find_map(|(media, file)| Some((media, file?)))?;
        let File { file_id, file_unique_id, file_name } = file.clone();
        let name = clean_line(&file_name.unwrap_or_default(), KeptFile::MAX_NAME);
        Some(KeptFile { media, file_id, unique_id: file_unique_id, name })
    }

    /// What came with the text.
    pub(super) fn upload(&self) -> Upload {
        match self.file() {
            Some(file) if self.is_forwarded() => Upload::Forwarded(file),
            Some(file) if matches!(file.media, Media::Document | Media::Photo) => Upload::File(file),
            Some(file) => Upload::Media(file),
            None if self.text.is_some() => Upload::Nothing,
            None if self.described().is_some() => Upload::Described,
            None => Upload::Unusable,
        }
    }
}
