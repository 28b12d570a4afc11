//! What is wrong with a file of serial numbers, in sentences, and the remedy.

use crate::chat::dialogue::FileRefusal;
use crate::chat::i18n::{Texts, Value};
use crate::domain::stock::serial_number::NotASerial;
use crate::domain::{Catalogue, FileFault, Junk, LARGEST_UPLOAD, Remarks, SerialNumber, Shortage, Sku, SomeLines};

pub(super) const LARGEST_FILE_MB: u64 = megabytes(LARGEST_UPLOAD);
pub(super) const LARGEST_CATALOGUE_MB: u64 = megabytes(Catalogue::MAX_BYTES);

const fn megabytes(bytes: usize) -> u64 {
    bytes as u64 >> 20
}

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

pub fn refused(refusal: &FileRefusal, catalogue: &Catalogue, texts: &Texts) -> String {
    match refusal {
        FileRefusal::NotThere => texts.say("file-not-there"),
        FileRefusal::OutOfReach => texts.say("file-out-of-reach"),
        FileRefusal::GivenUp => texts.say("file-given-up"),
        FileRefusal::TooLarge => texts.say_with("file-too-large", &[("limit", LARGEST_FILE_MB.into())]),
        FileRefusal::NotAWorkbook => texts.say("price-book-not-a-workbook"),
        FileRefusal::FormerWorkbook => texts.say("price-book-former"),
        FileRefusal::WorkbookTooLarge => texts.say("file-workbook-too-large"),
        FileRefusal::SeveralSheets(sheets) => {
            texts.say_with("file-several-sheets", &[("sheets", sheets.join(", ").into())])
        }
        FileRefusal::Fault(fault) => file_fault(*fault, texts),
        FileRefusal::Counts(lines) => counts(lines, catalogue, texts),
        FileRefusal::CountsBeside(lines, of_file) => {
            format!("{}{}", counts(lines, catalogue, texts), remarks(of_file, texts))
        }
        FileRefusal::OtherProduct(sku) => texts.say_with("file-other-product", &[product(sku, catalogue, texts)]),
        FileRefusal::SkusExpected => texts.say("file-skus-expected"),
        FileRefusal::Given(sku, count) => counted("file-given", sku, *count, catalogue, texts),
        FileRefusal::HeldFor(other, sku, count) => {
            let other = ("order", other.to_string().into());
            texts.say_with("file-held", &[product(sku, catalogue, texts), ("count", (*count).into()), other])
        }
        FileRefusal::Moved(sku) => texts.say_with("file-moved", &[product(sku, catalogue, texts)]),
        FileRefusal::Respelled(sku, count) => counted("file-known-otherwise", sku, *count, catalogue, texts),
        FileRefusal::Withdrawn(sku, count) => counted("file-withdrawn", sku, *count, catalogue, texts),
        FileRefusal::Foreign(sku, count) => counted("file-foreign", sku, *count, catalogue, texts),
    }
}

fn counted(key: &str, sku: &Sku, count: u64, catalogue: &Catalogue, texts: &Texts) -> String {
    texts.say_with(key, &[product(sku, catalogue, texts), ("count", count.into())])
}

fn counts(lines: &[Shortage], catalogue: &Catalogue, texts: &Texts) -> String {
    let line = |line: &Shortage| {
        // One too many is where reading ended.
        let key = if line.available > u64::from(line.needed) { "file-count-over" } else { "file-count-line" };
        shortages(key, std::slice::from_ref(line), catalogue, texts)
    };
    let lines: Vec<String> = lines.iter().map(line).collect();
    format!("{}\n{}", texts.say("file-counts"), lines.join("\n"))
}

/// What was passed over in a file and taken off its serial numbers, each in a line of its own.
pub(super) fn remarks(remarks: &Remarks, texts: &Texts) -> String {
    let at = |key: &str, line: u64| texts.say_with(key, &[("line", line.to_string().into())]);
    let some = |key: &str, lines: SomeLines| {
        texts.say_with(key, &[("line", lines.first.to_string().into()), ("count", lines.count.into())])
    };
    let sentences = [
        remarks.separator.map(|line| at("file-separator", line)),
        remarks.heading.map(|line| at("stock-heading", line)),
        remarks.rules.map(|lines| some("file-rules", lines)),
        remarks.notes.map(|lines| some("file-notes", lines)),
        remarks.unwrapped.map(|lines| some("file-unwrapped", lines)),
    ];
    sentences.into_iter().flatten().map(|sentence| format!("\n{sentence}")).collect()
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
        FileFault::Junk { line, kind } => at(junk(kind), line),
        FileFault::Repeated { first, again } => {
            let lines = [("first", first.to_string().into()), ("again", again.to_string().into())];
            texts.say_with("file-repeated", &lines)
        }
        FileFault::Respelled { first, again } => {
            let lines = [("first", first.to_string().into()), ("again", again.to_string().into())];
            texts.say_with("file-respelled", &lines)
        }
        FileFault::Empty => texts.say("file-empty"),
    }
}

fn junk(kind: Junk) -> &'static str {
    match kind {
        Junk::Marks => "file-junk-marks",
        Junk::Pair => "file-junk-pair",
        Junk::Figures => "file-junk-figures",
        Junk::Escaped => "file-junk-escaped",
        Junk::Formula => "file-junk-formula",
        Junk::Rounded => "file-junk-rounded",
        Junk::Formatted => "file-junk-formatted",
        Junk::LookAlike => "file-junk-lookalike",
        Junk::Unlike => "file-junk-unlike",
        Junk::Pattern => "file-junk-pattern",
    }
}
