//! A new price list: shown with its difference, and applied by a button.

use insta::assert_snapshot;

use crate::support::files::document;
use crate::support::shop::{CATALOGUE, SP_1, Shop, catalogue_with, catalogue_without, on_both};

on_both!(
    the_price_list_is_shown_and_sent_as_a_file,
    a_new_price_list_is_compared_and_applied,
    a_price_list_that_changed_meanwhile_is_shown_anew,
    a_proposal_can_be_dropped,
    a_price_list_with_faults_names_all_of_them_at_once,
);

async fn proposes(shop: &Shop, text: &str) {
    shop.admin().sends(document("catalog.toml", text.as_bytes(), "/catalog")).await;
}

async fn the_price_list_is_shown_and_sent_as_a_file(shop: Shop) {
    let admin = shop.admin();
    admin.says("/catalog").await;
    assert_snapshot!(admin.screen(), @r"
        Прайс-лист: 5 продуктов

        Лицензия Guardant SP, 1 активация (sp-1)
        50 шт. — 11 000,00 ₽
        100 шт. — 20 900,00 ₽
        200 шт. — 39 600,00 ₽

        Лицензия Guardant SP, 3 активации (sp-3)
        50 шт. — 27 000,00 ₽
        100 шт. — 51 300,00 ₽
        200 шт. — 97 200,00 ₽

        Лицензия Guardant SP, 5 активаций (sp-5)
        50 шт. — 41 000,00 ₽
        100 шт. — 77 900,00 ₽
        200 шт. — 147 600,00 ₽

        Лицензия Guardant SP Trial, 30 000 активаций (trial-30000)
        4 600,00 ₽ за шт.

        Лицензия Guardant SP Trial, 100 000 активаций (trial-100000)
        от 1 шт. — 4 800,00 ₽ за шт.
        от 5 шт. — 4 500,00 ₽ за шт.

        Чтобы изменить одну цену, нажмите на артикул продукта.
        Весь прайс-лист меняется файлом: скачайте .xlsx или .toml, исправьте его и пришлите в ответ на это сообщение или с подписью /catalog. Сначала будет показана разница.
        [sp-1] [sp-3] [sp-5]
        [trial-30000] [trial-100000]
        [Скачать .xlsx] [Скачать .toml]
        [Закрыть]
        ");
    admin.taps("Скачать .toml").await;
    let file = shop
        .emulator
        .messages(admin.chat)
        .iter()
        .rev()
        .find_map(|message| Some(message.document()?.file_id.clone()))
        .unwrap();
    let (name, bytes) = shop.emulator.file(&file).unwrap();
    assert_eq!((name.as_str(), String::from_utf8(bytes).unwrap().as_str()), ("catalog.toml", CATALOGUE));
}

async fn a_new_price_list_is_compared_and_applied(shop: Shop) {
    let (admin, anna) = (shop.admin(), shop.anna());
    anna.orders(&[(SP_1, 50)]).await;
    let new = catalogue_without("sp-3").replace("11000.00", "12000.00");
    proposes(&shop, &new).await;
    assert_snapshot!(admin.screen(), @r"
        Что изменится в прайс-листе

        Лицензия Guardant SP, 1 активация (sp-1):
        — пакет 50 шт.: 11 000,00 ₽ → 12 000,00 ₽
        Больше не продается: Лицензия Guardant SP, 3 активации (sp-3)
        [Не сейчас] [Применить]
        ");
    admin.taps("Применить").await;
    assert_snapshot!(admin.screen(), @r"
        Прайс-лист применен.

        Прайс-лист: 4 продукта

        Лицензия Guardant SP, 1 активация (sp-1)
        50 шт. — 12 000,00 ₽
        100 шт. — 20 900,00 ₽
        200 шт. — 39 600,00 ₽

        Лицензия Guardant SP, 5 активаций (sp-5)
        50 шт. — 41 000,00 ₽
        100 шт. — 77 900,00 ₽
        200 шт. — 147 600,00 ₽

        Лицензия Guardant SP Trial, 30 000 активаций (trial-30000)
        4 600,00 ₽ за шт.

        Лицензия Guardant SP Trial, 100 000 активаций (trial-100000)
        от 1 шт. — 4 800,00 ₽ за шт.
        от 5 шт. — 4 500,00 ₽ за шт.

        Чтобы изменить одну цену, нажмите на артикул продукта.
        Весь прайс-лист меняется файлом: скачайте .xlsx или .toml, исправьте его и пришлите в ответ на это сообщение или с подписью /catalog. Сначала будет показана разница.
        [sp-1] [sp-5] [trial-30000]
        [trial-100000]
        [Скачать .xlsx] [Скачать .toml]
        [Закрыть]
        ");
    anna.says("/order 446").await;
    assert!(anna.screen().contains("11 000,00"), "a placed order keeps its price: {}", anna.screen());
    anna.says("/prices").await;
    assert!(anna.screen().contains("12 000,00"), "{}", anna.screen());
    proposes(&shop, &new).await;
    assert_snapshot!(admin.sentence(), @"Прайс-лист не отличается от действующего.");
}

async fn a_price_list_that_changed_meanwhile_is_shown_anew(shop: Shop) {
    let admin = shop.admin();
    proposes(&shop, &catalogue_with("11000.00", "12000.00")).await;
    shop.applies(&catalogue_with("11000.00", "13000.00")).await;
    admin.taps("Применить").await;
    assert_snapshot!(admin.screen(), @r"
        Прайс-лист тем временем изменился. Ниже разница с действующим, проверьте ее еще раз.

        Что изменится в прайс-листе

        Лицензия Guardant SP, 1 активация (sp-1):
        — пакет 50 шт.: 13 000,00 ₽ → 12 000,00 ₽
        [Не сейчас] [Применить]
        ");
    admin.taps("Применить").await;
    assert_snapshot!(admin.sentence(), @"Прайс-лист применен.");
}

async fn a_proposal_can_be_dropped(shop: Shop) {
    let admin = shop.admin();
    proposes(&shop, &catalogue_with("11000.00", "12000.00")).await;
    let (message, data) = admin.button("Применить");
    admin.taps("Не сейчас").await;
    assert_snapshot!(admin.screen(), @"Прайс-лист остался прежним.");
    assert_eq!(
        admin.forges_on(message, &data).await.as_deref(),
        Some("Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.")
    );
    shop.anna().says("/prices").await;
    assert!(shop.anna().screen().contains("11 000,00"));
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM proposed_price_lists").await, "0");
}

async fn a_price_list_with_faults_names_all_of_them_at_once(shop: Shop) {
    let admin = shop.admin();
    let list = |screen: String| screen.split("\n\n").next().unwrap().to_owned();
    let faulty = CATALOGUE
        .replace("\"11000.00\"", "\"1e3\"")
        .replace("\"20900.00\"", "20900.00")
        .replace("quantity = 200, price = \"97200.00\"", "quantity = \"200\", prise = \"97200.00\"")
        .replace("sku = \"sp-5\"", "sku = \"sp-3\"")
        .replace("max = 10, step = 1, tiers = [ { from = 1, unit_price = \"4600.00\" } ]", "max = 10, step = 0");
    proposes(&shop, &faulty).await;
    assert_snapshot!(list(admin.screen()), @r#"
        Файл catalog.toml не принят:
        Строка 33: продукт 1 (sp-1), поле packages[0].price: «1e3» — не цена, пишите цифры и точку, например "11000.00".
        Строка 34: продукт 1 (sp-1), поле packages[1].price: 20900.00 нужно взять в кавычки, например "11000.00".
        Строка 45: продукт 2 (sp-3), поле packages[2].prise: такого поля нет; возможны quantity, price.
        Строка 45: продукт 2 (sp-3), поле packages[2].quantity: «"200"» — не количество, напишите целое число, например 50
        Строка 45: продукт 2 (sp-3), поле packages[2].price: поля нет, добавьте его.
        Строка 49: продукт 3 (sp-3), поле sku: значение встречается дважды, у каждого должно быть свое.
        Строка 63: продукт 4 (trial-30000), поле free_quantity.tiers: поля нет, добавьте его.
        Строка 63: продукт 4 (trial-30000), поле free_quantity.step: здесь 0, укажите 1, чтобы разрешить любое количество.
        "#);
    let broken = CATALOGUE
        .replace("sku = \"sp-1\"", "sku = sp-1")
        .replace("\"20900.00\"", "\"1e3\"")
        .replace("sku = \"sp-3\"", "sku = \"sp-3")
        .replace("group = \"trial\"", "group = = \"trial\"");
    proposes(&shop, &broken).await;
    let said = list(admin.screen());
    for line in [27, 34, 39, 60] {
        assert!(said.contains(&format!("\nСтрока {line}")), "{line}: {said}");
    }
    let many: String = (0..30).map(|number| format!("[[product]]\nsku = \"SP {number}\"\n")).collect();
    proposes(&shop, &many).await;
    let said = list(admin.screen());
    assert!(said.starts_with("Файл catalog.toml не принят:\nСтрока 1:"), "{said}");
    assert!(said.lines().last().unwrap().contains("и еще"), "{said}");
    admin.sends(document("catalog.toml", b"\xff\xfe", "/catalog")).await;
    assert_snapshot!(admin.sentence(), @"Прайс-лист не в кодировке UTF-8, сохраните файл в UTF-8.");
    admin.sends(document("catalog.txt", b"a", "/catalog")).await;
    assert_snapshot!(admin.sentence(), @"Прайс-лист принимается файлом .xlsx или .toml; действующий можно получить кнопками под прайс-листом: /catalog");
}
