//! Who may post, what, and what they are answered.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::value::RawValue;
use subtle::ConstantTimeEq;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

use super::dispatch::Posted;
use crate::chat::Chat;
use crate::config::Secret;
use crate::metrics::PostAnswer;
use crate::outage::Outage;
use crate::telegram::Router;

const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// Twice what Telegram's own server keeps of an update (`MAX_EVENT_LENGTH` in `TQueue.cpp` of tdlib), and what nginx lets
/// through by default.
const LARGEST_UPDATE: usize = 1024 * 1024;
/// Telegram's server waits for sixty seconds (`WebhookActor.cpp` of telegram-bot-api), and so does nginx. An update that hangs
/// alone needs two transactions of fifteen before it is set aside.
const PATIENCE: Duration = Duration::from_secs(50);
/// When Telegram is to come again, in seconds. Without it the pauses would grow to two minutes, and people would wait so long
/// after an outage.
const RETRY_AFTER: &str = "3";

/// What stands between the network and the intake.
pub(super) struct Gate {
    path: String,
    secret: Secret,
    /// Requests whose update is in memory.
    places: Semaphore,
    requests: mpsc::Sender<Posted>,
    outage: Outage,
    chat: Chat,
    closing: watch::Receiver<bool>,
}

impl Gate {
    pub(super) fn new(
        path: &str,
        secret: Secret,
        places: usize,
        requests: mpsc::Sender<Posted>,
        (outage, chat): (Outage, Chat),
        closing: watch::Receiver<bool>,
    ) -> Gate {
        Gate { path: path.to_owned(), secret, places: Semaphore::new(places), requests, outage, chat, closing }
    }

    /// Answers a request, and counts it.
    pub(super) async fn receive(&self, request: Request) -> Response {
        let answer = self.answer(request).await;
        let metrics = self.chat.metrics();
        metrics.count_post(match answer.status() {
            StatusCode::OK => {
                metrics.fetching.posted(self.chat.clock().now());
                PostAnswer::Taken
            }
            StatusCode::SERVICE_UNAVAILABLE => PostAnswer::Later,
            _ => PostAnswer::Refused,
        });
        answer
    }

    /// Nothing of a request is read before it is known to come from Telegram.
    async fn answer(&self, request: Request) -> Response {
        if request.uri().path() != self.path {
            return StatusCode::NOT_FOUND.into_response();
        }
        if request.method() != Method::POST {
            return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")]).into_response();
        }
        if !self.is_telegram(request.headers()) {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        let Ok(_place) = self.places.try_acquire() else { return come_again() };
        tokio::select! {
            biased;
            () = self.outage.begins() => come_again(),
            () = self.closes() => come_again(),
            answer = self.take(request.into_body()) => answer,
            () = tokio::time::sleep(PATIENCE) => come_again(),
        }
    }

    fn is_telegram(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(SECRET_HEADER).map(|given| given.as_bytes().ct_eq(self.secret.reveal().as_bytes()));
        given.is_some_and(bool::from)
    }

    async fn closes(&self) {
        // An error means that nobody serves any more.
        let _ = self.closing.clone().wait_for(|closing| *closing).await;
    }

    async fn take(&self, body: Body) -> Response {
        // Whoever sent half a body does not read the answer.
        let Ok(body) = to_bytes(body, LARGEST_UPDATE).await else {
            return StatusCode::PAYLOAD_TOO_LARGE.into_response();
        };
        let update = serde_json::from_slice::<Box<RawValue>>(&body).ok();
        let Some(raw) = update.filter(|raw| Router::update_id(raw).is_some()) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        let (stored, storing) = oneshot::channel();
        if self.requests.send(Posted { raw, stored }).await.is_ok() && storing.await.is_ok() {
            return StatusCode::OK.into_response();
        }
        come_again()
    }
}

fn come_again() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, RETRY_AFTER)]).into_response()
}
