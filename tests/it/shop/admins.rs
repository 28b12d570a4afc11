//! Admins look orders up; to anybody else their commands do not exist.

use insta::assert_snapshot;
use keydesk::domain::OrderAction;

use crate::support::actions::{cancelled, invoiced};
use crate::support::files::document;
use crate::support::shop::{SP_1, Shop, on_both};

/// Every command of the vendor's people but /order, with arguments that one of them could use: first what all of the staff
/// have, then what only admins do.
pub(super) const STAFF_COMMANDS: usize = 5;
pub(super) const COMMANDS: [&str; 14] = [
    "/queue",
    "/queue placed",
    "/find Анна",
    "/stock",
    "/stock sp-1",
    "/invoice 446 1",
    "/complete 446",
    "/cancel_order 446 нет",
    "/catalog",
    "/staff",
    "/block @anna",
    "/unblock @anna",
    "/stats",
    "/export",
];

on_both!(
    to_a_customer_the_commands_are_unknown,
    staff_look_up_the_queue_orders_and_the_stock,
    the_queue_says_what_waits_since_when_and_who_works_on_it,
    a_status_that_is_none_is_explained_in_plain_words,
    a_search_answers_with_orders_and_never_with_a_serial_number,
    a_firm_and_its_tax_number_find_the_orders_of_its_account,
    a_firm_that_an_older_release_stored_is_found_after_the_start,
    an_order_opens_from_a_list,
    an_admin_reads_a_card_in_their_own_language_in_private,
    the_help_of_an_admin_has_the_commands,
);

async fn to_a_customer_the_commands_are_unknown(shop: Shop) {
    let anna = shop.anna();
    anna.says("/start").await;
    anna.says("/nonsense").await;
    let unknown = anna.screen();
    for command in COMMANDS {
        anna.says(command).await;
        assert_eq!(anna.screen(), unknown, "{command}");
    }
    anna.sends(document("a.txt", b"A", "/nonsense")).await;
    let unknown = anna.screen();
    for caption in ["/stock sp-1", "/catalog"] {
        anna.sends(document("a.txt", b"A", caption)).await;
        assert_eq!(anna.screen(), unknown, "{caption}");
    }
    for data in ["a:q:all:0", "a:s:0", "a:cf", "a:a", "a:aa:101", "a:b:102"] {
        let toast = anna.forges(data).await;
        assert_eq!(toast.as_deref(), Some("Экран устарел, показываем текущий."), "{data}");
    }
}

