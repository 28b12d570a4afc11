//! What is stored about somebody: admins see it in short, hand it out as files, and erase it.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk_emulator::{Body, Message};

use crate::support::actions::cancelled;
use crate::support::shop::{ADMIN, SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::Visitor;

on_both!(
    an_admin_has_what_is_stored_about_somebody,
    somebody_is_erased_and_comes_back_as_a_newcomer,
    who_has_open_orders_is_not_erased,
    a_second_press_and_a_second_admin_are_told,
    admins_are_not_erased_and_staff_are,
    whose_account_is_shared_is_not_erased,
    nobody_but_admins_sees_that_it_exists,
    what_is_asked_for_in_the_staff_chat_comes_in_private,
    whoever_writes_while_they_are_erased_is_a_newcomer,
);

fn files(shop: &Shop, chat: i64) -> Vec<(String, String)> {
    let attached = |message: &Message| match &message.body {
        Body::Document(file) => shop.emulator.file(&file.file_id),
        _ => None,
    };
    let files = shop.emulator.messages(chat).iter().filter_map(attached).collect::<Vec<_>>();
    files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

/// Anna has one order, which was cancelled, and asked about it.
async fn anna_was_here(shop: &Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Нужны закрывающие документы").await;
    shop.staff_did(446, cancelled()).await;
    shop.settle().await;
}

async fn an_admin_has_what_is_stored_about_somebody(shop: Shop) {
    anna_was_here(&shop).await;
    let admin = shop.admin();
    for named in ["/person 101", "/person @ANNA", "/person №446"] {
        admin.says(named).await;
        assert!(admin.screen().contains("Telegram ID: 101"), "{named}: {}", admin.screen());
    }
    assert_snapshot!(admin.screen());
    admin.taps("Выгрузить данные").await;
    let follows = "Данные отправляются двумя файлами: .txt для чтения и .json.";
    assert!(admin.chat().contains(follows), "{}", admin.chat());
    let [(readable, text), (name, json)] = &files(&shop, admin.chat)[..] else { panic!("two files") };
    assert_eq!((readable.as_str(), name.as_str()), ("person-101.txt", "person-101.json"));
    // The databases have some columns in another order.
    for words in [
        "\n\nЧеловек: 1\n    Telegram ID: 101\n    Учетная запись: 1\n    Имя: Анна Иванова\n",
        "    Доступность с: 01.04.2015 12:30\n",
        "    Статус: Отменен\n",
        "    Сумма: 11 000,00 ₽\n",
        "    Событие: вопрос\n    Подробности: Нужны закрывающие документы\n",
        "    Событие: отменен\n    Подробности: Счет не оплачен в срок\n",
    ] {
        assert!(text.replace('\u{a0}', " ").contains(words), "{words} is not in {text}");
    }
    let stored: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!((&stored["people"][0]["name"], &stored["orders"][0]["number"]), (&"Анна Иванова".into(), &446.into()));
    admin.says("/audit").await;
    assert!(admin.screen().contains("Выгружены данные пользователя: Анна Иванова (101)"), "{}", admin.screen());
}

async fn somebody_is_erased_and_comes_back_as_a_newcomer(shop: Shop) {
    anna_was_here(&shop).await;
    let (admin, anna) = (shop.admin(), shop.anna());
    admin.says("/block @anna").await.taps("Заблокировать").await;
    admin.says("/person @anna").await.taps("Стереть данные…").await;
    assert_snapshot!(admin.screen());
    admin.taps("Стереть данные").await;
    assert_eq!(admin.screen(), "Данные стерты. Без этого человека остался 1 заказ.");
    admin.says("/audit").await;
    assert_snapshot!(admin.screen(), @r"
        Журнал администраторов

        01.04.2015 12:30 · Зоя (111111111)
        Удалены данные человека; его заказы остались без него в учетной записи 1

        01.04.2015 12:30 · Зоя (111111111)
        Заблокирован пользователь: данные стерты

        01.04.2015 12:30 · на сервере
        Применен прайс-лист
        [Закрыть]
        ");
    for gone in ["/person 101", "/person @anna", "/block №446", "/person №446"] {
        admin.says(gone).await;
        assert!(!admin.screen().contains("Анна"), "{gone}: {}", admin.screen());
    }
    assert_eq!(admin.screen(), "Бот ничего не хранит об этом человеке: он не писал боту, или его данные уже стерты.");
    assert_eq!(admin.says("/order 446").await.screen().lines().next(), Some("Заказ №446"));
    assert!(!admin.screen().contains("Анна") && !admin.screen().contains("документы"), "{}", admin.screen());
    // What stands on her phone is of no use any more.
    anna.taps("Меню").await;
    anna.says("/start").await;
    assert!(anna.screen().contains("Новый заказ"), "{}", anna.screen());
    anna.says("/orders").await;
    assert!(!anna.screen().contains("№446"), "{}", anna.screen());
    admin.says("/person 101").await;
    assert!(admin.screen().contains("Заказы: 0, из них открыты: 0"), "{}", admin.screen());
}

async fn who_has_open_orders_is_not_erased(shop: Shop) {
    let admin = shop.admin();
    shop.anna().has_orders(22).await;
    admin.says("/person 101").await.taps("Стереть данные…").await;
    assert_snapshot!(admin.screen(), @r"
        Зоя, стереть данные этого человека?
        Анна Иванова @anna
        Telegram ID: 101

        Данные не стираются, пока есть открытые заказы; сначала выполните или отмените их: №446, №447, №448, №449, №450, №451, №452, №453, №454, №455, №456, №457, №458, №459, №460, №461, №462, №463, №464, №465 и еще 2
        [Не сейчас]
        ");
    let before = admin.screen();
    // As from an older screen, where the button stood.
    admin.forges("a:px:101").await;
    assert!(admin.sentence().starts_with("Данные не стираются, пока есть открытые заказы"), "{}", admin.screen());
    assert_ne!(admin.screen(), before);
    assert!(admin.screen().contains("Заказы: 22, из них открыты: 22"), "{}", admin.screen());
}

async fn a_second_press_and_a_second_admin_are_told(shop: Shop) {
    shop.anna().says("/start").await;
    let (admin, zoya) = (shop.admin(), shop.zoya());
    admin.says("/person 101").await.taps("Стереть данные…").await;
    let (message, data) = admin.button("Стереть данные");
    zoya.says("/person 101").await.taps("Стереть данные…").await;
    // Twice at once: the first one counts.
    zoya.presses("Стереть данные");
    let again = zoya.presses("Стереть данные");
    shop.settle().await;
    assert_eq!(
        zoya.toast(&again).await.as_deref(),
        Some("Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.")
    );
    assert!(zoya.chat().contains("Данные стерты, заказов у этого человека не было."), "{}", zoya.chat());
    admin.forges_on(message, &data).await;
    let gone = "Бот ничего не хранит об этом человеке: он не писал боту, или его данные уже стерты.";
    assert_eq!(admin.screen(), gone);
    for stale in ["a:pf:101", "a:pe:101"] {
        admin.forges(stale).await;
        assert_eq!(admin.screen(), gone, "{stale}");
    }
    assert!(files(&shop, admin.chat).is_empty());
    assert_eq!(admin.says("/person 404").await.screen(), {
        "Среди тех, кто писал боту, такого человека нет; проверьте имя или укажите Telegram ID."
    });
    assert!(admin.says("/person").await.screen().starts_with("Укажите, о ком: Telegram ID"), "{}", admin.screen());
}

async fn admins_are_not_erased_and_staff_are(shop: Shop) {
    let (admin, vera) = (shop.admin(), shop.vera());
    admin.says("/start").await.says(&format!("/person {ADMIN}")).await;
    assert!(admin.screen().contains("Администратор"), "{}", admin.screen());
    admin.taps("Стереть данные…").await;
    let refusal = "Данные администратора стереть нельзя, сначала снимите его: /staff";
    assert_eq!(admin.sentence(), refusal);
    admin.taps("Выгрузить данные").await;
    assert_eq!(files(&shop, admin.chat).len(), 2, "what is stored about oneself");
    vera.says("/order 1").await;
    admin.says("/person @vera").await.taps("Стереть данные…").await;
    let (message, data) = admin.button("Стереть данные");
    shop.appoints(&[VERA]).await;
    admin.forges_on(message, &data).await;
    assert_eq!(admin.sentence(), refusal);
    admin.says("/staff").await.taps("Снять: Вера").await.taps("Снять").await;
    admin.says("/person @vera").await.taps("Стереть данные…").await.taps("Стереть данные").await;
    assert_eq!(admin.screen(), "Данные стерты, заказов у этого человека не было.");
    // She is still a member of the group.
    shop.clock.advance(TimeDelta::minutes(10));
    vera.says("/queue").await;
    assert_eq!(vera.sentence(), "Очередь заказов");
}

async fn whose_account_is_shared_is_not_erased(shop: Shop) {
    shop.anna().says("/start").await;
    shop.boris().says("/start").await;
    shop.share_an_account(101, 102).await;
    let admin = shop.admin();
    admin.says("/person 101").await.taps("Стереть данные…").await.taps("Стереть данные").await;
    assert_eq!(
        admin.sentence(),
        "В учетной записи есть еще 1 участник; данные можно стереть, когда он выйдет из нее: /settings"
    );
}

async fn nobody_but_admins_sees_that_it_exists(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    vera.says("/order 1").await;
    anna.says("/person 101").await;
    assert!(anna.screen().contains("Такой команды нет"), "{}", anna.screen());
    assert!(!anna.says("/help").await.screen().contains("/person"));
    let before = shop.staff_chat().len();
    vera.says("/person 101").await;
    assert_eq!(shop.staff_chat().len(), before + 2, "{}", vera.chat());
    assert!(vera.screen().starts_with("Такой команды нет"), "{}", vera.screen());
    assert!(!vera.says("/help").await.screen().contains("/person"), "{}", vera.screen());
    shop.zoya().says("/person 101").await;
    let (message, export) = shop.zoya().button("Выгрузить данные");
    vera.forges_on(message, &export).await;
    vera.forges_on(message, "a:pe:101").await;
    vera.forges_on(message, "a:px:101").await;
    assert!(files(&shop, STAFF_CHAT).is_empty() && files(&shop, VERA).is_empty());
    assert!(shop.store().read().customer(keydesk::domain::PersonId(101)).await.unwrap().is_some());
}

async fn what_is_asked_for_in_the_staff_chat_comes_in_private(shop: Shop) {
    let (zoya, oleg) = (shop.zoya(), shop.oleg());
    shop.admin().says("/start").await;
    oleg.says("/order 1").await;
    let said = shop.emulator.say(STAFF_CHAT, oleg.id, "Здравствуйте");
    shop.emulator.reply(STAFF_CHAT, zoya.id, said, "/person");
    shop.settle().await;
    assert!(zoya.screen().contains("Telegram ID: 202"), "{}", zoya.screen());
    zoya.taps("Выгрузить данные").await;
    assert!(zoya.sentence().starts_with("Данные придут двумя файлами в ваш личный чат с ботом."), "{}", zoya.screen());
    assert_eq!((files(&shop, STAFF_CHAT).len(), files(&shop, ADMIN).len()), (0, 2));
}

async fn whoever_writes_while_they_are_erased_is_a_newcomer(shop: Shop) {
    let (admin, anna) = (shop.admin(), shop.anna());
    anna.says("/new").await.says("/settings").await;
    admin.says("/person 101").await.taps("Стереть данные…").await;
    // Their updates come together.
    anna.writes("/new");
    admin.presses("Стереть данные");
    anna.writes("/start");
    shop.settle().await;
    assert_eq!(admin.screen(), "Данные стерты, заказов у этого человека не было.");
    assert!(anna.screen().contains("Новый заказ"), "{}", anna.screen());
    assert!(Visitor { ..anna }.says("/orders").await.screen().contains("Заказов пока нет"), "{}", anna.screen());
}

/// Whatever stands in the database's file and in the log beside it.
#[tokio::test]
async fn nothing_of_who_was_erased_is_left_in_the_file() {
    let shop = Shop::open().await;
    let (admin, anna) = (shop.admin(), shop.anna());
    shop.visitor(404, "ru").orders(&[(SP_1, 50)]).await;
    // A name that nobody else has, in rows that are written over and over.
    let mine = keydesk_emulator::Person {
        id: 101,
        first_name: "Ксения Зюганшина".to_owned(),
        username: Some("xenia_zyu".to_owned()),
        language_code: Some("ru".to_owned()),
        ..keydesk_emulator::Person::default()
    };
    shop.emulator.add_person(mine);
    anna.says("/start").await;
    for step in 0..3 {
        anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await.taps("Добавить примечание").await;
        anna.says(&format!("жгучая тайна {step}, {}", "ы".repeat(90 * step))).await.taps("Отправить заказ").await;
        anna.taps("Вопрос по заказу").await.says("Где мой щелкунчик?").await;
        shop.staff_did(447 + i64::try_from(step).unwrap(), cancelled()).await;
        shop.settle().await;
    }
    anna.says("/new").await.says("/settings").await;
    admin.says("/block 101").await.taps("Заблокировать").await;
    shop.zoya().says("/block 101").await;
    let words = ["Зюганшина", "зюганшина", "xenia_zyu", "жгучая тайна", "щелкунчик"];
    assert_eq!(shop.traces(&words), words);
    admin.says("/person 101").await.taps("Стереть данные…").await.taps("Стереть данные").await;
    assert_eq!(admin.screen(), "Данные стерты. Без этого человека остались 3 заказа.");
    assert_eq!(shop.traces(&words), [] as [&str; 0]);
    let trigrams = shop.trigrams().await;
    assert!(trigrams.contains(&"vis".to_owned()), "{trigrams:?}");
    for trigram in ["зюг", "ксе", "zyu", "жгу", "тай"] {
        assert!(!trigrams.contains(&trigram.to_owned()), "{trigram}");
    }
}
