//! Bursts of orders: alerts that wait become one message, which follows its orders and from which each is unfolded.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk::domain::OrderAction;
use keydesk_emulator::FaultKind;

use crate::support::actions::{cancelled, invoiced};
use crate::support::shop::{STAFF_CHAT, Shop, VERA, on_both};

on_both!(
    more_than_five_alerts_that_wait_are_one_message,
    an_order_of_a_digest_is_unfolded_by_its_button,
    a_digest_follows_its_orders_in_few_edits,
    an_answer_to_a_digest_is_asked_to_unfold,
    a_question_about_an_order_of_a_digest_reaches_staff_and_is_answered,
    a_digest_that_may_have_arrived_is_sent_again_and_none_is_lost,
    a_digest_that_was_removed_gives_way_to_alerts,
);

async fn more_than_five_alerts_that_wait_are_one_message(shop: Shop) {
    shop.anna().has_orders(12).await;
    shop.announces(446..451).await;
    shop.delivers().await;
    assert_eq!(shop.told().iter().filter(|text| text.starts_with("Новый заказ №")).count(), 5);
    shop.announces(451..458).await;
    shop.delivers().await;
    assert_eq!(shop.told().len(), 6);
    assert_snapshot!(shop.told()[5], @r"
        Новые заказы: 7
        Нажмите на номер, и заказ появится отдельным сообщением.

        №451 · Анна Иванова · 11 000,00 ₽
        №452 · Анна Иванова · 11 000,00 ₽
        №453 · Анна Иванова · 11 000,00 ₽
        №454 · Анна Иванова · 11 000,00 ₽
        №455 · Анна Иванова · 11 000,00 ₽
        №456 · Анна Иванова · 11 000,00 ₽
        №457 · Анна Иванова · 11 000,00 ₽
        [№451] [№452] [№453] [№454] [№455]
        [№456] [№457]
        ");
}

async fn an_order_of_a_digest_is_unfolded_by_its_button(shop: Shop) {
    shop.gets_orders(7).await;
    shop.delivers().await;
    let vera = shop.vera();
    let press = vera.presses("№448");
    shop.settle().await;
    assert_eq!(vera.toast(&press).await.unwrap(), "Заказ №448 — отдельным сообщением ниже.");
    assert!(shop.told()[1].starts_with("Новый заказ №448\n"), "{}", shop.told()[1]);
    // Pressed again, it comes below once more, also when somebody removed it.
    vera.taps("№448").await;
    assert_eq!(shop.told().len(), 3);
    shop.emulator.delete_message(STAFF_CHAT, vera.newest_of_the_bot());
    vera.taps("№448").await;
    // From then on it follows as any alert does.
    shop.vera_did(448, OrderAction::Taken).await;
    shop.delivers().await;
    assert!(shop.told().last().unwrap().contains("Вера"), "{}", vera.chat());
}

async fn a_digest_follows_its_orders_in_few_edits(shop: Shop) {
    shop.gets_orders(7).await;
    shop.delivers().await;
    for (number, action) in
        [(447, invoiced()), (448, OrderAction::Taken), (450, cancelled()), (447, OrderAction::Taken)]
    {
        shop.vera_did(number, action).await;
    }
    shop.delivers().await;
    let edits = shop.shown_in(STAFF_CHAT).len() - 1;
    assert_eq!((shop.told().len(), edits), (1, 1));
    assert_snapshot!(shop.told()[0], @r"
        Новые заказы: 7
        Нажмите на номер, и заказ появится отдельным сообщением.

        №446 · Анна Иванова · 11 000,00 ₽
        №447 · Анна Иванова · 11 000,00 ₽ · Выставлен счет · В работе: Вера
        №448 · Анна Иванова · 11 000,00 ₽ · В работе: Вера
        №449 · Анна Иванова · 11 000,00 ₽
        №450 · Анна Иванова · 11 000,00 ₽ · Отменен
        №451 · Анна Иванова · 11 000,00 ₽
        №452 · Анна Иванова · 11 000,00 ₽
        [№446] [№447] [№448] [№449] [№451]
        [№452]
        ");
}

async fn an_answer_to_a_digest_is_asked_to_unfold(shop: Shop) {
    shop.gets_orders(6).await;
    shop.delivers().await;
    let vera = shop.vera();
    let reply = shop.emulator.reply(STAFF_CHAT, VERA, vera.newest_of_the_bot(), "25000");
    shop.settle().await;
    let hint = vera.message().unwrap();
    assert_eq!((hint.reply_to, shop.told().len()), (Some(reply), 2));
    assert!(hint.text.starts_with("Здесь несколько заказов"), "{}", hint.text);
}

async fn a_question_about_an_order_of_a_digest_reaches_staff_and_is_answered(shop: Shop) {
    shop.gets_orders(6).await;
    let (anna, vera) = (shop.anna(), shop.vera());
    // The question comes while the alerts still wait.
    anna.writes("/order 449");
    shop.takes_all_updates().await;
    shop.delivers_until(anna.chat, "Итого").await;
    anna.presses("Вопрос по заказу");
    shop.takes_all_updates().await;
    anna.writes("Когда будет счет?");
    shop.settle().await;
    let question = vera.message().unwrap();
    assert!(question.text.contains("Когда будет счет?"), "{}", vera.chat());
    let answered = question.reply_to.and_then(|message| shop.emulator.message(STAFF_CHAT, message)).unwrap();
    assert!(answered.text.starts_with("Новые заказы: 6"), "{}", answered.text);
    vera.replies("Сегодня").await;
    assert!(anna.chat().contains("Сегодня"), "{}", anna.chat());
}

async fn a_digest_that_may_have_arrived_is_sent_again_and_none_is_lost(shop: Shop) {
    shop.suffers("sendMessage", STAFF_CHAT, FaultKind::DropAfter);
    shop.gets_orders(8).await;
    shop.delivers_what_is_due().await;
    let shop = shop.restart().await;
    shop.delivers().await;
    assert_eq!(shop.told().len(), 2);
    assert_snapshot!(shop.told()[1], @r"
        Повторно: предыдущее сообщение могло не дойти.
        Новые заказы: 8
        Нажмите на номер, и заказ появится отдельным сообщением.

        №446 · Анна Иванова · 11 000,00 ₽
        №447 · Анна Иванова · 11 000,00 ₽
        №448 · Анна Иванова · 11 000,00 ₽
        №449 · Анна Иванова · 11 000,00 ₽
        №450 · Анна Иванова · 11 000,00 ₽
        №451 · Анна Иванова · 11 000,00 ₽
        №452 · Анна Иванова · 11 000,00 ₽
        №453 · Анна Иванова · 11 000,00 ₽
        [№446] [№447] [№448] [№449] [№450]
        [№451] [№452] [№453]
        ");
    // The one that is known follows.
    shop.vera_did(447, OrderAction::Taken).await;
    shop.delivers().await;
    assert!(shop.told()[1].contains("№447 · Анна Иванова · 11 000,00 ₽ · В работе: Вера"), "{}", shop.told()[1]);
}

async fn a_digest_that_was_removed_gives_way_to_alerts(shop: Shop) {
    shop.gets_orders(6).await;
    shop.delivers().await;
    shop.emulator.delete_message(STAFF_CHAT, shop.vera().newest_of_the_bot());
    shop.vera_did(449, OrderAction::Taken).await;
    shop.delivers().await;
    assert_eq!(shop.told(), Vec::<String>::new());
    shop.vera_did(449, invoiced()).await;
    shop.delivers().await;
    assert_eq!(shop.told().len(), 1);
    assert!(shop.told()[0].starts_with("Заказ №449\n"), "{}", shop.told()[0]);
}

#[tokio::test]
async fn more_orders_than_one_message_names_are_several() {
    let shop = Shop::open().await;
    shop.gets_orders(150).await;
    shop.delivers().await;
    let messages = shop.emulator.messages(STAFF_CHAT);
    assert_eq!(messages.len(), 3);
    assert!(messages.iter().all(|message| message.keyboard.iter().flatten().count() <= 100));
    assert_eq!(shop.known(), (446..596).collect());
}

#[tokio::test]
async fn staff_know_forty_orders_within_a_minute_however_they_come() {
    for pause in [0, 200, 500, 1_000] {
        let shop = Shop::open().await;
        shop.anna().has_orders(40).await;
        let began = shop.clock.now();
        for number in 446..486 {
            shop.announces([number]).await;
            shop.delivers_what_is_due().await;
            shop.clock.advance(TimeDelta::milliseconds(pause));
        }
        shop.delivers().await;
        assert_eq!(shop.known(), (446..486).collect());
        let (took, messages) = ((shop.clock.now() - began).num_seconds(), shop.told().len());
        println!("an order each {pause} ms: {messages} messages, all known after {took} s");
        assert!(took <= 60 && messages <= 19, "an order each {pause} ms: {messages} messages in {took} s");
    }
}
