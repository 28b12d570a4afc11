//! What Telegram does not take now it may take later: messages wait, in order, and are never lost.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk_emulator::FaultKind;

use crate::support::shop::{ADMIN, SP_1, STAFF_CHAT, Shop, on_both};

on_both!(
    what_a_group_refuses_for_now_follows_in_order,
    a_group_that_shows_life_is_told_at_once,
    a_customer_who_is_refused_for_now_is_shown_to_staff_and_told_when_back,
    a_message_whose_text_is_refused_is_given_up_and_staff_hear_of_it,
    admins_hear_what_the_staff_chat_does_not_take,
    an_unexplained_refusal_of_one_message_does_not_hold_back_the_others,
    an_unexplained_refusal_of_a_chat_changes_no_order,
);

/// The first lines of what stands in the staff chat.
fn alerts(shop: &Shop) -> Vec<String> {
    shop.staff_chat().iter().map(|text| text.lines().next().unwrap().to_owned()).collect()
}

async fn what_a_group_refuses_for_now_follows_in_order(shop: Shop) {
    let mut told = Vec::new();
    for (round, refusal) in [
        "TOPIC_CLOSED",
        "CHAT_RESTRICTED",
        "TOPIC_DELETED",
        "message thread not found",
        "need administrator rights in the channel chat",
        "CHAT_SEND_PLAIN_FORBIDDEN",
        "group chat was deactivated",
    ]
    .into_iter()
    .enumerate()
    {
        shop.refuses("sendMessage", STAFF_CHAT, refusal);
        shop.anna().orders(&[(SP_1, 50)]).await;
        shop.boris().says("/start").await;
        shop.passes(TimeDelta::minutes(20)).await;
        shop.anna().orders(&[(SP_1, 50)]).await;
        assert_eq!(alerts(&shop), told, "{refusal}");
        shop.emulator.clear_faults();
        shop.passes(TimeDelta::minutes(20)).await;
        told.extend([446, 447].map(|number| format!("Новый заказ №{}", number + 2 * round)));
        assert_eq!(alerts(&shop), told, "{refusal}");
    }
}

async fn a_group_that_shows_life_is_told_at_once(shop: Shop) {
    shop.refuses("sendMessage", STAFF_CHAT, "TOPIC_CLOSED");
    shop.anna().orders(&[(SP_1, 50)]).await;
    // By now it is asked once in a quarter of an hour.
    for _ in 0..9 {
        shop.passes(TimeDelta::minutes(15)).await;
    }
    shop.emulator.clear_faults();
    let before = shop.clock.now();
    shop.vera().says("Тема снова открыта").await;
    assert_eq!(alerts(&shop)[1..], ["Новый заказ №446"]);
    assert!(shop.clock.now() - before < TimeDelta::seconds(15));
}

async fn a_customer_who_is_refused_for_now_is_shown_to_staff_and_told_when_back(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    for (refusal, shown, sum) in [
        ("USER_IS_BLOCKED", "Не доставлено: Анна Иванова (бот заблокирован)", "11 000,00"),
        (
            "GALAXY_CLOSED",
            "Еще не доставлено: Анна Иванова (Telegram пока не принимает сообщение, бот попробует еще раз)",
            "12 000,00",
        ),
    ] {
        shop.refuses("sendMessage", anna.id, refusal);
        shop.zoya().says(&format!("/invoice 446 {sum}")).await;
        assert_eq!(shop.alert(446).lines().nth(4).unwrap(), shown);
        shop.emulator.clear_faults();
        anna.says("/order 446").await;
        assert_eq!(anna.chat().matches(&format!("счет на {sum} ₽.\n")).count(), 1, "{}", anna.chat());
        assert!(!shop.alert(446).contains("доставлено"), "{}", shop.alert(446));
    }
}

