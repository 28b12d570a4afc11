//! What staff write at the desk is taken for what it is meant for: a figure for a sum, a list for serial numbers, and nothing that
//! holds them for words to a customer.

use chrono::TimeDelta;
use keydesk::domain::Status;
use keydesk_emulator::{Content, MessageId};

use crate::support::actions::invoiced;
use crate::support::files::{document, list};
use crate::support::shop::{SP_1, STAFF_CHAT, Shop, TRIAL_30000, VERA, on_both};
use crate::support::visitor::Visitor;
use crate::support::workbooks::{saved, text};

on_both!(
    a_serial_number_in_an_answer_reaches_nobody,
    a_serial_number_reaches_nobody_however_it_is_written,
    a_serial_number_in_a_reason_cancels_nothing,
    what_became_a_serial_number_since_it_was_typed_is_not_sent,
    a_list_in_reply_to_a_question_waits_for_a_press,
    a_workbook_for_an_order_that_is_not_invoiced_is_no_message,
    a_file_that_delivers_nothing_is_offered_with_the_remedy,
    a_command_lets_go_of_what_was_asked_on_the_alert,
    a_figure_that_is_no_sum_is_said_to_be_none,
    the_part_of_the_terms_that_was_not_understood_is_named,
    the_same_invoice_again_tells_nobody_anything,
);

const NAMED: &str = "В сообщении есть серийный номер, поэтому клиенту оно не отправлено и не сохранено.";
const REMEDY: &str = "Чтобы выдать серийные номера, ответьте на сообщение о заказе файлом .txt, .csv или .xlsx.";
const AMOUNT: &str = "Сумма не распознана: нужна сумма больше нуля цифрами";

fn alert_of(person: &Visitor<'_>, number: i64) -> MessageId {
    person.message_with(&[&format!("аказ №{number}\n")])
}

async fn replies_with(person: &Visitor<'_>, to: MessageId, content: Content) {
    person.shop.emulator.reply_with(STAFF_CHAT, person.id, to, content);
    person.shop.settle().await;
}

async fn replies(person: &Visitor<'_>, to: MessageId, text: &str) -> MessageId {
    let reply = person.shop.emulator.reply(STAFF_CHAT, person.id, to, text);
    person.shop.settle().await;
    reply
}

/// Anna's question about her order 446, and what she has been told so far.
async fn asked(shop: &Shop) -> (MessageId, String) {
    shop.anna().orders(&[(TRIAL_30000, 1)]).await.taps("Вопрос по заказу").await.says("Как поставить?").await;
    (shop.vera().newest_of_the_bot(), shop.anna().chat())
}

async fn a_serial_number_in_an_answer_reaches_nobody(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.stocks("sp-1", &["KEY00000-AB00000"]).await;
    let (question, told) = asked(&shop).await;
    replies(&vera, question, "Вот KEY00000-AB00000 для вас").await;
    assert!(vera.screen().starts_with(NAMED), "{}", vera.screen());
    let photo = Content::Photo { bytes: vec![0xff, 0xd8, 0xff], caption: Some("key00000-ab00000".to_owned()) };
    replies_with(&vera, question, photo).await;
    assert!(vera.screen().starts_with("Похоже на серийные номера"), "{}", vera.screen());
    assert_eq!(anna.chat(), told);
    // Nor does it come by an edit of what was sent.
    let answer = replies(&vera, question, "Сейчас расскажем").await;
    let told = anna.chat();
    shop.emulator.edit(STAFF_CHAT, VERA, answer, "Вот KEY00000-AB00000 для вас");
    shop.settle().await;
    assert!(vera.screen().starts_with(NAMED), "{}", vera.screen());
    assert_eq!(anna.chat(), told);
    assert!(!shop.alert(446).contains("AB00000"), "{}", shop.alert(446));
}

