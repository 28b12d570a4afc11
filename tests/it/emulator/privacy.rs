//! What a bot in privacy mode gets to see.

use super::{BORIS, Desk, id_of};
use keydesk_emulator::{Content, Group, GroupKind, PrivacyMode};
use serde_json::{Value, json};

const GROUP: i64 = -1_001_000_000_777;

impl Desk {
    /// An emulator with a group in which the bot is an ordinary member.
    async fn open_to_a_quiet_group() -> Desk {
        let desk = Desk::open().await;
        let (title, kind) = ("Тихая".to_owned(), GroupKind::Supergroup);
        desk.emulator.add_group(Group { id: GROUP, title, kind, privacy: PrivacyMode::Restricted }, &[BORIS]);
        desk
    }

    /// The bot's own message there.
    async fn says(&self) -> keydesk_emulator::MessageId {
        id_of(&self.get("sendMessage", json!({ "chat_id": GROUP, "text": "?" })).await)
    }

    /// The texts that the bot has not fetched yet.
    async fn hears(&self) -> Vec<String> {
        let updates = self.get("getUpdates", json!({})).await;
        self.get("getUpdates", json!({ "offset": self.emulator.last_update_id() + 1 })).await;
        let said = |update: &Value| {
            update["message"]["text"].as_str().or(update["message"]["caption"].as_str()).map(str::to_owned)
        };
        updates.as_array().unwrap().iter().filter_map(said).collect()
    }
}

fn file(caption: &str) -> Content {
    let (name, mime) = ("invoice.pdf".to_owned(), "application/pdf".to_owned());
    Content::Document { name, mime, bytes: b"%PDF".to_vec(), caption: Some(caption.to_owned()) }
}

#[tokio::test]
async fn answers_to_the_bot_reach_it_and_talk_among_people_does_not() {
    let desk = Desk::open_to_a_quiet_group().await;
    let own = desk.says().await;
    let aside = desk.emulator.say(GROUP, BORIS, "просто так");
    desk.emulator.reply(GROUP, BORIS, aside, "и это");
    desk.emulator.send(GROUP, BORIS, file("мимо"));
    desk.emulator.reply(GROUP, BORIS, own, "25000");
    desk.emulator.reply_with(GROUP, BORIS, own, file("27000"));
    assert_eq!(desk.hears().await, ["25000", "27000"]);
    desk.emulator.delete_message(GROUP, own);
    let answers = desk.emulator.messages(GROUP).into_iter().filter(|message| message.text.ends_with("000"));
    assert!(answers.into_iter().all(|answer| desk.emulator.look(|world| world.bot_sees(&answer))));
}

#[tokio::test]
async fn a_bare_command_is_for_the_bot_that_wrote_last() {
    let desk = Desk::open_to_a_quiet_group().await;
    desk.emulator.say(GROUP, BORIS, "/before");
    desk.says().await;
    let heard = desk.emulator.say(GROUP, BORIS, "/queue");
    desk.emulator.say_as_other_bot(GROUP, "other_bot", "Погода хорошая");
    desk.emulator.say(GROUP, BORIS, "/queue 2");
    desk.emulator.say(GROUP, BORIS, "/queue@other_bot");
    desk.emulator.say(GROUP, BORIS, "/queue@KEYDESK_bot 3");
    assert_eq!(desk.hears().await, ["/queue", "/queue@KEYDESK_bot 3"]);
    let heard = desk.emulator.message(GROUP, heard).unwrap();
    assert!(desk.emulator.look(|world| world.bot_sees(&heard)), "it was heard then, whoever wrote since");
}

#[tokio::test]
async fn a_mention_alone_does_not_reach_the_bot() {
    let desk = Desk::open_to_a_quiet_group().await;
    desk.says().await;
    desk.emulator.say(GROUP, BORIS, "@keydesk_bot, ты тут?");
    assert_eq!(desk.hears().await, [] as [&str; 0]);
}

#[tokio::test]
async fn an_administrator_hears_everything_but_other_bots() {
    let desk = Desk::open_to_a_quiet_group().await;
    desk.emulator.promote_bot(GROUP, BORIS, &[]);
    desk.emulator.say(GROUP, BORIS, "просто так");
    desk.emulator.say_as_other_bot(GROUP, "other_bot", "Погода хорошая");
    desk.emulator.say(GROUP, BORIS, "/queue@other_bot");
    assert_eq!(desk.hears().await, ["просто так", "/queue@other_bot"]);
}

#[tokio::test]
async fn service_messages_reach_every_bot() {
    let desk = Desk::open_to_a_quiet_group().await;
    desk.emulator.make_forum(GROUP);
    let topic = desk.emulator.create_topic(GROUP, BORIS, "Заказы");
    desk.emulator.close_topic(GROUP, BORIS, topic);
    let updates = desk.get("getUpdates", json!({})).await;
    assert_eq!(updates.as_array().unwrap().len(), 2);
}
