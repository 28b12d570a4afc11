//! An order's card, and the order repeated from it.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk::domain::OrderAction;

use super::words::NUMBER_EXPECTED;
use crate::support::actions::invoiced;
use crate::support::shop::{SP_1, SP_3, Shop, TRIAL_30000, catalogue_with, catalogue_without, on_both};

on_both!(a_card_tells_the_order_and_its_story, somebody_elses_order_and_a_missing_one_get_the_same_answer);

async fn a_card_tells_the_order_and_its_story(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50), (TRIAL_30000, 3)]).await;
    shop.clock.advance(TimeDelta::days(1));
    shop.staff_did(446, invoiced()).await;
    // Half past eleven at night in UTC is the next day in Moscow.
    shop.clock.advance(TimeDelta::hours(14));
    shop.staff_did(446, OrderAction::Completed).await;
    shop.applies(&catalogue_with("11000.00", "99000.00")).await;
    assert_snapshot!(anna.says("/order 446").await.screen(), @r"
        Заказ №446
        Статус: Выполнен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP Trial, 30 000 активаций
        3 шт. — 13 800,00 ₽

        Итого: 53 шт. — 24 800,00 ₽

        01.04.2015 12:30 — Размещен
        02.04.2015 12:30 — Выставлен счет: 25 000,00 ₽
        03.04.2015 02:30 — Выполнен
        [Серийные номера файлом]
        [Вопрос по заказу]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    let card = anna.screen();
    for same in
        ["/order #446", "/order_446", "/start order_446", "/order   446", "/ORDER #446", "/order@keydesk_bot 446"]
    {
        assert_eq!(anna.says(same).await.screen(), card, "{same}");
    }
}

async fn somebody_elses_order_and_a_missing_one_get_the_same_answer(shop: Shop) {
    let (anna, stranger) = (shop.anna(), shop.visitor(301, "ru"));
    stranger.orders(&[(SP_1, 50)]).await;
    assert_snapshot!(anna.says("/order 446").await.screen(), @r"
        Такого заказа среди ваших нет. Все ваши заказы: /orders
        [Заказы] [Меню]
        ");
    for way in ["/order N", "/order_N", "/start order_N"] {
        let theirs = anna.says(&way.replace('N', "446")).await.screen();
        assert_eq!(anna.says(&way.replace('N', "999")).await.screen(), theirs, "{way}");
    }
    for button in ["order:N", "repeat:N"] {
        let theirs = (anna.forges(&button.replace('N', "446")).await, anna.screen());
        let missing = (anna.forges(&button.replace('N', "999")).await, anna.screen());
        assert_eq!(missing, theirs, "{button}");
        assert!(!theirs.1.contains("Guardant SP, 1"), "{button}: {}", theirs.1);
    }
    assert!(anna.says("/orders").await.screen().contains("Заказов пока нет."));
}

#[tokio::test]
async fn an_order_without_a_number_is_asked_for_its_number() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    for typed in ["/order", "/order x", "/order_", "/order 1e3", "/order 99999999999999999999", "/order -1"] {
        assert_eq!(anna.says(typed).await.sentence(), NUMBER_EXPECTED, "{typed}");
    }
    assert_eq!(anna.screens().len(), 1);
}

#[tokio::test]
async fn an_order_is_repeated_at_the_same_prices() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50), (TRIAL_30000, 3)]).await;
    assert_snapshot!(anna.taps("Повторить заказ").await.screen(), @r"
        Новый заказ
        Выберите продукт и количество.

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP Trial, 30 000 активаций
        3 шт. — 13 800,00 ₽

        Итого: 53 шт. — 24 800,00 ₽
        [Guardant SP]
        [Лицензия Guardant SP, 1 активация · 50]
        [Лицензия Guardant SP, 3 активации]
        [Лицензия Guardant SP, 5 активаций]
        [Guardant SP Trial]
        [Лицензия Guardant SP Trial, 30 000 активаций · 3]
        [Лицензия Guardant SP Trial, 100 000 активаций]
        [Отмена] [Оформить заказ]
        ");
    anna.taps("Оформить заказ").await.taps("Отправить заказ").await;
    assert!(anna.says("/orders").await.screen().contains("[№447] [№446]"), "{}", anna.screen());
}

