//! One order: what was agreed, and what became of it.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::cli::ConfigFile;
use crate::cli::exit::Failure;
use crate::cli::said::{instant, money, pretty, say};
use crate::cli::startup::Startup;
use crate::domain::{Actor, Order, OrderAction, OrderEvent, OrderNumber, Stored};
use crate::store::{Customer, GivenFilter, Store};

/// The options of `keydesk orders show`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The order's number, as its customer and staff see it.
    #[arg(value_parser = number)]
    number: i64,
    /// Writes JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    pub(super) config: ConfigFile,
}

/// A number as people copy it, with the sign before it.
fn number(typed: &str) -> Result<i64, String> {
    let digits = typed.trim().trim_start_matches(['\u{2116}', '#']).trim_start();
    digits.parse().map_err(|_| "write the order's number in digits, such as 449".to_owned())
}

/// An order with what is known around it.
struct Card {
    order: Order,
    customer: Option<Customer>,
    /// How many serial numbers were given.
    serials: u64,
}

/// Writes an order with its lines, its customer and what became of it.
pub async fn show(store: &Store, setting: &Startup, options: &Options) -> anyhow::Result<()> {
    let number = OrderNumber(options.number);
    let mut tx = store.read();
    let Some(order) = tx.order(number).await? else {
        return Err(Failure::data(format!(
            "there is no order {number}; `keydesk orders list` shows those that there are"
        )));
    };
    let customer = tx.customer(order.placed_by).await?;
    let given = GivenFilter { order: Some(number), ..GivenFilter::default() };
    let serials = tx.count_given(order.account, &given).await?;
    drop(tx);
    let card = Card { order, customer, serials };
    say(&if options.json { pretty(&card.json()?)? } else { card.text(setting)? })
}

impl Card {
    fn text(&self, setting: &Startup) -> anyhow::Result<String> {
        let (order, summary) = (&self.order, &self.order.summary);
        let shop = &setting.config.shop;
        let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&shop.time_zone).format("%Y-%m-%d %H:%M");
        let mut text = String::new();
        let name = self.customer.as_ref().map_or("", |customer| customer.person.name.as_str());
        let username = self.customer.as_ref().and_then(|customer| customer.person.username.as_deref());
        let username = username.map(|username| format!(", @{username}")).unwrap_or_default();
        writeln!(text, "order     {}", summary.number)?;
        writeln!(text, "placed    {}", local(summary.placed_at))?;
        writeln!(text, "status    {}", summary.status.code())?;
        writeln!(text, "customer  {name} ({}{username}), account {}", order.placed_by, order.account)?;
        if let Some(note) = &order.note {
            writeln!(text, "note      {}", note.replace('\n', "\n          "))?;
        }
        writeln!(text, "serials   {} of {}", self.serials, summary.keys)?;
        text.push('\n');
        for line in &order.lines {
            let name = line.name.in_language(shop.default_language);
            writeln!(text, "{:>8}  {:>19}  {}  {name}", line.quantity, money(line.price), line.sku)?;
        }
        writeln!(text, "{:>8}  {:>19}\n", summary.keys, money(summary.total))?;
        for event in &order.events {
            let what = what(&event.action);
            writeln!(text, "{}  {:<9}  {}: {what}", local(event.at), event.to.code(), by(&event.actor))?;
        }
        Ok(text)
    }

    fn json(&self) -> anyhow::Result<Value> {
        let (order, summary) = (&self.order, &self.order.summary);
        let lines = order.lines.iter().map(|line| {
            json!({
                "sku": line.sku.as_str(), "name": line.name, "quantity": line.quantity,
                "price": line.price.to_decimal().to_string(),
            })
        });
        let lines: Vec<Value> = lines.collect();
        let events = order.events.iter().map(event).collect::<anyhow::Result<Vec<Value>>>()?;
        Ok(json!({
            "number": summary.number.0,
            "placed_at": instant(summary.placed_at),
            "status": summary.status.code(),
            "account": order.account.0,
            "person": order.placed_by.0,
            "customer": self.customer.as_ref().map(|customer| &customer.person.name),
            "username": self.customer.as_ref().and_then(|customer| customer.person.username.as_ref()),
            "keys": summary.keys,
            "serials": self.serials,
            "total": summary.total.to_decimal().to_string(),
            "currency": summary.total.currency().code(),
            "note": order.note,
            "lines": lines,
            "events": events,
        }))
    }
}

fn event(event: &OrderEvent) -> anyhow::Result<Value> {
    let action: Value = serde_json::from_str(&event.action.encode()?)?;
    Ok(json!({
        "at": instant(event.at),
        "person": event.actor.id().map(|id| id.0),
        "name": event.actor.name(),
        "from": event.from.map(|status| status.code()),
        "to": event.to.code(),
        "action": action.get("body"),
    }))
}

fn by(actor: &Actor) -> String {
    match (actor.name(), actor.id()) {
        (Some(name), Some(id)) => format!("{name} ({id})"),
        _ => "the shop itself".to_owned(),
    }
}

fn what(action: &OrderAction) -> String {
    match action {
        OrderAction::Placed => "placed it".to_owned(),
        OrderAction::Taken => "took it in hand".to_owned(),
        OrderAction::Invoiced(invoice) => {
            let due = invoice.due.map(|due| format!(", due on {due}")).unwrap_or_default();
            format!("invoiced {}{due}", money(invoice.amount))
        }
        OrderAction::Completed => "delivered the serial numbers".to_owned(),
        OrderAction::Cancelled(_) => "cancelled it".to_owned(),
        OrderAction::Asked(_, words) => format!("asked: {}", words.text.replace('\n', " ")),
        OrderAction::Answered(words) => format!("answered: {}", words.text.replace('\n', " ")),
        OrderAction::Settled { .. } => "saw that the question needs no answer".to_owned(),
        OrderAction::FileLost(_) => "Telegram no longer gives out a file of it".to_owned(),
    }
}
