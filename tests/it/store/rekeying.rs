//! Serial numbers are encrypted, get another key, and are decrypted: what is known of them stays, and nothing else says them.

use std::cell::Cell;
use std::fs;

use keydesk::{
    chat::dialogue::{AdminState, VendorDialogue, VendorState},
    domain::{
        Actor, OrderNumber, PersonId, SearchText, SerialNumber, SerialRefusal, Stored, UpdateId, WithdrawalReason,
    },
    store::{
        Allocation, Check, Database, DeadLetter, DialogueKey, Driver, Finding, Form, FoundSerial, Import, Imported,
        KeyFault, NumberedSerial, OpenError, RekeyError, Rewritten, SaveDialogue, Seat, ShowIn, StockKey, Store,
        StoreError,
    },
};
use sqlx::AssertSqlSafe;

use super::{
    StoredAbout, StoredRows, TestStore, anna, at, commit,
    doctor::{examined, live_in},
    key, placed, read, runs,
    serials::given,
    stock::{available, import, numbered, serials, sku},
};
use crate::support::serials::GivenSerials;

/// Makes `name::on_sqlite` and `name::on_postgres` of `async fn name(store: TestStore)`.
macro_rules! owned_on_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            use crate::store::TestStore;

            #[tokio::test]
            async fn on_sqlite() {
                super::$name(TestStore::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::$name(TestStore::on_postgres().await).await;
            }
        }
    )+};
}

owned_on_both!(
    whatever_is_known_stays_with_a_key_with_another_and_without,
    nothing_in_the_database_says_a_serial_number_any_more,
    a_database_is_used_with_its_own_key_only,
    a_key_comes_into_a_shop_without_serial_numbers_by_itself,
    what_is_encrypted_is_sound_in_its_own_row_only,
    no_more_is_kept_for_its_order_than_one_product_of_one_order_has,
    nobody_writes_plain_serial_numbers_beside_encrypted_ones,
    what_comes_first_in_a_file_is_given_first,
    many_serial_numbers_are_rewritten_whole,
    an_encrypted_database_goes_into_another_one_as_it_is,
);

const RAW: &str = r#"{"update_id":7,"message":{"text":"/find STOCK-1"}}"#;

/// A shop that was lived in, with updates that say serial numbers, a withdrawal, and an admin who looks for one.
async fn live_with_secrets(store: &Store) {
    live_in(store).await;
    import(store, "sp-1", &serials(&["gone-1", "GONE-2"]), 90).await;
    withdraw(store, &serials(&["gone-1", "GONE-2"])).await;
    for update in [7, 8] {
        let (update, raw, error) = (UpdateId(update), RAW.to_owned(), "a fault".to_owned());
        let letter = DeadLetter { update, person: Some(PersonId(1)), raw, error, at: at(91) };
        commit!(store, |tx| tx.dead_letter(&letter));
    }
    commit!(store, |tx| tx.retry_dead_letters(Some(UpdateId(8)), at(92)));
    let (key, state) = (vendor(), looking_for("STOCK-1"));
    let version = read!(store, |tx| tx.dialogue(key)).unwrap().version;
    let next = SaveDialogue { state, show_in: ShowIn::LiveMessage, watches: None };
    commit!(store, |tx| tx.save_dialogue(key, Some(version), &next, at(93)));
}

fn vendor() -> DialogueKey {
    DialogueKey::private(PersonId(2), Seat::Vendor)
}

/// The state of an admin who looks for something.
fn looking_for(text: &str) -> String {
    let findings = AdminState::ReadingFindings { text: SearchText::parse(text).unwrap(), page: 0 };
    VendorDialogue { state: VendorState::Admin(findings), ..VendorDialogue::default() }.encode().unwrap()
}

async fn withdraw(store: &Store, list: &[SerialNumber]) {
    let mut staging = store.begin_staging().await.unwrap();
    let lines: Vec<_> = (1..).zip(list).map(|(line, serial)| NumberedSerial { line, serial: serial.clone() }).collect();
    staging.gather(&sku("sp-1"), &lines).await.unwrap();
    let count = u64::try_from(list.len()).unwrap();
    let withdrawn =
        staging.withdraw(&sku("sp-1"), count, &Actor::System, &WithdrawalReason::Lost, at(91)).await.unwrap();
    assert_eq!(withdrawn, Ok(()));
}

