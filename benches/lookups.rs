//! What looking things up takes in a full shop: 100 000 orders of 20 000 people, each with a note, every second of them
//! with a firm, on a SQLite file and on PostgreSQL. Each time is told as a multiple of opening one order by its number in
//! the same run too, since machines differ; and so is the memory that this process took on top.
//!
//! `cargo bench --bench lookups [-- [sqlite|postgres] [ORDERS]]`
//!
//! PostgreSQL is the server that `KEYDESK_TEST_POSTGRES` names, as for the tests.

#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints its ratios")]

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use keydesk::chat::answer::{Answer, Outgoing, ReportNotification};
use keydesk::chat::view::Attachment;
use keydesk::chat::{Chat, Dispatch};
use keydesk::clock::Clock;
use keydesk::config::Config;
use keydesk::domain::billing::{CompanyName, Email, Inn, TaxNumber};
use keydesk::domain::{
    Access, AccountId, Actor, Billing, ChatId, Currency, DraftId, Invoice, Lane, LocalName, Money, NewOrder,
    OrderAction, OrderLine, OrderNumber, Period, Person, PersonId, Role, SearchText, Sending, Sku, Status,
};
use keydesk::shop::Shop;
use keydesk::store::{Driver, NewEvent, NewOutboxMessage, Placement, Store, Tx};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

const VARIABLE: &str = "KEYDESK_TEST_POSTGRES";
const ORDERS: i64 = 100_000;
/// Orders of one person, on the average.
const ORDERS_EACH: i64 = 5;
/// Orders that one transaction places while the shop is filled.
const PLACED_AT_ONCE: i64 = 1_000;
/// The newest orders wait for staff.
const OPEN: i64 = 500;
/// Orders of a page, as the chat shows them.
const PER_PAGE: u32 = 8;
/// The staff chat of the example's configuration.
const STAFF_CHAT: i64 = -1_001_234_567_890;
/// An admin of the example's configuration.
const ADMIN: PersonId = PersonId(111_111_111);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // Cargo says `--bench` before what was typed.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let orders = words.iter().find_map(|word| word.parse().ok()).unwrap_or(ORDERS);
    let wanted = |name: &str| words.iter().all(|word| word.parse::<i64>().is_ok() || word == name);
    if wanted("sqlite") {
        let folder = tempfile::tempdir()?;
        measure("SQLite", &format!("sqlite://{}", folder.path().join("keydesk.db").display()), orders).await?;
    }
    if wanted("postgres") {
        let Ok(server) = std::env::var(VARIABLE) else {
            anyhow::bail!("{VARIABLE} names no PostgreSQL: set it to a server's address, or ask for sqlite alone");
        };
        let name = format!("keydesk_bench_{}", std::process::id());
        on_server(&server, format!("CREATE DATABASE {name} TEMPLATE template0")).await?;
        let mut address = url::Url::parse(&server)?;
        address.set_path(&name);
        let measured = measure("PostgreSQL", address.as_str(), orders).await;
        on_server(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        measured?;
    }
    Ok(())
}

async fn on_server(server: &str, statement: String) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(server).await.context("PostgreSQL cannot be reached")?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

