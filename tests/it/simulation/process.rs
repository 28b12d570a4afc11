//! One process of the bot: a runtime of its own, which stands still unless it is let run, and can be dropped at any await.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use keydesk::bot::Bot;
use keydesk::clock::Clock;
use keydesk::config::{Config, Secret};
use keydesk::outbox::Delivered;
use keydesk::replicas::{Replicas, Report};
use keydesk::store::{OpenError, Standing, Store};
use keydesk::telegram::Client;
use keydesk_emulator::Emulator;
use tokio::runtime::{Builder, Runtime};
use url::Url;

use super::catalogue::CATALOGUE;
use super::commits::Stop;
use crate::support::accounts::UNLIMITED;

const CONFIG: &str = include_str!("../../../keydesk.example.toml");
/// What takes longer than this by the real clock hangs by no fault that was made.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longer than any statement, and shorter than the shortest pause between two tries of an update.
const PAUSE: Duration = Duration::from_millis(70);
/// How long the client waits for an answer.
const CALL_PATIENCE: TimeDelta = TimeDelta::seconds(8);
/// Nothing that is sent is leased for longer: a message.
const LONGEST_LEASE: TimeDelta = TimeDelta::seconds(60);
/// How often a replica takes note of itself.
const BEAT: TimeDelta = TimeDelta::seconds(1);
/// A newcomer does nothing before the others have heard of it.
const HEARD_OF_AFTER: TimeDelta = TimeDelta::milliseconds(1_500);

/// What a process does at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    Intake,
    Delivery,
    OtherDelivery,
}

const HANDS: [Hand; 3] = [Hand::Intake, Hand::Delivery, Hand::OtherDelivery];

/// One piece of a process's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Fetches updates and sees them committed.
    Poll,
    /// Tries again what waits in the database.
    Retry,
    /// Delivers one thing.
    Deliver,
    /// Looks whether the staff chat is private.
    Look,
}

/// What a job came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Took(usize),
    Delivered(Delivered),
    /// It came to nothing, and is due again.
    Failed(String),
    Done,
}

/// How far a hand came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    Ended(Outcome),
    /// A call of its own hangs: the one of this number.
    Hangs(u64),
    /// All updates wait for the database.
    Waits,
    /// It is stopped behind a commit.
    Stopped,
}

/// Whether the database is well at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    Sound,
    Ill,
}

struct Work {
    /// One alone, which goes on only while it is awaited, and is polled only when it was woken; dropped, it ends at the await
    /// where it is.
    task: FuturesUnordered<LocalBoxFuture<'static, Outcome>>,
    last_poll: Rc<Cell<Instant>>,
    stop_at: Rc<RefCell<Option<Stop>>>,
    /// What it came to, if it was stopped behind its last commit.
    outcome: Option<Outcome>,
    /// In which call, and since when.
    hangs: Option<(u64, DateTime<Utc>)>,
    /// Since when it is stopped behind a commit.
    stopped: Option<DateTime<Utc>>,
}

pub struct Process {
    pub name: usize,
    pub bot: Arc<Bot>,
    replicas: Arc<Replicas>,
    work: [Option<Work>; 3],
    clock: Clock,
    emulator: Emulator,
    last_beat: DateTime<Utc>,
    /// Before this instant it does nothing.
    pub serves_from: DateTime<Utc>,
    /// Whether it stands still as a whole.
    pub frozen: bool,
    runtime: Option<Runtime>,
}

impl Process {
    pub fn starts(name: usize, emulator: &Emulator, address: &str, clock: &Clock) -> Process {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let bot = Arc::new(runtime.block_on(open(emulator, address, clock)));
        let mut process = Process {
            name,
            replicas: Arc::new(Replicas::new(bot.chat().store().clone(), clock.clone())),
            work: [None, None, None],
            clock: clock.clone(),
            emulator: emulator.clone(),
            last_beat: clock.now(),
            serves_from: clock.now(),
            frozen: false,
            runtime: Some(runtime),
            bot,
        };
        process.joins();
        process
    }

