//! An order bot as most are written: teloxide's dispatcher, and a transaction for each update, which reads the person's
//! state, saves the next one and, at the end, the order. Confirming updates before they are handled, it may lose some.

use anyhow::Context;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row, SqlitePool};
use teloxide::prelude::*;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

const PRODUCTS: [(&str, i64); 3] = [
    ("Лицензия Guardant SP, 1 активация", 22_000),
    ("Лицензия Guardant SP, 3 активации", 41_000),
    ("Лицензия Guardant SP, 5 активаций", 82_000),
];
const STAFF_CHAT: i64 = -1_001_234_567_890;
const PACKAGES: [i64; 3] = [50, 100, 200];

/// Where a person stands, as `step:product:quantity`.
#[derive(Clone, Copy)]
enum State {
    Home,
    Form(Option<(usize, i64)>),
    Quantity(usize),
    Summary(usize, i64),
    Sent(i64),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let pool = open(&std::env::var("DATABASE_URL").context("DATABASE_URL is not set")?).await?;
    let bot = Bot::new(std::env::var("TELOXIDE_TOKEN").unwrap_or_default());
    let bot = match std::env::var("TELOXIDE_API_URL").ok().and_then(|url| url.parse().ok()) {
        Some(url) => bot.set_api_url(url),
        None => bot,
    };
    let tree = dptree::entry()
        .branch(Update::filter_message().endpoint(started))
        .branch(Update::filter_callback_query().endpoint(pressed));
    Dispatcher::builder(bot, tree).dependencies(dptree::deps![pool]).build().dispatch().await;
    Ok(())
}

async fn open(url: &str) -> anyhow::Result<SqlitePool> {
    let options: SqliteConnectOptions = url.parse()?;
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(std::time::Duration::from_secs(30));
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
    for table in [
        "CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL) STRICT",
        "CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, person INTEGER NOT NULL, product INTEGER NOT NULL,
             quantity INTEGER NOT NULL, total INTEGER NOT NULL) STRICT",
    ] {
        sqlx::query(table).execute(&pool).await?;
    }
    Ok(pool)
}

async fn started(bot: Bot, message: Message, pool: SqlitePool) -> anyhow::Result<()> {
    let Some(person) = &message.from else { return Ok(()) };
    let state = step(&pool, person.id.0.cast_signed(), &person.first_name, None).await?;
    bot.send_message(message.chat.id, text(state)).reply_markup(keyboard(state)).await?;
    Ok(())
}

async fn pressed(bot: Bot, query: CallbackQuery, pool: SqlitePool) -> anyhow::Result<()> {
    let (Some(data), Some(message)) = (&query.data, &query.message) else { return Ok(()) };
    let state = step(&pool, query.from.id.0.cast_signed(), &query.from.first_name, Some(data)).await?;
    bot.answer_callback_query(query.id.clone()).await?;
    bot.edit_message_text(message.chat().id, message.id(), text(state)).reply_markup(keyboard(state)).await?;
    if let State::Sent(number) = state {
        bot.send_message(ChatId(STAFF_CHAT), format!("Новый заказ №{number}")).await?;
    }
    Ok(())
}

/// One transaction: the person's state is read, the next one saved.
async fn step(pool: &SqlitePool, person: i64, name: &str, pressed: Option<&str>) -> anyhow::Result<State> {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    let stored = sqlx::query("SELECT state FROM people WHERE id = ?").bind(person).fetch_optional(&mut *tx).await?;
    let state = stored.map_or(State::Home, |row| read(row.get(0)));
    let chosen = pressed.and_then(|data| data.get(1..)?.parse::<usize>().ok()).unwrap_or(0);
    let next = match (state, pressed.and_then(|data| data.get(..1))) {
        (_, None) => State::Home,
        (_, Some("n")) => State::Form(None),
        (_, Some("p")) => State::Quantity(chosen.min(2)),
        (State::Quantity(product), Some("q")) => State::Form(Some((product, i64::try_from(chosen)?))),
        (State::Form(Some((product, quantity))), Some("c")) => State::Summary(product, quantity),
        (State::Summary(product, quantity), Some("s")) => {
            let (_, price) = PRODUCTS.get(product).copied().unwrap_or(("", 0));
            let placed = sqlx::query("INSERT INTO orders (person, product, quantity, total) VALUES (?, ?, ?, ?)")
                .bind(person)
                .bind(i64::try_from(product)?)
                .bind(quantity)
                .bind(quantity * price)
                .execute(&mut *tx)
                .await?;
            State::Sent(placed.last_insert_rowid())
        }
        (state, _) => state,
    };
    sqlx::query(
        "INSERT INTO people (id, name, state) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state",
    )
    .bind(person)
    .bind(name)
    .bind(write(next))
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(next)
}

