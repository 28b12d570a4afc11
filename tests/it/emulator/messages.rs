//! Sending, editing, deleting, answering: results and refusals.

use super::{ANNA, Desk, STAFF_CHAT, id_of, moving_clock};
use keydesk_emulator::{AnswerOutcome, Content, FloodLimits, Setup};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

#[tokio::test]
async fn a_bot_cannot_write_first() {
    let desk = Desk::open().await;
    let hello = json!({ "chat_id": ANNA, "text": "hi" });
    assert_eq!(
        desk.refusal("sendMessage", hello.clone()).await,
        "Forbidden: bot can't initiate conversation with a user"
    );
    desk.emulator.say(ANNA, ANNA, "/start");
    assert_eq!(desk.get("sendMessage", hello).await["text"], "hi");
    assert_eq!(
        desk.refusal("sendMessage", json!({ "chat_id": 999, "text": "hi" })).await,
        "Bad Request: chat not found"
    );
}

#[tokio::test]
async fn a_person_who_blocked_the_bot_or_left_telegram_cannot_be_reached() {
    let desk = Desk::open().await;
    let hello = json!({ "chat_id": ANNA, "text": "hi" });
    desk.emulator.say(ANNA, ANNA, "/start");
    desk.emulator.block(ANNA);
    assert_eq!(desk.refusal("sendMessage", hello.clone()).await, "Forbidden: bot was blocked by the user");
    desk.emulator.unblock(ANNA);
    assert_eq!(desk.call("sendMessage", hello.clone()).await["ok"], true);
    desk.emulator.deactivate(ANNA);
    assert_eq!(desk.refusal("sendMessage", hello).await, "Forbidden: user is deactivated");
}

#[tokio::test]
async fn an_edit_shows_in_place_and_an_idle_one_is_refused() {
    let desk = Desk::open().await;
    let sent = desk.send_to_anna("one", json!([[{ "text": "Да", "callback_data": "yes" }]])).await;
    let edit = json!({ "chat_id": ANNA, "message_id": sent["message_id"], "text": "two" });
    assert_eq!(desk.get("editMessageText", edit.clone()).await["text"], "two");
    let shown = desk.emulator.message(ANNA, id_of(&sent)).unwrap();
    assert_eq!((shown.text.as_str(), shown.keyboard.len()), ("two", 0));
    assert!(
        desk.refusal("editMessageText", edit).await.starts_with("Bad Request: message is not modified: specified new")
    );
    let long = json!({ "chat_id": ANNA, "message_id": sent["message_id"], "text": "я".repeat(4097) });
    assert_eq!(desk.refusal("editMessageText", long).await, "Bad Request: MESSAGE_TOO_LONG");
}

#[tokio::test]
async fn what_is_gone_or_not_the_bots_cannot_be_edited() {
    let desk = Desk::open().await;
    let hers = desk.emulator.say(ANNA, ANNA, "/start");
    let edit = |id: i32| json!({ "chat_id": ANNA, "message_id": id, "text": "x" });
    assert_eq!(desk.refusal("editMessageText", edit(hers.0)).await, "Bad Request: message can't be edited");
    assert_eq!(desk.refusal("editMessageText", edit(99)).await, "Bad Request: message to edit not found");
    let sent = desk.send_to_anna("one", json!([])).await;
    desk.emulator.delete_message(ANNA, id_of(&sent));
    assert_eq!(desk.refusal("editMessageText", edit(id_of(&sent).0)).await, "Bad Request: message to edit not found");
    let delete = json!({ "chat_id": ANNA, "message_id": sent["message_id"] });
    assert_eq!(desk.refusal("deleteMessage", delete).await, "Bad Request: message to delete not found");
}

#[tokio::test]
async fn a_press_is_answered_in_time_or_not_at_all() {
    let (now, clock) = moving_clock();
    let desk = Desk::open_with(Setup { now: clock, ..Setup::loopback() }).await;
    let sent = desk.send_to_anna("?", json!([[{ "text": "Да", "callback_data": "yes" }]])).await;
    let press = desk.emulator.tap(ANNA, ANNA, id_of(&sent), "Да").unwrap();
    let answer = json!({ "callback_query_id": press.0, "text": "Принято" });
    assert_eq!(desk.get("answerCallbackQuery", answer.clone()).await, true);
    now(16);
    let late = "Bad Request: query is too old and response timeout expired or query ID is invalid";
    assert_eq!(desk.refusal("answerCallbackQuery", answer).await, late);
    assert_eq!(desk.refusal("answerCallbackQuery", json!({ "callback_query_id": "1" })).await, late);
    let outcomes: Vec<_> = desk.emulator.answers().iter().map(|answer| answer.outcome).collect();
    assert_eq!(outcomes, [AnswerOutcome::Shown, AnswerOutcome::Late, AnswerOutcome::Unknown]);
    let missing = desk.emulator.tap(ANNA, ANNA, id_of(&sent), "Нет").unwrap_err();
    assert_eq!(missing.present, [["Да"]]);
}

