//! Group work with serial numbers: choosing among one's own, and asking what they are.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use keydesk::domain::OrderAction;
use keydesk_emulator::Body;

use crate::support::files::{document, list};
use crate::support::shop::{SP_1, Shop, TRIAL_30000, on_both};

on_both!(
    serial_numbers_are_chosen_by_order_product_and_period,
    chosen_serial_numbers_come_as_text_table_and_workbook,
    more_serial_numbers_than_are_read_at_once_come_whole,
    typed_serial_numbers_are_answered_with_what_they_are,
    a_file_of_serial_numbers_is_answered_with_a_table,
    serial_numbers_of_others_are_as_good_as_none,
    words_are_no_serial_numbers,
    serial_numbers_are_recognised_as_people_copy_them,
    a_file_without_serial_numbers_is_said_to_have_none,
);

/// Anna has order 446 with three of trial-30000, and Boris 447 with two.
async fn sold(shop: &Shop) {
    shop.stocks("trial-30000", &["TR-00001", "TR-00002", "=TR-0003", "BO-00001", "BO-00002", "FR-00001"]).await;
    for (visitor, count, number) in [(shop.anna(), 3, 446), (shop.boris(), 2, 447)] {
        match number {
            446 => visitor.orders(&[(TRIAL_30000, count)]).await,
            _ => visitor.says("/start").await.says(&format!("/new trial-30000 {count}")).await.taps("Send order").await,
        };
        let serials = match number {
            446 => "'TR-00001', 'TR-00002', '=TR-0003'",
            _ => "'BO-00001', 'BO-00002'",
        };
        let update = format!(
            "UPDATE serial_numbers SET order_number = {number}, issued_at = imported_at WHERE serial IN ({serials})"
        );
        shop.runs_sql(&update, &update).await;
        shop.staff_did(number, OrderAction::Completed).await;
    }
    shop.delivers().await;
}

/// The newest file of a chat: its name and what stands in it.
fn newest_file(shop: &Shop, chat: i64) -> (String, Vec<u8>) {
    let mut files = shop.emulator.messages(chat).into_iter().filter_map(|message| match message.body {
        Body::Document(file) => Some(file.file_id),
        _ => None,
    });
    shop.emulator.file(&files.next_back().unwrap()).unwrap()
}

