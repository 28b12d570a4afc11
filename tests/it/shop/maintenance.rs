//! While the shop is under maintenance.

use chrono::TimeDelta;
use insta::assert_snapshot;
use keydesk::domain::Maintenance;

use crate::support::shop::{SP_1, Shop, on_both};
use crate::support::visitor::plain;

on_both!(
    customers_read_why_and_go_on_where_they_were,
    staff_work_on_during_maintenance,
    words_to_staff_pass_during_maintenance,
    nothing_else_passes_with_them,
);

async fn begins(shop: &Shop, hours: Option<i64>) {
    let since = shop.clock.now();
    let until = hours.map(|hours| since + TimeDelta::hours(hours));
    let mut tx = shop.store().begin().await.unwrap();
    tx.begin_maintenance(&Maintenance {
        reason: "Переезжаем на новый сервер.".to_owned(), since, until
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn ends(shop: &Shop) {
    let mut tx = shop.store().begin().await.unwrap();
    tx.end_maintenance().await.unwrap();
    tx.commit().await.unwrap();
}

async fn customers_read_why_and_go_on_where_they_were(shop: Shop) {
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    let summary = anna.screen();
    begins(&shop, Some(3)).await;
    let press = anna.presses("Отправить заказ");
    shop.settle().await;
    let toast = plain(&anna.toast(&press).await.unwrap());
    assert_eq!(anna.screen(), summary);
    let answer = anna.says("Когда будет готово?").await.screen();
    assert_snapshot!(format!("{toast}\n----\n{answer}"));
    assert!(shop.staff_chat().is_empty());
    ends(&shop).await;
    anna.taps("Отправить заказ").await;
    assert!(anna.chat().contains("Заказ №"), "{}", anna.chat());
    assert_eq!(shop.staff_chat().len(), 1);
}

async fn staff_work_on_during_maintenance(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    begins(&shop, None).await;
    shop.vera().taps("Взять в работу").await;
    assert!(shop.staff_chat()[0].contains("Вера"), "{}", shop.staff_chat()[0]);
    assert_snapshot!(anna.says("/orders").await.screen());
}

async fn words_to_staff_pass_during_maintenance(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    begins(&shop, None).await;
    anna.taps("Вопрос по заказу").await.says("Когда будет счет?").await.says("Нужен до пятницы").await;
    vera.replies("Завтра утром").await;
    assert!(anna.screen().contains("Завтра утром"), "{}", anna.screen());
    anna.replies("Спасибо, ждем").await;
    shop.clock.advance(TimeDelta::minutes(3));
    // Nobody has said yet whom it is meant for, and it is kept until somebody does.
    anna.says("И акт, пожалуйста").await.taps("Отправить продавцу").await;
    let heard = shop.staff_chat().join("\n");
    for words in ["Когда будет счет?", "Нужен до пятницы", "Спасибо, ждем", "И акт, пожалуйста"]
    {
        assert!(heard.contains(words), "{words}: {heard}");
    }
    assert!(!anna.chat().contains("Бот приостановлен"), "{}", anna.chat());
}

async fn nothing_else_passes_with_them(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    begins(&shop, None).await;
    let press = anna.presses("Повторить заказ");
    shop.settle().await;
    assert!(plain(&anna.toast(&press).await.unwrap()).starts_with("Идет обслуживание."));
    anna.says("/new sp-1 50").await;
    assert!(anna.screen().starts_with("Бот приостановлен"), "{}", anna.screen());
    // Nobody can be meant by it.
    let boris = shop.boris();
    boris.says("Hello").await;
    assert!(boris.screen().starts_with("The bot has been paused"), "{}", boris.screen());
}
