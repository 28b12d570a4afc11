//! Whatever stands behind an admin's command, the answer is one sentence that says what to type instead.

use insta::assert_snapshot;
use keydesk::domain::OrderAction;
use keydesk_emulator::Body;

use super::words::UNKNOWN_COMMAND;
use crate::support::actions::cancelled;
use crate::support::shop::{SP_1, Shop, on_both};

on_both!(
    wrong_arguments_get_one_sentence_with_an_example,
    an_english_admin_reads_it_in_english,
    long_arguments_get_the_same_sentences,
    commands_are_read_as_people_type_them,
    commands_to_another_bot_are_none_of_ours,
    a_period_is_the_one_that_was_typed,
);

/// Commands about orders #446, which is placed, and №447, which is cancelled.
const ABOUT_ORDERS: [&str; 22] = [
    "/order",
    "/order abc",
    "/order 999",
    "/order -446",
    "/invoice",
    "/invoice 999",
    "/invoice 446 abc",
    "/invoice 446 -5",
    "/invoice 446 1e3",
    "/invoice 446 0",
    "/invoice 446 25000 01.04.2014",
    "/invoice 446 25000 31.02.2027",
    "/invoice 447",
    "/complete",
    "/complete 999999999999999999999",
    "/complete 446",
    "/complete 446 now",
    "/complete 447",
    "/cancel_order",
    "/cancel_order x reason",
    "/cancel_order 999 reason",
    "/cancel_order 447 reason",
];

/// Commands about everything else.
const ABOUT_THE_REST: [&str; 35] = [
    "/queue completed",
    "/queue Выполнен",
    "/queue 5; DROP TABLE orders",
    "/find",
    "/find \u{200b}",
    "/find %",
    "/find _",
    "/find '\"<b>",
    "/find ~",
    "/stock nonsense",
    "/stock <b>",
    "/staff Вера",
    "/staff @",
    "/staff -5",
    "/staff 0",
    "/staff @nobody_here",
    "/staff №446",
    "/staff 99999999999999999999",
    "/block",
    "/block 0",
    "/block №999",
    "/block @name",
    "/block <b>",
    "/block 111111111",
    "/unblock",
    "/unblock +5",
    "/unblock @name",
    "/stats век",
    "/stats 2015 2016 2017",
    "/stats 32.13.2015",
    "/export 2026-13-45",
    "/export 01.05.2026 01.04.2026",
    "/export 2015 2014",
    "/export all 2015",
    "/export ' OR 1=1 --",
];

async fn answers(shop: &Shop) -> String {
    let admin = shop.admin();
    shop.anna().orders(&[(SP_1, 50)]).await.orders(&[(SP_1, 50)]).await;
    shop.staff_did(447, cancelled()).await;
    let mut answers = Vec::new();
    for typed in ABOUT_ORDERS.into_iter().chain(ABOUT_THE_REST) {
        admin.says(typed).await;
        let screen = admin.screen();
        // A search is headed by its name.
        let said = screen.lines().find(|line| !line.is_empty() && !matches!(*line, "Поиск" | "Search"));
        answers.push(format!("{}: {}", typed.replace('\u{200b}', "?"), said.unwrap_or_default()));
    }
    assert_eq!(shop.order(446).await.events.len(), 1, "nothing was done to the order");
    answers.join("\n")
}

