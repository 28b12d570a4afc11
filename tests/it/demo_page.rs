//! The demo's page in a real browser: the program as its user starts it, and people who order on it.
#![expect(clippy::float_arithmetic, reason = "contrast is a ratio of light")]

mod exchange;
mod gallery;
mod life;
mod story;

use std::{fs, path::Path};

use serde_json::Value;

use crate::support::{browser::Browser, demo::Demo, devtools::DevTools};

const ANNA: &str = "pane-anna";
const BORIS: &str = "pane-boris";
const STAFF: &str = "pane-staff";
/// What is written on the order of the web page that the bot replaces.
const MIXED_TOTAL: &str = "53\u{a0}шт. — 25\u{a0}000,00\u{a0}₽";

async fn open() -> (Demo, Browser) {
    let demo = Demo::start();
    let browser = Browser::start().await;
    browser.open(&demo.address).await;
    (demo, browser)
}

/// Presses one button after another in a pane.
async fn press_all(browser: &Browser, pane: &str, labels: &[&str]) {
    for label in labels {
        browser.press(pane, label).await;
    }
}

/// The file that the bot sent last to this pane, as the browser saves it.
async fn download(browser: &Browser, pane: &str) -> String {
    let link = format!("[...document.querySelectorAll('#{pane} a.document:not([hidden])')].at(-1)");
    let saved = browser.evaluate(&format!("fetch({link}.href).then((answer) => answer.text())")).await;
    saved.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_mixed_order_goes_from_start_to_the_alert_while_another_customer_orders_in_english() {
    let (demo, browser) = open().await;
    browser.set(DevTools::window(1400, 880, 1.5)).await;
    browser.set(DevTools::time_zone("Europe/Moscow")).await; // the shop's

    press_all(&browser, ANNA, &["Начать", "Новый заказ", "Лицензия Guardant SP, 1 активация"]).await;
    browser.press(ANNA, "50 — 11\u{a0}000,00\u{a0}₽").await;
    press_all(&browser, BORIS, &["Start", "New order", "Guardant SP licence, 3 activations"]).await;
    press_all(&browser, ANNA, &["Лицензия Guardant SP Trial, 30 000 активаций", "2 — 9\u{a0}200,00\u{a0}₽"]).await;
    browser.press(BORIS, "50 — RUB\u{a0}27,000.00").await;
    press_all(&browser, ANNA, &["Лицензия Guardant SP Trial, 100 000 активаций", "1 — 4\u{a0}800,00\u{a0}₽"]).await;
    browser.see(ANNA, &format!("Итого: {MIXED_TOTAL}")).await;
    browser.press(ANNA, "Оформить заказ").await;
    browser.see(ANNA, "Подтверждение заказа").await;
    browser.press(ANNA, "Отправить заказ").await;

    browser.see(ANNA, "Заказ №1").await;
    browser.see(ANNA, "Статус: Размещен").await;
    browser.see(STAFF, "Новый заказ №1").await;
    browser.see(STAFF, "Анна Иванова").await;
    browser.see(STAFF, MIXED_TOTAL).await;
    browser.see(BORIS, "Total: 50\u{a0}keys — RUB\u{a0}27,000.00").await;

    press_all(&browser, BORIS, &["Check out", "Send order"]).await;
    browser.see(BORIS, "Order #2").await;
    browser.see(STAFF, "Новый заказ №2").await;
    let loaded = browser.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)").await;
    let loaded = loaded.as_array().unwrap();
    assert!(loaded.len() > 5, "{loaded:?}");
    assert!(loaded.iter().all(|name| name.as_str().unwrap().starts_with(&demo.address)), "{loaded:?}");
}

#[tokio::test]
async fn a_quantity_that_cannot_be_ordered_is_answered_with_what_can() {
    let (_demo, browser) = open().await;
    press_all(&browser, ANNA, &["Начать", "Новый заказ", "Лицензия Guardant SP, 1 активация"]).await;
    browser.see(ANNA, "напишите число: 50, 100 или 200").await;

    browser.type_into("#pane-anna textarea", "пятьдесят\n").await;
    browser.see(ANNA, "Количество не распознано, напишите целое число цифрами: 50, 100 или 200.").await;

    browser.type_into("#pane-anna textarea", "100\n").await;
    browser.see(ANNA, "Итого: 100\u{a0}шт. — 20\u{a0}900,00\u{a0}₽").await;
}

