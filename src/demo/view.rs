//! What the page shows of the chats, as JSON.

use super::cast::{Cast, Pane};
use crate::emulator::{
    Answer, AnswerOutcome, AnswerStyle, Attachment, Body, Button, ButtonAction, CommandScope, Emulator, Entity,
    EntityKind, Message, Sender,
};
use serde::Serialize;
use std::time::SystemTime;

/// The page shows this many of a chat's latest messages: more than anybody reads, few enough to send at each change.
const SHOWN_MESSAGES: usize = 200;
/// A press waits seconds for its answer, and hardly more are pressed meanwhile.
const SHOWN_ANSWERS: usize = 50;

/// A chat with everything in it.
#[derive(Debug, Serialize)]
pub(super) struct PaneView<'a> {
    pane: &'a str,
    kind: &'static str,
    title: &'a str,
    subtitle: &'a str,
    language: &'a str,
    /// What the bot says of itself before the first message.
    about: String,
    people: Vec<PersonView<'a>>,
    messages: Vec<MessageView>,
}

#[derive(Debug, Serialize)]
struct PersonView<'a> {
    id: i64,
    name: &'a str,
    commands: Vec<CommandView>,
}

#[derive(Debug, Serialize)]
struct CommandView {
    command: String,
    description: String,
}

#[derive(Debug, Serialize)]
struct MessageView {
    id: i32,
    from: SenderView,
    date: u64,
    edited: Option<u64>,
    text: String,
    entities: Vec<EntityView>,
    keyboard: Vec<Vec<ButtonView>>,
    document: Option<DocumentView>,
    /// What stands there instead of what this page cannot show.
    placeholder: Option<&'static str>,
    reply_to: Option<i32>,
    protected: bool,
}

/// Who sent a message; only people have an id.
#[derive(Debug, Serialize)]
struct SenderView {
    id: Option<i64>,
    name: String,
    bot: bool,
}

/// A marked stretch in UTF-16 units, which are JavaScript's as well.
#[derive(Debug, Serialize)]
struct EntityView {
    #[serde(rename = "type")]
    kind: &'static str,
    offset: usize,
    length: usize,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct ButtonView {
    label: String,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct DocumentView {
    name: String,
    size: usize,
    href: String,
}

/// What the bot answered to the press of a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct AnswerView {
    callback: String,
    text: String,
    alert: bool,
}

/// One chat as it stands now.
pub(super) fn pane<'a>(emulator: &Emulator, cast: &Cast, pane: &'a Pane) -> PaneView<'a> {
    let bot = emulator.my_name(&pane.language);
    PaneView {
        pane: &pane.key,
        kind: if pane.is_group() { "group" } else { "private" },
        title: &pane.title,
        subtitle: &pane.subtitle,
        language: &pane.language,
        about: emulator.my_description(&pane.language),
        people: pane
            .people
            .iter()
            .map(|person| PersonView {
                id: person.id,
                name: &person.name,
                commands: commands(emulator, pane, person.id),
            })
            .collect(),
        messages: latest_messages(emulator, pane.chat)
            .into_iter()
            .map(|message| message_view(cast, &bot, message))
            .collect(),
    }
}

fn latest_messages(emulator: &Emulator, chat: i64) -> Vec<Message> {
    let mut messages: Vec<Message> =
        emulator.look(|world| world.messages(chat).rev().take(SHOWN_MESSAGES).cloned().collect());
    messages.reverse();
    messages
}

/// The latest answers that people saw, the newest first.
pub(super) fn answers(emulator: &Emulator) -> Vec<AnswerView> {
    let latest: Vec<Answer> = emulator.look(|world| {
        let shown = world.answers().rev().filter(|answer| answer.outcome == AnswerOutcome::Shown);
        shown.take(SHOWN_ANSWERS).cloned().collect()
    });
    latest.into_iter().map(answer_view).collect()
}

fn answer_view(answer: Answer) -> AnswerView {
    AnswerView {
        callback: answer.callback.0,
        text: answer.text.unwrap_or_default(),
        alert: answer.style == AnswerStyle::Alert,
    }
}

/// The narrowest list of commands that the bot set for this person here, in the pane's language or else for everybody.
fn commands(emulator: &Emulator, pane: &Pane, person: i64) -> Vec<CommandView> {
    scopes(pane, person)
        .into_iter()
        .flat_map(|scope| [(scope.clone(), pane.language.as_str()), (scope, "")])
        .map(|(scope, language)| emulator.commands(&scope, language))
        .find(|commands| !commands.is_empty())
        .unwrap_or_default()
        .into_iter()
        .map(|entry| CommandView { command: entry.command, description: entry.description })
        .collect()
}

/// The scopes that hold for a person in a chat, the narrowest first. People of a group act as plain members of it.
fn scopes(pane: &Pane, person: i64) -> Vec<CommandScope> {
    let chat = pane.chat;
    if pane.is_group() {
        let member = CommandScope::ChatMember { chat, user: person };
        vec![member, CommandScope::Chat(chat), CommandScope::AllGroupChats, CommandScope::Default]
    } else {
        vec![CommandScope::Chat(chat), CommandScope::AllPrivateChats, CommandScope::Default]
    }
}

fn message_view(cast: &Cast, bot: &str, message: Message) -> MessageView {
    MessageView {
        id: message.id.0,
        from: sender_view(cast, bot, message.from),
        date: unix_time(message.date),
        edited: message.edited.map(unix_time),
        entities: message.entities.into_iter().map(entity_view).collect(),
        keyboard: message.keyboard.into_iter().map(|row| row.into_iter().map(button_view).collect()).collect(),
        placeholder: placeholder(&message.body),
        document: document_view(message.body),
        text: message.text,
        reply_to: message.reply_to.map(|id| id.0),
        protected: message.protect_content,
    }
}

fn sender_view(cast: &Cast, bot: &str, sender: Sender) -> SenderView {
    match sender {
        Sender::Bot => SenderView { id: None, name: bot.to_owned(), bot: true },
        Sender::Person(id) => SenderView { id: Some(id), name: cast.name_of(id).to_owned(), bot: false },
        Sender::Channel { title, .. } => SenderView { id: None, name: title, bot: false },
        Sender::AnonymousAdmin => SenderView { id: None, name: String::new(), bot: false },
    }
}

fn entity_view(entity: Entity) -> EntityView {
    EntityView {
        kind: entity.kind.name(),
        offset: entity.offset,
        length: entity.length,
        url: match entity.kind {
            EntityKind::TextLink { url } => Some(url),
            _ => None,
        },
    }
}

fn button_view(button: Button) -> ButtonView {
    ButtonView {
        label: button.label,
        url: match button.action {
            ButtonAction::Url(url) => Some(url),
            _ => None,
        },
    }
}

fn placeholder(body: &Body) -> Option<&'static str> {
    match body {
        Body::Text | Body::Document(_) | Body::Photo(_) => None,
        Body::Sticker => Some("sticker"),
        Body::Voice => Some("voice"),
        Body::Contact => Some("contact"),
        Body::Location => Some("location"),
        Body::MigratedTo(_) | Body::MigratedFrom(_) => Some("migrated"),
    }
}

fn document_view(body: Body) -> Option<DocumentView> {
    match body {
        Body::Document(file) | Body::Photo(file) => Some(download_of(file)),
        _ => None,
    }
}

fn download_of(file: Attachment) -> DocumentView {
    DocumentView { href: format!("/file/{}", file.file_id), name: file.name, size: file.size }
}

fn unix_time(at: SystemTime) -> u64 {
    at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
