//! Workbooks and other tables in the staff chat: read as lists of serial numbers, or refused with the remedy, and never
//! offered to the customer without saying what they are.

use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;
use insta::assert_snapshot;
use keydesk::chat::Fetched;
use keydesk::domain::{ChatId, PersonId, Status};
use keydesk_emulator::{Content, MessageId};

use crate::support::actions::invoiced;
use crate::support::files::{document, list};
use crate::support::serials::GivenSerials;
use crate::support::shop::{STAFF_CHAT, Shop, TRIAL_30000, on_both};
use crate::support::workbooks::{Left, hostile, saved, text};

on_both!(
    a_workbook_in_reply_to_an_alert_delivers_its_keys,
    a_workbook_fills_the_stock_and_is_looked_up,
    what_a_workbook_does_not_say_for_sure_is_refused,
    a_table_is_not_offered_while_keys_are_awaited,
    an_offered_file_is_named,
    files_that_are_read_keep_nobody_from_the_database,
);

fn workbook(name: &str, sheets: &[(&str, Vec<Vec<Left>>)]) -> Content {
    document(name, &saved(sheets), "")
}

fn keys(rows: &[&[&str]]) -> Vec<Vec<Left>> {
    rows.iter().map(|row| row.iter().map(|cell| text(cell)).collect()).collect()
}

async fn an_invoiced_order(shop: &Shop, number: i64, quantity: u32) -> MessageId {
    shop.anna().orders(&[(TRIAL_30000, quantity)]).await;
    shop.staff_did(number, invoiced()).await;
    shop.vera().message_with(&[&format!("аказ №{number}\n")])
}

/// Vera replies to a message; what the bot answers, if it is not the alert that says it.
async fn replies(shop: &Shop, to: MessageId, content: Content) -> String {
    let told = shop.vera().screens().len();
    shop.emulator.reply_with(STAFF_CHAT, shop.vera().id, to, content);
    shop.settle().await;
    if shop.vera().screens().len() == told { String::new() } else { shop.vera().screen() }
}

