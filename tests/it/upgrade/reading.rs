//! What stands written reads as before.

use insta::assert_snapshot;

use super::on_fixtures;
use crate::support::shop::Shop;

on_fixtures!(cards_and_lists_read_as_before, audit_trails_read_as_before, serial_numbers_come_as_before);

async fn cards_and_lists_read_as_before(shop: Shop) {
    let anna = shop.anna();
    assert_snapshot!(anna.says("/orders").await.screen(), @"");
    assert_snapshot!(anna.says("/order 446").await.screen(), @"");
    assert_snapshot!(anna.says("/order 447").await.screen(), @"");
    assert_snapshot!(anna.says("/order 448").await.screen(), @"");
    let boris = shop.boris();
    assert_snapshot!(boris.says("/order 450").await.screen(), @"");
}

async fn audit_trails_read_as_before(shop: Shop) {
    let trail = |number: i64| {
        let alert = shop.alert(number);
        alert.lines().filter(|line| line.contains(" — ") && !line.contains(" шт. — ")).collect::<Vec<_>>().join("\n")
    };
    // An alert shows what it is edited to; a card shows what stands in the audit trail now.
    for number in [446, 447, 448, 449, 450] {
        shop.oleg().says(&format!("/order {number}")).await;
        assert_eq!(trail(number).lines().next(), shop.alert(number).lines().find(|line| line.contains("размещен: ")));
    }
    let trails: Vec<String> = [446, 447, 448, 449, 450].map(trail).into();
    assert_snapshot!(trails.join("\n\n"), @"");
}

async fn serial_numbers_come_as_before(shop: Shop) {
    let anna = shop.anna();
    anna.says("/order 446").await.taps("Серийные номера файлом").await;
    let files = shop.emulator.messages(anna.id).into_iter().filter_map(|message| message.document().cloned());
    let last = files.last().unwrap();
    let (name, bytes) = shop.emulator.file(&last.file_id).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(name, "order-446.csv");
    assert_eq!(text.lines().count(), 52);
    assert!(text.contains("SP-1-000050;sp-1") && text.contains("TRIAL-30000-000002;trial-30000"), "{text}");
    assert_snapshot!(shop.zoya().says("/stock").await.screen(), @"");
    shop.admin().says("/find SP-1-000007").await;
    assert!(shop.admin().screen().contains("заказ №446"), "{}", shop.admin().screen());
}
