//! Somebody at their phone.

use keydesk::chat::action::{AccessAction, Action};
use keydesk::domain::{Currency, DraftId, Money, NewOrder, OrderLine, PersonId, Sku};
use keydesk_emulator::{ButtonAction, CallbackId, Content, Message, MessageId, Sender};

use super::languages::named;
use super::second_taps::under_the_finger;
use super::shop::{SP_1, Shop};

/// Somebody at their phone.
#[derive(Clone, Copy)]
pub struct Visitor<'a> {
    pub shop: &'a Shop,
    pub id: i64,
    /// The chat that they have open: their own with the bot, or the staff's.
    pub chat: i64,
}

impl Visitor<'_> {
    /// Types a text; the bot answers.
    pub async fn says(&self, text: &str) -> &Self {
        self.shop.emulator.say(self.chat, self.id, text);
        self.shop.settle().await;
        self
    }

    /// Sends something that is no text.
    pub async fn sends(&self, content: Content) -> &Self {
        self.shop.emulator.send(self.chat, self.id, content);
        self.shop.settle().await;
        self
    }

    /// Sends something that is no text, and the bot has not seen it yet.
    pub fn posts(&self, content: Content) {
        self.shop.emulator.send(self.chat, self.id, content);
    }

    /// Types a text, and the bot has not seen it yet.
    pub fn writes(&self, text: &str) {
        self.shop.emulator.say(self.chat, self.id, text);
    }

    /// Answers the newest message of the bot with a text.
    pub async fn replies(&self, text: &str) -> &Self {
        let message = self.newest_of_the_bot();
        self.shop.emulator.reply(self.chat, self.id, message, text);
        self.shop.settle().await;
        self
    }

    /// Answers the newest message of the bot with a file.
    pub async fn replies_with(&self, content: Content) -> &Self {
        let message = self.newest_of_the_bot();
        self.shop.emulator.reply_with(self.chat, self.id, message, content);
        self.shop.settle().await;
        self
    }

    /// The first message of the bot in the chat that has all these words.
    pub fn message_with(&self, words: &[&str]) -> MessageId {
        let messages = self.shop.emulator.messages(self.chat);
        let told = messages
            .iter()
            .find(|message| message.from == Sender::Bot && words.iter().all(|words| message.text.contains(words)));
        told.unwrap_or_else(|| panic!("no message with {words:?}:\n{}", self.chat())).id
    }

    /// The newest message of the bot.
    pub fn newest_of_the_bot(&self) -> MessageId {
        self.screens().last().copied().expect("the bot said something")
    }

    /// Taps a button of the newest message that has it.
    pub async fn taps(&self, label: &str) -> &Self {
        self.presses(label);
        self.shop.settle().await;
        self
    }

    /// Taps a button of the newest message that has it, sees what came of it, and taps the same spot again.
    pub async fn taps_twice(&self, label: &str) -> &Self {
        let (message, data) = self.button(label);
        let keyboard = || self.shop.emulator.message(self.chat, message).map_or_else(Vec::new, |found| found.keyboard);
        let before = keyboard();
        self.taps(label).await;
        if let Some(data) = under_the_finger(&before, &data, &keyboard()) {
            self.puts_a_finger_on(message, &data);
            self.shop.settle().await;
        }
        self
    }

    /// Taps a button of the newest message with one that begins so.
    pub async fn taps_starting(&self, beginning: &str) -> &Self {
        let (message, data) = self.button_that(|label| label.starts_with(beginning));
        self.puts_a_finger_on(message, &data);
        self.shop.settle().await;
        self
    }

    /// Taps a button, and the bot has not seen it yet.
    pub fn presses(&self, label: &str) -> CallbackId {
        let (message, data) = self.button(label);
        self.puts_a_finger_on(message, &data)
    }

    /// Presses what stands on a message, or what a forger says that stands there.
    pub fn puts_a_finger_on(&self, message: MessageId, data: &str) -> CallbackId {
        self.shop.second_taps.presses(&self.shop.emulator, (self.chat, message), data);
        self.shop.emulator.press(self.chat, self.id, message, data)
    }

    /// The newest button with this label: its message and its data.
    pub fn button(&self, label: &str) -> (MessageId, String) {
        self.button_that(|stands| stands == label)
    }

    fn button_that(&self, fits: impl Fn(&str) -> bool) -> (MessageId, String) {
        let messages = self.shop.emulator.messages(self.chat);
        for message in messages.iter().rev() {
            for button in message.keyboard.iter().flatten() {
                if let (true, ButtonAction::Data(data)) = (fits(&plain(&button.label)), &button.action) {
                    return (message.id, data.clone());
                }
            }
        }
        panic!("no such button stands in the chat:\n{}", self.chat());
    }

    /// Sends these callback data from the newest message, as a forger or an old screen can; gives the answer.
    pub async fn forges(&self, data: &str) -> Option<String> {
        let message = self.message().unwrap().id;
        self.forges_on(message, data).await
    }

    /// As one of the staff, decides whether to let somebody in; gives the answer to the press.
    pub async fn decides(&self, person: i64, action: AccessAction) -> String {
        self.forges(&Action::Access(PersonId(person), action).encode()).await.unwrap()
    }

    /// Sends these callback data from a message, which may be gone.
    pub async fn forges_on(&self, message: MessageId, data: &str) -> Option<String> {
        let press = self.puts_a_finger_on(message, data);
        self.shop.settle().await;
        self.toast(&press).await
    }

    /// What the newest message shows.
    pub fn screen(&self) -> String {
        self.message().as_ref().map_or_else(|| "nothing".to_owned(), shown)
    }

    /// The newest message.
    pub fn message(&self) -> Option<Message> {
        self.shop.emulator.last_message(self.chat)
    }

    /// The first line of the newest message: what the bot has to say about the last step.
    pub fn sentence(&self) -> String {
        self.screen().lines().next().unwrap_or_default().to_owned()
    }

    /// The whole chat.
    pub fn chat(&self) -> String {
        self.shop.chat(self.chat).join("\n----\n")
    }

    /// The messages of the bot that stand in the chat.
    pub fn screens(&self) -> Vec<MessageId> {
        let messages = self.shop.emulator.messages(self.chat);
        messages.iter().filter(|message| message.from == Sender::Bot).map(|message| message.id).collect()
    }

    /// What the answer to a press says, once it is there.
    pub async fn toast(&self, press: &CallbackId) -> Option<String> {
        self.shop.emulator.until(|world| world.answers().any(|answer| answer.callback == *press)).await;
        self.shop.emulator.answers().into_iter().find(|answer| answer.callback == *press).and_then(|answer| answer.text)
    }

    /// Chooses products and quantities in a new order, and stands before its form.
    pub async fn chooses(&self, lines: &[(&str, u32)]) -> &Self {
        self.says("/start").await;
        self.says("/new").await;
        for (product, quantity) in lines {
            self.taps(product).await;
            self.says(&quantity.to_string()).await;
        }
        self
    }

    /// Has placed so many orders for 50 keys each, without a conversation about each.
    pub async fn has_orders(&self, count: i64) {
        self.says("/start").await;
        let mut tx = self.shop.store().begin().await.unwrap();
        let customer = tx.customer(PersonId(self.id)).await.unwrap().unwrap();
        let price = Money::from_minor(1_100_000, Currency::RUB).unwrap();
        let name = named(SP_1.to_owned(), "Guardant SP licence, 1 activation".to_owned());
        let line = OrderLine { sku: Sku::parse("sp-1").unwrap(), name, quantity: 50, price };
        for draft in 1..=count {
            let order = NewOrder {
                draft: DraftId(draft),
                account: customer.account,
                placed_by: customer.person.id,
                lines: vec![line.clone()],
                total: price,
                note: None,
            };
            tx.place_order(&order, &customer.person.name, self.shop.clock.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Orders keys as a customer does, from /new to the card.
    pub async fn orders(&self, lines: &[(&str, u32)]) -> &Self {
        self.chooses(lines).await;
        self.taps("Оформить заказ").await;
        self.taps("Отправить заказ").await
    }
}

/// A message as a person sees it: text, then a row of buttons a line.
pub fn shown(message: &Message) -> String {
    let mut shown = plain(&message.text);
    for row in message.labels() {
        let row: Vec<String> = row.iter().map(|label| format!("[{}]", plain(label))).collect();
        shown.push('\n');
        shown.push_str(&row.join(" "));
    }
    shown
}

/// A text with its no-break spaces made plain, so that tests can spell it.
pub fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
