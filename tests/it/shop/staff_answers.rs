//! Replies in the staff chat that go astray: each gets one clear sentence, and nothing is done by mistake.

use keydesk_emulator::{Content, MessageId};
use serde_json::json;

use crate::support::files::{list, pdf};
use crate::support::replies::{document_fields, with};
use crate::support::shop::{OLEG, SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_button_on_somebody_elses_prompt_does_nothing,
    a_reply_to_what_asks_nothing_does_not_go_to_the_customer,
    what_was_asked_for_is_taken_as_a_reply_only,
    a_reply_to_one_order_is_not_taken_for_another,
    several_files_at_once_are_no_answer,
    an_answer_that_is_edited_later_stays_as_it_was,
    a_sum_in_a_currency_is_explained,
    what_cannot_be_passed_on_does_not_leave_a_caption_behind,
    answering_a_customer_leaves_the_open_question,
    an_admin_is_told_in_private_as_well,
);

const NOT_ASKED: &str = "Это сообщение не ждет ответа, и клиент ваш ответ не получит. Чтобы ответить клиенту, \
                         ответьте на его вопрос, остальное делается кнопками под заказом.";
const NO_REPLY: &str =
    "Это пришло не ответом и потому не принято: пришлите то же самое, пожалуйста, ответом на это сообщение.";
const ONE_FILE: &str = "Нужен один файл, а не несколько сразу: пришлите его, пожалуйста, отдельно.";

fn newest(person: &Visitor<'_>) -> MessageId {
    *person.screens().last().unwrap()
}

async fn replies(person: &Visitor<'_>, to: MessageId, text: &str) -> String {
    person.shop.emulator.reply(person.chat, person.id, to, text);
    person.shop.settle().await;
    person.sentence()
}

async fn is_placed(shop: &Shop) -> bool {
    shop.order(446).await.events.len() == 1
}

async fn a_button_on_somebody_elses_prompt_does_nothing(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let (vera, oleg) = (shop.vera(), shop.oleg());
    let alert = newest(&vera);
    replies(&vera, alert, "110").await;
    replies(&oleg, alert, "110000").await;
    // Vera would invoice her own sum, and not the one that she read.
    let (asked, data) = oleg.button("Да, на 110 000,00 ₽");
    let press = shop.emulator.press(STAFF_CHAT, VERA, asked, &data);
    shop.settle().await;
    assert_eq!(
        vera.toast(&press).await.as_deref(),
        Some("Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.")
    );
    assert_eq!(shop.order(446).await.invoice(), None);
    oleg.taps("Да, на 110 000,00 ₽").await;
    assert!(shop.order(446).await.invoice().is_some());
}

async fn a_reply_to_what_asks_nothing_does_not_go_to_the_customer(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await;
    let (alert, told) = (newest(&oleg), anna.chat());
    assert_eq!(replies(&oleg, alert, "Отгрузим завтра").await, NOT_ASKED);
    // What was explained is not explained again, and nothing is lost.
    let sentence = replies(&oleg, alert, "Правда завтра").await;
    assert_eq!(sentence, "Отправить это клиенту по заказу №446?");
    assert!(oleg.screen().contains("Отгрузим завтра\nПравда завтра"), "{}", oleg.screen());
    assert_eq!(anna.chat(), told);
    assert!(is_placed(&shop).await);
}

async fn what_was_asked_for_is_taken_as_a_reply_only(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await;
    // The question was deleted while its answer was typed: Telegram then does not say what is answered.
    let question = newest(&vera);
    shop.emulator.delete_message(STAFF_CHAT, question);
    assert_eq!(replies(&vera, question, "11000").await, NO_REPLY);
    assert_eq!(vera.sends(pdf("")).await.sentence(), NO_REPLY);
    let origin = json!({ "type": "user", "date": 0, "sender_user": { "id": 101, "is_bot": false, "first_name": "А" } });
    vera.sends_raw(None, &[with(document_fields("Счет.pdf"), "forward_origin", origin)]).await;
    assert_eq!(vera.sentence(), NO_REPLY);
    let screens = vera.screens();
    vera.says("Какой сегодня курс?").await.sends(list("keys.txt", "A-1")).await;
    assert_eq!(vera.screens(), screens);
    assert!(is_placed(&shop).await);
    vera.replies_with(pdf("")).await;
    assert!(!is_placed(&shop).await);
}

async fn a_reply_to_one_order_is_not_taken_for_another(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let vera = shop.vera();
    for _ in 0..2 {
        shop.anna().orders(&[(SP_1, 50)]).await;
    }
    vera.says("/invoice 446").await;
    let question = newest(&vera);
    // The chat is busy: Vera does not see the question about the other order yet, and answers the one that she sees.
    vera.writes("/invoice 447");
    shop.takes_all_updates().await;
    shop.emulator.reply(STAFF_CHAT, VERA, question, "10500");
    shop.settle().await;
    assert_eq!(shop.order(446).await.invoice().unwrap().amount.minor(), 1_050_000);
    assert_eq!(shop.order(447).await.events.len(), 1);
}

