//! What customers are told, whoever they are by then and wherever they look.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk_emulator::FaultKind;

use crate::support::actions::{cancelled, invoiced};
use crate::support::files::pdf;
use crate::support::outbox::{Delivery, messages_of};
use crate::support::shop::{OLEG, SP_1, STAFF_CHAT, Shop, TRIAL_30000, VERA, catalogue_with, on_both};

on_both!(
    what_a_group_did_not_take_follows_when_it_takes_again,
    whoever_blocked_the_bot_is_shown_to_staff_and_told_when_back,
    whoever_is_back_before_a_late_refusal_is_told,
    whose_telegram_account_is_gone_is_shown_to_staff,
    everybody_of_an_account_is_told_in_their_own_language_of_that_moment,
    an_open_card_follows_the_order,
    an_invoice_can_be_issued_anew_while_it_is_not_paid,
    an_invoice_that_may_have_come_before_says_so_even_when_it_is_void,
    an_order_for_nothing_completes_without_an_invoice,
);

async fn what_a_group_did_not_take_follows_when_it_takes_again(shop: Shop) {
    let no_rights = "Bad Request: not enough rights to send text messages to the chat";
    shop.suffers("sendMessage", STAFF_CHAT, FaultKind::Refuse { code: 400, description: no_rights.to_owned() });
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.anna().orders(&[(SP_1, 100)]).await;
    assert_eq!(shop.staff_chat().len(), 0);
    shop.clock.advance(TimeDelta::seconds(30));
    shop.delivers().await;
    let alerts: Vec<_> = shop.staff_chat().iter().map(|text| text.lines().next().unwrap().to_owned()).collect();
    assert_eq!(alerts, ["Новый заказ №446", "Новый заказ №447"]);
}

