//! What the page shows of the chats, and what a visitor does in them.

use super::{ANNA, STAFF, Theatre, VERA, said};
use chrono::DateTime;
use keydesk::domain::ChatId;
use keydesk::telegram::limits::Holds;
use keydesk_emulator::Content;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_written_appears_at_once_and_only_in_its_own_chat() {
    let theatre = Theatre::open().await;
    let mut events = theatre.events().await;
    let first = events.next().await.unwrap();
    let keys: Vec<&Value> = first["panes"].as_array().unwrap().iter().map(|pane| &pane["pane"]).collect();
    assert_eq!(keys, ["anna", "staff"]);

    let (status, _) = theatre.act("/act/say", said("anna", ANNA, "/start now")).await;
    assert_eq!(status, StatusCode::OK);

    let second = events.until(|event| event["panes"][0]["messages"][0].is_object()).await;
    assert_eq!(second["panes"].as_array().unwrap().len(), 1);
    let message = &second["panes"][0]["messages"][0];
    assert_eq!(message["text"], "/start now");
    assert_eq!(message["from"], json!({ "id": ANNA, "name": "Анна", "bot": false }));
    assert_eq!(message["entities"][0], json!({ "type": "bot_command", "offset": 0, "length": 6, "url": null }));
}

#[tokio::test]
async fn a_message_of_the_bot_is_shown_with_its_marks_and_buttons() {
    let theatre = Theatre::open().await;
    theatre.act("/act/say", said("anna", ANNA, "/start")).await;
    let keyboard = json!([[
        { "text": "Новый заказ", "callback_data": "n" },
        { "text": "Условия", "url": "https://example.com/terms" },
    ]]);
    let markup = json!({ "inline_keyboard": keyboard });
    let text =
        json!({ "chat_id": ANNA, "text": "<b>Заказ</b> <i>№450</i>", "parse_mode": "HTML", "reply_markup": markup });
    theatre.bot_calls("sendMessage", text).await;

    let state = theatre.events().await.next().await.unwrap();
    let message = &state["panes"][0]["messages"][1];
    assert_eq!(message["from"], json!({ "id": null, "name": "keydesk", "bot": true }));
    assert_eq!(message["text"], "Заказ №450");
    assert_eq!(message["entities"][1], json!({ "type": "italic", "offset": 6, "length": 4, "url": null }));
    let shown =
        json!([[{ "label": "Новый заказ", "url": null }, { "label": "Условия", "url": "https://example.com/terms" }]]);
    assert_eq!(message["keyboard"], shown);
}

#[tokio::test]
async fn a_press_is_answered_by_the_bot_under_its_own_id() {
    let theatre = Theatre::open().await;
    theatre.act("/act/say", said("anna", ANNA, "/start")).await;
    let markup = json!({ "inline_keyboard": [[{ "text": "Отправить заказ", "callback_data": "send" }]] });
    let message = json!({ "chat_id": ANNA, "text": "Подтверждение", "reply_markup": markup });
    let id = theatre.bot_calls("sendMessage", message).await["message_id"].clone();

    let press = json!({ "pane": "anna", "person": ANNA, "message": id, "label": "Отправить заказ" });
    let (status, pressed) = theatre.act("/act/tap", press).await;
    assert_eq!(status, StatusCode::OK);
    let mut events = theatre.events().await;
    let answer =
        json!({ "callback_query_id": pressed["callback"], "text": "Заказ №450 уже отправлен", "show_alert": true });
    theatre.bot_calls("answerCallbackQuery", answer).await;

    let event = events.until(|event| event["answers"][0].is_object()).await;
    let shown = json!({ "callback": pressed["callback"], "text": "Заказ №450 уже отправлен", "alert": true });
    assert_eq!(event["answers"], json!([shown]));
}

