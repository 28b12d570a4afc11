//! A shop to test in: the whole bot over HTTP against the emulator, on a clock that tests move.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use keydesk::bot::Bot;
use keydesk::clock::Clock;
use keydesk::config::{Config, Secret};
use keydesk::domain::{Actor, Order, OrderAction, OrderNumber, PersonId, Role, Status};
use keydesk::outbox::Delivered;
use keydesk::store::{Database, NewEvent, Recorded, StockKey, Store};
use keydesk::telegram::Client;
use keydesk_emulator::{Emulator, Fault, FaultKind, FloodLimits, Group, GroupKind, Person, PrivacyMode, Setup};
use tempfile::TempDir;
use url::Url;

use super::accounts::{UNLIMITED, share_an_account};
use super::postgres::Database as Server;
use super::second_taps::SecondTaps;
use super::sqlite;
use super::visitor::{Visitor, shown};
use super::webhook::Posting;
use crate::store::commit;

pub use super::price_lists::{CATALOGUE, catalogue_with, catalogue_without};

const CONFIG: &str = include_str!("../../../keydesk.example.toml");
const WEB_PAGE_DAY: &str = "2015-04-01T09:30:00Z";
/// The group of the staff.
pub const STAFF_CHAT: i64 = -1001234567890;
/// Members of it.
pub const VERA: i64 = 201;
pub const OLEG: i64 = 202;
/// The admin of the example configuration, a member of it too.
pub const ADMIN: i64 = 111_111_111;

pub const SP_1: &str = "Лицензия Guardant SP, 1 активация";
pub const SP_3: &str = "Лицензия Guardant SP, 3 активации";
pub const TRIAL_30000: &str = "Лицензия Guardant SP Trial, 30 000 активаций";
pub const TRIAL_100000: &str = "Лицензия Guardant SP Trial, 100 000 активаций";

/// Makes `name::on_sqlite` and `name::on_postgres` of `async fn name(shop: Shop)`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            use crate::support::shop::Shop;

            #[tokio::test]
            async fn on_sqlite() {
                super::$name(Shop::open().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::$name(Shop::open_on_postgres().await).await;
            }
        }
    )+};
}
pub(crate) use on_both;

/// A shop that is open for business on 1 April 2015, the day of the web page.
pub struct Shop {
    pub emulator: Emulator,
    pub clock: Clock,
    pub(super) bot: Arc<Bot>,
    /// The webhook, where Telegram posts to the bot.
    pub(super) posting: Option<Posting>,
    pub(super) address: String,
    /// What its serial numbers are encrypted with.
    key: Option<StockKey>,
    config: Config,
    pub second_taps: SecondTaps,
    _home: Home,
}

/// Where the data are; it goes away with the shop.
pub(super) enum Home {
    Folder { _folder: TempDir },
    Server { _database: Server },
}

impl Shop {
    /// A shop on a SQLite file.
    pub async fn open() -> Shop {
        let folder = TempDir::new().unwrap();
        let address = sqlite::with_tables(folder.path()).await;
        Shop::open_at(address, Home::Folder { _folder: folder }, WEB_PAGE_DAY.parse().unwrap(), CATALOGUE).await
    }

    /// A shop on PostgreSQL.
    pub async fn open_on_postgres() -> Shop {
        let database = Server::with_tables().await;
        let (address, day) = (database.url.clone(), WEB_PAGE_DAY.parse().unwrap());
        Shop::open_at(address, Home::Server { _database: database }, day, CATALOGUE).await
    }

    /// Restarts with a key.
    pub async fn restart_with_key(mut self, key: StockKey) -> Shop {
        self.key = Some(key);
        self.restart().await
    }

    pub(super) async fn open_at(address: String, home: Home, now: DateTime<Utc>, catalogue: &str) -> Shop {
        let clock = Clock::manual(now);
        let emulated = clock.clone();
        let now = Arc::new(move || SystemTime::from(emulated.now()));
        let limits = Some(FloodLimits::default());
        let setup = Setup { limits, now, webhook_retry: Duration::from_millis(1), ..Setup::loopback() };
        let emulator = Emulator::start(setup).await.unwrap();
        populate(&emulator);
        let config = example_config();
        let bot = open_bot(&emulator, (&address).into(), catalogue, &clock, &config).await;
        let second_taps = SecondTaps::default();
        Shop { emulator, clock, bot, posting: None, address, key: None, config, second_taps, _home: home }
    }

    /// Stops the bot as it stands and starts it anew on the same data.
    pub async fn restart(self) -> Shop {
        self.restart_with(CATALOGUE).await
    }

    /// Commits what was said and pressed so far, dies before Telegram learns of that, and starts anew.
    pub async fn dies_before_confirming(self) -> Shop {
        self.bot.intake.poll_once().await.unwrap();
        self.restart().await
    }

