//! What people do: customers order, twitch and type; staff take, invoice, deliver and cancel; the admin fills the stock.

use keydesk::domain::{Order, Status};
use keydesk_emulator::{ButtonAction, Content, Message, Sender};

use super::catalogue::{SKUS, repriced};
use super::eyes::numbers_in;
use super::world::World;
use crate::support::files::{document, list};
use crate::support::shop::{ADMIN, OLEG, STAFF_CHAT, VERA};

pub const CUSTOMERS: [i64; 3] = [101, 102, 103];
const STAFF: [i64; 2] = [VERA, OLEG];
/// Everybody who has a chat of their own with the bot.
pub const EVERYBODY: [i64; 6] = [101, 102, 103, VERA, OLEG, ADMIN];

/// Buttons that lead on.
const EAGER: [&str; 12] = [
    "Отправить заказ",
    "Оформить заказ",
    "Новый заказ",
    "Взять",
    "Счет на",
    "Выдать",
    "Отменить",
    "По просьбе",
    "Применить",
    "Вопрос",
    "Отправить",
    "№",
];
/// Buttons that change who somebody is: then what they are to be told is another question.
const AVOIDED: [&str; 4] = ["speak:", "acc:", "bill:", "access:"];
/// What people type for no reason.
const NONSENSE: [&str; 14] = [
    "/start",
    "/new",
    "/orders",
    "/prices",
    "/help",
    "/cancel",
    "/serials",
    "5",
    "2",
    "0",
    "-5",
    "1.5",
    "пятьдесят",
    "спасибо",
];

impl World {
    /// Everybody says hello, and the admin brings something to sell.
    pub fn the_shop_opens(&mut self) {
        for who in EVERYBODY {
            self.says(who, who, "/start");
        }
        for sku in SKUS {
            self.fills_the_stock(sku, 8);
        }
    }

    fn fills_the_stock(&mut self, sku: &str, count: u64) {
        let serials: Vec<String> = (0..count).map(|_| self.serial(sku)).collect();
        let file = document("serials.txt", serials.join("\n").as_bytes(), &format!("/stock {sku}"));
        self.sends(ADMIN, ADMIN, file);
    }

    /// Somebody does something, perhaps twice.
    pub fn somebody_acts(&mut self) {
        match self.random.below(100) {
            0..52 => self.a_customer_acts(),
            52..90 => self.staff_act(),
            _ => self.the_admin_acts(),
        }
    }

    fn a_customer_acts(&mut self) {
        let who = self.random.pick(&CUSTOMERS);
        match self.random.below(100) {
            0..18 => {
                let order = self.any_order();
                self.says(who, who, &format!("/new {order}"));
            }
            18..42 => self.presses(who, who, Some("Отправить заказ")),
            42..66 => self.presses(who, who, None),
            66..80 => self.replies_about_an_order(who, who),
            80..86 => {
                let words = self.words("Прошу ответить");
                self.says(who, who, &words);
            }
            86..90 => self.sends(who, who, Content::Sticker),
            90..92 => {
                let number = self.random.below(8) + 1;
                self.says(who, who, &format!("/order {number}"));
            }
            _ => {
                let text = self.random.pick(&NONSENSE);
                self.says(who, who, text);
            }
        }
    }

    fn staff_act(&mut self) {
        let who = self.random.pick(&STAFF);
        match self.random.below(100) {
            0..60 => self.serves_an_order(who),
            60..70 => self.presses(who, STAFF_CHAT, None),
            70..80 => self.replies_about_an_order(who, STAFF_CHAT),
            80..86 => self.replies_with_a_sum(who, None),
            86..95 => self.replies_with_serials(who, None),
            95..97 => self.says(who, STAFF_CHAT, "/queue"),
            _ => self.says(who, STAFF_CHAT, "обед в час"),
        }
    }

    /// What comes next for an open order, where its alert stands.
    fn serves_an_order(&mut self, who: i64) {
        let open: Vec<Order> = (self.database.orders().into_iter())
            .filter(|order| matches!(order.summary.status, Status::Placed | Status::Invoiced))
            .collect();
        if open.is_empty() {
            return;
        }
        let order = self.random.pick(&open);
        let (number, is_free) = (order.summary.number.0, order.summary.total.minor() == 0);
        if self.random.percent(30) {
            return self.presses_on(who, number, &["Отменить заказ", "По просьбе", "Отменить…"]);
        }
        match order.summary.status {
            Status::Placed if self.random.percent(15) => self.presses_on(who, number, &["Взять"]),
            Status::Placed if !is_free && self.random.percent(75) => self.presses_on(who, number, &["Счет на"]),
            Status::Placed if !is_free => self.replies_with_a_sum(who, Some(number)),
            _ if self.random.percent(70) => self.presses_on(who, number, &["Выдать"]),
            _ => self.replies_with_serials(who, Some(number)),
        }
    }

