//! What is known of the backups that the bot takes by itself.

use keydesk::store::{BackupWatch, Store};

use super::{at, commit, on_both, read};

on_both!(the_last_backup_is_known_and_staff_are_told_once);

async fn the_last_backup_is_known_and_staff_are_told_once(store: &Store) {
    assert_eq!(read!(store, |tx| tx.backup_watch()), None);
    assert_eq!(read!(store, |tx| tx.survey()).backup_taken, None);
    commit!(store, |tx| tx.note_backups(at(0), None));
    assert!(!commit!(store, |tx| tx.end_missing_backup()));
    assert!(commit!(store, |tx| tx.announce_missing_backup(at(6))));
    assert!(!commit!(store, |tx| tx.announce_missing_backup(at(7))));
    let watch = BackupWatch { since: at(0), taken_at: None, announced_at: Some(at(6)) };
    assert_eq!(read!(store, |tx| tx.backup_watch()), Some(watch.clone()));
    commit!(store, |tx| tx.note_backups(at(0), Some(at(8))));
    assert_eq!(read!(store, |tx| tx.survey()).backup_taken, Some(at(8)));
    assert!(commit!(store, |tx| tx.end_missing_backup()));
    let over = BackupWatch { taken_at: Some(at(8)), announced_at: None, ..watch };
    assert_eq!(read!(store, |tx| tx.backup_watch()), Some(over));
}
