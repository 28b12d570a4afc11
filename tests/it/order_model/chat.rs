//! The chat and its database, with everything delivered that it has to say, but without a bot.

use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use keydesk::chat::action::Action;
use keydesk::chat::answer::Outgoing;
use keydesk::chat::dialogue::{Command, Input, Message};
use keydesk::chat::event::{Event, Incoming, Via};
use keydesk::chat::redraws::RedrawEnd;
use keydesk::chat::{Chat, Fetched};
use keydesk::clock::Clock;
use keydesk::config::Config;
use keydesk::domain::{
    ChatId, DraftId, Lane, MessageId, NewOrder, Notification, Order, OrderAction, OrderNumber, Person, PersonId,
    SerialNumber, StaffStanding, Stored, UpdateId,
};
use keydesk::shop::Shop;
use keydesk::store::{DialogueKey, Lasting, LiveScreen, NewOutboxMessage, Placement, Seat};

use super::actions::{Did, Reply};
use super::core::{message, now, order_line, said, staff_command, sticker};
use super::model::{ACCOUNTS, STAFF};
use super::run::World;
use crate::store::TestStore;
use crate::support::accounts::UNLIMITED;
use crate::support::outbox::{Delivery, messages_of};
use crate::support::serials::GivenSerials;

const CONFIG: &str = include_str!("../../../keydesk.example.toml");
const CATALOGUE: &str = include_str!("../../../catalog.example.toml");
/// Two of the staff and an admin, all in the staff chat.
const STAFF_IDS: [i64; STAFF] = [201, 202, 111_111_111];
const CUSTOMER_IDS: [i64; ACCOUNTS.len()] = [101, 102, 103];

pub struct Counter {
    store: TestStore,
    chat: Chat,
    staff_chat: ChatId,
    /// The last number of whatever needs one: updates, messages, serial numbers, drafts.
    last: i64,
}

impl Counter {
    pub async fn on_sqlite() -> Counter {
        Counter::over(TestStore::on_sqlite().await).await
    }

    pub async fn on_postgres() -> Counter {
        Counter::over(TestStore::on_postgres().await).await
    }

    async fn over(store: TestStore) -> Counter {
        let config = Config { limits: UNLIMITED, ..Config::parse(CONFIG, Path::new("keydesk.toml")).unwrap() };
        let staff_chat = config.telegram.staff_chat;
        let chat = Chat::new(Shop::new(store.clone(), Clock::manual(now()), Arc::new(config)), "keydesk_bot");
        chat.shop().open(CATALOGUE).await.unwrap();
        for staff in STAFF_IDS {
            chat.verified(&[(staff_chat, PersonId(staff), StaffStanding::Member)], now()).await.unwrap();
        }
        let mut counter = Counter { store, chat, staff_chat, last: 1_000 };
        for customer in 0..ACCOUNTS.len() {
            counter.customer_does(customer, Input::Command(Command::Start)).await;
        }
        counter.store.share_an_account(CUSTOMER_IDS[0], CUSTOMER_IDS[1]).await;
        counter
    }

