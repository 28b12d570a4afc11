//! Serial numbers come into the stock by files.

use insta::assert_snapshot;
use keydesk_emulator::Content;

use crate::support::files::{document, list};
use crate::support::shop::{Shop, catalogue_without, on_both};

on_both!(
    the_stock_is_shown_and_filled_by_a_reply,
    a_file_with_a_caption_fills_the_stock,
    a_file_among_colleagues_is_no_stock,
    a_repeated_import_does_no_harm,
    a_file_with_a_fault_changes_nothing,
    staff_dismissed_meanwhile_import_nothing,
    many_serial_numbers_come_in,
);

async fn the_stock_is_shown_and_filled_by_a_reply(shop: Shop) {
    let zoya = shop.zoya();
    shop.stocks_many("sp-3", 37).await;
    shop.applies(&catalogue_without("sp-3")).await;
    zoya.says("/stock").await;
    assert_snapshot!(zoya.screen(), @r"
        Склад

        Лицензия Guardant SP, 1 активаций (sp-1): 0 шт.
        Лицензия Guardant SP, 5 активаций (sp-5): 0 шт.
        Лицензия Guardant SP Trial, 30000 активаций (trial-30000): 0 шт.
        Лицензия Guardant SP Trial, 100000 активаций (trial-100000): 0 шт.
        sp-3, больше не продается: 37 шт.
        [Загрузить: sp-1] [Загрузить: sp-5]
        [Загрузить: trial-30000] [Загрузить: trial-100000]
        [Закрыть]
        ");
    zoya.taps("Загрузить: sp-1").await;
    assert_snapshot!(zoya.screen(), @r"
        Зоя, пришлите серийные номера: Лицензия Guardant SP, 1 активаций
        Ответьте на это сообщение файлом .txt или .csv, по одному серийному номеру в строке.
        [‹ Назад]
        ");
    zoya.replies("вот").await;
    assert_snapshot!(zoya.sentence(), @"Нужен файл .txt или .csv с серийными номерами.");
    zoya.replies_with(list("serials.txt", "SP-1-A\nSP-1-B\n")).await;
    assert_snapshot!(zoya.screen(), @r"
        Лицензия Guardant SP, 1 активаций: добавлено на склад 2, уже было 0.

        Склад

        Лицензия Guardant SP, 1 активаций (sp-1): 2 шт.
        Лицензия Guardant SP, 5 активаций (sp-5): 0 шт.
        Лицензия Guardant SP Trial, 30000 активаций (trial-30000): 0 шт.
        Лицензия Guardant SP Trial, 100000 активаций (trial-100000): 0 шт.
        sp-3, больше не продается: 37 шт.
        [Загрузить: sp-1] [Загрузить: sp-5]
        [Загрузить: trial-30000] [Загрузить: trial-100000]
        [Закрыть]
        ");
}

async fn a_file_with_a_caption_fills_the_stock(shop: Shop) {
    let admin = shop.admin();
    let csv = "Серийный номер;Артикул\nA;sp-1\nB;SP-1\n";
    admin.sends(document("serials.csv", csv.as_bytes(), "/stock sp-1")).await;
    assert_snapshot!(admin.screen().lines().take(2).collect::<Vec<_>>().join("\n"), @r"
        Лицензия Guardant SP, 1 активаций: добавлено на склад 2, уже было 0.
        Строка 1 принята за заголовок.
        ");
}

async fn a_file_among_colleagues_is_no_stock(shop: Shop) {
    let zoya = shop.zoya();
    zoya.says("/stock sp-1").await.sends(list("notes.txt", "lunch\n")).await;
    assert_snapshot!(zoya.sentence(), @"Это пришло не ответом и не принято: отправьте, пожалуйста, ответом на это сообщение.");
    zoya.says("/stock").await;
    let before = zoya.screens();
    zoya.sends(list("notes.txt", "lunch\n")).await;
    assert_eq!(zoya.screens(), before);
    zoya.says("/stock sp-1").await.replies_with(list("a.txt", "A\n")).await;
    assert!(zoya.sentence().contains("добавлено на склад 1"), "{}", zoya.sentence());
}

async fn a_repeated_import_does_no_harm(shop: Shop) {
    let admin = shop.admin();
    for _ in 0..2 {
        admin.says("/stock sp-1").await.sends(list("a.txt", "A\nB\n")).await;
    }
    assert_snapshot!(admin.sentence(), @"Лицензия Guardant SP, 1 активаций: добавлено на склад 0, уже было 2.");
}

async fn a_file_with_a_fault_changes_nothing(shop: Shop) {
    let admin = shop.admin();
    shop.stocks("sp-3", &["OTHER"]).await;
    admin.says("/stock sp-1").await;
    let mut answers = Vec::new();
    for text in ["", "A\nB B\n", "A\nB\nA\n", "A;sp-1\nB;sp-3\n", "OTHER\n", "A;no-such\n", "A\n\u{200b}B\n"] {
        admin.sends(list("a.txt", text)).await;
        answers.push(format!("{text:?}: {}", admin.sentence()));
    }
    admin.sends(document("a.txt", b"\xff\xfe\0", "")).await;
    answers.push(admin.sentence());
    admin.sends(document("a.exe", b"A", "")).await;
    answers.push(admin.sentence());
    admin.sends(Content::Sticker).await;
    assert_snapshot!(answers.join("\n"), @r#"
        "": Ничего не загружено. В файле нет серийных номеров.
        "A\nB B\n": Ничего не загружено. В строке 2 пробел: уберите его, а если это не серийный номер, то всю строку.
        "A\nB\nA\n": Ничего не загружено. Строка 3 повторяет серийный номер строки 1, уберите одну из них.
        "A;sp-1\nB;sp-3\n": Ничего не загружено. Строка 2 относится к другому ключу, загружайте каждый ключ своим файлом.
        "OTHER\n": Ничего не загружено. Лицензия Guardant SP, 1 активаций: 1 серийный номер из файла числится за другим ключом.
        "A;no-such\n": Ничего не загружено. В строке 1 нет артикула из прайс-листа, исправьте его.
        "A\n\u{200b}B\n": Ничего не загружено. В строке 2 невидимый знак, наберите ее заново.
        Ничего не загружено. Строка 1 не в кодировке UTF-8, сохраните файл в UTF-8.
        Нужен файл .txt или .csv с серийными номерами.
        "#);
    admin.says("/stock").await;
    assert!(admin.screen().contains("(sp-1): 0 шт."), "{}", admin.screen());
}

async fn staff_dismissed_meanwhile_import_nothing(shop: Shop) {
    let (admin, vera) = (shop.admin(), shop.vera());
    vera.says("/order 1").await;
    admin.says("/staff 201").await.taps("Назначить").await;
    vera.says("/stock sp-1").await;
    admin.taps("Снять: Вера").await.taps("Снять").await;
    vera.replies_with(list("a.txt", "A\n")).await;
    admin.says("/stock").await;
    assert!(admin.screen().contains("(sp-1): 0 шт."), "{}", admin.screen());
}

async fn many_serial_numbers_come_in(shop: Shop) {
    let text: String = (0..12_000).map(|number| format!("SP-{number:08}\r\n")).collect();
    shop.admin().says("/stock sp-1").await.sends(list("a.txt", &text)).await;
    assert_snapshot!(shop.admin().sentence(), @"Лицензия Guardant SP, 1 активаций: добавлено на склад 12 000, уже было 0.");
}
