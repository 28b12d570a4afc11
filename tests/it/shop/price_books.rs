//! The price list as a workbook: handed out, changed in a spreadsheet program, and taken back.

use std::fmt::Write;

use insta::assert_snapshot;

use crate::support::files::document;
use crate::support::shop::{Shop, on_both};
use crate::support::workbooks::{Left, hostile, opened, packed, saved, text};

on_both!(
    a_workbook_comes_back_as_it_was_and_changes_nothing,
    what_people_do_to_a_workbook_is_read_on_purpose,
    every_cell_that_cannot_be_read_is_named_at_once,
    a_file_that_is_no_price_list_is_refused_with_the_remedy,
    a_hostile_workbook_is_refused_and_the_bot_goes_on,
    a_fault_of_a_workbook_is_told_in_its_own_words,
);

/// The workbook that the bot sends of the price list.
async fn handed_out(shop: &Shop) -> Vec<u8> {
    handed_out_by(shop, "Скачать .xlsx").await
}

async fn handed_out_by(shop: &Shop, button: &str) -> Vec<u8> {
    let admin = shop.admin();
    admin.says("/catalog").await.taps(button).await;
    let messages = shop.emulator.messages(admin.chat);
    let file = messages.iter().rev().find_map(|message| Some(message.document()?.file_id.clone())).unwrap();
    let (name, bytes) = shop.emulator.file(&file).unwrap();
    assert_eq!(name, "catalog.xlsx");
    bytes
}

async fn sends_back(shop: &Shop, file: &[u8]) -> String {
    shop.admin().sends(document("catalog.xlsx", file, "/catalog")).await;
    shop.admin().screen()
}

