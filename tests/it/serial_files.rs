//! Files of serial numbers, as people make them.

use std::{collections::BTreeSet, io::BufReader};

use keydesk::domain::{Entry, FileFault, NotASerial, SerialFile, Sku, stock::serial_file::read_all};
use proptest::prelude::*;

fn skus() -> BTreeSet<Sku> {
    ["sp-1", "net"].into_iter().filter_map(Sku::parse).collect()
}

/// The entries as `line sku serial`.
fn entries(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let entries = read_all(bytes.as_ref(), &skus()).unwrap();
    let word = |entry: &Entry| {
        let sku = entry.sku.as_ref().map_or("-", Sku::as_str);
        format!("{} {sku} {}", entry.line, entry.serial.as_str())
    };
    entries.iter().map(word).collect()
}

fn fault(bytes: impl AsRef<[u8]>) -> FileFault {
    read_all(bytes.as_ref(), &skus()).unwrap_err()
}

#[test]
fn lines_end_in_any_way_and_may_be_blank() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["", "A", " ", ";;", "B", "", "C"].join(end);
        assert_eq!(entries(&text), ["2 - A", "5 - B", "7 - C"], "{end:?}");
        assert_eq!(entries(text + end), ["2 - A", "5 - B", "7 - C"], "{end:?}");
    }
}

#[test]
fn line_ends_are_found_wherever_the_buffer_is_cut() {
    let text = "A\r\nB\rC\n\r\nD";
    for capacity in 1..12 {
        let skus = skus();
        let file = SerialFile::new(BufReader::with_capacity(capacity, text.as_bytes()), &skus);
        let lines: Vec<_> = file.map(|entry| entry.unwrap().line).collect();
        assert_eq!(lines, [1, 2, 3, 5], "{capacity}");
    }
}

#[test]
fn columns_are_divided_and_quoted_in_every_usual_way() {
    assert_eq!(
        entries("SP-1;A\nB,net\nsp-1\tC;;\n\"net\" ; \"D;\"\"1\"\"\"\n \"E\" "),
        ["1 sp-1 A", "2 net B", "3 sp-1 C", "4 net D;\"1\"", "5 - E"]
    );
    // A serial number that looks like a SKU.
    assert_eq!(entries("sp-1;net"), ["1 sp-1 net"]);
    // Where only a SKU stands, the serial number was forgotten: nobody is to get the SKU in its place.
    for row in ["sp-1", "SP-1;", ";net", "\tsp-1"] {
        assert_eq!(fault(row), FileFault::Serial { line: 1, reason: NotASerial::Empty }, "{row}");
    }
}

#[test]
fn a_heading_is_passed_over_and_a_serial_number_is_not() {
    for heading in ["Serial number", "SKU;Serial", "Серийный номер", "Номер", "Артикул,Ключ", "key", "№"]
    {
        assert_eq!(entries(format!("\n{heading}\nA1")), ["3 - A1"], "{heading}");
    }
    assert_eq!(entries("\u{feff}key\nA1"), ["2 - A1"]);
    assert_eq!(entries("\u{feff}A1"), ["1 - A1"]);
    // "SKU;Номер" and "Серийный номер" in Windows-1251, as a Russian spreadsheet writes them.
    for heading in [&b"SKU;\xcd\xee\xec\xe5\xf0"[..], b"\xd1\xe5\xf0\xe8\xe9\xed\xfb\xe9 \xed\xee\xec\xe5\xf0"] {
        assert_eq!(entries([heading, b"\r\nA1"].concat()), ["2 - A1"]);
    }
    assert_eq!(entries("ABCD-EFGH\nABCD"), ["1 - ABCD-EFGH", "2 - ABCD"]);
    assert_eq!(fault("A1\nSerial number"), FileFault::Serial { line: 2, reason: NotASerial::Space });
    assert_eq!(fault("AB 12"), FileFault::Serial { line: 1, reason: NotASerial::Space });
    let skus = skus();
    let mut file = SerialFile::new(&b"\nkey\nA"[..], &skus);
    assert!(file.by_ref().all(|entry| entry.is_ok()));
    assert_eq!(file.heading(), Some(2));
}

#[test]
fn every_fault_names_its_line() {
    assert_eq!(fault(b"A\n\xd0\xd1-1"), FileFault::NotUtf8 { line: 2 });
    assert_eq!(fault(b"\xff\xfeA\x001\x00"), FileFault::NotUtf8 { line: 1 });
    assert_eq!(fault(b"PK\x03\x04\x14\x00\x08"), FileFault::NotUtf8 { line: 1 });
    assert_eq!(fault("A\0B"), FileFault::NotUtf8 { line: 1 });
    assert_eq!(fault(format!("A\n{}", "B".repeat(5000))), FileFault::LineTooLong { line: 2 });
    assert_eq!(fault("A\n\"B"), FileFault::Quotes { line: 2 });
    assert_eq!(fault("A\n\"B\"C"), FileFault::Quotes { line: 2 });
    assert_eq!(fault("1;sp-1;A"), FileFault::Columns { line: 1 });
    assert_eq!(fault("sp-1;A\nsp-2;B"), FileFault::NoProduct { line: 2 });
    assert_eq!(fault("A\nB 1"), FileFault::Serial { line: 2, reason: NotASerial::Space });
    assert_eq!(fault("B".repeat(101)), FileFault::Serial { line: 1, reason: NotASerial::TooLong });
    assert_eq!(fault("A\u{200b}B"), FileFault::Serial { line: 1, reason: NotASerial::Invisible });
    assert_eq!(fault("A\n\nsp-1;B\nA"), FileFault::Repeated { first: 1, again: 4 });
    for nothing in ["", "\n\n", "\u{feff}", "Serial number\n"] {
        assert_eq!(fault(nothing), FileFault::Empty, "{nothing:?}");
    }
}

#[test]
fn no_fault_tells_a_serial_number() {
    for text in ["SECRET-1;SECRET-2", "SECRET 1", "\"SECRET-1", "SECRET-1\nSECRET-1", "SECRET-1;b;c"] {
        let fault = fault(text);
        assert!(!format!("{fault} {fault:?}").contains("SECRET"), "{fault}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_the_end_or_to_the_first_fault(bytes: Vec<u8>) {
        let skus = skus();
        let mut file = SerialFile::new(&bytes[..], &skus);
        let mut last = 0;
        for entry in file.by_ref() {
            let Ok(entry) = entry else { break };
            prop_assert!(entry.line > last);
            last = entry.line;
        }
        prop_assert!(file.next().is_none());
    }

    #[test]
    fn what_was_written_is_read(serials in proptest::collection::btree_set("[A-Z0-9]{4,12}-[0-9]{1,4}", 1..20)) {
        let quoted: Vec<_> = serials.iter().map(|serial| format!("sp-1;\"{serial}\"")).collect();
        let entries = read_all(quoted.join("\r\n").as_bytes(), &skus()).unwrap();
        let read: BTreeSet<_> = entries.iter().map(|entry| entry.serial.as_str().to_owned()).collect();
        prop_assert_eq!(read, serials);
    }
}
