//! The workbook, read back as a spreadsheet reads it.

use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Data, Range, Reader, Xlsx};
use keydesk::chat::report::workbook;
use keydesk::domain::{ExportRow, Language};

use super::{HOSTILE, at, hostile_rows, many_rows, money, row, texts};
use crate::support::languages::{english, russian};

fn opened(rows: &[ExportRow], language: Language) -> Xlsx<Cursor<Vec<u8>>> {
    let file = workbook(rows, at("2026-04-15T12:00:00Z"), &texts(language)).unwrap();
    Xlsx::new(Cursor::new(file)).unwrap()
}

fn cells(rows: &[ExportRow], language: Language) -> Range<Data> {
    opened(rows, language).worksheet_range_at(0).unwrap().unwrap()
}

#[test]
fn a_workbook_has_its_sheet_in_the_readers_language() {
    let headings = |language| {
        let mut book = opened(&[row()], language);
        let cells = book.worksheet_range_at(0).unwrap().unwrap();
        let headings: Vec<_> = cells.rows().next().unwrap().iter().map(ToString::to_string).collect();
        format!("{}: {}", book.sheet_names().join(", "), headings.join(" | "))
    };
    insta::assert_snapshot!(headings(russian()), @"Заказы: Заказ | Дата размещения | Статус | Клиент | Имя пользователя в Telegram | Telegram ID | Учетная запись | Артикул | Софтверный ключ | Софтверный ключ (англ.) | Количество номеров | Сумма строки | Сумма заказа | Валюта | Примечание | Сумма счета | Оплатить до | Организация | ИНН | КПП | Почта для документов | Дата выставления счета | Дата выполнения | Дата отмены | Причина отмены");
    insta::assert_snapshot!(headings(english()), @"Orders: Order | Date placed | Status | Customer | Telegram username | Telegram ID | Account | SKU | Product (Russian) | Product | Number of keys | Line amount | Order amount | Currency | Note | Invoice amount | Due | Company | Tax number (INN) | KPP | E-mail for documents | Date invoiced | Date completed | Date cancelled | Reason for cancelling");
}

#[test]
fn numbers_and_dates_are_numbers_and_dates() {
    let yen = ExportRow { total: money(100_000_000_000_000, "JPY"), username: None, note: None, ..row() };
    let cells = cells(&[row(), yen], english());
    let cell = |row: usize, column: usize| cells.get((row, column)).unwrap();
    assert_eq!(cell(1, 0), &Data::Float(450.0));
    let Data::DateTime(placed) = cell(1, 1) else { panic!("{:?} is no date", cell(1, 1)) };
    assert_eq!(placed.as_datetime().unwrap().to_string(), "2015-04-01 00:30:59");
    assert_eq!(cell(1, 2), &Data::String("Invoiced".to_owned()));
    assert_eq!(cell(1, 5), &Data::Float(4_503_599_627_370_495.0));
    assert_eq!(cell(1, 10), &Data::Float(50.0));
    assert_eq!(cell(1, 11), &Data::Float(11_000.5));
    assert_eq!(cell(1, 12), &Data::Float(25_000.0));
    assert_eq!(cell(1, 13), &Data::String("RUB".to_owned()));
    assert_eq!(cell(2, 12), &Data::Float(100_000_000_000_000.0));
    assert_eq!((cell(2, 4), cell(2, 14)), (&Data::Empty, &Data::Empty));
}

#[test]
fn headings_stay_in_sight_and_filter() {
    let file = workbook(&[row()], at("2026-04-15T12:00:00Z"), &texts(russian())).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let sheet = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(sheet.contains("<autoFilter ref=\"A1:Y2\"/>"), "{sheet}");
    assert!(sheet.contains("ySplit=\"1\" topLeftCell=\"A2\""), "{sheet}");
    let properties = std::io::read_to_string(archive.by_name("docProps/core.xml").unwrap()).unwrap();
    assert!(properties.contains("2026-04-15T12:00:00Z"), "{properties}");
}

#[test]
fn nobodys_words_become_a_formula() {
    let mut book = opened(&hostile_rows(), russian());
    let cells = book.worksheet_range_at(0).unwrap().unwrap();
    for (row, words) in HOSTILE.iter().enumerate() {
        for column in [3, 14] {
            assert_eq!(cells.get((row + 1, column)), Some(&Data::String((*words).to_owned())));
        }
    }
    let sheet = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&sheet).unwrap().is_empty());
}

#[test]
fn a_workbook_of_many_rows_has_them_all_and_soon() {
    let started = Instant::now();
    assert_eq!(cells(&many_rows(10_000), russian()).height(), 10_001);
    // Seconds without optimisation; what grows with the square of the rows would take minutes.
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert_eq!(cells(&[], russian()).height(), 1);
}