async fn a_workbook_comes_back_as_it_was_and_changes_nothing(shop: Shop) {
    let file = handed_out(&shop).await;
    let (name, rows) = opened(&file);
    let shown = |row: &Vec<Left>| {
        let cell = |cell: &Left| match cell {
            Left::Text(text) => text.clone(),
            Left::Number(number) => number.to_string(),
            _ => String::new(),
        };
        row.iter().map(cell).collect::<Vec<_>>().join(" | ")
    };
    let shown: Vec<String> = [0, 1, 10, 12].into_iter().map(|row| shown(&rows[row])).collect();
    assert_snapshot!(format!("{name}\n{}", shown.join("\n")), @r"
        Прайс-лист
        Артикул | Группа | Софтверный ключ | Софтверный ключ (англ.) | Как продается | Количество или от | Цена, RUB | Наименьшее | Наибольшее | Шаг
        sp-1 | sp | Лицензия Guardant SP, 1 активация | Guardant SP licence, 1 activation | пакетом | 50 | 11000 |  |  | 
        trial-30000 | trial | Лицензия Guardant SP Trial, 30 000 активаций | Guardant SP Trial licence, 30,000 activations | поштучно | 1 | 4600 | 1 | 10 | 1
        trial-100000 | trial | Лицензия Guardant SP Trial, 100 000 активаций | Guardant SP Trial licence, 100,000 activations | поштучно | 5 | 4500 | 1 | 10 | 1
        ");
    assert!(sends_back(&shop, &file).await.starts_with("Прайс-лист не отличается от действующего."));
    // The admin reads another language by now.
    shop.admin().says("/settings").await.taps("English").await;
    let english = handed_out_by(&shop, "Download .xlsx").await;
    for file in [file, english] {
        assert!(
            sends_back(&shop, &file).await.starts_with("The price list is the same as the current one."),
            "{}",
            shop.admin().screen()
        );
    }
}

async fn what_people_do_to_a_workbook_is_read_on_purpose(shop: Shop) {
    let (_, mut rows) = opened(&handed_out(&shop).await);
    let price = 6;
    rows[1][price] = Left::Number(12_000.300_000_000_001);
    rows[2][price] = text(" 21 500,00 ₽ ");
    rows[3][price] = Left::Formula("=G2*3", "36000.9");
    rows[4][0] = text("SP-3 ");
    // A row apart, a column of one's own, columns in another order, a heading above and a sheet beside.
    rows.insert(5, vec![Left::Nothing, text("  ")]);
    for (number, row) in rows.iter_mut().enumerate() {
        row.resize(10, Left::Nothing);
        row.swap(0, 4);
        row.push(if number == 0 { text("Менеджер") } else { text("Зоя") });
    }
    rows.insert(0, vec![text("Цены с 1 мая")]);
    let file = saved(&[("Черновик", vec![vec![text("Артикул"), text("потом")]]), ("Май", rows)]);
    sends_back(&shop, &file).await;
    assert_snapshot!(shop.admin().screen(), @r"
        Что изменится в прайс-листе

        Лицензия Guardant SP, 1 активация (sp-1):
        — пакет 50 шт.: 11 000,00 ₽ → 12 000,30 ₽
        — пакет 100 шт.: 20 900,00 ₽ → 21 500,00 ₽
        — пакет 200 шт.: 39 600,00 ₽ → 36 000,90 ₽
        [Не сейчас] [Применить]
        ");
    shop.admin().taps("Применить").await;
    assert_eq!(shop.admin().sentence(), "Прайс-лист применен.");
    let prices = shop.anna().says("/prices").await.screen();
    for price in ["12 000,30", "21 500,00", "36 000,90"] {
        assert!(prices.replace('\u{a0}', " ").contains(price), "{price}: {prices}");
    }
    let again = handed_out(&shop).await;
    assert!(sends_back(&shop, &again).await.starts_with("Прайс-лист не отличается от действующего."));
}

async fn every_cell_that_cannot_be_read_is_named_at_once(shop: Shop) {
    let (_, mut rows) = opened(&handed_out(&shop).await);
    rows[1][6] = Left::Number(11_000.005);
    rows[2][6] = Left::Date(42_000.0);
    rows[3][6] = Left::Formula("=G99", "#REF!");
    rows[4][5] = Left::Number(0.5);
    rows[5][0] = Left::Nothing;
    rows[6][4] = text("коробкой");
    rows[7][2] = text("Другое название");
    let refused = sends_back(&shop, &saved(&[("Прайс-лист", rows)])).await;
    assert_snapshot!(refused, @r"
        Файл catalog.xlsx не принят:
        Лист «Прайс-лист», ячейка G2: «11000.005»: в валюте RUB после точки не больше 2 знаков.
        Лист «Прайс-лист», ячейка G3: программа приняла значение за дату; задайте ячейке формат «Текст» и введите его заново.
        Лист «Прайс-лист», ячейка G4: в ячейке ошибка #REF!; исправьте формулу или введите значение.
        Лист «Прайс-лист», ячейка F5: «0.5» — не количество, напишите целое число, например 50
        Лист «Прайс-лист», ячейка A6: ячейка пустая, заполните ее.
        Лист «Прайс-лист», ячейка E7: «коробкой» — непонятно, как продается; напишите «пакетом» или «поштучно».
        Лист «Прайс-лист», ячейка C9: в строке 8 у этого артикула указано другое, сделайте одинаково.
        Лист «Прайс-лист», ячейка C10: в строке 8 у этого артикула указано другое, сделайте одинаково.

        Весь прайс-лист меняется файлом: скачайте .xlsx или .toml, исправьте его и пришлите в ответ на это сообщение или с подписью /catalog. Сначала будет показана разница.
        [Скачать .xlsx] [Скачать .toml]
        [Закрыть]
        ");
    assert!(shop.anna().says("/prices").await.screen().replace('\u{a0}', " ").contains("11 000,00"));
}

async fn a_file_that_is_no_price_list_is_refused_with_the_remedy(shop: Shop) {
    let (_, rows) = opened(&handed_out(&shop).await);
    let without = |column: usize| -> Vec<Vec<Left>> {
        let row = |row: &Vec<Left>| {
            let mut row = row.clone();
            row.remove(column);
            row
        };
        rows.iter().map(row).collect()
    };
    let mut said = String::new();
    let other = vec![vec![text("Имя"), text("Телефон")]];
    for (title, file) in [
        ("another table", saved(&[("Телефоны", other)])),
        ("no column of prices", saved(&[("Прайс-лист", without(6))])),
        ("no column of quantities", saved(&[("Прайс-лист", without(5))])),
        ("two tables", saved(&[("Апрель", rows.clone()), ("Май", rows.clone())])),
        ("of Excel 97", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more".to_vec()),
        ("of LibreOffice", packed(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec())])),
        ("cut off", saved(&[("Прайс-лист", rows.clone())])[..2_000].to_vec()),
    ] {
        writeln!(said, "{title}: {}", sends_back(&shop, &file).await.split("\n\n").next().unwrap()).unwrap();
    }
    assert_snapshot!(said, @r"
        another table: В книге нет листа со столбцами прайс-листа. Начните с файла, который дает бот: /catalog
        no column of prices: В книге нет листа со столбцами прайс-листа. Начните с файла, который дает бот: /catalog
        no column of quantities: Файл catalog.xlsx не принят:
        Лист «Прайс-лист»: нет столбца «Количество или от»; добавьте его или начните с файла, который дает бот.
        two tables: Прайс-лист есть на нескольких листах: Апрель, Май. Оставьте один.
        of Excel 97: Это файл прежнего формата Excel или файл под паролем. Сохраните его без пароля в формате .xlsx и пришлите еще раз.
        of LibreOffice: Файл не читается как книга Excel. Сохраните его в формате .xlsx и пришлите еще раз.
        cut off: Файл не читается как книга Excel. Сохраните его в формате .xlsx и пришлите еще раз.
        ");
    let with_copy = saved(&[("Прайс-лист", rows.clone()), ("Прайс-лист (2)", rows)]);
    assert!(sends_back(&shop, &with_copy).await.starts_with("Прайс-лист не отличается от действующего."));
}

async fn a_hostile_workbook_is_refused_and_the_bot_goes_on(shop: Shop) {
    for (title, file) in hostile() {
        assert!(file.len() < 1 << 20, "{title}: {} bytes", file.len());
        let said = sends_back(&shop, &file).await;
        assert!(
            ["Файл не читается", "Для прайс-листа эта книга", "В книге нет листа", "Файл catalog.xlsx не принят"]
                .iter()
                .any(|refusal| said.starts_with(refusal)),
            "{title}: {said}"
        );
    }
    let file = handed_out(&shop).await;
    assert!(sends_back(&shop, &file).await.starts_with("Прайс-лист не отличается"));
}

async fn a_fault_of_a_workbook_is_told_in_its_own_words(shop: Shop) {
    let (_, mut rows) = opened(&handed_out(&shop).await);
    rows[1][6] = Left::Number(-5.0);
    let told = sends_back(&shop, &saved(&[("Прайс-лист", rows.clone())])).await;
    let price = "ячейка G2: «-5» — не цена, напишите число не меньше нуля, например 11000,50";
    assert!(told.contains(price), "{told}");
    rows.truncate(1);
    let told = sends_back(&shop, &saved(&[("Прайс-лист", rows)])).await;
    assert!(told.contains("нет ни одного продукта, добавьте по строке на каждый."), "{told}");
}