#[tokio::test]
async fn a_command_in_a_message_is_a_link_and_the_menu_lists_them_all() {
    let (_demo, browser) = open().await;
    browser.press(ANNA, "Начать").await;
    browser.type_into("#pane-anna textarea", "/order 449\n").await;
    browser.see(ANNA, "Такого заказа среди ваших нет").await;
    browser.press(ANNA, "/orders").await;
    browser.see(ANNA, "Заказов пока нет").await;

    browser.click("#pane-anna [data-action='menu']").await;
    browser.click("#pane-anna .commands [data-item='/prices']").await;
    browser.see(ANNA, "Цены не являются публичной офертой").await;

    // The box offers those that begin alike.
    browser.type_into("#pane-anna textarea", "/he\u{e015}").await; // the down arrow
    browser.find("#pane-anna .suggestions li:only-child[data-item='/help'][aria-selected='true']").await;
    browser.strike("\n").await;
    browser.see(ANNA, "Что умеет бот").await;
    browser.find("#pane-anna .suggestions[hidden]").await;
}

#[tokio::test]
async fn an_order_is_placed_with_the_keyboard_alone() {
    let (demo, browser) = open().await;
    browser.see(BORIS, "Start").await;
    for pane in [ANNA, BORIS, STAFF] {
        browser.find(&format!("#{pane} [role='log'][aria-live='polite'][aria-label]")).await;
    }
    for (label, then) in [
        ("Start", "Hello, Boris"),
        ("New order", "Guardant SP licence, 5 activations"),
        ("Guardant SP licence, 5 activations", "50, 100 or 200"),
        ("100 — RUB\u{a0}77,900.00", "Total: 100\u{a0}keys"),
        ("Check out", "Check your order"),
        ("Send order", "Order #1"),
    ] {
        browser.tab_to(label).await;
        browser.strike("\n").await;
        browser.see(BORIS, then).await;
    }
    browser.tab_to("Message").await;
    browser.strike("/orders\n").await;
    browser.see(BORIS, "Placed · 100\u{a0}keys").await;
    // From what can be pressed in the chat to the box below it: past the way to the latest messages and the menu.
    browser.tab_to("Menu").await;
    for _ in 0..3 {
        if browser.evaluate("document.activeElement.matches('#pane-boris textarea')").await == false {
            browser.strike("\u{e004}").await;
        }
    }
    browser.find("#pane-boris textarea:focus").await;
    // And from the top of the page, any box.
    browser.open(&demo.address).await;
    browser.find("#pane-staff textarea").await;
    browser.strike("\u{e004}\u{e004}\u{e004}\n").await;
    browser.find("#pane-staff textarea:focus").await;
}

#[tokio::test]
async fn a_narrow_window_shows_one_chat_under_tabs_and_never_scrolls_sideways() {
    let demo = Demo::start_with_topics();
    let browser = Browser::start().await;
    browser.open(&demo.address).await;
    browser.set(DevTools::window(360, 740, 1.0)).await;
    press_all(&browser, ANNA, &["Начать", "Новый заказ", "Лицензия Guardant SP Trial, 100 000 активаций"]).await;
    browser.press(ANNA, "10 — 45\u{a0}000,00\u{a0}₽").await;
    press_all(&browser, ANNA, &["Оформить заказ", "Отправить заказ"]).await;
    browser.see(ANNA, "Статус: Размещен").await;
    assert_eq!(sideways(&browser).await, Vec::<Value>::new());

    browser.see("tab-staff", "1").await;
    browser.click("#tab-staff").await;
    assert_eq!(visible_panes(&browser).await, ["pane-staff"]);
    // The order has a topic of its own.
    browser.find("#pane-staff .topic[aria-label='Заказ №1, Анна Иванова, непрочитанных: 1']").await;
    assert_eq!(sideways(&browser).await, Vec::<Value>::new());
    browser.click("#pane-staff .topic:not([data-topic='1'])").await;
    browser.see(STAFF, "Новый заказ №1").await;
    browser.click("#pane-staff [data-action='attach']").await;
    assert_eq!(sideways(&browser).await, Vec::<Value>::new());

    browser.click("#tab-staff").await;
    browser.strike("\u{e012}").await; // the left arrow
    browser.find("#tab-boris[aria-selected='true']:focus").await;
    assert_eq!(visible_panes(&browser).await, ["pane-boris"]);
}

/// What is wider than its place: the page itself and its chats.
async fn sideways(browser: &Browser) -> Vec<Value> {
    let wider = "[document.documentElement, ...document.querySelectorAll('.log, .topics, .topic-header, .tabs, .pane-header, .popup')]
        .filter((node) => node.scrollWidth > node.clientWidth).map((node) => node.className || node.localName)";
    browser.evaluate(wider).await.as_array().unwrap().clone()
}

