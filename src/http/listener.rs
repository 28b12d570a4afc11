//! HTTP/1 on an address of its own, as the webhook and the figures are served: bounded connections, none of which may say
//! nothing for long, leave its answers unread, or stay for good.

mod unstuck;

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use unstuck::Unstuck;

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
    /// How long nothing of an answer may be taken.
    pub unread: Duration,
    /// How old a connection may grow. The answer after that is its last.
    pub age: Duration,
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
        let (answer, is_old) = (answer.clone(), Arc::new(AtomicBool::new(false)));
        let grows_old = Arc::clone(&is_old);
        let service = service_fn(move |request: hyper::Request<_>| {
            let (answering, is_old) = (answer(request.map(Body::new)), Arc::clone(&is_old));
            async move {
                let mut answer = answering.await;
                if is_old.load(Ordering::Relaxed) {
                    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(answer)
            }
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(bounds.idle);
        let stream = TokioIo::new(Unstuck::new(stream, bounds.unread));
        let connection = connections.watch(http.serve_connection(stream, service));
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let served = match timeout(bounds.age, &mut connection).await {
                Ok(served) => Ok(served),
                Err(_) => {
                    grows_old.store(true, Ordering::Relaxed);
                    timeout(bounds.idle, connection).await
                }
            };
            match served {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::debug!("a connection to {} broke: {error}", bounds.to),
                Err(_) => tracing::debug!("a connection to {} was as old as one may be", bounds.to),
            }
            drop(place);
        });
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    const SHORT: Duration = Duration::from_millis(200);
    const LONG: Duration = Duration::from_secs(60);

    /// Whether somebody is answered while two others, who may be no more, do this to their connections.
    async fn is_answered(bounds: Bounds, body: &'static str, others: &[u8]) -> bool {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asking = async {
            let mut stuck = Vec::new();
            for _ in 0..2 {
                let mut stream = TcpStream::connect(address).await.unwrap();
                stream.write_all(others).await.unwrap();
                stuck.push(stream);
            }
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(GET).await.unwrap();
            let mut first = [0; 12];
            let answered = timeout(Duration::from_secs(10), stream.read_exact(&mut first)).await;
            answered.is_ok_and(|read| read.is_ok()) && first == *b"HTTP/1.1 200"
        };
        let connections = GracefulShutdown::new();
        let serving = serve(&listener, bounds, &connections, move |_| async move { Response::new(Body::from(body)) });
        tokio::select! {
            () = serving => false,
            answered = asking => answered,
        }
    }

    #[tokio::test]
    async fn who_never_reads_an_answer_keeps_nobody_out() {
        let bounds = Bounds { to: "a test", connections: 2, idle: LONG, unread: SHORT, age: LONG };
        let body: &'static str = "x".repeat(32 << 20).leak();
        assert!(is_answered(bounds, body, GET).await);
    }

    #[tokio::test]
    async fn who_stays_too_long_keeps_nobody_out() {
        let bounds = Bounds { to: "a test", connections: 2, idle: SHORT, unread: LONG, age: SHORT };
        let body: &'static str = "x".repeat(32 << 20).leak();
        assert!(is_answered(bounds, body, GET).await);
    }

    #[tokio::test]
    async fn an_old_connection_is_asked_to_end_with_its_next_answer() {
        let bounds = Bounds { to: "a test", connections: 1, idle: LONG, unread: LONG, age: SHORT };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let connections = GracefulShutdown::new();
        let serving = serve(&listener, bounds, &connections, |_| async { Response::new(Body::from("here")) });
        let asking = async {
            stream.write_all(GET).await.unwrap();
            let mut answer = vec![0; 1024];
            let length = stream.read(&mut answer).await.unwrap();
            assert!(!String::from_utf8_lossy(&answer[..length]).contains("connection: close"));
            tokio::time::sleep(SHORT * 3).await;
            stream.write_all(GET).await.unwrap();
            let mut rest = String::new();
            stream.read_to_string(&mut rest).await.unwrap();
            assert!(rest.contains("connection: close") && rest.ends_with("here"), "{rest}");
        };
        tokio::select! {
            () = serving => panic!("it serves until it is dropped"),
            () = asking => {}
        }
    }
}
