//! The whole bot, wired: intake and delivery over one chat.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::SubsecRound;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::backups::Backups;
use crate::chat::{Chat, ChatError};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::{ChatId, SeenOpenness};
use crate::http::{Feed, Vitals};
use crate::intake::{Intake, Source};
use crate::outage::Outage;
use crate::outbox::Delivery;
use crate::replicas::{BEAT, News, Replicas};
use crate::shop::Shop;
use crate::store::{Database, Store, StoreError};
use crate::telegram::outgoing::ChatKind;
use crate::telegram::{CallError, Client, Revoked, Router, menus, token};

/// How often what nobody needs any more is pruned.
const HOUSEKEEPING: Duration = Duration::from_secs(3_600);
/// How often Telegram is asked whether the staff chat is private: nobody may write there for hours.
const STAFF_CHAT_LOOK: Duration = Duration::from_secs(60);
/// How often the database's file is looked at; every write looks as well.
const STORE_LOOK: Duration = Duration::from_secs(1);
/// How often the database's log is looked at: at its fastest it grows by 20 MB meanwhile.
const LOG_LOOK: Duration = Duration::from_secs(1);
/// A database that does not take note of this replica for so long is asked anew, on another connection.
const BEAT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long the last word to the other replicas may take. With what the calls and the posts under way have, and the closing of
/// the database, an orderly stop is over within the ten seconds that supervisors grant, though the database hang.
const LEAVING: Duration = Duration::from_secs(1);
/// How long backups rest that a fault of the program broke off.
const BACKUPS_REST: Duration = Duration::from_secs(60);
/// People whose menus are looked up at once.
const MENUS_AT_ONCE: u32 = 100;
/// Rows that one transaction prunes: a small part of a second, which is how long SQLite's other writers wait.
const PRUNED_AT_ONCE: u32 = 1_000;

/// A bot that is ready to run.
pub struct Bot {
    pub intake: Intake,
    /// Screens and messages out.
    pub delivery: Delivery,
    chat: Chat,
    client: Client,
    replicas: Replicas,
    staff_chat_looks: Outage,
    beats: Outage,
    backups: Option<Arc<Backups>>,
}

/// Why the bot did not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// The Bot API did not say who the bot is.
    #[error("the Bot API did not say who the bot is: {0}")]
    NoIdentity(CallError),
    /// The shop cannot be opened.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// The token is no good.
    #[error(transparent)]
    Revoked(#[from] Revoked),
    /// The database is not what it was, and cannot be again.
    #[error(transparent)]
    Store(StoreError),
}

/// Why the command menus were not set, or the staff chat not looked at.
#[derive(Debug, thiserror::Error)]
pub enum UpkeepError {
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// The bot goes on: a group that it was removed from for a while is no reason to serve nobody.
    #[error(
        "key `telegram.staff_chat`: chat {chat} does not know the bot ({said}); add the bot to the group, or correct the id; \
         customers are served, and what is for staff waits"
    )]
    UnknownStaffChat { chat: ChatId, said: String },
}

impl Bot {
    /// Asks the Bot API who the bot is, which its links need, and opens the shop with the catalogue file's text.
    pub async fn open(
        config: Arc<Config>,
        catalogue: &str,
        store: Store,
        client: Client,
        clock: Clock,
    ) -> Result<Bot, BotError> {
        tracing::info!("asking the Bot API who the bot is");
        let username = token::introduce(&client).await.map_err(BotError::NoIdentity)?;
        let chat = Chat::new(Shop::new(store, clock, config), &username);
        chat.shop().open(catalogue).await.map_err(ChatError::from)?;
        let router = Router::new(&username);
        let intake = Intake::new(client.clone(), router, chat.clone());
        let delivery = Delivery::new(chat.clone(), client.clone());
        let replicas = Replicas::new(chat.store().clone(), chat.clock().clone());
        let bot = Bot {
            intake,
            delivery,
            // Alone, it leaves only notes of what groups were sent.
            beats: Outage::of(if replicas.may_be_many() { "replicas" } else { "notes for the next start" }),
            replicas,
            chat,
            client,
            staff_chat_looks: Outage::that("the staff chat cannot be looked at"),
            backups: None,
        };
        // Before anything is said there.
        bot.look_at_staff_chat().await;
        tracing::info!("serving as @{username}");
        Ok(bot)
    }

    /// Has the bot take backups of its database if the configuration asks for them.
    pub fn with_backups(self, database: Database<'_>) -> Bot {
        let settings = self.chat.config().backup.as_ref();
        let backups = settings.map(|settings| Backups::new(self.chat.clone(), database, settings));
        Bot { backups: backups.map(Arc::new), ..self }
    }

