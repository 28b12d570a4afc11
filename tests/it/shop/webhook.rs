//! Updates that Telegram posts: whoever may, what, how often and in which order.

use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::shop::{Shop, on_both};
use crate::support::webhook::{PATH, SECRET};

on_both!(
    updates_that_come_twice_and_in_any_order_make_one_order,
    while_the_database_is_away_telegram_is_asked_to_come_again,
    an_update_that_does_not_read_is_kept_and_not_asked_for_again,
);

async fn updates_that_come_twice_and_in_any_order_make_one_order(shop: Shop) {
    let (shop, mut offset) = (shop.listens().await, 0);
    let anna = shop.anna();
    let mut all: Vec<Value> = Vec::new();
    for step in ["/new sp-1 50", "Отправить заказ"] {
        if step.starts_with('/') {
            anna.writes(step);
        } else {
            anna.presses(step);
        }
        shop.boris().writes("/orders");
        let updates = shop.unposted(offset).await;
        offset = 1 + updates.last().unwrap()["update_id"].as_i64().unwrap();
        all.extend(updates);
        // Each twice, those of before once more, the newest first.
        let posts = all.iter().rev().chain(&all).map(|update| shop.is_posted(update));
        let answers = join_all(posts).await;
        assert!(answers.iter().all(|answer| answer.status() == StatusCode::OK), "{answers:?}");
        shop.delivers().await;
    }
    assert!(anna.screen().contains("Заказ №446"), "{}", anna.screen());
    assert_eq!(shop.staff_chat().len(), 1);
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM orders").await, "1");
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM processed_updates").await, "4");
}

async fn while_the_database_is_away_telegram_is_asked_to_come_again(shop: Shop) {
    let shop = shop.listens().await;
    shop.anna().writes("/start");
    let [update] = &shop.unposted(0).await[..] else { panic!("one update") };
    let away = "ALTER TABLE dialogues RENAME TO dialogues_away";
    shop.runs_sql(away, away).await;
    for _ in 0..2 {
        let answer = shop.is_posted(update).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()["retry-after"], "3");
    }
    let back = "ALTER TABLE dialogues_away RENAME TO dialogues";
    shop.runs_sql(back, back).await;
    shop.retries().await;
    assert_eq!(shop.is_posted(update).await.status(), StatusCode::OK);
    shop.delivers().await;
    assert_eq!(shop.anna().sentence(), "Здравствуйте, Анна Иванова.");
    assert_eq!((shop.dead_letters().await, shop.waiting_updates().await), (vec![], vec![]));
}

async fn an_update_that_does_not_read_is_kept_and_not_asked_for_again(shop: Shop) {
    let shop = shop.listens().await;
    for _ in 0..2 {
        let answer = shop.is_posted(&json!({ "update_id": 7, "message": 5 })).await;
        assert_eq!(answer.status(), StatusCode::OK);
    }
    assert_eq!(shop.dead_letters().await.len(), 1);
}

#[tokio::test]
async fn whoever_is_not_telegram_is_not_heard() {
    let shop = Shop::open().await.listens().await;
    shop.anna().writes("/start");
    let [update] = &shop.unposted(0).await[..] else { panic!("one update") };
    let beyond = "x".repeat(1024 * 1024 + 1);
    let longer = format!("{SECRET}x");
    let mut told = Vec::new();
    for (method, path, secret, body) in [
        (Method::POST, PATH, None, update.to_string()),
        (Method::POST, PATH, Some("another"), update.to_string()),
        (Method::POST, PATH, Some(&longer[..]), update.to_string()),
        (Method::POST, PATH, Some(""), update.to_string()),
        (Method::POST, "/telegram/", Some(SECRET), update.to_string()),
        (Method::GET, PATH, Some(SECRET), String::new()),
        (Method::POST, PATH, Some(SECRET), beyond),
        (Method::POST, PATH, Some(SECRET), "no JSON".to_owned()),
        (Method::POST, PATH, Some(SECRET), "[]".to_owned()),
        (Method::POST, PATH, Some(SECRET), json!({ "message": update["message"] }).to_string()),
    ] {
        told.push(shop.is_sent(method, path, secret, body).await.status().as_u16());
    }
    assert_eq!(told, [401, 401, 401, 401, 404, 405, 413, 400, 400, 400]);
    shop.delivers().await;
    assert_eq!(shop.anna().screens().len(), 0);
    assert_eq!(shop.dead_letters().await, []);
}