    pub fn store(&self) -> &Store {
        self.bot.chat().store()
    }

    /// As [`Replicas::join`] does, whose pause is the simulation's time and not the real one.
    fn joins(&mut self) {
        let now = self.clock.now();
        self.store().set_standing(Standing { replicas: 1, leads_until: None, counts_until: now });
        self.beats_with(Report { groups: "{}".to_owned(), ..Report::default() });
        if self.store().standing().replicas > 1 {
            self.serves_from = now + HEARD_OF_AFTER;
        }
    }

    /// Takes note of itself and the others, if it is time to.
    pub fn beats(&mut self) {
        if self.clock.now() - self.last_beat >= BEAT {
            let report = self.bot.delivery.report();
            if self.replicas.has_news(&report) {
                self.beats_with(report);
            }
        }
    }

    fn beats_with(&mut self, report: Report) {
        let replicas = Arc::clone(&self.replicas);
        // A beat that fails is one that others see missing.
        if let Ok(news) = self.runtime().block_on(async move { replicas.beat(report).await }) {
            self.bot.delivery.heed(&news);
        }
        self.last_beat = self.clock.now();
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("it lives")
    }

    /// Whether a poll of this process would bring anything, and is its to make.
    pub fn has_updates(&self) -> bool {
        let (standing, now) = (self.store().standing(), self.clock.now());
        if self.frozen || !self.is_free(Hand::Intake) || !(standing.replicas == 1 || standing.leads(now)) {
            return false;
        }
        let offset = self.offset();
        self.emulator.look(|world| world.updates_from(offset)) > 0
    }

    /// What was committed is confirmed by the next fetch: this is that fetch where nothing new would come of it.
    pub fn confirms(&self) {
        self.emulator.confirm_before(self.offset());
    }

    fn offset(&self) -> i64 {
        let bot = Arc::clone(&self.bot);
        self.runtime().block_on(async move { bot.intake.offset().await })
    }

    pub fn is_free(&self, hand: Hand) -> bool {
        self.work[hand as usize].is_none()
    }

    /// The hands that are stopped in their work.
    pub fn busy(&self) -> Vec<Hand> {
        HANDS.into_iter().filter(|hand| !self.is_free(*hand)).collect()
    }

    /// The calls of this process that hang.
    pub fn hanging(&self) -> Vec<(Hand, u64)> {
        HANDS.into_iter().filter_map(|hand| Some((hand, self.work[hand as usize].as_ref()?.hangs?.0))).collect()
    }

    /// Whether a hand hangs in a call for longer than the client has patience, which it loses by the real clock only.
    pub fn waits_in_vain(&self, hand: Hand) -> bool {
        let since = self.work[hand as usize].as_ref().and_then(|work| work.hangs);
        since.is_some_and(|(_, since)| self.clock.now() - since > CALL_PATIENCE)
    }

    /// Whether a hand that is stopped behind a commit has no right any more to what it leased there.
    pub fn is_past_its_lease(&self, hand: Hand) -> bool {
        let since = self.work[hand as usize].as_ref().and_then(|work| work.stopped);
        since.is_some_and(|since| self.clock.now() - since > LONGEST_LEASE)
    }

    /// A free hand takes up a job and goes as far as it can.
    pub fn does(&mut self, hand: Hand, job: Job, health: Health, stop: Option<Stop>) -> Progress {
        let bot = Arc::clone(&self.bot);
        let task = async move {
            match job {
                Job::Poll => match bot.intake.poll_once().await {
                    Ok(count) => Outcome::Took(count),
                    Err(error) => Outcome::Failed(error.to_string()),
                },
                Job::Retry => Outcome::Took(bot.intake.retry_due().await),
                Job::Deliver => match bot.delivery.deliver_next().await {
                    Ok(delivered) => Outcome::Delivered(delivered),
                    Err(error) => Outcome::Failed(error.to_string()),
                },
                Job::Look => {
                    bot.look_at_staff_chat().await;
                    Outcome::Done
                }
            }
        };
        let (last_poll, stop_at) = (Rc::new(Cell::new(Instant::now())), Rc::new(RefCell::new(None::<Stop>)));
        let (polled, stops, mut task) = (Rc::clone(&last_poll), Rc::clone(&stop_at), task.boxed_local());
        let task = poll_fn(move |context| {
            // Here and nowhere further out: it was woken by the answer to a commit, if there was one, and has not read it yet.
            if stops.borrow_mut().as_mut().is_some_and(Stop::is_reached) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            polled.set(Instant::now());
            task.poll_unpin(context)
        });
        let task = FuturesUnordered::from_iter([task.boxed_local()]);
        self.work[hand as usize] = Some(Work { task, last_poll, stop_at, outcome: None, hangs: None, stopped: None });
        self.goes_on(hand, health, stop)
    }

