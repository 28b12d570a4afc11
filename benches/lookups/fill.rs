//! A shop of many orders, made by the database itself: tens of thousands of orders a second.

use anyhow::Context;
use keydesk::chat::dialogue::Dialogue;
use keydesk::domain::{Currency, Invoice, Money, OrderAction, Stored};
use keydesk::store::{Driver, Store};
use sqlx::AssertSqlSafe;

/// Orders of one person, on the average.
const ORDERS_EACH: i64 = 5;
/// Every tenth order is of one account, as a reseller's would be.
const RESELLER_EVERY: i64 = 10;
/// The newest orders wait for staff.
pub const OPEN: i64 = 500;
/// Sent messages that are not yet past their retention.
const SENT: i64 = 20_000;
/// 2023-01-01, and the seconds until 2026-01-01, over which the orders are spread.
const OPENED: i64 = 1_672_531_200;
const YEARS: i64 = 3 * 365 * 86_400;

/// How many people order.
pub fn people(orders: i64) -> i64 {
    (orders / ORDERS_EACH).max(1)
}

/// Fills an empty database, or leaves one that was filled before as it is.
pub async fn fill(store: &Store, orders: i64) -> anyhow::Result<()> {
    let is_postgres = is_postgres(store).await?;
    if store.read().order(keydesk::domain::OrderNumber(orders)).await?.is_some() {
        return Ok(());
    }
    fill_people(store, people(orders)).await?;
    for statement in of_orders(orders, is_postgres)? {
        run(store, statement).await?;
    }
    // As the bot does it, in smaller portions, when it starts and every hour.
    loop {
        let mut tx = store.begin().await?;
        let settled = tx.settle_figures(3_000).await?;
        tx.commit().await?;
        if settled == 0 {
            break;
        }
    }
    Ok(())
}

/// Fills an empty database with so many people, who have ordered nothing.
pub async fn fill_people(store: &Store, people: i64) -> anyhow::Result<()> {
    for statement in of_people(people, is_postgres(store).await?)? {
        run(store, statement).await?;
    }
    Ok(())
}

async fn is_postgres(store: &Store) -> anyhow::Result<bool> {
    let mut tx = store.begin().await?;
    let is_postgres = matches!(tx.driver().await?, Driver::Postgres(_));
    tx.commit().await?;
    Ok(is_postgres)
}

async fn run(store: &Store, statement: String) -> anyhow::Result<()> {
    let mut tx = store.begin().await?;
    match tx.driver().await? {
        Driver::Sqlite(tx) => sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut **tx).await.map(drop)?,
        Driver::Postgres(tx) => sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut **tx).await.map(drop)?,
    }
    Ok(tx.commit().await?)
}

/// An instant, by its seconds: the one thing that the two databases do not say in the same words.
fn at(seconds: &str, is_postgres: bool) -> String {
    match is_postgres {
        true => format!("to_timestamp({seconds})"),
        false => format!("strftime('%Y-%m-%dT%H:%M:%S+00:00', {seconds}, 'unixepoch')"),
    }
}

/// The numbers from 1 to `last`, as rows.
fn numbers(last: i64) -> String {
    format!(
        "(WITH RECURSIVE counted (n) AS
              (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM counted WHERE n < {last}) SELECT n FROM counted) AS numbers"
    )
}

/// The statements that make people, each with an account, and a dialogue that is up to date.
fn of_people(people: i64, is_postgres: bool) -> anyhow::Result<Vec<String>> {
    let opened = at(&OPENED.to_string(), is_postgres);
    let home = Dialogue::new().encode()?;
    Ok(vec![
        format!(
            "INSERT INTO accounts (founder, created_at) SELECT n, {opened} FROM {} ORDER BY n",
            numbers(people)
        ),
        format!(
            "INSERT INTO people (id, account_id, name, username, reachability, reachability_since, met_at)
             SELECT n, n, 'Иннокентий Щукин ' || n, 'shchukin_' || n, 'reachable', {opened}, {opened} FROM {} ORDER BY n",
            numbers(people)
        ),
        format!(
            "INSERT INTO billing (account_id, company, foreign_tax_number, email, changed_by, changed_at)
             SELECT n, 'ООО «Ромашка ' || n || '»', 'NO ' || (100000000 + n), 'buh@example.com', n, {opened}
             FROM {} WHERE n % 2 = 0 ORDER BY n",
            numbers(people)
        ),
        format!(
            "INSERT INTO dialogues (chat_id, person_id, seat, version, state, saved_at, message_id, message_since, lasting,
                 fresh_from, shown_version, redraw_due, attempts)
             SELECT n, n, 'customer', 9, '{home}', {opened}, 9, 1, 'transient', 1, 9, {opened}, 0 FROM {} ORDER BY n",
            numbers(people)
        ),
        format!(
            "INSERT INTO search_texts (subject, id, folded)
             SELECT 'account', n, 'ооо ромашка ' || n || ' no ' || (100000000 + n) FROM {0} WHERE n % 2 = 0 ORDER BY n;
             INSERT INTO search_texts (subject, id, folded)
             SELECT 'person', n, 'иннокентий щукин ' || n || ' @shchukin_' || n FROM {0} ORDER BY n",
            numbers(people)
        ),
    ])
}

