//! Customers go on where they were.

use super::on_fixtures;
use super::phone::assert_has;
use crate::support::shop::{ADMIN, STAFF_CHAT, Shop, VERA};

on_fixtures!(
    a_draft_on_its_summary_is_sent_with_every_line,
    a_draft_is_offered_with_every_line,
    a_typed_number_is_taken_for_the_product_that_was_asked_about,
    every_draft_goes_on_from_its_screen,
    each_question_about_the_firm_takes_its_answer,
    an_order_that_waits_for_billing_details_is_sent_with_them,
    colleagues_go_on,
    a_newcomer_who_waits_is_let_in,
    words_to_staff_reach_them,
    a_reply_to_an_answer_of_then_reaches_staff,
    what_was_being_read_works,
    a_state_that_no_release_reads_is_kept_aside,
    nobody_else_begins_afresh,
);

// As the price list of that release named them.
const SP_1: &str = "Лицензия Guardant SP, 1 активаций";
const SP_3: &str = "Лицензия Guardant SP, 3 активаций";
const TRIAL_30000: &str = "Лицензия Guardant SP Trial, 30000 активаций";
const AFRESH: &str = "Бот обновился и не смог восстановить прежний экран";
const ANNAS_LINES: [&str; 5] = [
    "Лицензия Guardant SP, 1 активаций\n50 шт. — 11 000,00 ₽",
    "Лицензия Guardant SP Trial, 30000 активаций\n2 шт. — 9 200,00 ₽",
    "Лицензия Guardant SP, 3 активаций\n100 шт. — 51 300,00 ₽",
    "Итого: 152 шт. — 71 500,00 ₽",
    "Примечание: Заявка 18: <срочно>",
];

async fn a_draft_on_its_summary_is_sent_with_every_line(shop: Shop) {
    let anna = shop.anna();
    let messages = anna.screens();
    anna.taps("Отправить заказ").await;
    assert_has(&anna.screen(), &ANNAS_LINES);
    assert_has(&anna.screen(), &["Заказ №473\n", "Статус: Размещен"]);
    assert_eq!(anna.screens(), messages, "the summary became the card");
    assert_has(&shop.first_alert(473), &["Анна Иванова", "Примечание: Заявка 18"]);
}

async fn a_draft_is_offered_with_every_line(shop: Shop) {
    let anna = shop.anna();
    assert_has(&anna.says("/new").await.screen(), &ANNAS_LINES[..4]);
    anna.taps("Продолжить заказ").await.taps("Оформить заказ").await;
    assert_has(&anna.screen(), &ANNAS_LINES);
    assert_has(&anna.taps("Отправить заказ").await.screen(), &["Заказ №473\n"]);
}

async fn a_typed_number_is_taken_for_the_product_that_was_asked_about(shop: Shop) {
    let boris = shop.boris();
    boris.says("100").await;
    assert_has(
        &boris.screen(),
        &["Guardant SP licence, 1 activation\n50 keys", "Guardant SP licence, 3 activations\n100 keys"],
    );
    assert_has(&boris.taps("Check out").await.taps("Send order").await.screen(), &["Order #473\n"]);
}

async fn every_draft_goes_on_from_its_screen(shop: Shop) {
    let ru = |id| shop.visitor(id, "ru");
    let lines = [ANNAS_LINES[0], ANNAS_LINES[1]];
    assert_has(&ru(128).taps("Продолжить заказ").await.screen(), &lines);
    assert_has(&ru(104).taps("Продолжить заказ").await.screen(), &lines);
    assert_has(&ru(106).says("Заявка 19").await.screen(), &["Примечание: Заявка 19", lines[0], lines[1]]);
    ru(129).taps(SP_3).await.says("50").await;
    assert_has(&ru(129).screen(), &["Лицензия Guardant SP, 3 активаций\n50 шт.", lines[0], lines[1]]);
    for customer in [128, 104, 129] {
        ru(customer).taps("Оформить заказ").await;
    }
    for customer in [128, 104, 106, 129] {
        assert_has(&ru(customer).taps("Отправить заказ").await.screen(), &["Статус: Размещен", lines[0], lines[1]]);
    }
}

async fn each_question_about_the_firm_takes_its_answer(shop: Shop) {
    let ru = |id| shop.visitor(id, "ru");
    let answers: [(i64, &[&str]); 6] = [
        (132, &["ООО «Ромашка»", "7707083893", "773601001", "buh@example.com"]),
        (133, &["7707083893", "773601001", "buh@example.com"]),
        (134, &["NO 923 609 016", "post@example.com"]),
        (135, &["773601001", "buh@example.com"]),
        (136, &["buh@example.com"]),
        (137, &[]),
    ];
    for (person, answers) in answers {
        for answer in answers {
            ru(person).says(answer).await;
        }
        let kept = ru(person).taps("Сохранить").await.screen();
        assert_has(&kept, &["Реквизиты сохранены.", if person == 134 { "NO 923 609 016" } else { "КПП: 773601001" }]);
    }
    assert_has(&ru(137).screen(), &["Организация: ООО «Ромашка» & <Ко>", "buh@example.com"]);
    assert_has(&ru(138).says("new@example.com").await.screen(), &["ИП Ромашкина", "new@example.com"]);
    assert_has(&ru(139).says("773601001").await.screen(), &["ИНН: 7707083893", "КПП: 773601001"]);
    assert_has(&ru(140).says("NO 923 609 016").await.screen(), &["Налоговый номер: NO 923 609 016"]);
    ru(131).taps("Изменить название").await.says("ИП Василькова").await;
    assert_has(&ru(131).screen(), &["ИП Василькова", "500100732259"]);
}

