//! What staff type and send by mistake: one clear sentence, and nothing changes.

use insta::assert_snapshot;
use keydesk::domain::Status;
use keydesk_emulator::{Content, Fault, FaultKind};

use crate::support::actions::invoiced;
use crate::support::files::{document, list, pdf};
use crate::support::serials::GivenSerials;
use crate::support::shop::{OLEG, SP_1, SP_3, Shop, TRIAL_30000, VERA, on_both};

on_both!(
    a_wrong_amount_is_explained,
    a_wrong_file_is_explained_by_its_line,
    a_file_that_does_not_fit_the_order_is_explained,
    a_file_that_cannot_be_had_is_explained,
    files_of_two_orders_do_not_get_in_each_others_way,
    a_reason_is_required_and_short,
    a_short_stock_is_named_line_by_line,
    a_command_without_its_order_is_explained,
);

const AMOUNT: &str =
    "Сумма не распознана: нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF.";
const PDF: &str = "Файл не принят, это не PDF: пришлите счет файлом PDF или укажите сумму цифрами.";
const DAY: &str = "Срок оплаты не распознан: после суммы нужна дата цифрами, например 10.12.";
const CURRENCY: &str = "Валюта не принята: счет выставляется в валюте RUB, укажите сумму цифрами.";
const PAST: &str = "Срок оплаты уже прошел, укажите сумму и будущую дату.";

