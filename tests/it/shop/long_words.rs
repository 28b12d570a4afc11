//! Words about an order as long as Telegram lets them be: nothing of them is lost, and nothing that goes on is overlooked.

use chrono::TimeDelta;
use keydesk_emulator::{Content, MessageId};

use crate::support::shop::{OLEG, SP_1, STAFF_CHAT, Shop, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_long_question_in_two_messages_reaches_staff_whole,
    a_long_caption_of_an_album_reaches_staff_whole,
    a_long_answer_reaches_the_customer_whole,
    a_long_question_is_mended_by_an_edit,
    what_goes_on_with_an_answered_question_waits_for_an_answer,
);

/// So many characters that can be told from each other.
fn long(characters: usize) -> String {
    let words: String = (0..).map(|number| format!("слово{number:04} ")).take(characters / 10 + 1).collect();
    words.chars().take(characters - 1).chain(['.']).collect()
}

/// What people wrote there since, word by word.
fn words_since(visitor: &Visitor<'_>, before: usize) -> String {
    let messages: Vec<MessageId> = visitor.screens().split_off(before);
    let text = |id: &MessageId| visitor.shop.emulator.message(visitor.chat, *id).unwrap().text;
    let words = |text: String| text.split_once("ответ.\n").map_or_else(String::new, |(_, words)| words.to_owned());
    messages.iter().map(text).map(words).collect::<Vec<_>>().join(" ")
}

fn newest(visitor: &Visitor<'_>) -> MessageId {
    *visitor.screens().last().unwrap()
}

async fn a_long_question_in_two_messages_reaches_staff_whole(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let before = oleg.screens().len();
    // A client divides a long text like this.
    anna.writes(&long(4096));
    anna.writes("и остаток");
    shop.settle().await;
    assert_eq!(words_since(&oleg, before), format!("{} и остаток", long(4096)));
    assert_eq!(anna.sentence(), "Дополнение по заказу №446 отправлено продавцу.");
    // The same without a question that is open: emoji are two of Telegram's characters each.
    shop.clock.advance(TimeDelta::minutes(5));
    let before = oleg.screens().len();
    anna.taps("Меню").await.says(&"😀".repeat(2048)).await.taps("Отправить продавцу").await;
    assert_eq!(words_since(&oleg, before).matches('😀').count(), 2048);
}

async fn a_long_caption_of_an_album_reaches_staff_whole(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let before = oleg.screens().len();
    let photo = |caption: Option<String>| Content::Photo { bytes: vec![0xff, 0xd8, 0xff, 0xe0, 7], caption };
    anna.sends(Content::Together(vec![photo(Some(long(900))), photo(None)])).await;
    let photos = oleg.screens().split_off(before).into_iter().filter(|message| {
        matches!(shop.emulator.message(STAFF_CHAT, *message).unwrap().body, keydesk_emulator::Body::Photo(_))
    });
    assert_eq!(photos.count(), 2, "{}", oleg.chat());
    assert_eq!(words_since(&oleg, before).trim(), long(900));
}

async fn a_long_answer_reaches_the_customer_whole(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Как поставить?").await;
    let before = anna.screens().len();
    oleg.replies(&long(4096)).await;
    let told: String = shop.chat(anna.chat).split_off(before).join("\n");
    for number in 0..409 {
        assert!(told.contains(&format!("слово{number:04}")), "{number}: {told}");
    }
}

async fn a_long_question_is_mended_by_an_edit(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let question = shop.emulator.say(anna.chat, anna.id, &long(4000));
    shop.settle().await;
    let told = oleg.screens().len();
    // Telegram tells of edits that change nothing, too.
    shop.emulator.edit(anna.chat, anna.id, question, &long(4000));
    shop.settle().await;
    assert_eq!(oleg.screens().len(), told);
    shop.emulator.edit(anna.chat, anna.id, question, "теперь коротко");
    shop.settle().await;
    assert!(oleg.screen().ends_with("теперь коротко"), "{}", oleg.screen());
    assert_eq!(anna.sentence(), "Исправление по заказу №446 отправлено продавцу.");
}

async fn what_goes_on_with_an_answered_question_waits_for_an_answer(shop: Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Когда счет?").await;
    let question = newest(&oleg);
    anna.says("И сколько?").await;
    shop.emulator.reply(STAFF_CHAT, OLEG, question, "Сегодня");
    shop.settle().await;
    let alert = shop.alert(446);
    assert!(!alert.contains("Вопросы без ответа"), "{alert}");
    // Each of its parts is answered.
    assert_eq!(alert.matches("(ответ дан)").count(), 2, "{alert}");
    anna.says("А договор?").await;
    assert!(shop.alert(446).contains("Вопросы без ответа: 1"), "{}", shop.alert(446));
    anna.says("И акт?").await;
    assert!(shop.alert(446).contains("Вопросы без ответа: 1"), "{}", shop.alert(446));
}
