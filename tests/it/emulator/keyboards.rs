//! Buttons on messages and in place of keyboards.

use super::{ANNA, Desk, STAFF_CHAT, id_of};
use keydesk_emulator::{NotChosen, ReplyKeyboard};
use serde_json::{Value, json};

fn to(chat: i64, markup: Value) -> Value {
    json!({ "chat_id": chat, "text": "x", "reply_markup": markup })
}

fn inline(button: Value) -> Value {
    to(ANNA, json!({ "inline_keyboard": [[button]] }))
}

fn inline_in_group(button: Value) -> Value {
    to(STAFF_CHAT, json!({ "inline_keyboard": [[button]] }))
}

fn keyboard(chat: i64, button: Value) -> Value {
    to(chat, json!({ "keyboard": [[button]] }))
}

impl Desk {
    async fn open_to_anna_for_buttons() -> Desk {
        let desk = Desk::open().await;
        desk.emulator.say(ANNA, ANNA, "/start");
        desk
    }

    async fn refuses(&self, cases: impl IntoIterator<Item = (Value, &str)>) {
        for (params, text) in cases {
            assert_eq!(self.refusal("sendMessage", params.clone()).await, format!("Bad Request: {text}"), "{params}");
        }
    }
}

#[tokio::test]
async fn buttons_are_refused_with_telegrams_words() {
    let desk = Desk::open_to_anna_for_buttons().await;
    let many: Vec<Value> = (0..101).map(|n| json!([{ "text": "x", "callback_data": format!("{n}") }])).collect();
    desk.refuses([
        (inline(json!({ "text": "x", "callback_data": "ы".repeat(33) })), "BUTTON_DATA_INVALID"),
        (inline(json!("x")), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (inline(json!({ "callback_data": "x" })), "can't parse inline keyboard button: Can't find field \"text\""),
        (
            inline(json!({ "text": "x" })),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline(json!({ "text": "x", "callback_data": null })),
            "can't parse inline keyboard button: Field \"callback_data\" must be of type String",
        ),
        (
            inline(json!({ "text": "x", "callback_data": "x", "style": "gaudy" })),
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (
            inline(json!({ "text": "x", "copy_text": {} })),
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            inline(json!({ "text": "x", "login_url": { "url": "https://example.com", "bot_username": "a-b" } })),
            "can't parse inline keyboard button: LoginUrl bot username is invalid",
        ),
        (inline(json!({ "text": "\r", "callback_data": "x" })), "inline keyboard button text must be non-empty"),
        (
            inline(json!({ "text": "x", "url": "nowhere" })),
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            inline(json!({ "text": "x", "web_app": { "url": "http://example.com" } })),
            "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
        ),
        (
            inline(json!({ "text": "x", "login_url": { "url": "example.com" } })),
            "inline keyboard button login URL 'example.com' is invalid: Only HTTPS links are allowed",
        ),
        (inline(json!({ "text": "x", "login_url": { "url": "https://example.com" } })), "BOT_DOMAIN_INVALID"),
        (inline_in_group(json!({ "text": "x", "web_app": { "url": "https://example.com" } })), "BUTTON_TYPE_INVALID"),
        (inline(json!({ "text": "x", "copy_text": { "text": "x".repeat(257) } })), "BUTTON_COPY_TEXT_INVALID"),
        (to(ANNA, json!({ "inline_keyboard": many })), "reply markup is too long"),
        (to(ANNA, json!({ "inline_keyboard": "x" })), "field \"inline_keyboard\" must be of type Array"),
        (
            to(ANNA, json!({ "inline_keyboard": ["x"] })),
            "field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays",
        ),
    ])
    .await;
    desk.get("sendMessage", inline(json!({ "text": "x", "callback_data": "ы".repeat(32) }))).await;
}

#[tokio::test]
async fn buttons_come_back_as_they_were_sent() {
    let desk = Desk::open_to_anna_for_buttons().await;
    let rows = json!([
        [{ "text": "Да", "callback_data": "yes", "style": "success" }, { "text": "7", "callback_data": "7" }],
        [{ "text": "Номер", "copy_text": { "text": "449" }, "icon_custom_emoji_id": "5368324170671202286" }],
        [{ "text": "Позже", "disabled": {} }, { "text": "Чат", "switch_inline_query": "" }],
        [{ "text": "Касса", "web_app": { "url": "https://example.com/" } }],
    ]);
    let sent = desk.get("sendMessage", to(ANNA, json!({ "inline_keyboard": rows }))).await;
    assert_eq!(sent["reply_markup"]["inline_keyboard"], rows);
    let numbers = json!({ "inline_keyboard": [[{ "text": 7, "callback_data": 8 }, { "text": "", "pay": true }], []] });
    let sent = desk.get("sendMessage", to(ANNA, numbers)).await;
    assert_eq!(sent["reply_markup"]["inline_keyboard"], json!([[{ "text": "7", "callback_data": "8" }]]));
}

#[tokio::test]
async fn keyboards_are_checked_and_kept() {
    let desk = Desk::open_to_anna_for_buttons().await;
    desk.refuses([
        (keyboard(ANNA, json!(5)), "can't parse keyboard button: KeyboardButton must be a String or an Object"),
        (keyboard(ANNA, json!({})), "can't parse keyboard button: Can't find field \"text\""),
        (keyboard(ANNA, json!("\r")), "keyboard button text must be non-empty"),
        (
            keyboard(STAFF_CHAT, json!({ "text": "x", "request_contact": true })),
            "phone number can be requested in private chats only",
        ),
        (
            keyboard(STAFF_CHAT, json!({ "text": "x", "web_app": { "url": "https://example.com" } })),
            "web App buttons can be used in private chats only",
        ),
        (
            keyboard(ANNA, json!({ "text": "x", "web_app": { "url": "http://example.com" } })),
            "keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
        ),
        (to(ANNA, json!({ "keyboard": ["x"] })), "field \"keyboard\" must be an Array of Arrays"),
        (to(ANNA, json!({ "remove_keyboard": 1 })), "field \"remove_keyboard\" must be of type Boolean"),
    ])
    .await;
    let shown = json!({ "keyboard": [["Да", { "text": "Телефон", "request_contact": true }], [""]] });
    for (markup, kept) in [
        (shown, ReplyKeyboard::Shown(vec![vec!["Да".into(), "Телефон".into()]])),
        (json!({ "remove_keyboard": true }), ReplyKeyboard::Removed),
        (json!({ "force_reply": true, "input_field_placeholder": "Сумма" }), ReplyKeyboard::ForcedReply),
    ] {
        let sent = desk.get("sendMessage", to(ANNA, markup)).await;
        assert!(sent["reply_markup"].is_null(), "{sent}");
        let message = desk.emulator.message(ANNA, id_of(&sent)).unwrap();
        assert_eq!(message.extras.reply_keyboard, Some(kept));
    }
}

async fn newest(desk: &Desk) -> Value {
    desk.get("getUpdates", json!({})).await.as_array().unwrap().last().unwrap().clone()
}

#[tokio::test]
async fn people_are_chosen_in_private_as_the_button_asks() {
    let desk = Desk::open_to_anna_for_buttons().await;
    let asks = |more: Value| {
        let mut asked = json!({ "request_id": 7, "user_is_bot": false });
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "text": "Кто?", "request_users": asked })
    };
    desk.refuses([
        (keyboard(STAFF_CHAT, asks(json!({}))), "users can be requested in private chats only"),
        (
            keyboard(ANNA, json!({ "text": "x", "request_users": {} })),
            "can't parse keyboard button: Can't find field \"request_id\"",
        ),
        (
            keyboard(ANNA, asks(json!({ "request_id": 1_i64 << 40 }))),
            "can't parse keyboard button: Field \"request_id\" must be a valid Number",
        ),
    ])
    .await;
    let choose = |chosen: &[i64]| desk.emulator.choose_people(ANNA, "Кто?", chosen);
    let none = NotChosen::NoSuchButton { person: ANNA, label: "Кто?".to_owned() };
    assert_eq!(choose(&[ANNA]), Err(none.clone()));
    desk.get("sendMessage", keyboard(ANNA, asks(json!({})))).await;
    assert_eq!(choose(&[]), Err(NotChosen::TooMany { person: ANNA, most: 1 }));
    assert_eq!(choose(&[404]), Err(NotChosen::Nobody(404)));
    choose(&[ANNA]).unwrap();
    let shared = newest(&desk).await["message"]["users_shared"].clone();
    assert_eq!(shared, json!({ "request_id": 7, "users": [{ "user_id": ANNA }] }));
    let named = asks(json!({ "max_quantity": 2, "request_name": true, "request_username": true }));
    desk.get("sendMessage", keyboard(ANNA, named)).await;
    choose(&[ANNA]).unwrap();
    let shared = newest(&desk).await["message"]["users_shared"].clone();
    assert_eq!(shared["users"][0]["first_name"], "Анна", "{shared}");
    desk.get("sendMessage", to(ANNA, json!({ "remove_keyboard": true }))).await;
    assert_eq!(choose(&[ANNA]), Err(none));
}

#[tokio::test]
async fn a_message_with_a_keyboard_is_never_edited() {
    let desk = Desk::open_to_anna_for_buttons().await;
    for markup in [json!({ "keyboard": [["Да"]] }), json!({ "remove_keyboard": true }), json!({ "force_reply": true })]
    {
        let sent = desk.get("sendMessage", to(ANNA, markup)).await;
        let edit = json!({ "chat_id": ANNA, "message_id": sent["message_id"], "text": "y" });
        for method in ["editMessageText", "editMessageReplyMarkup"] {
            assert_eq!(desk.refusal(method, edit.clone()).await, "Bad Request: message can't be edited", "{method}");
        }
    }
    let sent = desk.get("sendMessage", to(ANNA, json!({}))).await;
    let edit = json!({
        "chat_id": ANNA, "message_id": sent["message_id"], "text": "y", "reply_markup": { "keyboard": [["Да"]] },
    });
    assert_eq!(desk.refusal("editMessageText", edit).await, "Bad Request: inline keyboard expected");
}
