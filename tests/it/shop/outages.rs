//! A database that does not do what it should: what everybody meets is waited for, and who fails alone stops nobody else.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk_emulator::{Fault, FaultKind};
use serde_json::json;

use crate::support::shop::{SP_1, STAFF_CHAT, Shop, on_both};
use crate::support::webhook::by_webhook;

on_both!(
    a_table_that_is_away_is_waited_for_and_buries_nothing,
    what_every_commit_meets_is_waited_for_and_buries_nothing,
    who_fails_alone_waits_with_what_they_did_next_and_others_go_on,
    what_waits_survives_a_restart_and_keeps_its_order,
    what_waits_behind_another_is_not_given_up_with_it,
    nothing_is_given_up_because_the_bot_was_off,
    the_staff_hear_whose_updates_wait_and_when_that_is_over,
    the_staff_hear_once_of_a_burst_of_dead_letters,
    a_dead_letter_that_is_tried_again_takes_effect_once,
    updates_that_are_too_large_together_are_fetched_in_parts,
);

by_webhook!(
    who_fails_alone_waits_with_what_they_did_next_and_others_go_on,
    a_table_that_is_away_is_waited_for_and_buries_nothing,
    the_staff_hear_once_of_a_burst_of_dead_letters,
    a_dead_letter_that_is_tried_again_takes_effect_once,
);

/// Anna's dialogue is gone and cannot be saved, for a reason that is no fault of what is saved.
async fn locks_anna_out(shop: &Shop) {
    let sqlite = "DELETE FROM dialogues WHERE person_id = 101;
         CREATE TRIGGER locked BEFORE INSERT ON dialogues WHEN NEW.person_id = 101 BEGIN SELECT json('{'); END";
    let postgres = "CREATE FUNCTION locked() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'locked' USING ERRCODE = 'lock_not_available'; END $$;
         DELETE FROM dialogues WHERE person_id = 101;
         CREATE TRIGGER locked BEFORE INSERT ON dialogues FOR EACH ROW WHEN (NEW.person_id = 101)
         EXECUTE FUNCTION locked()";
    shop.runs_sql(sqlite, postgres).await;
}

async fn lets_anna_in(shop: &Shop) {
    shop.runs_sql("DROP TRIGGER locked", "DROP TRIGGER locked ON dialogues").await;
}

/// What Anna writes is refused by the database itself.
async fn refuses_anna(shop: &Shop) {
    let sqlite = "CREATE TRIGGER sabotage BEFORE INSERT ON dialogues WHEN NEW.person_id = 101
         BEGIN SELECT RAISE(ABORT, 'sabotage'); END";
    let postgres = "CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'sabotage'; END $$;
         CREATE TRIGGER sabotage BEFORE INSERT ON dialogues FOR EACH ROW WHEN (NEW.person_id = 101)
         EXECUTE FUNCTION sabotage()";
    shop.runs_sql(sqlite, postgres).await;
}

async fn a_table_that_is_away_is_waited_for_and_buries_nothing(shop: Shop) {
    shop.anna().chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    let away = "ALTER TABLE dialogues RENAME TO dialogues_away";
    shop.runs_sql(away, away).await;
    shop.anna().presses("Отправить заказ");
    shop.boris().writes("/start");
    let restored = async {
        shop.until_everybody_waits().await;
        let back = "ALTER TABLE dialogues_away RENAME TO dialogues";
        shop.runs_sql(back, back).await;
    };
    tokio::join!(shop.takes_all_updates(), restored);
    shop.delivers().await;
    assert_eq!(shop.outage(), None, "it is over");
    assert_eq!((shop.dead_letters().await, shop.waiting_updates().await), (vec![], vec![]));
    assert!(shop.anna().screen().contains("Заказ №446"), "{}", shop.anna().screen());
    assert_eq!(shop.boris().sentence(), "Hello, Boris.");
    assert_eq!(shop.staff_chat().len(), 1);
}

async fn what_every_commit_meets_is_waited_for_and_buries_nothing(shop: Shop) {
    shop.anna().says("/start").await;
    // As on a full disk, every statement succeeds and no commit does, with the word that the data are at fault.
    let sqlite = "CREATE TABLE nowhere (id INTEGER PRIMARY KEY);
         CREATE TABLE refused (id INTEGER REFERENCES nowhere (id) DEFERRABLE INITIALLY DEFERRED);
         CREATE TRIGGER refuses AFTER INSERT ON processed_updates BEGIN INSERT INTO refused VALUES (1); END";
    let postgres = "CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'sabotage'; END $$;
         CREATE CONSTRAINT TRIGGER refuses AFTER INSERT ON processed_updates DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION refuses()";
    shop.runs_sql(sqlite, postgres).await;
    shop.anna().writes("/prices");
    let restored = async {
        shop.until_everybody_waits().await;
        shop.runs_sql("DROP TRIGGER refuses", "DROP TRIGGER refuses ON processed_updates").await;
    };
    tokio::join!(shop.takes_all_updates(), restored);
    shop.delivers().await;
    assert_eq!((shop.dead_letters().await, shop.waiting_updates().await), (vec![], vec![]));
    assert!(shop.anna().screen().starts_with("Условия и цены"), "{}", shop.anna().screen());
}

