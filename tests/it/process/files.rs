//! A database file that is not where it was, or has two names.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use super::crowd::Customer;
use crate::support::program::{Ended, Flood, Premises, Program};

async fn premises() -> Premises {
    Premises::on_sqlite(Flood::Unlimited).await
}

/// The bot ends by itself, and says why.
fn reason(premises: &Premises, ended: &Ended) -> String {
    assert_eq!(ended.status.code(), Some(5), "{ended:#?}");
    premises.plain(ended.stderr.lines().last().unwrap())
}

#[tokio::test]
async fn a_file_that_is_moved_away_ends_the_bot_before_an_order_goes_with_it() {
    let premises = premises().await;
    let bot = premises.runs().await;
    let anna = Customer::new(&premises.emulator, 101);
    anna.orders(&[]).await;
    fs::rename(premises.file("keydesk.db"), premises.file("keydesk-old.db")).unwrap();
    anna.says("/orders");
    let ended = bot.ends().await;
    assert_snapshot!(reason(&premises, &ended), @"keydesk: the database file FOLDER/keydesk.db was moved away or replaced while the bot used it: stop the bot before a file is moved, put the right one into its place, and start the bot again");
    assert_eq!(premises.emulator.pending_updates(), 1, "what was not committed is not confirmed");
    assert!(!premises.file("keydesk.db").exists(), "nobody makes another one");

    fs::rename(premises.file("keydesk-old.db"), premises.file("keydesk.db")).unwrap();
    let bot = premises.runs().await;
    premises.until("it is answered after all", |world| world.pending_updates() == 0).await;
    bot.stops().await;
}

#[tokio::test]
async fn a_file_that_is_replaced_ends_a_bot_to_which_nobody_talks() {
    let premises = premises().await;
    let bot = premises.runs().await;
    fs::rename(premises.file("keydesk.db"), premises.file("keydesk-old.db")).unwrap();
    fs::copy(premises.file("keydesk-old.db"), premises.file("keydesk.db")).unwrap();
    let ended = bot.ends().await;
    assert!(reason(&premises, &ended).contains("was moved away or replaced while the bot used it"), "{ended:#?}");
}

#[tokio::test]
async fn a_second_bot_under_another_name_of_the_file_is_refused() {
    let premises = premises().await;
    let first = premises.runs().await;
    fs::hard_link(premises.file("keydesk.db"), premises.file("other.db")).unwrap();
    let second = run_on(&premises, &["run"], &premises.file("other.db")).ends().await;
    assert_snapshot!(reason(&premises, &second), @"keydesk: another keydesk process uses the database FOLDER/other.db under another name: stop it first, and keep one name of the file");
    // A command that may run beside the bot would have a write-ahead log of its own.
    let command = run_on(&premises, &["stock"], &premises.file("other.db")).ends().await;
    assert!(reason(&premises, &command).contains("under another name"), "{command:#?}");
    let beside = premises.starts(&["stock"]).ends().await;
    assert_eq!(beside.status.code(), Some(0), "{beside:#?}");
    assert_eq!(first.stops().await.status.code(), Some(0));
}

#[tokio::test]
async fn a_backup_that_is_copied_over_the_file_ends_the_bot_and_is_left_as_it_is() {
    let premises = premises().await;
    let (file, backup) = (premises.file("keydesk.db"), premises.file("backup.db"));
    premises.runs().await.stops().await;
    fs::copy(&file, &backup).unwrap();
    let bot = premises.runs().await;
    let anna = Customer::new(&premises.emulator, 101);
    let lost = anna.orders(&[]).await;
    fs::copy(&backup, &file).unwrap();
    let ended = bot.ends().await;
    assert_snapshot!(reason(&premises, &ended), @"keydesk: the database file FOLDER/keydesk.db was overwritten while the bot used it: keep the bot stopped, copy the right file into its place once more, remove FOLDER/keydesk.db-wal and FOLDER/keydesk.db-shm, and start the bot again");
    assert!(fs::read(&file).unwrap() == fs::read(&backup).unwrap(), "nothing of the former file is put into it");

    // A supervisor starts it again, and the log of the former file would still be put into the new one.
    for command in ["run", "check", "stock"] {
        let again = premises.starts(&[command]).ends().await;
        assert!(again.output().contains("was overwritten while the bot used it"), "{command}: {again:#?}");
        assert_eq!(again.status.code(), Some(5), "{command}");
    }
    fs::copy(&backup, &file).unwrap();
    fs::remove_file(premises.file("keydesk.db-wal")).unwrap();
    fs::remove_file(premises.file("keydesk.db-shm")).unwrap();
    let bot = premises.runs().await;
    let boris = Customer::new(&premises.emulator, 102);
    assert_eq!(boris.orders(&[]).await.number, lost.number, "the backup has no order");
    bot.stops().await;
    premises.runs().await.stops().await;
}

#[tokio::test]
async fn what_is_said_when_the_file_was_overwritten_is_not_confirmed() {
    let premises = premises().await;
    let bot = premises.runs().await;
    fs::write(premises.file("keydesk.db"), "Dear diary").unwrap();
    premises.emulator.say(101, 101, "/start");
    let ended = bot.ends().await;
    assert!(reason(&premises, &ended).contains("was overwritten while the bot used it"), "{ended:#?}");
    assert_eq!(premises.emulator.pending_updates(), 1);
}

#[tokio::test]
async fn a_write_ahead_log_that_is_removed_ends_the_bot_and_nothing_is_lost() {
    let premises = premises().await;
    let bot = premises.runs().await;
    let anna = Customer::new(&premises.emulator, 101);
    let order = anna.orders(&[]).await;
    fs::remove_file(premises.file("keydesk.db-wal")).unwrap();
    let ended = bot.ends().await;
    assert_snapshot!(reason(&premises, &ended), @"keydesk: the database's log FOLDER/keydesk.db-wal was removed or replaced while the bot used it: leave it alone while the bot runs, and start the bot again");
    let bot = premises.runs().await;
    assert_eq!(anna.orders(std::slice::from_ref(&order)).await.number, order.number + 1);
    bot.stops().await;
}

fn run_on(premises: &Premises, arguments: &[&str], file: &Path) -> Program {
    Program::start(premises.command(arguments).env("DATABASE_URL", format!("sqlite://{}", file.display())))
}
