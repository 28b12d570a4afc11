//! People are picked from Telegram's contacts: to be admins, and to share an account.

use insta::assert_snapshot;
use keydesk_emulator::NotChosen;
use serde_json::{Value, json};

use crate::support::shop::{Shop, VERA, on_both};
use crate::support::visitor::Visitor;

on_both!(
    an_admin_is_picked_from_the_contacts,
    somebody_whom_the_bot_never_met_is_picked_by_their_name_there,
    the_choice_is_given_up_in_words_and_by_a_button,
    somebody_is_named_while_the_contacts_wait,
    who_is_no_admin_any_more_picks_nobody,
    in_a_group_nobody_is_offered_the_contacts,
    a_colleague_is_picked_and_nobody_else_can_use_the_invitation,
    servers_of_before_say_who_was_picked_too,
);

/// What stands in place of somebody's keyboard.
fn keyboard(shop: &Shop, person: i64) -> String {
    let rows = shop.emulator.reply_keyboard(person);
    let labels = rows.iter().map(|row| row.iter().map(|button| format!("[{}]", button.label)).collect::<String>());
    labels.collect::<Vec<_>>().join(" ")
}

async fn picks(shop: &Shop, person: i64, picked: i64) {
    shop.emulator.choose_people(person, "Выбрать человека", &[picked]).unwrap();
    shop.settle().await;
}

/// The newest screen: what is said of the contacts stands below it.
fn asked(who: &Visitor) -> String {
    let chat = who.chat();
    chat.split("\n----\n").filter(|shown| shown.contains("\n[")).last().unwrap_or_default().trim_end().to_owned()
}