async fn who_fails_alone_waits_with_what_they_did_next_and_others_go_on(shop: Shop) {
    locks_anna_out(&shop).await;
    shop.anna().writes("/start");
    shop.boris().writes("/start");
    shop.settle().await;
    assert_eq!(shop.boris().sentence(), "Hello, Boris.");
    shop.anna().writes("/prices");
    shop.boris().says("/prices").await;
    assert!(shop.boris().screen().starts_with("Terms and prices"), "{}", shop.boris().screen());
    assert_eq!(shop.anna().screens().len(), 0);
    assert_eq!(shop.waiting_updates().await.len(), 2);
    assert_eq!(shop.dead_letters().await, []);

    for _ in 0..5 {
        shop.clock.advance(TimeDelta::minutes(2));
        shop.retries().await;
    }
    assert_eq!(shop.waiting_updates().await.len(), 2, "it is waited for however long");
    lets_anna_in(&shop).await;
    shop.clock.advance(TimeDelta::minutes(2));
    shop.retries().await;
    shop.retries().await;
    assert_eq!(shop.waiting_updates().await, []);
    assert!(shop.anna().screen().starts_with("Условия и цены"), "{}", shop.anna().screen());
    assert_eq!(shop.anna().says("/start").await.sentence(), "Здравствуйте, Анна Иванова.");
}

async fn what_waits_survives_a_restart_and_keeps_its_order(shop: Shop) {
    locks_anna_out(&shop).await;
    shop.anna().writes("/start");
    shop.settle().await;
    let shop = shop.restart().await;
    lets_anna_in(&shop).await;
    // Tried at once, this would overtake the first.
    shop.anna().writes("/prices");
    shop.settle().await;
    assert_eq!(shop.waiting_updates().await.len(), 2);
    shop.clock.advance(TimeDelta::minutes(2));
    shop.retries().await;
    shop.retries().await;
    assert!(shop.anna().screen().starts_with("Условия и цены"), "{}", shop.anna().screen());
    shop.anna().says("/start").await;
    assert_eq!(shop.waiting_updates().await, []);
}

async fn what_waits_behind_another_is_not_given_up_with_it(shop: Shop) {
    shop.anna().says("/start").await;
    locks_anna_out(&shop).await;
    shop.anna().writes("/prices");
    shop.anna().writes("/orders");
    shop.settle().await;
    for _ in 0..18 {
        shop.clock.advance(TimeDelta::minutes(2));
        shop.retries().await;
    }
    shop.clock.advance(TimeDelta::hours(24));
    shop.retries().await;
    let waiting = shop.waiting_updates().await;
    let [dead] = &shop.dead_letters().await[..] else { panic!("{waiting:?}") };
    assert!(dead.raw.contains("/prices"), "{}", dead.raw);
    let [behind] = &waiting[..] else { panic!("{waiting:?}") };
    assert!(behind.raw.contains("/orders"), "{}", behind.raw);
    // Its own time begins with its own first failure, a day after it came.
    for _ in 0..25 {
        shop.clock.advance(TimeDelta::minutes(2));
        shop.retries().await;
    }
    assert_eq!((shop.dead_letters().await.len(), shop.waiting_updates().await.len()), (1, 1));
    lets_anna_in(&shop).await;
    shop.clock.advance(TimeDelta::minutes(2));
    shop.retries().await;
    assert!(shop.anna().screen().starts_with("Заказы"), "{}", shop.anna().screen());
}

async fn nothing_is_given_up_because_the_bot_was_off(shop: Shop) {
    shop.anna().says("/start").await;
    locks_anna_out(&shop).await;
    shop.anna().writes("/prices");
    shop.settle().await;
    shop.clock.advance(TimeDelta::days(3));
    let shop = shop.restart().await;
    for _ in 0..3 {
        shop.retries().await;
        shop.clock.advance(TimeDelta::minutes(2));
    }
    assert_eq!((shop.dead_letters().await.len(), shop.waiting_updates().await.len()), (0, 1));
}

