//! Messages that go on to other chats: by people, by the bot, and not at all when they are protected.

use super::{ANNA, BORIS, Desk, STAFF_CHAT, id_of};
use keydesk_emulator::{Content, FileKind, MessageId, Protected, Right};
use serde_json::{Value, json};

impl Desk {
    /// An emulator in which Anna has a file of the bot's, protected or not.
    async fn open_with_a_file(protect: bool) -> (Desk, MessageId) {
        let desk = Desk::open().await;
        desk.emulator.say(ANNA, ANNA, "/start");
        let texts = [("protect_content", if protect { "true" } else { "false" }), ("caption", "Ключи")];
        let sent = desk.uploads(ANNA, "sendDocument", "document", b"AAAA-1", &texts).await;
        let id = id_of(&sent["result"]);
        (desk, id)
    }
}

fn on(id: MessageId) -> Value {
    json!({ "chat_id": STAFF_CHAT, "from_chat_id": ANNA, "message_id": id.0 })
}

#[tokio::test]
async fn people_forward_and_save_what_is_not_protected() {
    let (desk, file) = Desk::open_with_a_file(false).await;
    assert_eq!(desk.emulator.save_file(ANNA, file), Ok(Some(("a.txt".into(), b"AAAA-1".to_vec()))));
    let there = desk.emulator.forward_message(ANNA, ANNA, file, STAFF_CHAT).unwrap();
    let forwarded = desk.emulator.message(STAFF_CHAT, there).unwrap();
    assert_eq!((forwarded.caption(), forwarded.forwarded_from), (Some("Ключи"), Some(super::shop_bot().id)));
    let updates = desk.get("getUpdates", json!({ "offset": -1 })).await;
    assert_eq!(updates[0]["message"]["forward_origin"]["sender_user"]["is_bot"], true);
    assert_eq!(updates[0]["message"]["document"]["file_name"], "a.txt");
}

#[tokio::test]
async fn people_neither_forward_nor_save_what_is_protected() {
    let (desk, file) = Desk::open_with_a_file(true).await;
    let protected = Protected { chat: ANNA, message: file.0 };
    assert_eq!(desk.emulator.save_file(ANNA, file), Err(protected));
    assert_eq!(desk.emulator.forward_message(ANNA, ANNA, file, STAFF_CHAT), Err(protected));
    assert_eq!(desk.emulator.messages(STAFF_CHAT), []);
}

#[tokio::test]
async fn the_bot_forwards_with_the_authors_name_and_copies_without() {
    let (desk, file) = Desk::open_with_a_file(false).await;
    let forwarded = desk.get("forwardMessage", on(file)).await;
    assert_eq!(forwarded["forward_origin"]["sender_user"]["id"], super::shop_bot().id);
    assert_eq!(forwarded["caption"], "Ключи");
    let mut copy = on(file);
    copy["caption"] = json!("Ваши ключи");
    let copied = desk.get("copyMessage", copy).await;
    let copied = desk.emulator.message(STAFF_CHAT, id_of(&copied)).unwrap();
    assert_eq!((copied.caption(), copied.forwarded_from), (Some("Ваши ключи"), None));
    let several = |ids: Value| json!({ "chat_id": STAFF_CHAT, "from_chat_id": ANNA, "message_ids": ids });
    assert_eq!(desk.get("copyMessages", several(json!([1, file.0, 77]))).await.as_array().unwrap().len(), 2);
    assert_eq!(
        desk.refusal("forwardMessages", several(json!([file.0, 1]))).await,
        "Bad Request: message identifiers must be in a strictly increasing order"
    );
    assert_eq!(
        desk.refusal("copyMessages", several(json!([77]))).await,
        "Bad Request: there are no messages to forward"
    );
    let edit = json!({ "chat_id": STAFF_CHAT, "message_id": forwarded["message_id"], "caption": "x" });
    assert_eq!(desk.refusal("editMessageCaption", edit).await, "Bad Request: message can't be edited");
}

#[tokio::test]
async fn what_cannot_go_on_is_refused_with_telegrams_words() {
    let (desk, file) = Desk::open_with_a_file(true).await;
    let mut nowhere = on(file);
    nowhere.as_object_mut().unwrap().remove("from_chat_id");
    let cases = [
        ("forwardMessage", nowhere, "parameter \"from_chat_id\" is required"),
        ("forwardMessage", on(MessageId(77)), "message to forward not found"),
        ("copyMessage", on(MessageId(77)), "message to copy not found"),
        ("forwardMessage", on(file), "the message can't be forwarded"),
    ];
    for (method, params, text) in cases {
        assert_eq!(desk.refusal(method, params).await, format!("Bad Request: {text}"));
    }
    desk.get("copyMessage", on(file)).await;
    desk.emulator.restrict_bot(STAFF_CHAT, BORIS, &[Right::SendDocuments]);
    assert_eq!(desk.refusal("copyMessage", on(file)).await, "Bad Request: the message can't be copied");
}