#[tokio::test]
async fn files_go_both_ways() {
    let desk = Desk::open().await;
    desk.emulator.say(ANNA, ANNA, "/start");
    let file = reqwest::multipart::Part::bytes(b"AAAA-1\nAAAA-2\n".to_vec()).file_name("serials.txt");
    let form = reqwest::multipart::Form::new()
        .text("chat_id", ANNA.to_string())
        .text("document", "attach://file")
        .text("caption", "<b>2</b> шт.")
        .text("parse_mode", "HTML")
        .text("protect_content", "true")
        .part("file", file);
    let sent = desk.client.post(desk.method_url("sendDocument")).multipart(form).send().await.unwrap();
    let sent: Value = sent.json().await.unwrap();
    assert_eq!(sent["result"]["document"]["file_name"], "serials.txt", "{sent}");
    let shown = desk.emulator.last_message(ANNA).unwrap();
    assert_eq!((shown.caption(), shown.protect_content), (Some("2 шт."), true));

    let upload =
        Content::Document { name: "stock.csv".into(), mime: "text/csv".into(), bytes: b"x".to_vec(), caption: None };
    let theirs = desk.emulator.send(ANNA, ANNA, upload);
    let file_id = desk.emulator.message(ANNA, theirs).unwrap().document().unwrap().file_id.clone();
    let file = desk.get("getFile", json!({ "file_id": file_id })).await;
    let path = file["file_path"].as_str().unwrap();
    let url = format!("{}/file/bot{}/{path}", desk.emulator.url(), desk.emulator.token());
    assert_eq!(desk.client.get(url).send().await.unwrap().text().await.unwrap(), "x");
    assert_eq!(desk.emulator.file(&file_id), Some(("stock.csv".into(), b"x".to_vec())));
}

#[tokio::test]
async fn a_flood_is_refused_until_the_time_that_was_named() {
    let mut setup = Setup::loopback();
    setup.limits = Some(FloodLimits::default());
    setup.now = Arc::new(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let desk = Desk::open_with(setup).await;
    desk.emulator.say(ANNA, ANNA, "/start");
    let hello = json!({ "chat_id": ANNA, "text": "hi" });
    for _ in 0..12 {
        assert_eq!(desk.call("sendMessage", hello.clone()).await["ok"], true);
    }
    let refused = desk.call("sendMessage", hello).await;
    assert_eq!(
        refused,
        json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 1",
                "parameters": { "retry_after": 1 } })
    );
    assert_eq!(desk.emulator.calls().last().unwrap().status_code, 429);
}

#[tokio::test]
async fn a_group_that_became_a_supergroup_names_its_successor() {
    let desk = Desk::open().await;
    let new_id = desk.emulator.migrate_to_supergroup(STAFF_CHAT);
    let refused = desk.call("sendMessage", json!({ "chat_id": STAFF_CHAT, "text": "hi" })).await;
    assert_eq!(
        refused,
        json!({ "ok": false, "error_code": 400, "parameters": { "migrate_to_chat_id": new_id },
                "description": "Bad Request: group chat was upgraded to a supergroup chat" })
    );
    let sent = desk.get("sendMessage", json!({ "chat_id": new_id, "text": "hi" })).await;
    assert_eq!(sent["chat"]["type"], "supergroup");
    let updates = desk.get("getUpdates", json!({})).await;
    assert_eq!(updates[0]["message"]["migrate_to_chat_id"], new_id);
    assert_eq!(updates[1]["message"]["migrate_from_chat_id"], STAFF_CHAT);
}

#[tokio::test]
async fn commands_are_kept_by_scope_and_language() {
    let desk = Desk::open().await;
    let set = json!({
        "commands": [{ "command": "orders", "description": "Заказы" }],
        "scope": { "type": "all_private_chats" }, "language_code": "ru",
    });
    desk.get("setMyCommands", set.clone()).await;
    let asked = json!({ "scope": { "type": "all_private_chats" }, "language_code": "ru" });
    assert_eq!(desk.get("getMyCommands", asked).await, set["commands"]);
    assert_eq!(desk.get("getMyCommands", json!({})).await, json!([]));
    let bad = json!({ "commands": [{ "command": "Orders", "description": "x" }] });
    assert_eq!(desk.refusal("setMyCommands", bad).await, "Bad Request: BOT_COMMAND_INVALID");
}
