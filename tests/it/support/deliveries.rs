//! The bot at work beside something else, and what it showed.

use chrono::TimeDelta;
use keydesk::chat::ChatError;
use keydesk::chat::event::Incoming;
use keydesk::outbox::Delivered;
use keydesk_emulator::{Fault, FaultKind};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::shop::Shop;
use super::{loopback, postgres};

impl Shop {
    /// Fetches what waits, and has Telegram learn that it is committed.
    pub async fn takes_updates(&self) {
        // The last fetch of an empty queue would wait; something always comes while updates are unconfirmed.
        let confirmed = self.emulator.last_update_id();
        self.bot.intake.poll_once().await.unwrap();
        if self.bot.intake.offset().await > confirmed {
            self.confirms().await;
        }
    }

    /// Tells the emulator what is committed, as the next fetch of a running bot does.
    async fn confirms(&self) {
        let url = format!("{}/bot{}/getUpdates", self.emulator.url(), self.emulator.token());
        let offset = self.bot.intake.offset().await;
        let body = serde_json::json!({ "offset": offset, "timeout": 0 });
        loopback::http().post(url).json(&body).send().await.unwrap();
    }

    /// How many screens are handed on to be drawn, and need not be looked for in the database.
    pub fn screens_handed_on(&self) -> usize {
        let (redraws, now) = (self.bot.chat().redraws(), self.clock.now());
        std::iter::from_fn(|| redraws.next(now)).count()
    }

    /// Delivers until a chat's newest message has these words.
    pub async fn delivers_until(&self, chat: i64, words: &str) {
        let is_shown = || self.chat(chat).last().is_some_and(|message| message.contains(words));
        for _ in 0..50 {
            if is_shown() {
                return;
            }
            if let Delivered::Deferred(until) = self.bot.delivery.deliver_next().await.unwrap() {
                self.passes_until(until);
            }
        }
        panic!("«{words}» is not shown:\n{}", self.chat(chat).join("\n----\n"));
    }

    /// The bot asks Telegram how the staff chat is to be entered, as it does every minute.
    pub async fn looks_at_staff_chat(&self) {
        self.bot.look_at_staff_chat().await;
        self.settle().await;
    }

    /// What comes of an update that was read already.
    pub async fn handles(&self, incoming: &Incoming) -> Result<(), ChatError> {
        self.bot.chat().handle(&[incoming]).await.map(drop)
    }

    /// A second passes, and what is due is delivered; what Telegram does not take goes on waiting.
    pub async fn passes_a_second(&self) {
        self.clock.advance(TimeDelta::seconds(1));
        self.delivers_what_is_due().await;
    }

    /// Every call of a method about a chat is refused from now on, in these words.
    pub fn refuses(&self, method: &str, chat: i64, description: &str) {
        let kind = FaultKind::Refuse { code: 400, description: format!("Bad Request: {description}") };
        self.emulator.inject(Fault { method: Some(method.to_owned()), chat: Some(chat), times: u32::MAX, kind });
    }

    /// Time passes, and what falls due is delivered.
    pub async fn passes(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.delivers().await;
    }

    /// Delivers everything with two hands, so that one can work on a file while the other shows screens, and does
    /// something beside them.
    pub async fn delivers_beside<T>(&self, meanwhile: impl Future<Output = T>) -> T {
        tokio::join!(self.delivers_beside_others(), self.delivers_beside_others(), meanwhile).2
    }

    async fn delivers_beside_others(&self) {
        loop {
            match self.bot.delivery.deliver_next().await.unwrap() {
                Delivered::Delivered | Delivered::GivenUp => {}
                Delivered::Deferred(until) => self.passes_until(until),
                Delivered::Idle if self.next_due().await.is_none() => return,
                // The other hand is at work.
                Delivered::Idle => tokio::task::yield_now().await,
            }
        }
    }

    /// Takes up one piece of work and stands still for so long before it has read a table, in the bot's time. On PostgreSQL.
    pub async fn delivers_frozen(&self, table: &str, time: TimeDelta) -> Delivered {
        let mut holder = PgConnection::connect(&self.address).await.unwrap();
        let lock = format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");
        sqlx::raw_sql(AssertSqlSafe(lock)).execute(&mut holder).await.unwrap();
        let freezing = async {
            postgres::until_there_wait(&mut holder, |sessions| sessions > 0).await;
            self.clock.advance(time);
            sqlx::raw_sql("COMMIT").execute(&mut holder).await.unwrap();
        };
        tokio::join!(self.bot.delivery.deliver_next(), freezing).0.unwrap()
    }

    /// What a chat was shown, in the order in which it was sent or edited.
    pub fn shown_in(&self, chat: i64) -> Vec<String> {
        let calls = self.emulator.calls();
        let shown = calls.iter().filter(|call| call.chat_id == Some(chat) && call.status_code == 200);
        shown.filter_map(|call| call.params.get("text")).map(|text| text.replace('\u{a0}', " ")).collect()
    }
}