async fn measure(database: &str, address: &str, orders: i64) -> anyhow::Result<()> {
    let store = Store::open(address).await?;
    let config = Config::parse(include_str!("../keydesk.example.toml"), Path::new("keydesk.toml"));
    let config = config.map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let chat = Chat::new(Shop::new(store.clone(), Clock::system(), Arc::new(config)), "keydesk_bot");
    chat.shop().open(include_str!("../catalog.example.toml")).await?;
    let started = Instant::now();
    fill(&store, orders).await?;
    println!("{database}: {orders} orders, filled in {} s", started.elapsed().as_secs());
    println!("{:<56} {:>10} {:>10} {:>9}", "", "ms", "cards", "MB on top");

    let card = time(100, || async {
        store.read().order(OrderNumber(orders / 2)).await?.context("an order is missing").map(drop)
    })
    .await?;
    card.print("an order's card, by its number", card.median);
    let half = orders / 2;
    let searches = [
        ("/find: a number", half.to_string()),
        ("/find: a part of one name", format!("ЩУКИН {}", orders / ORDERS_EACH / 2)),
        ("/find: a part of one note", format!("договору {half}-")),
        ("/find: a firm", format!("ООО «Ромашка {}»", 2 * (orders / ORDERS_EACH / 4))),
        ("/find: a tax number", inn(2 * (orders / ORDERS_EACH / 4))),
        ("/find: a part of every name", "щукин".to_owned()),
        ("/find: nothing", "нет такого".to_owned()),
    ];
    for (name, text) in searches {
        let text = SearchText::parse(&text).context("a text to search by")?;
        let find = || async { Ok(store.read().find_orders(&text, 0, PER_PAGE).await?.total) };
        let found = find().await?;
        time(5, || async { find().await.map(drop) }).await?.print(&format!("{name} ({found} found)"), card.median);
    }
    let queue = || async { Ok(store.read().open_orders(None, 0, PER_PAGE).await.map(drop)?) };
    time(5, queue).await?.print("/queue", card.median);
    let account = store.read().order(OrderNumber(half)).await?.context("an order is missing")?.account;
    let own = || async { Ok(store.read().orders_page(account, None, 0, PER_PAGE).await.map(drop)?) };
    time(5, own).await?.print("/orders, the first page", card.median);

    let claim = || async {
        let (mut tx, now) = (store.begin().await?, Utc::now());
        anyhow::ensure!(
            tx.claim_messages(now, now + TimeDelta::minutes(1), 8).await?.len() == 1,
            "the group has one head"
        );
        Ok(())
    };
    time(20, claim).await?.print(&format!("the next message of a group where {OPEN} wait"), card.median);
    let due = || async { Ok(store.read().next_delivery_due().await.map(drop)?) };
    time(20, due).await?.print("when it is due", card.median);
    let post = || async {
        let (mut tx, order) = (store.begin().await?, OrderNumber(orders));
        Ok(tx.post(&alert(order), Utc::now()).await?)
    };
    time(20, post).await?.print("a message to it", card.median);
    let limits = || async {
        let mut tx = store.read();
        tx.orders_taken_up(account, 20, 10).await?;
        Ok(tx.first_of_last_messages(account, 30, Utc::now() - TimeDelta::hours(1)).await.map(drop)?)
    };
    time(20, limits).await?.print("what an account has taken up of its limits", card.median);

    let year = Period::Year { first: NaiveDate::from_ymd_opt(2025, 1, 1).context("a date")? };
    let month = Period::Month { first: NaiveDate::from_ymd_opt(2025, 5, 1).context("a date")? };
    for (name, report) in [
        ("/stats of a month", ReportNotification::Stats { to: ADMIN, period: month }),
        ("/stats of a year", ReportNotification::Stats { to: ADMIN, period: year }),
        ("/stats of everything", ReportNotification::Stats { to: ADMIN, period: Period::All }),
        ("/export of a month, CSV", ReportNotification::Table { to: ADMIN, period: month }),
        ("/export of a year, CSV", ReportNotification::Table { to: ADMIN, period: year }),
        ("/export of everything, CSV", ReportNotification::Table { to: ADMIN, period: Period::All }),
        ("/export of a month, workbook", ReportNotification::Workbook { to: ADMIN, period: month }),
        ("/export of a year, workbook", ReportNotification::Workbook { to: ADMIN, period: year }),
        ("/export of everything, workbook", ReportNotification::Workbook { to: ADMIN, period: Period::All }),
    ] {
        let outgoing = Outgoing::from(Answer::Report(report));
        let size = Cell::new(0);
        let make = || async {
            size.set(size_of_file(&chat, &outgoing).await?);
            Ok(())
        };
        let made = time(1, make).await?;
        let described = match size.get() {
            0 => "too large to be sent".to_owned(),
            size => format!("{:.1} MB", size as f64 / f64::from(1 << 20)),
        };
        made.print(&format!("{name} ({described})"), card.median);
    }
    println!();
    store.close().await;
    Ok(())
}

/// How large the file of a report is; none if it is too large to be sent.
async fn size_of_file(chat: &Chat, outgoing: &Outgoing) -> anyhow::Result<usize> {
    let Some(Dispatch::Send(message)) = chat.render(ADMIN.private_chat(), outgoing, Sending::First).await? else {
        anyhow::bail!("there is no report");
    };
    Ok(match message.attachment {
        Some(Attachment::Fresh { bytes, .. }) => bytes.len(),
        _ => 0,
    })
}

struct Measured {
    median: Duration,
    /// Kilobytes of memory beyond what the process had.
    on_top: u64,
}

impl Measured {
    fn print(&self, name: &str, card: Duration) {
        let milliseconds = self.median.as_secs_f64() * 1_000.0;
        let cards = self.median.as_secs_f64() / card.as_secs_f64();
        println!("{name:<56} {milliseconds:>10.2} {cards:>10.0} {:>9}", self.on_top / 1024);
    }
}

async fn time<F: Future<Output = anyhow::Result<()>>>(rounds: u32, work: impl Fn() -> F) -> anyhow::Result<Measured> {
    // Forgets the highest mark until now (proc(5)); where that cannot be done the mark is the process's own.
    std::fs::write("/proc/self/clear_refs", "5").ok();
    let before = memory("VmRSS:")?;
    let mut times = Vec::new();
    for _ in 0..rounds {
        let started = Instant::now();
        work().await?;
        times.push(started.elapsed());
    }
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    Ok(Measured { median, on_top: memory("VmHWM:")?.saturating_sub(before) })
}

/// A line of the process's status, in kilobytes.
fn memory(name: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(name)).context("the system does not tell of memory")?;
    Ok(line.split_whitespace().nth(1).context("no number")?.parse()?)
}

