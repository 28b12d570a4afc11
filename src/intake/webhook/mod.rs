//! Updates as Telegram posts them (<https://core.telegram.org/bots/api#setwebhook>): 200 only behind the commit, and no update
//! is kept longer than its request.

mod dispatch;
mod gate;
mod watch;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch as signal};
use tokio::time::timeout;
use url::Url;

use super::handling::Handling;
use crate::config::{self, Secret};
use crate::http::listener::{self, Bounds};
use crate::telegram::Client;
use dispatch::dispatch;
use gate::Gate;

/// Some connections for each of Telegram's hundred, and far fewer than a process may have files. They may say nothing for
/// longer than proxies keep one that they do not use.
const BOUNDS: Bounds = Bounds {
    to: "the webhook",
    connections: 256,
    idle: Duration::from_secs(150),
    unread: Duration::from_secs(10),
    age: Duration::from_secs(3600),
};
/// How long an orderly stop waits for requests under way: as long as the delivery waits for its calls.
const LAST_REQUESTS: Duration = Duration::from_secs(4);
/// How long the rest may then take to hear that they must come again.
const LAST_ANSWERS: Duration = Duration::from_secs(1);

/// A webhook whose address is bound.
pub struct Webhook {
    listener: TcpListener,
    url: Url,
    secret: Secret,
    max_connections: u8,
}

impl Webhook {
    /// Binds the address; connections wait until it serves.
    pub async fn bind(webhook: &config::Webhook, secret: &Secret) -> io::Result<Webhook> {
        let listener = TcpListener::bind(webhook.listen).await?;
        let (url, max_connections) = (webhook.url.clone(), webhook.max_connections);
        Ok(Webhook { listener, url, secret: secret.clone(), max_connections })
    }

    /// Where it listens, by its number if any port would do.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is ready; what is under way then is finished, or told to come again.
    pub(super) async fn serve(self, client: &Client, handling: &Handling, stop: impl Future<Output = ()>) {
        let Webhook { listener, url, secret, max_connections } = self;
        let places = usize::from(max_connections);
        let (requests, posted) = mpsc::channel(places);
        let closing = signal::Sender::new(false);
        let watched = (handling.tries.outage.clone(), handling.tries.chat.clone());
        let gate = Arc::new(Gate::new(url.path(), secret, places, requests, watched, closing.subscribe()));
        let answer = move |request| {
            let gate = Arc::clone(&gate);
            async move { gate.receive(request).await }
        };
        let connections = GracefulShutdown::new();
        let serving = async {
            tokio::select! {
                () = listener::serve(&listener, BOUNDS, &connections, answer) => {}
                () = stop => {}
            }
            let mut ending = pin!(connections.shutdown());
            if timeout(LAST_REQUESTS, &mut ending).await.is_err() {
                closing.send_replace(true);
                drop(timeout(LAST_ANSWERS, ending).await);
            }
        };
        tokio::select! {
            () = serving => {}
            () = dispatch(handling, posted) => {}
            () = watch::watch(client, &url, &handling.tries.chat) => {}
        }
    }
}
