//! Files of serial numbers, as text and as workbooks: what stands in one is sold, so nothing may be read that is not there.

use std::iter;

use keydesk::chat::report::serial_book::{self, Reading};
use keydesk::domain::catalogue::file;
use keydesk::domain::{Currency, Entry, FileFault, Language, ListedProducts, SerialFile, Sku};

use super::books::books_made_of;
use super::harness::{Read, fuzz};
use super::mutation::bytes;
use crate::support::examples;
use crate::support::workbooks::{Left, saved, text};

const LISTS: &[&[u8]] = &[
    b"GSP-0001\r\nGSP-0002\r\nGSP-0003\r\n",
    b"\xef\xbb\xbfsep=;\r\nSKU;\xd0\x9a\xd0\xbb\xd1\x8e\xd1\x87\r\nsp-1;=\"00012345\"\r\n-----;\r\nsp-1;'00012346\r\n",
    b"# sp-1: Guardant SP, 2\r\nAAAAA-BBBBB-CCCC1\r\nAAAAA-BBBBB-CCCC2\r\n\r\n# sp-3: Guardant SP, 1\r\nXY-1\r\n",
    b"sp-1\tA-1;;\n\"sp-3\" ; \"D;\"\"1\"\"\"\n",
    b"0123456789abcdef0123456789abcdef\n1123456789abcdef0123456789abcdef\n",
    b"{0A1B2C3D-0A1B-0A1B-0A1B-0A1B2C3D4E5F}\r{1A1B2C3D-0A1B-0A1B-0A1B-0A1B2C3D4E5F}\r",
];
const WORDS: &[&[u8]] = &[
    b"\n",
    b"\r",
    b"\r\n",
    b";",
    b"\t",
    b"\"",
    b"'",
    b"=",
    b"#",
    b"sp-1",
    b"sep=,\n",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    "Итого:1".as_bytes(),
    b"1,23457E+15",
    b"<br>",
    b"GSP-0001",
    b"01.04.2015",
    b"11 000,00",
];
/// Bytes of the text that a workbook becomes.
const MOST_BYTES: usize = 8 << 20;

fn list(bytes: &[u8], products: &ListedProducts) -> Result<Vec<Entry>, FileFault> {
    let mut file = SerialFile::new(bytes, products);
    let (mut entries, mut last) = (Vec::new(), 0);
    while let Some(entry) = file.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(fault) => {
                assert!(file.next().is_none(), "nothing is read behind a fault");
                return Err(fault);
            }
        };
        assert!(entry.line > last, "each line is read once");
        last = entry.line;
        entries.push(entry);
    }
    Ok(entries)
}

/// Whether the first line was taken for a heading.
fn has_heading(bytes: &[u8], products: &ListedProducts) -> bool {
    let mut file = SerialFile::new(bytes, products);
    while file.next().is_some() {}
    file.remarks().heading.is_some()
}

/// The same list with each cell in quotation marks, below a heading if it had one: what stands first is judged by that.
fn rewritten(entries: &[Entry], has_heading: bool) -> String {
    let heading = if has_heading { "Code\r\n" } else { "" };
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |entry: &Entry| {
        let sku = entry.sku.as_ref().map(|sku| format!("{};", cell(sku.as_str()))).unwrap_or_default();
        format!("{sku}{}\r\n", cell(entry.serial.as_str()))
    };
    iter::once(heading.to_owned()).chain(entries.iter().map(line)).collect()
}

fn kept(entries: &[Entry]) -> Vec<(Option<&Sku>, &str)> {
    entries.iter().map(|entry| (entry.sku.as_ref(), entry.serial.as_str())).collect()
}

#[test]
fn a_list_is_read_to_its_end_or_to_its_first_fault() {
    let catalogue = examples::catalogue();
    let products = ListedProducts::new(&catalogue, []);
    let examples = LISTS.iter().map(|list| list.to_vec()).collect();
    fuzz("lists of serial numbers", 192, &bytes(examples, WORDS), |bytes| {
        let entries = list(&bytes, &products);
        if let Ok(entries) = &entries {
            for entry in entries {
                let (serial, whole) = (entry.serial.as_str(), String::from_utf8_lossy(&bytes));
                assert!(
                    whole.contains(serial) || whole.contains(&serial.replace('"', "\"\"")),
                    "{serial:?} is not there"
                );
            }
            // Quoted, a line may be refused that was taken bare, but never read as another.
            if let Ok(again) = list(rewritten(entries, has_heading(&bytes, &products)).as_bytes(), &products) {
                assert_eq!(kept(&again), kept(entries));
            }
        }
        Read::of(&entries)
    });
}

#[test]
fn a_workbook_becomes_a_bounded_text_or_is_refused() {
    let rows = vec![
        vec![text("Артикул"), text("Серийный номер")],
        vec![text("sp-1"), text("GSP-0001")],
        vec![text("sp-1"), Left::Padded(12.0)],
        vec![Left::Nothing, Left::Number(123_456_789.0)],
        vec![text("sp-3"), Left::Formula("1+1", "2")],
        vec![Left::Date(45_000.0)],
    ];
    let book = saved(&[("Номера", rows.clone()), ("Пусто", Vec::new())]);
    let plain = saved(&[("Номера", rows[..2].to_vec())]);
    let catalogue = examples::catalogue();
    let products = ListedProducts::new(&catalogue, []);
    fuzz("workbooks of serial numbers", 64, &books_made_of(vec![book, plain]), |book| {
        for reading in [Reading::Strict, Reading::Lenient] {
            if let Ok(lines) = serial_book::lines(&book, reading) {
                assert!(lines.len() <= MOST_BYTES, "{} bytes", lines.len());
                assert!(std::str::from_utf8(&lines).is_ok());
                let _ = list(&lines, &products);
            }
        }
        Read::of(&serial_book::lines(&book, Reading::Lenient))
    });
}

#[test]
fn a_price_list_of_patterns_decides_lists_without_a_panic() {
    let product = "[[product]]\nsku = \"sp-1\"\nname = { ru = \"A\" }\npackages = [ { quantity = 1, price = \"1\" } ]\n\
                   serial_pattern = '[A-Z]{3}-[0-9]{4}'\n";
    let catalogue = file::parse(product, Currency::RUB, Language::FIRST).unwrap();
    let pattern = catalogue.products[0].serial_pattern.as_ref().unwrap().matcher();
    let products = ListedProducts::new(&catalogue, [&catalogue.products[0].sku]);
    let listed = b"XYZ-0001\nXYZ-0002\n\"sp-1\";XYZ-0003\n".to_vec();
    let examples = LISTS.iter().map(|list| list.to_vec()).chain([listed.clone(), listed]).collect();
    fuzz("lists under a pattern", 192, &bytes(examples, WORDS), |bytes| {
        let entries = list(&bytes, &products);
        assert!(entries.iter().flatten().all(|entry| pattern.fits(entry.serial.as_str())));
        Read::of(&entries)
    });
}
