//! Reactions that tell staff what became of their words, beside everything else. One that fails is said in words.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tracing::Instrument;

use crate::chat::event::Incoming;
use crate::chat::{Chat, Receipt, Refusal};
use crate::telegram::{CallError, Client};

/// Calls under way at once: staff are few.
const CALLS: usize = 8;
/// Longest that a reaction waits because Telegram asks for it.
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Clone)]
pub(super) struct Receipts {
    client: Client,
    chat: Chat,
    calls: Arc<Semaphore>,
}

impl Receipts {
    pub(super) fn new(client: Client, chat: Chat) -> Receipts {
        Receipts { client, chat, calls: Arc::new(Semaphore::new(CALLS)) }
    }

    pub(super) fn send(&self, incoming: &Incoming, receipt: Option<Receipt>) {
        let Some(receipt) = receipt else { return };
        let receipts = self.clone();
        tokio::spawn(async move { receipts.give(receipt).await }.instrument(incoming.span()));
    }

    async fn give(&self, receipt: Receipt) {
        let _call = self.calls.acquire().await;
        let mut reacted = self.react(&receipt).await;
        if let Err(CallError::Flood(wait)) = reacted
            && wait <= PATIENCE
        {
            tokio::time::sleep(wait).await;
            reacted = self.react(&receipt).await;
        }
        let why = match reacted {
            // Nobody looks for a receipt below what they took back.
            Ok(()) | Err(CallError::MessageGone(_)) => return,
            Err(CallError::Rejected(_) | CallError::Unexplained(_) | CallError::Blocked(_)) => Refusal::ByChat,
            Err(error) => {
                tracing::debug!("a message gets no reaction: {error}");
                Refusal::Trouble
            }
        };
        if let Err(error) = self.chat.not_reacted(&receipt, why).await {
            tracing::warn!("nobody is told that their words are on their way: {error}");
        }
    }

    async fn react(&self, receipt: &Receipt) -> Result<(), CallError> {
        self.client.react(receipt.chat, receipt.message, receipt.reaction).await
    }
}