/// What is stored about the people of the shop, as it is handed to them.
async fn exports(store: &Store) -> Vec<StoredRows> {
    let mut all = Vec::new();
    for person in 1..=2 {
        all.extend(read!(store, |tx| tx.stored_about(PersonId(person))));
    }
    // What has no order here stands in the order of its names.
    all.iter_mut().for_each(|table| table.rows.sort_by_key(|row| format!("{row:?}")));
    all
}

/// The same database with another key, or without one.
async fn rekeyed(store: TestStore, to: Option<StockKey>) -> TestStore {
    store.rekey(to.as_ref(), |_| {}).await.unwrap();
    store.with_key(to).await
}

async fn whatever_is_known_stays_with_a_key_with_another_and_without(mut store: TestStore) {
    live_with_secrets(&store).await;
    let (known, issued) = (exports(&store).await, given(&store, OrderNumber(1)).await);
    assert_eq!(issued.len(), 53);
    for to in [Some(key(1)), Some(key(2)), None, Some(key(2))] {
        store = rekeyed(store, to).await;
        assert_eq!(examined(&mut store.read()).await, []);
        assert_eq!(exports(&store).await, known);
        assert_eq!(given(&store, OrderNumber(1)).await, issued);
        assert_eq!(available(&store, "sp-1").await, 2);
        let found = read!(store, |tx| tx.find_serial(&serials(&["SN-0000007"])[0]));
        assert_eq!(found, Some(FoundSerial { sku: sku("sp-1"), order: Some(OrderNumber(1)) }));
        assert!(read!(store, |tx| tx.knows_any_serial(&serials(&["{stock-1}"]))));
        for (text, why) in [
            ("stock-1", SerialRefusal::Respelled { count: 1 }),
            ("STOCK-2", SerialRefusal::Respelled { count: 1 }),
            ("{GONE-1}", SerialRefusal::Withdrawn { count: 1 }),
        ] {
            assert_eq!(import(&store, "sp-1", &serials(&[text]), 94).await, Import::Refused(why), "{text}");
        }
        assert_eq!(read!(store, |tx| tx.dialogue(vendor())).unwrap().state, looking_for("STOCK-1"));
        assert_eq!(read!(store, |tx| tx.dead_letters())[0].raw, RAW);
        assert_eq!(read!(store, |tx| tx.waiting_updates())[0].raw, RAW);
    }
}

/// Where in the database a text stands as it is: in which files, or in which tables of a server.
async fn places_of(store: &TestStore, text: &str) -> Vec<String> {
    if let Some(path) = store.url.strip_prefix("sqlite://") {
        let files = ["", "-wal"].map(|ending| format!("{path}{ending}"));
        let says =
            |file: &String| fs::read(file).is_ok_and(|bytes| bytes.windows(text.len()).any(|w| w == text.as_bytes()));
        return files.into_iter().filter(says).collect();
    }
    let mut tables = Vec::new();
    for table in store.transferred_tables().await.unwrap() {
        let mut tx = store.read();
        let Driver::Postgres(tx) = tx.driver().await.unwrap() else { panic!("a server") };
        let statement =
            AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{table}\" AS t WHERE CAST(t AS TEXT) LIKE '%{text}%'"));
        let rows: i64 = sqlx::query_scalar(statement).fetch_one(&mut **tx).await.unwrap();
        tables.extend((rows > 0).then_some(table));
    }
    tables
}

const SECRETS: [&str; 5] = ["SN-0000007", "STOCK-1", "stock-2", "GONE-2", "/find"];