async fn an_order_that_waits_for_billing_details_is_sent_with_them(shop: Shop) {
    let ru = |id| shop.visitor(id, "ru");
    for (person, answers) in
        [(103, &["ООО «Ромашка»", "7707083893", "773601001", "buh@example.com"][..]), (105, &["buh@example.com"][..])]
    {
        for answer in answers {
            ru(person).says(answer).await;
        }
        ru(person).taps("Сохранить").await.taps("Отправить заказ").await;
        assert_has(&ru(person).screen(), &["Статус: Размещен", ANNAS_LINES[0], ANNAS_LINES[1]]);
    }
}

async fn colleagues_go_on(shop: Shop) {
    let ru = |id| shop.visitor(id, "ru");
    let joined = ru(125).taps("Присоединиться").await.screen();
    assert_has(&joined, &["Вы присоединились"]);
    assert_has(&ru(125).says("/order 457").await.screen(), &["Кто оформил: Visitor 121"]);
    assert_has(&ru(122).says("/orders").await.screen(), &["№457"]);
    ru(122).says("/settings").await.taps("Коллеги").await.taps("Выйти из учетной записи").await;
    assert_has(&ru(122).taps("Выйти из учетной записи").await.screen(), &["Вы вышли"]);
    assert_has(&ru(122).says("/new").await.screen(), &[ANNAS_LINES[0], ANNAS_LINES[1]]);
    assert_has(&ru(123).taps("Исключить").await.sentence(), &["Участник исключен."]);
    assert_has(&shop.chat(124).concat(), &["Вы больше не состоите"]);
    assert_has(&ru(121).says("/settings").await.taps("Коллеги").await.screen(), &["Visitor 125"]);
    for former in [126, 127] {
        assert!(!ru(former).says("/orders").await.screen().contains("№457"), "{}", ru(former).screen());
    }
}

async fn a_newcomer_who_waits_is_let_in(shop: Shop) {
    let ru = |id| shop.visitor(id, "ru");
    shop.vera().taps_at(&["Visitor 145"], "Впустить").await;
    assert_has(&ru(145).screen(), &["открыл вам доступ"]);
    ru(145).orders(&[(TRIAL_30000, 1)]).await;
    assert_has(&ru(145).screen(), &["Заказ №473\n"]);
    assert_has(&ru(147).says("/new").await.screen(), &["не открыл вам доступ"]);
    assert_has(&ru(148).says("/new").await.screen(), &["Сейчас бот не может вам помочь."]);
    assert_has(&ru(146).says("/new").await.screen(), &["Новый заказ"]);
}

async fn words_to_staff_reach_them(shop: Shop) {
    let ru = |id| shop.visitor(id, "ru");
    ru(109).says("Можно ли <ускорить>?").await;
    assert_has(&ru(109).screen(), &["Вопрос отправлен", "Вопрос: Можно ли <ускорить>?"]);
    let question = ["Вопрос по заказу №453", "Visitor 109 спрашивает", "Можно ли <ускорить>?"];
    shop.vera().replies_to(&question, "Можно").await;
    assert_has(&ru(109).screen(), &["Ответ по заказу №453", "Можно"]);
    ru(110).says("Уже не нужен").await;
    shop.vera().message_with(&["Просьба отменить заказ №454", "Уже не нужен"]);
}

async fn a_reply_to_an_answer_of_then_reaches_staff(shop: Shop) {
    let anna = shop.anna();
    let answer = anna.message_with(&["Ответ по заказу №448", "Получили"]);
    shop.emulator.reply(anna.id, anna.id, answer, "А скидка?");
    shop.settle().await;
    let is_it =
        |told: &String| told.starts_with("Вопрос по заказу №448") && told.ends_with("А скидка?\n[Ответ не нужен]");
    assert!(shop.staff_chat().iter().any(is_it), "{:?}", shop.staff_chat());
}

async fn what_was_being_read_works(shop: Shop) {
    let ru = |id| shop.visitor(id, "ru");
    assert_has(&ru(107).taps("№451").await.screen(), &["Заказ №451\n"]);
    assert_has(&ru(108).taps("Повторить заказ").await.screen(), &["Новый заказ", "1 шт. — 4 600,00 ₽"]);
    ru(111).taps("Серийные номера файлом").await;
    assert_has(&ru(111).screen(), &["Серийные номера по всем заказам"]);
    assert_has(&ru(112).taps("Новый заказ").await.taps(SP_1).await.says("50").await.screen(), &[ANNAS_LINES[0]]);
    for reader in [113, 114] {
        assert_has(&ru(reader).taps("Меню").await.screen(), &["Здравствуйте"]);
    }
    assert_has(&ru(115).taps("Русский").await.screen(), &["Язык изменен."]);
}

async fn a_state_that_no_release_reads_is_kept_aside(shop: Shop) {
    let count = "SELECT CAST(COUNT(*) AS TEXT) FROM broken_dialogues";
    assert_eq!(shop.asks_sql(count).await, "1");
    assert_has(&shop.visitor(118, "ru").says("/new").await.screen(), &[AFRESH, "Новый заказ"]);
    assert_eq!(shop.asks_sql(count).await, "2");
}

async fn nobody_else_begins_afresh(shop: Shop) {
    let people: Vec<i64> = (101..300).chain([ADMIN]).filter(|id| !shop.chat(*id).is_empty()).collect();
    assert!(people.len() > 50, "{people:?}");
    for person in &people {
        shop.emulator.say(*person, *person, "/help");
    }
    for colleague in (VERA..=225).chain([ADMIN]) {
        shop.emulator.say(STAFF_CHAT, colleague, "/order 446");
    }
    shop.settle().await;
    for person in people {
        let screen = shop.chat(person).pop().unwrap();
        assert_eq!(screen.contains(AFRESH), person == 118, "{person}: {screen}");
    }
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM broken_dialogues").await, "2");
}