fn write(state: State) -> String {
    match state {
        State::Home => "home".to_owned(),
        State::Form(None) => "form".to_owned(),
        State::Form(Some((product, quantity))) => format!("form:{product}:{quantity}"),
        State::Quantity(product) => format!("quantity:{product}"),
        State::Summary(product, quantity) => format!("summary:{product}:{quantity}"),
        State::Sent(number) => format!("sent:{number}"),
    }
}

fn read(state: &str) -> State {
    let mut parts = state.split(':');
    let step = parts.next();
    let mut number = || parts.next().and_then(|part| part.parse::<i64>().ok());
    match (step, number(), number()) {
        (Some("form"), Some(product), Some(quantity)) => State::Form(Some((product.unsigned_abs() as usize, quantity))),
        (Some("form"), ..) => State::Form(None),
        (Some("quantity"), Some(product), _) => State::Quantity(product.unsigned_abs() as usize),
        (Some("summary"), Some(product), Some(quantity)) => State::Summary(product.unsigned_abs() as usize, quantity),
        (Some("sent"), Some(number), _) => State::Sent(number),
        _ => State::Home,
    }
}

fn text(state: State) -> String {
    let line = |product: usize, quantity: i64| {
        let (name, price) = PRODUCTS.get(product).copied().unwrap_or(("", 0));
        format!("{name}\n{quantity} шт. — {},00 ₽", quantity * price / 100)
    };
    match state {
        State::Home => "Здравствуйте. Здесь можно заказать серийные номера.".to_owned(),
        State::Form(None) => "Новый заказ\nВыберите продукт и количество.".to_owned(),
        State::Form(Some((product, quantity))) => format!("Новый заказ\n\n{}", line(product, quantity)),
        State::Quantity(_) => "Сколько номеров?".to_owned(),
        State::Summary(product, quantity) => format!("Проверьте заказ и отправьте его\n\n{}", line(product, quantity)),
        State::Sent(number) => format!("Заказ №{number}\nСтатус: Размещен"),
    }
}

fn keyboard(state: State) -> InlineKeyboardMarkup {
    let button = |label: String, data: String| InlineKeyboardButton::callback(label, data);
    let new = || vec![button("Новый заказ".to_owned(), "n".to_owned())];
    let mut rows = match state {
        State::Home | State::Sent(_) => vec![new()],
        State::Form(_) => PRODUCTS
            .iter()
            .enumerate()
            .map(|(place, (name, _))| vec![button((*name).to_owned(), format!("p{place}"))])
            .collect(),
        State::Quantity(product) => {
            let (_, price) = PRODUCTS.get(product).copied().unwrap_or(("", 0));
            let label = |quantity: &i64| format!("{quantity} — {},00 ₽", quantity * price / 100);
            PACKAGES.iter().map(|quantity| vec![button(label(quantity), format!("q{quantity}"))]).collect()
        }
        State::Summary(..) => vec![vec![button("Отправить заказ".to_owned(), "s".to_owned())]],
    };
    if let State::Form(Some(_)) = state {
        rows.push(vec![button("Оформить заказ".to_owned(), "c".to_owned())]);
    }
    InlineKeyboardMarkup::new(rows)
}
