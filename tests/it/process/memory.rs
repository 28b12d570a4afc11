//! How much memory the program takes, whatever is sent to it.

use keydesk_emulator::{Content, Person};
use sqlx::{Connection, SqliteConnection};

use super::crowd::{Customer, shown};
use crate::support::program::{Flood, Premises, Program};
use crate::support::workbooks::hostile;

/// The admin of the example configuration.
pub(super) const ADMIN: i64 = 111_111_111;
/// A small server has several times that.
pub const MOST_KILOBYTES: u64 = 150 * 1024;
/// What Telegram gives to bots.
const MOST_BYTES: usize = 20 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn no_file_makes_it_take_more_memory_than_a_small_server_has() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    premises.sends_at_once();
    premises.emulator.add_person(Person {
        id: ADMIN,
        first_name: "Зоя".to_owned(),
        language_code: Some("ru".to_owned()),
        ..Person::default()
    });
    let program = premises.runs().await;
    Customer::new(&premises.emulator, 3_003).orders(&[]).await;
    println!("{} kB at first", program.most_memory());

    let full = |line: &str| line.repeat(MOST_BYTES / line.len()).into_bytes();
    let numbered: Vec<u8> = (0..MOST_BYTES / 8).flat_map(|number| format!("{number:07}\n").into_bytes()).collect();
    says(&premises, "/invoice 1 25000", "выставлен").await;
    says(&premises, "/complete 1", "откуда взять").await;
    for (what, bytes) in [("one letter", full("A\n")), ("numbers", numbered)] {
        sends(&premises, "list.txt", bytes, None, "Заказ не выполнен").await;
        within_bounds(&program, what);
    }
    for (what, bytes) in hostile() {
        sends(&premises, "keys.xlsx", bytes, None, "Заказ не выполнен").await;
        within_bounds(&program, what);
    }
    sends(&premises, "list.txt", full("A\n"), Some("/stock sp-1"), "Ничего не загружено").await;
    within_bounds(&program, "one letter for the stock");
    let megabyte = |line: &str| line.repeat(1024 * 1024 / line.len()).into_bytes();
    for (what, bytes) in [
        ("a large price list", full("[[product]]\n")),
        ("products", megabyte("[[product]]\n")),
        ("numbers", [b"group = [".to_vec(), megabyte("1,").split_off(16), b"]".to_vec()].concat()),
        ("equals", megabyte("=\n")),
        ("quotes", megabyte("\"\n")),
        ("brackets", [b"group = ".to_vec(), megabyte("[").split_off(16)].concat()),
        ("keys", megabyte("a.b.c.d.e.f.g.h.i.j.k.l.m.n=1\n")),
    ] {
        sends(&premises, "catalog.toml", bytes, Some("/catalog"), "айл").await;
        within_bounds(&program, what);
    }
    let faults = (0..1024 * 1024 / 60)
        .map(|number| format!("[[product]]\nsku = {number:07}\nname = 1\npackages = 1\nfree = 1\n"));
    for (what, bytes) in [
        ("products with every fault", faults.collect::<String>().into_bytes()),
        ("broken lines", "a = \n".repeat(200 * 1024 / 5).into_bytes()),
    ] {
        sends(&premises, "catalog.toml", bytes, Some("/catalog"), "айл").await;
        within_bounds(&program, what);
    }
    for (what, bytes) in hostile() {
        assert!(bytes.len() <= 1024 * 1024, "{what}: {} bytes", bytes.len());
        sends(&premises, "catalog.xlsx", bytes, Some("/catalog"), "райс-лист").await;
        within_bounds(&program, what);
    }
    println!("{} kB at most", program.most_memory());
    program.stops().await;
}

#[tokio::test]
async fn a_large_database_is_encrypted_in_little_memory() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    premises.runs().await.stops().await;
    // Rows of the owner's own make it as large as a shop is after years.
    let mut database = SqliteConnection::connect(&premises.database).await.unwrap();
    let years = "CREATE TABLE years AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 160)
        SELECT zeroblob(1000000) FROM n";
    sqlx::raw_sql(years).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    premises.starts(&["stock", "key", "stock.key"]).ends().await;
    let config = std::fs::read_to_string(premises.file("keydesk.toml")).unwrap();
    premises.writes("keydesk.toml", &format!("{config}\n[stock]\nkey_file = \"stock.key\"\n"));
    // It cleans the database's files again, whether or not there was anything to encrypt.
    let (ended, most) = premises.starts(&["stock", "encrypt"]).ends_with_memory().await;
    assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
    println!("{most} kB at most");
    assert!((1..MOST_KILOBYTES).contains(&most), "{most} kB");
}

pub(super) fn within_bounds(program: &Program, what: &str) {
    let most = program.most_memory();
    println!("{what}: {most} kB");
    assert!(most < MOST_KILOBYTES, "{what}: {most} kB");
}

async fn says(premises: &Premises, text: &str, answer: &str) {
    let after = premises.emulator.say(ADMIN, ADMIN, text);
    answered(premises, after, answer).await;
}

async fn sends(premises: &Premises, name: &str, bytes: Vec<u8>, caption: Option<&str>, answer: &str) {
    let mime = "text/plain".to_owned();
    let content = Content::Document { name: name.to_owned(), mime, bytes, caption: caption.map(str::to_owned) };
    let after = premises.emulator.send(ADMIN, ADMIN, content);
    answered(premises, after, answer).await;
}

async fn answered(premises: &Premises, after: keydesk_emulator::MessageId, answer: &str) {
    let is_answer = |message: &keydesk_emulator::Message| message.id > after && shown(message).contains(answer);
    premises.until(answer, |world| world.messages(ADMIN).any(is_answer)).await;
}
