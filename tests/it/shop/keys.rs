//! What a customer can do with the serial numbers that they paid for.

use std::io::Cursor;

use insta::assert_snapshot;
use keydesk::domain::{ListedProducts, SerialFile, Sharing, Sku};
use keydesk_emulator::{ButtonAction, Message, Sender};
use serde_json::json;

use crate::support::examples::catalogue;
use crate::support::shop::{SP_1, Shop, TRIAL_30000, TRIAL_100000, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_message_with_serial_numbers_can_be_saved_and_forwarded_unless_the_shop_forbids_it,
    a_few_serial_numbers_stand_in_the_message_itself_by_product,
    a_single_serial_number_has_a_button_that_copies_it,
    serial_numbers_that_are_too_many_or_too_long_for_the_message_stand_in_the_file,
    the_file_says_what_it_holds_and_the_import_reads_it,
);

/// The message that brought serial numbers last.
fn brought(anna: &Visitor<'_>) -> Message {
    let messages = anna.shop.emulator.messages(anna.chat);
    let mut with_files =
        messages.into_iter().filter(|message| message.from == Sender::Bot && message.document().is_some());
    with_files.next_back().unwrap()
}

fn saved(anna: &Visitor<'_>) -> (String, Vec<u8>) {
    anna.shop.emulator.save_file(anna.chat, brought(anna).id).unwrap().unwrap()
}

/// In markup, with plain spaces and without the checksum's digits.
fn marked(message: &Message) -> String {
    let html = message.html().replace('\u{a0}', " ");
    let is_digit = |c: char| c.is_ascii_hexdigit();
    let sum = html.split(|c| !is_digit(c)).find(|word| word.len() == 64).unwrap_or("no checksum").to_owned();
    html.replace(&sum, "0a1b…")
}

async fn a_message_with_serial_numbers_can_be_saved_and_forwarded_unless_the_shop_forbids_it(shop: Shop) {
    shop.stocks_many("trial-30000", 9).await;
    shop.anna().orders(&[(TRIAL_30000, 2)]).await;
    shop.completes(446).await;
    let anna = shop.anna();
    assert_eq!(saved(&anna).0, "order-446.txt");
    anna.taps("Открыть заказ").await.taps("Серийные номера файлом").await;
    assert!(!brought(&anna).protect_content);
    let shop = shop.restart_as(|config| config.shop.serials_sharing = Sharing::Protected).await;
    let anna = shop.anna();
    anna.says("/order 446").await.taps("Серийные номера файлом").await;
    let refused = shop.emulator.save_file(anna.chat, brought(&anna).id).unwrap_err();
    assert!(refused.to_string().contains("protected"), "{refused}");
}

