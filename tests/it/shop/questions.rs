//! What customers ask and what staff answer.

use insta::assert_snapshot;
use keydesk_emulator::{Body, Content, MessageId};

use super::words::OUTDATED;
use crate::support::files::document;
use crate::support::shop::{OLEG, SP_1, STAFF_CHAT, Shop, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_question_and_its_answer_stand_in_both_histories,
    photos_and_files_go_both_ways,
    an_album_goes_to_staff_as_a_whole,
    the_vendor_is_asked_to_cancel,
    what_is_no_question_is_explained,
    five_questions_wait_for_an_answer_and_no_more,
    an_answer_that_cannot_be_sent_is_explained,
);

fn photo(caption: &str) -> Content {
    Content::Photo {
        bytes: vec![0xff, 0xd8, 0xff, 0xe0, 7],
        caption: (!caption.is_empty()).then(|| caption.to_owned()),
    }
}

/// The newest message of the bot in the staff chat, which a customer's words are.
fn newest(staff: &Visitor<'_>) -> MessageId {
    *staff.screens().last().unwrap()
}

/// Which message the bot answered with its newest one.
fn answers_to(staff: &Visitor<'_>) -> String {
    let message = staff.shop.emulator.message(STAFF_CHAT, newest(staff)).unwrap();
    let replied = message.reply_to.and_then(|replied| staff.shop.emulator.message(STAFF_CHAT, replied));
    replied.map_or_else(|| "nothing".to_owned(), |replied| replied.text.lines().next().unwrap_or_default().to_owned())
}

