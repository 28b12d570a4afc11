//! The life of an order, played by a visitor in all its parts.

use std::{env, path::Path};

use sha2::{Digest, Sha256};

use super::{ANNA, BORIS, STAFF, download, open, press_all};
use crate::support::browser::Browser;
use crate::support::devtools::DevTools;

const TRIAL: &str = "Лицензия Guardant SP Trial, 30 000 активаций";
const GLEB: &str = "#pane-staff .acting label:nth-of-type(2)";

/// Staff answer what the bot asked last with a file that is at hand, and these words below it.
async fn reply_with_sample(browser: &Browser, sample: &str, caption: &str) {
    browser.click("#pane-staff .message[data-from='bot']:last-child .reply").await;
    browser.click("#pane-staff [data-action='attach']").await;
    browser.click(&format!("#pane-staff [data-item='{sample}']")).await;
    browser.type_into("#pane-staff textarea", &format!("{caption}\n")).await;
}

/// Reads what the answer to a press says at length, which covers the page, and closes it.
async fn closes(browser: &Browser, text: &str) {
    browser.see("alert-text", text).await;
    browser.click("dialog.alert[open] button").await;
    browser.find("dialog.alert:not([open])").await;
}

async fn orders_trial_keys(browser: &Browser) {
    press_all(browser, ANNA, &["Начать", "Новый заказ", TRIAL, "2 — 9\u{a0}200,00\u{a0}₽"]).await;
    press_all(browser, ANNA, &["Оформить заказ", "Отправить заказ"]).await;
    browser.see(STAFF, "Новый заказ №1").await;
}

#[tokio::test]
async fn an_order_is_invoiced_with_a_pdf_completed_from_stock_and_its_serial_numbers_are_saved() {
    let (_demo, browser) = open().await;
    press_all(&browser, BORIS, &["Start", "New order", "Guardant SP licence, 3 activations"]).await;
    press_all(&browser, ANNA, &["Начать", "Новый заказ", "Лицензия Guardant SP, 1 активация"]).await;
    press_all(&browser, ANNA, &["50 — 11\u{a0}000,00\u{a0}₽", TRIAL, "2 — 9\u{a0}200,00\u{a0}₽"]).await;
    press_all(&browser, ANNA, &["Оформить заказ", "Отправить заказ"]).await;
    browser.find(".steps li:nth-child(3)[aria-current='step']").await;

    browser.press(STAFF, "Взять в работу").await;
    browser.see(STAFF, "Заказ №1 теперь ваш.").await;
    browser.press(STAFF, "Другая сумма…").await;
    closes(&browser, "Ответьте на сообщение о заказе суммой").await;
    browser.see(STAFF, "Вера указывает сумму счета.").await;
    reply_with_sample(&browser, "invoice", "20 200,00 31.12.2099").await;
    browser.see(ANNA, "По заказу №1 выставлен счет на 20\u{a0}200,00\u{a0}₽.").await;
    browser.see(ANNA, "Оплатите его, пожалуйста, до 31.12.2099.").await;
    browser.find("#pane-anna a.document[download='Счет.pdf']").await;
    assert!(download(&browser, ANNA).await.starts_with("%PDF-1.4"));
    browser.see(STAFF, "— выставлен счет на 20\u{a0}200,00\u{a0}₽ (оплатить до 31.12.2099): Вера").await;
    browser.find(".steps li:nth-child(4)[aria-current='step']").await;
    assert_eq!(browser.evaluate("document.querySelector('#pane-staff').innerText.includes('не видит')").await, false);
    if let Some(path) = env::var_os("KEYDESK_SCREENSHOT") {
        browser.set(DevTools::window(1400, 1000, 1.5)).await;
        browser.click("h1").await; // nothing is under the pointer then
        browser.find("#pane-staff .toasts:empty").await;
        browser.screenshot(Path::new(&path)).await;
    }

    press_all(&browser, STAFF, &["Выдать со склада (52 из 52)"]).await;
    browser.see(ANNA, "В файле 52 серийных номера.").await;
    browser.find("#pane-anna a.document[download='order-1.txt']").await;
    browser.find(".steps li:nth-child(5)[aria-current='step']").await;
    let saved = download(&browser, ANNA).await;
    assert_eq!(saved.lines().filter(|line| line.starts_with("DEMO-SP1-")).count(), 50);
    assert_eq!(saved.lines().filter(|line| line.starts_with("DEMO-TRIAL30000-")).count(), 2);
    let checksum: String = Sha256::digest(&saved).iter().map(|byte| format!("{byte:02x}")).collect();
    browser.see(ANNA, &checksum).await;
    browser.see(STAFF, "Заказ №1 выполнен, серийные номера отправляются клиенту.").await;
    browser.see(STAFF, "— выполнен: Вера").await;
    let staff = browser.evaluate("document.querySelector('#pane-staff').innerText").await;
    assert!(!staff.as_str().unwrap().contains("DEMO-"), "{staff}");

    browser.type_into("#pane-anna textarea", "/serials\n").await;
    browser.see(ANNA, &format!("Заказ №1: {TRIAL} — 2\u{a0}шт.")).await;
    browser.press(ANNA, "Серийные номера файлом").await;
    browser.find("#pane-anna a.document[download='serial-numbers.csv']").await;
    browser.press(ANNA, "Открыть заказ").await;
    browser.see(ANNA, "— Выполнен").await;
    browser.press(ANNA, "Счет файлом").await;
    browser.see(ANNA, "Счет по заказу №1 на 20\u{a0}200,00\u{a0}₽").await;
    assert!(download(&browser, ANNA).await.starts_with("%PDF-1.4"));
}