async fn fill(store: &Store, orders: i64) -> anyhow::Result<()> {
    let people = (orders / ORDERS_EACH).max(1);
    let opened: DateTime<Utc> = "2023-01-01T00:00:00Z".parse()?;
    let apart = TimeDelta::days(3 * 365) / i32::try_from(orders)?;
    let mut accounts = Vec::new();
    let mut tx = store.begin().await?;
    for id in 1..=people {
        accounts.push(newcomer(&mut tx, id, opened).await?);
    }
    for first in (1..=orders).step_by(PLACED_AT_ONCE as usize) {
        for number in first..(first + PLACED_AT_ONCE).min(orders + 1) {
            let id = number % people;
            let account = *accounts.get(id as usize).context("an account")?;
            let now = opened + apart * i32::try_from(number)?;
            place(&mut tx, number, account, PersonId(id + 1), number + OPEN > orders, now).await?;
        }
        tx.commit().await?;
        tx = store.begin().await?;
    }
    let sent = format!(
        "INSERT INTO outbox_messages
             (chat_id, order_number, body, posted_at, delivery, due, attempts, sending, message_id, settled_at)
         SELECT {STAFF_CHAT}, number, '{{}}', placed_at, 'sent', placed_at, 1, 'first', number, placed_at FROM orders"
    );
    match tx.driver().await? {
        Driver::Sqlite(tx) => {
            sqlx::raw_sql(AssertSqlSafe(sent)).execute(&mut **tx).await?;
        }
        Driver::Postgres(tx) => {
            sqlx::raw_sql(AssertSqlSafe(sent)).execute(&mut **tx).await?;
        }
    }
    for number in (orders - OPEN).max(0) + 1..=orders {
        tx.post(&alert(OrderNumber(number)), opened).await?;
    }
    // Of itself a server does it some minutes after so many new rows; SQLite never does it here.
    if let Driver::Postgres(tx) = tx.driver().await? {
        sqlx::raw_sql("ANALYZE").execute(&mut **tx).await?;
    }
    Ok(tx.commit().await?)
}

async fn newcomer(tx: &mut Tx, id: i64, now: DateTime<Utc>) -> anyhow::Result<AccountId> {
    let name = format!("Иннокентий Щукин {id}");
    let person = Person { id: PersonId(id), name, username: Some(format!("shchukin_{id}")), telegram_language: None };
    let account = tx.meet(&person, Access::Admitted, now).await?.account;
    if id % 2 == 0 {
        let billing = Billing {
            company: CompanyName::parse(&format!("ООО «Ромашка {id}»"))?,
            tax: TaxNumber::Person { inn: Inn::parse(&inn(id))? },
            email: Email::parse("buh@example.com")?,
        };
        tx.keep_billing(account, &billing, person.id, now).await?;
    }
    Ok(account)
}

fn alert(order: OrderNumber) -> NewOutboxMessage {
    NewOutboxMessage { chat: ChatId(STAFF_CHAT), order: Some(order), body: "{}".to_owned(), lane: Lane::Notice }
}

/// A sole trader's number with the check digits that belong to it.
fn inn(id: i64) -> String {
    let start = format!("77{id:08}");
    let mut checked = (0..100).map(|check| format!("{start}{check:02}"));
    checked.find(|number| Inn::parse(number).is_ok()).unwrap_or_default()
}

async fn place(
    tx: &mut Tx,
    draft: i64,
    account: AccountId,
    placed_by: PersonId,
    stays_open: bool,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let price = Money::from_minor(1_100_000, Currency::RUB).context("a price")?;
    let line = |sku: &str| -> anyhow::Result<OrderLine> {
        let name = LocalName::by_language(|_| "Guardant SP licence, 1 activation".to_owned());
        Ok(OrderLine { sku: Sku::parse(sku).context("a SKU")?, name, quantity: 50, price })
    };
    let lines = if draft % 2 == 0 { vec![line("sp-1")?] } else { vec![line("sp-1")?, line("sp-2")?] };
    let note = Some(format!("По договору {draft}-{} от первого марта, доставка не нужна", draft % 97));
    let total = Money::from_minor(1_100_000 * i64::try_from(lines.len())?, Currency::RUB).context("a total")?;
    let order = NewOrder { draft: DraftId(draft), account, placed_by, lines, total, note };
    let Placement::Placed(number) = tx.place_order(&order, "Иннокентий Щукин", now).await? else {
        anyhow::bail!("draft {draft} was placed before");
    };
    if stays_open {
        return Ok(());
    }
    let actor = Actor::Person { id: ADMIN, name: "Вера".to_owned(), role: Role::Staff };
    let invoiced = OrderAction::Invoiced(Invoice { amount: total, due: None, document: None });
    for (from, to, action) in
        [(Status::Placed, Status::Invoiced, invoiced), (Status::Invoiced, Status::Completed, OrderAction::Completed)]
    {
        tx.record(number, &NewEvent { from, to, action: &action, actor: &actor }, now).await?;
    }
    Ok(())
}
