//! One account cannot keep the shop busy alone.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk::domain::Limits;
use keydesk_emulator::Sender;

use super::words::ORDER_SENT;
use crate::support::accounts::UNLIMITED;
use crate::support::files::list;
use crate::support::shop::{SP_1, STAFF_CHAT, Shop, VERA, on_both};

on_both!(
    the_orders_of_an_hour_are_limited_and_the_draft_waits,
    open_orders_are_limited_until_one_is_done,
    words_to_staff_are_limited_and_refused_once,
    words_that_were_kept_stay_kept_at_the_limit,
    words_that_cannot_be_kept_are_said_to_be_lost,
    colleagues_share_the_limits_and_of_those_at_once_one_orders,
    serial_numbers_are_asked_for_so_often_in_an_hour,
    accounts_take_turns_in_the_staff_chat,
);

async fn limited(shop: Shop, limits: Limits) -> Shop {
    shop.restart_as(|config| config.limits = limits).await
}

async fn the_orders_of_an_hour_are_limited_and_the_draft_waits(shop: Shop) {
    let shop = limited(shop, Limits { orders_per_hour: 2, ..UNLIMITED }).await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    shop.clock.advance(TimeDelta::minutes(30));
    anna.orders(&[(SP_1, 50)]).await;
    anna.orders(&[(SP_1, 100)]).await;
    assert_snapshot!(anna.sentence(), @"Заказ не отправлен, но сохранен: за час можно отправить не больше 2 заказов. Отправьте его после 01.04.2015 13:30.");
    let calls = shop.emulator.calls().len();
    let press = anna.presses("Отправить заказ");
    shop.settle().await;
    assert_eq!(anna.toast(&press).await, None);
    let shown = shop.emulator.calls().split_off(calls);
    assert!(shown.iter().all(|call| !call.method.to_lowercase().contains("message")), "it was said once: {shown:?}");
    assert_eq!(shop.staff_chat().len(), 2);
    // The first of the two is an hour old.
    shop.clock.advance(TimeDelta::minutes(31));
    anna.taps("Отправить заказ").await;
    assert!(anna.screen().starts_with(ORDER_SENT), "{}", anna.screen());
    assert_eq!(shop.order(448).await.summary.keys, 100);
}

async fn open_orders_are_limited_until_one_is_done(shop: Shop) {
    let shop = limited(shop, Limits { open_orders: 1, ..UNLIMITED }).await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    anna.orders(&[(SP_1, 50)]).await;
    assert_snapshot!(anna.sentence(), @"Заказ не отправлен, но сохранен: у вас уже 1 открытый заказ, больше одновременно нельзя. Отправьте его, когда один из них будет выполнен или отменен.");
    shop.zoya().says("/cancel_order 446 Ошибка").await.taps("Отменить заказ").await;
    anna.says("/new").await.taps("Продолжить заказ").await.taps("Оформить заказ").await.taps("Отправить заказ").await;
    assert!(anna.screen().starts_with(ORDER_SENT), "{}", anna.screen());
}

async fn words_to_staff_are_limited_and_refused_once(shop: Shop) {
    let shop = limited(shop, Limits { messages_to_staff_per_hour: 2, ..UNLIMITED }).await;
    let anna = shop.anna();
    for _ in 0..2 {
        anna.orders(&[(SP_1, 50)]).await;
        anna.taps("Вопрос по заказу").await.says("Когда?").await;
    }
    let told = shop.staff_chat().len();
    anna.taps("Вопрос по заказу").await.says("А теперь?").await;
    assert_snapshot!(anna.sentence(), @"Сообщение не передано продавцу: за час можно отправить не больше 2 сообщений. Повторите его после 01.04.2015 13:30.");
    let messages = anna.screens();
    for _ in 0..5 {
        anna.says("Ну когда же?").await;
    }
    assert_eq!(anna.screens(), messages, "it was said once");
    assert_eq!(shop.staff_chat().len(), told);
    shop.clock.advance(TimeDelta::minutes(61));
    anna.says("Когда ждать?").await;
    assert!(anna.screen().starts_with("Вопрос отправлен"), "{}", anna.screen());
    assert!(shop.oleg().screen().contains("\nКогда ждать?\n"), "{}", shop.oleg().screen());
}

async fn words_that_were_kept_stay_kept_at_the_limit(shop: Shop) {
    let shop = limited(shop, Limits { messages_to_staff_per_hour: 1, ..UNLIMITED }).await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    anna.taps("Вопрос по заказу").await.says("Когда?").await;
    anna.says("/orders").await.says("А в пятницу успеете?").await;
    let told = shop.staff_chat().len();
    anna.taps("Отправить продавцу").await;
    assert!(anna.sentence().contains("Отправьте его кнопкой после 01.04.2015 13:3"), "{}", anna.screen());
    assert_eq!(shop.staff_chat().len(), told);
    shop.clock.advance(TimeDelta::minutes(61));
    anna.taps("Отправить продавцу").await;
    assert!(shop.oleg().screen().contains("\nА в пятницу успеете?\n"), "{}", shop.oleg().screen());
}

