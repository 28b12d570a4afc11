//! The scenes in the language that nobody speaks: no word of theirs may stand in Rust, and long words must fit.

use keydesk::domain::{Catalogue, Language, LocalName, Sku};

use crate::support::examples;
use crate::support::languages::english;
use crate::support::pseudo;

/// What people, vendors, files and the parser of TOML say on the scenes, and names that every language leaves as they are.
/// The example catalogue's names and SKUs come on top.
const DATA: &[&str] = &[
    "Guardant",
    "RUB",
    "USD",
    "JPY",
    // What customers write.
    "PO-77",
    "NO 923 609 016",
    // What the vendor writes.
    "We are moving to a new server.",
    // Products beside the example catalogue's.
    "SP <licence>",
    "Network licence,",
    "seats",
    "Key of no group",
    "old-key",
    // What a test says in place of a screen that another one showed, and beside a button.
    "the list",
    "(disabled)",
    // Keys of the catalogue file.
    "sku, group, name, description, url, packages, free_quantity, serial_pattern",
    "group, product",
    "[[group]]",
    "colour",
    "packages[0].price",
    "#REF!",
    "catalog.toml",
    "sku, name",
    "Зоя",
    "sku",
    "id",
    "SP",
    "product",
    "ru, en",
    "name",
    "net",
];

/// Letters in a row of buttons: a phone is 412 density-independent pixels wide nowadays, a chat's margins take 32 of them,
/// and a letter of a button's size, which is 15, is 7 wide on the average.
const ROW: usize = (412 - 32) / 7;
/// What the edges of a button take of it, in letters.
const EDGES: usize = 2;
/// Characters of a message (<https://core.telegram.org/bots/api#sendmessage>).
const LONGEST_TEXT: usize = 4096;

/// Fails when a scene has words that no locale has, or does not fit.
#[track_caller]
pub fn assert_in_no_language(title: &str, shown: &str) {
    let names = names_of(&examples::catalogue());
    let data: Vec<&str> = names.iter().map(String::as_str).chain(DATA.iter().copied()).collect();
    let words = pseudo::plain_words(shown, &data);
    assert!(words.is_empty(), "{title}: {words:?} must come from locales/, or is data:\n{shown}");
    let length = shown.encode_utf16().count();
    assert!(length <= LONGEST_TEXT, "{title}: {length} characters:\n{shown}");
    for row in shown.lines().filter(|line| line.starts_with("[ ")) {
        let labels: Vec<_> = row
            .trim_start_matches("[ ")
            .trim_end_matches(" (disabled)")
            .trim_end_matches(" ]")
            .split(" ] [ ")
            .collect();
        let room = ROW / labels.len() - EDGES;
        for label in &labels {
            let (own, _) = label.split_once(" → ").unwrap_or((label, ""));
            // A vendor's name of a product may be cut: the message above has it in full.
            let own = names.iter().fold(own.to_owned(), |own, name| own.replace(name, ""));
            let length = own.chars().count();
            assert!(length <= room, "{title}: {room} letters fit on a button, not “{own}”:\n{row}");
        }
    }
}

/// Longest first, so that no name is taken for a part of another.
fn names_of(catalogue: &Catalogue) -> Vec<String> {
    let groups = catalogue.groups.iter().map(|group| (&group.name, &group.id));
    let products = catalogue.products.iter().map(|product| (&product.name, &product.sku));
    let both = |(name, id): (&LocalName, &Sku)| [name.in_language(english()).to_owned(), id.to_string()];
    let mut names: Vec<String> = groups.chain(products).flat_map(both).collect();
    let descriptions = catalogue.products.iter().filter_map(|product| product.description.as_ref());
    names.extend(descriptions.map(|text| text.in_language(english()).to_owned()));
    names.extend(Language::all().iter().map(|language| pseudo::texts().name_of(*language)));
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

#[test]
fn a_word_in_rust_and_a_long_label_are_found() {
    let refused = |shown: &'static str| std::panic::catch_unwind(|| assert_in_no_language("a scene", shown)).is_err();
    assert!(!refused("Ǿřḓḓḗř sp-1\n\n[ Ŧǿƥƥ ]"));
    assert!(refused("Order sp-1"));
    assert!(refused("banner-no-such-key"));
    assert!(!refused("Ǿ\n\n[ Ŧǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥ ]"));
    assert!(refused("Ǿ\n\n[ Ŧǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥǿƥƥ ] [ Ŧ ]"));
}