async fn wrong_arguments_get_one_sentence_with_an_example(shop: Shop) {
    assert_snapshot!(answers(&shop).await, @r#"
        /order: После команды нужен номер заказа, например 449.
        /order abc: После команды нужен номер заказа, например 449.
        /order 999: Заказа №999 нет, проверьте номер.
        /order -446: После команды нужен номер заказа, например 449.
        /invoice: После команды нужен номер заказа, например 449.
        /invoice 999: Заказа №999 нет, проверьте номер.
        /invoice 446 abc: Сумма не распознана: нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF.
        /invoice 446 -5: Сумма не распознана: нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF.
        /invoice 446 1e3: Сумма не распознана: нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF.
        /invoice 446 0: Сумма не распознана: нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF.
        /invoice 446 25000 01.04.2014: Срок оплаты уже прошел, укажите сумму и будущую дату.
        /invoice 446 25000 31.02.2027: Срок оплаты не распознан: после суммы нужна дата цифрами, например 10.12.
        /invoice 447: Заказ №447 уже в статусе «Отменен», это сделано раньше: Вера, 01.04.2015 12:30
        /complete: После команды нужен номер заказа, например 449.
        /complete 999999999999999999999: После команды нужен номер заказа, например 449.
        /complete 446: Сначала выставьте счет по заказу №446.
        /complete 446 now: После команды нужен номер заказа, например 449.
        /complete 447: Заказ №447 уже в статусе «Отменен», это сделано раньше: Вера, 01.04.2015 12:30
        /cancel_order: После команды нужен номер заказа, например 449.
        /cancel_order x reason: После команды нужен номер заказа, например 449.
        /cancel_order 999 reason: Заказа №999 нет, проверьте номер.
        /cancel_order 447 reason: Заказ №447 уже в статусе «Отменен», это сделано раньше: Вера, 01.04.2015 12:30
        /queue completed: Нужен статус открытого заказа: /queue placed или /queue invoiced, а все открытые заказы покажет /queue без статуса.
        /queue Выполнен: Нужен статус открытого заказа: /queue placed или /queue invoiced, а все открытые заказы покажет /queue без статуса.
        /queue 5; DROP TABLE orders: Нужен статус открытого заказа: /queue placed или /queue invoiced, а все открытые заказы покажет /queue без статуса.
        /find: Напишите после команды номер заказа, имя, организацию, ИНН, примечание или серийный номер, не длиннее 100 знаков, например: /find Иванов
        /find ?: Напишите после команды номер заказа, имя, организацию, ИНН, примечание или серийный номер, не длиннее 100 знаков, например: /find Иванов
        /find %: Ничего не найдено; попробуйте номер заказа, часть имени, названия организации или примечания либо серийный номер целиком.
        /find _: Ничего не найдено; попробуйте номер заказа, часть имени, названия организации или примечания либо серийный номер целиком.
        /find '"<b>: Ничего не найдено; попробуйте номер заказа, часть имени, названия организации или примечания либо серийный номер целиком.
        /find ~: Ничего не найдено; попробуйте номер заказа, часть имени, названия организации или примечания либо серийный номер целиком.
        /stock nonsense: Нужен артикул из прайс-листа, например: /stock sp-1
        /stock <b>: Нужен артикул из прайс-листа, например: /stock sp-1
        /staff Вера: Нужен Telegram ID или имя пользователя, например: /staff 123456789
        /staff @: Нужен Telegram ID или имя пользователя, например: /staff 123456789
        /staff -5: Нужен Telegram ID или имя пользователя, например: /staff 123456789
        /staff 0: Нужен Telegram ID или имя пользователя, например: /staff 123456789
        /staff @nobody_here: Среди тех, кто писал боту, такого человека нет; проверьте имя или укажите Telegram ID.
        /staff №446: Нужен Telegram ID или имя пользователя, например: /staff 123456789
        /staff 99999999999999999999: Нужен Telegram ID или имя пользователя, например: /staff 123456789
        /block: Укажите, кого заблокировать: Telegram ID, имя пользователя или номер заказа, например: /block @ivanov
        /block 0: Укажите, кого заблокировать: Telegram ID, имя пользователя или номер заказа, например: /block @ivanov
        /block №999: Среди тех, кто писал боту, такого человека нет; проверьте имя или укажите Telegram ID.
        /block @name: Среди тех, кто писал боту, такого человека нет; проверьте имя или укажите Telegram ID.
        /block <b>: Укажите, кого заблокировать: Telegram ID, имя пользователя или номер заказа, например: /block @ivanov
        /block 111111111: С собой этого сделать нельзя, попросите другого администратора.
        /unblock: Укажите, кого разблокировать: Telegram ID, имя пользователя или номер заказа, например: /unblock @ivanov
        /unblock +5: Укажите, кого разблокировать: Telegram ID, имя пользователя или номер заказа, например: /unblock @ivanov
        /unblock @name: Среди тех, кто писал боту, такого человека нет; проверьте имя или укажите Telegram ID.
        /stats век: Такой период не распознан; подойдут today, week, month, year, all, год (2026), месяц (04.2026), день (15.04.2026), первый и последний день (01.04.2026 15.04.2026), а без периода берется текущий месяц.
        /stats 2015 2016 2017: Такой период не распознан; подойдут today, week, month, year, all, год (2026), месяц (04.2026), день (15.04.2026), первый и последний день (01.04.2026 15.04.2026), а без периода берется текущий месяц.
        /stats 32.13.2015: Такой период не распознан; подойдут today, week, month, year, all, год (2026), месяц (04.2026), день (15.04.2026), первый и последний день (01.04.2026 15.04.2026), а без периода берется текущий месяц.
        /export 2026-13-45: Такой период не распознан; подойдут today, week, month, year, all, год (2026), месяц (04.2026), день (15.04.2026), первый и последний день (01.04.2026 15.04.2026), а без периода берется текущий месяц.
        /export 01.05.2026 01.04.2026: Первый день позже последнего, поменяйте их местами: 01.04.2026 01.05.2026
        /export 2015 2014: Первый день позже последнего, поменяйте их местами: 2014 2015
        /export all 2015: Такой период не распознан; подойдут today, week, month, year, all, год (2026), месяц (04.2026), день (15.04.2026), первый и последний день (01.04.2026 15.04.2026), а без периода берется текущий месяц.
        /export ' OR 1=1 --: Такой период не распознан; подойдут today, week, month, year, all, год (2026), месяц (04.2026), день (15.04.2026), первый и последний день (01.04.2026 15.04.2026), а без периода берется текущий месяц.
        "#);
}

async fn an_english_admin_reads_it_in_english(shop: Shop) {
    shop.admin().says("/settings").await.taps("English").await;
    assert_snapshot!(answers(&shop).await, @r#"
        /order: Please give an order number after the command, for example 449.
        /order abc: Please give an order number after the command, for example 449.
        /order 999: There is no order #999; please check the number.
        /order -446: Please give an order number after the command, for example 449.
        /invoice: Please give an order number after the command, for example 449.
        /invoice 999: There is no order #999; please check the number.
        /invoice 446 abc: The amount was not understood; please give one above zero in digits, such as 25000, 25000.50 or 25,000.00 (not 25,000), or send a PDF.
        /invoice 446 -5: The amount was not understood; please give one above zero in digits, such as 25000, 25000.50 or 25,000.00 (not 25,000), or send a PDF.
        /invoice 446 1e3: The amount was not understood; please give one above zero in digits, such as 25000, 25000.50 or 25,000.00 (not 25,000), or send a PDF.
        /invoice 446 0: The amount was not understood; please give one above zero in digits, such as 25000, 25000.50 or 25,000.00 (not 25,000), or send a PDF.
        /invoice 446 25000 01.04.2014: The due date has passed; please give the amount with a future date.
        /invoice 446 25000 31.02.2027: The due date was not understood: after the amount, please type the day in digits, such as 10.12 for 10 December.
        /invoice 447: Order #447 is already “Cancelled”: Вера, 1 Apr 2015 12:30
        /complete: Please give an order number after the command, for example 449.
        /complete 999999999999999999999: Please give an order number after the command, for example 449.
        /complete 446: Order #446 must be invoiced first.
        /complete 446 now: Please give an order number after the command, for example 449.
        /complete 447: Order #447 is already “Cancelled”: Вера, 1 Apr 2015 12:30
        /cancel_order: Please give an order number after the command, for example 449.
        /cancel_order x reason: Please give an order number after the command, for example 449.
        /cancel_order 999 reason: There is no order #999; please check the number.
        /cancel_order 447 reason: Order #447 is already “Cancelled”: Вера, 1 Apr 2015 12:30
        /queue completed: Please give the status of an open order, /queue placed or /queue invoiced; /queue alone shows all open orders.
        /queue Выполнен: Please give the status of an open order, /queue placed or /queue invoiced; /queue alone shows all open orders.
        /queue 5; DROP TABLE orders: Please give the status of an open order, /queue placed or /queue invoiced; /queue alone shows all open orders.
        /find: Please say what to look for: an order number, a name, a company, a tax number, a note or a serial number, up to 100 characters, for example: /find Smith
        /find ?: Please say what to look for: an order number, a name, a company, a tax number, a note or a serial number, up to 100 characters, for example: /find Smith
        /find %: Nothing found; please try an order number, part of a name, company or note, or a whole serial number.
        /find _: Nothing found; please try an order number, part of a name, company or note, or a whole serial number.
        /find '"<b>: Nothing found; please try an order number, part of a name, company or note, or a whole serial number.
        /find ~: Nothing found; please try an order number, part of a name, company or note, or a whole serial number.
        /stock nonsense: Please give a SKU from the price list, for example: /stock sp-1
        /stock <b>: Please give a SKU from the price list, for example: /stock sp-1
        /staff Вера: Please give a Telegram ID or a username, for example: /staff 123456789
        /staff @: Please give a Telegram ID or a username, for example: /staff 123456789
        /staff -5: Please give a Telegram ID or a username, for example: /staff 123456789
        /staff 0: Please give a Telegram ID or a username, for example: /staff 123456789
        /staff @nobody_here: No such person has written to the bot; please check the name, or give a Telegram ID.
        /staff №446: Please give a Telegram ID or a username, for example: /staff 123456789
        /staff 99999999999999999999: Please give a Telegram ID or a username, for example: /staff 123456789
        /block: Please say whom to block: a Telegram ID, a username or an order number, for example: /block @smith
        /block 0: Please say whom to block: a Telegram ID, a username or an order number, for example: /block @smith
        /block №999: No such person has written to the bot; please check the name, or give a Telegram ID.
        /block @name: No such person has written to the bot; please check the name, or give a Telegram ID.
        /block <b>: Please say whom to block: a Telegram ID, a username or an order number, for example: /block @smith
        /block 111111111: You cannot do this to yourself; please ask another admin.
        /unblock: Please say whom to unblock: a Telegram ID, a username or an order number, for example: /unblock @smith
        /unblock +5: Please say whom to unblock: a Telegram ID, a username or an order number, for example: /unblock @smith
        /unblock @name: No such person has written to the bot; please check the name, or give a Telegram ID.
        /stats век: This period is not recognised; please give today, week, month, year, all, a year (2026), a month (2026-04), a day (2026-04-15), the first and the last day (2026-04-01 2026-04-15), or nothing for the current month.
        /stats 2015 2016 2017: This period is not recognised; please give today, week, month, year, all, a year (2026), a month (2026-04), a day (2026-04-15), the first and the last day (2026-04-01 2026-04-15), or nothing for the current month.
        /stats 32.13.2015: This period is not recognised; please give today, week, month, year, all, a year (2026), a month (2026-04), a day (2026-04-15), the first and the last day (2026-04-01 2026-04-15), or nothing for the current month.
        /export 2026-13-45: This period is not recognised; please give today, week, month, year, all, a year (2026), a month (2026-04), a day (2026-04-15), the first and the last day (2026-04-01 2026-04-15), or nothing for the current month.
        /export 01.05.2026 01.04.2026: The first day is later than the last; please swap them: 01.04.2026 01.05.2026
        /export 2015 2014: The first day is later than the last; please swap them: 2014 2015
        /export all 2015: This period is not recognised; please give today, week, month, year, all, a year (2026), a month (2026-04), a day (2026-04-15), the first and the last day (2026-04-01 2026-04-15), or nothing for the current month.
        /export ' OR 1=1 --: This period is not recognised; please give today, week, month, year, all, a year (2026), a month (2026-04), a day (2026-04-15), the first and the last day (2026-04-01 2026-04-15), or nothing for the current month.
        "#);
}

async fn long_arguments_get_the_same_sentences(shop: Shop) {
    let admin = shop.admin();
    shop.anna().orders(&[(SP_1, 50)]).await;
    // A message of Telegram holds 4096 characters, the command among them.
    let long = "я".repeat(4_000);
    for command in [
        "/order",
        "/invoice",
        "/invoice 446",
        "/complete",
        "/cancel_order",
        "/queue",
        "/find",
        "/stock",
        "/staff",
        "/block",
        "/unblock",
        "/stats",
        "/export",
    ] {
        admin.says(&format!("{command} {long}")).await;
        let sentence = admin.sentence();
        assert!((10..400).contains(&sentence.chars().count()) && !sentence.contains("яяя"), "{command}: {sentence}");
    }
    admin.says(&format!("/cancel_order 446 {long}")).await;
    assert_snapshot!(admin.sentence(), @"Нужна причина кнопкой или текстом, не длиннее 300 знаков.");
    assert_eq!(shop.order(446).await.events.len(), 1);
}

async fn commands_are_read_as_people_type_them(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    for admin in [shop.admin(), shop.zoya()] {
        for (typed, sentence) in [
            ("/Queue@KeyDesk_Bot   Размещен", "В очереди 1 заказ со статусом «Размещен»"),
            ("/QUEUE\n\nplaced", "В очереди 1 заказ со статусом «Размещен»"),
            ("/find@keydesk_bot\nанна", "Поиск"),
            ("/Order   446", "Новый заказ №446"),
            ("/order@KEYDESK_BOT\n№446", "Новый заказ №446"),
            ("/order_446@keydesk_bot", "Новый заказ №446"),
            ("/order № 446", "Новый заказ №446"),
            ("/Invoice\n446", "Зоя, на какую сумму выставить счет по заказу №446?"),
            ("/invoice № 446", "Зоя, на какую сумму выставить счет по заказу №446?"),
            ("/CANCEL_ORDER  446\nнет оплаты\nсовсем", "Зоя, отменить заказ №446?"),
            ("/cancel_order@keydesk_bot\t446", "Зоя, почему отменяется заказ №446?"),
            (
                "/Stats@keydesk_bot  век",
                "Такой период не распознан; подойдут today, week, month, year, all, год (2026), месяц (04.2026), день (15.04.2026), первый и последний день (01.04.2026 15.04.2026), а без периода берется текущий месяц.",
            ),
            ("/BLOCK\u{a0}@anna", "Зоя, заблокировать?"),
        ] {
            admin.says(typed).await;
            // In the group the alert comes below, and asks.
            let is_asked = sentence.starts_with("Зоя, ") && !sentence.ends_with("заблокировать?");
            let sentence = if is_asked && admin.chat != admin.id { "Новый заказ №446" } else { sentence };
            assert_eq!(admin.sentence(), sentence, "{typed}");
        }
    }
    assert_eq!(shop.order(446).await.events.first().unwrap().action, OrderAction::Placed);
    assert_eq!(shop.order(446).await.events.len(), 1);
}

async fn commands_to_another_bot_are_none_of_ours(shop: Shop) {
    let (admin, zoya) = (shop.admin(), shop.zoya());
    let before = zoya.screens().len();
    for typed in
        ["/queue@other_bot", "/Find@other_bot  Анна", "/block@other_bot\n@anna", "/cancel_order@other_bot 446 x"]
    {
        zoya.says(typed).await;
        assert_eq!(zoya.screens().len(), before, "{typed}: {}", zoya.chat());
        admin.says(typed).await;
        assert_eq!(admin.sentence(), UNKNOWN_COMMAND, "{typed}");
    }
}

async fn a_period_is_the_one_that_was_typed(shop: Shop) {
    let admin = shop.admin();
    shop.anna().orders(&[(SP_1, 50)]).await;
    for (period, has_order) in [("2014", false), ("31.03.2015", false), ("01.04.2015", true), ("", true)] {
        admin.says(&format!("/stats {period}")).await;
        assert_eq!(admin.screen().contains("1 заказ"), has_order, "/stats {period}: {}", admin.screen());
        admin.says(&format!("/export {period}")).await;
        let Body::Document(file) = admin.message().unwrap().body else { panic!("a file: {}", admin.screen()) };
        let (name, table) = shop.emulator.file(&file.file_id).unwrap();
        assert_eq!(name, "orders.csv");
        assert_eq!(String::from_utf8(table).unwrap().contains("446"), has_order, "/export {period}");
    }
}