/// The statements that make orders of these people.
fn of_orders(orders: i64, is_postgres: bool) -> anyhow::Result<Vec<String>> {
    let (people, open_from, sent_from) = (people(orders), orders - OPEN, orders - SENT);
    let opened = at(&OPENED.to_string(), is_postgres);
    let of_order = |column: &str, seconds_later: i64| {
        at(&format!("{OPENED} + {column} * {YEARS} / {orders} + {seconds_later}"), is_postgres)
    };
    let account = format!("CASE WHEN n % {RESELLER_EVERY} = 0 THEN 1 ELSE 1 + n % {people} END");
    let status =
        format!("CASE WHEN n > {open_from} THEN 'placed' WHEN n % 20 = 7 THEN 'cancelled' ELSE 'completed' END");
    let total = Money::from_minor(1_100_000, Currency::RUB).context("a total")?;
    let [placed, invoiced, completed] = [
        OrderAction::Placed,
        OrderAction::Invoiced(Invoice { amount: total, due: None, document: None }),
        OrderAction::Completed,
    ]
    .map(|action| action.encode());
    let (placed, invoiced, completed) = (placed?, invoiced?, completed?);
    let note = "'По договору ' || n || '-' || n % 97 || ' от первого марта, доставка не нужна'";
    let folded_note = "'по договору ' || n || '-' || n % 97 || ' от первого марта, доставка не нужна'";
    let names = r#"'{"en":"Guardant SP licence, 1 activation","ru":"Лицензия Guardant SP, 1 активация"}'"#;
    Ok(vec![
        format!(
            "INSERT INTO orders
                 (number, draft_id, account_id, placed_by, placed_at, status, currency, total, note, keys, invoiced)
             SELECT n, n, {account}, {account}, {}, {status}, 'RUB', 1100000 * (1 + n % 2), {note}, 1 + n % 2,
                 CASE WHEN n <= {open_from} THEN 1100000 END
             FROM {} ORDER BY n",
            of_order("n", 0),
            numbers(orders)
        ),
        format!("UPDATE counters SET value = {orders} WHERE name = 'orders'"),
        format!(
            "INSERT INTO order_lines (order_number, position, sku, names, quantity, price)
             SELECT number, p, CASE p WHEN 1 THEN 'sp-1' ELSE 'sp-2' END, {names}, 1, 1100000
             FROM orders JOIN (SELECT CAST(1 AS BIGINT) AS p UNION ALL SELECT 2) AS positions ON p <= 1 + number % 2
             ORDER BY number, p"
        ),
        format!("INSERT INTO search_texts (subject, id, folded) SELECT 'order', n, {folded_note} FROM {} ORDER BY n", numbers(orders)),
        format!(
            "INSERT INTO order_events (order_number, happened_at, actor_id, actor_name, role, from_status, to_status, kind,
                 action, invoiced)
             SELECT number, {}, placed_by, 'Вера', CASE s WHEN 0 THEN 'customer' ELSE 'staff' END,
                 CASE s WHEN 1 THEN 'placed' WHEN 2 THEN 'invoiced' END,
                 CASE s WHEN 0 THEN 'placed' WHEN 1 THEN 'invoiced' ELSE status END,
                 CASE s WHEN 0 THEN 'placed' WHEN 1 THEN 'invoiced' ELSE 'completed' END,
                 CASE s WHEN 0 THEN '{placed}' WHEN 1 THEN '{invoiced}' ELSE '{completed}' END,
                 CASE s WHEN 1 THEN 1100000 END
             FROM orders JOIN (SELECT CAST(0 AS BIGINT) AS s UNION ALL SELECT 1 UNION ALL SELECT 2) AS steps
                 ON s = 0 OR number <= {open_from}
             ORDER BY number, s",
            of_order("number", 60),
        ),
        format!(
            "INSERT INTO serial_numbers (serial, sku, imported_at, order_number, issued_at)
             SELECT 'KEY-' || (1000000000 + o.number * 2 + l.position), l.sku, {opened}, o.number, o.placed_at
             FROM orders o JOIN order_lines l ON l.order_number = o.number WHERE o.status = 'completed'
             ORDER BY o.number, l.position"
        ),
        "INSERT INTO account_products (account_id, sku)
         SELECT DISTINCT o.account_id, l.sku FROM orders o JOIN order_lines l ON l.order_number = o.number
         WHERE o.status = 'completed'"
            .to_owned(),
        format!(
            "INSERT INTO order_messages (chat_id, message_id, order_number, kind, sent_at)
             SELECT -1001234567890, number, number, 'alert', placed_at FROM orders ORDER BY number"
        ),
        format!(
            "INSERT INTO outbox_messages
                 (chat_id, order_number, body, posted_at, delivery, due, attempts, sending, message_id, settled_at)
             SELECT -1001234567890, number, '{{}}', placed_at, 'sent', placed_at, 1, 'first', number, placed_at FROM orders
             WHERE number > {sent_from} ORDER BY number"
        ),
    ])
}
