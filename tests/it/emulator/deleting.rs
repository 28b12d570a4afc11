//! What the bot deletes, and what it does not.

use super::{ANNA, BORIS, Desk, STAFF_CHAT, id_of, moving_clock};
use keydesk_emulator::{Group, GroupKind, MessageId, PrivacyMode, Setup};
use serde_json::{Value, json};

const GROUP: i64 = -1_001_000_000_778;
const BASIC_GROUP: i64 = -4_005;
const TWO_DAYS: u64 = 2 * 24 * 60 * 60;

fn several(chat: i64, ids: &[MessageId]) -> Value {
    let ids: Vec<i32> = ids.iter().map(|id| id.0).collect();
    json!({ "chat_id": chat, "message_ids": ids })
}

#[tokio::test]
async fn one_message_that_stays_keeps_all_the_others() {
    let desk = Desk::open().await;
    for (id, kind) in [(GROUP, GroupKind::Supergroup), (BASIC_GROUP, GroupKind::Group)] {
        let group = Group { id, title: "x".into(), kind, privacy: PrivacyMode::Restricted };
        desk.emulator.add_group(group, &[BORIS]);
    }
    for (chat, why) in [(GROUP, "message can't be deleted"), (BASIC_GROUP, "message can't be deleted for everyone")] {
        let own = id_of(&desk.get("sendMessage", json!({ "chat_id": chat, "text": "x" })).await);
        let his = desk.emulator.say(chat, BORIS, "y");
        let refused = desk.refusal("deleteMessages", several(chat, &[own, his])).await;
        assert_eq!(refused, format!("Bad Request: {why}"));
        assert_eq!(desk.emulator.messages(chat).len(), 2);
        desk.get("deleteMessages", several(chat, &[own, MessageId(777)])).await;
        assert_eq!(desk.emulator.messages(chat).len(), 1);
        desk.get("deleteMessages", several(chat, &[own])).await;
    }
}

#[tokio::test]
async fn messages_are_deleted_for_two_days() {
    let (now, clock) = moving_clock();
    let desk = Desk::open_with(Setup { now: clock, ..Setup::loopback() }).await;
    let hers = desk.emulator.say(ANNA, ANNA, "/start");
    let his = desk.emulator.say(STAFF_CHAT, BORIS, "x");
    now(TWO_DAYS - 1);
    let recent = desk.emulator.say(ANNA, ANNA, "x");
    now(1);
    let one = |chat: i64, id: MessageId| json!({ "chat_id": chat, "message_id": id.0 });
    let everyone = "Bad Request: message can't be deleted for everyone";
    assert_eq!(desk.refusal("deleteMessage", one(ANNA, hers)).await, everyone);
    assert_eq!(desk.refusal("deleteMessage", one(STAFF_CHAT, his)).await, "Bad Request: message can't be deleted");
    desk.get("deleteMessage", one(ANNA, recent)).await;
}

#[tokio::test]
async fn calls_that_name_no_message_are_refused_with_telegrams_words() {
    let desk = Desk::open().await;
    desk.emulator.say(ANNA, ANNA, "/start");
    let with = |ids: Value| json!({ "chat_id": ANNA, "message_ids": ids });
    let cases = [
        ("deleteMessage", json!({ "message_id": 1 }), "chat identifier is not specified"),
        ("deleteMessage", json!({ "chat_id": ANNA }), "message identifier is not specified"),
        ("deleteMessage", json!({ "chat_id": ANNA, "message_id": 77 }), "message to delete not found"),
        ("deleteMessages", json!({ "chat_id": ANNA }), "message identifiers are not specified"),
        ("deleteMessages", with(json!([])), "message identifiers are not specified"),
        ("deleteMessages", with(json!({})), "expected an Array of message identifiers"),
        ("deleteMessages", with(json!([true])), "message identifier must be a Number"),
        ("deleteMessages", with(json!(["x"])), "can't parse message identifier as a Number"),
        ("deleteMessages", with(json!([0])), "invalid message identifier specified"),
        ("deleteMessages", with(json!(vec![1; 101])), "too many message identifiers specified"),
        ("editMessageText", json!({ "text": "x" }), "message identifier is not specified"),
        ("editMessageText", json!({ "text": "x", "message_id": 1 }), "chat_id is empty"),
        ("editMessageText", json!({ "text": "x", "chat_id": ANNA }), "message to edit not found"),
    ];
    for (method, params, text) in cases {
        assert_eq!(desk.refusal(method, params).await, format!("Bad Request: {text}"));
    }
}