async fn a_serial_number_reaches_nobody_however_it_is_written(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.stocks("sp-1", &["KEY00000-AB00000", "A/B+00000-1"]).await;
    let (question, told) = asked(&shop).await;
    for written in [
        "KEY00000\u{2011}AB00000",
        "key00000\u{2212}ab00000",
        "sp-1/KEY00000-AB00000",
        "KEY00000-AB00000+KEY00000-AB00001",
        "ключ|KEY00000-AB00000&ещё",
        "ключ(KEY00000-AB00000)ваш",
        "KEY00000\u{200b}-AB00000",
        "A/B+00000-1",
        "KEY00000 AB00000",
        "KEY00000AB00000",
        "key0 0000 - ab00 000",
        "номер KEY00000\n-AB00000",
    ] {
        replies(&vera, question, &format!("Вот {written} для вас")).await;
        assert!(vera.screen().starts_with(NAMED), "{written}: {}", vera.screen());
        assert_eq!(anna.chat(), told, "{written}");
    }
}

async fn a_serial_number_in_a_reason_cancels_nothing(shop: Shop) {
    shop.stocks("sp-1", &["KEY00000-AB00000"]).await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    let admin = shop.admin();
    admin.says("/cancel_order 446 Возьмите KEY00000\u{2010}AB00000 себе").await;
    assert!(admin.screen().starts_with(NAMED), "{}", admin.screen());
    for reason in ["Возьмите KEY00000-AB00000 себе", "Возьмите sp-1/KEY00000-AB00000"] {
        admin.says("/cancel_order 446").await.replies(reason).await;
        assert!(admin.screen().starts_with(NAMED), "{}", admin.screen());
        assert!(admin.screen().contains("почему отменяется") && !admin.screen().contains("AB00000"));
    }
    assert_eq!(shop.order(446).await.summary.status, Status::Placed);
}

async fn what_became_a_serial_number_since_it_was_typed_is_not_sent(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.anna().orders(&[(SP_1, 50)]).await;
    let told = anna.chat();
    replies(&vera, alert_of(&vera, 446), "Сначала скажите им спасибо за терпение").await;
    replies(&vera, alert_of(&vera, 446), "а потом дайте KEY00000-AB00000").await;
    shop.stocks("sp-1", &["KEY00000-AB00000"]).await;
    vera.taps("Отправить клиенту").await;
    assert!(vera.screen().starts_with(NAMED) && !vera.screen().contains("AB00000"), "{}", vera.screen());
    assert_eq!(anna.chat(), told);
    vera.taps("Отправить клиенту").await;
    assert!(anna.screen().contains("Сначала скажите им спасибо"), "{}", anna.screen());
    assert!(!anna.chat().contains("AB00000"), "{}", anna.chat());
    // The same of a reason that waits for its confirmation.
    let admin = shop.admin();
    admin.says("/cancel_order 446 Возьмите KEY00000-AB00009 себе").await;
    shop.stocks("sp-1", &["KEY00000-AB00009"]).await;
    admin.taps("Отменить заказ").await;
    assert!(admin.screen().starts_with(NAMED) && !admin.screen().contains("AB00009"), "{}", admin.screen());
    assert_eq!(shop.order(446).await.summary.status, Status::Placed);
}

async fn a_list_in_reply_to_a_question_waits_for_a_press(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    let (question, told) = asked(&shop).await;
    let workbook = saved(&[("Лист1", vec![vec![text("KEY-1")]])]);
    for file in [list("keys.txt", "KEY-1\n"), document("keys.xlsx", &workbook, "")] {
        replies_with(&vera, question, file).await;
        assert!(vera.screen().contains("[Отправить клиенту]") && vera.screen().contains(REMEDY), "{}", vera.screen());
        assert_eq!(anna.chat(), told);
        vera.taps("Не сейчас").await;
    }
    replies_with(&vera, question, list("ответ.txt", "Как поставить: запустите setup\n")).await;
    vera.taps("Отправить клиенту").await;
    assert_ne!(anna.chat(), told);
}

