//! Several files of one person at once: each is taken in its turn, and what came of each is told.

use insta::assert_snapshot;
use keydesk::domain::{Currency, Invoice, Money, OrderAction};

use crate::support::files::{document, list};
use crate::support::shop::{OLEG, SP_1, Shop, VERA, catalogue_with, on_both};

on_both!(
    two_imports_at_once_are_both_told,
    an_album_of_lists_is_of_one_product,
    the_result_of_each_of_two_completions_is_told,
    a_price_list_that_was_read_meanwhile_waits_behind_a_button,
    what_is_typed_while_a_file_is_read_is_answered,
);

async fn two_imports_at_once_are_both_told(shop: Shop) {
    let admin = shop.admin();
    admin.posts(document("a.txt", b"A\nB B\n", "/stock sp-1"));
    admin.posts(document("b.txt", b"C\nD\n", "/stock sp-3"));
    shop.settle().await;
    let shown: Vec<String> = shop.shown_in(admin.chat).iter().map(|text| first_lines(text, 3)).collect();
    assert_snapshot!(shown.join("\n----\n"), @r"
        <i>Сначала дочитаем предыдущий файл, затем возьмемся за этот.</i>

        Загружаем серийные номера: Лицензия Guardant SP, 3 активации
        ----
        Загружаем серийные номера: Лицензия Guardant SP, 3 активации
        ----
        Ничего не загружено. В строке 2 пробел: уберите его, а если это не серийный номер, то всю строку.
        ----
        <i>Лицензия Guardant SP, 3 активации: добавлено на склад 2, уже было 0.</i>

        <b>Склад</b>
        ");
    assert!(admin.chat().contains("Ничего не загружено."), "the first result stays: {}", admin.chat());
}

async fn an_album_of_lists_is_of_one_product(shop: Shop) {
    let admin = shop.admin();
    admin.posts(document("a.txt", b"A\n", "/stock sp-1"));
    admin.posts(list("b.txt", "B\n"));
    admin.posts(list("c.txt", "A\n"));
    shop.settle().await;
    admin.says("/stock").await;
    let screen = admin.screen();
    assert!(screen.contains("(sp-1): 2 шт."), "{screen}");
    let told: Vec<String> =
        shop.shown_in(admin.chat).into_iter().filter(|text| text.contains("добавлено на склад")).collect();
    assert_eq!(told.len(), 3, "{told:?}");
}

async fn the_result_of_each_of_two_completions_is_told(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await.orders(&[(SP_1, 50)]).await;
    let amount = Money::from_minor(1_100_000, Currency::RUB).unwrap();
    for order in [446, 447] {
        shop.staff_did(order, OrderAction::Invoiced(Invoice { amount, due: None, document: None })).await;
    }
    vera.says("/complete 446").await;
    shop.emulator.reply_with(vera.chat, VERA, vera.newest_of_the_bot(), list("a.txt", "A\n"));
    vera.writes("/complete 447");
    shop.takes_all_updates().await;
    shop.delivers_until(vera.chat, "№447").await;
    let serials: String = (0..50).map(|number| format!("B-{number}\n")).collect();
    shop.emulator.reply_with(vera.chat, VERA, vera.newest_of_the_bot(), list("b.txt", &serials));
    shop.takes_all_updates().await;
    shop.delivers().await;
    let told = shop.shown_in(vera.chat).into_iter().filter(|text| text.contains("выполнен") && !text.contains("Итого"));
    assert_snapshot!(told.collect::<Vec<_>>().join("\n----\n"), @r#"
        <a href="tg://user?id=201">Вера</a>
        Заказ не выполнен. Количество не совпадает:
        Лицензия Guardant SP, 1 активация: нужно 50, в файле 1
        "#);
    assert!(vera.chat().contains("нужно 50, в файле 1"), "the first result stays: {}", vera.chat());
}

async fn a_price_list_that_was_read_meanwhile_waits_behind_a_button(shop: Shop) {
    let admin = shop.admin();
    admin.posts(document("catalog.toml", catalogue_with("11000.00", "12000.00").as_bytes(), "/catalog"));
    admin.writes("/queue");
    shop.settle().await;
    assert_snapshot!(admin.screen(), @r"
        Прайс-лист прочитан, его можно сравнить с действующим.
        [Показать разницу]
        ");
    admin.taps("Показать разницу").await;
    assert_snapshot!(admin.screen(), @r"
        Что изменится в прайс-листе

        Лицензия Guardant SP, 1 активация (sp-1):
        — пакет 50 шт.: 11 000,00 ₽ → 12 000,00 ₽
        [Не сейчас] [Применить]
        ");
    admin.taps("Применить").await;
    assert_snapshot!(admin.sentence(), @"Прайс-лист применен.");
}

async fn what_is_typed_while_a_file_is_read_is_answered(shop: Shop) {
    let admin = shop.admin();
    admin.posts(document("a.txt", b"A\n", "/stock sp-1"));
    admin.writes("ну как?");
    shop.takes_all_updates().await;
    shop.delivers_until(admin.chat, "Загружаем").await;
    assert_snapshot!(admin.screen(), @r"
        Файл еще читается, результат придет сюда.

        Загружаем серийные номера: Лицензия Guardant SP, 1 активация
        ");
}

fn first_lines(text: &str, count: usize) -> String {
    text.lines().take(count).collect::<Vec<_>>().join("\n")
}
