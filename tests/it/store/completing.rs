//! Orders completed beside each other from one stock: every serial number once, every order whole or not at all.
//!
//! `KEYDESK_COMPLETIONS` sets the number of orders; each needs 106 serial numbers.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use futures_util::{StreamExt, stream};
use keydesk::{
    chat::action::{Action, Seen, StaffAction},
    chat::{
        Chat,
        dialogue::Input,
        event::{Event, Incoming, Via},
    },
    clock::Clock,
    config::Config,
    domain::{
        Actor, ChatId, DraftId, Invoice, MessageId, NewOrder, Order, OrderAction, OrderNumber, PersonId, Role,
        StaffStanding, Status, UpdateId,
    },
    shop::Shop,
    store::{NewEvent, NumberedSerial, Recorded, Store},
};

use super::{
    anna, at, line, on_both, person, read, roubles,
    stock::{available, numbered, sku},
};
use crate::support::random::number_in;
use crate::support::serials::GivenSerials;

on_both!(a_stock_that_runs_out_completes_as_many_orders_as_it_can_and_no_serial_number_twice);

/// Orders of the ordinary run.
const ORDERS: u64 = 100;
/// What every order needs of each of two products.
const NEEDED: [(&str, u32); 2] = [("sp-1", 95), ("trial-30000", 11)];
/// Orders out of so many for which the stock has nothing left.
const ONE_IN: u64 = 20;
/// Staff who press at once.
const MAX_IN_FLIGHT: usize = 32;
/// Serial numbers that an import takes at once.
const GATHERED: usize = 5_000;
const CONFIG: &str = include_str!("../../../keydesk.example.toml");
const CATALOGUE: &str = include_str!("../../../catalog.example.toml");

fn orders() -> u64 {
    number_in("KEYDESK_COMPLETIONS").unwrap_or(ORDERS)
}

/// Press by press as the bot takes them, without a bot.
struct Counter {
    chat: Chat,
    staff_chat: ChatId,
}

impl Counter {
    async fn open(store: &Store) -> Counter {
        let config = Config::parse(CONFIG, Path::new("keydesk.toml")).unwrap();
        let staff_chat = config.telegram.staff_chat;
        let shop = Shop::new(store.clone(), Clock::manual(at(60)), Arc::new(config));
        let chat = Chat::new(shop, "keydesk_bot");
        chat.shop().open(CATALOGUE).await.unwrap();
        Counter { chat, staff_chat }
    }

    /// Somebody presses a button about an order; gives what the button answers.
    async fn presses(&self, update: i64, who: i64, order: OrderNumber, action: StaffAction) -> Option<String> {
        let event = Event::Said {
            chat: self.staff_chat,
            person: person(who, "Vera"),
            input: Box::new(Input::Press(Some(Action::Staff(order, action)))),
            via: Via::Press { query: update.to_string(), message: MessageId(1) },
        };
        let incoming = Incoming { update: UpdateId(update), event, group: None };
        loop {
            match self.chat.handle(&[&incoming]).await {
                Ok(mut handled) => return handled.pop().unwrap().answer,
                Err(error) if error.is_transient() => tokio::task::yield_now().await,
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Delivers from the stock, at once with everybody else.
    async fn completes(&self, index: i64, order: OrderNumber) {
        let (who, update) = (1_000 + index, 10_000 + index);
        self.chat
            .verified(&[(self.staff_chat, PersonId(who), StaffStanding::Member)], self.chat.clock().now())
            .await
            .unwrap();
        self.presses(update, who, order, StaffAction::CompleteFromStock(Seen::after(2))).await;
    }
}

async fn import(store: &Store, product: &str, numbers: std::ops::Range<u64>) {
    let mut import = store.begin_staging().await.unwrap();
    let serials: Vec<NumberedSerial> =
        (1..).zip(numbered(numbers)).map(|(line, serial)| NumberedSerial { line, serial }).collect();
    for chunk in serials.chunks(GATHERED) {
        assert_eq!(import.gather(&sku(product), chunk).await.unwrap(), None);
    }
    import.finish(&sku(product), &Actor::System, at(1)).await.unwrap();
}

/// Orders that were invoiced and are to be completed.
async fn invoiced(store: &Store, count: u64) -> Vec<OrderNumber> {
    let customer = anna(store).await;
    let actor = Actor::Person { id: PersonId(7), name: "Vera".to_owned(), role: Role::Staff };
    let action = OrderAction::Invoiced(Invoice { amount: roubles(100), due: None, document: None });
    let mut tx = store.begin().await.unwrap();
    let mut orders = Vec::new();
    for draft in 1..=i64::try_from(count).unwrap() {
        let order = NewOrder {
            draft: DraftId(draft),
            account: customer.account,
            placed_by: customer.person.id,
            lines: NEEDED.map(|(product, quantity)| line(product, quantity, 50)).to_vec(),
            total: roubles(100),
            note: None,
        };
        tx.place_order(&order, "Anna", at(2)).await.unwrap();
        let number = tx.placed_from(DraftId(draft), customer.account).await.unwrap().unwrap();
        let event = NewEvent { from: Status::Placed, to: Status::Invoiced, action: &action, actor: &actor };
        assert_eq!(tx.record(number, &event, at(3)).await.unwrap(), Recorded::Done);
        orders.push(number);
    }
    tx.commit().await.unwrap();
    orders
}

async fn a_stock_that_runs_out_completes_as_many_orders_as_it_can_and_no_serial_number_twice(store: &Store) {
    let count = orders();
    let enough_for = count - count / ONE_IN;
    let began = Instant::now();
    let mut next = 0;
    for (product, quantity) in NEEDED {
        // A little too little for one order more.
        let stock = enough_for * u64::from(quantity) + u64::from(quantity) / 2;
        import(store, product, next..next + stock).await;
        next += stock;
    }
    let imported = began.elapsed();
    let counter = Counter::open(store).await;
    let orders = invoiced(store, count).await;
    let began = Instant::now();
    stream::iter((0..).zip(&orders))
        .for_each_concurrent(MAX_IN_FLIGHT, |(index, order)| counter.completes(index, *order))
        .await;
    let completed = began.elapsed();
    eprintln!("{next} serial numbers imported in {imported:?}, {count} orders completed in {completed:?}");
    eprintln!("{}", memory());

    let mut owners: BTreeMap<String, OrderNumber> = BTreeMap::new();
    let mut done = 0;
    for number in orders {
        let order: Order = read!(store, |tx| tx.order(number)).unwrap();
        let serials = read!(store, |tx| tx.serials_of(number));
        let completions = order.events.iter().filter(|event| event.action == OrderAction::Completed).count();
        match order.summary.status {
            Status::Completed => {
                done += 1;
                assert_eq!(completions, 1);
                for (product, quantity) in NEEDED {
                    let of_product = serials.iter().filter(|(of, _)| *of == sku(product)).count();
                    assert_eq!(of_product, usize::try_from(quantity).unwrap(), "order {number}, {product}");
                }
            }
            // Refused as a whole, with nothing taken.
            status => assert_eq!((status, completions, serials.len()), (Status::Invoiced, 0, 0)),
        }
        for (_, serial) in serials {
            let before = owners.insert(serial.as_str().to_owned(), number);
            assert_eq!(before, None, "order {number} has a serial number of another order");
        }
    }
    assert_eq!(done, enough_for);
    for (product, quantity) in NEEDED {
        assert_eq!(available(store, product).await, u64::from(quantity) / 2, "{product}");
    }
}

/// The most memory that this process ever had, where the system says so.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown").to_owned()
}
