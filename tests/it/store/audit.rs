//! The audit: rows are added and read, and the database itself keeps them as they are.

use keydesk::domain::{Actor, AuditAction, Period, PersonId, Role, Sku};
use keydesk::store::Store;

use super::{anna, at, commit, on_both, read, runs};

on_both!(what_was_done_is_read_newest_first, no_row_changes_or_goes, standings_and_open_chats_are_kept);

fn zoya() -> Actor {
    Actor::Person { id: PersonId(7), name: "Zoya".to_owned(), role: Role::Admin }
}

async fn what_was_done_is_read_newest_first(store: &Store) {
    let anna = anna(store).await;
    let sku = Sku::parse("sp-1").unwrap();
    let all = [
        AuditAction::Appointed(anna.person.id),
        AuditAction::Dismissed(PersonId(404)),
        AuditAction::Blocked(anna.person.id),
        AuditAction::Unblocked(anna.person.id),
        AuditAction::Exported(Period::All),
        AuditAction::Imported { sku, added: 2, known: 1 },
        AuditAction::PriceListApplied,
    ];
    for action in &all {
        commit!(store, |tx| tx.append_audit(&zoya(), action, at(1)));
    }
    commit!(store, |tx| tx.append_audit(&Actor::System, &AuditAction::PriceListApplied, at(2)));
    let page = read!(store, |tx| tx.audit_page(9, 3));
    assert_eq!((page.page, page.pages), (2, 3));
    let subjects: Vec<_> = page.entries.iter().map(|entry| entry.subject_name.as_deref()).collect();
    assert_eq!(subjects, [None, Some("Anna")], "nobody met 404");
    let first = read!(store, |tx| tx.audit_page(0, 3)).entries;
    assert_eq!((&first[0].actor, first[0].at), (&Actor::System, at(2)));
    assert_eq!(first[1].actor, zoya());
    let mut read: Vec<_> = read!(store, |tx| tx.audit_page(0, 100)).entries.into_iter().map(|one| one.action).collect();
    read.reverse();
    assert_eq!(read[..7], all);
}

/// Whether the database does not let a statement pass.
pub async fn refused(store: &Store, sql: &str) -> bool {
    let broken = std::panic::AssertUnwindSafe(async {
        let mut tx = store.begin().await.unwrap();
        runs(&mut tx, sql).await;
    });
    futures_util::FutureExt::catch_unwind(broken).await.is_err()
}

async fn no_row_changes_or_goes(store: &Store) {
    commit!(store, |tx| tx.append_audit(&zoya(), &AuditAction::Blocked(PersonId(404)), at(1)));
    for sql in [
        "UPDATE audit SET actor_name = 'Anna'",
        "UPDATE audit SET subject_id = NULL",
        "UPDATE audit SET subject_id = 405",
        "UPDATE audit SET subject_id = -1000000000000001, actor_id = 8",
        "DELETE FROM audit",
    ] {
        assert!(refused(store, sql).await, "{sql}");
    }
    let page = read!(store, |tx| tx.audit_page(0, 8));
    assert_eq!(page.entries.first().map(|entry| entry.actor.clone()), Some(zoya()));
    // Once the law has had its way the row stays for good, as nobody's.
    let mut tx = store.begin().await.unwrap();
    runs(&mut tx, "UPDATE audit SET subject_id = -1000000000000001").await;
    tx.commit().await.unwrap();
    for sql in ["UPDATE audit SET action = 'x'", "UPDATE audit SET subject_id = -1000000000000002"] {
        assert!(refused(store, sql).await, "{sql}");
    }
}

async fn standings_and_open_chats_are_kept(store: &Store) {
    use keydesk::domain::{ChatId, Openness, SeenOpenness, StaffStanding};
    use keydesk::store::SeenStanding;

    let (chat, vera) = (ChatId(-5), PersonId(2));
    assert_eq!(read!(store, |tx| tx.staff_standing(chat, vera)), None);
    for (second, standing) in (1..).zip(StaffStanding::ALL) {
        let seen = SeenStanding { standing, at: at(second) };
        commit!(store, |tx| tx.keep_staff_standing(chat, vera, seen));
        assert_eq!(read!(store, |tx| tx.staff_standing(chat, vera)), Some(seen));
    }
    assert!(read!(store, |tx| tx.is_kept_out(chat, vera)), "outside");
    commit!(store, |tx| tx.forget_staff_standing(chat, vera));
    assert!(!read!(store, |tx| tx.is_kept_out(chat, vera)));
    let seen = async |openness, minute: i64| {
        commit!(store, |tx| tx.openness_seen(chat, SeenOpenness { openness, at: at(60 * minute) }))
    };
    assert!(!seen(None, 0).await, "no news");
    for (minute, openness) in (1..).step_by(9).zip(Openness::ALL) {
        assert!(seen(Some(openness), minute + 2).await);
        assert!(!seen(Some(openness), minute + 2).await, "no news");
        assert!(!seen(None, minute + 1).await, "older than what is known");
        assert!(!seen(Some(openness), minute + 4).await, "it still holds");
        assert!(!seen(None, minute + 3).await, "older than when it still held");
        assert!(read!(store, |tx| tx.is_open_chat(chat)) && read!(store, |tx| tx.is_kept_out(chat, vera)));
        assert!(seen(None, minute + 4).await);
        assert!(!seen(None, minute + 6).await);
        assert!(!seen(Some(openness), minute + 5).await, "older than when it was closed still");
        assert!(!read!(store, |tx| tx.is_open_chat(chat)));
    }
}