#[tokio::test]
async fn a_repeated_order_shows_what_changed_since() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50), (SP_3, 50)]).await;
    shop.applies(&catalogue_with("11000.00", "12000.00")).await;
    assert_snapshot!(anna.taps("Повторить заказ").await.screen(), @r"
        Цены изменились, проверьте заказ еще раз.

        Новый заказ
        Выберите продукт и количество.

        Лицензия Guardant SP, 1 активация
        50 шт. — было 11 000,00 ₽, стало 12 000,00 ₽
        Лицензия Guardant SP, 3 активации
        50 шт. — 27 000,00 ₽

        Итого: 100 шт. — 39 000,00 ₽
        [Guardant SP]
        [Лицензия Guardant SP, 1 активация · 50]
        [Лицензия Guardant SP, 3 активации · 50]
        [Лицензия Guardant SP, 5 активаций]
        [Guardant SP Trial]
        [Лицензия Guardant SP Trial, 30 000 активаций]
        [Лицензия Guardant SP Trial, 100 000 активаций]
        [Отмена] [Оформить заказ]
        ");
}

#[tokio::test]
async fn a_repeated_order_leaves_out_what_is_not_sold_any_more() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50), (SP_3, 50)]).await;
    shop.applies(&catalogue_without("sp-1")).await;
    assert_snapshot!(anna.taps("Повторить заказ").await.screen(), @r"
        Часть продуктов из того заказа больше не продается или не поместилась, проверьте заказ.

        Новый заказ
        Выберите продукт и количество.

        Лицензия Guardant SP, 3 активации
        50 шт. — 27 000,00 ₽

        Итого: 50 шт. — 27 000,00 ₽
        [Guardant SP]
        [Лицензия Guardant SP, 3 активации · 50]
        [Лицензия Guardant SP, 5 активаций]
        [Guardant SP Trial]
        [Лицензия Guardant SP Trial, 30 000 активаций]
        [Лицензия Guardant SP Trial, 100 000 активаций]
        [Отмена] [Оформить заказ]
        ");
}

#[tokio::test]
async fn a_repeated_order_goes_into_the_open_draft() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    anna.chooses(&[(SP_1, 100), (TRIAL_30000, 2)]).await.says("/order 446").await;
    assert_snapshot!(anna.taps("Повторить заказ").await.screen(), @r"
        Продукты из того заказа добавлены к неотправленному, проверьте его.

        Новый заказ
        Выберите продукт и количество.

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP Trial, 30 000 активаций
        2 шт. — 9 200,00 ₽

        Итого: 52 шт. — 20 200,00 ₽
        [Guardant SP]
        [Лицензия Guardant SP, 1 активация · 50]
        [Лицензия Guardant SP, 3 активации]
        [Лицензия Guardant SP, 5 активаций]
        [Guardant SP Trial]
        [Лицензия Guardant SP Trial, 30 000 активаций · 2]
        [Лицензия Guardant SP Trial, 100 000 активаций]
        [Отмена] [Оформить заказ]
        ");
}

#[tokio::test]
async fn the_card_of_a_sent_order_stays_and_one_that_is_looked_at_makes_room() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    anna.taps("Заказы").await;
    assert!(anna.chat().contains("Заказ отправлен"), "{}", anna.chat());
    assert!(anna.screen().starts_with("Заказы\n"));
    let screens = anna.screens().len();
    anna.taps("№446").await.taps("Заказы").await.taps("№446").await;
    assert_eq!(anna.screens().len(), screens);
}
