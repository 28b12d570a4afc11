//! HTTP/1 on an address of its own, as the webhook and the figures are served: bounded connections, none of which may say
//! nothing for long.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// A machine without files for another connection has some again soon.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What bounds those who connect.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// What they connect to, as the log calls it.
    pub to: &'static str,
    pub connections: usize,
    /// How long a connection may say nothing between two requests.
    pub idle: Duration,
}

/// Takes connections and has their requests answered until it is dropped. Those that are open then are `connections`' to end.
pub async fn serve<F>(
    listener: &TcpListener,
    bounds: Bounds,
    connections: &GracefulShutdown,
    answer: impl Fn(Request) -> F + Clone + Send + 'static,
) where
    F: Future<Output = Response> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(bounds.connections));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::debug!("a connection to {} could not be taken: {error}", bounds.to);
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let answer = answer.clone();
        let service = service_fn(move |request: hyper::Request<_>| {
            let answering = answer(request.map(Body::new));
            async move { Ok::<_, Infallible>(answering.await) }
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(bounds.idle);
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("a connection to {} broke: {error}", bounds.to);
            }
            drop(place);
        });
    }
}
