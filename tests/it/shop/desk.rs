//! The alert is the desk: an order goes from placed to delivered on its own message, in two presses, and what must be typed
//! is a reply to it.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk::domain::Status;
use keydesk_emulator::{Call, MemberStatus, MessageId};

use crate::support::files::{document, list, pdf};
use crate::support::shop::{SP_1, STAFF_CHAT, Shop, TRIAL_30000, on_both};
use crate::support::visitor::Visitor;

on_both!(
    two_presses_take_an_order_from_its_alert_to_its_keys,
    one_person_serves_five_orders_at_the_pace_of_a_group,
    a_press_on_an_outdated_alert_says_who_was_first_and_shows_the_newest,
    a_reply_to_the_alert_is_the_invoice,
    a_reply_with_a_list_delivers_it,
    what_a_reply_lacks_is_said_below_it,
    a_due_date_is_one_press,
    what_somebody_is_asked_keeps_others_from_that_step_alone,
    a_question_can_be_dropped_by_whoever_is_there,
    an_order_is_cancelled_on_its_alert,
    a_sum_far_from_the_total_is_asked_about_on_the_alert,
);

/// Sends and edits of the bot in the staff chat.
fn burden(shop: &Shop) -> usize {
    let calls = shop.emulator.calls();
    let counts = |method: &str| ["send", "edit", "delete"].iter().any(|kind| method.to_lowercase().starts_with(kind));
    calls.iter().filter(|call| call.chat_id == Some(STAFF_CHAT) && counts(&call.method)).count()
}

fn alert_of(person: &Visitor<'_>, number: i64) -> MessageId {
    person.message_with(&[&format!("аказ №{number}\n")])
}

async fn replies(person: &Visitor<'_>, number: i64, text: &str) {
    person.shop.emulator.reply(person.chat, person.id, alert_of(person, number), text);
    person.shop.settle().await;
}

async fn status(shop: &Shop, number: i64) -> Status {
    shop.order(number).await.summary.status
}

