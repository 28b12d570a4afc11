//! One price is changed by buttons and a typed number.

use insta::assert_snapshot;

use crate::support::shop::{SP_1, Shop, catalogue_with, catalogue_without, on_both};

on_both!(
    one_price_is_changed_by_buttons_and_a_typed_sum,
    a_quantity_is_changed_too,
    what_is_typed_is_read_on_purpose,
    a_change_is_made_of_the_list_that_holds_by_then,
    a_price_that_is_gone_is_not_changed,
    a_restart_with_the_same_file_undoes_no_change,
    in_the_staff_chat_the_price_is_a_reply,
);

async fn asks_for_price(shop: &Shop) {
    shop.admin().says("/catalog").await.taps("sp-1").await.taps("50 шт. — 11 000,00 ₽").await;
}

async fn one_price_is_changed_by_buttons_and_a_typed_sum(shop: Shop) {
    let (admin, anna) = (shop.admin(), shop.anna());
    anna.says("/new").await.chooses(&[(SP_1, 50)]).await;
    admin.says("/catalog").await.taps("sp-1").await;
    assert_snapshot!(admin.screen(), @r"
        Лицензия Guardant SP, 1 активация (sp-1)
        50 шт. — 11 000,00 ₽
        100 шт. — 20 900,00 ₽
        200 шт. — 39 600,00 ₽

        Какую цену изменить?
        [50 шт. — 11 000,00 ₽]
        [100 шт. — 20 900,00 ₽]
        [200 шт. — 39 600,00 ₽]
        [‹ Назад]
        ");
    admin.taps("50 шт. — 11 000,00 ₽").await;
    assert_snapshot!(admin.screen(), @r"
        Зоя, напишите новую цену: Лицензия Guardant SP, 1 активация
        Сейчас: 50 шт. — 11 000,00 ₽
        Ответьте на это сообщение суммой, например 11 000,00 ₽. Сначала будет показана разница.
        [Изменить количество]
        [‹ Назад]
        ");
    admin.says("12 000,50").await;
    assert_snapshot!(admin.screen(), @r"
        Что изменится в прайс-листе

        Лицензия Guardant SP, 1 активация (sp-1):
        — пакет 50 шт.: 11 000,00 ₽ → 12 000,50 ₽
        [Не сейчас] [Применить]
        ");
    admin.taps("Применить").await;
    assert_eq!(admin.sentence(), "Прайс-лист применен.");
    assert!(admin.screen().replace('\u{a0}', " ").contains("50 шт. — 12 000,50 ₽"), "{}", admin.screen());
    anna.taps("Оформить заказ").await;
    let summary = anna.screen().replace('\u{a0}', " ");
    assert!(summary.contains("было 11 000,00 ₽, стало 12 000,50 ₽"), "{summary}");
    admin.says("/audit").await;
    assert!(
        admin.screen().replace('\u{a0}', " ").contains("пакет 50 шт.: новая цена 12 000,50 ₽"),
        "{}",
        admin.screen()
    );
}

async fn a_quantity_is_changed_too(shop: Shop) {
    let admin = shop.admin();
    admin.says("/catalog").await.taps("trial-100000").await.taps("от 5 шт. — 4 500,00 ₽ за шт.").await;
    admin.taps("Изменить количество").await;
    assert_snapshot!(admin.screen(), @r"
        Зоя, напишите, от какого количества действует эта цена: Лицензия Guardant SP Trial, 100 000 активаций
        Сейчас: от 5 шт. — 4 500,00 ₽ за шт.
        Ответьте на это сообщение целым числом. Сначала будет показана разница.
        [‹ Назад]
        ");
    admin.says("7").await;
    assert!(
        admin.screen().starts_with("Что изменится в прайс-листе\n\nЛицензия Guardant SP Trial, 100 000"),
        "{}",
        admin.screen()
    );
    admin.taps("Применить").await;
    let prices = shop.anna().says("/prices").await.screen().replace('\u{a0}', " ");
    assert!(prices.contains("от 7 шт. — 4 500,00 ₽ за шт."), "{prices}");
}

async fn what_is_typed_is_read_on_purpose(shop: Shop) {
    let admin = shop.admin();
    asks_for_price(&shop).await;
    for typed in ["дорого", "-1", "1e3", "11000.005", ""] {
        admin.says(if typed.is_empty() { "." } else { typed }).await;
        assert_eq!(admin.sentence(), "Это не сумма. Напишите цену цифрами, например 11000,50", "{typed}");
    }
    admin.says("11000").await;
    assert_eq!(admin.sentence(), "Так уже и есть, менять нечего.");
    admin.taps("Изменить количество").await;
    for (typed, said) in [
        ("пятьдесят", "Нужно целое число от 1 до 1 000 000."),
        ("0", "Так изменить нельзя: 0 выходит за допустимые границы, укажите от 1 до 1 000 000."),
        ("100", "Так изменить нельзя: это количество встречается дважды, оставьте для него одну цену."),
    ] {
        admin.says(typed).await;
        assert_eq!(admin.sentence(), said);
    }
    admin.taps("‹ Назад").await.taps("‹ Назад").await.taps("‹ Назад").await;
    assert!(admin.screen().starts_with("Прайс-лист: 5 продуктов"), "{}", admin.screen());
}

async fn a_change_is_made_of_the_list_that_holds_by_then(shop: Shop) {
    let admin = shop.admin();
    asks_for_price(&shop).await;
    admin.says("12000").await;
    shop.applies(&catalogue_with("27000.00", "28000.00")).await;
    admin.taps("Применить").await;
    assert_snapshot!(admin.screen(), @r"
        Прайс-лист тем временем изменился. Ниже разница с действующим, проверьте ее еще раз.

        Что изменится в прайс-листе

        Лицензия Guardant SP, 1 активация (sp-1):
        — пакет 50 шт.: 11 000,00 ₽ → 12 000,00 ₽
        [Не сейчас] [Применить]
        ");
    admin.taps("Применить").await;
    let prices = shop.anna().says("/prices").await.screen().replace('\u{a0}', " ");
    assert!(prices.contains("50 шт. — 12 000,00 ₽") && prices.contains("50 шт. — 28 000,00 ₽"), "{prices}");
}

async fn a_price_that_is_gone_is_not_changed(shop: Shop) {
    let admin = shop.admin();
    asks_for_price(&shop).await;
    shop.applies(&catalogue_without("sp-1")).await;
    admin.says("12000").await;
    assert_eq!(
        admin.sentence(),
        "Такой цены в прайс-листе больше нет: его тем временем изменили. Выберите цену еще раз."
    );
    admin.taps("‹ Назад").await.taps("sp-3").await.taps("50 шт. — 27 000,00 ₽").await.says("1").await;
    shop.applies(&catalogue_without("sp-3")).await;
    admin.taps("Применить").await;
    assert_eq!(admin.sentence(), "Этого предложения больше нет, пришлите файл еще раз.");
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM proposed_price_lists").await, "0");
}

async fn a_restart_with_the_same_file_undoes_no_change(shop: Shop) {
    asks_for_price(&shop).await;
    shop.admin().says("12000").await.taps("Применить").await;
    let shop = shop.restart().await;
    let prices = shop.anna().says("/prices").await.screen().replace('\u{a0}', " ");
    assert!(prices.contains("50 шт. — 12 000,00 ₽"), "{prices}");
    let shop = shop.restart_with(&catalogue_with("11000.00", "13000.00")).await;
    let prices = shop.anna().says("/prices").await.screen().replace('\u{a0}', " ");
    assert!(prices.contains("50 шт. — 13 000,00 ₽"), "{prices}");
}

async fn in_the_staff_chat_the_price_is_a_reply(shop: Shop) {
    let zoya = shop.zoya();
    zoya.says("/catalog").await.taps("sp-1").await.taps("50 шт. — 11 000,00 ₽").await;
    let screens = zoya.screens();
    zoya.says("12000").await;
    assert_eq!(zoya.screens(), screens, "people talk in a group");
    zoya.replies("12000").await;
    assert!(zoya.screen().starts_with("Что изменится в прайс-листе"), "{}", zoya.screen());
}
