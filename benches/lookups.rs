//! What looking things up takes as a shop grows: the same questions to a small shop and to one of a million orders, each with a
//! note, of 200 000 people, every second of them with a company, and a reseller with a tenth of the orders.
//!
//! `cargo bench --bench lookups [-- [sqlite|postgres] [ORDERS…]]`
//!
//! PostgreSQL is measured when `KEYDESK_BENCH_POSTGRES` is the address of a server on which databases can be made. With
//! `KEYDESK_BENCH_FOLDER` the SQLite files stay there and the databases on the server, and are used again.

#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints its table of times")]

#[path = "lookups/fill.rs"]
mod fill;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::Utc;
use keydesk::chat::action::{Action, SerialsAction};
use keydesk::chat::answer::{Answer, Outgoing, ReportNotification};
use keydesk::chat::dialogue::{Command, Input};
use keydesk::chat::event::{Event, Incoming, Via};
use keydesk::chat::redraws::RedrawEnd;
use keydesk::chat::{Chat, Dispatch};
use keydesk::clock::Clock;
use keydesk::config::Config;
use keydesk::domain::{
    AccountId, DraftId, MessageId, NewOrder, Order, OrderNumber, Period, Person, PersonId, SearchText, Sending, Status,
    UpdateId,
};
use keydesk::shop::Shop;
use keydesk::store::{Placement, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

const SERVER: &str = "KEYDESK_BENCH_POSTGRES";
const FOLDER: &str = "KEYDESK_BENCH_FOLDER";
const SIZES: [i64; 2] = [1_000, 1_000_000];
/// Orders of a page, as the chat shows them.
const PER_PAGE: u32 = 8;
/// An admin of the example's configuration.
const ADMIN: PersonId = PersonId(111_111_111);
/// The account that has a tenth of the orders.
const RESELLER: AccountId = AccountId(1);
/// One of the others.
const ORDINARY: AccountId = AccountId(2);
/// A question is asked this often; the median is told.
const ROUNDS: usize = 21;
/// No question is asked again once this has passed.
const PATIENCE: Duration = Duration::from_secs(3);

type Table = Vec<(String, Vec<Duration>)>;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // Cargo says `--bench` before what was typed.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let mut sizes: Vec<i64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    let wanted = |name: &str| words.iter().all(|word| word.parse::<i64>().is_ok() || word == name);
    if wanted("sqlite") {
        let made = tempfile::tempdir()?;
        let folder = std::env::var_os(FOLDER).map_or_else(|| made.path().to_owned(), PathBuf::from);
        let mut table = Table::new();
        for orders in &sizes {
            let file = folder.join(format!("orders-{orders}.db"));
            measure(&format!("sqlite://{}", file.display()), *orders, &mut table).await?;
        }
        print("SQLite", &sizes, &table);
    }
    if wanted("postgres")
        && let Ok(server) = std::env::var(SERVER)
    {
        let mut table = Table::new();
        for orders in &sizes {
            on_a_server(&server, *orders, &mut table).await?;
        }
        print("PostgreSQL", &sizes, &table);
    }
    Ok(())
}

fn print(database: &str, sizes: &[i64], table: &Table) {
    let heading: Vec<String> = sizes.iter().map(|orders| format!("{orders} orders")).collect();
    println!("\n| {database}, ms | {} |\n| --- |{}", heading.join(" | "), " ---: |".repeat(sizes.len()));
    for (name, times) in table {
        let times: Vec<String> = times.iter().map(|time| format!("{:.2}", time.as_secs_f64() * 1_000.0)).collect();
        println!("| {name} | {} |", times.join(" | "));
    }
}

