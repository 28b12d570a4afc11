//! Recording what became of redraws, together with the next updates.

use std::sync::Arc;

use super::redraws::{Ended, REDRAW_LEASE, RedrawEnd, Redraws};
use super::{Chat, ChatError};
use crate::domain::{ChatId, MessageId};
use crate::store::{Drawn, Fresh, Lasting, Tx};

impl Chat {
    /// The redraws of this process.
    pub fn redraws(&self) -> &Arc<Redraws> {
        &self.redraws
    }

    /// Records what became of redraws, without waiting for updates.
    pub async fn record_redraws(&self) -> Result<(), ChatError> {
        if !self.redraws.has_ended() {
            return Ok(());
        }
        self.recording(async |_| Ok(())).await
    }

    /// Runs a transaction that begins with recording what became of redraws, and leases what it leaves to be drawn.
    pub(super) async fn recording<T>(
        &self,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T, ChatError>,
    ) -> Result<T, ChatError> {
        let recording = self.redraws.record();
        let mut tx = self.store().begin().await?;
        tx.load_dialogues(recording.ended.iter().map(|ended| ended.redraw.key)).await?;
        let mut stale = Vec::new();
        for ended in &recording.ended {
            stale.extend(self.record(&mut tx, ended).await?);
        }
        // The whole way of an update hangs on this future: it is no burden to the stack of whoever waits for it.
        let outcome = Box::pin(work(&mut tx)).await?;
        let now = self.clock().now();
        let until = now + REDRAW_LEASE;
        let leased = tx.commit_leasing(now, until).await?;
        recording.committed(leased, until, stale);
        Ok(outcome)
    }

    /// Gives the messages that nothing is shown in any more.
    async fn record(
        &self,
        tx: &mut Tx,
        Ended { redraw, end }: &Ended,
    ) -> Result<impl Iterator<Item = (ChatId, MessageId)> + use<>, ChatError> {
        let (key, now) = (redraw.key, self.clock().now());
        let mut gone = [None, None];
        match end {
            RedrawEnd::Shown { live, about, openness } => {
                if let Some(seen) = openness {
                    self.openness_seen(tx, key.chat, *seen).await?;
                }
                let drawn = tx.drawn(redraw, *live).await?;
                if let (Some((order, kind)), Drawn::Recorded) = (about, drawn) {
                    tx.record_order_message(key.chat, live.message, *order, *kind, now).await?;
                }
                let former =
                    redraw.screen.filter(|one| one.message != live.message && one.lasting == Lasting::Transient);
                gone = match (drawn, redraw.fresh()) {
                    (Drawn::Recorded, _) => [former.map(|live| live.message), redraw.retiring],
                    (Drawn::Superseded, Fresh::SendBelow) => [Some(live.message), None],
                    (Drawn::Superseded, Fresh::EditInPlace) => [None, None],
                };
            }
            RedrawEnd::PutOff(until, attempt) => tx.defer_redraw(key, *until, *attempt).await?,
            RedrawEnd::GivenUp => tx.give_up_redraw(key, redraw.version).await?,
            RedrawEnd::Unreachable(reachability) => {
                if key.chat.0 > 0 {
                    tx.set_reachability(key.person, *reachability, now).await?;
                }
                tx.give_up_redraw(key, redraw.version).await?;
            }
            RedrawEnd::LetGo => {
                if let Some(live) = redraw.screen {
                    tx.lose_message(key, live.message).await?;
                }
                tx.give_up_redraw(key, redraw.version).await?;
            }
            RedrawEnd::Gone => {
                if let Some(live) = redraw.screen {
                    tx.lose_message(key, live.message).await?;
                }
            }
        }
        Ok(gone.into_iter().flatten().map(move |message| (key.chat, message)))
    }
}