async fn two_presses_take_an_order_from_its_alert_to_its_keys(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.stocks_many("sp-1", 150).await;
    anna.orders(&[(SP_1, 50)]).await;
    assert_snapshot!(shop.alert(446), @r"
        Новый заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015 12:30
        Клиент: Анна Иванова, @anna, учетная запись 1

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    let press = vera.presses("Счет на 11 000,00 ₽");
    shop.settle().await;
    assert_eq!(vera.toast(&press).await.as_deref(), Some("Заказ №446: счет выставлен."));
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Выставлен счет
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — выставлен счет на 11 000,00 ₽: Вера
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Выдать со склада (50 из 50)]
        [Другой файл…]
        ");
    let (alert, data) = vera.button("Выдать со склада (50 из 50)");
    let said = vera.forges_on(alert, &data).await;
    assert_eq!(said.as_deref(), Some("Заказ №446 выполнен, серийные номера отправляются клиенту."));
    assert_eq!(shop.staff_chat().len(), 1, "{:?}", shop.staff_chat());
    assert_snapshot!(vera.desk(446).await, @r"
        Заказ №446
        Статус: Выполнен
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — выставлен счет на 11 000,00 ₽: Вера
        01.04.2015 12:30 — выполнен: Вера
        ");
    assert!(anna.chat().contains("Заказ №446 выполнен."), "{}", anna.chat());
    assert_eq!(burden(&shop), 3);
    // A second tap is no race that somebody else won.
    let said = vera.forges_on(alert, &data).await;
    assert_eq!(said.as_deref(), Some("Заказ №446 выполнен, серийные номера отправляются клиенту."));
}

async fn one_person_serves_five_orders_at_the_pace_of_a_group(shop: Shop) {
    shop.stocks_many("sp-1", 400).await;
    let customers: Vec<_> = (301..306).map(|id| shop.visitor(id, "ru")).collect();
    for customer in &customers {
        customer.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    }
    shop.clock.advance(TimeDelta::minutes(2));
    let (begin, before) = (shop.clock.now(), burden(&shop));
    for customer in &customers {
        customer.presses("Отправить заказ");
    }
    shop.settle().await;
    let vera = shop.vera();
    for number in 446..451 {
        for label in ["Счет на 11 000,00 ₽", "Выдать со склада (50 из 50)"] {
            vera.taps_order(number, label).await;
        }
    }
    for number in 446..451 {
        assert_eq!(status(&shop, number).await, Status::Completed);
    }
    let (calls, seconds) = (burden(&shop) - before, (shop.clock.now() - begin).num_seconds());
    let taps = shop.emulator.look(|world| world.presses().filter(|press| press.person == vera.id).count());
    println!("five orders: {calls} sends and edits in the group, {taps} taps, {seconds} s of Telegram's time");
    assert!(calls <= 15, "{calls} sends and edits");
    assert_eq!(taps, 10);
    assert!(seconds <= 45, "{seconds} s");
    assert_eq!(shop.emulator.calls().iter().filter(|call| call.status_code == 429).count(), 0);
}

async fn a_press_on_an_outdated_alert_says_who_was_first_and_shows_the_newest(shop: Shop) {
    let (vera, oleg) = (shop.vera(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    let (alert, total) = vera.button("Счет на 11 000,00 ₽");
    replies(&oleg, 446, "12000").await;
    let said = vera.forges_on(alert, &total).await.unwrap();
    assert_eq!(said, "Заказ №446 уже в статусе «Выставлен счет», это сделано раньше: Олег, 01.04.2015 12:30");
    assert_eq!(shop.order(446).await.invoice().unwrap().amount.minor(), 1_200_000);
    // Two press at the same moment.
    let presses = [vera, oleg].map(|person| person.presses("Отменить…"));
    shop.settle().await;
    let said = [vera.toast(&presses[0]).await, oleg.toast(&presses[1]).await];
    // Either may be first, and the other reads who was.
    let outcomes = [[None, Some("Отменой занимается Вера")], [Some("Отменой занимается Олег"), None]];
    assert!(outcomes.contains(&said.each_ref().map(Option::as_deref)), "{said:?}");
}

async fn a_reply_to_the_alert_is_the_invoice(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    for _ in 0..4 {
        anna.orders(&[(SP_1, 50)]).await;
    }
    let before = burden(&shop);
    replies(&vera, 446, "12 500 до 10.12").await;
    assert!(shop.alert(446).contains("выставлен счет на 12 500,00 ₽ (оплатить до 10.12.2015): Вера"));
    shop.emulator.reply_with(STAFF_CHAT, vera.id, alert_of(&vera, 447), pdf(""));
    // A second file that comes before the first is read would be told that it waits.
    shop.settle().await;
    shop.emulator.reply_with(STAFF_CHAT, vera.id, alert_of(&vera, 448), pdf("10 500,50 15.04.2015"));
    replies(&vera, 449, "12 000 руб.").await;
    assert!(shop.alert(447).contains("выставлен счет на 11 000,00 ₽: Вера"), "{}", shop.alert(447));
    assert!(shop.alert(448).contains("выставлен счет на 10 500,50 ₽ (оплатить до 15.04.2015): Вера"));
    // Once each, and nothing beside.
    assert_eq!(burden(&shop), before + 4, "{}", shop.staff_chat().join("\n--\n"));
    // Another one takes its place.
    replies(&vera, 446, "11 000,00 ₽").await;
    assert!(shop.alert(446).contains("выставлен счет на 11 000,00 ₽ вместо 12 500,00 ₽: Вера"), "{}", shop.alert(446));
}

async fn a_reply_with_a_list_delivers_it(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(TRIAL_30000, 2)]).await;
    vera.taps("Счет на 9 200,00 ₽").await;
    let press = vera.presses("Другой файл…");
    shop.settle().await;
    assert_snapshot!(vera.toast(&press).await.unwrap(), @"Ответьте на сообщение о заказе файлом .txt, .csv или .xlsx: по одному серийному номеру в строке, если продуктов несколько — с артикулом во втором столбце.");
    shop.emulator.reply_with(STAFF_CHAT, vera.id, alert_of(&vera, 446), list("keys.txt", "AAA-1\n"));
    shop.settle().await;
    assert_snapshot!(vera.screen(), @r"
        Заказ не выполнен. Количество не совпадает:
        Лицензия Guardant SP Trial, 30 000 активаций: нужно 2, в файле 1
        ");
    // Whoever answers that sentence means the same order.
    let before = burden(&shop);
    vera.replies_with(list("keys.txt", "AAA-1\nAAA-2\n")).await;
    assert_eq!(status(&shop, 446).await, Status::Completed);
    assert_eq!(burden(&shop), before + 1);
    assert!(!shop.staff_chat().join("\n").contains("AAA-"));
}

async fn what_a_reply_lacks_is_said_below_it(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    let told = anna.chat();
    for (reply, sentence) in [
        ("0", "Сумма не распознана: нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF."),
        ("11000 завтра", "Срок оплаты не распознан: после суммы нужна дата цифрами, например 10.12."),
        ("11000 до 31.03.2015", "Срок оплаты уже прошел, укажите сумму и будущую дату."),
        ("150 долларов", "Валюта не принята: счет выставляется в валюте RUB, укажите сумму цифрами."),
    ] {
        let answer = shop.emulator.reply(STAFF_CHAT, vera.id, alert_of(&vera, 446), reply);
        shop.settle().await;
        let said = vera.message().unwrap();
        assert_eq!((said.text.as_str(), said.reply_to), (sentence, Some(answer)), "{reply}");
    }
    for (content, sentence) in [
        (
            document("Счет.pdf", b"PK the name alone", ""),
            "Файл не принят, это не PDF: пришлите счет файлом PDF или укажите сумму цифрами.",
        ),
        (list("keys.txt", "A-1\n"), "Сначала выставьте счет по заказу №446."),
    ] {
        shop.emulator.reply_with(STAFF_CHAT, vera.id, alert_of(&vera, 446), content);
        shop.settle().await;
        assert_eq!(vera.sentence(), sentence);
    }
    assert_eq!(shop.order(446).await.events.len(), 1);
    // What is no sum is talk, and may have been meant for the customer.
    replies(&vera, 446, "Отгрузим завтра").await;
    assert!(vera.screen().contains("[Отправить клиенту]"), "{}", vera.screen());
    assert_eq!(anna.chat(), told);
    let deleted = |call: &Call| call.method.eq_ignore_ascii_case("deleteMessage") && call.chat_id == Some(STAFF_CHAT);
    assert!(!shop.emulator.calls().iter().any(deleted), "a reply would quote what is gone");
}

async fn a_due_date_is_one_press(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    let press = vera.presses("Другая сумма…");
    shop.settle().await;
    assert_snapshot!(vera.toast(&press).await.unwrap(), @"Ответьте на сообщение о заказе суммой, например 12 500 до 15.04.2015, или файлом PDF. Готовые сроки оплаты — на кнопках под ним.");
    assert_snapshot!(shop.desk(446).await, @r"
        Новый заказ №446
        Статус: Размещен
        …

        Вера указывает сумму счета. Ответьте на это сообщение суммой, можно со сроком оплаты (12 500 до 15.04.2015), или файлом PDF.
        [Взять в работу]
        [Отменить…]
        [Счет на 11 000,00 ₽]
        [11 000,00 ₽, оплатить до 06.04.2015]
        [11 000,00 ₽, оплатить до 11.04.2015]
        [11 000,00 ₽, оплатить до 15.04.2015]
        [Не сейчас]
        [Сумму указывает Вера]
        ");
    vera.taps("11 000,00 ₽, оплатить до 11.04.2015").await;
    assert!(shop.alert(446).contains("выставлен счет на 11 000,00 ₽ (оплатить до 11.04.2015): Вера"));
    assert!(shop.alert(446).contains("[Другая сумма…]"), "{}", shop.alert(446));
}

async fn what_somebody_is_asked_keeps_others_from_that_step_alone(shop: Shop) {
    let (vera, oleg) = (shop.vera(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    vera.taps("Отменить…").await;
    assert!(shop.alert(446).contains("[Отменой занимается Вера]"), "{}", shop.alert(446));
    let alert = alert_of(&oleg, 446);
    for forged in ["s:446:cancel", "s:446:why-asked", "s:446:confirm"] {
        assert_eq!(oleg.forges_on(alert, forged).await.as_deref(), Some("Отменой занимается Вера"), "{forged}");
    }
    // Another step is anybody's, and ends what was asked.
    oleg.taps("Счет на 11 000,00 ₽").await;
    assert!(!shop.alert(446).contains("Отменой занимается"), "{}", shop.alert(446));
    // Her button is still on her screen.
    let said = vera.forges_on(alert, "s:446:why-asked").await.unwrap();
    assert!(said.ends_with("это сделано раньше: Олег, 01.04.2015 12:30"), "{said}");
    // And so a typed reason is not taken for an order that went on.
    vera.taps("Отменить…").await;
    oleg.replies("12000").await;
    replies(&vera, 446, "Ошибка").await;
    assert!(vera.sentence().contains("это сделано раньше: Олег"), "{}", vera.screen());
    assert_eq!(status(&shop, 446).await, Status::Invoiced);
}

async fn a_question_can_be_dropped_by_whoever_is_there(shop: Shop) {
    let (vera, oleg) = (shop.vera(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await;
    let press = oleg.presses("Не сейчас");
    shop.settle().await;
    assert_eq!(oleg.toast(&press).await.as_deref(), Some("Вопрос снят."));
    assert!(shop.alert(446).contains("[Счет на 11 000,00 ₽]"), "{}", shop.alert(446));
    vera.taps("Отменить…").await.taps("Не сейчас").await;
    assert!(shop.alert(446).contains("[Отменить…]"), "{}", shop.alert(446));
    // Who left the chat holds nothing.
    vera.taps("Отменить…").await;
    shop.emulator.set_member(STAFF_CHAT, vera.id, MemberStatus::Left);
    shop.settle().await;
    assert!(oleg.forges_on(alert_of(&oleg, 446), "s:446:cancel").await.is_none());
    oleg.taps("По просьбе клиента").await.taps("Отменить заказ").await;
    assert!(shop.alert(446).contains("отменен: Олег. По просьбе клиента"), "{}", shop.alert(446));
}

async fn an_order_is_cancelled_on_its_alert(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    for _ in 0..2 {
        anna.orders(&[(SP_1, 50)]).await;
    }
    let before = burden(&shop);
    vera.taps_order(446, "Отменить…").await;
    assert_snapshot!(shop.desk(446).await, @r"
        Новый заказ №446
        Статус: Размещен
        …

        Вера отменяет заказ. Выберите причину или напишите ее ответом на это сообщение; ее увидит клиент.
        [Взять в работу]
        [Отменой занимается Вера]
        [По просьбе клиента]
        [Счет не оплачен в срок]
        [Сейчас нет в наличии]
        [Дубликат другого заказа]
        [Не сейчас]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    vera.taps("Сейчас нет в наличии").await;
    assert_snapshot!(shop.alert(446), @r"
        Новый заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015 12:30
        Клиент: Анна Иванова, @anna, учетная запись 1

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        Вера, отменить заказ? Причина: Сейчас нет в наличии
        [Взять в работу]
        [Отменой занимается Вера]
        [Не сейчас] [Отменить заказ]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    vera.taps("Отменить заказ").await;
    assert_eq!(burden(&shop), before + 3);
    assert!(anna.screen().contains("Причина: Сейчас нет в наличии"), "{}", anna.screen());
    vera.taps_order(447, "Отменить…").await;
    replies(&vera, 447, "Клиент передумал").await;
    assert!(shop.alert(447).contains("Вера, отменить заказ? Причина: Клиент передумал"), "{}", shop.alert(447));
    vera.taps("Отменить заказ").await;
    assert!(shop.alert(447).contains("отменен: Вера. Клиент передумал"), "{}", shop.alert(447));
    assert_eq!(burden(&shop), before + 6);
}

async fn a_sum_far_from_the_total_is_asked_about_on_the_alert(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    replies(&vera, 446, "110000 15.04.2015").await;
    assert_snapshot!(shop.desk(446).await, @r"
        Новый заказ №446
        Статус: Размещен
        …

        Вера, выставить счет на 110 000,00 ₽ с оплатой до 15.04.2015? Сумма заказа — 11 000,00 ₽: суммы различаются больше чем вдвое.
        [Взять в работу]
        [Отменить…]
        [Да, на 110 000,00 ₽]
        [Не сейчас]
        [Сумму указывает Вера]
        ");
    // What she reads is what she confirms.
    let (alert, former) = vera.button("Да, на 110 000,00 ₽");
    replies(&vera, 446, "1100").await;
    assert!(vera.forges_on(alert, &former).await.unwrap().contains("закрытому или чужому вопросу"));
    assert_eq!(status(&shop, 446).await, Status::Placed);
    let press = vera.presses("Да, на 1 100,00 ₽");
    shop.settle().await;
    assert_eq!(vera.toast(&press).await.as_deref(), Some("Заказ №446: счет выставлен."));
    assert_eq!(shop.order(446).await.invoice().unwrap().amount.minor(), 110_000);
}
