//! Backups that the running bot takes by itself, and what comes of them when the database is gone.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use keydesk::store::Store;
use sqlx::{Connection, PgConnection};

use super::crowd::Customer;
use super::faults::sober;
use super::health::page;
use crate::support::postgres::until_there_wait;
use crate::support::program::{Flood, Premises, STAFF_CHAT};

const ANNA: i64 = 101;
const TOOK: &str = "took the backup";

/// The names in the folder, in order.
fn names(premises: &Premises) -> Vec<String> {
    let names = fs::read_dir(premises.file("backups")).unwrap();
    let mut names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Everything is lost, as with a disk or a server.
async fn is_destroyed(premises: &Premises) {
    if premises.database.starts_with("sqlite:") {
        for name in ["keydesk.db", "keydesk.db.lock"] {
            fs::remove_file(premises.file(name)).unwrap();
        }
    } else {
        let mut database = PgConnection::connect(&premises.database).await.unwrap();
        sqlx::raw_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public").execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    }
}

async fn what_was_ordered_is_there_after_the_database_was_destroyed(premises: Premises) {
    premises.takes_backups("1s", 1);
    let address = premises.serves_figures();
    let bot = premises.runs().await;
    let order = Customer::new(&premises.emulator, ANNA).orders(&[]).await;
    bot.says_again(", orders: 1, in ", 2).await;
    fs::write(premises.file("backups/notes.txt"), "ours").unwrap();
    let (_, figures) = page(&address, "/metrics").await;
    let taken = figures.lines().find_map(|line| line.strip_prefix("keydesk_backup_last_success_timestamp_seconds "));
    assert!(taken.unwrap().parse::<i64>().unwrap() > 1_700_000_000, "{figures}");
    bot.ends_well().await;

    let left = names(&premises);
    let [newest, notes] = &left[..] else { panic!("{left:?}") };
    assert!(newest.starts_with("keydesk_bot-2") && newest.ends_with("Z.backup") && notes == "notes.txt", "{left:?}");
    let mode = |name: &str| fs::metadata(premises.file(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!([mode("backups"), mode(&format!("backups/{newest}"))], [0o700, 0o600]);

    is_destroyed(&premises).await;
    let restored = premises.starts(&["restore", &format!("backups/{newest}")]).ends().await;
    assert!(restored.status.success() && restored.stdout.contains(": sound, orders: 1, the last is 1"), "{restored:?}");
    let doctor = premises.starts(&["doctor"]).ends().await;
    assert!(doctor.status.success(), "{doctor:?}");
    let shown = premises.starts(&["orders", "show", &order.number.to_string()]).ends().await;
    assert!(shown.status.success(), "{shown:?}");
    let store = Store::open(&premises.database).await.unwrap();
    assert_eq!(store.read().extent().await.unwrap().orders, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_ordered_is_there_after_the_database_was_destroyed_on_sqlite() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    what_was_ordered_is_there_after_the_database_was_destroyed(premises).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_ordered_is_there_after_the_database_was_destroyed_on_postgres() {
    let premises = Premises::on_postgres(Flood::Unlimited).await;
    what_was_ordered_is_there_after_the_database_was_destroyed(premises).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_killed_in_a_backup_leaves_none_that_counts_and_the_next_one_clears_up() {
    let premises = Premises::on_postgres(Flood::Unlimited).await;
    premises.takes_backups("24h", 14);
    let mut holder = PgConnection::connect(&premises.database).await.unwrap();
    // pg_dump waits for it, and nobody else does.
    sqlx::raw_sql("BEGIN; LOCK TABLE holdings IN ACCESS EXCLUSIVE MODE").execute(&mut holder).await.unwrap();
    let bot = premises.runs().await;
    until_there_wait(&mut holder, |waiting| waiting > 0).await;
    let killed = bot.killed().await;
    assert!(!killed.stderr.contains(TOOK), "{killed:?}");
    let left = names(&premises);
    assert!(left.len() == 1 && left[0].starts_with(".keydesk-") && left[0].ends_with(".part"), "{left:?}");
    sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();

    let bot = premises.runs().await;
    bot.says(TOOK).await;
    bot.ends_well().await;
    let left = names(&premises);
    assert!(left.len() == 1 && left[0].starts_with("keydesk_bot-"), "{left:?}");
    let bot = premises.runs().await;
    assert!(!bot.ends_well().await.contains(TOOK), "a restart begins nothing anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_stops_does_not_wait_for_a_backup_and_leaves_no_half_of_one() {
    let premises = Premises::on_postgres(Flood::Unlimited).await;
    premises.takes_backups("24h", 14);
    let mut holder = PgConnection::connect(&premises.database).await.unwrap();
    sqlx::raw_sql("BEGIN; LOCK TABLE holdings IN ACCESS EXCLUSIVE MODE").execute(&mut holder).await.unwrap();
    let bot = premises.runs().await;
    until_there_wait(&mut holder, |waiting| waiting > 0).await;
    bot.ends_well().await;
    assert_eq!(names(&premises), Vec::<String>::new());
    until_there_wait(&mut holder, |waiting| waiting == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_when_the_folder_cannot_be_written_and_when_it_can_again() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    premises.takes_backups("1s", 1);
    premises.writes("backups", "somebody's file");
    let check = premises.starts(&["check"]).ends().await;
    assert_eq!(check.status.code(), Some(4));
    let bot = premises.runs().await;
    premises.until("staff are told", |world| world.messages(STAFF_CHAT).count() == 1).await;
    fs::remove_file(premises.file("backups")).unwrap();
    premises.until("staff are told that there is one", |world| world.messages(STAFF_CHAT).count() == 2).await;
    let sound = premises.starts(&["check"]).ends().await;
    let told = premises.emulator.messages(STAFF_CHAT).into_iter().map(|message| message.text).collect::<Vec<_>>();
    let log = bot.ends_well().await;
    let log = premises.plain(&log);
    let errors: Vec<&str> = log.lines().filter_map(|line| Some(line.split_once("ERROR")?.1.trim())).collect();
    let about = |text: String| text.lines().filter(|line| line.contains("backups")).collect::<Vec<_>>().join("\n");
    let (_, at) = told[1].split_once("сделана ").unwrap();
    let at = at.trim_end_matches('.');
    let parts = [
        about(sober(&premises, &check)),
        errors.join("\n"),
        told.join("\n").replace(at, "TIME"),
        about(sober(&premises, &sound)),
    ];
    assert_snapshot!(parts.join("\n----\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_replicas_the_one_that_leads_takes_backups() {
    let premises = Premises::on_postgres(Flood::Unlimited).await;
    premises.takes_backups("1s", 2);
    let leader = premises.runs().await;
    leader.says(TOOK).await;
    let other = premises.runs().await;
    leader.says_again(TOOK, 2).await;
    let ended = leader.killed().await;
    assert!(ended.stderr.contains(TOOK));
    other.says(TOOK).await;
    let log = other.ends_well().await;
    let (before, _) = log.split_once("this replica leads").unwrap();
    assert!(!before.contains(TOOK), "{log}");
}