    /// What health and figures are taken from.
    pub fn vitals(&self, source: &Source) -> Vitals {
        let feed = match source {
            Source::Polling => Feed::Polling,
            Source::Webhook(_) => Feed::Webhook,
        };
        let (updates, deliveries) = (self.intake.outages(), self.delivery.outages());
        let (chat, calls, holds) = (self.chat.clone(), self.client.calls().clone(), self.delivery.holds());
        Vitals { chat, calls, feed, updates, deliveries, holds }
    }

    /// The chat that the bot serves.
    pub fn chat(&self) -> &Chat {
        &self.chat
    }

    /// Serves until `stop` is ready and the calls and requests under way then are done. Whatever is cut off is finished by
    /// the next start: nothing that is not committed is confirmed, and nothing that is not shown is taken for shown.
    pub async fn run(&self, source: Source, stop: impl Future<Output = ()>) -> Result<(), BotError> {
        let mut stop = pin!(stop);
        tokio::select! {
            biased;
            () = &mut stop => return Ok(()),
            revoked = token::watch(&self.client, self.chat.clock()) => return Err(revoked.into()),
            fault = self.watch_store() => return Err(BotError::Store(fault)),
            () = self.join() => {}
        }
        let stopping = watch::Sender::new(false);
        let stopped = || {
            let mut stopping = stopping.subscribe();
            async move { drop(stopping.wait_for(|stopping| *stopping).await) }
        };
        // Each is polled when it wakes and not whenever one of them does: each answer of the database wakes somebody.
        let serving = together([Box::pin(self.delivery.run(stopped())), Box::pin(self.intake.run(source, stopped()))]);
        let chores = together([
            Box::pin(self.run_maintenance()),
            Box::pin(self.shorten_log()),
            Box::pin(self.take_backups()),
            Box::pin(self.watch_staff_chat()),
            Box::pin(self.keep_beating()),
            Box::pin(self.hear_others()),
        ]);
        let mut serving = pin!(serving);
        tokio::select! {
            biased;
            () = &mut stop => {
                stopping.send_replace(true);
            }
            revoked = token::watch(&self.client, self.chat.clock()) => return Err(revoked.into()),
            fault = self.watch_store() => return Err(BotError::Store(fault)),
            () = &mut serving => return Ok(()),
            () = chores => {}
        }
        serving.await;
        self.leave().await;
        Ok(())
    }

    /// Takes its place among the replicas, and learns what the last one sent to groups, before it does anything.
    pub async fn join(&self) {
        while !self.taken_note_of(self.replicas.join()).await {
            tokio::time::sleep(BEAT).await;
        }
    }

    async fn keep_beating(&self) {
        loop {
            tokio::time::sleep(BEAT).await;
            self.beat().await;
        }
    }

    /// Takes note of what this replica and the others do, if there is anything to say.
    pub async fn beat(&self) {
        let report = self.delivery.report();
        if self.replicas.has_news(&report) {
            self.taken_note_of(self.replicas.beat(report)).await;
        }
    }

    async fn taken_note_of(&self, news: impl Future<Output = Result<News, StoreError>>) -> bool {
        let now = self.chat.clock().now();
        match tokio::time::timeout(BEAT_TIMEOUT, news).await {
            Ok(Ok(news)) => {
                self.beats.over(now);
                self.delivery.heed(&news);
                return true;
            }
            Ok(Err(error)) => self.beats.met(&error, now),
            Err(_) => self.beats.met(&"the database does not answer", now),
        }
        false
    }

    /// Hears at once of what others leave for this replica to deliver. Whatever is missed is found by looking.
    async fn hear_others(&self) {
        if !self.replicas.may_be_many() {
            return;
        }
        let mut standing = self.chat.store().watch_standing();
        loop {
            if standing.borrow_and_update().replicas > 1
                && let Err(error) = self.chat.store().hear_others().await
            {
                tracing::debug!("other replicas are not heard: {error}");
            }
            // The store tells of each change as long as it lives, which is longer than this.
            let _ = standing.changed().await;
        }
    }

    /// Says its last word to the replicas that go on, or to the next start.
    pub async fn leave(&self) {
        let report = self.delivery.report();
        if let Ok(Err(error)) = tokio::time::timeout(LEAVING, self.replicas.leave(&report)).await {
            tracing::warn!("the other replicas will miss this one for some seconds: {error}");
        }
    }

    /// Watches over the database's file for as long as it is the one that the next start would open.
    async fn watch_store(&self) -> StoreError {
        loop {
            // A database that hangs or refuses may be what it was.
            let watched = tokio::time::timeout(STORE_LOOK, self.chat.store().keep_watch()).await;
            if let Ok(Err(fault @ StoreError::Lost(_))) = watched {
                return fault;
            }
            tokio::time::sleep(STORE_LOOK).await;
        }
    }

    /// Keeps the database's log short, beside whatever people wait for.
    async fn shorten_log(&self) {
        loop {
            tokio::time::sleep(LOG_LOOK).await;
            if let Err(error) = self.chat.store().shorten_log().await {
                tracing::debug!("the database's log stays as long as it is: {error}");
            }
        }
    }

