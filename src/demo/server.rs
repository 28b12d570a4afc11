//! The page's HTTP server.

use super::cast::Cast;
use super::stage::Stage;
use super::{act, assets, events, guard, picture};
use crate::telegram::limits::Holds;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use keydesk_emulator::Emulator;
use std::future::Future;
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The same id never names another file while the demo runs; the next demo counts anew.
const UNCHANGING: &str = "private, max-age=60";

/// Serves the page until `shutdown` completes, and ends the open event streams then. `holds` says where the bot's flood
/// limits hold something back.
///
/// # Errors
///
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    emulator: Emulator,
    cast: Cast,
    holds: watch::Receiver<Holds>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stop, stopping) = watch::channel(false);
    let stage = Stage { emulator, cast: Arc::new(cast), holds, stopping };
    let stopped = async move {
        shutdown.await;
        stop.send_replace(true);
    };
    axum::serve(listener, routes(stage)).with_graceful_shutdown(stopped).await
}

fn routes(stage: Stage) -> Router {
    assets::routes()
        .route("/events", get(events::stream))
        .route("/file/{id}", get(download))
        .route("/photo/{id}", get(photo))
        .nest("/act", act::routes())
        .layer(middleware::from_fn(guard::guard))
        .with_state(stage)
}

/// A document of a message. Always saved and never shown: what people send must not run on the page's origin. What the bot
/// protects no app saves.
async fn download(State(stage): State<Stage>, Path(id): Path<String>) -> Response {
    if stage.is_protected(&id) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some((name, bytes)) = stage.emulator.file(&id) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, attachment(&name))];
    (headers, bytes).into_response()
}

/// A photo of a message, to be shown on the page: only what is a picture, and never as anything else.
async fn photo(State(stage): State<Stage>, Path(id): Path<String>) -> Response {
    let file = stage.emulator.file(&id).map(|(_, bytes)| bytes);
    match file.and_then(|bytes| Some((picture::media_type(&bytes)?, bytes))) {
        Some((media, bytes)) => ([(CONTENT_TYPE, media), (CACHE_CONTROL, UNCHANGING)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The header that saves a file under this name, whatever its letters (RFC 6266).
fn attachment(name: &str) -> String {
    let encoded: String = name.bytes().map(percent_encoded).collect();
    format!("attachment; filename*=UTF-8''{encoded}")
}

fn percent_encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn a_file_keeps_its_name_whatever_its_letters() {
        assert_eq!(attachment("a-1.pdf"), "attachment; filename*=UTF-8''a-1.pdf");
        assert_eq!(attachment("ю\"\r\n"), "attachment; filename*=UTF-8''%D1%8E%22%0D%0A");
    }
}
