//! Colleagues who share an account.

use chrono::TimeDelta;
use insta::assert_snapshot;

use super::words::OUTDATED;
use crate::support::shop::{SP_1, Shop, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_colleague_joins_by_a_link_and_sees_the_orders,
    an_invitation_works_once_and_not_after_its_time,
    every_link_that_does_not_work_gets_the_same_sentence,
    a_link_to_where_one_is_says_whom_it_is_for,
    whoever_is_removed_loses_the_orders_at_once,
    a_member_who_leaves_is_back_with_their_own_orders,
    an_order_of_ones_own_is_heard_of_while_with_colleagues,
    a_colleague_who_is_shut_out_was_not_missed,
    an_owner_with_members_stays,
    strangers_presses_change_nothing,
    a_draft_stays_its_persons_own,
    the_settings_say_whose_account_it_is,
);

const NOT_VALID: &str = "Это приглашение не действует; попросите коллегу прислать новое.";

/// The words that a newly opened invitation makes its guest say.
async fn invites(owner: &Visitor<'_>) -> String {
    owner.says("/settings").await.taps("Коллеги").await.taps("Пригласить коллегу").await;
    let screen = owner.screen();
    let link = screen.lines().rev().find(|line| line.starts_with("https://t.me/")).unwrap();
    format!("/start {}", link.split_once("?start=").unwrap().1)
}

async fn joins(owner: &Visitor<'_>, guest: &Visitor<'_>) {
    let opening = invites(owner).await;
    guest.says("/start").await.says(&opening).await.taps("Присоединиться").await;
}

