//! What always holds, by what stands in the database and by what people saw.

use std::collections::{BTreeMap, BTreeSet};

use keydesk::chat::i18n::Texts;
use keydesk::domain::{Order, OrderAction, Sending, Status};

use super::eyes::{is_customer, numbers_in, standing};
use super::people::CUSTOMERS;
use super::trouble::MADE_FLOOD;
use super::world::World;
use crate::support::languages::russian;
use crate::support::shop::STAFF_CHAT;
use crate::support::visitor::plain;

/// What stands above a message that may have come before.
const REPEATED: &str = "Повторно";

/// What an answer without words is.
const FILE: &str = "a file";

impl World {
    /// What holds at every moment.
    pub fn looks_at_promises(&mut self) {
        let orders = self.database.orders();
        let mut broken = Vec::new();
        for order in &orders {
            broken.extend(self.agreed(order));
            broken.extend(sums(order));
            broken.extend(history_is_unbroken(order));
        }
        broken.extend(written_once(&orders));
        broken.extend(self.serials_are_right(&orders));
        broken.extend(self.nobody_sees_what_is_not_theirs(&orders));
        broken.extend(self.updates_are_kept());
        broken.extend(self.no_flood());
        for what in broken {
            self.breaks(what);
        }
    }

    /// What holds when all trouble is over and nothing is left to do.
    pub fn looks_at_the_end(&mut self) {
        let orders = self.database.orders();
        let mut broken = Vec::new();
        for event in orders.iter().flat_map(|order| &order.events) {
            self.counts(event.action.kind().code());
        }
        for order in &orders {
            broken.extend(self.customer_was_told(order));
            broken.extend(self.staff_were_told(order));
        }
        let dead = self.database.dead_letters();
        broken.extend(dead.iter().map(|dead| format!("a dead letter of mere outages: {} {}", dead.error, dead.raw)));
        let waiting = self.database.waiting_updates();
        broken
            .extend(waiting.iter().map(|waiting| format!("an update still waits: {} {}", waiting.error, waiting.raw)));
        let undone = self.database.rows(
            "SELECT 'message to ' || chat_id || ' is ' || delivery || ': ' || body FROM outbox_messages
             WHERE delivery <> 'sent'
             UNION ALL SELECT 'screen of ' || person_id || ' in ' || chat_id || ' is behind' FROM dialogues
             WHERE shown_version < version
             UNION ALL SELECT 'file of ' || person_id || ' is not fetched' FROM file_jobs
             UNION ALL SELECT 'order ' || order_number || ' still holds serial numbers' FROM holdings",
        );
        broken.extend(undone.into_iter().flatten());
        for what in broken {
            self.breaks(what);
        }
    }

    /// An order is what its customer read above the Send that they pressed.
    fn agreed(&self, order: &Order) -> Option<String> {
        let number = order.summary.number;
        let draft = self.database.rows(&format!("SELECT CAST(draft_id AS TEXT) FROM orders WHERE number = {number}"));
        let draft: i64 = draft[0][0].parse().unwrap();
        let sent = self.eyes.sent.get(&draft).map(Vec::as_slice).unwrap_or_default();
        let contents = contents(order);
        let agreed = sent.iter().any(|sent| sent.person == order.placed_by.0 && sent.summary.contains(&contents));
        (!agreed).then(|| format!("order {number} is not what its customer agreed to:\n{contents}\n{sent:#?}"))
    }

    fn serials_are_right(&self, orders: &[Order]) -> Vec<String> {
        let mut broken = Vec::new();
        let rows = self.database.rows(
            "SELECT serial, sku, CAST(order_number AS TEXT) FROM serial_numbers WHERE order_number IS NOT NULL
             AND order_number NOT IN (SELECT order_number FROM holdings)",
        );
        let mut given: BTreeMap<i64, BTreeMap<&str, u32>> = BTreeMap::new();
        let mut owners: BTreeMap<&str, i64> = BTreeMap::new();
        for row in &rows {
            let [serial, sku, order] = &row[..] else { continue };
            let order: i64 = order.parse().unwrap();
            *given.entry(order).or_default().entry(sku).or_default() += 1;
            owners.insert(serial, order);
        }
        for order in orders {
            let number = order.summary.number.0;
            let needed: BTreeMap<&str, u32> = match order.summary.status {
                Status::Completed => order.lines.iter().map(|line| (line.sku.as_str(), line.quantity)).collect(),
                _ => BTreeMap::new(),
            };
            let has = given.remove(&number).unwrap_or_default();
            if has != needed {
                broken.push(format!("order {number} ({:?}) has {has:?}, not {needed:?}", order.summary.status));
            }
        }
        broken.extend(given.keys().map(|number| format!("serial numbers of no order: {number}")));
        // What people hold in their hands counts, whatever the database says.
        let mut handed: BTreeMap<&str, i64> = BTreeMap::new();
        for sight in self.eyes.sights.iter().filter(|sight| is_customer(sight.chat)) {
            let (Some(file), Some(number)) = (&sight.file, completed_in(&sight.text)) else { continue };
            let listed: Vec<&str> = file.lines().filter(|line| self.serials.iter().any(|one| one == line)).collect();
            for serial in &listed {
                if owners.get(serial) != Some(&number) {
                    broken
                        .push(format!("{serial} was handed out for order {number}, it is of {:?}", owners.get(serial)));
                }
                if handed.insert(serial, number).is_some_and(|other| other != number) {
                    broken.push(format!("{serial} was handed out twice"));
                }
            }
            let needed = owners.values().filter(|owner| **owner == number).count();
            if listed.len() != needed {
                broken.push(format!("the file of order {number} has {} serial numbers of {needed}", listed.len()));
            }
        }
        broken
    }

