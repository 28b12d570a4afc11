//! Whatever is tapped twice does one step: nothing is sent, delivered, cancelled or erased that nobody read.

use keydesk::domain::Status;

use crate::support::shop::{SP_1, STAFF_CHAT, Shop};

async fn shop_with_an_order() -> Shop {
    let shop = Shop::open().await;
    shop.stocks_many("sp-1", 150).await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop
}

async fn status(shop: &Shop) -> Status {
    shop.order(446).await.summary.status
}

#[tokio::test]
async fn an_invoice_delivers_nothing() {
    let shop = shop_with_an_order().await;
    shop.vera().taps_twice("Взять в работу").await;
    assert_eq!(status(&shop).await, Status::Placed);
    shop.vera().taps_twice("Счет на 11 000,00 ₽").await;
    assert_eq!(status(&shop).await, Status::Invoiced);
}

#[tokio::test]
async fn neither_does_an_invoice_with_a_term_or_a_typed_one() {
    for due in ["06.04.2015", "11.04.2015", "15.04.2015"] {
        let shop = shop_with_an_order().await;
        let vera = shop.vera();
        vera.taps_twice("Другая сумма…").await;
        assert_eq!(status(&shop).await, Status::Placed);
        if !vera.chat().contains("оплатить до") {
            vera.taps("Другая сумма…").await;
        }
        vera.taps_twice(&format!("11 000,00 ₽, оплатить до {due}")).await;
        assert_eq!(status(&shop).await, Status::Invoiced, "{due}");
    }
    let shop = shop_with_an_order().await;
    let vera = shop.vera();
    vera.taps("Другая сумма…").await.replies("0,01").await;
    vera.taps_twice("Да, на 0,01 ₽").await;
    assert_eq!(status(&shop).await, Status::Invoiced);
}

#[tokio::test]
async fn no_question_on_an_alert_is_answered_by_what_asked_or_dropped_it() {
    for (is_invoiced, label) in
        [(false, "Другая сумма…"), (false, "Отменить…"), (true, "Другая сумма…"), (true, "Отменить…")]
    {
        let shop = shop_with_an_order().await;
        let vera = shop.vera();
        if is_invoiced {
            vera.taps("Счет на 11 000,00 ₽").await;
        }
        let before = status(&shop).await;
        vera.taps_twice(label).await.taps(label).await.taps_twice("Не сейчас").await;
        assert_eq!(status(&shop).await, before, "{label}");
    }
}

#[tokio::test]
async fn a_ready_reason_cancels_nothing() {
    for reason in ["По просьбе клиента", "Счет не оплачен в срок", "Сейчас нет в наличии", "Дубликат другого заказа"]
    {
        let shop = shop_with_an_order().await;
        shop.vera().taps("Отменить…").await.taps_twice(reason).await;
        assert_eq!(status(&shop).await, Status::Placed, "{reason}");
    }
}

#[tokio::test]
async fn a_form_that_is_checked_out_sends_nothing() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.taps_twice("Оформить заказ").await;
    anna.taps("Добавить примечание").await.taps_twice("‹ Назад").await;
    anna.says("/new sp-1 100").await.taps_twice("Добавить к нему").await;
    anna.says("/new sp-3 50").await.taps_twice("Заменить его").await;
    assert!(shop.emulator.messages(STAFF_CHAT).is_empty(), "{}", shop.vera().chat());
}

#[tokio::test]
async fn a_form_that_is_checked_out_twice_stands_at_its_summary() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.taps_twice("Оформить заказ").await;
    assert!(anna.screen().starts_with("Подтверждение заказа"), "{}", anna.screen());
}

/// An admin who is alone comes to a card from lists and from questions of any height.
#[tokio::test]
async fn nothing_is_invoiced_or_delivered_where_an_admin_is_alone() {
    let shop = shop_with_an_order().await;
    let admin = shop.admin();
    let mut was = Status::Placed;
    for list in ["/queue", "/find Анна"] {
        admin.says(list).await.taps_twice("№446").await;
        assert_eq!(status(&shop).await, was, "{list}");
    }
    for (question, ends) in [("Выставить счет…", false), ("Отменить…", false), ("Выставить счет…", true)]
    {
        admin.says("/order 446").await.taps_twice(question).await.says("/order 446").await.taps(question).await;
        if ends {
            admin.taps_twice("11 000,00 ₽, оплатить до 06.04.2015").await;
            was = Status::Invoiced;
        } else {
            admin.taps_twice("Не сейчас").await;
        }
        assert_eq!(status(&shop).await, was, "{question}");
    }
    admin.says("/find Анна").await.taps_twice("№446").await;
    for question in ["Другая сумма…", "Выдать (50 из 50)…", "Отменить…"] {
        admin.says("/order 446").await.taps_twice(question).await;
        assert_eq!(status(&shop).await, Status::Invoiced, "{question}");
    }
    admin.says("/order 446").await.taps("Выдать (50 из 50)…").await.taps_twice("Выдать со склада (50 из 50)").await;
    assert_eq!(status(&shop).await, Status::Completed);
}

#[tokio::test]
async fn whoever_asks_to_cancel_says_so_themselves() {
    let shop = shop_with_an_order().await;
    shop.anna().says("/order 446").await.taps_twice("Попросить отменить").await;
    assert_eq!(shop.order(446).await.events.len(), 1);
}

#[tokio::test]
async fn whoever_looks_at_the_question_about_an_erasure_erases_nobody() {
    let shop = Shop::open().await;
    shop.anna().says("/start").await;
    let admin = shop.admin();
    admin.says("/person 101").await.taps_twice("Стереть данные…").await.says("/person 101").await;
    assert!(admin.screen().contains("[Стереть данные…]"), "{}", admin.screen());
}
