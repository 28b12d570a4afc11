//! All that the emulator answers and delivers must parse as teloxide's types.

use super::{ANNA, BORIS, Desk, STAFF_CHAT, shop_bot};
use keydesk_emulator::{Content, MessageId, Right};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use teloxide::types::{
    BotCommand, ChatFullInfo, ChatMember, ChatMemberStatus, File, MaybeInaccessibleMessage, Me, MediaKind, Message,
    MessageKind, Update, UpdateKind, WebhookInfo,
};

fn parsed<T: DeserializeOwned>(json: Value) -> T {
    // From text, as teloxide does: its updates borrow from it.
    serde_json::from_str(&json.to_string()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

#[tokio::test]
async fn sent_and_edited_messages_are_messages() {
    let desk = Desk::open().await;
    let first = desk.emulator.say(ANNA, ANNA, "/start");
    let params = json!({
        "chat_id": ANNA, "text": "<b>Заказ</b> <a href=\"https://example.com\">№450</a> /order_450", "parse_mode": "HTML",
        "reply_parameters": { "message_id": first.0 }, "protect_content": true,
        "link_preview_options": { "is_disabled": true }, "disable_notification": true,
        "reply_markup": { "inline_keyboard": [
            [{ "text": "Да", "callback_data": "yes" }, { "text": "Сайт", "url": "https://example.com/a" }],
        ] },
    });
    let sent: Message = parsed(desk.get("sendMessage", params).await);
    assert_eq!(sent.text(), Some("Заказ №450 /order_450"));
    assert_eq!(sent.entities().unwrap().len(), 3);
    assert_eq!(sent.reply_to_message().unwrap().text(), Some("/start"));
    assert!(sent.has_protected_content());
    assert_eq!(sent.reply_markup().unwrap().inline_keyboard[0].len(), 2);
    let edit = json!({ "chat_id": ANNA, "message_id": sent.id.0, "text": "x" });
    let edited: Message = parsed(desk.get("editMessageText", edit).await);
    assert!(edited.edit_date().is_some());
    assert!(edited.reply_markup().is_none());
}

#[tokio::test]
async fn all_that_people_send_is_understood() {
    let desk = Desk::open().await;
    let document = Content::Document {
        name: "invoice.pdf".into(),
        mime: "application/pdf".into(),
        bytes: b"%PDF".to_vec(),
        caption: Some("25 000,00".into()),
    };
    let photo = Content::Photo { bytes: b"\xff\xd8\xff\xe0".to_vec(), caption: Some("x".into()) };
    let contents =
        [document, photo, Content::Sticker, Content::Voice, Content::Contact, Content::Location, Content::Album(2)];
    for content in contents {
        desk.emulator.send(ANNA, ANNA, content);
    }
    let updates: Vec<Update> = parsed(desk.get("getUpdates", json!({})).await);
    let kinds: Vec<&str> = updates.iter().map(kind_of).collect();
    assert_eq!(kinds, ["document", "photo", "sticker", "voice", "contact", "location", "photo", "photo"]);
    let album: Vec<_> = updates.iter().filter_map(|update| message_of(update).media_group_id()).collect();
    assert_eq!(album.len(), 2);
    assert_eq!(album[0], album[1]);
}

fn message_of(update: &Update) -> &Message {
    match &update.kind {
        UpdateKind::Message(message) | UpdateKind::EditedMessage(message) => message,
        other => panic!("{other:?}"),
    }
}

fn kind_of(update: &Update) -> &'static str {
    let MessageKind::Common(common) = &message_of(update).kind else {
        return "service";
    };
    match &common.media_kind {
        MediaKind::Text(_) => "text",
        MediaKind::Document(_) => "document",
        MediaKind::Photo(_) => "photo",
        MediaKind::Sticker(_) => "sticker",
        MediaKind::Voice(_) => "voice",
        MediaKind::Contact(_) => "contact",
        MediaKind::Location(_) => "location",
        MediaKind::Migration(_) => "migration",
        _ => "other",
    }
}

#[tokio::test]
async fn senders_in_a_group_are_told_apart() {
    let desk = Desk::open().await;
    let emulator = &desk.emulator;
    emulator.say(STAFF_CHAT, BORIS, "сам");
    emulator.say_as_anonymous_admin(STAFF_CHAT, "тайно");
    emulator.say_as_channel(STAFF_CHAT, "каналом");
    emulator.say_via_bot(STAFF_CHAT, BORIS, "gif", "ботом");
    emulator.forward(STAFF_CHAT, BORIS, ANNA, "чужое");
    let id = emulator.say(STAFF_CHAT, BORIS, "было");
    emulator.edit(STAFF_CHAT, BORIS, id, "стало");
    let updates: Vec<Update> = parsed(desk.get("getUpdates", json!({})).await);
    let messages: Vec<&Message> = updates.iter().map(message_of).collect();
    assert!(messages[0].sender_chat.is_none());
    assert_eq!(messages[0].from.as_ref().unwrap().id.0, BORIS as u64);
    assert_eq!(messages[1].sender_chat.as_ref().unwrap().id.0, STAFF_CHAT);
    assert!(messages[1].from.as_ref().unwrap().is_anonymous());
    assert!(messages[2].sender_chat.as_ref().unwrap().is_channel());
    assert!(messages[3].via_bot.is_some());
    assert!(messages[4].forward_origin().is_some());
    assert!(matches!(updates[6].kind, UpdateKind::EditedMessage(_)));
    assert_eq!(messages[6].text(), Some("стало"));
}

#[tokio::test]
async fn presses_blocks_and_migrations_are_understood() {
    let desk = Desk::open().await;
    let sent = desk.send_to_anna("?", json!([[{ "text": "Да", "callback_data": "yes" }]])).await;
    let id = MessageId(i32::try_from(sent["message_id"].as_i64().unwrap()).unwrap());
    desk.emulator.tap(ANNA, ANNA, id, "Да").unwrap();
    desk.emulator.delete_message(ANNA, id);
    desk.emulator.press(ANNA, ANNA, id, "yes");
    desk.emulator.block(ANNA);
    desk.emulator.unblock(ANNA);
    desk.emulator.remove_bot(STAFF_CHAT, BORIS);
    desk.emulator.return_bot(STAFF_CHAT, BORIS);
    desk.emulator.migrate_to_supergroup(STAFF_CHAT);
    let updates: Vec<Update> = parsed(desk.get("getUpdates", json!({})).await);
    let UpdateKind::CallbackQuery(query) = &updates[1].kind else {
        panic!("{:?}", updates[1]);
    };
    let Some(MaybeInaccessibleMessage::Regular(message)) = &query.message else {
        panic!("{query:?}");
    };
    assert_eq!(message.reply_markup().unwrap().inline_keyboard[0][0].text, "Да");
    let UpdateKind::CallbackQuery(query) = &updates[2].kind else {
        panic!("{:?}", updates[2]);
    };
    assert!(matches!(query.message, Some(MaybeInaccessibleMessage::Inaccessible(_))), "{query:?}");
    let statuses: Vec<ChatMemberStatus> = updates[3..7]
        .iter()
        .map(|update| match &update.kind {
            UpdateKind::MyChatMember(change) => change.new_chat_member.status(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        statuses,
        [ChatMemberStatus::Banned, ChatMemberStatus::Member, ChatMemberStatus::Banned, ChatMemberStatus::Administrator]
    );
    assert_eq!(kind_of(&updates[7]), "migration");
    assert_eq!(kind_of(&updates[8]), "migration");
}

#[tokio::test]
async fn topics_pins_and_restrictions_are_understood() {
    let desk = Desk::open().await;
    desk.emulator.make_forum(STAFF_CHAT);
    let topic = desk.emulator.create_topic(STAFF_CHAT, BORIS, "Заказы");
    desk.emulator.say_in_topic(STAFF_CHAT, topic, BORIS, "x");
    desk.emulator.close_topic(STAFF_CHAT, BORIS, topic);
    desk.emulator.reopen_topic(STAFF_CHAT, BORIS, topic);
    desk.emulator.hide_general_topic(STAFF_CHAT, BORIS);
    let params = json!({
        "chat_id": STAFF_CHAT, "message_thread_id": topic.0, "text": "x", "reply_parameters": { "message_id": topic.0 },
    });
    let sent: Message = parsed(desk.get("sendMessage", params).await);
    assert_eq!(sent.thread_id.unwrap().0.0, topic.0);
    desk.get("pinChatMessage", json!({ "chat_id": STAFF_CHAT, "message_id": sent.id.0 })).await;
    desk.emulator.restrict_bot(STAFF_CHAT, BORIS, &[Right::SendPhotos]);
    let updates: Vec<Update> = parsed(desk.get("getUpdates", json!({})).await);
    assert_eq!(updates.len(), 7);
    assert!(message_of(&updates[1]).is_topic_message);
    let UpdateKind::MyChatMember(change) = &updates[6].kind else { panic!("{:?}", updates[6]) };
    assert_eq!(change.new_chat_member.status(), ChatMemberStatus::Restricted);
    let forum: ChatFullInfo = parsed(desk.get("getChat", json!({ "chat_id": STAFF_CHAT })).await);
    assert!(forum.is_supergroup());
}

#[tokio::test]
async fn what_the_bot_asks_about_is_understood() {
    let desk = Desk::open().await;
    let me: Me = parsed(desk.get("getMe", json!({})).await);
    assert_eq!(me.username(), shop_bot().username);
    let private: ChatFullInfo = parsed(desk.get("getChat", json!({ "chat_id": ANNA })).await);
    assert!(private.is_private());
    let group: ChatFullInfo = parsed(desk.get("getChat", json!({ "chat_id": STAFF_CHAT })).await);
    assert_eq!(group.title(), Some("Заказы"));
    let asked = json!({ "chat_id": STAFF_CHAT, "user_id": ANNA });
    let stranger: ChatMember = parsed(desk.get("getChatMember", asked).await);
    assert!(stranger.is_left());
    let chiefs: Vec<ChatMember> = parsed(desk.get("getChatAdministrators", json!({ "chat_id": STAFF_CHAT })).await);
    assert_eq!(chiefs.len(), 2);
    let _: WebhookInfo = parsed(desk.get("getWebhookInfo", json!({})).await);
    let _: Vec<BotCommand> = parsed(desk.get("getMyCommands", json!({})).await);
    let id = desk.emulator.send(ANNA, ANNA, Content::Photo { bytes: b"\xff\xd8\xff\xe0".to_vec(), caption: None });
    let photo = desk.emulator.message(ANNA, id).unwrap();
    let keydesk_emulator::Body::Photo(photo) = photo.body else {
        panic!("{photo:?}");
    };
    let file: File = parsed(desk.get("getFile", json!({ "file_id": photo.file_id })).await);
    assert_eq!(file.size, 4);
}
