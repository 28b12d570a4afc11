//! The note on an order.

use insta::assert_snapshot;
use keydesk_emulator::{Content, Person};

use super::words::{NOTE_EXPECTED, NOTE_TOO_LONG};
use crate::support::shop::{SP_1, Shop, on_both};
use crate::support::visitor::Visitor;

on_both!(a_note_is_added_changed_and_stands_on_the_card_and_the_alert);

async fn a_note_is_added_changed_and_stands_on_the_card_and_the_alert(shop: Shop) {
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    assert_snapshot!(anna.taps("Добавить примечание").await.screen(), @r"
        Примечание к заказу
        Напишите примечание или номер вашей заявки, до 300 знаков.
        [‹ Назад]
        ");
    assert_snapshot!(anna.says("Заявка 17").await.screen(), @r"
        Подтверждение заказа

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽
        Примечание: Заявка 17

        Проверьте заказ и отправьте его.
        [Отправить заказ]
        [Изменить примечание]
        [‹ Назад] [11 000,00 ₽]
        ");
    assert_snapshot!(anna.taps("Изменить примечание").await.screen(), @r"
        Примечание к заказу
        Напишите примечание или номер вашей заявки, до 300 знаков.

        Сейчас: Заявка 17
        [‹ Назад] [Убрать примечание]
        ");
    anna.says("Заявка 18").await.taps("Отправить заказ").await;
    assert!(anna.screen().contains("Примечание: Заявка 18\n"), "{}", anna.screen());
    assert!(shop.staff_chat()[0].contains("\nПримечание: Заявка 18\n"), "{}", shop.staff_chat()[0]);
}

async fn asked_for_a_note(anna: &Visitor<'_>) {
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await.taps("Добавить примечание").await;
}

#[tokio::test]
async fn a_note_can_be_removed_and_back_keeps_it() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    asked_for_a_note(&anna).await;
    let noted = anna.says("Заявка 17").await.screen();
    assert_eq!(anna.taps("Изменить примечание").await.taps("‹ Назад").await.screen(), noted);
    anna.taps("Изменить примечание").await.taps("Убрать примечание").await;
    assert!(!anna.screen().contains("Заявка 17"), "{}", anna.screen());
    assert!(!anna.taps("Отправить заказ").await.screen().contains("Примечание"), "{}", anna.screen());
}

#[tokio::test]
async fn a_note_that_is_too_long_or_no_text_is_refused_and_asked_for_again() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    asked_for_a_note(&anna).await;
    for long in ["я".repeat(301), "я".repeat(4096), "<".repeat(4096)] {
        assert_eq!(anna.says(&long).await.sentence(), NOTE_TOO_LONG);
    }
    assert_eq!(anna.sends(Content::Sticker).await.sentence(), NOTE_EXPECTED);
    assert_eq!(anna.says("\u{200b}\u{202e}").await.sentence(), NOTE_EXPECTED);
    assert_eq!(anna.screens().len(), 1);
    anna.says(&"я".repeat(300)).await;
    assert!(anna.taps("Отправить заказ").await.screen().contains(&"я".repeat(300)));
}

#[tokio::test]
async fn a_hostile_note_and_name_are_shown_as_plain_text() {
    let shop = Shop::open().await;
    shop.emulator.add_person(Person {
        id: 666,
        first_name: "</b><a href=\"tg://user?id=1\">Админ</a>\u{202e}".to_owned(),
        last_name: Some("&amp;\u{200b}\nИтого: 0".to_owned()),
        username: None,
        language_code: Some("ru".to_owned()),
    });
    let stranger = Visitor { shop: &shop, id: 666, chat: 666 };
    asked_for_a_note(&stranger).await;
    stranger.says("<b>жирно</b> & &lt;tag&gt;\u{202e}txet { $price } </i>\u{7}").await;
    assert_snapshot!(stranger.taps("Отправить заказ").await.screen(), @r"
        Заказ отправлен, мы сообщим, когда будет выставлен счет.

        Заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽
        Примечание: <b>жирно</b> & &lt;tag&gt;txet { $price } </i>

        01.04.2015 12:30 — Размещен
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    assert_snapshot!(shop.staff_chat()[0], @r#"
        Новый заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015 12:30
        Клиент: </b><a href="tg://user?id=1">Админ</a>…, учетная запись 1

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽
        Примечание: <b>жирно</b> & &lt;tag&gt;txet { $price } </i>
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        "#);
}
