//! What the alert says of a stock that is short.

use insta::assert_snapshot;
use keydesk::domain::Status;

use crate::support::files::list;
use crate::support::shop::{SP_1, Shop, TRIAL_30000, on_both};

on_both!(a_short_stock_says_what_is_missing);

async fn a_short_stock_says_what_is_missing(shop: Shop) {
    let vera = shop.vera();
    shop.stocks_many("sp-1", 37).await;
    shop.anna().orders(&[(SP_1, 50), (TRIAL_30000, 2)]).await;
    vera.taps("Счет на 20 200,00 ₽").await;
    assert!(shop.alert(446).contains("[На складе 37 из 52]"), "{}", shop.alert(446));
    // An app that knows no such buttons lets it be pressed.
    let said = vera.forges_on(vera.message_with(&["аказ №446\n"]), "s:446:stock:2").await.unwrap();
    assert_snapshot!(said, @r"
        SP-1: нужно 50, на складе 37
        TRIAL-30000: нужно 2, на складе 0
        ");
    assert_eq!(shop.order(446).await.summary.status, Status::Invoiced);
    // What comes into the stock is offered by the alert itself.
    let admin = shop.admin();
    admin.says("/stock sp-1").await.sends(list("keys.txt", &numbered("A", 13))).await;
    assert!(shop.alert(446).contains("[На складе 50 из 52]"), "{}", shop.alert(446));
    admin.says("/stock trial-30000").await.sends(list("keys.txt", &numbered("B", 2))).await;
    vera.taps("Выдать со склада (52 из 52)").await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
}

fn numbered(letter: &str, count: usize) -> String {
    (0..count).map(|number| format!("{letter}-{number:03}\n")).collect()
}