async fn whoever_blocked_the_bot_is_shown_to_staff_and_told_when_back(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    shop.emulator.block(anna.id);
    shop.settle().await;
    let before = anna.chat();
    vera.taps("Счет на 11 000,00 ₽").await;
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Выставлен счет
        …
        Не доставлено: Анна Иванова (бот заблокирован)
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — выставлен счет на 11 000,00 ₽: Вера
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [На складе 0 из 50]
        [Другой файл…]
        ");
    vera.taps("Отменить…").await.taps("Счет не оплачен в срок").await.taps("Отменить заказ").await;
    assert_eq!(anna.chat(), before);
    let mut tx = shop.store().read();
    let kept = messages_of(&mut tx, keydesk::domain::OrderNumber(446)).await;
    let waiting = kept.iter().filter(|notice| matches!(notice.delivery, Delivery::Parked | Delivery::Pending));
    assert_eq!(waiting.count(), 2);
    drop(tx);
    let messages = shop.staff_chat().len();
    shop.emulator.unblock(anna.id);
    shop.settle().await;
    assert_snapshot!(anna.chat().replace(&before, "…"), @r"
        /start
        ----
        /new
        ----
        50
        ----
        Заказ №446
        Статус: Отменен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Выставлен счет: 11 000,00 ₽
        01.04.2015 12:30 — Отменен. Счет не оплачен в срок
        [Вопрос по заказу]
        [Повторить заказ]
        [Заказы] [Меню]
        ----
        Счет по заказу №446 на 11 000,00 ₽
        Этот счет больше не действует: заказ отменен.
        [Открыть заказ]
        ----
        Заказ №446 отменен.
        Причина: Счет не оплачен в срок
        [Открыть заказ]
        ");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Отменен
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — выставлен счет на 11 000,00 ₽: Вера
        01.04.2015 12:30 — отменен: Вера. Счет не оплачен в срок
        ");
    assert_eq!(shop.staff_chat().len(), messages);
}

async fn whoever_is_back_before_a_late_refusal_is_told(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await.presses("Счет на 11 000,00 ₽");
    shop.takes_all_updates().await;
    shop.suffers("sendMessage", anna.id, FaultKind::BlockedUntilBack);
    let comes_back = async {
        shop.emulator.until(|world| world.pending_updates() > 0).await;
        shop.takes_all_updates().await;
    };
    tokio::join!(shop.delivers(), comes_back);
    assert_snapshot!(anna.screen(), @r"
        По заказу №446 выставлен счет на 11 000,00 ₽.
        [Открыть заказ]
        ");
    assert!(!shop.alert(446).contains("Не доставлено"), "{}", shop.alert(446));
    // Whoever stays away is shown to staff all the same.
    shop.emulator.block(anna.id);
    vera.taps("Отменить…").await.taps("Счет не оплачен в срок").await.taps("Отменить заказ").await;
    assert!(shop.alert(446).contains("Не доставлено: Анна Иванова (бот заблокирован)"), "{}", shop.alert(446));
}

async fn whose_telegram_account_is_gone_is_shown_to_staff(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.emulator.deactivate(shop.anna().id);
    shop.vera().taps("Счет на 11 000,00 ₽").await;
    assert_snapshot!(shop.alert(446).lines().nth(4).unwrap(), @"Не доставлено: Анна Иванова (учетная запись Telegram удалена)");
}

async fn everybody_of_an_account_is_told_in_their_own_language_of_that_moment(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let (anna, boris, vera) = (shop.anna(), shop.boris(), shop.vera());
    boris.says("/start").await;
    anna.orders(&[(SP_1, 50)]).await;
    shop.share_an_account(anna.id, boris.id).await;
    shop.emulator.press(STAFF_CHAT, VERA, *vera.screens().last().unwrap(), "s:446:invoice");
    shop.settle().await;
    anna.says("/settings").await;
    vera.presses("Счет на 11 000,00 ₽");
    shop.takes_all_updates().await;
    // The notices wait; meanwhile Anna turns to English.
    anna.presses("English");
    shop.settle().await;
    let told = "Order #446 has been invoiced: RUB 11,000.00.";
    assert!(anna.chat().contains(told) && boris.chat().contains(told), "{}\n====\n{}", anna.chat(), boris.chat());
    vera.taps("Отменить…").await.says("/cancel_order 446 Цены изменились").await.taps("Отменить заказ").await;
    assert_snapshot!(anna.screen(), @r"
        Order #446 has been cancelled.
        Reason: Цены изменились
        [Open the order]
        ");
    assert_snapshot!(boris.screen(), @r"
        Order #446 has been cancelled.
        Reason: Цены изменились
        [Open the order]
        ");
    // The colleague sees the order among theirs.
    boris.taps("Open the order").await;
    assert_snapshot!(boris.screen(), @r"
        Order #446
        Status: Cancelled
        Date placed: 1 Apr 2015
        Placed by: Анна Иванова

        Guardant SP licence, 1 activation
        50 keys — RUB 11,000.00

        Total: 50 keys — RUB 11,000.00

        1 Apr 2015 12:30 — Placed
        1 Apr 2015 12:30 — Invoiced: RUB 11,000.00
        1 Apr 2015 12:30 — Cancelled. Цены изменились
        [Ask about the order]
        [Repeat order]
        [Orders] [Menu]
        ");
}

async fn an_open_card_follows_the_order(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await.says("/order 446").await;
    let card = *anna.screens().last().unwrap();
    vera.taps("Счет на 11 000,00 ₽").await;
    let shown =
        |shop: &Shop| shop.emulator.message(101, card).unwrap().text.lines().nth(1).unwrap_or_default().to_owned();
    assert_eq!(shown(&shop), "Статус: Выставлен счет");
    assert_snapshot!(anna.screen(), @r"
        По заказу №446 выставлен счет на 11 000,00 ₽.
        [Открыть заказ]
        ");
    shop.stocks_many("sp-1", 200).await;
    vera.taps_starting("Выдать со склада").await;
    assert_eq!(shown(&shop), "Статус: Выполнен");
    // So does the card of another order stand still, and what somebody types is not lost.
    anna.says("/new").await.taps(SP_1).await;
    let form = anna.screen();
    shop.staff_did(446, cancelled()).await;
    shop.settle().await;
    assert_eq!(anna.screen(), form);
}

async fn an_invoice_can_be_issued_anew_while_it_is_not_paid(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await.replies_with(pdf("")).await;
    assert_snapshot!(anna.screen(), @r"
        По заказу №446 выставлен счет на 11 000,00 ₽.
        [Открыть заказ]
        ");
    vera.replies("9 999,99 2015-05-01").await;
    assert_snapshot!(anna.screen(), @r"
        По заказу №446 выставлен новый счет на 9 999,99 ₽.
        Он заменяет счет на 11 000,00 ₽ от 01.04.2015 12:30, прежний счет оплачивать не нужно.
        Оплатите его, пожалуйста, до 01.05.2015.
        [Открыть заказ]
        ");
    anna.taps("Открыть заказ").await;
    // The document belonged to the first invoice.
    assert_snapshot!(anna.screen(), @r"
        Заказ №446
        Статус: Выставлен счет
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Выставлен счет: 11 000,00 ₽
        01.04.2015 12:30 — Выставлен счет: 9 999,99 ₽ вместо 11 000,00 ₽, оплатить до 01.05.2015
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    let said = anna.forges("c:446:invoice").await;
    assert_snapshot!(format!("{said:?} {}", anna.sentence()), @"None Статус заказа изменился, сейчас это сделать нельзя. Что можно сделать, показывают кнопки ниже.");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Выставлен счет
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — выставлен счет на 11 000,00 ₽: Вера
        01.04.2015 12:30 — выставлен счет на 9 999,99 ₽ вместо 11 000,00 ₽ (оплатить до 01.05.2015): Вера
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [На складе 0 из 50]
        [Другой файл…]
        ");
}

async fn an_invoice_that_may_have_come_before_says_so_even_when_it_is_void(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    // Long enough for the flood limits to forget her taps.
    shop.clock.advance(TimeDelta::minutes(1));
    vera.presses("Счет на 11 000,00 ₽");
    shop.takes_all_updates().await;
    shop.suffers("sendMessage", anna.id, FaultKind::DropAfter);
    let before = anna.chat();
    for _ in 0..20 {
        shop.takes_all_updates_beside_deliveries(1).await;
    }
    assert_ne!(anna.chat(), before);
    shop.staff_did(446, invoiced()).await;
    shop.delivers().await;
    let repeated = anna.screen();
    assert!(repeated.starts_with("Повторно: предыдущее сообщение могло не дойти.\nСчет по заказу №446"), "{repeated}");
}

async fn an_order_for_nothing_completes_without_an_invoice(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    shop.applies(&catalogue_with("4600.00", "0.00")).await;
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(TRIAL_30000, 3)]).await;
    assert_snapshot!(vera.desk(446).await, @r"
        Новый заказ №446
        Статус: Размещен
        …
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [На складе 0 из 3]
        [Другой файл…]
        ");
    shop.stocks_many("trial-30000", 3).await;
    vera.taps_starting("Выдать со склада").await;
    assert_snapshot!(anna.screen(), @r"
        Заказ №446 выполнен.
        В файле 3 серийных номера.
        Скопировать их можно и здесь: раскройте список и нажмите на номер.
        TRIAL-30000-000001
        TRIAL-30000-000002
        TRIAL-30000-000003
        SHA-256 файла: 3f31a39b4339eea485ba7541b3003897382f8ccb958f4402f94537cfddd4a4e7
        [Открыть заказ]
        [Документация]
        ");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Выполнен
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — выполнен: Вера
        ");
    // What costs something does not.
    anna.orders(&[(SP_1, 50)]).await;
    vera.says("/complete 447").await;
    assert_eq!(vera.screen(), "Вера\nСначала выставьте счет по заказу №447.");
    shop.staff_did(447, invoiced()).await;
    assert!(vera.says("/complete 447").await.screen().contains("[На складе 0 из 50]"), "{}", vera.screen());
}
