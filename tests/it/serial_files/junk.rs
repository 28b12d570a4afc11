//! What stands in the column of serial numbers, or on a serial number, and must never be sold.

use keydesk::domain::{FileFault, Junk, ListedProducts, NotASerial, Sku};
use proptest::prelude::*;

use super::{catalogue, fault, junk, list, read, read_as, serials};

/// Five serial numbers of one form.
const KEYS: &str = "\
GZ7KQ-M2XW4-9TRPB-6HYFN-C3VJD
W8DNE-5KZTA-RQ27M-XG9PC-4BHLY
7PXTC-JWN6E-D4KAG-2YZMR-H9VQ8
KB3RV-T8YHC-6MPQZ-NW5JX-E7DAG
M9WQE-2HXVN-CK7TD-8ZRYP-5GJ4B
";

#[test]
fn columns_of_dates_sums_telephones_and_counts_are_refused() {
    let columns: &[&[&str]] = &[
        &["01.02.2026", "02.02.2026", "15.03.2026"],
        &["2026-11-29", "2026-11-30"],
        &["11/29/2026", "1/2/26"],
        &["29-Nov-2026", "30-Nov-2026"],
        &["20261129", "20261130"],
        &["29112026"],
        &["12:30", "9:05:00"],
        &["2026-11-29T12:30:00Z"],
        &["1200.00", "350.50"],
        &["$120", "$99.90"],
        &["1200руб."],
        &["50%"],
        &["+79990000001", "+79990000002"],
        &["79990000001", "79990000002"],
        &["9990000001", "9161234567", "9037654321"],
        &["8-999-000-00-01"],
        &["+7(999)000-00-01"],
        &["555-123-4567"],
        &["1", "2", "3"],
        &["0", "1"],
        &["001", "002", "003"],
        &["0000000001", "0000000002"],
        &["50", "100", "50"],
    ];
    for column in columns {
        assert_eq!(fault(column.join("\n")), junk(1, Junk::Figures), "{column:?}");
        let headed = format!("Serial number\n{}", column.join("\n"));
        assert_eq!(fault(headed), junk(2, Junk::Figures), "{column:?}");
        let beside: Vec<_> = column.iter().map(|text| format!("sp-1;{text}")).collect();
        assert_eq!(fault(beside.join("\n")), junk(1, Junk::Figures), "{column:?}");
    }
    assert_eq!(fault("vera@example.com\noleg@example.com"), junk(1, Junk::Marks));
}

#[test]
fn two_serial_numbers_on_one_line_are_refused() {
    let (one, other) = ("GZ7KQ-M2XW4-9TRPB", "W8DNE-5KZTA-RQ27M");
    for text in
        [format!("{one}/{other}"), format!("\"{one},{other}\""), format!("{one}+{other}"), format!("{one}&{other}")]
    {
        assert_eq!(fault(&text), junk(1, Junk::Pair), "{text}");
    }
    assert_eq!(fault("1234567890123456/6543210987654321"), junk(1, Junk::Pair));
    for text in
        [format!("{one} {other}"), format!("{one},{other}"), format!("{one};{other}"), format!("{one} / {other}")]
    {
        assert!(read(&text).is_err(), "{text}");
    }
    // Without a gap, among others.
    assert_eq!(
        fault(format!("{KEYS}GZ7KQ-M2XW4-9TRPB-6HYFN-C3VJDW8DNE-5KZTA-RQ27M-XG9PC-4BHLY")),
        junk(6, Junk::Unlike)
    );
    let plain = "ABCDEFGH2345\nBCDEFGHJ3456\nCDEFGHJK4567\n";
    assert_eq!(fault(format!("{plain}DEFGHJKL5678EFGHJKLM6789")), junk(4, Junk::Unlike));
}

#[test]
fn a_part_of_a_serial_number_is_refused() {
    for part in
        ["GZ7KQ-M2XW4-9TRPB", "GZ7KQ-M2XW4-9TRPB-6HYFN", "6HYFN-C3VJD", "GZ7KQ", "GZ7KQ-M2XW4-9TRPB-6HYFN-C3VJD-W8DNE"]
    {
        assert_eq!(fault(format!("{KEYS}{part}\n")), junk(6, Junk::Unlike), "{part}");
        assert_eq!(fault(format!("{KEYS}{part}\n{KEYS}")), junk(6, Junk::Unlike), "{part}");
    }
    assert_eq!(fault("GZ7KQ-M2XW4-9TRPB-\n6HYFN-C3VJD\n"), junk(1, Junk::Marks));
    let long =
        list(|number| format!("{:05}-{:05}-{:05}", number * 7 + 10_001, number * 13 + 20_001, number + 30_001), 300);
    assert_eq!(fault(format!("{long}12345-12345\n")), junk(301, Junk::Unlike));
    assert_eq!(fault("ABCDEFGH2345\nBCDEFGHJ3456\nCDEFGHJK4567\nDEFGHJ"), junk(4, Junk::Unlike));
}

