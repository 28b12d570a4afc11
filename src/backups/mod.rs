//! Backups that the bot takes by itself: when one is due, which stay, and who is told when there is none.
//!
//! When one is due is said by the folder, so that a restart begins nothing anew. The database notes the newest for all replicas,
//! and whether the staff know that there is none; whoever leads takes them.

mod failure;
mod folder;

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use self::failure::BackupFailure;
use self::folder::Folder;
pub use self::folder::newest_of_any;
use crate::backoff::Backoff;
use crate::chat::{Chat, examine};
use crate::config::{BackupSettings, PreferredForm, Secret};
use crate::domain::Notification;
use crate::outage::Outage;
use crate::shop::Recipient;
use crate::store::{Backup, BackupError, BackupWatch, Database, Existing, Finding, StockKey, StoreError};

/// How often the folder is looked at: somebody may have emptied it, another replica may lead, a clock may have been set.
const LOOK: TimeDelta = TimeDelta::seconds(60);
/// Pauses after failures: a full disk is not emptied within seconds, and each try costs a copy.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(60);
const LONGEST_PAUSE: TimeDelta = TimeDelta::seconds(3_600);
/// A backup that takes so long hangs, on somebody's lock for instance: a million orders take minutes.
const LONGEST: TimeDelta = TimeDelta::seconds(6 * 3_600);

/// Takes backups and watches over them.
#[derive(Debug)]
pub struct Backups {
    chat: Chat,
    database_url: Secret,
    key: Option<StockKey>,
    every: TimeDelta,
    overdue_after: TimeDelta,
    /// What takes longer is given up.
    longest: TimeDelta,
    keep: u32,
    form: PreferredForm,
    folder: Folder,
    /// What backups wait for.
    outage: Outage,
    /// What noting and telling of them waits for.
    watching: Outage,
    plan: Mutex<Plan>,
}

/// When the next try may begin.
#[derive(Debug)]
struct Plan {
    pauses: Backoff,
    not_before: DateTime<Utc>,
}

impl Plan {
    /// The same, and never far ahead of now: a clock that went wrong may have put it off by years.
    fn not_before_at(&mut self, now: DateTime<Utc>, longest: TimeDelta) -> DateTime<Utc> {
        self.not_before = self.not_before.min(now + longest);
        self.not_before
    }
}

impl Backups {
    /// Those of this chat's shop, which has that database.
    pub fn new(chat: Chat, database: Database<'_>, settings: &BackupSettings) -> Backups {
        let pause = |longest: TimeDelta| longest.min(settings.every).to_std().unwrap_or_default();
        let pauses = Backoff::new(pause(FIRST_PAUSE), pause(LONGEST_PAUSE));
        Backups {
            database_url: Secret::new(database.url.to_owned()),
            key: database.key.cloned(),
            every: settings.every,
            overdue_after: settings.overdue_after(),
            longest: longest(settings.overdue_after()),
            keep: settings.keep,
            form: settings.form,
            folder: Folder::new(&settings.folder, chat.username()),
            outage: Outage::of("backups"),
            watching: Outage::of("looks at the backups"),
            plan: Mutex::new(Plan { pauses, not_before: DateTime::<Utc>::MIN_UTC }),
            chat,
        }
    }

    /// Takes backups when they are due, for as long as it is polled.
    pub async fn run(&self) {
        loop {
            let rest = self.look().await.to_std().unwrap_or_default();
            tokio::time::sleep(rest).await;
        }
    }

    /// Takes a backup if one is due, and tells the staff what they are to know; gives how long nothing is due then.
    pub async fn look(&self) -> TimeDelta {
        let now = self.chat.clock().now();
        if !self.chat.store().standing().leads(now) {
            return LOOK.min(self.every);
        }
        let due = match self.take_if_due(now).await {
            Ok(due) => due,
            Err(failure) => {
                let now = self.chat.clock().now();
                self.outage.met(&failure, now);
                let mut plan = self.plan();
                plan.not_before = now + TimeDelta::from_std(plan.pauses.pause()).unwrap_or(LONGEST_PAUSE);
                plan.not_before
            }
        };
        let now = self.chat.clock().now();
        match self.watch(now).await {
            Ok(()) => self.watching.over(now),
            Err(error) => self.watching.met(&error, now),
        }
        (due - now).clamp(TimeDelta::zero(), LOOK)
    }

