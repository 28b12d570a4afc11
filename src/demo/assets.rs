//! The files of the page, as they are in `page/`.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Address, media type and content of each file.
const FILES: [(&str, &str, &str); 20] = [
    ("/", HTML, include_str!("page/index.html")),
    ("/style.css", CSS, include_str!("page/style.css")),
    ("/composer.css", CSS, include_str!("page/composer.css")),
    ("/forum.css", CSS, include_str!("page/forum.css")),
    ("/messages.css", CSS, include_str!("page/messages.css")),
    ("/favicon.svg", SVG, include_str!("page/favicon.svg")),
    ("/app.js", SCRIPT, include_str!("page/app.js")),
    ("/api.js", SCRIPT, include_str!("page/api.js")),
    ("/pane.js", SCRIPT, include_str!("page/pane.js")),
    ("/forum.js", SCRIPT, include_str!("page/forum.js")),
    ("/composer.js", SCRIPT, include_str!("page/composer.js")),
    ("/picker.js", SCRIPT, include_str!("page/picker.js")),
    ("/popup.js", SCRIPT, include_str!("page/popup.js")),
    ("/stops.js", SCRIPT, include_str!("page/stops.js")),
    ("/suggestions.js", SCRIPT, include_str!("page/suggestions.js")),
    ("/samples.js", SCRIPT, include_str!("page/samples.js")),
    ("/viewer.js", SCRIPT, include_str!("page/viewer.js")),
    ("/message.js", SCRIPT, include_str!("page/message.js")),
    ("/rich_text.js", SCRIPT, include_str!("page/rich_text.js")),
    ("/texts.js", SCRIPT, include_str!("page/texts.js")),
];

/// The routes of all files.
pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    FILES.into_iter().fold(Router::new(), |router, (address, media, content)| {
        router.route(address, get(move || async move { file(media, content) }))
    })
}

fn file(media: &'static str, content: &'static str) -> impl IntoResponse {
    // A page of an older release must not speak to a newer server.
    ([(CONTENT_TYPE, media), (CACHE_CONTROL, "no-cache")], content)
}
