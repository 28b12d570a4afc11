//! A new price list: shown with its difference, and applied by a button.

use insta::assert_snapshot;

use crate::support::files::document;
use crate::support::shop::{CATALOGUE, SP_1, Shop, catalogue_with, catalogue_without, on_both};

on_both!(
    the_price_list_is_shown_and_sent_as_a_file,
    a_new_price_list_is_compared_and_applied,
    a_price_list_that_changed_meanwhile_is_shown_anew,
    a_proposal_can_be_dropped,
    a_price_list_with_faults_names_their_keys,
);

async fn proposes(shop: &Shop, text: &str) {
    shop.admin().sends(document("catalog.toml", text.as_bytes(), "/catalog")).await;
}

async fn the_price_list_is_shown_and_sent_as_a_file(shop: Shop) {
    let admin = shop.admin();
    admin.says("/catalog").await;
    assert_snapshot!(admin.screen(), @r"
        Прайс-лист: 5 ключей

        Лицензия Guardant SP, 1 активация (sp-1): 50, 100 или 200
        Лицензия Guardant SP, 3 активации (sp-3): 50, 100 или 200
        Лицензия Guardant SP, 5 активаций (sp-5): 50, 100 или 200
        Лицензия Guardant SP Trial, 30 000 активаций (trial-30000): от 1 до 10
        Лицензия Guardant SP Trial, 100 000 активаций (trial-100000): от 1 до 10

        Чтобы изменить прайс-лист, ответьте на это сообщение новым файлом .toml или пришлите его с подписью /catalog. Сначала будет показана разница.
        [Прайс-лист файлом]
        [Закрыть]
        ");
    admin.taps("Прайс-лист файлом").await;
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
        [Применить] [Не сейчас]
        ");
    admin.taps("Применить").await;
    assert_snapshot!(admin.screen(), @r"
        Прайс-лист применен.

        Прайс-лист: 4 ключа

        Лицензия Guardant SP, 1 активация (sp-1): 50, 100 или 200
        Лицензия Guardant SP, 5 активаций (sp-5): 50, 100 или 200
        Лицензия Guardant SP Trial, 30 000 активаций (trial-30000): от 1 до 10
        Лицензия Guardant SP Trial, 100 000 активаций (trial-100000): от 1 до 10

        Чтобы изменить прайс-лист, ответьте на это сообщение новым файлом .toml или пришлите его с подписью /catalog. Сначала будет показана разница.
        [Прайс-лист файлом]
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
        [Применить] [Не сейчас]
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
        Some("Эта кнопка относится к закрытому или чужому вопросу.")
    );
    shop.anna().says("/prices").await;
    assert!(shop.anna().screen().contains("11 000,00"));
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM proposed_price_lists").await, "0");
}

async fn a_price_list_with_faults_names_their_keys(shop: Shop) {
    let admin = shop.admin();
    proposes(&shop, &CATALOGUE.replace("11000.00", "1e3")).await;
    assert_snapshot!(admin.screen().lines().take(3).collect::<Vec<_>>().join("\n"), @r#"
        Прайс-лист не принят:
        Ключ 1 (sp-1), поле packages[0].price: «1e3» — не цена, пишите цифры и точку, например "11000.00".
        "#);
    admin.sends(document("catalog.toml", b"\xff\xfe", "/catalog")).await;
    assert_snapshot!(admin.sentence(), @"Прайс-лист не в кодировке UTF-8, сохраните файл в UTF-8.");
    admin.sends(document("catalog.txt", b"a", "/catalog")).await;
    assert_snapshot!(admin.sentence(), @"Прайс-лист принимается файлом .toml; действующий можно получить кнопкой «Прайс-лист файлом».");
}