async fn a_colleague_joins_by_a_link_and_sees_the_orders(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    anna.orders(&[(SP_1, 50)]).await;
    let opening = invites(&anna).await;
    assert!(opening.len() == "/start join_".len() + 32, "{opening}");
    assert_snapshot!(anna.screen().replace(&opening[12..], "TOKEN"), @r"
        Приглашение готово, перешлите ссылку коллеге; она сработает один раз.

        Коллеги
        Пригласите коллег: у вас будут общие заказы, и каждый сможет оформлять новые.

        • Анна Иванова (@anna), владелец

        Приглашение 1 для одного человека, действует до 03.04.2015 12:30:
        https://t.me/keydesk_bot?start=join_TOKEN
        [Отозвать приглашение 1]
        [Пригласить коллегу]
        [Пригласить из контактов]
        [‹ Назад]
        ");
    assert_snapshot!(oleg.says(&opening).await.screen(), @r"
        Приглашение

        Вас приглашают в учетную запись. Владелец: Анна Иванова.
        Вы увидите ее заказы и сможете оформлять новые, а ее участники увидят ваши новые заказы.
        Ваши прежние заказы останутся в вашей собственной учетной записи и вернутся, когда вы выйдете из общей.
        [Присоединиться]
        [Не присоединяться]
        ");
    assert!(oleg.taps("Присоединиться").await.screen().starts_with("Вы присоединились"), "{}", oleg.screen());
    assert_snapshot!(anna.screen(), @r"
        К вашей учетной записи присоединился новый участник: Visitor 301.
        [Коллеги]
        ");
    assert_snapshot!(anna.taps("Коллеги").await.screen(), @r"
        Коллеги
        У всех, кто здесь перечислен, общие заказы.

        • Анна Иванова (@anna), владелец
        • Visitor 301
        [Исключить: Visitor 301]
        [Пригласить коллегу]
        [Пригласить из контактов]
        [‹ Назад]
        ");
    oleg.orders(&[(SP_1, 100)]).await;
    assert!(anna.says("/orders").await.screen().contains("[№447] [№446]"), "{}", anna.screen());
    assert_snapshot!(anna.says("/order 447").await.screen(), @r"
        Заказ №447
        Статус: Размещен
        Дата размещения: 01.04.2015
        Кто оформил: Visitor 301

        Лицензия Guardant SP, 1 активация
        100 шт. — 20 900,00 ₽

        Итого: 100 шт. — 20 900,00 ₽

        01.04.2015 12:30 — Размещен
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    assert!(oleg.says("/order 446").await.screen().contains("Кто оформил: Анна Иванова"), "{}", oleg.screen());
}

async fn an_invitation_works_once_and_not_after_its_time(shop: Shop) {
    let (anna, oleg, late) = (shop.anna(), shop.visitor(301, "ru"), shop.visitor(302, "ru"));
    let opening = invites(&anna).await;
    late.says(&opening).await;
    oleg.says(&opening).await.taps("Присоединиться").await;
    assert_eq!(late.taps("Присоединиться").await.sentence(), NOT_VALID);
    assert_eq!(late.says(&opening).await.sentence(), NOT_VALID);

    let opening = invites(&anna).await;
    shop.clock.advance(TimeDelta::hours(48) - TimeDelta::minutes(1));
    assert!(late.says(&opening).await.screen().contains("Вас приглашают"), "{}", late.screen());
    shop.clock.advance(TimeDelta::minutes(1));
    assert_eq!(late.taps("Присоединиться").await.sentence(), NOT_VALID);
    assert!(late.says("/orders").await.screen().contains("Заказов пока нет."));
}

async fn every_link_that_does_not_work_gets_the_same_sentence(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    let opening = invites(&anna).await;
    assert_eq!(oleg.says("/start join_").await.sentence(), NOT_VALID);
    assert_eq!(oleg.says(&format!("/start join_{}", "0".repeat(32))).await.sentence(), NOT_VALID);
    assert_eq!(oleg.says(&opening.to_uppercase()).await.sentence(), "Здравствуйте, Visitor 301.");
    anna.says("/settings").await.taps("Коллеги").await.taps("Отозвать приглашение 1").await;
    assert_eq!(anna.sentence(), "Приглашение отозвано, ссылка больше не действует.");
    assert_eq!(oleg.says(&opening).await.sentence(), NOT_VALID, "withdrawn");
    for _ in 0..5 {
        invites(&anna).await;
    }
    anna.taps("Пригласить коллегу").await;
    assert_eq!(anna.sentence(), "Открыто уже 5 приглашений, больше нельзя; отзовите ненужное.");
    shop.clock.advance(TimeDelta::hours(48));
    anna.taps("Пригласить коллегу").await;
    assert_eq!(anna.sentence(), "Приглашение готово, перешлите ссылку коллеге; она сработает один раз.");
}

async fn whoever_is_removed_loses_the_orders_at_once(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    anna.orders(&[(SP_1, 50)]).await;
    joins(&anna, &oleg).await;
    oleg.says("/order 446").await;
    let (card, repeat) = oleg.button("Повторить заказ");
    anna.says("/settings").await.taps("Коллеги").await.taps("Исключить: Visitor 301").await;
    assert_snapshot!(anna.screen(), @r"
        Исключить участника Visitor 301 из учетной записи? Он больше не увидит ее заказов.
        [‹ Назад] [Исключить]
        ");
    assert_eq!(anna.taps("Исключить").await.sentence(), "Участник исключен.");
    assert!(!shop.chat(oleg.id).concat().contains("Заказ №446"), "{}", oleg.chat());
    let seen = oleg.chat();
    assert_snapshot!(seen.split_once("/order 446
----
").unwrap().1, @r"
        Такого заказа среди ваших нет. Все ваши заказы: /orders
        [Заказы] [Меню]
        ----
        Вы больше не состоите в учетной записи, которой владеет Анна Иванова. Ваши собственные заказы снова доступны: /orders
        [Меню]
        ");
    for way in ["/order 446", "/start order_446", "/order_446"] {
        assert!(oleg.says(way).await.screen().starts_with("Такого заказа среди ваших нет."), "{}", oleg.screen());
    }
    oleg.forges_on(card, &repeat).await;
    assert_eq!(oleg.sentence(), "Такого заказа среди ваших нет.");
    oleg.forges("order:446").await;
    assert!(!oleg.screen().contains("Итого"), "{}", oleg.screen());
    assert!(oleg.says("/orders").await.screen().contains("Заказов пока нет."));
}

async fn a_member_who_leaves_is_back_with_their_own_orders(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    oleg.orders(&[(SP_1, 50)]).await;
    joins(&anna, &oleg).await;
    oleg.orders(&[(SP_1, 100)]).await;
    assert!(!oleg.says("/orders").await.screen().contains("№446"), "{}", oleg.screen());
    oleg.says("/settings").await.taps("Коллеги").await.taps("Выйти из учетной записи").await;
    assert_snapshot!(oleg.screen(), @r"
        Выйти из учетной записи (владелец: Анна Иванова)? Ее заказы вы больше не увидите, а ваши прежние заказы вернутся.
        [‹ Назад] [Выйти из учетной записи]
        ");
    assert_snapshot!(oleg.taps("Выйти из учетной записи").await.screen(), @r"
        Вы вышли из общей учетной записи, ваши собственные заказы снова доступны.

        Коллеги
        Пригласите коллег: у вас будут общие заказы, и каждый сможет оформлять новые.

        • Visitor 301, владелец
        [Пригласить коллегу]
        [Пригласить из контактов]
        [‹ Назад]
        ");
    let orders = oleg.says("/orders").await.screen();
    assert!(orders.contains("№446") && !orders.contains("№447"), "{orders}");
    assert!(anna.says("/orders").await.screen().contains("№447"), "{}", anna.screen());
    assert!(anna.chat().contains("Из вашей учетной записи вышел участник: Visitor 301."), "{}", anna.chat());
}

async fn an_order_of_ones_own_is_heard_of_while_with_colleagues(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    shop.stocks_many("sp-1", 50).await;
    oleg.orders(&[(SP_1, 50)]).await;
    joins(&anna, &oleg).await;
    shop.vera().taps("Другая сумма…").await.replies("11000").await.taps_starting("Выдать со склада").await;
    let told: Vec<_> = shop.emulator.messages(oleg.id).into_iter().filter_map(|one| one.document().cloned()).collect();
    assert_eq!(told.len(), 1, "{}", oleg.chat());
    oleg.says("/order 446").await;
    assert!(oleg.screen().contains("Выполнен"), "{}", oleg.screen());
    assert!(!anna.says("/order 446").await.screen().contains("Дата размещения"), "{}", anna.screen());
}

async fn a_colleague_who_is_shut_out_was_not_missed(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    joins(&anna, &oleg).await;
    anna.orders(&[(SP_1, 50)]).await;
    shop.admin().says("/block 301").await.taps("Заблокировать").await;
    shop.vera().taps("Другая сумма…").await.replies("11000").await;
    assert!(shop.alert(446).contains("Выставлен счет"), "{}", shop.alert(446));
    assert!(!shop.alert(446).contains("Не доставлено"), "{}", shop.alert(446));
}

async fn an_owner_with_members_stays(shop: Shop) {
    let (anna, oleg, pavel) = (shop.anna(), shop.visitor(301, "ru"), shop.visitor(302, "ru"));
    joins(&anna, &oleg).await;
    let opening = invites(&pavel).await;
    assert!(anna.says(&opening).await.sentence().contains("присоединились коллеги"), "{}", anna.screen());
    assert!(oleg.says(&opening).await.sentence().contains("уже состоите"), "{}", oleg.screen());
    // An invitation of one's own is void once one has joined another account.
    let of_olga = shop.visitor(303, "ru");
    let void = invites(&of_olga).await;
    of_olga.says(&opening).await.taps("Присоединиться").await;
    assert_eq!(shop.visitor(304, "ru").says(&void).await.sentence(), NOT_VALID);
}

async fn strangers_presses_change_nothing(shop: Shop) {
    let (anna, oleg, eve) = (shop.anna(), shop.visitor(301, "ru"), shop.visitor(666, "ru"));
    anna.orders(&[(SP_1, 50)]).await;
    joins(&anna, &oleg).await;
    let opening = invites(&anna).await;
    let token = &opening[12..];
    for stranger in [&eve, &oleg] {
        stranger.says("/settings").await.taps("Коллеги").await;
        for data in [format!("acc:w:{token}"), "acc:r:101".to_owned(), "acc:rr:101".to_owned(), "acc:r:301".to_owned()]
        {
            stranger.forges(&data).await;
            stranger.forges("acc:rr:101").await;
            stranger.forges("acc:rr:301").await;
            stranger.forges("acc:m").await;
        }
        assert_eq!(stranger.forges(&format!("acc:j:{token}")).await.as_deref(), Some(OUTDATED));
        assert_eq!(stranger.forges("access:666:admit").await.as_deref(), Some(OUTDATED));
    }
    assert!(!eve.screen().contains("Анна"), "{}", eve.screen());
    oleg.forges("acc:i").await;
    assert!(!oleg.screen().contains("https://"), "{}", oleg.screen());
    let members = anna.says("/settings").await.taps("Коллеги").await.screen();
    assert!(members.contains(token) && members.contains("Visitor 301"), "{members}");
    assert!(oleg.says("/order 446").await.screen().contains("Заказ №446"), "{}", oleg.screen());
}

async fn a_draft_stays_its_persons_own(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    oleg.chooses(&[(SP_1, 50)]).await;
    joins(&anna, &oleg).await;
    assert!(oleg.screen().contains("В неотправленном заказе 50 номеров"), "{}", oleg.screen());
    assert!(!anna.says("/start").await.screen().contains("неотправленном"));
    oleg.says("/new").await.taps("Продолжить заказ").await.taps("Оформить заказ").await.taps("Отправить заказ").await;
    assert!(anna.says("/orders").await.screen().contains("№446"), "{}", anna.screen());
}

async fn the_settings_say_whose_account_it_is(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    let line = |screen: String| screen.lines().find(|line| line.starts_with("Учетная")).unwrap().to_owned();
    assert_eq!(line(anna.says("/settings").await.screen()), "Учетная запись: ваша, без коллег");
    joins(&anna, &oleg).await;
    assert_eq!(line(anna.says("/settings").await.screen()), "Учетная запись: ваша, 2 участника");
    let shared = "Учетная запись: владелец Анна Иванова, 2 участника";
    assert_eq!(line(oleg.says("/settings").await.screen()), shared);
    oleg.taps("Коллеги").await.taps("Выйти из учетной записи").await.taps("Выйти из учетной записи").await;
    assert_eq!(line(oleg.says("/settings").await.screen()), "Учетная запись: ваша, без коллег");
}

async fn a_link_to_where_one_is_says_whom_it_is_for(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    anna.says("/start").await;
    joins(&anna, &oleg).await;
    let opening = invites(&anna).await;
    for person in [anna, oleg] {
        person.says(&opening).await;
        let sentence = "Это приглашение в учетную запись, в которой вы уже состоите: отправьте ссылку коллеге, которого \
                        приглашаете.";
        assert_eq!(person.sentence(), sentence);
    }
    let guest = shop.visitor(302, "ru");
    guest.says("/start").await.says(&opening).await.taps("Присоединиться").await;
    assert!(guest.screen().starts_with("Вы присоединились"), "{}", guest.screen());
}
