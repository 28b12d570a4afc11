//! Billing details.

use insta::assert_snapshot;
use keydesk::domain::BillingPolicy;

use super::words::{OUTDATED, USE_BUTTONS};
use crate::support::shop::{SP_1, Shop, on_both};

on_both!(
    details_are_asked_for_one_by_one,
    a_firm_elsewhere_gives_its_tax_number,
    each_detail_changes_alone,
    numbers_that_exclude_each_other_do_not_stand_side_by_side,
    colleagues_who_change_two_details_at_once_lose_neither,
    a_wrong_answer_gets_a_sentence_and_the_same_question,
    the_first_order_waits_for_details_where_they_are_required,
    billing_presses_out_of_place_change_nothing,
    half_typed_details_wait_for_whoever_comes_back,
    half_typed_details_go_when_they_are_dropped,
    a_new_inn_waits_for_its_kpp_until_whoever_left_comes_back,
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
        Напишите название организации так, как оно должно стоять в счете, до 160 знаков.
        [‹ Назад]
        ");
    assert_snapshot!(anna.says("ООО «Ромашка» & <Ко>").await.screen(), @r"
        Реквизиты
        Напишите ИНН: 10 цифр у организации, 12 у предпринимателя.

        Организация: ООО «Ромашка» & <Ко>
        [Организация не из России]
        [‹ Назад] [Отмена]
        ");
    assert_snapshot!(anna.says("77 07 083893").await.screen(), @r"
        Реквизиты
        Напишите КПП, 9 знаков.

        Организация: ООО «Ромашка» & <Ко>
        ИНН: 7707083893
        [‹ Назад] [Отмена]
        ");
    assert_snapshot!(anna.says("773601001").await.screen(), @r"
        Реквизиты
        Напишите адрес электронной почты для счетов и других документов.

        Организация: ООО «Ромашка» & <Ко>
        ИНН: 7707083893
        КПП: 773601001
        [‹ Назад] [Отмена]
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
        [Изменить название] [Изменить ИНН]
        [Изменить почту]
        [‹ Назад]
        ");
    assert!(anna.taps("‹ Назад").await.screen().starts_with("Настройки"), "{}", anna.screen());
}

async fn a_firm_elsewhere_gives_its_tax_number(shop: Shop) {
    let anna = shop.anna();
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await;
    anna.says("Romashka AS").await.taps("Организация не из России").await;
    assert_snapshot!(anna.screen(), @r"
        Реквизиты
        Напишите налоговый номер организации в ее стране, до 32 знаков.

        Организация: Romashka AS
        [‹ Назад] [Отмена]
        ");
    anna.taps("‹ Назад").await.taps("Организация не из России").await.says("NO 923 609 016").await;
    anna.taps("‹ Назад").await.says("NO 923 609 016").await.says("post@example.com").await.taps("Сохранить").await;
    assert!(anna.screen().contains("Налоговый номер: NO 923 609 016"), "{}", anna.screen());
}

/// Anna's account has the details of an organisation, and she looks at them.
async fn reads_details(shop: &Shop) {
    let anna = shop.anna();
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await.says("ООО «Ромашка»").await;
    anna.says("7707083893").await.says("773601001").await.says("buh@example.com").await.taps("Сохранить").await;
}

/// What stands in the details that somebody looks at, on one line, after the sentence above them.
fn details(screen: &str) -> String {
    let lines = screen.lines().filter(|line| !line.starts_with('[') && !line.is_empty() && *line != "Реквизиты");
    lines.collect::<Vec<_>>().join(" | ")
}

async fn each_detail_changes_alone(shop: Shop) {
    reads_details(&shop).await;
    let anna = shop.anna();
    assert_snapshot!(anna.taps("Изменить название").await.screen(), @r"
        Реквизиты
        Напишите название организации так, как оно должно стоять в счете, до 160 знаков.
        Сейчас: ООО «Ромашка»
        [‹ Назад]
        ");
    let mut seen = vec![details(anna.says("АО «Василек»").await.screen().as_str())];
    for (label, wrong, right) in [
        ("Изменить ИНН", "7707083894", "7728168971"),
        ("Изменить КПП", "7736", "770101001"),
        ("Изменить почту", "buh", "mail@example.com"),
    ] {
        anna.taps(label).await.says(wrong).await;
        seen.push(anna.sentence());
        seen.push(details(&anna.says(right).await.screen()));
    }
    assert_snapshot!(seen.join("\n"), @r"
        Реквизиты сохранены. | Организация: АО «Василек» | ИНН: 7707083893 | КПП: 773601001 | Почта для документов: buh@example.com
        В ИНН ошибка: контрольные цифры не сходятся; проверьте его.
        Реквизиты сохранены. | Организация: АО «Василек» | ИНН: 7728168971 | КПП: 773601001 | Почта для документов: buh@example.com
        КПП состоит из 9 знаков, например 770701001; проверьте его.
        Реквизиты сохранены. | Организация: АО «Василек» | ИНН: 7728168971 | КПП: 770101001 | Почта для документов: buh@example.com
        Нужен один адрес почты вида buh@example.com; проверьте его.
        Реквизиты сохранены. | Организация: АО «Василек» | ИНН: 7728168971 | КПП: 770101001 | Почта для документов: mail@example.com
        ");
    let before = anna.taps("Изменить почту").await.taps("‹ Назад").await.screen();
    assert_eq!(
        details(&before),
        "Организация: АО «Василек» | ИНН: 7728168971 | КПП: 770101001 | Почта для документов: mail@example.com"
    );
    anna.says("/settings").await;
    assert!(anna.screen().contains("Реквизиты: АО «Василек»"), "{}", anna.screen());
}

async fn numbers_that_exclude_each_other_do_not_stand_side_by_side(shop: Shop) {
    reads_details(&shop).await;
    let anna = shop.anna();
    let mut seen = vec![details(&anna.taps("Изменить ИНН").await.says("500100732259").await.screen())];
    assert!(!anna.screen().contains("Изменить КПП"), "{}", anna.screen());
    seen.push(details(&anna.taps("Изменить ИНН").await.says("7707083893").await.screen()));
    seen.push(details(&anna.taps("‹ Назад").await.taps("‹ Назад").await.screen()));
    seen.push(details(&anna.taps("Изменить ИНН").await.says("7707083893").await.says("773601001").await.screen()));
    anna.taps("Изменить ИНН").await.taps("Организация не из России").await;
    seen.push(details(&anna.says("NO 923 609 016").await.screen()));
    anna.taps("Изменить номер").await.taps("Организация из России").await;
    seen.push(details(&anna.says("7707083893").await.says("773601001").await.screen()));
    assert_snapshot!(seen.join("\n"), @r"
        Реквизиты сохранены без КПП: у предпринимателя его нет. | Организация: ООО «Ромашка» | ИНН: 500100732259 | Почта для документов: buh@example.com
        У организации, кроме ИНН, есть КПП; без него новый ИНН не сохранится. | Напишите КПП, 9 знаков.
        Организация: ООО «Ромашка» | ИНН: 500100732259 | Почта для документов: buh@example.com
        Реквизиты сохранены. | Организация: ООО «Ромашка» | ИНН: 7707083893 | КПП: 773601001 | Почта для документов: buh@example.com
        Реквизиты сохранены, российского ИНН в них больше нет. | Организация: ООО «Ромашка» | Налоговый номер: NO 923 609 016 | Почта для документов: buh@example.com
        Реквизиты сохранены, вместо прежнего налогового номера указан ИНН. | Организация: ООО «Ромашка» | ИНН: 7707083893 | КПП: 773601001 | Почта для документов: buh@example.com
        ");
}

async fn colleagues_who_change_two_details_at_once_lose_neither(shop: Shop) {
    reads_details(&shop).await;
    let (anna, boris) = (shop.anna(), shop.boris());
    boris.says("/start").await;
    shop.share_an_account(anna.id, boris.id).await;
    anna.taps("Изменить почту").await;
    boris.says("/settings").await.taps("Billing details").await.taps("Change the name").await.says("Василек").await;
    anna.says("mail@example.com").await;
    assert!(anna.screen().contains("Организация: Василек"), "{}", anna.screen());
    anna.taps("Изменить КПП").await;
    boris.taps("Change the INN").await.says("500100732259").await;
    assert_eq!(
        details(&anna.says("773601001").await.screen()),
        "КПП не сохранен: он бывает только у организации с ИНН из 10 цифр. | Организация: Василек | ИНН: 500100732259 | \
         Почта для документов: mail@example.com"
    );
}

async fn a_wrong_answer_gets_a_sentence_and_the_same_question(shop: Shop) {
    let anna = shop.anna();
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await;
    let answers = [
        (vec!["\u{200b}"], "Название нужно написать текстом, до 160 знаков.", "ООО «Ромашка»"),
        (vec!["77070838", "семь", "７７０７０８３８９３"], "ИНН состоит из 10 или 12 цифр; проверьте его.", ""),
        (vec!["7707083894"], "В ИНН ошибка: контрольные цифры не сходятся; проверьте его.", "7707083893"),
        (vec!["7736"], "КПП состоит из 9 знаков, например 770701001; проверьте его.", "773601001"),
        (vec!["buh", "a@b"], "Нужен один адрес почты вида buh@example.com; проверьте его.", "buh@example.com"),
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
        Перед первым заказом укажите, пожалуйста, реквизиты для счета; сам заказ при этом не изменится.

        Реквизиты
        Напишите название организации так, как оно должно стоять в счете, до 160 знаков.
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

async fn half_typed_details_wait_for_whoever_comes_back(shop: Shop) {
    let shop = shop.restart_as(|config| config.shop.billing = BillingPolicy::Required).await;
    let anna = shop.anna();
    let begins = async || {
        anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await;
    };
    begins().await;
    anna.says("ООО «Ромашка»").await.says("7707083893").await;
    let asked = anna.screen();
    assert!(asked.contains("КПП") && asked.contains("Организация: ООО «Ромашка»"), "{asked}");
    for elsewhere in ["/orders", "/start", "/new", "/settings", "/help"] {
        anna.says(elsewhere).await;
        begins().await;
        assert_eq!(anna.screen(), asked, "{elsewhere}");
    }
    // The order that waits for them goes on with them as well.
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    let summary = anna.screen();
    anna.taps("Отправить заказ").await;
    assert!(anna.screen().ends_with(&asked), "{}", anna.screen());
    anna.says("773601001").await.says("buh@example.com").await.says("/orders").await;
    begins().await;
    assert!(anna.screen().contains("КПП: 773601001") && anna.screen().contains("[Сохранить]"), "{}", anna.screen());
    anna.taps("Сохранить").await.says("/new").await.taps("Продолжить заказ").await.taps("Оформить заказ").await;
    assert_eq!(anna.screen(), summary);
    assert!(anna.taps("Отправить заказ").await.screen().contains("Заказ №446"), "{}", anna.screen());
}

async fn half_typed_details_go_when_they_are_dropped(shop: Shop) {
    let anna = shop.anna();
    let company = "Напишите название организации";
    for drops in ["Отмена", "/cancel"] {
        anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await;
        assert!(anna.screen().contains(company), "{drops}: {}", anna.screen());
        anna.says("ООО «Ромашка»").await.says("/orders").await;
        anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await;
        assert!(anna.screen().contains("Организация: ООО «Ромашка»"), "{}", anna.screen());
        match drops {
            "Отмена" => anna.taps("Отмена").await,
            command => anna.says(command).await,
        };
    }
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await;
    assert!(anna.screen().contains(company), "{}", anna.screen());
}

async fn a_new_inn_waits_for_its_kpp_until_whoever_left_comes_back(shop: Shop) {
    reads_details(&shop).await;
    let anna = shop.anna();
    anna.taps("Изменить ИНН").await.says("500100732259").await;
    let begins = async || {
        anna.says("/settings").await.taps("Реквизиты").await.taps("Изменить ИНН").await;
    };
    let asked = anna.taps("Изменить ИНН").await.says("7707083893").await.screen();
    assert!(asked.contains("КПП, 9 знаков"), "{asked}");
    for elsewhere in ["/orders", "/start", "/settings", "/help"] {
        anna.says(elsewhere).await;
        begins().await;
        assert_eq!(anna.screen(), asked, "{elsewhere}");
    }
    // Another detail may change meanwhile.
    anna.says("/settings").await.taps("Реквизиты").await.taps("Изменить почту").await.says("mail@example.com").await;
    begins().await;
    let seen = details(&anna.says("773601001").await.screen());
    assert_snapshot!(seen, @"Реквизиты сохранены. | Организация: ООО «Ромашка» | ИНН: 7707083893 | КПП: 773601001 | Почта для документов: mail@example.com");
    begins().await;
    assert!(anna.screen().contains("ИНН: 10 цифр"), "what is kept is not asked for again: {}", anna.screen());

    for drops in ["‹ Назад", "/cancel"] {
        anna.says("500100732259").await;
        begins().await;
        anna.says("7707083893").await;
        match drops {
            "/cancel" => anna.says(drops).await,
            _ => anna.taps(drops).await.says("/orders").await,
        };
        begins().await;
        assert!(anna.screen().contains("ИНН: 10 цифр"), "{drops}: {}", anna.screen());
    }
    // A number of another country takes the place of what waits.
    anna.taps("Организация не из России").await.says("NO 923 609 016").await;
    let names_inn = async || {
        anna.taps("Изменить номер").await.taps("Организация из России").await;
    };
    names_inn().await;
    anna.says("7707083893").await.says("/settings").await.taps("Реквизиты").await;
    anna.taps("Изменить номер").await.says("SE 556000-0000").await;
    names_inn().await;
    assert!(anna.screen().contains("ИНН: 10 цифр"), "{}", anna.screen());
}

async fn billing_presses_out_of_place_change_nothing(shop: Shop) {
    let anna = shop.anna();
    anna.says("/start").await;
    for data in ["bill:keep", "bill:back", "bill:foreign", "bill:change", "bill:firm", "bill:kpp"] {
        assert_eq!(anna.forges(data).await.as_deref(), Some(OUTDATED), "{data}");
    }
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await.says("ООО «Ромашка»").await;
    assert_eq!(anna.forges("bill:keep").await.as_deref(), Some(OUTDATED));
    anna.says("/settings").await.taps("Реквизиты").await;
    assert!(anna.screen().contains("пока не указаны"), "{}", anna.screen());
    assert_eq!(anna.forges("bill:email").await.as_deref(), Some(OUTDATED), "there is none to change");

    reads_details(&shop).await;
    let details = anna.screen();
    // A former release had one button for all of them.
    assert_eq!(anna.forges("bill:change").await.as_deref(), Some(OUTDATED));
    assert_eq!(anna.screen(), details);
    anna.taps("Изменить ИНН").await.says("500100732259").await;
    assert_eq!(anna.forges("bill:kpp").await.as_deref(), Some(OUTDATED), "a sole trader has no KPP");
}