    fn nobody_sees_what_is_not_theirs(&self, orders: &[Order]) -> Vec<String> {
        let mut broken = Vec::new();
        let owners: BTreeMap<i64, i64> =
            orders.iter().map(|order| (order.summary.number.0, order.placed_by.0)).collect();
        for who in CUSTOMERS {
            let now = standing(&self.emulator, who);
            let seen = now.iter().chain(self.eyes.of(who).map(|sight| &sight.text));
            for text in seen {
                // A number that somebody typed comes back as one that does not exist.
                let shown = numbers_in(text).into_iter().filter(|number| owners.get(number) != Some(&who));
                let strange: Vec<i64> = shown.collect();
                if !strange.is_empty() && !text.contains("нет") && !text.contains("не найден") {
                    broken.push(format!("{who} sees order {strange:?}: {text}"));
                }
            }
        }
        let in_group = standing(&self.emulator, STAFF_CHAT);
        let in_group = in_group.iter().chain(self.eyes.of(STAFF_CHAT).map(|sight| &sight.text));
        // What staff sent themselves they can have again.
        let files = self.eyes.of(STAFF_CHAT).filter_map(|sight| sight.file.as_ref());
        let files = files.filter(|file| !self.eyes.written.contains(*file));
        for text in in_group.chain(files) {
            if let Some(serial) = self.serials.iter().find(|serial| text.contains(serial.as_str())) {
                broken.push(format!("{serial} stands in the staff chat: {text}"));
            }
        }
        broken
    }

    /// No update that Telegram gave away is lost.
    fn updates_are_kept(&self) -> Vec<String> {
        let kept = self.database.rows(
            "SELECT CAST(update_id AS TEXT) FROM processed_updates
             UNION SELECT CAST(update_id AS TEXT) FROM waiting_updates",
        );
        let kept: BTreeSet<i64> = kept.into_iter().flatten().map(|id| id.parse().unwrap()).collect();
        let lost = self.eyes.owed.iter().filter(|update| !kept.contains(update));
        lost.map(|update| format!("update {} is lost", update - self.first_update)).collect()
    }

    /// Telegram never had to ask for patience.
    fn no_flood(&self) -> Option<String> {
        let made = format!("retry after {MADE_FLOOD}");
        self.emulator.look(|world| {
            let provoked = world.calls().find(|call| {
                call.status_code == 429 && call.refusal.as_deref().is_some_and(|refusal| !refusal.ends_with(&made))
            })?;
            Some(format!(
                "Telegram had to say 429 to {} in {:?}: {:?}",
                provoked.method, provoked.chat_id, provoked.refusal
            ))
        })
    }

    /// Whoever placed an order was told of each change once and in order; what came again says so.
    fn customer_was_told(&self, order: &Order) -> Option<String> {
        let number = order.summary.number.0;
        let expected: Vec<String> = order.events.iter().filter_map(|event| news(&event.action)).collect();
        let told = self.eyes.of(order.placed_by.0).filter_map(|sight| {
            let (sending, text) = match sight.text.split_once('\n') {
                Some((first, rest)) if first.starts_with(REPEATED) => (Sending::PossibleDuplicate, rest),
                _ => (Sending::First, sight.text.as_str()),
            };
            Some((sending, news_in(text, number)?))
        });
        let told: Vec<(Sending, String)> = told.collect();
        let is_told = tells(&told, &expected, 0);
        (!is_told).then(|| format!("of order {number} its customer was told {told:?}, not {expected:?}"))
    }

    /// Staff have an alert of each order, and read what its customer wrote.
    fn staff_were_told(&self, order: &Order) -> Vec<String> {
        let number = order.summary.number.0;
        let mut broken = Vec::new();
        let title = format!("Новый заказ №{number}");
        let in_digest = format!("№{number} · ");
        let said: Vec<&str> = self.eyes.of(STAFF_CHAT).map(|sight| sight.text.as_str()).collect();
        let alerts =
            said.iter().filter(|text| text.lines().any(|line| line == title || line == format!("Заказ №{number}")));
        let digests = said.iter().filter(|text| text.lines().any(|line| line.starts_with(&in_digest)));
        if alerts.count() + digests.count() == 0 {
            broken.push(format!("staff have no alert of order {number}"));
        }
        let new = said.iter().filter(|text| text.lines().next() == Some(title.as_str())).count();
        if new > 1 + self.eyes.asked_for.get(&number).copied().unwrap_or_default() {
            broken.push(format!("staff were told {new} times of order {number} as if it were new"));
        }
        for event in &order.events {
            let OrderAction::Asked(_, words) = &event.action else { continue };
            if !said.iter().any(|said| said.contains(words.text.as_str())) {
                broken.push(format!("staff never read of order {number}: {}", words.text));
            }
        }
        broken
    }
}

