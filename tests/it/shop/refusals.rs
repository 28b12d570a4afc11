//! What staff type and send by mistake: one clear sentence, and nothing changes.

use insta::assert_snapshot;
use keydesk::domain::Status;
use keydesk::emulator::Content;

use crate::support::deeds::invoiced;
use crate::support::files::{document, list, pdf};
use crate::support::shop::{SP_1, SP_3, Shop, TRIAL_30000, on_both};

on_both!(
    a_wrong_amount_is_explained,
    a_wrong_file_is_explained_by_its_line,
    a_file_that_does_not_fit_the_order_is_explained,
    a_reason_is_required_and_short,
    a_short_stock_is_named_line_by_line,
    a_command_without_its_order_is_explained,
);

const AMOUNT: &str = "Нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF.";
const PDF: &str = "Счет принимается файлом PDF, пришлите его или укажите сумму цифрами.";
const PAST: &str = "Срок оплаты уже прошел, укажите сумму и будущую дату.";

async fn a_wrong_amount_is_explained(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
    vera.taps("Выставить счет").await;
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
        ("25000 завтра", AMOUNT),
        ("25000 31.02.2015", AMOUNT),
        ("25000 31.03.2015", PAST),
        ("25000 15.04.0015", AMOUNT),
    ] {
        assert_eq!(vera.replies(typed).await.sentence(), sentence, "{typed}");
    }
    for (content, sentence) in [
        (document("Счет.docx", b"PK", "11000"), PDF),
        (document("", b"%PDF", "11000"), PDF),
        (Content::Photo { bytes: vec![0xff, 0xd8, 0xff], caption: Some("11000".to_owned()) }, PDF),
        (Content::Sticker, AMOUNT),
        (pdf("ноль"), AMOUNT),
        (pdf("0"), AMOUNT),
        (pdf("100 31.03.2015"), PAST),
    ] {
        assert_eq!(vera.replies_with(content.clone()).await.sentence(), sentence, "{content:?}");
    }
    assert_eq!(shop.order(446).await.events.len(), 1);
    // People talk in the chat, and that is no answer.
    let prompt = vera.screen();
    assert_eq!(vera.says("обед?").await.shop.oleg().says("25000").await.chat().matches("на какую сумму").count(), 1);
    assert_eq!(shop.order(446).await.events.len(), 1);
    assert!(shop.vera().chat().contains(&prompt));
    // A sum right after the question is, and so is today.
    vera.says("0,01 01.04.2015").await;
    assert_snapshot!(shop.anna().screen(), @"");
}

async fn a_wrong_file_is_explained_by_its_line(shop: Shop) {
    shop.anna().orders(&[(TRIAL_30000, 2)]).await;
    shop.staff_did(446, invoiced()).await;
    let vera = shop.vera();
    vera.says("/complete 446").await;
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
        let sentence = vera.replies_with(document(file, text, "")).await.sentence();
        answers.push(format!("{file}: {sentence}"));
        assert!(vera.screen().contains("откуда взять"), "{file}: {}", vera.screen());
    }
    assert_snapshot!(answers.join("\n"), @"");
    let mut answers = Vec::new();
    for content in [list("keys.xlsx", "A-1\nA-2"), pdf(""), Content::Sticker, list("keys", "A-1\nA-2")] {
        answers.push(vera.replies_with(content).await.sentence());
    }
    answers.push(vera.replies("A-1 A-2").await.sentence());
    answers.dedup();
    assert_snapshot!(answers.join("\n"), @"");
    let order = shop.order(446).await;
    assert_eq!((order.summary.status, order.events.len()), (Status::Invoiced, 2));
    // An ending in capitals, a mark of UTF-8 and a heading are no mistake.
    vera.replies_with(list("KEYS.CSV", "\u{feff}serial;sku\r\nA-1;trial-30000\r\nA-2;trial-30000\r\n")).await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
}

