//! The language of each reader.

use insta::assert_snapshot;
use keydesk_emulator::Person;

use crate::support::shop::{Shop, on_both};

on_both!(the_language_is_changed_in_place_and_back, the_alert_speaks_the_language_of_the_shop);

#[tokio::test]
async fn the_language_is_that_of_telegram_or_else_of_the_shop() {
    let shop = Shop::open().await;
    for (id, code, greeting) in [
        (301, "ru", "Здравствуйте, Visitor 301."),
        (302, "en", "Hello, Visitor 302."),
        (303, "en-GB", "Hello, Visitor 303."),
        (304, "zz", "Здравствуйте, Visitor 304."),
        (305, "", "Здравствуйте, Visitor 305."),
    ] {
        assert_eq!(shop.visitor(id, code).says("/start").await.sentence(), greeting, "{code}");
    }
}

async fn the_language_is_changed_in_place_and_back(shop: Shop) {
    let boris = shop.boris();
    assert_snapshot!(boris.says("/settings").await.screen(), @r"
        Settings

        Language: English, as in Telegram
        Account: yours, no colleagues
        Billing details: not filled in
        [Русский] [English]
        [• As in Telegram]
        [Colleagues] [Billing details]
        [Menu]
        ");
    assert_snapshot!(boris.taps("Русский").await.screen(), @r"
        Язык изменен.

        Настройки

        Язык: Русский
        Учетная запись: ваша, без коллег
        Реквизиты: не указаны
        [• Русский] [English]
        [Как в Telegram]
        [Коллеги] [Реквизиты]
        [Меню]
        ");
    assert_snapshot!(boris.taps("Как в Telegram").await.screen(), @r"
        The language has been changed.

        Settings

        Language: English, as in Telegram
        Account: yours, no colleagues
        Billing details: not filled in
        [Русский] [English]
        [• As in Telegram]
        [Colleagues] [Billing details]
        [Menu]
        ");
    assert_eq!(boris.screens().len(), 1);
}

#[tokio::test]
async fn a_chosen_language_outlives_a_change_in_telegram() {
    let shop = Shop::open().await;
    let boris = shop.boris();
    let speaks = |code: &str| Person {
        id: boris.id,
        first_name: "Boris".to_owned(),
        language_code: Some(code.to_owned()),
        ..Person::default()
    };
    shop.emulator.add_person(speaks("ru"));
    assert_eq!(boris.says("/start").await.sentence(), "Здравствуйте, Boris.");
    boris.says("/settings").await.taps("Русский").await;
    shop.emulator.add_person(speaks("en"));
    assert_eq!(boris.says("/start").await.sentence(), "Здравствуйте, Boris.");
    boris.says("/settings").await.taps("Как в Telegram").await;
    assert_eq!(boris.says("/start").await.sentence(), "Hello, Boris.");
}

async fn the_alert_speaks_the_language_of_the_shop(shop: Shop) {
    let boris = shop.boris();
    boris.says("/new").await.taps("Guardant SP licence, 1 activation").await.says("50").await;
    assert_snapshot!(boris.taps("Check out").await.screen(), @r"
        Check your order

        Guardant SP licence, 1 activation
        50 keys — RUB 11,000.00

        Total: 50 keys — RUB 11,000.00

        If everything is right, press “Send order”.
        [Send order]
        [Add a note]
        [‹ Back] [RUB 11,000.00]
        ");
    assert_snapshot!(boris.taps("Send order").await.screen(), @r"
        The order has been sent; we will let you know when it is invoiced.

        Order #446
        Status: Placed
        Date placed: 1 Apr 2015

        Guardant SP licence, 1 activation
        50 keys — RUB 11,000.00

        Total: 50 keys — RUB 11,000.00

        1 Apr 2015 12:30 — Placed
        [Ask about the order] [Ask to cancel]
        [Repeat order]
        [Orders] [Menu]
        ");
    assert_snapshot!(shop.staff_chat()[0], @r"
        Новый заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015 12:30
        Клиент: Boris, учетная запись 1

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
}

#[tokio::test]
async fn a_toast_speaks_the_language_of_the_person() {
    let shop = Shop::open().await;
    shop.boris().says("/start").await;
    assert_eq!(
        shop.boris().forges("d:1:c").await.as_deref(),
        Some("This screen is outdated; here is the current one.")
    );
}