    /// Takes a backup unless there is one that is young enough, or the last failure was a moment ago; gives when the next one is
    /// due.
    async fn take_if_due(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>, BackupFailure> {
        let not_before = self.plan().not_before_at(now, self.longest);
        if not_before > now {
            return Ok(not_before);
        }
        let newest = self.newest(now).await?;
        if let Some(due) = newest.map(|newest| newest + self.every).filter(|due| *due > now) {
            self.outage.over(now);
            return Ok(due);
        }
        let longest = self.longest.to_std().unwrap_or_default();
        tokio::time::timeout(longest, self.take(now)).await.unwrap_or(Err(BackupFailure::TooLong))?;
        let done = self.chat.clock().now();
        self.outage.over(done);
        let mut plan = self.plan();
        plan.pauses.reset();
        // However short the interval, people have the machine to themselves for half of the time.
        plan.not_before = done + (done - now);
        Ok(plan.not_before.max(now + self.every))
    }

    async fn take(&self, at: DateTime<Utc>) -> Result<(), BackupFailure> {
        self.in_folder(Folder::prepare).await?;
        let place = self.folder.place(at);
        let database = Database { url: self.database_url.reveal(), key: self.key.as_ref() };
        let backup = Backup::take(database, &place, Existing::Keep, self.form).await?;
        let copy = backup.copy().open().await?;
        let looked_at = async { Ok::<_, StoreError>((examine(&copy, || {}).await?, copy.read().extent().await?)) };
        let looked_at = looked_at.await;
        copy.close().await;
        let (mut findings, extent) = looked_at?;
        findings.retain(Finding::is_about_rows);
        if !findings.is_empty() {
            // Better than none to whoever has no other, and no reason to take a good one away.
            let kept = self.folder.unsound();
            backup.keep_as(&kept)?;
            return Err(BackupFailure::Unsound { checks: findings.len(), kept });
        }
        let form = backup.form();
        backup.keep()?;
        let (now, keep) = (self.chat.clock().now(), self.keep);
        let seconds = (now - at).num_seconds();
        tracing::info!("took the backup {}: {form}, orders: {}, in {seconds} s", place.display(), extent.orders);
        let spared = self.in_folder(move |folder| match extent.orders {
            // Perhaps it is not the database that it was, and the former backups are all that is left of that.
            0 => folder.surplus(keep, now).map(|surplus| surplus.len()),
            _ => folder.prune(keep, now).map(|_| 0),
        });
        match spared.await {
            Ok(0) => {}
            Ok(spared) => tracing::warn!(
                "the database has no orders, so no backup makes way for this one (more than `keep`: {spared}): make sure that \
                 DATABASE_URL names the shop's database"
            ),
            // The new one is there all the same.
            Err(failure) => tracing::warn!("backups that are not to stay cannot be taken away: {failure}"),
        }
        Ok(())
    }

    /// Notes what there is, and tells the staff when the last good backup is too old and none can be taken, and when there is one
    /// again.
    async fn watch(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let store = self.chat.store();
        let noted = store.read().backup_watch().await?;
        let former = noted.clone().unwrap_or(BackupWatch { since: now, taken_at: None, announced_at: None });
        // Whoever cannot look into the folder hears of that where a backup is to be taken.
        let newest = self.newest(now).await.ok().flatten();
        // What a clock that went wrong noted in the future would keep the staff from hearing of anything until then.
        let since = former.since.min(now);
        let taken_at = newest.max(former.taken_at.filter(|at| *at <= now));
        let is_old = now - taken_at.unwrap_or(since) > self.overdue_after;
        let is_missing = is_old && former.announced_at.is_none() && self.outage.waiting().is_some();
        let again = taken_at.filter(|_| !is_old && former.announced_at.is_some());
        if noted == Some(BackupWatch { since, taken_at, ..former }) && !is_missing && again.is_none() {
            return Ok(());
        }
        let (shop, mut tx) = (self.chat.shop(), store.begin().await?);
        tx.note_backups(since, taken_at).await?;
        if is_missing && tx.announce_missing_backup(now).await? {
            shop.tell(&mut tx, Recipient::Staff, None, &Notification::BackupMissing { taken_at }).await?;
        }
        if let Some(at) = again
            && tx.end_missing_backup().await?
        {
            shop.tell(&mut tx, Recipient::Staff, None, &Notification::BackupTaken { at }).await?;
        }
        tx.commit().await
    }

    async fn newest(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, BackupError> {
        let taken = self.in_folder(move |folder| folder.taken(now)).await?;
        Ok(taken.last().map(|taken| taken.at))
    }

    /// A disk can keep whoever asks waiting.
    async fn in_folder<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Folder) -> io::Result<T> + Send + 'static,
    ) -> Result<T, BackupError> {
        let folder = self.folder.clone();
        let done = tokio::task::spawn_blocking(move || work(&folder)).await;
        done.map_err(io::Error::other)
            .flatten()
            .map_err(|reason| BackupError::Folder { folder: self.folder.path().to_owned(), reason: reason.to_string() })
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        // Nothing panics between two changes that belong together.
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// While one hangs, nobody is told that there is none, which staff are to hear by then.
fn longest(overdue_after: TimeDelta) -> TimeDelta {
    LONGEST.min(overdue_after.max(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_that_hangs_is_given_up_by_the_time_that_staff_are_to_hear_that_there_is_none() {
        let minutes = |every: i64| longest(TimeDelta::minutes(2 * every)).num_minutes();
        assert_eq!([1, 30, 60, 180, 24 * 60].map(minutes), [60, 60, 120, 360, 360]);
    }
}
