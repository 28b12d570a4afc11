//! One order from a typed line to its file, with a conversation about it on the way.

use super::{ANNA, STAFF, download, open};
use crate::support::browser::Browser;

/// Answers the first message of a Russian pane that begins so.
async fn reply(browser: &Browser, pane: &str, beginning: &str, words: &str) {
    browser.click(&format!("#{pane} .reply[aria-label^='Ответить: {beginning}']")).await;
    browser.type_into(&format!("#{pane} textarea"), &format!("{words}\n")).await;
}

#[tokio::test]
async fn a_typed_order_is_invoiced_anew_talked_about_and_delivered() {
    let (_demo, browser) = open().await;
    browser.press(ANNA, "Начать").await;
    browser.see(ANNA, "Здравствуйте, Анна").await;
    browser.type_into("#pane-anna textarea", "/new sp-1 50\n").await;
    browser.see(ANNA, "Подтверждение заказа").await;
    browser.see(ANNA, "Итого: 50\u{a0}шт. — 11\u{a0}000,00\u{a0}₽").await;
    browser.press(ANNA, "Отправить заказ").await;
    browser.see(ANNA, "Статус: Размещен").await;
    browser.see(STAFF, "Новый заказ №1").await;

    browser.press(STAFF, "Счет на 11\u{a0}000,00\u{a0}₽").await;
    browser.see(ANNA, "По заказу №1 выставлен счет на 11\u{a0}000,00\u{a0}₽.").await;
    browser.see(STAFF, "— выставлен счет на 11\u{a0}000,00\u{a0}₽: Вера").await;
    reply(&browser, STAFF, "Заказ №1", "12 000").await;
    browser.see(ANNA, "По заказу №1 выставлен новый счет на 12\u{a0}000,00\u{a0}₽.").await;
    browser.see(ANNA, "Он заменяет счет на 11\u{a0}000,00\u{a0}₽, прежний счет оплачивать не нужно.").await;
    browser.see(STAFF, "— выставлен счет на 12\u{a0}000,00\u{a0}₽ вместо 11\u{a0}000,00\u{a0}₽: Вера").await;

    browser.press(ANNA, "Вопрос по заказу").await;
    browser.see(ANNA, "Вопрос по заказу №1").await;
    browser.type_into("#pane-anna textarea", "Нам нужен договор\n").await;
    browser.see(ANNA, "Вопрос отправлен, ответ придет сюда.").await;
    browser.type_into("#pane-anna textarea", "Пришлете до пятницы?\n").await;
    browser.see(ANNA, "Продолжение по заказу №1 отправлено продавцу.").await;
    browser.see(STAFF, "Анна Иванова спрашивает.").await;
    browser.see(STAFF, "Анна Иванова продолжает.").await;
    browser.see(STAFF, "Пришлете до пятницы?").await;
    reply(&browser, STAFF, "Вопрос по заказу №1", "Пришлем завтра").await;
    browser.see(ANNA, "Ответ по заказу №1").await;
    reply(&browser, ANNA, "Ответ по заказу №1", "Спасибо, ждем").await;
    browser.see(ANNA, "Сообщение по заказу №1 отправлено продавцу, ответ придет сюда.").await;
    browser.see(STAFF, "Спасибо, ждем").await;

    browser.press(STAFF, "Выдать со склада (50 из 50)").await;
    browser.see(ANNA, "Заказ №1 выполнен.").await;
    browser.see(ANNA, "В файле 50 серийных номеров.").await;
    browser.find("#pane-anna a.document[download='order-1.txt']").await;
    let saved = download(&browser, ANNA).await;
    assert_eq!(saved.lines().filter(|line| line.starts_with("DEMO-SP1-")).count(), 50, "{saved}");
    browser.see(STAFF, "— выполнен: Вера").await;
}