async fn a_few_serial_numbers_stand_in_the_message_itself_by_product(shop: Shop) {
    let anna = shop.anna();
    shop.stocks_many("trial-30000", 9).await;
    shop.stocks("trial-100000", &["A<B&C-1"]).await;
    anna.orders(&[(TRIAL_30000, 2), (TRIAL_100000, 1)]).await;
    shop.completes(446).await;
    assert_snapshot!(marked(&brought(&anna)));
    assert_snapshot!(anna.screen().lines().skip(9).collect::<Vec<_>>().join("\n"), @r"
        [Открыть заказ]
        [Документация]
        ");
    // Twenty are shown, one more is too many to copy by hand.
    for (quantity, number) in [(20, 447), (21, 448)] {
        shop.applies(&free_quantities(quantity)).await;
        shop.stocks("trial-30000", &keys(number, quantity, 20).iter().map(String::as_str).collect::<Vec<_>>()).await;
        anna.orders(&[(TRIAL_30000, quantity)]).await;
        shop.completes(number).await;
        let shown = brought(&anna).html().matches("<code>").count();
        assert_eq!(shown, if quantity == 20 { 21 } else { 1 }, "the checksum among them");
    }
}

async fn a_single_serial_number_has_a_button_that_copies_it(shop: Shop) {
    let anna = shop.anna();
    let longest = "9".repeat(100);
    shop.stocks("trial-30000", &[&longest]).await;
    anna.orders(&[(TRIAL_30000, 1)]).await;
    shop.completes(446).await;
    let message = brought(&anna);
    let copies = ButtonAction::Other("copy_text".to_owned(), json!({ "text": longest }));
    let first = message.keyboard.first().and_then(|row| row.first()).unwrap();
    assert_eq!((first.label.as_str(), &first.action), ("Скопировать номер", &copies));
    assert!(message.html().contains(&format!("<code>{longest}</code>")), "{}", message.html());
}

async fn serial_numbers_that_are_too_many_or_too_long_for_the_message_stand_in_the_file(shop: Shop) {
    let anna = shop.anna();
    shop.stocks_many("sp-1", 50).await;
    anna.orders(&[(SP_1, 50)]).await;
    shop.completes(446).await;
    assert_snapshot!(marked(&brought(&anna)), @r"
        <b>Заказ №446 выполнен.</b>
        В файле 50 серийных номеров.
        <blockquote expandable>SHA-256 файла: <code>0a1b…</code></blockquote>
        ");
    shop.applies(&free_quantities(20)).await;
    shop.stocks("trial-30000", &keys(7, 20, 100).iter().map(String::as_str).collect::<Vec<_>>()).await;
    anna.orders(&[(TRIAL_30000, 20)]).await;
    shop.completes(447).await;
    let message = brought(&anna);
    assert!(message.text.encode_utf16().count() <= 1024);
    assert_eq!(message.html().matches("<code>").count(), 9, "eight of them and the checksum");
    assert_snapshot!(anna.screen().lines().nth(2).unwrap(), @"Первые 8 можно скопировать и здесь: раскройте список и нажмите на номер.");
    assert_eq!(String::from_utf8(saved(&anna).1).unwrap().lines().count(), 21);
}

async fn the_file_says_what_it_holds_and_the_import_reads_it(shop: Shop) {
    let anna = shop.anna();
    shop.stocks_many("trial-30000", 2).await;
    shop.stocks_many("trial-100000", 1).await;
    anna.orders(&[(TRIAL_30000, 2), (TRIAL_100000, 1)]).await;
    shop.completes(446).await;
    let (name, bytes) = saved(&anna);
    assert_snapshot!(format!("{name}\n{}", String::from_utf8_lossy(&bytes).replace('\r', "")), @r"
        order-446.txt
        # trial-30000: Лицензия Guardant SP Trial, 30 000 активаций, 2 номера
        TRIAL-30000-000001
        TRIAL-30000-000002

        # trial-100000: Лицензия Guardant SP Trial, 100 000 активаций, 1 номер
        TRIAL-100000-000001
        ");
    let catalogue = catalogue();
    let products = ListedProducts::new(&catalogue, &[]);
    let entries = SerialFile::new(Cursor::new(bytes), &products).map(|entry| {
        let entry = entry.unwrap();
        format!("{} {}", entry.sku.as_ref().map_or("?", Sku::as_str), entry.serial.as_str())
    });
    assert_snapshot!(entries.collect::<Vec<_>>().join("\n"), @r"
        trial-30000 TRIAL-30000-000001
        trial-30000 TRIAL-30000-000002
        trial-100000 TRIAL-100000-000001
        ");
}

/// So many serial numbers of a length.
fn keys(series: i64, count: u32, length: usize) -> Vec<String> {
    (0..count).map(|number| format!("{series:0>5}-{number:0>rest$}", rest = length - 6)).collect()
}

/// The example catalogue with a trial of which so many can be ordered.
fn free_quantities(most: u32) -> String {
    crate::support::shop::CATALOGUE.replace("max = 10,", &format!("max = {most},"))
}
