//! Taps on a certain message and replies to it, in chats where many are alike.

use keydesk_emulator::{ButtonAction, CallbackId, MemberStatus, Sender};

use crate::support::shop::{STAFF_CHAT, Shop};
use crate::support::visitor::Visitor;

#[track_caller]
pub fn assert_has(screen: &str, words: &[&str]) {
    for words in words {
        assert!(screen.contains(words), "no «{words}» in:\n{screen}");
    }
}

/// One of the staff, in their chat.
pub fn colleague(shop: &Shop, id: i64) -> Visitor<'_> {
    let colleague = Visitor { chat: STAFF_CHAT, ..shop.visitor(id, "ru") };
    shop.emulator.set_member(STAFF_CHAT, id, MemberStatus::Member);
    colleague
}

impl Shop {
    /// The alert of an order, which is the first message of the staff chat that shows it.
    pub fn first_alert(&self, number: i64) -> String {
        let title = format!("аказ №{number}\nСтатус: ");
        self.staff_chat().into_iter().find(|text| text.contains(&title)).unwrap_or_else(|| "no alert".to_owned())
    }
}

impl Visitor<'_> {
    /// Replies to the first message of the bot that has all these words.
    pub async fn replies_to(&self, words: &[&str], text: &str) -> &Self {
        self.shop.emulator.reply(self.chat, self.id, self.message_with(words), text);
        self.shop.settle().await;
        self
    }

    /// Taps a button of the newest message of the bot that has it and all these words.
    pub async fn taps_at(&self, words: &[&str], label: &str) -> &Self {
        self.presses_at(words, label);
        self.shop.settle().await;
        self
    }

    /// The same, and the bot has not seen it yet.
    pub fn presses_at(&self, words: &[&str], label: &str) -> CallbackId {
        let plain = |text: &str| text.replace('\u{a0}', " ");
        for message in self.shop.emulator.messages(self.chat).iter().rev() {
            let text = plain(&message.text);
            if message.from != Sender::Bot || !words.iter().all(|words| text.contains(words)) {
                continue;
            }
            for button in message.keyboard.iter().flatten() {
                if let (true, ButtonAction::Data(data)) = (plain(&button.label) == label, &button.action) {
                    return self.puts_a_finger_on(message.id, data);
                }
            }
        }
        panic!("no button «{label}» stands at {words:?}:\n{}", self.chat());
    }

    /// Does something to an order by a button of its alert.
    pub async fn taps_order(&self, number: i64, label: &str) -> &Self {
        self.taps_at(&[&format!("аказ №{number}\n")], label).await
    }
}
