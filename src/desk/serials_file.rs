//! Serial numbers as the file that customers get; the desk's own import reads it as well.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::domain::{OrderNumber, SerialNumber, Sku};
use crate::store::GivenSerial;
use crate::view::letters::SerialsFile;

/// The serial numbers of one order: one to a line, with their SKUs beside them if there are several products.
pub(super) fn of_order(number: OrderNumber, serials: &[(Sku, SerialNumber)]) -> SerialsFile {
    let several = serials.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if one != other));
    if !several {
        let text = serials.iter().map(|(_, serial)| format!("{}\r\n", serial.as_str())).collect();
        return file(format!("order-{number}.txt"), text, serials.len());
    }
    let text = serials.iter().map(|(sku, serial)| format!("{};{sku}\r\n", cell(serial))).collect();
    file(format!("order-{number}.csv"), text, serials.len())
}

/// The serial numbers of all orders: number, SKU and order.
pub(super) fn of_account(given: &[GivenSerial]) -> SerialsFile {
    let text = given.iter().map(|one| format!("{};{};{}\r\n", cell(&one.serial), one.sku, one.order)).collect();
    file("serial-numbers.csv".to_owned(), text, given.len())
}

/// A serial number that holds a separator or a quote stands in quotes.
fn cell(serial: &SerialNumber) -> String {
    let text = serial.as_str();
    match text.contains([';', ',', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

fn file(name: String, text: String, count: usize) -> SerialsFile {
    let checksum = Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    SerialsFile { name, bytes: text.into_bytes(), count: count as u64, checksum }
}
