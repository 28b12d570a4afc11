//! Serial numbers of every form that is sold: files of them read back as they were written.

use std::collections::BTreeSet;

use keydesk::domain::{ListedProducts, Remarks, SerialFile};
use proptest::prelude::*;

use super::{catalogue, read};

/// Forms of serial numbers that shops sell, each as a regular expression.
const FORMS: &[&str] = &[
    "[A-Z0-9]{5}(-[A-Z0-9]{5}){4}",
    "[A-Z]{6}-[A-Z]{6}",
    "[0-9]{5,16}[1-9]",
    "GSP-[0-9]{1,6}",
    "[a-f0-9]{32}",
    "[a-z]{4}(-[a-z]{4}){3}",
    "\\{[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{12}\\}",
    "[0-9A-F]{2}(:[0-9A-F]{2}){5}",
    "[A-Za-z0-9][A-Za-z0-9+/]{21}==",
    "[A-Z]{3}_[0-9]{4}/[0-9]{2}",
    "v[0-9]\\.[0-9]{2}\\.[A-Z]{4}[0-9]",
    "[АБЖЯЩ]{4}-[АБЖЯЩ]{4}",
    "[A-Z0-9]{4}#[0-9]{4}",
    "[A-Za-z0-9]{16}[0-9]",
    "[A-Z0-9]{4,12}-[0-9]{1,4}",
    "[A-Z]{3}\\+[0-9]{5}",
    "[0-9]{3}-[0-9]{7}",
];

fn lists() -> impl Strategy<Value = BTreeSet<String>> {
    // A group of X hides a part of a key: one of half a million that are drawn of letters has such a group by chance.
    let hides = |group: &str| group.len() > 2 && group.chars().all(|c| matches!(c, 'X' | 'x'));
    let shown = move |serial: &String| !serial.split('-').any(hides);
    let of = |form: &&str| {
        let serials = proptest::string::string_regex(form).unwrap().prop_filter("hidden in part", shown);
        proptest::collection::btree_set(serials, 1..80)
    };
    // Of numbers drawn in every length four may be of one length by chance, and one that is not may be a day or a count.
    proptest::strategy::Union::new(FORMS.iter().map(of)).prop_filter("one stands out", |list| !one_stands_out(list))
}

/// Whether a number, of digits only, is asked about because four of five others have one length and it has another.
fn one_stands_out(list: &BTreeSet<String>) -> bool {
    let lengths = list.iter().filter(|serial| serial.bytes().all(|byte| byte.is_ascii_digit())).map(String::len);
    let lengths: Vec<usize> = lengths.collect();
    let of_length = |length: &usize| lengths.iter().filter(|other| *other == length).count();
    let others = lengths.len().saturating_sub(1);
    let shows = |usual: &usize| of_length(usual) <= others && of_length(usual) * 5 >= others * 4;
    others > 2 && lengths.iter().any(shows)
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_the_end_or_to_the_first_fault(bytes: Vec<u8>) {
        let products = ListedProducts::new(&catalogue(""), []);
        let mut file = SerialFile::new(&bytes[..], &products);
        let mut last = 0;
        for entry in file.by_ref() {
            let Ok(entry) = entry else { break };
            prop_assert!(entry.line > last);
            last = entry.line;
        }
        prop_assert!(file.next().is_none());
    }

    #[test]
    fn a_list_of_one_form_reads_back_as_it_was_written(list in lists(), heading in "(|Serial number\r\n|license_key\r\n|Schlüssel\r\n)") {
        let written: Vec<&str> = list.iter().map(String::as_str).collect();
        let text = format!("{heading}{}\r\n", written.join("\r\n"));
        let (entries, remarks) = read(&text).map_err(|fault| TestCaseError::fail(format!("{fault}\n{text}")))?;
        let read: Vec<&str> = entries.iter().map(|entry| entry.serial.as_str()).collect();
        prop_assert_eq!(read, written);
        prop_assert_eq!(remarks, Remarks { heading: (!heading.is_empty()).then_some(1), ..Remarks::default() });
    }

    #[test]
    fn what_was_written_beside_its_product_is_read(list in lists()) {
        let quoted: Vec<_> = list.iter().map(|serial| format!("sp-1;\"{serial}\"")).collect();
        let (entries, _) = read(quoted.join("\r\n")).map_err(|fault| TestCaseError::fail(format!("{fault}\n{list:?}")))?;
        let read: BTreeSet<_> = entries.iter().map(|entry| entry.serial.as_str().to_owned()).collect();
        prop_assert_eq!(read, list);
    }

    #[test]
    fn a_word_below_a_list_is_never_a_serial_number(list in lists(), word in "(Всего|Ende|Summary|totals|Подпись|__)") {
        prop_assume!(list.len() > 2);
        let text = list.iter().map(|serial| format!("{serial}\n")).collect::<String>() + &word;
        prop_assert!(read(&text).is_err(), "{text}");
    }
}
