//! People at their phones: each presses what the order dialogue asks for as soon as the screen shows it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use keydesk_emulator::fast::{FastApi, Shown};

/// The ids of the people begin here, above those of a filled database.
const FIRST: i64 = 10_000_000;
/// What is pressed, screen by screen, by how its label begins; then the card of the order is waited for.
const PRESSES: [&str; 5] =
    ["Новый заказ", "Лицензия Guardant SP, 1 активация", "50 — ", "Оформить заказ", "Отправить заказ"];
/// Who hears nothing for so long begins again, and is counted.
const PATIENCE: Duration = Duration::from_secs(10);

/// How people follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loop {
    /// Each acts as soon as they see the screen.
    Closed,
    /// Whoever is idle acts when the clock says so.
    Open,
}

/// What the bot does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    Orders,
    Echo,
}

pub struct People {
    follow: Loop,
    talk: Talk,
    state: Mutex<State>,
    others_hear: AtomicU64,
}

struct State {
    people: Vec<Person>,
    idle: VecDeque<usize>,
    date: u64,
    count: u64,
    measured: Measured,
}

#[derive(Clone, Default)]
struct Person {
    /// Which of [`PRESSES`] comes next; one more waits for the card.
    step: usize,
    /// Where the button stands, and what it sends.
    button: Option<(i64, String)>,
    asked: Option<Instant>,
}

/// What was seen since the last look.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// From the tap to its screen, in microseconds.
    pub latencies: Vec<u32>,
    pub orders: u64,
    /// Acts that nothing came of in time.
    pub stuck: u64,
}

impl People {
    pub fn new(count: usize, follow: Loop, talk: Talk) -> People {
        let state = State {
            people: vec![Person::default(); count],
            idle: (0..count).collect(),
            date: SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs()),
            count: 0,
            measured: Measured::default(),
        };
        People { follow, talk, state: Mutex::new(state), others_hear: AtomicU64::new(0) }
    }

    /// Everybody acts.
    pub fn all_act(&self, api: &FastApi) {
        while self.acts(api) {}
    }

    /// Somebody idle acts; gives whether there was anybody. The time counts from now and not from when they were due: a timer
    /// is late by a millisecond, half of what a screen takes.
    pub fn acts(&self, api: &FastApi) -> bool {
        let mut state = self.state();
        let Some(place) = state.idle.pop_front() else { return false };
        act(&mut state, place, self.talk, api);
        true
    }

    /// Whoever waits in vain begins again.
    pub fn stir(&self, api: &FastApi) {
        let mut state = self.state();
        for place in 0..state.people.len() {
            let Some(person) = state.people.get_mut(place) else { continue };
            if person.asked.is_some_and(|asked| asked.elapsed() > PATIENCE) {
                *person = Person::default();
                state.measured.stuck += 1;
                act(&mut state, place, self.talk, api);
            }
        }
    }

    /// Takes what was seen since the last time.
    pub fn take(&self) -> Measured {
        std::mem::take(&mut self.state().measured)
    }

    /// How many messages reached people, in private, who do not act here.
    pub fn others_hear(&self) -> u64 {
        self.others_hear.load(Ordering::Relaxed)
    }

    /// A screen has arrived.
    pub fn see(&self, api: &FastApi, shown: &Shown<'_>) {
        let Ok(place) = usize::try_from(shown.chat - FIRST) else {
            if shown.chat > 0 {
                self.others_hear.fetch_add(1, Ordering::Relaxed);
            }
            return;
        };
        let mut state = self.state();
        let Some(person) = state.people.get_mut(place) else { return };
        let Some(asked) = person.asked else { return };
        let is_card = self.talk == Talk::Orders && person.step == PRESSES.len();
        if is_card {
            if !shown.text.contains("Заказ №") {
                return;
            }
            person.step = 0;
            person.button = None;
        } else if self.talk == Talk::Orders {
            let Some(label) = PRESSES.get(person.step) else { return };
            let Some((_, data)) = shown.buttons.iter().find(|(text, _)| text.replace('\u{a0}', " ").starts_with(label))
            else {
                return;
            };
            person.button = Some((shown.message, (*data).to_owned()));
        }
        person.asked = None;
        let taken = u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX);
        state.measured.latencies.push(taken);
        state.measured.orders += u64::from(is_card);
        match self.follow {
            Loop::Closed => act(&mut state, place, self.talk, api),
            Loop::Open => state.idle.push_back(place),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn act(state: &mut State, place: usize, talk: Talk, api: &FastApi) {
    state.count += 1;
    let (count, date) = (state.count, state.date);
    let id = FIRST + i64::try_from(place).unwrap_or_default();
    let Some(person) = state.people.get_mut(place) else { return };
    person.asked = Some(Instant::now());
    let name = format!("Покупатель {id}");
    let from = format!(r#""from":{{"id":{id},"is_bot":false,"first_name":"{name}","language_code":"ru"}}"#);
    let chat = format!(r#""chat":{{"id":{id},"first_name":"{name}","type":"private"}}"#);
    let number = 1_000_000_000 + count;
    match (person.button.take(), talk) {
        (Some((message, data)), _) => {
            person.step += 1;
            let bot = r#""from":{"id":1,"is_bot":true,"first_name":"Bot","username":"bench_bot"}"#;
            api.put(&format!(
                r#""callback_query":{{"id":"{number}",{from},"message":{{"message_id":{message},{bot},{chat},"date":{date},"text":"-"}},"chat_instance":"{id}","data":"{data}"}}"#
            ));
        }
        (None, Talk::Orders) => api.put(&format!(
            r#""message":{{"message_id":{number},{from},{chat},"date":{date},"text":"/start","entities":[{{"type":"bot_command","offset":0,"length":6}}]}}"#
        )),
        (None, Talk::Echo) => api.put(&format!(
            r#""message":{{"message_id":{number},{from},{chat},"date":{date},"text":"Доброе утро"}}"#
        )),
    }
}
