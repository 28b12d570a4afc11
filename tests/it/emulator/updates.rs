//! Updates: kept until confirmed, one poll at a time, what the bot may see.

use super::{ANNA, Desk};
use serde_json::json;

#[tokio::test]
async fn an_update_is_kept_until_a_higher_offset_is_asked_for() {
    let desk = Desk::open().await;
    desk.emulator.say(ANNA, ANNA, "/start");
    desk.emulator.say(ANNA, ANNA, "50");
    let ids = desk.update_ids(json!({})).await;
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[1], ids[0] + 1);
    assert_eq!(desk.update_ids(json!({ "offset": ids[0] })).await, ids);
    assert_eq!(desk.update_ids(json!({ "offset": ids[1] + 1 })).await, [] as [i64; 0]);
    assert_eq!(desk.emulator.pending_updates(), 0);
    assert!(desk.emulator.redeliver(ids[0]));
    assert_eq!(desk.update_ids(json!({ "offset": ids[1] + 1 })).await, [ids[0]]);
}

#[tokio::test]
async fn a_waiting_poll_gets_an_update_as_soon_as_there_is_one() {
    let desk = Desk::open().await;
    let poll = desk.update_ids(json!({ "timeout": 50 }));
    let say = async {
        desk.emulator.until(|world| world.polls() == 1).await;
        desk.emulator.say(ANNA, ANNA, "/start")
    };
    let (ids, _) = tokio::join!(poll, say);
    assert_eq!(ids, [desk.emulator.last_update_id()]);
}

#[tokio::test]
async fn a_second_poll_ends_the_first() {
    let desk = Desk::open().await;
    let first = desk.call("getUpdates", json!({ "timeout": 50 }));
    let second = async {
        desk.emulator.until(|world| world.polls() == 1).await;
        desk.call("getUpdates", json!({})).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(
        first,
        json!({ "ok": false, "error_code": 409, "description":
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running" })
    );
    assert_eq!(second["ok"], true);
}

#[tokio::test]
async fn polling_is_refused_while_a_webhook_is_set() {
    let desk = Desk::open().await;
    desk.get("setWebhook", json!({ "url": "https://bot.example.com/telegram" })).await;
    assert_eq!(
        desk.refusal("getUpdates", json!({})).await,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    );
    assert_eq!(
        desk.call("deleteWebhook", json!({})).await,
        json!({ "ok": true, "result": true, "description": "Webhook was deleted" })
    );
    assert_eq!(desk.update_ids(json!({})).await, [] as [i64; 0]);
}

#[tokio::test]
async fn a_press_on_a_deleted_message_comes_with_a_message_that_cannot_be_read() {
    let desk = Desk::open().await;
    let id = desk.emulator.say(ANNA, ANNA, "/start");
    desk.emulator.delete_message(ANNA, id);
    desk.emulator.press(ANNA, ANNA, id, "old");
    let updates = desk.get("getUpdates", json!({ "allowed_updates": ["callback_query"] })).await;
    let query = &updates[1]["callback_query"];
    assert_eq!(query["message"]["date"], 0);
    assert_eq!(query["message"]["message_id"], id.0);
    assert_eq!(query["data"], "old");
}

#[tokio::test]
async fn any_object_can_come_as_an_update() {
    let desk = Desk::open().await;
    let id = desk.emulator.push_raw_update(json!({ "message": { "text": 5 } }));
    let updates = desk.get("getUpdates", json!({})).await;
    assert_eq!(updates, json!([{ "update_id": id, "message": { "text": 5 } }]));
}

#[tokio::test]
async fn setting_a_webhook_ends_a_waiting_poll() {
    let desk = Desk::open().await;
    let poll = desk.refusal("getUpdates", json!({ "timeout": 50 }));
    let set = async {
        desk.emulator.until(|world| world.polls() == 1).await;
        desk.get("setWebhook", json!({ "url": "https://bot.example.com/" })).await
    };
    let (refused, _) = tokio::join!(poll, set);
    assert_eq!(refused, "Conflict: terminated by setWebhook request");
}

#[tokio::test]
async fn who_writes_to_a_blocked_bot_unblocks_it_first() {
    let desk = Desk::open().await;
    desk.emulator.say(ANNA, ANNA, "/start");
    desk.emulator.block(ANNA);
    desk.emulator.say(ANNA, ANNA, "/start");
    let updates = desk.get("getUpdates", json!({ "offset": -2 })).await;
    assert_eq!(updates[0]["my_chat_member"]["new_chat_member"]["status"], "member");
    assert_eq!(updates[1]["message"]["text"], "/start");
}
