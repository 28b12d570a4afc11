//! From /start to the card.

use insta::assert_snapshot;

use crate::support::shop::Shop;

const SP_1: &str = "Лицензия Guardant SP, 1 активаций";
const SP_3: &str = "Лицензия Guardant SP, 3 активаций";
const TRIAL_30000: &str = "Лицензия Guardant SP Trial, 30000 активаций";
const TRIAL_100000: &str = "Лицензия Guardant SP Trial, 100000 активаций";

#[tokio::test]
async fn the_orders_of_the_web_page_can_be_placed_and_are_listed_as_there() {
    let shop = Shop::open().await;
    shop.anna().orders(&[(SP_3, 50), (TRIAL_30000, 2), (TRIAL_100000, 1)]).await;
    shop.visitor(301, "ru").orders(&[(SP_1, 100)]).await;
    shop.visitor(302, "ru").orders(&[(SP_1, 200)]).await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.anna().orders(&[(SP_1, 50), (TRIAL_30000, 2), (TRIAL_100000, 1)]).await;
    assert_snapshot!(shop.anna().says("/orders").await.screen());
    assert_snapshot!(shop.staff_chat().last().unwrap());
}
