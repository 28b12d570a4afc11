//! CSV.

use csv::{ReaderBuilder, StringRecord};
use keydesk::chat::report::{ExportError, table};
use keydesk::domain::{Cancellation, ExportRow, Language, PresetReason, Reason};

use super::{HOSTILE, at, hostile_rows, many_rows, money, row, texts};
use crate::support::languages::{english, russian};

fn written(rows: &[ExportRow], language: Language) -> String {
    String::from_utf8(table(rows, &texts(language)).unwrap()).unwrap()
}

fn read_back(rows: &[ExportRow], language: Language) -> Vec<StringRecord> {
    let delimiter = if language == russian() { b';' } else { b',' };
    let written = written(rows, language);
    let text = written.strip_prefix('\u{feff}').unwrap();
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn a_table_is_written_as_its_readers_spreadsheet_expects() {
    let cancelled = Cancellation { at: at("2015-04-03T06:00:00Z"), reason: Reason::Ready(PresetReason::NotPaid) };
    let free = ExportRow {
        username: None,
        note: None,
        total: money(500, "JPY"),
        completed_at: Some(at("2015-04-02T21:00:00Z")),
        cancelled: Some(cancelled),
        ..row()
    };
    insta::assert_snapshot!(written(&[row(), free.clone()], russian()).replace(['\u{feff}', '\r'], ""), @r"
        Заказ;Дата размещения;Статус;Клиент;Имя пользователя в Telegram;Telegram ID;Учетная запись;Артикул;Софтверный ключ;Софтверный ключ (англ.);Количество номеров;Сумма строки;Сумма заказа;Валюта;Примечание;Сумма счета;Оплатить до;Организация;ИНН;КПП;Почта для документов;Дата выставления счета;Дата выполнения;Дата отмены;Причина отмены
        450;01.04.2015 00:30:59;Выставлен счет;Анна Иванова;anna;4503599627370495;12;sp-1;Лицензия Guardant SP, 1 активация;Guardant SP licence, 1 activation;50;11000,50;25000,00;RUB;PO-77;24000,50;15.04.2015;ООО «Ромашка»;7707083893;773601001;buh@example.com;02.04.2015 12:05:07;;;
        450;01.04.2015 00:30:59;Выставлен счет;Анна Иванова;;4503599627370495;12;sp-1;Лицензия Guardant SP, 1 активация;Guardant SP licence, 1 activation;50;11000,50;500;JPY;;24000,50;15.04.2015;ООО «Ромашка»;7707083893;773601001;buh@example.com;02.04.2015 12:05:07;03.04.2015 00:00:00;03.04.2015 09:00:00;Счет не оплачен в срок
        ");
    insta::assert_snapshot!(written(&[row(), free], english()).replace(['\u{feff}', '\r'], ""), @r#"
        Order,Date placed,Status,Customer,Telegram username,Telegram ID,Account,SKU,Product (Russian),Product,Number of keys,Line amount,Order amount,Currency,Note,Invoice amount,Due,Company,Tax number (INN),KPP,E-mail for documents,Date invoiced,Date completed,Date cancelled,Reason for cancelling
        450,2015-04-01 00:30:59,Invoiced,Анна Иванова,anna,4503599627370495,12,sp-1,"Лицензия Guardant SP, 1 активация","Guardant SP licence, 1 activation",50,11000.50,25000.00,RUB,PO-77,24000.50,2015-04-15,ООО «Ромашка»,7707083893,773601001,buh@example.com,2015-04-02 12:05:07,,,
        450,2015-04-01 00:30:59,Invoiced,Анна Иванова,,4503599627370495,12,sp-1,"Лицензия Guardant SP, 1 активация","Guardant SP licence, 1 activation",50,11000.50,500,JPY,,24000.50,2015-04-15,ООО «Ромашка»,7707083893,773601001,buh@example.com,2015-04-02 12:05:07,2015-04-03 00:00:00,2015-04-03 09:00:00,The invoice was not paid in time
        "#);
}

#[test]
fn a_table_has_its_byte_order_mark_and_ends_its_lines_as_windows_does() {
    let text = written(&[row()], russian());
    assert!(text.starts_with('\u{feff}'));
    assert_eq!(text.matches("\r\n").count(), 2);
    assert_eq!(text.matches('\n').count(), 2);
}

#[test]
fn nobodys_words_become_a_formula_or_another_cell() {
    for language in Language::all().iter().copied() {
        let records = read_back(&hostile_rows(), language);
        assert_eq!(records.len(), HOSTILE.len() + 1);
        for (record, words) in records[1..].iter().zip(HOSTILE) {
            let bare = |text: &str| text.replace('\'', "");
            assert_eq!((bare(&record[3]), bare(&record[14])), (bare(words), bare(words)), "nothing but apostrophes");
            assert_eq!(record.len(), records[0].len());
        }
    }
}

#[test]
fn no_cell_is_a_formula_wherever_a_program_splits_the_lines() {
    let begins_formula = |cell: &str| {
        let cell = cell.trim_start_matches(|c: char| c == '"' || c.is_whitespace());
        cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    };
    for language in Language::all().iter().copied() {
        let written = written(&hostile_rows(), language);
        for separator in [',', ';', '\t'] {
            let split = written.split(['\r', '\n']).flat_map(|line| line.split(separator)).map(str::to_owned);
            let mut reader = ReaderBuilder::new();
            let reader = reader.delimiter(u8::try_from(separator).unwrap()).has_headers(false).flexible(true);
            let records: Vec<StringRecord> =
                reader.from_reader(written.as_bytes()).records().map(Result::unwrap).collect();
            let read = records.iter().flat_map(|record| record.iter().map(str::to_owned));
            for cell in split.chain(read) {
                assert!(!begins_formula(&cell), "{cell:?} at {separator:?}");
            }
        }
    }
}

#[test]
fn a_table_of_many_rows_has_them_all() {
    assert_eq!(read_back(&many_rows(10_000), russian()).len(), 10_001);
    assert_eq!(read_back(&[], english()).len(), 1);
}

#[test]
fn a_table_that_could_not_be_sent_is_given_up_and_not_read_to_its_end() {
    let note = Some("x".repeat(1 << 20));
    let mut taken = 0;
    let rows = std::iter::repeat_with(|| {
        taken += 1;
        ExportRow { note: note.clone(), ..row() }
    });
    assert!(matches!(table(rows, &texts(russian())), Err(ExportError::TooLarge)));
    assert_eq!(taken, 48, "rows of a little more than a mebibyte");
}
