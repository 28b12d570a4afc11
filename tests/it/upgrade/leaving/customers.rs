//! Customers who are asked about their firm, their colleagues, or whether they are served at all.

use keydesk::domain::{AccessPolicy, BillingPolicy};

use super::{has_a_draft, invites, joins, places};
use crate::support::shop::Shop;
use crate::support::visitor::Visitor;

pub(super) async fn leave(shop: &Shop) {
    in_questions_about_the_firm(shop).await;
    with_colleagues(shop).await;
}

async fn in_questions_about_the_firm(shop: &Shop) {
    let ru = |id| shop.visitor(id, "ru");
    let answers: [(i64, &[&str]); 6] = [
        (132, &[]),
        (133, &["ООО «Ромашка»"]),
        (135, &["ООО «Ромашка»", "7707083893"]),
        (136, &["ООО «Ромашка»", "7707083893", "773601001"]),
        (137, &["ООО «Ромашка» & <Ко>", "7707083893", "773601001", "buh@example.com"]),
        (131, &["ИП Ромашкина", "500100732259", "ip@example.com"]),
    ];
    for (person, answers) in answers {
        fills_in(&ru(person), answers).await;
    }
    ru(131).taps("Сохранить").await;
    fills_in(&ru(134), &["Romashka AS"]).await;
    ru(134).taps("Организация не из России").await;
    for person in [138, 139, 140] {
        fills_in(&ru(person), &["ИП Ромашкина", "500100732259", "ip@example.com"]).await;
        ru(person).taps("Сохранить").await;
    }
    ru(138).taps("Изменить почту").await;
    ru(139).taps("Изменить ИНН").await.says("7707083893").await;
    ru(140).taps("Изменить ИНН").await.taps("Организация не из России").await;
}

async fn fills_in(customer: &Visitor<'_>, answers: &[&str]) {
    customer.says("/start").await.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await;
    for answer in answers {
        customer.says(answer).await;
    }
}

/// 121 and 122 share an account, as 123 and 124 do; 126 was taken out, 127 has left, and 125 was invited.
async fn with_colleagues(shop: &Shop) {
    let ru = |id| shop.visitor(id, "ru");
    joins(&ru(121), &ru(122)).await;
    joins(&ru(121), &ru(126)).await;
    joins(&ru(121), &ru(127)).await;
    joins(&ru(123), &ru(124)).await;
    ru(121).says("/settings").await.taps("Коллеги").await;
    ru(121).taps("Исключить: Visitor 126").await.taps("Исключить").await;
    ru(127).says("/settings").await.taps("Коллеги").await;
    ru(127).taps("Выйти из учетной записи").await.taps("Выйти из учетной записи").await;
    places(&ru(121), 457).await;
    has_a_draft(&ru(122)).await;
    ru(122).says("/settings").await.taps("Коллеги").await.taps("Выйти из учетной записи").await;
    ru(123).says("/settings").await.taps("Коллеги").await.taps("Исключить: Visitor 124").await;
    let opening = invites(&ru(121)).await;
    ru(125).says("/start").await.says(&opening).await;
}

/// Two orders wait for billing details, and of three newcomers one waits, one was let in and one was refused.
pub(super) async fn leave_what_a_configuration_asks(shop: Shop) -> Shop {
    let shop = shop
        .restart_as(|config| {
            config.shop.billing = BillingPolicy::Required;
            config.shop.access = AccessPolicy::Approval;
        })
        .await;
    for newcomer in [145, 146, 147] {
        shop.visitor(newcomer, "ru").says("/start").await;
    }
    shop.vera().taps_at(&["Visitor 146"], "Открыть доступ").await;
    shop.vera().taps_at(&["Visitor 147"], "Отказать").await;
    for (person, answers) in [(103, &[][..]), (105, &["ООО «Ромашка»", "7707083893", "773601001"][..])] {
        let customer = shop.visitor(person, "ru");
        customer.says("/new").await.taps("Продолжить заказ").await;
        customer.taps("Оформить заказ").await.taps("Отправить заказ").await;
        for answer in answers {
            customer.says(answer).await;
        }
    }
    let shop = shop
        .restart_as(|config| {
            config.shop.billing = BillingPolicy::Optional;
            config.shop.access = AccessPolicy::Open;
        })
        .await;
    // Those who were on these screens have gone on; two others take their places.
    for person in [128, 129] {
        has_a_draft(&shop.visitor(person, "ru")).await;
    }
    shop.visitor(128, "ru").taps("Отмена").await;
    shop
}
