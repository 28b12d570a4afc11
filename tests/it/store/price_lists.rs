//! Price lists: the last one that was applied holds.

use keydesk::store::{Applied, PriceList, Store};

use super::{at, commit, on_both, read};

on_both!(the_last_price_list_holds, replicas_that_start_at_once_apply_one_price_list);

async fn the_last_price_list_holds(store: &Store) {
    assert_eq!(read!(store, |tx| tx.current_price_list()), None);
    assert_eq!(read!(store, |tx| tx.current_price_list_id()), None);
    assert_eq!(commit!(store, |tx| tx.apply_price_list("spring", "Olga", at(0))), Applied::New(1));
    assert_eq!(commit!(store, |tx| tx.apply_price_list("spring", "Olga", at(1))), Applied::Current(1));
    assert_eq!(commit!(store, |tx| tx.apply_price_list("summer", "Olga", at(2))), Applied::New(2));
    assert_eq!(commit!(store, |tx| tx.apply_price_list("spring", "Pavel", at(3))), Applied::New(3));
    let current = PriceList { id: 3, source: "spring".to_owned() };
    assert_eq!(read!(store, |tx| tx.current_price_list()), Some(current));
    assert_eq!(read!(store, |tx| tx.current_price_list_id()), Some(3));
    assert_eq!(read!(store, |tx| tx.last_applied_by("Olga")), Some("summer".to_owned()));
    assert_eq!(read!(store, |tx| tx.last_applied_by("Vera")), None);
}

async fn replicas_that_start_at_once_apply_one_price_list(store: &Store) {
    let replicas = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { commit!(store, |tx| tx.apply_price_list("spring", "start", at(0))) })
    });
    let mut new = 0;
    for replica in replicas.collect::<Vec<_>>() {
        new += usize::from(replica.await.unwrap() == Applied::New(1));
    }
    assert_eq!(new, 1);
    assert_eq!(read!(store, |tx| tx.current_price_list_id()), Some(1));
}