async fn several_files_at_once_are_no_answer(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await;
    let album = |name: &str| with(document_fields(name), "media_group_id", json!("13"));
    let two = [with(album("Счет.pdf"), "caption", json!("11000")), album("Договор.pdf")];
    vera.sends_raw(Some(newest(&vera)), &two).await;
    assert_eq!(vera.sentence(), ONE_FILE);
    assert!(is_placed(&shop).await);
    vera.says("/invoice 446 11000").await.says("/complete 446").await;
    vera.sends_raw(Some(newest(&vera)), &[album("a.txt"), album("b.txt")]).await;
    assert_eq!(vera.sentence(), ONE_FILE);
    assert_eq!(shop.order(446).await.events.len(), 2);
}

async fn an_answer_that_is_edited_later_stays_as_it_was(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await;
    let answer = shop.emulator.reply(STAFF_CHAT, VERA, newest(&vera), "11000");
    let alert = vera.message_with(&["Новый заказ №446"]);
    shop.settle().await;
    let told = anna.chat();
    let explained = "Правка отправленного сообщения не учитывается. Чтобы изменить ответ, отправьте его заново.";
    // The question is gone by now, and Telegram does not say that this answered it.
    shop.emulator.edit(STAFF_CHAT, VERA, answer, "12000");
    shop.settle().await;
    assert_eq!(vera.sentence(), explained);
    assert_eq!(anna.chat(), told);
    assert_eq!(shop.order(446).await.invoice().unwrap().amount.minor(), 1_100_000);
    // People mend their talk, and that is nothing to the bot; what they answered it is.
    let talk = shop.emulator.say(STAFF_CHAT, OLEG, "Обед");
    let reply = shop.emulator.reply(STAFF_CHAT, OLEG, alert, "Вера, займись");
    shop.settle().await;
    let screens = vera.screens();
    shop.emulator.edit(STAFF_CHAT, OLEG, talk, "Обед?");
    shop.settle().await;
    assert_eq!(vera.screens(), screens);
    shop.emulator.edit(STAFF_CHAT, OLEG, reply, "Вера, займись сегодня");
    shop.settle().await;
    assert!(vera.screen().contains("Вера, займись сегодня"), "{}", vera.screen());
    assert_eq!(anna.chat(), told);
}

async fn a_sum_in_a_currency_is_explained(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await;
    let sentence = "Валюта не принята: счет выставляется в валюте RUB, укажите сумму цифрами.";
    for typed in ["25000 USD", "$100", "100€", "25000 долл.", "25000 € 15.04.2015"] {
        assert_eq!(vera.replies(typed).await.sentence(), sentence, "{typed}");
    }
    assert_eq!(vera.replies_with(pdf("100 EUR")).await.sentence(), sentence);
    assert!(is_placed(&shop).await);
}

async fn what_cannot_be_passed_on_does_not_leave_a_caption_behind(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Как поставить?").await;
    let (question, told) = (newest(&vera), anna.chat());
    vera.sends_raw(Some(question), &[json!({ "poll": {} })]).await;
    assert_eq!(
        vera.sentence(),
        "Ответить клиенту можно текстом, фотографией, видео, голосовым сообщением, стикером или файлом."
    );
    assert_eq!(anna.chat(), told);
    vera.says("/invoice 446").await;
    let video = json!({ "video": { "file_id": "v", "file_unique_id": "v" }, "caption": "11000" });
    vera.sends_raw(Some(newest(&vera)), &[video]).await;
    assert_eq!(vera.sentence(), "Файл не принят, это не PDF: пришлите счет файлом PDF или укажите сумму цифрами.");
    vera.says("/cancel_order 446").await;
    vera.replies_with(pdf("Клиент передумал")).await;
    assert_eq!(vera.sentence(), "Нужна причина кнопкой или текстом, не длиннее 300 знаков.");
    assert_eq!(shop.order(446).await.events.len(), 2);
}

async fn answering_a_customer_leaves_the_open_question(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Когда счет?").await;
    let question = newest(&vera);
    vera.says("/invoice 446").await;
    replies(&vera, question, "Сейчас").await;
    assert!(anna.screen().contains("Сейчас"), "{}", anna.screen());
    assert!(shop.alert(446).contains("Вера указывает сумму счета."), "{}", shop.alert(446));
    vera.replies("10500").await;
    assert_eq!(shop.order(446).await.invoice().unwrap().amount.minor(), 1_050_000);
}

async fn an_admin_is_told_in_private_as_well(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let admin = shop.admin();
    shop.anna().orders(&[(SP_1, 50)]).await;
    admin.says("/invoice 446").await;
    for content in [Content::Sticker, Content::Voice] {
        let sentence = admin.sends(content).await.sentence();
        assert_eq!(
            sentence,
            "Сумма не распознана: нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF."
        );
    }
    admin.says("10500").await;
    assert_eq!(shop.order(446).await.invoice().unwrap().amount.minor(), 1_050_000);
}
