//! Figures and exports come as files, to admins only.

use insta::assert_snapshot;
use keydesk::emulator::{Body, Message};

use crate::support::shop::{SP_1, Shop, on_both};

on_both!(
    figures_come_as_a_picture_with_numbers,
    an_export_comes_as_a_workbook_and_a_table,
    who_is_dismissed_meanwhile_gets_nothing,
);

fn files(shop: &Shop, chat: i64) -> Vec<(String, Vec<u8>)> {
    let attached = |message: &Message| match &message.body {
        Body::Document(file) | Body::Photo(file) => shop.emulator.file(&file.file_id),
        _ => None,
    };
    shop.emulator.messages(chat).iter().filter_map(attached).collect()
}

async fn figures_come_as_a_picture_with_numbers(shop: Shop) {
    let admin = shop.admin();
    admin.says("/stats").await;
    assert_snapshot!(admin.screen(), @r"
        Заказы: апрель 2015

        В этот период заказов не было.
        ");
    shop.anna().orders(&[(SP_1, 50)]).await;
    admin.says("/stats 2015").await;
    assert_snapshot!(admin.screen(), @r"
        Заказы: 2015 год

        Размещен: 1 заказ, 50 шт. — 11 000,00 ₽

        Всего: 1 заказ, 50 шт. — 11 000,00 ₽
        ");
    let [(_, picture)] = &files(&shop, admin.chat)[..] else { panic!("one picture") };
    assert!(picture.starts_with(b"\x89PNG"));
}

async fn an_export_comes_as_a_workbook_and_a_table(shop: Shop) {
    let zoya = shop.zoya();
    shop.anna().orders(&[(SP_1, 50)]).await;
    zoya.says("/export 01.04.2015 30.04.2015").await;
    let sent = files(&shop, zoya.chat);
    let names: Vec<&str> = sent.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["orders.xlsx", "orders.csv"]);
    assert!(String::from_utf8_lossy(&sent[1].1).contains("446"));
    assert!(zoya.chat().contains("Готовим файлы с заказами: 01.04.2015 – 30.04.2015"), "{}", zoya.chat());
}

async fn who_is_dismissed_meanwhile_gets_nothing(shop: Shop) {
    let (admin, vera) = (shop.admin(), shop.vera());
    vera.says("/order 1").await;
    admin.says("/staff 201").await.taps("Назначить").await;
    admin.taps("Снять: Вера").await;
    vera.writes("/export");
    admin.presses("Снять");
    while shop.emulator.pending_updates() > 0 {
        shop.takes_updates().await;
    }
    shop.settle().await;
    assert!(files(&shop, vera.chat).is_empty(), "{}", vera.chat());
}
