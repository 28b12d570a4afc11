//! What the products are: descriptions, pages, and the way from there to an order.

use insta::assert_snapshot;
use keydesk_emulator::ButtonAction;

use crate::support::shop::{CATALOGUE, SP_1, SP_3, Shop, on_both};

on_both!(a_product_is_ordered_from_its_description);

async fn a_product_is_ordered_from_its_description(shop: Shop) {
    let anna = shop.anna();
    anna.says("/products").await;
    assert_snapshot!(anna.screen(), @r"
        Продукты

        Guardant SP
        Лицензия Guardant SP, 1 активация sp-1
        Защищенную программу активируют на одном компьютере.
        Подробнее

        Лицензия Guardant SP, 3 активации sp-3

        Лицензия Guardant SP, 5 активаций sp-5

        Guardant SP Trial
        Лицензия Guardant SP Trial, 30 000 активаций trial-30000
        Для пробных версий: один номер на все загрузки.

        Лицензия Guardant SP Trial, 100 000 активаций trial-100000
        [Заказать: Лицензия Guardant SP, 1 активация]
        [Заказать: Лицензия Guardant SP, 3 активации]
        [Заказать: Лицензия Guardant SP, 5 активаций]
        [Заказать: Лицензия Guardant SP Trial, 30 000 активаций]
        [Заказать: Лицензия Guardant SP Trial, 100 000 активаций]
        [Условия и цены] [Меню]
        ");
    assert!(anna.message().unwrap().html().contains("<a href=\"https://example.com/guardant-sp\">"), "a link");
    anna.taps(&format!("Заказать: {SP_1}")).await.says("50").await;
    // What is open already stays.
    anna.says("/products").await.taps(&format!("Заказать: {SP_3}")).await.says("100 шт.").await;
    assert!(anna.screen().contains("Итого: 150 шт. — 62 300,00 ₽"), "{}", anna.screen());
    // A product that is sold no more is told as such.
    anna.says("/products").await;
    shop.applies(&crate::support::shop::catalogue_without("sp-3")).await;
    anna.taps(&format!("Заказать: {SP_3}")).await;
    assert_snapshot!(anna.sentence(), @"Этот продукт больше не продается, выберите другой.");
}

#[tokio::test]
async fn many_products_stand_in_groups_that_open() {
    let shop = Shop::open().await;
    let more: String = (1..=8)
        .map(|number| {
            format!(
                "[[product]]\nsku = \"net-{number}\"\ngroup = \"net\"\nname = {{ ru = \"Сеть {number}\" }}\n\
                 packages = [ {{ quantity = 1, price = \"1\" }} ]\n"
            )
        })
        .collect();
    let group = "[[group]]\nid = \"net\"\nname = { ru = \"Сетевые\", en = \"Network\" }\n\n[[group]]\nid = \"sp\"";
    shop.applies(&format!("{}{more}", CATALOGUE.replace("[[group]]\nid = \"sp\"", group))).await;
    let anna = shop.anna();
    anna.says("/products").await;
    assert_snapshot!(anna.screen(), @r"
        Продукты
        [Сетевые (8)]
        [Guardant SP (3)]
        [Guardant SP Trial (2)]
        [Условия и цены] [Меню]
        ");
    anna.taps("Сетевые (8)").await.taps("Следующая ›").await;
    assert_snapshot!(anna.screen(), @r"
        Сетевые

        Сеть 6 net-6

        Сеть 7 net-7

        Сеть 8 net-8

        Страница 2 из 2
        [Заказать: Сеть 6]
        [Заказать: Сеть 7]
        [Заказать: Сеть 8]
        [‹ Предыдущая]
        [‹ Назад]
        [Условия и цены] [Меню]
        ");
    assert_snapshot!(anna.taps("‹ Назад").await.taps("Условия и цены").await.sentence(), @"Условия и цены");
}

#[tokio::test]
async fn the_documentation_is_a_press_away_where_the_shop_has_one() {
    let shop = Shop::open().await;
    let docs = |shop: &Shop| {
        let message = shop.anna().message().unwrap();
        let mut buttons = message.keyboard.into_iter().flatten();
        buttons.find(|button| button.label == "Документация").map(|button| button.action)
    };
    for typed in ["/start", "/help"] {
        shop.anna().says(typed).await;
        assert_eq!(docs(&shop), Some(ButtonAction::Url("https://example.com/docs".to_owned())), "{typed}");
    }
    let shop = shop.restart_as(|config| config.shop.docs_url = None).await;
    shop.anna().says("/start").await;
    assert_eq!(docs(&shop), None);
}