async fn the_staff_hear_whose_updates_wait_and_when_that_is_over(shop: Shop) {
    shop.anna().says("/start").await;
    locks_anna_out(&shop).await;
    shop.anna().writes("/prices");
    shop.settle().await;
    shop.clock.advance(TimeDelta::minutes(4));
    shop.retries().await;
    assert_eq!(shop.staff_chat(), [""; 0]);
    for _ in 0..20 {
        shop.clock.advance(TimeDelta::minutes(2));
        shop.retries().await;
    }
    let told = shop.staff_chat();
    assert_snapshot!(told.join("\n----\n"), @r"
        Бот не может обработать сообщения и нажатия этих людей, остальным он отвечает. Ничего не потеряно: он пробует снова и сообщит, когда получится.
        Анна Иванова, с 01.04.2015 12:30
        На сервере бота команда «keydesk dead-letters list» покажет, что ждет и с каким номером, а «keydesk dead-letters show НОМЕР» — почему.
        ");
    let shop = shop.restart().await;
    shop.clock.advance(TimeDelta::minutes(2));
    shop.retries().await;
    assert_eq!(shop.staff_chat(), told, "once");
    lets_anna_in(&shop).await;
    shop.clock.advance(TimeDelta::minutes(2));
    shop.retries().await;
    assert_snapshot!(shop.staff_chat()[told.len()..].join("\n----\n"), @r"
        Бот снова обрабатывает сообщения и нажатия этих людей:
        Анна Иванова
        ");
}

async fn the_staff_hear_once_of_a_burst_of_dead_letters(shop: Shop) {
    refuses_anna(&shop).await;
    for text in ["/start", "мой секрет", "/prices"] {
        shop.anna().writes(text);
    }
    shop.settle().await;
    assert_eq!(shop.dead_letters().await.len(), 3);
    let [first] = &shop.staff_chat()[..] else { panic!("{:?}", shop.staff_chat()) };
    assert_eq!(
        first,
        "1 сообщение или нажатие бот не смог обработать. Оно сохранено.\n\
         На сервере бота команда «keydesk dead-letters list» покажет, что это, а «keydesk dead-letters retry --all» \
         попробует снова."
    );
    shop.retries().await;
    assert_eq!(shop.staff_chat().len(), 1);
    shop.clock.advance(TimeDelta::minutes(11));
    shop.retries().await;
    shop.retries().await;
    let alarms = shop.staff_chat();
    assert_eq!(alarms.len(), 2, "{alarms:?}");
    assert!(alarms[1].starts_with("2 сообщения или нажатия бот не смог обработать."), "{alarms:?}");
    assert!(alarms.iter().all(|alarm| !alarm.contains("секрет")));
}

async fn a_dead_letter_that_is_tried_again_takes_effect_once(shop: Shop) {
    shop.anna().chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    let sqlite = "CREATE TRIGGER sabotage BEFORE INSERT ON orders BEGIN SELECT RAISE(ABORT, 'sabotage'); END";
    let postgres = "CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'sabotage'; END $$;
         CREATE TRIGGER sabotage BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION sabotage()";
    shop.runs_sql(sqlite, postgres).await;
    shop.anna().presses("Отправить заказ");
    shop.settle().await;
    let [letter] = &shop.dead_letters().await[..] else { panic!("no dead letter") };

    assert_eq!(shop.wants_retried(Some(letter.update.0)).await, 1);
    shop.retries().await;
    assert_eq!(shop.dead_letters().await.len(), 1, "it still fails by itself, and is kept once more");

    shop.runs_sql("DROP TRIGGER sabotage", "DROP TRIGGER sabotage ON orders").await;
    assert_eq!(shop.wants_retried(None).await, 1);
    shop.retries().await;
    shop.retries().await;
    assert_eq!(shop.wants_retried(None).await, 0);
    assert!(shop.emulator.redeliver(letter.update.0));
    shop.settle().await;
    assert_eq!((shop.dead_letters().await, shop.waiting_updates().await), (vec![], vec![]));
    assert!(shop.anna().screen().contains("Заказ №446"), "{}", shop.anna().screen());
    let placed = shop.staff_chat().iter().filter(|text| text.starts_with("Новый заказ")).count();
    assert_eq!(placed, 1);
    shop.anna().says("/orders").await;
    assert!(!shop.anna().screen().contains("447"), "{}", shop.anna().screen());
}

async fn updates_that_are_too_large_together_are_fetched_in_parts(shop: Shop) {
    let megabyte = "x".repeat(1024 * 1024);
    for _ in 0..20 {
        shop.emulator.push_raw_update(json!({ "poll": { "question": megabyte } }));
    }
    shop.boris().writes("/start");
    shop.settle().await;
    assert_eq!(shop.emulator.pending_updates(), 0);
    assert_eq!(shop.boris().sentence(), "Hello, Boris.");
}

#[tokio::test]
async fn one_refusal_of_the_token_ends_nothing_and_keeps_every_message() {
    let shop = Shop::open().await;
    shop.anna().chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    for (method, chat) in [("sendMessage", Some(STAFF_CHAT)), ("editMessageText", Some(shop.anna().id))] {
        let (method, kind) = (Some(method.to_owned()), FaultKind::Unauthorized);
        shop.emulator.inject(Fault { method, chat, times: 1, kind });
    }
    shop.anna().taps("Отправить заказ").await;
    assert!(shop.anna().screen().contains("Заказ №446"), "{}", shop.anna().screen());
    let told = shop.staff_chat();
    assert!(matches!(&told[..], [alert] if alert.starts_with("Новый заказ №446")), "{told:?}");
}