async fn serial_numbers_are_chosen_by_order_product_and_period(shop: Shop) {
    sold(&shop).await;
    let anna = shop.anna();
    anna.says("/serials").await;
    assert!(anna.chat().contains("[По заказу] [По продукту] [За период]"), "{}", anna.screen());
    anna.taps("По заказу").await.taps("№446 от 01.04.2015").await;
    assert_snapshot!(anna.screen(), @r"
        Серийные номера по заказу №446
        Выберите формат файла
        [.txt] [.csv] [.xlsx]
        [‹ Назад]
        ");
    anna.taps("‹ Назад").await.taps("По продукту").await;
    // Only what she has been given.
    assert!(anna.screen().ends_with(&format!("[{TRIAL_30000}]\n[‹ Назад]")), "{}", anna.screen());
    anna.taps(TRIAL_30000).await.taps(".txt").await;
    assert_eq!(lines(&shop, anna.chat), ["serial-numbers.txt", "=TR-0003", "TR-00001", "TR-00002"]);
    anna.forges("sn:txt:psp-1").await;
    assert!(said(&shop, anna.chat, "Таких серийных номеров нет."), "{:?}", shop.chat(anna.chat));
    anna.says("/serials").await.taps("За период").await;
    anna.says("вчера").await;
    assert!(anna.sentence().starts_with("Период не распознан."), "{}", anna.sentence());
    anna.says("01.04.2015 02.04.2015").await.taps(".txt").await;
    assert_eq!(lines(&shop, anna.chat), ["serial-numbers.txt", "=TR-0003", "TR-00001", "TR-00002"]);
}

/// Whether a message says this.
fn said(shop: &Shop, chat: i64, words: &str) -> bool {
    shop.chat(chat).iter().any(|text| text.replace('\u{a0}', " ").contains(words))
}

/// The newest file: its name, then its lines in their order.
fn lines(shop: &Shop, chat: i64) -> Vec<String> {
    let (name, bytes) = newest_file(shop, chat);
    let text = String::from_utf8(bytes).unwrap();
    let mut lines: Vec<String> = text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect();
    lines.sort();
    lines.insert(0, name);
    lines
}

async fn chosen_serial_numbers_come_as_text_table_and_workbook(shop: Shop) {
    sold(&shop).await;
    let anna = shop.anna();
    anna.says("/serials").await.taps("По заказу").await.taps("№446 от 01.04.2015").await;
    anna.taps(".txt").await;
    assert_eq!(lines(&shop, anna.chat), ["serial-numbers.txt", "=TR-0003", "TR-00001", "TR-00002"]);
    anna.taps(".csv").await;
    assert_snapshot!(lines(&shop, anna.chat).join("\n"), @r"
        serial-numbers.csv
        '=TR-0003;Лицензия Guardant SP Trial, 30 000 активаций;446;01.04.2015
        TR-00001;Лицензия Guardant SP Trial, 30 000 активаций;446;01.04.2015
        TR-00002;Лицензия Guardant SP Trial, 30 000 активаций;446;01.04.2015
        Серийный номер;Софтверный ключ;Заказ;Дата
        ");
    anna.taps(".xlsx").await;
    let (name, bytes) = newest_file(&shop, anna.chat);
    assert!(name == "serial-numbers.xlsx" && bytes.starts_with(b"PK"), "{name}");
}

async fn more_serial_numbers_than_are_read_at_once_come_whole(shop: Shop) {
    sold(&shop).await;
    shop.stocks_many("sp-1", 2_100).await;
    let update = "UPDATE serial_numbers SET order_number = 446, issued_at = imported_at WHERE sku = 'sp-1'";
    shop.runs_sql(update, update).await;
    let anna = shop.anna();
    anna.says("/serials").await.taps("По заказу").await.taps("№446 от 01.04.2015").await.taps(".txt").await;
    let all = (1..=2_100).map(|number| format!("SP-1-{number:06}"));
    let expected: Vec<String> =
        ["=TR-0003", "TR-00001", "TR-00002"].map(str::to_owned).into_iter().chain(all).collect();
    let told: BTreeSet<String> = lines(&shop, anna.chat).split_off(1).into_iter().collect();
    assert_eq!(lines(&shop, anna.chat).len(), expected.len() + 1);
    assert_eq!(told, expected.iter().cloned().collect());
    // And as many are looked up.
    anna.says("/serials").await.sends(list("mine.txt", &(expected.join("\n") + "\nNO-1"))).await;
    assert_eq!(lines(&shop, anna.chat).len(), expected.len() + 2, "its name and its headings");
    assert!(said(&shop, anna.chat, "1 номер вам не выдавался."));
}

async fn typed_serial_numbers_are_answered_with_what_they_are(shop: Shop) {
    sold(&shop).await;
    let anna = shop.anna();
    anna.says("/serials").await.says("TR-00001\nTR-00002\nNO-00001\n=TR-0003").await;
    for place in ["1–2", "4"] {
        let line = format!("{place}: заказ №446 · Лицензия Guardant SP Trial, 30 000 активаций · 01.04.2015");
        assert!(said(&shop, anna.chat, &line), "{:?}", shop.chat(anna.chat));
    }
    assert!(said(&shop, anna.chat, "1 номер вам не выдавался."));
    // A step further, where an order or a format is chosen, they are still what was asked for.
    anna.says("/serials").await.taps("По заказу").await.says("TR-00001").await;
    assert!(said(&shop, anna.chat, "1: заказ №446"), "{:?}", shop.chat(anna.chat));
    let stored = shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM outbox_messages WHERE body LIKE '%TR-0000%'").await;
    assert_eq!(stored, "0", "no serial number is stored with what is sent");
}

async fn a_file_of_serial_numbers_is_answered_with_a_table(shop: Shop) {
    sold(&shop).await;
    let anna = shop.anna();
    anna.says("/serials").await.sends(list("mine.csv", "key;sku\nTR-00002;trial-30000\n\"NO-1\"\nTR-00001\n")).await;
    assert_snapshot!(lines(&shop, anna.chat).join("\n"), @r"
        serial-numbers.csv
        TR-00001;Лицензия Guardant SP Trial, 30 000 активаций;446;01.04.2015
        TR-00002;Лицензия Guardant SP Trial, 30 000 активаций;446;01.04.2015
        Серийный номер;Софтверный ключ;Заказ;Дата
        ");
    assert!(said(&shop, anna.chat, "В файле 2 ваших серийных номера"), "{:?}", shop.chat(anna.chat));
    assert!(said(&shop, anna.chat, "1 номер вам не выдавался."));
    anna.says("/serials").await;
    let large = "TR-00001\n".repeat(20_001);
    anna.sends(document("large.txt", large.as_bytes(), "")).await;
    assert!(said(&shop, anna.chat, "Пришлите файл поменьше: до 20 000 строк и 2 МБ."), "{:?}", shop.chat(anna.chat));
}

async fn serial_numbers_of_others_are_as_good_as_none(shop: Shop) {
    sold(&shop).await;
    let anna = shop.anna();
    // Boris's, in stock, and never heard of.
    let mut answers = Vec::new();
    for serial in ["BO-00001", "FR-00001", "NO-00001"] {
        anna.says("/serials").await.says(serial).await;
        answers.push(shop.chat(anna.chat).into_iter().rev().find(|text| text.contains("не выдавался")).unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    // Nor are they chosen: a forged order's button gives what one that does not exist gives.
    anna.says("/serials").await.forges("sn:txt:o447").await;
    shop.delivers().await;
    assert!(shop.chat(anna.chat).iter().any(|text| text.contains("Таких серийных номеров нет")));
}

async fn words_are_no_serial_numbers(shop: Shop) {
    sold(&shop).await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    anna.says("/serials").await.says("Где мои номера по заказу 446?").await;
    assert!(!shop.chat(anna.chat).iter().any(|text| text.contains("не выдавал")));
}

async fn serial_numbers_are_recognised_as_people_copy_them(shop: Shop) {
    sold(&shop).await;
    let anna = shop.anna();
    for typed in [
        "\"TR-00001\"",
        "«TR-00001»",
        "TR\u{2011}00001",
        "1. TR-00001",
        "TR-00001\ttrial-30000",
        "Мои номера:\nTR-00001",
    ] {
        let told = shop.chat(anna.chat).len();
        anna.says("/serials").await.says(typed).await;
        let said = shop.chat(anna.chat).split_off(told.saturating_sub(1)).join("\n");
        assert!(said.contains("1: заказ №446"), "{typed}: {said}");
    }
}

async fn a_file_without_serial_numbers_is_said_to_have_none(shop: Shop) {
    sold(&shop).await;
    let anna = shop.anna();
    let utf16: Vec<u8> = [0xfeff].into_iter().chain("TR-00001\r\n".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let none = "В файле нет серийных номеров.";
    let encoding = "Строка 1 не в кодировке UTF-8, сохраните файл в UTF-8.";
    let cases: [(&str, &[u8], &str); 4] = [
        ("empty.txt", b"", none),
        ("words.txt", b"hello world", none),
        ("utf-16.txt", &utf16, encoding),
        ("windows-1251.csv", b"\xca\xeb\xfe\xf7\r\n", encoding),
    ];
    for (name, bytes, sentence) in cases {
        anna.says("/serials").await.sends(document(name, bytes, "")).await;
        let told = shop.chat(anna.chat);
        assert!(told.iter().rev().take(2).any(|text| text.contains(sentence)), "{name}: {told:?}");
    }
    // Nor is a single line a heading of nothing.
    anna.says("/serials").await.sends(list("one.txt", "ABCD-EFGH\n")).await;
    assert!(said(&shop, anna.chat, "1 номер вам не выдавался."), "{:?}", shop.chat(anna.chat));
}
