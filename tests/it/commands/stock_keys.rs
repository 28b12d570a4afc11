//! `keydesk stock key`, `encrypt`, `rekey` and `decrypt`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use keydesk::domain::{SerialNumber, Sku};
use keydesk::store::{Database, Store};

use super::premises::Premises;
use crate::store::{anna, at, commit, key, placed, runs};

const SOUND: &str = "The data are sound: 29 checks found nothing.\n";

/// A shop with a stock of the product sp-1, an order that has some of it, and a key that is not used yet.
async fn furnished(premises: &Premises) {
    premises.write("stock.csv", "SECRET-0001\nSECRET-0002\nSECRET-0003\n");
    premises.bot_store().await.close().await;
    premises.says(&["serials", "import", "sp-1", "stock.csv"]);
    let bot = premises.bot_store().await;
    let order = placed(&bot, &anna(&bot).await, 1, 1).await;
    let held = [(Sku::parse("sp-1").unwrap(), SerialNumber::parse("SN-0000007").unwrap())];
    commit!(bot, |tx| tx.hold_serials(order, &held, at(2)));
    bot.close().await;
    premises.says(&["stock", "key", "stock.key"]);
}

fn configured(premises: &Premises, key_file: Option<&str>) {
    let example = include_str!("../../../keydesk.example.toml");
    let section = key_file.map(|file| format!("\n[stock]\nkey_file = \"{file}\"\n")).unwrap_or_default();
    premises.write("keydesk.toml", format!("{example}{section}"));
}

/// What is in stock of the product sp-1.
fn in_stock(premises: &Premises) -> u64 {
    let json: serde_json::Value = serde_json::from_str(&premises.says(&["stock", "--json"])).unwrap();
    json[0]["in_stock"].as_u64().unwrap()
}

async fn a_stock_is_encrypted_gets_another_key_and_is_decrypted(premises: Premises) {
    furnished(&premises).await;
    configured(&premises, Some("stock.key"));
    for command in [&["stock"][..], &["doctor"], &["serials", "import", "sp-1", "stock.csv"]] {
        let outcome = premises.keydesk(command);
        assert_eq!(outcome.status, Some(4), "{outcome:?}");
        assert!(
            outcome.complained.contains("are not encrypted: stop it and run `keydesk stock encrypt`"),
            "{outcome:?}"
        );
    }
    let checked = premises.keydesk(&["check"]);
    assert!(
        checked.said.contains("FAULT  stock key: keydesk.toml, key `stock.key_file`: keydesk was given a key"),
        "{checked:?}"
    );

    assert_eq!(
        premises.says(&["stock", "encrypt"]),
        "4 serial numbers are encrypted; keep a copy of the key apart from the backups\n"
    );
    assert_eq!(in_stock(&premises), 3);
    assert_eq!(premises.says(&["doctor"]), SOUND);
    assert_eq!(
        premises.says(&["serials", "import", "sp-1", "stock.csv"]),
        "sp-1: 0 added to the stock, 3 known before\n"
    );
    let again = premises.says(&["stock", "encrypt"]);
    assert_eq!(again, "the serial numbers were encrypted before; the database's files were cleaned\n");
    let checked = premises.keydesk(&["check"]);
    assert!(
        checked.said.contains("ok     stock key: keydesk.toml, key `stock.key_file` suits the database\n"),
        "{checked:?}"
    );
    premises.says(&["backup", "former.backup"]);

    premises.says(&["stock", "key", "new.key"]);
    let said = premises.says(&["stock", "rekey", "new.key"]);
    assert!(said.starts_with("4 serial numbers are encrypted with the new key: name new.key as `key_file`"), "{said}");
    let refusal = premises.refusal(&["stock"]);
    assert!(refusal.contains("are encrypted with another key"), "{refusal}");
    configured(&premises, Some("new.key"));
    assert_eq!((in_stock(&premises), premises.says(&["doctor"]).as_str()), (3, SOUND));
    assert!(premises.says(&["person", "export", "1"]).contains("Серийный номер: SN-0000007\n"));

    let said = premises.says(&["stock", "decrypt"]);
    assert!(said.starts_with("4 serial numbers are stored as they are: take `key_file` out"), "{said}");
    configured(&premises, None);
    assert_eq!((in_stock(&premises), premises.says(&["doctor"]).as_str()), (3, SOUND));
}

