//! Why a visitor's action was not done.

use axum::Json;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why an action was not done. The page has a sentence for each in the visitor's language, under its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    EmptyText,
    TextTooLong,
    CaptionTooLong,
    TooLarge,
    NoFile,
    UnknownPane,
    UnknownPerson,
    UnknownButton,
    NotOwn,
    ForeignOrigin,
    Malformed,
}

impl Refusal {
    fn code(self) -> (StatusCode, &'static str) {
        match self {
            Self::EmptyText => (StatusCode::UNPROCESSABLE_ENTITY, "empty_text"),
            Self::TextTooLong => (StatusCode::UNPROCESSABLE_ENTITY, "text_too_long"),
            Self::CaptionTooLong => (StatusCode::UNPROCESSABLE_ENTITY, "caption_too_long"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Self::NoFile => (StatusCode::UNPROCESSABLE_ENTITY, "no_file"),
            Self::UnknownPane => (StatusCode::NOT_FOUND, "unknown_pane"),
            Self::UnknownPerson => (StatusCode::NOT_FOUND, "unknown_person"),
            Self::UnknownButton => (StatusCode::NOT_FOUND, "unknown_button"),
            Self::NotOwn => (StatusCode::NOT_FOUND, "not_own"),
            Self::ForeignOrigin => (StatusCode::FORBIDDEN, "foreign_origin"),
            Self::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
        }
    }

    fn of_body(status: StatusCode) -> Self {
        if status == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Malformed }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code) = self.code();
        (status, Json(json!({ "error": code }))).into_response()
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        Self::of_body(rejection.status())
    }
}

impl From<MultipartRejection> for Refusal {
    fn from(rejection: MultipartRejection) -> Self {
        Self::of_body(rejection.status())
    }
}

impl From<MultipartError> for Refusal {
    fn from(error: MultipartError) -> Self {
        Self::of_body(error.status())
    }
}
