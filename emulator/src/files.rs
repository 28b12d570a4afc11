//! Files that were sent by either side.

use super::message::Attachment;
use std::collections::VecDeque;

/// The largest file that a bot may fetch.
pub const LARGEST_DOWNLOAD: usize = 20 * 1024 * 1024;
/// The largest file that a bot may send.
pub const LARGEST_UPLOAD: usize = 50 * 1024 * 1024;
/// How many files are kept; the oldest go first.
const KEPT: usize = 1000;

/// What a file was sent as; it stays that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A file with a name.
    Document,
    Photo,
}

impl FileKind {
    /// The parameter that names one.
    pub fn parameter(self) -> &'static str {
        match self {
            FileKind::Document => "document",
            FileKind::Photo => "photo",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            FileKind::Document => "documents",
            FileKind::Photo => "photos",
        }
    }
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// What it was sent as.
    pub kind: FileKind,
    /// What the Bot API calls it by.
    pub attachment: Attachment,
    /// Where it is fetched.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// All files, the oldest first.
#[derive(Debug, Clone, Default)]
pub struct Files {
    stored: VecDeque<StoredFile>,
    last: u64,
}

impl Files {
    /// Keeps a file, and names it.
    pub fn keep(&mut self, kind: FileKind, name: &str, mime: &str, bytes: Vec<u8>) -> Attachment {
        self.last += 1;
        let extension = match name.rsplit_once('.') {
            Some((_, extension)) if extension.chars().all(|c| c.is_ascii_alphanumeric()) => {
                format!(".{extension}")
            }
            _ => String::new(),
        };
        let attachment = Attachment {
            file_id: format!("BQACAgIAAxkBAAIB{:08}emulated", self.last),
            name: name.to_owned(),
            mime: mime.to_owned(),
            size: bytes.len(),
        };
        self.stored.push_back(StoredFile {
            kind,
            attachment: attachment.clone(),
            path: format!("{}/file_{}{extension}", kind.folder(), self.last),
            bytes,
        });
        if self.stored.len() > KEPT {
            self.stored.pop_front();
        }
        attachment
    }

    /// Keeps a file under the id that it has; those that come are numbered above it.
    pub fn recall(&mut self, kind: FileKind, attachment: Attachment, bytes: Vec<u8>) {
        let number = attachment.file_id.chars().filter(char::is_ascii_digit).collect::<String>();
        self.last = self.last.max(number.parse().unwrap_or_default());
        let path = format!("{}/{}", kind.folder(), attachment.file_id);
        self.stored.push_back(StoredFile { kind, attachment, path, bytes });
    }

    /// The file of this id.
    pub fn by_id(&self, file_id: &str) -> Option<&StoredFile> {
        self.stored.iter().find(|file| file.attachment.file_id == file_id)
    }

    /// The file at this path.
    pub fn by_path(&self, path: &str) -> Option<&StoredFile> {
        self.stored.iter().find(|file| file.path == path)
    }
}

/// What stays the same for a file whoever looks: the second id that Telegram gives.
pub fn unique_id(file_id: &str) -> String {
    let digits: String = file_id.chars().filter(char::is_ascii_digit).collect();
    format!("AgAD{digits}")
}