#[tokio::test]
async fn a_stock_is_encrypted_gets_another_key_and_is_decrypted_on_sqlite() {
    a_stock_is_encrypted_gets_another_key_and_is_decrypted(Premises::on_sqlite()).await;
}

#[tokio::test]
async fn a_stock_is_encrypted_gets_another_key_and_is_decrypted_on_postgres() {
    a_stock_is_encrypted_gets_another_key_and_is_decrypted(Premises::on_postgres().await.started().await).await;
}

async fn a_backup_is_restored_with_the_key_of_its_time_whatever_the_database_has(premises: Premises) {
    furnished(&premises).await;
    premises.says(&["backup", "plain.backup", "--portable"]);
    configured(&premises, Some("stock.key"));
    premises.says(&["stock", "encrypt"]);
    premises.says(&["backup", "shop.backup", "--portable"]);
    let bytes = fs::read(premises.path("shop.backup")).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let key = fs::read_to_string(premises.path("stock.key")).unwrap();
    assert!(!holds("SECRET-0001") && !holds("SN-0000007") && !holds(key.trim()));
    premises.says(&["stock", "key", "new.key"]);
    premises.says(&["stock", "rekey", "new.key"]);
    configured(&premises, Some("new.key"));
    let outcome = premises.keydesk(&["restore", "shop.backup", "--force"]);
    assert_eq!(outcome.status, Some(4), "{outcome:?}");
    assert!(outcome.complained.contains("a backup needs that of its time"), "{outcome:?}");
    assert_eq!(in_stock(&premises), 3, "nothing was changed");
    for (backup, key_file) in [("shop.backup", Some("stock.key")), ("plain.backup", None)] {
        configured(&premises, key_file);
        let said = premises.says(&["restore", backup, "--force"]);
        assert!(said.contains("sound, orders: 1"), "{said}");
        assert_eq!(in_stock(&premises), 3);
        // The next one may be kept under the name of the same second.
        for former in premises.names("keydesk.db.2") {
            fs::remove_file(premises.path(&former)).unwrap();
        }
    }
}

#[tokio::test]
async fn a_backup_is_restored_with_the_key_of_its_time_whatever_the_database_has_on_sqlite() {
    a_backup_is_restored_with_the_key_of_its_time_whatever_the_database_has(Premises::on_sqlite()).await;
}

#[tokio::test]
async fn a_backup_is_restored_with_the_key_of_its_time_whatever_the_database_has_on_postgres() {
    a_backup_is_restored_with_the_key_of_its_time_whatever_the_database_has(Premises::on_postgres().await).await;
}

#[tokio::test]
async fn a_key_file_is_its_owners_alone_and_never_overwritten() {
    let premises = Premises::on_sqlite();
    let said = premises.says(&["stock", "key", "stock.key"]);
    assert_eq!(
        said,
        "stock.key holds a new key: name it as `key_file` in section [stock] of the configuration and run `keydesk stock \
         encrypt`, or, if the serial numbers are encrypted already, run `keydesk stock rekey stock.key` and change `key_file` \
         afterwards; keep a copy of it apart from the backups\n"
    );
    let path = premises.path("stock.key");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.len() == 65 && !said.contains(text.trim()));
    let refusal = premises.refusal(&["stock", "key", "stock.key"]);
    assert!(refusal.starts_with("keydesk: stock.key is there already"), "{refusal}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    let refusal = premises.refusal(&["stock", "key", "missing/stock.key"]);
    assert!(refusal.starts_with("keydesk: missing/stock.key cannot be made"), "{refusal}");
}

