//! Who acts for the vendor, who is served, and which commands each sees in the menu.

use std::path::Path;
use std::sync::Arc;

use insta::assert_snapshot;
use keydesk::chat::action::{Action, AdminAction, PersonAction};
use keydesk::chat::dialogue::{AdminCommand, Command, Input};
use keydesk::chat::event::{Event, Incoming, Via};
use keydesk::chat::{Chat, Menus};
use keydesk::config::Config;
use keydesk::domain::{MessageId, Person, PersonId, UpdateId};
use keydesk::shop::Shop as Business;
use keydesk_emulator::CommandScope;

use crate::support::shop::{ADMIN, STAFF_CHAT, Shop, VERA, on_both};

on_both!(
    an_admin_appoints_and_dismisses_another,
    a_reply_to_somebody_appoints_them,
    admins_of_the_configuration_stay_and_nobody_dismisses_themselves,
    a_person_is_blocked_and_let_in_again,
    somebody_whom_the_bot_never_met_is_named_by_id,
    a_number_is_a_person_first_and_else_the_placer_of_that_order,
    there_are_not_more_admins_than_their_list_holds,
    an_admin_is_not_blocked_even_if_appointed_meanwhile,
    an_appointment_and_its_end_change_the_menus,
    menus_are_set_by_scope_and_language,
    a_menu_follows_the_language_that_its_reader_chose,
    who_is_not_blocked_is_not_unblocked_nor_blocked_twice,
);

