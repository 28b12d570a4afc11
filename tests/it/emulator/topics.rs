//! Forum supergroups: topics, the answers that Telegram adds, and what it refuses there.

use super::{BORIS, Desk, STAFF_CHAT, id_of, moving_clock};
use keydesk_emulator::{GENERAL_TOPIC, MessageId, Right, Setup};
use serde_json::{Value, json};

impl Desk {
    /// An emulator whose staff chat has topics, one of them Boris's.
    async fn open_to_a_forum() -> (Desk, MessageId) {
        let desk = Desk::open().await;
        desk.emulator.make_forum(STAFF_CHAT);
        let topic = desk.emulator.create_topic(STAFF_CHAT, BORIS, "Заказы");
        (desk, topic)
    }

    async fn newest_message(&self) -> Value {
        let updates = self.get("getUpdates", json!({ "offset": -1 })).await;
        updates[0]["message"].clone()
    }
}

fn to(topic: MessageId) -> Value {
    json!({ "chat_id": STAFF_CHAT, "message_thread_id": topic.0, "text": "x" })
}

fn in_general() -> Value {
    json!({ "chat_id": STAFF_CHAT, "text": "x" })
}

#[tokio::test]
async fn a_message_in_a_topic_answers_the_one_that_created_it() {
    let (desk, topic) = Desk::open_to_a_forum().await;
    assert_eq!(desk.newest_message().await["forum_topic_created"]["name"], "Заказы");
    let sent = desk.get("sendMessage", to(topic)).await;
    assert_eq!(sent["message_thread_id"], topic.0);
    assert_eq!(sent["is_topic_message"], true);
    assert_eq!(sent["reply_to_message"]["forum_topic_created"]["name"], "Заказы");
    assert_eq!(sent["chat"]["is_forum"], true);
    desk.emulator.say_in_topic(STAFF_CHAT, topic, BORIS, "кто возьмет?");
    let said = desk.newest_message().await;
    assert_eq!((&said["message_thread_id"], &said["is_topic_message"]), (&json!(topic.0), &json!(true)));
    assert_eq!(said["reply_to_message"]["message_id"], topic.0);
    assert_eq!(said["reply_to_message"]["from"]["id"], BORIS);
}

#[tokio::test]
async fn an_answer_stands_in_the_topic_of_what_it_answers_and_everything_else_in_general() {
    let (desk, topic) = Desk::open_to_a_forum().await;
    let said = desk.emulator.say_in_topic(STAFF_CHAT, topic, BORIS, "/queue");
    let answer = json!({ "chat_id": STAFF_CHAT, "text": "x", "reply_parameters": { "message_id": said.0 } });
    let answer = desk.get("sendMessage", answer).await;
    assert_eq!(answer["message_thread_id"], topic.0);
    assert_eq!(answer["reply_to_message"]["message_id"], said.0);
    let aside = desk.get("sendMessage", in_general()).await;
    assert!(aside["message_thread_id"].is_null() && aside["reply_to_message"].is_null(), "{aside}");
    desk.emulator.reply(STAFF_CHAT, BORIS, id_of(&answer), "25000");
    assert_eq!(desk.newest_message().await["message_thread_id"], topic.0);
}

#[tokio::test]
async fn an_answer_in_general_names_a_thread_that_no_call_may_name() {
    let (desk, _) = Desk::open_to_a_forum().await;
    let asked = id_of(&desk.get("sendMessage", in_general()).await);
    desk.emulator.reply(STAFF_CHAT, BORIS, asked, "25000");
    let answer = desk.newest_message().await;
    assert_eq!(answer["message_thread_id"], asked.0);
    assert!(answer["is_topic_message"].is_null());
    for thread in [asked, GENERAL_TOPIC, MessageId(777)] {
        assert_eq!(desk.refusal("sendMessage", to(thread)).await, "Bad Request: message thread not found");
    }
}

#[tokio::test]
async fn an_answer_from_another_topic_shows_what_it_answers_as_something_foreign() {
    let (desk, topic) = Desk::open_to_a_forum().await;
    let asked = id_of(&desk.get("sendMessage", in_general()).await);
    let mut answer = to(topic);
    answer["reply_parameters"] = json!({ "message_id": asked.0 });
    let answer = desk.get("sendMessage", answer).await;
    assert_eq!(answer["external_reply"]["message_id"], asked.0);
    assert!(answer["reply_to_message"].is_null());
    assert_eq!(answer["message_thread_id"], topic.0);
}

#[tokio::test]
async fn a_closed_topic_takes_messages_of_those_who_run_it_only() {
    let (desk, topic) = Desk::open_to_a_forum().await;
    let said = desk.emulator.say_in_topic(STAFF_CHAT, topic, BORIS, "x");
    assert!(desk.emulator.close_topic(STAFF_CHAT, BORIS, topic));
    assert!(!desk.emulator.close_topic(STAFF_CHAT, BORIS, topic));
    assert_eq!(desk.newest_message().await["forum_topic_closed"], json!({}));
    let answer = json!({ "chat_id": STAFF_CHAT, "text": "x", "reply_parameters": { "message_id": said.0 } });
    for params in [to(topic), answer.clone()] {
        assert_eq!(desk.refusal("sendMessage", params).await, "Bad Request: TOPIC_CLOSED");
    }
    desk.get("sendMessage", in_general()).await;
    assert!(desk.emulator.close_topic(STAFF_CHAT, BORIS, GENERAL_TOPIC));
    assert_eq!(desk.refusal("sendMessage", in_general()).await, "Bad Request: TOPIC_CLOSED");
    assert!(desk.emulator.reopen_topic(STAFF_CHAT, BORIS, GENERAL_TOPIC));
    assert!(desk.emulator.hide_general_topic(STAFF_CHAT, BORIS));
    assert_eq!(desk.refusal("sendMessage", in_general()).await, "Bad Request: TOPIC_CLOSED");
    desk.emulator.promote_bot(STAFF_CHAT, BORIS, &[Right::ManageTopics]);
    for params in [to(topic), answer, in_general()] {
        desk.get("sendMessage", params).await;
    }
}