async fn visible_panes(browser: &Browser) -> Vec<Value> {
    let visible = "[...document.querySelectorAll('.pane')].filter((pane) => pane.offsetParent).map((pane) => pane.id)";
    browser.evaluate(visible).await.as_array().unwrap().clone()
}

#[tokio::test]
async fn every_text_can_be_read_in_the_light_and_in_the_dark() {
    let (_demo, browser) = open().await;
    press_all(&browser, ANNA, &["Начать", "Новый заказ", "Лицензия Guardant SP, 1 активация"]).await;
    browser.see(ANNA, "напишите число").await;
    let mut pages = Vec::new();
    for scheme in ["light", "dark"] {
        browser.set(DevTools::color_scheme(scheme)).await;
        for (text, ground) in [
            (".about p", "body"),
            (".steps li", "body"),
            (".who h2", ".pane-header"),
            (".subtitle", ".pane-header"),
            (".empty:not([hidden])", ".empty:not([hidden])"),
            ("[data-from='bot'] .text", "[data-from='bot'] .bubble"),
            ("[data-from='bot'] .meta", "[data-from='bot'] .bubble"),
            ("[data-from='me'] .meta", "[data-from='me'] .bubble"),
            (".key", ".key"),
            (".start:not([hidden])", ".start"),
            (".avatar", ".avatar"),
        ] {
            let ink = luminance(&browser, text, "color").await;
            let paper = luminance(&browser, ground, "backgroundColor").await;
            let contrast = (ink.max(paper) + 0.05) / (ink.min(paper) + 0.05);
            assert!(contrast >= 4.5, "{text} on {ground}, {scheme}: {contrast:.2}"); // WCAG 2.2, 1.4.3
        }
        pages.push(luminance(&browser, "body", "backgroundColor").await);
    }
    assert!(pages[0] > 0.5 && pages[1] < 0.05, "{pages:?}");
}

/// The relative luminance of a computed colour, as WCAG defines it.
async fn luminance(browser: &Browser, css: &str, property: &str) -> f64 {
    let colour = format!("getComputedStyle(document.querySelector(\"{css}\")).{property}");
    let colour = browser.evaluate(&colour).await;
    let colour = colour.as_str().unwrap();
    let channels = colour.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')'));
    let channels = channels.unwrap_or_else(|| panic!("{css} {property} is {colour}, which is not opaque"));
    let linear = channels.split(", ").map(|channel| {
        let share = channel.parse::<f64>().unwrap() / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    linear.zip([0.2126, 0.7152, 0.0722]).map(|(channel, weight)| channel * weight).sum()
}

#[tokio::test]
async fn the_tour_is_told_in_the_visitors_language() {
    let demo = Demo::start();
    let browser = Browser::start().await;
    for (tag, last_step) in [
        ("ru-RU,en", "В чате Анны нажмите на файл, чтобы скачать серийные номера"),
        ("en-GB,ru", "In Anna’s chat, press the file to save the serial numbers"),
        ("de", "In Anna’s chat, press the file to save the serial numbers"),
    ] {
        browser.set(DevTools::language(tag)).await;
        browser.open(&demo.address).await;
        let step = browser.find(".steps li:last-child").await;
        assert_eq!(step.text().await.unwrap(), last_step, "{tag}");
    }
    let english = Demo::start_in("en");
    browser.open(&english.address).await;
    browser.see(ANNA, "Customer").await;
    assert_eq!(browser.find(".steps li").await.text().await.unwrap(), "Press Start in Anna’s chat");
}

#[tokio::test]
async fn a_lost_connection_is_told_and_mends_itself() {
    let (demo, browser) = open().await;
    press_all(&browser, BORIS, &["Start", "New order"]).await;
    browser.see(BORIS, "Choose a product and a quantity.").await;

    let port = demo.kill();
    browser.find("[data-connection='lost']").await;
    browser.see("connection", "Connection lost").await;
    browser.press(BORIS, "Cancel").await;
    browser.see(BORIS, "The demo does not answer").await;

    let _demo = Demo::start_on(port);
    browser.find("[data-connection='live']").await;
    browser.press(BORIS, "Start").await;
    browser.see(BORIS, "Hello, Boris").await;
}

#[test]
fn the_page_names_no_address_outside_this_machine() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/demo/page");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut read = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap().replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        for mark in ["http://", "https://", "ws://", "wss://", "\"//", "'//", "url(//"] {
            for (at, _) in text.match_indices(mark) {
                let rest = &text[at + mark.len()..];
                let here = ["127.0.0.1", "localhost", "${"].iter().any(|host| rest.starts_with(host));
                assert!(here, "{}: {mark}{}", file.display(), rest.lines().next().unwrap());
            }
        }
        read += 1;
    }
    assert!(read > 10, "{read} files");
}
