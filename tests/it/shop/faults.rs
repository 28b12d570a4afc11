//! What a network, a busy service and its people do to a bot.

use chrono::TimeDelta;
use keydesk::domain::Sending;
use keydesk_emulator::FaultKind;

use super::words::{ORDER_SENT, REPEATED, SENT};
use crate::support::shop::{SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::Visitor;

const FIRST: &str = "Новый заказ №446\n";

on_both!(
    a_screen_is_shown_whatever_happens_to_its_edit,
    an_alert_that_may_have_arrived_says_so_and_none_is_lost,
    a_person_who_blocked_the_bot_and_is_back_goes_on,
    a_group_that_threw_the_bot_out_gets_its_alerts_when_it_takes_the_bot_back,
    the_alert_follows_a_group_that_became_a_supergroup,
);

async fn at_the_summary(anna: &Visitor<'_>) {
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
}

async fn a_screen_is_shown_whatever_happens_to_its_edit(shop: Shop) {
    let anna = shop.anna();
    anna.says("/start").await;
    for fault in [
        FaultKind::TooManyRequests { retry_after: 7 },
        FaultKind::ServerError(500),
        FaultKind::ServerError(502),
        FaultKind::DropBefore,
        FaultKind::DropAfter,
    ] {
        let started = shop.clock.now();
        shop.suffers("editMessageText", anna.id, fault.clone());
        anna.taps("Заказы").await;
        assert!(anna.screen().starts_with("Заказы\n"), "{fault:?}: {}", anna.screen());
        assert_eq!(anna.screens().len(), 1, "{fault:?}");
        if fault == (FaultKind::TooManyRequests { retry_after: 7 }) {
            assert!(shop.clock.now() - started >= TimeDelta::seconds(7), "it does not wait as long as it was told");
        }
        anna.taps("Меню").await;
    }
}

async fn an_alert_that_may_have_arrived_says_so_and_none_is_lost(shop: Shop) {
    for (fault, expected) in [
        (FaultKind::TooManyRequests { retry_after: 5 }, vec![Sending::First]),
        (FaultKind::ServerError(500), vec![Sending::PossibleDuplicate]),
        (FaultKind::ServerError(502), vec![Sending::PossibleDuplicate]),
        (FaultKind::DropBefore, vec![Sending::PossibleDuplicate]),
        (FaultKind::DropAfter, vec![Sending::First, Sending::PossibleDuplicate]),
    ] {
        let before = shop.staff_chat().len();
        at_the_summary(&shop.anna()).await;
        shop.suffers("sendMessage", STAFF_CHAT, fault.clone());
        shop.anna().taps("Отправить заказ").await;
        let alerts = shop.staff_chat().split_off(before);
        let number = shop.anna().screen().split('№').nth(1).unwrap()[..3].to_owned();
        assert_eq!(alerts.len(), expected.len(), "{fault:?}: {alerts:?}");
        for (alert, sending) in alerts.iter().zip(&expected) {
            let title = match sending {
                Sending::First => format!("Новый заказ №{number}\n"),
                Sending::PossibleDuplicate => format!("{REPEATED}\nНовый заказ №{number}\n"),
            };
            assert!(alert.starts_with(&title), "{fault:?}: {alert}");
        }
    }
}

async fn a_person_who_blocked_the_bot_and_is_back_goes_on(shop: Shop) {
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await;
    anna.presses("Оформить заказ");
    shop.takes_updates().await;
    shop.emulator.block(anna.id);
    shop.settle().await;
    assert!(anna.screen().starts_with("Новый заказ"), "{}", anna.screen());
    shop.emulator.unblock(anna.id);
    shop.settle().await;
    anna.says("/new").await.taps("Продолжить заказ").await.taps("Оформить заказ").await;
    assert!(anna.taps("Отправить заказ").await.screen().starts_with(ORDER_SENT), "{}", anna.screen());
    assert_eq!(anna.screens().len(), 1);
}

#[tokio::test]
async fn an_order_of_somebody_who_then_blocks_the_bot_is_still_announced() {
    let shop = Shop::open().await;
    at_the_summary(&shop.anna()).await;
    shop.anna().presses("Отправить заказ");
    shop.takes_updates().await;
    shop.emulator.block(shop.anna().id);
    shop.settle().await;
    assert_eq!(shop.staff_chat().len(), 1);
    assert!(shop.anna().says("/order 446").await.screen().contains("Заказ №446"), "{}", shop.anna().screen());
}

async fn the_alert_follows_a_group_that_became_a_supergroup(shop: Shop) {
    at_the_summary(&shop.anna()).await;
    shop.anna().presses("Отправить заказ");
    shop.takes_updates().await;
    // The bot has not read of it yet: it learns by the refusal of its message.
    let successor = shop.emulator.migrate_to_supergroup(STAFF_CHAT);
    shop.delivers().await;
    assert!(shop.chat(successor).last().unwrap().starts_with(FIRST), "{:?}", shop.chat(successor));
    let shop = shop.restart().await;
    // Here it reads of it in time.
    shop.settle().await;
    let second = shop.emulator.migrate_to_supergroup(successor);
    shop.settle().await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert!(shop.chat(second).last().unwrap().starts_with("Новый заказ №447\n"), "{:?}", shop.chat(second));
}

#[tokio::test]
async fn a_screen_that_the_person_deleted_is_sent_afresh() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.says("/start").await;
    anna.presses("Новый заказ");
    shop.emulator.delete_message(anna.id, anna.screens()[0]);
    shop.settle().await;
    assert!(anna.screen().starts_with("Новый заказ"), "{}", anna.screen());
    assert_eq!(anna.screens().len(), 1);
}

