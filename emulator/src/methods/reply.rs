//! What a message answers.

use super::super::access::Access;
use super::super::bot_api::BotApi;
use super::super::error::ApiError;
use super::super::json;
use super::super::message::{Message, MessageId, Quote};
use super::super::params::Params;
use super::super::world::World;
use super::format::{self, LONGEST_CAPTION, Source};
use serde_json::{Map, Value};

/// `reply_parameters` as they were read.
#[derive(Default)]
pub(super) struct ReplyParameters {
    message: i64,
    /// The chat of that message, if it is another one.
    chat: Option<String>,
    may_be_gone: bool,
    quote: Option<(Source, i64)>,
}

/// What a message answers, found.
#[derive(Clone, Default)]
pub(super) struct Reply {
    to: Option<MessageId>,
    elsewhere: Option<(i64, MessageId)>,
    quote: Option<Quote>,
}

pub(super) fn parse(params: &Params) -> Result<ReplyParameters, ApiError> {
    match params.json("reply_parameters", "can't parse reply parameters JSON object")? {
        None => Ok(ReplyParameters {
            message: params.integer("reply_to_message_id").unwrap_or_default(),
            may_be_gone: params.is_true("allow_sending_without_reply"),
            ..ReplyParameters::default()
        }),
        Some(Value::Object(fields)) if fields.is_empty() => Ok(ReplyParameters::default()),
        Some(Value::Object(fields)) => read(&fields, params.bot_api),
        Some(_) => Err(ApiError::bad_request("object expected as reply parameters")),
    }
}

fn read(fields: &Map<String, Value>, bot_api: BotApi) -> Result<ReplyParameters, ApiError> {
    let wrong = |why: String| ApiError::bad_request(why);
    let text = |name: &str| json::optional_text(fields, name).map(Option::unwrap_or_default).map_err(wrong);
    let is_ephemeral = fields.contains_key("ephemeral_message_id");
    let message = match json::optional_number(fields, "message_id").map_err(wrong)? {
        None if !is_ephemeral => json::number(fields, "message_id").map_err(wrong)?,
        id => id.unwrap_or_default(),
    };
    let quote = text("quote")?;
    let mode = text("quote_parse_mode")?;
    let source = format::source(bot_api, &quote, &mode, fields.get("quote_entities")).map_err(wrong)?;
    let position = json::optional_number(fields, "quote_position").map_err(wrong)?.unwrap_or_default();
    Ok(ReplyParameters {
        message,
        chat: Some(text("chat_id")?).filter(|chat| !chat.is_empty()),
        may_be_gone: json::flag(fields, "allow_sending_without_reply").map_err(wrong)?,
        quote: (!quote.is_empty()).then_some((source, position)),
    })
}

impl ReplyParameters {
    /// Finds what a message in this chat and topic answers.
    pub(super) fn find(self, world: &World, chat: i64, topic: Option<MessageId>) -> Result<Reply, ApiError> {
        if self.message <= 0 {
            return Ok(Reply::default());
        }
        let other = match &self.chat {
            None => chat,
            Some(other) => other.parse().map_err(|_| ApiError::bad_request("chat not found"))?,
        };
        if other != chat {
            world.check_access(other, Access::Read)?;
        }
        let id = MessageId(i32::try_from(self.message).unwrap_or(i32::MAX));
        let Some(answered) = world.message(other, id) else {
            return match self.may_be_gone {
                true => Ok(Reply::default()),
                false => Err(ApiError::bad_request("message to be replied not found")),
            };
        };
        let quote = self.quote.map(|(source, position)| quoted(source, position, answered)).transpose()?.flatten();
        let is_here = other == chat && topic.is_none_or(|topic| topic_of(answered) == Some(topic));
        Ok(match is_here {
            true => Reply { to: Some(id), elsewhere: None, quote },
            // What may not be forwarded is not shown elsewhere either.
            false if answered.protect_content => Reply::default(),
            false => Reply { to: None, elsewhere: Some((other, id)), quote },
        })
    }
}

impl Reply {
    pub(super) fn answered(&self) -> Option<MessageId> {
        self.to
    }

    pub(super) fn put_on(self, message: &mut Message) {
        message.reply_to = self.to;
        message.extras.answers_elsewhere = self.elsewhere;
        message.extras.quote = self.quote;
    }
}

fn topic_of(message: &Message) -> Option<MessageId> {
    message.extras.thread.filter(|_| message.extras.in_topic)
}

/// The quote where it stands in the answered message: at its position, or else wherever it is found.
fn quoted(source: Source, position: i64, answered: &Message) -> Result<Option<Quote>, ApiError> {
    let (text, entities) = source.maybe_empty()?;
    if text.is_empty() {
        return Ok(None);
    }
    let units: Vec<u16> = answered.text.encode_utf16().collect();
    let wanted: Vec<u16> = text.encode_utf16().collect();
    let stands_at = |at: usize| units.get(at..at + wanted.len()) == Some(&wanted);
    let named = usize::try_from(position).ok().filter(|at| stands_at(*at));
    let found = named.or_else(|| (0..units.len()).find(|at| stands_at(*at)));
    match found.filter(|_| wanted.len() <= LONGEST_CAPTION) {
        Some(position) => Ok(Some(Quote { text, entities, position })),
        None => Err(ApiError::bad_request("QUOTE_TEXT_INVALID")),
    }
}
