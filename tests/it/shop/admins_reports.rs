//! Figures and exports come as files, to admins only.

use std::io::Cursor;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use insta::assert_snapshot;
use keydesk::chat::answer::{Answer, Outgoing, ReportNotification};
use keydesk::domain::{ChatId, Currency, Invoice, Money, OrderAction, OrderNumber, Period, PersonId, Sending};
use keydesk_emulator::{Body, Message};

use crate::store::runs;
use crate::support::actions::cancelled;
use crate::support::shop::{SP_1, Shop, on_both};

on_both!(
    figures_come_as_a_picture_with_numbers,
    what_was_invoiced_stands_apart_and_cancelled_orders_count_nowhere_else,
    an_export_comes_as_a_workbook_and_a_table,
    reports_of_many_orders_leave_none_out,
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

        За этот период заказов не было.
        ");
    shop.anna().orders(&[(SP_1, 50)]).await;
    admin.says("/stats 2015").await;
    assert_snapshot!(admin.screen(), @r"
        Заказы: 2015 год

        Оформлено: 1 заказ, 50 шт. — 11 000,00 ₽
        Счета пока не выставлены.

        Размещен: 1 заказ, 50 шт. — 11 000,00 ₽
        ");
    let [(_, picture)] = &files(&shop, admin.chat)[..] else { panic!("one picture") };
    assert!(picture.starts_with(b"\x89PNG"));
}

async fn what_was_invoiced_stands_apart_and_cancelled_orders_count_nowhere_else(shop: Shop) {
    let admin = shop.admin();
    shop.anna().has_orders(3).await;
    let invoice = |minor| {
        let amount = Money::from_minor(minor, Currency::RUB).unwrap();
        OrderAction::Invoiced(Invoice { amount, due: None, document: None })
    };
    shop.staff_did(446, invoice(1_000_000)).await;
    shop.staff_did(446, invoice(1_050_000)).await;
    shop.staff_did(448, invoice(1_100_000)).await;
    shop.staff_did(448, cancelled()).await;
    admin.says("/stats 2015").await;
    assert_snapshot!(admin.screen(), @r"
        Заказы: 2015 год

        Оформлено: 2 заказа, 100 шт. — 22 000,00 ₽
        Счета выставлены по 1 заказу — 10 500,00 ₽

        Размещен: 1 заказ, 50 шт. — 11 000,00 ₽
        Выставлен счет: 1 заказ, 50 шт. — 11 000,00 ₽

        Отмененные заказы (выше не учтены): 1 заказ, 50 шт. — 11 000,00 ₽
        ");
    for number in [446, 447] {
        shop.staff_did(number, cancelled()).await;
    }
    let pictures = files(&shop, admin.chat).len();
    admin.says("/stats 2015").await;
    assert_snapshot!(admin.screen(), @r"
        Заказы: 2015 год

        Все заказы за этот период отменены.

        Отмененные заказы (выше не учтены): 3 заказа, 150 шт. — 33 000,00 ₽
        ");
    assert_eq!(files(&shop, admin.chat).len(), pictures, "no bars without orders");
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

async fn reports_of_many_orders_leave_none_out(shop: Shop) {
    let admin = shop.admin();
    shop.anna().has_orders(1_201).await;
    admin.says("/export all").await;
    let [(_, workbook), (_, table)] = &files(&shop, admin.chat)[..] else { panic!("two files") };
    let mut book = Xlsx::new(Cursor::new(workbook.clone())).unwrap();
    let cells = book.worksheet_range_at(0).unwrap().unwrap();
    let in_workbook: Vec<_> = cells.rows().skip(1).map(|row| row[0].to_string()).collect();
    let table = String::from_utf8_lossy(table);
    let in_table: Vec<_> = table.lines().skip(1).map(|line| line.split(';').next().unwrap().to_owned()).collect();
    let all: Vec<_> = (446..446 + 1_201).map(|number| number.to_string()).collect();
    assert_eq!(in_workbook, all);
    assert_eq!(in_table, all);
    admin.says("/stats all").await;
    let figures = admin.screen().replace('\u{a0}', " ");
    assert!(figures.contains("Оформлено: 1 201 заказ, 60 050 шт. — 13 211 000,00 ₽"), "{figures}");
}

#[tokio::test]
async fn an_export_that_is_too_large_to_send_comes_in_parts() {
    let shop = Shop::open().await;
    let admin = shop.admin();
    shop.anna().has_orders(1_700).await;
    let mut tx = shop.store().begin().await.unwrap();
    // The longest that a cell of a workbook holds: 54 MB of CSV, and next to nothing once it is packed.
    runs(&mut tx, "UPDATE orders SET note = printf('%.32000c', 'x')").await;
    runs(&mut tx, "UPDATE orders SET placed_at = '2014' || substr(placed_at, 5) WHERE number % 2 = 0").await;
    tx.commit().await.unwrap();
    admin.says("/export all").await;
    let sent = files(&shop, admin.chat);
    let names: Vec<&str> = sent.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["orders.xlsx", "orders-2014.csv", "orders-2015.csv"]);
    let lines = |(_, bytes): &(String, Vec<u8>)| String::from_utf8_lossy(bytes).lines().count() - 1;
    assert_eq!(lines(&sent[1]) + lines(&sent[2]), 1_700);
    let told = "Файл .csv получился бы больше 50 МБ, а больше бот отправить не может. Он придет по частям: 2.";
    assert!(admin.chat().replace('\u{a0}', " ").contains(told), "{}", admin.chat());
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

#[tokio::test]
async fn exports_leave_others_room_to_read() {
    let shop = Shop::open().await;
    let admin = shop.admin();
    shop.anna().has_orders(1_700).await;
    shop.runs_sql("UPDATE orders SET note = printf('%.8000c', 'x')", "").await;
    let report = ReportNotification::Table { to: PersonId(admin.chat), period: Period::All };
    let asked = Outgoing::Chat(Answer::Report(report));
    let made = AtomicBool::new(false);
    let export = async || {
        let sent = shop.renderer().render(ChatId(admin.chat), &asked, Sending::First).await.unwrap();
        made.store(true, Ordering::SeqCst);
        sent
    };
    let reading = async {
        let began = Instant::now();
        let mut longest = Duration::ZERO;
        while !made.load(Ordering::SeqCst) {
            let one = Instant::now();
            shop.store().read().order(OrderNumber(446)).await.unwrap().unwrap();
            longest = longest.max(one.elapsed());
            tokio::task::yield_now().await;
        }
        longest.div_duration_f64(began.elapsed())
    };
    // As many as SQLite has readers.
    let (one, two, three, four, share) = tokio::join!(export(), export(), export(), export(), reading);
    assert!([one, two, three, four].iter().all(Option::is_some));
    // A read takes thousandths of it; with four exports at once, somebody waits until one of them is made.
    assert!(share < 0.2, "somebody waits to read for {share} of the time of an export");
}