#[tokio::test]
async fn a_reply_and_its_document_travel_to_the_chat_and_back() {
    let theatre = Theatre::open().await;
    theatre.act("/act/say", said("staff", VERA, "Счет")).await;
    let to = theatre.emulator.last_message(STAFF).unwrap().id.0;
    let form = Form::new()
        .text("pane", "staff")
        .text("person", VERA.to_string())
        .text("caption", "25 000,00")
        .text("reply_to", to.to_string())
        .part("file", Part::bytes(b"%PDF".to_vec()).file_name("счёт.pdf").mime_str("application/pdf").unwrap());
    assert_eq!(theatre.send_file(form).await.0, StatusCode::OK);

    let state = theatre.events().await.next().await.unwrap();
    let message = &state["panes"][1]["messages"][1];
    assert_eq!(message["text"], "25 000,00");
    assert_eq!(message["reply_to"], to);
    assert_eq!(message["document"]["name"], "счёт.pdf");
    assert_eq!(message["document"]["size"], 4);

    let file = theatre.get(message["document"]["href"].as_str().unwrap()).await;
    assert_eq!(file.headers()[CONTENT_TYPE], "application/octet-stream");
    assert_eq!(file.headers()[CONTENT_DISPOSITION], "attachment; filename*=UTF-8''%D1%81%D1%87%D1%91%D1%82.pdf");
    assert_eq!(file.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(file.bytes().await.unwrap().as_ref(), b"%PDF");
}

#[tokio::test]
async fn a_picture_travels_as_a_photo_and_is_shown_as_what_it_is() {
    let theatre = Theatre::open().await;
    for (name, bytes) in [("скан.png", &b"\x89PNG\r\n\x1a\n"[..]), ("скан.svg", b"<svg onload='alert(1)'/>")] {
        let file = Part::bytes(bytes.to_vec()).file_name(name).mime_str("image/png").unwrap();
        let form = Form::new().text("pane", "anna").text("person", ANNA.to_string()).part("file", file);
        assert_eq!(theatre.send_file(form).await.0, StatusCode::OK);
    }
    let state = theatre.events().await.next().await.unwrap();
    let [photo, document] = [0, 1].map(|index| state["panes"][0]["messages"][index].clone());
    assert_eq!((&photo["document"], &document["photo"]), (&Value::Null, &Value::Null));
    let shown = theatre.get(photo["photo"]["src"].as_str().unwrap()).await;
    assert_eq!(shown.headers()[CONTENT_TYPE], "image/png");
    assert_eq!(shown.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");

    let saved = document["document"]["href"].as_str().unwrap();
    assert_eq!(theatre.get(saved).await.headers()[CONTENT_TYPE], "application/octet-stream");
    let forced = theatre.get(&saved.replace("/file/", "/photo/")).await;
    assert_eq!(forced.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_person_can_block_the_bot_and_a_group_cannot() {
    let theatre = Theatre::open().await;
    theatre.act("/act/say", said("anna", ANNA, "/start")).await;
    let anna = json!({ "pane": "anna", "person": ANNA });
    assert_eq!(theatre.act("/act/block", anna.clone()).await.0, StatusCode::OK);
    assert_eq!(theatre.events().await.next().await.unwrap()["panes"][0]["blocked"], true);
    assert_eq!(theatre.act("/act/unblock", anna).await.0, StatusCode::OK);
    assert_eq!(theatre.events().await.next().await.unwrap()["panes"][0]["blocked"], false);

    let (status, answer) = theatre.act("/act/block", json!({ "pane": "staff", "person": VERA })).await;
    assert_eq!((status, answer), (StatusCode::NOT_FOUND, json!({ "error": "unknown_person" })));
}

#[tokio::test]
async fn what_the_bot_does_not_see_in_a_group_is_marked() {
    let theatre = Theatre::open().await;
    for text in ["коллеги, кто возьмет?", "/queue", "/queue@keydesk_bot"] {
        theatre.act("/act/say", said("staff", VERA, text)).await;
    }
    let state = theatre.events().await.next().await.unwrap();
    let messages = state["panes"][1]["messages"].as_array().unwrap();
    let unseen: Vec<&Value> = messages.iter().map(|message| &message["unseen"]).collect();
    assert_eq!(unseen, [true, true, false]);
}

#[tokio::test]
async fn what_the_page_cannot_show_is_named() {
    let theatre = Theatre::open().await;
    for content in [Content::Sticker, Content::Voice] {
        theatre.emulator.send(ANNA, ANNA, content);
    }
    let state = theatre.events().await.next().await.unwrap();
    let messages = state["panes"][0]["messages"].as_array().unwrap();
    let named: Vec<&Value> = messages.iter().map(|message| &message["placeholder"]).collect();
    assert_eq!(named, ["sticker", "voice"]);
}

#[tokio::test]
async fn commands_of_the_bot_are_listed_in_the_language_of_the_chat() {
    let theatre = Theatre::open().await;
    let list = |description: &str| json!([{ "command": "new", "description": description }]);
    theatre.bot_calls("setMyCommands", json!({ "commands": list("New order") })).await;
    let scope = json!({ "type": "all_private_chats" });
    let russian = json!({ "commands": list("Новый заказ"), "scope": scope, "language_code": "ru" });
    theatre.bot_calls("setMyCommands", russian).await;

    let state = theatre.events().await.next().await.unwrap();
    let shown =
        |description: &str, sends: &str| json!([{ "command": "new", "description": description, "sends": sends }]);
    assert_eq!(state["panes"][0]["people"][0]["commands"], shown("Новый заказ", "/new"));
    assert_eq!(state["panes"][1]["people"][0]["commands"], shown("New order", "/new@keydesk_bot"));
}

#[tokio::test]
async fn a_chat_tells_until_when_the_flood_limits_hold_its_messages_back() {
    let theatre = Theatre::open().await;
    let mut events = theatre.events().await;
    assert_eq!(events.next().await.unwrap()["panes"][1]["held_until"], Value::Null);
    let until = DateTime::from_timestamp_millis(1_766_000_000_500).unwrap();
    theatre.holds.send_replace(Holds::from([(ChatId(STAFF), until)]));
    let state = events.next().await.unwrap();
    assert_eq!(state["panes"].as_array().unwrap().len(), 1, "only the staff's chat changed: {state}");
    assert_eq!(state["panes"][0]["held_until"], 1_766_000_000_500_i64);
    theatre.holds.send_replace(Holds::new());
    assert_eq!(events.next().await.unwrap()["panes"][0]["held_until"], Value::Null);
}
