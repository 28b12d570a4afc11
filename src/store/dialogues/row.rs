//! A dialogue's row, and what becomes of it: pure, so that both databases do the same.

use std::mem;

use chrono::{DateTime, Utc};

use crate::domain::{Lane, MessageId, PersonId, TopicId};
use crate::store::dialogues::key::{DialogueKey, Seat, read_key};
use crate::store::dialogues::redraw::{Drawn, Redraw};
use crate::store::dialogues::screen::{Fresh, Lasting, LiveScreen, ShowIn, Visibility};
use crate::store::dialogues::stored::{SaveDialogue, StoredDialogue};
use crate::store::dialogues::watch::Watch;
use crate::store::error::StoreError;
use crate::store::known::Known;
use crate::store::outbox::attempt::Attempt;
use crate::store::vault::{KeyFault, Purpose, Script};

/// A right to draw, until an instant, of one replica.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Lease {
    pub(in crate::store) until: DateTime<Utc>,
    pub(in crate::store) by: i64,
}

/// A row of the table `dialogues`. Its screen is to be drawn while `shown_version` is behind `version`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::store) struct Row {
    pub(in crate::store) chat_id: i64,
    pub(in crate::store) person_id: i64,
    pub(in crate::store) seat: String,
    pub(in crate::store) version: i64,
    pub(in crate::store) state: String,
    pub(in crate::store) saved_at: DateTime<Utc>,
    pub(in crate::store) watches: Option<String>,
    pub(in crate::store) message_id: Option<i64>,
    pub(in crate::store) message_since: Option<i64>,
    pub(in crate::store) lasting: String,
    pub(in crate::store) fresh_from: i64,
    pub(in crate::store) retiring: Option<i64>,
    pub(in crate::store) shown_version: i64,
    pub(in crate::store) acted_version: i64,
    pub(in crate::store) redraw_due: DateTime<Utc>,
    pub(in crate::store) leased_until: Option<DateTime<Utc>>,
    pub(in crate::store) leased_by: Option<i64>,
    pub(in crate::store) attempts: i64,
    pub(in crate::store) topic_id: Option<i64>,
}

impl Row {
    /// The first state of a dialogue.
    pub(in crate::store) fn first(key: DialogueKey, next: &SaveDialogue, now: DateTime<Utc>) -> Row {
        Row {
            chat_id: key.chat.0,
            person_id: key.person.0,
            seat: key.seat.code().to_owned(),
            version: 1,
            state: next.state.clone(),
            saved_at: now,
            watches: next.watches.map(Watch::code),
            message_id: None,
            message_since: None,
            lasting: Lasting::Transient.code().to_owned(),
            fresh_from: 1,
            retiring: None,
            shown_version: i64::from(next.show_in == ShowIn::Elsewhere),
            acted_version: 1,
            redraw_due: now,
            leased_until: None,
            leased_by: None,
            attempts: 0,
            topic_id: None,
        }
    }

    /// The next state.
    pub(in crate::store) fn save(&mut self, next: &SaveDialogue, now: DateTime<Utc>) {
        self.version += 1;
        self.acted_version = self.version;
        self.state.clone_from(&next.state);
        self.saved_at = now;
        self.watches = next.watches.map(Watch::code);
        self.redraw_due = now;
        self.attempts = 0;
        match next.show_in {
            ShowIn::LiveMessage => {}
            ShowIn::NewMessage | ShowIn::InPlaceOf(_) => self.fresh_from = self.version,
            ShowIn::Elsewhere => {
                self.lose_message();
                self.shown_version = self.version;
            }
        }
    }

    /// Something else that the screen shows has changed. One that has no screen and waits for none is left alone: the screen
    /// of the person's other seat may have taken its place.
    pub(in crate::store) fn bump(&mut self, now: Option<DateTime<Utc>>) {
        if self.has_screen() {
            self.version += 1;
            // Without a time, one in the past means at once as well.
            self.redraw_due = now.unwrap_or(self.saved_at);
            self.attempts = 0;
        }
    }

    /// The message that shows it is to follow by `due`; one whose message is gone has nothing that could follow. What waits to
    /// be drawn anyway does not wait longer, but what is being drawn waits for nothing.
    pub(in crate::store) fn follow(&mut self, due: DateTime<Utc>, now: DateTime<Utc>) {
        let is_being_drawn = self.leased_until.is_some_and(|until| until > now);
        if self.is_behind() || self.fresh() == Fresh::EditInPlace {
            self.redraw_due = if self.is_behind() && !is_being_drawn { self.redraw_due.min(due) } else { due };
            self.version += 1;
        }
    }

    /// Whether a screen of it stands in the chat or is about to.
    pub(in crate::store) fn has_screen(&self) -> bool {
        self.is_behind() || self.message_id.is_some()
    }

    /// The other seat's screen takes its place: its message goes, and what waited to be drawn is not drawn any more.
    pub(in crate::store) fn close(&mut self) {
        if self.message_id.is_none() {
            self.retiring = None;
        }
        self.lose_message();
        self.shown_version = self.version;
    }

    /// The other seat's screen takes its place, but its own message stays as it is, and keeps following what it shows; only a
    /// screen that is still to be sent is given up.
    pub(in crate::store) fn give_up_sending(&mut self) {
        if self.message_since.is_some_and(|since| since < self.fresh_from) {
            self.shown_version = self.version;
        }
    }

