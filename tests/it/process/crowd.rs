//! People who order, all at once, pressing what stands on their screens.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use keydesk_emulator::{ButtonAction, Emulator, Message, MessageId, Person, Sender, World};
use tokio::{task::JoinSet, time::timeout};

use crate::support::program::PATIENCE;

/// The ids of the people begin here.
pub const FIRST: i64 = 3001;
const PACKAGES: [&str; 3] =
    ["Лицензия Guardant SP, 1 активация", "Лицензия Guardant SP, 3 активации", "Лицензия Guardant SP, 5 активаций"];
const TRIAL: &str = "Лицензия Guardant SP Trial, 30 000 активаций";

/// An order as its customer saw it: the lines and the total of the summary, and the number on the card.
#[derive(Debug, Clone)]
pub struct Seen {
    pub person: i64,
    pub number: i64,
    pub contents: String,
}

/// Somebody at their phone.
#[derive(Clone)]
pub struct Customer {
    emulator: Emulator,
    pub id: i64,
    patience: Duration,
    watch: Watch,
    /// After how long they press a button again of which nothing comes.
    again: Duration,
    pressed: Arc<Mutex<Option<Pressed>>>,
}

/// The button that somebody pressed last.
#[derive(Debug, Clone)]
struct Pressed {
    label: String,
    /// The text of its message at that moment.
    above: String,
}

/// A button on a screen.
struct Button {
    message: MessageId,
    data: String,
    above: String,
}

/// Longer than a screen takes whose replica died with it in hand.
const AGAIN: Duration = Duration::from_secs(20);
/// Where people go on who see another screen than the one that they were at, the furthest first.
const WAY: [&str; 3] = ["Оформить заказ", "Продолжить заказ", "Новый заказ"];
/// The button that places an order.
const SEND: &str = "Отправить заказ";
/// How the card of an order that was just placed is called in what the test prints.
const NEW_CARD: &str = "a new card";

/// How long people waited between what they did and what they saw of it.
#[derive(Clone, Default)]
pub struct Watch {
    waits: Arc<Mutex<Vec<Duration>>>,
    /// When this one person did something of which nothing was seen yet.
    did: Arc<Mutex<Option<Instant>>>,
}

impl Watch {
    fn starts(&self) {
        self.did.lock().unwrap().get_or_insert_with(Instant::now);
    }

    fn stops(&self) {
        let waited = self.did.lock().unwrap().take().map(|did| did.elapsed());
        self.waits.lock().unwrap().extend(waited);
    }

