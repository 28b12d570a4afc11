//! Updates in, fetched or posted: each takes effect once, and is confirmed to Telegram only after its effects are committed.

mod arrived;
mod failure;
mod handling;
mod membership;
mod polling;
mod precedence;
mod press_answers;
mod reading;
mod receipts;
mod tries;
mod waiting;
mod webhook;

use crate::chat::Chat;
use crate::outage::{Outage, Waiting};
use crate::telegram::{CallError, Client, Router};
use handling::Handling;
use polling::Polling;
pub use webhook::Webhook;

/// Where updates come from.
pub enum Source {
    /// The bot asks for them.
    Polling,
    /// Telegram posts them.
    Webhook(Webhook),
}

/// Takes updates from the Bot API to the chat.
pub struct Intake {
    client: Client,
    handling: Handling,
    polling: Polling,
}

impl Intake {
    pub fn new(client: Client, router: Router, chat: Chat) -> Intake {
        Intake { polling: Polling::new(client.clone()), handling: Handling::new(client.clone(), router, chat), client }
    }

    /// What all updates wait for at this moment, if they do.
    pub fn outage(&self) -> Option<Waiting> {
        self.handling.tries.outage.waiting()
    }

    /// The same, for whoever looks at it later.
    pub fn outages(&self) -> Outage {
        self.handling.tries.outage.clone()
    }

    /// Tries the updates again that wait in the database and are due, once; gives how many there were.
    pub async fn retry_due(&self) -> usize {
        match self.handling.waiting.retry_due().await {
            Ok(retried) => retried.due,
            Err(failure) => {
                self.handling.tries.wait_for_all(&failure);
                0
            }
        }
    }

    /// Takes updates until `stop` is ready, and tries again what waits. Dropped at any instant, it loses nothing: what is not
    /// committed is not confirmed.
    pub async fn run(&self, source: Source, stop: impl Future<Output = ()>) {
        let taking = async {
            match source {
                Source::Polling => tokio::select! {
                    () = stop => {}
                    () = self.polling.run(&self.handling) => {}
                },
                Source::Webhook(webhook) => webhook.serve(&self.client, &self.handling, stop).await,
            }
        };
        tokio::select! {
            () = taking => {}
            () = self.handling.waiting.run() => {}
        }
    }

    /// Fetches updates once, waiting for the first, and sees them committed; gives their number.
    pub async fn poll_once(&self) -> Result<usize, CallError> {
        self.polling.once(&self.handling).await
    }

    /// The offset of the next fetch: everything below it is committed.
    pub async fn offset(&self) -> i64 {
        self.polling.offset().await
    }
}
