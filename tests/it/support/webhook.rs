//! A shop to which Telegram posts.

use std::net::SocketAddr;
use std::sync::Arc;

use keydesk::config::{Secret, Webhook};
use keydesk::intake::{self, Source};
use reqwest::{Body, Method, Response};
use serde_json::{Value, json};
use tokio::task::LocalSet;

use super::loopback;
use super::shop::Shop;

pub const SECRET: &str = "A-secret_of-25-characters";
pub const PATH: &str = "/telegram";
const HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// A bot's webhook, which works whenever somebody waits for it.
pub struct Posting {
    work: LocalSet,
    address: SocketAddr,
}

/// Makes `by_webhook::name::on_sqlite` and `by_webhook::name::on_postgres` of `async fn name(shop: Shop)`.
macro_rules! by_webhook {
    ($($name:ident),+ $(,)?) => {
        mod by_webhook {$(
            mod $name {
                use crate::support::shop::Shop;

                #[tokio::test]
                async fn on_sqlite() {
                    super::super::$name(Shop::open().await.by_webhook().await).await;
                }

                #[tokio::test]
                async fn on_postgres() {
                    super::super::$name(Shop::open_on_postgres().await.by_webhook().await).await;
                }
            }
        )+}
    };
}
pub(crate) use by_webhook;

impl Posting {
    /// What comes of something while the bot takes posts.
    pub async fn at_work<T>(&self, something: impl Future<Output = T>) -> T {
        self.work.run_until(something).await
    }
}

impl Shop {
    /// Telegram posts to the bot from now on.
    pub async fn by_webhook(self) -> Shop {
        let shop = self.listens().await;
        let url = format!("{}/bot{}/setWebhook", shop.emulator.url(), shop.emulator.token());
        let webhook = json!({ "url": shop.webhook_url(PATH), "secret_token": SECRET });
        let set = loopback::http().post(url).json(&webhook).send().await.unwrap();
        assert!(set.status().is_success());
        shop
    }

    /// The bot has a webhook of which Telegram does not know.
    pub async fn listens(mut self) -> Shop {
        let (url, listen) = (format!("http://127.0.0.1{PATH}"), "127.0.0.1:0".parse().unwrap());
        let webhook = Webhook { url: url.parse().unwrap(), listen, max_connections: 40 };
        let webhook = intake::Webhook::bind(&webhook, &Secret::new(SECRET.to_owned())).await.unwrap();
        let (address, work, bot) = (webhook.address().unwrap(), LocalSet::new(), Arc::clone(&self.bot));
        work.spawn_local(async move { bot.intake.run(Source::Webhook(webhook), std::future::pending()).await });
        self.posting = Some(Posting { work, address });
        self
    }

    fn posting(&self) -> &Posting {
        self.posting.as_ref().expect("the bot listens")
    }

    fn webhook_url(&self, path: &str) -> String {
        format!("http://{}{path}", self.posting().address)
    }

    /// The bot's answer to an update.
    pub async fn is_posted(&self, update: &Value) -> Response {
        self.is_sent(Method::POST, PATH, Some(SECRET), update.to_string()).await
    }

    /// The bot's answer to any request.
    pub async fn is_sent(&self, method: Method, path: &str, secret: Option<&str>, body: impl Into<Body>) -> Response {
        let mut request = loopback::http().request(method, self.webhook_url(path)).body(body);
        if let Some(secret) = secret {
            request = request.header(HEADER, secret);
        }
        self.posting().at_work(request.send()).await.unwrap()
    }

    /// What Telegram has for the bot and has not posted.
    pub async fn unposted(&self, offset: i64) -> Vec<Value> {
        let url = format!("{}/bot{}/getUpdates", self.emulator.url(), self.emulator.token());
        let answer = loopback::http().post(url).json(&json!({ "offset": offset })).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        answer["result"].as_array().unwrap().clone()
    }
}
