//! What programs and people put around serial numbers is never sold as one.

use insta::assert_snapshot;
use keydesk::domain::{Currency, Invoice, Money, OrderAction, Status};
use keydesk_emulator::Body;

use crate::support::files::{document, list};
use crate::support::shop::{CATALOGUE, SP_1, Shop, TRIAL_30000, VERA, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_heading_above_fifty_serial_numbers_is_not_the_fifty_first,
    a_heading_above_forty_nine_serial_numbers_is_not_the_fiftieth,
    what_a_spreadsheet_put_around_serial_numbers_is_taken_off_and_said,
    the_form_of_a_products_serial_numbers_is_part_of_the_price_list,
    the_file_that_a_customer_gets_can_be_sent_back,
);

/// Every other junk is refused by the same reader; the words are the same on both databases.
#[tokio::test]
async fn every_kind_of_junk_is_refused_with_its_line() {
    refuses_junk(Shop::open().await).await;
}

/// The first paragraph of the screen, in one line.
fn said_of_the_file(admin: &Visitor<'_>) -> String {
    admin.screen().split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

fn fifty(count: u32) -> String {
    (0..count).map(|number| format!("GSP-{number:04}\r\n")).collect()
}

/// An order for fifty keys that waits for a file of Vera's.
async fn waits_for_a_file(shop: &Shop) {
    shop.appoints(&[VERA]).await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    let amount = Money::from_minor(1_100_000, Currency::RUB).unwrap();
    shop.staff_did(446, OrderAction::Invoiced(Invoice { amount, due: None, document: None })).await;
    shop.vera().says("/complete 446").await;
}

/// The last file that a chat got.
fn last_file(shop: &Shop, chat: i64) -> String {
    let messages = shop.emulator.messages(chat);
    let file = messages.iter().rev().find_map(|message| match &message.body {
        Body::Document(file) => Some(file.file_id.clone()),
        _ => None,
    });
    String::from_utf8(shop.emulator.file(&file.unwrap()).unwrap().1).unwrap()
}

async fn a_heading_above_fifty_serial_numbers_is_not_the_fifty_first(shop: Shop) {
    waits_for_a_file(&shop).await;
    let vera = shop.vera();
    vera.replies_with(list("keys.csv", &format!("sep=;\r\nlicense_key\r\n{}", fifty(50)))).await;
    assert_snapshot!(vera.screen(), @r"
        Заказ №446 выполнен, серийные номера отправляются клиенту.
        Строка 1 задает разделитель столбцов и пропущена.
        Строка 2 принята за заголовок.
        ");
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
    let heading = "# sp-1: Лицензия Guardant SP, 1 активация, 50 номеров\r\n";
    assert_eq!(last_file(&shop, shop.anna().chat), format!("{heading}{}", fifty(50)));
}

async fn a_heading_above_forty_nine_serial_numbers_is_not_the_fiftieth(shop: Shop) {
    waits_for_a_file(&shop).await;
    let vera = shop.vera();
    vera.replies_with(list("keys.csv", &format!("license_key\r\n{}", fifty(49)))).await;
    assert_snapshot!(vera.screen(), @r"
        Заказ не выполнен. Количество не совпадает:
        Лицензия Guardant SP, 1 активация: нужно 50, в файле 49
        Строка 1 принята за заголовок.
        ");
    // It is read no further than to the fifty-first.
    vera.replies_with(list("keys.csv", &format!("{}<br>\r\n", fifty(52)))).await;
    assert_snapshot!(vera.screen(), @r"
        Заказ не выполнен. Количество не совпадает:
        Лицензия Guardant SP, 1 активация: нужно 50, в файле больше
        ");
    assert_eq!(shop.order(446).await.summary.status, Status::Invoiced);
    vera.replies_with(list("keys.csv", &fifty(50))).await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
}

async fn what_a_spreadsheet_put_around_serial_numbers_is_taken_off_and_said(shop: Shop) {
    let admin = shop.admin();
    admin.says("/stock sp-1").await;
    admin.sends(list("a.csv", "\u{feff}sep=;\r\nSKU;Ключ\r\nsp-1;=\"00012345\"\r\n-----;\r\nsp-1;'00012346\r\n")).await;
    assert_snapshot!(admin.screen().lines().take(6).collect::<Vec<_>>().join("\n"), @r"
        Лицензия Guardant SP, 1 активация: добавлено на склад 2, уже было 0.
        Строка 1 задает разделитель столбцов и пропущена.
        Строка 2 принята за заголовок.
        Пропущена 1 строка без букв и цифр, это строка 4.
        Знаки вокруг серийных номеров сняты в 2 строках, первая — строка 3.
        ");
    assert_eq!(shop.asks_sql("SELECT MIN(serial) FROM serial_numbers").await, "00012345");
    assert_eq!(shop.asks_sql("SELECT MAX(serial) FROM serial_numbers").await, "00012346");
}

async fn refuses_junk(shop: Shop) {
    let admin = shop.admin();
    admin.says("/stock sp-1").await;
    let mut answers = Vec::new();
    for text in [
        "AB-0001\n<br>\n",
        "#batch-17\nAQ-0001\nИтого:1\n",
        "AQ-0001\nИтого:1\n",
        "[\n  \"AO-0001\"\n]",
        "{\\rtf1\\ansi\nBL-0001\\par\n}",
        "=A1\n",
        "1.23457E+15\n",
        "sp-1;1,23457E+15\n",
        "AW-0001\n\u{410}W-0001\n",
        "AX-0001\nAX\u{2011}0001\n",
        "AQ-0001\nAQ-0002\nПодпись\n",
        "- AQ-0001\n",
    ] {
        admin.sends(list("a.txt", text)).await;
        answers.push(format!("{text:?}: {}", said_of_the_file(&admin)));
    }
    assert_snapshot!(answers.join("\n"), @r##"
        "AB-0001\n<br>\n": Ничего не загружено. В строке 2 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку.
        "#batch-17\nAQ-0001\nИтого:1\n": Ничего не загружено: В строке 1 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку. В строке 3 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку.
        "AQ-0001\nИтого:1\n": Ничего не загружено. В строке 2 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку.
        "[\n  \"AO-0001\"\n]": Ничего не загружено: В строке 1 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку. В строке 3 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку.
        "{\\rtf1\\ansi\nBL-0001\\par\n}": Ничего не загружено: В строке 1 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку. В строке 2 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку. В строке 3 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку.
        "=A1\n": Ничего не загружено. В строке 1 формула, сохраните в файле значения вместо формул.
        "1.23457E+15\n": Ничего не загружено. В строке 1 число, которое таблица округлила, его последние цифры потеряны. Задайте столбцу текстовый формат, внесите серийные номера заново и сохраните файл еще раз.
        "sp-1;1,23457E+15\n": Ничего не загружено. В строке 1 число, которое таблица округлила, его последние цифры потеряны. Задайте столбцу текстовый формат, внесите серийные номера заново и сохраните файл еще раз.
        "AW-0001\nАW-0001\n": Ничего не загружено. В строке 2 знаки, похожие на другие: буквы двух алфавитов, тире вместо дефиса или полноширинные знаки. Скопируйте серийный номер из источника еще раз.
        "AX-0001\nAX‑0001\n": Ничего не загружено. В строке 2 знаки, похожие на другие: буквы двух алфавитов, тире вместо дефиса или полноширинные знаки. Скопируйте серийный номер из источника еще раз.
        "AQ-0001\nAQ-0002\nПодпись\n": Ничего не загружено. Строка 3 не похожа на остальные. Если это заголовок или пометка, удалите ее; если серийный номер, задайте этому продукту в прайс-листе вид серийного номера (serial_pattern).
        "- AQ-0001\n": Ничего не загружено. В строке 1 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку.
        "##);
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM serial_numbers").await, "0");
}

async fn the_form_of_a_products_serial_numbers_is_part_of_the_price_list(shop: Shop) {
    let admin = shop.admin();
    let with = |pattern: &str| {
        CATALOGUE.replacen("group = \"sp\"", &format!("group = \"sp\"\nserial_pattern = '{pattern}'"), 1)
    };
    admin.sends(document("catalog.toml", with("GSP-[0-9").as_bytes(), "/catalog")).await;
    assert_snapshot!(admin.screen(), @r"
        Файл catalog.toml не принят:
        Строка 29: продукт 1 (sp-1), поле serial_pattern: это не регулярное выражение; напишите, например, '[A-Z0-9]{5}(-[A-Z0-9]{5}){4}'

        Весь прайс-лист меняется файлом: скачайте .xlsx или .toml, исправьте его и пришлите в ответ на это сообщение или с подписью /catalog. Сначала будет показана разница.
        [Скачать .xlsx] [Скачать .toml]
        [Закрыть]
        ");
    admin.sends(document("catalog.toml", with("GSP-[0-9]{4}").as_bytes(), "/catalog")).await;
    assert_snapshot!(admin.screen(), @r"
        Что изменится в прайс-листе

        Лицензия Guardant SP, 1 активация (sp-1):
        — вид серийного номера: любой → GSP-[0-9]{4}
        [Не сейчас] [Применить]
        ");
    admin.taps("Применить").await;
    admin.says("/stock sp-1").await.sends(list("a.txt", "Ключ\nGSP-0001\nGSP-00002\n")).await;
    assert_snapshot!(admin.sentence(), @"Ничего не загружено. Строка 3 не подходит под вид серийного номера из прайс-листа (serial_pattern). Исправьте строку или прайс-лист.");
    admin.sends(list("a.txt", "GSP-0001\nGSP-0002\n")).await;
    assert_snapshot!(admin.sentence(), @"Лицензия Guardant SP, 1 активация: добавлено на склад 2, уже было 0.");
    waits_for_a_file(&shop).await;
    let vera = shop.vera();
    vera.replies_with(list("keys.csv", &fifty(50).replace("GSP-0049", "GSP-004X"))).await;
    assert_snapshot!(vera.sentence(), @"Заказ не выполнен. Строка 50 не подходит под вид серийного номера из прайс-листа (serial_pattern). Исправьте строку или прайс-лист.");
    admin.sends(document("catalog.toml", CATALOGUE.as_bytes(), "/catalog")).await;
    assert_snapshot!(admin.screen(), @r"
        Что изменится в прайс-листе

        Лицензия Guardant SP, 1 активация (sp-1):
        — вид серийного номера: GSP-[0-9]{4} → любой
        [Не сейчас] [Применить]
        ");
}

async fn the_file_that_a_customer_gets_can_be_sent_back(shop: Shop) {
    let anna = shop.anna();
    shop.stocks("sp-1", &["A;1", "B\"2\"", "C,3", "GSP-0004"]).await;
    shop.stocks("trial-30000", &["T-1", "T-2"]).await;
    anna.orders(&[(SP_1, 50), (TRIAL_30000, 2)]).await;
    shop.runs_sql(
        "UPDATE order_lines SET quantity = 4 WHERE sku = 'sp-1'",
        "UPDATE order_lines SET quantity = 4 WHERE sku = 'sp-1'",
    )
    .await;
    let amount = Money::from_minor(1_100_000, Currency::RUB).unwrap();
    shop.staff_did(446, OrderAction::Invoiced(Invoice { amount, due: None, document: None })).await;
    shop.admin().says("/complete 446").await.taps_starting("Выдать со склада").await;
    let file = last_file(&shop, anna.chat);
    // Of each product a heading and its serial numbers, with a line between them.
    assert_eq!(file.lines().count(), 9, "{file}");
    let of_sp_1: String = file.lines().take(5).map(|line| format!("{line}\n")).collect();
    shop.admin().says("/stock sp-1").await.sends(list("order-446.txt", &of_sp_1)).await;
    assert_snapshot!(said_of_the_file(&shop.admin()), @"Ничего не загружено: В строке 2 нет артикула из прайс-листа, исправьте строку. В строке 3 пометка, разметка или итог, либо возле серийного номера стоит лишний знак или слово; оставьте один серийный номер или удалите строку. В строке 4 нет артикула из прайс-листа, исправьте строку.");
}
