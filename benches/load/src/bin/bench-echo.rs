//! The least that a teloxide bot does: each text comes back.

use teloxide::prelude::*;

#[tokio::main]
async fn main() {
    let bot = bot();
    let echo = Update::filter_message().endpoint(|bot: Bot, message: Message| async move {
        if let Some(text) = message.text() {
            bot.send_message(message.chat.id, text).await?;
        }
        respond(())
    });
    Dispatcher::builder(bot, echo).build().dispatch().await;
}

fn bot() -> Bot {
    let bot = Bot::new(std::env::var("TELOXIDE_TOKEN").unwrap_or_default());
    match std::env::var("TELOXIDE_API_URL").ok().and_then(|url| url.parse().ok()) {
        Some(url) => bot.set_api_url(url),
        None => bot,
    }
}
