//! Screens and notices out: whatever a commit left to be shown is shown, however often that takes.
//!
//! A redraw shows the newest state, so five quick taps may end in one edit, and one that fails is simply done again.
//! A notice goes out in its chat's order, at least once; one that may have arrived before says so.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::desk::fact::Fact;
use crate::desk::{Desk, DeskError};
use crate::domain::{ChatId, MessageId};
use crate::store::{DialogueKey, Drawn, Fresh, Lasting, LiveScreen, Notice, Reachability, Redraw, Repeat, StoreError};
use crate::telegram::limits::Permit;
use crate::telegram::{CallError, Client, Limits};
use crate::view::alert::Sending;

/// Calls under way at once; Telegram takes 30 a second and answers within a fraction of one.
const HANDS: usize = 24;
/// How long a redraw is leased: what a person waits at most when a replica dies with it in hand.
const REDRAW_LEASE: TimeDelta = TimeDelta::seconds(10);
/// A redraw is broken off before another worker may take it up; an edit that was under way is simply done again.
const REDRAW_TIMEOUT: Duration = Duration::from_secs(9);
/// How long a notice is leased: longer than a call can take, since a second sending is a second message.
const NOTICE_LEASE: TimeDelta = TimeDelta::seconds(60);
/// How long the calls under way may take when the bot stops: their leases would hold them back at the next start.
const FAREWELL: Duration = Duration::from_secs(4);
/// How often the store is asked for work that another replica left or that nobody announced.
const POLL: Duration = Duration::from_secs(1);
/// The first pause after a failed call; it doubles with each up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(1);
/// The longest pause between two tries of one thing.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(5);

/// Shows screens and delivers notices.
#[derive(Clone)]
pub struct Delivery {
    desk: Desk,
    client: Client,
    limits: Arc<Mutex<Limits>>,
    wake: Arc<Notify>,
}

/// What one piece of work came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// There is nothing to do now.
    Idle,
    /// Done.
    Delivered,
    /// Put off until this instant.
    Deferred(DateTime<Utc>),
    /// Given up for good; the log says why.
    Dead,
}

/// What stops the delivery.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The token was revoked.
    #[error("the Bot API does not accept the token; put the token from @BotFather into TELOXIDE_TOKEN")]
    Unauthorized,
    /// The store or what it holds; the work stays leased and comes up again.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<StoreError> for DeliveryError {
    fn from(error: StoreError) -> DeliveryError {
        DeliveryError::Desk(error.into())
    }
}

enum Work {
    Redraw(Redraw),
    Notice(Notice),
}

impl Delivery {
    /// A delivery that looks for work when `wake` is notified.
    pub fn new(desk: Desk, client: Client, wake: Arc<Notify>) -> Delivery {
        Delivery { desk, client, limits: Arc::default(), wake }
    }

    /// Delivers until `stop` is ready and what is under way then is done. What is cut off is done again after its lease.
    pub async fn run(&self, stop: impl Future<Output = ()>) -> Result<(), DeliveryError> {
        let mut stop = std::pin::pin!(stop);
        let mut hands = JoinSet::new();
        loop {
            let free = HANDS.saturating_sub(hands.len());
            match self.claim(free).await {
                Ok(work) => {
                    for piece in work {
                        let delivery = self.clone();
                        hands.spawn(async move { delivery.perform(piece).await });
                    }
                }
                Err(error) => tracing::warn!("the store gives no work: {error}"),
            }
            tokio::select! {
                biased;
                () = &mut stop => break,
                rested = self.rest(&mut hands) => if let Err(DeliveryError::Unauthorized) = rested {
                    return Err(DeliveryError::Unauthorized);
                },
            }
        }
        let finishing = async { while hands.join_next().await.is_some() {} };
        if tokio::time::timeout(FAREWELL, finishing).await.is_err() {
            tracing::warn!("deliveries are cut off by the stop; they are done again after their leases");
        }
        Ok(())
    }

    /// Does one piece of work, if any is due.
    pub async fn deliver_next(&self) -> Result<Delivered, DeliveryError> {
        match self.claim(1).await?.pop() {
            Some(work) => self.perform(work).await,
            None => Ok(Delivered::Idle),
        }
    }

