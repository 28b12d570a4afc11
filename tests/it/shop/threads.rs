//! A conversation about an order hangs together: each message below what it answers, for as long as people talk.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk_emulator::{Content, Message, MessageId, Sender};

use crate::support::actions::{cancelled, invoiced};
use crate::support::files::{document, pdf};
use crate::support::shop::{OLEG, SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::Visitor;

on_both!(
    each_message_hangs_below_what_it_answers,
    a_quote_goes_with_its_answer,
    a_colleague_reads_what_is_answered,
    a_conversation_outlives_its_order,
    staff_add_to_what_they_said,
    what_staff_may_have_meant_for_the_customer_waits_for_a_press,
    an_album_of_the_staff_arrives_whole,
    words_without_an_order_ask_for_one,
    a_file_of_somebody_else_waits_for_a_press,
    a_file_is_no_answer_to_a_question_of_the_bot,
    files_can_be_had_again,
    the_alert_shows_what_waits_for_an_answer,
);

fn newest(shop: &Shop) -> MessageId {
    shop.vera().newest_of_the_bot()
}

async fn asked(shop: &Shop, question: &str) -> MessageId {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let own = shop.emulator.say(anna.chat, anna.id, question);
    shop.settle().await;
    own
}

async fn answers(shop: &Shop, staff: i64, to: MessageId, text: &str) -> MessageId {
    let own = shop.emulator.reply(STAFF_CHAT, staff, to, text);
    shop.settle().await;
    own
}

fn last_of_the_bot(visitor: &Visitor<'_>) -> Message {
    visitor.shop.emulator.message(visitor.chat, visitor.newest_of_the_bot()).unwrap()
}

/// What staff said to the customer about the order, oldest first.
fn answers_in(visitor: &Visitor<'_>) -> Vec<String> {
    let messages = visitor.shop.emulator.messages(visitor.chat);
    let answer = |message: &Message| Some(message.text.split_once("Ответ по заказу №446\n")?.1.to_owned());
    messages.iter().filter(|message| message.from == Sender::Bot).filter_map(answer).collect()
}

async fn each_message_hangs_below_what_it_answers(shop: Shop) {
    let anna = shop.anna();
    let question = asked(&shop, "Когда?").await;
    let at_staff = last_of_the_bot(&shop.vera());
    assert_eq!(
        shop.emulator.message(STAFF_CHAT, at_staff.reply_to.unwrap()).unwrap().text.lines().next(),
        Some("Заказ №446")
    );
    let answer = answers(&shop, VERA, at_staff.id, "Завтра").await;
    let at_anna = last_of_the_bot(&anna);
    assert_eq!(at_anna.reply_to, Some(question));
    shop.emulator.reply(anna.chat, anna.id, at_anna.id, "А раньше?");
    shop.settle().await;
    assert_eq!(last_of_the_bot(&shop.vera()).reply_to, Some(answer));
    // To one's own words, which stand on the other side in a message of the bot.
    shop.emulator.reply(anna.chat, anna.id, question, "То есть счет");
    shop.settle().await;
    assert_eq!(last_of_the_bot(&shop.vera()).reply_to, Some(at_staff.id));
    answers(&shop, VERA, answer, "Точнее, в десять").await;
    assert_eq!(last_of_the_bot(&anna).reply_to, Some(at_anna.id));
    // What is gone holds nothing back.
    shop.emulator.delete_message(anna.chat, question);
    answers(&shop, OLEG, at_staff.id, "Отвечаю за Веру").await;
    assert_eq!(
        (last_of_the_bot(&anna).reply_to, answers_in(&anna).last().unwrap().as_str()),
        (None, "Отвечаю за Веру")
    );
}

async fn a_quote_goes_with_its_answer(shop: Shop) {
    let anna = shop.anna();
    let question = asked(&shop, "Счет нужен до пятницы, а договор можно позже").await;
    let at_staff = newest(&shop);
    shop.emulator.reply_quoting(STAFF_CHAT, VERA, at_staff, "до пятницы", "Успеем");
    shop.settle().await;
    let quote = |message: &Message| message.extras.quote.clone().map(|quote| quote.text);
    let at_anna = last_of_the_bot(&anna);
    assert_eq!((at_anna.reply_to, quote(&at_anna)), (Some(question), Some("до пятницы".to_owned())));
    assert_eq!(answers_in(&anna), ["Успеем"]);
    shop.emulator.reply_quoting(anna.chat, anna.id, at_anna.id, "Успеем", "Точно?");
    shop.settle().await;
    assert_eq!(quote(&last_of_the_bot(&shop.vera())).as_deref(), Some("Успеем"));
    // Anna has changed her words meanwhile, and the bot does not know yet: the quote stands in the answer itself.
    shop.emulator.reply_quoting(STAFF_CHAT, VERA, at_staff, "договор можно позже", "Хорошо");
    shop.takes_all_updates().await;
    shop.emulator.edit(anna.chat, anna.id, question, "Не нужно ничего");
    shop.settle().await;
    let at_anna = last_of_the_bot(&anna);
    assert_eq!((at_anna.reply_to, quote(&at_anna)), (Some(question), None));
    assert_eq!(answers_in(&anna).last().unwrap(), "В ответ на «договор можно позже»:\nХорошо");
    // What the bot wrote stands in no message of Anna's.
    shop.emulator.reply_quoting(STAFF_CHAT, VERA, at_staff, "Вопрос по заказу №446", "На какой именно?");
    shop.settle().await;
    assert_snapshot!(anna.screen(), @r"
        Ответ по заказу №446
        В ответ на «Вопрос по заказу №446»:
        На какой именно?
        [Открыть заказ]
        ");
    // Nor does staff's chat have the message in which an invoice was announced.
    shop.staff_did(446, invoiced()).await;
    anna.says("/order 446").await;
    shop.emulator.reply_quoting(anna.chat, anna.id, anna.newest_of_the_bot(), "Выставлен счет", "Не вижу его");
    shop.settle().await;
    assert_snapshot!(shop.vera().screen(), @r"
        Вопрос по заказу №446
        Анна Иванова спрашивает. Ответьте на это сообщение, и клиент получит ваш ответ.
        В ответ на «Выставлен счет»:
        Не вижу его
        [Ответ не нужен]
        ");
}

async fn a_colleague_reads_what_is_answered(shop: Shop) {
    let masha = shop.visitor(1001, "ru");
    masha.says("/start").await;
    asked(&shop, "Счет нужен до пятницы").await;
    shop.share_an_account(101, masha.id).await;
    shop.emulator.reply_quoting(STAFF_CHAT, VERA, newest(&shop), "до пятницы", "Успеем");
    shop.settle().await;
    assert_snapshot!(masha.screen(), @r"
        Ответ по заказу №446
        В ответ на «до пятницы»:
        Успеем
        [Открыть заказ]
        ");
    // She goes on with it as well as Anna.
    masha.replies("Спасибо, ждем").await;
    assert_snapshot!(shop.vera().screen(), @r"
        Вопрос по заказу №446
        Visitor 1001 спрашивает. Ответьте на это сообщение, и клиент получит ваш ответ.
        Спасибо, ждем
        [Ответ не нужен]
        ");
    answers(&shop, OLEG, newest(&shop), "Готово").await;
    assert_eq!((answers_in(&masha).len(), answers_in(&shop.anna()).len()), (2, 2));
}

async fn a_conversation_outlives_its_order(shop: Shop) {
    let anna = shop.anna();
    asked(&shop, "Когда?").await;
    answers(&shop, VERA, newest(&shop), "Завтра").await;
    shop.staff_did(446, cancelled()).await;
    shop.clock.advance(TimeDelta::weeks(5));
    anna.replies("Почему отменили?").await;
    assert!(shop.vera().screen().contains("\nПочему отменили?\n"), "{}", shop.vera().screen());
    shop.clock.advance(TimeDelta::weeks(5));
    answers(&shop, OLEG, newest(&shop), "Вы просили").await;
    assert_eq!(answers_in(&anna), ["Завтра", "Вы просили"]);
}

async fn staff_add_to_what_they_said(shop: Shop) {
    let anna = shop.anna();
    asked(&shop, "Когда?").await;
    let own = answers(&shop, VERA, newest(&shop), "Завтра").await;
    let told = shop.staff_chat().len();
    answers(&shop, VERA, own, "В десять").await;
    assert_eq!(answers_in(&anna), ["Завтра", "В десять"]);
    // Talk among the staff is nobody's business.
    let talk = shop.emulator.say(STAFF_CHAT, OLEG, "Кто дежурит?");
    answers(&shop, VERA, talk, "Я").await;
    shop.clock.advance(TimeDelta::seconds(121));
    shop.vera().says("Пойду обедать").await;
    let told = shop.staff_chat().len() - told;
    assert_eq!((answers_in(&anna).len(), told), (2, 4), "{}", shop.vera().chat());
}

async fn what_staff_may_have_meant_for_the_customer_waits_for_a_press(shop: Shop) {
    let (anna, vera, oleg) = (shop.anna(), shop.vera(), shop.oleg());
    asked(&shop, "Когда?").await;
    let answer = answers(&shop, VERA, newest(&shop), "Завтра").await;
    vera.says("И договор приложу").await;
    let second = shop.emulator.say(STAFF_CHAT, VERA, "Ждите");
    shop.settle().await;
    shop.emulator.edit(STAFF_CHAT, VERA, second, "Ждите письма");
    shop.settle().await;
    assert_snapshot!(vera.screen(), @r"
        Отправить это клиенту по заказу №446?
        И договор приложу
        Ждите письма
        [Отправить клиенту]
        [Не сейчас]
        ");
    assert_eq!(answers_in(&anna), ["Завтра"]);
    vera.taps("Отправить клиенту").await;
    assert_eq!(answers_in(&anna), ["Завтра", "И договор приложу", "Ждите письма"]);
    // Below a colleague's answer people talk as well as they answer.
    answers(&shop, OLEG, answer, "Точно завтра?").await;
    assert_eq!(answers_in(&anna).len(), 3);
    oleg.taps("Не сейчас").await;
    answers(&shop, OLEG, answer, "К десяти утра").await;
    oleg.taps("Отправить клиенту").await;
    assert_eq!(answers_in(&anna).last().unwrap(), "К десяти утра");
}

async fn an_album_of_the_staff_arrives_whole(shop: Shop) {
    let anna = shop.anna();
    asked(&shop, "Покажите образцы").await;
    let (question, before) = (newest(&shop), anna.screens().len());
    let parts = [("Лицевая сторона", 1), ("", 2), ("Оборот", 3)]
        .map(|(caption, number)| document(&format!("Образец {number}.pdf"), b"%PDF-1.4", caption));
    shop.emulator.reply_with(STAFF_CHAT, VERA, question, Content::Together(parts.into()));
    shop.settle().await;
    let arrived = anna.screens().split_off(before);
    let name = |id: &MessageId| shop.emulator.message(anna.chat, *id).unwrap().document().unwrap().name.clone();
    assert_eq!(arrived.iter().map(name).collect::<Vec<_>>(), ["Образец 1.pdf", "Образец 2.pdf", "Образец 3.pdf"]);
    assert_eq!(answers_in(&anna), ["Лицевая сторона", "Оборот"]);
}

async fn words_without_an_order_ask_for_one(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.orders(&[(SP_1, 50)]).await.orders(&[(SP_1, 50)]).await;
    shop.staff_did(447, cancelled()).await;
    anna.taps("Меню").await.sends(document("Платежное поручение.pdf", b"%PDF-1.4", "Оплатили")).await;
    assert_eq!(anna.sentence(), "Это сообщение продавцу не отправлено. Выберите заказ, к которому оно относится.");
    assert_eq!(anna.message().unwrap().labels()[0], ["По заказу №448", "По заказу №446"]);
    // The parts of an album wait together.
    let parts = [pdf("Акт"), pdf("")];
    anna.sends(Content::Together(parts.into())).await;
    assert_eq!(anna.sentence(), "Продавцу не отправлены 3 сообщения. Выберите заказ, к которому они относятся.");
    let told = shop.staff_chat().len();
    anna.taps("По заказу №446").await;
    let at_staff = shop.emulator.messages(STAFF_CHAT).split_off(told);
    let named = |message: &Message| {
        (message.document().map(|file| file.name.clone()), message.text.lines().last().map(str::to_owned))
    };
    assert_eq!(
        at_staff
            .iter()
            .map(named)
            .map(|(name, text)| format!("{}: {}", name.unwrap(), text.unwrap()))
            .collect::<Vec<_>>(),
        [
            "Платежное поручение.pdf: Оплатили",
            "Счет.pdf: Акт",
            "Счет.pdf: Анна Иванова продолжает. Ответьте на это сообщение, и клиент получит ваш ответ.",
        ]
    );
    assert!(at_staff[0].text.starts_with("Вопрос по заказу №446"), "{at_staff:?}");
    assert_eq!(anna.forges("c:448:words").await.unwrap(), "Экран устарел, показываем текущий.");
}

async fn a_file_of_somebody_else_waits_for_a_press(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let told = shop.staff_chat().len();
    shop.emulator.forward_content(anna.chat, anna.id, 900, document("Реквизиты.pdf", b"%PDF-1.4", "/cancel"));
    shop.settle().await;
    assert!(anna.sentence().starts_with("Это сообщение продавцу не отправлено."), "{}", anna.screen());
    assert_eq!(shop.staff_chat().len(), told);
    anna.taps("Отправить продавцу").await;
    assert_eq!(shop.emulator.last_message(STAFF_CHAT).unwrap().document().unwrap().name, "Реквизиты.pdf");
    assert!(shop.vera().screen().contains("\n/cancel\n"), "{}", shop.vera().screen());
}

async fn a_file_is_no_answer_to_a_question_of_the_bot(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.says("/new").await.taps(SP_1).await;
    anna.sends(document("Платежное поручение.pdf", b"%PDF-1.4", "")).await;
    assert_snapshot!(anna.screen(), @r"
        Количество не распознано, напишите целое число цифрами: 50, 100 или 200.

        Это сообщение продавцу не отправлено. Кнопка «Отправить продавцу» отправит его по заказу №446.

        Лицензия Guardant SP, 1 активация
        Выберите количество кнопкой или напишите число: 50, 100 или 200.
        [Отправить продавцу]
        [50 — 11 000,00 ₽]
        [100 — 20 900,00 ₽]
        [200 — 39 600,00 ₽]
        [‹ Назад]
        ");
    anna.taps("Отправить продавцу").await;
    assert_eq!(shop.emulator.last_message(STAFF_CHAT).unwrap().document().unwrap().name, "Платежное поручение.pdf");
}

async fn files_can_be_had_again(shop: Shop) {
    let (anna, boris) = (shop.anna(), shop.boris());
    asked(&shop, "Когда?").await;
    anna.sends(document("Платежка.pdf", b"%PDF-1.4", "Оплатили")).await;
    shop.emulator.reply_with(STAFF_CHAT, VERA, newest(&shop), document("Акт.pdf", b"%PDF-1.4", ""));
    shop.settle().await;
    anna.says("/order 446").await;
    let before = anna.screens().len();
    anna.taps("Файлы переписки (2)").await;
    let shown = anna.screens().split_off(before);
    let files: Vec<_> =
        shown.iter().filter(|id| shop.emulator.message(anna.chat, **id).unwrap().file().is_some()).collect();
    assert_snapshot!(files.iter().map(|id| shop.emulator.message(anna.chat, **id).unwrap().text).collect::<Vec<_>>().join("\n--\n"), @r"
        Файл по заказу №446
        01.04.2015 12:30 — Вопрос: Оплатили
        --
        Файл по заказу №446
        01.04.2015 12:30 — Ответ: файл
        ");
    let (at_staff, _) = shop.vera().button("Файлы переписки (2)");
    let told = shop.staff_chat().len();
    assert_eq!(shop.vera().forges_on(at_staff, "s:446:files").await.unwrap(), "Файлы придут следующими сообщениями.");
    assert_snapshot!(shop.staff_chat().split_off(told).join("\n--\n"), @r"
        Файл по заказу №446
        01.04.2015 12:30 — вопрос (Анна Иванова): Оплатили
        --
        Файл по заказу №446
        01.04.2015 12:30 — ответ (Вера): файл
        ");
    // An answer to one of them goes to the customer.
    answers(&shop, OLEG, newest(&shop), "Подпишите, пожалуйста").await;
    assert_eq!(answers_in(&anna).last().unwrap(), "Подпишите, пожалуйста");
    // Nobody else has them.
    boris.says("/start").await;
    let screens = boris.screens().len();
    boris.forges("c:446:files").await;
    assert_eq!(boris.screens().len(), screens);
    assert!(boris.message().unwrap().file().is_none());
}

async fn the_alert_shows_what_waits_for_an_answer(shop: Shop) {
    asked(&shop, "Когда?").await;
    let lines = |shop: &Shop| {
        let alert = shop.alert(446);
        alert.lines().filter(|line| line.contains("опрос")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines(&shop), ["Вопросы без ответа: 1", "01.04.2015 12:30 — вопрос (Анна Иванова): Когда?"]);
    answers(&shop, VERA, newest(&shop), "Завтра").await;
    assert_eq!(lines(&shop), ["01.04.2015 12:30 — вопрос (Анна Иванова): Когда? (ответ дан)"]);
}
