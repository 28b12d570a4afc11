//! What the bot reads of an update's JSON, and no more: a field or an entity of a newer Bot API must not get in the way
//! (<https://core.telegram.org/bots/api#update>).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::de::{Error, IgnoredAny};
use serde::{Deserialize, Deserializer};

use super::parts::{Contact, File, Location, Quote, UserShared, UsersShared, Venue};
use crate::chat::event::GroupSeen;
use crate::domain::typed::{clean_line, visible};
use crate::domain::{ChatId, KeptFile, Language, Media, Openness, Person, PersonId, StaffStanding, TopicId};

/// What is seldom there is boxed: all of it together takes kilobytes.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Update {
    pub(super) update_id: i64,
    pub(super) message: Option<Box<Message>>,
    pub(super) edited_message: Option<Box<Message>>,
    pub(super) callback_query: Option<CallbackQuery>,
    pub(super) my_chat_member: Option<Box<MembershipChange>>,
    pub(super) chat_member: Option<Box<MembershipChange>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Message {
    #[serde(default)]
    pub(super) message_id: i64,
    #[serde(default)]
    date: i64,
    edit_date: Option<i64>,
    pub(super) from: Option<User>,
    /// Set when an anonymous admin or a channel speaks.
    pub(super) sender_chat: Option<Chat>,
    pub(super) chat: Chat,
    pub(super) text: Option<String>,
    pub(super) caption: Option<String>,
    pub(super) animation: Option<File>,
    pub(super) audio: Option<File>,
    pub(super) document: Option<File>,
    #[serde(default)]
    pub(super) photo: Vec<File>,
    pub(super) sticker: Option<File>,
    pub(super) video: Option<File>,
    pub(super) video_note: Option<File>,
    pub(super) voice: Option<File>,
    pub(super) contact: Option<Contact>,
    pub(super) venue: Option<Venue>,
    pub(super) location: Option<Location>,
    pub(super) quote: Option<Quote>,
    pub(super) media_group_id: Option<String>,
    /// In a topic, Telegram itself makes every message answer the one that opened it; [`Message::answered`] knows.
    reply_to_message: Option<Box<RepliedTo>>,
    message_thread_id: Option<i64>,
    /// Threads of answers have an id too.
    #[serde(default)]
    is_topic_message: bool,
    forward_origin: Option<IgnoredAny>,
    /// What Bot API servers before 7.0 say instead.
    forward_date: Option<IgnoredAny>,
    via_bot: Option<IgnoredAny>,
    /// Which bot wrote it in the name of a person's business account.
    sender_business_bot: Option<IgnoredAny>,
    /// What it answers, if that stands in another chat.
    external_reply: Option<IgnoredAny>,
    reply_to_story: Option<IgnoredAny>,
    pub(super) migrate_to_chat_id: Option<i64>,
    #[serde(default)]
    pub(super) new_chat_members: Vec<User>,
    pub(super) left_chat_member: Option<User>,
    pub(super) users_shared: Option<UsersShared>,
    /// What Bot API servers before 7.0 say instead.
    pub(super) user_shared: Option<UserShared>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct RepliedTo {
    pub(super) message_id: i64,
    from: Option<User>,
    forum_topic_created: Option<IgnoredAny>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct CallbackQuery {
    pub(super) id: String,
    pub(super) from: User,
    pub(super) message: Option<PressedMessage>,
    pub(super) data: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PressedMessage {
    pub(super) message_id: i64,
    /// 0 when it is too old for Telegram to show it.
    #[serde(default)]
    date: i64,
    pub(super) chat: Chat,
    message_thread_id: Option<i64>,
    #[serde(default)]
    is_topic_message: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct MembershipChange {
    pub(super) chat: Chat,
    pub(super) from: User,
    pub(super) new_chat_member: Membership,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Membership {
    pub(super) status: String,
    pub(super) user: Option<User>,
    /// Whether somebody who is restricted is in the chat at all.
    #[serde(default)]
    is_member: bool,
    #[serde(default)]
    is_anonymous: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(rename = "type", default)]
    kind: String,
    username: Option<IgnoredAny>,
    #[serde(default)]
    is_forum: bool,
    /// Where a group is on the map, by which anybody nearby finds it.
    location: Option<IgnoredAny>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct User {
    #[serde(deserialize_with = "persons_id")]
    pub(super) id: i64,
    #[serde(default)]
    pub(super) is_bot: bool,
    #[serde(default)]
    first_name: String,
    last_name: Option<String>,
    username: Option<String>,
    language_code: Option<String>,
}

/// Telegram gives people ids above nought; one below would be a group's, as the id of a private chat too.
fn persons_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let id = i64::deserialize(deserializer)?;
    if id > 0 { Ok(id) } else { Err(D::Error::custom("the id of a person is above nought")) }
}

impl Update {
    /// How the group of a message or a press is to be entered, and where in it that was.
    pub(super) fn group_seen(&self) -> Option<GroupSeen> {
        let (chat, topic, said_at) = match &self.callback_query {
            Some(query) => {
                let message = query.message.as_ref()?;
                (&message.chat, message.topic(), message.sent_at())
            }
            None => {
                let message = self.message.as_ref().or(self.edited_message.as_ref())?;
                (&message.chat, message.topic(), message.said_at())
            }
        };
        let openness = chat.openness();
        // When somebody pressed is not told. Openness counts from now, the opposite from no later than the button was there.
        let at = Some(said_at).filter(|_| openness.is_none() || self.callback_query.is_none());
        let topic = topic.or(chat.is_forum().then_some(TopicId::GENERAL));
        chat.is_group().then_some(GroupSeen { chat: ChatId(chat.id), openness, at, topic })
    }
}

impl User {
    pub(super) fn person(&self) -> Person {
        let full = format!("{} {}", self.first_name, self.last_name.as_deref().unwrap_or_default());
        let cleaned = clean_line(&full, Person::MAX_NAME);
        Person {
            id: PersonId(self.id),
            name: if cleaned.is_empty() { self.id.to_string() } else { cleaned },
            username: self.username.as_deref().map(|name| clean_line(name, 32)).filter(|name| !name.is_empty()),
            telegram_language: self.language_code.as_deref().and_then(Language::parse),
        }
    }
}

impl Chat {
    pub(super) fn is_forum(&self) -> bool {
        self.is_forum
    }

    /// A chat of one person with the bot.
    pub(super) fn is_private(&self) -> bool {
        self.kind == "private"
    }

    /// A chat of several: only those have ids below zero, whatever kinds Telegram may add.
    pub(super) fn is_group(&self) -> bool {
        self.id < 0
    }

    /// Why anybody can enter or read it; `None` for a chat of its members alone.
    pub(super) fn openness(&self) -> Option<Openness> {
        match self.kind.as_str() {
            "private" => None,
            "channel" => Some(Openness::Channel),
            _ if self.username.is_some() || self.location.is_some() => Some(Openness::PublicGroup),
            _ => None,
        }
    }
}

impl PressedMessage {
    fn topic(&self) -> Option<TopicId> {
        self.message_thread_id.filter(|_| self.is_topic_message).map(TopicId)
    }

    pub(super) fn sent_at(&self) -> DateTime<Utc> {
        instant(self.date)
    }
}

/// An instant of Telegram's, in seconds since 1970.
pub(super) fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

impl Membership {
    pub(super) fn standing(&self) -> StaffStanding {
        match self.status.as_str() {
            "creator" | "administrator" if self.is_anonymous => StaffStanding::Anonymous,
            "creator" | "administrator" | "member" => StaffStanding::Member,
            "restricted" if self.is_member => StaffStanding::Member,
            _ => StaffStanding::Outside,
        }
    }
}

impl Message {
    /// The text without what nobody sees of it, if it has one.
    pub(super) fn typed(&self) -> Option<String> {
        self.text.as_deref().map(visible)
    }

    /// Where in a forum it stands.
    fn topic(&self) -> Option<TopicId> {
        self.message_thread_id.filter(|_| self.is_topic_message).map(TopicId)
    }

    /// When it was sent.
    pub(super) fn sent_at(&self) -> DateTime<Utc> {
        instant(self.date)
    }

    /// When what it says was written, which an edit does anew.
    pub(super) fn said_at(&self) -> DateTime<Utc> {
        instant(self.edit_date.unwrap_or(self.date))
    }

    /// Whether it is somebody else's document or photo, which may be meant for the bot; a forwarded text never is.
    pub(super) fn is_forwarded_file(&self) -> bool {
        let is_paper = |file: &KeptFile| matches!(file.media, Media::Document | Media::Photo);
        self.is_forwarded() && self.via_bot.is_none() && self.file().as_ref().is_some_and(is_paper)
    }

    pub(super) fn is_forwarded(&self) -> bool {
        self.forward_origin.is_some() || self.forward_date.is_some()
    }

    /// Whether somebody else wrote it: a forwarded message, or one that another bot made.
    pub(super) fn is_second_hand(&self) -> bool {
        self.is_forwarded() || self.via_bot.is_some() || self.sender_business_bot.is_some()
    }

    /// Whether it answers what stands elsewhere, and so nothing that the bot asked.
    pub(super) fn answers_elsewhere(&self) -> bool {
        self.external_reply.is_some() || self.reply_to_story.is_some()
    }

    /// Which person wrote the message that it answers.
    pub(super) fn replied_author(&self) -> Option<i64> {
        let author = self.answered()?.from.as_ref()?;
        (!author.is_bot).then_some(author.id)
    }

    /// The message of a person that it answers.
    pub(super) fn replied_to_person(&self) -> Option<i64> {
        let by_person = |replied: &&RepliedTo| replied.from.as_ref().is_some_and(|author| !author.is_bot);
        self.answered().filter(by_person).map(|replied| replied.message_id)
    }

    /// The message that its author answers.
    pub(super) fn answered(&self) -> Option<&RepliedTo> {
        self.reply_to_message.as_deref().filter(|replied| replied.forum_topic_created.is_none())
    }

    /// The message of this bot that it answers.
    pub(super) fn replied_to(&self, bot_username: &str) -> Option<i64> {
        let replied = self.answered().filter(|_| self.answers(bot_username))?;
        Some(replied.message_id)
    }

    /// Whether it answers a message of this bot.
    pub(super) fn answers(&self, bot_username: &str) -> bool {
        let author = self.answered().and_then(|replied| replied.from.as_ref());
        author.and_then(|author| author.username.as_deref()).is_some_and(|name| name.eq_ignore_ascii_case(bot_username))
    }
}

/// What Telegram tells a chat of itself: nobody wrote it, so it is no answer and gets none
/// (<https://core.telegram.org/bots/api#message>). A content of a newer Bot API is not among them, and is said not to be
/// understood.
const SERVICE: &[&str] = &[
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_owner_changed",
    "chat_owner_left",
    "chat_shared",
    "checklist_tasks_added",
    "checklist_tasks_done",
    "community_chat_added",
    "community_chat_joined",
    "community_chat_removed",
    "connected_website",
    "delete_chat_photo",
    "direct_message_price_changed",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "gift",
    "gift_upgrade_sent",
    "giveaway_completed",
    "giveaway_created",
    "group_chat_created",
    "left_chat_member",
    "managed_bot_created",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "new_chat_members",
    "new_chat_photo",
    "new_chat_title",
    "paid_message_price_changed",
    "passport_data",
    "pinned_message",
    "poll_option_added",
    "poll_option_deleted",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "suggested_post_approval_failed",
    "suggested_post_approved",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "supergroup_chat_created",
    "unique_gift",
    "user_shared",
    "users_shared",
    "video_chat_ended",
    "video_chat_participants_invited",
    "video_chat_scheduled",
    "video_chat_started",
    "web_app_data",
    "write_access_allowed",
];

/// Whether the message of an update is one of Telegram's own.
pub(super) fn is_service(update: &str) -> bool {
    #[derive(Deserialize)]
    struct Fields {
        message: BTreeMap<String, IgnoredAny>,
    }
    let fields = serde_json::from_str(update).map(|Fields { message }| message);
    fields.is_ok_and(|fields| SERVICE.iter().any(|service| fields.contains_key(*service)))
}
