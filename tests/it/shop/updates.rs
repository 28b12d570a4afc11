//! Updates that fail, that mean nothing, or that come all at once.

use serde_json::{Value, json};

use crate::support::shop::{SP_1, SP_3, Shop, TRIAL_30000, on_both};
use crate::support::webhook::by_webhook;

on_both!(
    an_update_that_always_fails_becomes_a_dead_letter_and_others_are_served,
    updates_of_one_person_keep_their_order_and_stop_nobody,
    five_quick_taps_end_in_one_edit,
    whoever_writes_very_much_at_once_is_served_in_order_and_keeps_nobody_waiting,
    a_message_delivered_twice_is_heard_once,
    one_that_took_effect_before_stops_nobody_who_comes_with_it,
    odd_updates_are_confirmed_and_those_that_do_not_read_are_kept,
);

by_webhook!(
    an_update_that_always_fails_becomes_a_dead_letter_and_others_are_served,
    a_message_delivered_twice_is_heard_once,
    one_that_took_effect_before_stops_nobody_who_comes_with_it,
    five_quick_taps_end_in_one_edit,
);

async fn an_update_that_always_fails_becomes_a_dead_letter_and_others_are_served(shop: Shop) {
    let sqlite = "CREATE TRIGGER sabotage BEFORE INSERT ON dialogues WHEN NEW.person_id = 101
         BEGIN SELECT RAISE(ABORT, 'sabotage'); END";
    let postgres = "CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'sabotage'; END $$;
         CREATE TRIGGER sabotage BEFORE INSERT ON dialogues FOR EACH ROW WHEN (NEW.person_id = 101)
         EXECUTE FUNCTION sabotage()";
    shop.runs_sql(sqlite, postgres).await;
    shop.anna().writes("/start");
    shop.boris().writes("/start");
    shop.settle().await;
    assert_eq!(shop.anna().screens().len(), 0);
    assert_eq!(shop.boris().sentence(), "Hello, Boris.");

    let letters = shop.store().read().dead_letters().await.unwrap();
    assert_eq!(letters.len(), 1);
    let raw: Value = serde_json::from_str(&letters[0].raw).unwrap();
    assert_eq!(raw["message"]["text"], "/start");
    assert_eq!(raw["message"]["from"]["id"], 101);

    assert!(shop.emulator.redeliver(raw["update_id"].as_i64().unwrap()));
    shop.settle().await;
    assert_eq!(shop.store().read().dead_letters().await.unwrap(), letters);

    shop.runs_sql("DROP TRIGGER sabotage", "DROP TRIGGER sabotage ON dialogues").await;
    assert_eq!(shop.anna().says("/start").await.sentence(), "Здравствуйте, Анна Иванова.");
}

async fn updates_of_one_person_keep_their_order_and_stop_nobody(shop: Shop) {
    let (anna, boris) = (shop.anna(), shop.boris());
    anna.says("/new").await;
    boris.says("/start").await;
    for _ in 0..11 {
        for (product, quantity) in [(SP_1, "50"), (SP_3, "100"), (TRIAL_30000, "2")] {
            anna.presses(product);
            anna.writes(quantity);
        }
    }
    boris.presses("Terms and prices");
    shop.takes_updates().await;
    shop.delivers().await;
    assert!(boris.screen().starts_with("Terms and prices"), "{}", boris.screen());
    let form = anna.screen();
    for line in [
        "1 активация\n50 шт. — 11 000,00 ₽",
        "3 активации\n100 шт. — 51 300,00 ₽",
        "30 000 активаций\n2 шт. — 9 200,00 ₽",
    ] {
        assert!(form.contains(line), "{form}");
    }
    assert_eq!(anna.screens().len(), 1);
}

async fn one_that_took_effect_before_stops_nobody_who_comes_with_it(shop: Shop) {
    let anna = shop.anna();
    anna.says("/new").await.taps(SP_1).await.says("50").await;
    let form = anna.chat();
    assert!(shop.emulator.redeliver(shop.emulator.last_update_id()));
    for person in [shop.boris(), shop.oleg()] {
        person.writes("/start");
    }
    shop.settle().await;
    assert_eq!(anna.chat(), form);
    assert_eq!(shop.boris().sentence(), "Hello, Boris.");
    assert_eq!(shop.oleg().screens().len(), 1);
}

async fn whoever_writes_very_much_at_once_is_served_in_order_and_keeps_nobody_waiting(shop: Shop) {
    let anna = shop.anna();
    anna.says("/new").await;
    for number in 1..=149 {
        anna.writes(&format!("Сообщение {number}"));
    }
    anna.writes("/orders");
    shop.boris().writes("/start");
    shop.settle().await;
    assert_eq!(shop.boris().sentence(), "Hello, Boris.");
    let left = shop.store().read().waiting_updates().await.unwrap();
    assert!(!left.is_empty(), "nobody was let pass");
    assert!(left.is_sorted_by_key(|waiting| waiting.update) && left.iter().all(|waiting| waiting.tries == 0));
    // What she does now comes behind all that.
    anna.writes("/help");
    shop.settle().await;
    while !shop.waiting_updates().await.is_empty() {
        shop.retries().await;
    }
    assert!(anna.screen().starts_with("Что умеет бот"), "{}", anna.screen());
    assert_eq!((anna.screens().len(), shop.dead_letters().await), (1, Vec::new()));
}

