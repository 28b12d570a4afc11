//! Files to and from the Bot API.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use reqwest::{StatusCode, Url};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use teloxide::payloads::GetFile;
use teloxide::requests::Payload;
use teloxide::types::{FileId, InputFile};

use super::call_error::CallError;
use super::client::{Client, LARGEST_ANSWER, body, read, unsent};
use super::download::Download;
use super::local_file;
use crate::domain::typed::clean_line;

/// How long a transfer may take: shorter than a message's time limit, which ends before its lease, so that a hanging upload is
/// recognised and nobody else sends the message meanwhile.
const TRANSFER_TIMEOUT: Duration = Duration::from_secs(40);
/// Characters of a file name; what a phone shows of it is far less.
const LONGEST_NAME: usize = 120;
/// Under which name a form holds the file.
const PART: &str = "attachment";

#[derive(Deserialize)]
struct File {
    file_path: Option<String>,
    file_size: Option<u64>,
}

/// The file of a form that [`Client::upload`] sends along, as a payload names it.
pub(super) fn attached() -> InputFile {
    kept(&format!("attach://{PART}"))
}

/// A file that Telegram keeps, as a payload names it.
fn kept(file_id: &str) -> InputFile {
    InputFile::file_id(FileId(file_id.to_owned()))
}

impl Client {
    /// Makes a call with a payload that names the [`attached`] file, and sends the file along.
    pub(super) async fn upload<P, R>(&self, payload: &P, name: &str, bytes: &[u8]) -> Result<R, CallError>
    where
        P: Payload + Serialize,
        R: DeserializeOwned,
    {
        let file = Part::bytes(bytes.to_vec()).file_name(clean_line(name, LONGEST_NAME));
        let form = fields(payload)?.part(PART, file);
        self.send(self.method(P::NAME)?.multipart(form).timeout(TRANSFER_TIMEOUT)).await
    }

    /// Fetches a file of at most `limit` bytes.
    pub async fn download(&self, file_id: &str, limit: usize) -> Result<Download, CallError> {
        let file: File = match self.call(&GetFile::new(FileId(file_id.to_owned()))).await {
            Err(CallError::FileRefused(reason)) if reason.starts_with("Bad Request: file is too big") => {
                return Ok(Download::TooLarge);
            }
            answer => answer?,
        };
        if file.file_size.is_some_and(|size| usize::try_from(size).map_or(true, |size| size > limit)) {
            return Ok(Download::TooLarge);
        }
        let path = file.file_path.ok_or_else(|| CallError::Ambiguous("the file has no path".to_owned()))?;
        if path.starts_with('/') {
            return local_file::read(&path, self.token(), limit).await;
        }
        let url = below(self.files(), &path)
            .ok_or_else(|| CallError::Rejected("the file's path leads out of the bot's files".to_owned()))?;
        self.fetch(url, limit).await.map_err(|error| self.discreet(error))
    }

    async fn fetch(&self, url: Url, limit: usize) -> Result<Download, CallError> {
        let response = self.http().get(url).timeout(TRANSFER_TIMEOUT).send().await.map_err(unsent)?;
        let status = response.status();
        if status == StatusCode::OK {
            return Ok(body(response, limit).await?.map_or(Download::TooLarge, Download::Whole));
        }
        let refusal = body(response, LARGEST_ANSWER).await?.unwrap_or_default();
        match read::<IgnoredAny>(status, &refusal) {
            // `getFile` has just accepted the token: it is the path that has become old, and the next try asks anew.
            Ok(_) | Err(CallError::Unauthorized) => Err(CallError::Ambiguous(format!("HTTP status {status}"))),
            Err(error) => Err(error),
        }
    }
}

/// A payload as a form: texts as they are, everything else as JSON
/// (<https://core.telegram.org/bots/api#making-requests>).
fn fields(payload: &impl Serialize) -> Result<Form, CallError> {
    let unfit = |error: serde_json::Error| CallError::Rejected(format!("the call makes no form: {error}"));
    let fields: Map<String, Value> = serde_json::to_value(payload).and_then(serde_json::from_value).map_err(unfit)?;
    Ok(fields.into_iter().fold(Form::new(), |form, (name, value)| match value {
        Value::Null => form,
        Value::String(text) => form.text(name, text),
        other => form.text(name, other.to_string()),
    }))
}

/// The address of a path below a folder; `None` if it would lead elsewhere.
fn below(folder: &Url, path: &str) -> Option<Url> {
    // Addresses drop tabs and line ends, which could hide a step upwards.
    let leads_elsewhere = |segment| matches!(segment, "" | "." | "..");
    if path.contains(char::is_control) || path.split('/').any(leads_elsewhere) {
        return None;
    }
    let mut url = folder.clone();
    // Each segment is escaped as it is appended, so that it can end neither itself nor the path.
    url.path_segments_mut().ok()?.pop_if_empty().extend(path.split('/'));
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_its_folder() {
        let folder = Url::parse("https://api.example.com/file/bot1:a/").unwrap();
        let at = |path: &str| below(&folder, path).map(String::from);
        assert_eq!(at("documents/file_1.txt").unwrap(), "https://api.example.com/file/bot1:a/documents/file_1.txt");
        let upwards = ["", "..", ".", "../file_1", "a/../../b", "./a", "a//b", "a/", "..\t/a", "\t../a", "a/.\n./b"];
        let absolute = ["/etc/passwd", "//example.org/a", "https://example.org/a"];
        for path in upwards.into_iter().chain(absolute) {
            assert_eq!(at(path), None, "{path:?}");
        }
        for path in ["%2e%2e/%2e%2e/a", "..\\..\\a", "a?b=c", "a#b", "a;b@example.org", "...", " ../a", ".. /a"] {
            let url = at(path).unwrap();
            // As whoever reads the address once more would understand it.
            let url = Url::parse(&url).unwrap();
            assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("api.example.com"), None, None), "{path}");
            assert!(url.path().starts_with("/file/bot1:a/"), "{path}: {url}");
        }
    }
}
