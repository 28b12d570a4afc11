//! A staff chat that is a forum: everything is answered where it was said, and orders have their topics.

use chrono::TimeDelta;
use keydesk::domain::OrderAction;
use keydesk_emulator::{FaultKind, Right};

use crate::support::actions::{cancelled, invoiced};
use crate::support::shop::{ADMIN, SP_1, STAFF_CHAT, Shop, VERA, on_both};

on_both!(
    alerts_go_to_their_topic_and_people_are_answered_where_they_speak,
    an_order_has_a_topic_that_says_its_status_and_is_closed_at_the_end,
    a_question_about_a_closed_order_opens_its_topic_for_a_day,
    a_topic_that_was_deleted_is_made_anew,
    a_topic_that_was_perhaps_made_leaves_its_alert_certain,
    many_orders_at_once_get_a_topic_each_when_they_are_unfolded,
    without_the_right_orders_share_a_topic_and_the_admins_hear_of_it,
);

fn first_lines(texts: &[String]) -> Vec<&str> {
    texts.iter().map(|text| text.lines().next().unwrap_or_default()).collect()
}

async fn alerts_go_to_their_topic_and_people_are_answered_where_they_speak(shop: Shop) {
    let (shop, alerts) = shop.with_a_topic_for_alerts().await;
    let talk = shop.emulator.create_topic(STAFF_CHAT, VERA, "Разговоры");
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert_eq!(first_lines(&shop.in_topic(Some(alerts))), ["Новый заказ №446"]);
    for (topic, person) in [(talk, VERA), (alerts, ADMIN)] {
        shop.emulator.say_in_topic(STAFF_CHAT, topic, person, "/order 446");
        shop.settle().await;
    }
    shop.zoya().says("/stats").await;
    // The alert goes where it was asked for, and says so where it was before.
    let moved = "Заказ №446: сообщение о нем теперь ниже в чате.";
    assert_eq!(first_lines(&shop.in_topic(Some(talk))), [moved]);
    assert_eq!(first_lines(&shop.in_topic(Some(alerts))), [moved, "Новый заказ №446"]);
    assert!(!shop.in_topic(None).is_empty(), "{}", shop.vera().chat());
    // In a topic of somebody's, every message answers the one that opened it, by which nobody means anything.
    let before = shop.emulator.messages(STAFF_CHAT).len();
    shop.emulator.say_in_topic(STAFF_CHAT, talk, VERA, "кто возьмет?");
    shop.settle().await;
    assert_eq!(shop.emulator.messages(STAFF_CHAT).len(), before + 1);
}

async fn an_order_has_a_topic_that_says_its_status_and_is_closed_at_the_end(shop: Shop) {
    let shop = shop.with_a_topic_for_each_order().await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.visitor(301, "ru").orders(&[(SP_1, 50)]).await;
    assert_eq!(shop.topics().0, ["made «Заказ №446, Анна Иванова»", "made «Заказ №447, Visitor 301»"]);
    let topic = shop.topics().1;
    assert_eq!(first_lines(&shop.in_topic(topic)), ["Новый заказ №447"]);
    assert_eq!(shop.in_topic(None), Vec::<String>::new());
    // The bot opened it, and still nothing said there is an answer to the bot.
    shop.emulator.say_in_topic(STAFF_CHAT, topic.unwrap(), VERA, "25000");
    shop.settle().await;
    assert_eq!(first_lines(&shop.in_topic(topic)), ["Новый заказ №447"]);
    shop.vera_did(447, OrderAction::Taken).await;
    shop.vera_did(447, invoiced()).await;
    shop.delivers().await;
    shop.vera_did(447, cancelled()).await;
    shop.delivers().await;
    assert_eq!(
        shop.topics().0[2..],
        ["named «Заказ №447 · Выставлен счет · Visitor 301»", "named «Заказ №447 · Отменен · Visitor 301»", "closed"]
    );
    assert_eq!(first_lines(&shop.in_topic(topic)), ["Заказ №447"]);
}

async fn a_question_about_a_closed_order_opens_its_topic_for_a_day(shop: Shop) {
    let shop = shop.with_a_topic_for_each_order().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    shop.vera_did(446, cancelled()).await;
    shop.delivers().await;
    anna.says("/order 446").await.taps("Вопрос по заказу").await;
    anna.writes("Почему?");
    shop.takes_all_updates().await;
    shop.delivers_what_is_due().await;
    let topic = shop.topics().1;
    assert_eq!(shop.topics().0.last().unwrap(), "opened");
    assert!(shop.in_topic(topic).last().unwrap().contains("Почему?"), "{:?}", shop.in_topic(topic));
    // Staff need the day to answer there.
    for hours in [1, 22] {
        shop.clock.advance(TimeDelta::hours(hours));
        shop.delivers_what_is_due().await;
        assert_eq!(shop.topics().0.last().unwrap(), "opened");
    }
    shop.passes(TimeDelta::days(1)).await;
    assert_eq!(shop.topics().0.last().unwrap(), "closed");
}

async fn a_topic_that_was_perhaps_made_leaves_its_alert_certain(shop: Shop) {
    let shop = shop.with_a_topic_for_each_order().await;
    shop.suffers("createForumTopic", STAFF_CHAT, FaultKind::DropAfter);
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert_eq!(first_lines(&shop.in_topic(shop.topics().1)), ["Новый заказ №446"]);
}

async fn a_topic_that_was_deleted_is_made_anew(shop: Shop) {
    let shop = shop.with_a_topic_for_each_order().await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    let first = shop.topics().1.unwrap();
    assert!(shop.emulator.delete_topic(STAFF_CHAT, first));
    shop.vera_did(446, OrderAction::Taken).await;
    shop.delivers().await;
    let second = shop.topics().1;
    assert_eq!(shop.topics().0, ["made «Заказ №446, Анна Иванова»"]);
    assert_ne!(second, Some(first));
    assert_eq!(first_lines(&shop.in_topic(second)), ["Заказ №446"]);
}

async fn many_orders_at_once_get_a_topic_each_when_they_are_unfolded(shop: Shop) {
    let shop = shop.with_a_topic_for_each_order().await;
    shop.gets_orders(7).await;
    shop.delivers().await;
    assert_eq!(first_lines(&shop.in_topic(None)), ["Новые заказы: 7"]);
    shop.vera().taps("№448").await;
    assert_eq!(shop.topics().0, ["made «Заказ №448, Анна Иванова»"]);
    assert_eq!(first_lines(&shop.in_topic(shop.topics().1)), ["Новый заказ №448"]);
    assert_eq!(shop.in_topic(None).len(), 1);
}

async fn without_the_right_orders_share_a_topic_and_the_admins_hear_of_it(shop: Shop) {
    let shop = shop.with_a_topic_for_each_order().await;
    shop.admin().says("/start").await;
    shop.emulator.promote_bot(STAFF_CHAT, VERA, &[]);
    for _ in 0..2 {
        shop.anna().orders(&[(SP_1, 50)]).await;
    }
    assert_eq!(first_lines(&shop.in_topic(None)), ["Новый заказ №446", "Новый заказ №447"]);
    let told: Vec<_> = shop.chat(ADMIN).into_iter().filter(|text| text.contains("правом управлять ими")).collect();
    assert_eq!(told.len(), 1, "{:?}", shop.chat(ADMIN));
    // Given the right, the bot finds it out by itself.
    shop.emulator.promote_bot(STAFF_CHAT, VERA, &[Right::ManageTopics]);
    shop.clock.advance(TimeDelta::hours(1));
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert_eq!(shop.topics().0, ["made «Заказ №448, Анна Иванова»"]);
}
