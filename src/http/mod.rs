//! Health and figures, for whoever watches the bot: `/healthz`, `/readyz` and `/metrics` at an address of their own. The
//! webhook's is public, this one is not. Nothing here holds personal data, and nothing keeps anybody waiting.

mod figures;
pub mod listener;
mod lookout;
mod readiness;
mod vitals;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::chat::{Chat, ChatError};
use crate::clock::Clock;
use crate::store::{Stock, Store, Survey};
use listener::Bounds;
use lookout::Lookout;
pub use readiness::Readiness;
use readiness::Seen;
pub use vitals::{Feed, Stage, Vitals};

/// A few scrapers, an orchestrator and a person; they keep a connection for a minute between two scrapes.
const BOUNDS: Bounds = Bounds {
    to: "the figures",
    connections: 32,
    idle: Duration::from_secs(90),
    unread: Duration::from_secs(10),
    age: Duration::from_secs(600),
};
/// For so long a proof that the database can be written holds.
const PROOF_HOLDS: TimeDelta = TimeDelta::seconds(1);
/// For so long a survey of the data holds: scrapers come every fifteen seconds.
const SURVEY_HOLDS: TimeDelta = TimeDelta::seconds(5);
/// Surveys take a twentieth of a core at most, however large the shop.
const SURVEY_RESTS: i32 = 20;

/// Room on a disk, in bytes, that the next orders are sure to need: a few with their messages, and SQLite's log.
const LEAST_ROOM: u64 = 1024 * 1024;

/// The address of health and figures, bound.
pub struct Http {
    listener: TcpListener,
}

/// What is known of the process.
#[derive(Debug)]
struct Observer {
    stage: watch::Receiver<Stage>,
    clock: Clock,
    started: DateTime<Utc>,
    proof: Lookout<()>,
    survey: Lookout<Survey>,
}

impl Http {
    /// Binds the address; connections wait until it serves.
    pub async fn bind(address: SocketAddr) -> io::Result<Http> {
        Ok(Http { listener: TcpListener::bind(address).await? })
    }

    /// Answers until it is dropped.
    pub async fn serve(self, stage: watch::Receiver<Stage>, clock: Clock) {
        let observer = Arc::new(Observer::new(stage, clock));
        let answer = move |request: Request| {
            let observer = Arc::clone(&observer);
            async move { observer.answer(request).await }
        };
        listener::serve(&self.listener, BOUNDS, &GracefulShutdown::new(), answer).await;
    }
}

impl Observer {
    fn new(stage: watch::Receiver<Stage>, clock: Clock) -> Observer {
        Observer {
            stage,
            started: clock.now(),
            proof: Lookout::new(clock.clone(), PROOF_HOLDS, 0),
            survey: Lookout::new(clock.clone(), SURVEY_HOLDS, SURVEY_RESTS),
            clock,
        }
    }

    async fn answer(&self, request: Request) -> Response {
        let (head, _) = request.into_parts();
        if !matches!(head.method, Method::GET | Method::HEAD) {
            return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
        }
        let mut response = match head.uri.path() {
            "/healthz" => self.health(),
            "/readyz" => self.readiness().await,
            "/metrics" => self.figures().await,
            _ => StatusCode::NOT_FOUND.into_response(),
        };
        // A proxy that keeps it would say how the bot was.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// Whether the process works at all: an outage is no reason to restart it, and work that stands still is.
    fn health(&self) -> Response {
        let stage = self.stage.borrow().clone();
        let Stage::Serving(vitals) = stage else { return "alive\n".into_response() };
        match vitals.chat.metrics().stuck(self.clock.now()) {
            None => "alive\n".into_response(),
            Some(work) => {
                (StatusCode::SERVICE_UNAVAILABLE, format!("the work on {work} stands still\n")).into_response()
            }
        }
    }

    async fn readiness(&self) -> Response {
        let stage = self.stage.borrow().clone();
        let readiness = match &stage {
            Stage::Serving(vitals) => Readiness::of(vitals, &self.see(vitals).await, self.clock.now()),
            stage => Readiness::without_bot(stage),
        };
        let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        (status, axum::Json(readiness)).into_response()
    }

    async fn figures(&self) -> Response {
        let stage = self.stage.borrow().clone();
        let page = match &stage {
            Stage::Serving(vitals) => {
                let seen = self.see(vitals).await;
                figures::of(vitals, &seen, self.started, self.clock.now())
            }
            _ => figures::without_bot(self.started),
        };
        match page {
            Ok(page) => ([(header::CONTENT_TYPE, figures::FORMAT)], page).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    async fn see(&self, vitals: &Vitals) -> Seen {
        let (store, chat, now) = (vitals.chat.store().clone(), vitals.chat.clone(), self.clock.now());
        let (writable, survey) = tokio::join!(
            self.proof.look(async move { prove_writable(&store, now).await }),
            self.survey.look(async move { survey(&chat).await.map_err(|error| error.to_string()) }),
        );
        if let Err(error) = &survey {
            tracing::debug!("the figures of the data are not known: {error}");
        }
        Seen { writable, survey: survey.ok() }
    }
}

/// Finds out whether what people do would be stored: a full disk reads well, and takes a little where something was before.
async fn prove_writable(store: &Store, now: DateTime<Utc>) -> Result<(), String> {
    if let Some(room) = store.room().filter(|room| *room < LEAST_ROOM) {
        // It says more than the refusal that writing there meets.
        return Err(format!("the disk of the database is full, {} KiB are left", room / 1024));
    }
    store.prove_writable(now).await.map_err(|error| error.to_string())
}

/// How much there is of everything; a product of the price list without stock has none.
async fn survey(chat: &Chat) -> Result<Survey, ChatError> {
    let mut tx = chat.store().read();
    let mut survey = tx.survey().await?;
    let catalogue = chat.shop().catalogue(&mut tx).await?;
    for product in &catalogue.products {
        if survey.stock.iter().all(|stock| stock.sku != product.sku) {
            survey.stock.push(Stock { sku: product.sku.clone(), available: 0 });
        }
    }
    Ok(survey)
}
