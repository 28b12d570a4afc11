//! Recording what became of redraws, together with the next updates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::ahead::draw_during;
use super::redraws::{Ended, REDRAW_LEASE, Recording, RedrawEnd, Redraws, Retired};
use super::{Chat, ChatError};
use crate::domain::{ChatId, MessageId, PersonId};
use crate::store::{Drawn, Fresh, Lasting, LiveScreen, MessageKind, OrderMessage, Tx, Writers};

/// How long what became of a redraw is left to an update of its own person, which writes the same row: longer than a program
/// takes to press what it sees, and far less than the redraw's lease.
const LEFT_TO_ITS_PERSON: TimeDelta = TimeDelta::milliseconds(100);

impl Chat {
    /// The redraws of this process.
    pub fn redraws(&self) -> &Arc<Redraws> {
        &self.redraws
    }

    /// Records what became of all redraws.
    pub async fn record_redraws(&self) -> Result<(), ChatError> {
        self.record_alone(self.redraws.record(|_| true)).await
    }

    /// Records what became of redraws that are not to wait for an update of their people any longer.
    pub async fn record_due_redraws(&self) -> Result<(), ChatError> {
        let now = self.clock().now();
        self.record_alone(self.redraws.record(|ended| is_due(ended, now))).await
    }

    async fn record_alone(&self, recording: Recording<'_>) -> Result<(), ChatError> {
        if recording.ended.is_empty() {
            return Ok(());
        }
        self.commit(recording, (&[], None), async |_| Ok(Some(()))).await.map(drop)
    }

    /// Runs a transaction in which these people are served, some of them in private, unless the work gives nothing: it begins with
    /// recording what became of their redraws, since somebody quick costs one write then and not two, and leases what it leaves to
    /// be drawn. Where there is one writer, it also records what others wait for; where there are many, it might have to wait for
    /// others itself, and would keep those from theirs. They wait since then for what they are to see.
    pub(super) async fn serving<T>(
        &self,
        (people, in_private): (&BTreeSet<PersonId>, &[PersonId]),
        since: Option<DateTime<Utc>>,
        work: impl AsyncFnOnce(&mut Tx) -> Result<Option<T>, ChatError>,
    ) -> Result<Option<T>, ChatError> {
        let takes_overtaken = self.store().writers() == Writers::One;
        let recording = self
            .redraws
            .record(|ended| people.contains(&ended.redraw.key.person) || takes_overtaken && ended.is_overtaken);
        self.commit(recording, (in_private, since), work).await
    }

    async fn commit<T>(
        &self,
        recording: Recording<'_>,
        (served, since): (&[PersonId], Option<DateTime<Utc>>),
        work: impl AsyncFnOnce(&mut Tx) -> Result<Option<T>, ChatError>,
    ) -> Result<Option<T>, ChatError> {
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
        let (written, leased) = tx.write_leasing(now, now + REDRAW_LEASE).await?;
        let leased = draw_during(written.commit(), leased, async |redraw| self.draw_ahead(redraw).await).await?;
        recording.committed(leased, retired, since);
        Ok(Some(outcome))
    }

    /// Gives the screens whose place another has taken.
    async fn record(&self, tx: &mut Tx, ended: &[Ended]) -> Result<Vec<Retired>, ChatError> {
        tx.load_dialogues(ended.iter().map(|ended| ended.redraw.key)).await?;
        let (mut retired, mut kept, mut about) = (Vec::new(), Vec::new(), BTreeMap::new());
        for Ended { redraw, end, .. } in ended {
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

/// Whether what became of a redraw waits no longer for its person's next update. A clock that was set back makes nothing wait.
fn is_due(ended: &Ended, now: DateTime<Utc>) -> bool {
    ended.is_overtaken || (now - ended.at).abs() >= LEFT_TO_ITS_PERSON
}
