//! Serial numbers come into the stock by files.

use insta::assert_snapshot;
use keydesk_emulator::Content;

use crate::support::files::{document, list};
use crate::support::shop::{SP_1, Shop, TRIAL_30000, catalogue_without, on_both};

on_both!(
    the_stock_is_shown_and_filled_by_a_reply,
    a_file_with_a_caption_fills_the_stock,
    a_file_among_colleagues_is_no_stock,
    a_repeated_import_does_no_harm,
    what_orders_have_is_told_apart_from_what_is_in_stock,
    a_file_with_a_fault_changes_nothing,
    staff_dismissed_meanwhile_import_nothing,
    many_serial_numbers_come_in,
    what_is_lost_is_taken_out_of_the_stock_for_good,
    what_was_sold_is_not_taken_out,
    a_withdrawal_is_confirmed_by_whoever_was_asked,
);

async fn the_stock_is_shown_and_filled_by_a_reply(shop: Shop) {
    let zoya = shop.zoya();
    shop.stocks_many("sp-3", 37).await;
    shop.applies(&catalogue_without("sp-3")).await;
    zoya.says("/stock").await;
    assert_snapshot!(zoya.screen(), @r"
        Склад

        Лицензия Guardant SP, 1 активация (sp-1): 0 шт.
        Лицензия Guardant SP, 5 активаций (sp-5): 0 шт.
        Лицензия Guardant SP Trial, 30 000 активаций (trial-30000): 0 шт.
        Лицензия Guardant SP Trial, 100 000 активаций (trial-100000): 0 шт.
        sp-3, больше не продается: 37 шт.
        [Загрузить: sp-1] [Загрузить: sp-5]
        [Загрузить: trial-30000] [Загрузить: trial-100000]
        [Снять: sp-3]
        [Закрыть]
        ");
    zoya.taps("Загрузить: sp-1").await;
    assert_snapshot!(zoya.screen(), @r"
        Зоя, пришлите серийные номера: Лицензия Guardant SP, 1 активация
        Ответьте на это сообщение файлом .txt, .csv или .xlsx, по одному серийному номеру в строке.
        [Снять со склада…]
        [‹ Назад]
        ");
    zoya.replies("вот").await;
    assert_snapshot!(zoya.sentence(), @"Нужен файл .txt, .csv или .xlsx с серийными номерами.");
    zoya.replies_with(list("serials.txt", "SP-1-A\nSP-1-B\n")).await;
    assert_snapshot!(zoya.screen(), @r"
        Лицензия Guardant SP, 1 активация: добавлено на склад 2, уже было 0.

        Склад

        Лицензия Guardant SP, 1 активация (sp-1): 2 шт.
        Лицензия Guardant SP, 5 активаций (sp-5): 0 шт.
        Лицензия Guardant SP Trial, 30 000 активаций (trial-30000): 0 шт.
        Лицензия Guardant SP Trial, 100 000 активаций (trial-100000): 0 шт.
        sp-3, больше не продается: 37 шт.
        [Загрузить: sp-1] [Загрузить: sp-5]
        [Загрузить: trial-30000] [Загрузить: trial-100000]
        [Снять: sp-3]
        [Закрыть]
        ");
}

async fn a_file_with_a_caption_fills_the_stock(shop: Shop) {
    let admin = shop.admin();
    let csv = "Серийный номер;Артикул\nA;sp-1\nB;SP-1\n";
    admin.sends(document("serials.csv", csv.as_bytes(), "/stock sp-1")).await;
    assert_snapshot!(admin.screen().lines().take(2).collect::<Vec<_>>().join("\n"), @r"
        Лицензия Guardant SP, 1 активация: добавлено на склад 2, уже было 0.
        Строка 1 принята за заголовок.
        ");
}

async fn a_file_among_colleagues_is_no_stock(shop: Shop) {
    let zoya = shop.zoya();
    zoya.says("/stock sp-1").await.sends(list("notes.txt", "lunch\n")).await;
    assert_snapshot!(zoya.sentence(), @"Это пришло не ответом и потому не принято: пришлите то же самое, пожалуйста, ответом на это сообщение.");
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
    assert_snapshot!(admin.sentence(), @"Лицензия Guardant SP, 1 активация: добавлено на склад 0, уже было 2.");
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
    admin.sends(list("a.txt", "A A\nB;sp-3\nC C\n")).await;
    answers.extend(admin.screen().lines().take(3).map(str::to_owned));
    assert_snapshot!(answers.join("\n"), @r#"
        "": Ничего не загружено. В файле нет серийных номеров.
        "A\nB B\n": Ничего не загружено. В строке 2 пробел: уберите его, а если это не серийный номер, то всю строку.
        "A\nB\nA\n": Ничего не загружено. Строка 3 повторяет серийный номер строки 1, уберите одну из них.
        "A;sp-1\nB;sp-3\n": Ничего не загружено. Строка 2 относится к другому продукту, загружайте каждый продукт своим файлом.
        "OTHER\n": Ничего не загружено. Лицензия Guardant SP, 1 активация: 1 серийный номер из файла числится за другим продуктом.
        "A;no-such\n": Ничего не загружено. В строке 1 нет артикула из прайс-листа, исправьте строку.
        "A\n\u{200b}B\n": Ничего не загружено. В строке 2 невидимый знак, наберите ее заново.
        Ничего не загружено. Строка 1 не в кодировке UTF-8, сохраните файл в UTF-8.
        Нужен файл .txt, .csv или .xlsx с серийными номерами.
        Ничего не загружено:
        Строка 2 относится к другому продукту, загружайте каждый продукт своим файлом.
        В строке 3 пробел: уберите его, а если это не серийный номер, то всю строку.
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
    assert_snapshot!(shop.admin().sentence(), @"Лицензия Guardant SP, 1 активация: добавлено на склад 12 000, уже было 0.");
}

/// Five in stock, and a withdrawal that waits for its file.
async fn withdraws(shop: &Shop) {
    shop.stocks("sp-1", &["SP-1-A", "SP-1-B", "SP-1-C", "SP-1-D", "SP-1-E"]).await;
    let zoya = shop.zoya();
    zoya.says("/stock").await.taps("Загрузить: sp-1").await.taps("Снять со склада…").await;
}

async fn what_is_lost_is_taken_out_of_the_stock_for_good(shop: Shop) {
    withdraws(&shop).await;
    let zoya = shop.zoya();
    assert_snapshot!(zoya.screen(), @r"
        Зоя, почему снимаете серийные номера со склада? Лицензия Guardant SP, 1 активация
        Выберите причину или напишите свою ответом на это сообщение. Она останется в журнале администраторов.
        [Утрачены] [Испорчены]
        [‹ Назад]
        ");
    zoya.replies("…").await;
    assert_snapshot!(zoya.sentence(), @"Выберите причину кнопкой или напишите ее, до 200 знаков.");
    zoya.replies("Диск с партией потерян").await;
    assert_snapshot!(zoya.screen(), @r"
        Зоя, какие серийные номера снять со склада? Лицензия Guardant SP, 1 активация
        Ответьте на это сообщение файлом .txt, .csv или .xlsx, по одному серийному номеру в строке.
        [‹ Назад]
        ");
    zoya.replies("SP-1-A").await;
    assert_snapshot!(zoya.sentence(), @"Нужен файл .txt, .csv или .xlsx с серийными номерами.");
    zoya.replies_with(list("lost.txt", "SP-1-B\nSP-1-D\n")).await;
    assert_snapshot!(zoya.screen(), @r"
        Зоя, снять со склада 2 серийных номера? Лицензия Guardant SP, 1 активация. Причина: Диск с партией потерян
        Снятые номера нельзя ни продать, ни загрузить снова.
        [Снять 2 номера]
        [Не сейчас]
        ");
    assert_eq!(in_stock(&shop).await, "5", "nothing is done before it is confirmed");
    zoya.taps("Снять 2 номера").await;
    assert_snapshot!(zoya.sentence(), @"Лицензия Guardant SP, 1 активация: со склада сняты 2 серийных номера.");
    assert_eq!(in_stock(&shop).await, "3");
    zoya.says("/audit").await;
    assert!(zoya.screen().contains("со склада сняты 2 номера, причина: Диск с партией потерян"), "{}", zoya.screen());
    zoya.sends(document("again.txt", b"SP-1-B\nSP-1-F\n", "/stock sp-1")).await;
    assert_snapshot!(zoya.sentence(), @"Ничего не загружено. Лицензия Guardant SP, 1 активация: 1 серийный номер из файла снят со склада, продать его нельзя. Уберите его из файла.");
    assert_eq!(in_stock(&shop).await, "3");
}

async fn in_stock(shop: &Shop) -> String {
    shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM serial_numbers WHERE order_number IS NULL").await
}

async fn what_was_sold_is_not_taken_out(shop: Shop) {
    withdraws(&shop).await;
    let zoya = shop.zoya();
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.runs_sql(
        "UPDATE serial_numbers SET order_number = 446, issued_at = imported_at WHERE serial IN ('SP-1-B', 'SP-1-C')",
        "UPDATE serial_numbers SET order_number = 446, issued_at = imported_at WHERE serial IN ('SP-1-B', 'SP-1-C')",
    )
    .await;
    zoya.says("/stock").await.taps("Загрузить: sp-1").await.taps("Снять со склада…").await.taps("Испорчены").await;
    zoya.replies_with(list("bad.txt", "SP-1-A\nSP-1-B\nSP-1-C\nSP-1-X\n")).await;
    assert_snapshot!(zoya.sentence(), @"Со склада ничего не снято: Лицензия Guardant SP, 1 активация. Уберите из файла эти строки и пришлите его еще раз:");
    assert_eq!(in_stock(&shop).await, "3");
    zoya.replies_with(list("bad.txt", "SP-1-A\n12.11.2026\n")).await;
    assert!(zoya.sentence().starts_with("Со склада ничего не снято. В строке 2 дата"), "{}", zoya.sentence());
    let dates: String = (10..31).map(|day| format!("{day}.11.2026\n")).collect();
    zoya.replies_with(list("bad.txt", &format!("SP-1-A\n{dates}SP-1-X;sp-3\n"))).await;
    let told = zoya.screen();
    let named = told.lines().filter(|line| line.starts_with("В строке ")).count();
    assert_eq!(named, 10, "as many as an import names: {told}");
    assert!(told.contains("Со склада ничего не снято:\nВ строке 2 дата"), "{told}");
    assert!(told.contains("и еще 12"), "{told}");
    assert_eq!(in_stock(&shop).await, "3");
}

async fn a_withdrawal_is_confirmed_by_whoever_was_asked(shop: Shop) {
    withdraws(&shop).await;
    let zoya = shop.zoya();
    zoya.taps("Утрачены").await.replies_with(list("lost.txt", "SP-1-A\nSP-1-B\n")).await;
    // One of them is sold before the button is pressed.
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.runs_sql(
        "UPDATE serial_numbers SET order_number = 446, issued_at = imported_at WHERE serial = 'SP-1-B'",
        "UPDATE serial_numbers SET order_number = 446, issued_at = imported_at WHERE serial = 'SP-1-B'",
    )
    .await;
    shop.admin().says("/stock").await;
    let forged = shop.admin().forges("a:wc:2").await;
    assert!(forged.is_some_and(|answer| !answer.is_empty()), "nobody else was asked");
    assert_eq!(in_stock(&shop).await, "4");
    zoya.taps("Снять 2 номера").await;
    assert!(zoya.screen().contains("1 номер выдан по заказу, это строка 2."), "{}", zoya.screen());
    assert_eq!(in_stock(&shop).await, "4");
}

async fn what_orders_have_is_told_apart_from_what_is_in_stock(shop: Shop) {
    shop.stocks("trial-30000", &["TR-00001"]).await;
    shop.anna().orders(&[(TRIAL_30000, 1)]).await;
    shop.completes(446).await;
    shop.stocks("trial-30000", &["TR-00002"]).await;
    let admin = shop.admin();
    admin.says("/stock trial-30000").await.sends(list("a.txt", "TR-00001\nTR-00002\nTR-00003\n")).await;
    let counts = "добавлено на склад 1, уже было 1. Еще 1 номер уже выдан по заказу.";
    assert!(admin.sentence().ends_with(counts), "{}", admin.sentence());
}