    /// Has a message go when this dialogue is drawn. Gives whether there was room: a dialogue that has a message to retire
    /// already leaves the other one where it is.
    pub(in crate::store) fn retire(&mut self, message: i64) -> bool {
        let has_room = self.retiring.is_none_or(|retiring| retiring == message);
        if has_room {
            self.retiring = Some(message);
        }
        has_room
    }

    /// The right to draw it, if that is due and nobody else's.
    pub(in crate::store) fn lease(&mut self, lease: Lease, now: DateTime<Utc>) -> bool {
        let is_free = self.leased_until.is_none_or(|until| until <= now) || self.leased_by == Some(lease.by);
        let is_leased = is_free && self.is_behind() && self.redraw_due <= now;
        if is_leased {
            self.leased_until = Some(lease.until);
            self.leased_by = Some(lease.by);
        }
        is_leased
    }

    pub(in crate::store) fn release(&mut self) {
        self.leased_until = None;
        self.leased_by = None;
    }

    /// The message that shows `redraw` from now on.
    pub(in crate::store) fn drawn(&mut self, redraw: &Redraw, shown: LiveScreen) -> Drawn {
        self.release();
        let is_shown_there = self.message_id == Some(shown.message.0);
        if !is_shown_there && self.message_id != redraw.screen.map(|screen| screen.message.0) {
            return Drawn::Superseded;
        }
        self.message_id = Some(shown.message.0);
        self.message_since = Some(shown.since);
        if !(is_shown_there && self.is_kept()) {
            self.set_lasting(shown.lasting);
        }
        self.shown_version = self.shown_version.max(redraw.version);
        self.retiring = self.retiring.filter(|message| redraw.retiring.map(|retired| retired.0) != Some(*message));
        self.attempts = 0;
        Drawn::Recorded
    }

    pub(in crate::store) fn put_off(&mut self, until: DateTime<Utc>, attempt: Attempt) {
        self.release();
        self.redraw_due = until;
        self.attempts += i64::from(attempt != Attempt::NotMade);
    }

    /// Lets a version go unseen.
    pub(in crate::store) fn give_up(&mut self, version: i64) {
        self.release();
        self.shown_version = self.shown_version.max(version);
        self.attempts = 0;
    }

    /// A message that is gone shows nothing any more.
    pub(in crate::store) fn lose(&mut self, message: MessageId) {
        self.release();
        if self.message_id == Some(message.0) {
            self.lose_message();
        }
    }

    pub(in crate::store) fn keep(&mut self, message: MessageId) {
        if self.message_id == Some(message.0) {
            self.set_lasting(Lasting::Kept);
        }
        self.retiring = self.retiring.filter(|retiring| *retiring != message.0);
    }

    pub(in crate::store) fn is_kept(&self) -> bool {
        self.lasting == Lasting::Kept.code()
    }

    pub(in crate::store) fn screen(&self) -> Option<LiveScreen> {
        LiveScreen::from_columns(self.message_id, self.message_since, &self.lasting)
    }

    pub(in crate::store) fn fresh(&self) -> Fresh {
        Fresh::of(self.screen(), self.fresh_from)
    }

    pub(in crate::store) fn lane(&self) -> Lane {
        if self.shown_version < self.acted_version { Lane::Tap } else { Lane::Notice }
    }

    pub(in crate::store) fn key(&self) -> Result<DialogueKey, StoreError> {
        read_key(self.chat_id, self.person_id, &self.seat)
    }

    pub(in crate::store) fn stored(&self) -> StoredDialogue {
        let is_open = self.is_behind() || self.fresh() == Fresh::EditInPlace;
        StoredDialogue {
            version: self.version,
            state: self.state.clone(),
            screen: self.screen(),
            fresh: self.fresh(),
            visibility: if is_open { Visibility::Open } else { Visibility::Closed },
        }
    }

    pub(in crate::store) fn redraw(&self) -> Result<Redraw, StoreError> {
        Ok(Redraw {
            key: self.key()?,
            version: self.version,
            state: self.state.clone(),
            screen: self.screen(),
            fresh_from: self.fresh_from,
            retiring: self.retiring.map(MessageId),
            lane: self.lane(),
            topic: self.topic_id.map(TopicId),
            attempts: self.attempts,
            leased_until: self.leased_until.unwrap_or(self.redraw_due),
            known: Known::default(),
        })
    }

    /// As it is stored: what an admin looks for may be a serial number.
    pub(in crate::store) fn seal(&mut self, script: &Script) -> Result<(), KeyFault> {
        if self.seat == Seat::Vendor.code() {
            self.state = script.seal(&self.state, Purpose::Dialogue(PersonId(self.person_id)))?;
        }
        Ok(())
    }

    /// As it was stored. A state that cannot be opened stays as it is, and is one that cannot be read.
    pub(in crate::store) fn open(&mut self, script: &Script) {
        let stored = mem::take(&mut self.state);
        self.state = script.open_or_leave(stored, Purpose::Dialogue(PersonId(self.person_id)));
    }

    pub(in crate::store) fn is_behind(&self) -> bool {
        self.shown_version < self.version
    }

    fn lose_message(&mut self) {
        self.message_id = None;
        self.message_since = None;
        self.set_lasting(Lasting::Transient);
    }

    fn set_lasting(&mut self, lasting: Lasting) {
        self.lasting.clear();
        self.lasting.push_str(lasting.code());
    }
}