#[tokio::test]
async fn the_bot_reacts_with_one_of_the_known_emoji() {
    let desk = Desk::open().await;
    let hers = desk.emulator.send(ANNA, ANNA, Content::Sticker);
    let react = |reaction: Value| json!({ "chat_id": ANNA, "message_id": hers.0, "reaction": reaction });
    let emoji = |emoji: &str| json!({ "type": "emoji", "emoji": emoji });
    desk.get("setMessageReaction", react(json!([emoji("👍")]))).await;
    assert_eq!(desk.emulator.message(ANNA, hers).unwrap().extras.reaction.as_deref(), Some("👍"));
    desk.get("setMessageReaction", react(json!([]))).await;
    assert_eq!(desk.emulator.message(ANNA, hers).unwrap().extras.reaction, None);
    let cases = [
        (react(json!([emoji("✅")])), "REACTION_INVALID"),
        (react(json!([emoji("👍"), emoji("🔥")])), "REACTIONS_TOO_MANY"),
        (react(json!([{ "type": "paid" }])), "can't parse ReactionType: invalid reaction type specified"),
        (json!({ "chat_id": ANNA, "message_id": 77 }), "message to react not found"),
    ];
    for (params, text) in cases {
        assert_eq!(desk.refusal("setMessageReaction", params).await, format!("Bad Request: {text}"));
    }
}

#[tokio::test]
async fn a_group_chooses_the_reactions_that_stand_in_it() {
    let desk = Desk::open().await;
    let album = desk.emulator.send(STAFF_CHAT, BORIS, Content::Album(2));
    let react = |message: MessageId, emoji: &str| {
        let reaction = json!([{ "type": "emoji", "emoji": emoji }]);
        json!({ "chat_id": STAFF_CHAT, "message_id": message.0, "reaction": reaction })
    };
    assert!(desk.get("getChat", json!({ "chat_id": STAFF_CHAT })).await["available_reactions"].is_null());
    desk.emulator.allow_reactions(STAFF_CHAT, Some(&["🔥"]));
    assert_eq!(desk.refusal("setMessageReaction", react(album, "👍")).await, "Bad Request: REACTION_INVALID");
    desk.get("setMessageReaction", react(MessageId(album.0 + 1), "🔥")).await;
    assert_eq!(desk.emulator.message(STAFF_CHAT, album).unwrap().extras.reaction.as_deref(), Some("🔥"));
    let chat = desk.get("getChat", json!({ "chat_id": STAFF_CHAT })).await;
    assert_eq!(chat["available_reactions"], json!([{ "type": "emoji", "emoji": "🔥" }]));
    desk.emulator.allow_reactions(STAFF_CHAT, Some(&[]));
    assert_eq!(desk.refusal("setMessageReaction", react(album, "🔥")).await, "Bad Request: REACTION_INVALID");
    desk.emulator.join(STAFF_CHAT, ANNA);
    desk.emulator.allow_reactions(STAFF_CHAT, None);
    let joined = desk.emulator.last_message(STAFF_CHAT).unwrap().id;
    assert_eq!(desk.refusal("setMessageReaction", react(joined, "👍")).await, "Bad Request: REACTION_INVALID");
}

#[tokio::test]
async fn a_file_is_sent_again_as_what_it_was_sent_as() {
    let desk = Desk::open().await;
    for (kind, method) in [
        (FileKind::Video, "sendVideo"),
        (FileKind::Animation, "sendAnimation"),
        (FileKind::Audio, "sendAudio"),
        (FileKind::Voice, "sendVoice"),
        (FileKind::VideoNote, "sendVideoNote"),
        (FileKind::Sticker, "sendSticker"),
    ] {
        let hers = desk.emulator.send(ANNA, ANNA, Content::Media { kind, caption: None });
        let updates = desk.get("getUpdates", json!({ "offset": -1 })).await;
        let field = kind.parameter();
        let file = updates[0]["message"][field]["file_id"].clone();
        assert_eq!(file, desk.emulator.message(ANNA, hers).unwrap().file().unwrap().file_id);
        let sent = desk.get(method, json!({ "chat_id": ANNA, field: file, "caption": "Ключи" })).await;
        assert_eq!(sent[field]["file_id"], file, "{method}");
        assert_eq!(sent["caption"].is_null(), !kind.takes_caption(), "{method}");
        let other = if kind == FileKind::Voice { ("sendAudio", "audio") } else { ("sendVoice", "voice") };
        let refused = desk.refusal(other.0, json!({ "chat_id": ANNA, other.1: file })).await;
        assert!(refused.starts_with("Bad Request: can't use file of type"), "{refused}");
        assert_eq!(sent["document"].is_object(), kind == FileKind::Animation, "{method}");
    }
}