    /// Takes its place, as a running bot does before anything else.
    pub async fn joins(&self) {
        self.bot.join().await;
    }

    /// Notes what it has done, as a running bot does every second.
    pub async fn beats(&self) {
        self.bot.beat().await;
    }

    /// Says its last word, as a bot does that is stopped.
    pub async fn leaves(&self) {
        self.bot.leave().await;
    }

    /// Restarts with another catalogue file.
    pub async fn restart_with(self, catalogue: &str) -> Shop {
        self.bot.chat().store().close().await;
        let Shop { emulator, clock, bot, posting, address, key, config, second_taps, _home } = self;
        assert!(posting.is_none(), "the tests of the process restart a bot with a webhook");
        drop(bot);
        let database = Database { url: &address, key: key.as_ref() };
        let bot = open_bot(&emulator, database, catalogue, &clock, &config).await;
        Shop { emulator, clock, bot, posting, address, key, config, second_taps, _home }
    }

    /// Restarts with another configuration.
    pub async fn restart_as(mut self, change: impl FnOnce(&mut Config)) -> Shop {
        change(&mut self.config);
        self.restart().await
    }

    /// Sets the command menus, as a running bot does at its start and after appointments.
    pub async fn sets_menus(&self) {
        self.bot.set_menus().await.unwrap();
    }

    /// Applies another price list while people are ordering.
    pub async fn applies(&self, catalogue: &str) {
        commit!(self.store(), |tx| tx.apply_price_list(catalogue, "a test", self.clock.now()));
    }

    /// Anna, whose Telegram is Russian.
    pub fn anna(&self) -> Visitor<'_> {
        Visitor { shop: self, id: 101, chat: 101 }
    }

    /// Boris, whose Telegram is English.
    pub fn boris(&self) -> Visitor<'_> {
        Visitor { shop: self, id: 102, chat: 102 }
    }

    /// Vera of the staff, in their chat.
    pub fn vera(&self) -> Visitor<'_> {
        Visitor { shop: self, id: VERA, chat: STAFF_CHAT }
    }

    /// Oleg of the staff, in their chat.
    pub fn oleg(&self) -> Visitor<'_> {
        Visitor { shop: self, id: OLEG, chat: STAFF_CHAT }
    }

    /// The admin, in private.
    pub fn admin(&self) -> Visitor<'_> {
        Visitor { shop: self, id: ADMIN, chat: ADMIN }
    }

    /// The admin, in the staff chat.
    pub fn zoya(&self) -> Visitor<'_> {
        Visitor { shop: self, id: ADMIN, chat: STAFF_CHAT }
    }

    /// A newcomer.
    pub fn visitor(&self, id: i64, language: &str) -> Visitor<'_> {
        let person = Person {
            id,
            first_name: format!("Visitor {id}"),
            language_code: Some(language.to_owned()),
            ..Person::default()
        };
        self.emulator.add_person(person);
        Visitor { shop: self, id, chat: id }
    }

    /// What stands in the staff chat.
    pub fn staff_chat(&self) -> Vec<String> {
        self.chat(STAFF_CHAT)
    }

    /// The order's alert as it stands: the newest message of the bot in the staff chat that begins with its number.
    pub fn alert(&self, number: i64) -> String {
        let begins = |text: &String| {
            let first = text.lines().find(|line| line.contains('№')).unwrap_or_default();
            first == format!("Новый заказ №{number}") || first == format!("Заказ №{number}")
        };
        self.staff_chat().into_iter().rev().find(begins).unwrap_or_else(|| "no alert".to_owned())
    }

    /// What stands in a chat.
    pub fn chat(&self, chat: i64) -> Vec<String> {
        self.emulator.messages(chat).iter().map(shown).collect()
    }

    /// The next call of a method about a chat meets a fault.
    pub fn suffers(&self, method: &str, chat: i64, kind: FaultKind) {
        self.emulator.inject(Fault { method: Some(method.to_owned()), chat: Some(chat), times: 1, kind });
    }

    /// Serves everything that was said and pressed so far, and delivers what came of it; time passes as needed.
    pub async fn settle(&self) {
        self.takes_all_updates().await;
        self.delivers().await;
        self.second_taps.hold(&self.emulator);
    }

    /// Serves everything that was said and pressed so far, and delivers nothing yet.
    pub async fn takes_all_updates(&self) {
        if let Some(posting) = &self.posting {
            return posting.at_work(self.emulator.until_confirmed()).await;
        }
        while self.emulator.pending_updates() > 0 {
            self.takes_updates().await;
        }
    }

    /// The same with the delivery at work beside it, for so many pieces of work.
    pub async fn takes_all_updates_beside_deliveries(&self, deliveries: usize) {
        let delivering = async {
            for _ in 0..deliveries {
                self.bot.delivery.deliver_next().await.unwrap();
            }
        };
        tokio::join!(self.takes_all_updates(), delivering);
    }

    /// Somebody joins the account of somebody else.
    pub async fn share_an_account(&self, one: i64, other: i64) {
        share_an_account(&self.address, one, other).await;
    }

    /// An order as it stands.
    pub async fn order(&self, number: i64) -> Order {
        let mut tx = self.store().read();
        tx.order(OrderNumber(number)).await.unwrap().unwrap()
    }

    /// Delivers everything that is due, letting time pass.
    pub async fn delivers(&self) {
        self.delivers_in_leaps(TimeDelta::zero()).await;
    }

    /// The same, waiting so much longer than needed each time: a hundred messages to one group take five minutes anyway.
    pub async fn delivers_in_leaps(&self, leap: TimeDelta) {
        for _ in 0..10_000 {
            match self.bot.delivery.deliver_next().await.unwrap() {
                Delivered::Delivered | Delivered::GivenUp => {}
                Delivered::Deferred(until) => self.passes_until(until + leap),
                Delivered::Idle => match self.next_due().await {
                    Some(due) if due > self.clock.now() => self.passes_until(due),
                    Some(_) => panic!("something is due and is not delivered"),
                    None => return,
                },
            }
        }
        panic!("the delivery does not come to rest");
    }

    pub(super) async fn next_due(&self) -> Option<DateTime<Utc>> {
        let mut tx = self.store().read();
        tx.next_delivery_due().await.unwrap()
    }

    pub(super) fn passes_until(&self, until: DateTime<Utc>) {
        let wait = until - self.clock.now();
        if wait > TimeDelta::zero() {
            self.clock.advance(wait);
        }
    }

    /// Staff do something to an order, without a conversation about it.
    pub async fn staff_did(&self, number: i64, action: OrderAction) {
        let actor = Actor::Person { id: PersonId(VERA), name: "Вера".to_owned(), role: Role::Staff };
        let mut tx = self.store().begin().await.unwrap();
        let order = tx.locked_order(OrderNumber(number)).await.unwrap().unwrap();
        // Paid and delivered in one stride, where a test needs only the end.
        let to = order.status_after(action.kind(), Role::Staff).unwrap_or(Status::Completed);
        let event = NewEvent { from: order.summary.status, to, action: &action, actor: &actor };
        let recorded = tx.record(OrderNumber(number), &event, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(recorded, Recorded::Done);
    }

    /// What the bot asks to do business.
    pub fn service(&self) -> &keydesk::shop::Shop {
        self.bot.chat().shop()
    }

    /// The chat, to ask what it would say.
    pub fn renderer(&self) -> &keydesk::chat::Chat {
        self.bot.chat()
    }

    /// The store, to look into.
    pub fn store(&self) -> &Store {
        self.bot.chat().store()
    }

    /// The calls of a method that the emulator met.
    pub fn calls(&self, method: &str) -> usize {
        self.emulator.calls().iter().filter(|call| call.method.eq_ignore_ascii_case(method)).count()
    }
}

