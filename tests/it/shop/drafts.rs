//! A draft that is left and taken up again.

use insta::assert_snapshot;

use super::words::{KEPT, NOTHING_TO_CANCEL, OUTDATED};
use crate::support::shop::{SP_1, SP_3, Shop, TRIAL_30000, on_both};

on_both!(cancel_keeps_the_draft_and_new_offers_to_go_on);

async fn cancel_keeps_the_draft_and_new_offers_to_go_on(shop: Shop) {
    let anna = shop.anna();
    let form = anna.chooses(&[(SP_1, 50), (TRIAL_30000, 2)]).await.screen();
    assert_snapshot!(anna.taps("Отмена").await.screen(), @r"
        Заказ не отправлен, но сохранен; продолжить его можно командой /new

        Здравствуйте, Анна Иванова.

        Здесь можно заказать серийные номера софтверных ключей. Продавец: Guardant.
        Соберите заказ и отправьте его, а мы сообщим о счете и пришлем серийные номера.

        В неотправленном заказе 52 номера на 20 200,00 ₽.
        [Продолжить заказ]
        [Новый заказ]
        [Заказы]
        [Условия и цены]
        [Документация]
        ");
    assert_snapshot!(anna.taps("Новый заказ").await.screen(), @r"
        Неотправленный заказ

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP Trial, 30 000 активаций
        2 шт. — 9 200,00 ₽

        Итого: 52 шт. — 20 200,00 ₽

        Продолжить его или начать заново?
        [Продолжить заказ]
        [Начать заново]
        [Меню]
        ");
    assert_eq!(anna.taps("Продолжить заказ").await.screen(), form);
}

#[tokio::test]
async fn starting_afresh_forgets_the_draft() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.says("/new").await;
    let (message, go_on) = anna.button("Продолжить заказ");
    let form = anna.taps("Начать заново").await.screen();
    assert!(form.contains("Пока ничего не выбрано."), "{form}");
    let toast = anna.forges_on(message, &go_on).await;
    assert_eq!(toast.as_deref(), Some(OUTDATED));
    assert_eq!(anna.screen(), form);
}

#[tokio::test]
async fn the_command_cancel_leaves_the_dialogue_wherever_it_stands() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    assert_eq!(anna.says("/start").await.says("/cancel").await.sentence(), NOTHING_TO_CANCEL);
    anna.says("/new").await.taps(SP_1).await.says("/cancel").await;
    assert!(anna.screen().starts_with("Здравствуйте, Анна Иванова."), "an empty draft is not worth a word");
    anna.chooses(&[(SP_1, 50)]).await;
    assert_eq!(anna.says("/cancel").await.sentence(), KEPT);
    anna.says("/new").await.taps("Продолжить заказ").await.taps("Оформить заказ").await;
    assert_eq!(anna.says("/cancel").await.sentence(), KEPT);
    anna.says("/new").await.taps("Продолжить заказ").await.taps(SP_3).await;
    assert_eq!(anna.says("/cancel").await.sentence(), KEPT);
}

#[tokio::test]
async fn back_from_the_summary_keeps_every_quantity() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    let form = anna.chooses(&[(SP_1, 50), (SP_3, 100), (TRIAL_30000, 2)]).await.screen();
    anna.taps("Оформить заказ").await;
    assert_eq!(anna.taps("‹ Назад").await.screen(), form);
}

#[tokio::test]
async fn reading_something_else_keeps_the_draft() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    let form = anna.chooses(&[(SP_1, 50)]).await.screen();
    for command in ["/start", "/orders", "/order 1", "/prices", "/help", "/settings", "/privacy", "/nonsense"] {
        anna.says(command).await.says("/new").await;
        assert_eq!(anna.taps("Продолжить заказ").await.screen(), form, "{command}");
    }
}
