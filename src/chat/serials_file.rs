//! Serial numbers as the files that customers get; the bot's own import reads them as well.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::chat::answer::Part;
use crate::chat::view::customer_messages::SerialsFile;
use crate::domain::{AccountId, Order, SerialNumber, Sku};
use crate::store::{IssuedSerial, StoreError, Tx};

const LINE_END: &str = "\r\n";

/// A list of serial numbers, one to a line, before it is known how many files it takes: there may be a million.
pub(super) struct SerialList {
    name: String,
    extension: &'static str,
    text: String,
}

/// The serial numbers of one order: one to a line, with their SKUs beside them if there are several products.
pub(super) async fn of_order(tx: &mut Tx, order: &Order) -> Result<SerialList, StoreError> {
    let number = order.summary.number;
    let several = order.lines.windows(2).any(|pair| matches!(pair, [one, other] if one.sku != other.sku));
    let mut list = SerialList::new(format!("order-{number}"), if several { "csv" } else { "txt" });
    let add = |sku: Sku, serial: SerialNumber| match several {
        true => list.add(&format!("{};{sku}", cell(&serial))),
        false => list.add(serial.as_str()),
    };
    tx.each_serial_of(number, add).await?;
    Ok(list)
}

/// The serial numbers of all orders: number, SKU and order.
pub(super) async fn of_account(tx: &mut Tx, account: AccountId) -> Result<SerialList, StoreError> {
    let mut list = SerialList::new("serial-numbers".to_owned(), "csv");
    let add = |one: IssuedSerial| list.add(&format!("{};{};{}", cell(&one.serial), one.sku, one.order));
    tx.each_serial_of_account(account, add).await?;
    Ok(list)
}

impl SerialList {
    fn new(name: String, extension: &'static str) -> SerialList {
        SerialList { name, extension, text: String::new() }
    }

    fn add(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push_str(LINE_END);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The first of the parts of at most so many bytes; `None` when the list fits as it is.
    pub(super) fn first_part(&self, limit: usize) -> Option<Part> {
        if self.text.len() <= limit {
            return None;
        }
        let longest = self.text.split_inclusive(LINE_END).map(str::len).max()?;
        let each = limit.checked_div(longest)?.max(1) as u64;
        let lines = self.text.matches(LINE_END).count() as u64;
        Some(Part { number: 1, of: lines.div_ceil(each), each })
    }

    /// A part of the list, or all of it, as a file.
    pub(super) fn file(&self, part: Option<Part>) -> SerialsFile {
        let SerialList { name, extension, text } = self;
        let Some(part @ Part { number, of, .. }) = part else {
            return file(format!("{name}.{extension}"), text, None);
        };
        file(format!("{name}-{number}-of-{of}.{extension}"), cut(part, text), Some((number, of)))
    }
}

/// The lines of a part.
fn cut(part: Part, text: &str) -> &str {
    let from = part.each * part.number.saturating_sub(1);
    let rest = after_lines(text, from);
    match part.number == part.of {
        true => rest,
        false => rest.strip_suffix(after_lines(rest, part.each)).unwrap_or(rest),
    }
}

fn after_lines(text: &str, lines: u64) -> &str {
    (0..lines).try_fold(text, |rest, _| Some(rest.split_once(LINE_END)?.1)).unwrap_or_default()
}

/// A serial number that holds a separator or a quote stands in quotes.
fn cell(serial: &SerialNumber) -> String {
    let text = serial.as_str();
    match text.contains([';', ',', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

fn file(name: String, text: &str, part: Option<(u64, u64)>) -> SerialsFile {
    let checksum = Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let count = text.matches(LINE_END).count() as u64;
    SerialsFile { name, bytes: text.as_bytes().to_vec(), count, checksum, part }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(lines: &[&str]) -> SerialList {
        let text = lines.iter().map(|line| format!("{line}{LINE_END}")).collect();
        SerialList { name: "order-1".to_owned(), extension: "txt", text }
    }

    fn files(list: &SerialList, limit: usize) -> Vec<SerialsFile> {
        let first = list.first_part(limit);
        let further = first.into_iter().flat_map(Part::further);
        [list.file(first)].into_iter().chain(further.map(|part| list.file(Some(part)))).collect()
    }

    #[test]
    fn the_parts_of_a_list_are_the_list_and_each_fits() {
        let lines: Vec<String> = (0..100).map(|number: u32| "9".repeat(1 + number as usize % 7)).collect();
        let list = list(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        for limit in 9..=list.text.len() + 1 {
            let files = files(&list, limit);
            assert!(files.iter().all(|file| file.bytes.len() <= limit && file.count > 0), "{limit}");
            assert_eq!(files.iter().flat_map(|file| file.bytes.clone()).collect::<Vec<_>>(), list.text.as_bytes());
            assert_eq!(files.iter().map(|file| file.count).sum::<u64>(), 100);
            assert_eq!(files.len() == 1, limit >= list.text.len());
        }
    }

    #[test]
    fn a_part_names_itself_and_what_came_meanwhile_stands_in_the_last() {
        let part = list(&["A", "B", "C"]).first_part(6).unwrap();
        assert_eq!(part, Part { number: 1, of: 2, each: 2 });
        let last = list(&["A", "B", "C", "D"]).file(part.further().next());
        assert_eq!(
            (last.name.as_str(), last.bytes.as_slice(), last.part),
            ("order-1-2-of-2.txt", &b"C\r\nD\r\n"[..], Some((2, 2)))
        );
    }
}
