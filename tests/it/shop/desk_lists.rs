//! What everybody of the staff can ask for in their chat.

use insta::assert_snapshot;

use crate::support::shop::{SP_1, Shop, on_both};

on_both!(
    help_says_what_the_bot_does_there,
    all_of_the_staff_see_the_lists_and_change_nothing_in_them,
    an_order_of_a_list_comes_below,
);

async fn help_says_what_the_bot_does_there(shop: Shop) {
    let vera = shop.vera();
    vera.says("/help").await;
    assert_snapshot!(vera.screen(), @r"
        Что делает бот в этом чате

        О каждом новом заказе приходит одно сообщение. По нему всегда видно, на каком этапе заказ и кто что сделал, а кнопки под ним — следующие шаги: взять в работу, выставить счет, выдать ключи, отменить.
        Чтобы выставить счет, ответьте на сообщение о заказе суммой или файлом PDF; чтобы выдать свои серийные номера — файлом .txt, .csv или .xlsx.
        Вопросы клиентов приходят ответами на сообщение о заказе. Ответьте на вопрос, и клиент получит ваш ответ.

        /queue — Очередь заказов
        /order — Карточка заказа
        /find — Поиск заказа
        /stock — Остатки на складе
        /help — Что умеет бот
        ");
    let said = vera.screen();
    assert_eq!(vera.says("/start").await.screen(), said);
    shop.zoya().says("/help").await;
    assert!(vera.screen().contains("/invoice — "), "{}", vera.screen());
}

async fn all_of_the_staff_see_the_lists_and_change_nothing_in_them(shop: Shop) {
    let vera = shop.vera();
    shop.stocks_many("sp-1", 60).await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    assert!(vera.says("/queue").await.screen().contains("№446"), "{}", vera.screen());
    assert!(vera.says("/find Анна").await.screen().contains("№446"), "{}", vera.screen());
    vera.says("/stock").await;
    assert!(vera.screen().contains("60 шт.") && !vera.screen().contains("Загрузить"), "{}", vera.screen());
    let (screens, stock) = (vera.screens(), vera.screen());
    for forged in ["a:sn:sp-1", "a:c", "a:ad"] {
        vera.forges(forged).await;
    }
    assert_eq!((vera.screens(), vera.screen()), (screens, stock.clone()));
    assert_eq!(vera.says("/stock sp-1").await.screen(), stock, "it is looked at, and not filled");
    let hints = vera.screens().len();
    let admins = ["/stats", "/catalog", "/staff", "/audit", "/block 101", "/person 101", "/invoice 446 1"];
    for command in admins {
        vera.says(command).await;
    }
    assert_eq!(vera.screens().len(), hints + admins.len(), "there are no such commands: {}", vera.chat());
    assert_eq!(shop.order(446).await.events.len(), 1);
    // A word for a status that is none.
    assert!(vera.says("/queue завтра").await.screen().contains("Нужен статус открытого заказа"), "{}", vera.screen());
}

async fn an_order_of_a_list_comes_below(shop: Shop) {
    let vera = shop.vera();
    shop.anna().orders(&[(SP_1, 50)]).await;
    vera.says("/queue").await;
    let list = vera.newest_of_the_bot();
    let press = vera.presses("№446");
    shop.settle().await;
    assert_eq!(vera.toast(&press).await.as_deref(), Some("Заказ №446 — ниже в чате."));
    assert!(vera.screen().starts_with("Новый заказ №446"), "{}", vera.screen());
    assert!(shop.emulator.message(vera.chat, list).is_some());
}
