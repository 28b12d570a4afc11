//! Recording what became of redraws, together with the next updates.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::redraws::{Ended, REDRAW_LEASE, RedrawEnd, Redraws, Retired};
use super::{Chat, ChatError};
use crate::domain::{ChatId, MessageId, PersonId};
use crate::store::{Drawn, Fresh, Lasting, LiveScreen, MessageKind, OrderMessage, Tx, Writers};

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
        self.recording((None, &[]), None, async |_| Ok(Some(()))).await.map(drop)
    }

    /// Runs a transaction that serves these people, unless the work gives nothing: it begins with recording what became of
    /// redraws, and leases what it leaves to be drawn. Where there are many writers, it records those of the people themselves:
    /// it may have to wait for others, and would keep the rest from theirs. They wait since then for what they are to see.
    pub(super) async fn serving<T>(
        &self,
        people: &[PersonId],
        since: Option<DateTime<Utc>>,
        work: impl AsyncFnOnce(&mut Tx) -> Result<Option<T>, ChatError>,
    ) -> Result<Option<T>, ChatError> {
        let only = match self.store().writers() {
            Writers::One => None,
            Writers::Many => Some(people),
        };
        self.recording((only, people), since, work).await
    }

    async fn recording<T>(
        &self,
        (only, served): (Option<&[PersonId]>, &[PersonId]),
        since: Option<DateTime<Utc>>,
        work: impl AsyncFnOnce(&mut Tx) -> Result<Option<T>, ChatError>,
    ) -> Result<Option<T>, ChatError> {
        let recording = self.redraws.record(only);
        let mut tx = self.store().begin().await?;
        if served.len() > 1 {
            tx.hurry().await?;
        }
        if !served.is_empty() {
            tx.load(served).await?;
        }
        let retired = self.record(&mut tx, &recording.ended).await?;
        // Boxed: an update's call tree makes this future some hundred kilobytes.
        let Some(outcome) = Box::pin(work(&mut tx)).await? else { return Ok(None) };
        let now = self.clock().now();
        let leased = tx.commit_leasing(now, now + REDRAW_LEASE).await?;
        recording.committed(leased, retired, since);
        Ok(Some(outcome))
    }

    /// Gives the screens whose place another has taken.
    async fn record(&self, tx: &mut Tx, ended: &[Ended]) -> Result<Vec<Retired>, ChatError> {
        tx.load_dialogues(ended.iter().map(|ended| ended.redraw.key)).await?;
        let (mut retired, mut kept, mut about) = (Vec::new(), Vec::new(), BTreeMap::new());
        for Ended { redraw, end } in ended {
            let (key, now) = (redraw.key, self.clock().now());
            match end {
                RedrawEnd::Shown { live, about: order, openness } => {
                    if let Some(seen) = openness {
                        self.openness_seen(tx, key.chat, *seen).await?;
                    }
                    let before = tx.live_screen(key).await?;
                    match (tx.drawn(redraw, *live).await?, redraw.fresh()) {
                        (Drawn::Recorded, _) => {
                            about.extend(order.map(|order| ((key.chat, live.message), order)));
                            let former = before.map(|former| former.message);
                            let retiring = redraw.retiring.filter(|message| Some(*message) != former);
                            retired.extend(retiring.map(|message| Retired::Gone(key.chat, message)));
                            match before.filter(|former| former.message != live.message) {
                                Some(LiveScreen { message, lasting: Lasting::Transient, .. }) => {
                                    retired.push(Retired::Gone(key.chat, message));
                                }
                                Some(LiveScreen { message, .. }) => kept.push((key.chat, message)),
                                None => {}
                            }
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
        }
        let about =
            about.into_iter().map(|((chat, message), (order, kind))| OrderMessage { chat, message, order, kind });
        tx.record_order_messages(&about.collect::<Vec<_>>(), self.clock().now()).await?;
        let found = tx.find_by_messages(&kept).await?;
        // A card follows its order, and its buttons with it.
        let is_card = |(chat, message): &(ChatId, MessageId)| {
            found.iter().any(|one| (one.chat, one.message, one.kind) == (*chat, *message, MessageKind::Alert))
        };
        kept.retain(|place| !is_card(place));
        retired.extend(kept.into_iter().map(|(chat, message)| Retired::Answered(chat, message)));
        Ok(retired)
    }
}