async fn nothing_in_the_database_says_a_serial_number_any_more(mut store: TestStore) {
    live_with_secrets(&store).await;
    for secret in SECRETS {
        assert!(!places_of(&store, secret).await.is_empty(), "{secret} is there before");
    }
    for to in [key(1), key(2)] {
        store.rekey(Some(&to), |_| {}).await.unwrap();
        for secret in SECRETS {
            assert_eq!(places_of(&store, secret).await, [""; 0], "{secret} with {to:?}");
        }
        store = store.with_key(to).await;
    }
    // Nor does what is written with the key from then on.
    import(&store, "sp-1", &serials(&["LATER-1"]), 95).await;
    let letter =
        DeadLetter { update: UpdateId(9), person: None, raw: RAW.to_owned(), error: String::new(), at: at(96) };
    commit!(store, |tx| tx.dead_letter(&letter));
    let version = read!(store, |tx| tx.dialogue(vendor())).unwrap().version;
    let next = SaveDialogue { state: looking_for("LATER-2"), show_in: ShowIn::LiveMessage, watches: None };
    commit!(store, |tx| tx.save_dialogue(vendor(), Some(version), &next, at(97)));
    for secret in ["LATER", "/find"] {
        assert_eq!(places_of(&store, secret).await, [""; 0], "{secret}");
    }
    assert_eq!(read!(store, |tx| tx.dialogue(vendor())).unwrap().state, looking_for("LATER-2"));
    assert_eq!(examined(&mut store.read()).await, []);
}

async fn fault_of(store: &TestStore, key: Option<&StockKey>) -> Option<KeyFault> {
    let database = Database { url: &store.url, key };
    let probed = match Store::probe(database).await {
        Err(OpenError::Key(fault)) => Some(fault),
        other => other.map(|_| None).unwrap(),
    };
    let opened = match Store::open_beside(database).await {
        Err(OpenError::Key(fault)) => Some(fault),
        other => {
            other.unwrap().close().await;
            None
        }
    };
    assert_eq!(probed, opened, "the check says what a start would");
    opened
}

async fn a_database_is_used_with_its_own_key_only(store: TestStore) {
    import(&store, "sp-1", &serials(&["A"]), 1).await;
    assert_eq!(fault_of(&store, None).await, None);
    assert_eq!(fault_of(&store, Some(&key(1))).await, Some(KeyFault::Needless));
    let store = rekeyed(store, Some(key(1))).await;
    assert_eq!(fault_of(&store, None).await, Some(KeyFault::Missing));
    assert_eq!(fault_of(&store, Some(&key(2))).await, Some(KeyFault::Wrong));
    assert_eq!(fault_of(&store, Some(&key(1))).await, None);
}

async fn a_key_comes_into_a_shop_without_serial_numbers_by_itself(store: TestStore) {
    placed(&store, &anna(&store).await, 1, 1).await;
    assert_eq!(fault_of(&store, Some(&key(1))).await, None, "it may come");
    let store = store.with_key(key(1)).await;
    assert_eq!(fault_of(&store, None).await, Some(KeyFault::Missing), "and is there, before any serial number is");
    import(&store, "sp-1", &serials(&["A"]), 1).await;
    assert_eq!(fault_of(&store, Some(&key(2))).await, Some(KeyFault::Wrong));
    assert_eq!(examined(&mut store.read()).await, []);
}

