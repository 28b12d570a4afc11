//! Orders that come all at once, and what the staff chat makes of them.

use std::collections::BTreeSet;

use keydesk::domain::{Actor, Notification, OrderAction, OrderNumber, PersonId, Role};
use keydesk::outbox::Delivered;
use keydesk::shop::Recipient;
use keydesk_emulator::Sender;

use super::shop::{STAFF_CHAT, Shop, VERA};
use super::visitor::shown;

impl Shop {
    /// Anna's orders come all at once.
    pub async fn gets_orders(&self, count: i64) {
        self.anna().has_orders(count).await;
        self.announces(446..446 + count).await;
    }

    /// The staff are to hear of these orders.
    pub async fn announces(&self, numbers: impl IntoIterator<Item = i64>) {
        let mut tx = self.store().begin().await.unwrap();
        for number in numbers.into_iter().map(OrderNumber) {
            let placed = Notification::OrderPlaced(number);
            self.bot.chat().shop().tell(&mut tx, Recipient::Staff, Some(number), &placed).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Vera does something to an order from elsewhere, and everybody is to hear of it.
    pub async fn vera_did(&self, number: i64, action: OrderAction) {
        let actor = Actor::Person { id: PersonId(VERA), name: "Вера".to_owned(), role: Role::Staff };
        let mut tx = self.store().begin().await.unwrap();
        let order = tx.locked_order(OrderNumber(number)).await.unwrap().unwrap();
        self.bot.chat().shop().perform(&mut tx, &order, action, &actor).await.unwrap().unwrap();
        tx.commit().await.unwrap();
    }

    /// What the bot said in the staff chat.
    pub fn told(&self) -> Vec<String> {
        let messages = self.emulator.messages(STAFF_CHAT);
        messages.iter().filter(|message| message.from == Sender::Bot).map(shown).collect()
    }

    /// The orders that staff know of: each has an alert, or a line of a digest.
    pub fn known(&self) -> BTreeSet<i64> {
        let number = |line: &str| {
            let (_, from) = line.split_once('№')?;
            from.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
        };
        self.told().iter().flat_map(|text| text.lines().filter_map(number).collect::<Vec<_>>()).collect()
    }

    /// Delivers what is due at this moment; what waits goes on waiting.
    pub async fn delivers_what_is_due(&self) {
        while let Delivered::Delivered | Delivered::GivenUp = self.bot.delivery.deliver_next().await.unwrap() {}
    }
}