    fn number(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    async fn handle(&mut self, event: Event) {
        let incoming = Incoming { update: UpdateId(self.number()), event, group: None };
        self.chat.handle(&[&incoming]).await.unwrap();
        self.delivers().await;
    }

    async fn customer_does(&mut self, customer: usize, input: Input) {
        let person = person(CUSTOMER_IDS[customer]);
        let via = via(&input);
        self.handle(Event::Said { chat: person.id.private_chat(), person, input: Box::new(input), via }).await;
    }

    async fn staff_does(&mut self, staff: usize, input: Input) {
        let person = person(STAFF_IDS[staff]);
        let key = DialogueKey { chat: self.staff_chat, person: person.id, seat: Seat::Vendor };
        let screen = self.store.read().dialogue(key).await.unwrap().and_then(|stored| stored.screen);
        let via = match (via(&input), screen) {
            // A prompt is answered on the message that shows it.
            (Via::Press { query, .. }, Some(screen)) => Via::Press { query, message: screen.message },
            (via, _) => via,
        };
        self.handle(Event::Said { chat: self.staff_chat, person, input: Box::new(input), via }).await;
    }

    /// Every screen stands in its chat, and every notification has become a message.
    async fn delivers(&mut self) {
        let (now, lease) = (now(), now() + TimeDelta::seconds(60));
        while let Some(drawing) = self.chat.redraws().next(now) {
            let (message, since) = (MessageId(self.number()), drawing.redraw().unwrap().version);
            let live = LiveScreen { message, since, lasting: Lasting::Transient };
            drawing.end(RedrawEnd::Shown { live, about: None, openness: None }, now);
            self.chat.record_redraws().await.unwrap();
        }
        let mut tx = self.store.begin().await.unwrap();
        for redraw in tx.claim_redraws(now, lease, 100).await.unwrap() {
            let message = MessageId(self.number());
            let shown = LiveScreen { message, since: redraw.version, lasting: Lasting::Transient };
            tx.drawn(&redraw, shown).await.unwrap();
        }
        loop {
            let messages = tx.claim_messages(now, lease, 100).await.unwrap();
            if messages.is_empty() {
                break;
            }
            for message in messages {
                let kind = Outgoing::read(&message.body).unwrap().kind();
                tx.message_sent(message.id, MessageId(self.number()), kind, now).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
    }

    async fn place(&mut self, customer: usize, keys: u32, total: i64) -> OrderNumber {
        let mut tx = self.store.begin().await.unwrap();
        let person = PersonId(CUSTOMER_IDS[customer]);
        let account = tx.customer(person).await.unwrap().unwrap().account;
        let line = order_line(keys, total);
        let total = line.price;
        let draft = DraftId(self.number());
        let order = NewOrder { draft, account, placed_by: person, lines: vec![line], total, note: None };
        let Placement::Placed(number) = tx.place_order(&order, "Anna", now()).await.unwrap() else {
            panic!("the draft was placed before");
        };
        let body = Notification::OrderPlaced(number).encode().unwrap();
        tx.post(&NewOutboxMessage { chat: self.staff_chat, order: Some(number), body, lane: Lane::Notice }, now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.delivers().await;
        number
    }

    fn fresh_serials(&mut self, count: u32) -> Vec<String> {
        (0..count).map(|_| format!("SN-{}", self.number())).collect()
    }

    async fn stock(&mut self, keys: u32) {
        let serials = self.fresh_serials(keys);
        let serials: Vec<_> = serials.iter().map(|serial| SerialNumber::parse(serial).unwrap()).collect();
        let mut tx = self.store.begin().await.unwrap();
        tx.import_serials(&order_line(1, 0).sku, &serials, now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn reads(&mut self) {
        let mut tx = self.store.begin().await.unwrap();
        let job = tx.claim_file_job(now(), now() + TimeDelta::minutes(1)).await.unwrap();
        tx.commit().await.unwrap();
        if let Some(job) = job {
            let bytes = match job.file_id.parse() {
                Ok(count) => self.fresh_serials(count).join("\n").into_bytes(),
                Err(_) => b"%PDF-1.4".to_vec(),
            };
            self.chat.file_fetched(&job, &Fetched::Whole(bytes)).await.unwrap();
        }
        self.delivers().await;
    }

    /// The message that an answer would stand below.
    async fn answered(&self, staff: usize, reply: Reply) -> Option<MessageId> {
        let mut tx = self.store.read();
        let number = match reply {
            Reply::Nothing => return None,
            Reply::Prompt => {
                let key = DialogueKey { chat: self.staff_chat, person: PersonId(STAFF_IDS[staff]), seat: Seat::Vendor };
                return tx
                    .dialogue(key)
                    .await
                    .unwrap()
                    .and_then(|dialogue| dialogue.screen)
                    .map(|screen| screen.message);
            }
            Reply::Order(number) | Reply::Customer(number) => number,
        };
        let told = messages_of(&mut tx, number).await;
        told.into_iter().rev().find_map(|notice| {
            let Ok(fact) = Notification::decode(&notice.body) else { return None };
            let fits = match reply {
                Reply::Customer(_) => matches!(fact, Notification::OrderActed { action: OrderAction::Asked(..), .. }),
                _ => matches!(fact, Notification::OrderPlaced(_) | Notification::OrderChanged(_)),
            };
            match notice.delivery {
                Delivery::Sent(message) if fits => Some(message),
                _ => None,
            }
        })
    }
}

fn via(input: &Input) -> Via {
    match input {
        Input::Press(_) => Via::Press { query: "1".to_owned(), message: MessageId(1) },
        _ => Via::Message,
    }
}

fn person(id: i64) -> Person {
    Person { id: PersonId(id), name: format!("Person {id}"), username: None, telegram_language: None }
}

impl World for Counter {
    async fn does(&mut self, did: &Did) -> Option<OrderNumber> {
        match did {
            Did::Places { customer, keys, total } => return Some(self.place(*customer, *keys, *total).await),
            Did::Stocks(keys) => self.stock(*keys).await,
            Did::Presses { staff, order, action } => {
                self.staff_does(*staff, Input::Press(Some(Action::Staff(*order, *action)))).await;
            }
            Did::Commands { staff, command } => {
                self.staff_does(*staff, Input::Command(staff_command(command))).await;
            }
            Did::Writes { staff, typed, file, reply } => {
                let reply_to = self.answered(*staff, *reply).await;
                let id = MessageId(self.number());
                let message = Message { id, reply_to, ..message(typed.text, file.as_ref()) };
                self.staff_does(*staff, Input::Message(message)).await;
            }
            Did::Reads => self.reads().await,
            Did::Card { customer, order, action } => {
                self.customer_does(*customer, Input::Press(Some(Action::Card(*order, *action)))).await;
            }
            Did::Says { customer, words, file } => self.customer_does(*customer, said(words, *file)).await,
            Did::Sticks { customer } => self.customer_does(*customer, sticker()).await,
            Did::Leaves { customer } => self.customer_does(*customer, Input::Command(Command::Orders)).await,
        }
        None
    }

    async fn can(&mut self, did: &Did) -> bool {
        match did {
            Did::Writes { staff, reply, .. } if *reply != Reply::Nothing => {
                self.answered(*staff, *reply).await.is_some()
            }
            _ => true,
        }
    }

    async fn order(&mut self, number: OrderNumber) -> Order {
        self.store.read().order(number).await.unwrap().unwrap()
    }

    async fn serials(&mut self, number: OrderNumber) -> usize {
        self.store.read().serials_of(number).await.unwrap().len()
    }

    async fn told(&mut self, number: OrderNumber, customer: usize) -> Vec<OrderAction> {
        let mut tx = self.store.read();
        let chat = PersonId(CUSTOMER_IDS[customer]).private_chat();
        let told = messages_of(&mut tx, number).await;
        let told = told.iter().filter(|notice| notice.chat == chat);
        // What they asked for in the chat is no news.
        let facts = told.filter_map(|notice| Notification::decode(&notice.body).ok());
        facts.filter_map(action).collect()
    }
}

/// The action that a notification tells a customer of.
fn action(notification: Notification) -> Option<OrderAction> {
    match notification {
        Notification::OrderActed { action, .. } => Some(action),
        _ => None,
    }
}
