//! Recording what became of redraws, together with the next updates.

use std::sync::Arc;

use super::redraws::{Ended, REDRAW_LEASE, RedrawEnd, Redraws, Retired};
use super::{Chat, ChatError};
use crate::domain::ChatId;
use crate::store::{Drawn, Fresh, Lasting, LiveScreen, MessageKind, Tx};

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
        let mut retired = Vec::new();
        for ended in &recording.ended {
            retired.extend(self.record(&mut tx, ended).await?);
        }
        // The whole way of an update hangs on this future: it is no burden to the stack of whoever waits for it.
        let outcome = Box::pin(work(&mut tx)).await?;
        let now = self.clock().now();
        let until = now + REDRAW_LEASE;
        let leased = tx.commit_leasing(now, until).await?;
        recording.committed(leased, until, retired);
        Ok(outcome)
    }

    /// Gives the screens whose place another has taken.
    async fn record(&self, tx: &mut Tx, Ended { redraw, end }: &Ended) -> Result<Vec<Retired>, ChatError> {
        let (key, now) = (redraw.key, self.clock().now());
        let mut retired = Vec::new();
        match end {
            RedrawEnd::Shown { live, about, openness } => {
                if let Some(seen) = openness {
                    self.openness_seen(tx, key.chat, *seen).await?;
                }
                let before = tx.dialogue(key).await?.and_then(|stored| stored.screen);
                let former = before.filter(|former| former.message != live.message);
                let drawn = tx.drawn(redraw, *live).await?;
                if let (Some((order, kind)), Drawn::Recorded) = (about, drawn) {
                    tx.record_order_message(key.chat, live.message, *order, *kind, now).await?;
                }
                match (drawn, redraw.fresh()) {
                    (Drawn::Recorded, _) => {
                        retired.extend(redraw.retiring.map(|message| Retired::Gone(key.chat, message)));
                        retired.extend(self.retired(tx, key.chat, former).await?);
                    }
                    (Drawn::Superseded, Fresh::SendBelow) => retired.push(Retired::Gone(key.chat, live.message)),
                    (Drawn::Superseded, Fresh::EditInPlace) => {}
                }
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
        Ok(retired)
    }

    /// What becomes of a screen whose place another has taken.
    async fn retired(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        former: Option<LiveScreen>,
    ) -> Result<Option<Retired>, ChatError> {
        let Some(former) = former else { return Ok(None) };
        if former.lasting == Lasting::Transient {
            return Ok(Some(Retired::Gone(chat, former.message)));
        }
        // A card follows its order, and its buttons with it.
        Ok(match tx.find_by_message(chat, former.message).await? {
            Some((_, MessageKind::Alert)) => None,
            _ => Some(Retired::Answered(chat, former.message)),
        })
    }
}