async fn a_question_and_its_answer_stand_in_both_histories(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    assert_snapshot!(anna.screen(), @r"
        Вопрос по заказу №446
        Напишите вопрос или пришлите фотографию либо файл, например платежное поручение. Ответ придет сюда.
        [‹ Назад]
        ");
    anna.says("Можно счет на <ООО «Ромашка»> & Ко?\n\nСрочно").await;
    assert_snapshot!(anna.screen(), @r"
        Вопрос отправлен, ответ придет сюда. Все, что вы напишете в ближайшие две минуты, тоже уйдет продавцу.

        Заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Вопрос: Можно счет на <ООО «Ромашка»> & Ко? Срочно
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    assert_snapshot!(oleg.screen(), @r"
        Вопрос по заказу №446
        Анна Иванова спрашивает. Ответьте на это сообщение, и клиент получит ваш ответ.
        Можно счет на <ООО «Ромашка»> & Ко?

        Срочно
        [Ответ не нужен]
        ");
    assert_eq!(answers_to(&oleg), "Заказ №446");
    oleg.replies("Да, завтра").await;
    assert_snapshot!(anna.screen(), @r"
        Ответ по заказу №446
        Да, завтра
        [Открыть заказ]
        ");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Размещен
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — вопрос (Анна Иванова): Можно счет на <ООО «Ромашка»> & Ко? Срочно (ответ дан)
        01.04.2015 12:30 — ответ (Олег): Да, завтра
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    anna.taps("Открыть заказ").await;
    assert_snapshot!(anna.screen(), @r"
        Заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Вопрос: Можно счет на <ООО «Ромашка»> & Ко? Срочно
        01.04.2015 12:30 — Ответ: Да, завтра
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
}

async fn photos_and_files_go_both_ways(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await;
    anna.taps("Вопрос по заказу").await.sends(photo("")).await;
    assert_snapshot!(oleg.screen(), @r"
        Вопрос по заказу №446
        Анна Иванова спрашивает. Ответьте на это сообщение, и клиент получит ваш ответ.
        [Ответ не нужен]
        ");
    assert!(matches!(shop.emulator.message(STAFF_CHAT, newest(&oleg)).unwrap().body, Body::Photo(_)));
    oleg.replies_with(photo("Вот так")).await;
    assert_snapshot!(anna.screen(), @r"
        Ответ по заказу №446
        Вот так
        [Открыть заказ]
        ");
    assert!(matches!(anna.message().unwrap().body, Body::Photo(_)));
    anna.taps("Открыть заказ").await.taps("Вопрос по заказу").await;
    anna.sends(document("Платежное поручение.docx", b"PK", "Оплатили")).await;
    assert_snapshot!(oleg.screen(), @r"
        Вопрос по заказу №446
        Анна Иванова спрашивает. Ответьте на это сообщение, и клиент получит ваш ответ.
        Оплатили
        [Ответ не нужен]
        ");
    assert_eq!(
        shop.emulator.message(STAFF_CHAT, newest(&oleg)).unwrap().document().unwrap().name,
        "Платежное поручение.docx"
    );
    oleg.replies_with(document("Акт.pdf", b"%PDF", "")).await;
    assert_snapshot!(anna.screen(), @r"
        Ответ по заказу №446
        [Открыть заказ]
        ");
    assert_eq!(anna.message().unwrap().document().unwrap().name, "Акт.pdf");
    anna.taps("Открыть заказ").await;
    assert_snapshot!(anna.screen(), @r"
        Заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Вопрос: файл
        01.04.2015 12:30 — Ответ: Вот так
        01.04.2015 12:30 — Вопрос: Оплатили
        01.04.2015 12:30 — Ответ: файл
        [Файлы переписки (4)]
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Размещен
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — вопрос (Анна Иванова): файл (ответ дан)
        01.04.2015 12:30 — ответ (Олег): Вот так
        01.04.2015 12:30 — вопрос (Анна Иванова): Оплатили (ответ дан)
        01.04.2015 12:30 — ответ (Олег): файл
        [Взять в работу]
        [Файлы переписки (4)]
        [Отменить…]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
}

async fn an_album_goes_to_staff_as_a_whole(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let before = oleg.screens().len();
    anna.sends(Content::Album(3)).await;
    let pictures = oleg.screens().split_off(before);
    assert_eq!(pictures.len(), 3);
    for picture in pictures {
        let message = shop.emulator.message(STAFF_CHAT, picture).unwrap();
        assert!(matches!(message.body, Body::Photo(_)), "{message:?}");
    }
    assert_eq!(anna.sentence(), "Дополнение по заказу №446 отправлено продавцу.");
    anna.taps("Меню").await.sends(photo("кот")).await;
    assert_eq!(oleg.screens().len(), before + 3, "a picture of no album is no question");
}

async fn the_vendor_is_asked_to_cancel(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await.taps("Попросить отменить").await;
    assert_snapshot!(anna.screen(), @r"
        Просьба отменить заказ №446
        Отменяет заказ продавец. Напишите, почему заказ больше не нужен, или отправьте просьбу без пояснений.
        [Отправить без пояснений]
        [‹ Назад]
        ");
    anna.says("Ошиблись ключом").await;
    assert_snapshot!(anna.sentence(), @"Просьба отправлена продавцу, ответ придет сюда. Все, что вы напишете в ближайшие две минуты, тоже уйдет продавцу.");
    assert_snapshot!(vera.screen(), @r"
        Просьба отменить заказ №446
        Анна Иванова просит отменить заказ. Ответьте на это сообщение, и клиент получит ваш ответ.
        Ошиблись ключом
        [Ответ не нужен]
        [Отменить…]
        ");
    anna.taps("Попросить отменить").await.taps("Отправить без пояснений").await;
    assert_snapshot!(vera.screen(), @r"
        Просьба отменить заказ №446
        Анна Иванова просит отменить заказ. Ответьте на это сообщение, и клиент получит ваш ответ.
        [Ответ не нужен]
        [Отменить…]
        ");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Размещен
        …
        Вопросы без ответа: 2
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — просьба отменить (Анна Иванова): Ошиблись ключом
        01.04.2015 12:30 — просьба отменить: Анна Иванова
        [Взять в работу]
        [Отменить…]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    vera.taps("Отменить…").await.taps("По просьбе клиента").await.taps("Отменить заказ").await;
    assert_snapshot!(anna.screen(), @r"
        Заказ №446 отменен.
        Причина: По вашей просьбе
        [Открыть заказ]
        ");
    // There is nothing to ask for any more; a question is still welcome.
    anna.taps("Открыть заказ").await;
    assert_snapshot!(anna.screen(), @r"
        Заказ №446
        Статус: Отменен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Просьба отменить: Ошиблись ключом
        01.04.2015 12:30 — Просьба отменить
        01.04.2015 12:30 — Отменен. По вашей просьбе
        [Вопрос по заказу]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    anna.forges("c:446:cancel").await;
    assert_snapshot!(anna.sentence(), @"Статус заказа изменился, сейчас это сделать нельзя. Что можно сделать, показывают кнопки ниже.");
    anna.forges("c:446:cancel-silent").await;
    assert_snapshot!(anna.sentence(), @"Статус заказа изменился, сейчас это сделать нельзя. Что можно сделать, показывают кнопки ниже.");
}

async fn what_is_no_question_is_explained(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let alerts = shop.staff_chat();
    let sentence = "Отправить можно текст, фотографию, видео, голосовое сообщение, стикер или файл.";
    anna.sends(Content::Other("poll".to_owned(), serde_json::json!({}))).await;
    assert_eq!(anna.sentence(), sentence);
    assert_eq!(anna.says("\u{200b}\u{202e}").await.sentence(), sentence);
    assert_eq!(shop.staff_chat(), alerts);
    assert!(anna.says("Когда?").await.sentence().starts_with("Вопрос отправлен, ответ придет сюда."));
    // A command leaves the question, and what is typed then is none.
    anna.taps("Вопрос по заказу").await.says("/orders").await.says("Когда?").await;
    assert_eq!(shop.staff_chat().len(), alerts.len() + 1);
    anna.says("/order 446").await.taps("Вопрос по заказу").await.taps("‹ Назад").await;
    assert!(anna.screen().starts_with("Заказ №446"), "{}", anna.screen());
}

async fn five_questions_wait_for_an_answer_and_no_more(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await;
    for number in 1..=5 {
        anna.taps("Вопрос по заказу").await.says(&format!("Вопрос {number}")).await;
    }
    let asked = shop.staff_chat().len();
    anna.taps("Вопрос по заказу").await;
    assert_snapshot!(anna.sentence(), @"Продавец еще не ответил на прошлые вопросы, дождитесь, пожалуйста, ответа.");
    anna.says("Вопрос 6").await;
    anna.taps("Попросить отменить").await;
    assert_snapshot!(anna.sentence(), @"Продавец еще не ответил на прошлые вопросы, дождитесь, пожалуйста, ответа.");
    assert_eq!(shop.staff_chat().len(), asked);
    oleg.replies("Отвечаем на все сразу").await;
    assert!(anna.screen().contains("Отвечаем на все сразу"), "{}", anna.screen());
    anna.taps("Вопрос по заказу").await.says("Вопрос 7").await;
    assert!(oleg.screen().contains("Вопрос 7"), "{}", oleg.screen());
}

async fn an_answer_that_cannot_be_sent_is_explained(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Когда?").await;
    let (question, before) = (newest(&oleg), anna.chat());
    shop.emulator.reply_with(STAFF_CHAT, OLEG, question, Content::Other("poll".to_owned(), serde_json::json!({})));
    shop.settle().await;
    assert_snapshot!(oleg.sentence(), @"Ответить клиенту можно текстом, фотографией, видео, голосовым сообщением, стикером или файлом.");
    assert_eq!(anna.chat(), before);
    // A question is answered as often as it takes, by whoever can.
    for (staff, answer) in [(OLEG, "Сегодня"), (crate::support::shop::VERA, "К вечеру")] {
        shop.emulator.reply(STAFF_CHAT, staff, question, answer);
        shop.settle().await;
        assert!(anna.screen().contains(answer), "{}", anna.screen());
    }
    assert_ne!(anna.sentence(), OUTDATED);
}