/// Whether these messages tell exactly this, of which so much was told before: each that is marked is either news or repeats
/// what was told.
fn tells(told: &[(Sending, String)], expected: &[String], before: usize) -> bool {
    let Some(((sending, news), rest)) = told.split_first() else { return before == expected.len() };
    let is_next = expected.get(before) == Some(news) && tells(rest, expected, before + 1);
    let is_repeated = *sending == Sending::PossibleDuplicate && expected[..before].contains(news);
    is_next || is_repeated && tells(rest, expected, before)
}

/// What a customer is told of an action.
fn news(action: &OrderAction) -> Option<String> {
    match action {
        OrderAction::Invoiced(invoice) => {
            let texts = Texts::new(russian(), chrono_tz::Europe::Moscow);
            Some(format!("invoiced {}", plain(&texts.money(invoice.amount))))
        }
        OrderAction::Completed => Some("completed".to_owned()),
        OrderAction::Cancelled(_) => Some("cancelled".to_owned()),
        OrderAction::Answered(words) if words.text.is_empty() => Some(FILE.to_owned()),
        OrderAction::Answered(words) => Some(plain(&words.text)),
        OrderAction::Placed
        | OrderAction::Taken
        | OrderAction::Asked(..)
        | OrderAction::Settled { .. }
        | OrderAction::FileLost(_) => None,
    }
}

/// Which news of an order a message brings.
fn news_in(text: &str, number: i64) -> Option<String> {
    let first = text.lines().next().unwrap_or_default();
    let is_invoice = [format!("По заказу №{number} выставлен"), format!("Счет по заказу №{number} ")];
    if is_invoice.iter().any(|beginning| first.starts_with(beginning)) {
        let (_, amount) = first.rsplit_once(" на ")?;
        Some(format!("invoiced {}", amount.trim_end_matches('.')))
    } else if completed_in(text) == Some(number) {
        Some("completed".to_owned())
    } else if first == format!("Заказ №{number} отменен.") {
        Some("cancelled".to_owned())
    } else if first == format!("Ответ по заказу №{number}") {
        Some(text.lines().nth(1).and_then(|_| text.lines().last()).unwrap_or(FILE).to_owned())
    } else {
        None
    }
}

/// The order whose completion a message tells of.
fn completed_in(text: &str) -> Option<i64> {
    let told = text.lines().find_map(|line| line.strip_prefix("Заказ №")?.strip_suffix(" выполнен."))?;
    told.parse().ok()
}

fn sums(order: &Order) -> Option<String> {
    let sum: i64 = order.lines.iter().map(|line| line.price.minor()).sum();
    let total = order.summary.total.minor();
    (sum != total).then(|| format!("order {} has a total of {total}, its lines come to {sum}", order.summary.number))
}

fn history_is_unbroken(order: &Order) -> Option<String> {
    let mut status = None;
    for event in &order.events {
        let leaves_an_end = status.is_some_and(Status::is_final) && event.from != Some(event.to);
        if event.from != status || leaves_an_end {
            return Some(format!("the audit trail of order {} is broken: {:#?}", order.summary.number, order.events));
        }
        status = Some(event.to);
    }
    let placed = order.events.iter().filter(|event| event.action == OrderAction::Placed).count();
    let is_whole = placed == 1 && status == Some(order.summary.status);
    (!is_whole)
        .then(|| format!("order {} is {:?} without a row that says so", order.summary.number, order.summary.status))
}

/// What somebody wrote once stands once in the audit trail, and a sum that was typed once was invoiced once.
fn written_once(orders: &[Order]) -> Vec<String> {
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for event in orders.iter().flat_map(|order| &order.events) {
        if let Some(words) = event.action.words()
            && words.text.contains("письмо")
        {
            *times.entry(words.text.clone()).or_default() += 1;
        }
    }
    times.into_iter().filter(|(_, times)| *times > 1).map(|(text, times)| format!("{times} times: {text}")).collect()
}

/// The lines and the total, as a summary shows them.
fn contents(order: &Order) -> String {
    let texts = Texts::new(russian(), chrono_tz::Europe::Moscow);
    let lines = order.lines.iter().map(|line| {
        format!("{}\n{} шт. — {}\n", line.name.in_language(russian()), line.quantity, texts.money(line.price))
    });
    let keys: u32 = order.lines.iter().map(|line| line.quantity).sum();
    let total = format!("\nИтого: {keys} шт. — {}", texts.money(order.summary.total));
    plain(&(lines.collect::<String>() + &total))
}
