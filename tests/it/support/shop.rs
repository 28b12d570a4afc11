//! A shop to test in: the whole bot over HTTP against the emulator, on a clock that tests move.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use keydesk::bot::Bot;
use keydesk::clock::Clock;
use keydesk::config::{Config, Secret};
use keydesk::delivery::Delivered;
use keydesk::emulator::{
    CallbackId, Content, Emulator, FloodLimits, Group, GroupKind, Message, Person, PrivacyMode, Setup,
};
use keydesk::store::Store;
use keydesk::telegram::Client;
use tempfile::TempDir;
use url::Url;

use super::postgres::Database;

/// The example catalogue, as every test shop begins.
pub const CATALOGUE: &str = include_str!("../../../catalog.example.toml");
const CONFIG: &str = include_str!("../../../keydesk.example.toml");
const STAFF_CHAT: i64 = -1001234567890;

/// A shop that is open for business on 1 April 2015, the day of the web page.
pub struct Shop {
    pub emulator: Emulator,
    pub clock: Clock,
    bot: Bot,
    address: String,
    _home: Home,
}

enum Home {
    Folder(#[expect(dead_code, reason = "goes away with the shop")] TempDir),
    Server(#[expect(dead_code, reason = "goes away with the shop")] Database),
}

/// Somebody at their phone.
#[derive(Clone, Copy)]
pub struct Visitor<'a> {
    pub shop: &'a Shop,
    pub id: i64,
}

impl Shop {
    /// A shop on a SQLite file.
    pub async fn open() -> Shop {
        let folder = TempDir::new().unwrap();
        let address = format!("sqlite://{}", folder.path().join("keydesk.db").display());
        Shop::open_at(address, Home::Folder(folder)).await
    }

    /// A shop on PostgreSQL.
    pub async fn open_on_postgres() -> Shop {
        let database = Database::create().await;
        Shop::open_at(database.url.clone(), Home::Server(database)).await
    }

    async fn open_at(address: String, home: Home) -> Shop {
        let clock = Clock::manual("2015-04-01T09:30:00Z".parse().unwrap());
        let emulated = clock.clone();
        let now = Arc::new(move || SystemTime::from(emulated.now()));
        let setup = Setup { limits: Some(FloodLimits::default()), now, ..Setup::loopback() };
        let emulator = Emulator::start(setup).await.unwrap();
        populate(&emulator);
        let bot = open_bot(&emulator, &address, CATALOGUE, &clock).await;
        Shop { emulator, clock, bot, address, _home: home }
    }

    /// Stops the bot as it stands and starts it anew on the same data.
    pub async fn restart(self) -> Shop {
        self.restart_with(CATALOGUE).await
    }

    /// Restarts with another catalogue file.
    pub async fn restart_with(self, catalogue: &str) -> Shop {
        self.bot.desk().store().close().await;
        let Shop { emulator, clock, bot, address, _home } = self;
        drop(bot);
        let bot = open_bot(&emulator, &address, catalogue, &clock).await;
        Shop { emulator, clock, bot, address, _home }
    }

    /// Applies another price list while people are ordering.
    pub async fn applies(&self, catalogue: &str) {
        self.bot.desk().apply_prices(catalogue, "a test").await.unwrap();
    }

    /// Anna, whose Telegram is Russian.
    pub fn anna(&self) -> Visitor<'_> {
        Visitor { shop: self, id: 101 }
    }

    /// Boris, whose Telegram is English.
    pub fn boris(&self) -> Visitor<'_> {
        Visitor { shop: self, id: 102 }
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
        Visitor { shop: self, id }
    }

    /// What stands in the staff chat.
    pub fn staff_chat(&self) -> Vec<String> {
        self.emulator.messages(STAFF_CHAT).iter().map(shown).collect()
    }

    /// Serves everything that was said and pressed so far, and delivers what came of it; time passes as needed.
    pub async fn settle(&self) {
        while self.emulator.pending_updates() > 0 {
            self.takes_updates().await;
        }
        self.delivers().await;
    }

    /// Fetches updates once.
    pub async fn takes_updates(&self) {
        // The last fetch of an empty queue would wait; something always comes while updates are unconfirmed.
        let confirmed = self.emulator.last_update_id();
        self.bot.intake.poll_once().await.unwrap();
        if self.bot.intake.offset().await > confirmed {
            self.confirms().await;
        }
    }

    /// Tells the emulator what is committed, as the next fetch of a running bot does.
    async fn confirms(&self) {
        let url = format!("{}/bot{}/getUpdates", self.emulator.url(), self.emulator.token());
        let offset = self.bot.intake.offset().await;
        let body = serde_json::json!({ "offset": offset, "timeout": 0 });
        reqwest::Client::new().post(url).json(&body).send().await.unwrap();
    }

    /// Delivers everything that is due, letting time pass.
    pub async fn delivers(&self) {
        for _ in 0..10_000 {
            match self.bot.delivery.deliver_next().await.unwrap() {
                Delivered::Delivered | Delivered::GivenUp => {}
                Delivered::Deferred(until) => self.passes_until(until),
                Delivered::Idle => match self.next_due().await {
                    Some(due) if due > self.clock.now() => self.passes_until(due),
                    Some(_) => panic!("something is due and is not delivered"),
                    None => return,
                },
            }
        }
        panic!("the delivery does not come to rest");
    }

    async fn next_due(&self) -> Option<DateTime<Utc>> {
        let mut tx = self.store().read().await.unwrap();
        tx.next_delivery_due().await.unwrap()
    }

    fn passes_until(&self, until: DateTime<Utc>) {
        let wait = until - self.clock.now();
        if wait > TimeDelta::zero() {
            self.clock.advance(wait);
        }
    }

    /// The store, to look into.
    pub fn store(&self) -> &Store {
        self.bot.desk().store()
    }

    /// The calls of a method that the emulator met.
    pub fn calls(&self, method: &str) -> usize {
        self.emulator.calls().iter().filter(|call| call.method.eq_ignore_ascii_case(method)).count()
    }
}

