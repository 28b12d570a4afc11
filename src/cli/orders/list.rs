//! Orders in a list: a few at a time from the database to the output, however many there are.

use std::io::Write;

use serde_json::{Value, json};

use super::days::Days;
use crate::cli::ConfigFile;
use crate::cli::said::{instant, money};
use crate::cli::startup::Startup;
use crate::domain::{AccountId, Money, Status};
use crate::store::{ListedOrder, OrderFilter, Store};

/// Orders of one page: nothing in memory, and few statements.
const AT_ONCE: u32 = 500;

/// The options of `keydesk orders list`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Only those that stand so: placed, invoiced, completed or cancelled.
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: Option<Status>,
    #[command(flatten)]
    days: Days,
    /// Only those of this account, by its number.
    #[arg(long, value_name = "NUMBER")]
    account: Option<i64>,
    /// No more than so many.
    #[arg(long, value_name = "COUNT")]
    limit: Option<u32>,
    /// Writes JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    pub(super) config: ConfigFile,
}

fn status(code: &str) -> Result<Status, String> {
    let known = Status::ALL.map(Status::code).join(", ");
    Status::parse(code).ok_or_else(|| format!("it is none of {known}"))
}

/// Writes a line for each order.
pub async fn list(store: &Store, setting: &Startup, options: &Options) -> anyhow::Result<()> {
    let zone = setting.config.shop.time_zone;
    let filter = OrderFilter {
        status: options.status,
        span: options.days.period(&setting.config)?.span(zone),
        account: options.account.map(AccountId),
    };
    let mut left = options.limit.unwrap_or(u32::MAX);
    let (mut before, mut count) = (None, 0_u64);
    // Each page is a read of its own: a reader who takes a long time keeps nothing open.
    loop {
        let page = store.read().list_orders(&filter, before, AT_ONCE.min(left)).await?;
        let Some(last) = page.last() else { break };
        before = Some((last.summary.placed_at, last.summary.number));
        left = left.saturating_sub(u32::try_from(page.len()).unwrap_or(u32::MAX));
        let mut text = String::new();
        for order in &page {
            text += &match (options.json, count) {
                (true, 0) => format!("[\n  {}", entry(order)),
                (true, _) => format!(",\n  {}", entry(order)),
                (false, 0) => HEADINGS.to_owned() + &row(order, setting),
                (false, _) => row(order, setting),
            };
            count += 1;
        }
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())?;
    }
    let end = match (options.json, count) {
        (true, 0) => "[]\n",
        (true, _) => "\n]\n",
        (false, 0) => "There are no such orders.\n",
        (false, _) => "",
    };
    let mut out = std::io::stdout().lock();
    out.write_all(end.as_bytes())?;
    Ok(out.flush()?)
}

const HEADINGS: &str = "  NUMBER  PLACED            STATUS        KEYS                TOTAL  ACCOUNT  CUSTOMER\n";

fn row(order: &ListedOrder, setting: &Startup) -> String {
    let summary = &order.summary;
    let placed = summary.placed_at.with_timezone(&setting.config.shop.time_zone).format("%Y-%m-%d %H:%M");
    format!(
        "{:>8}  {placed}  {:<9}  {:>7}  {:>19}  {:>7}  {}\n",
        summary.number.0,
        summary.status.code(),
        summary.keys,
        money(summary.total),
        order.account.0,
        order.customer
    )
}

fn entry(order: &ListedOrder) -> Value {
    let summary = &order.summary;
    json!({
        "number": summary.number.0,
        "placed_at": instant(summary.placed_at),
        "status": summary.status.code(),
        "keys": summary.keys,
        "total": amount(summary.total),
        "currency": summary.total.currency().code(),
        "invoiced": order.invoiced.map(amount),
        "account": order.account.0,
        "person": order.person.0,
        "customer": order.customer,
    })
}

fn amount(money: Money) -> String {
    money.to_decimal().to_string()
}