#[tokio::test]
async fn a_key_that_is_no_key_is_named_with_its_place() {
    let premises = Premises::on_sqlite();
    let complaint = |name: &str| {
        configured(&premises, Some(name));
        let outcome = premises.keydesk(&["stock"]);
        assert_eq!(outcome.status, Some(4), "{outcome:?}");
        outcome.complained
    };
    premises.write("bad.key", "hunter2-hunter2\n");
    let said = complaint("bad.key");
    assert!(said.contains("key `stock.key_file`: holds no key") && !said.contains("hunter2"), "{said}");
    assert!(complaint("missing.key").contains("missing.key cannot be read"));
    premises.write("large.key", vec![b'0'; 5_000]);
    assert!(complaint("large.key").contains("is no key file"));

    configured(&premises, None);
    for command in [["stock", "encrypt"], ["stock", "decrypt"]] {
        assert!(premises.refusal(&command).contains("no key is configured"));
    }
    premises.says(&["stock", "key", "stock.key"]);
    let refusal = premises.refusal(&["stock", "rekey", "stock.key"]);
    assert!(refusal.contains("no key is configured"), "{refusal}");
    configured(&premises, Some("stock.key"));
    let refusal = premises.refusal(&["stock", "rekey", "stock.key"]);
    assert!(refusal.contains("holds the key that is configured"), "{refusal}");
}

#[tokio::test]
async fn the_key_may_come_from_the_environment() {
    let premises = Premises::on_sqlite();
    furnished(&premises).await;
    let text = fs::read_to_string(premises.path("stock.key")).unwrap();
    let encrypted =
        premises.command(&["stock", "encrypt"]).env("KEYDESK_STOCK_KEY_FILE", "stock.key").output().unwrap();
    assert!(encrypted.status.success(), "{encrypted:?}");
    assert!(premises.refusal(&["stock"]).contains("keydesk was given no key"));
    let stock = premises.command(&["stock"]).env("KEYDESK_STOCK_KEY", text.trim()).output().unwrap();
    assert!(stock.status.success(), "{stock:?}");
    configured(&premises, Some("stock.key"));
    let both = premises.command(&["stock"]).env("KEYDESK_STOCK_KEY", text.trim()).output().unwrap();
    let complained = String::from_utf8(both.stderr).unwrap();
    assert!(complained.contains("is set as well as KEYDESK_STOCK_KEY; keep one of the two"), "{complained}");
}

#[tokio::test]
async fn nothing_is_encrypted_beside_a_running_bot_and_an_encrypted_shop_moves() {
    let (file, server) = (Premises::on_sqlite(), Premises::on_postgres().await);
    furnished(&file).await;
    configured(&file, Some("stock.key"));
    let bot = file.bot_store().await;
    let outcome = file.keydesk(&["stock", "encrypt"]);
    assert_eq!(outcome.status, Some(5), "{outcome:?}");
    assert!(outcome.complained.contains("stop it first"), "{outcome:?}");
    bot.close().await;
    drop(bot);
    file.says(&["stock", "encrypt"]);
    let said = file.says(&["db", "copy", "--to", server.database_url()]);
    assert!(said.contains("rows were copied: sound, orders: 1"), "{said}");
    fs::copy(file.path("stock.key"), server.path("stock.key")).unwrap();
    configured(&server, Some("stock.key"));
    assert_eq!((in_stock(&server), server.says(&["doctor"]).as_str()), (3, SOUND));
}

#[tokio::test]
async fn the_doctor_finds_what_is_not_encrypted_as_the_key_has_it() {
    let premises = Premises::on_sqlite();
    furnished(&premises).await;
    premises.write("stock.key", format!("{}\n", *key(1).reveal()));
    configured(&premises, Some("stock.key"));
    premises.says(&["stock", "encrypt"]);
    let key = key(1);
    let store = Store::open(Database { url: premises.database_url(), key: Some(&key) }).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    runs(&mut tx, "UPDATE serial_numbers SET sealed = NULL WHERE order_number IS NULL").await;
    tx.commit().await.unwrap();
    store.close().await;
    drop(store);
    let outcome = premises.keydesk(&["doctor"]);
    assert_eq!(outcome.status, Some(3), "{outcome:?}");
    assert!(
        outcome.said.contains("serial numbers that are not encrypted as the key has it, by product: 3"),
        "{outcome:?}"
    );
}
