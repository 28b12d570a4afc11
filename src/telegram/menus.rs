//! The command menu and the bot's descriptions, set per scope and language where they differ from what stands.

use serde::Deserialize;
use teloxide::payloads::{
    DeleteMyCommands, GetMyCommands, GetMyDescription, GetMyShortDescription, SetMyCommands, SetMyDescription,
    SetMyShortDescription,
};
use teloxide::types::{BotCommand, BotCommandScope, ChatId as TelegramChatId, Recipient, UserId};

use super::client::{CallError, Client};
use crate::chat::i18n::Texts;
use crate::chat::view::menu::{self, Menu};
use crate::config::Shop;
use crate::domain::{Language, Roster};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Described {
    description: String,
    short_description: String,
}

/// Sets what Telegram shows of the bot outside its chats: for each language, and without one for all others.
pub async fn set(client: &Client, shop: &Shop) -> Result<(), CallError> {
    set_for(client, None, shop, &Texts::new(shop.default_language, shop.time_zone)).await?;
    for language in Language::all() {
        set_for(client, Some(language.code()), shop, &Texts::new(*language, shop.time_zone)).await?;
    }
    Ok(())
}

async fn set_for(client: &Client, code: Option<&str>, shop: &Shop, texts: &Texts) -> Result<(), CallError> {
    let code = code.map(str::to_owned);
    set_commands(client, &BotCommandScope::AllPrivateChats, code.clone(), menu::customer_commands(texts)).await?;

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

/// Sets the menus of the vendor's people: for the staff chat, and for each admin there and in private. Whoever is no admin
/// any more has the others' menus again.
pub async fn set_for_vendor(client: &Client, shop: &Shop, roster: &Roster) -> Result<(), CallError> {
    let staff_chat = || Recipient::Id(TelegramChatId(roster.staff_chat.0));
    set_scope(client, &BotCommandScope::Chat { chat_id: staff_chat() }, shop, menu::staff_commands).await?;
    let people = roster.admins.iter().map(|person| (person, Duty::Admin));
    for (person, duty) in people.chain(roster.former.iter().map(|person| (person, Duty::Former))) {
        let Ok(user_id) = u64::try_from(person.0) else { continue };
        let alone = BotCommandScope::Chat { chat_id: Recipient::Id(TelegramChatId(person.0)) };
        let alone = Some(alone).filter(|_| roster.met.contains(person));
        let in_staff_chat = BotCommandScope::ChatMember { chat_id: staff_chat(), user_id: UserId(user_id) };
        let menus: [(_, MenuOf); 2] = match duty {
            Duty::Admin => [(alone, menu::admin_and_customer_commands), (Some(in_staff_chat), menu::admin_commands)],
            Duty::Former => [(alone, |_| Menu::new()), (Some(in_staff_chat), |_| Menu::new())],
        };
        for (scope, menu) in menus {
            let Some(scope) = scope else { continue };
            set_scope(client, &scope, shop, menu).await?;
        }
    }
    Ok(())
}

/// A menu in a language.
type MenuOf = fn(&Texts) -> Menu;

#[derive(Clone, Copy)]
enum Duty {
    Admin,
    Former,
}

/// A chat that Telegram does not know is no fault: an admin who never wrote to the bot has none with it, and need not be in
/// the staff chat.
async fn set_scope(client: &Client, scope: &BotCommandScope, shop: &Shop, menu: MenuOf) -> Result<(), CallError> {
    let languages = [None].into_iter().chain(Language::all().iter().copied().map(Some));
    for language in languages {
        let texts = Texts::new(language.unwrap_or(shop.default_language), shop.time_zone);
        let code = language.map(|language| language.code().to_owned());
        match set_commands(client, scope, code, menu(&texts)).await {
            Err(
                error @ (CallError::Blocked(_)
                | CallError::Deactivated(_)
                | CallError::Rejected(_)
                | CallError::Unexplained(_)),
            ) => {
                tracing::info!("a command menu is left out: {error}");
                return Ok(());
            }
            outcome => outcome?,
        }
    }
    Ok(())
}

async fn set_commands(
    client: &Client,
    scope: &BotCommandScope,
    code: Option<String>,
    menu: Menu,
) -> Result<(), CallError> {
    let wanted: Vec<BotCommand> =
        menu.into_iter().map(|(command, description)| BotCommand::new(command, description)).collect();
    let mut ask = GetMyCommands::new();
    ask.scope = Some(scope.clone());
    ask.language_code = code.clone();
    if client.call::<_, Vec<BotCommand>>(&ask).await? == wanted {
        return Ok(());
    }
    if wanted.is_empty() {
        let mut delete = DeleteMyCommands::new();
        delete.scope = Some(scope.clone());
        delete.language_code = code;
        return client.call::<_, bool>(&delete).await.map(|_| ());
    }
    let mut set = SetMyCommands::new(wanted);
    set.scope = Some(scope.clone());
    set.language_code = code;
    client.call::<_, bool>(&set).await.map(|_| ())
}
