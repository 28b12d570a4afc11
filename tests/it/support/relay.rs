//! What stands between Telegram and the bots: it posts to each in turn, and loses answers when it is told to.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::loopback;

pub struct Relay {
    pub url: String,
    state: Arc<Bots>,
}

struct Bots {
    ports: Vec<u16>,
    client: reqwest::Client,
    next: AtomicUsize,
    counts: Vec<AtomicUsize>,
    /// What the next update holds whose answer is lost.
    loses: Mutex<Option<&'static str>>,
    is_cut: AtomicBool,
    lost: Notify,
}

impl Relay {
    pub async fn to(ports: &[u16]) -> Relay {
        let state = Arc::new(Bots {
            ports: ports.to_vec(),
            client: loopback::http(),
            next: AtomicUsize::new(0),
            counts: ports.iter().map(|_| AtomicUsize::new(0)).collect(),
            loses: Mutex::new(None),
            is_cut: AtomicBool::new(false),
            lost: Notify::new(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/telegram", listener.local_addr().unwrap());
        let app = Router::new().fallback(forward).with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Relay { url, state }
    }

    /// The answer to the next update that holds this is lost, and nothing gets through from then on.
    pub fn loses_the_answer_to(&self, what: &'static str) {
        *self.state.loses.lock().unwrap() = Some(what);
    }

    /// Waits until an answer is lost.
    pub async fn until_lost(&self) {
        self.state.lost.notified().await;
    }

    /// Everything gets through again.
    pub fn is_mended(&self) {
        self.state.is_cut.store(false, Ordering::SeqCst);
    }

    /// How many updates each of the bots took.
    pub fn counts(&self) -> Vec<usize> {
        self.state.counts.iter().map(|count| count.load(Ordering::SeqCst)).collect()
    }
}

/// A bot that is away is passed over, as proxies do.
async fn forward(State(bots): State<Arc<Bots>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    if bots.is_cut.load(Ordering::SeqCst) {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let first = bots.next.fetch_add(1, Ordering::SeqCst);
    for turn in first..first + bots.ports.len() {
        let which = turn % bots.ports.len();
        let url = format!("http://127.0.0.1:{}{}", bots.ports[which], parts.uri.path());
        let onward = bots.client.post(url).headers(parts.headers.clone()).body(body.clone());
        let Ok(answer) = onward.send().await else { continue };
        let status = answer.status();
        if status.is_success() {
            bots.counts[which].fetch_add(1, Ordering::SeqCst);
            let lost = bots.loses.lock().unwrap().take_if(|what| String::from_utf8_lossy(&body).contains(*what));
            if lost.is_some() {
                bots.is_cut.store(true, Ordering::SeqCst);
                bots.lost.notify_one();
                break;
            }
        }
        return status.into_response();
    }
    StatusCode::BAD_GATEWAY.into_response()
}