async fn a_workbook_for_an_order_that_is_not_invoiced_is_no_message(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(TRIAL_30000, 1)]).await;
    let workbook = || document("keys.xlsx", &saved(&[("Лист1", vec![vec![text("KEY-1")]])]), "");
    replies_with(&vera, alert_of(&vera, 446), workbook()).await;
    let said = vera.screen();
    replies_with(&vera, alert_of(&vera, 446), list("keys.txt", "KEY-1\n")).await;
    assert_eq!(vera.screen(), said, "a workbook is refused as a text is");
    shop.stocks("trial-30000", &["TR-00001"]).await;
    shop.completes(446).await;
    replies_with(&vera, alert_of(&vera, 446), workbook()).await;
    assert!(vera.screen().contains(REMEDY), "{}", vera.screen());
}

async fn a_file_that_delivers_nothing_is_offered_with_the_remedy(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(TRIAL_30000, 1)]).await;
    shop.staff_did(446, invoiced()).await;
    for name in ["keys.html", "keys.docx", "keys"] {
        replies_with(&vera, alert_of(&vera, 446), document(name, b"KEY-1", "")).await;
        assert!(vera.screen().contains(REMEDY), "{name}: {}", vera.screen());
        vera.taps("Не сейчас").await;
    }
}

async fn a_command_lets_go_of_what_was_asked_on_the_alert(shop: Shop) {
    let (admin, vera) = (shop.zoya(), shop.vera());
    shop.anna().orders(&[(SP_1, 50)]).await;
    let at_rest = shop.alert(446);
    for command in ["/find Анна", "/stock", "/staff", "/audit", "/queue"] {
        for step in ["Отменить…", "Другая сумма…"] {
            admin.taps(step).await;
            assert_ne!(shop.alert(446), at_rest, "{step}");
            admin.says(command).await;
            shop.clock.advance(TimeDelta::minutes(1));
            shop.settle().await;
            assert_eq!(shop.alert(446), at_rest, "{step}, {command}");
        }
    }
    vera.taps("Отменить…").await;
    assert_ne!(shop.alert(446), at_rest);
}

async fn a_figure_that_is_no_sum_is_said_to_be_none(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.staff_did(446, invoiced()).await;
    let twenty = "1".repeat(20);
    for typed in ["8.000", "8000.999", "8000/12", &twenty, "8,000", "-5", "1e5", "٢٥٠٠٠", "92233720368547758.07"] {
        replies(&vera, alert_of(&vera, 446), typed).await;
        assert!(vera.screen().starts_with(AMOUNT), "{typed}: {}", vera.screen());
    }
    // A day and a telephone number are talk.
    replies(&vera, alert_of(&vera, 446), "01.12.2015").await;
    assert!(vera.screen().contains("[Отправить клиенту]"), "{}", vera.screen());
}

async fn the_part_of_the_terms_that_was_not_understood_is_named(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    for typed in ["11000 due 01/12/2026", "11000 by 01/12/2026"] {
        replies(&vera, alert_of(&vera, 446), typed).await;
        assert!(vera.screen().starts_with("Срок оплаты не распознан"), "{typed}: {}", vera.screen());
    }
}

async fn the_same_invoice_again_tells_nobody_anything(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    replies(&vera, alert_of(&vera, 446), "9000").await;
    let told = anna.chat();
    replies(&vera, alert_of(&vera, 446), "9 000,00").await;
    assert_eq!(vera.screen(), "Счет по заказу №446 уже выставлен именно так, ничего не изменилось.");
    assert_eq!(anna.chat(), told);
    // With a day it is another one, and both can be told apart.
    shop.clock.advance(TimeDelta::minutes(5));
    replies(&vera, alert_of(&vera, 446), "9000 15.04.2015").await;
    let anew = "Он заменяет счет на 9 000,00 ₽ от 01.04.2015 12:30, прежний счет оплачивать не нужно.";
    assert!(anna.chat().contains(anew), "{}", anna.chat());
    let void = "вместо него выставлен счет на 9 000,00 ₽ от 01.04.2015 12:35.";
    assert!(anna.chat().contains(void), "{}", anna.chat());
    assert_eq!(shop.order(446).await.summary.status, Status::Invoiced);
}
