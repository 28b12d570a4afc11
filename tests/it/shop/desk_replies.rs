//! Replies in the staff chat: whatever the bot says there about one order, a reply to it is a reply to that order.

use keydesk::domain::Status;
use keydesk_emulator::{Content, MessageId};

use crate::support::actions::invoiced;
use crate::support::files::list;
use crate::support::shop::{STAFF_CHAT, Shop, TRIAL_30000, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_list_in_reply_to_anything_about_an_order_delivers_it,
    a_list_in_reply_to_an_offer_is_never_met_with_silence,
    what_was_refused_of_one_order_is_mended_there,
    a_file_that_answers_nothing_is_never_met_with_silence,
);

/// An order of a single key that is paid for as soon as somebody delivers it.
async fn an_invoiced_order(shop: &Shop, number: i64) {
    shop.anna().orders(&[(TRIAL_30000, 1)]).await;
    shop.staff_did(number, invoiced()).await;
}

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

async fn status(shop: &Shop, number: i64) -> Status {
    shop.order(number).await.summary.status
}

/// What the bot says of an order beside its alert, each by what leads to it.
const SAID: [&str; 8] = [
    "its alert moved",
    "a list was refused",
    "a sum was not understood",
    "an album is no answer",
    "an edit comes too late",
    "words are offered to be sent",
    "words were not sent",
    "words were sent",
];

async fn brings_about(shop: &Shop, number: i64, what: &str) -> MessageId {
    let vera = shop.vera();
    let alert = alert_of(&vera, number);
    match what {
        "its alert moved" => {
            vera.says(&format!("/order {number}")).await;
            return alert;
        }
        "a list was refused" => replies_with(&vera, alert, list("keys.txt", "A\nB\n")).await,
        "a sum was not understood" => drop(replies(&vera, alert, "0").await),
        "an album is no answer" => {
            let parts = [list("a.txt", "A-1"), list("b.txt", "A-2")];
            replies_with(&vera, alert, Content::Together(parts.into())).await;
        }
        "an edit comes too late" => {
            let reply = replies(&vera, alert, "9 000").await;
            shop.emulator.edit(STAFF_CHAT, vera.id, reply, "9 500");
            shop.settle().await;
        }
        _ => {
            replies(&vera, alert, "Отгрузим завтра").await;
            match what {
                "words were not sent" => drop(vera.taps("Не сейчас").await),
                "words were sent" => drop(vera.taps("Отправить клиенту").await),
                _ => {}
            }
        }
    }
    vera.newest_of_the_bot()
}

async fn a_list_in_reply_to_anything_about_an_order_delivers_it(shop: Shop) {
    for (number, what) in (446..).zip(SAID) {
        an_invoiced_order(&shop, number).await;
        let said = brings_about(&shop, number, what).await;
        // Whoever answers need not be who was told.
        let answers = if number % 2 == 0 { shop.vera() } else { shop.oleg() };
        replies_with(&answers, said, list("keys.txt", &format!("KEY-{number}\n"))).await;
        assert_eq!(status(&shop, number).await, Status::Completed, "{what}:\n{}", answers.chat());
    }
}

async fn a_list_in_reply_to_an_offer_is_never_met_with_silence(shop: Shop) {
    let (vera, oleg) = (shop.vera(), shop.oleg());
    an_invoiced_order(&shop, 446).await;
    replies(&vera, alert_of(&vera, 446), "Отгрузим завтра").await;
    for person in [vera, oleg] {
        let told = person.screens().len();
        replies_with(&person, person.newest_of_the_bot(), list("keys.txt", "A-1\nA-2\n")).await;
        assert!(person.screen().starts_with("Заказ не выполнен."), "{}", person.chat());
        assert_eq!(person.screens().len(), told + 1);
    }
    vera.replies("Послезавтра").await;
    assert!(vera.screen().contains("Послезавтра\n[Отправить клиенту]"), "{}", vera.screen());
}

async fn what_was_refused_of_one_order_is_mended_there(shop: Shop) {
    let vera = shop.vera();
    an_invoiced_order(&shop, 446).await;
    an_invoiced_order(&shop, 447).await;
    for number in [446, 447] {
        shop.emulator.reply_with(STAFF_CHAT, vera.id, alert_of(&vera, number), list("keys.txt", "A-1\nA-2\n"));
    }
    shop.settle().await;
    let refusals: Vec<MessageId> = vera.screens().split_off(vera.screens().len() - 2);
    for (number, refusal) in (446..).zip(refusals) {
        replies_with(&vera, refusal, list("keys.txt", &format!("KEY-{number}\n"))).await;
        assert_eq!(status(&shop, number).await, Status::Completed, "{}", vera.chat());
    }
}

async fn a_file_that_answers_nothing_is_never_met_with_silence(shop: Shop) {
    let vera = shop.vera();
    let help = vera.says("/help").await.newest_of_the_bot();
    for _ in 0..2 {
        let told = vera.screens().len();
        replies_with(&vera, help, list("keys.txt", "A-1\n")).await;
        assert_eq!(vera.screens().len(), told + 1, "{}", vera.chat());
    }
    // Talk is explained once.
    replies(&vera, help, "Спасибо").await;
    let told = vera.screens().len();
    replies(&vera, help, "Понятно").await;
    assert_eq!(vera.screens().len(), told);
}