#[tokio::test]
async fn a_question_with_a_photo_is_answered_and_the_order_is_cancelled_for_a_reason() {
    let (_demo, browser) = open().await;
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("receipt.png");
    browser.screenshot(&picture).await;
    press_all(&browser, BORIS, &["Start", "New order", "Guardant SP licence, 3 activations"]).await;
    press_all(&browser, BORIS, &["50 — RUB\u{a0}27,000.00", "Check out", "Send order", "Ask about the order"]).await;
    browser.see(BORIS, "Question about order #1").await;
    browser.type_into("#pane-boris input[type='file']", picture.to_str().unwrap()).await;
    browser.type_into("#pane-boris textarea", "Is this the receipt you need?\n").await;
    browser.see(BORIS, "The question has been sent; the answer will come here.").await;

    browser.see(STAFF, "Вопрос по заказу №1").await;
    browser.find("#pane-staff [data-from='bot'] .photo:not([hidden])").await;
    browser.click("#pane-staff .message:last-child .reply").await;
    browser.type_into("#pane-staff textarea", "Да, спасибо\n").await;
    browser.see(BORIS, "Answer about order #1").await;
    browser.see(BORIS, "Да, спасибо").await;

    press_all(&browser, STAFF, &["Отменить…", "Сейчас нет в наличии", "Отменить заказ"]).await;
    browser.see(BORIS, "Order #1 has been cancelled.").await;
    browser.see(BORIS, "Reason: Not available at present").await;
    browser.see(STAFF, "— отменен: Вера. Сейчас нет в наличии").await;
}

#[tokio::test]
async fn an_order_for_more_than_the_stock_holds_is_completed_from_a_file() {
    let (_demo, browser) = open().await;
    press_all(&browser, BORIS, &["Start", "New order", "Guardant SP licence, 5 activations"]).await;
    press_all(&browser, BORIS, &["50 — RUB\u{a0}41,000.00", "Check out", "Send order"]).await;
    press_all(&browser, STAFF, &["Счет на 41\u{a0}000,00\u{a0}₽"]).await;
    browser.see(BORIS, "Order #1 has been invoiced: RUB\u{a0}41,000.00.").await;
    browser.see(STAFF, "На складе 37 из 50").await;
    press_all(&browser, STAFF, &["Другой файл…"]).await;
    closes(&browser, "Ответьте на сообщение о заказе файлом .txt, .csv или .xlsx").await;
    reply_with_sample(&browser, "serials", "").await;
    browser.see(BORIS, "The file has 50 serial numbers.").await;
    let saved = download(&browser, BORIS).await;
    assert_eq!(saved.lines().filter(|line| line.starts_with("DEMO-")).count(), 50, "{saved}");
}

#[tokio::test]
async fn whoever_is_asked_about_an_order_keeps_nobody_from_delivering_it() {
    let (_demo, browser) = open().await;
    orders_trial_keys(&browser).await;
    press_all(&browser, STAFF, &["Счет на 9\u{a0}200,00\u{a0}₽", "Отменить…"]).await;
    browser.see(STAFF, "Вера отменяет заказ.").await;
    browser.click(GLEB).await;
    browser.press(STAFF, "Выдать со склада (2 из 2)").await;
    browser.see(STAFF, "— выполнен: Глеб").await;
}
