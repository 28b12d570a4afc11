//! What admins leave behind: the audit, what the others are told, and whom a username means.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk_emulator::Person;

use crate::support::files::{document, list};
use crate::support::shop::{CATALOGUE, OLEG, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::Visitor;

on_both!(
    what_admins_did_stands_in_the_audit,
    the_audit_is_turned_page_by_page,
    the_other_admins_hear_of_appointments_and_exports,
    nobody_else_reads_the_audit,
    a_username_means_whoever_was_seen_with_it_last,
);

async fn what_admins_did_stands_in_the_audit(shop: Shop) {
    let (admin, vera) = (shop.admin(), shop.vera());
    shop.anna().says("/start").await;
    vera.says("/order 1").await;
    admin.says("/staff 201").await.taps("Назначить").await;
    shop.clock.advance(TimeDelta::minutes(1));
    vera.says("/block @anna").await.taps("Заблокировать").await;
    vera.says("/unblock @anna").await.taps("Разблокировать").await;
    admin.says("/staff").await.taps("Снять: Вера").await.taps("Снять").await;
    admin.says("/export 2015").await;
    admin.sends(document("keys.txt", b"A-1\nA-2\n", "/stock sp-1")).await;
    let dearer = CATALOGUE.replace("11000.00", "12000.00");
    admin.sends(document("catalog.toml", dearer.as_bytes(), "/catalog")).await.taps("Применить").await;
    // What came to nothing leaves no trace.
    admin.says("/block @zoya").await.says("/export вчера").await.sends(list("keys.txt", "")).await;
    admin.says("/audit").await;
    assert_snapshot!(admin.screen());
}

async fn the_audit_is_turned_page_by_page(shop: Shop) {
    let admin = shop.admin();
    shop.anna().says("/start").await;
    for _ in 0..5 {
        admin.says("/block 101").await.taps("Заблокировать").await;
        admin.says("/unblock 101").await.taps("Разблокировать").await;
    }
    admin.says("/audit now").await.taps("Следующая ›").await;
    assert_snapshot!(admin.screen());
}

async fn the_other_admins_hear_of_appointments_and_exports(shop: Shop) {
    let (admin, vera) = (shop.admin(), Visitor { chat: VERA, ..shop.vera() });
    admin.says("/start").await;
    vera.says("/start").await;
    Visitor { chat: OLEG, ..shop.oleg() }.says("/start").await;
    shop.appoints(&[VERA]).await;
    let before = vera.screens().len();
    admin.says("/staff 202").await.taps("Назначить").await;
    assert_snapshot!(vera.screen(), @"Назначен администратор: Олег (202). Кто назначил: Зоя.");
    admin.says("/export 2015").await;
    assert_snapshot!(vera.screen(), @"Выгружены заказы: 2015 год. Кто выгрузил: Зоя.");
    assert_eq!(vera.screens().len(), before + 2);
    assert!(!admin.chat().contains("Кто выгрузил"), "{}", admin.chat());
}

async fn nobody_else_reads_the_audit(shop: Shop) {
    let vera = shop.vera();
    vera.says("/order 1").await;
    let before = shop.chat(STAFF_CHAT).len();
    vera.says("/audit").await;
    assert_eq!(shop.chat(STAFF_CHAT).len(), before + 2, "{}", vera.chat());
    assert!(vera.screen().starts_with("Такой команды нет"), "{}", vera.screen());
    shop.anna().says("/audit").await;
    assert!(shop.anna().screen().contains("Такой команды нет"), "{}", shop.anna().screen());
}

async fn a_username_means_whoever_was_seen_with_it_last(shop: Shop) {
    let (admin, anna, boris) = (shop.admin(), shop.anna(), shop.boris());
    let called = |id, first_name: &str, username: Option<&str>| Person {
        id,
        first_name: first_name.to_owned(),
        username: username.map(str::to_owned),
        language_code: Some("ru".to_owned()),
        ..Person::default()
    };
    // Boris was met first, and is not the older holder by that.
    boris.says("/start").await;
    anna.says("/start").await;
    shop.emulator.add_person(called(101, "Анна", None));
    shop.emulator.add_person(called(102, "Борис", Some("ANNA")));
    boris.says("/start").await;
    admin.says("/block @anna").await;
    assert!(admin.screen().contains("Борис @ANNA"), "{}", admin.screen());
    // She has it again, and says so to the bot.
    shop.emulator.add_person(called(101, "Анна", Some("anna")));
    shop.emulator.add_person(called(102, "Борис", None));
    anna.says("/start").await;
    admin.says("/staff @Anna").await;
    assert!(admin.screen().contains("Анна @anna"), "{}", admin.screen());
    admin.says("/find @anna").await;
    // Who merely joined the staff chat was seen with it too.
    shop.emulator.add_person(called(303, "Гость", Some("anna")));
    shop.emulator.join(STAFF_CHAT, 303);
    shop.settle().await;
    admin.says("/block @anna").await;
    assert_eq!(
        admin.sentence(),
        "Среди тех, кто писал боту, такого человека нет; проверьте имя или укажите Telegram ID."
    );
}
