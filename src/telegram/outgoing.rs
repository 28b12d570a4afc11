//! Calls in our own types: show a screen, send a message, answer a press, look up the bot and a chat.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use teloxide::payloads::{
    AnswerCallbackQuery, DeleteMessage, EditMessageCaption, EditMessageText, GetChat, GetChatMember, GetMe,
    SendDocument, SendMessage, SendPhoto,
};
use teloxide::types::{
    CallbackQueryId, ChatId as TelegramChat, InputFile, LinkPreviewOptions, MessageId as TelegramMessage, ParseMode,
    Recipient, ReplyParameters, ThreadId, UserId,
};

use super::call_error::CallError;
use super::client::Client;
use super::files::attached;
use super::markup::{InlineKeyboard, Markup, WithButtons};
use super::novelty::{Novelties, Novelty};
use super::reply_keyboard::ReplyKeyboard;
use super::topics::thread;
use super::update;
use crate::chat::dialogue::Reaction;
use crate::chat::view::{Attachment, OutgoingMessage, Screen};
use crate::domain::{ChatId, Media, MessageId, Openness, PersonId, SeenOpenness, Sharing, StaffStanding};

/// Characters of an answer to a press that are read before it fades.
const GLANCE: usize = 100;

/// A message of the bot as Telegram answers it.
#[derive(Deserialize)]
struct Sent {
    message_id: i64,
    #[serde(default)]
    date: i64,
    edit_date: Option<i64>,
    chat: Option<update::Chat>,
}

/// What a message became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    pub message: MessageId,
    /// How its group is to be entered by now, which Telegram says with each message.
    pub openness: Option<SeenOpenness>,
}

impl From<Sent> for Posted {
    fn from(sent: Sent) -> Posted {
        let at = update::instant(sent.edit_date.unwrap_or(sent.date));
        let group = sent.chat.filter(update::Chat::is_group);
        let openness = group.map(|chat| SeenOpenness { openness: chat.openness(), at });
        Posted { message: MessageId(sent.message_id), openness }
    }
}

#[derive(Deserialize)]
struct Me {
    username: String,
}

#[derive(Deserialize)]
struct Chat {
    title: Option<String>,
    #[serde(flatten)]
    chat: update::Chat,
}

/// A chat that is to be the staff's, as Telegram describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatFacts {
    pub title: Option<String>,
    pub kind: ChatKind,
    /// Whether it has topics.
    pub is_forum: bool,
}

/// What a chat is to whoever wants to have staff in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatKind {
    /// One person's with the bot.
    Private,
    /// Its members' alone.
    Closed,
    Open(Openness),
}

impl Client {
    /// The bot's own username, without the `@`.
    pub async fn own_username(&self) -> Result<String, CallError> {
        self.call(&GetMe::new()).await.map(|me: Me| me.username)
    }

    /// What is said of a chat to a bot that knows it.
    pub async fn chat_facts(&self, chat: ChatId) -> Result<ChatFacts, CallError> {
        let Chat { title, chat } = self.call(&GetChat::new(recipient(chat))).await?;
        let kind = match chat.openness() {
            Some(openness) => ChatKind::Open(openness),
            None if chat.is_private() => ChatKind::Private,
            None => ChatKind::Closed,
        };
        Ok(ChatFacts { title, kind, is_forum: chat.is_forum() })
    }

    /// How somebody stands to a chat. No error is a verdict: Telegram refuses for people whom it does not remember, and for
    /// hidden members when the bot is no administrator.
    pub async fn standing_in(&self, chat: ChatId, person: PersonId) -> Result<StaffStanding, CallError> {
        let user = u64::try_from(person.0).map_err(|_| CallError::Rejected(format!("nobody has the id {person}")))?;
        let membership: update::Membership = self.call(&GetChatMember::new(recipient(chat), UserId(user))).await?;
        Ok(membership.standing())
    }