async fn an_admin_is_picked_from_the_contacts(shop: Shop) {
    let (admin, vera) = (shop.admin(), shop.vera());
    vera.says("/order 1").await;
    admin.says("/staff").await.taps("Выбрать из контактов").await;
    assert_snapshot!(asked(&admin), @r"
        Ждем, кого вы выберете из контактов. Можно и написать Telegram ID или имя пользователя, например @ivanov
        [‹ Назад]
        ");
    assert_snapshot!(admin.screen(), @"Нажмите «Выбрать человека» под полем ввода и укажите, кого назначить администратором.");
    assert_eq!(keyboard(&shop, admin.id), "[Выбрать человека] [Отмена]");
    assert_eq!(
        shop.emulator.choose_people(admin.id, "Выбрать человека", &[VERA, 101]),
        Err(NotChosen::TooMany { person: admin.id, most: 1 })
    );
    picks(&shop, admin.id, VERA).await;
    assert_snapshot!(asked(&admin), @r"
        Зоя, назначить администратором?
        Вера @vera
        Telegram ID: 201
        [Не сейчас] [Назначить]
        ");
    assert!(admin.chat().contains("Выбран контакт: Вера"), "{}", admin.chat());
    assert_eq!(keyboard(&shop, admin.id), "", "their own keyboard is back");
    admin.taps("Назначить").await;
    assert!(asked(&admin).starts_with("Назначен администратор: Вера (201)."), "{}", admin.chat());
    vera.says("/audit").await;
    assert!(vera.screen().starts_with("Журнал администраторов"), "{}", vera.screen());
}

async fn somebody_whom_the_bot_never_met_is_picked_by_their_name_there(shop: Shop) {
    let admin = shop.admin();
    shop.visitor(987_654_321, "ru");
    admin.says("/staff").await.taps("Выбрать из контактов").await;
    picks(&shop, admin.id, 987_654_321).await;
    assert!(asked(&admin).contains("Telegram ID: 987654321"), "{}", asked(&admin));
    assert!(admin.chat().contains("Выбран контакт: Visitor 987654321"), "{}", admin.chat());
    admin.taps("Назначить").await;
    assert!(asked(&admin).starts_with("Назначен администратор: 987654321."), "{}", admin.chat());
    let newcomer = shop.visitor(987_654_321, "ru");
    newcomer.says("/start").await.says("/queue").await;
    assert_eq!(newcomer.sentence(), "Очередь заказов");
}

async fn the_choice_is_given_up_in_words_and_by_a_button(shop: Shop) {
    let admin = shop.admin();
    admin.says("/staff").await.taps("Выбрать из контактов").await;
    admin.says("Отмена").await;
    assert!(asked(&admin).starts_with("Администраторы"), "{}", asked(&admin));
    assert_eq!(keyboard(&shop, admin.id), "");
    admin.taps("Выбрать из контактов").await.taps("‹ Назад").await;
    assert!(asked(&admin).starts_with("Администраторы"), "{}", asked(&admin));
    assert!(admin.chat().contains("Выбор из контактов завершен."), "{}", admin.chat());
    assert_eq!(keyboard(&shop, admin.id), "");
}

async fn somebody_is_named_while_the_contacts_wait(shop: Shop) {
    let admin = shop.admin();
    shop.vera().says("/order 1").await;
    admin.says("/staff").await.taps("Выбрать из контактов").await.says("@vera").await;
    assert!(asked(&admin).starts_with("Зоя, назначить администратором?\nВера @vera"), "{}", asked(&admin));
    assert_eq!(keyboard(&shop, admin.id), "");
}

async fn who_is_no_admin_any_more_picks_nobody(shop: Shop) {
    let (admin, anna) = (shop.admin(), shop.anna());
    anna.says("/start").await;
    admin.says("/staff 101").await.taps("Назначить").await;
    anna.says("/staff").await.taps("Выбрать из контактов").await;
    admin.taps("Снять: Анна Иванова").await.taps("Снять").await;
    let before = asked(&anna);
    picks(&shop, anna.id, VERA).await;
    assert_eq!(asked(&anna), before);
    assert!(!anna.chat().contains("Выбран контакт"), "{}", anna.chat());
}

async fn in_a_group_nobody_is_offered_the_contacts(shop: Shop) {
    let zoya = shop.zoya();
    zoya.says("/staff").await;
    assert!(!zoya.screen().contains("Выбрать из контактов"), "{}", zoya.screen());
    let toast = zoya.forges("a:ap").await;
    assert_eq!(
        toast.as_deref(),
        Some("Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.")
    );
}

async fn a_colleague_is_picked_and_nobody_else_can_use_the_invitation(shop: Shop) {
    let (anna, boris) = (shop.anna(), shop.boris());
    anna.has_orders(1).await;
    anna.says("/settings").await.taps("Коллеги").await.taps("Пригласить из контактов").await;
    assert_eq!(keyboard(&shop, anna.id), "[Выбрать человека] [Отмена]");
    picks(&shop, anna.id, boris.id).await;
    let shown = asked(&anna);
    let link = shown.lines().find(|line| line.starts_with("https://t.me/")).unwrap().to_owned();
    assert!(shown.contains("Борис") || shown.contains("Boris"), "{shown}");
    let start = format!("/start {}", link.split_once("start=").unwrap().1);
    let other = shop.visitor(103, "ru");
    other.says(&start).await;
    assert_eq!(other.sentence(), "Это приглашение не действует; попросите коллегу прислать новое.");
    boris.says(&start).await.taps("Join").await.says("/orders").await;
    assert!(boris.screen().contains("446"), "{}", boris.screen());
    anna.says("/settings").await.taps("Коллеги").await.taps("Пригласить из контактов").await.says("Отмена").await;
    assert!(asked(&anna).starts_with("Коллеги"), "{}", asked(&anna));
    assert_eq!(keyboard(&shop, anna.id), "");
}

/// The fields of a message that the chat's person sent in private.
fn in_private(person: i64, mut fields: Value) -> Value {
    let own = json!({
        "chat": { "id": person, "type": "private", "first_name": "Зоя" },
        "from": { "id": person, "is_bot": false, "first_name": "Зоя", "username": "zoya", "language_code": "ru" },
    });
    fields.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    fields
}

async fn servers_of_before_say_who_was_picked_too(shop: Shop) {
    let admin = shop.admin();
    admin.says("/staff").await.taps("Выбрать из контактов").await;
    for (field, value) in [
        ("users_shared", json!({ "request_id": 1, "user_ids": [201] })),
        ("user_shared", json!({ "request_id": 1, "user_id": 201 })),
    ] {
        admin.sends_raw(None, &[in_private(admin.id, json!({ field: value }))]).await;
        assert!(asked(&admin).contains("Telegram ID: 201"), "{field}: {}", asked(&admin));
        admin.taps("Не сейчас").await;
    }
    let before = asked(&admin);
    for strange in [
        json!({ "users_shared": { "request_id": 9, "users": [{ "user_id": 201 }] } }),
        json!({ "users_shared": { "request_id": 1, "users": [] } }),
        json!({ "users_shared": { "request_id": 1, "users": [{ "user_id": -5 }] } }),
    ] {
        admin.sends_raw(None, &[in_private(admin.id, strange)]).await;
        assert_eq!(asked(&admin), before);
    }
}