async fn on_a_server(server: &str, orders: i64, table: &mut Table) -> anyhow::Result<()> {
    let (name, stays) = (format!("keydesk_bench_{orders}"), std::env::var_os(FOLDER).is_some());
    let run = async |statement: String| {
        let mut connection = PgConnection::connect(server).await.context("PostgreSQL cannot be reached")?;
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
        anyhow::Ok(connection.close().await?)
    };
    let made = run(format!("CREATE DATABASE {name} TEMPLATE template0")).await;
    if !stays {
        made?;
    }
    let mut address = url::Url::parse(server)?;
    address.set_path(&name);
    let measured = measure(address.as_str(), orders, table).await;
    if !stays {
        run(format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    }
    measured
}

async fn open(address: &str) -> anyhow::Result<Chat> {
    let config = Config::parse(include_str!("../keydesk.example.toml"), Path::new("keydesk.toml"));
    let config = config.map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let chat = Chat::new(Shop::new(Store::open(address).await?, Clock::system(), Arc::new(config)), "keydesk_bot");
    chat.shop().open(include_str!("../catalog.example.toml")).await?;
    Ok(chat)
}

async fn measure(address: &str, orders: i64, table: &mut Table) -> anyhow::Result<()> {
    let started = Instant::now();
    let chat = open(address).await?;
    fill::fill(chat.store(), orders).await?;
    chat.store().close().await;
    // It holds the file.
    drop(chat);
    if address.starts_with("postgres") {
        // A server does it by itself some minutes after so many new rows; SQLite never does.
        let mut connection = PgConnection::connect(address).await?;
        sqlx::raw_sql("VACUUM ANALYZE").execute(&mut connection).await?;
    }
    eprintln!("{orders} orders: made in {:.1} s", started.elapsed().as_secs_f64());

    let mut measured = Measured { table, row: 0 };
    let start = async || {
        let chat = open(address).await?;
        chat.store().close().await;
        anyhow::Ok(())
    };
    // The first start has what a new release does once.
    start().await?;
    measured.time("opening the shop, and closing it", start).await?;
    let chat = open(address).await?;
    look_up(&chat, orders, &mut measured).await?;
    report(&chat, &mut measured).await?;
    interact(&chat, orders, &mut measured).await?;
    chat.store().close().await;
    Ok(())
}

/// The times of one database, row by row.
struct Measured<'t> {
    table: &'t mut Table,
    row: usize,
}

impl Measured<'_> {
    async fn time(&mut self, name: &str, mut work: impl AsyncFnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        let (begun, mut times) = (Instant::now(), Vec::new());
        work().await?;
        while times.len() < ROUNDS && (times.is_empty() || begun.elapsed() < PATIENCE) {
            let started = Instant::now();
            work().await?;
            times.push(started.elapsed());
        }
        times.sort();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        eprintln!("{name}: {:.2} ms", median.as_secs_f64() * 1_000.0);
        match self.table.get_mut(self.row) {
            Some((_, columns)) => columns.push(median),
            None => self.table.push((name.to_owned(), vec![median])),
        }
        self.row += 1;
        Ok(())
    }
}

async fn look_up(chat: &Chat, orders: i64, measured: &mut Measured<'_>) -> anyhow::Result<()> {
    let (store, half) = (chat.store(), orders / 2);
    measured.time("an order's card", async || an_order(store, half).await.map(drop)).await?;
    let lists = [("/orders, the first page", ORDINARY, None), ("/orders of a tenth of all", RESELLER, None)];
    for (name, account, status) in
        lists.into_iter().chain([("/orders of a tenth of all, completed ones", RESELLER, Some(Status::Completed))])
    {
        let list = async || Ok(store.read().orders_page(account, status, 0, PER_PAGE).await.map(drop)?);
        measured.time(name, list).await?;
    }
    measured.time("/queue", async || Ok(store.read().queue(None, 0, PER_PAGE).await.map(drop)?)).await?;

    let company = fill::people(orders) / 4 * 2;
    let searches = [
        ("/find by number", half.to_string()),
        ("/find by company", format!("ООО «Ромашка {company}»")),
        ("/find by a part of a tax number", format!("{}", 100_000_000 + company)),
        ("/find by a part of a note", format!("ДОГОВОРУ {half}-")),
        ("/find by a name", format!("ЩУКИН {}", fill::people(orders) / 2)),
        ("/find by two letters", "зц".to_owned()),
        ("/find by what nobody has", "нет такого".to_owned()),
        ("/find by a part of every note", "доставка".to_owned()),
        ("/find by a part of every company", "ромашка".to_owned()),
        ("/find by a part of every name", "щукин".to_owned()),
    ];
    for (name, text) in searches {
        let text = SearchText::parse(&text).context("a text to search by")?;
        measured.time(name, async || Ok(store.read().find_orders(&text, 0, PER_PAGE).await.map(drop)?)).await?;
    }
    let issued = async || Ok(store.read().issued_counts(RESELLER, 21).await.map(drop)?);
    measured.time("/serials of a tenth of all orders", issued).await?;
    let products = async || Ok(store.read().products_given(RESELLER).await.map(drop)?);
    measured.time("/serials of a tenth of all orders, by product", products).await
}