async fn a_workbook_in_reply_to_an_alert_delivers_its_keys(shop: Shop) {
    let alert = an_invoiced_order(&shop, 446, 3).await;
    let rows = keys(&[&["Серийный номер", "Артикул"], &["TR-0001", "trial-30000"], &[], &["TR-0002", "trial-30000"]]);
    let short = replies(&shop, alert, workbook("Ключи.XLSX", &[("Лист1", rows.clone())])).await;
    assert_snapshot!(short, @r"
        Заказ не выполнен. Количество не совпадает:
        Лицензия Guardant SP Trial, 30 000 активаций: нужно 3, в файле 2
        Строка 1 принята за заголовок.
        ");
    let whole = [rows, keys(&[&["TR-0003", "trial-30000"]])].concat();
    let said = replies(&shop, alert, workbook("Ключи.XLSX", &[("Пусто", Vec::new()), ("Лист1", whole)])).await;
    assert!(said.ends_with("Строка 1 принята за заголовок."), "{said}");
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
    let serials = shop.store().read().serials_of(keydesk::domain::OrderNumber(446)).await.unwrap();
    assert_eq!(
        serials.iter().map(|(_, serial)| serial.as_str()).collect::<Vec<_>>(),
        ["TR-0001", "TR-0002", "TR-0003"]
    );
}

async fn a_workbook_fills_the_stock_and_is_looked_up(shop: Shop) {
    let (admin, anna) = (shop.admin(), shop.anna());
    let numbers = vec![vec![text("TR-000001")], vec![text("TR-000002")]];
    admin.says("/stock trial-30000").await.replies_with(workbook("keys.xlsx", &[("Лист1", numbers)])).await;
    anna.orders(&[(TRIAL_30000, 2)]).await;
    shop.completes(446).await;
    let dated = vec![
        vec![text("Ключ"), text("Заказ"), text("Дата")],
        vec![text("TR-000002"), Left::Number(446.0), Left::Date(42_095.0)],
        vec![text("NO-000001"), Left::Number(447.0), Left::Date(42_095.0)],
    ];
    anna.says("/serials").await.sends(workbook("mine.xlsx", &[("Лист1", dated)])).await;
    let found = shop.chat(anna.chat).into_iter().any(|text| text.replace('\u{a0}', " ").contains("В файле 1 ваш"));
    assert!(found, "{}", anna.chat());
}

async fn what_a_workbook_does_not_say_for_sure_is_refused(shop: Shop) {
    let alert = an_invoiced_order(&shop, 446, 2).await;
    let sheet = |rows: Vec<Vec<Left>>| vec![("Лист1", rows)];
    let mut answers = Vec::new();
    for (title, sheets) in [
        ("a date", sheet(vec![vec![Left::Date(42_095.0)], vec![text("TR-0002")]])),
        ("digits that are lost", sheet(vec![vec![Left::Number(1_234_567_890_123_456_700.0)], vec![text("TR-0002")]])),
        ("leading zeros that are shown only", sheet(vec![vec![Left::Padded(12_345.0)], vec![text("TR-0002")]])),
        ("three columns", sheet(keys(&[&["TR-0001", "trial-30000", "1 шт."]]))),
        ("two sheets", vec![("Март", keys(&[&["TR-0001"]])), ("Апрель", keys(&[&["TR-0002"]]))]),
    ] {
        answers.push(format!("{title}: {}", replies(&shop, alert, workbook("keys.xlsx", &sheets)).await));
    }
    for (title, bytes) in
        [("no workbook", b"PK\x03\x04".to_vec()), ("a former one", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec())]
    {
        answers.push(format!("{title}: {}", replies(&shop, alert, document("keys.xlsx", &bytes, "")).await));
    }
    assert_snapshot!(answers.join("\n"), @r"
        a date: Заказ не выполнен. В строке 1 дата, сумма, телефон или порядковый номер; оставьте в файле только столбец серийных номеров. Если это серийный номер, задайте этому продукту в прайс-листе вид серийного номера (serial_pattern).
        digits that are lost: Заказ не выполнен. В строке 1 число, которое таблица округлила, его последние цифры потеряны. Задайте столбцу текстовый формат, внесите серийные номера заново и сохраните файл еще раз.
        leading zeros that are shown only: Заказ не выполнен. В строке 1 число, которое таблица показывает не так, как хранит. Задайте столбцу текстовый формат, внесите серийные номера заново и сохраните файл еще раз.
        three columns: Заказ не выполнен. В строке 1 больше двух столбцов, оставьте серийный номер и, если нужно, артикул.
        two sheets: Заказ не выполнен. Данные есть на нескольких листах: Март, Апрель. Оставьте один лист с серийными номерами.
        no workbook: Заказ не выполнен. Файл не читается как книга Excel. Сохраните его в формате .xlsx и пришлите еще раз.
        a former one: Заказ не выполнен. Это файл прежнего формата Excel или файл под паролем. Сохраните его без пароля в формате .xlsx и пришлите еще раз.
        ");
    for (title, bytes) in hostile() {
        let said = replies(&shop, alert, document("keys.xlsx", &bytes, "")).await;
        assert!(said.starts_with("Заказ не выполнен."), "{title}: {said}");
    }
    assert_eq!(shop.order(446).await.events.len(), 2);
}

async fn a_table_is_not_offered_while_keys_are_awaited(shop: Shop) {
    let alert = an_invoiced_order(&shop, 446, 1).await;
    for name in ["Ключи.xls", "Ключи.XLSB", "Ключи.ods", "Ключи.numbers"] {
        let said = replies(&shop, alert, list(name, "TR-0001\n")).await;
        assert_eq!(said, "Нужен файл .txt, .csv или .xlsx с серийными номерами.", "{name}");
    }
    assert_eq!(replies(&shop, alert, list("Ключи.tsv", "TR-0001\ttrial-30000\n")).await, "");
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
}

async fn an_offered_file_is_named(shop: Shop) {
    shop.anna().orders(&[(TRIAL_30000, 1)]).await;
    let alert = shop.vera().message_with(&["аказ №446\n"]);
    let sheet = saved(&[("Лист1", keys(&[&["TR-0001"]]))]);
    replies(&shop, alert, document("Спецификация.pptx", &sheet, "Проверьте, пожалуйста")).await;
    replies(&shop, alert, Content::Photo { bytes: vec![0xff, 0xd8, 0xff], caption: None }).await;
    replies(&shop, alert, document("Договор.docx", b"PK", "")).await;
    assert_snapshot!(shop.vera().screen(), @r"
        Отправить это клиенту по заказу №446?
        Файл Спецификация.pptx
        Проверьте, пожалуйста
        Файл без названия
        Файл Договор.docx
        [Отправить клиенту]
        [Не сейчас]
        ");
}

async fn files_that_are_read_keep_nobody_from_the_database(shop: Shop) {
    let anna = shop.anna();
    anna.says("/start").await;
    let sheet = |index: usize| (format!("Лист{index}"), vec![vec![text("NO-0001")]; 8_000]);
    let sheets: Vec<_> = (0..4).map(sheet).collect();
    let sheets: Vec<_> = sheets.iter().map(|(name, rows)| (name.as_str(), rows.clone())).collect();
    let book = Fetched::Whole(saved(&sheets));
    let is_known = async || shop.store().read().customer(PersonId(anna.id)).await.unwrap().is_some();
    // A server's new connection takes as long as a small file.
    assert!(join_all((0..16).map(|_| is_known())).await.into_iter().all(|is_known| is_known));
    let reading = (0..8).map(|_| shop.renderer().render_look_up(ChatId(anna.chat), &book));
    let mut reading = reading.collect::<FuturesUnordered<_>>();
    let others = async {
        tokio::task::yield_now().await;
        is_known().await
    };
    let is_first = tokio::select! {
        biased;
        is_known = others => is_known,
        _ = reading.next() => false,
    };
    assert!(is_first, "a file was read to its end before anybody else was served");
}
