//! The order list.

use insta::assert_snapshot;
use keydesk::domain::OrderAction;

use crate::support::actions::{cancelled, invoiced};
use crate::support::shop::{Shop, on_both};

on_both!(orders_are_filtered_by_status, the_list_has_eight_orders_a_page);

#[tokio::test]
async fn an_empty_list_says_how_to_make_the_first_order() {
    let shop = Shop::open().await;
    assert_snapshot!(shop.anna().says("/orders").await.screen(), @r"
        Заказы

        Заказов пока нет. Нажмите «Новый заказ», чтобы оформить первый.
        [Новый заказ] [Меню]
        ");
}

async fn the_list_has_eight_orders_a_page(shop: Shop) {
    let anna = shop.anna();
    anna.has_orders(17).await;
    assert_snapshot!(anna.says("/orders").await.screen(), @r"
        Заказы

        Номер заказа · Дата размещения
        Статус · Количество номеров · Сумма

        Заказ №462 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Заказ №461 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Заказ №460 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Заказ №459 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Заказ №458 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Заказ №457 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Заказ №456 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Заказ №455 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Страница 1 из 3
        [№462] [№461] [№460] [№459]
        [№458] [№457] [№456] [№455]
        [Старее ›]
        [• Все] [Размещен] [Выставлен счет]
        [Выполнен] [Отменен]
        [Новый заказ] [Меню]
        ");
    let first = anna.screen();
    assert_snapshot!(anna.taps("Старее ›").await.taps("Старее ›").await.screen(), @r"
        Заказы

        Номер заказа · Дата размещения
        Статус · Количество номеров · Сумма

        Заказ №446 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽

        Страница 3 из 3
        [№446]
        [‹ Новее]
        [• Все] [Размещен] [Выставлен счет]
        [Выполнен] [Отменен]
        [Новый заказ] [Меню]
        ");
    assert_eq!(anna.taps("‹ Новее").await.taps("‹ Новее").await.screen(), first);
    assert_eq!(anna.screens().len(), 1);
}

async fn orders_are_filtered_by_status(shop: Shop) {
    let anna = shop.anna();
    anna.has_orders(4).await;
    shop.staff_did(447, invoiced()).await;
    shop.staff_did(448, invoiced()).await;
    shop.staff_did(448, OrderAction::Completed).await;
    shop.staff_did(449, cancelled()).await;
    assert_snapshot!(anna.says("/orders").await.screen(), @r"
        Заказы

        Номер заказа · Дата размещения
        Статус · Количество номеров · Сумма

        Заказ №449 · 01.04.2015
        Отменен · 50 шт. · 11 000,00 ₽

        Заказ №448 · 01.04.2015
        Выполнен · 50 шт. · 11 000,00 ₽

        Заказ №447 · 01.04.2015
        Выставлен счет · 50 шт. · 11 000,00 ₽

        Заказ №446 · 01.04.2015
        Размещен · 50 шт. · 11 000,00 ₽
        [№449] [№448] [№447] [№446]
        [• Все] [Размещен] [Выставлен счет]
        [Выполнен] [Отменен]
        [Новый заказ] [Меню]
        ");
    for (filter, title, number) in [
        ("Размещен", "Размещенные заказы", 446),
        ("Выставлен счет", "Заказы с выставленным счетом", 447),
        ("Выполнен", "Выполненные заказы", 448),
        ("Отменен", "Отмененные заказы", 449),
    ] {
        let screen = anna.taps(filter).await.screen();
        assert!(
            screen.starts_with(&format!("{title}\n")) && screen.contains(&format!("\nЗаказ №{number} · ")),
            "{screen}"
        );
        assert_eq!(screen.matches("Заказ №").count(), 1, "{screen}");
        assert!(screen.contains(&format!("[• {filter}]")), "{screen}");
    }
    shop.staff_did(446, cancelled()).await;
    assert_snapshot!(anna.taps("Размещен").await.screen(), @r"
        Размещенные заказы

        Заказов с таким статусом нет.
        [Все] [• Размещен] [Выставлен счет]
        [Выполнен] [Отменен]
        [Новый заказ] [Меню]
        ");
}

#[tokio::test]
async fn a_page_that_went_away_shows_the_last_one_that_is_there() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.has_orders(9).await;
    anna.says("/orders").await.taps("Размещен").await;
    shop.staff_did(446, cancelled()).await;
    let screen = anna.taps("Старее ›").await.screen();
    assert_eq!(screen.matches("Заказ №").count(), 8, "{screen}");
    assert!(!screen.contains("Страница"), "{screen}");
}

#[tokio::test]
async fn an_order_of_the_list_opens_its_card_in_place() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.has_orders(2).await;
    let list = anna.says("/orders").await.screen();
    assert!(anna.taps("№446").await.screen().starts_with("Заказ №446\n"), "{}", anna.screen());
    assert_eq!(anna.taps("Заказы").await.screen(), list);
    assert_eq!(anna.screens().len(), 1);
}