    /// The wait that so many of a hundred did not exceed.
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut waits = self.waits.lock().unwrap().clone();
        waits.sort_unstable();
        waits.get((waits.len() * percent / 100).min(waits.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

/// How somebody presses a button.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Finger {
    Calm,
    Twitching,
}

/// People who have not written yet.
pub fn people(emulator: &Emulator, count: i64) -> Vec<Customer> {
    (FIRST..FIRST + count).map(|id| Customer::new(emulator, id)).collect()
}

/// Everybody orders at once; each orders again as long as `again` says so.
pub async fn order_at_once(people: Vec<Customer>, again: impl Fn() -> bool + Clone + Send + 'static) -> Vec<Seen> {
    order_and_tell(people, move |_| again()).await
}

/// The same, with each order told to `again`.
pub async fn order_and_tell(
    people: Vec<Customer>,
    again: impl Fn(&Seen) -> bool + Clone + Send + 'static,
) -> Vec<Seen> {
    let mut ordering = JoinSet::new();
    for customer in people {
        let again = again.clone();
        ordering.spawn(async move {
            let mut seen: Vec<Seen> = Vec::new();
            loop {
                let order = customer.orders(&seen).await;
                let goes_on = again(&order);
                seen.push(order);
                if !goes_on {
                    return seen;
                }
            }
        });
    }
    ordering.join_all().await.into_iter().flatten().collect()
}

impl Customer {
    pub fn new(emulator: &Emulator, id: i64) -> Customer {
        emulator.add_person(Person {
            id,
            first_name: format!("Покупатель {id}"),
            language_code: Some("ru".to_owned()),
            ..Person::default()
        });
        Customer {
            emulator: emulator.clone(),
            id,
            patience: PATIENCE,
            watch: Watch::default(),
            again: Duration::MAX,
            pressed: Arc::default(),
        }
    }

    /// The same, who presses a button again of which nothing came: Telegram keeps a press for 150 seconds only, and where a
    /// screen was sent twice the bot does not know of one.
    pub fn who_presses_again(self) -> Customer {
        Customer { again: AGAIN, ..self }
    }

    /// The same, whose waits are measured together with those of others.
    pub fn with_watch(self, watch: &Watch) -> Customer {
        Customer { watch: Watch { waits: Arc::clone(&watch.waits), ..Watch::default() }, ..self }
    }

    /// The same, ready to wait longer for the bot.
    pub fn with_patience(self, patience: Duration) -> Customer {
        Customer { patience, ..self }
    }

    pub fn says(&self, text: &str) {
        self.watch.starts();
        *self.pressed.lock().unwrap() = None;
        self.emulator.say(self.id, self.id, text);
    }

    /// From /start to the card of a new order.
    pub async fn orders(&self, before: &[Seen]) -> Seen {
        let finger = if self.id % 2 == 0 { Finger::Twitching } else { Finger::Calm };
        let (product, quantity) = (self.id % 3, self.id / 3 % 3);
        let package = ["50 — ", "100 — ", "200 — "][usize::try_from(quantity).unwrap()];
        self.says("/start");
        self.presses("Новый заказ", Finger::Calm).await;
        self.presses(PACKAGES[usize::try_from(product).unwrap()], finger).await;
        self.presses(package, finger).await;
        // Two screens have this button; the one with a chosen line is meant.
        self.sees("Оформить заказ").await;
        if self.id % 4 < 2 {
            self.presses(TRIAL, finger).await;
            self.presses(&format!("{} — ", self.id % 10 + 1), finger).await;
        }
        self.presses("Оформить заказ", finger).await;
        self.presses(SEND, finger).await;
        let number = self.has_new_card(before).await;
        // Whoever presses again may do so on another summary.
        let pressed = self.pressed.lock().unwrap().clone().expect("a button was pressed");
        Seen { person: self.id, number, contents: contents(&pressed.above) }
    }

    /// Types an order, sends it, and gives its number.
    pub async fn orders_typed(&self, lines: &str) -> i64 {
        self.says(&format!("/new {lines}"));
        self.presses(SEND, Finger::Calm).await;
        self.has_new_card(&[]).await
    }

    /// Presses the newest button whose label begins like this, as soon as it stands below what they wrote last: a killed bot
    /// may have left a screen above that nothing comes of any more.
    async fn presses(&self, label: &str, finger: Finger) {
        let button = self.waits(label, |world| self.button(world, label)).await;
        self.watch.starts();
        self.press(label, &button);
        if finger == Finger::Twitching {
            self.press(label, &button);
        }
    }

    fn press(&self, label: &str, Button { message, data, above }: &Button) {
        *self.pressed.lock().unwrap() = Some(Pressed { label: label.to_owned(), above: above.clone() });
        self.emulator.press(self.id, self.id, *message, data);
    }

    async fn sees(&self, label: &str) {
        self.waits(label, |world| self.button(world, label)).await;
    }

    /// Waits for the card of an order that it does not know yet, and gives its number.
    async fn has_new_card(&self, before: &[Seen]) -> i64 {
        let new =
            |message: &Message| number_on_card(message).filter(|number| before.iter().all(|o| o.number != *number));
        self.waits(NEW_CARD, |world| world.messages(self.id).find_map(new)).await
    }

    fn button(&self, world: &World, label: &str) -> Option<Button> {
        let mut below = world.messages(self.id).rev().take_while(|message| message.from == Sender::Bot);
        below.find_map(|message| {
            let button = message.keyboard.iter().flatten().find(|button| plain(&button.label).starts_with(label))?;
            match &button.action {
                ButtonAction::Data(data) => {
                    Some(Button { message: message.id, data: data.clone(), above: shown(message) })
                }
                _ => None,
            }
        })
    }

    async fn waits<T>(&self, what: &str, mut look: impl FnMut(&World) -> Option<T>) -> T {
        let (mut found, began) = (None, Instant::now());
        loop {
            let looking = self.emulator.until(|world| {
                found = look(world);
                found.is_some()
            });
            let left = self.patience.saturating_sub(began.elapsed());
            if timeout(left.min(self.again), looking).await.is_ok() {
                break;
            }
            if began.elapsed() >= self.patience {
                let chat = self.emulator.messages(self.id);
                let chat: Vec<String> = chat.iter().map(|m| format!("{}\n{:?}", shown(m), m.labels())).collect();
                panic!("{} waited in vain for «{what}»:\n{}", self.id, chat.join("\n----\n"));
            }
            let Some(Pressed { label, .. }) = self.pressed.lock().unwrap().clone() else { continue };
            let seen = |label: &str| self.emulator.look(|world| self.button(world, label));
            if let Some(button) = seen(&label) {
                self.press(&label, &button);
                continue;
            }
            // A press that came late led away from the summary, and back to it leads a further one.
            let onward = [SEND].into_iter().filter(|_| what == NEW_CARD).chain(WAY);
            if let Some((label, button)) = onward.into_iter().find_map(|label| Some((label, seen(label)?))) {
                println!("{} looks for «{what}» in vain, and goes on from «{label}»", self.id);
                self.press(label, &button);
            }
        }
        self.watch.stops();
        found.expect("it was found")
    }
}

/// The number of the order whose card this is.
pub fn number_on_card(message: &Message) -> Option<i64> {
    let text = shown(message);
    text.lines().find_map(|line| line.strip_prefix("Заказ №")?.parse().ok()).filter(|_| text.contains("Размещен"))
}

/// The lines and the total, as they stand on a summary, a card and an alert.
fn contents(summary: &str) -> String {
    let (_, below) = summary.split_once("\n\n").expect("a title stands above");
    let (lines, _) = below.rsplit_once("\n\n").expect("a question stands below");
    lines.to_owned()
}

pub fn shown(message: &Message) -> String {
    plain(&message.text)
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
