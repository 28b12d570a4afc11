//! Backups that the bot takes by itself.

use std::fs;

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk::store::Standing;
use tempfile::TempDir;

use crate::support::backups::taken;
use crate::support::shop::{SP_1, Shop, on_both};

on_both!(
    one_is_due_by_the_newest_and_a_restart_begins_nothing_anew,
    staff_are_told_once_that_there_is_none_and_once_that_there_is_one_again,
    a_clock_that_was_ahead_does_not_keep_staff_from_hearing_that_there_is_none,
);

async fn one_is_due_by_the_newest_and_a_restart_begins_nothing_anew(shop: Shop) {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("backups");
    shop.anna().orders(&[(SP_1, 50)]).await;
    let opened = shop.clock.now();
    let backups = shop.backups(&folder);
    backups.look().await;
    let first = taken(&folder);
    assert_eq!(first.len(), 1);

    shop.clock.advance(TimeDelta::hours(23));
    assert_eq!(backups.look().await, TimeDelta::seconds(60));
    drop(backups);
    let shop = shop.restart().await;
    shop.clock.advance(TimeDelta::minutes(59) - (shop.clock.now() - opened - TimeDelta::hours(23)));
    let backups = shop.backups(&folder);
    assert!(backups.look().await <= TimeDelta::seconds(60));
    assert_eq!(taken(&folder), first, "a day has not passed");

    shop.clock.advance(TimeDelta::minutes(1));
    backups.look().await;
    assert_eq!(taken(&folder).len(), 2);
    fs::write(folder.join("notes.txt"), "ours").unwrap();
    shop.clock.advance(TimeDelta::hours(24));
    backups.look().await;
    let left = taken(&folder);
    assert!(left.len() == 2 && left[0] > first[0], "the oldest makes way: {left:?}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "and nothing else does");
}

async fn staff_are_told_once_that_there_is_none_and_once_that_there_is_one_again(shop: Shop) {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("backups");
    let backups = shop.backups(&folder);
    backups.look().await;
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "somebody's file").unwrap();
    shop.clock.advance(TimeDelta::hours(48));
    backups.look().await;
    shop.clock.advance(TimeDelta::minutes(1));
    shop.delivers().await;
    assert!(shop.staff_chat().is_empty(), "the last one is not old enough");

    for _ in 0..3 {
        backups.look().await;
        shop.clock.advance(TimeDelta::hours(1));
    }
    shop.delivers().await;
    assert_eq!(shop.staff_chat().len(), 1, "once, though it fails again and again");
    drop(backups);
    let shop = shop.restart().await;
    let backups = shop.backups(&folder);
    backups.look().await;
    fs::remove_file(&folder).unwrap();
    shop.clock.advance(TimeDelta::hours(1));
    for _ in 0..3 {
        backups.look().await;
    }
    shop.delivers().await;
    assert_eq!(taken(&folder).len(), 1);
    assert_snapshot!(shop.staff_chat().join("\n----\n"));
}

async fn a_clock_that_was_ahead_does_not_keep_staff_from_hearing_that_there_is_none(shop: Shop) {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("backups");
    shop.clock.advance(TimeDelta::days(365));
    shop.backups(&folder).look().await;
    assert_eq!(taken(&folder).len(), 1);
    shop.clock.advance(TimeDelta::days(-365));
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "somebody's file").unwrap();
    let backups = shop.backups(&folder);
    for hours in [0, 48, 1] {
        shop.clock.advance(TimeDelta::hours(hours));
        backups.look().await;
    }
    let noted = shop.store().read().survey().await.unwrap().backup_taken;
    assert!(noted.is_none_or(|at| at <= shop.clock.now()), "the age of the last one can be seen: {noted:?}");
    shop.delivers().await;
    assert_eq!(shop.staff_chat().len(), 1);
}

