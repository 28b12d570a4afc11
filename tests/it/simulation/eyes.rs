//! What people saw: every message of the bot as it stood when it came, and what they sent and pressed.

use std::collections::{BTreeMap, BTreeSet};

use keydesk::chat::action::{Action, DraftAction, StaffAction};
use keydesk_emulator::{Emulator, Message, MessageId, Sender};

use super::people::{CUSTOMERS, EVERYBODY};
use crate::support::shop::STAFF_CHAT;
use crate::support::visitor::plain;

/// A message of the bot, as it was sent.
#[derive(Debug, Clone)]
pub struct Sight {
    pub chat: i64,
    pub text: String,
    /// What stands in the file on it.
    pub file: Option<String>,
}

/// A summary that somebody pressed Send below.
#[derive(Debug, Clone)]
pub struct Sent {
    pub person: i64,
    pub summary: String,
}

#[derive(Default)]
pub struct Eyes {
    newest: BTreeMap<i64, MessageId>,
    pub sights: Vec<Sight>,
    /// What stands in the files that people sent.
    pub written: BTreeSet<String>,
    /// By draft.
    pub sent: BTreeMap<i64, Vec<Sent>>,
    /// How often staff asked for the alert of an order anew.
    pub asked_for: BTreeMap<i64, usize>,
    /// Updates that Telegram gave to the bot and saw confirmed.
    pub owed: BTreeSet<i64>,
    pending: BTreeSet<i64>,
}

impl Eyes {
    /// Looks at what is new in every chat; gives how much there was before.
    pub fn look(&mut self, emulator: &Emulator) -> usize {
        let before = self.sights.len();
        for chat in EVERYBODY.into_iter().chain([STAFF_CHAT]) {
            let newest = self.newest.get(&chat).copied().unwrap_or(MessageId(0));
            let mut new: Vec<Message> = emulator
                .look(|world| world.messages(chat).rev().take_while(|message| message.id > newest).cloned().collect());
            new.reverse();
            if let Some(message) = new.last() {
                self.newest.insert(chat, message.id);
            }
            let in_file = |message: &Message| {
                let file = emulator.file(&message.document()?.file_id)?;
                Some(String::from_utf8_lossy(&file.1).into_owned())
            };
            self.written.extend(new.iter().filter(|message| message.from != Sender::Bot).filter_map(in_file));
            let said = new.into_iter().filter(|message| message.from == Sender::Bot);
            self.sights.extend(said.map(|message| Sight { chat, text: plain(&message.text), file: in_file(&message) }));
        }
        before
    }

    /// Somebody made an update.
    pub fn made(&mut self, update: i64) {
        self.pending.insert(update);
    }

    /// Everything that was made is confirmed.
    pub fn all_confirmed(&mut self, is_kept: impl Fn(i64) -> bool) {
        let confirmed = std::mem::take(&mut self.pending);
        self.owed.extend(confirmed.into_iter().filter(|update| is_kept(*update)));
    }

    /// Somebody presses a button; what was to be read above Send is what they agreed to.
    pub fn pressed(&mut self, person: i64, message: &Message, data: &str) {
        match Action::parse(data) {
            Some(Action::Draft(draft, DraftAction::Send { .. })) => {
                let summary = at_new_prices(&plain(&message.text));
                self.sent.entry(draft.0).or_default().push(Sent { person, summary });
            }
            Some(Action::Staff(order, StaffAction::Open) | Action::Unfold(order)) => {
                *self.asked_for.entry(order.0).or_default() += 1;
            }
            _ => {}
        }
    }

    /// What a customer was sent, in order.
    pub fn of(&self, chat: i64) -> impl Iterator<Item = &Sight> {
        self.sights.iter().filter(move |sight| sight.chat == chat)
    }
}

/// A summary without the prices of before, which stand beside those of now.
fn at_new_prices(summary: &str) -> String {
    let at_new_price = |line: &str| match (line.split_once(" — было "), line.split_once(", стало ")) {
        (Some((quantity, _)), Some((_, price))) => format!("{quantity} — {price}"),
        _ => line.to_owned(),
    };
    summary.lines().map(at_new_price).collect::<Vec<_>>().join("\n")
}

/// The texts of the bot that stand in a chat at this moment.
pub fn standing(emulator: &Emulator, chat: i64) -> Vec<String> {
    emulator.look(|world| {
        let said = world.messages(chat).filter(|message| message.from == Sender::Bot);
        said.map(|message| plain(&message.text)).collect()
    })
}

/// The numbers of the orders that a text names.
pub fn numbers_in(text: &str) -> BTreeSet<i64> {
    let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>();
    text.split('№').skip(1).filter_map(|rest| digits(rest).parse().ok()).collect()
}

pub fn is_customer(person: i64) -> bool {
    CUSTOMERS.contains(&person)
}
