//! What stands in the way of a bot before its first start: a group that lets it say nothing.

use serde::Deserialize;
use teloxide::payloads::{GetChat, GetChatMember, GetMe};
use teloxide::types::{ChatId as TelegramChat, Recipient, UserId};

use super::call_error::CallError;
use super::client::Client;
use crate::domain::ChatId;

/// What the bot may do in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    NoMember,
    /// A member that may not send these, as Telegram calls them.
    Silenced(Vec<&'static str>),
    MaySend,
}

#[derive(Deserialize)]
struct Me {
    id: u64,
}

#[derive(Deserialize)]
struct Chat {
    #[serde(default)]
    permissions: Permissions,
}

#[derive(Deserialize)]
struct Member {
    status: String,
    /// Only of somebody who is restricted, who may be outside as well.
    is_member: Option<bool>,
    #[serde(flatten)]
    permissions: Permissions,
}

/// What is left out is not forbidden: an older server knows fewer.
#[derive(Deserialize, Default)]
struct Permissions {
    can_send_messages: Option<bool>,
    can_send_documents: Option<bool>,
    can_send_photos: Option<bool>,
    can_manage_topics: Option<bool>,
}

impl Permissions {
    fn forbidden(&self) -> impl Iterator<Item = &'static str> {
        let all = [
            (self.can_send_messages, "messages"),
            (self.can_send_documents, "documents"),
            (self.can_send_photos, "photos"),
        ];
        all.into_iter().filter(|(allowed, _)| *allowed == Some(false)).map(|(_, what)| what)
    }
}

/// Whether the bot can make topics in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TopicRight {
    NoForum,
    Missing,
    Granted,
}

impl Client {
    /// Whether the bot can make topics in a group: with the right of an administrator, or where everybody may.
    pub async fn topic_right_in(&self, chat: ChatId) -> Result<TopicRight, CallError> {
        if !self.chat_facts(chat).await?.is_forum {
            return Ok(TopicRight::NoForum);
        }
        let me: Me = self.call(&GetMe::new()).await?;
        let recipient = || Recipient::Id(TelegramChat(chat.0));
        let member: Member = self.call(&GetChatMember::new(recipient(), UserId(me.id))).await?;
        let may = match member.status.as_str() {
            "member" => {
                let chat: Chat = self.call(&GetChat::new(recipient())).await?;
                chat.permissions.can_manage_topics
            }
            _ => member.permissions.can_manage_topics,
        };
        Ok(if may == Some(true) { TopicRight::Granted } else { TopicRight::Missing })
    }

    /// What the bot may do in a group.
    pub async fn own_standing_in(&self, chat: ChatId) -> Result<Standing, CallError> {
        let me: Me = self.call(&GetMe::new()).await?;
        let recipient = || Recipient::Id(TelegramChat(chat.0));
        let member: Member = self.call(&GetChatMember::new(recipient(), UserId(me.id))).await?;
        let of_everybody = match member.status.as_str() {
            "creator" | "administrator" => return Ok(Standing::MaySend),
            "member" => true,
            "restricted" => member.is_member != Some(false),
            _ => false,
        };
        if !of_everybody {
            return Ok(Standing::NoMember);
        }
        // A member's own restrictions come on top of everybody's.
        let chat: Chat = self.call(&GetChat::new(recipient())).await?;
        let mut forbidden: Vec<_> = member.permissions.forbidden().chain(chat.permissions.forbidden()).collect();
        forbidden.sort_unstable();
        forbidden.dedup();
        Ok(if forbidden.is_empty() { Standing::MaySend } else { Standing::Silenced(forbidden) })
    }
}
