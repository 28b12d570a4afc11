//! Files that Telegram does not take from a bot, and files that cannot be sent at all.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use keydesk::domain::OrderAction;
use keydesk_emulator::{Body, Fault, FaultKind};

use crate::support::shop::{SP_1, Shop, on_both};

on_both!(
    an_export_that_is_too_large_is_told_with_the_remedy,
    an_export_that_cannot_be_sent_is_told_after_its_tries,
    an_export_that_telegram_refuses_is_told_at_once,
);

/// Fifty megabytes take their time; the statements are those of every file of serial numbers.
#[tokio::test]
async fn serial_numbers_that_are_too_many_for_one_file_come_in_parts() {
    come_in_parts(Shop::open().await).await;
}

/// The sentences of a chat about files that cannot be had.
fn apologies(shop: &Shop, chat: i64) -> Vec<String> {
    shop.chat(chat).into_iter().filter(|text| text.starts_with("Файл") && !text.contains('[')).collect()
}

async fn an_export_that_is_too_large_is_told_with_the_remedy(shop: Shop) {
    let admin = shop.admin();
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.runs_sql(
        "UPDATE orders SET note = replace(hex(zeroblob(26000000)), '00', 'ab')",
        "UPDATE orders SET note = repeat('ab', 26000000)",
    )
    .await;
    admin.says("/export 2015").await;
    let told = apologies(&shop, admin.chat);
    assert_snapshot!(told.last().unwrap(), @"Файл получился больше 50 МБ, бот не может его отправить; выберите более короткий период.");
    let sent = shop.emulator.messages(admin.chat).into_iter().filter_map(|message| message.document().cloned());
    assert!(sent.into_iter().all(|file| file.name != "orders.csv"));
}

async fn an_export_that_cannot_be_sent_is_told_after_its_tries(shop: Shop) {
    let admin = shop.admin();
    shop.anna().orders(&[(SP_1, 50)]).await;
    let method = Some("sendDocument".to_owned());
    shop.emulator.inject(Fault { method, chat: Some(admin.chat), times: 12, kind: FaultKind::ServerError(500) });
    admin.says("/export 2015").await;
    assert_snapshot!(apologies(&shop, admin.chat).join("\n"), @r"
        Файл не удалось подготовить или отправить; запросите его позже еще раз, а выгрузку — за более короткий период.
        Файл не удалось подготовить или отправить; запросите его позже еще раз, а выгрузку — за более короткий период.
        ");
    assert_eq!(shop.calls("sendDocument"), 12, "six tries of each file");
    admin.says("/queue").await;
    assert!(admin.screen().contains("№446"), "{}", admin.screen());
}

async fn an_export_that_telegram_refuses_is_told_at_once(shop: Shop) {
    let admin = shop.admin();
    shop.anna().orders(&[(SP_1, 50)]).await;
    let refused = FaultKind::Refuse { code: 413, description: "Request Entity Too Large".to_owned() };
    shop.suffers("sendDocument", admin.chat, refused);
    admin.says("/export 2015").await;
    assert_eq!(apologies(&shop, admin.chat).len(), 1);
    assert_eq!(shop.calls("sendDocument"), 2, "the other file came");
}

async fn come_in_parts(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    // As long as a serial number may be, of the characters that take most bytes.
    let numbers = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 140000)
         INSERT INTO serial_numbers (serial, sku, imported_at, order_number, issued_at)
         SELECT printf('%06d', n) || replace(hex(zeroblob(94)), '00', char(128512)), 'sp-1', '2015', 446, '2015'
         FROM numbers";
    shop.runs_sql(numbers, "").await;
    shop.staff_did(446, OrderAction::Completed).await;
    anna.says("/order 446").await.taps("Серийные номера файлом").await;
    let mut captions = Vec::new();
    let mut lines = BTreeSet::new();
    for message in shop.emulator.messages(anna.chat) {
        let Body::Document(file) = &message.body else { continue };
        let (name, bytes) = shop.emulator.file(&file.file_id).unwrap();
        assert!(bytes.len() <= 50_000_000);
        let caption = message.caption().unwrap_or_default().lines().take(3).collect::<Vec<_>>().join(" / ");
        captions.push(format!("{name}: {}", caption.replace('\u{a0}', " ")));
        let of_keys = |line: &&str| !line.starts_with("# ");
        lines.extend(String::from_utf8(bytes).unwrap().lines().filter(of_keys).map(|line| line[..6].to_owned()));
    }
    assert_snapshot!(captions.join("\n"), @r"
        order-446-1-of-2.txt: Серийные номера по заказу №446 / Часть 1 из 2 / В файле 130 208 серийных номеров.
        order-446-2-of-2.txt: Серийные номера по заказу №446 / Часть 2 из 2 / В файле 9 792 серийных номера.
        ");
    assert_eq!(lines.len(), 140_000, "every serial number is in one of them");
}