async fn an_admin_appoints_and_dismisses_another(shop: Shop) {
    let (admin, vera) = (shop.admin(), shop.vera());
    vera.says("/order 1").await;
    admin.says("/staff 201").await;
    assert_snapshot!(admin.screen(), @r"
        Зоя, назначить администратором?
        Вера @vera
        Telegram ID: 201
        [Не сейчас] [Назначить]
        ");
    admin.taps("Назначить").await;
    assert_snapshot!(admin.screen(), @r"
        Назначен администратор: Вера (201).

        Администраторы

        Зоя — в настройках бота
        Вера — кто назначил: Зоя, 01.04.2015

        Чтобы назначить администратора, отправьте /staff с Telegram ID или именем пользователя, например /staff 123456789 или /staff @name, или ответьте командой /staff на сообщение этого человека.
        [Снять: Вера]
        [Выбрать из контактов]
        [Закрыть]
        ");
    vera.says("/queue").await;
    assert_eq!(vera.sentence(), "Очередь заказов");
    admin.taps("Снять: Вера").await;
    assert_snapshot!(admin.screen(), @r"
        Зоя, снять администратора?
        Вера @vera
        Telegram ID: 201
        [Не сейчас] [Снять]
        ");
    admin.taps("Снять").await;
    assert_snapshot!(admin.sentence(), @"Вера (201) больше не администратор.");
    let before = vera.screens().len();
    vera.says("/queue").await;
    assert_eq!(vera.screens().len(), before, "{}", vera.chat());
}

async fn a_reply_to_somebody_appoints_them(shop: Shop) {
    let (zoya, oleg) = (shop.zoya(), shop.oleg());
    let said = shop.emulator.say(STAFF_CHAT, oleg.id, "Здравствуйте");
    shop.emulator.reply(STAFF_CHAT, zoya.id, said, "/staff");
    shop.settle().await;
    assert_snapshot!(zoya.screen(), @r"
        Зоя, назначить администратором?
        Олег
        Telegram ID: 202
        [Не сейчас] [Назначить]
        ");
}

async fn admins_of_the_configuration_stay_and_nobody_dismisses_themselves(shop: Shop) {
    let (admin, vera) = (shop.admin(), shop.vera());
    vera.says("/order 1").await;
    admin.says("/staff").await;
    admin.forges(&format!("a:ad:{ADMIN}")).await;
    assert_snapshot!(admin.sentence(), @"Этот администратор указан в настройках бота, снять его можно только там.");
    admin.says("/staff 201").await.taps("Назначить").await;
    vera.says("/staff").await.taps("Снять: Вера").await;
    assert_snapshot!(vera.sentence(), @"С собой этого сделать нельзя, попросите другого администратора.");
    vera.forges(&format!("a:ax:{VERA}")).await;
    vera.says("/queue").await;
    assert_eq!(vera.sentence(), "Очередь заказов");
}

async fn a_person_is_blocked_and_let_in_again(shop: Shop) {
    let (admin, anna) = (shop.admin(), shop.anna());
    anna.has_orders(1).await;
    admin.says("/block @ANNA").await;
    assert_snapshot!(admin.screen(), @r"
        Зоя, заблокировать?
        Анна Иванова @anna
        Telegram ID: 101
        [Не сейчас] [Заблокировать]
        ");
    admin.taps("Заблокировать").await;
    assert_snapshot!(admin.screen(), @"Пользователь Анна Иванова (101) заблокирован.");
    anna.says("/orders").await;
    assert_eq!(anna.sentence(), "Сейчас бот не может вам помочь.");
    admin.says("/unblock №446").await.taps("Разблокировать").await;
    assert_snapshot!(admin.screen(), @"Пользователь Анна Иванова (101) разблокирован.");
    anna.says("/orders").await;
    assert!(anna.screen().contains("№446"), "{}", anna.screen());
}

async fn somebody_whom_the_bot_never_met_is_named_by_id(shop: Shop) {
    let admin = shop.admin();
    admin.says("/staff 987654321").await.taps("Назначить").await;
    assert_eq!(admin.sentence(), "Назначен администратор: 987654321.");
    admin.taps("Снять: 987654321").await.taps("Снять").await;
    assert_eq!(admin.sentence(), "987654321 больше не администратор.");
}

async fn a_number_is_a_person_first_and_else_the_placer_of_that_order(shop: Shop) {
    let (admin, namesake) = (shop.admin(), shop.visitor(446, "ru"));
    shop.anna().has_orders(2).await;
    namesake.says("/start").await;
    admin.says("/block 446").await;
    assert!(admin.screen().contains("Visitor 446"), "{}", admin.screen());
    for named in ["/block №446", "/block 447"] {
        admin.says(named).await;
        assert!(admin.screen().contains("Анна Иванова"), "{named}: {}", admin.screen());
    }
}

async fn there_are_not_more_admins_than_their_list_holds(shop: Shop) {
    let admin = shop.admin();
    admin.says("/start").await;
    let mut tx = shop.store().begin().await.unwrap();
    for person in 501..=520 {
        tx.appoint(PersonId(person), PersonId(ADMIN), shop.clock.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    admin.says("/staff 521").await.taps("Назначить").await;
    assert_eq!(admin.sentence(), "Больше администраторов назначить нельзя, сначала снимите кого-нибудь: /staff");
    admin.taps("Снять: 520").await.taps("Снять").await.says("/staff 521").await.taps("Назначить").await;
    assert_eq!(admin.sentence(), "Назначен администратор: 521.");
}

async fn an_admin_is_not_blocked_even_if_appointed_meanwhile(shop: Shop) {
    let (admin, vera) = (shop.admin(), shop.vera());
    vera.says("/order 1").await;
    admin.says("/block @vera").await;
    let (message, data) = admin.button("Заблокировать");
    shop.zoya().says("/staff 201").await.taps("Назначить").await;
    admin.forges_on(message, &data).await;
    let refusal = "Администратора заблокировать нельзя, сначала снимите его: /staff";
    assert_eq!(admin.sentence(), refusal);
    assert_eq!(admin.says("/block @vera").await.sentence(), refusal);
    vera.says("/queue").await;
    assert_eq!(vera.sentence(), "Очередь заказов");
}

async fn an_appointment_and_its_end_change_the_menus(shop: Shop) {
    let config = Config::parse(include_str!("../../../keydesk.example.toml"), Path::new("keydesk.toml")).unwrap();
    let chat = Chat::new(Business::new(shop.store().clone(), shop.clock.clone(), Arc::new(config)), "keydesk_bot");
    let zoya = Person { id: PersonId(ADMIN), name: "Зоя".to_owned(), username: None, telegram_language: None };
    let asks = Input::Command(Command::Admin(AdminCommand::Staff("201".to_owned())));
    let press = |action| Input::Press(Some(Action::Admin(action)));
    let (vera, mut update) = (PersonId(VERA), 9_000_000);
    for (input, menus) in [
        (asks, Menus::Current),
        (press(AdminAction::Person(vera, PersonAction::Appoint)), Menus::Changed),
        (press(AdminAction::Person(vera, PersonAction::AskDismiss)), Menus::Current),
        (press(AdminAction::Person(vera, PersonAction::Dismiss)), Menus::Changed),
    ] {
        update += 1;
        let via = Via::Press { query: update.to_string(), message: MessageId(1) };
        let event = Event::Said { chat: zoya.id.private_chat(), person: zoya.clone(), input: Box::new(input), via };
        let handled = chat.handle(&[&Incoming { update: UpdateId(update), event, group: None }]).await.unwrap();
        assert_eq!(handled.first().unwrap().menus, menus);
    }
}

async fn menus_are_set_by_scope_and_language(shop: Shop) {
    let menu = |scope: CommandScope, language: &str| -> String {
        let commands = shop.emulator.commands(&scope, language);
        commands.iter().map(|command| command.command.clone()).collect::<Vec<_>>().join(" ")
    };
    shop.admin().says("/start").await;
    shop.sets_menus().await;
    let customers = menu(CommandScope::AllPrivateChats, "ru");
    assert!(customers.starts_with("start new") && !customers.contains("queue"), "{customers}");
    assert!(menu(CommandScope::Chat(ADMIN), "ru").starts_with("queue"));
    assert!(menu(CommandScope::Chat(ADMIN), "ru").ends_with(&customers));
    assert_eq!(menu(CommandScope::Chat(STAFF_CHAT), "ru"), "queue order find stock help");
    assert!(menu(CommandScope::ChatMember { chat: STAFF_CHAT, user: ADMIN }, "en").contains("export"));
    let described = shop.emulator.commands(&CommandScope::Chat(ADMIN), "en");
    assert_eq!(described.first().unwrap().description, "Open orders");

    let vera = || CommandScope::ChatMember { chat: STAFF_CHAT, user: VERA };
    assert_eq!(menu(vera(), ""), "");
    shop.vera().says("/order 1").await;
    shop.admin().says("/staff 201").await.taps("Назначить").await;
    shop.admin().says("/staff 987654321").await.taps("Назначить").await;
    shop.sets_menus().await;
    assert!(menu(vera(), "").contains("queue"));
    shop.admin().says("/staff").await.taps("Снять: Вера").await.taps("Снять").await;
    shop.sets_menus().await;
    assert_eq!(menu(vera(), ""), "");
    let sets = shop.calls("setMyCommands");
    shop.sets_menus().await;
    assert_eq!(shop.calls("setMyCommands"), sets, "what stands is not set again");
}

async fn a_menu_follows_the_language_that_its_reader_chose(shop: Shop) {
    let first = |scope: CommandScope, language: &str| -> String {
        shop.emulator.commands(&scope, language).first().map(|command| command.description.clone()).unwrap_or_default()
    };
    let (anna, admin, vera) = (shop.anna(), shop.admin(), shop.vera());
    anna.says("/start").await;
    vera.says("/order 1").await;
    // Telegram takes no menu for a chat that does not exist yet.
    admin.says("/start").await;
    shop.sets_menus().await;
    let own = |person: i64| CommandScope::Chat(person);
    let in_staff_chat = |user: i64| CommandScope::ChatMember { chat: STAFF_CHAT, user };
    assert_eq!(first(own(anna.id), ""), "", "hers is that of all private chats");
    anna.says("/settings").await.taps("English").await;
    shop.sets_menus().await;
    assert_eq!(first(own(anna.id), ""), "Start");
    assert_eq!(first(own(anna.id), "ru"), "", "no menu in her app's language takes its place");
    assert_eq!(first(in_staff_chat(anna.id), ""), "", "she is none of the staff");
    let calls = shop.calls("setMyCommands") + shop.calls("deleteMyCommands");
    shop.sets_menus().await;
    assert_eq!(shop.calls("setMyCommands") + shop.calls("deleteMyCommands"), calls);
    anna.taps("As in Telegram").await;
    shop.sets_menus().await;
    assert_eq!(first(own(anna.id), ""), "");

    assert_eq!(first(own(admin.id), "ru"), "Очередь заказов");
    admin.says("/settings").await.taps("English").await;
    shop.sets_menus().await;
    assert_eq!((first(own(admin.id), ""), first(own(admin.id), "ru")), ("Open orders".to_owned(), String::new()));
    assert_eq!(first(in_staff_chat(admin.id), ""), "Open orders");
    assert_eq!(first(in_staff_chat(admin.id), "ru"), "");

    let vera = shop.visitor(VERA, "ru");
    vera.says("/settings").await.taps("English").await;
    shop.sets_menus().await;
    assert_eq!(first(in_staff_chat(VERA), ""), "Open orders");
}

async fn who_is_not_blocked_is_not_unblocked_nor_blocked_twice(shop: Shop) {
    let (admin, anna) = (shop.admin(), shop.anna());
    anna.says("/start").await;
    admin.says("/unblock @anna").await;
    assert_snapshot!(admin.screen(), @"Пользователь Анна Иванова (101) и не был заблокирован.");
    admin.says("/unblock 987654321").await;
    assert_snapshot!(admin.screen(), @"Среди тех, кто писал боту, такого человека нет; проверьте имя или укажите Telegram ID.");
    admin.says("/block @anna").await.taps("Заблокировать").await.says("/block @anna").await;
    assert_snapshot!(admin.screen(), @"Пользователь Анна Иванова (101) уже заблокирован.");
    admin.says("/unblock @anna").await;
    let (message, data) = admin.button("Разблокировать");
    shop.zoya().says("/unblock @anna").await.taps("Разблокировать").await;
    admin.forges_on(message, &data).await;
    assert_eq!(admin.sentence(), "Пользователь Анна Иванова (101) и не был заблокирован.");
}
