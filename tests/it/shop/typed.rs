//! Orders that are typed at once.

use insta::assert_snapshot;

use crate::support::shop::{SP_1, SP_3, Shop, TRIAL_30000, on_both};

on_both!(
    an_order_in_one_line_opens_its_summary,
    what_is_not_understood_is_said_and_changes_nothing,
    an_open_draft_is_not_touched_without_a_question,
);

async fn an_order_in_one_line_opens_its_summary(shop: Shop) {
    let anna = shop.anna();
    anna.says("/new sp-1 50, trial-30000 2").await;
    assert_snapshot!(anna.screen(), @r"
        Подтверждение заказа

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP Trial, 30 000 активаций
        2 шт. — 9 200,00 ₽

        Итого: 52 шт. — 20 200,00 ₽

        Проверьте заказ и отправьте его.
        [Отправить заказ]
        [Добавить примечание]
        [‹ Назад] [20 200,00 ₽]
        ");
    assert_snapshot!(anna.taps("Отправить заказ").await.screen().lines().nth(2).unwrap(), @"Заказ №446");
    // As it is copied from the web page, with its heading and its row of sums.
    let table = format!(
        "/new\nСофтверный ключ\tКоличество номеров\tЦена\n{SP_1}\t50\t11000,00 руб.\n{SP_3}\t100\t51300,00 руб.\n\
         Итого:\t150 шт.\t62300,00 руб."
    );
    anna.says(&table).await.taps("Отправить заказ").await;
    let order = shop.order(447).await;
    let lines: Vec<_> = order.lines.iter().map(|line| (line.sku.to_string(), line.quantity)).collect();
    assert_eq!(lines, [("sp-1".to_owned(), 50), ("sp-3".to_owned(), 100)]);
}

async fn what_is_not_understood_is_said_and_changes_nothing(shop: Shop) {
    let anna = shop.anna();
    let mut told = Vec::new();
    for typed in [
        "/new sp-1 50, sp-2 50",
        "/new sp-1 51",
        "/new sp-1 50, sp-1 100",
        "/new sp-1 50, sp-3",
        "/new sp-1 пятьдесят",
        "/new 50",
        "/new trial 2",
        "/new шины зимние 4",
    ] {
        told.push(anna.says(typed).await.sentence());
        assert!(anna.screen().contains("Пока ничего не выбрано."), "{}", anna.screen());
    }
    assert_snapshot!(told.join("\n"), @r"
        Строка «sp-2 50»: такого продукта нет. Возможно, это sp-1 (Лицензия Guardant SP, 1 активация)?
        Строка «sp-1 51»: 51 шт. заказать нельзя, напишите число: 50, 100 или 200.
        Строка «sp-1 100»: 150 шт. заказать нельзя, напишите число: 50, 100 или 200.
        Строка «sp-3»: не указано количество, напишите число: 50, 100 или 200.
        Строка «sp-1 пятьдесят»: количество не распознано, напишите число: 50, 100 или 200.
        Строка «50»: не указан продукт, напишите его артикул или название, например: sp-1 50
        Строка «trial 2»: подходит несколько продуктов, уточните артикул: trial-100000, trial-30000.
        Строка «шины зимние 4»: такого продукта нет, названия и артикулы перечислены в /products
        ");
    assert_snapshot!(anna.says("/new sp-1").await.screen().lines().next().unwrap(), @"Лицензия Guardant SP, 1 активация");
    anna.says("50").await;
    let form = anna.screen();
    assert_snapshot!(anna.says("/new sp-2 50").await.sentence(), @"Строка «sp-2 50»: такого продукта нет. Возможно, это sp-1 (Лицензия Guardant SP, 1 активация)?");
    assert!(anna.screen().contains("50 шт. — 11 000,00 ₽"), "{}", anna.screen());
    assert_eq!(anna.taps("Продолжить заказ").await.screen(), form);
    let boris = shop.boris();
    let mut told = Vec::new();
    for typed in [
        "/new sp-2 50",
        "/new trial-30000 11",
        "/new sp-1",
        "/new sp-1 fifty",
        "/new 50",
        "/new trial 2",
        "/new tyres 4",
    ] {
        told.push(boris.says(typed).await.sentence());
    }
    assert_snapshot!(told.join("\n"), @r"
        “sp-2 50”: there is no such product. Did you mean sp-1 (Guardant SP licence, 1 activation)?
        “trial-30000 11”: 11 keys cannot be ordered; please write a number: from 1 to 10.
        Guardant SP licence, 1 activation
        “sp-1 fifty”: the quantity was not understood; please write a number: 50, 100 or 200.
        “50” names no product; please write its SKU or name, for example: sp-1 50
        “trial 2” could be several products; please give the SKU: trial-100000, trial-30000.
        “tyres 4”: there is no such product; /products lists names and SKUs.
        ");
}

async fn an_open_draft_is_not_touched_without_a_question(shop: Shop) {
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.says("/new sp-1 100; sp-3 50").await;
    assert_snapshot!(anna.screen(), @r"
        Неотправленный заказ

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        Вы написали

        Лицензия Guardant SP, 1 активация
        100 шт. — 20 900,00 ₽
        Лицензия Guardant SP, 3 активации
        50 шт. — 27 000,00 ₽

        Если продукт есть в обоих, останется новое количество.
        Добавить это к неотправленному заказу или заменить его?
        [Добавить к нему] [Заменить его]
        [‹ Назад]
        ");
    assert!(anna.taps("‹ Назад").await.screen().contains("Итого: 50 шт. — 11 000,00 ₽"), "{}", anna.screen());
    anna.says("/new sp-1 100; sp-3 50").await.taps("Добавить к нему").await;
    assert!(anna.screen().contains("Итого: 150 шт. — 47 900,00 ₽"), "{}", anna.screen());
    anna.says("/new trial-30000 2").await.taps("Добавить к нему").await;
    assert!(anna.screen().contains("Итого: 152 шт. — 57 100,00 ₽"), "{}", anna.screen());
    anna.says("/new trial-30000 3").await.taps("Заменить его").await;
    assert!(anna.screen().contains("Итого: 3 шт. — 13 800,00 ₽"), "{}", anna.screen());
    assert!(anna.screen().starts_with("Подтверждение заказа"), "{}", anna.screen());
}

#[tokio::test]
async fn what_is_typed_into_the_form_joins_what_was_chosen() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.says("/new").await.taps(SP_1).await.says("50 шт.").await;
    assert!(anna.says("trial-30000 2").await.screen().contains("Итого: 52 шт. — 20 200,00 ₽"), "{}", anna.screen());
    anna.taps("‹ Назад").await;
    let form = anna.screen();
    assert_snapshot!(anna.says("trial-30000 11").await.sentence(), @"Строка «trial-30000 11»: 11 шт. заказать нельзя, напишите число: от 1 до 10.");
    assert!(anna.screen().ends_with(&form), "{}", anna.screen());
    assert_snapshot!(anna.says("спасибо").await.sentence(), @"Выберите действие кнопкой под сообщением или в меню; что умеет бот, расскажет /help. Связаться с продавцом: orders@example.com");
    // From the start screen too, and not from an order's card: there it may be meant for staff.
    anna.taps("Отмена").await.says("sp-3 50").await.taps("Заменить его").await.taps("Отправить заказ").await;
    anna.says("sp-3 50").await;
    assert!(anna.screen().contains("продавцу не отправлено"), "{}", anna.screen());
    assert!(anna.says("/new trial-30000 1").await.taps("Отправить заказ").await.screen().contains(TRIAL_30000));
}
