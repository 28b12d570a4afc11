//! Files of serial numbers, as people make them.

mod books;
mod forms;
mod honest;
mod junk;

use std::io::BufReader;

use keydesk::domain::catalogue::file::parse;
use keydesk::domain::{
    Catalogue, Currency, Entry, FileFault, Junk, Language, ListedProducts, NotASerial, Remarks, SerialFile, Sku,
    SomeLines,
};

fn catalogue(pattern: &str) -> Catalogue {
    let product = |sku: &str| {
        let names = format!("{{ {} = \"A\" }}", Language::FIRST.code());
        format!(
            "[[product]]\nsku = \"{sku}\"\nname = {names}\npackages = [ {{ quantity = 1, price = \"1\" }} ]\n{pattern}\n"
        )
    };
    parse(&format!("{}{}", product("sp-1"), product("net")), Currency::RUB, Language::FIRST).unwrap()
}

fn read_as(products: &ListedProducts, bytes: &[u8]) -> Result<(Vec<Entry>, Remarks), FileFault> {
    let mut file = SerialFile::new(bytes, products);
    let entries = file.by_ref().collect::<Result<Vec<_>, _>>()?;
    Ok((entries, file.remarks()))
}

fn read(bytes: impl AsRef<[u8]>) -> Result<(Vec<Entry>, Remarks), FileFault> {
    read_as(&ListedProducts::new(&catalogue(""), []), bytes.as_ref())
}

/// The entries as `line sku serial`.
fn entries(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let word = |entry: &Entry| {
        let sku = entry.sku.as_ref().map_or("-", Sku::as_str);
        format!("{} {sku} {}", entry.line, entry.serial.as_str())
    };
    read(bytes).unwrap().0.iter().map(word).collect()
}

fn serials(bytes: impl AsRef<[u8]>) -> Vec<String> {
    read(bytes).unwrap().0.iter().map(|entry| entry.serial.as_str().to_owned()).collect()
}

fn remarks(bytes: impl AsRef<[u8]>) -> Remarks {
    read(bytes).unwrap().1
}

fn fault(bytes: impl AsRef<[u8]>) -> FileFault {
    let bytes = bytes.as_ref();
    match read(bytes) {
        Err(fault) => fault,
        Ok((entries, remarks)) => {
            panic!("{:?}: {} serial numbers, {remarks:?}", String::from_utf8_lossy(bytes), entries.len())
        }
    }
}

fn junk(line: u64, kind: Junk) -> FileFault {
    FileFault::Junk { line, kind }
}

/// Serial numbers of one form, one to a line.
fn list(form: impl Fn(u32) -> String, count: u32) -> String {
    (0..count).map(|number| form(number) + "\r\n").collect()
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
        let products = ListedProducts::new(&catalogue(""), []);
        let file = SerialFile::new(BufReader::with_capacity(capacity, text.as_bytes()), &products);
        let lines: Vec<_> = file.map(|entry| entry.unwrap().line).collect();
        assert_eq!(lines, [1, 2, 3, 5], "{capacity}");
    }
}

#[test]
fn columns_are_divided_and_quoted_in_every_usual_way() {
    assert_eq!(
        entries("SP-1;A\nB1,net\nsp-1\tC;;\n\"net\" ; \"D;\"\"1\"\"\"\n \"E\" "),
        ["1 sp-1 A", "2 net B1", "3 sp-1 C", "4 net D;\"1\"", "5 - E"]
    );
    // A serial number that looks like a SKU.
    assert_eq!(entries("sp-1;net"), ["1 sp-1 net"]);
    // Where only a SKU stands, the serial number was forgotten: nobody is to get the SKU in its place.
    for row in ["sp-1", "SP-1;", ";net", "\tsp-1"] {
        assert_eq!(fault(row), FileFault::Serial { line: 1, reason: NotASerial::Empty }, "{row}");
    }
}

