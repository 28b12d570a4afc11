//! What people do to a table of prices.

use keydesk::domain::catalogue::fault::CatalogueFault;
use keydesk::domain::catalogue::sheet::{Cell, Column, Row, Sale, Sheet, read};
use keydesk::domain::{Catalogue, Language, SerialPattern, Sku};

use crate::support::examples;
use crate::support::languages::{english, russian};

fn index(code: &str) -> usize {
    Language::all().iter().position(|language| language.code() == code).unwrap()
}

fn columns() -> Vec<Column> {
    vec![
        Column::Sku,
        Column::Group,
        Column::Name(index("ru")),
        Column::Name(index("en")),
        Column::Sale,
        Column::Quantity,
        Column::Price,
        Column::Min,
        Column::Max,
        Column::Step,
    ]
}

/// A cell as the tests write it: a number behind `=`, a date, an error, a formula without a value, or a text.
fn cell(written: &str) -> Option<Cell> {
    match written {
        "" => None,
        "DATE" => Some(Cell::Date),
        "#REF!" => Some(Cell::Error(written.to_owned())),
        "FORMULA" => Some(Cell::Uncomputed),
        written => match written.strip_prefix('=') {
            Some(number) => Some(Cell::Number(number.to_owned())),
            None => Cell::Text(written.to_owned()).cleaned(),
        },
    }
}

/// The table of these rows, which begin below the headings; cells stand between bars.
fn table(rows: &str) -> Sheet {
    let row = |(number, row): (u32, &str)| Row {
        number,
        cells: columns()
            .into_iter()
            .zip(row.split('|').map(str::trim))
            .filter_map(|(column, written)| Some((column, cell(written)?)))
            .collect(),
    };
    Sheet {
        name: "Цены".to_owned(),
        columns: columns().into_iter().zip(0..).collect(),
        rows: (1..).zip(rows.lines().filter(|row| !row.trim().is_empty())).map(row).collect(),
    }
}

fn read_table(rows: &str) -> Result<Catalogue, Vec<CatalogueFault>> {
    let sale = |word: &str| match word {
        "пакетом" => Some(Sale::Package),
        "поштучно" => Some(Sale::Single),
        _ => None,
    };
    read(&table(rows), sale, &examples::catalogue(), russian())
}

fn faults(rows: &str) -> String {
    let faults = read_table(rows).unwrap_err();
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn prices_are_read_as_people_and_programs_write_them() {
    let list = read_table(
        "SP-1 | sp | Один | One | пакетом  | =50    | =11000.300000000001 | | |
         sp-1 |    |      |     | пакетом  | 1 000  | 20 900,50 ₽         | | |
         sp-1 | sp | Один |     | поштучно | =10    | =1E+2               | =10 | =500 | =5
         sp-1 |    |      |     | поштучно | =100   | 99.50               | | |
         =1001|    | Два  |     | пакетом  | =1     | =0                  | | |",
    )
    .unwrap();
    let prices = |sku: &str, quantities: &[u32]| -> Vec<String> {
        let product = list.product(&Sku::parse(sku).unwrap()).unwrap();
        quantities.iter().map(|quantity| product.price(*quantity).unwrap().to_decimal().to_string()).collect()
    };
    assert_eq!(prices("sp-1", &[50, 1_000, 10, 100]), ["11000.30", "20900.50", "1000.00", "9950.00"]);
    assert_eq!(prices("1001", &[1]), ["0.00"]);
    assert_eq!(list.products[1].name.in_language(english()), "Два");
}

#[test]
fn every_cell_that_means_nothing_is_named_at_once() {
    insta::assert_snapshot!(faults(
        "sp-1 | sp  | Один | One | пакетом | =50   | =11000.005 | | |
         sp-1 | sp2 | Одын |     | пакетом | =100  | DATE       | | |
         sp-1 |     |      |     | коробкой| =1.5  | дорого     | | |
         DATE | sp  | Два  | Two | пакетом | =50   | =1         | | |
         sp-3 | sp  | Три  | Thr | пакетом | #REF! | FORMULA    | | |
              | sp  | Пять |     | пакетом | =5    | =1         | | |
         sp-5 | sp  |      | Fiv | пакетом | =50   |            | | |
         sp-7 | sp  | Семь | Sev | пакетом | =50   | =-1        | | |
         sp-8 | sp  | Семь | Sev | пакетом | =50   | =1         | | |
         sp-8 | sp  | Семь | Sev | пакетом | =50   | =2         | | |
         sp-9 | sp  | Семь | Sev | поштучно| =5    | =2         | =1 | =10 | =0
         sp-10| sp  | Семь | Sev | поштучно| =5    | =2         |    | =10 |
         sp-10| sp  | Семь | Sev | поштучно| =7    | =2         |    | =1.5|
         sp-10| sp  | Семь | Sev | пакетом | =5    | =2         |    |     |
         sp-11| sp  |      |     | пакетом | =5    | =2         |    |     |"
    ));
}

#[test]
fn what_has_no_column_stays_and_groups_that_are_used_keep_their_names() {
    let mut current = examples::catalogue();
    current.products[0].serial_pattern = SerialPattern::parse("[A-Z]{5}").ok();
    let rows = "sp-1 | trial | Один | One | пакетом | =50 | =1 | | |
                new  | extra | Новый | New | пакетом | =50 | =1 | | |";
    let list = read(&table(rows), |_| Some(Sale::Package), &current, russian()).unwrap();
    assert_eq!(list.products[0].serial_pattern, current.products[0].serial_pattern);
    let groups: Vec<_> =
        list.groups.iter().map(|group| (group.id.as_str(), group.name.in_language(russian()))).collect();
    assert_eq!(groups, [("trial", "Guardant SP Trial"), ("extra", "EXTRA")]);
}
