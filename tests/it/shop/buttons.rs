//! Stale and forged buttons.

use super::words::{GONE, OUTDATED};
use crate::support::shop::{SP_1, SP_3, Shop, on_both};

on_both!(a_forged_button_is_outdated_and_shows_the_current_screen, somebody_elses_draft_is_as_good_as_none);

async fn a_forged_button_is_outdated_and_shows_the_current_screen(shop: Shop) {
    let anna = shop.anna();
    let form = anna.chooses(&[(SP_1, 50)]).await.screen();
    let (_, product) = anna.button(SP_3);
    let draft = product.strip_suffix(":p:sp-3").unwrap();
    let (long, minus, zero) = ("x".repeat(64), format!("{draft}:q:sp-1:-5"), format!("{draft}:q:sp-1:007"));
    let (unseen, send) = (format!("{draft}:s:99"), format!("{draft}:s:1"));
    for data in [
        "garbage",
        "",
        ":",
        "::::",
        "d::c",
        "d:1:c",
        "d:1:s:0",
        "d:1:a",
        "d:7fffffffffffffff:l",
        "d:-1:s:0",
        "order:0",
        "order:-1",
        "order:99999999999999999999",
        "repeat:x",
        "orders:paid:0",
        "orders:all:-1",
        "prices:x",
        "speak:xx",
        "\u{202e}home",
        &long,
        &minus,
        &zero,
        &unseen,
        &send,
    ] {
        assert_eq!(anna.forges(data).await.as_deref(), Some(OUTDATED), "{data}");
        assert_eq!(anna.screen(), form, "{data}");
        assert_eq!(anna.screens().len(), 1, "{data}");
    }
    anna.taps("Оформить заказ").await;
    assert!(anna.taps("Отправить заказ").await.screen().contains("Итого: 50 шт. — 11 000,00 ₽"));
}

async fn somebody_elses_draft_is_as_good_as_none(shop: Shop) {
    let (anna, stranger) = (shop.anna(), shop.visitor(301, "ru"));
    stranger.chooses(&[(SP_3, 100)]).await.taps("Оформить заказ").await;
    let stranger_sees = stranger.screen();
    let buttons = ["Отправить заказ", "‹ Назад", "Добавить примечание"].map(|label| stranger.button(label).1);
    let form = anna.chooses(&[(SP_1, 50)]).await.screen();
    for data in &buttons {
        assert_eq!(anna.forges(data).await.as_deref(), Some(OUTDATED), "{data}");
        assert_eq!(anna.screen(), form, "{data}");
    }
    assert_eq!(stranger.screen(), stranger_sees);
    stranger.taps("Отправить заказ").await;
    for data in &buttons {
        assert_eq!(anna.forges(data).await.as_deref(), Some(OUTDATED), "{data}, sent");
        assert_eq!(anna.screen(), form, "{data}, sent");
    }
    assert_eq!(shop.staff_chat().len(), 1);
}

#[tokio::test]
async fn a_package_or_product_that_does_not_exist_cannot_be_forged() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await;
    let (_, product) = anna.button(SP_3);
    let draft = product.strip_suffix(":p:sp-3").unwrap();
    anna.forges(&format!("{draft}:q:sp-1:51")).await;
    assert_eq!(anna.sentence(), "Количество 51 заказать нельзя, можно заказать: 50, 100 или 200.");
    anna.forges(&format!("{draft}:q:free-1:1")).await;
    assert_eq!(anna.sentence(), GONE);
    anna.forges(&format!("{draft}:f:no-group:4000000000")).await;
    assert!(anna.screen().contains("Итого: 50 шт. — 11 000,00 ₽"), "{}", anna.screen());
}

#[tokio::test]
async fn a_button_of_another_release_on_an_older_card_shows_the_screen_below_and_leaves_the_card() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    let card = anna.orders(&[(SP_1, 50)]).await.message().unwrap();
    let help = anna.says("/help").await.screen();
    assert_eq!(anna.forges_on(card.id, "ask:446").await.as_deref(), Some(OUTDATED));
    assert_eq!(anna.screen(), help);
    assert_eq!(shop.emulator.message(anna.id, card.id), Some(card));
    assert_eq!(anna.screens().len(), 2);
}

#[tokio::test]
async fn pages_far_beyond_the_end_show_the_last_one() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.says("/start").await;
    anna.forges("orders:all:4294967295").await;
    assert!(anna.screen().contains("Заказов пока нет."), "{}", anna.screen());
    anna.forges("prices:4294967295").await;
    assert!(anna.screen().starts_with("Условия и цены"), "{}", anna.screen());
}

#[tokio::test]
async fn a_button_on_a_message_that_is_gone_brings_the_screen_back() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await;
    let (message, check_out) = anna.button("Оформить заказ");
    shop.emulator.delete_message(anna.id, message);
    anna.forges_on(message, &check_out).await;
    assert!(anna.screen().starts_with("Подтверждение заказа"), "{}", anna.screen());
    assert_eq!(anna.screens().len(), 1);
}
