//! An account that was given a hundred thousand serial numbers, each by an order of its own: how long its people wait, and how
//! much memory that takes.

use std::time::Instant;

use keydesk_emulator::{Content, Message, MessageId};
use sqlx::{Connection, SqliteConnection};

use super::crowd::{Customer, shown};
use super::memory::{MOST_KILOBYTES, within_bounds};
use crate::support::program::{Flood, Premises, Program};

const KEYS: usize = 100_000;
const ANNA: i64 = 3_003;
/// Bytes of the largest file that is looked up.
const LARGEST: usize = 2 << 20;

/// Orders like the first one, completed with a serial number each.
async fn fill(premises: &Premises) {
    let mut database = SqliteConnection::connect(&premises.database).await.unwrap();
    let fill = format!(
        "CREATE TEMP TABLE n AS WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n <= {KEYS}) SELECT n FROM n;
         INSERT INTO orders (number, draft_id, account_id, placed_by, placed_at, status, currency, total, keys)
             SELECT n, n, account_id, placed_by, placed_at, 'completed', currency, total, 1 FROM orders, n WHERE number = 1;
         INSERT INTO account_products (account_id, sku) SELECT account_id, 'sp-1' FROM orders WHERE number = 2
             ON CONFLICT DO NOTHING;
         INSERT INTO order_lines (order_number, position, sku, names, quantity, price)
             SELECT n, position, sku, names, 1, price FROM order_lines, n WHERE order_number = 1 AND sku = 'sp-1';
         INSERT INTO serial_numbers (serial, sku, imported_at, order_number, issued_at)
             SELECT printf('KEY-%08d', n), 'sp-1', placed_at, n, placed_at FROM orders, n WHERE number = n;
         UPDATE counters SET value = {KEYS} + 1 WHERE name = 'orders';"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(fill)).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

struct Asking<'a> {
    premises: &'a Premises,
    program: &'a Program,
}

impl Asking<'_> {
    /// Does something as Anna, and waits for so many messages that say this.
    async fn measures(&self, what: &str, count: usize, answer: &str, does: impl FnOnce(MessageId)) {
        let newest = self.premises.emulator.look(|world| world.messages(ANNA).next_back().map(|message| message.id));
        let (begin, newest) = (Instant::now(), newest.unwrap());
        does(newest);
        let fits = |message: &Message| message.id > newest && shown(message).contains(answer);
        self.premises.until(what, |world| world.messages(ANNA).filter(|message| fits(message)).count() >= count).await;
        println!("{what}: {} ms", begin.elapsed().as_millis());
        within_bounds(self.program, what);
    }

    async fn says(&self, text: &str, answer: &str) {
        self.measures(text.split('\n').next().unwrap_or(text), 1, answer, |_| {
            self.premises.emulator.say(ANNA, ANNA, text);
        })
        .await;
    }

    async fn presses(&self, data: &str, count: usize, answer: &str) {
        let press = |newest| drop(self.premises.emulator.press(ANNA, ANNA, newest, data));
        self.measures(data, count, answer, press).await;
    }

    async fn sends(&self, what: &str, bytes: Vec<u8>, answer: &str) {
        self.says("/serials", "Чтобы узнать").await;
        let (name, mime) = ("mine.csv".to_owned(), "text/csv".to_owned());
        let content = Content::Document { name, mime, bytes, caption: None };
        self.measures(what, 1, answer, |_| {
            self.premises.emulator.send(ANNA, ANNA, content);
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_keys_of_one_account_take_a_small_servers_memory() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let program = premises.runs().await;
    Customer::new(&premises.emulator, ANNA).orders(&[]).await;
    program.stops().await;
    fill(&premises).await;
    let program = premises.runs().await;
    println!("{} kB at first, {MOST_KILOBYTES} kB at most", program.most_memory());
    let asking = Asking { premises: &premises, program: &program };
    asking.says("/orders", "Заказы").await;
    asking.says("/serials", "Чтобы узнать").await;
    for format in ["txt", "csv", "xlsx"] {
        asking.presses(&format!("sn:{format}:tall"), 2, "").await;
    }
    asking.says("/serials", "Чтобы узнать").await;
    let typed: Vec<String> = (2..300).map(|number| format!("KEY-{number:08}")).collect();
    asking.says(&typed.join("\n"), "заказ №").await;
    let lines = |count: usize| (2..count + 2).map(|number| format!("KEY-{number:08}\n")).collect::<String>();
    asking.sends("a file of 20 000", lines(20_000).into_bytes(), "В файле").await;
    let full = |line: &str| line.repeat(LARGEST / line.len()).into_bytes();
    asking.sends("many lines", full("A1\n"), "поменьше").await;
    asking.sends("many cells", full("A1,"), "не выдавал").await;
    asking.sends("many cells on many lines", full(&format!("{}\n", "A1,".repeat(50))), "не выдавал").await;
    println!("{} kB at most", program.most_memory());
    program.stops().await;
}
