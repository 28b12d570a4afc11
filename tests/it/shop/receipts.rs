//! Staff see by a reaction that their words are on their way to the customer, which costs their chat no message.

use chrono::TimeDelta;
use keydesk_emulator::{FaultKind, MessageId};

use crate::support::shop::{OLEG, SP_1, STAFF_CHAT, Shop, VERA, on_both};

on_both!(
    an_answer_gets_a_reaction_and_no_message,
    a_chat_without_reactions_is_answered_in_words,
    a_reaction_that_fails_is_said_in_words_once,
);

const IN_WORDS: &str = "Ответ по заказу №446 отправляется клиенту.";

async fn asked(shop: &Shop) -> MessageId {
    shop.anna().orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Когда?").await;
    shop.vera().newest_of_the_bot()
}

async fn answers(shop: &Shop, question: MessageId, text: &str) -> MessageId {
    let own = shop.emulator.reply(STAFF_CHAT, VERA, question, text);
    shop.settle().await;
    own
}

/// Waits for the bot's reaction to a message of the staff.
async fn reacts(shop: &Shop, message: MessageId, emoji: &str) {
    let reaction = |world: &keydesk_emulator::World| {
        world.message(STAFF_CHAT, message).and_then(|message| message.extras.reaction.clone())
    };
    shop.emulator.until(|world| reaction(world).as_deref() == Some(emoji)).await;
}

/// Waits for the bot to say in words, below this message, what no reaction said.
async fn says_below(shop: &Shop, message: MessageId) {
    let is_said = || {
        let last = shop.emulator.last_message(STAFF_CHAT).unwrap();
        last.text == IN_WORDS && last.reply_to == Some(message)
    };
    while !is_said() {
        tokio::task::yield_now().await;
        shop.delivers().await;
    }
}

async fn an_answer_gets_a_reaction_and_no_message(shop: Shop) {
    let question = asked(&shop).await;
    let told = shop.vera().screens().len();
    let answer = answers(&shop, question, "Завтра").await;
    reacts(&shop, answer, "👍").await;
    shop.emulator.edit(STAFF_CHAT, VERA, answer, "Послезавтра");
    shop.settle().await;
    reacts(&shop, answer, "✍").await;
    shop.settle().await;
    assert_eq!(shop.vera().screens().len(), told);
    assert!(shop.anna().screen().contains("Послезавтра"), "{}", shop.anna().screen());
    // What is no answer gets none.
    let talk = shop.emulator.say(STAFF_CHAT, OLEG, "Кто дежурит?");
    shop.settle().await;
    assert_eq!(shop.emulator.message(STAFF_CHAT, talk).unwrap().extras.reaction, None);
}

async fn a_chat_without_reactions_is_answered_in_words(shop: Shop) {
    let question = asked(&shop).await;
    shop.emulator.allow_reactions(STAFF_CHAT, Some(&["🔥"]));
    let answer = answers(&shop, question, "Завтра").await;
    says_below(&shop, answer).await;
    // It is remembered for a day.
    let tried = shop.calls("setMessageReaction");
    answers(&shop, question, "В десять").await;
    assert_eq!((shop.vera().screen().as_str(), shop.calls("setMessageReaction")), (IN_WORDS, tried));
    shop.emulator.allow_reactions(STAFF_CHAT, None);
    shop.clock.advance(TimeDelta::hours(25));
    let answer = answers(&shop, question, "Готово").await;
    reacts(&shop, answer, "👍").await;
}

async fn a_reaction_that_fails_is_said_in_words_once(shop: Shop) {
    let question = asked(&shop).await;
    shop.suffers("setMessageReaction", STAFF_CHAT, FaultKind::ServerError(502));
    let answer = answers(&shop, question, "Завтра").await;
    says_below(&shop, answer).await;
    let answer = answers(&shop, question, "В десять").await;
    reacts(&shop, answer, "👍").await;
}
