//! Answers of the bot: to what is there, to what is gone, to a part of a message, to another chat.

use super::{ANNA, BORIS, Desk, STAFF_CHAT, id_of};
use serde_json::{Value, json};

fn reply(parameters: Value) -> Value {
    json!({ "chat_id": ANNA, "text": "x", "reply_parameters": parameters })
}

#[tokio::test]
async fn reply_parameters_are_refused_with_telegrams_words() {
    let desk = Desk::open().await;
    let hers = desk.emulator.say(ANNA, ANNA, "Сколько стоит лицензия?").0;
    let cases = [
        (reply(json!({ "message_id": 77 })), "message to be replied not found"),
        (json!({ "chat_id": ANNA, "text": "x", "reply_to_message_id": 77 }), "message to be replied not found"),
        (reply(json!({ "chat_id": ANNA })), "can't find field \"message_id\""),
        (reply(json!({ "message_id": "x" })), "field \"message_id\" must be a valid Number"),
        (reply(json!([])), "object expected as reply parameters"),
        (json!({ "chat_id": ANNA, "text": "x", "reply_parameters": "{" }), "can't parse reply parameters JSON object"),
        (
            reply(json!({ "message_id": hers, "allow_sending_without_reply": "true" })),
            "field \"allow_sending_without_reply\" must be of type Boolean",
        ),
        (reply(json!({ "message_id": hers, "quote": "лицензии" })), "QUOTE_TEXT_INVALID"),
        (
            reply(json!({ "message_id": hers, "quote": "<b>x", "quote_parse_mode": "HTML" })),
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (reply(json!({ "message_id": 1, "chat_id": 999 })), "chat not found"),
    ];
    for (params, text) in cases {
        assert_eq!(desk.refusal("sendMessage", params.clone()).await, format!("Bad Request: {text}"), "{params}");
    }
    let gone = reply(json!({ "message_id": 77, "allow_sending_without_reply": true }));
    for params in [gone, reply(json!({})), reply(json!({ "message_id": 0 }))] {
        assert!(desk.get("sendMessage", params).await["reply_to_message"].is_null());
    }
}

#[tokio::test]
async fn a_quote_stands_where_it_was_found() {
    let desk = Desk::open().await;
    let hers = desk.emulator.say(ANNA, ANNA, "🏟 раз и раз").0;
    let first = reply(json!({ "message_id": hers, "quote": "<i>раз</i>", "quote_parse_mode": "HTML" }));
    let sent = desk.get("sendMessage", first).await;
    assert_eq!(sent["quote"], json!({ "text": "раз", "position": 3, "is_manual": true }));
    assert_eq!(sent["reply_to_message"]["message_id"], hers);
    let second = reply(json!({ "message_id": hers, "quote": "раз", "quote_position": 9 }));
    assert_eq!(desk.get("sendMessage", second).await["quote"]["position"], 9);
}

#[tokio::test]
async fn an_answer_to_another_chat_shows_where_it_comes_from() {
    let desk = Desk::open().await;
    desk.emulator.say(ANNA, ANNA, "/start");
    let theirs = desk.emulator.say(STAFF_CHAT, BORIS, "цена 10000").0;
    let there = reply(json!({ "message_id": theirs, "chat_id": STAFF_CHAT }));
    let sent = desk.get("sendMessage", there).await;
    assert_eq!(sent["external_reply"]["message_id"], theirs);
    assert_eq!(sent["external_reply"]["chat"]["id"], STAFF_CHAT);
    assert!(sent["reply_to_message"].is_null());
    let secret = json!({ "chat_id": STAFF_CHAT, "text": "x", "protect_content": true });
    let secret = id_of(&desk.get("sendMessage", secret).await).0;
    let hidden = desk.get("sendMessage", reply(json!({ "message_id": secret, "chat_id": STAFF_CHAT }))).await;
    assert!(hidden["external_reply"].is_null(), "{hidden}");
    desk.emulator.remove_bot(STAFF_CHAT, BORIS);
    let refused = desk.refusal("sendMessage", reply(json!({ "message_id": theirs, "chat_id": STAFF_CHAT }))).await;
    assert_eq!(refused, "Forbidden: bot was kicked from the supergroup chat");
}
