//! «Отправить заказ», pressed in every way but once.

use insta::assert_snapshot;

use super::words::{ORDER_SENT, OUTDATED, SENT};
use crate::support::shop::{SP_1, SP_3, Shop, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_double_tap_makes_one_order,
    the_same_update_delivered_twice_makes_one_order,
    an_order_survives_a_crash_before_telegram_knows_and_is_made_once,
    an_old_summary_sends_nothing_after_a_change,
);

async fn at_the_summary(anna: &Visitor<'_>) {
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
}

async fn number_of_orders(shop: &Shop) -> String {
    shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM orders").await
}

async fn a_double_tap_makes_one_order(shop: Shop) {
    let anna = shop.anna();
    at_the_summary(&anna).await;
    let (first, second) = (anna.presses("Отправить заказ"), anna.presses("Отправить заказ"));
    shop.settle().await;
    assert_eq!(anna.toast(&first).await, None);
    assert_eq!(anna.toast(&second).await.as_deref(), Some(SENT));
    assert!(anna.screen().starts_with(ORDER_SENT), "{}", anna.screen());
    assert_eq!(number_of_orders(&shop).await, "1");
    assert_eq!(shop.staff_chat().len(), 1);
}

async fn the_same_update_delivered_twice_makes_one_order(shop: Shop) {
    let anna = shop.anna();
    at_the_summary(&anna).await;
    anna.taps("Отправить заказ").await;
    let card = anna.chat();
    assert!(shop.emulator.redeliver(shop.emulator.last_update_id()));
    shop.settle().await;
    assert_eq!(anna.chat(), card);
    assert_eq!(number_of_orders(&shop).await, "1");
    assert_eq!(shop.staff_chat().len(), 1);
}

async fn an_order_survives_a_crash_before_telegram_knows_and_is_made_once(shop: Shop) {
    at_the_summary(&shop.anna()).await;
    shop.anna().presses("Отправить заказ");
    let shop = shop.dies_before_confirming().await;
    shop.settle().await;
    assert!(shop.anna().screen().starts_with(ORDER_SENT), "{}", shop.anna().screen());
    assert_eq!(shop.anna().screens().len(), 1);
    assert_eq!(number_of_orders(&shop).await, "1");
    assert_eq!(shop.staff_chat().len(), 1);
}

async fn an_old_summary_sends_nothing_after_a_change(shop: Shop) {
    let anna = shop.anna();
    at_the_summary(&anna).await;
    let (message, send) = anna.button("Отправить заказ");
    anna.taps("‹ Назад").await.taps(SP_3).await.says("100").await.taps("Оформить заказ").await;
    let summary = anna.screen();
    assert_eq!(anna.forges_on(message, &send).await.as_deref(), Some(OUTDATED));
    assert_eq!(anna.screen(), summary);
    assert_eq!(anna.screens().len(), 1);
    assert_eq!(number_of_orders(&shop).await, "0");
    anna.taps("Отправить заказ").await;
    assert_snapshot!(shop.staff_chat()[0], @r"
        Новый заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015 12:30
        Клиент: Анна Иванова, @anna, учетная запись 1

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP, 3 активации
        100 шт. — 51 300,00 ₽

        Итого: 150 шт. — 62 300,00 ₽
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Счет на 62 300,00 ₽]
        ");
}

#[tokio::test]
async fn send_is_not_obeyed_away_from_the_summary() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    at_the_summary(&anna).await;
    let (_, send) = anna.button("Отправить заказ");
    let form = anna.taps("‹ Назад").await.screen();
    assert_eq!(anna.forges(&send).await.as_deref(), Some(OUTDATED));
    assert_eq!(anna.screen(), form);
    assert_eq!(number_of_orders(&shop).await, "0");
}

#[tokio::test]
async fn a_late_tap_from_another_device_leaves_the_card_and_the_screen_as_they_are() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    at_the_summary(&anna).await;
    let (message, send) = anna.button("Отправить заказ");
    anna.taps("Отправить заказ").await.says("/orders").await;
    let chat = anna.chat();
    assert_eq!(anna.forges_on(message, &send).await.as_deref(), Some(SENT));
    assert_eq!(anna.chat(), chat);
}

#[tokio::test]
async fn a_sent_draft_cannot_be_changed_any_more() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    let (message, product) = {
        anna.chooses(&[(SP_1, 50)]).await;
        anna.button(SP_3)
    };
    let card = anna.taps("Оформить заказ").await.taps("Отправить заказ").await.screen();
    assert_eq!(anna.forges_on(message, &product).await.as_deref(), Some(SENT));
    assert_eq!(anna.screen(), card);
}
