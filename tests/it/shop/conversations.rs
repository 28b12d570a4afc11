//! A conversation about an order goes both ways, in as many messages as people need, and nothing of it is lost in silence.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk::domain::{ActionKind, Status};
use keydesk_emulator::{Body, Content, MessageId};

use crate::support::files::{document, pdf};
use crate::support::shop::{OLEG, SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::Visitor;
use crate::support::webhook::by_webhook;

on_both!(
    a_question_in_several_messages_reaches_staff_whole,
    what_comes_later_or_elsewhere_waits_for_a_press,
    words_for_nobody_are_kept_until_they_are_sent,
    an_edited_question_reaches_staff,
    an_edited_answer_reaches_the_customer,
    a_reply_to_an_answer_is_the_next_message,
    a_payment_order_in_reply_to_an_invoice_reaches_staff,
    a_reply_finds_its_order_while_another_question_is_open,
    words_under_an_alert_go_to_the_customer_by_a_press,
    words_survive_a_restart,
);

by_webhook!(a_question_in_several_messages_reaches_staff_whole, a_reply_to_an_answer_is_the_next_message,);

const NOT_SENT: &str = "Это сообщение продавцу не отправлено. Кнопка «Отправить продавцу» отправит его по заказу №446.";

const SENT: &str = "Сообщение по заказу №446 отправлено продавцу, ответ придет сюда. Все, что вы напишете в \
                    ближайшие две минуты, тоже уйдет продавцу.";

const NO_WORDS: &str = "Отправить можно текст, фотографию, видео, голосовое сообщение, стикер или файл.";

fn poll() -> Content {
    Content::Other("poll".to_owned(), serde_json::json!({}))
}

/// The newest message of the bot in the staff chat.
fn newest(shop: &Shop) -> MessageId {
    *shop.vera().screens().last().unwrap()
}

/// The text of the message which a message of the bot answers.
fn answered_by(visitor: &Visitor<'_>, message: MessageId) -> String {
    let emulator = &visitor.shop.emulator;
    let replied = emulator.message(visitor.chat, message).unwrap().reply_to.unwrap();
    emulator.message(visitor.chat, replied).unwrap().text
}

async fn asks(shop: &Shop, words: &str) {
    shop.anna().taps("Вопрос по заказу").await.says(words).await;
}

/// Staff's words about the order, oldest first, without what stands above them.
fn words_at_staff(shop: &Shop) -> Vec<String> {
    let words = |text: &String| {
        let (_, words) = text.split_once("получит ваш ответ.\n")?;
        Some(words.trim_end_matches("\n[Ответ не нужен]").to_owned())
    };
    shop.staff_chat().iter().filter_map(words).collect()
}

async fn a_question_in_several_messages_reaches_staff_whole(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    anna.writes("Здравствуйте");
    anna.writes("Когда будет счет? Нужно до пятницы, договор 17/2026");
    anna.posts(pdf("Вот договор"));
    shop.settle().await;
    assert_eq!(
        words_at_staff(&shop),
        ["Здравствуйте", "Когда будет счет? Нужно до пятницы, договор 17/2026", "Вот договор"]
    );
    assert_snapshot!(shop.oleg().screen(), @r"
        Вопрос по заказу №446
        Анна Иванова продолжает. Ответьте на это сообщение, и клиент получит ваш ответ.
        Вот договор
        ");
    assert!(matches!(shop.emulator.message(STAFF_CHAT, newest(&shop)).unwrap().body, Body::Document(_)));
    assert_snapshot!(anna.sentence(), @"Дополнение по заказу №446 отправлено продавцу.");
    // Each of many lines belongs to the one question, and does not count as another.
    for line in 1..=9 {
        anna.says(&format!("Строка {line}")).await;
    }
    assert_eq!(words_at_staff(&shop).len(), 12);
    let kinds: Vec<ActionKind> = shop.order(446).await.events.iter().map(|event| event.action.kind()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == ActionKind::Ask).count(), 1);
    shop.emulator.reply(STAFF_CHAT, OLEG, newest(&shop), "Сегодня");
    shop.settle().await;
    assert!(anna.screen().contains("Сегодня"), "{}", anna.screen());
}

async fn what_comes_later_or_elsewhere_waits_for_a_press(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    asks(&shop, "Здравствуйте").await;
    shop.clock.advance(TimeDelta::seconds(110));
    anna.says("Когда будет счет?").await;
    assert_eq!(words_at_staff(&shop), ["Здравствуйте", "Когда будет счет?"]);
    shop.clock.advance(TimeDelta::seconds(121));
    anna.says("И еще").await;
    assert_snapshot!(anna.screen(), @r"
        Это сообщение продавцу не отправлено. Кнопка «Отправить продавцу» отправит его по заказу №446.

        Заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Вопрос: Здравствуйте
        01.04.2015 12:31 — Вопрос: Когда будет счет?
        [Отправить продавцу]
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    anna.taps("Отправить продавцу").await;
    assert_eq!(anna.sentence(), SENT);
    anna.says("И еще вот что").await;
    assert_eq!(words_at_staff(&shop)[2..], ["И еще", "И еще вот что"]);
    // Whoever turns to something else has left the conversation.
    anna.taps("Меню").await.says("Алло").await;
    assert_eq!(anna.sentence(), NOT_SENT);
    anna.says("/prices").await.says("дорого").await;
    assert_eq!(anna.sentence(), NOT_SENT);
    assert_eq!(words_at_staff(&shop).len(), 4);
}

async fn words_for_nobody_are_kept_until_they_are_sent(shop: Shop) {
    let anna = shop.anna();
    anna.says("/start").await.says("Здравствуйте").await;
    assert!(anna.sentence().starts_with("Выберите действие кнопкой"), "{}", anna.screen());
    anna.orders(&[(SP_1, 50)]).await.taps("Меню").await;
    anna.writes("Здравствуйте");
    let second = shop.emulator.say(anna.chat, anna.id, "ИНН 7707083893");
    anna.posts(pdf("Реквизиты"));
    shop.settle().await;
    assert_eq!(
        anna.sentence(),
        "Продавцу не отправлены 3 сообщения. Кнопка «Отправить продавцу» отправит их по заказу №446."
    );
    anna.sends(poll()).await;
    assert_eq!(anna.sentence(), NO_WORDS);
    shop.emulator.edit(anna.chat, anna.id, second, "ИНН 7736050003");
    shop.settle().await;
    assert_eq!(words_at_staff(&shop), [""; 0]);
    let (message, data) = anna.button("Отправить продавцу");
    anna.taps("Отправить продавцу").await;
    assert_eq!(words_at_staff(&shop), ["Здравствуйте", "ИНН 7736050003", "Реквизиты"]);
    // Pressed again, it sends nothing again.
    anna.forges_on(message, &data).await;
    assert_eq!(words_at_staff(&shop).len(), 3);
    // No more are kept than fit, and that is said too.
    anna.taps("Меню").await;
    for number in 1..=11 {
        anna.writes(&format!("Сообщение {number}"));
    }
    shop.settle().await;
    assert_eq!(
        anna.sentence(),
        "Больше неотправленных сообщений бот не сохранит: отправьте прежние продавцу кнопкой, затем напишите это еще раз."
    );
    anna.taps("Отправить продавцу").await;
    assert_eq!(words_at_staff(&shop).len(), 13);
    // Somebody else's button sends nothing of theirs.
    let boris = shop.boris();
    boris.says("/start").await.says("Hello").await;
    boris.forges("c:446:words").await;
    assert_eq!(words_at_staff(&shop).len(), 13);
}

async fn an_edited_question_reaches_staff(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let question = shop.emulator.say(anna.chat, anna.id, "Выставьте счет на ООО Ромашка, ИНН 7707083893");
    shop.settle().await;
    let first = newest(&shop);
    shop.emulator.edit(anna.chat, anna.id, question, "Выставьте счет на ООО Лютик, ИНН 7736050003");
    shop.settle().await;
    assert_snapshot!(shop.oleg().screen(), @r"
        Вопрос по заказу №446
        Анна Иванова исправляет свое сообщение. Ответьте на это, и клиент получит ваш ответ.
        Выставьте счет на ООО Лютик, ИНН 7736050003
        ");
    assert_eq!(answered_by(&shop.oleg(), newest(&shop)), shop.emulator.message(STAFF_CHAT, first).unwrap().text);
    assert_snapshot!(anna.screen(), @r"
        Исправление по заказу №446 отправлено продавцу.

        Заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Вопрос: Выставьте счет на ООО Ромашка, ИНН 7707083893
        01.04.2015 12:30 — Исправлено: Выставьте счет на ООО Лютик, ИНН 7736050003
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Размещен
        …
        Вопросы без ответа: 1
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — вопрос (Анна Иванова): Выставьте счет на ООО Ромашка, ИНН 7707083893
        01.04.2015 12:30 — исправлено (Анна Иванова): Выставьте счет на ООО Лютик, ИНН 7736050003
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    // An edit that changes no word is none.
    let (staff, screens) = (shop.staff_chat(), anna.screens());
    shop.emulator.edit(anna.chat, anna.id, question, "Выставьте счет на ООО Лютик, ИНН 7736050003");
    shop.settle().await;
    assert_eq!((shop.staff_chat(), anna.screens()), (staff, screens));
    // A later one answers the newest; an answer to either goes back.
    let second = newest(&shop);
    shop.emulator.edit(anna.chat, anna.id, question, "Ничего не нужно");
    shop.settle().await;
    assert_eq!(answered_by(&shop.oleg(), newest(&shop)), shop.emulator.message(STAFF_CHAT, second).unwrap().text);
    shop.emulator.reply(STAFF_CHAT, VERA, first, "Хорошо");
    shop.settle().await;
    assert!(anna.screen().contains("Хорошо"), "{}", anna.screen());
    // An answer to the bot is told to stay as it was, once.
    anna.says("/new").await.taps(SP_1).await;
    let quantity = shop.emulator.say(anna.chat, anna.id, "50");
    shop.settle().await;
    shop.emulator.edit(anna.chat, anna.id, quantity, "100");
    shop.settle().await;
    let explained = "Правка отправленного сообщения не учитывается: пришлите, пожалуйста, новое.";
    assert_eq!(anna.sentence(), explained);
    let screens = anna.screens();
    shop.emulator.edit(anna.chat, anna.id, quantity, "200");
    shop.settle().await;
    assert_eq!(anna.screens(), screens);
    assert!(anna.screen().contains("50 шт."), "{}", anna.screen());
}

async fn an_edited_answer_reaches_the_customer(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    asks(&shop, "Когда?").await;
    let answer = shop.emulator.reply(STAFF_CHAT, VERA, newest(&shop), "Завтра в десять");
    shop.settle().await;
    let former = anna.newest_of_the_bot();
    shop.emulator.edit(STAFF_CHAT, VERA, answer, "Завтра в двенадцать");
    shop.settle().await;
    assert_snapshot!(anna.screen(), @r"
        Исправленный ответ по заказу №446
        Завтра в двенадцать
        [Открыть заказ]
        ");
    let expected = shop.emulator.message(anna.chat, former).unwrap().text;
    assert_eq!(answered_by(&anna, anna.newest_of_the_bot()), expected);
    assert!(
        shop.alert(446)
            .ends_with("ответ исправлен (Вера): Завтра в двенадцать\n[Взять в работу]\n[Отменить…]\n[Другая сумма…]\n[Счет на 11 000,00 ₽]"),
        "{}",
        shop.alert(446)
    );
}

async fn a_reply_to_an_answer_is_the_next_message(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    asks(&shop, "Когда?").await;
    for turn in 1..=3 {
        shop.emulator.reply(STAFF_CHAT, OLEG, newest(&shop), &format!("Ответ {turn}"));
        shop.settle().await;
        let answer = anna.newest_of_the_bot();
        // Long after, and wherever the dialogue stands by then.
        shop.clock.advance(TimeDelta::hours(20));
        anna.says("/orders").await;
        match turn {
            1 => shop.emulator.reply(anna.chat, anna.id, answer, "Спасибо, а договор?"),
            2 => {
                shop.emulator.reply_with(anna.chat, anna.id, answer, document("Платежка.pdf", b"%PDF-1.4", "Оплатили"))
            }
            _ => shop.emulator.reply_with(
                anna.chat,
                anna.id,
                answer,
                Content::Photo { bytes: vec![0xff, 0xd8, 0xff, 0xe0, 7], caption: None },
            ),
        };
        shop.settle().await;
        assert_eq!(anna.sentence(), SENT);
    }
    let messages = shop.emulator.messages(STAFF_CHAT);
    let passed: Vec<_> = messages.iter().filter(|message| message.text.contains("спрашивает")).collect();
    assert_eq!(passed.len(), 4);
    assert!(passed[1].text.ends_with("Спасибо, а договор?"), "{}", passed[1].text);
    assert_eq!(passed[2].document().unwrap().name, "Платежка.pdf");
    assert!(matches!(passed[3].body, Body::Photo(_)));
    // To words of one's own as well.
    let own = shop.emulator.messages(anna.chat).iter().find(|message| message.text == "Когда?").unwrap().id;
    anna.says("/orders").await;
    shop.emulator.reply(anna.chat, anna.id, own, "То есть счет");
    shop.settle().await;
    assert!(shop.oleg().screen().contains("\nТо есть счет\n"), "{}", shop.oleg().screen());
}

async fn a_payment_order_in_reply_to_an_invoice_reaches_staff(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    shop.vera().taps("Счет на 11 000,00 ₽").await;
    anna.replies_with(document("Платежное поручение.pdf", b"%PDF-1.4", "")).await;
    assert_eq!(shop.emulator.last_message(STAFF_CHAT).unwrap().document().unwrap().name, "Платежное поручение.pdf");
    assert_eq!(anna.sentence(), SENT);
    // A poll cannot be passed on, and that is told.
    anna.replies_with(poll()).await;
    assert_eq!(anna.sentence(), NO_WORDS);
}

async fn a_reply_finds_its_order_while_another_question_is_open(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.orders(&[(SP_1, 50)]).await;
    anna.says("/order 446").await;
    asks(&shop, "Когда?").await;
    shop.emulator.reply(STAFF_CHAT, VERA, newest(&shop), "Завтра");
    shop.settle().await;
    let answer = anna.newest_of_the_bot();
    anna.says("/order 447").await.taps("Попросить отменить").await;
    shop.emulator.reply(anna.chat, anna.id, answer, "А раньше?");
    shop.settle().await;
    assert!(shop.vera().screen().starts_with("Вопрос по заказу №446"), "{}", shop.vera().screen());
    assert_eq!(anna.sentence(), "Сообщение по заказу №446 отправлено продавцу, ответ придет сюда.");
    anna.says("Заказали дважды").await;
    assert!(shop.vera().screen().starts_with("Просьба отменить заказ №447"), "{}", shop.vera().screen());
    // An admin who is asked for a sum in private may answer as a customer all the same.
    let admin = shop.admin();
    admin.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Свой вопрос").await;
    shop.emulator.reply(STAFF_CHAT, VERA, newest(&shop), "Ответ себе");
    shop.settle().await;
    let answer = admin.newest_of_the_bot();
    admin.says("/invoice 446").await;
    shop.emulator.reply(admin.chat, admin.id, answer, "11000");
    shop.settle().await;
    assert_eq!(shop.order(446).await.summary.status, Status::Placed);
    assert!(shop.vera().screen().starts_with("Вопрос по заказу №448"), "{}", shop.vera().screen());
}

async fn words_under_an_alert_go_to_the_customer_by_a_press(shop: Shop) {
    let (anna, vera, oleg) = (shop.anna(), shop.vera(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await;
    let (alert, told) = (newest(&shop), anna.chat());
    shop.emulator.reply(STAFF_CHAT, VERA, alert, "Отгрузим завтра");
    shop.settle().await;
    assert_snapshot!(vera.screen(), @r"
        Это сообщение не ждет ответа, и клиент ваш ответ не получит. Чтобы ответить клиенту, ответьте на его вопрос, остальное делается кнопками под заказом.

        Отправить это клиенту по заказу №446?
        Отгрузим завтра
        [Отправить клиенту]
        [Не сейчас]
        ");
    let (message, data) = vera.button("Отправить клиенту");
    assert_eq!(
        oleg.forges_on(message, &data).await.unwrap(),
        "Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново."
    );
    assert_eq!(anna.chat(), told);
    vera.taps("Отправить клиенту").await;
    assert_snapshot!(anna.screen(), @r"
        Ответ по заказу №446
        Отгрузим завтра
        [Открыть заказ]
        ");
    assert_eq!(vera.screen(), "Ответ по заказу №446 отправляется клиенту.");
    vera.forges_on(message, &data).await;
    assert_eq!(shop.order(446).await.events.len(), 2);
}

async fn words_survive_a_restart(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await.taps("Меню").await.says("Когда счет?").await;
    let shop = shop.restart().await;
    let anna = shop.anna();
    anna.taps("Отправить продавцу").await;
    assert_eq!(words_at_staff(&shop), ["Когда счет?"]);
    let shop = shop.restart().await;
    shop.anna().says("И договор").await;
    assert_eq!(words_at_staff(&shop), ["Когда счет?", "И договор"]);
}