async fn staff_look_up_the_queue_orders_and_the_stock(shop: Shop) {
    let vera = shop.vera();
    shop.anna().has_orders(2).await;
    shop.stocks("sp-1", &["SP-SECRET-1"]).await;
    vera.says("/queue").await;
    assert_snapshot!(vera.screen(), @r"
        В очереди 2 заказа
        Размещен: 2 · Выставлен счет: 0

        №446 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30

        №447 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30
        [№446] [№447]
        [• Все] [Размещен] [Выставлен счет]
        [Закрыть]
        ");
    vera.taps("№447").await;
    assert_eq!(vera.sentence(), "Новый заказ №447");
    vera.says("/find SP-SECRET-1").await;
    assert_snapshot!(vera.screen(), @r"
        Поиск

        Этот серийный номер на складе: Лицензия Guardant SP, 1 активация
        [Закрыть]
        ");
    vera.says("/stock").await;
    assert_snapshot!(vera.screen(), @r"
        Склад

        Лицензия Guardant SP, 1 активация (sp-1): 1 шт.
        Лицензия Guardant SP, 3 активации (sp-3): 0 шт.
        Лицензия Guardant SP, 5 активаций (sp-5): 0 шт.
        Лицензия Guardant SP Trial, 30 000 активаций (trial-30000): 0 шт.
        Лицензия Guardant SP Trial, 100 000 активаций (trial-100000): 0 шт.
        [Закрыть]
        ");
    let stock = vera.screen();
    for data in ["a:i:sp-1", "a:cf", "a:a", "a:j:0", "a:b:101"] {
        let toast = vera.forges(data).await;
        assert_eq!(
            toast.as_deref(),
            Some("Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново."),
            "{data}"
        );
    }
    vera.replies_with(document("a.txt", b"SP-2", "")).await;
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM serial_numbers").await, "1");
    assert!(vera.screen().ends_with(&stock), "{}", vera.screen());
    vera.taps("Закрыть").await;
}

async fn the_queue_says_what_waits_since_when_and_who_works_on_it(shop: Shop) {
    let admin = shop.admin();
    admin.says("/queue").await;
    assert_snapshot!(admin.screen(), @r"
        Очередь заказов

        Открытых заказов нет.
        [• Все] [Размещен] [Выставлен счет]
        [Закрыть]
        ");
    shop.anna().has_orders(10).await;
    shop.staff_did(446, OrderAction::Taken).await;
    shop.clock.advance(chrono::TimeDelta::hours(2));
    shop.staff_did(447, invoiced()).await;
    shop.staff_did(448, cancelled()).await;
    admin.says("/queue").await;
    assert_snapshot!(admin.screen(), @r"
        В очереди 9 заказов, показаны с 1 по 8
        Размещен: 8 · Выставлен счет: 1

        №446 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30
        В работе: Вера

        №447 · Выставлен счет
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 14:30

        №449 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30

        №450 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30

        №451 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30

        №452 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30

        №453 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30

        №454 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30

        Страница 1 из 2
        [№446] [№447] [№449] [№450]
        [№451] [№452] [№453] [№454]
        [Следующая ›]
        [• Все] [Размещен] [Выставлен счет]
        [Закрыть]
        ");
    admin.taps("Следующая ›").await;
    assert_snapshot!(admin.screen(), @r"
        В очереди 9 заказов, показаны с 9 по 9
        Размещен: 8 · Выставлен счет: 1

        №455 · Размещен
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 12:30

        Страница 2 из 2
        [№455]
        [‹ Предыдущая]
        [• Все] [Размещен] [Выставлен счет]
        [Закрыть]
        ");
    admin.says("/queue выставлен счет").await;
    assert_snapshot!(admin.screen(), @r"
        В очереди 1 заказ со статусом «Выставлен счет»
        Размещен: 8 · Выставлен счет: 1

        №447 · Выставлен счет
        Анна Иванова · 50 шт. · 11 000,00 ₽
        Ждет с 01.04.2015 14:30
        [№447]
        [Все] [Размещен] [• Выставлен счет]
        [Закрыть]
        ");
}

async fn a_search_answers_with_orders_and_never_with_a_serial_number(shop: Shop) {
    let (anna, zoya) = (shop.anna(), shop.zoya());
    shop.stocks("sp-1", &["SP-SECRET-1", "SP-SECRET-2"]).await;
    anna.orders(&[(SP_1, 50)]).await;
    zoya.says("/find АННА").await;
    assert_snapshot!(zoya.screen(), @r"
        Поиск

        №446 · Размещен · 01.04.2015
        Анна Иванова · 50 шт. · 11 000,00 ₽

        Найден 1 заказ.
        [№446]
        [Закрыть]
        ");
    zoya.says("/find SP-SECRET-1").await;
    assert_snapshot!(zoya.screen(), @r"
        Поиск

        Этот серийный номер на складе: Лицензия Guardant SP, 1 активация
        [Закрыть]
        ");
    shop.runs_sql(
        "UPDATE serial_numbers SET order_number = 446, issued_at = imported_at WHERE serial = 'SP-SECRET-2'",
        "UPDATE serial_numbers SET order_number = 446, issued_at = imported_at WHERE serial = 'SP-SECRET-2'",
    )
    .await;
    zoya.says("/find SP-SECRET-2").await;
    assert_snapshot!(zoya.screen(), @r"
        Поиск

        Этот серийный номер выдан: Лицензия Guardant SP, 1 активация, заказ №446
        [№446]
        [Закрыть]
        ");
    zoya.says("/find sp-secret-2").await;
    assert_snapshot!(zoya.screen(), @r"
        Поиск

        Ничего не найдено; попробуйте номер заказа, часть имени, названия организации или примечания либо серийный номер целиком.
        [Закрыть]
        ");
    let ours = shop.emulator.messages(zoya.chat).into_iter().filter(|message| zoya.screens().contains(&message.id));
    assert!(ours.into_iter().all(|message| !message.text.contains("SECRET")));
}

/// Anna names her firm; she and Boris have an order each.
async fn has_a_firm_beside_boris(shop: &Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    shop.boris().has_orders(1).await;
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await.says("ООО «Ромашка»").await;
    anna.says("7707083893").await.says("773601001").await.says("buh@example.com").await.taps("Сохранить").await;
}

async fn a_firm_and_its_tax_number_find_the_orders_of_its_account(shop: Shop) {
    has_a_firm_beside_boris(&shop).await;
    let admin = shop.admin();
    admin.says("/find ооо \"ромашка\"").await;
    assert_snapshot!(admin.screen(), @r"
        Поиск

        №446 · Размещен · 01.04.2015
        Анна Иванова · 50 шт. · 11 000,00 ₽

        Найден 1 заказ.
        [№446]
        [Закрыть]
        ");
    let by_firm = admin.screen();
    assert_eq!(admin.says("/find 7707083893").await.screen(), by_firm);
    let anna = shop.anna();
    anna.says("/settings").await.taps("Реквизиты").await.taps("Изменить название").await.says("ООО «Лютик»").await;
    assert_eq!(admin.says("/find лютик").await.screen(), by_firm);
    assert_snapshot!(admin.says("/find ромашка").await.screen(), @r"
        Поиск

        Ничего не найдено; попробуйте номер заказа, часть имени, названия организации или примечания либо серийный номер целиком.
        [Закрыть]
        ");
}

async fn a_firm_that_an_older_release_stored_is_found_after_the_start(shop: Shop) {
    has_a_firm_beside_boris(&shop).await;
    let forget = "DELETE FROM search_texts WHERE subject = 'account'";
    shop.runs_sql(forget, forget).await;
    let upgraded = "UPDATE counters SET value = 1 WHERE name = 'unsearchable'";
    shop.runs_sql(upgraded, upgraded).await;
    shop.admin().says("/find Ромашка").await;
    assert!(shop.admin().screen().contains("Ничего не найдено"), "{}", shop.admin().screen());
    let shop = shop.restart().await;
    shop.admin().says("/find Ромашка").await;
    assert!(shop.admin().screen().contains("№446"), "{}", shop.admin().screen());
    assert!(!shop.admin().screen().contains("№447"), "{}", shop.admin().screen());
}

async fn an_order_opens_from_a_list(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.admin().says("/queue").await.taps("№446").await;
    assert_eq!(shop.admin().sentence(), "Новый заказ №446");
    shop.admin().taps("Взять в работу").await;
    shop.admin().says("/find 446").await;
    assert!(shop.admin().screen().contains("В работе: Зоя"), "{}", shop.admin().screen());
}

async fn an_admin_reads_a_card_in_their_own_language_in_private(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.staff_did(446, OrderAction::Taken).await;
    let admin = shop.admin();
    admin.says("/settings").await.taps("English").await.says("/order 446").await;
    assert!(admin.screen().starts_with("Order #446\nStatus: Placed"), "{}", admin.screen());
    assert!(admin.screen().contains("placed by Анна Иванова"), "{}", admin.screen());
    assert!(admin.screen().contains("taken by Вера"), "{}", admin.screen());
    shop.zoya().says("/order 446").await;
    assert!(
        shop.zoya().screen().starts_with("Заказ №446"),
        "the staff chat keeps its language: {}",
        shop.zoya().screen()
    );
}

async fn the_help_of_an_admin_has_the_commands(shop: Shop) {
    shop.admin().says("/help").await;
    assert_snapshot!(shop.admin().screen(), @r"
        Что умеет бот
        Здесь можно заказать серийные номера софтверных ключей и следить за своими заказами. Продавец: Guardant.
        Связаться с продавцом: orders@example.com

        /start — Начать
        /new — Новый заказ
        /orders — Заказы
        /serials — Полученные серийные номера
        /products — Что можно заказать
        /prices — Условия и цены
        /settings — Язык, коллеги, реквизиты
        /help — Что умеет бот
        /privacy — Какие данные хранит бот
        /cancel — Выйти из оформления заказа
        /order 449 — Карточка заказа по номеру
        /new sp-1 50, sp-3 50 — Заказ одной строкой

        Администратору
        /queue — Очередь заказов
        /order — Карточка заказа
        /find — Поиск заказа
        /invoice — Выставить счет
        /complete — Выполнить заказ
        /cancel_order — Отменить заказ
        /stock — Склад
        /catalog — Прайс-лист
        /stats — Сводка за период
        /export — Выгрузка заказов
        /staff — Администраторы
        /block — Заблокировать
        /unblock — Разблокировать
        /person — Данные пользователя
        /audit — Журнал администраторов
        [Документация]
        [Меню]
        ");
    shop.anna().says("/help").await;
    assert!(!shop.anna().screen().contains("/queue"));
}

async fn a_status_that_is_none_is_explained_in_plain_words(shop: Shop) {
    let zoya = shop.zoya();
    zoya.says("/queue нечто").await;
    assert!(zoya.screen().starts_with("Нужен статус открытого заказа: /queue placed"), "{}", zoya.screen());
    let shown = shop.shown_in(zoya.chat).join("\n");
    assert!(!shown.contains("<code>"), "{shown}");
}