    async fn watch_staff_chat(&self) {
        loop {
            tokio::time::sleep(STAFF_CHAT_LOOK).await;
            self.look_at_staff_chat().await;
        }
    }

    /// Asks how the staff chat is to be entered. Updates and messages tell it too, but a quiet chat has none, and one that is
    /// open gets none.
    pub async fn look_at_staff_chat(&self) {
        let looking = async {
            let staff_chat = self.chat.staff_chat().await?;
            // In Telegram's resolution, so that a message of this very second counts as one after it.
            let at = self.chat.clock().now().trunc_subsecs(0);
            let facts = self.client.chat_facts(staff_chat).await.map_err(|error| match error {
                CallError::Blocked(said) | CallError::Rejected(said) => {
                    UpkeepError::UnknownStaffChat { chat: staff_chat, said }
                }
                error => error.into(),
            })?;
            let openness = match facts.kind {
                ChatKind::Open(openness) => Some(openness),
                ChatKind::Closed | ChatKind::Private => None,
            };
            Ok::<_, UpkeepError>(self.chat.staff_chat_seen(staff_chat, SeenOpenness { openness, at }).await?)
        };
        match looking.await {
            Ok(()) => self.staff_chat_looks.over(self.chat.clock().now()),
            Err(error) => self.staff_chat_looks.met(&error, self.chat.clock().now()),
        }
    }

    /// Sets the menus, and prunes what is past its retention, every hour.
    async fn run_maintenance(&self) {
        let mut everybodys = true;
        loop {
            // Every hour, since an admin's menu can only be set once they wrote to the bot.
            let set = if everybodys { self.set_menus().await } else { self.set_menus_of_people().await };
            if let Err(error) = set {
                tracing::warn!("the command menus could not be set, in an hour once more: {error}");
            }
            if let Err(error) = self.prune().await {
                tracing::warn!("what is past its retention could not be pruned: {error}");
            }
            tokio::select! {
                () = tokio::time::sleep(HOUSEKEEPING) => everybodys = true,
                () = self.chat.menus_changed() => everybodys = false,
            }
        }
    }

    /// Sets the command menus of customers, of the staff chat, of the admins and of whoever chose a language.
    pub async fn set_menus(&self) -> Result<(), UpkeepError> {
        menus::set(&self.client, &self.chat.config().shop).await?;
        self.set_menus_of_people().await
    }

    async fn set_menus_of_people(&self) -> Result<(), UpkeepError> {
        let shop = &self.chat.config().shop;
        let roster = self.chat.roster().await?;
        menus::set_for_vendor(&self.client, shop, &roster).await?;
        loop {
            let changed = self.chat.menus_to_set(MENUS_AT_ONCE).await?;
            if changed.is_empty() {
                return Ok(());
            }
            for (person, chosen) in changed {
                if !roster.admins.contains(&person) {
                    let staff_chat = self.chat.is_staff(roster.staff_chat, person).await?.then_some(roster.staff_chat);
                    menus::set_for_person(&self.client, shop, person, chosen, staff_chat).await?;
                }
                self.chat.menu_set(person, chosen).await?;
            }
        }
    }

    /// By a task of its own, since looking at a million rows must not come between two updates.
    async fn take_backups(&self) {
        let Some(backups) = &self.backups else { return std::future::pending().await };
        let mut taking = JoinSet::new();
        loop {
            let backups = Arc::clone(backups);
            taking.spawn(async move { backups.run().await });
            if let Some(Err(error)) = taking.join_next().await {
                tracing::error!("backups broke off and begin anew: {error}");
            }
            tokio::time::sleep(BACKUPS_REST).await;
        }
    }

    async fn prune(&self) -> Result<(), StoreError> {
        let (now, retention) = (self.chat.clock().now(), self.chat.config().retention);
        loop {
            let mut tx = self.chat.store().begin().await?;
            let pruned = [
                tx.prune_sent_messages(now - retention.sent_messages, PRUNED_AT_ONCE).await?,
                tx.prune_processed_updates(now - retention.processed_updates, PRUNED_AT_ONCE).await?,
                tx.prune_dead_letters(now - retention.dead_letters, PRUNED_AT_ONCE).await?,
                tx.prune_broken_dialogues(now - retention.broken_dialogues, PRUNED_AT_ONCE).await?,
                match retention.audit {
                    Some(kept) => tx.prune_audit(now - kept, PRUNED_AT_ONCE).await?,
                    None => 0,
                },
                tx.settle_figures(PRUNED_AT_ONCE).await?,
            ];
            tx.commit().await?;
            if pruned == [0; 6] {
                return Ok(());
            }
        }
    }
}

/// All of these beside each other, until all are done.
async fn together<const N: usize>(all: [LocalBoxFuture<'_, ()>; N]) {
    all.into_iter().collect::<FuturesUnordered<_>>().collect().await
}
