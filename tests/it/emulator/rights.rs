//! What the bot may do in a group, and how it is told that it may not.

use super::{BORIS, Desk, STAFF_CHAT, picture};
use keydesk_emulator::{Group, GroupKind, PrivacyMode, Right};
use serde_json::{Value, json};

const BASIC_GROUP: i64 = -4_004;

fn hello(chat: i64) -> Value {
    json!({ "chat_id": chat, "text": "x" })
}

fn about(chat: i64) -> Value {
    json!({ "chat_id": chat })
}

impl Desk {
    /// An emulator with a basic group beside the staff chat.
    async fn open_to_a_basic_group() -> Desk {
        let desk = Desk::open().await;
        let title = "Склад".to_owned();
        let (kind, privacy) = (GroupKind::Group, PrivacyMode::Restricted);
        desk.emulator.add_group(Group { id: BASIC_GROUP, title, kind, privacy }, &[BORIS]);
        desk
    }

    /// How the newest update says that the bot stands now.
    async fn standing(&self) -> Value {
        let updates = self.get("getUpdates", json!({ "offset": -1 })).await;
        updates[0]["my_chat_member"]["new_chat_member"].clone()
    }
}

#[tokio::test]
async fn a_restricted_bot_sends_what_it_still_may() {
    let desk = Desk::open().await;
    let hers = desk.get("sendMessage", hello(STAFF_CHAT)).await;
    desk.emulator.restrict_bot(STAFF_CHAT, BORIS, &[Right::SendPhotos, Right::SendDocuments]);
    let standing = desk.standing().await;
    assert_eq!(standing["status"], "restricted");
    assert_eq!((&standing["can_send_messages"], &standing["can_send_photos"]), (&json!(true), &json!(false)));
    desk.get("sendMessage", hello(STAFF_CHAT)).await;
    for (method, field, bytes, what) in
        [("sendPhoto", "photo", picture(9, 9), "photos"), ("sendDocument", "document", b"x".to_vec(), "documents")]
    {
        let refused = desk.uploads(STAFF_CHAT, method, field, &bytes, &[]).await;
        assert_eq!(refused["description"], format!("Bad Request: not enough rights to send {what} to the chat"));
    }
    desk.emulator.restrict_bot(STAFF_CHAT, BORIS, &[Right::SendMessages]);
    let mute = "Bad Request: not enough rights to send text messages to the chat";
    assert_eq!(desk.refusal("sendMessage", hello(STAFF_CHAT)).await, mute);
    let document = desk.uploads(STAFF_CHAT, "sendDocument", "document", b"x", &[]).await;
    assert_eq!(document["description"], "Bad Request: not enough rights to send documents to the chat");
    let edit = json!({ "chat_id": STAFF_CHAT, "message_id": hers["message_id"], "text": "y" });
    desk.get("editMessageText", edit).await;
    desk.emulator.promote_bot(STAFF_CHAT, BORIS, &[]);
    assert_eq!(desk.standing().await["status"], "administrator");
    desk.get("sendMessage", hello(STAFF_CHAT)).await;
}

#[tokio::test]
async fn what_is_forbidden_to_all_members_is_forbidden_to_a_bot_that_is_one() {
    let desk = Desk::open().await;
    desk.emulator.restrict_members(STAFF_CHAT, &[Right::SendMessages]);
    desk.get("sendMessage", hello(STAFF_CHAT)).await;
    let permissions = desk.get("getChat", about(STAFF_CHAT)).await["permissions"].clone();
    assert_eq!((&permissions["can_send_messages"], &permissions["can_send_photos"]), (&json!(false), &json!(false)));
    desk.emulator.restrict_bot(STAFF_CHAT, BORIS, &[]);
    assert_eq!(desk.standing().await["status"], "member");
    let mute = "Bad Request: not enough rights to send text messages to the chat";
    assert_eq!(desk.refusal("sendMessage", hello(STAFF_CHAT)).await, mute);
}

#[tokio::test]
async fn a_bot_that_was_thrown_out_is_told_so_and_one_that_left_as_well() {
    let desk = Desk::open_to_a_basic_group().await;
    desk.emulator.remove_bot(STAFF_CHAT, BORIS);
    assert_eq!(desk.standing().await["status"], "kicked");
    for method in ["sendMessage", "getChat", "getChatMemberCount"] {
        let refused = desk.refusal(method, hello(STAFF_CHAT)).await;
        assert_eq!(refused, "Forbidden: bot was kicked from the supergroup chat", "{method}");
    }
    desk.emulator.return_bot(STAFF_CHAT, BORIS);
    desk.get("leaveChat", about(STAFF_CHAT)).await;
    let left = "Forbidden: bot is not a member of the supergroup chat";
    assert_eq!(desk.refusal("getChat", about(STAFF_CHAT)).await, left);
    desk.emulator.remove_bot(BASIC_GROUP, BORIS);
    let kicked = "Forbidden: bot was kicked from the group chat";
    assert_eq!(desk.refusal("sendMessage", hello(BASIC_GROUP)).await, kicked);
    assert_eq!(desk.get("getChat", about(BASIC_GROUP)).await["title"], "Склад");
}