async fn an_order(store: &Store, number: i64) -> anyhow::Result<Order> {
    store.read().order(OrderNumber(number)).await?.context("an order is missing")
}

async fn report(chat: &Chat, measured: &mut Measured<'_>) -> anyhow::Result<()> {
    for period in [Period::All, Period::parse("2025", Utc::now().date_naive()).context("a year")?] {
        let name = if period == Period::All { "/stats all" } else { "/stats of a year" };
        let stats = async || Ok(chat.shop().stats(&mut chat.store().read(), period).await.map(drop)?);
        measured.time(name, stats).await?;
        let outgoing = Outgoing::from(Answer::Report(ReportNotification::Stats { to: ADMIN, period }));
        let message = async || match chat.render(ADMIN.private_chat(), &outgoing, Sending::First).await? {
            Some(Dispatch::Send(_)) => Ok(()),
            _ => anyhow::bail!("there is no report"),
        };
        measured.time(&format!("{name}, with its picture"), message).await?;
    }
    Ok(())
}

/// What a customer does, update by update, each with its screen.
async fn interact(chat: &Chat, orders: i64, measured: &mut Measured<'_>) -> anyhow::Result<()> {
    let anna = Person { id: PersonId(2), name: "Anna".to_owned(), username: None, telegram_language: None };
    let press = |action| (Input::Press(Some(action)), Via::Press { query: String::new(), message: MessageId(9) });
    let mut next = Utc::now().timestamp_micros();
    let acts = [
        ("/start", (Input::Command(Command::Start), Via::Message)),
        ("a press that shows prices", press(Action::Prices { page: 0 })),
        ("a press that shows orders", press(Action::Orders { filter: None, page: 0 })),
        ("a press that shows a card", press(Action::Order(OrderNumber(fill::people(orders) + 1)))),
        ("a press that shows serial numbers", press(Action::SerialsBy(SerialsAction::ByProduct { page: 0 }))),
    ];
    for (name, (input, via)) in acts {
        let act = async || {
            next += 1;
            let event = Event::Said {
                chat: anna.id.private_chat(),
                person: anna.clone(),
                input: Box::new(input.clone()),
                via: via.clone(),
            };
            chat.handle(&[&Incoming { update: UpdateId(next), event, group: None }]).await?;
            let drawing = chat.redraws().next(Utc::now()).context("a screen to draw")?;
            chat.draw(drawing.redraw().context("a screen to draw")?).await?;
            drawing.end(RedrawEnd::GivenUp, Utc::now());
            Ok(())
        };
        measured.time(&format!("one act and its screen: {name}"), act).await?;
    }
    let store = chat.store();
    let mut order = copied(&an_order(store, orders / 2).await?);
    let place = async || {
        order.draft.0 += 1;
        let mut tx = store.begin().await?;
        let placed = tx.place_order(&order, "Anna", Utc::now()).await?;
        anyhow::ensure!(matches!(placed, Placement::Placed(_)), "a new draft is a new order");
        Ok(tx.commit().await?)
    };
    measured.time("an order placed, with a note", place).await
}

fn copied(order: &Order) -> NewOrder {
    let (lines, note) = (order.lines.clone(), order.note.clone());
    let draft = DraftId(Utc::now().timestamp_micros());
    NewOrder { draft, account: order.account, placed_by: order.placed_by, lines, total: order.summary.total, note }
}
