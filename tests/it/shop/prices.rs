//! Prices that change under a customer's hands.

use insta::assert_snapshot;

use super::words::{GONE, ORDER_SENT};
use crate::support::shop::{SP_1, Shop, TRIAL_30000, catalogue_with, catalogue_without, on_both};

on_both!(
    a_price_that_changed_before_check_out_is_shown_old_and_new,
    a_price_that_changed_behind_the_summary_is_asked_about_again,
    a_product_that_vanished_is_taken_out_and_asked_about,
);

async fn a_price_that_changed_before_check_out_is_shown_old_and_new(shop: Shop) {
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50), (TRIAL_30000, 2)]).await;
    shop.applies(&catalogue_with("11000.00", "12000.00")).await;
    assert_snapshot!(anna.taps("Оформить заказ").await.screen(), @r"
        Цены изменились, проверьте заказ еще раз.

        Подтверждение заказа

        Лицензия Guardant SP, 1 активация
        50 шт. — было 11 000,00 ₽, стало 12 000,00 ₽
        Лицензия Guardant SP Trial, 30 000 активаций
        2 шт. — 9 200,00 ₽

        Итого: 52 шт. — 21 200,00 ₽

        Если изменения вам подходят, нажмите «Принять изменения».
        [Добавить примечание]
        [Принять изменения]
        [‹ Назад]
        ");
    anna.taps("Принять изменения").await;
    assert!(anna.taps("Отправить заказ").await.screen().contains("Итого: 52 шт. — 21 200,00 ₽"), "{}", anna.screen());
}

async fn a_price_that_changed_behind_the_summary_is_asked_about_again(shop: Shop) {
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    shop.applies(&catalogue_with("11000.00", "12000.00")).await;
    assert_snapshot!(anna.taps("Отправить заказ").await.screen(), @r"
        Цены изменились, проверьте заказ еще раз.

        Подтверждение заказа

        Лицензия Guardant SP, 1 активация
        50 шт. — было 11 000,00 ₽, стало 12 000,00 ₽

        Итого: 50 шт. — 12 000,00 ₽

        Если изменения вам подходят, нажмите «Принять изменения».
        [Добавить примечание]
        [Принять изменения]
        [‹ Назад]
        ");
    assert_eq!(shop.staff_chat().len(), 0);
    shop.applies(&catalogue_with("11000.00", "13000.00")).await;
    assert!(anna.taps("Принять изменения").await.screen().contains("было 11 000,00 ₽, стало 13 000,00 ₽"));
    assert_eq!(shop.staff_chat().len(), 0);
    anna.taps("Принять изменения").await.taps("Отправить заказ").await;
    assert_snapshot!(anna.screen(), @r"
        Заказ отправлен, мы сообщим, когда будет выставлен счет.

        Заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 13 000,00 ₽

        Итого: 50 шт. — 13 000,00 ₽

        01.04.2015 12:30 — Размещен
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    assert_eq!(shop.staff_chat().len(), 1);
}

async fn a_product_that_vanished_is_taken_out_and_asked_about(shop: Shop) {
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50), (TRIAL_30000, 2)]).await.taps("Оформить заказ").await;
    shop.applies(&catalogue_without("sp-1")).await;
    assert_snapshot!(anna.taps("Отправить заказ").await.screen(), @r"
        Часть продуктов больше не продается в выбранном количестве, проверьте заказ еще раз.

        Подтверждение заказа

        Лицензия Guardant SP Trial, 30 000 активаций
        2 шт. — 9 200,00 ₽

        Итого: 2 шт. — 9 200,00 ₽

        Если изменения вам подходят, нажмите «Принять изменения».
        [Добавить примечание]
        [Принять изменения]
        [‹ Назад]
        ");
    assert_eq!(shop.staff_chat().len(), 0);
    anna.taps("Принять изменения").await;
    assert!(anna.taps("Отправить заказ").await.screen().contains("Итого: 2 шт. — 9 200,00 ₽"), "{}", anna.screen());
}

#[tokio::test]
async fn when_all_products_of_a_draft_vanish_the_form_says_so() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    shop.applies(&catalogue_without("sp-1")).await;
    assert_snapshot!(anna.taps("Отправить заказ").await.screen(), @r"
        Часть продуктов больше не продается в выбранном количестве, проверьте заказ еще раз.

        Новый заказ
        Выберите продукт и количество.

        Пока ничего не выбрано.
        [Guardant SP]
        [Лицензия Guardant SP, 3 активации]
        [Лицензия Guardant SP, 5 активаций]
        [Guardant SP Trial]
        [Лицензия Guardant SP Trial, 30 000 активаций]
        [Лицензия Guardant SP Trial, 100 000 активаций]
        [Отмена]
        ");
}

#[tokio::test]
async fn a_product_that_vanished_cannot_be_chosen_any_more() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.says("/new").await;
    shop.applies(&catalogue_without("sp-1")).await;
    assert_eq!(anna.taps(SP_1).await.sentence(), GONE);
    shop.applies(&catalogue_with("11000.00", "12000.00")).await;
    anna.says("/new").await.taps(SP_1).await;
    shop.applies(&catalogue_without("sp-1")).await;
    assert_eq!(anna.says("50").await.sentence(), GONE);
}

#[tokio::test]
async fn a_price_that_went_up_and_back_is_no_change() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await;
    shop.applies(&catalogue_with("11000.00", "12000.00")).await;
    shop.applies(&catalogue_with("20900.00", "20900.01")).await;
    assert!(!anna.taps("Оформить заказ").await.screen().contains("было"), "{}", anna.screen());
    assert!(anna.taps("Отправить заказ").await.screen().starts_with(ORDER_SENT), "{}", anna.screen());
}

#[tokio::test]
async fn the_form_under_an_old_price_button_takes_the_price_of_now_and_shows_it() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.says("/new").await.taps(SP_1).await;
    shop.applies(&catalogue_with("11000.00", "12000.00")).await;
    assert!(anna.taps("50 — 11 000,00 ₽").await.screen().contains("50 шт. — 12 000,00 ₽"), "{}", anna.screen());
}
