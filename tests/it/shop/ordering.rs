//! From /start to the card.

use insta::assert_snapshot;

use crate::support::shop::{SP_1, SP_3, Shop, TRIAL_30000, TRIAL_100000, on_both};
use crate::support::webhook::by_webhook;

on_both!(
    the_orders_of_the_web_page_can_be_placed_and_are_listed_as_there,
    from_start_to_the_card_everything_happens_in_one_message,
);

by_webhook!(
    from_start_to_the_card_everything_happens_in_one_message,
    the_orders_of_the_web_page_can_be_placed_and_are_listed_as_there,
);

async fn the_orders_of_the_web_page_can_be_placed_and_are_listed_as_there(shop: Shop) {
    shop.anna().orders(&[(SP_3, 50), (TRIAL_30000, 2), (TRIAL_100000, 1)]).await;
    shop.visitor(301, "ru").orders(&[(SP_1, 100)]).await;
    shop.visitor(302, "ru").orders(&[(SP_1, 200)]).await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.anna().orders(&[(SP_1, 50), (TRIAL_30000, 2), (TRIAL_100000, 1)]).await;
    assert_snapshot!(shop.anna().says("/orders").await.screen(), @r"
        Заказы

        Номер заказа · Дата размещения
        Статус · Количество номеров · Сумма

        Заказ №450 · 01.04.2015
        Размещен · 53 шт. · 25 000,00 ₽

        Заказ №449 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Заказ №446 · 01.04.2015
        Размещен · 53 шт. · 41 000,00 ₽
        [№450] [№449] [№446]
        [• Все] [Размещен] [Выставлен счет]
        [Выполнен] [Отменен]
        [Новый заказ] [Меню]
        ");
    assert_snapshot!(shop.staff_chat().last().unwrap(), @r"
        Новый заказ №450
        Статус: Размещен
        Дата размещения: 01.04.2015 12:30
        Клиент: Анна Иванова, @anna, учетная запись 1

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP Trial, 30 000 активаций
        2 шт. — 9 200,00 ₽
        Лицензия Guardant SP Trial, 100 000 активаций
        1 шт. — 4 800,00 ₽

        Итого: 53 шт. — 25 000,00 ₽
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Счет на 25 000,00 ₽]
        ");
}

async fn from_start_to_the_card_everything_happens_in_one_message(shop: Shop) {
    let anna = shop.anna();
    assert_snapshot!(anna.says("/start").await.screen(), @r"
        Здравствуйте, Анна Иванова.

        Здесь можно заказать серийные номера софтверных ключей. Продавец: Guardant.
        Соберите заказ и отправьте его, а мы сообщим о счете и пришлем серийные номера.
        [Новый заказ]
        [Заказы]
        [Условия и цены]
        [Документация]
        ");
    let screens = anna.screens();
    assert_snapshot!(anna.taps("Новый заказ").await.screen(), @r"
        Новый заказ
        Выберите продукт и количество.

        Пока ничего не выбрано.
        [Guardant SP]
        [Лицензия Guardant SP, 1 активация]
        [Лицензия Guardant SP, 3 активации]
        [Лицензия Guardant SP, 5 активаций]
        [Guardant SP Trial]
        [Лицензия Guardant SP Trial, 30 000 активаций]
        [Лицензия Guardant SP Trial, 100 000 активаций]
        [Отмена]
        ");
    assert_snapshot!(anna.taps(SP_1).await.screen(), @r"
        Лицензия Guardant SP, 1 активация
        Выберите количество кнопкой или напишите число: 50, 100 или 200.
        [50 — 11 000,00 ₽]
        [100 — 20 900,00 ₽]
        [200 — 39 600,00 ₽]
        [‹ Назад]
        ");
    assert_snapshot!(anna.taps("50 — 11 000,00 ₽").await.screen(), @r"
        Новый заказ
        Выберите продукт и количество.

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽
        [Guardant SP]
        [Лицензия Guardant SP, 1 активация · 50]
        [Лицензия Guardant SP, 3 активации]
        [Лицензия Guardant SP, 5 активаций]
        [Guardant SP Trial]
        [Лицензия Guardant SP Trial, 30 000 активаций]
        [Лицензия Guardant SP Trial, 100 000 активаций]
        [Отмена] [Оформить заказ]
        ");
    assert_snapshot!(anna.taps(TRIAL_30000).await.taps("3 — 13 800,00 ₽").await.screen(), @r"
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
    assert_snapshot!(anna.taps("Оформить заказ").await.screen(), @r"
        Подтверждение заказа

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP Trial, 30 000 активаций
        3 шт. — 13 800,00 ₽

        Итого: 53 шт. — 24 800,00 ₽

        Проверьте заказ и отправьте его.
        [Отправить заказ]
        [Добавить примечание]
        [‹ Назад] [24 800,00 ₽]
        ");
    assert_snapshot!(anna.taps("Отправить заказ").await.screen(), @r"
        Заказ отправлен, мы сообщим, когда будет выставлен счет.

        Заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP Trial, 30 000 активаций
        3 шт. — 13 800,00 ₽

        Итого: 53 шт. — 24 800,00 ₽

        01.04.2015 12:30 — Размещен
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    assert_eq!(anna.screens(), screens);
    assert_eq!(screens.len(), 1);
    assert_eq!(shop.staff_chat().len(), 1);
}

#[tokio::test]
async fn what_is_typed_moves_the_screen_below_and_the_old_screen_goes() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.says("/start").await.says("/new").await.taps(SP_1).await.says("100").await;
    assert_snapshot!(anna.chat(), @r"
        /start
        ----
        /new
        ----
        100
        ----
        Новый заказ
        Выберите продукт и количество.

        Лицензия Guardant SP, 1 активация
        100 шт. — 20 900,00 ₽

        Итого: 100 шт. — 20 900,00 ₽
        [Guardant SP]
        [Лицензия Guardant SP, 1 активация · 100]
        [Лицензия Guardant SP, 3 активации]
        [Лицензия Guardant SP, 5 активаций]
        [Guardant SP Trial]
        [Лицензия Guardant SP Trial, 30 000 активаций]
        [Лицензия Guardant SP Trial, 100 000 активаций]
        [Отмена] [Оформить заказ]
        ");
}

#[tokio::test]
async fn the_card_of_a_sent_order_stays_in_the_chat() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    let card = anna.message().unwrap();
    anna.says("/new").await.taps(SP_3).await.taps("‹ Назад").await;
    assert_eq!(shop.emulator.message(anna.id, card.id), Some(card));
    assert_eq!(anna.screens().len(), 2);
}

#[tokio::test]
async fn a_button_on_an_older_card_opens_a_screen_below_and_leaves_the_card() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    let card = anna.message().unwrap();
    anna.says("/help").await;
    let (on, data) = anna.button("Заказы");
    assert_eq!(on, card.id);
    anna.forges_on(on, &data).await;
    assert!(anna.screen().starts_with("Заказы\n"), "{}", anna.screen());
    assert_eq!(shop.emulator.message(anna.id, card.id), Some(card));
    assert_eq!(anna.screens().len(), 2);
}
