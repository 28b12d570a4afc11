//! Billing details.

use insta::assert_snapshot;
use keydesk::domain::BillingPolicy;

use super::words::{OUTDATED, USE_BUTTONS};
use crate::support::shop::{SP_1, Shop, on_both};

on_both!(
    details_are_asked_for_one_by_one,
    a_wrong_answer_gets_a_sentence_and_the_same_question,
    the_first_order_waits_for_details_where_they_are_required,
    billing_presses_out_of_place_change_nothing,
);

async fn details_are_asked_for_one_by_one(shop: Shop) {
    let anna = shop.anna();
    assert_snapshot!(anna.says("/settings").await.taps("Реквизиты").await.screen(), @r"
        Реквизиты

        Реквизиты для счета пока не указаны.
        [Заполнить]
        [‹ Назад]
        ");
    assert_snapshot!(anna.taps("Заполнить").await.screen(), @r"
        Реквизиты
        Напишите название организации, как в счете, до 160 знаков.
        [‹ Назад]
        ");
    assert_snapshot!(anna.says("ООО «Ромашка» & <Ко>").await.screen(), @r"
        Реквизиты
        Напишите ИНН: 10 цифр у организации, 12 у предпринимателя.
        [Организация не из России]
        [‹ Назад]
        ");
    assert_snapshot!(anna.says("77 07 083893").await.screen(), @r"
        Реквизиты
        Напишите КПП, 9 знаков.
        [‹ Назад]
        ");
    assert_snapshot!(anna.says("773601001").await.screen(), @r"
        Реквизиты
        Напишите адрес электронной почты для счетов и других документов.
        [‹ Назад]
        ");
    assert_snapshot!(anna.says("buh@example.com").await.screen(), @r"
        Реквизиты

        Организация: ООО «Ромашка» & <Ко>
        ИНН: 7707083893
        КПП: 773601001
        Почта для документов: buh@example.com

        Проверьте реквизиты и нажмите «Сохранить».
        [‹ Назад] [Сохранить]
        ");
    for _ in 0..3 {
        anna.taps("‹ Назад").await;
    }
    anna.says("500100732259").await.says("buh@example.com").await;
    assert_snapshot!(anna.taps("Сохранить").await.screen(), @r"
        Реквизиты сохранены.

        Реквизиты

        Организация: ООО «Ромашка» & <Ко>
        ИНН: 500100732259
        Почта для документов: buh@example.com
        [Изменить]
        [‹ Назад]
        ");
    anna.taps("Изменить").await.says("Romashka AS").await.taps("Организация не из России").await;
    assert_snapshot!(anna.screen(), @r"
        Реквизиты
        Напишите налоговый номер организации в ее стране, до 32 знаков.
        [‹ Назад]
        ");
    anna.taps("‹ Назад").await.taps("Организация не из России").await.says("NO 923 609 016").await;
    anna.taps("‹ Назад").await.says("NO 923 609 016").await.says("post@example.com").await.taps("Сохранить").await;
    assert!(anna.screen().contains("Налоговый номер: NO 923 609 016"), "{}", anna.screen());
    assert!(anna.taps("‹ Назад").await.screen().starts_with("Настройки"), "{}", anna.screen());
}

async fn a_wrong_answer_gets_a_sentence_and_the_same_question(shop: Shop) {
    let anna = shop.anna();
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await;
    let answers = [
        (vec!["\u{200b}"], "Название нужно написать текстом, до 160 знаков.", "ООО «Ромашка»"),
        (vec!["77070838", "семь", "７７０７０８３８９３"], "ИНН состоит из 10 или 12 цифр, проверьте его.", ""),
        (vec!["7707083894"], "В ИНН ошибка: контрольные цифры не сходятся, проверьте его.", "7707083893"),
        (vec!["7736"], "КПП состоит из 9 знаков, например 770701001, проверьте его.", "773601001"),
        (vec!["buh", "a@b"], "Нужен один адрес вида buh@example.com, проверьте его.", "buh@example.com"),
        (vec!["да"], USE_BUTTONS, ""),
    ];
    for (wrong, sentence, right) in answers {
        for typed in wrong {
            assert_eq!(anna.says(typed).await.sentence(), sentence, "{typed}");
        }
        if !right.is_empty() {
            anna.says(right).await;
        }
    }
    assert!(anna.taps("Сохранить").await.screen().contains("КПП: 773601001"), "{}", anna.screen());
}

async fn the_first_order_waits_for_details_where_they_are_required(shop: Shop) {
    let shop = shop.restart_as(|config| config.shop.billing = BillingPolicy::Required).await;
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    let summary = anna.screen();
    assert_snapshot!(anna.taps("Отправить заказ").await.screen(), @r"
        Перед первым заказом укажите, пожалуйста, реквизиты для счета; заказ не изменится.

        Реквизиты
        Напишите название организации, как в счете, до 160 знаков.
        [‹ К заказу]
        ");
    assert_eq!(anna.taps("‹ К заказу").await.screen(), summary);
    anna.taps("Отправить заказ").await.says("ООО «Ромашка»").await.says("500100732259").await;
    anna.says("buh@example.com").await.taps("Сохранить").await;
    assert_eq!(anna.screen(), format!("Реквизиты сохранены.\n\n{summary}"));
    assert!(anna.taps("Отправить заказ").await.screen().contains("Заказ №446"), "{}", anna.screen());
    anna.orders(&[(SP_1, 50)]).await;
    assert!(anna.screen().contains("Заказ №447"), "{}", anna.screen());
    assert_eq!(shop.staff_chat().len(), 2);
}

async fn billing_presses_out_of_place_change_nothing(shop: Shop) {
    let anna = shop.anna();
    anna.says("/start").await;
    for data in ["bill:keep", "bill:back", "bill:foreign", "bill:change"] {
        assert_eq!(anna.forges(data).await.as_deref(), Some(OUTDATED), "{data}");
    }
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await.says("ООО «Ромашка»").await;
    assert_eq!(anna.forges("bill:keep").await.as_deref(), Some(OUTDATED));
    anna.says("/settings").await.taps("Реквизиты").await;
    assert!(anna.screen().contains("пока не указаны"), "{}", anna.screen());
}