fn populate(emulator: &Emulator) {
    for (id, first, last, username, language) in [
        (101, "Анна", Some("Иванова"), Some("anna"), "ru"),
        (102, "Boris", None, None, "en"),
        (VERA, "Вера", None, Some("vera"), "ru"),
        (OLEG, "Олег", None, None, "ru"),
        (ADMIN, "Зоя", None, Some("zoya"), "ru"),
    ] {
        emulator.add_person(Person {
            id,
            first_name: first.to_owned(),
            last_name: last.map(str::to_owned),
            username: username.map(str::to_owned),
            language_code: Some(language.to_owned()),
        });
    }
    let title = "Сотрудники".to_owned();
    let group = Group { id: STAFF_CHAT, title, kind: GroupKind::Supergroup, privacy: PrivacyMode::SeesAll };
    emulator.add_group(group, &[VERA, OLEG, ADMIN]);
}

fn example_config() -> Config {
    let mut config = Config::parse(CONFIG, Path::new("keydesk.toml")).unwrap();
    // The web page's oldest order.
    config.shop.first_order_number = OrderNumber(446);
    config.limits = UNLIMITED;
    config
}

async fn open_bot(
    emulator: &Emulator,
    database: Database<'_>,
    catalogue: &str,
    clock: &Clock,
    config: &Config,
) -> Arc<Bot> {
    let store = Store::open(database).await.unwrap();
    let token = Secret::new(emulator.token());
    let client = Client::new(&Url::parse(&emulator.url()).unwrap(), &token).unwrap();
    Arc::new(Bot::open(Arc::new(config.clone()), catalogue, store, client, clock.clone()).await.unwrap())
}
