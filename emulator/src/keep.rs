//! Chats that outlive the process: what people and the bot said, in a folder of its own.

use super::Emulator;
use super::files::Files;
use super::message::Message;
use super::updates::UpdateQueue;
use super::world::{Acquaintance, GroupState, World};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The name of the file with everything but the contents of files.
const CHATS: &str = "chats.json";
/// Of the form below; another one is not read.
const SCHEMA: u32 = 1;

/// What is kept. Faults, calls and what the bot sets anew at each start are not.
#[derive(Serialize, Deserialize)]
struct Kept {
    schema: u32,
    people: BTreeMap<i64, Acquaintance>,
    groups: BTreeMap<i64, GroupState>,
    updates: UpdateQueue,
    history: BTreeMap<i64, VecDeque<Message>>,
    files: Files,
    last_message: i32,
    last_ticket: u64,
}

impl Emulator {
    /// Writes all chats into a folder, which [`Emulator::restore`] reads. A crash leaves the folder as it was before.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let kept = self.look(|world| {
            for (name, bytes) in world.files.contents() {
                let path = folder.join(name);
                // A file never changes.
                if !path.exists() {
                    write(&path, bytes)?;
                }
            }
            Ok::<_, io::Error>(world.kept())
        })?;
        write(&folder.join(CHATS), &serde_json::to_vec(&kept)?)
    }

    /// Makes the chats what they were when they were saved; false if none were.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read, or holds something else.
    pub fn restore(&self, folder: &Path) -> io::Result<bool> {
        let chats = match fs::read(folder.join(CHATS)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            chats => chats?,
        };
        let mut kept: Kept = serde_json::from_slice(&chats)?;
        if kept.schema != SCHEMA {
            return Err(io::Error::new(ErrorKind::InvalidData, "another release wrote them"));
        }
        for (name, bytes) in kept.files.contents_mut() {
            *bytes = fs::read(folder.join(name))?;
        }
        self.change(|world| world.take(kept));
        Ok(true)
    }
}

/// Puts a file in its place all at once.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}

impl World {
    fn kept(&self) -> Kept {
        Kept {
            schema: SCHEMA,
            people: self.people.clone(),
            groups: self.groups.clone(),
            updates: self.updates.clone(),
            history: self.history.clone(),
            files: self.files.without_contents(),
            last_message: self.last_message,
            last_ticket: self.last_ticket,
        }
    }

    fn take(&mut self, kept: Kept) {
        self.people = kept.people;
        self.groups = kept.groups;
        self.updates = kept.updates;
        self.history = kept.history;
        self.files = kept.files;
        self.last_message = kept.last_message;
        self.last_ticket = kept.last_ticket;
    }
}