#[tokio::test]
async fn a_clock_that_was_ahead_costs_a_few_hours_at_most() {
    let home = TempDir::new().unwrap();
    let shop = Shop::open().await;
    let backups = shop.backups(home.path());
    shop.clock.advance(TimeDelta::days(365));
    backups.look().await;
    shop.clock.advance(TimeDelta::days(-365));
    backups.look().await;
    shop.clock.advance(TimeDelta::hours(6));
    backups.look().await;
    assert_eq!(taken(home.path()).len(), 2);
}

#[tokio::test]
async fn an_empty_database_pushes_out_no_backup() {
    let home = TempDir::new().unwrap();
    let shop = Shop::open().await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    for _ in 0..2 {
        shop.backups(home.path()).look().await;
        shop.clock.advance(TimeDelta::hours(24));
    }
    let good = taken(home.path());
    let opened = shop.clock.now();
    drop(shop);
    let mistaken = Shop::open().await;
    mistaken.clock.advance(opened - mistaken.clock.now());
    for _ in 0..3 {
        mistaken.backups(home.path()).look().await;
        mistaken.clock.advance(TimeDelta::hours(24));
    }
    let left = taken(home.path());
    assert!(left.len() == 5 && left.starts_with(&good), "{left:?}");
    mistaken.anna().orders(&[(SP_1, 50)]).await;
    mistaken.backups(home.path()).look().await;
    assert_eq!(taken(home.path()).len(), 2);
}

#[tokio::test]
async fn a_bot_that_was_off_for_long_takes_one_and_tells_nobody() {
    let home = TempDir::new().unwrap();
    let shop = Shop::open().await;
    shop.backups(home.path()).look().await;
    shop.clock.advance(TimeDelta::days(9));
    shop.backups(home.path()).look().await;
    shop.delivers().await;
    assert_eq!((taken(home.path()).len(), shop.staff_chat().len()), (2, 0));
}

#[tokio::test]
async fn whoever_follows_takes_none() {
    let home = TempDir::new().unwrap();
    let shop = Shop::open().await;
    let backups = shop.backups(home.path());
    let until = shop.clock.now() + TimeDelta::seconds(4);
    shop.store().set_standing(Standing { replicas: 2, leads_until: None, counts_until: until });
    backups.look().await;
    assert_eq!(taken(home.path()).len(), 0);
    shop.store().set_standing(Standing { replicas: 2, leads_until: Some(until), counts_until: until });
    backups.look().await;
    assert_eq!(taken(home.path()).len(), 1);
}

#[tokio::test]
async fn a_try_that_failed_is_made_again_after_a_pause() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("backups");
    let shop = Shop::open().await;
    fs::write(&folder, "somebody's file").unwrap();
    let backups = shop.backups(&folder);
    assert_eq!(backups.look().await, TimeDelta::seconds(60));
    fs::remove_file(&folder).unwrap();
    shop.clock.advance(TimeDelta::seconds(59));
    assert_eq!(backups.look().await, TimeDelta::seconds(1));
    assert!(!folder.exists());
    shop.clock.advance(TimeDelta::seconds(1));
    backups.look().await;
    assert_eq!(taken(&folder).len(), 1);
}

#[tokio::test]
async fn data_that_are_not_sound_make_no_backup_and_cost_no_good_one() {
    let home = TempDir::new().unwrap();
    let shop = Shop::open().await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    let backups = shop.backups(home.path());
    backups.look().await;
    let good = taken(home.path());
    shop.runs_sql("UPDATE orders SET keys = 5", "UPDATE orders SET keys = 5").await;
    fs::write(home.path().join(".keydesk-killed.part"), "half of a copy").unwrap();
    for _ in 0..3 {
        shop.clock.advance(TimeDelta::hours(24));
        backups.look().await;
    }
    assert_eq!(taken(home.path()), good);
    let others = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let others: Vec<String> = others.filter(|name| !name.ends_with("Z.backup")).collect();
    assert_eq!(others, ["keydesk_bot-unsound.backup"], "no half of a copy stays");
    shop.delivers().await;
    assert_eq!(shop.staff_chat().len(), 2, "the order, and that there is no backup");
}
