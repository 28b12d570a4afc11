//! The lines of a file, one at a time, however they end.

use std::io::{BufRead, ErrorKind};

use super::fault::{FileFault, MAX_LINE};

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads lines that end in LF, CRLF or CR, with no more than one in memory.
#[derive(Debug)]
pub(super) struct Lines<R> {
    reader: R,
    number: u64,
    bytes: Vec<u8>,
    /// The line feed of a CRLF is still to come.
    after_cr: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R) -> Lines<R> {
        Lines { reader, number: 0, bytes: Vec::with_capacity(MAX_LINE), after_cr: false }
    }

    /// The number of the line that was read last, from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The bytes of the line that was read last, without its end and without a mark of UTF-8 at the file's beginning.
    pub(super) fn bytes(&self) -> &[u8] {
        match self.bytes.strip_prefix(UTF8_MARK) {
            Some(rest) if self.number == 1 => rest,
            _ => &self.bytes,
        }
    }

    /// Reads the next line; whether there was one.
    pub(super) fn advance(&mut self) -> Result<bool, FileFault> {
        self.bytes.clear();
        self.number += 1;
        let line = self.number;
        let mut begun = false;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(FileFault::Unreadable { line, kind: error.kind() }),
            };
            let Some(first) = available.first() else { return Ok(begun) };
            if std::mem::take(&mut self.after_cr) && *first == b'\n' {
                self.reader.consume(1);
                continue;
            }
            begun = true;
            let end = available.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (text, _) = available.split_at(end.unwrap_or(available.len()));
            if self.bytes.len() + text.len() > MAX_LINE {
                return Err(FileFault::LineTooLong { line });
            }
            self.bytes.extend_from_slice(text);
            self.after_cr = end.and_then(|end| available.get(end)) == Some(&b'\r');
            let consumed = text.len() + usize::from(end.is_some());
            self.reader.consume(consumed);
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}
