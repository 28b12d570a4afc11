//! Parameters of a call, however they were sent: all are text, as the Bot API sees them.

use super::bot_api::BotApi;
use super::error::ApiError;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The largest body that is read: a file of the largest size and its form.
pub(super) const LARGEST_BODY: usize = 52 * 1024 * 1024;

/// Parameters and uploaded files.
#[derive(Debug, Clone, Default)]
pub(super) struct Params {
    values: BTreeMap<String, String>,
    files: BTreeMap<String, Upload>,
    /// Of the server that reads them.
    pub(super) bot_api: BotApi,
}

/// A file within a multipart form.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) mime: String,
    pub(super) bytes: Vec<u8>,
}

impl Params {
    /// Reads query, form or JSON body.
    pub(super) async fn read(request: Request, bot_api: BotApi) -> Result<Self, ApiError> {
        let mut params = Self { bot_api, ..Self::default() };
        params.add_form(request.uri().query().unwrap_or_default().as_bytes());
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            params.add_multipart(request).await?;
            return Ok(params);
        }
        let body = read_body(request.into_body()).await?;
        if kind.starts_with("application/json") {
            params.add_json(&body)?;
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            params.add_form(&body);
        }
        Ok(params)
    }

    /// Parameters that came as a JSON object, such as a webhook's answer.
    pub(super) fn of_object(object: Map<String, Value>, bot_api: BotApi) -> Self {
        let mut params = Self { bot_api, ..Self::default() };
        params.add_object(object);
        params
    }

    fn add_form(&mut self, form: &[u8]) {
        for (name, value) in url::form_urlencoded::parse(form) {
            self.values.insert(name.into_owned(), value.into_owned());
        }
    }

    fn add_json(&mut self, body: &[u8]) -> Result<(), ApiError> {
        if body.is_empty() {
            return Ok(());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => {
                self.add_object(object);
                Ok(())
            }
            Ok(_) => Err(ApiError::bad_request("JSON object expected")),
            Err(_) => Err(ApiError::bad_request("can't parse JSON object")),
        }
    }

    fn add_object(&mut self, object: Map<String, Value>) {
        for (name, value) in object {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text,
                other => other.to_string(),
            };
            self.values.insert(name, text);
        }
    }

    async fn add_multipart(&mut self, request: Request) -> Result<(), ApiError> {
        let broken = || ApiError::bad_request("can't parse multipart form data");
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
        while let Some(field) = form.next_field().await.map_err(|_| broken())? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let mime = field.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = field.bytes().await.map_err(|_| too_large())?.to_vec();
            match file_name {
                Some(file_name) => {
                    let upload = Upload { name: file_name, mime, bytes };
                    self.files.insert(name, upload);
                }
                None => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    self.values.insert(name, text);
                }
            }
        }
        Ok(())
    }

    /// A parameter, empty if it is missing.
    pub(super) fn text(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// A whole number, if it is one.
    pub(super) fn integer(&self, name: &str) -> Option<i64> {
        self.text(name).trim().parse().ok()
    }

    /// True for `true`, `yes` and `1`, as with Telegram.
    pub(super) fn is_true(&self, name: &str) -> bool {
        matches!(self.text(name).to_ascii_lowercase().as_str(), "true" | "yes" | "1")
    }

    /// A nested object or list; nothing when missing, refused with this text when it is no JSON.
    pub(super) fn json(&self, name: &str, otherwise: &str) -> Result<Option<Value>, ApiError> {
        let text = self.text(name);
        if text.trim().is_empty() {
            return Ok(None);
        }
        match serde_json::from_str(text) {
            Ok(Value::Null) => Ok(None),
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(ApiError::bad_request(otherwise)),
        }
    }

    /// The file of a parameter: uploaded under its name, or under the name after `attach://`.
    pub(super) fn upload(&self, name: &str) -> Option<&Upload> {
        let attached = self.text(name).strip_prefix("attach://").unwrap_or(name);
        self.file(attached)
    }

    /// A file by the name of its field.
    pub(super) fn file(&self, field: &str) -> Option<&Upload> {
        self.files.get(field)
    }

    /// All parameters as text, a file as its name.
    pub(super) fn summary(&self) -> BTreeMap<String, String> {
        let files = self.files.iter().map(|(name, file)| (name.clone(), file.name.clone()));
        self.values.clone().into_iter().chain(files).collect()
    }
}

async fn read_body(body: Body) -> Result<Vec<u8>, ApiError> {
    let bytes = to_bytes(body, LARGEST_BODY).await.map_err(|_| too_large())?;
    Ok(bytes.to_vec())
}

fn too_large() -> ApiError {
    ApiError::new(413, "Request Entity Too Large")
}
