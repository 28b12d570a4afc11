//! Every message that shows an order follows it, and an invoice that is replaced says so.

use insta::assert_snapshot;
use keydesk_emulator::{EntityKind, MessageId};

use crate::support::files::pdf;
use crate::support::shop::{OLEG, SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::{Visitor, shown};

on_both!(
    an_order_that_is_asked_for_in_the_group_moves_its_alert_there,
    a_card_that_was_left_for_another_screen_follows,
    a_colleagues_open_card_follows_whatever_is_done,
    an_invoice_that_is_replaced_says_so_everywhere,
    whoever_unblocks_the_bot_is_not_told_of_what_is_overtaken,
    a_long_trail_is_folded,
);

fn at(person: &Visitor<'_>, message: MessageId) -> String {
    person.shop.emulator.message(person.chat, message).map_or_else(|| "nothing".to_owned(), |message| shown(&message))
}

fn edits(shop: &Shop) -> usize {
    let calls = shop.emulator.calls();
    calls
        .iter()
        .filter(|call| call.chat_id == Some(STAFF_CHAT) && call.method.to_lowercase().starts_with("edit"))
        .count()
}

async fn an_order_that_is_asked_for_in_the_group_moves_its_alert_there(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let (vera, oleg, admin) = (shop.vera(), shop.oleg(), shop.admin());
    shop.anna().orders(&[(SP_1, 50)]).await;
    let former = vera.newest_of_the_bot();
    admin.says("/order 446").await;
    vera.says("/order 446").await;
    let alert = vera.newest_of_the_bot();
    assert_ne!(alert, former);
    assert_eq!(at(&vera, former), "Заказ №446: сообщение о нем теперь ниже в чате.");
    // However often it was asked for, a change is one edit.
    oleg.says("/order 446").await;
    let (alert, before) = (oleg.newest_of_the_bot(), edits(&shop));
    oleg.taps("Счет на 11 000,00 ₽").await;
    assert_eq!(edits(&shop), before + 1);
    for (card, stock) in [(at(&oleg, alert), "[На складе 0 из 50]"), (admin.screen(), "[Выдать (0 из 50)…]")]
    {
        assert!(card.contains("Статус: Выставлен счет") && card.contains(stock), "{card}");
    }
    // Who answers the former one means the order all the same, and so does a command.
    shop.emulator.reply(STAFF_CHAT, OLEG, former, "12000");
    shop.settle().await;
    assert_eq!(shop.order(446).await.invoice().unwrap().amount.minor(), 1_200_000);
    oleg.says("/invoice 446 13000").await;
    assert!(oleg.screen().contains("выставлен счет на 13 000,00 ₽ вместо 12 000,00 ₽: Олег"), "{}", oleg.screen());
    oleg.says("/cancel_order 446").await;
    assert!(oleg.screen().contains("[По просьбе клиента]"), "{}", oleg.screen());
    oleg.says("/complete 447").await;
    assert_eq!(oleg.screen(), "Олег\nЗаказа №447 нет, проверьте номер.");
}

async fn a_card_that_was_left_for_another_screen_follows(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    let card = anna.newest_of_the_bot();
    anna.taps("Заказы").await;
    vera.taps("Счет на 11 000,00 ₽").await;
    let followed = at(&anna, card);
    assert!(followed.contains("Статус: Выставлен счет") && followed.contains("[Повторить заказ]"), "{followed}");
    vera.taps("Отменить…").await.taps("По просьбе клиента").await.taps("Отменить заказ").await;
    assert!(at(&anna, card).contains("Статус: Отменен"), "{}", at(&anna, card));
}

async fn a_colleagues_open_card_follows_whatever_is_done(shop: Shop) {
    let (anna, dina) = (shop.anna(), shop.visitor(150, "ru"));
    dina.says("/start").await;
    anna.orders(&[(SP_1, 50)]).await;
    shop.share_an_account(101, 150).await;
    dina.says("/order 446").await;
    anna.taps("Вопрос по заказу").await.says("Когда?").await;
    assert!(dina.screen().contains("— Вопрос: Когда?"), "{}", dina.screen());
}

async fn an_invoice_that_is_replaced_says_so_everywhere(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    let alert = vera.newest_of_the_bot();
    shop.emulator.reply_with(STAFF_CHAT, VERA, alert, pdf(""));
    shop.settle().await;
    let first = anna.newest_of_the_bot();
    assert!(shop.emulator.message(anna.chat, first).unwrap().document().is_some());
    anna.taps("Открыть заказ").await.taps("Счет файлом").await;
    let again = anna.newest_of_the_bot();
    shop.emulator.reply(STAFF_CHAT, VERA, alert, "12000");
    shop.settle().await;
    assert_snapshot!(anna.screen(), @r"
        По заказу №446 выставлен новый счет на 12 000,00 ₽.
        Он заменяет счет на 11 000,00 ₽ от 01.04.2015 12:30, прежний счет оплачивать не нужно.
        [Открыть заказ]
        ");
    let second = anna.newest_of_the_bot();
    assert_snapshot!(at(&anna, first), @r"
        Счет по заказу №446 на 11 000,00 ₽
        Этот счет больше не действует, вместо него выставлен счет на 12 000,00 ₽ от 01.04.2015 12:30.
        [Открыть заказ]
        ");
    assert_eq!(at(&anna, first), at(&anna, again));
    anna.taps("Открыть заказ").await;
    assert_snapshot!(anna.screen(), @r"
        Заказ №446
        Статус: Выставлен счет
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Выставлен счет: 11 000,00 ₽
        01.04.2015 12:30 — Выставлен счет: 12 000,00 ₽ вместо 11 000,00 ₽
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    // The former document is not given again.
    assert!(!anna.screen().contains("Счет файлом"), "{}", anna.screen());
    shop.emulator.reply_with(STAFF_CHAT, VERA, alert, pdf("13000 15.04.2015"));
    shop.settle().await;
    assert!(at(&anna, second).contains("вместо него выставлен счет на 13 000,00 ₽"), "{}", at(&anna, second));
    assert!(at(&anna, first).contains("вместо него выставлен счет на 13 000,00 ₽"), "{}", at(&anna, first));
    assert_snapshot!(anna.screen(), @r"
        По заказу №446 выставлен новый счет на 13 000,00 ₽.
        Он заменяет счет на 12 000,00 ₽ от 01.04.2015 12:30, прежний счет оплачивать не нужно.
        Оплатите его, пожалуйста, до 15.04.2015.
        [Открыть заказ]
        ");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Выставлен счет
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — выставлен счет на 11 000,00 ₽: Вера
        01.04.2015 12:30 — выставлен счет на 12 000,00 ₽ вместо 11 000,00 ₽: Вера
        01.04.2015 12:30 — выставлен счет на 13 000,00 ₽ вместо 12 000,00 ₽ (оплатить до 15.04.2015): Вера
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [На складе 0 из 50]
        [Другой файл…]
        ");
}

async fn whoever_unblocks_the_bot_is_not_told_of_what_is_overtaken(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    let (card, alert) = (anna.newest_of_the_bot(), vera.newest_of_the_bot());
    shop.emulator.block(anna.id);
    for reply in [pdf(""), pdf("12000")] {
        shop.emulator.reply_with(STAFF_CHAT, VERA, alert, reply);
        shop.settle().await;
    }
    shop.emulator.unblock(anna.id);
    shop.settle().await;
    assert_snapshot!(anna.chat(), @r"
        /start
        ----
        /new
        ----
        50
        ----
        Заказ №446
        Статус: Выставлен счет
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Выставлен счет: 11 000,00 ₽
        01.04.2015 12:30 — Выставлен счет: 12 000,00 ₽ вместо 11 000,00 ₽
        [Счет файлом]
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ----
        Счет по заказу №446 на 11 000,00 ₽
        Этот счет больше не действует, вместо него выставлен счет на 12 000,00 ₽ от 01.04.2015 12:30.
        [Открыть заказ]
        ----
        По заказу №446 выставлен новый счет на 12 000,00 ₽.
        Он заменяет счет на 11 000,00 ₽ от 01.04.2015 12:30, прежний счет оплачивать не нужно.
        [Открыть заказ]
        ");
    assert!(at(&anna, card).contains("Статус: Выставлен счет"), "{}", at(&anna, card));
}

async fn a_long_trail_is_folded(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    let alert = vera.newest_of_the_bot();
    let is_folded = || {
        let message = shop.emulator.message(STAFF_CHAT, alert).unwrap();
        message.entities.iter().any(|entity| entity.kind == EntityKind::ExpandableBlockquote)
    };
    for amount in 11_000..11_005 {
        shop.emulator.reply(STAFF_CHAT, VERA, alert, &amount.to_string());
        shop.settle().await;
    }
    assert!(!is_folded(), "{}", shop.alert(446));
    shop.emulator.reply(STAFF_CHAT, VERA, alert, "11005");
    shop.settle().await;
    assert!(is_folded(), "{}", shop.alert(446));
    // Nothing is left out by that.
    assert_eq!(shop.alert(446).matches("выставлен счет на").count(), 6, "{}", shop.alert(446));
}
