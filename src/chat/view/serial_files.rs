//! What is wrong with a file of serial numbers, in sentences, and the remedy.

use crate::chat::dialogue::FileRefusal;
use crate::chat::i18n::{Texts, Value};
use crate::domain::stock::serial_number::NotASerial;
use crate::domain::{Catalogue, FileFault, SerialNumber, Shortage, Sku};

/// Megabytes of the largest file that bots can fetch (<https://core.telegram.org/bots/api#getfile>).
pub(super) const LARGEST_FILE_MB: u64 = 20;

pub(super) fn product(sku: &Sku, catalogue: &Catalogue, texts: &Texts) -> (&'static str, Value) {
    let name = catalogue.product(sku).map(|product| product.name.in_language(texts.language()));
    ("product", name.unwrap_or(sku.as_str()).into())
}

pub(super) fn shortages(key: &str, lines: &[Shortage], catalogue: &Catalogue, texts: &Texts) -> String {
    let line = |line: &Shortage| {
        let counts = [("needed", u64::from(line.needed).into()), ("available", line.available.into())];
        let [needed, available] = counts;
        texts.say_with(key, &[product(&line.sku, catalogue, texts), needed, available])
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn refused(refusal: &FileRefusal, catalogue: &Catalogue, texts: &Texts) -> String {
    match refusal {
        FileRefusal::NotThere => texts.say("file-not-there"),
        FileRefusal::OutOfReach => texts.say("file-out-of-reach"),
        FileRefusal::TooLarge => texts.say_with("file-too-large", &[("limit", LARGEST_FILE_MB.into())]),
        FileRefusal::Fault(fault) => file_fault(*fault, texts),
        FileRefusal::Counts(lines) => {
            format!("{}\n{}", texts.say("file-counts"), shortages("file-count-line", lines, catalogue, texts))
        }
        FileRefusal::OtherProduct(sku) => texts.say_with("file-other-product", &[product(sku, catalogue, texts)]),
        FileRefusal::SkusExpected => texts.say("file-skus-expected"),
        FileRefusal::Given(sku, count) => {
            texts.say_with("file-given", &[product(sku, catalogue, texts), ("count", (*count).into())])
        }
        FileRefusal::Foreign(sku, count) => {
            texts.say_with("file-foreign", &[product(sku, catalogue, texts), ("count", (*count).into())])
        }
    }
}

/// What is wrong with a file of serial numbers, and the remedy.
pub fn file_fault(fault: FileFault, texts: &Texts) -> String {
    let at = |key: &str, line: u64| texts.say_with(key, &[("line", line.to_string().into())]);
    match fault {
        FileFault::Unreadable { .. } => texts.say("file-not-there"),
        FileFault::NotUtf8 { line } => at("file-not-utf8", line),
        FileFault::LineTooLong { line } => at("file-line-too-long", line),
        FileFault::Quotes { line } => at("file-quotes", line),
        FileFault::Columns { line } => at("file-columns", line),
        FileFault::NoProduct { line } => at("file-no-product", line),
        FileFault::Serial { line, reason: NotASerial::Empty } => at("file-serial-empty", line),
        FileFault::Serial { line, reason: NotASerial::TooLong } => {
            let limit = ("limit", (SerialNumber::MAX_CHARS as u64).into());
            texts.say_with("file-serial-too-long", &[("line", line.to_string().into()), limit])
        }
        FileFault::Serial { line, reason: NotASerial::Space } => at("file-serial-space", line),
        FileFault::Serial { line, reason: NotASerial::Invisible } => at("file-serial-invisible", line),
        FileFault::Repeated { first, again } => {
            let lines = [("first", first.to_string().into()), ("again", again.to_string().into())];
            texts.say_with("file-repeated", &lines)
        }
        FileFault::Empty => texts.say("file-empty"),
    }
}
