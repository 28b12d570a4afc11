#![doc = include_str!("../README.md")]

mod access;
mod bot_api;
mod choosing;
mod entities;
mod error;
pub mod fast;
mod faults;
mod file_kind;
mod files;
mod forum;
mod html;
mod http;
mod images;
mod json;
mod keep;
mod keyboard;
mod limits;
mod link;
mod markup;
mod members;
mod membership;
mod message;
mod methods;
mod params;
mod people;
mod privacy;
mod profile;
mod recall;
mod records;
mod render;
mod rights;
mod seen;
mod shared;
mod sharing;
mod standing;
mod text;
mod topics;
mod updates;
mod webhook;
mod wire;
mod world;

pub use bot_api::BotApi;
pub use choosing::NotChosen;
pub use entities::{Entity, EntityKind};
pub use faults::{Fault, FaultKind, HangEnd};
pub use file_kind::FileKind;
pub use forum::{ForumTopic, GENERAL_TOPIC};
pub use limits::{FloodLimits, Quota, Rate};
pub use members::MemberStatus;
pub use message::{
    Attachment, Body, Bot, Button, ButtonAction, CallbackId, Extras, Group, GroupKind, Message, MessageId, Person,
    PrivacyMode, Quote, ReplyButton, ReplyKeyboard, RequestUsers, Sender, Service,
};
pub use people::{Content, NoSuchButton};
pub use profile::{BotCommand, CommandScope};
pub use records::{Answer, AnswerOutcome, AnswerStyle, Call, Press};
pub use rights::Right;
pub use sharing::Protected;
pub use world::{Clock, WebhookRules, World};

use shared::Shared;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

/// How an emulator starts.
pub struct Setup {
    pub listen: SocketAddr,
    /// The only token that it accepts.
    pub token: String,
    pub bot: Bot,
    /// What it knows of Telegram.
    pub bot_api: BotApi,
    /// Flood limits; without them a bot may send as fast as it can.
    pub limits: Option<FloodLimits>,
    pub now: Clock,
    pub webhook_rules: WebhookRules,
    /// A failed webhook call is repeated at once, then after twice this; each failure doubles it, up to sixty times this.
    pub webhook_retry: Duration,
    /// The certificate, in PEM form, of an authority that webhooks may have beside those that everybody trusts.
    pub webhook_authority: Option<Vec<u8>>,
}

impl Setup {
    /// A free port on loopback, a made-up bot, no limits, the system's time.
    pub fn loopback() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            token: "1000000001:AAEmulatedTokenForLoopbackOnly00000".to_owned(),
            bot: Bot { id: 1_000_000_001, first_name: "keydesk".to_owned(), username: "keydesk_bot".to_owned() },
            bot_api: BotApi::default(),
            limits: None,
            now: Arc::new(SystemTime::now),
            webhook_rules: WebhookRules::Local,
            webhook_retry: Duration::from_secs(1),
            webhook_authority: None,
        }
    }
}

/// A running emulator; clones are handles to the same one. It stops with the last handle.
#[derive(Clone)]
pub struct Emulator {
    shared: Arc<Shared>,
    server: Arc<Server>,
}

/// The server's own runtime: it can be cut off at any moment, connections included.
struct Server {
    address: SocketAddr,
    runtime: Mutex<Option<Runtime>>,
}

impl Emulator {
    pub async fn start(setup: Setup) -> io::Result<Self> {
        let mut random = [0; 4];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        // A random start, low enough for a 32-bit number to rise for as long as anybody watches.
        let first_update = i64::from(u32::from_le_bytes(random) % 900_000_000) + 100_000_000;
        let mut world = World::new(setup.bot, setup.limits, setup.now, first_update);
        world.webhook_rules = setup.webhook_rules;
        let caller = webhook::caller(setup.webhook_authority.as_deref()).map_err(io::Error::other)?;
        let shared = Arc::new(Shared {
            token: setup.token,
            bot_api: setup.bot_api,
            webhook_retry: setup.webhook_retry,
            world: Mutex::new(world),
            revision: watch::Sender::new(0),
        });
        let listener = std::net::TcpListener::bind(setup.listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("emulator").enable_all().build()?;
        let routes = Arc::clone(&shared);
        runtime.spawn(http::serve(listener, routes));
        runtime.spawn(webhook::run(Arc::clone(&shared), caller));
        Ok(Self { shared, server: Arc::new(Server { address, runtime: Mutex::new(Some(runtime)) }) })
    }

    /// Where the bot finds it, such as `http://127.0.0.1:40000`.
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// The token that it accepts.
    pub fn token(&self) -> String {
        self.shared.token.clone()
    }

    /// Drops all connections and the listener; the world can still be looked at.
    pub fn stop(&self) {
        self.server.stop();
    }

    /// A number that rises with each change of the world, of pending updates or of calls.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.shared.revision.subscribe()
    }

    /// Waits until the world looks like this; it is looked at now and after each change.
    pub async fn until(&self, mut is_so: impl FnMut(&World) -> bool) {
        let mut revision = self.subscribe();
        loop {
            revision.borrow_and_update();
            if self.look(|world| is_so(world)) {
                return;
            }
            if revision.changed().await.is_err() {
                return;
            }
        }
    }

    /// Waits until the bot confirmed all updates.
    pub async fn until_confirmed(&self) {
        self.until(|world| world.pending_updates() == 0).await;
    }

    /// Looks at the world.
    pub fn look<T>(&self, see: impl FnOnce(&World) -> T) -> T {
        see(&self.shared.lock())
    }

    fn change<T>(&self, action: impl FnOnce(&mut World) -> T) -> T {
        self.shared.change(action)
    }
}

impl Server {
    fn stop(&self) {
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
