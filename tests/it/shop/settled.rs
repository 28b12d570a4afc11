//! What needs no answer: customers' thanks, which would be counted among the questions for good.

use insta::assert_snapshot;
use keydesk::chat::action::{Action, StaffAction};
use keydesk::domain::OrderNumber;
use keydesk_emulator::MessageId;

use crate::support::shop::{SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::Visitor;

on_both!(
    thanks_are_closed_without_a_word_to_the_customer,
    of_two_who_see_to_a_question_the_other_reads_who_was_first,
    each_question_is_closed_by_itself,
    what_goes_on_with_a_closed_question_asks_anew,
    a_button_of_no_question_closes_nothing,
);

const NO_ANSWER: &str = "Ответ не нужен";

/// Anna asks about her order 446; gives the message that brings it to staff.
async fn asks(shop: &Shop, question: &str) -> MessageId {
    shop.anna().says("/order 446").await.taps("Вопрос по заказу").await.says(question).await;
    shop.vera().newest_of_the_bot()
}

async fn answers(shop: &Shop, to: MessageId, text: &str) {
    shop.emulator.reply(STAFF_CHAT, VERA, to, text);
    shop.settle().await;
}

/// What the alert says of questions.
fn questions(shop: &Shop) -> Vec<String> {
    let alert = shop.alert(446);
    let is_about = |line: &&str| line.contains("опрос") || line.contains("ответ не нужен");
    alert.lines().filter(is_about).map(str::to_owned).collect()
}

/// Presses the button below this message; gives what it answers.
async fn closes(staff: &Visitor<'_>, question: MessageId) -> String {
    let message = staff.shop.emulator.message(STAFF_CHAT, question).unwrap();
    let row = message.labels().iter().position(|row| row.contains(&NO_ANSWER)).unwrap();
    let keydesk_emulator::ButtonAction::Data(data) = &message.keyboard[row][0].action else {
        panic!("the button tells the bot");
    };
    staff.forges_on(question, data).await.unwrap()
}

async fn thanks_are_closed_without_a_word_to_the_customer(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    let question = asks(&shop, "Когда счет?").await;
    answers(&shop, question, "Завтра").await;
    let thanks = asks(&shop, "Спасибо").await;
    assert_snapshot!(vera.screen(), @r"
        Вопрос по заказу №446
        Анна Иванова спрашивает. Ответьте на это сообщение, и клиент получит ваш ответ.
        Спасибо
        [Ответ не нужен]
        ");
    let (told, screens) = (anna.chat(), vera.screens().len());
    assert_eq!(closes(&vera, thanks).await, "Заказ №446: отмечено, что ответ не нужен. Клиенту об этом не сообщается.");
    assert_eq!((anna.chat(), vera.screens().len()), (told, screens), "nobody is sent anything");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Размещен
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — вопрос (Анна Иванова): Когда счет? (ответ дан)
        01.04.2015 12:30 — ответ (Вера): Завтра
        01.04.2015 12:30 — вопрос (Анна Иванова): Спасибо (ответ не нужен)
        01.04.2015 12:30 — ответ не нужен: Вера
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    assert!(!anna.says("/order 446").await.screen().contains("не нужен"), "{}", anna.screen());
    assert_eq!(closes(&vera, thanks).await, "Заказ №446: отмечено, что ответ не нужен. Клиенту об этом не сообщается.");
    assert_eq!(shop.order(446).await.events.len(), 5, "a second tap does nothing");
}

async fn of_two_who_see_to_a_question_the_other_reads_who_was_first(shop: Shop) {
    let (vera, oleg) = (shop.vera(), shop.oleg());
    shop.anna().orders(&[(SP_1, 50)]).await;
    let question = asks(&shop, "Спасибо").await;
    closes(&vera, question).await;
    assert_eq!(
        closes(&oleg, question).await,
        "По заказу №446 уже отмечено, что ответ не нужен: Вера, 01.04.2015 12:30"
    );
    let question = asks(&shop, "Когда?").await;
    answers(&shop, question, "Завтра").await;
    assert_eq!(closes(&oleg, question).await, "По заказу №446 клиенту уже ответили: Вера, 01.04.2015 12:30");
    assert_eq!(shop.order(446).await.events.len(), 5);
    // Whoever thinks better of it answers all the same.
    let question = asks(&shop, "Точно?").await;
    closes(&vera, question).await;
    answers(&shop, question, "Точно").await;
    assert!(shop.anna().chat().contains("Точно"), "{}", shop.anna().chat());
}

async fn each_question_is_closed_by_itself(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    asks(&shop, "Когда?").await;
    let thanks = asks(&shop, "Спасибо").await;
    assert_eq!(questions(&shop)[0], "Вопросы без ответа: 2");
    closes(&shop.vera(), thanks).await;
    assert_eq!(
        questions(&shop),
        [
            "Вопросы без ответа: 1",
            "01.04.2015 12:30 — вопрос (Анна Иванова): Когда?",
            "01.04.2015 12:30 — вопрос (Анна Иванова): Спасибо (ответ не нужен)",
            "01.04.2015 12:30 — ответ не нужен: Вера",
        ]
    );
    // Five may wait, and what needs no answer does not wait.
    let anna = shop.anna();
    for text in ["2", "3", "4"] {
        closes(&shop.vera(), asks(&shop, text).await).await;
    }
    asks(&shop, "5").await;
    assert!(shop.vera().screen().contains("\n5\n"), "{}", anna.screen());
}

async fn what_goes_on_with_a_closed_question_asks_anew(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    let thanks = asks(&shop, "Спасибо").await;
    anna.says("Большое").await;
    assert!(!vera.screen().contains(NO_ANSWER), "it is a part of what is counted: {}", vera.screen());
    closes(&vera, thanks).await;
    assert!(!shop.alert(446).contains("без ответа"), "{}", shop.alert(446));
    anna.says("А когда счет?").await;
    assert!(vera.screen().contains("продолжает") && vera.screen().contains(NO_ANSWER), "{}", vera.screen());
    assert_eq!(questions(&shop)[0], "Вопросы без ответа: 1");
}

async fn a_button_of_no_question_closes_nothing(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    asks(&shop, "Когда?").await;
    for row in [0, 2, u32::MAX] {
        let forged = Action::Staff(OrderNumber(446), StaffAction::Settle { row }).encode();
        let toast = vera.forges(&forged).await;
        assert_eq!(
            toast.as_deref(),
            Some("Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново."),
            "{row}"
        );
    }
    assert_eq!(questions(&shop)[0], "Вопросы без ответа: 1");
}
