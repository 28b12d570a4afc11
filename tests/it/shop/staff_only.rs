//! The staff chat hears its members only, and nobody while strangers could read along.

use std::time::Duration;

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk::chat::action::{Action, StaffAction};
use keydesk::domain::{OrderNumber, PersonId, Status};
use keydesk_emulator::{Fault, FaultKind, Group, GroupKind, MemberStatus, PrivacyMode};

use crate::support::shop::{ADMIN, OLEG, SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::Visitor;

on_both!(
    who_is_in_the_chat_is_heard_whatever_their_rank,
    who_left_is_refused_as_soon_as_telegram_tells,
    who_left_a_group_whose_administrator_the_bot_is_not_is_refused_within_minutes,
    a_service_message_tells_who_left_and_who_came,
    a_burst_of_one_person_costs_one_call,
    an_outage_of_some_minutes_goes_unnoticed_and_a_longer_one_refuses,
    what_cannot_be_verified_is_done_when_it_is_said_again,
    who_is_blocked_is_not_heard_in_the_staff_chat,
    a_press_without_a_name_is_refused,
    a_chat_that_becomes_public_is_left_alone_until_it_is_private,
    a_chat_that_becomes_public_is_noticed_though_nobody_writes,
    a_chat_that_is_public_at_the_start_is_told_nothing,
    the_first_message_that_strangers_could_read_is_the_last,
    the_first_edit_that_strangers_could_read_is_the_last,
    what_was_said_before_does_not_override_what_is_known,
    a_screen_of_who_left_shows_nothing_of_the_order,
    customers_do_not_wait_for_a_lookup,
);

const TAKEN: &str = "Заказ №446 теперь ваш.";
const OUTSIDE: &str = "Это доступно только участникам этого чата.";
const UNVERIFIED: &str = "Telegram сейчас не подтверждает, что вы состоите в этом чате. Повторите, пожалуйста, через \
    минуту; если не поможет, сделайте бота администратором чата.";
const OPEN: &str = "Этот чат могут читать посторонние, поэтому бот здесь ничего не делает: сделайте группу закрытой.";

/// What a press that takes the order answers; whoever has it already may press again.
async fn takes(somebody: &Visitor<'_>) -> String {
    let (alert, data) = (somebody.message_with(&["№446"]), Action::Staff(OrderNumber(446), StaffAction::Take).encode());
    let press = somebody.shop.emulator.press(somebody.chat, somebody.id, alert, &data);
    somebody.shop.settle().await;
    somebody.toast(&press).await.unwrap_or_default()
}

async fn is_taken(shop: &Shop) -> bool {
    shop.order(446).await.taken().is_some()
}

/// A group in which the bot is a member like any other: nobody tells it of the others.
fn demotes_the_bot(shop: &Shop) {
    let title = "Сотрудники".to_owned();
    let group = Group { id: STAFF_CHAT, title, kind: GroupKind::Supergroup, privacy: PrivacyMode::Restricted };
    shop.emulator.add_group(group, &[VERA, OLEG, ADMIN]);
}

/// Telegram does not say who is in the group, for so many calls.
fn lookups_fail(shop: &Shop, times: u32, kind: FaultKind) {
    shop.emulator.inject(Fault { method: Some("getChatMember".to_owned()), chat: Some(STAFF_CHAT), times, kind });
}

async fn who_is_in_the_chat_is_heard_whatever_their_rank(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    for status in
        [MemberStatus::Creator, MemberStatus::Administrator, MemberStatus::Member, MemberStatus::RestrictedMember]
    {
        shop.emulator.set_member(STAFF_CHAT, VERA, status);
        assert_eq!(takes(&shop.vera()).await, TAKEN, "{status:?}");
    }
    for status in [MemberStatus::Left, MemberStatus::Kicked, MemberStatus::RestrictedOutside] {
        shop.emulator.set_member(STAFF_CHAT, OLEG, status);
        assert_eq!(takes(&shop.oleg()).await, OUTSIDE, "{status:?}");
    }
}

async fn who_left_is_refused_as_soon_as_telegram_tells(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
    vera.says("/order 446").await;
    let (lookups, said) = (shop.calls("getChatMember"), vera.screens().len());
    shop.emulator.set_member(STAFF_CHAT, VERA, MemberStatus::Kicked);
    assert_eq!(takes(&vera).await, OUTSIDE);
    vera.says("/order 446").await;
    assert_eq!(vera.screen(), format!("Вера\n{OUTSIDE}"));
    // People talk, and that is not meant for the bot.
    vera.says("а почему?").await;
    assert_eq!(vera.screens().len(), said + 1, "{}", vera.chat());
    assert!(!is_taken(&shop).await);
    shop.emulator.set_member(STAFF_CHAT, VERA, MemberStatus::Member);
    assert_eq!(takes(&vera).await, TAKEN);
    assert_eq!(shop.calls("getChatMember"), lookups, "what is told need not be asked");
}

async fn who_left_a_group_whose_administrator_the_bot_is_not_is_refused_within_minutes(shop: Shop) {
    demotes_the_bot(&shop);
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
    assert_eq!(takes(&vera).await, TAKEN);
    shop.emulator.set_member(STAFF_CHAT, VERA, MemberStatus::Left);
    shop.clock.advance(TimeDelta::minutes(5));
    vera.presses("Другая сумма…");
    shop.settle().await;
    assert!(!vera.screen().contains("на какую сумму"), "{}", vera.screen());
    assert_eq!(takes(&vera).await, OUTSIDE);
}

async fn a_service_message_tells_who_left_and_who_came(shop: Shop) {
    demotes_the_bot(&shop);
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
    vera.says("/order 446").await;
    shop.emulator.leave(STAFF_CHAT, VERA);
    assert_eq!(takes(&vera).await, OUTSIDE);
    shop.emulator.join(STAFF_CHAT, VERA);
    shop.settle().await;
    assert_eq!(takes(&vera).await, TAKEN);
}

async fn a_burst_of_one_person_costs_one_call(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let before = shop.calls("getChatMember");
    for _ in 0..20 {
        shop.vera().presses("Взять в работу");
    }
    shop.oleg().presses("Взять в работу");
    shop.settle().await;
    assert_eq!(shop.calls("getChatMember"), before + 2);
}

async fn an_outage_of_some_minutes_goes_unnoticed_and_a_longer_one_refuses(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
    vera.says("/order 446").await;
    lookups_fail(&shop, 100, FaultKind::ServerError(502));
    shop.clock.advance(TimeDelta::minutes(4));
    assert_eq!(takes(&vera).await, TAKEN);
    shop.clock.advance(TimeDelta::minutes(2));
    assert_eq!(takes(&vera).await, UNVERIFIED);
    assert_eq!(takes(&shop.oleg()).await, UNVERIFIED);
    shop.emulator.clear_faults();
    shop.clock.advance(TimeDelta::minutes(1));
    assert_eq!(takes(&vera).await, TAKEN);
}

async fn what_cannot_be_verified_is_done_when_it_is_said_again(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let description = "Bad Request: member list is inaccessible".to_owned();
    lookups_fail(&shop, 1, FaultKind::Refuse { code: 400, description });
    let zoya = shop.zoya();
    // Only an admin reads that the admins' commands exist.
    zoya.says("/invoice 446 11000").await;
    assert_eq!(zoya.screen(), UNVERIFIED);
    assert_eq!(shop.order(446).await.summary.status, Status::Placed);
    zoya.says("/invoice 446 11000").await;
    assert_eq!(shop.order(446).await.summary.status, Status::Invoiced);
}

async fn who_is_blocked_is_not_heard_in_the_staff_chat(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let (admin, vera) = (shop.admin(), shop.vera());
    vera.says("/order 446").await;
    admin.says("/block @vera").await.taps("Заблокировать").await;
    assert_eq!(takes(&vera).await, "Вам закрыт доступ к боту, обратитесь, пожалуйста, к администратору.");
    assert!(!is_taken(&shop).await);
    admin.says("/unblock @vera").await.taps("Разблокировать").await;
    assert_eq!(takes(&vera).await, TAKEN);
}

async fn a_press_without_a_name_is_refused(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
    let (message, data) = vera.button("Взять в работу");
    let press = shop.emulator.press_as_anonymous_bot(STAFF_CHAT, message, &data);
    shop.settle().await;
    let refusal = vera.toast(&press).await.unwrap();
    assert!(refusal.contains("не принимает действий от анонимных администраторов"), "{refusal}");
    // The press of an anonymous administrator names the person, which the group is not to read.
    shop.emulator.set_member(STAFF_CHAT, VERA, MemberStatus::AnonymousAdministrator);
    assert_eq!(takes(&vera).await, refusal);
    assert!(!is_taken(&shop).await);
}

async fn a_chat_that_becomes_public_is_left_alone_until_it_is_private(shop: Shop) {
    let (anna, vera, admin) = (shop.anna(), shop.vera(), shop.admin());
    admin.says("/start").await;
    anna.orders(&[(SP_1, 50)]).await;
    shop.emulator.set_username(STAFF_CHAT, Some("guardant_sales"));
    assert_eq!(takes(&vera).await, OPEN);
    assert_snapshot!(admin.screen(), @"Чат сотрудников стал публичным: его могут читать посторонние, поэтому бот в нем ничего не делает и не пишет. Сделайте группу закрытой, и бот продолжит работу.");
    let (public, told) = (vera.chat(), admin.screens().len());
    vera.says("/order 446").await;
    anna.orders(&[(SP_1, 50)]).await;
    assert_eq!(takes(&vera).await, OPEN);
    assert_eq!(vera.chat().replace("\n----\n/order 446", ""), public, "nothing is said to strangers");
    assert!(!is_taken(&shop).await);
    assert_eq!(admin.screens().len(), told, "admins are told once");
    shop.emulator.set_username(STAFF_CHAT, None);
    vera.says("обед").await;
    assert!(shop.alert(447).contains("№447"), "{}", vera.chat());
    assert_snapshot!(admin.screen(), @"Чат сотрудников снова закрыт для посторонних, бот снова в нем работает.");
    let press = vera.presses("Взять в работу");
    shop.settle().await;
    assert_eq!(vera.toast(&press).await.as_deref(), Some("Заказ №447 теперь ваш."));
}

async fn a_chat_that_becomes_public_is_noticed_though_nobody_writes(shop: Shop) {
    let admin = shop.admin();
    admin.says("/start").await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    let before = shop.staff_chat();
    shop.emulator.set_username(STAFF_CHAT, Some("guardant_sales"));
    shop.looks_at_staff_chat().await;
    assert!(admin.screen().starts_with(OPENED), "{}", admin.screen());
    let told = admin.screens().len();
    shop.looks_at_staff_chat().await;
    assert_eq!(admin.screens().len(), told, "once");
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert_eq!(shop.staff_chat(), before);
    shop.emulator.set_username(STAFF_CHAT, None);
    shop.looks_at_staff_chat().await;
    assert!(shop.alert(447).contains("№447"), "{:?}", shop.staff_chat());
}

async fn a_chat_that_is_public_at_the_start_is_told_nothing(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let before = shop.staff_chat();
    shop.emulator.set_username(STAFF_CHAT, Some("guardant_sales"));
    let shop = shop.restart().await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert_eq!(shop.staff_chat(), before);
    shop.emulator.set_username(STAFF_CHAT, None);
    let shop = shop.restart().await;
    shop.settle().await;
    assert!(shop.alert(447).contains("№447"));
    // Two chats in one: a channel has neither members nor secrets.
    let channel =
        Group {
            id: -1_001_555, title: "Новости".to_owned(), kind: GroupKind::Channel, privacy: PrivacyMode::SeesAll
        };
    shop.emulator.add_group(channel, &[ADMIN]);
    let shop = shop.restart_as(|config| config.telegram.staff_chat = keydesk::domain::ChatId(-1_001_555)).await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert_eq!(shop.chat(-1_001_555), [""; 0]);
}

const OPENED: &str = "Чат сотрудников стал публичным:";

async fn the_first_message_that_strangers_could_read_is_the_last(shop: Shop) {
    let (anna, admin) = (shop.anna(), shop.admin());
    admin.says("/start").await;
    shop.emulator.set_username(STAFF_CHAT, Some("guardant_sales"));
    anna.orders(&[(SP_1, 50)]).await;
    assert_eq!(shop.staff_chat().len(), 1);
    assert!(admin.screen().starts_with(OPENED), "{}", admin.screen());
    anna.orders(&[(SP_1, 50)]).await;
    assert_eq!(shop.staff_chat().len(), 1, "{:?}", shop.staff_chat());
    shop.emulator.set_username(STAFF_CHAT, None);
    shop.vera().says("обед").await;
    assert!(shop.alert(447).contains("№447"), "{:?}", shop.staff_chat());
}

async fn the_first_edit_that_strangers_could_read_is_the_last(shop: Shop) {
    let (anna, admin) = (shop.anna(), shop.admin());
    admin.says("/start").await;
    anna.orders(&[(SP_1, 50)]).await;
    shop.emulator.set_username(STAFF_CHAT, Some("guardant_sales"));
    admin.says("/invoice 446 11000").await;
    assert!(shop.alert(446).contains("Выставлен счет"), "{}", shop.alert(446));
    assert!(admin.chat().contains(OPENED), "{}", admin.chat());
    admin.says("/cancel_order 446 передумали").await;
    let before = shop.staff_chat();
    admin.taps("Отменить заказ").await;
    assert_eq!(shop.order(446).await.summary.status, Status::Cancelled, "{}", admin.chat());
    assert_eq!(shop.staff_chat(), before);
}

async fn what_was_said_before_does_not_override_what_is_known(shop: Shop) {
    let (anna, vera, admin) = (shop.anna(), shop.vera(), shop.admin());
    admin.says("/start").await;
    anna.orders(&[(SP_1, 50)]).await;
    vera.writes("/order 446");
    let (message, data) = (vera.message_with(&["№446"]), Action::Staff(OrderNumber(446), StaffAction::Take).encode());
    let press = shop.emulator.press(STAFF_CHAT, VERA, message, &data);
    // The bot was down meanwhile, and finds a public chat at its start.
    shop.clock.advance(TimeDelta::minutes(2));
    shop.emulator.set_username(STAFF_CHAT, Some("guardant_sales"));
    let shop = shop.restart().await;
    let (vera, admin) = (shop.vera(), shop.admin());
    let before = vera.chat();
    shop.settle().await;
    assert_eq!(vera.toast(&press).await.as_deref(), Some(OPEN));
    assert_eq!(vera.chat(), before, "nothing is said in front of strangers");
    assert!(!is_taken(&shop).await);
    assert!(admin.screen().starts_with(OPENED), "{}", admin.screen());

    // The other way round, what was said in the open is old by the time that the chat is private.
    vera.writes("/order 446");
    let before = vera.screens();
    shop.clock.advance(TimeDelta::minutes(2));
    shop.emulator.set_username(STAFF_CHAT, None);
    let shop = shop.restart().await;
    shop.settle().await;
    assert_eq!(shop.vera().screens(), before, "nobody is answered now for what strangers may have said");
    assert_eq!(takes(&shop.vera()).await, TAKEN);
    assert!(shop.admin().screen().starts_with("Чат сотрудников снова закрыт"), "{}", shop.admin().screen());
}

async fn a_screen_of_who_left_shows_nothing_of_the_order(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let vera = shop.vera();
    vera.writes("/queue");
    shop.takes_all_updates().await;
    shop.emulator.set_member(STAFF_CHAT, VERA, MemberStatus::Left);
    shop.settle().await;
    assert_eq!(vera.screen(), "Вопрос закрыт.");
}

async fn customers_do_not_wait_for_a_lookup(shop: Shop) {
    let boris = shop.boris();
    shop.anna().orders(&[(SP_1, 50)]).await;
    lookups_fail(&shop, 1, FaultKind::Delay(Duration::from_secs(60)));
    shop.vera().presses("Взять в работу");
    boris.writes("/start");
    let served = async {
        while shop.store().read().customer(PersonId(boris.id)).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = served => {}
        () = shop.takes_updates() => panic!("the updates were taken together"),
    }
    let order = shop.store().read().order(OrderNumber(446)).await.unwrap().unwrap();
    assert!(order.taken().is_none());
}
