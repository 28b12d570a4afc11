//! What the page shows of the chats, as JSON.

use super::cast::{Cast, Pane, Standing};
use super::message::{ChatKind, MessageView, message_view};
use super::service::full_name;
use chrono::{DateTime, Utc};
use keydesk_emulator::{
    Answer, AnswerOutcome, AnswerStyle, CommandScope, Emulator, ForumTopic, ReplyButton, ReplyKeyboard, World,
};
use serde::Serialize;

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
    /// Whether the person of a private chat has blocked the bot.
    blocked: bool,
    people: Vec<PersonView<'a>>,
    /// Until when the flood limits hold back what the bot has to say, in milliseconds.
    held_until: Option<i64>,
    /// The keys that the bot put in place of a person's own.
    reply_keyboard: Vec<Vec<KeyView>>,
    /// Whom the person can choose for such a key.
    contacts: Vec<ContactView>,
    /// Of a group that has topics.
    topics: Vec<TopicView>,
    messages: Vec<MessageView>,
}

/// A key in place of a person's own.
#[derive(Debug, Serialize)]
struct KeyView {
    label: String,
    /// How many people it lets its reader choose; another one sends its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<usize>,
}

#[derive(Debug, Serialize)]
struct ContactView {
    id: i64,
    name: String,
    username: Option<String>,
}

#[derive(Debug, Serialize)]
struct TopicView {
    id: i32,
    name: String,
    /// For style sheets: `#rrggbb`.
    color: String,
    closed: bool,
}

#[derive(Debug, Serialize)]
struct PersonView<'a> {
    id: i64,
    name: &'a str,
    admin: bool,
    commands: Vec<CommandView>,
}

#[derive(Debug, Serialize)]
struct CommandView {
    command: String,
    description: String,
    /// What choosing it sends: in a group, an app names the bot as well.
    sends: String,
}

/// What the bot answered to the press of a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct AnswerView {
    callback: String,
    text: String,
    alert: bool,
}

/// One chat as it stands now.
pub(super) fn pane<'a>(
    emulator: &Emulator,
    cast: &Cast,
    pane: &'a Pane,
    held_until: Option<DateTime<Utc>>,
) -> PaneView<'a> {
    let bot = emulator.my_name(&pane.language);
    let (reply_keyboard, topics) = emulator.look(|world| (reply_keyboard(world, pane.chat), world.topics(pane.chat)));
    let chat = if topics.is_empty() { ChatKind::Plain } else { ChatKind::Forum };
    let asks_for_people = reply_keyboard.iter().flatten().any(|key| key.people.is_some());
    PaneView {
        pane: &pane.key,
        kind: if pane.is_group() { "group" } else { "private" },
        title: &pane.title,
        subtitle: &pane.subtitle,
        language: &pane.language,
        about: emulator.my_description(&pane.language),
        blocked: emulator.look(|world| world.has_blocked(pane.chat)),
        people: pane
            .people
            .iter()
            .map(|person| PersonView {
                id: person.id,
                name: &person.name,
                admin: person.standing == Standing::Admin,
                commands: commands(emulator, pane, person.id),
            })
            .collect(),
        held_until: held_until.map(|until| until.timestamp_millis()),
        reply_keyboard,
        contacts: if asks_for_people { contacts(emulator, cast, pane.chat) } else { Vec::new() },
        topics: topics.into_iter().map(topic_view).collect(),
        messages: messages(emulator, cast, pane.chat, &bot, chat),
    }
}

fn reply_keyboard(world: &World, chat: i64) -> Vec<Vec<KeyView>> {
    let key = |button: &ReplyButton| KeyView {
        label: button.label.clone(),
        people: button.users.map(|asked| asked.max_quantity),
    };
    match world.messages(chat).rev().find_map(|message| message.extras.reply_keyboard.as_ref()) {
        Some(ReplyKeyboard::Shown(rows)) => rows.iter().map(|row| row.iter().map(key).collect()).collect(),
        _ => Vec::new(),
    }
}

/// Everybody on the page knows everybody else.
fn contacts(emulator: &Emulator, cast: &Cast, person: i64) -> Vec<ContactView> {
    let others = cast.panes.iter().flat_map(|pane| &pane.people).filter(|other| other.id != person);
    emulator.look(|world| {
        let contact = |id| ContactView {
            id,
            name: full_name(world, id),
            username: world.person(id).and_then(|known| known.username.clone()),
        };
        others.map(|other| contact(other.id)).collect()
    })
}

fn topic_view(topic: ForumTopic) -> TopicView {
    TopicView { id: topic.id.0, name: topic.name, color: format!("#{:06x}", topic.icon_color), closed: topic.is_closed }
}

fn messages(emulator: &Emulator, cast: &Cast, chat: i64, bot: &str, kind: ChatKind) -> Vec<MessageView> {
    emulator.look(|world| {
        let latest = world.messages(chat).rev().take(SHOWN_MESSAGES);
        let mut shown: Vec<_> = latest.map(|message| message_view(world, cast, bot, kind, message.clone())).collect();
        shown.reverse();
        shown
    })
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
        .map(|entry| CommandView {
            sends: match pane.is_group() {
                true => format!("/{}@{}", entry.command, emulator.look(|world| world.bot().username.clone())),
                false => format!("/{}", entry.command),
            },
            command: entry.command,
            description: entry.description,
        })
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