#[tokio::test]
async fn a_screen_that_went_out_twice_works_on_both_messages_and_makes_one_order() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    at_the_summary(&anna).await;
    anna.taps("Добавить примечание").await;
    shop.suffers("sendMessage", anna.id, FaultKind::DropAfter);
    anna.says("Заявка 17").await;
    let [lost, known] = anna.screens()[..] else { panic!("{}", anna.chat()) };
    let (on, send) = anna.button("Отправить заказ");
    assert_eq!(on, known);
    assert_eq!(anna.forges_on(lost, &send).await, None);
    assert!(anna.screen().starts_with(ORDER_SENT), "{}", anna.chat());
    let [card] = anna.screens()[..] else { panic!("{}", anna.chat()) };
    assert!(card > known, "a message that may be on its way out is not taken for the screen");
    assert_eq!(anna.forges_on(known, &send).await.as_deref(), Some(SENT));
    assert_eq!(shop.staff_chat().len(), 1);
}

#[tokio::test]
async fn a_screen_that_changes_nothing_is_no_failure() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.says("/orders").await;
    let edits = shop.calls("editMessageText");
    anna.forges("orders:all:0").await;
    assert_eq!(shop.calls("editMessageText"), edits + 1, "it is not tried again");
    assert_eq!(shop.emulator.calls().iter().filter(|call| call.status_code == 400).count(), 1);
    assert!(anna.taps("Меню").await.screen().starts_with("Здравствуйте"), "{}", anna.screen());
    assert_eq!(anna.screens().len(), 1);
}

async fn a_group_that_threw_the_bot_out_gets_its_alerts_when_it_takes_the_bot_back(shop: Shop) {
    shop.emulator.remove_bot(STAFF_CHAT, VERA);
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert!(shop.anna().screen().starts_with(ORDER_SENT), "{}", shop.anna().screen());
    assert_eq!(shop.staff_chat().len(), 0);
    shop.emulator.return_bot(STAFF_CHAT, VERA);
    shop.settle().await;
    let alerts = shop.staff_chat();
    let [first, second] = &alerts[..] else { panic!("{alerts:?}") };
    assert!(first.starts_with(FIRST), "{first}");
    assert!(second.starts_with("Новый заказ №447\n"), "{second}");
}
