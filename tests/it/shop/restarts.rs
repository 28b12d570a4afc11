//! Restarts, and dialogues that this release cannot read.

use super::words::{AFRESH, ORDER_SENT};
use crate::support::shop::{SP_1, SP_3, Shop, TRIAL_30000, catalogue_with, on_both};

on_both!(
    a_draft_and_its_screen_survive_a_restart,
    a_dialogue_of_another_release_is_kept_aside_and_the_draft_goes_on,
    what_was_committed_and_not_shown_is_shown_after_a_restart,
);

async fn a_draft_and_its_screen_survive_a_restart(shop: Shop) {
    let chat = shop.anna().chooses(&[(SP_1, 50), (TRIAL_30000, 2)]).await.chat();
    let shop = shop.restart().await;
    shop.settle().await;
    assert_eq!(shop.anna().chat(), chat);
    shop.anna().taps(SP_3).await;
    let shop = shop.restart().await;
    let anna = shop.anna();
    anna.says("100").await.taps("Оформить заказ").await;
    assert!(anna.taps("Отправить заказ").await.screen().contains("Итого: 152 шт. — 71 500,00 ₽"), "{}", anna.screen());
    assert_eq!(anna.screens().len(), 1);
}

async fn what_was_committed_and_not_shown_is_shown_after_a_restart(shop: Shop) {
    shop.anna().chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    shop.anna().presses("Отправить заказ");
    shop.takes_updates().await;
    assert_eq!(shop.staff_chat().len(), 0);
    let shop = shop.restart().await;
    shop.settle().await;
    assert!(shop.anna().screen().starts_with(ORDER_SENT), "{}", shop.anna().screen());
    assert_eq!(shop.staff_chat().len(), 1);
}

async fn a_dialogue_of_another_release_is_kept_aside_and_the_draft_goes_on(shop: Shop) {
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await;
    for (state, kept) in [("{\"v\":99,\"body\":{\"state\":\"hologram\"}}", "1"), ("\"", "2"), ("", "3")] {
        let spoil = format!("UPDATE dialogues SET state = '{state}' WHERE person_id = 101");
        shop.runs_sql(&spoil, &spoil).await;
        anna.says("/orders").await;
        assert_eq!(anna.sentence(), AFRESH);
        assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM broken_dialogues").await, kept);
        anna.says("/new").await.taps("Продолжить заказ").await;
        assert!(anna.screen().contains("50 шт. — 11 000,00 ₽"), "{}", anna.screen());
    }
    anna.taps("Оформить заказ").await.taps("Отправить заказ").await;
    assert!(anna.screen().starts_with(ORDER_SENT), "{}", anna.screen());
}

#[tokio::test]
async fn a_dialogue_that_cannot_be_read_still_obeys_a_command() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    let spoil = "UPDATE dialogues SET state = 'x' WHERE person_id = 101";
    shop.runs_sql(spoil, spoil).await;
    anna.says("/orders").await;
    assert_eq!(anna.sentence(), AFRESH);
    assert!(anna.screen().contains("Заказ №446"), "{}", anna.screen());
}

#[tokio::test]
async fn a_changed_catalogue_file_holds_after_a_restart_and_the_same_one_undoes_nothing() {
    let dearer = catalogue_with("11000.00", "12000.00");
    let shop = Shop::open().await.restart_with(&dearer).await;
    assert!(shop.anna().says("/prices").await.screen().contains("50 шт. — 12 000,00 ₽"));
    shop.applies(&catalogue_with("11000.00", "13000.00")).await;
    let shop = shop.restart_with(&dearer).await;
    assert!(shop.anna().says("/prices").await.screen().contains("50 шт. — 13 000,00 ₽"));
    let shop = shop.restart().await;
    assert!(shop.anna().says("/prices").await.screen().contains("50 шт. — 11 000,00 ₽"));
}