#[test]
fn the_directive_of_a_spreadsheet_is_passed_over_and_divides_the_columns() {
    for first in ["sep=;", "sep=", "\"sep=;\"", "SEP=\t", "\u{feff}sep=;", "sep=;;", "sep=|"] {
        let text = format!("{first}\r\nAB-0001\r\nAB-0002\r\n");
        assert_eq!(serials(&text), ["AB-0001", "AB-0002"], "{first}");
        assert_eq!(remarks(&text), Remarks { separator: Some(1), ..Remarks::default() }, "{first}");
    }
    let with_heading = "sep=;\r\nSKU;Serial\r\nsp-1;AA-0001\r\nsp-1;AA-0002\r\n";
    assert_eq!(entries(with_heading), ["3 sp-1 AA-0001", "4 sp-1 AA-0002"]);
    assert_eq!(remarks(with_heading), Remarks { separator: Some(1), heading: Some(2), ..Remarks::default() });
    assert_eq!(entries("sep=|\nsp-1|A,1"), ["2 sp-1 A,1"]);
    assert_eq!(fault("AB-0001\nsep=;\nAB-0002"), junk(2, Junk::Marks));
    assert_eq!(fault("AB-0001\n\"sep=;\"\nAB-0002"), junk(2, Junk::Marks));
}

#[test]
fn a_heading_is_passed_over_in_whatever_language() {
    let headings = [
        "Serial number",
        "SKU;Serial",
        "Серийный номер",
        "Номер",
        "Артикул,Ключ",
        "key",
        "№",
        "Code",
        "LicenseKey",
        "license_key",
        "Seriennummer",
        "sku;product_key",
        "Lizenzschlüssel",
        "Clé",
        "Código",
        "キー",
        "序列号",
        "Avainkoodi",
        "KLUCZE",
        "Kodelisensi",
        "Ключики",
        "\"Серийный номер\"",
        "Keys for Anna",
    ];
    for heading in headings {
        let text = format!("\n{heading}\nAJ-0001\nAJ-0002");
        assert_eq!(entries(&text), ["3 - AJ-0001", "4 - AJ-0002"], "{heading}");
        assert_eq!(remarks(&text).heading, Some(2), "{heading}");
        assert_eq!(entries(format!("{heading}\nAJ-0001")), ["2 - AJ-0001"], "{heading}");
        let many = list(|n| format!("GSP-{n:04}"), 200);
        assert_eq!(serials(format!("{heading}\r\n{many}")).len(), 200, "{heading}");
    }
    assert_eq!(entries("\u{feff}key\nA1"), ["2 - A1"]);
    assert_eq!(entries("\u{feff}A1"), ["1 - A1"]);
    // "SKU;Номер" and "Серийный номер" in Windows-1251, as a Russian spreadsheet writes them.
    for heading in [&b"SKU;\xcd\xee\xec\xe5\xf0"[..], b"\xd1\xe5\xf0\xe8\xe9\xed\xfb\xe9 \xed\xee\xec\xe5\xf0"] {
        assert_eq!(entries([heading, b"\r\nA1"].concat()), ["2 - A1"]);
    }
    // Above serial numbers that are letters only.
    assert_eq!(serials("Passphrase\nABCDEF-GHIJKL\nMNOPQR-STUVWX\nYZABCD-EFGHIJ").len(), 3);
}

#[test]
fn what_may_be_a_heading_or_a_serial_number_is_asked_about() {
    // Of the serial numbers' length, and the only one without a digit.
    assert_eq!(fault("QWERTZ\nA1B2C3\nX9Y8Z7"), junk(1, Junk::Unlike));
    // Words, of which nobody knows whether they are serial numbers.
    assert_eq!(fault("lunch"), junk(1, Junk::Unlike));
    assert_eq!(fault("lunch\ndinner\n"), junk(1, Junk::Unlike));
    // Counted by a spreadsheet.
    assert_eq!(fault("Column1\nAJ-0001"), junk(1, Junk::Unlike));
    assert_eq!(fault("2026-11-25\nAJ-0001"), junk(1, Junk::Figures));
    // The title above the heading.
    assert_eq!(fault("Выгрузка\nКлюч\nAJ-0001"), junk(2, Junk::Unlike));
    assert_eq!(fault("Ключ\nBatchAugust\nAJ-0001\nAJ-0002"), junk(2, Junk::Unlike));
    let not_headings = ["ABCD-EFGH\nABCD", "ABCDE-FGHIJ\nA1CDE-FGH2J", "ABCDEF", "Ж-1\nЯ-2"];
    for text in not_headings {
        assert_eq!(serials(text), text.lines().collect::<Vec<_>>());
    }
}

