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
