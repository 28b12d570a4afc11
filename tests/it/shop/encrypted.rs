//! A shop whose serial numbers are encrypted is a shop like any other, and its database says none of them.

use insta::assert_snapshot;
use keydesk_emulator::Body;

use crate::store::key;
use crate::support::files::list;
use crate::support::shop::{Shop, TRIAL_30000, on_both};

on_both!(a_shop_with_a_key_sells_as_any_other, a_shop_that_is_encrypted_goes_on_where_it_was,);

const SECRETS: &str = "TR-00001\nTR-00002\nTR-00003\nTR-00004\n";

/// The lines of the newest file of a chat.
fn newest_file(shop: &Shop, chat: i64) -> Vec<String> {
    let mut files = shop.emulator.messages(chat).into_iter().filter_map(|message| match message.body {
        Body::Document(file) => Some(file.file_id),
        _ => None,
    });
    let (_, bytes) = shop.emulator.file(&files.next_back().unwrap()).unwrap();
    String::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}').lines().skip(1).map(str::to_owned).collect()
}

/// Whether a message says this.
fn said(shop: &Shop, chat: i64, words: &str) -> bool {
    shop.chat(chat).iter().any(|text| text.replace('\u{a0}', " ").contains(words))
}

/// Rows that say a serial number.
async fn rows_that_say_any(shop: &Shop) -> String {
    shop.asks_sql(
        "SELECT CAST((SELECT COUNT(*) FROM serial_numbers WHERE serial LIKE '%TR-0%' OR spelling LIKE '%TR-0%'
                         OR sealed LIKE '%TR-0%')
                   + (SELECT COUNT(*) FROM dialogues WHERE state LIKE '%TR-0%')
                   + (SELECT COUNT(*) FROM outbox_messages WHERE body LIKE '%TR-0%')
                   + (SELECT COUNT(*) FROM file_jobs WHERE purpose LIKE '%TR-0%') AS TEXT)",
    )
    .await
}

async fn a_shop_with_a_key_sells_as_any_other(shop: Shop) {
    let shop = shop.restart_with_key(key(1)).await;
    let (admin, anna) = (shop.admin(), shop.anna());
    admin.says("/stock trial-30000").await.sends(list("a.txt", SECRETS)).await;
    assert_snapshot!(admin.sentence(), @"Лицензия Guardant SP Trial, 30 000 активаций: добавлено на склад 4, уже было 0.");
    admin.says("/stock trial-30000").await.sends(list("a.txt", SECRETS)).await;
    assert_snapshot!(admin.sentence(), @"Лицензия Guardant SP Trial, 30 000 активаций: добавлено на склад 0, уже было 4.");
    let before = admin.chat();
    admin.says("/stock trial-30000").await.sends(list("a.txt", "tr-00001\n")).await;
    assert!(admin.sentence().contains("в другом написании"), "{before}\n{}", admin.sentence());

    anna.orders(&[(TRIAL_30000, 2)]).await;
    shop.completes(446).await;
    assert_eq!(newest_file(&shop, anna.chat), ["TR-00001", "TR-00002"]);
    anna.says("/order 446").await.taps("Серийные номера файлом").await;
    assert_eq!(newest_file(&shop, anna.chat), ["TR-00001", "TR-00002"]);
    anna.says("/serials").await.says("TR-00002\nTR-00003").await;
    assert!(said(&shop, anna.chat, "1: заказ №446 · Лицензия Guardant SP Trial, 30 000 активаций"), "{}", anna.chat());
    assert!(said(&shop, anna.chat, "1 номер вам не выдавался."), "{}", anna.chat());

    admin.says("/find TR-00003").await;
    assert!(admin.screen().contains("Этот серийный номер на складе"), "{}", admin.screen());
    admin.says("/find TR-00001").await;
    assert!(admin.screen().contains("Этот серийный номер выдан"), "{}", admin.screen());
    assert_eq!(rows_that_say_any(&shop).await, "0");
    let shop = shop.restart().await;
    shop.admin().taps("№446").await;
    assert!(shop.admin().screen().contains("Заказ №446"), "its search was read again: {}", shop.admin().screen());
}

async fn a_shop_that_is_encrypted_goes_on_where_it_was(shop: Shop) {
    let (admin, anna) = (shop.admin(), shop.anna());
    admin.says("/stock trial-30000").await.sends(list("a.txt", SECRETS)).await;
    anna.orders(&[(TRIAL_30000, 2)]).await;
    shop.completes(446).await;
    admin.says("/find TR-00001").await;
    assert_ne!(rows_that_say_any(&shop).await, "0");
    shop.store().rekey(Some(&key(2)), |_| {}).await.unwrap();
    let shop = shop.restart_with_key(key(2)).await;
    assert_eq!(rows_that_say_any(&shop).await, "0");
    let (admin, anna) = (shop.admin(), shop.anna());
    admin.taps("№446").await;
    assert!(admin.screen().contains("Заказ №446"), "{}", admin.screen());
    anna.says("/order 446").await.taps("Серийные номера файлом").await;
    assert_eq!(newest_file(&shop, anna.chat), ["TR-00001", "TR-00002"]);
    anna.orders(&[(TRIAL_30000, 1)]).await;
    shop.completes(447).await;
    assert_eq!(newest_file(&shop, anna.chat), ["TR-00003"]);
    admin.says("/stock trial-30000").await.sends(list("a.txt", SECRETS)).await;
    assert_snapshot!(admin.sentence(), @"Лицензия Guardant SP Trial, 30 000 активаций: добавлено на склад 0, уже было 1. Еще 3 номера уже выданы по заказам.");
}