#[test]
fn wrappings_are_taken_off_and_said() {
    let wrapped = [
        "=\"00012345\"",
        "\"=\"\"00012345\"\"\"",
        "'00012345",
        "’00012345",
        "'00012345'",
        "“00012345”",
        "„00012345“",
        "«00012345»",
        "‘00012345’",
        "`00012345`",
    ];
    for text in wrapped {
        assert_eq!(serials(text), ["00012345"], "{text}");
        let unwrapped = Some(SomeLines { first: 2, count: 1 });
        assert_eq!(remarks(format!("00012346\n{text}")), Remarks { unwrapped, ..Remarks::default() }, "{text}");
    }
    assert_eq!(entries("sp-1;=\"0;1\""), ["1 sp-1 0;1"]);
    // The serial number's own.
    assert_eq!(serials("AB'12\nCD'34"), ["AB'12", "CD'34"]);
    for text in ["=A1+1", "=HYPERLINK(x)", "sp-1;=00012345"] {
        assert_eq!(fault(text), junk(1, Junk::Formula), "{text}");
    }
}

#[test]
fn a_rounded_number_is_refused_since_its_digits_are_lost() {
    let rounded = [
        "1.23457E+15",
        "1,23457E+15",
        "sp-1;1,23457E+15",
        "sp-1;1.23457e+15",
        "\"1,23457E+15\"",
        "1E+15",
        "1,23457E+015",
        "1.23457E15",
        "=\"1.23457E+15\"",
        "1.23457E+15;sp-1",
        // Fifteen digits and zeros.
        "1234567890123450000",
        "1234567890123450\n1234567890123460\n1234567890123470\n1234567890123480",
    ];
    for text in rounded {
        assert_eq!(fault(text), junk(1, Junk::Rounded), "{text}");
    }
    let kept = "1E15\nAB1E+15=\n12E-3456-AAAA\n1234567890123450\n1234567890123456\n3E5.7E9";
    for text in kept.lines() {
        assert_eq!(serials(text), [text]);
    }
}

#[test]
fn among_numbers_of_one_length_a_count_or_a_date_is_refused() {
    let numbers = list(|number| format!("{}", 1_000_000_000_000_000_u64 + u64::from(number) * 7_919), 50);
    for other in ["20261129", "123456789"] {
        assert_eq!(fault(format!("{numbers}{other}\n")), junk(51, Junk::Unlike), "{other}");
    }
    assert_eq!(fault(format!("{numbers}50\n")), junk(51, Junk::Figures));
    // One other serial number is enough to tell what has the form of a day, be there such a day or not.
    assert_eq!(fault("GZ7KQ-M2XW4\n99-99-26\n"), junk(2, Junk::Unlike));
}

#[test]
fn lines_that_divide_others_are_passed_over_and_said() {
    let text = "AN-0001\n--------\nAN-0002\n==========\n***\n";
    assert_eq!(serials(text), ["AN-0001", "AN-0002"]);
    assert_eq!(remarks(text), Remarks { rules: Some(SomeLines { first: 2, count: 3 }), ..Remarks::default() });
    assert_eq!(entries("────\nКлюч\n────\nAN-0001"), ["4 - AN-0001"]);
}

#[test]
fn what_is_no_list_is_refused_at_its_line() {
    let files = [
        "<html>\n<body>\n<table>\n<tr><td>AP-0001</td></tr>",
        "[\n  \"AO-0001\",\n  \"AO-0002\"\n]",
        "{\\rtf1\\ansi\\deff0\nBL-1\\par\n}",
        "{\n\"key\": 1\n}",
        "<?xml version=\"1.0\"?>",
        "#batch-17\nAQ-0001",
        "//batch\nAQ-0001",
        "- AQ-0001\n- AQ-0002",
        "* AQ-0001",
        "• AQ-0001",
        "1. AQ-0001\n2. AQ-0002",
        "1) AQ-0001",
        "1.AQ-0001\n2.AQ-0002",
        "1)AQ-0001",
        "| AQ-0001 |",
        "|AQ-0001|",
        "```",
        "--",
        "key: AQ-0001",
        "key=AQ-0001",
        "#NAME?",
        "########",
        "https://example.com/AQ-0001",
        "vera@example.com",
        "@vera",
        "Итого:1",
        "Total: 50",
        "Gesamt:3",
        "$KEY=AB-1",
        "AB\"C",
        "{AQ-0001",
        "(AQ-0001",
        "-AQ-0001",
        "?",
        "!!",
        "::",
        "$",
        "$/$",
    ];
    for text in files {
        let fault = fault(text);
        assert!(matches!(fault, FileFault::Junk { line: 1, .. } | FileFault::Quotes { line: 1 }), "{text}: {fault:?}");
    }
    for end in [
        "Итого:1",
        "Итого: 50",
        "Total:50",
        "#end",
        "Итого",
        "END",
        "Page",
        "12",
        "01.02.2015",
        "+7-999-000-00-00",
        "[AQ-1]",
        "2026-11-25",
        "12:30",
        "N/A",
        "null",
    ] {
        let text = list(|n| format!("AQ-{n:04}"), 4) + end;
        assert!(matches!(fault(&text), FileFault::Junk { line: 5, .. }), "{end}");
        let long = list(|n| format!("AQ-{n:04}"), 300) + end;
        assert!(matches!(fault(&long), FileFault::Junk { line: 301, .. }), "{end}");
    }
    assert_eq!(fault("AQ-0001\nКонец"), junk(2, Junk::Unlike));
    assert_eq!(fault("AQ-0001\nС уважением"), FileFault::Serial { line: 2, reason: NotASerial::Space });
    assert_eq!(fault("AQ-0001\n\u{1b}[0mAQ-0002"), FileFault::Serial { line: 2, reason: NotASerial::Invisible });
}

