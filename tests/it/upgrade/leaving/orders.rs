//! Orders in every status, with every kind of row in their audit trails.

use super::{photo, places};
use crate::support::files::pdf;
use crate::support::shop::{SP_1, STAFF_CHAT, Shop, TRIAL_30000};

pub(super) async fn leave(shop: &Shop) {
    completed(shop).await;
    invoiced(shop).await;
    asked_about(shop).await;
    cancelled(shop).await;
    shop.emulator.say_as_anonymous_admin(STAFF_CHAT, "/order 446");
    shop.settle().await;
}

/// Order 446: two products from the stock, of which one becomes low.
async fn completed(shop: &Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.stocks_many("sp-1", 60).await;
    shop.stocks_many("trial-30000", 12).await;
    anna.chooses(&[(SP_1, 50), (TRIAL_30000, 2)]).await.taps("Оформить заказ").await;
    anna.taps("Добавить примечание").await.says("Заявка 17, <срочно> & точно").await.taps("Отправить заказ").await;
    vera.taps("Взять в работу").await.taps("Счет на 20 200,00 ₽").await;
    vera.taps_starting("Выдать со склада").await;
    anna.says("/order 446").await.taps("Серийные номера файлом").await;
    anna.says("/serials").await.taps("Серийные номера файлом").await;
}

/// Order 447: an invoice with its document and its day, set anew once.
async fn invoiced(shop: &Shop) {
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(TRIAL_30000, 2)]).await;
    oleg.taps_order(447, "Другая сумма…").await.replies("9000").await;
    oleg.taps_order(447, "Другая сумма…").await.replies_with(pdf("9 100,50 15.04.2015")).await;
    anna.says("/order 447").await.taps("Счет файлом").await;
}

/// Order 448: questions, an answer, a photo, and a question that nobody has answered.
async fn asked_about(shop: &Shop) {
    let (anna, vera, oleg) = (shop.anna(), shop.vera(), shop.oleg());
    places(&anna, 448).await;
    vera.taps_order(448, "Взять в работу").await;
    anna.taps("Вопрос по заказу").await.says("Когда будет счет?").await;
    oleg.replies("Завтра").await;
    anna.says("/order 448").await.taps("Вопрос по заказу").await.sends(photo("Вот реквизиты")).await;
    oleg.replies_with(photo("Получили")).await;
    anna.says("/order 448").await.taps("Попросить отменить").await.taps("Отправить без пояснений").await;
    anna.says("/order 448").await.taps("Вопрос по заказу").await.says("Нет, не отменяйте. Есть ли скидка?").await;
}

/// Orders 449 and 450: cancelled for a ready and for a typed reason.
async fn cancelled(shop: &Shop) {
    let (boris, vera) = (shop.boris(), shop.vera());
    for number in [449, 450] {
        boris.says("/new").await.taps("Guardant SP licence, 1 activation").await.says("50").await;
        boris.taps("Check out").await.taps("Send order").await;
        vera.taps_order(number, "Отменить…").await;
        if number == 449 {
            vera.taps("Сейчас нет в наличии").await;
        } else {
            vera.replies("Ошибка в <заказе> & сумме").await;
        }
        vera.taps("Отменить заказ").await;
        assert!(shop.alert(number).contains("Отменен"), "{}", shop.alert(number));
    }
}
