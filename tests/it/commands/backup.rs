//! `keydesk backup` and `keydesk restore`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keydesk::domain::OrderNumber;
use keydesk::store::Store;

use super::premises::Premises;
use crate::store::{anna, placed, read, runs};

pub const SOUND: &str = "The data are sound: 29 checks found nothing.\n";

pub async fn place(bot: &Store, drafts: std::ops::RangeInclusive<i64>) {
    let anna = anna(bot).await;
    for draft in drafts {
        placed(bot, &anna, draft, draft).await;
    }
}

pub async fn has_order(premises: &Premises, number: i64) -> bool {
    let bot = premises.bot_store().await;
    let found = read!(bot, |tx| tx.order(OrderNumber(number))).is_some();
    bot.close().await;
    found
}

async fn a_backup_of_a_running_bot_is_restored(premises: Premises, form: &str) {
    let bot = premises.bot_store().await;
    bot.show_life().await.unwrap();
    place(&bot, 1..=3).await;
    let held = "sound, orders: 3, the last is 3, the newest change is from 2015-04-01T07:00:03Z\n";
    assert_eq!(premises.says(&["backup", "shop.backup"]), format!("shop.backup: {form}; {held}"));
    assert_eq!(fs::metadata(premises.path("shop.backup")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(
        premises.refusal(&["backup", "shop.backup"]),
        "keydesk: shop.backup is there already: name another file, or overwrite it with --force\n"
    );
    premises.says(&["backup", "shop.backup", "--force"]);

    let refusal = premises.refusal(&["restore", "shop.backup", "--force"]);
    assert!(refusal.contains("stop it first"), "{refusal}");
    place(&bot, 4..=4).await;
    bot.close().await;
    drop(bot);
    let refusal = premises.refusal(&["restore", "shop.backup"]);
    assert!(refusal.contains("--force"), "{refusal}");
    assert!(has_order(&premises, 4).await, "nothing was changed");

    let said = premises.says(&["restore", "shop.backup", "--force"]);
    assert!(said.starts_with(&format!("Restored from shop.backup, {form}: {held}")), "{said}");
    assert!(has_order(&premises, 3).await && !has_order(&premises, 4).await);
    assert_eq!(premises.says(&["doctor"]), SOUND);
    place(&premises.bot_store().await, 4..=4).await;
    assert_eq!(premises.names(".keydesk-"), Vec::<String>::new(), "no half of a copy stays");
}

#[tokio::test]
async fn a_backup_of_a_running_bot_is_restored_on_sqlite() {
    a_backup_of_a_running_bot_is_restored(Premises::on_sqlite(), "a SQLite file").await;
}

#[tokio::test]
async fn a_backup_of_a_running_bot_is_restored_on_postgres() {
    a_backup_of_a_running_bot_is_restored(Premises::on_postgres().await, "a dump by pg_dump").await;
}

#[tokio::test]
async fn a_dump_is_restored_into_an_empty_database() {
    let premises = Premises::on_postgres().await;
    let bot = premises.bot_store().await;
    place(&bot, 1..=3).await;
    premises.says(&["backup", "shop.backup"]);
    let other = Premises::on_postgres().await;
    let dump = premises.path("shop.backup").display().to_string();
    other.says(&["restore", &dump]);
    assert!(has_order(&other, 3).await);
    let refusal = other.refusal(&["restore", "keydesk.toml"]);
    assert_eq!(
        refusal,
        "keydesk: keydesk.toml is no backup of a database like this one: name a file that `keydesk backup` made\n"
    );
}

#[tokio::test]
async fn the_former_file_is_kept_and_a_lost_one_needs_no_force() {
    let premises = Premises::on_sqlite();
    let bot = premises.bot_store().await;
    place(&bot, 1..=2).await;
    premises.says(&["backup", "shop.backup"]);
    place(&bot, 3..=3).await;
    bot.close().await;
    drop(bot);
    let said = premises.says(&["restore", "shop.backup", "--force"]);
    let (_, former) = said.trim_end().split_once("The former database is kept as ").unwrap();
    fs::rename(former, premises.path("keydesk.db")).unwrap();
    assert!(has_order(&premises, 3).await, "it is what it was");
    fs::remove_file(premises.path("keydesk.db")).unwrap();
    let said = premises.says(&["restore", "shop.backup"]);
    assert!(said.starts_with("Restored") && !said.contains("former"), "{said}");
    assert!(has_order(&premises, 2).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_are_placed_while_a_backup_is_taken_and_it_is_of_one_moment() {
    let premises = Premises::on_sqlite();
    let bot = premises.bot_store().await;
    place(&bot, 1..=20).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let placing = tokio::spawn({
        let (bot, is_over) = (bot.clone(), Arc::clone(&is_over));
        async move {
            let mut last = 20;
            while !is_over.load(Ordering::SeqCst) {
                last += 1;
                place(&bot, last..=last).await;
            }
            last
        }
    });
    let said = tokio::task::block_in_place(|| premises.says(&["backup", "shop.backup"]));
    is_over.store(true, Ordering::SeqCst);
    let last = placing.await.unwrap();
    let orders: i64 = said.split_once("orders: ").unwrap().1.split_once(',').unwrap().0.parse().unwrap();
    assert!((20..=last).contains(&orders), "{said}");
    bot.close().await;
    drop(bot);
    premises.says(&["restore", "shop.backup", "--force"]);
    assert!(has_order(&premises, orders).await && !has_order(&premises, orders + 1).await);
    assert_eq!(premises.says(&["doctor"]), SOUND);
}

#[tokio::test]
async fn a_backup_laid_over_a_live_file_is_noticed_though_nothing_was_written_since() {
    let premises = Premises::on_sqlite();
    let bot = premises.bot_store().await;
    place(&bot, 1..=3).await;
    premises.says(&["backup", "shop.backup"]);
    bot.stands().unwrap();
    fs::copy(premises.path("shop.backup"), premises.path("keydesk.db")).unwrap();
    let noticed = bot.stands().unwrap_err().to_string();
    assert!(noticed.contains("was overwritten while the bot used it"), "{noticed}");
}

#[tokio::test]
async fn a_file_that_was_overwritten_makes_way_together_with_its_log() {
    let premises = Premises::on_sqlite();
    let bot = premises.bot_store().await;
    place(&bot, 1..=3).await;
    premises.says(&["backup", "shop.backup"]);
    bot.close().await;
    drop(bot);
    // As a bot leaves it that noticed and ended.
    premises.write("keydesk.db.lock", "overwritten\n");
    premises.write("keydesk.db-wal", "what the next start would put into the file");
    let refusal = premises.refusal(&["restore", "shop.backup"]);
    assert!(refusal.contains("was overwritten") && refusal.contains("--force"), "{refusal}");
    assert!(premises.refusal(&["doctor"]).contains("was overwritten"), "the refusal changed nothing");
    premises.says(&["restore", "shop.backup", "--force"]);
    let [former, log] = &premises.names("keydesk.db.2")[..] else { panic!("{:?}", premises.names("keydesk.db")) };
    assert_eq!(*log, format!("{former}-wal"), "what was lost is kept together");
    assert_eq!(premises.names("keydesk.db-wal"), Vec::<String>::new());
    assert_eq!(premises.says(&["doctor"]), SOUND);
    assert!(has_order(&premises, 3).await);
}

#[tokio::test]
async fn what_is_damaged_or_not_sound_takes_no_place() {
    let premises = Premises::on_sqlite();
    let bot = premises.bot_store().await;
    place(&bot, 1..=3).await;
    premises.says(&["backup", "good"]);
    let mut tx = bot.begin().await.unwrap();
    runs(&mut tx, "UPDATE orders SET keys = 5 WHERE number = 2").await;
    tx.commit().await.unwrap();
    let refusal = premises.refusal(&["backup", "bad"]);
    assert!(refusal.contains("not sound") && refusal.contains("of their lines: 1 (2)"), "{refusal}");
    assert!(!premises.path("bad").exists());
    assert!(premises.says(&["backup", "bad", "--unsound"]).starts_with("bad: a SQLite file; NOT sound"));
    bot.close().await;
    drop(bot);
    assert!(premises.refusal(&["restore", "bad", "--force"]).contains("not sound"));

    let mut damaged = fs::read(premises.path("good")).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle..].fill(0x55);
    premises.write("damaged", damaged);
    let refusal = premises.refusal(&["restore", "damaged", "--force"]);
    assert!(refusal.contains("is damaged"), "{refusal}");
    assert_eq!(premises.names("keydesk.db."), ["keydesk.db.lock"], "no former file, since nothing took its place");
    assert_eq!(premises.keydesk(&["doctor"]).status, Some(3), "it is what it was");
    assert!(premises.refusal(&["backup", "keydesk.db", "--force"]).contains("in use"));
}
