//! What the bot sets about itself.

use super::super::access::Access;
use super::super::entities::utf16_len;
use super::super::error::ApiError;
use super::super::params::Params;
use super::super::profile::{BotCommand, CommandScope, text_for};
use super::super::world::World;
use super::parts::done;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// At most so many commands in a list.
const MOST_COMMANDS: usize = 100;

pub(super) fn set_my_commands(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let commands = commands(params)?;
    let key = (scope(world, params)?, language(params)?);
    match commands.is_empty() {
        true => world.profile.commands.remove(&key),
        false => world.profile.commands.insert(key, commands),
    };
    Ok(done())
}

pub(super) fn get_my_commands(world: &World, params: &Params) -> Result<Value, ApiError> {
    let key = (scope(world, params)?, language(params)?);
    let commands = world.profile.commands.get(&key).into_iter().flatten();
    let list: Vec<Value> =
        commands.map(|each| json!({ "command": each.command, "description": each.description })).collect();
    Ok(json!(list))
}

pub(super) fn delete_my_commands(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let key = (scope(world, params)?, language(params)?);
    world.profile.commands.remove(&key);
    Ok(done())
}

pub(super) fn set_chat_menu_button(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = menu_chat(world, params)?;
    let button = params.json("menu_button", "can't parse menu button JSON object")?;
    let button = button.unwrap_or_else(|| json!({ "type": "default" }));
    match button.get("type").and_then(Value::as_str) {
        Some("default" | "commands" | "web_app") => {}
        _ => {
            return Err(ApiError::bad_request("can't parse menu button: Menu button has unsupported type"));
        }
    }
    world.profile.menu_buttons.insert(chat, button);
    Ok(done())
}

pub(super) fn get_chat_menu_button(world: &World, params: &Params) -> Result<Value, ApiError> {
    let chat = menu_chat(world, params)?;
    let buttons = &world.profile.menu_buttons;
    let button = buttons.get(&chat).or_else(|| buttons.get(&None));
    Ok(button.cloned().unwrap_or_else(|| json!({ "type": "commands" })))
}

/// Name, description and short description: the field, and the longest text.
fn text_kind(method: &str) -> (&'static str, usize) {
    if method.ends_with("shortdescription") {
        ("short_description", 120)
    } else if method.ends_with("description") {
        ("description", 512)
    } else {
        ("name", 64)
    }
}

pub(super) fn set_text(world: &mut World, method: &str, params: &Params) -> Result<Value, ApiError> {
    let (field, longest) = text_kind(method);
    let text = params.text(field);
    if utf16_len(text) > longest {
        return Err(ApiError::bad_request(format!("bot {} is too long", field.replace('_', " "))));
    }
    let language = language(params)?;
    let texts = texts(world, field);
    match text {
        "" => texts.remove(&language),
        text => texts.insert(language, text.to_owned()),
    };
    Ok(done())
}

pub(super) fn get_text(world: &mut World, method: &str, params: &Params) -> Result<Value, ApiError> {
    let (field, _) = text_kind(method);
    let language = language(params)?;
    let text = text_for(texts(world, field), &language);
    Ok(json!({ field: text }))
}

fn texts<'a>(world: &'a mut World, field: &str) -> &'a mut BTreeMap<String, String> {
    match field {
        "name" => &mut world.profile.names,
        "description" => &mut world.profile.descriptions,
        _ => &mut world.profile.short_descriptions,
    }
}

fn menu_chat(world: &World, params: &Params) -> Result<Option<i64>, ApiError> {
    let Some(chat) = params.integer("chat_id") else {
        return Ok(None);
    };
    match world.people.contains_key(&chat) {
        true => Ok(Some(chat)),
        false => Err(ApiError::bad_request("chat not found")),
    }
}

fn language(params: &Params) -> Result<String, ApiError> {
    let code = params.text("language_code");
    let is_code = code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase());
    match code.is_empty() || is_code {
        true => Ok(code.to_owned()),
        false => Err(ApiError::bad_request("invalid language code specified")),
    }
}

fn scope(world: &World, params: &Params) -> Result<CommandScope, ApiError> {
    let Some(scope) = params.json("scope", "can't parse BotCommandScope JSON object")? else {
        return Ok(CommandScope::Default);
    };
    let number = |name: &str| match scope.get(name) {
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_i64(),
        None => None,
    };
    let chat = || {
        let chat = number("chat_id").ok_or_else(|| ApiError::bad_request("chat_id is empty"))?;
        world.check_access(chat, Access::Read)?;
        Ok(chat)
    };
    Ok(match scope.get("type").and_then(Value::as_str).unwrap_or_default() {
        "default" => CommandScope::Default,
        "all_private_chats" => CommandScope::AllPrivateChats,
        "all_group_chats" => CommandScope::AllGroupChats,
        "all_chat_administrators" => CommandScope::AllChatAdministrators,
        "chat" => CommandScope::Chat(chat()?),
        "chat_administrators" => CommandScope::ChatAdministrators(chat()?),
        "chat_member" => CommandScope::ChatMember {
            chat: chat()?,
            user: number("user_id").ok_or_else(|| ApiError::bad_request("invalid user_id specified"))?,
        },
        _ => {
            return Err(ApiError::bad_request("can't parse BotCommandScope: Unsupported type specified"));
        }
    })
}

fn commands(params: &Params) -> Result<Vec<BotCommand>, ApiError> {
    let value = params.json("commands", "can't parse commands JSON object")?;
    let list = match value {
        None => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(ApiError::bad_request("expected an Array of BotCommand")),
    };
    if list.len() > MOST_COMMANDS {
        return Err(ApiError::bad_request("BOT_COMMANDS_TOO_MUCH"));
    }
    list.iter().map(command).collect()
}

fn command(json: &Value) -> Result<BotCommand, ApiError> {
    let text = |name: &str| json.get(name).and_then(Value::as_str).unwrap_or_default();
    let name = text("command").trim_start_matches('/');
    let description = text("description").trim();
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !(1..=32).contains(&name.len()) || !name.chars().all(is_name) {
        return Err(ApiError::bad_request("BOT_COMMAND_INVALID"));
    }
    if !(1..=256).contains(&utf16_len(description)) {
        return Err(ApiError::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok(BotCommand { command: name.to_owned(), description: description.to_owned() })
}
