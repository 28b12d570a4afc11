//! What people did, held against what the database has and what was seen in the chats.

use std::collections::BTreeSet;

use keydesk::chat::i18n::Texts;
use keydesk::domain::{Order, OrderNumber, Status};
use keydesk::store::Store;
use keydesk_emulator::{Emulator, Message, World};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::timeout;

use super::crowd::{Seen, shown};
use super::killed::PATIENCE;
use super::memory::ADMIN;
use super::witness::History;
use crate::support::languages::russian;
use crate::support::outbox::{Delivery, messages_of};
use crate::support::program::STAFF_CHAT;

/// An invoice that an admin issued and was told of.
#[derive(Debug, Clone)]
pub struct Invoicing {
    customer: i64,
    number: i64,
    /// In whole roubles.
    amount: i64,
}

impl Invoicing {
    /// An admin invoices the newest order and corrects that, until there are no orders any more.
    pub async fn of_what_is_placed(emulator: Emulator, mut placed: UnboundedReceiver<Seen>) -> Vec<Invoicing> {
        let mut done = Vec::new();
        while let Some(mut order) = placed.recv().await {
            // A private chat takes one message a second, and thirty people order faster.
            while let Ok(newer) = placed.try_recv() {
                order = newer;
            }
            for amount in [total(&order), total(&order) - 1] {
                let (number, customer) = (order.number, order.person);
                let said = emulator.say(ADMIN, ADMIN, &format!("/invoice {number} {amount}"));
                let answer = format!("Заказ №{number}: счет выставлен.");
                let is_answer = |message: &Message| message.id > said && shown(message).contains(&answer);
                let answered = emulator.until(|world: &World| world.messages(ADMIN).any(is_answer));
                let in_time = timeout(PATIENCE, answered).await.is_ok();
                let chat: Vec<String> = emulator.messages(ADMIN).iter().map(shown).collect();
                assert!(in_time, "no answer to {said:?}, an invoice of {number}:\n{}", chat.join("\n----\n"));
                done.push(Invoicing { customer, number, amount });
            }
        }
        done
    }

    /// The line of a message that tells of it.
    fn is_told_in(&self, text: &str) -> bool {
        let (of, sum) = (format!("заказу №{} ", self.number), format!(" на {},00 ₽", grouped(self.amount)));
        text.lines().any(|line| line.contains(&of) && line.contains(&sum))
    }
}

fn grouped(number: i64) -> String {
    if number < 1_000 { number.to_string() } else { format!("{} {:03}", grouped(number / 1_000), number % 1_000) }
}

/// The whole roubles of what somebody ordered, as their summary showed them.
fn total(order: &Seen) -> i64 {
    let (_, total) = order.contents.rsplit_once(" — ").expect("a total stands last");
    let (roubles, _) = total.split_once(',').expect("kopecks stand behind");
    roubles.replace(' ', "").parse().unwrap()
}

/// What became of everything that somebody was told of.
pub struct AccountBook {
    /// What somebody saw done and the database does not have as they saw it.
    pub lost: Vec<String>,
    /// What the database has and nobody did, or did once.
    pub twice: Vec<String>,
    seen: Vec<Seen>,
    invoiced: Vec<Invoicing>,
}

