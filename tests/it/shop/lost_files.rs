//! Files that Telegram does not give out any more, or that a group does not take.

use insta::assert_snapshot;
use keydesk_emulator::{Body, Content, FaultKind};

use crate::support::files::{document, pdf};
use crate::support::shop::{SP_1, STAFF_CHAT, Shop, on_both};

on_both!(
    an_invoice_whose_file_is_lost_says_so_to_customer_and_staff,
    a_file_that_is_lost_later_is_promised_no_more,
    what_the_staff_chat_cannot_have_is_said_there,
);

const LOST: &str = "Bad Request: wrong file identifier/HTTP URL specified";

fn refusal(description: &str) -> FaultKind {
    FaultKind::Refuse { code: 400, description: description.to_owned() }
}

async fn invoiced_with_a_file(shop: &Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.vera().taps("Другая сумма…").await.replies_with(pdf("11000")).await;
}

async fn an_invoice_whose_file_is_lost_says_so_to_customer_and_staff(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.suffers("sendDocument", anna.id, refusal(LOST));
    invoiced_with_a_file(&shop).await;
    assert_snapshot!(anna.screen(), @r"
        По заказу №446 выставлен счет на 11 000,00 ₽.
        Файл приложить не удалось: Telegram его больше не отдает. Продавец это видит и пришлет файл заново.
        [Открыть заказ]
        ");
    assert_snapshot!(shop.alert(446).lines().rev().nth(4).unwrap(), @"[Взять в работу]");
    anna.taps("Открыть заказ").await;
    assert!(!anna.screen().contains("Счет файлом"), "{}", anna.screen());
    vera.taps("Другая сумма…").await.replies_with(document("Новый.pdf", b"%PDF-1.4 anew", "11000")).await;
    assert_eq!(anna.message().unwrap().document().unwrap().name, "Новый.pdf");
    anna.taps("Открыть заказ").await.taps("Счет файлом").await;
    assert!(matches!(anna.message().unwrap().body, Body::Document(_)), "{}", anna.screen());
}

async fn a_file_that_is_lost_later_is_promised_no_more(shop: Shop) {
    let anna = shop.anna();
    invoiced_with_a_file(&shop).await;
    anna.taps("Открыть заказ").await;
    let (card, data) = anna.button("Счет файлом");
    shop.suffers("sendDocument", anna.id, refusal("Bad Request: FILE_REFERENCE_EXPIRED"));
    anna.taps("Счет файлом").await;
    assert_snapshot!(anna.screen(), @r"
        Счет по заказу №446 на 11 000,00 ₽
        Файл приложить не удалось: Telegram его больше не отдает. Продавец это видит и пришлет файл заново.
        [Открыть заказ]
        ");
    assert_eq!(shop.alert(446).matches("не дошел").count(), 1, "{}", shop.alert(446));
    anna.forges_on(card, &data).await;
    let chat = shop.chat(anna.id);
    let pressed = chat.iter().find(|text| {
        text.starts_with(
            "Статус заказа изменился, сейчас это сделать нельзя. Что можно сделать, показывают кнопки ниже.",
        )
    });
    assert!(!pressed.unwrap().contains("Счет файлом"), "{chat:?}");
}

async fn what_the_staff_chat_cannot_have_is_said_there(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await;
    let photo = Content::Photo { bytes: vec![0xff, 0xd8, 0xff, 0xe0, 7], caption: Some("Оплатили".to_owned()) };
    let mut told = Vec::new();
    for refused in [
        "Bad Request: wrong remote file identifier specified: can't unserialize it",
        "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN",
    ] {
        shop.suffers("sendPhoto", STAFF_CHAT, refusal(refused));
        anna.taps("Вопрос по заказу").await.sends(photo.clone()).await;
        told.push(oleg.screen());
    }
    assert_snapshot!(told.join("\n----\n"), @r"
        Вопрос по заказу №446
        Анна Иванова спрашивает. Ответьте на это сообщение, и клиент получит ваш ответ.
        Оплатили
        Файл приложить не удалось: Telegram его больше не отдает. Попросите, пожалуйста, прислать его заново.
        [Ответ не нужен]
        ----
        Вопрос по заказу №446
        Анна Иванова спрашивает. Ответьте на это сообщение, и клиент получит ваш ответ.
        Оплатили
        Файл приложить не удалось: группа не принимает файлы от бота. Разрешите их и попросите прислать файл заново.
        [Ответ не нужен]
        ");
    assert_eq!(shop.alert(446).matches("фотография не дошла").count(), 1, "{}", shop.alert(446));
}