async fn words_that_cannot_be_kept_are_said_to_be_lost(shop: Shop) {
    let shop = limited(shop, Limits { messages_to_staff_per_hour: 1, ..UNLIMITED }).await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    anna.taps("Вопрос по заказу").await.says("Когда?").await;
    shop.emulator.reply(STAFF_CHAT, VERA, *shop.vera().screens().last().unwrap(), "Завтра");
    shop.settle().await;
    let answer = anna.message_with(&["Завтра"]);
    anna.says("/orders").await;
    for n in 1..=10 {
        anna.says(&format!("Мысль {n}")).await;
    }
    shop.emulator.reply(anna.chat, anna.id, answer, "А когда именно?");
    shop.settle().await;
    assert!(anna.sentence().contains("Больше неотправленных сообщений"), "{}", anna.screen());
    assert!(anna.screen().contains("Продавцу не отправлено 10 сообщений"), "{}", anna.screen());
}

async fn colleagues_share_the_limits_and_of_those_at_once_one_orders(shop: Shop) {
    let shop = limited(shop, Limits { orders_per_hour: 1, ..UNLIMITED }).await;
    let colleagues: Vec<_> = (1001..=1004).map(|id| shop.visitor(id, "ru")).collect();
    for colleague in &colleagues {
        colleague.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    }
    for colleague in &colleagues[1..] {
        shop.share_an_account(colleagues[0].id, colleague.id).await;
    }
    // On PostgreSQL the first is placed no sooner than all others wait, for whatever that is.
    let others_wait = "SELECT COUNT(*) >= 3 FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let together = format!(
        "CREATE FUNCTION together() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN WHILE NOT ({others_wait}) LOOP PERFORM pg_stat_clear_snapshot(); END LOOP; RETURN NEW; END $$;
         CREATE TRIGGER together BEFORE INSERT ON orders FOR EACH ROW WHEN (NEW.number = 446)
         EXECUTE FUNCTION together()"
    );
    shop.runs_sql("", &together).await;
    for colleague in &colleagues {
        colleague.presses("Отправить заказ");
    }
    shop.settle().await;
    let sent = colleagues.iter().filter(|colleague| colleague.screen().starts_with(ORDER_SENT)).count();
    let refused = colleagues.iter().filter(|colleague| colleague.screen().starts_with("Заказ не отправлен")).count();
    assert_eq!((sent, refused, shop.staff_chat().len()), (1, 3, 1));
}

async fn serial_numbers_are_asked_for_so_often_in_an_hour(shop: Shop) {
    shop.stocks(
        "sp-1",
        &(0..50).map(|n| format!("KEY-{n:04}")).collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .await;
    let shop = limited(shop, Limits { serial_requests_per_hour: 3, ..UNLIMITED }).await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    shop.completes(446).await;
    let files = || {
        let messages = shop.emulator.messages(anna.chat);
        messages.iter().filter(|message| message.from == Sender::Bot && message.document().is_some()).count()
    };
    let before = files();
    anna.says("/serials").await.taps("Серийные номера файлом").await;
    anna.says("/serials").await.says("KEY-0001, NO-0001").await;
    anna.says("/serials").await.sends(list("keys.txt", "KEY-0002\n")).await;
    assert_eq!(files(), before + 2, "{}", anna.chat());
    anna.says("/serials").await.says("KEY-0003").await;
    assert_snapshot!(anna.sentence(), @"Запрос не выполнен: за час можно запросить или проверить серийные номера не больше 3 раз. Повторите его после 01.04.2015 13:31.");
    let screens = anna.screens();
    anna.says("KEY-0004").await.sends(list("keys.txt", "KEY-0002\n")).await;
    assert_eq!(anna.screens(), screens, "it was said once");
    // Of one order they can be had as often as wanted.
    anna.says("/order 446").await.taps("Серийные номера файлом").await;
    assert_eq!(files(), before + 3);
    shop.clock.advance(TimeDelta::minutes(61));
    anna.says("/serials").await.sends(list("keys.txt", "KEY-0002\n")).await;
    assert_eq!(files(), before + 4);
}

async fn accounts_take_turns_in_the_staff_chat(shop: Shop) {
    // Nothing arrives while they order and ask.
    shop.refuses("sendMessage", STAFF_CHAT, "TOPIC_CLOSED");
    let (anna, boris) = (shop.anna(), shop.boris());
    for _ in 0..3 {
        anna.orders(&[(SP_1, 50)]).await;
    }
    for question in ["Когда?", "Сегодня?"] {
        anna.taps("Вопрос по заказу").await.says(question).await;
    }
    boris.says("/start").await;
    boris.says("/settings").await;
    boris.taps("Русский").await;
    boris.orders(&[(SP_1, 50)]).await;
    boris.orders(&[(SP_1, 50)]).await;
    shop.emulator.clear_faults();
    shop.passes(TimeDelta::minutes(20)).await;
    let told: Vec<_> = shop.shown_in(STAFF_CHAT).iter().map(|text| text.lines().next().unwrap().to_owned()).collect();
    assert_snapshot!(told.join("\n").replace("<b>", "").replace("</b>", ""), @r"
        Новый заказ №446
        Новый заказ №449
        Новый заказ №447
        Новый заказ №450
        Заказ №448
        Вопрос по заказу №448
        Вопрос по заказу №448
        ");
}
