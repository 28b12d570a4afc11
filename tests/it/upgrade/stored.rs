//! Every form in which release 0.1.0 stored something is read, also those that no database of the fixtures holds.

use std::collections::BTreeMap;
use std::fmt::Debug;

use keydesk::chat::answer::Outgoing;
use keydesk::chat::dialogue::{Dialogue, VendorDialogue};
use keydesk::domain::{OrderAction, Stored};
use serde_json::Value;

const DIALOGUES: &str = include_str!("fixtures/0.1.0/dialogues.json");
const NOTIFICATIONS: &str = include_str!("fixtures/0.1.0/notifications.json");

#[test]
fn every_dialogue_of_0_1_0_goes_on_where_it_was() {
    let stored: BTreeMap<String, Value> = serde_json::from_str(DIALOGUES).unwrap();
    assert!(stored.len() > 100);
    for (name, text) in &stored {
        let (customer, vendor) = (read::<Dialogue>(name, text), read::<VendorDialogue>(name, text));
        let is_vendors = text["dialogue"]["place"].get("staff").is_some();
        if name.starts_with("place.") && !["place.home", "place.staff.idle"].contains(&name.as_str()) {
            assert_eq!(customer.state == Dialogue::default().state, is_vendors, "{name}: {customer:?}");
            assert_eq!(vendor.state != VendorDialogue::default().state, is_vendors, "{name}: {vendor:?}");
        }
        if name.starts_with("notice.") {
            assert_eq!((customer.banner.is_some(), vendor.banner.is_some()), (!is_vendors, is_vendors), "{name}");
        }
    }
}

#[test]
fn every_message_and_every_action_of_0_1_0_is_read() {
    let stored: BTreeMap<String, BTreeMap<String, Value>> = serde_json::from_str(NOTIFICATIONS).unwrap();
    let mut forms = Vec::new();
    for (name, text) in &stored["notices.fact"] {
        let read = Outgoing::read(&text.to_string()).unwrap_or_else(|error| panic!("{name}: {error}"));
        forms.push(format!("{name}: {read:?}"));
    }
    insta::assert_snapshot!("messages", forms.join("\n"));
    for (name, text) in &stored["order_events.deed"] {
        read::<OrderAction>(name, text);
    }
}

/// What it is, which what this release writes of it says too.
fn read<T: Stored + PartialEq + Debug>(name: &str, text: &Value) -> T {
    let read = T::decode(&text.to_string()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(T::decode(&read.encode().unwrap()).as_ref(), Ok(&read), "{name}");
    read
}
