//! What an update means: a dptree of routes, from its kind to its event.

use std::sync::Arc;

use dptree::prelude::*;

use super::commands;
use super::update::{Message, Update};
use crate::chat::action::Action;
use crate::chat::dialogue::{Command, Input, Message as Said, Upload};
use crate::chat::event::{Event, GroupSeen, Via};
use crate::domain::{ChatId, MessageId, Person, PersonId, StaffStanding};
use crate::store::Reachability;

pub(super) type Routes = Handler<'static, Event>;

#[derive(Debug, Clone)]
pub(super) struct BotUsername(pub(super) String);

/// Each route is given a copy of what it asks for, so the update is shared among them. The most frequent one is tried first.
pub(super) fn routes() -> Routes {
    dptree::entry()
        .branch(dptree::filter_map(private_press).endpoint(pressed))
        .branch(
            dptree::filter_map(private_message)
                .branch(dptree::filter(is_second_hand).endpoint(passed_on))
                .branch(dptree::filter_map(picked).endpoint(typed))
                .branch(dptree::filter_map(command).endpoint(typed))
                .endpoint(said),
        )
        .branch(dptree::filter_map(private_edit).endpoint(edited))
        .branch(dptree::filter_map(private_membership).endpoint(membership_changed))
        .branch(dptree::filter_map(group_joining).endpoint(group_joined))
        .branch(dptree::filter_map(move_of_group).endpoint(group_moved))
        .branch(dptree::filter_map(change_of_members).endpoint(members_changed))
        .branch(dptree::filter_map(in_the_open).endpoint(said_in_the_open))
        .branch(
            dptree::filter_map(group_message)
                .branch(dptree::filter(is_anonymous).endpoint(anonymous_sender))
                .branch(dptree::filter_map(group_input).endpoint(said_in_group)),
        )
        .branch(dptree::filter_map(group_edit).endpoint(edited_in_group))
        .branch(dptree::filter_map(anonymous_press).endpoint(pressed_anonymously))
        .branch(dptree::filter_map(group_press).endpoint(pressed_in_group))
}

/// A message that a person wrote to the bot in private.
#[derive(Debug)]
struct PrivateMessage {
    person: Person,
    message: Message,
}

impl PrivateMessage {
    fn of(message: Option<&Message>) -> Option<PrivateMessage> {
        let message = message.filter(|message| message.chat.is_private())?;
        // In a private chat the sender is the chat's person; anything else is not theirs to act with.
        let person = message.from.as_ref().filter(|from| from.id == message.chat.id && !from.is_bot)?.person();
        Some(PrivateMessage { person, message: message.clone() })
    }

    /// What somebody else wrote, or another bot, is neither an order to the bot nor an answer, nor is an answer to what
    /// somebody wrote elsewhere.
    fn is_second_hand(&self) -> bool {
        self.message.is_second_hand() || self.message.answers_elsewhere()
    }
}

fn private_message(update: Arc<Update>) -> Option<Arc<PrivateMessage>> {
    PrivateMessage::of(update.message.as_deref()).map(Arc::new)
}

fn is_second_hand(private: Arc<PrivateMessage>) -> bool {
    private.is_second_hand()
}

async fn passed_on(private: Arc<PrivateMessage>, bot: BotUsername) -> Event {
    let file = private.message.is_forwarded_file().then(|| said_in_private(&private.message, &bot));
    in_private(private.person.clone(), Input::SecondHand(file), Via::Message)
}

fn command(private: Arc<PrivateMessage>, bot: BotUsername) -> Option<Input> {
    commands::customer(&private.message.typed()?, &bot.0).map(Input::Command)
}

fn picked(private: Arc<PrivateMessage>) -> Option<Input> {
    private.message.picked().map(Input::Picked)
}

async fn typed(private: Arc<PrivateMessage>, input: Input) -> Event {
    in_private(private.person.clone(), input, Via::Message)
}

async fn said(private: Arc<PrivateMessage>, bot: BotUsername) -> Event {
    let said = said_in_private(&private.message, &bot);
    in_private(private.person.clone(), Input::Message(said), Via::Message)
}

fn said_in_private(message: &Message, bot: &BotUsername) -> Said {
    let text = match (message.words(), &message.text) {
        (words, Some(_)) => words,
        (caption, None) => commands::unaddressed(&caption, &bot.0),
    };
    let reply_to = message.answered().map(|replied| MessageId(replied.message_id));
    whole(message, text, message.upload(), reply_to)
}

fn whole(message: &Message, text: String, upload: Upload, reply_to: Option<MessageId>) -> Said {
    let (id, album) = (MessageId(message.message_id), message.media_group_id.clone());
    let (quote, sent_at) = (message.quoted(), message.sent_at());
    Said { id, text, upload, album, reply_to, answers_person: None, quote, answers: None, sent_at }
}