impl Visitor<'_> {
    /// Types a text; the bot answers.
    pub async fn says(&self, text: &str) -> &Self {
        self.shop.emulator.say(self.id, self.id, text);
        self.shop.settle().await;
        self
    }

    /// Sends something that is no text.
    pub async fn sends(&self, content: Content) -> &Self {
        self.shop.emulator.send(self.id, self.id, content);
        self.shop.settle().await;
        self
    }

    /// Taps a button of the newest message that has it.
    pub async fn taps(&self, label: &str) -> &Self {
        self.presses(label);
        self.shop.settle().await;
        self
    }

    /// Taps a button, and the bot has not seen it yet.
    pub fn presses(&self, label: &str) -> CallbackId {
        let messages = self.shop.emulator.messages(self.id);
        let plain = |text: &str| text.replace('\u{a0}', " ");
        for message in messages.iter().rev() {
            for button in message.keyboard.iter().flatten() {
                if plain(&button.label) == label {
                    return self.shop.emulator.tap(self.id, self.id, message.id, &button.label).unwrap();
                }
            }
        }
        panic!("no button «{label}» stands in the chat:\n{}", self.chat());
    }

    /// What the newest message shows.
    pub fn screen(&self) -> String {
        self.message().as_ref().map_or_else(|| "nothing".to_owned(), shown)
    }

    /// The newest message.
    pub fn message(&self) -> Option<Message> {
        self.shop.emulator.last_message(self.id)
    }

    /// The whole chat.
    pub fn chat(&self) -> String {
        let messages = self.shop.emulator.messages(self.id);
        messages.iter().map(shown).collect::<Vec<_>>().join("\n----\n")
    }

    /// What the answer to a press says, once it is there.
    pub async fn toast(&self, press: &CallbackId) -> Option<String> {
        self.shop.emulator.until(|world| world.answers().any(|answer| answer.callback == *press)).await;
        self.shop.emulator.answers().into_iter().find(|answer| answer.callback == *press).and_then(|answer| answer.text)
    }

    /// Orders keys as a customer does, from /new to the card.
    pub async fn orders(&self, lines: &[(&str, u32)]) -> &Self {
        self.says("/start").await;
        self.says("/new").await;
        for (product, quantity) in lines {
            self.taps(product).await;
            self.says(&quantity.to_string()).await;
        }
        self.taps("Оформить заказ").await;
        self.taps("Отправить заказ").await
    }
}

/// A message as a person sees it: text, then a row of buttons a line.
pub fn shown(message: &Message) -> String {
    let mut shown = message.text.replace('\u{a0}', " ");
    for row in message.labels() {
        let row: Vec<String> = row.iter().map(|label| format!("[{}]", label.replace('\u{a0}', " "))).collect();
        shown.push('\n');
        shown.push_str(&row.join(" "));
    }
    shown
}

/// The configuration of every test shop.
pub fn config() -> Config {
    Config::parse(CONFIG, Path::new("keydesk.toml")).unwrap()
}

fn populate(emulator: &Emulator) {
    for (id, first, last, username, language) in [
        (101, "Анна", Some("Иванова"), Some("anna"), "ru"),
        (102, "Boris", None, None, "en"),
        (201, "Вера", None, Some("vera"), "ru"),
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
    emulator.add_group(group, &[201]);
}

async fn open_bot(emulator: &Emulator, address: &str, catalogue: &str, clock: &Clock) -> Bot {
    let store = Store::open(address).await.unwrap();
    let token = Secret::new(emulator.token());
    let client = Client::new(&Url::parse(&emulator.url()).unwrap(), &token).unwrap();
    let mut config = config();
    // The web page's oldest order.
    config.shop.first_order_number = keydesk::domain::OrderNumber(446);
    Bot::open(Arc::new(config), catalogue, store, client, clock.clone()).await.unwrap()
}
