//! Sending.

use super::super::access::Access;
use super::super::error::ApiError;
use super::super::file_kind::FileKind;
use super::super::keyboard::{self, Markup, check_sent};
use super::super::message::{Body, Message, MessageId, Sender};
use super::super::params::Params;
use super::super::rights::Right;
use super::super::world::World;
use super::content::{self, File};
use super::format::{self, LONGEST_CAPTION, LONGEST_TEXT, Marked};
use super::parts::{chat_of, done, parse_chat};
use super::reply::{self, Reply, ReplyParameters};
use serde_json::Value;

const ACTIONS: [&str; 12] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_audio",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

pub(super) fn send_message(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let source = format::text(params)?;
    let envelope = Envelope::read(params)?.addressed(world)?;
    let text = source.visible()?;
    world.may_send(envelope.chat, Right::SendMessages)?;
    let letter = Letter { text, body: Body::Text, forwarded_from: None };
    let message = envelope.sent(world, letter)?;
    Ok(world.message_json(&message))
}

pub(super) fn send_file(world: &mut World, params: &Params, kind: FileKind) -> Result<Value, ApiError> {
    let Some(file) = File::named(params, kind.parameter()) else {
        return Err(ApiError::bad_request(format!("there is no {} in the request", kind.parameter())));
    };
    let source = if kind.takes_caption() { format::caption(params)? } else { format::Source::none() };
    let envelope = Envelope::read(params)?.addressed(world)?;
    content::check(world, &file, kind)?;
    let text = source.maybe_empty()?;
    world.may_send(envelope.chat, content::right_to_send(kind))?;
    let letter = Letter { text, body: content::body(world, &file, kind)?, forwarded_from: None };
    let message = envelope.sent(world, letter)?;
    Ok(world.message_json(&message))
}

pub(super) fn send_chat_action(world: &World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    if !ACTIONS.contains(&params.text("action")) {
        return Err(ApiError::bad_request("wrong parameter action in request"));
    }
    world.check_access(chat, Access::Write)?;
    world.may_write(chat)?;
    Ok(done())
}

/// Where a message goes and what hangs on it, as it was read.
pub(super) struct Envelope {
    chat: String,
    thread: i64,
    reply: ReplyParameters,
    markup: Option<Markup>,
    protect: bool,
}

/// The same, when its chat, its topic and the message that it answers were found.
pub(super) struct Addressed {
    pub(super) chat: i64,
    topic: Option<MessageId>,
    reply: Reply,
    below: keyboard::Below,
    protect: bool,
}

/// What a message says.
pub(super) struct Letter {
    pub(super) text: Marked,
    pub(super) body: Body,
    /// Whose message it was before.
    pub(super) forwarded_from: Option<i64>,
}

impl Envelope {
    pub(super) fn read(params: &Params) -> Result<Self, ApiError> {
        let envelope = Self::without_markup(params)?;
        Ok(Self { markup: keyboard::parse(params)?, ..envelope })
    }

    pub(super) fn without_markup(params: &Params) -> Result<Self, ApiError> {
        Ok(Self {
            reply: reply::parse(params)?,
            chat: params.text("chat_id").to_owned(),
            thread: params.integer("message_thread_id").unwrap_or_default(),
            markup: None,
            protect: params.is_true("protect_content"),
        })
    }

    pub(super) fn addressed(self, world: &mut World) -> Result<Addressed, ApiError> {
        let Self { chat, thread, reply, markup, protect } = self;
        let chat = parse_chat(&chat)?;
        world.check_access(chat, Access::Write)?;
        let topic = world.named_topic(chat, thread)?;
        let reply = reply.find(world, chat, topic)?;
        let below = markup.map(|markup| markup.checked(world.place(chat))).transpose()?.unwrap_or_default();
        Ok(Addressed { chat, topic, reply, below, protect })
    }
}

impl Addressed {
    /// Sends one message, unless the servers refuse it.
    pub(super) fn sent(self, world: &mut World, letter: Letter) -> Result<Message, ApiError> {
        let message = self.written(world, letter)?;
        Ok(world.store(message))
    }

    /// Sends several messages, or none of them.
    pub(super) fn sent_together(self, world: &mut World, letters: Vec<Letter>) -> Result<Vec<Message>, ApiError> {
        let written: Vec<Message> =
            letters.into_iter().map(|letter| self.written(world, letter)).collect::<Result<_, _>>()?;
        Ok(written.into_iter().map(|message| world.store(message)).collect())
    }

    /// A message that the servers took.
    fn written(&self, world: &mut World, letter: Letter) -> Result<Message, ApiError> {
        let (chat, Letter { text: (text, entities), body, forwarded_from }) = (self.chat, letter);
        world.pass_flood(chat)?;
        world.may_write(chat)?;
        check_length(&text, &body)?;
        check_sent(&self.below.buttons, world.place(chat))?;
        let topic = self.topic.or_else(|| match world.thread_of_answer(chat, self.reply.answered()) {
            (thread, true) => thread,
            (_, false) => None,
        });
        world.may_write_in_topic(chat, topic)?;
        let mut message = Message { text, entities, body, forwarded_from, ..world.draft(chat, Sender::Bot) };
        message.keyboard.clone_from(&self.below.buttons);
        message.protect_content = self.protect;
        message.extras.reply_keyboard.clone_from(&self.below.keyboard);
        message.extras.thread = topic;
        message.extras.in_topic = topic.is_some();
        self.reply.clone().put_on(&mut message);
        Ok(message)
    }
}

fn check_length(text: &str, body: &Body) -> Result<(), ApiError> {
    match body {
        Body::Text if format::exceeds(text, LONGEST_TEXT) => Err(ApiError::bad_request("message is too long")),
        Body::Document(_) | Body::Photo(_) | Body::Media(..) if format::exceeds(text, LONGEST_CAPTION) => {
            Err(ApiError::bad_request("message caption is too long"))
        }
        _ => Ok(()),
    }
}
