//! Chats that outlive the emulator.

use super::{ANNA, Desk, STAFF_CHAT, id_of};
use keydesk_emulator::{Content, Emulator, Setup};
use serde_json::json;

#[tokio::test]
async fn chats_are_restored_with_all_that_was_said_sent_and_set() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open().await;
    let asked = desk.emulator.say(ANNA, ANNA, "/start");
    let bytes = b"AAAA-1".to_vec();
    let document = Content::Document { name: "a.txt".into(), mime: "text/plain".into(), bytes, caption: None };
    desk.emulator.send(ANNA, ANNA, document);
    let keyboard = json!([[{ "text": "Да", "callback_data": "yes", "style": "success" }]]);
    let text = "<b>Заказ</b> <tg-time unix=\"1766000000\" format=\"r\">в полдень</tg-time>";
    let message = json!({
        "chat_id": ANNA, "text": text, "parse_mode": "HTML", "reply_markup": { "inline_keyboard": keyboard },
        "reply_parameters": { "message_id": asked.0 },
    });
    let sent = id_of(&desk.get("sendMessage", message).await);
    desk.emulator.say(STAFF_CHAT, ANNA, "кто возьмет?");
    desk.emulator.block(ANNA);
    // A file is written once, so the second time only the chats are.
    desk.emulator.save(folder.path()).unwrap();
    desk.emulator.save(folder.path()).unwrap();

    let restored = Desk { emulator: Emulator::start(Setup::loopback()).await.unwrap(), client: desk.client };
    assert!(restored.emulator.restore(folder.path()).unwrap());
    for chat in [ANNA, STAFF_CHAT] {
        assert_eq!(restored.emulator.messages(chat), desk.emulator.messages(chat));
    }
    let file = restored.emulator.messages(ANNA)[1].file().unwrap().file_id.clone();
    assert_eq!(restored.emulator.file(&file), Some(("a.txt".into(), b"AAAA-1".to_vec())));
    assert!(restored.emulator.look(|world| world.has_blocked(ANNA)));
    restored.emulator.unblock(ANNA);
    restored.emulator.tap(ANNA, ANNA, sent, "Да").unwrap();
    let updates = restored.get("getUpdates", json!({})).await;
    let last = desk.emulator.last_update_id();
    assert_eq!(updates.as_array().unwrap().last().unwrap()["update_id"], last + 1 + 1, "after the unblocking");
    let next = restored.emulator.say(ANNA, ANNA, "?");
    assert!(desk.emulator.messages(ANNA).iter().all(|message| message.id < next));
}

#[tokio::test]
async fn a_folder_without_chats_is_told_from_one_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open().await;
    assert!(!desk.emulator.restore(folder.path()).unwrap());
    std::fs::write(folder.path().join("chats.json"), "{").unwrap();
    desk.emulator.restore(folder.path()).unwrap_err();
}