    fn the_admin_acts(&mut self) {
        match self.random.below(100) {
            0..50 => {
                let (sku, count) = (self.random.pick(&SKUS), self.random.below(12) + 1);
                self.fills_the_stock(sku, count);
            }
            50..62 => {
                let rise = self.random.below(9);
                self.sends(ADMIN, ADMIN, document("catalog.toml", repriced(rise).as_bytes(), "/catalog"));
            }
            62..85 => self.presses(ADMIN, ADMIN, None),
            85..90 => {
                let number = self.random.below(8) + 1;
                self.says(ADMIN, ADMIN, &format!("/order {number}"));
            }
            90..95 => {
                let (number, words) = (self.random.below(8) + 1, self.words("Закрываем"));
                self.says(ADMIN, ADMIN, &format!("/cancel_order {number} {words}"));
            }
            _ => {
                let text = self.random.pick(&["/queue", "/stock", "/stats", "/start", "/catalog"]);
                self.says(ADMIN, ADMIN, text);
            }
        }
    }

    fn any_order(&mut self) -> String {
        let lines = [
            self.random.pick(&["alpha 2", "alpha 5"]).to_owned(),
            format!("beta {}", self.random.below(9) + 1),
            format!("gift {}", self.random.below(3) + 1),
        ];
        let first = self.random.below(3);
        match self.random.below(3) {
            0 => lines.join(", "),
            1 => format!("{}, {}", lines[first as usize], lines[(first as usize + 1) % 3]),
            _ => lines[first as usize].clone(),
        }
    }

    /// Words that nobody wrote before.
    fn words(&mut self, beginning: &str) -> String {
        self.last_words += 1;
        format!("{beginning}, письмо {}.", self.last_words)
    }

    /// A serial number that nobody wrote before, or seldom one that somebody did.
    fn serial(&mut self, sku: &str) -> String {
        if self.random.percent(3) && !self.serials.is_empty() {
            return self.random.pick(&self.serials.clone());
        }
        let serial = format!("{}-{:06}", sku.to_uppercase(), self.serials.len() + 1);
        self.serials.push(serial.clone());
        serial
    }

    fn says(&mut self, who: i64, chat: i64, text: &str) {
        self.note(&format!("{who} says in {chat}: {text}"));
        self.acts(|emulator| emulator.say(chat, who, text));
    }

    fn sends(&mut self, who: i64, chat: i64, content: Content) {
        self.note(&format!("{who} sends to {chat}: {}", described(&content)));
        self.acts(|emulator| emulator.send(chat, who, content));
    }

    /// Newest messages of the bot first.
    fn messages(&self, chat: i64, most: usize) -> Vec<Message> {
        self.emulator.look(|world| {
            let said = world.messages(chat).rev().filter(|message| message.from == Sender::Bot);
            said.take(most).cloned().collect()
        })
    }

    /// A press of a button with this label, or of any.
    fn presses(&mut self, who: i64, chat: i64, label: Option<&str>) {
        let mut buttons = buttons_of(self.messages(chat, 12));
        match label {
            Some(label) => buttons.retain(|(.., stands, _)| stands.starts_with(label)),
            None => {
                if chat == who && self.random.percent(70) {
                    let newest = buttons.first().map(|(age, ..)| *age);
                    buttons.retain(|(age, ..)| Some(*age) == newest);
                }
                let eager = |stands: &str| EAGER.iter().any(|label| stands.starts_with(label));
                if self.random.percent(60) && buttons.iter().any(|(.., stands, _)| eager(stands)) {
                    buttons.retain(|(.., stands, _)| eager(stands));
                }
            }
        }
        self.presses_one_of(who, chat, &buttons);
    }

