//! Members of groups by status, public groups and channels, and who is told of what.

use super::{ANNA, BORIS, Desk, STAFF_CHAT};
use keydesk_emulator::{Content, Group, GroupKind, MemberStatus, PrivacyMode};
use serde_json::{Value, json};
use teloxide::types::ChatMember;

const ALL: [MemberStatus; 8] = [
    MemberStatus::Creator,
    MemberStatus::Administrator,
    MemberStatus::AnonymousAdministrator,
    MemberStatus::Member,
    MemberStatus::RestrictedMember,
    MemberStatus::RestrictedOutside,
    MemberStatus::Left,
    MemberStatus::Kicked,
];

#[tokio::test]
async fn every_status_is_a_chat_member() {
    let desk = Desk::open().await;
    let mut present = Vec::new();
    for status in ALL {
        desk.emulator.set_member(STAFF_CHAT, ANNA, status);
        let json = desk.get("getChatMember", json!({ "chat_id": STAFF_CHAT, "user_id": ANNA })).await;
        let member: ChatMember = serde_json::from_str(&json.to_string()).unwrap();
        assert_eq!(i64::try_from(member.user.id.0).unwrap(), ANNA);
        present.push(member.is_present());
    }
    assert_eq!(present, [true, true, true, true, true, false, false, false]);
    let count = desk.get("getChatMemberCount", json!({ "chat_id": STAFF_CHAT })).await;
    assert_eq!(count, 2, "Boris and the bot");
}

#[tokio::test]
async fn a_change_is_told_to_an_administrator_that_asks_for_it() {
    let desk = Desk::open().await;
    desk.emulator.set_member(STAFF_CHAT, ANNA, MemberStatus::Member);
    assert_eq!(desk.get("getUpdates", json!({ "allowed_updates": ["message", "chat_member"] })).await, json!([]));
    desk.emulator.set_member(STAFF_CHAT, ANNA, MemberStatus::Left);
    let updates = desk.get("getUpdates", json!({})).await;
    let change = &updates[0]["chat_member"];
    assert_eq!(
        (&change["old_chat_member"]["status"], &change["new_chat_member"]["status"]),
        (&json!("member"), &json!("left"))
    );
    assert_eq!(change["new_chat_member"]["user"]["id"], ANNA);

    let quiet =
        Group {
            id: -100_777, title: "Тихая".into(), kind: GroupKind::Supergroup, privacy: PrivacyMode::Restricted
        };
    desk.emulator.add_group(quiet, &[BORIS]);
    let before = desk.emulator.pending_updates();
    desk.emulator.set_member(-100_777, ANNA, MemberStatus::Member);
    assert_eq!(desk.emulator.pending_updates(), before, "the bot is no administrator there");
    desk.emulator.leave(-100_777, ANNA);
    let updates = desk.get("getUpdates", json!({ "offset": -1 })).await;
    assert_eq!(updates[0]["message"]["left_chat_member"]["id"], ANNA, "everybody reads it");
}

#[tokio::test]
async fn a_public_group_and_a_channel_say_what_they_are() {
    let desk = Desk::open().await;
    let chat = async |chat: i64| desk.get("getChat", json!({ "chat_id": chat })).await;
    assert_eq!(chat(STAFF_CHAT).await["username"], Value::Null);
    desk.emulator.set_username(STAFF_CHAT, Some("sales"));
    assert_eq!(chat(STAFF_CHAT).await["username"], "sales");
    desk.emulator.say(STAFF_CHAT, BORIS, "/start");
    let channel =
        Group { id: -100_888, title: "Новости".into(), kind: GroupKind::Channel, privacy: PrivacyMode::SeesAll };
    desk.emulator.add_group(channel, &[BORIS]);
    assert_eq!(chat(-100_888).await["type"], "channel");
    desk.emulator.say(-100_888, BORIS, "новость");
    let updates = desk.get("getUpdates", json!({})).await;
    assert_eq!(updates[0]["message"]["chat"]["username"], "sales");
    assert_eq!(updates[1]["channel_post"]["text"], "новость");
}

#[tokio::test]
async fn anonymous_presses_and_forwarded_files_look_as_on_telegram() {
    let desk = Desk::open().await;
    let message = desk.emulator.say(STAFF_CHAT, BORIS, "x");
    desk.emulator.press_as_anonymous_bot(STAFF_CHAT, message, "a");
    let photo = Content::Photo { bytes: b"\xff\xd8\xff\xe0".to_vec(), caption: None };
    desk.emulator.forward_content(ANNA, ANNA, BORIS, photo);
    let updates = desk.get("getUpdates", json!({})).await;
    let from = &updates[1]["callback_query"]["from"];
    assert_eq!((&from["username"], &from["is_bot"]), (&json!("GroupAnonymousBot"), &json!(true)));
    let forwarded = &updates[2]["message"];
    assert_eq!(forwarded["forward_origin"]["sender_user"]["id"], BORIS);
    assert_eq!(forwarded["photo"].as_array().map(Vec::len), Some(1));
}