impl AccountBook {
    pub async fn of(store: &Store, seen: &[Seen], invoiced: &[Invoicing]) -> AccountBook {
        let mut tx = store.read();
        let (mut lost, mut twice) = (Vec::new(), Vec::new());
        lost.extend(tx.dead_letters().await.unwrap().iter().map(|letter| format!("{letter:?}")));
        lost.extend(tx.waiting_updates().await.unwrap().iter().map(|update| format!("{update:?}")));
        let numbers: BTreeSet<i64> = seen.iter().map(|order| order.number).collect();
        let count = i64::try_from(seen.len()).unwrap();
        if numbers != (1..=count).collect() || tx.order(OrderNumber(count + 1)).await.unwrap().is_some() {
            twice.push(format!("{count} orders were seen, and they are {numbers:?}"));
        }
        for seen in seen {
            let Some(order) = tx.order(OrderNumber(seen.number)).await.unwrap() else {
                lost.push(format!("order {}", seen.number));
                continue;
            };
            if (order.placed_by.0, &contents(&order)) != (seen.person, &seen.contents) {
                lost.push(format!("{seen:?} was seen, it is of {:?}: {}", order.placed_by, contents(&order)));
            }
            assert_eq!(order.lines.iter().map(|line| line.price.minor()).sum::<i64>(), order.summary.total.minor());
            let issued: Vec<i64> = order.invoices().map(|invoice| invoice.amount.minor() / 100).collect();
            let of_it = invoiced.iter().filter(|invoice| invoice.number == seen.number);
            let acknowledged: Vec<i64> = of_it.map(|invoice| invoice.amount).collect();
            lost.extend(
                acknowledged.iter().filter(|sum| !issued.contains(sum)).map(|sum| format!("{}: {sum}", seen.number)),
            );
            if issued != acknowledged || order.events.len() != 1 + issued.len() {
                twice.push(format!("order {}: {issued:?} for {acknowledged:?}", seen.number));
            }
            assert_eq!(order.summary.status, if issued.is_empty() { Status::Placed } else { Status::Invoiced });
            let told = messages_of(&mut tx, OrderNumber(seen.number)).await;
            assert!(told.len() > issued.len(), "order {}: {told:?}", seen.number);
            assert!(told.iter().all(|message| matches!(message.delivery, Delivery::Sent(_))), "{told:?}");
        }
        AccountBook { lost, twice, seen: seen.to_vec(), invoiced: invoiced.to_vec() }
    }

    /// Whoever is to be told of something is told at least once, each chat in order; what is told again says so.
    pub fn is_told_by(&self, history: &History, emulator: &Emulator) {
        let alerts: Vec<&str> = texts_in(history, STAFF_CHAT).collect();
        for seen in &self.seen {
            let card = format!("Заказ №{}", seen.number);
            let is_card = |text: &str| text.lines().any(|line| line == card) && text.contains(&seen.contents);
            let standing = emulator.messages(seen.person);
            let cards = standing.iter().map(shown).filter(|text| is_card(text));
            assert!(cards.count() >= 1, "order {}", seen.number);
            let title = format!("Новый заказ №{}", seen.number);
            let told: Vec<&&str> =
                alerts.iter().filter(|text| text.lines().any(|line| line == title || line == card)).collect();
            // Of many at once one message tells.
            let digested = format!("№{} · ", seen.number);
            let is_digested = alerts.iter().any(|text| text.lines().any(|line| line.starts_with(&digested)));
            assert!(!told.is_empty() || is_digested, "no alert of order {}", seen.number);
            // Where nobody knows whether an alert arrived, a change of its order is told by another, under another title.
            let unmarked = told.iter().filter(|text| text.lines().next() == Some(title.as_str())).count();
            assert!(unmarked <= 1, "order {} was told {unmarked} times as if it were new: {told:#?}", seen.number);
            assert!(told.iter().all(|text| text.contains(&seen.contents)));
        }
        let customers: BTreeSet<i64> = self.invoiced.iter().map(|invoice| invoice.customer).collect();
        for customer in customers {
            let mut rest = texts_in(history, customer);
            for invoice in self.invoiced.iter().filter(|invoice| invoice.customer == customer) {
                assert!(
                    rest.any(|text| invoice.is_told_in(text)),
                    "{customer} was not told, or too late, of {invoice:?}"
                );
            }
        }
    }
}

fn texts_in(history: &History, chat: i64) -> impl Iterator<Item = &str> {
    history.sights.iter().filter(move |sight| sight.chat == chat).map(|sight| sight.text.as_str())
}

/// The lines and the total, as a screen shows them.
fn contents(order: &Order) -> String {
    let texts = Texts::new(russian(), "Europe/Moscow".parse().unwrap());
    let lines = order.lines.iter().map(|line| {
        format!("{}\n{} шт. — {}\n", line.name.in_language(russian()), line.quantity, texts.money(line.price))
    });
    let keys: u32 = order.lines.iter().map(|line| line.quantity).sum();
    let total = format!("\nИтого: {keys} шт. — {}", texts.money(order.summary.total));
    (lines.collect::<String>() + &total).replace('\u{a0}', " ")
}