    pub async fn send_message(&self, chat: ChatId, message: &OutgoingMessage) -> Result<Posted, CallError> {
        let call = async |unknown| match &message.attachment {
            None => self.call(&text_of(chat, message, unknown)).await,
            Some(Attachment::Kept { media, file_id }) => {
                self.send_kept(chat, message, (*media, file_id.as_str()), unknown).await
            }
            Some(Attachment::Fresh { media: Media::Photo, name, bytes }) => {
                self.upload(&photo(chat, message, attached(), unknown), name, bytes).await
            }
            // The bot makes nothing else.
            Some(Attachment::Fresh { name, bytes, .. }) => {
                self.upload(&document(chat, message, attached(), unknown), name, bytes).await
            }
        };
        self.show(&message.screen, call).await.map(Sent::into)
    }

    /// Sends a file that Telegram keeps once more: each kind by a method of its own
    /// (<https://core.telegram.org/bots/api#sending-files>).
    async fn send_kept(
        &self,
        chat: ChatId,
        message: &OutgoingMessage,
        (media, file_id): (Media, &str),
        unknown: Novelties,
    ) -> Result<Sent, CallError> {
        let (method, field) = match media {
            Media::Document => ("sendDocument", "document"),
            Media::Photo => ("sendPhoto", "photo"),
            Media::Video => ("sendVideo", "video"),
            Media::Animation => ("sendAnimation", "animation"),
            Media::Audio => ("sendAudio", "audio"),
            Media::Voice => ("sendVoice", "voice"),
            Media::VideoNote => ("sendVideoNote", "video_note"),
            Media::Sticker => ("sendSticker", "sticker"),
        };
        let caption = media.takes_caption().then(|| text(&message.screen, unknown));
        let payload = KeptMedia {
            chat_id: chat.0,
            message_thread_id: thread(message.topic),
            file: BTreeMap::from([(field, file_id)]),
            parse_mode: caption.is_some().then_some(ParseMode::Html),
            caption,
            reply_markup: InlineKeyboard::new(&message.screen.keyboard, unknown).unless_empty(),
            protect_content: protection(message.sharing),
            reply_parameters: answered(message),
        };
        self.post(method, &payload).await
    }

    /// Makes a message show a screen, which it may do already.
    pub async fn edit_screen(&self, chat: ChatId, message: MessageId, screen: &Screen) -> Result<Posted, CallError> {
        let edited = telegram_message(message)?;
        let call = async |unknown| {
            let mut payload = EditMessageText::new(recipient(chat), edited, text(screen, unknown));
            payload.parse_mode = Some(ParseMode::Html);
            payload.link_preview_options = Some(no_preview());
            let reply_markup = Some(Markup::Inline(InlineKeyboard::new(&screen.keyboard, unknown)));
            self.call(&WithButtons { payload, reply_markup }).await
        };
        edited_as(message, self.show(screen, call).await)
    }

    /// The same for one whose text stands below a file.
    pub async fn edit_caption(&self, chat: ChatId, message: MessageId, screen: &Screen) -> Result<Posted, CallError> {
        let edited = telegram_message(message)?;
        let call = async |unknown| {
            let mut payload = EditMessageCaption::new(recipient(chat), edited);
            payload.caption = Some(text(screen, unknown));
            payload.parse_mode = Some(ParseMode::Html);
            let reply_markup = Some(Markup::Inline(InlineKeyboard::new(&screen.keyboard, unknown)));
            self.call(&WithButtons { payload, reply_markup }).await
        };
        edited_as(message, self.show(screen, call).await)
    }

    /// Reacts to a message; bots may react with one emoji (<https://core.telegram.org/bots/api#setmessagereaction>).
    pub async fn react(&self, chat: ChatId, message: MessageId, reaction: Reaction) -> Result<(), CallError> {
        let emoji = match reaction {
            Reaction::Sent => "👍",
            Reaction::Corrected => "✍",
        };
        let reaction = json!([{ "type": "emoji", "emoji": emoji }]);
        let payload = json!({ "chat_id": chat.0, "message_id": message.0, "reaction": reaction });
        self.post("setMessageReaction", &payload).await.map(|_: serde::de::IgnoredAny| ())
    }

    /// Takes the buttons of a message away.
    pub async fn take_buttons(&self, chat: ChatId, message: MessageId) -> Result<(), CallError> {
        let payload = json!({ "chat_id": chat.0, "message_id": message.0 });
        self.post("editMessageReplyMarkup", &payload).await.map(|_: serde::de::IgnoredAny| ())
    }