#[test]
fn a_serial_number_that_somebody_ticked_off_is_refused() {
    let key = "GZ7KQ-M2XW4-9TRPB-6HYFN-C3VJD";
    for mark in ["*", "!", "-USED", "_sold", "/выдан", "(sold)", "-", "?", "…"] {
        let alone = fault(format!("{key}{mark}"));
        assert!(matches!(alone, FileFault::Junk { line: 1, kind: Junk::Marks }), "{mark}: {alone:?}");
        assert!(matches!(fault(format!("{KEYS}{key}{mark}")), FileFault::Junk { line: 6, .. }), "{mark}");
    }
    for mark in ["!", "*", "~", "^", "#", "-", "+", "x-", "sold:"] {
        assert!(read(format!("{KEYS}{mark}GZ7KQ-M2XW4-9TRPB-6HYFN-C3VJE")).is_err(), "{mark}");
    }
    assert!(read(format!("{KEYS}{key} (sold)")).is_err());
    assert!(read(format!("{KEYS}{key};sold")).is_err());
    // Words of the maker's own.
    assert_eq!(serials("DEMO-AB12-CD34\nDEMO-EF56-GH78"), ["DEMO-AB12-CD34", "DEMO-EF56-GH78"]);
}

#[test]
fn a_key_that_is_shown_in_part_is_refused() {
    for masked in ["AB12-****-EF56", "XXXX-XXXX-EF56", "AB12-CD34-EF??", "AB12-CD34..."] {
        assert_eq!(fault(format!("AB12-CD34-EF56\n{masked}\n")), junk(2, Junk::Marks), "{masked}");
    }
}

#[test]
fn a_number_that_was_read_with_decimals_is_refused() {
    for number in ["1234567890123450.0", "1234567890123456.00", "1234567890123456,0;sp-1"] {
        assert_eq!(fault(format!("{number}\n")), junk(1, Junk::Rounded), "{number}");
    }
}

#[test]
fn what_was_written_for_a_page_or_an_address_is_refused() {
    for text in ["AB12%2DCD34", "AB12&#45;CD34", "AB12&amp;CD34", "AB12=2DCD34", "\"AB12&#x2D;CD34\""] {
        assert_eq!(fault(text), junk(1, Junk::Escaped), "{text}");
    }
}

#[test]
fn a_pattern_decides_where_the_file_cannot_know() {
    let patterns = [
        ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "2026-11-29\n2026-11-30"),
        ("[0-9]{1,3}", "1\n2\n3"),
        ("[A-Z0-9]{5}-[A-Z0-9]{5}/[A-Z0-9]{5}-[A-Z0-9]{5}", "GZ7KQ-M2XW4/9TRPB-6HYFN"),
        ("[A-Z0-9%]+", "AB%2DCD"),
        ("[A-Z0-9]+(-USED)?", "AB12-USED\nCD34"),
        ("[A-Z0-9!]+", "AB12!"),
    ];
    for (pattern, text) in patterns {
        let catalogue = catalogue(&format!("serial_pattern = '{pattern}'"));
        let products = ListedProducts::new(&catalogue, [&Sku::parse("sp-1").unwrap()]);
        let (entries, _) = read_as(&products, text.as_bytes()).unwrap_or_else(|fault| panic!("{pattern}: {fault}"));
        let read: Vec<&str> = entries.iter().map(|entry| entry.serial.as_str()).collect();
        assert_eq!(read, text.lines().collect::<Vec<_>>(), "{pattern}");
    }
}

proptest! {
    #[test]
    fn no_column_of_dates_is_taken(days in proptest::collection::vec((1u32..=28, 1u32..=12, 2000u32..=2050), 1..60), form in 0usize..5) {
        let date = |(day, month, year): &(u32, u32, u32)| match form {
            0 => format!("{day:02}.{month:02}.{year}"),
            1 => format!("{year}-{month:02}-{day:02}"),
            2 => format!("{month}/{day}/{year}"),
            3 => format!("{year}{month:02}{day:02}"),
            _ => format!("{day:02}.{month:02}.{:02}", year % 100),
        };
        let text: String = days.iter().map(|day| date(day) + "\n").collect();
        prop_assert!(read(&text).is_err(), "{text}");
    }

    #[test]
    fn no_column_of_sums_or_counts_is_taken(sums in proptest::collection::vec((0u32..2_000_000, 0u32..100), 1..60), first in 1u32..90_000) {
        let text: String = sums.iter().map(|(whole, part)| format!("{whole}.{part:02}\n")).collect();
        prop_assert!(read(&text).is_err(), "{text}");
        prop_assert!(read(list(|number| (first + number).to_string(), 40)).is_err(), "{first}");
    }

    #[test]
    fn no_line_of_two_and_no_half_is_taken(groups in proptest::collection::vec("[A-Z2-9]{5}", 30..31), between in "[/,;+ ]", kept in 1usize..5) {
        let keys: Vec<String> = groups.chunks(5).map(|key| key.join("-")).collect();
        let list = keys[..4].join("\n");
        prop_assert!(read(&list).is_ok(), "{list}");
        let both = format!("{list}\n{}{between}{}", keys[4], keys[5]);
        prop_assert!(read(&both).is_err(), "{both}");
        let half = format!("{list}\n{}", groups[20..20 + kept].join("-"));
        prop_assert!(read(&half).is_err(), "{half}");
    }
}

#[test]
fn what_is_too_long_or_a_programs_list_is_called_so() {
    let long = "KEY-".repeat(75);
    assert_eq!(fault(&long), FileFault::Serial { line: 1, reason: NotASerial::TooLong });
    for array in ["[\"KEY-1\",\"KEY-2\"]", "{\"keys\": [\"KEY-1\"]}", "[\n  \"KEY-1\",\n  \"KEY-2\"\n]"] {
        assert_eq!(fault(array), junk(1, Junk::Marks), "{array}");
    }
}
