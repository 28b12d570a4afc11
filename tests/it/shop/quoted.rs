//! Screens that somebody replied to: a reply must not quote what is gone.

use keydesk_emulator::{Call, MessageId};

use crate::support::files::pdf;
use crate::support::shop::{SP_1, STAFF_CHAT, Shop, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_question_that_a_customer_replied_to_stays_without_its_buttons,
    a_question_that_nobody_replied_to_makes_room,
    the_card_of_an_order_keeps_its_buttons,
    an_offer_that_staff_replied_to_stays_without_its_buttons,
    an_admins_question_that_was_replied_to_stays_too,
    a_reply_keeps_nobody_elses_screen_waiting,
);

async fn replies(person: &Visitor<'_>, to: MessageId, text: &str) {
    person.shop.emulator.reply(person.chat, person.id, to, text);
    person.shop.settle().await;
}

/// The text of a message and its buttons; `None` when it is gone.
fn stands(person: &Visitor<'_>, message: MessageId) -> Option<(String, usize)> {
    let message = person.shop.emulator.messages(person.chat).into_iter().find(|known| known.id == message)?;
    Some((message.text.lines().next().unwrap_or_default().to_owned(), message.labels().len()))
}

async fn a_question_that_a_customer_replied_to_stays_without_its_buttons(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let asked = anna.newest_of_the_bot();
    replies(&anna, asked, "Когда?").await;
    assert_eq!(stands(&anna, asked), Some(("Вопрос по заказу №446".to_owned(), 0)), "{}", anna.chat());
    // What was no answer was asked all the same.
    anna.says("/new").await.taps(SP_1).await;
    let asked = anna.newest_of_the_bot();
    for typed in ["51", "50"] {
        replies(&anna, asked, typed).await;
        assert_eq!(stands(&anna, asked), Some((SP_1.to_owned(), 0)), "{}", anna.chat());
    }
    assert!(anna.screen().contains("Итого: 50 шт."), "{}", anna.screen());
}

async fn a_question_that_nobody_replied_to_makes_room(shop: Shop) {
    let anna = shop.anna();
    anna.says("/new").await.taps(SP_1).await;
    let asked = anna.newest_of_the_bot();
    anna.says("50").await;
    assert_eq!(stands(&anna, asked), None);
    assert_eq!(anna.screens().len(), 1);
}

async fn the_card_of_an_order_keeps_its_buttons(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    let card = anna.newest_of_the_bot();
    let stood = stands(&anna, card);
    replies(&anna, card, "Когда?").await;
    anna.says("/start").await;
    shop.settle().await;
    assert_eq!(stands(&anna, card).unwrap().1, stood.unwrap().1, "{}", anna.chat());
}

async fn an_offer_that_staff_replied_to_stays_without_its_buttons(shop: Shop) {
    let (vera, oleg) = (shop.vera(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    let alert = vera.newest_of_the_bot();
    let buttons = |message| stands(&vera, message).map(|(_, buttons)| buttons);
    replies(&vera, alert, "Отгрузим завтра").await;
    let first = vera.newest_of_the_bot();
    replies(&vera, first, "Послезавтра").await;
    let second = vera.newest_of_the_bot();
    assert_eq!((buttons(first), buttons(second)), (Some(0), Some(2)), "{}", vera.chat());
    // A colleague's words are an offer of their own, and Vera's stays as it is until hers goes on.
    replies(&oleg, second, "Точно?").await;
    assert_eq!(buttons(second), Some(2), "{}", vera.chat());
    replies(&vera, alert, "Утром").await;
    assert_eq!(buttons(second), Some(0), "{}", vera.chat());
    let deleted = |call: &Call| call.method.eq_ignore_ascii_case("deleteMessage") && call.chat_id == Some(STAFF_CHAT);
    assert!(!shop.emulator.calls().iter().any(deleted));
}

async fn an_admins_question_that_was_replied_to_stays_too(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let admin = shop.admin();
    admin.says("/invoice 446").await;
    let asked = admin.newest_of_the_bot();
    admin.replies_with(pdf("ноль")).await;
    let (text, buttons) = stands(&admin, asked).expect("it is quoted");
    assert!(text.contains("на какую сумму") && buttons == 0, "{}", admin.chat());
    admin.replies("11000").await;
    assert!(shop.order(446).await.invoice().is_some());
}

async fn a_reply_keeps_nobody_elses_screen_waiting(shop: Shop) {
    let (anna, boris) = (shop.anna(), shop.boris());
    anna.says("/new").await;
    boris.says("/start").await;
    let replied = boris.newest_of_the_bot();
    anna.presses(SP_1);
    shop.emulator.reply(boris.chat, boris.id, replied, "50");
    shop.takes_all_updates().await;
    assert_eq!(shop.screens_handed_on(), 2);
}
