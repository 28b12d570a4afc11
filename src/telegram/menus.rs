//! The command menu and the bot's descriptions, set per scope and language where they differ from what stands.

use serde::Deserialize;
use teloxide::payloads::{
    GetMyCommands, GetMyDescription, GetMyShortDescription, SetMyCommands, SetMyDescription, SetMyShortDescription,
};
use teloxide::types::{BotCommand, BotCommandScope};

use super::client::{CallError, Client};
use crate::config::Shop;
use crate::domain::Language;
use crate::i18n::Texts;
use crate::view::menu;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Described {
    description: String,
    short_description: String,
}

/// Sets what Telegram shows of the bot outside its chats: for each language, and without one for all others.
pub async fn set(client: &Client, shop: &Shop) -> Result<(), CallError> {
    set_for(client, None, shop, &Texts::new(shop.default_language, shop.time_zone)).await?;
    for language in Language::ALL {
        set_for(client, Some(language.code()), shop, &Texts::new(language, shop.time_zone)).await?;
    }
    Ok(())
}

async fn set_for(client: &Client, code: Option<&str>, shop: &Shop, texts: &Texts) -> Result<(), CallError> {
    let code = code.map(str::to_owned);
    set_commands(client, code.clone(), texts).await?;

    // These calls are limited to a few a day, so each start asks first.
    let wanted = menu::description(shop, texts);
    let mut ask = GetMyDescription::new();
    ask.language_code = code.clone();
    if client.call::<_, Described>(&ask).await?.description != wanted {
        let mut set = SetMyDescription::new();
        set.description = Some(wanted);
        set.language_code = code.clone();
        client.call::<_, bool>(&set).await?;
    }
    let wanted = menu::short_description(shop, texts);
    let mut ask = GetMyShortDescription::new();
    ask.language_code = code.clone();
    if client.call::<_, Described>(&ask).await?.short_description != wanted {
        let mut set = SetMyShortDescription::new();
        set.short_description = Some(wanted);
        set.language_code = code;
        client.call::<_, bool>(&set).await?;
    }
    Ok(())
}

async fn set_commands(client: &Client, code: Option<String>, texts: &Texts) -> Result<(), CallError> {
    let wanted = menu::customer_commands(texts);
    let wanted: Vec<BotCommand> =
        wanted.into_iter().map(|(command, description)| BotCommand::new(command, description)).collect();
    let mut ask = GetMyCommands::new();
    ask.scope = Some(BotCommandScope::AllPrivateChats);
    ask.language_code = code.clone();
    if client.call::<_, Vec<BotCommand>>(&ask).await? == wanted {
        return Ok(());
    }
    let mut set = SetMyCommands::new(wanted);
    set.scope = Some(BotCommandScope::AllPrivateChats);
    set.language_code = code;
    client.call::<_, bool>(&set).await.map(|_| ())
}