    /// Takes a message away.
    pub async fn delete(&self, chat: ChatId, message: MessageId) -> Result<(), CallError> {
        let payload = DeleteMessage::new(recipient(chat), telegram_message(message)?);
        self.call(&payload).await.map(|_: serde::de::IgnoredAny| ())
    }

    /// Answers a press, so that the button stops waiting; 0–200 characters are shown
    /// (<https://core.telegram.org/bots/api#answercallbackquery>). What takes a while to read stays until it is closed.
    pub async fn answer_press(&self, query: &str, text: Option<&str>) -> Result<(), CallError> {
        let mut payload = AnswerCallbackQuery::new(CallbackQueryId(query.to_owned()));
        payload.text = text.map(str::to_owned);
        payload.show_alert = text.filter(|text| text.chars().count() > GLANCE).map(|_| true);
        self.call(&payload).await.map(|_: serde::de::IgnoredAny| ())
    }
}

fn edited_as(message: MessageId, edited: Result<Sent, CallError>) -> Result<Posted, CallError> {
    match edited {
        Err(CallError::NotModified) => Ok(Posted { message, openness: None }),
        edited => edited.map(Posted::from),
    }
}

/// What sends a file of any kind once more.
#[derive(Serialize)]
struct KeptMedia<'a> {
    chat_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_thread_id: Option<ThreadId>,
    #[serde(flatten)]
    file: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parse_mode: Option<ParseMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Markup>,
    #[serde(skip_serializing_if = "Option::is_none")]
    protect_content: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_parameters: Option<ReplyParameters>,
}

fn text_of(chat: ChatId, message: &OutgoingMessage, unknown: Novelties) -> WithButtons<SendMessage> {
    let mut payload = SendMessage::new(recipient(chat), text(&message.screen, unknown));
    payload.parse_mode = Some(ParseMode::Html);
    payload.link_preview_options = Some(no_preview());
    payload.message_thread_id = thread(message.topic);
    payload.protect_content = protection(message.sharing);
    payload.reply_parameters = answered(message);
    let mut text = with_buttons(payload, &message.screen, unknown);
    if let Some(keyboard) = &message.reply_keyboard {
        text.reply_markup = Some(Markup::Reply(ReplyKeyboard::of(keyboard)));
    }
    text
}

/// What sends a file with the message's text below it.
macro_rules! file_with_caption {
    ($name:ident, $payload:ident) => {
        fn $name(
            chat: ChatId,
            message: &OutgoingMessage,
            file: InputFile,
            unknown: Novelties,
        ) -> WithButtons<$payload> {
            let mut payload = $payload::new(recipient(chat), file);
            payload.caption = Some(text(&message.screen, unknown));
            payload.parse_mode = Some(ParseMode::Html);
            payload.message_thread_id = thread(message.topic);
            payload.protect_content = protection(message.sharing);
            payload.reply_parameters = answered(message);
            with_buttons(payload, &message.screen, unknown)
        }
    };
}

file_with_caption!(document, SendDocument);
file_with_caption!(photo, SendPhoto);

fn text(screen: &Screen, unknown: Novelties) -> String {
    match unknown.has(Novelty::Moments) {
        true => screen.text.without_moments().to_string(),
        false => screen.text.to_string(),
    }
}

/// A new message with the buttons of its screen, if that has any.
fn with_buttons<P>(payload: P, screen: &Screen, unknown: Novelties) -> WithButtons<P> {
    WithButtons { payload, reply_markup: InlineKeyboard::new(&screen.keyboard, unknown).unless_empty() }
}

fn protection(sharing: Sharing) -> Option<bool> {
    (sharing == Sharing::Protected).then_some(true)
}

/// What is answered, if it still stands by then: the message matters more than where it hangs.
fn answered(message: &OutgoingMessage) -> Option<ReplyParameters> {
    let answered = ReplyParameters::new(telegram_message(message.reply_to?).ok()?).allow_sending_without_reply();
    Some(ReplyParameters { quote: message.quote.clone(), ..answered })
}

fn recipient(chat: ChatId) -> Recipient {
    Recipient::Id(TelegramChat(chat.0))
}

fn telegram_message(message: MessageId) -> Result<TelegramMessage, CallError> {
    let id = i32::try_from(message.0).map_err(|_| CallError::MessageGone(format!("no message {message}")))?;
    Ok(TelegramMessage(id))
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