    /// A press of a button about an order, in the staff chat: with the first of these labels that one has.
    fn presses_on(&mut self, who: i64, number: i64, labels: &[&str]) {
        let about = format!("s:{number}:");
        let mut buttons = buttons_of(self.messages(STAFF_CHAT, 60));
        buttons.retain(|(.., data)| data.starts_with(&about));
        let has = |label: &&&str| buttons.iter().any(|(.., stands, _)| stands.starts_with(**label));
        let label = labels.iter().find(has).copied().unwrap_or_default();
        buttons.retain(|(.., stands, _)| stands.starts_with(label));
        self.presses_one_of(who, STAFF_CHAT, &buttons);
    }

    fn presses_one_of(&mut self, who: i64, chat: i64, buttons: &[Pressable]) {
        if buttons.is_empty() {
            return;
        }
        let (_, message, stands, data) = self.random.pick(buttons);
        let times = if self.random.percent(15) { 2 } else { 1 };
        self.note(&format!("{who} presses {times}x in {chat}: [{stands}]"));
        for _ in 0..times {
            self.eyes.pressed(who, &message, &data);
            self.acts(|emulator| emulator.press(chat, who, message.id, &data));
        }
    }

    /// A message of the bot in the chat that is about one order, or about this one, with its number.
    fn message_about_an_order(&mut self, chat: i64, wanted: Option<i64>) -> Option<(Message, i64)> {
        let most = if wanted.is_some() { 60 } else { 20 };
        let about: Vec<(Message, i64)> = (self.messages(chat, most).into_iter())
            .filter_map(|message| {
                let mut numbers = numbers_in(&message.text).into_iter();
                let number = numbers.next().filter(|_| numbers.next().is_none())?;
                if wanted.is_some_and(|wanted| wanted != number) {
                    return None;
                }
                Some((message, number))
            })
            .collect();
        (!about.is_empty()).then(|| self.random.pick(&about))
    }

    fn replies_about_an_order(&mut self, who: i64, chat: i64) {
        let Some((message, number)) = self.message_about_an_order(chat, None) else { return };
        let words = self.words(if chat == who { "Прошу ответить" } else { "Отвечаем вам" });
        self.note(&format!("{who} replies in {chat} about {number}: {words}"));
        self.acts(|emulator| emulator.reply(chat, who, message.id, &words));
    }

    fn replies_with_a_sum(&mut self, who: i64, wanted: Option<i64>) {
        let Some((message, number)) = self.message_about_an_order(STAFF_CHAT, wanted) else { return };
        let Some(order) = self.database.order(number) else { return };
        let total = order.summary.total.minor().unsigned_abs();
        let sum = total + self.random.below(total / 2 + 1);
        let sum = format!("{},{:02}", sum / 100, sum % 100);
        self.note(&format!("{who} replies about {number}: {sum}"));
        self.acts(|emulator| emulator.reply(STAFF_CHAT, who, message.id, &sum));
    }

    fn replies_with_serials(&mut self, who: i64, wanted: Option<i64>) {
        let Some((message, number)) = self.message_about_an_order(STAFF_CHAT, wanted) else { return };
        let Some(order) = self.database.order(number) else { return };
        let mut rows = Vec::new();
        for line in &order.lines {
            for _ in 0..line.quantity {
                let serial = self.serial(line.sku.as_str());
                rows.push(format!("{serial};{}", line.sku));
            }
        }
        if self.random.percent(20) {
            rows.pop();
        }
        self.note(&format!("{who} replies about {number} with {} serial numbers", rows.len()));
        let file = list("keys.csv", &format!("Серийный номер;Артикул\n{}\n", rows.join("\n")));
        self.acts(|emulator| emulator.reply_with(STAFF_CHAT, who, message.id, file));
    }
}

/// How many newer messages stand below it, the message, the label and what a press sends.
type Pressable = (usize, Message, String, String);

fn buttons_of(messages: Vec<Message>) -> Vec<Pressable> {
    let mut buttons = Vec::new();
    for (age, message) in messages.into_iter().enumerate() {
        for button in message.keyboard.iter().flatten() {
            let ButtonAction::Data(data) = &button.action else { continue };
            if !AVOIDED.iter().any(|avoided| data.starts_with(avoided)) {
                buttons.push((age, message.clone(), button.label.clone(), data.clone()));
            }
        }
    }
    buttons
}

fn described(content: &Content) -> String {
    match content {
        Content::Document { name, caption, bytes, .. } => {
            let first = String::from_utf8_lossy(bytes).lines().next().unwrap_or_default().to_owned();
            format!("{name} {} ({first}…)", caption.as_deref().unwrap_or_default())
        }
        other => format!("{other:?}"),
    }
}
