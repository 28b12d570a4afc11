//! The methods of the Bot API, each a function of the world and the parameters.

mod album;
mod callback;
mod chats;
mod content;
mod delete;
mod edit;
mod fetch;
mod format;
mod forward;
mod media;
mod parts;
mod pins;
mod profile;
mod reactions;
mod reply;
mod send;
mod topics;
mod webhooks;

use super::error::ApiError;
use super::file_kind::FileKind;
use super::params::Params;
use super::world::World;
pub(super) use parts::{Success, allowed_updates};

/// Calls a method by its name in small letters; `getUpdates` waits and is answered elsewhere.
pub(super) fn call(world: &mut World, method: &str, params: &Params) -> Result<Success, ApiError> {
    let result = match method {
        "getme" => chats::get_me(world),
        "sendmessage" => send::send_message(world, params)?,
        "senddocument" => send::send_file(world, params, FileKind::Document)?,
        "sendphoto" => send::send_file(world, params, FileKind::Photo)?,
        "sendvideo" => send::send_file(world, params, FileKind::Video)?,
        "sendanimation" => send::send_file(world, params, FileKind::Animation)?,
        "sendaudio" => send::send_file(world, params, FileKind::Audio)?,
        "sendvoice" => send::send_file(world, params, FileKind::Voice)?,
        "sendvideonote" => send::send_file(world, params, FileKind::VideoNote)?,
        "sendsticker" => send::send_file(world, params, FileKind::Sticker)?,
        "sendmediagroup" => album::send_media_group(world, params)?,
        "forwardmessage" => forward::forward_message(world, params)?,
        "forwardmessages" => forward::forward_messages(world, params)?,
        "copymessage" => forward::copy_message(world, params)?,
        "copymessages" => forward::copy_messages(world, params)?,
        "sendchataction" => send::send_chat_action(world, params)?,
        "editmessagetext" => edit::edit_message_text(world, params)?,
        "editmessagecaption" => edit::edit_message_caption(world, params)?,
        "editmessagemedia" => edit::edit_message_media(world, params)?,
        "editmessagereplymarkup" => edit::edit_message_reply_markup(world, params)?,
        "deletemessage" => delete::delete_message(world, params)?,
        "deletemessages" => delete::delete_messages(world, params)?,
        "setmessagereaction" => reactions::set_message_reaction(world, params)?,
        "pinchatmessage" => pins::pin_chat_message(world, params)?,
        "unpinchatmessage" => pins::unpin_chat_message(world, params)?,
        "unpinallchatmessages" => pins::unpin_all_chat_messages(world, params)?,
        "createforumtopic" => topics::create_forum_topic(world, params)?,
        "editforumtopic" => topics::edit_forum_topic(world, params)?,
        "closeforumtopic" | "reopenforumtopic" => topics::change_forum_topic(world, method, params)?,
        "deleteforumtopic" => topics::delete_forum_topic(world, params)?,
        "editgeneralforumtopic" => topics::edit_general_forum_topic(world, params)?,
        "closegeneralforumtopic" | "reopengeneralforumtopic" | "hidegeneralforumtopic" | "unhidegeneralforumtopic" => {
            topics::change_general_forum_topic(world, method, params)?
        }
        "answercallbackquery" => callback::answer_callback_query(world, params)?,
        "getfile" => fetch::get_file(world, params)?,
        "getchat" => chats::get_chat(world, params)?,
        "getchatmember" => chats::get_chat_member(world, params)?,
        "getchatadministrators" => chats::get_chat_administrators(world, params)?,
        "getchatmembercount" => chats::get_chat_member_count(world, params)?,
        "leavechat" => chats::leave_chat(world, params)?,
        "setmycommands" => profile::set_my_commands(world, params)?,
        "getmycommands" => profile::get_my_commands(world, params)?,
        "deletemycommands" => profile::delete_my_commands(world, params)?,
        "setchatmenubutton" => profile::set_chat_menu_button(world, params)?,
        "getchatmenubutton" => profile::get_chat_menu_button(world, params)?,
        "setmyname" | "setmydescription" | "setmyshortdescription" => profile::set_text(world, method, params)?,
        "getmyname" | "getmydescription" | "getmyshortdescription" => profile::get_text(world, method, params)?,
        "setwebhook" => return webhooks::set_webhook(world, params),
        "deletewebhook" => return Ok(webhooks::delete_webhook(world, params)),
        "getwebhookinfo" => webhooks::get_webhook_info(world),
        _ => return Err(ApiError::new(404, "Not Found: method not found")),
    };
    Ok(result.into())
}