/// A change to a message that a person wrote to the bot in private.
#[derive(Debug, Clone)]
struct PrivateEdit(Arc<PrivateMessage>);

fn private_edit(update: Arc<Update>) -> Option<PrivateEdit> {
    let private = PrivateMessage::of(update.edited_message.as_deref())?;
    // What another bot made counts for nothing, however often it is changed.
    (!private.is_second_hand()).then(|| PrivateEdit(Arc::new(private)))
}

async fn edited(PrivateEdit(private): PrivateEdit, bot: BotUsername) -> Event {
    let said = said_in_private(&private.message, &bot);
    in_private(private.person.clone(), Input::Edited(said), Via::Message)
}

fn in_private(person: Person, input: Input, via: Via) -> Event {
    Event::Said { chat: person.id.private_chat(), person, input: Box::new(input), via }
}

/// A message in a group that concerns the bot: at first hand, or a file.
#[derive(Debug, Clone)]
struct GroupMessage(Arc<Message>);

fn group_message(update: Arc<Update>) -> Option<GroupMessage> {
    let message = update.message.as_ref().filter(|message| message.chat.is_group())?;
    let concerns_bot = !message.is_second_hand() || message.is_forwarded_file();
    concerns_bot.then(|| GroupMessage(Arc::new(Message::clone(message))))
}

/// Whether an anonymous admin, a channel or a bot speaks to the bot: nobody could be recorded.
fn is_anonymous(GroupMessage(message): GroupMessage, bot: BotUsername) -> bool {
    let nobody = message.sender_chat.is_some() || message.from.as_ref().is_none_or(|from| from.is_bot);
    // Every command is answered alike, so that nobody nameless learns which of them exist.
    nobody
        && !message.is_second_hand()
        && (message.answers(&bot.0) || commands::staff(&message.words(), &bot.0).is_some())
}

async fn anonymous_sender(GroupMessage(message): GroupMessage) -> Event {
    Event::AnonymousSender { chat: ChatId(message.chat.id), message: MessageId(message.message_id) }
}

fn group_input(GroupMessage(message): GroupMessage, bot: BotUsername) -> Option<(Person, Input)> {
    let from = message.from.as_ref().filter(|from| !from.is_bot && message.sender_chat.is_none())?;
    if message.is_second_hand() {
        let said = whole(&message, String::new(), message.upload(), None);
        return Some((from.person(), Input::Message(said)));
    }
    let command = message.typed().and_then(|text| Some((commands::staff(&text, &bot.0)?, text)));
    // A customer may be answered with a command of theirs.
    let is_answer = |text: &str| message.answers(&bot.0) && commands::customer(text, &bot.0) != Some(Command::Unknown);
    if let Some((command, _)) = command.filter(|(command, text)| *command != Command::Unknown || !is_answer(text)) {
        return Some((from.person(), Input::Command(about_author(command, &message))));
    }
    Some((from.person(), Input::Message(said_to_group(&message, &bot))))
}

fn said_to_group(message: &Message, bot: &BotUsername) -> Said {
    let text = commands::unaddressed(&message.words(), &bot.0);
    let reply_to = message.replied_to(&bot.0).map(MessageId);
    let answers_person = message.replied_to_person().map(MessageId);
    Said { answers_person, ..whole(message, text, message.upload(), reply_to) }
}

/// A change to a person's message in a group.
#[derive(Debug, Clone)]
struct GroupEdit(Event);

fn group_edit(update: Arc<Update>, bot: BotUsername) -> Option<GroupEdit> {
    let edited = update.edited_message.as_ref();
    let message = edited.filter(|message| message.chat.is_group() && !message.is_second_hand())?;
    let person = message.from.as_ref().filter(|from| !from.is_bot && message.sender_chat.is_none())?.person();
    let input = Input::Edited(said_to_group(message, &bot));
    Some(GroupEdit(Event::Said { chat: ChatId(message.chat.id), person, input: Box::new(input), via: Via::Message }))
}

async fn edited_in_group(GroupEdit(event): GroupEdit) -> Event {
    event
}

/// A command about somebody, in reply to their message, is about them.
fn about_author(command: Command, message: &Message) -> Command {
    match (command, message.replied_author()) {
        (Command::Admin(command), Some(author)) => Command::Admin(command.about(&author.to_string())),
        (command, _) => command,
    }
}

async fn said_in_group(GroupMessage(message): GroupMessage, (person, input): (Person, Input)) -> Event {
    Event::Said { chat: ChatId(message.chat.id), person, input: Box::new(input), via: Via::Message }
}

/// A press that names no person: it comes from the account that stands for all anonymous administrators.
#[derive(Debug, Clone)]
struct AnonymousPress(Event);

fn anonymous_press(update: Arc<Update>) -> Option<AnonymousPress> {
    let query = update.callback_query.as_ref().filter(|query| query.from.is_bot)?;
    let message = query.message.as_ref().filter(|message| message.chat.is_group())?;
    Some(AnonymousPress(Event::AnonymousPress { chat: ChatId(message.chat.id), query: query.id.clone() }))
}

