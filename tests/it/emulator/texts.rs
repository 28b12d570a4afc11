//! Texts and captions: emptiness, entities, lengths.

use super::{ANNA, Desk};
use serde_json::{Value, json};

fn text(text: &str) -> Value {
    json!({ "chat_id": ANNA, "text": text })
}

fn marked(entity: Value) -> Value {
    json!({ "chat_id": ANNA, "text": "🏟 счет", "entities": [entity] })
}

fn html(text: &str) -> Value {
    json!({ "chat_id": ANNA, "text": text, "parse_mode": "HTML" })
}

impl Desk {
    async fn open_to_annas_texts() -> Desk {
        let desk = Desk::open().await;
        desk.emulator.say(ANNA, ANNA, "/start");
        desk
    }
}

#[tokio::test]
async fn texts_are_refused_with_telegrams_words() {
    let desk = Desk::open_to_annas_texts().await;
    let cases = [
        (json!({ "chat_id": ANNA }), "message text is empty"),
        (json!({ "text": "hi" }), "chat_id is empty"),
        (text(&"я".repeat(4097)), "message is too long"),
        (text(&"я".repeat(16_385)), "text is too long"),
        (html("<b>x"), "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        (json!({ "chat_id": ANNA, "text": "x", "parse_mode": "BBCode" }), "unsupported parse_mode"),
        (
            json!({ "chat_id": ANNA, "text": "hi", "reply_markup": "{" }),
            "can't parse reply keyboard markup JSON object",
        ),
    ];
    for (params, text) in cases {
        assert_eq!(desk.refusal("sendMessage", params).await, format!("Bad Request: {text}"));
    }
    let longest = html(&format!(" <b>{}</b> ", "я".repeat(4096)));
    assert_eq!(desk.call("sendMessage", longest).await["ok"], true);
}

#[tokio::test]
async fn a_text_that_nobody_can_see_is_refused_and_a_caption_vanishes() {
    let desk = Desk::open_to_annas_texts().await;
    let sent = desk.get("sendMessage", text("x")).await;
    for unseen in [" \n", "\u{200b}", "\u{2800}\u{a0}", "\u{3000}\u{feff}", "\u{202e}", "\r"] {
        let refused = desk.refusal("sendMessage", text(unseen)).await;
        assert_eq!(refused, "Bad Request: text must be non-empty", "{unseen:?}");
        let edit = json!({ "chat_id": ANNA, "message_id": sent["message_id"], "text": unseen });
        assert_eq!(desk.refusal("editMessageText", edit).await, refused, "{unseen:?}");
        let file = desk.uploads(ANNA, "sendDocument", "document", b"x", &[("caption", unseen)]).await;
        assert!(file["result"]["document"].is_object() && file["result"]["caption"].is_null(), "{file}");
    }
    assert_eq!(desk.refusal("sendMessage", html("<b>&#8203;</b>")).await, "Bad Request: text must be non-empty");
    assert_eq!(desk.get("sendMessage", text("\u{200b}.")).await["text"], "\u{200b}.");
}

#[tokio::test]
async fn entities_that_do_not_fit_are_refused() {
    let desk = Desk::open_to_annas_texts().await;
    let bold = |offset: i64, length: i64| marked(json!({ "type": "bold", "offset": offset, "length": length }));
    let cases = [
        (marked(json!(1)), "can't parse MessageEntity: expected an Object"),
        (marked(json!({ "type": "bold", "length": 1 })), "can't parse MessageEntity: Can't find field \"offset\""),
        (
            marked(json!({ "type": "bold", "offset": [], "length": 1 })),
            "can't parse MessageEntity: Field \"offset\" must be a Number",
        ),
        (
            marked(json!({ "type": "shiny", "offset": 0, "length": 1 })),
            "can't parse MessageEntity: Unsupported type specified",
        ),
        (
            marked(json!({ "type": "text_link", "offset": 0, "length": 2 })),
            "can't parse MessageEntity: Can't find field \"url\"",
        ),
        (
            marked(json!({ "type": "text_link", "offset": 0, "length": 2, "url": "nowhere" })),
            "entity URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            marked(json!({ "type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "0" })),
            "invalid custom emoji identifier specified",
        ),
        (bold(-1, 1), "receive an entity with incorrect offset -1"),
        (bold(1, 1), "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (bold(8, 1), "entity begins after the end of the text at UTF-16 offset 8"),
        (bold(3, 5), "entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 8"),
    ];
    for (params, text) in cases {
        assert_eq!(desk.refusal("sendMessage", params).await, format!("Bad Request: {text}"));
    }
    let fitting = desk.get("sendMessage", bold(3, 4)).await;
    assert_eq!(fitting["entities"], json!([{ "type": "bold", "offset": 3, "length": 4 }]));
    let own = marked(json!({ "type": "hashtag", "offset": 77, "length": 1 }));
    assert!(desk.get("sendMessage", own).await["entities"].is_null());
    let broken = json!({ "chat_id": ANNA, "text": "x", "entities": "{" });
    assert_eq!(desk.get("sendMessage", broken).await["text"], "x");
}

#[tokio::test]
async fn marks_stand_where_they_stood_when_characters_go_away() {
    let desk = Desk::open_to_annas_texts().await;
    let sent = desk.get("sendMessage", html("Счет\r\n\u{2028}<b>№\r5</b>")).await;
    assert_eq!(sent["text"], "Счет\n№5");
    assert_eq!(sent["entities"], json!([{ "type": "bold", "offset": 5, "length": 2 }]));
    assert_eq!(
        desk.refusal("sendMessage", html("a\r\n<x>")).await,
        "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3"
    );
}
