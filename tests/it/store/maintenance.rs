//! Whether the shop is under maintenance.

use keydesk::domain::Maintenance;
use keydesk::store::Store;

use super::{at, commit, on_both, read};

on_both!(maintenance_begins_changes_its_reason_and_ends);

async fn maintenance_begins_changes_its_reason_and_ends(store: &Store) {
    assert_eq!(read!(store, |tx| tx.maintenance()), None);
    assert!(!read!(store, |tx| tx.is_maintained()));
    let moving = Maintenance { reason: "We are moving".to_owned(), since: at(0), until: None };
    commit!(store, |tx| tx.begin_maintenance(&moving));
    assert_eq!(read!(store, |tx| tx.maintenance()), Some(moving.clone()));
    assert!(read!(store, |tx| tx.is_maintained()));
    let longer = Maintenance { reason: "It takes longer".to_owned(), since: at(5), until: Some(at(9)) };
    commit!(store, |tx| tx.begin_maintenance(&longer));
    assert_eq!(read!(store, |tx| tx.maintenance()), Some(Maintenance { since: at(0), ..longer }));
    assert!(commit!(store, |tx| tx.end_maintenance()));
    assert!(!commit!(store, |tx| tx.end_maintenance()));
    assert_eq!(read!(store, |tx| tx.maintenance()), None);
}