async fn what_is_encrypted_is_sound_in_its_own_row_only(store: TestStore) {
    let store = store.with_key(key(1)).await;
    live_with_secrets(&store).await;
    let of_order = "(SELECT MIN(serial) FROM serial_numbers WHERE order_number = 1)";
    let other = "(SELECT sealed FROM serial_numbers WHERE order_number IS NULL ORDER BY serial LIMIT 1)";
    for (change, products) in [
        (format!("UPDATE serial_numbers SET sealed = {other} WHERE serial = {of_order}"), 1),
        (format!("UPDATE serial_numbers SET sealed = NULL WHERE serial = {of_order}"), 1),
        (format!("UPDATE serial_numbers SET sealed = sealed || 'A' WHERE serial = {of_order}"), 1),
        (format!("UPDATE serial_numbers SET serial = 'PLAIN-1' WHERE serial = {of_order}"), 1),
        ("UPDATE withdrawn_serials SET sealed = NULL".to_owned(), 2),
        (format!("UPDATE withdrawn_serials SET sealed = {other}"), 2),
    ] {
        let mut tx = store.begin().await.unwrap();
        runs(&mut tx, change.as_str()).await;
        let findings = examined(&mut tx).await;
        let [Finding { check: Check::SealedSerials, count, .. }] = &findings[..] else {
            panic!("{change}: {findings:?}")
        };
        assert_eq!(*count, products, "{change}");
        if change.contains("UPDATE serial_numbers") {
            let refused = tx.serials_of(OrderNumber(1)).await;
            assert!(matches!(refused, Err(StoreError::Key(KeyFault::Changed))), "{change}: {refused:?}");
        }
        // Rolled back.
    }
    let mut tx = store.begin().await.unwrap();
    runs(&mut tx, "UPDATE dialogues SET state = 'v1 AAAA' WHERE seat = 'vendor'").await;
    let findings = examined(&mut tx).await;
    let [Finding { check: Check::Readable(Form::VendorDialogue), .. }] = &findings[..] else { panic!("{findings:?}") };
}

async fn no_more_is_kept_for_its_order_than_one_product_of_one_order_has(store: TestStore) {
    let store = store.with_key(key(1)).await;
    live_in(&store).await;
    let mut tx = store.begin().await.unwrap();
    let account = tx.order(OrderNumber(1)).await.unwrap().unwrap().account;
    let last = "(SELECT MAX(serial) FROM serial_numbers WHERE sku = 'trial-30000')";
    runs(&mut tx, format!("UPDATE serial_numbers SET sealed = sealed || 'A' WHERE serial = {last}")).await;
    let (mut of_order, mut of_account) = (Vec::new(), Vec::new());
    let orders = tx.each_serial_of(OrderNumber(1), |_, serial| of_order.push(serial)).await;
    let accounts = tx.each_serial_of_account(account, |issued| of_account.push(issued.serial)).await;
    for (outcome, before) in [(orders, of_order), (accounts, of_account)] {
        assert!(matches!(outcome, Err(StoreError::Key(KeyFault::Changed))), "{outcome:?}");
        assert_eq!(before, numbered(0..50), "what comes before the product that cannot be read was given already");
    }
}

async fn nobody_writes_plain_serial_numbers_beside_encrypted_ones(store: TestStore) {
    let key = key(1);
    let order = placed(&store, &anna(&store).await, 1, 1).await;
    let beside = Store::open_beside(Database { url: &store.url, key: Some(&key) }).await.unwrap();
    import(&beside, "sp-1", &serials(&["A"]), 1).await;
    // The bot was started without the key, and nothing was there yet.
    let mut tx = store.begin().await.unwrap();
    let refused = tx.import_serials(&sku("sp-1"), &serials(&["B"]), at(2)).await;
    assert!(matches!(refused, Err(StoreError::Key(KeyFault::Missing))), "{refused:?}");
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    let refused = tx.issue_from_stock(order, &sku("sp-1"), 1, at(2)).await;
    assert!(matches!(&refused, Err(error @ StoreError::Key(KeyFault::Missing)) if error.is_transient()), "{refused:?}");
    drop(tx);
    assert_eq!(commit!(beside, |tx| tx.issue_from_stock(order, &sku("sp-1"), 1, at(3))), Allocation::Given);
    let refused = store.read().serials_of(order).await;
    assert!(matches!(refused, Err(StoreError::Key(KeyFault::Missing))), "nobody is given a name for a number");
    beside.close().await;
}

