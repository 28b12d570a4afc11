//! The mark of a SQLite file: four bytes of its header, SQLite's `user_version`, that name a state of the file.
//!
//! With a write-ahead log the file itself changes only when SQLite, in whichever process, moves the log into it, and the first
//! transaction after that writes a new mark. So no two states of a file have the same mark, and a file whose mark is neither
//! the one that it had nor one that was written since was overwritten: by a backup, say, that was copied into its place.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// Where the mark stands in the file, as a number with the highest byte first.
const OFFSET: u64 = 60;

/// The marks that the file may have.
#[derive(Debug, Default)]
pub(in crate::store) struct Marks {
    /// In the order in which they were written, from the one that the file had when it was looked at last.
    written: Vec<i32>,
    /// Whether the last of them is known to be committed.
    committed: bool,
}

impl Marks {
    /// Those of a file that was just opened: its own, and the newest, which may still stand in the log.
    pub(in crate::store) fn of(file: &File, newest: i32) -> Marks {
        Marks { written: read(file).into_iter().chain([newest]).collect(), committed: true }
    }

    /// Whether nobody but SQLite wrote the file.
    pub(in crate::store) fn fit(&mut self, file: &File) -> bool {
        // Half of a mark that is being written does not meet the second look.
        self.take_in(read(file)) || self.take_in(read(file))
    }

    fn take_in(&mut self, found: io::Result<i32>) -> bool {
        match found {
            Ok(found) => {
                let known = self.written.iter().rposition(|mark| *mark == found);
                self.written.drain(..known.unwrap_or_default());
                known.is_some()
            }
            // Whoever copies a file over another empties that one first.
            Err(error) => error.kind() != io::ErrorKind::UnexpectedEof,
        }
    }

    /// Whether what is moved into the file next would leave it with the mark that it has.
    pub(in crate::store) fn is_due(&self) -> bool {
        self.written.len() == 1
    }

    /// The mark that the transaction which is about to be committed has to write, if any.
    pub(in crate::store) fn due(&mut self) -> Option<i32> {
        if let [now] = *self.written {
            self.written.push(getrandom::u32().map_or(now.wrapping_add(1), u32::cast_signed));
            self.committed = false;
        }
        self.written.last().copied().filter(|_| !self.committed)
    }

    /// The mark was committed.
    pub(in crate::store) fn committed(&mut self, mark: i32) {
        self.committed |= self.written.last() == Some(&mark);
    }
}

fn read(file: &File) -> io::Result<i32> {
    let mut mark = [0; 4];
    file.read_exact_at(&mut mark, OFFSET)?;
    Ok(i32::from_be_bytes(mark))
}
