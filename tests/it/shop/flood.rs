//! How fast people are answered under Telegram's limits, and what waits meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use keydesk_emulator::FaultKind;

use crate::support::shop::{SP_1, Shop};

/// How long a person waits for the answer to each of so many commands.
async fn waits(shop: &Shop, commands: usize) -> Vec<i64> {
    let (anna, mut waits) = (shop.anna(), Vec::new());
    for _ in 0..commands {
        let asked = shop.clock.now();
        anna.says("/prices").await;
        waits.push((shop.clock.now() - asked).num_milliseconds());
    }
    waits
}

#[tokio::test]
async fn ten_quick_taps_are_answered_at_once_and_then_one_a_second() {
    let shop = Shop::open().await;
    assert_eq!(waits(&shop, 12).await, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1_100, 1_100]);
    assert!(shop.emulator.calls().iter().all(|call| call.status_code != 429));
}

#[tokio::test]
async fn after_a_429_a_person_is_answered_more_slowly_for_a_while() {
    let shop = Shop::open().await;
    shop.suffers("sendMessage", 101, FaultKind::TooManyRequests { retry_after: 3 });
    assert_eq!(waits(&shop, 7).await, [3_000, 0, 0, 0, 0, 1_650, 1_650]);
    shop.clock.advance(TimeDelta::minutes(5));
    assert_eq!(waits(&shop, 11).await.iter().filter(|wait| **wait == 0).count(), 10);
}

#[tokio::test]
async fn staff_who_ask_for_a_card_do_not_wait_for_alerts() {
    let shop = Shop::open().await;
    let mut waits = Vec::new();
    for customer in 301..306 {
        let ordered = shop.clock.now();
        shop.visitor(customer, "ru").orders(&[(SP_1, 50)]).await;
        waits.push((shop.clock.now() - ordered).num_seconds());
    }
    assert_eq!(waits, [0, 0, 0, 0, 6]);
    let asked = shop.clock.now();
    shop.vera().says("/order 446").await;
    let card = shop.vera().message().unwrap();
    assert_eq!(DateTime::<Utc>::from(card.date), asked);
    assert!(shop.vera().screen().starts_with("Новый заказ №446"), "{}", shop.vera().screen());
}

/// Staff ask for a card fifteen times, the bot is started anew, and they ask as often again. Returns how often Telegram refused.
async fn refused_on_both_sides_of_a_restart(leaves: bool) -> usize {
    let shop = Shop::open().await;
    shop.joins().await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.clock.advance(TimeDelta::minutes(2));
    asks(&shop, 12).await;
    shop.beats().await;
    // Nothing is known of these if it dies now.
    asks(&shop, 3).await;
    if leaves {
        shop.leaves().await;
    }
    let shop = shop.restart().await;
    shop.joins().await;
    asks(&shop, 15).await;
    assert!(shop.calls("sendMessage") > 30);
    shop.emulator.calls().iter().filter(|call| call.status_code == 429).count()
}

async fn asks(shop: &Shop, times: usize) {
    for _ in 0..times {
        shop.vera().says("/order 446").await;
    }
}

#[tokio::test]
async fn what_a_group_was_sent_counts_after_an_orderly_restart() {
    assert_eq!(refused_on_both_sides_of_a_restart(true).await, 0);
}

#[tokio::test]
async fn what_a_group_may_have_been_sent_counts_after_a_death() {
    assert_eq!(refused_on_both_sides_of_a_restart(false).await, 0);
}