async fn a_wrong_amount_is_explained(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
    vera.taps("Другая сумма…").await;
    for (typed, sentence) in [
        ("0", AMOUNT),
        ("0,00", AMOUNT),
        ("-5", AMOUNT),
        ("+5", AMOUNT),
        ("1e3", AMOUNT),
        ("1_000", AMOUNT),
        ("10.999", AMOUNT),
        ("1000000000000000", AMOUNT),
        ("двадцать", AMOUNT),
        ("25000 завтра", DAY),
        ("25000 31.02.2015", DAY),
        ("25000 31.03.2015", PAST),
        ("25000 15.04.0015", DAY),
        ("25 000 долларов", CURRENCY),
    ] {
        assert_eq!(vera.replies(typed).await.sentence(), sentence, "{typed}");
    }
    for (content, sentence) in [
        (Content::Photo { bytes: vec![0xff, 0xd8, 0xff], caption: Some("11000".to_owned()) }, PDF),
        (Content::Sticker, AMOUNT),
        (pdf("ноль"), AMOUNT),
        (pdf("0"), AMOUNT),
        (pdf("100 31.03.2015"), PAST),
        (document("Счет.docx", b"PK", "11000"), PDF),
        (document("Счет.pdf", b"PK the name alone", "11000"), PDF),
    ] {
        assert_eq!(vera.replies_with(content.clone()).await.sentence(), sentence, "{content:?}");
    }
    assert_eq!(shop.order(446).await.events.len(), 1);
    // People talk in the chat, and that is no answer.
    let screens = vera.screens();
    vera.says("обед?").await.shop.oleg().says("25000").await;
    assert_eq!(vera.screens(), screens);
    assert_eq!(shop.order(446).await.events.len(), 1);
    // Today is a day that can be paid on.
    vera.replies("10 999,99 р. до 01.04.2015 г.").await;
    assert_snapshot!(shop.anna().screen(), @r"
        По заказу №446 выставлен счет на 10 999,99 ₽.
        Оплатите его, пожалуйста, до 01.04.2015.
        [Открыть заказ]
        ");
}

async fn a_wrong_file_is_explained_by_its_line(shop: Shop) {
    shop.anna().orders(&[(TRIAL_30000, 2)]).await;
    shop.staff_did(446, invoiced()).await;
    let admin = shop.admin();
    admin.says("/complete 446").await;
    let mut answers = Vec::new();
    for (file, text) in [
        ("win.txt", &b"A-1\n\xca\xeb\xfe\xf7-2\n"[..]),
        ("long.txt", &[b'A'; 5_000][..]),
        ("quotes.csv", b"A-1\n\"A-2;trial-30000\n"),
        ("columns.csv", b"A-1;trial-30000;3\n"),
        ("product.csv", b"A-1;trial-30001\n"),
        ("nothing.csv", b"A-1;trial-30000\n;trial-30000\n"),
        ("number.txt", &[b"A-1\n".as_slice(), &[b'B'; 101], b"\n"].concat()),
        ("space.txt", b"A-1\nA 2\n"),
        ("unseen.txt", "A-1\nA\u{200b}2\n".as_bytes()),
        ("twice.txt", b"A-1\nA-2\nA-1\n"),
        ("empty.txt", b"\n \n"),
    ] {
        let sentence = admin.replies_with(document(file, text, "")).await.sentence();
        answers.push(format!("{file}: {sentence}"));
        assert!(admin.screen().contains("откуда взять"), "{file}: {}", admin.screen());
    }
    assert_snapshot!(answers.join("\n"), @r"
        win.txt: Заказ не выполнен. Строка 2 не в кодировке UTF-8, сохраните файл в UTF-8.
        long.txt: Заказ не выполнен. Строка 1 слишком длинная, пишите по одному серийному номеру в строке.
        quotes.csv: Заказ не выполнен. В строке 2 кавычка без пары, уберите ее.
        columns.csv: Заказ не выполнен. В строке 1 больше двух столбцов, оставьте серийный номер и, если нужно, артикул.
        product.csv: Заказ не выполнен. В строке 1 нет артикула из прайс-листа, исправьте строку.
        nothing.csv: Заказ не выполнен. В строке 2 рядом с артикулом нет серийного номера, дополните или удалите строку.
        number.txt: Заказ не выполнен. В строке 2 слишком длинный серийный номер, помещается не больше 100 знаков.
        space.txt: Заказ не выполнен. В строке 2 пробел: уберите его, а если это не серийный номер, то всю строку.
        unseen.txt: Заказ не выполнен. В строке 2 невидимый знак, наберите ее заново.
        twice.txt: Заказ не выполнен. Строка 3 повторяет серийный номер строки 1, уберите одну из них.
        empty.txt: Заказ не выполнен. В файле нет серийных номеров.
        ");
    let mut answers = Vec::new();
    for content in [list("keys.xls", "A-1\nA-2"), pdf(""), Content::Sticker, list("keys", "A-1\nA-2")] {
        answers.push(admin.replies_with(content).await.sentence());
    }
    answers.push(admin.replies("A-1 A-2").await.sentence());
    answers.dedup();
    assert_snapshot!(answers.join("\n"), @"Нужен файл .txt, .csv или .xlsx с серийными номерами.");
    let order = shop.order(446).await;
    assert_eq!((order.summary.status, order.events.len()), (Status::Invoiced, 2));
    // An ending in capitals, a mark of UTF-8 and a heading are no mistake.
    admin.replies_with(list("KEYS.CSV", "\u{feff}serial;sku\r\nA-1;trial-30000\r\nA-2;trial-30000\r\n")).await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
}

async fn a_file_that_does_not_fit_the_order_is_explained(shop: Shop) {
    let (anna, admin) = (shop.anna(), shop.admin());
    shop.stocks("sp-3", &["NET-1"]).await;
    anna.orders(&[(TRIAL_30000, 1)]).await;
    shop.staff_did(446, invoiced()).await;
    admin.says("/complete 446").await.replies_with(list("keys.txt", "GIVEN-1")).await;
    anna.orders(&[(TRIAL_30000, 2), ("Лицензия Guardant SP Trial, 100 000 активаций", 1)]).await;
    shop.staff_did(447, invoiced()).await;
    admin.says("/complete 447").await;
    let mut answers = Vec::new();
    for text in [
        "A-1\nA-2\nA-3\n",
        "A-1;trial-30000\nA-2;trial-30000\nA-3;sp-1\n",
        "A-1;trial-30000\nA-3;trial-100000\nA-4;trial-100000\n",
        "A-1;trial-30000\nGIVEN-1;trial-30000\nA-3;trial-100000\n",
        "A-1;trial-30000\nA-2;trial-30000\nGIVEN-1;trial-100000\n",
        "A-1;trial-30000\nA-2;trial-30000\nNET-1;trial-100000\n",
    ] {
        admin.replies_with(list("keys.csv", text)).await;
        let screen = admin.screen();
        answers.push(screen.split("\n\n").next().unwrap_or_default().to_owned());
        assert!(screen.contains("откуда взять"), "{screen}");
    }
    assert_snapshot!(answers.join("\n----\n"), @r"
        Заказ не выполнен. В заказе несколько продуктов, укажите в файле артикул рядом с каждым серийным номером.
        ----
        Заказ не выполнен. В файле есть серийные номера продукта, которого нет в заказе: Лицензия Guardant SP, 1 активация.
        ----
        Заказ не выполнен. Количество не совпадает:
        Лицензия Guardant SP Trial, 100 000 активаций: нужно 1, в файле больше
        ----
        Заказ не выполнен. Лицензия Guardant SP Trial, 30 000 активаций: 1 серийный номер из файла уже выдан.
        ----
        Заказ не выполнен. Лицензия Guardant SP Trial, 100 000 активаций: 1 серийный номер из файла уже выдан.
        ----
        Заказ не выполнен. Лицензия Guardant SP Trial, 100 000 активаций: 1 серийный номер из файла числится за другим продуктом.
        ");
    let mut tx = shop.store().read();
    assert_eq!(tx.serials_of(keydesk::domain::OrderNumber(447)).await.unwrap().len(), 0);
    drop(tx);
    assert_eq!(shop.order(447).await.events.len(), 2);
    admin.replies_with(list("keys.csv", "A-3;trial-100000\nA-1;trial-30000\nA-2;trial-30000\n")).await;
    assert_eq!(shop.order(447).await.summary.status, Status::Completed);
}

async fn a_file_that_cannot_be_had_is_explained(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    shop.anna().orders(&[(TRIAL_30000, 1)]).await;
    shop.staff_did(446, invoiced()).await;
    let vera = shop.vera();
    let mut answers = Vec::new();
    vera.says("/complete 446").await.replies_with(document("keys.txt", &vec![b'A'; 21 * 1024 * 1024], "")).await;
    answers.push(vera.sentence());
    let description = "Bad Request: wrong file_id or the file is temporarily unavailable".to_owned();
    let kind = FaultKind::Refuse { code: 400, description };
    shop.emulator.inject(Fault { method: Some("getFile".to_owned()), chat: None, times: 1, kind });
    vera.replies_with(list("keys.txt", "A-1")).await;
    answers.push(vera.sentence());
    assert_snapshot!(answers.join("\n"), @r"
        Заказ не выполнен. Файл больше 20 МБ, бот не может его получить; загрузите серийные номера на склад командой keydesk serials import.
        Заказ не выполнен. Telegram не отдает этот файл, пришлите его еще раз.
        ");
    // A network that fails is waited for.
    for kind in [FaultKind::ServerError(502), FaultKind::DropBefore] {
        shop.emulator.inject(Fault { method: Some("getFile".to_owned()), chat: None, times: 1, kind });
    }
    vera.replies_with(list("keys.txt", "A-1")).await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
}

async fn files_of_two_orders_do_not_get_in_each_others_way(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let vera = shop.vera();
    for order in [446, 447] {
        shop.anna().orders(&[(TRIAL_30000, 1)]).await;
        shop.staff_did(order, invoiced()).await;
    }
    for (order, serials) in [(446, "A-1\nA-2\n"), (447, "B-1\n")] {
        vera.writes(&format!("/complete {order}"));
        shop.takes_all_updates().await;
        shop.emulator.reply_with(
            vera.chat,
            vera.id,
            vera.message_with(&[&format!("№{order}\n")]),
            list("keys.txt", serials),
        );
        shop.takes_all_updates().await;
    }
    shop.settle().await;
    assert!(vera.chat().contains("Количество не совпадает"), "{}", vera.chat());
    assert_eq!(shop.order(446).await.summary.status, Status::Invoiced);
    assert_eq!(shop.order(447).await.summary.status, Status::Completed);
}

async fn a_reason_is_required_and_short(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let admin = shop.admin();
    admin.says("/cancel_order 446").await;
    let long = "я".repeat(301);
    let mut answers = Vec::new();
    for typed in ["\u{200b}", long.as_str()] {
        answers.push(admin.replies(typed).await.sentence());
        assert!(admin.screen().contains("почему отменяется"), "{}", admin.screen());
    }
    answers.push(admin.replies_with(Content::Sticker).await.sentence());
    answers.dedup();
    assert_snapshot!(answers.join("\n"), @"Нужна причина кнопкой или текстом, не длиннее 300 знаков.");
    admin.says(&format!("/cancel_order 446 {long}")).await;
    assert_snapshot!(admin.screen(), @r"
        Нужна причина кнопкой или текстом, не длиннее 300 знаков.

        Зоя, почему отменяется заказ №446?
        Выберите причину или напишите ее ответом на это сообщение; ее увидит клиент.
        [По просьбе клиента]
        [Счет не оплачен в срок]
        [Сейчас нет в наличии]
        [Дубликат другого заказа]
        [Не сейчас]
        ");
    admin.replies("нет  <b>денег</b>\n& времени").await;
    assert_snapshot!(admin.screen(), @r"
        Зоя, отменить заказ №446?
        Причина: нет <b>денег</b> & времени
        [Не сейчас] [Отменить заказ]
        ");
    // Another reason in place of that one.
    admin.replies("передумали").await.taps("Не сейчас").await;
    assert_snapshot!(admin.desk(446).await, @r"
        Новый заказ №446
        Статус: Размещен
        …
        [Взять в работу]
        [Отменить…]
        [Выставить счет…]
        ");
    assert_eq!(shop.order(446).await.events.len(), 1);
    admin.says("/cancel_order 446 передумали").await.taps("Отменить заказ").await;
    assert_snapshot!(shop.anna().screen(), @r"
        Заказ №446 отменен.
        Причина: передумали
        [Открыть заказ]
        ");
}

async fn a_short_stock_is_named_line_by_line(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50), (SP_3, 100), (TRIAL_30000, 2)]).await;
    shop.staff_did(446, invoiced()).await;
    shop.stocks_many("sp-1", 37).await;
    shop.stocks_many("trial-30000", 2).await;
    let admin = shop.admin();
    admin.says("/complete 446").await;
    let said = admin.forges("s:446:stock:2").await.unwrap();
    assert_snapshot!(said, @r"
        SP-1: нужно 50, на складе 37
        SP-3: нужно 100, на складе 0
        ");
    assert_snapshot!(admin.screen(), @r"
        Зоя, откуда взять серийные номера для заказа №446?
        Лицензия Guardant SP, 1 активация — 50 шт., на складе 37
        Лицензия Guardant SP, 3 активации — 100 шт., на складе 0
        Лицензия Guardant SP Trial, 30 000 активаций — 2 шт., на складе достаточно
        Нажмите кнопку или ответьте на это сообщение файлом .txt, .csv или .xlsx: по одному серийному номеру в строке, если продуктов несколько — с артикулом во втором столбце.
        [На складе 39 из 152]
        [Не сейчас]
        ");
    assert_eq!(shop.order(446).await.events.len(), 2);
    shop.stocks_many("sp-1", 50).await;
    shop.stocks_many("sp-3", 100).await;
    admin.says("/complete 446").await.taps_starting("Выдать со склада").await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
}

async fn a_command_without_its_order_is_explained(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let admin = shop.admin();
    let mut answers = Vec::new();
    for typed in [
        "/invoice",
        "/complete x",
        "/cancel_order",
        "/order",
        "/invoice 999",
        "/complete 446",
        "/invoice 446 -1",
        "/cancel",
    ] {
        answers.push(format!("{typed}: {}", admin.says(typed).await.sentence()));
    }
    assert_snapshot!(answers.join("\n"), @r"
        /invoice: После команды нужен номер заказа, например 449.
        /complete x: После команды нужен номер заказа, например 449.
        /cancel_order: После команды нужен номер заказа, например 449.
        /order: После команды нужен номер заказа, например 449.
        /invoice 999: Заказа №999 нет, проверьте номер.
        /complete 446: Сначала выставьте счет по заказу №446.
        /invoice 446 -1: Сумма не распознана: нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF.
        /cancel: Вопрос закрыт.
        ");
    assert_eq!(shop.order(446).await.events.len(), 1);
}
