//! Who is served.

use keydesk::{
    domain::{Access, PersonId},
    store::{AccessChange, AccessDecision, Asked, Decider, SaveDialogue, ShowIn, Store},
};

use super::{anna, at, commit, dialogue_of, on_both, person, read};

on_both!(
    a_newcomer_has_the_access_of_newcomers_and_keeps_it,
    the_vendor_is_asked_once,
    of_two_decisions_at_once_one_is_first,
    access_is_set_whatever_it_was,
);

fn vera() -> Decider {
    Decider { id: PersonId(201), name: "Vera".to_owned() }
}

async fn waits(store: &Store) {
    commit!(store, |tx| tx.meet(&person(1, "Anna"), Access::Waiting, at(0)));
    let next = SaveDialogue { state: "{}".to_owned(), show_in: ShowIn::NewMessage, watches: None };
    commit!(store, |tx| tx.save_dialogue(dialogue_of(1), None, &next, at(0)));
}

async fn version(store: &Store) -> i64 {
    read!(store, |tx| tx.dialogue(dialogue_of(1))).unwrap().version
}

async fn a_newcomer_has_the_access_of_newcomers_and_keeps_it(store: &Store) {
    let met = commit!(store, |tx| tx.meet(&person(1, "Anna"), Access::Waiting, at(0)));
    assert_eq!(met.access, Access::Waiting);
    let again = commit!(store, |tx| tx.meet(&person(1, "Anna Petrova"), Access::Admitted, at(1)));
    assert_eq!(again.access, Access::Waiting);
    assert_eq!(read!(store, |tx| tx.customer(PersonId(1))), Some(again));
}

async fn the_vendor_is_asked_once(store: &Store) {
    waits(store).await;
    assert_eq!(commit!(store, |tx| tx.ask_access(PersonId(1), at(1))), Asked::Now);
    assert_eq!(commit!(store, |tx| tx.ask_access(PersonId(1), at(2))), Asked::Before);
    assert_eq!(commit!(store, |tx| tx.ask_access(PersonId(9), at(2))), Asked::Before);
}

async fn of_two_decisions_at_once_one_is_first(store: &Store) {
    waits(store).await;
    let before = version(store).await;
    let decisions = [Access::Admitted, Access::Refused].map(|access| {
        let store = store.clone();
        tokio::spawn(async move { commit!(store, |tx| tx.decide_access(PersonId(1), access, &vera(), at(3))) })
    });
    let mut outcomes = Vec::new();
    for decision in decisions {
        outcomes.push(decision.await.unwrap());
    }
    let holds = read!(store, |tx| tx.customer(PersonId(1))).unwrap().access;
    let lost = AccessDecision::Lost { access: holds, by: Some(("Vera".to_owned(), at(3))) };
    assert!(outcomes.contains(&AccessDecision::Done) && outcomes.contains(&lost), "{outcomes:?}");
    assert_eq!(version(store).await, before + 1);
    let unknown = commit!(store, |tx| tx.decide_access(PersonId(9), Access::Admitted, &vera(), at(3)));
    assert_eq!(unknown, AccessDecision::Unknown);
}

async fn access_is_set_whatever_it_was(store: &Store) {
    anna(store).await;
    for access in [Access::Blocked, Access::Admitted, Access::Waiting, Access::Refused] {
        assert_eq!(commit!(store, |tx| tx.set_access(PersonId(1), access, &vera(), at(4))), AccessChange::Done);
        assert_eq!(commit!(store, |tx| tx.set_access(PersonId(1), access, &vera(), at(5))), AccessChange::Already);
        assert_eq!(read!(store, |tx| tx.customer(PersonId(1))).unwrap().access, access);
    }
    let decided = commit!(store, |tx| tx.decide_access(PersonId(1), Access::Admitted, &vera(), at(6)));
    assert_eq!(decided, AccessDecision::Lost { access: Access::Refused, by: Some(("Vera".to_owned(), at(4))) });
    let unknown = commit!(store, |tx| tx.set_access(PersonId(9), Access::Blocked, &vera(), at(4)));
    assert_eq!(unknown, AccessChange::Unknown);
}
