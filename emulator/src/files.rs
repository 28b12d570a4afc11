//! Files that were sent by either side.

use super::file_kind::FileKind;
use super::message::Attachment;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The largest file that a bot may fetch.
pub const LARGEST_DOWNLOAD: usize = 20 * 1024 * 1024;
/// The largest file that a bot may send.
pub const LARGEST_UPLOAD: usize = 50 * 1024 * 1024;
/// How many files are kept; the oldest go first.
const KEPT: usize = 1000;

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// What it was sent as.
    pub kind: FileKind,
    /// What the Bot API calls it by.
    pub attachment: Attachment,
    /// Where it is fetched.
    pub path: String,
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// All files, the oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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

impl Files {
    /// The content of each file, under a name that no other has.
    pub fn contents(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.stored.iter().map(|file| (file.attachment.file_id.as_str(), file.bytes.as_slice()))
    }

    /// The same, to be filled.
    pub fn contents_mut(&mut self) -> impl Iterator<Item = (&str, &mut Vec<u8>)> {
        self.stored.iter_mut().map(|file| (file.attachment.file_id.as_str(), &mut file.bytes))
    }

    /// What is known of each file beside its content.
    pub fn without_contents(&self) -> Files {
        let bare = |file: &StoredFile| StoredFile {
            kind: file.kind,
            attachment: file.attachment.clone(),
            path: file.path.clone(),
            bytes: Vec::new(),
        };
        Files { stored: self.stored.iter().map(bare).collect(), last: self.last }
    }
}

/// The longest name and extension of a file, in characters.
const LONGEST_STEM: usize = 64;
const LONGEST_EXTENSION: usize = 16;

/// The name under which an uploaded file is kept: without folders, and without characters that a disk would not take.
pub fn clean_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let parts = [clean_part(stem, LONGEST_STEM), clean_part(extension, LONGEST_EXTENSION)];
    match parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".") {
        name if name.is_empty() => "file".to_owned(),
        name => name,
    }
}

fn clean_part(part: &str, longest: usize) -> String {
    let is_kept = |c: char| match c {
        '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '&' | '`' | '\'' => false,
        ' '..='~' => true,
        _ => c.is_alphanumeric(),
    };
    let is_combining = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{200b}'..='\u{200f}');
    let is_edge = |c: char| c == ' ' || c == '.';
    let spelled = part.chars().filter(|c| !is_combining(*c)).map(|c| if is_kept(c) { c } else { ' ' });
    let cut: String = spelled.skip_while(|c| is_edge(*c)).take(longest).collect();
    cut.trim_end_matches(is_edge).to_owned()
}

/// What stays the same for a file whoever looks: the second id that Telegram gives.
pub fn unique_id(file_id: &str) -> String {
    let digits: String = file_id.chars().filter(char::is_ascii_digit).collect();
    format!("AgAD{digits}")
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    #[test]
    fn a_name_loses_folders_and_what_no_disk_takes() {
        for (given, kept) in [
            ("Заказ 446.txt", "Заказ 446.txt"),
            ("../../.git", "git"),
            ("test....", "test"),
            ("test/git/   as   dsa  .   a", "as   dsa.a"),
            ("C:\\счет №5: «итог».pdf", "счет  5   итог.pdf"),
            ("..", "file"),
            ("a\nb*.csv", "a b.csv"),
        ] {
            assert_eq!(clean_name(given), kept, "{given}");
        }
        assert_eq!(clean_name(&format!("{}.{}", "a".repeat(70), "b".repeat(20))).len(), 64 + 1 + 16);
    }
}