#[tokio::test]
async fn a_group_that_is_gone_takes_nothing_and_still_says_what_it_was() {
    let desk = Desk::open_to_a_basic_group().await;
    let sent = desk.get("sendMessage", hello(BASIC_GROUP)).await;
    desk.emulator.delete_group(BASIC_GROUP, BORIS);
    let gone = "Forbidden: the group chat was deleted";
    assert_eq!(desk.refusal("sendMessage", hello(BASIC_GROUP)).await, gone);
    assert_eq!(desk.refusal("getChatAdministrators", about(BASIC_GROUP)).await, gone);
    assert_eq!(desk.get("getChat", about(BASIC_GROUP)).await["title"], "Склад");
    let edit = json!({ "chat_id": BASIC_GROUP, "message_id": sent["message_id"], "text": "y" });
    assert_eq!(desk.refusal("editMessageText", edit).await, "Bad Request: have no write access to the chat");
}

#[tokio::test]
async fn only_calls_that_write_learn_what_a_group_became() {
    let desk = Desk::open_to_a_basic_group().await;
    let sent = desk.get("sendMessage", hello(BASIC_GROUP)).await;
    let successor = desk.emulator.migrate_to_supergroup(BASIC_GROUP);
    let delete = json!({ "chat_id": BASIC_GROUP, "message_id": sent["message_id"] });
    for (method, params) in [
        ("sendMessage", hello(BASIC_GROUP)),
        ("deleteMessage", delete),
        ("getChatAdministrators", about(BASIC_GROUP)),
        ("sendChatAction", json!({ "chat_id": BASIC_GROUP, "action": "typing" })),
    ] {
        let refused = desk.call(method, params).await;
        assert_eq!(refused["parameters"]["migrate_to_chat_id"], successor, "{method}: {refused}");
    }
    assert_eq!(desk.get("getChat", about(BASIC_GROUP)).await["type"], "group");
    let edit = json!({ "chat_id": BASIC_GROUP, "message_id": sent["message_id"], "text": "y" });
    let refused = desk.call("editMessageText", edit).await;
    assert!(refused["parameters"].is_null(), "{refused}");
    assert_eq!(refused["description"], "Bad Request: have no write access to the chat");
}

#[tokio::test]
async fn pins_need_a_right_and_are_told_of() {
    let desk = Desk::open_to_a_basic_group().await;
    let pin = |chat: i64, sent: &Value| json!({ "chat_id": chat, "message_id": sent["message_id"] });
    let aside = desk.get("sendMessage", hello(BASIC_GROUP)).await;
    assert_eq!(
        desk.refusal("pinChatMessage", pin(BASIC_GROUP, &aside)).await,
        "Bad Request: not enough rights to manage pinned messages in the chat"
    );
    let sent = desk.get("sendMessage", hello(STAFF_CHAT)).await;
    desk.get("pinChatMessage", pin(STAFF_CHAT, &sent)).await;
    let updates = desk.get("getUpdates", json!({ "offset": -1 })).await;
    assert_eq!(updates[0]["message"]["pinned_message"]["message_id"], sent["message_id"]);
    assert_eq!(desk.get("getChat", about(STAFF_CHAT)).await["pinned_message"]["message_id"], sent["message_id"]);
    assert_eq!(desk.refusal("pinChatMessage", pin(STAFF_CHAT, &sent)).await, "Bad Request: CHAT_NOT_MODIFIED");
    let service = json!({ "message_id": sent["message_id"].as_i64().unwrap() + 1 });
    assert_eq!(
        desk.refusal("pinChatMessage", pin(STAFF_CHAT, &service)).await,
        "Bad Request: a service message can't be pinned"
    );
    desk.get("unpinChatMessage", about(STAFF_CHAT)).await;
    assert!(desk.get("getChat", about(STAFF_CHAT)).await["pinned_message"].is_null());
    assert_eq!(desk.refusal("unpinChatMessage", about(STAFF_CHAT)).await, "Bad Request: message to unpin not found");
}