    /// A busy hand goes as far as it can.
    pub fn goes_on(&mut self, hand: Hand, health: Health, stop: Option<Stop>) -> Progress {
        let Some(mut work) = self.work[hand as usize].take() else { return Progress::Ended(Outcome::Done) };
        let (emulator, bot) = (self.emulator.clone(), Arc::clone(&self.bot));
        work.stop_at.replace(stop);
        if let Some(outcome) = work.outcome.take() {
            return Progress::Ended(outcome);
        }
        let progress = self.runtime().block_on(async {
            let hung = emulator.look(|world| world.hung());
            // Only in a pause between two tries: whoever stops within a transaction keeps the others from the file.
            let pauses = || bot.intake.outage().is_some() && work.last_poll.get().elapsed() > PAUSE;
            let waits = async {
                while health == Health::Sound || hand != Hand::Intake || !pauses() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            };
            let task = poll_fn(|context| {
                let ended = work.task.poll_next_unpin(context).map(|ended| ended.unwrap_or(Outcome::Done));
                // It may have been awake for another reason, and have read the answer in the moment in which that came.
                if work.stop_at.borrow_mut().as_mut().is_some_and(Stop::is_reached) {
                    work.outcome = if let Poll::Ready(outcome) = ended { Some(outcome) } else { None };
                    return Poll::Ready(Progress::Stopped);
                }
                ended.map(Progress::Ended)
            });
            tokio::select! {
                biased;
                progress = task => progress,
                () = emulator.until(|world| world.hung() > hung) => Progress::Hangs(hung + 1),
                () = waits => Progress::Waits,
                () = tokio::time::sleep(PATIENCE) => panic!("a job hangs: {hand:?}"),
            }
        });
        if let Progress::Ended(_) = progress {
            return progress;
        }
        let now = self.clock.now();
        work.hangs = if let Progress::Hangs(call) = progress { Some((call, now)) } else { None };
        work.stopped = (progress == Progress::Stopped).then_some(now);
        self.work[hand as usize] = Some(work);
        progress
    }

    /// The process is gone, wherever it was. What its connections had under way comes to an end first, as on a database's own
    /// side.
    pub fn dies(mut self) {
        let store = self.store().clone();
        if let Some(runtime) = self.runtime.take() {
            let entered = runtime.enter();
            self.work = [None, None, None];
            drop(entered);
            runtime.block_on(async move { tokio::time::timeout(PATIENCE, store.close()).await }).unwrap();
            runtime.shutdown_background();
        }
    }
}

async fn open(emulator: &Emulator, address: &str, clock: &Clock) -> Bot {
    let store = loop {
        match Store::open(address).await {
            Ok(store) => break store,
            // What is left of its predecessor ends.
            Err(OpenError::InUse(_)) => tokio::time::sleep(Duration::from_millis(1)).await,
            Err(error) => panic!("the database does not open: {error}"),
        }
    };
    let mut config = Config::parse(CONFIG, Path::new("keydesk.toml")).unwrap();
    config.limits = UNLIMITED;
    let client = Client::new(&Url::parse(&emulator.url()).unwrap(), &Secret::new(emulator.token())).unwrap();
    Bot::open(Arc::new(config), CATALOGUE, store, client, clock.clone()).await.unwrap()
}