async fn a_file_that_does_not_fit_the_order_is_explained(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.stocks("sp-3", &["NET-1"]).await;
    anna.orders(&[(TRIAL_30000, 1)]).await;
    shop.staff_did(446, invoiced()).await;
    vera.says("/complete 446").await.replies_with(list("keys.txt", "GIVEN-1")).await;
    anna.orders(&[(TRIAL_30000, 2), ("Лицензия Guardant SP Trial, 100000 активаций", 1)]).await;
    shop.staff_did(447, invoiced()).await;
    vera.says("/complete 447").await;
    let mut answers = Vec::new();
    for text in [
        "A-1\nA-2\nA-3\n",
        "A-1;trial-30000\nA-2;trial-30000\nA-3;sp-1\n",
        "A-1;trial-30000\nA-3;trial-100000\nA-4;trial-100000\n",
        "A-1;trial-30000\nGIVEN-1;trial-30000\nA-3;trial-100000\n",
        "A-1;trial-30000\nA-2;trial-30000\nGIVEN-1;trial-100000\n",
        "A-1;trial-30000\nA-2;trial-30000\nNET-1;trial-100000\n",
    ] {
        vera.replies_with(list("keys.csv", text)).await;
        let screen = vera.screen();
        answers.push(screen.split("\n\n").next().unwrap_or_default().to_owned());
        assert!(screen.contains("откуда взять"), "{screen}");
    }
    assert_snapshot!(answers.join("\n----\n"), @"");
    let mut tx = shop.store().read().await.unwrap();
    assert_eq!(tx.serials_of(keydesk::domain::OrderNumber(447)).await.unwrap().len(), 0);
    drop(tx);
    assert_eq!(shop.order(447).await.events.len(), 2);
    vera.replies_with(list("keys.csv", "A-3;trial-100000\nA-1;trial-30000\nA-2;trial-30000\n")).await;
    assert_eq!(shop.order(447).await.summary.status, Status::Completed);
}

async fn a_reason_is_required_and_short(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
    vera.taps("Отменить").await;
    let long = "я".repeat(301);
    let mut answers = Vec::new();
    for typed in ["\u{200b}", long.as_str()] {
        answers.push(vera.replies(typed).await.sentence());
        assert!(vera.screen().contains("почему отменяется"), "{}", vera.screen());
    }
    answers.push(vera.replies_with(Content::Sticker).await.sentence());
    answers.dedup();
    assert_snapshot!(answers.join("\n"), @"");
    vera.says(&format!("/cancel_order 446 {long}")).await;
    assert_snapshot!(vera.screen(), @"");
    vera.replies("нет  <b>денег</b>\n& времени").await;
    assert_snapshot!(vera.screen(), @"");
    // Another reason in place of that one.
    vera.replies("передумали").await.taps("Не сейчас").await;
    assert_snapshot!(vera.screen(), @"");
    assert_eq!(shop.order(446).await.events.len(), 1);
    vera.says("/cancel_order 446 передумали").await.taps("Отменить заказ").await;
    assert_snapshot!(shop.anna().screen(), @"");
}

async fn a_short_stock_is_named_line_by_line(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50), (SP_3, 100), (TRIAL_30000, 2)]).await;
    shop.staff_did(446, invoiced()).await;
    shop.stocks_many("sp-1", 37).await;
    shop.stocks_many("trial-30000", 2).await;
    let vera = shop.vera();
    vera.says("/complete 446").await.taps("Со склада").await;
    assert_snapshot!(vera.screen(), @"");
    assert_eq!(shop.order(446).await.events.len(), 2);
    shop.stocks_many("sp-1", 50).await;
    shop.stocks_many("sp-3", 100).await;
    vera.taps("Со склада").await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
}

async fn a_command_without_its_order_is_explained(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
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
        answers.push(format!("{typed}: {}", vera.says(typed).await.sentence()));
    }
    assert_snapshot!(answers.join("\n"), @"");
    assert_eq!(shop.order(446).await.events.len(), 1);
}
