//! Staff's open screens: whatever somebody else does to an order, nothing that they show is stale.

use insta::assert_snapshot;
use keydesk_emulator::MessageId;

use crate::support::files::pdf;
use crate::support::shop::{OLEG, SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::{Visitor, shown};

on_both!(
    an_open_card_of_staff_follows_the_order,
    open_lists_of_orders_follow,
    a_question_that_was_overtaken_says_by_whom_and_offers_what_fits,
    a_question_about_a_finished_order_offers_nothing,
    what_others_do_stands_above_a_question_that_still_holds,
    a_typed_reason_outlives_what_others_do,
    the_list_of_the_stock_follows_a_completion,
    a_screen_that_was_deleted_does_not_come_back_by_itself,
    an_admins_own_order_follows_what_they_do_in_the_group,
    whoever_takes_an_order_that_is_taken_learns_whose_it_is,
);

/// The bot's newest message in this person's chat.
fn newest(person: &Visitor<'_>) -> MessageId {
    *person.screens().last().unwrap()
}

/// What a message shows now.
fn at(person: &Visitor<'_>, message: MessageId) -> String {
    person.shop.emulator.message(person.chat, message).map_or_else(|| "nothing".to_owned(), |message| shown(&message))
}

async fn an_open_card_of_staff_follows_the_order(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let (vera, oleg, admin) = (shop.vera(), shop.oleg(), shop.admin());
    shop.anna().orders(&[(SP_1, 50)]).await;
    vera.says("/order 446").await;
    admin.says("/order 446").await;
    let (card, chat) = (newest(&vera), admin.screens());
    oleg.taps("Взять в работу").await;
    for open in [at(&vera, card), admin.screen()] {
        assert!(open.contains("— в работе: Олег"), "{open}");
    }
    oleg.says("/invoice 446 12000").await;
    for (open, stock) in [(shop.alert(446), "[На складе 0 из 50]"), (admin.screen(), "[Выдать (0 из 50)…]")]
    {
        assert!(open.contains("Статус: Выставлен счет") && open.contains(stock), "{open}");
    }
    // A customer's words are news as well, and so is that something does not reach them.
    shop.anna().taps("Открыть заказ").await.taps("Вопрос по заказу").await.says("Когда?").await;
    assert!(admin.screen().contains("— вопрос (Анна Иванова): Когда?"), "{}", admin.screen());
    shop.emulator.block(shop.anna().id);
    oleg.says("/invoice 446 13000").await;
    assert!(admin.screen().contains("Не доставлено: Анна Иванова"), "{}", admin.screen());
    assert_eq!(admin.screens(), chat);
}

async fn open_lists_of_orders_follow(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let (admin, oleg) = (shop.admin(), shop.oleg());
    admin.says("/queue").await;
    let list = admin.screens();
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert!(admin.screen().contains("№446"), "{}", admin.screen());
    admin.says("/find Анна").await;
    oleg.says("/invoice 446 12000").await;
    assert!(admin.screen().contains("Выставлен счет"), "{}", admin.screen());
    // Several changes that come soon after each other are one edit.
    let edits = || shop.emulator.calls().iter().filter(|call| call.chat_id == Some(admin.id)).count();
    let before = edits();
    for amount in ["13000", "14000", "15000"] {
        oleg.writes(&format!("/invoice 446 {amount}"));
    }
    shop.settle().await;
    assert_eq!(edits(), before + 1);
    assert_eq!(admin.screens().len(), list.len());
}

async fn a_question_that_was_overtaken_says_by_whom_and_offers_what_fits(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let (admin, oleg) = (shop.admin(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    admin.says("/invoice 446").await;
    let question = newest(&admin);
    oleg.says("/invoice 446 12000").await;
    assert_snapshot!(at(&admin, question), @r"
        Зоя, пока вы отвечали, заказ №446 изменился:
        01.04.2015 12:30 — выставлен счет на 12 000,00 ₽: Олег
        [Взять в работу]
        [Отменить…]
        [Другая сумма…] [Выдать (0 из 50)…]
        ");
    shop.emulator.reply(admin.chat, admin.id, question, "11000");
    shop.settle().await;
    assert_snapshot!(admin.screen(), @r"
        Заказ №446 уже в статусе «Выставлен счет», это сделано раньше: Олег, 01.04.2015 12:30

        Заказ №446
        Статус: Выставлен счет
        Дата размещения: 01.04.2015 12:30
        Клиент: Анна Иванова, @anna, учетная запись 1

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — выставлен счет на 12 000,00 ₽: Олег
        [Взять в работу]
        [Отменить…]
        [Другая сумма…] [Выдать (0 из 50)…]
        ");
    assert_eq!(shop.order(446).await.invoice().unwrap().amount.minor(), 1_200_000);
    // The buttons of the overtaken question work.
    admin.says("/invoice 446").await;
    let question = newest(&admin);
    oleg.says("/invoice 446 13000").await;
    assert!(at(&admin, question).starts_with("Зоя, пока вы отвечали"), "{}", at(&admin, question));
    shop.emulator.press(admin.chat, admin.id, question, "s:446:invoice");
    shop.settle().await;
    assert!(at(&admin, question).starts_with("Зоя, на какую сумму"), "{}", at(&admin, question));
    shop.emulator.reply(admin.chat, admin.id, question, "14000");
    shop.settle().await;
    assert_eq!(shop.order(446).await.invoice().unwrap().amount.minor(), 1_400_000);
}

async fn a_question_about_a_finished_order_offers_nothing(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let (admin, oleg) = (shop.admin(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    admin.says("/cancel_order 446").await;
    let question = newest(&admin);
    oleg.says("/cancel_order 446 Ошибка").await.taps("Отменить заказ").await;
    assert_snapshot!(at(&admin, question), @r"
        Зоя, пока вы отвечали, заказ №446 изменился:
        01.04.2015 12:30 — отменен: Олег. Ошибка
        ");
}

async fn what_others_do_stands_above_a_question_that_still_holds(shop: Shop) {
    let (admin, oleg) = (shop.admin(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    admin.says("/invoice 446").await;
    let question = newest(&admin);
    oleg.taps("Взять в работу").await;
    shop.anna().taps("Вопрос по заказу").await.says("Можно без НДС?").await;
    assert_snapshot!(at(&admin, question), @r"
        Пока вы отвечали:
        01.04.2015 12:30 — в работе: Олег
        01.04.2015 12:30 — вопрос (Анна Иванова): Можно без НДС?

        Зоя, на какую сумму выставить счет по заказу №446?
        Нажмите сумму заказа или ответьте на это сообщение суммой, файлом PDF или файлом PDF с суммой в подписи. После суммы можно указать срок оплаты: 25000 15.04.2015
        [Счет на 11 000,00 ₽]
        [11 000,00 ₽, оплатить до 06.04.2015]
        [11 000,00 ₽, оплатить до 11.04.2015]
        [11 000,00 ₽, оплатить до 15.04.2015]
        [Не сейчас]
        ");
    // Who took an order does not keep others from it.
    shop.emulator.reply_with(admin.chat, admin.id, question, pdf("10000"));
    shop.settle().await;
    assert_eq!(admin.sentence(), "Заказ №446: счет выставлен.");
}

async fn a_typed_reason_outlives_what_others_do(shop: Shop) {
    let (admin, oleg) = (shop.admin(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    admin.says("/cancel_order 446").await.replies("Клиент передумал").await;
    let question = newest(&admin);
    oleg.taps("Взять в работу").await;
    assert_snapshot!(at(&admin, question), @r"
        Пока вы отвечали:
        01.04.2015 12:30 — в работе: Олег

        Зоя, отменить заказ №446?
        Причина: Клиент передумал
        [Не сейчас] [Отменить заказ]
        ");
    admin.taps("Отменить заказ").await;
    assert!(shop.alert(446).contains("— отменен: Зоя. Клиент передумал"), "{}", shop.alert(446));
}

async fn the_list_of_the_stock_follows_a_completion(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    shop.stocks_many("sp-1", 60).await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    let (admin, oleg) = (shop.admin(), shop.oleg());
    oleg.says("/invoice 446 11000").await;
    admin.says("/stock").await;
    assert!(admin.screen().contains("60 шт."), "{}", admin.screen());
    oleg.says("/complete 446").await.taps_starting("Выдать со склада").await;
    assert!(admin.screen().contains("10 шт."), "{}", admin.screen());
}

async fn a_screen_that_was_deleted_does_not_come_back_by_itself(shop: Shop) {
    let (vera, oleg) = (shop.vera(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    vera.says("/queue").await;
    shop.emulator.delete_message(STAFF_CHAT, newest(&vera));
    let before = vera.screens();
    oleg.taps("Взять в работу").await;
    oleg.taps("Отменить…").await;
    assert_eq!(vera.screens(), before, "{}", vera.chat());
    assert!(vera.says("/queue").await.screen().contains("Олег"), "{}", vera.screen());
}

async fn an_admins_own_order_follows_what_they_do_in_the_group(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let admin = shop.admin();
    admin.orders(&[(SP_1, 50)]).await;
    let card = newest(&admin);
    shop.zoya().says("/invoice 446 12000").await;
    assert!(at(&admin, card).contains("Статус: Выставлен счет"), "{}", at(&admin, card));
}

async fn whoever_takes_an_order_that_is_taken_learns_whose_it_is(shop: Shop) {
    let (vera, oleg) = (shop.vera(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    let alert = newest(&vera);
    assert_eq!(vera.forges_on(alert, "s:446:take").await.unwrap(), "Заказ №446 теперь ваш.");
    let said = oleg.forges_on(alert, "s:446:take").await.unwrap();
    assert_snapshot!(said, @"Заказ №446 уже в работе: Вера, 01.04.2015 12:30");
    // A second tap is no race that somebody else won.
    assert_eq!(vera.forges_on(alert, "s:446:take").await.unwrap(), "Заказ №446 теперь ваш.");
    assert_eq!(shop.order(446).await.events.len(), 2);
    // It is everybody's to act on all the same.
    oleg.taps("Счет на 11 000,00 ₽").await;
    assert!(shop.alert(446).contains("— выставлен счет на 11 000,00 ₽: Олег"), "{}", shop.alert(446));
}
