//! A replica that was frozen between its claim and its call sends nothing: by then it is somebody else's. What freezes it here is a
//! table that somebody locks, which it reads for what it is about to send.

use chrono::TimeDelta;
use keydesk::domain::{ChatId, OrderAction, OrderNumber};
use keydesk::outbox::Delivered;

use crate::store::commit;
use crate::support::actions::invoiced;
use crate::support::shop::{SP_1, STAFF_CHAT, Shop};

/// Longer than any lease but a file's.
const FROZEN_FOR: TimeDelta = TimeDelta::minutes(2);

/// Takes up one piece of work, is frozen past its lease, and has sent nothing to this chat when it thaws; then it is delivered.
async fn sends_nothing_when_it_thaws(shop: &Shop, chat: i64, method: &str) {
    let calls = || {
        let calls = shop.emulator.calls();
        calls.iter().filter(|call| call.chat_id == Some(chat) && call.method.eq_ignore_ascii_case(method)).count()
    };
    let before = calls();
    let delivered = shop.delivers_frozen("orders", FROZEN_FOR).await;
    assert_eq!((calls() - before, delivered), (0, Delivered::Deferred(shop.clock.now())));
    shop.delivers().await;
    assert_eq!(calls() - before, 1, "{:?}", shop.told());
}

#[tokio::test]
async fn an_alert() {
    let shop = Shop::open_on_postgres().await;
    shop.gets_orders(1).await;
    sends_nothing_when_it_thaws(&shop, STAFF_CHAT, "sendMessage").await;
}

#[tokio::test]
async fn alerts_together() {
    let shop = Shop::open_on_postgres().await;
    shop.gets_orders(7).await;
    sends_nothing_when_it_thaws(&shop, STAFF_CHAT, "sendMessage").await;
}

#[tokio::test]
async fn what_became_of_orders_that_were_told_together() {
    let shop = Shop::open_on_postgres().await;
    shop.gets_orders(7).await;
    shop.delivers().await;
    shop.vera_did(448, OrderAction::Taken).await;
    shop.delivers_what_is_due().await;
    shop.clock.advance(TimeDelta::minutes(5));
    sends_nothing_when_it_thaws(&shop, STAFF_CHAT, "editMessageText").await;
}

#[tokio::test]
async fn a_screen() {
    let shop = Shop::open_on_postgres().await;
    let anna = shop.anna();
    anna.has_orders(1).await;
    anna.writes("/orders");
    shop.takes_all_updates().await;
    sends_nothing_when_it_thaws(&shop, anna.chat, "sendMessage").await;
}

#[tokio::test]
async fn the_name_of_a_topic() {
    let shop = Shop::open_on_postgres().await.with_a_topic_for_each_order().await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.delivers().await;
    shop.staff_did(446, invoiced()).await;
    let now = shop.clock.now();
    commit!(shop.store(), |tx| tx.topic_follows(OrderNumber(446), ChatId(STAFF_CHAT), now, now));
    sends_nothing_when_it_thaws(&shop, STAFF_CHAT, "editForumTopic").await;
}