    /// Waits until there may be work: a hand is free again, a commit was announced, or something falls due.
    async fn rest(&self, hands: &mut JoinSet<Result<Delivered, DeliveryError>>) -> Result<(), DeliveryError> {
        let pause = self.pause().await;
        tokio::select! {
            Some(finished) = hands.join_next(), if !hands.is_empty() => match finished {
                Ok(Err(DeliveryError::Unauthorized)) => return Err(DeliveryError::Unauthorized),
                Ok(Err(error)) => tracing::warn!("a delivery waits for its lease to end: {error}"),
                Ok(Ok(_)) => {}
                Err(error) => tracing::error!("a delivery broke off and waits for its lease to end: {error}"),
            },
            () = self.wake.notified(), if hands.len() < HANDS => {}
            () = tokio::time::sleep(pause), if hands.len() < HANDS => {}
        }
        Ok(())
    }

    async fn pause(&self) -> Duration {
        let due = async { self.desk.store().read().await?.next_delivery_due().await }.await;
        let wait = due.ok().flatten().map(|due| due - self.desk.clock().now());
        wait.and_then(|wait| wait.to_std().ok()).map_or(POLL, |wait| wait.clamp(Duration::from_millis(5), POLL))
    }

    async fn claim(&self, limit: usize) -> Result<Vec<Work>, StoreError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        if limit == 0 {
            return Ok(Vec::new());
        }
        let now = self.desk.clock().now();
        let mut tx = self.desk.store().begin().await?;
        // People wait at their screens, so these go first.
        let redraws = tx.claim_redraws(now, now + REDRAW_LEASE, limit).await?;
        let left = limit.saturating_sub(u32::try_from(redraws.len()).unwrap_or(u32::MAX));
        let notices = if left > 0 { tx.claim_notices(now, now + NOTICE_LEASE, left).await? } else { Vec::new() };
        tx.commit().await?;
        Ok(redraws.into_iter().map(Work::Redraw).chain(notices.into_iter().map(Work::Notice)).collect())
    }

    async fn perform(&self, work: Work) -> Result<Delivered, DeliveryError> {
        match work {
            Work::Redraw(redraw) => {
                let lease_end = self.desk.clock().now() + REDRAW_LEASE;
                let redrawing = tokio::time::timeout(REDRAW_TIMEOUT, self.redraw(redraw)).await;
                redrawing.unwrap_or(Ok(Delivered::Deferred(lease_end)))
            }
            Work::Notice(notice) => self.tell(notice).await,
        }
    }

    fn ask(&self, chat: ChatId) -> Permit {
        let now = self.desk.clock().now();
        // A poisoned lock still holds sound limits: every change to them is a single assignment.
        self.limits.lock().unwrap_or_else(std::sync::PoisonError::into_inner).ask(chat, now)
    }

    fn hold(&self, chat: ChatId, until: DateTime<Utc>) {
        self.limits.lock().unwrap_or_else(std::sync::PoisonError::into_inner).hold(chat, until);
    }

    async fn redraw(&self, redraw: Redraw) -> Result<Delivered, DeliveryError> {
        let chat = redraw.key.chat;
        if let Permit::NotBefore(until) = self.ask(chat) {
            return self.defer_redraw(&redraw, until).await;
        }
        let Some(drawing) = self.desk.draw(redraw.key, &redraw.state).await? else {
            return self.give_up_redraw(&redraw).await;
        };
        let in_place = redraw.screen.filter(|_| redraw.fresh == Fresh::EditInPlace);
        let shown = match in_place {
            Some(live) => {
                if (live.lasting, drawing.lasting) == (Lasting::Transient, Lasting::Kept) {
                    self.keep(redraw.key, live.message).await?;
                }
                match self.client.edit_screen(chat, live.message, &drawing.screen).await {
                    Ok(()) | Err(CallError::NotModified) => Ok(LiveScreen { lasting: drawing.lasting, ..live }),
                    Err(error) => Err(error),
                }
            }
            None => self.client.send_screen(chat, &drawing.screen).await.map(|message| LiveScreen {
                message,
                since: redraw.version,
                lasting: drawing.lasting,
            }),
        };
        match shown {
            Ok(shown) => self.redrawn(&redraw, shown).await,
            Err(error) => self.redraw_failed(&redraw, error).await,
        }
    }

    /// Before the edit: cut off behind it, the next screen must not take the card away with the form that it replaced.
    async fn keep(&self, key: DialogueKey, message: MessageId) -> Result<(), DeliveryError> {
        let mut tx = self.desk.store().begin().await?;
        tx.keep_message(key, message).await?;
        Ok(tx.commit().await?)
    }

    async fn redrawn(&self, redraw: &Redraw, shown: LiveScreen) -> Result<Delivered, DeliveryError> {
        let mut tx = self.desk.store().begin().await?;
        let drawn = tx.drawn(redraw, shown, self.desk.clock().now()).await?;
        tx.commit().await?;
        let former = redraw.screen.filter(|live| live.message != shown.message && live.lasting == Lasting::Transient);
        let unwanted = (drawn == Drawn::Superseded && redraw.fresh == Fresh::SendBelow).then_some(shown.message);
        let gone = [former.map(|live| live.message).filter(|_| drawn == Drawn::Recorded), redraw.retiring, unwanted];
        for message in gone.into_iter().flatten() {
            self.take_away(redraw.key.chat, message).await;
        }
        Ok(Delivered::Delivered)
    }

    /// A screen that stays although another took its place is no harm: its buttons say that it is outdated.
    async fn take_away(&self, chat: ChatId, message: MessageId) {
        if let Err(error) = self.client.delete(chat, message).await {
            tracing::debug!(chat = chat.0, "an old screen stays in the chat: {error}");
        }
    }

    async fn redraw_failed(&self, redraw: &Redraw, error: CallError) -> Result<Delivered, DeliveryError> {
        let now = self.desk.clock().now();
        let chat = redraw.key.chat;
        match error {
            CallError::Unauthorized => Err(DeliveryError::Unauthorized),
            CallError::Flood(wait) => {
                let until = now + TimeDelta::from_std(wait).unwrap_or(LONGEST_PAUSE);
                tracing::warn!(chat = chat.0, "Telegram asks to wait {wait:?} with chat {chat}");
                self.hold(chat, until);
                self.defer_redraw(redraw, until).await
            }
            CallError::MessageGone(_) if redraw.screen.is_some() && redraw.fresh == Fresh::EditInPlace => {
                let mut tx = self.desk.store().begin().await?;
                if let Some(live) = redraw.screen {
                    tx.lose_message(redraw.key, live.message).await?;
                }
                tx.commit().await?;
                Ok(Delivered::Deferred(now))
            }
            CallError::Blocked(_) | CallError::Deactivated(_) => {
                self.unreachable(redraw, &error).await?;
                self.give_up_redraw(redraw).await
            }
            CallError::Rejected(_) | CallError::MessageGone(_) | CallError::Moved(_) | CallError::NotModified => {
                tracing::error!(chat = chat.0, "a screen cannot be shown in chat {chat}: {error}");
                self.give_up_redraw(redraw).await
            }
            CallError::NotSent(_) | CallError::Ambiguous(_) | CallError::Conflict(_) => {
                tracing::warn!(chat = chat.0, "a screen waits to be shown in chat {chat}: {error}");
                self.defer_redraw(redraw, now + pause_after(redraw.attempts)).await
            }
        }
    }

    async fn unreachable(&self, redraw: &Redraw, error: &CallError) -> Result<(), DeliveryError> {
        let reachability = match error {
            CallError::Deactivated(_) => Reachability::Deactivated,
            _ => Reachability::Blocked,
        };
        let mut tx = self.desk.store().begin().await?;
        tx.set_reachability(redraw.key.person, reachability, self.desk.clock().now()).await?;
        Ok(tx.commit().await?)
    }

    async fn defer_redraw(&self, redraw: &Redraw, until: DateTime<Utc>) -> Result<Delivered, DeliveryError> {
        let mut tx = self.desk.store().begin().await?;
        tx.defer_redraw(redraw.key, until).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(until))
    }

    async fn give_up_redraw(&self, redraw: &Redraw) -> Result<Delivered, DeliveryError> {
        let mut tx = self.desk.store().begin().await?;
        tx.give_up_redraw(redraw.key, redraw.version).await?;
        tx.commit().await?;
        Ok(Delivered::Dead)
    }

    async fn tell(&self, notice: Notice) -> Result<Delivered, DeliveryError> {
        if let Permit::NotBefore(until) = self.ask(notice.chat) {
            return self.defer_notice(&notice, until, notice.repeat).await;
        }
        let fact = match Fact::read(&notice.fact) {
            Ok(fact) => fact,
            Err(error) => return self.notice_failed(&notice, &format!("the fact cannot be read: {error}")).await,
        };
        let sending = match notice.repeat {
            Repeat::First => Sending::First,
            Repeat::PerhapsSeen => Sending::Repeated,
        };
        let Some(screen) = self.desk.word(&fact, sending).await? else {
            return self.notice_failed(&notice, "what it tells of does not exist").await;
        };
        match self.client.send_screen(notice.chat, &screen).await {
            Ok(message) => {
                let mut tx = self.desk.store().begin().await?;
                tx.notice_sent(notice.id, message, self.desk.clock().now()).await?;
                tx.commit().await?;
                Ok(Delivered::Delivered)
            }
            Err(error) => self.telling_failed(&notice, error).await,
        }
    }

    async fn telling_failed(&self, notice: &Notice, error: CallError) -> Result<Delivered, DeliveryError> {
        let now = self.desk.clock().now();
        let chat = notice.chat;
        match error {
            CallError::Unauthorized => Err(DeliveryError::Unauthorized),
            CallError::Flood(wait) => {
                let until = now + TimeDelta::from_std(wait).unwrap_or(LONGEST_PAUSE);
                tracing::warn!(chat = chat.0, "Telegram asks to wait {wait:?} with chat {chat}");
                self.hold(chat, until);
                self.defer_notice(notice, until, notice.repeat).await
            }
            CallError::Moved(to) => {
                let mut tx = self.desk.store().begin().await?;
                tx.chat_moved(chat, to, now).await?;
                tx.defer_notice(notice.id, now, notice.repeat).await?;
                tx.commit().await?;
                Ok(Delivered::Deferred(now))
            }
            CallError::Blocked(_) | CallError::Deactivated(_) => {
                tracing::error!(chat = chat.0, "chat {chat} cannot be reached, its notices wait: {error}");
                let mut tx = self.desk.store().begin().await?;
                tx.notice_unreachable(notice.id, now).await?;
                tx.commit().await?;
                Ok(Delivered::Dead)
            }
            CallError::Rejected(_) | CallError::MessageGone(_) | CallError::NotModified => {
                self.notice_failed(notice, &error.to_string()).await
            }
            CallError::NotSent(_) | CallError::Conflict(_) => {
                tracing::warn!(chat = chat.0, "a notice waits for chat {chat}: {error}");
                self.defer_notice(notice, now + pause_after(notice.attempts), notice.repeat).await
            }
            CallError::Ambiguous(_) => {
                tracing::warn!(chat = chat.0, "a notice to chat {chat} may or may not have arrived: {error}");
                self.defer_notice(notice, now + pause_after(notice.attempts), Repeat::PerhapsSeen).await
            }
        }
    }

    async fn defer_notice(
        &self,
        notice: &Notice,
        until: DateTime<Utc>,
        repeat: Repeat,
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.desk.store().begin().await?;
        tx.defer_notice(notice.id, until, repeat).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(until))
    }

    async fn notice_failed(&self, notice: &Notice, error: &str) -> Result<Delivered, DeliveryError> {
        tracing::error!(chat = notice.chat.0, "a notice to chat {} is given up: {error}", notice.chat);
        let mut tx = self.desk.store().begin().await?;
        tx.notice_failed(notice.id, error, self.desk.clock().now()).await?;
        tx.commit().await?;
        Ok(Delivered::Dead)
    }
}

fn pause_after(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(0, 9)).unwrap_or(0);
    (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST_PAUSE)
}