async fn pressed_anonymously(AnonymousPress(event): AnonymousPress) -> Event {
    event
}

/// A button that a person pressed in a group.
#[derive(Debug, Clone)]
struct GroupPress(Event);

fn group_press(update: Arc<Update>) -> Option<GroupPress> {
    let query = update.callback_query.as_ref()?;
    let message = query.message.as_ref().filter(|message| message.chat.is_group())?;
    let action = query.data.as_deref().and_then(Action::parse);
    Some(GroupPress(Event::Said {
        chat: ChatId(message.chat.id),
        person: query.from.person(),
        input: Box::new(Input::Press(action)),
        via: Via::Press { query: query.id.clone(), message: MessageId(message.message_id) },
    }))
}

async fn pressed_in_group(GroupPress(event): GroupPress) -> Event {
    event
}

/// A button that a person pressed in private.
#[derive(Debug, Clone)]
struct PrivatePress {
    person: Person,
    query: String,
    message: MessageId,
    action: Option<Action>,
}

fn private_press(update: Arc<Update>) -> Option<PrivatePress> {
    let query = update.callback_query.as_ref()?;
    let pressed = query.message.as_ref();
    let message = pressed.filter(|message| message.chat.is_private() && message.chat.id == query.from.id)?;
    if query.from.is_bot {
        return None;
    }
    Some(PrivatePress {
        person: query.from.person(),
        query: query.id.clone(),
        message: MessageId(message.message_id),
        action: query.data.as_deref().and_then(Action::parse),
    })
}

async fn pressed(press: PrivatePress) -> Event {
    let via = Via::Press { query: press.query, message: press.message };
    in_private(press.person, Input::Press(press.action), via)
}

fn private_membership(update: Arc<Update>) -> Option<(PersonId, Reachability)> {
    let change = update.my_chat_member.as_ref().filter(|change| change.chat.is_private())?;
    let reachability = match change.new_chat_member.status.as_str() {
        "kicked" | "left" => Reachability::Blocked,
        _ => Reachability::Reachable,
    };
    Some((PersonId(change.from.id), reachability))
}

async fn membership_changed((person, reachability): (PersonId, Reachability)) -> Event {
    Event::Reachability { person, reachability }
}

fn group_joining(update: Arc<Update>) -> Option<ChatId> {
    let change = update.my_chat_member.as_ref().filter(|change| change.chat.is_group())?;
    let may_write = matches!(change.new_chat_member.status.as_str(), "member" | "administrator" | "restricted");
    may_write.then_some(ChatId(change.chat.id))
}

async fn group_joined(chat: ChatId) -> Event {
    Event::GroupJoined(chat)
}

fn move_of_group(update: Arc<Update>) -> Option<(ChatId, ChatId)> {
    let message = update.message.as_ref()?;
    Some((ChatId(message.chat.id), ChatId(message.migrate_to_chat_id?)))
}

async fn group_moved((from, to): (ChatId, ChatId)) -> Event {
    Event::GroupMoved { from, to }
}

/// Who came into a group or left it: as an administrator is told, or as everybody there reads.
fn change_of_members(update: Arc<Update>) -> Option<MembersChange> {
    if let Some(change) = update.chat_member.as_ref().filter(|change| change.chat.is_group()) {
        let standing = change.new_chat_member.standing();
        let user = change.new_chat_member.user.as_ref()?;
        return Some(MembersChange { chat: ChatId(change.chat.id), people: vec![(user.person(), Some(standing))] });
    }
    let message = update.message.as_ref().filter(|message| message.chat.is_group())?;
    let left = message.left_chat_member.iter().map(|user| (user.person(), Some(StaffStanding::Outside)));
    let people: Vec<_> = message.new_chat_members.iter().map(|user| (user.person(), None)).chain(left).collect();
    (!people.is_empty()).then_some(MembersChange { chat: ChatId(message.chat.id), people })
}

#[derive(Debug, Clone)]
struct MembersChange {
    chat: ChatId,
    people: Vec<(Person, Option<StaffStanding>)>,
}

async fn members_changed(MembersChange { chat, people }: MembersChange) -> Event {
    Event::MembersChanged { chat, people }
}

/// A message or a press in a chat that anybody can enter or read.
#[derive(Debug, Clone)]
struct InTheOpen(Event);

fn in_the_open(update: Arc<Update>) -> Option<InTheOpen> {
    let GroupSeen { chat, .. } = update.group_seen().filter(|seen| seen.openness.is_some())?;
    let query = update.callback_query.as_ref().map(|query| query.id.clone());
    Some(InTheOpen(Event::SaidInTheOpen { chat, query }))
}

async fn said_in_the_open(InTheOpen(event): InTheOpen) -> Event {
    event
}