#[test]
fn serial_numbers_that_look_like_others_are_refused() {
    // A Cyrillic A, a non-breaking hyphen, an en dash, full width, a minus, a styled letter, an Arabic digit, an accent.
    for text in [
        "\u{410}W-0001",
        "AX\u{2011}0001",
        "AX\u{2013}0001",
        "\u{ff21}\u{ff39}-0001",
        "AX\u{2212}1",
        "\u{1d400}1",
        "A\u{661}",
        "A\u{301}1",
    ] {
        assert_eq!(fault(format!("AW-0002\n{text}")), junk(2, Junk::LookAlike), "{text}");
    }
    // One of Cyrillic letters among Latin ones.
    assert_eq!(fault("AB-0001\nAC-0002\n\u{410}\u{412}-0003"), junk(3, Junk::Unlike));
    assert_eq!(serials("ЖЩ-0001\nЯЭ-0002"), ["ЖЩ-0001", "ЯЭ-0002"]);
}

#[test]
fn a_pattern_decides_what_is_a_serial_number() {
    let catalogue = catalogue("serial_pattern = '\\[?[a-z]+\\]?|[0-9]{4}'");
    let products = ListedProducts::new(&catalogue, [&Sku::parse("sp-1").unwrap()]);
    let read = |text: &str| {
        let (entries, remarks) = read_as(&products, text.as_bytes())?;
        Ok((entries.iter().map(|entry| entry.serial.as_str().to_owned()).collect::<Vec<_>>(), remarks.heading))
    };
    let taken = |list: &[&str], heading| Ok((list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), heading));
    assert_eq!(read("lunch\n[dinner]\n0001"), taken(&["lunch", "[dinner]", "0001"], None));
    assert_eq!(read("QWERTZ\n'0001"), taken(&["0001"], Some(1)));
    assert_eq!(read("0001\nQWERTZ"), Err(junk(2, Junk::Pattern)));
    assert_eq!(read("00011"), Err(junk(1, Junk::Pattern)));
    assert_eq!(read("sp-1;0001\nnet;Q1"), Ok((vec!["0001".to_owned(), "Q1".to_owned()], None)));
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
    assert_eq!(fault("AB 12"), FileFault::Serial { line: 1, reason: NotASerial::Space });
    assert_eq!(fault("A1\nSerial number"), junk(2, Junk::Unlike));
    assert_eq!(fault("B".repeat(101)), FileFault::Serial { line: 1, reason: NotASerial::TooLong });
    assert_eq!(fault("A\u{200b}B"), FileFault::Serial { line: 1, reason: NotASerial::Invisible });
    for nothing in ["", "\n\n", "\u{feff}", "Serial number\n", "sep=;\n----\n"] {
        assert_eq!(serials(nothing), [""; 0], "{nothing:?}");
    }
}

#[test]
fn no_fault_tells_a_serial_number() {
    for text in
        ["SECRET-1;SECRET-2", "SECRET 1", "\"SECRET-1", "#SECRET-1", "SECRET-1;b;c", "=SECRET-1", "SECRET-\u{410}"]
    {
        let fault = fault(text);
        assert!(!format!("{fault} {fault:?}").contains("SECRET"), "{fault}");
    }
}
