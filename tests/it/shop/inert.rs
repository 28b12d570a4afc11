//! Nothing that customers write or are called can be pressed in staff's messages.

use keydesk_emulator::{EntityKind, Person};

use crate::support::files::pdf;
use crate::support::shop::{ADMIN, SP_1, STAFF_CHAT, Shop, on_both};

on_both!(nothing_of_a_customers_words_is_live_in_staffs_messages);

const WORDS: &str = "@durov, см. https://evil.example/a?b=1 или evil.com/x (t.me/joinchat/x): /cancel_order_446 #скидка \
                     anna@evil.com пример.рф/@anna_2 «/stock» $USD 10.0.0.1 оплата 01.04.2015 на 25.000,00 р.";

async fn nothing_of_a_customers_words_is_live_in_staffs_messages(shop: Shop) {
    let anna = shop.anna();
    shop.emulator.add_person(Person {
        id: anna.id,
        first_name: "@durov evil.com".to_owned(),
        last_name: Some("/cancel https://evil.com".to_owned()),
        username: None,
        language_code: Some("ru".to_owned()),
    });
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await.says("ООО evil.com @durov").await;
    anna.says("7707083893/773601001").await.says("buh@evil.com").await.taps("Сохранить").await;
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    anna.taps("Добавить примечание").await.says(WORDS).await.taps("Отправить заказ").await;
    anna.taps("Вопрос по заказу").await;
    let question = shop.emulator.say(anna.chat, anna.id, WORDS);
    shop.settle().await;
    anna.sends(pdf(WORDS)).await;
    shop.emulator.edit(anna.chat, anna.id, question, &format!("Точнее: {WORDS}"));
    shop.settle().await;
    // Each by itself, since whatever stands between two of them is made inert with them.
    for words in ["см. /cancel_order_446", "по #скидка", "см. evil.com", "см. https://evil.example", "от @durov"]
    {
        anna.says(words).await;
    }
    // More than a message has room for marks.
    anna.says(&"@durov ".repeat(120)).await;
    let (admin, zoya) = (shop.admin(), shop.zoya());
    for command in ["/queue", "/find 446", "/order 446", "/cancel_order 446", "/block 101"] {
        zoya.says(command).await;
        admin.says(command).await;
        for chat in [STAFF_CHAT, ADMIN] {
            assert_nothing_is_live(&shop, chat);
        }
    }
    zoya.says("/block 101").await.taps("Заблокировать").await;
    assert!(zoya.screen().contains("@durov"), "{}", zoya.screen());
    assert_nothing_is_live(&shop, STAFF_CHAT);
    assert!(shop.alert(446).contains("@durov"), "{}", shop.alert(446));
}

fn assert_nothing_is_live(shop: &Shop, chat: i64) {
    for message in shop.emulator.messages(chat).iter().filter(|message| message.from == keydesk_emulator::Sender::Bot) {
        let live = message.entities.iter().filter(|entity| {
            matches!(
                entity.kind,
                EntityKind::Mention
                    | EntityKind::Hashtag
                    | EntityKind::BotCommand
                    | EntityKind::Url
                    | EntityKind::Email
                    | EntityKind::TextLink { .. }
            )
        });
        let units: Vec<u16> = message.text.encode_utf16().collect();
        let shown: Vec<String> =
            live.map(|entity| String::from_utf16(&units[entity.offset..entity.end()]).unwrap()).collect();
        assert_eq!(shown, [""; 0], "{}", message.text);
    }
}
