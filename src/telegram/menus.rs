//! The command menu and the bot's descriptions, set per scope and language where they differ from what stands.

use serde::Deserialize;
use teloxide::payloads::{
    DeleteMyCommands, GetMyCommands, GetMyDescription, GetMyShortDescription, SetMyCommands, SetMyDescription,
    SetMyShortDescription,
};
use teloxide::types::{BotCommand, BotCommandScope, ChatId as TelegramChatId, Recipient, UserId};

use super::call_error::CallError;
use super::client::Client;
use crate::chat::i18n::Texts;
use crate::chat::view::menu::{self, Menu};
use crate::config::Shop;
use crate::domain::{ChatId, Language, PersonId, Roster};

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
    let staff_chat = chat(roster.staff_chat);
    set_scope(client, &staff_chat, shop, None, menu::staff_commands).await?;
    let people = roster.admins.iter().map(|person| (person, Duty::Admin));
    for (person, duty) in people.chain(roster.former.iter().map(|person| (person, Duty::Former))) {
        let chosen = roster.met.get(person).copied();
        if let Some(chosen) = chosen {
            set_own(client, shop, *person, duty, chosen).await?;
        }
        let Some(in_staff_chat) = member(roster.staff_chat, *person) else { continue };
        let menu = match duty {
            Duty::Admin => menu::admin_commands,
            Duty::Former | Duty::Customer => nothing,
        };
        set_scope(client, &in_staff_chat, shop, chosen.flatten(), menu).await?;
    }
    Ok(())
}

/// Sets the menus of somebody who is no admin, once they chose another language: their private chat's, and in the staff chat
/// that of one of the staff.
pub async fn set_for_person(
    client: &Client,
    shop: &Shop,
    person: PersonId,
    chosen: Option<Language>,
    staff_chat: Option<ChatId>,
) -> Result<(), CallError> {
    set_own(client, shop, person, Duty::Customer, chosen).await?;
    let Some(in_staff_chat) = staff_chat.and_then(|staff_chat| member(staff_chat, person)) else { return Ok(()) };
    let menu = if chosen.is_some() { menu::staff_commands } else { nothing };
    set_scope(client, &in_staff_chat, shop, chosen, menu).await
}

/// A person's own menu is that of all private chats, unless they do more or chose a language.
async fn set_own(
    client: &Client,
    shop: &Shop,
    person: PersonId,
    duty: Duty,
    chosen: Option<Language>,
) -> Result<(), CallError> {
    let menu = match (duty, chosen) {
        (Duty::Admin, _) => menu::admin_and_customer_commands,
        (Duty::Former | Duty::Customer, Some(_)) => menu::customer_commands,
        (Duty::Former | Duty::Customer, None) => nothing,
    };
    set_scope(client, &chat(person.private_chat()), shop, chosen, menu).await
}

/// A menu in a language.
type MenuOf = fn(&Texts) -> Menu;

fn nothing(_: &Texts) -> Menu {
    Menu::new()
}

#[derive(Clone, Copy)]
enum Duty {
    Admin,
    Former,
    Customer,
}

fn chat(id: ChatId) -> BotCommandScope {
    BotCommandScope::Chat { chat_id: Recipient::Id(TelegramChatId(id.0)) }
}

fn member(chat: ChatId, person: PersonId) -> Option<BotCommandScope> {
    let user_id = UserId(u64::try_from(person.0).ok()?);
    Some(BotCommandScope::ChatMember { chat_id: Recipient::Id(TelegramChatId(chat.0)), user_id })
}

/// In the language that was chosen, whatever the app's is, or else in each app's own. A chat that Telegram does not know is no
/// fault: an admin who never wrote to the bot has none with it, and need not be in the staff chat.
async fn set_scope(
    client: &Client,
    scope: &BotCommandScope,
    shop: &Shop,
    chosen: Option<Language>,
    menu: MenuOf,
) -> Result<(), CallError> {
    let languages = [None].into_iter().chain(Language::all().iter().copied().map(Some));
    for language in languages {
        let texts = Texts::new(chosen.or(language).unwrap_or(shop.default_language), shop.time_zone);
        let code = language.map(|language| language.code().to_owned());
        // The menu without a language is everybody's who has none in their own.
        let wanted = if chosen.is_some() && language.is_some() { Menu::new() } else { menu(&texts) };
        match set_commands(client, scope, code, wanted).await {
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