async fn a_message_whose_text_is_refused_is_given_up_and_staff_hear_of_it(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    let refusal = "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0";
    shop.suffers("sendMessage", anna.id, FaultKind::Refuse { code: 400, description: refusal.to_owned() });
    shop.zoya().says("/invoice 446 11000").await;
    assert!(!anna.chat().contains("выставлен счет"), "{}", anna.chat());
    assert!(
        shop.alert(446).contains("Не доставлено: Анна Иванова (Telegram не принял сообщение)"),
        "{}",
        shop.alert(446)
    );
    let told = shop.staff_chat().into_iter().find(|text| text.starts_with("Сообщение клиенту")).unwrap();
    assert_snapshot!(told, @"Сообщение клиенту (Анна Иванова) по заказу №446 не доставлено: Telegram не принимает его текст. Свяжитесь с клиентом, пожалуйста, другим способом.");
    vera.taps("Отменить…").await.taps("Счет не оплачен в срок").await.taps("Отменить заказ").await;
    assert!(anna.screen().starts_with("Заказ №446 отменен."), "{}", anna.screen());
}

async fn admins_hear_what_the_staff_chat_does_not_take(shop: Shop) {
    let admin = shop.admin();
    admin.says("/start").await;
    // The alert, and what the staff chat is to hear of it.
    shop.refuses("sendMessage", STAFF_CHAT, "message text is empty");
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert_eq!(alerts(&shop), [""; 0]);
    assert_snapshot!(admin.screen(), @"Telegram не принял сообщение сотрудникам о заказе №446, посмотрите его командой /order 446");
    shop.emulator.clear_faults();
    shop.refuses("sendMessage", STAFF_CHAT, "TOPIC_CLOSED");
    shop.anna().orders(&[(SP_1, 50)]).await;
    let screen = admin.screen();
    for _ in 0..20 {
        shop.passes(TimeDelta::minutes(15)).await;
    }
    let heard = shop.chat(ADMIN);
    assert_eq!(heard[heard.len() - 2], screen, "once is enough");
    assert_snapshot!(admin.screen(), @"Группа сотрудников не принимает сообщений бота (TOPIC_CLOSED). Проверьте, пожалуйста, тему и права бота в группе: сообщения придут туда, как только это станет возможно.");
}

async fn an_unexplained_refusal_of_one_message_does_not_hold_back_the_others(shop: Shop) {
    let unknown = || FaultKind::Refuse { code: 400, description: "Bad Request: GALAXY_CLOSED".to_owned() };
    for _ in 0..3 {
        shop.suffers("sendMessage", STAFF_CHAT, unknown());
    }
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.boris().says("/start").await;
    for _ in 0..3 {
        shop.passes(TimeDelta::minutes(2)).await;
    }
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert_eq!(alerts(&shop), ["Новый заказ №447"]);
    shop.passes(TimeDelta::hours(1)).await;
    assert_eq!(alerts(&shop), ["Новый заказ №447", "Новый заказ №446"]);
}

async fn an_unexplained_refusal_of_a_chat_changes_no_order(shop: Shop) {
    shop.refuses("sendMessage", STAFF_CHAT, "GALAXY_CLOSED");
    for _ in 0..3 {
        shop.anna().orders(&[(SP_1, 50)]).await;
    }
    for _ in 0..20 {
        shop.passes(TimeDelta::minutes(7)).await;
    }
    assert_eq!(alerts(&shop), [""; 0]);
    shop.emulator.clear_faults();
    shop.passes(TimeDelta::hours(1)).await;
    assert_eq!(alerts(&shop), [446, 447, 448].map(|number| format!("Новый заказ №{number}")));
}

#[tokio::test]
async fn a_message_that_answers_one_that_is_gone_is_sent_all_the_same() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let refusal = "Bad Request: message to be replied not found".to_owned();
    shop.suffers("sendMessage", STAFF_CHAT, FaultKind::Refuse { code: 400, description: refusal });
    anna.says("Когда?").await;
    assert!(shop.oleg().screen().contains("\nКогда?\n"), "{}", shop.oleg().screen());
}

#[tokio::test]
async fn what_waits_behind_a_parked_message_is_shown_to_staff_too() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    for _ in 0..2 {
        anna.orders(&[(SP_1, 50)]).await;
    }
    shop.emulator.block(anna.id);
    shop.settle().await;
    for number in [446, 447] {
        shop.zoya().says(&format!("/invoice {number} 11000")).await;
        assert!(shop.alert(number).contains("Не доставлено: Анна Иванова"), "{}", shop.alert(number));
    }
    shop.emulator.unblock(anna.id);
    shop.settle().await;
    for number in [446, 447] {
        assert!(!shop.alert(number).contains("доставлено"), "{}", shop.alert(number));
    }
}
