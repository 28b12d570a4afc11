//! What the database holds as JSON, of this release and the former: a strange text costs at most itself.

use std::fmt::Debug;

use keydesk::chat::answer::{Answer, Outgoing};
use keydesk::chat::dialogue::{Banner, Dialogue, State, VendorDialogue};
use keydesk::chat::i18n::Texts;
use keydesk::chat::view::{Facts, Subject, screen};
use keydesk::domain::{AuditAction, Draft, DraftId, Notification, OrderAction, Revision, Stored};
use serde_json::{Value, json};

use super::harness::{Read, fuzz};
use super::json::values;
use crate::support::examples;
use crate::support::languages::russian;

const DIALOGUES: &str = include_str!("../upgrade/fixtures/0.1.0/dialogues.json");
const NOTIFICATIONS: &str = include_str!("../upgrade/fixtures/0.1.0/notifications.json");

/// Every value two levels below: the fixtures have them by kind and name.
fn former(text: &str, kind: Option<&str>) -> Vec<Value> {
    let all: Value = serde_json::from_str(text).unwrap();
    let named = kind.map_or(&all, |kind| &all[kind]);
    named.as_object().unwrap().values().cloned().collect()
}

/// These, and as this release writes them.
fn with_current<T: Stored>(former: Vec<Value>) -> Vec<Value> {
    let current = |value: &Value| {
        let read = T::decode(&value.to_string()).unwrap();
        serde_json::from_str(&read.encode().unwrap()).unwrap()
    };
    let current: Vec<Value> = former.iter().map(current).collect();
    [former, current].concat()
}

/// What stands elsewhere in stored texts, and what only an envelope has.
fn matter() -> Vec<Value> {
    let states = ["home", "idle", "confirming", "waiting_for_note", "reading_catalogue", "placed", "invoiced", "taken"];
    let wrapped = [json!({ "v": 1, "body": {} }), json!({ "v": 2, "dialogue": 1 }), json!({ "v": u64::MAX })];
    let numbers = [json!(446), json!(101), json!(u32::MAX), json!({ "minor": i64::MAX, "currency": "RUB" })];
    let named = ["staff", "admin", "done", "account"].map(|name| json!({ name: { name: 1 } }));
    states.map(|state| json!(state)).into_iter().chain(wrapped).chain(numbers).chain(named).collect()
}

fn holds<T: Stored + PartialEq + Debug>(text: &Value) -> Result<T, ()> {
    let read = T::decode(&text.to_string()).map_err(|_| ())?;
    assert_eq!(T::decode(&read.encode().unwrap()).as_ref(), Ok(&read), "written and read back");
    Ok(read)
}

#[test]
fn a_stored_dialogue_is_read_and_shown_or_refused() {
    let (shop, catalogue, reader) = (examples::shop(), examples::catalogue(), examples::anna());
    let facts = Facts { shop: &shop, catalogue: &catalogue, reader: &reader, subject: &Subject::Nothing };
    let texts = Texts::new(russian(), shop.time_zone);
    let dialogues = former(DIALOGUES, None);
    let examples = [with_current::<Dialogue>(dialogues.clone()), with_current::<VendorDialogue>(dialogues)].concat();
    fuzz("stored dialogues", 256, &values(examples, matter()), |text| {
        let dialogue = holds::<Dialogue>(&text);
        if let Ok(dialogue) = &dialogue {
            let draft = Some(Draft::new(DraftId(1)));
            let _ = screen(&Dialogue { draft, ..dialogue.clone() }, &facts, &texts);
        }
        let vendor = holds::<VendorDialogue>(&text);
        if dialogue.is_ok() || vendor.is_ok() { Read::Taken } else { Read::Refused }
    });
}

#[test]
fn a_stored_draft_is_read_and_shown_or_refused() {
    let (shop, catalogue, reader) = (examples::shop(), examples::catalogue(), examples::anna());
    let facts = Facts { shop: &shop, catalogue: &catalogue, reader: &reader, subject: &Subject::Nothing };
    let texts = Texts::new(russian(), shop.time_zone);
    let mut draft = Draft::new(DraftId(7));
    for product in &catalogue.products[..2] {
        draft.put(product, 50).unwrap();
    }
    draft.set_note(Some("PO-77".to_owned()));
    let example = serde_json::from_str(&draft.encode().unwrap()).unwrap();
    fuzz("stored drafts", 300, &values(vec![example], matter()), |text| {
        let draft = holds::<Draft>(&text);
        if let Ok(draft) = &draft {
            let (state, banner) = (State::Confirming, Some(Banner::PricesChanged));
            let _ = screen(&Dialogue { state, banner, draft: Some(draft.clone()), ..Dialogue::new() }, &facts, &texts);
        }
        Read::of(&draft)
    });
}

#[test]
fn a_stored_message_and_a_stored_action_are_read_or_refused() {
    let (facts, deeds) =
        (former(NOTIFICATIONS, Some("notices.fact")), former(NOTIFICATIONS, Some("order_events.deed")));
    let examples = [
        facts,
        with_current::<OrderAction>(deeds),
        vec![
            json!({ "v": 1, "body": { "imported": { "sku": "sp-1", "added": 1, "known": 0 } } }),
            json!({ "v": 1, "body": { "sku": "sp-1", "offer": { "package": 50 }, "to": { "quantity": 60 } } }),
        ],
    ]
    .concat();
    fuzz("stored messages and actions", 400, &values(examples, matter()), |text| {
        let message = Outgoing::read(&text.to_string());
        match &message {
            Ok(Outgoing::Shop(told)) => assert_eq!(holds::<Notification>(&text).as_ref(), Ok(told)),
            Ok(Outgoing::Chat(answer)) => assert_eq!(holds::<Answer>(&text).as_ref(), Ok(answer)),
            Err(_) => {}
        }
        let (action, audit) = (holds::<OrderAction>(&text), holds::<AuditAction>(&text));
        let revision = holds::<Revision>(&text);
        let is_read = message.is_ok() || action.is_ok() || audit.is_ok() || revision.is_ok();
        if is_read { Read::Taken } else { Read::Refused }
    });
}