#[tokio::test]
async fn a_deleted_topic_takes_its_messages_along_and_is_known_as_such_for_a_minute() {
    let (now, clock) = moving_clock();
    let desk = Desk::open_with(Setup { now: clock, ..Setup::loopback() }).await;
    desk.emulator.make_forum(STAFF_CHAT);
    let topic = desk.emulator.create_topic(STAFF_CHAT, BORIS, "Заказы");
    let sent = id_of(&desk.get("sendMessage", to(topic)).await);
    assert!(desk.emulator.delete_topic(STAFF_CHAT, topic));
    assert_eq!(desk.emulator.message(STAFF_CHAT, sent), None);
    assert_eq!(desk.refusal("sendMessage", to(topic)).await, "Bad Request: TOPIC_DELETED");
    let action = json!({ "chat_id": STAFF_CHAT, "message_thread_id": topic.0, "action": "typing" });
    assert_eq!(desk.get("sendChatAction", action).await, true);
    now(60);
    assert_eq!(desk.refusal("sendMessage", to(topic)).await, "Bad Request: message thread not found");
}

#[tokio::test]
async fn a_bot_with_the_right_makes_topics_and_changes_them() {
    let (desk, topic) = Desk::open_to_a_forum().await;
    let create = json!({ "chat_id": STAFF_CHAT, "name": " Счета \n за\u{a0}год ", "icon_color": 16_766_590 });
    let close = |topic: MessageId| json!({ "chat_id": STAFF_CHAT, "message_thread_id": topic.0 });
    let rename = |name: &str| json!({ "chat_id": STAFF_CHAT, "message_thread_id": topic.0, "name": name });
    assert_eq!(
        desk.refusal("createForumTopic", create.clone()).await,
        "Bad Request: not enough rights to create a topic"
    );
    assert_eq!(
        desk.refusal("closeForumTopic", close(topic)).await,
        "Bad Request: not enough rights to close or open the topic"
    );
    assert_eq!(desk.refusal("editForumTopic", rename("x")).await, "Bad Request: not enough rights to edit the topic");
    desk.emulator.promote_bot(STAFF_CHAT, BORIS, &[Right::ManageTopics]);
    let made = desk.get("createForumTopic", create).await;
    let own = MessageId(i32::try_from(made["message_thread_id"].as_i64().unwrap()).unwrap());
    assert_eq!(made, json!({ "message_thread_id": own.0, "name": "Счета за год", "icon_color": 16_766_590 }));
    assert_eq!(desk.newest_message().await["forum_topic_created"]["name"], "Счета за год");
    desk.get("editForumTopic", rename("Архив")).await;
    assert_eq!(desk.newest_message().await["forum_topic_edited"]["name"], "Архив");
    assert_eq!(desk.refusal("editForumTopic", rename("Архив")).await, "Bad Request: TOPIC_NOT_MODIFIED");
    assert_eq!(desk.refusal("editForumTopic", rename("\u{200b}")).await, "Bad Request: name must be non-empty");
    desk.get("closeForumTopic", close(topic)).await;
    assert_eq!(desk.refusal("closeForumTopic", close(topic)).await, "Bad Request: TOPIC_NOT_MODIFIED");
    desk.get("reopenForumTopic", close(topic)).await;
    assert_eq!(desk.newest_message().await["forum_topic_reopened"], json!({}));
    desk.get("deleteForumTopic", close(topic)).await;
    assert_eq!(desk.refusal("deleteForumTopic", close(topic)).await, "Bad Request: TOPIC_ID_INVALID");
    desk.get("hideGeneralForumTopic", json!({ "chat_id": STAFF_CHAT })).await;
    assert_eq!(desk.newest_message().await["general_forum_topic_hidden"], json!({}));
    // Whoever created a topic keeps the keys to it.
    desk.emulator.restrict_bot(STAFF_CHAT, BORIS, &[]);
    desk.get("closeForumTopic", close(own)).await;
    desk.get("sendMessage", to(own)).await;
    let created = json!({ "chat_id": STAFF_CHAT, "message_id": own.0 });
    assert_eq!(desk.refusal("deleteMessage", created).await, "Bad Request: message can't be deleted");
}

#[tokio::test]
async fn only_private_chats_mind_a_topic_where_there_are_none() {
    let desk = Desk::open().await;
    let sent = desk.send_to_anna("x", json!([])).await;
    assert!(sent["message_thread_id"].is_null());
    let private = json!({ "chat_id": super::ANNA, "message_thread_id": 3, "text": "x" });
    assert_eq!(desk.refusal("sendMessage", private).await, "Bad Request: message thread not found");
    assert!(desk.get("sendMessage", to(MessageId(3))).await["message_thread_id"].is_null());
    let create = json!({ "chat_id": STAFF_CHAT, "name": "x" });
    assert_eq!(desk.refusal("createForumTopic", create).await, "Bad Request: the chat is not a forum");
    // An answer begins a thread in every supergroup.
    let asked = id_of(&desk.get("sendMessage", in_general()).await);
    let first = desk.emulator.reply(STAFF_CHAT, BORIS, asked, "да");
    desk.emulator.reply(STAFF_CHAT, BORIS, first, "нет");
    let second = desk.newest_message().await;
    assert_eq!(second["message_thread_id"], asked.0);
    assert!(second["is_topic_message"].is_null());
}
