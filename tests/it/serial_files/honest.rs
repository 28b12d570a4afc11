//! Serial numbers as makers of software write them: each family passes as it is, in files of any length.

use super::{list, read, serials};

/// Digits of a serial number: spread, and the same at every run.
struct Digits(u64);

impl Digits {
    fn of(number: u32) -> Digits {
        Digits(u64::from(number) + 1)
    }

    fn next(&mut self, alphabet: &str) -> char {
        // Of Knuth's generator the upper bits are good.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let letters: Vec<char> = alphabet.chars().collect();
        letters[usize::try_from(self.0 >> 33).unwrap() % letters.len()]
    }
}

const UPPER: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const MIXED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_OF_ADDRESSES: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const HEX: &str = "0123456789abcdef";
const CAPITAL_HEX: &str = "0123456789ABCDEF";
const CROCKFORD: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const DIGITS: &str = "0123456789";
const SMALL: &str = "abcdefghijklmnopqrstuvwxyz";

/// A family: the template of its serial numbers, in which `x` stands for one of these.
const FAMILIES: &[(&str, &str, &str)] = &[
    ("product keys of five groups", "xxxxx-xxxxx-xxxxx-xxxxx-xxxxx", UPPER),
    ("keys of four groups", "xxxx-xxxx-xxxx-xxxx", CAPITAL_HEX),
    ("keys of three groups", "xxxxx-xxxxx-xxxxx", UPPER),
    ("identifiers", "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", HEX),
    ("identifiers in braces", "{xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx}", CAPITAL_HEX),
    ("identifiers without hyphens", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", HEX),
    ("sixteen digits", "4xxxxxxxxxxxxxx7", DIGITS),
    ("twelve digits", "xxxxxxxxxxx3", DIGITS),
    ("eight digits", "77xxxxx9", DIGITS),
    ("digits in groups of four", "xxxx-xxxx-xxxx-xxxx", DIGITS),
    ("digits in groups of five", "xxxxx-xxxxx-xxxxx", DIGITS),
    ("base32", "xxxxxxxxxxxxxxxxxxxxxxxx", BASE32),
    ("Crockford's base32 in groups", "xxxxx-xxxxx-xxxxx-xxxxx", CROCKFORD),
    ("base64", "Axxxxxxxxxxxxxxxxxxxxb==", BASE64),
    ("base64 of addresses", "Axxxxxxxxxxxxxxxxxxxxb", BASE64_OF_ADDRESSES),
    ("letters of both cases", "xxxxxxxxxxxxxxxx", MIXED),
    ("with underscores", "ACME_PRO_xxxxx_xxxxx", UPPER),
    ("with their product before them", "GSP-30000-xxxxxxxx", CAPITAL_HEX),
    ("with their year before them", "2026-xxxx-xxxx-xxxx", UPPER),
    ("octets", "xx:xx:xx:xx:xx:xx:xx:xx", CAPITAL_HEX),
    ("small letters in groups", "xxxx-xxxx-xxxx-xxxx", SMALL),
    ("with a check digit behind a slash", "xxxxxxxx/3", UPPER),
];

fn key(template: &str, alphabet: &str, number: u32) -> String {
    let mut digits = Digits::of(number);
    for _ in 0..4 {
        digits.next(alphabet);
    }
    template.chars().map(|c| if c == 'x' { digits.next(alphabet) } else { c }).collect()
}

#[test]
fn twenty_families_of_serial_numbers_pass_as_they_are() {
    assert!(FAMILIES.len() >= 20);
    for (family, template, alphabet) in FAMILIES {
        for count in [1, 2, 3, 4, 5, 7, 10, 20, 60, 400] {
            let text = list(|number| key(template, alphabet, number), count);
            let written: Vec<&str> = text.lines().collect();
            let read = read(&text).unwrap_or_else(|fault| panic!("{family}, {count}: {fault}\n{text}"));
            let read: Vec<&str> = read.0.iter().map(|entry| entry.serial.as_str()).collect();
            assert_eq!(read, written, "{family}");
        }
    }
}

#[test]
fn numbers_that_count_on_grow_longer() {
    let counted = list(|number| format!("GSP-{}", number + 1), 1_200);
    assert_eq!(serials(&counted).len(), 1_200);
    let counted = list(|number| format!("KEY{}", number + 950), 100);
    assert_eq!(serials(&counted).len(), 100);
}
