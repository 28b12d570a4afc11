//! Quantities: packages, free quantities, and what is none.

use insta::assert_snapshot;
use keydesk_emulator::Content;

use super::words::NO_QUANTITY;
use crate::support::shop::{CATALOGUE, SP_1, Shop, TRIAL_30000, TRIAL_100000, on_both};

on_both!(a_bad_quantity_is_answered_with_what_is_allowed_and_changes_nothing);

async fn a_bad_quantity_is_answered_with_what_is_allowed_and_changes_nothing(shop: Shop) {
    let anna = shop.anna();
    let form = anna.chooses(&[(SP_1, 50)]).await.screen();
    anna.taps(&format!("{SP_1} · 50")).await;
    let none = ["-5", "1.5", "1,5", "пятьдесят", "+50", "5e1", "50 рублей", "50 50", "٥٠", "0x32", "<b>50</b>"];
    let few = "Это слишком мало, наименьшее количество — 50; можно заказать: 50, 100 или 200.";
    let many = "Это слишком много, наибольшее количество — 200; можно заказать: 50, 100 или 200.";
    let not_sold = "Количество 51 заказать нельзя, можно заказать: 50, 100 или 200.";
    let bad = none.map(|typed| (typed, NO_QUANTITY)).into_iter().chain([
        ("0", few),
        ("49", few),
        ("51", not_sold),
        ("201", many),
        ("1000000000000", many),
        ("1 000 000 000 000", many),
        ("пятьсот", NO_QUANTITY),
    ]);
    for (typed, sentence) in bad {
        anna.says(typed).await;
        assert_eq!(anna.sentence(), sentence, "{typed}");
        assert_eq!(anna.screens().len(), 1, "{typed}");
    }
    assert_snapshot!(anna.screen(), @r"
        Количество не распознано, напишите целое число цифрами: 50, 100 или 200.

        Лицензия Guardant SP, 1 активация
        Выберите количество кнопкой или напишите число: 50, 100 или 200.

        Сейчас в заказе: 50 шт. — 11 000,00 ₽
        [50 — 11 000,00 ₽]
        [100 — 20 900,00 ₽]
        [200 — 39 600,00 ₽]
        [‹ Назад] [Убрать]
        ");
    assert_eq!(anna.taps("‹ Назад").await.screen(), form);
}

#[tokio::test]
async fn what_is_no_text_is_no_quantity() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    let form = anna.chooses(&[(SP_1, 50)]).await.screen();
    anna.taps(&format!("{SP_1} · 50")).await;
    let captioned = Content::Photo { bytes: b"\xff\xd8\xff\xe0".to_vec(), caption: Some("100".to_owned()) };
    for content in [Content::Sticker, Content::Voice, Content::Album(3), Content::Contact, Content::Location, captioned]
    {
        anna.sends(content.clone()).await;
        assert_eq!(anna.sentence(), NO_QUANTITY, "{content:?}");
        assert_eq!(anna.screens().len(), 1, "{content:?}");
    }
    assert_eq!(anna.taps("‹ Назад").await.screen(), form);
}

#[tokio::test]
async fn a_typed_number_may_have_spaces_around_and_within_and_its_unit() {
    let shop = Shop::open().await;
    shop.applies(&CATALOGUE.replace("quantity = 100,", "quantity = 1000,")).await;
    let anna = shop.anna();
    for typed in [" 50 ", "1 000", "1\u{a0}000", "50 шт.", "1 000 штук", "x50"] {
        anna.says("/new").await;
        if anna.screen().contains("Начать заново") {
            anna.taps("Начать заново").await;
        }
        anna.taps(SP_1).await.says(typed).await;
        assert!(anna.screen().starts_with("Новый заказ"), "{typed}: {}", anna.screen());
    }
}