async fn what_comes_first_in_a_file_is_given_first(store: TestStore) {
    let store = store.with_key(key(1)).await;
    let order = placed(&store, &anna(&store).await, 1, 1).await;
    let in_file: Vec<SerialNumber> = numbered(0..40).into_iter().rev().collect();
    let mut gathering = store.begin_staging().await.unwrap();
    let lines: Vec<_> = (1..).zip(&in_file).map(|(line, one)| NumberedSerial { line, serial: one.clone() }).collect();
    gathering.gather(&sku("sp-1"), &lines).await.unwrap();
    gathering.finish(&sku("sp-1"), &Actor::System, at(1)).await.unwrap();
    commit!(store, |tx| tx.issue_from_stock(order, &sku("sp-1"), 3, at(2)));
    assert_eq!(given(&store, order).await, ["sp-1 SN-0000037", "sp-1 SN-0000038", "sp-1 SN-0000039"]);
    // What stood there in its own order keeps that as well.
    let store = rekeyed(rekeyed(store, None).await, Some(key(2))).await;
    commit!(store, |tx| tx.issue_from_stock(order, &sku("sp-1"), 1, at(2)));
    assert_eq!(given(&store, order).await[0], "sp-1 SN-0000000");
}

async fn many_serial_numbers_are_rewritten_whole(store: TestStore) {
    import(&store, "sp-1", &numbered(0..1100), 1).await;
    let told = Cell::new(0);
    let tells = |Rewritten { serials, of }: Rewritten| {
        assert!(told.replace(serials) <= serials && serials <= of && of == 1100, "{serials} of {of}");
    };
    assert_eq!(store.rekey(Some(&key(1)), tells).await.unwrap(), 1100);
    assert_eq!(told.get(), 1100);
    let store = store.with_key(key(1)).await;
    assert_eq!(examined(&mut store.read()).await, []);
    let again = Imported { added: 1, known: 1100, given: 0 };
    assert_eq!(import(&store, "sp-1", &numbered(0..1101), 2).await, Import::Done(again));
    let store = rekeyed(rekeyed(store, Some(key(2))).await, None).await;
    let again = Imported { added: 0, known: 1101, given: 0 };
    assert_eq!(import(&store, "sp-1", &numbered(0..1101), 3).await, Import::Done(again));
}

async fn an_encrypted_database_goes_into_another_one_as_it_is(store: TestStore) {
    let store = store.with_key(key(1)).await;
    live_with_secrets(&store).await;
    let other = TestStore::on_sqlite().await.with_key(key(1)).await;
    store.transfer(&other, |_| {}).await.unwrap();
    assert_eq!(given(&other, OrderNumber(1)).await, given(&store, OrderNumber(1)).await);
    assert_eq!(read!(other, |tx| tx.dialogue(vendor())).unwrap().state, looking_for("STOCK-1"));
    assert_eq!(read!(other, |tx| tx.dead_letters())[0].raw, RAW);
    assert_eq!(places_of(&other, "STOCK-1").await, [""; 0]);
    assert_eq!(examined(&mut other.read()).await, []);
    assert_eq!(fault_of(&other, None).await, Some(KeyFault::Missing));
}

#[tokio::test]
async fn nothing_is_rewritten_beside_a_running_replica() {
    let store = TestStore::on_postgres().await;
    import(&store, "sp-1", &serials(&["A"]), 1).await;
    let bot = Store::open(&store.url).await.unwrap();
    bot.show_life().await.unwrap();
    let refused = store.rekey(Some(&key(1)), |_| {}).await;
    assert!(matches!(refused, Err(RekeyError::Running(1))), "{refused:?}");
    bot.close().await;
    store.rekey(Some(&key(1)), |_| {}).await.unwrap();
}

#[tokio::test]
async fn a_key_that_does_not_suit_changes_nothing_in_the_file() {
    let store = TestStore::on_sqlite().await;
    live_in(&store).await;
    store.rekey(Some(&key(1)), |_| {}).await.unwrap();
    store.close().await;
    let TestStore { store, url, _home, .. } = store;
    drop(store);
    let path = url.strip_prefix("sqlite://").unwrap();
    let before = fs::read(path).unwrap();
    for key in [None, Some(key(2))] {
        let refused = Store::open(Database { url: &url, key: key.as_ref() }).await;
        assert!(matches!(refused, Err(OpenError::Key(_))), "{refused:?}");
        assert!(fs::read(path).unwrap() == before, "{key:?}");
    }
}