async fn a_message_delivered_twice_is_heard_once(shop: Shop) {
    let anna = shop.anna();
    anna.says("/new").await.taps(SP_1).await.says("50").await;
    let form = anna.chat();
    assert!(shop.emulator.redeliver(shop.emulator.last_update_id()));
    assert!(shop.emulator.redeliver(shop.emulator.last_update_id()));
    shop.settle().await;
    assert_eq!(anna.chat(), form);
}

async fn five_quick_taps_end_in_one_edit(shop: Shop) {
    let anna = shop.anna();
    anna.has_orders(1).await;
    anna.says("/orders").await;
    let edits = shop.calls("editMessageText");
    for filter in ["Размещен", "Выставлен счет", "Выполнен", "Отменен", "Размещен"]
    {
        anna.presses(filter);
    }
    shop.settle().await;
    assert_eq!(shop.calls("editMessageText"), edits + 1);
    assert!(anna.screen().starts_with("Размещенные заказы\n"), "{}", anna.screen());
}

async fn odd_updates_are_confirmed_and_those_that_do_not_read_are_kept(shop: Shop) {
    let anna = shop.anna();
    anna.says("/start").await;
    let chat = anna.chat();
    let private = json!({ "id": 101, "type": "private" });
    let from = json!({ "id": 101, "is_bot": false, "first_name": "Анна" });
    let dice = json!({ "message_id": 9, "date": 0, "chat": private });
    for odd in [
        json!({}),
        json!({ "message": 5 }),
        json!({ "message": null }),
        json!({ "message": { "chat": {} } }),
        json!({ "message": { "chat": private, "from": { "id": "101" }, "text": "/new" } }),
        json!({ "message": { "chat": private, "text": "/new" } }),
        json!({ "message": { "chat": private, "from": { "id": 7, "first_name": "x" }, "text": "/new" } }),
        json!({ "message": { "chat": { "id": 101, "type": "hologram" }, "from": from, "text": "/new" } }),
        json!({ "callback_query": { "id": 7 } }),
        json!({ "callback_query": { "id": "7", "from": from, "data": "new" } }),
        json!({ "callback_query": { "id": "7", "from": from, "inline_message_id": "x", "data": "new" } }),
        json!({ "channel_post": { "message_id": 1, "date": 0, "chat": { "id": -1009, "type": "channel" }, "text": "/new" } }),
        json!({ "edited_message": { "message_id": 1, "date": 0, "chat": private, "from": { "id": 7 }, "text": "/new" } }),
        json!({ "my_chat_member": { "chat": private } }),
        json!({ "hologram": [dice] }),
    ] {
        shop.emulator.push_raw_update(odd);
    }
    shop.settle().await;
    assert_eq!(shop.emulator.pending_updates(), 0);
    assert_eq!(anna.chat(), chat);
    let letters = shop.store().read().dead_letters().await.unwrap();
    let kept: Vec<&str> = letters.iter().map(|letter| letter.error.split(", at line 1").next().unwrap()).collect();
    // Nothing is quoted of what they hold.
    assert_eq!(kept, ["what it holds has another form than this release reads"; 5]);
}

#[tokio::test]
async fn a_text_with_an_unknown_entity_and_unknown_fields_is_still_read() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.says("/start").await;
    shop.emulator.push_raw_update(json!({ "message": {
        "message_id": 900, "date": 0, "hologram": { "depth": 3 },
        "chat": { "id": 101, "type": "private", "first_name": "Анна" },
        "from": { "id": 101, "is_bot": false, "first_name": "Анна", "language_code": "ru", "mood": "good" },
        "text": "/new", "entities": [{ "type": "hologram", "offset": 0, "length": 4, "angle": 0.5 }],
    } }));
    shop.settle().await;
    assert!(anna.screen().starts_with("Новый заказ"), "{}", anna.screen());
}

#[tokio::test]
async fn an_edited_message_is_not_taken_for_a_new_one() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.says("/new").await.taps(SP_1).await;
    let typed = shop.emulator.say(anna.id, anna.id, "50");
    shop.settle().await;
    let form = anna.screen();
    assert!(shop.emulator.edit(anna.id, anna.id, typed, "/cancel"));
    shop.settle().await;
    let told = "Правка отправленного сообщения не учитывается: пришлите, пожалуйста, новое.";
    assert_eq!(anna.screen(), format!("{told}\n\n{form}"));
}
