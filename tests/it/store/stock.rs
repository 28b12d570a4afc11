//! The stock of serial numbers: what comes in, once, whole or not at all.

use keydesk::{
    domain::{Actor, SerialNumber, SerialRefusal, Sku},
    store::{Import, Imported, NumberedSerial, Repeated, Spelled, Stock, Store},
};

use super::{TestStore, also_encrypted, anna, at, commit, on_both, placed, read};

on_both!(
    imported_serial_numbers_are_in_stock,
    a_repeated_import_changes_nothing,
    what_stands_under_another_product_is_refused_as_a_whole,
    an_import_of_many_rows_is_gathered_and_finished,
    a_serial_number_that_stands_twice_in_a_file_is_named_by_both_lines,
    a_serial_number_in_two_spellings_is_named_by_both_lines,
    nobody_waits_for_an_import_that_is_being_gathered,
    a_dropped_import_leaves_nothing_and_the_next_one_works,
);

also_encrypted!(
    imported_serial_numbers_are_in_stock,
    a_repeated_import_changes_nothing,
    what_stands_under_another_product_is_refused_as_a_whole,
    an_import_of_many_rows_is_gathered_and_finished,
    a_serial_number_that_stands_twice_in_a_file_is_named_by_both_lines,
    a_serial_number_in_two_spellings_is_named_by_both_lines,
    nobody_waits_for_an_import_that_is_being_gathered,
    a_dropped_import_leaves_nothing_and_the_next_one_works,
);

pub(super) fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

pub(super) fn serials(texts: &[&str]) -> Vec<SerialNumber> {
    texts.iter().map(|text| SerialNumber::parse(text).unwrap()).collect()
}

pub(super) fn numbered(numbers: std::ops::Range<u64>) -> Vec<SerialNumber> {
    numbers.map(|number| SerialNumber::parse(&format!("SN-{number:07}")).unwrap()).collect()
}

pub(super) async fn import(store: &Store, product: &str, serials: &[SerialNumber], seconds: i64) -> Import {
    commit!(store, |tx| tx.import_serials(&sku(product), serials, at(seconds)))
}

pub(super) async fn available(store: &Store, product: &str) -> u64 {
    let stock = read!(store, |tx| tx.stock());
    stock.iter().find(|stock| stock.sku == sku(product)).map_or(0, |stock| stock.available)
}

fn done(added: u64, known: u64) -> Import {
    Import::Done(Imported { added, known, given: 0 })
}

async fn imported_serial_numbers_are_in_stock(store: &Store) {
    assert_eq!(read!(store, |tx| tx.stock()), []);
    assert_eq!(import(store, "sp-1", &serials(&["B", "c", "A"]), 0).await, done(3, 0));
    assert_eq!(import(store, "net", &serials(&["D"]), 1).await, done(1, 0));
    let stock = |product: &str, available| Stock { sku: sku(product), available };
    assert_eq!(read!(store, |tx| tx.stock()), [stock("net", 1), stock("sp-1", 3)]);
}

async fn a_repeated_import_changes_nothing(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    import(store, "sp-1", &serials(&["A", "B"]), 0).await;
    commit!(store, |tx| tx.issue_from_stock(order, &sku("sp-1"), 1, at(1)));
    assert_eq!(
        import(store, "sp-1", &serials(&["A", "B", "C", "C"]), 2).await,
        Import::Done(Imported { added: 1, known: 3, given: 1 })
    );
    assert_eq!(available(store, "sp-1").await, 2);
    assert_eq!(import(store, "sp-1", &[], 3).await, done(0, 0));
}

async fn what_stands_under_another_product_is_refused_as_a_whole(store: &Store) {
    import(store, "sp-1", &serials(&["A", "B"]), 0).await;
    let refused = import(store, "net", &serials(&["C", "A", "B"]), 1).await;
    assert_eq!(refused, Import::Refused(SerialRefusal::OtherProduct { count: 2 }));
    assert_eq!((available(store, "net").await, available(store, "sp-1").await), (0, 2));
}

fn lines(serials: Vec<SerialNumber>, first: u64) -> Vec<NumberedSerial> {
    (first..).zip(serials).map(|(line, serial)| NumberedSerial { line, serial }).collect()
}

async fn an_import_of_many_rows_is_gathered_and_finished(store: &Store) {
    import(store, "sp-1", &numbered(0..10), 0).await;
    let mut gathering = store.begin_staging().await.unwrap();
    assert_eq!(gathering.gather(&sku("sp-1"), &lines(numbered(0..1300), 1)).await.unwrap(), None);
    assert_eq!(gathering.gather(&sku("sp-1"), &lines(numbered(1300..2600), 1301)).await.unwrap(), None);
    assert_eq!(gathering.finish(&sku("sp-1"), &Actor::System, at(1)).await.unwrap(), done(2590, 10));
    assert_eq!(available(store, "sp-1").await, 2600);
}

async fn a_serial_number_that_stands_twice_in_a_file_is_named_by_both_lines(store: &Store) {
    let mut gathering = store.begin_staging().await.unwrap();
    gathering.gather(&sku("sp-1"), &lines(numbered(0..600), 1)).await.unwrap();
    let repeated = gathering.gather(&sku("sp-1"), &lines(numbered(598..1000), 601)).await.unwrap();
    assert_eq!(repeated, Some(Repeated { first: 599, again: 601, spelled: Spelled::Alike }));
    drop(gathering);
    let mut gathering = store.begin_staging().await.unwrap();
    let repeated = gathering.gather(&sku("sp-1"), &lines(serials(&["A", "B", "A"]), 7)).await.unwrap();
    assert_eq!(repeated, Some(Repeated { first: 7, again: 9, spelled: Spelled::Alike }));
}

async fn a_serial_number_in_two_spellings_is_named_by_both_lines(store: &Store) {
    let otherwise = Some(Repeated { first: 3, again: 5, spelled: Spelled::Otherwise });
    for (one, other) in [("{3F25-04E0}", "3F25-04E0"), ("3f25-04e0", "3F25-04E0"), ("AB", "ab")] {
        let mut gathering = store.begin_staging().await.unwrap();
        let list = lines(serials(&[one, "aB", other]), 3);
        assert_eq!(gathering.gather(&sku("sp-1"), &list).await.unwrap(), otherwise);
    }
}

async fn nobody_waits_for_an_import_that_is_being_gathered(store: &TestStore) {
    let beside = store.beside().await;
    let mut gathering = store.begin_staging().await.unwrap();
    gathering.gather(&sku("sp-1"), &lines(numbered(0..600), 1)).await.unwrap();
    assert_eq!(import(&beside, "sp-1", &numbered(0..5), 0).await, done(5, 0));
    assert_eq!(gathering.finish(&sku("sp-1"), &Actor::System, at(1)).await.unwrap(), done(595, 5));
}

async fn a_dropped_import_leaves_nothing_and_the_next_one_works(store: &Store) {
    for _ in 0..20 {
        let mut gathering = store.begin_staging().await.unwrap();
        gathering.gather(&sku("sp-1"), &lines(numbered(0..10), 1)).await.unwrap();
    }
    assert_eq!(available(store, "sp-1").await, 0);
    assert_eq!(import(store, "sp-1", &numbered(0..10), 0).await, done(10, 0));
}
