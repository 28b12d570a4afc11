//! People and their accounts.

use keydesk::{
    domain::{Access, PersonId},
    store::{Driver, Reachability, SaveDialogue, ShowIn, Store},
};

use super::{TestStore, anna, at, boris, commit, dialogue_of, on_both, person, read};
use crate::support::languages::{english, russian};

on_both!(
    a_person_gets_an_account_of_their_own_at_first_sight,
    first_updates_at_once_give_one_account,
    a_new_name_is_kept_and_the_choices_stay,
    a_choice_of_language_can_be_taken_back,
    whoever_blocked_the_bot_is_not_reachable_until_they_are_back,
    nobody_is_known_before_they_were_met,
);

async fn a_person_gets_an_account_of_their_own_at_first_sight(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    assert_eq!(anna.person, person(1, "Anna"));
    assert_ne!(anna.account, boris.account);
    assert_eq!(anna.reachability, Reachability::Reachable);
    assert_eq!(anna.chosen_language, None);
    assert_eq!(read!(store, |tx| tx.customer(PersonId(1))), Some(anna));
}

async fn first_updates_at_once_give_one_account(store: &Store) {
    let updates = (0..20).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { commit!(store, |tx| tx.meet(&person(1, "Anna"), Access::Admitted, at(0))).account })
    });
    let mut accounts = Vec::new();
    for update in updates.collect::<Vec<_>>() {
        accounts.push(update.await.unwrap());
    }
    accounts.dedup();
    assert_eq!(accounts.len(), 1);
}

async fn a_new_name_is_kept_and_the_choices_stay(store: &Store) {
    let before = anna(store).await;
    commit!(store, |tx| tx.choose_language(PersonId(1), Some(english())));
    let mut married = person(1, "Anna Petrova");
    married.username = Some("anna_p".to_owned());
    married.telegram_language = Some(russian());
    let after = commit!(store, |tx| tx.meet(&married, Access::Admitted, at(5)));
    assert_eq!(after.person, married);
    assert_eq!(after.account, before.account);
    assert_eq!(after.chosen_language, Some(english()));
    assert_eq!(read!(store, |tx| tx.customer(PersonId(1))), Some(after));
}

async fn a_choice_of_language_can_be_taken_back(store: &Store) {
    anna(store).await;
    for choice in [Some(english()), None] {
        commit!(store, |tx| tx.choose_language(PersonId(1), choice));
        assert_eq!(read!(store, |tx| tx.customer(PersonId(1))).unwrap().chosen_language, choice);
    }
}

async fn whoever_blocked_the_bot_is_not_reachable_until_they_are_back(store: &Store) {
    anna(store).await;
    for reachability in [Reachability::Blocked, Reachability::Deactivated, Reachability::Reachable] {
        commit!(store, |tx| tx.set_reachability(PersonId(1), reachability, at(5)));
        assert_eq!(read!(store, |tx| tx.customer(PersonId(1))).unwrap().reachability, reachability);
    }
}

async fn nobody_is_known_before_they_were_met(store: &Store) {
    assert_eq!(read!(store, |tx| tx.customer(PersonId(1))), None);
}

/// On SQLite there is one writer, and whoever comes second has read nothing yet.
#[tokio::test]
async fn who_waits_for_a_persons_row_sees_what_became_of_the_person() {
    let store = TestStore::on_postgres().await;
    anna(&store).await;
    let screen = SaveDialogue { state: "{}".to_owned(), show_in: ShowIn::LiveMessage, watches: None };
    commit!(store, |tx| tx.save_dialogue(dialogue_of(1), None, &screen, at(0)));
    let mut first = store.begin().await.unwrap();
    first.load(&[PersonId(1)]).await.unwrap();
    first.choose_language(PersonId(1), Some(english())).await.unwrap();
    let second = async {
        let mut second = store.begin().await.unwrap();
        second.load(&[PersonId(1)]).await.unwrap();
        second.customer(PersonId(1)).await.unwrap().unwrap().chosen_language
    };
    let commits = async {
        while !somebody_waits(&store).await {}
        first.commit().await.unwrap();
    };
    assert_eq!(tokio::join!(second, commits).0, Some(english()));
}

pub async fn somebody_waits(store: &Store) -> bool {
    const WAITING: &str = "SELECT EXISTS (
         SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
     )";
    let mut tx = store.read();
    let Driver::Postgres(session) = tx.driver().await.unwrap() else { panic!("it is on PostgreSQL") };
    sqlx::query_scalar(WAITING).fetch_one(&mut **session).await.unwrap()
}