#[tokio::test]
async fn a_free_quantity_costs_what_its_tier_says() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    assert_snapshot!(anna.says("/new").await.taps(TRIAL_100000).await.screen(), @r"
        Лицензия Guardant SP Trial, 100 000 активаций
        Выберите количество кнопкой или напишите число: от 1 до 10.

        от 1 шт. — 4 800,00 ₽ за шт.
        от 5 шт. — 4 500,00 ₽ за шт.
        [1 — 4 800,00 ₽] [2 — 9 600,00 ₽]
        [3 — 14 400,00 ₽] [4 — 19 200,00 ₽]
        [5 — 22 500,00 ₽] [6 — 27 000,00 ₽]
        [7 — 31 500,00 ₽] [8 — 36 000,00 ₽]
        [9 — 40 500,00 ₽] [10 — 45 000,00 ₽]
        [‹ Назад]
        ");
    assert_snapshot!(anna.says("11").await.sentence(), @"Это слишком много, наибольшее количество — 10; можно заказать: от 1 до 10.");
    assert!(anna.says("4").await.screen().contains("4 шт. — 19 200,00 ₽"));
    assert!(anna.taps(&format!("{TRIAL_100000} · 4")).await.says("5").await.screen().contains("5 шт. — 22 500,00 ₽"));
}

#[tokio::test]
async fn packages_and_free_quantities_go_together() {
    let shop = Shop::open().await;
    let free =
        "free_quantity = { min = 10, max = 40, step = 10, tiers = [ { from = 10, unit_price = \"300.00\" } ] }\n";
    let packages = "packages = [\n  { quantity = 50, price = \"11000.00\" }";
    shop.applies(&CATALOGUE.replace(packages, &format!("{free}{packages}"))).await;
    let anna = shop.anna();
    assert_snapshot!(anna.says("/new").await.taps(SP_1).await.screen(), @r"
        Лицензия Guardant SP, 1 активация
        Выберите количество кнопкой или напишите число: 50, 100, 200 или от 10 до 40 с шагом 10.

        300,00 ₽ за шт.
        [10 — 3 000,00 ₽] [20 — 6 000,00 ₽]
        [30 — 9 000,00 ₽] [40 — 12 000,00 ₽]
        [50 — 11 000,00 ₽] [100 — 20 900,00 ₽]
        [200 — 39 600,00 ₽]
        [‹ Назад]
        ");
    assert_snapshot!(anna.says("15").await.sentence(), @"Количество 15 заказать нельзя, можно заказать: 50, 100, 200 или от 10 до 40 с шагом 10.");
    assert!(anna.says("20").await.screen().contains("20 шт. — 6 000,00 ₽"));
}

#[tokio::test]
async fn a_line_is_taken_out_with_remove() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50), (TRIAL_30000, 2)]).await;
    assert_snapshot!(anna.taps(&format!("{SP_1} · 50")).await.screen(), @r"
        Лицензия Guardant SP, 1 активация
        Выберите количество кнопкой или напишите число: 50, 100 или 200.

        Сейчас в заказе: 50 шт. — 11 000,00 ₽
        [50 — 11 000,00 ₽]
        [100 — 20 900,00 ₽]
        [200 — 39 600,00 ₽]
        [‹ Назад] [Убрать]
        ");
    assert_snapshot!(anna.taps("Убрать").await.screen(), @r"
        Новый заказ
        Выберите продукт и количество.

        Лицензия Guardant SP Trial, 30 000 активаций
        2 шт. — 9 200,00 ₽

        Итого: 2 шт. — 9 200,00 ₽
        [Guardant SP]
        [Лицензия Guardant SP, 1 активация]
        [Лицензия Guardant SP, 3 активации]
        [Лицензия Guardant SP, 5 активаций]
        [Guardant SP Trial]
        [Лицензия Guardant SP Trial, 30 000 активаций · 2]
        [Лицензия Guardant SP Trial, 100 000 активаций]
        [Отмена] [Оформить заказ]
        ");
    assert_snapshot!(anna.taps(&format!("{TRIAL_30000} · 2")).await.taps("Убрать").await.screen(), @r"
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
}
